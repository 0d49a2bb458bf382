"""The reports of a project from the browser: all of them, in every format, beside the pages."""

import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aiguide.core.errors import AiguideError
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered
from aiguide.usecases import press, reports
from aiguide.usecases.catalogue import load_words
from aiguide.usecases.press import Press
from aiguide.usecases.reports import REPORT_FORMATS, REPORT_TEMPLATES, Order
from aiguide.web.site import Site
from tests.conftest import TODAY
from tests.web.reading import seen

BEGINS = {"pdf": b"%PDF-", "docx": b"PK", "html": b"<!DOCTYPE html>", "md": b"", "json": b"{"}
QUICK = tuple(one for one in REPORT_FORMATS if one != "pdf")


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "guideline-chatbot" / "project.json"


@pytest.fixture
def here(site: Site, file: Path) -> str:
    return f"/ja/projects/{site.folder.key(file)}"


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words("ja")


def test_every_report_is_offered_in_every_format(client: TestClient, here: str) -> None:
    page = seen(client, f"{here}/reports")
    offered = {f"{here}/reports/{t}.{f}" for t in REPORT_TEMPLATES for f in REPORT_FORMATS}
    assert offered <= set(page.links)
    assert f"{here}/reports/frameworks/nist-ai-rmf.pdf" in page.links
    assert f"{here}/checklist.xlsx" in page.links
    assert "調達の担当のために" in page.text


@pytest.mark.parametrize("template", [*REPORT_TEMPLATES, "frameworks/nist-ai-rmf"])
@pytest.mark.parametrize("format", QUICK)
def test_each_is_made(client: TestClient, here: str, template: str, format: str) -> None:
    given = client.get(f"{here}/reports/{template}.{format}")
    assert given.status_code == 200
    assert given.content.startswith(BEGINS[format])
    assert given.headers["content-disposition"].startswith("attachment;")


def test_a_report_speaks_the_language_of_its_page(client: TestClient, here: str) -> None:
    assert "点検報告" in client.get(f"{here}/reports/compliance.md").text
    assert "compliance report" in client.get(f"/en{here[3:]}/reports/compliance.md").text


def test_a_pdf_is_made_in_a_process_of_its_own(client: TestClient, site: Site, here: str) -> None:
    try:
        for template in ("summary", "frameworks/nist-ai-rmf"):
            given = client.get(f"{here}/reports/{template}.pdf")
            assert given.status_code == 200
            assert given.content.startswith(b"%PDF-")
        assert client.get("/ja/cells/citizen.action/card.pdf").content.startswith(b"%PDF-")
    finally:
        site.press.close()


def test_html_can_be_read_here_and_can_do_nothing_else(client: TestClient, here: str) -> None:
    read = f"{here}/reports/compliance.html?read=1"
    assert read in seen(client, f"{here}/reports").links
    given = client.get(read)
    assert "content-disposition" not in given.headers
    policy = given.headers["content-security-policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert policy.endswith("sandbox")
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "what", ["other.pdf", "compliance.exe", "frameworks/other.md", "..%2Fcompliance.md"]
)
def test_there_are_no_others(client: TestClient, here: str, what: str) -> None:
    assert client.get(f"{here}/reports/{what}").status_code == 404


@pytest.mark.parametrize("code", ["no-pango", "no-font", "no-weasyprint", "no-docx"])
def test_what_this_machine_lacks_is_said_with_the_remedy(
    client: TestClient, here: str, code: str, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Rendered:
        raise AiguideError(code)

    monkeypatch.setattr(reports, "report", fail)
    page = seen(client, f"{here}/reports/compliance.docx")
    assert page.status == 503
    assert words.say(f"error.{code}.fix") in page.text


def test_characters_that_no_font_has_are_named_before_it_is_saved(
    client: TestClient, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "report", lambda *_: Rendered(b"made", ("𛂞",)))
    page = seen(client, f"{here}/reports/compliance.docx")
    assert "𛂞" in page.text
    (anyway,) = [one for one in page.links if "anyway" in one]
    assert client.get(anyway).content == b"made"


def test_a_process_that_was_killed_is_replaced(file: Path, words: Words) -> None:
    with_death = Press()
    try:
        with pytest.raises(AiguideError, match="press-failed"):
            with_death._elsewhere(_die)
        made = with_death.report(file, words, Order(TODAY, "pdf", "summary"))
        assert made.content.startswith(b"%PDF-")
    finally:
        with_death.close()


def _die() -> Rendered:
    import os

    os._exit(9)


def test_an_error_in_the_other_process_arrives_whole(tmp_path: Path, words: Words) -> None:
    other = Press()
    try:
        with pytest.raises(AiguideError) as caught:
            other.report(tmp_path / "gone.json", words, Order(TODAY, "pdf"))
        assert caught.value.code == "unreadable"
        assert str(tmp_path) in caught.value.args_said["file"]
    finally:
        other.close()


def test_more_than_can_wait_are_told_to_come_again(
    file: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Press()
    waiting, go_on = threading.Semaphore(0), threading.Event()

    def slow(*_: object) -> Rendered:
        waiting.release()
        go_on.wait(10)
        return Rendered(b"")

    monkeypatch.setattr(full, "_elsewhere", slow, raising=True)
    order = Order(TODAY, "pdf")
    threads = [
        threading.Thread(target=full.report, args=(file, words, order))
        for _ in range(press.AT_ONCE)
    ]
    for one in threads:
        one.start()
        waiting.acquire(timeout=10)
    with pytest.raises(AiguideError, match="press-busy"):
        full.report(file, words, order)
    assert full.report(file, words, Order(TODAY, "md")).content  # what is no PDF is made at once
    go_on.set()
    for one in threads:
        one.join()
