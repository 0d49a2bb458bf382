"""Two people at one project, and a folder that takes nothing: nothing typed or saved is lost."""

import errno
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from aiguide.core.errors import AiguideError
from aiguide.store import projects as store
from aiguide.usecases import project_facts, projects
from aiguide.web.site import Site
from tests.web.browsing import CHATBOT, answer, field, item, key, notes, send
from tests.web.reading import Page

MINE, THEIRS = "わたしの回答", "ほかの人の回答"


def test_an_answer_that_was_overtaken_is_shown_beside_mine_and_can_be_saved_again(
    client: TestClient, site: Site, folder: Path
) -> None:
    seen = field(client.get(item(site)).text, "seen")
    assert answer(client, site, note=THEIRS).status_code == 303
    mine = {"status": "in-progress", "note": MINE}
    refused = send(client, site, item(site), seen=seen, **mine)
    assert refused.status_code == 409
    assert THEIRS in refused.text
    assert field(refused.text, "note") == MINE
    assert notes(folder)[-1] == THEIRS
    again = send(client, site, item(site), seen=field(refused.text, "seen"), **mine)
    assert again.status_code == 303
    assert notes(folder)[-2:] == [THEIRS, MINE]


def test_two_answers_to_two_items_are_both_kept(
    client: TestClient, site: Site, folder: Path
) -> None:
    first, second = item(site), item(site, "planning.tool-selection")
    marks = {path: field(client.get(path).text, "seen") for path in (first, second)}
    for path, seen in marks.items():
        said = {"seen": seen, "status": "in-progress", "note": MINE if path == first else THEIRS}
        assert send(client, site, path, **said).status_code == 303
    answers = store.read(folder / CHATBOT / "project.json").project.answers
    assert answers["planning.purpose"].note == MINE
    assert answers["planning.tool-selection"].note == THEIRS


def facts_form(client: TestClient, path: str) -> dict[str, str]:
    """Give a project's facts as a browser would send them unchanged."""
    page = client.get(path).text
    texts = re.findall(r'name="(was\.[^"]+)" value="([^"]*)"', page)
    return {name: value for was, value in texts for name in (was, was[4:]) if value or name == was}


def test_facts_that_two_people_change_apart_are_both_kept(
    client: TestClient, site: Site, folder: Path
) -> None:
    path = f"/ja/projects/{key(site)}/facts"
    mine, theirs = facts_form(client, path), facts_form(client, path)
    assert mine["condition.generative_ai"] == "yes"
    assert send(client, site, path, **theirs | {"condition.generative_ai": "no"}).status_code == 303
    assert send(client, site, path, **mine | {"owner": MINE}).status_code == 303
    project = store.read(folder / CHATBOT / "project.json").project
    assert project.conditions["generative_ai"] is False
    assert project.owner == MINE


@pytest.mark.parametrize(
    ("name", "theirs", "mine", "shown"),
    [
        ("owner", THEIRS, MINE, THEIRS),
        ("phase", "operation", "design", "運用"),
        ("cell", "internal.writing", "internal.advice", "文書作成支援"),
        ("condition.training_or_tuning", "yes", "no", "はい"),
    ],
)
def test_facts_that_two_people_change_alike_are_shown_and_not_overwritten(
    client: TestClient, site: Site, folder: Path, name: str, theirs: str, mine: str, shown: str
) -> None:
    path = f"/ja/projects/{key(site)}/facts"
    manifest = folder / CHATBOT / "project.json"
    answered = manifest.read_text(encoding="utf-8")
    unanswered = answered.replace('"training_or_tuning": true,', "", 1)
    manifest.write_text(unanswered, encoding="utf-8")
    form = facts_form(client, path)
    assert send(client, site, path, **form | {name: theirs}).status_code == 303
    stands = manifest.read_bytes()
    refused = send(client, site, path, **form | {name: mine, "organization": "新しい局"})
    assert refused.status_code == 409
    notice = refused.text.partition('aria-labelledby="stands"')[2].partition("</section>")[0]
    assert shown in notice
    assert field(refused.text, "organization") == "新しい局"
    assert manifest.read_bytes() == stands
    # what the page gives back, sent as it is, is taken now
    form = {
        "was." + was: field(refused.text, "was." + was)
        for was in ("name", "organization", "owner", "description", "phase", "cell", f"{name}")
    }
    kept = {was[4:]: value for was, value in form.items()}
    again = send(client, site, path, **kept | form | {name: mine})
    assert again.status_code == 303


