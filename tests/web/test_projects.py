"""A project in the browser: begun from an idea, and what its checklist says of time and phase."""

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aiguide.web.site import Site
from tests.web.reading import Page, seen, sent

IDEA = "ごみの分別について、都民からの問合せに答えるチャットボット"


def test_an_idea_is_carried_into_its_project_and_into_no_address(
    client: TestClient, site: Site
) -> None:
    ask = seen(client, "/ja/ask").form("/ja/ask")
    judged = Page(sent(client, ask, text=IDEA))
    draft = judged.form("/ja/projects/draft")
    assert draft.values["description"] == [IDEA]
    answer = sent(client, draft)
    assert "?" not in str(answer.url)
    form = Page(answer).form("/ja/projects/new")
    assert form.values["description"] == [IDEA]
    assert form.values["cell"] == ["citizen.information"]
    done = sent(client, form, name="ごみ分別案内")
    assert done.status_code == 303
    key = done.headers["location"].partition("?")[0].rpartition("/")[2]
    project = json.loads(site.folder.find(key).read_text())
    assert project["project"]["description"] == IDEA
    assert project["classification"]["cells"] == ["citizen.information"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_near_uses_are_shown_each_with_its_cell_and_its_stance(
    client: TestClient, lang: str
) -> None:
    ask = seen(client, f"/{lang}/ask").form(f"/{lang}/ask")
    judged = Page(sent(client, ask, text=IDEA)).html
    label = {"ja": "近い例", "en": "Similar uses"}[lang]
    near = judged.partition(f"<dt>{label}</dt>")[2].partition("</dd>")[0].split("<li>")[1:]
    assert len(near) == 3
    assert f'href="/{lang}/cells/citizen.information"' in near[0]
    for one in near:
        cell = re.search(r'href="([^"]+)"', one)
        assert cell
        whole = seen(client, cell.group(1))
        assert one.partition(" <span")[0].removeprefix("<li>") in whole.html
        stance = re.search(r'<span class="stance[^>]*>[^<]+</span>', one)
        assert stance
        assert stance.group() in whole.html


def test_a_draft_of_another_site_is_refused(client: TestClient) -> None:
    assert client.post("/ja/projects/draft", data={"name": "x"}).status_code == 403


def test_the_form_can_be_opened_anew_in_the_other_language(client: TestClient) -> None:
    draft = Page(
        sent(
            client,
            Page(sent(client, seen(client, "/ja/ask").form("/ja/ask"), text=IDEA)).form(
                "/ja/projects/draft"
            ),
        )
    )
    assert "/en/projects/draft" in draft.links
    assert seen(client, "/en/projects/draft").status == 200


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
