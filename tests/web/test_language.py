"""The other language of a page whose form came back: nothing typed is lost, nothing is recorded."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aiguide.core.answers import Said
from aiguide.core.project import Status
from aiguide.core.stamp import Stamp
from aiguide.usecases import projects
from aiguide.web.app import PAGES
from aiguide.web.site import Site
from tests.web.reading import Form, Page, seen, sent

MINE = "私の<記入>「'\"」\n二行め"
TAX = "tax-chatbot"
ITEM, FACTS, HISTORY = "{here}/items/planning.purpose", "{here}/facts", "{here}/history"
NEW, ASK = "/ja/projects/new", "/ja/ask"


@pytest.fixture
def here(site: Site, folder: Path) -> str:
    return f"/ja/projects/{site.folder.key(folder / TAX / 'project.json')}"


def switched(client: TestClient, refused: Page) -> Page:
    """Switch a page that came back to English, by what its heading offers."""
    (offered,) = [one for one in refused.forms if one.action.startswith("/en/")]
    return Page(sent(client, offered, language="en"))


def recorded(folder: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def form_of(client: TestClient, address: str) -> Form:
    return seen(client, address).form(address)


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        (ITEM, {"status": "done", "note": MINE, "link": "https://example.org/x", "due": "いつか"}),
        (FACTS, {"name": "", "owner": MINE, "ai": MINE, "condition.personal_data": "yes"}),
        (NEW, {"name": "", "description": MINE, "cell": "citizen.action"}),
        (ASK, {"text": MINE * 3000}),
    ],
)
def test_the_other_language_keeps_what_was_typed_and_records_nothing(
    client: TestClient, folder: Path, here: str, place: str, typed: dict[str, str]
) -> None:
    address, before = place.format(here=here), recorded(folder)
    asked = address if place != ASK else "/ja/"
    refused = Page(sent(client, seen(client, asked).form(address), **typed))
    assert refused.status == 422
    english = switched(client, refused)
    form = english.form(address.replace("/ja/", "/en/"))
    for name, text in typed.items():
        assert form.values[name] == [text]
    assert place == ASK or "Nothing has been saved yet" in english.text
    assert recorded(folder) == before


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        (ITEM, {"status": "in-progress", "note": MINE}),
        (FACTS, {"owner": MINE}),
        (NEW, {"name": "新しい案件"}),
        (HISTORY, {}),
    ],
)
def test_what_could_be_saved_by_now_is_not_by_reading_it_in_another_language(
    client: TestClient, folder: Path, here: str, place: str, typed: dict[str, str]
) -> None:
    """What kept it from being saved may be gone: a lock, a full disk, a file that was no good."""
    address = place.format(here=here)
    before, form = recorded(folder), form_of(client, address)
    page = Page(sent(client, form, language="ja", **typed))
    assert (page.status, recorded(folder)) == (200, before)
    assert "まだ何も保存していません" in page.text
    assert sent(client, form, **typed).status_code == 303
    assert recorded(folder) != before


def test_every_page_that_takes_a_form_is_known_to_the_tests_above() -> None:
    assert {path for path, _, method in PAGES if method == "POST"} == {
        "/ask",
        "/projects/new",
        "/projects/{project}/facts",
        "/projects/{project}/items/{item}",
        "/projects/{project}/history",
        "/projects/{project}/import",  # what it carries along is not sent again
    }


@pytest.mark.parametrize("change", ["outdated", "gone"])
def test_what_can_only_be_shown_again_is_so_in_the_other_language_too(
    client: TestClient, folder: Path, here: str, change: str
) -> None:
    form = form_of(client, ITEM.format(here=here))
    if change == "gone":
        (folder / TAX).rename(folder.parent / "moved")
    said = {"status": "done", "note": MINE} | ({"secret": "old"} if change == "outdated" else {})
    refused = Page(sent(client, form, **said))
    assert refused.status == (403 if change == "outdated" else 404)
    english = switched(client, refused)
    assert english.status == refused.status
    assert "二行め" in english.text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_answer_given_meanwhile_is_told_though_the_form_came_back_for_another_reason(
    client: TestClient, folder: Path, here: str, language: str
) -> None:
    form = form_of(client, ITEM.format(here=here))
    answered_by_another(folder)
    page = Page(sent(client, form, status="in-progress", note=MINE, due="いつか"))
    assert page.status == 422
    page = switched(client, page) if language == "en" else page
    back = page.form(ITEM.format(here=here).replace("/ja/", f"/{language}/"))
    overtaken = Page(sent(client, back, status="in-progress", due=""))
    assert overtaken.status == 409
    assert "ほかの人の文" in overtaken.text
    assert sent(client, overtaken.form(back.action), due="").status_code == 303


def answered_by_another(folder: Path) -> None:
    opened = projects.open_project(folder / TAX / "project.json")
    item = opened.guideline.item("planning.purpose")
    said = Said(Status.IN_PROGRESS, note="ほかの人の文")
    projects.record_answer(opened, item, said, Stamp("ほかの人", "2026-11-24T00:00:00Z"))


def test_a_page_that_was_only_read_has_a_link_to_the_other_language(
    client: TestClient, here: str
) -> None:
    html = client.get(ITEM.format(here=here)).text
    assert re.search(r'<a href="/en/projects/[^"]+" lang="en" hreflang="en">', html)