def test_a_condition_is_set_back_to_not_known_and_one_that_the_cell_implies_stays(
    client: TestClient, site: Site, folder: Path
) -> None:
    path = f"/ja/projects/{key(site)}/facts"
    manifest = folder / CHATBOT / "project.json"
    held = dict(store.read(manifest).project.conditions)
    said = {"condition.generative_ai": "unknown"}
    assert send(client, site, path, **facts_form(client, path) | said).status_code == 303
    assert store.read(manifest).project.conditions == {
        id: one for id, one in held.items() if id != "generative_ai"
    }
    form = Page(client.get(path)).form(path).values
    assert form["condition.generative_ai"] == ["unknown"]
    absent = {name: text for name, text in form.items() if not name.startswith("condition.")}
    stands = manifest.read_bytes()
    assert client.post(path, data=absent).status_code == 303
    assert manifest.read_bytes() == stands


def test_a_refused_change_of_facts_gives_back_all_that_was_typed(
    client: TestClient, site: Site
) -> None:
    path = f"/ja/projects/{key(site)}/facts"
    typed = {"name": "", "owner": MINE, "phase": "operation", "condition.personal_data": "yes"}
    refused = send(client, site, path, **facts_form(client, path) | typed)
    assert refused.status_code == 422
    assert field(refused.text, "owner") == MINE
    assert 'value="operation" selected' in refused.text
    assert re.search(r'name="condition.personal_data" value="yes"[^>]* checked', refused.text)


def test_a_manifest_damaged_meanwhile_is_told_with_line_and_column(
    client: TestClient, site: Site, folder: Path
) -> None:
    path = item(site)
    seen = field(client.get(path).text, "seen")
    manifest = folder / CHATBOT / "project.json"
    damaged = manifest.read_text(encoding="utf-8").replace('"format": 1', '"format": 1,,')
    manifest.write_text(damaged, encoding="utf-8")
    said = {"status": "done", "note": MINE, "seen": seen}
    for answered in (client.get(path), send(client, site, path, **said)):
        assert answered.status_code == 409
        assert re.search(r"project\.json:\d+:\d+", answered.text)
    assert MINE in answered.text
    assert manifest.read_text(encoding="utf-8") == damaged


def test_a_project_that_is_gone_is_told_with_what_was_typed(
    client: TestClient, site: Site, folder: Path
) -> None:
    path = item(site)
    assert client.get(path).status_code == 200
    (folder / CHATBOT).rename(folder.parent / "moved")
    gone = send(client, site, path, status="done", note=MINE, seen="none")
    assert gone.status_code == 404
    assert MINE in gone.text


def test_an_item_that_falls_away_meanwhile_is_told_with_what_was_typed(
    client: TestClient, site: Site
) -> None:
    gone = send(
        client, site, item(site, "planning.red-gate"), status="done", note=MINE, seen="none"
    )
    assert gone.status_code == 422
    assert MINE in gone.text


def refusing(error: Exception) -> Any:
    def refuse(*args: object, **more: object) -> None:
        raise error

    return refuse


