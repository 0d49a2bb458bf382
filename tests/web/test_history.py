"""The history of a project: what was recorded, whether it holds, and taking back the last step."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from aiguide.core import trail
from aiguide.core.guideline import Guideline
from aiguide.core.words import Words
from aiguide.web.site import Site
from tests.conftest import Run
from tests.web.reading import seen, sent

FIVE = tuple(
    f"planning.{id}"
    for id in ("purpose", "tool-selection", "risk-assessment", "bpr", "classification")
)


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "tax-chatbot" / "project.json"


@pytest.fixture
def here(site: Site, file: Path) -> str:
    return f"/ja/projects/{site.folder.key(file)}"


def answered(client: TestClient, here: str, note: str) -> None:
    """Answer one item by its form."""
    page = seen(client, f"{here}/items/planning.purpose")
    form = page.form(f"{here}/items/planning.purpose")
    assert sent(client, form, status="done", note=note, then="list").status_code == 303


def test_every_step_is_there_the_newest_first(client: TestClient, here: str, file: Path) -> None:
    answered(client, here, "あとから書いたメモ")
    page = seen(client, f"{here}/history")
    count = len(json.loads(file.read_text())["history"])
    assert f"全 {count} 件" in page.text
    steps = [one for one in page.ids if one.startswith("step-")]
    assert steps == [f"step-{number}" for number in range(count, max(0, count - 100), -1)]
    assert "あとから書いたメモ" in page.text
    assert "試験担当" in page.text


def test_a_hash_that_was_kept_elsewhere_is_looked_up(
    client: TestClient, here: str, file: Path
) -> None:
    kept = json.loads(file.read_text())["history"][-1]["hash"]
    assert "履歴は、控えたときのままです" in seen(client, f"{here}/history?head={kept}").text
    answered(client, here, "あとから")
    assert "加わった記録は 1 件" in seen(client, f"{here}/history?head={kept[:16]}").text
    assert "履歴が書き換えられたか" in seen(client, f"{here}/history?head={'0' * 64}").text
    page = client.get(f"{here}/history?head=xyz")
    assert (page.status_code, "ハッシュとして読めません" in page.text) == (422, True)
    assert 'value="xyz"' in page.text


def test_it_says_whether_the_chain_holds(client: TestClient, here: str, file: Path) -> None:
    assert "すべてつながっています" in seen(client, f"{here}/history").text
    data = json.loads(file.read_text())
    data["history"][2]["by"] = "だれか"
    file.write_text(json.dumps(data))
    page = seen(client, f"{here}/history")
    assert "履歴の 3 件目が合いません" in page.text
    assert "すべてつながっています" not in page.text


def test_what_was_changed_by_hand_is_named_with_what_to_do(
    client: TestClient, here: str, file: Path
) -> None:
    assert "同じ値を指定すると" not in seen(client, f"{here}/history").text
    data = json.loads(file.read_text())
    data["project"]["owner"] = "別の課"
    file.write_text(json.dumps(data))
    page = seen(client, f"{here}/history")
    assert "と違います: 担当" in page.text
    assert "別の課" in page.text
    assert "同じ値を指定すると" in page.text


def test_steps_are_found_by_item_person_phase_and_date(client: TestClient, here: str) -> None:
    answered(client, here, "その日のメモ")

    def steps(query: str) -> int:
        return sum(one.startswith("step-") for one in seen(client, f"{here}/history?{query}").ids)

    assert steps("person=試験担当") == 1
    assert steps("person=試験担当&item=planning.purpose") == 1
    assert steps("person=試験担当&phase=planning") == 1
    assert steps("person=試験担当&phase=design") == 0
    assert steps("person=試験担当&since=2026-11-24") == 1
    assert steps("person=試験担当&until=2026-11-23") == 0


@pytest.mark.parametrize("query", ["item=no.such", "phase=x", "since=someday", "until=2026-13-01"])
def test_what_cannot_be_asked_for_is_said(client: TestClient, here: str, query: str) -> None:
    page = seen(client, f"{here}/history?{query}")
    assert page.status == 422
    assert 'role="alert"' in page.html


def test_the_last_step_can_be_taken_back_and_that_is_recorded(
    client: TestClient, here: str, file: Path
) -> None:
    before = json.loads(file.read_text())["answers"]["planning.purpose"]
    answered(client, here, "まちがい")
    page = seen(client, f"{here}/history")
    done = sent(client, page.form(f"{here}/history"))
    assert done.status_code == 303
    assert "取り消しました" in seen(client, done.headers["location"]).text
    data = json.loads(file.read_text())
    assert data["answers"]["planning.purpose"] == before
    assert data["history"][-1]["kind"] == "undone"
    assert data["history"][-1]["by"] == "試験担当"


def test_a_step_made_since_is_not_taken_back(client: TestClient, here: str, file: Path) -> None:
    answered(client, here, "わたしの記録")
    form = seen(client, f"{here}/history").form(f"{here}/history")
    answered(client, here, "ほかの人の記録")
    stands = file.read_text()
    assert sent(client, form).status_code == 409
    assert sent(client, form, **{"seen.step": "0" * 64}).status_code == 409
    assert file.read_text() == stands


def test_nothing_is_taken_back_without_the_secret(
    client: TestClient, here: str, file: Path
) -> None:
    answered(client, here, "まちがい")
    form = seen(client, f"{here}/history").form(f"{here}/history")
    stands = file.read_text()
    assert sent(client, form, secret="guessed").status_code == 403
    assert file.read_text() == stands


def test_a_project_without_a_history_says_so(client: TestClient, here: str, file: Path) -> None:
    data = json.loads(file.read_text())
    del data["history"]
    file.write_text(json.dumps(data))
    page = seen(client, f"{here}/history")
    assert "履歴がありません" in page.text
    assert not [one for one in page.forms if one.method == "post"]


def test_of_many_steps_recorded_at_once_three_are_shown_and_the_rest_counted(
    client: TestClient, here: str, file: Path, run: Run
) -> None:
    rows = [{"item": id, "status": "in-progress"} for id in FIVE]
    answers = file.parent.parent / "answers.json"
    answers.write_text(json.dumps(rows), encoding="utf-8")
    assert run("check", file, "--from", answers, "--yes").code == 0
    count = len(json.loads(file.read_text())["history"])
    page = seen(client, f"{here}/history").html
    last = page.partition('aria-labelledby="last"')[2].partition("</section>")[0]
    numbers = re.findall(r'<span class="of">(\d+)</span>', last)
    assert numbers == [str(count), str(count - 1), str(count - 2)]
    assert "ほか 2 件" in last
    assert page.count("（一度に取り込んだ 5 件のひとつ）") == 5  # in the list of all steps


def test_of_a_long_history_only_what_is_shown_is_put_into_words(
    client: TestClient, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        answered(client, here, f"メモ {number}")
    api = here.replace("/ja/", "/api/")
    worded: list[int] = []
    step = trail.step

    def noted(
        words: Words, guideline: Guideline, number: int, *more: Any, **rest: Any
    ) -> trail.Step:
        worded.append(number)
        return step(words, guideline, number, *more, **rest)

    monkeypatch.setattr(trail, "step", noted)
    (last,) = client.get(f"{api}/undo").json()["entries"]
    assert worded == [last["number"]]
