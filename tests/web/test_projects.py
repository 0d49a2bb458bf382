"""A project in the browser: begun from an idea, and what its checklist says of time and phase."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from aiguide.web.site import Site
from tests.web.reading import Page, seen, sent

IDEA = "ごみの分別について、都民からの問合せに答えるチャットボット"


def asked(client: TestClient, lang: str = "ja") -> str:
    """Ask about the idea, and give the address of what it is judged to be."""
    answer = sent(client, seen(client, f"/{lang}/ask").form(f"/{lang}/ask"), text=IDEA)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_an_idea_is_carried_into_its_project_and_into_no_address(
    client: TestClient, site: Site
) -> None:
    judged = seen(client, asked(client))
    begin = next(one for one in judged.links if one.startswith("/ja/projects/new?"))
    assert "ごみ" not in unquote(begin)
    form = seen(client, begin).form("/ja/projects/new")
    assert form.values["description"] == [IDEA]
    assert form.values["cell"] == ["citizen.information"]
    done = sent(client, form, name="ごみ分別案内")
    assert done.status_code == 303
    key = done.headers["location"].partition("?")[0].rpartition("/")[2]
    project = json.loads(site.folder.find(key).read_text())
    assert project["project"]["description"] == IDEA
    assert project["classification"]["cells"] == ["citizen.information"]


def test_a_judgement_can_be_come_back_to_and_read_in_the_other_language(
    client: TestClient,
) -> None:
    address = asked(client)
    assert seen(client, address).text == seen(client, address).text
    english = address.replace("/ja/", "/en/")
    assert english in seen(client, address).links
    assert "Information provision" in seen(client, english).text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_near_uses_are_shown_each_with_its_cell_and_its_stance(
    client: TestClient, lang: str
) -> None:
    judged = seen(client, asked(client, lang)).html
    label = {"ja": "近い例", "en": "Similar uses"}[lang]
    near = judged.partition(f"<dt>{label}</dt>")[2].partition("</dd>")[0].split("<li>")[1:]
    assert len(near) == 3
    assert f'href="/{lang}/cells/citizen.information?idea=' in near[0]
    for one in near:
        cell = re.search(r'href="([^"]+)"', one)
        assert cell
        whole = seen(client, cell.group(1))
        assert one.partition(" <span")[0].removeprefix("<li>") in whole.html
        stance = re.search(r'<span class="stance[^>]*>[^<]+</span>', one)
        assert stance
        assert stance.group() in whole.html


def test_an_idea_goes_with_a_candidate_that_somebody_chooses(client: TestClient) -> None:
    other = next(one for one in seen(client, asked(client)).links if "/cells/" in one)
    begin = next(one for one in seen(client, other).links if "/projects/new" in one)
    assert seen(client, begin).form("/ja/projects/new").values["description"] == [IDEA]


def test_an_idea_that_is_not_kept_any_more_is_said(client: TestClient) -> None:
    gone = seen(client, "/ja/ask/unknown")
    assert gone.status == 404
    assert "もう一度書いてください" in gone.text


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "flood-gate-forecast" / "project.json"


@pytest.fixture
def here(site: Site, file: Path) -> str:
    return f"/ja/projects/{site.folder.key(file)}"


@pytest.mark.parametrize(("due", "late"), [("2026-11-23", True), ("2026-11-24", False)])
def test_an_item_that_is_late_says_so_on_its_page_and_in_the_list(
    client: TestClient, here: str, due: str, late: bool
) -> None:
    item = f"{here}/items/planning.purpose"
    form = seen(client, item).form(item)
    assert sent(client, form, status="in-progress", due=due).status_code == 303
    assert ("期限を過ぎています" in seen(client, item).text) == late
    assert ("期限を過ぎています" in seen(client, f"{here}/phases/planning").text) == late


def test_the_list_of_another_phase_says_where_the_project_is(
    client: TestClient, here: str, file: Path
) -> None:
    assert json.loads(file.read_text())["project"]["phase"] == "design"
    page = seen(client, f"{here}/phases/planning")
    assert "いま「設計開発」のフェーズにあります" in page.text
    assert f"{here}/phases/design" in page.links
    assert "のフェーズにあります" not in seen(client, f"{here}/phases/design").text


def test_an_item_leads_to_all_that_the_guideline_says_of_it(client: TestClient, here: str) -> None:
    page = seen(client, f"{here}/items/planning.purpose")
    (whole,) = [one for one in page.links if "/guideline/items/" in one]
    assert seen(client, whole).status == 200


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("status", ["done", "not-applicable", "exception"])
def test_what_an_answer_lacks_is_said_without_a_terminals_words(
    client: TestClient, here: str, lang: str, status: str
) -> None:
    path = f"{here.replace('/ja/', f'/{lang}/')}/items/operation.monitoring"
    form = seen(client, path).form(path)
    refused = Page(sent(client, form, status=status))
    assert refused.status == 422
    alert = refused.html.partition('role="alert"')[2].partition("</div>")[0]
    assert "--" not in alert
    assert "aiguide" not in alert