@pytest.mark.parametrize(
    ("status", "where", "error"),
    [
        (507, "aiguide.store.files._write_durably", OSError(errno.ENOSPC, "full")),
        (507, "aiguide.store.files._write_durably", PermissionError(errno.EACCES, "no")),
        (503, "aiguide.store.projects.locked", AiguideError("locked", file="x", seconds=10)),
    ],
)
def test_what_cannot_be_written_is_said_and_what_was_typed_is_still_in_the_form(
    client: TestClient,
    site: Site,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    where: str,
    error: Exception,
) -> None:
    before = sorted((folder / CHATBOT).rglob("*"))
    monkeypatch.setattr(where, refusing(error))
    sent = {"file": ("a.txt", b"abc")}
    refused = answer(
        client, site, files=sent, note=MINE, link="https://example.org/x", due="2027-03-31"
    )
    assert refused.status_code == status
    assert field(refused.text, "note") == MINE
    assert field(refused.text, "link") == "https://example.org/x"
    assert field(refused.text, "due") == "2027-03-31"
    assert "もう一度選んでください" in refused.text
    assert sorted((folder / CHATBOT).rglob("*")) == before
    facts = f"/ja/projects/{key(site)}/facts"
    changed = send(client, site, facts, **facts_form(client, facts) | {"owner": MINE})
    assert changed.status_code == status
    assert field(changed.text, "owner") == MINE
    started = send(client, site, "/ja/projects/new", name=MINE)
    assert started.status_code == status
    assert field(started.text, "name") == MINE
    assert not (folder / MINE).exists()


def test_a_full_disk_leaves_no_piece_of_a_file(
    client: TestClient, site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted((folder / CHATBOT).rglob("*.txt"))
    monkeypatch.setattr("aiguide.store.uploads.os.fsync", refusing(OSError(errno.ENOSPC, "full")))
    refused = answer(client, site, files={"file": ("a.txt", b"abc")})
    assert refused.status_code == 507
    assert "空き容量" in refused.text
    assert sorted((folder / CHATBOT).rglob("*.txt")) == before


def test_evidence_that_was_unchecked_stays_so_while_the_answer_is_refused(
    client: TestClient, site: Site
) -> None:
    assert answer(client, site, files={"file": ("a.txt", b"abc")}).status_code == 303
    refused = answer(client, site, due="someday")
    assert refused.status_code == 422
    box = re.search(r'<input[^>]*value="evidence/a.txt"[^>]*>', refused.text)
    assert box
    assert "checked" not in box.group()


def test_facts_that_change_between_the_page_and_the_lock_are_not_overwritten(
    site: Site, folder: Path
) -> None:
    path = folder / CHATBOT / "project.json"
    opened = projects.open_project(path)
    project_facts.change(opened, {"owner": THEIRS}, site.stamp())
    with pytest.raises(AiguideError, match="facts-overtaken"):
        project_facts.change(opened, {"owner": MINE}, site.stamp(), as_seen=True)
    project_facts.change(opened, {"organization": MINE}, site.stamp(), as_seen=True)
    project = store.read(path).project
    assert (project.owner, project.organization) == (THEIRS, MINE)


def test_what_says_nothing_new_is_no_step(client: TestClient, site: Site, folder: Path) -> None:
    assert answer(client, site, note=MINE).status_code == 303
    steps = len(store.read(folder / CHATBOT / "project.json").project.history)
    again = answer(client, site, note=MINE)
    assert "done=unchanged" in again.headers["location"]
    assert len(store.read(folder / CHATBOT / "project.json").project.history) == steps
    shown = client.get(again.headers["location"]).text
    assert "記録していません" in shown
    assert "適切な目的の設定" in shown.partition('role="status"')[2].partition("</p>")[0]


def test_the_ai_and_the_reason_of_the_cell_are_recorded_as_written(
    client: TestClient, site: Site, folder: Path
) -> None:
    path = f"/ja/projects/{key(site)}/facts"
    form = facts_form(client, path)
    given = {"ai": "窓口の案内 / 型番2 / 某社\r\n別の製品", "cell_reason": "職員だけが使う"}
    assert send(client, site, path, **form | given).status_code == 303
    project = store.read(folder / CHATBOT / "project.json").project
    assert [(one.product, one.vendor) for one in project.ai][-1:] == [("別の製品", "")]
    assert project.classification.reason == "職員だけが使う"
    refused = send(client, site, path, **facts_form(client, path) | {"ai": "a / b / c / d"})
    assert refused.status_code == 422
    assert "a / b / c / d" in refused.text
