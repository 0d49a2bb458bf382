"""The checklist in Excel: got, filled in, its changes seen, and only then recorded."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from aiguide.web.site import Site
from tests.cli.spreadsheets.files import PURPOSE, place_of
from tests.conftest import Run
from tests.web.reading import Page, seen, sent


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "tax-chatbot" / "project.json"


@pytest.fixture
def here(site: Site, file: Path) -> str:
    return f"/ja/projects/{site.folder.key(file)}"


def filled_in(content: bytes, **cells: str) -> bytes:
    """Fill in cells of the item `planning.purpose`."""
    book, out = io.BytesIO(content), io.BytesIO()
    opened = openpyxl.load_workbook(book)
    for column, text in cells.items():
        sheet, place = place_of(opened, PURPOSE, column)
        sheet[place].value = text
    opened.save(out)
    return out.getvalue()


def upload(client: TestClient, here: str, content: bytes, name: str = "点検表.xlsx") -> Response:
    secret = seen(client, f"{here}/import").form(f"{here}/import").values["secret"][0]
    return client.post(f"{here}/import", data={"secret": secret}, files={"file": (name, content)})


def test_what_was_filled_in_is_shown_first_and_recorded_then(
    client: TestClient, here: str, file: Path
) -> None:
    before = file.read_text()
    sheet = client.get(f"{here}/checklist.xlsx")
    assert sheet.headers["content-disposition"].startswith("attachment;")
    page = Page(upload(client, here, filled_in(sheet.content, note="表で書いた", assignee="山田")))
    assert page.status == 200
    assert "1 項目に、2 件の変更" in page.text
    assert "表で書いた" in page.text
    assert "いまの回答（実施済）は、" in page.text
    assert file.read_text() == before
    done = sent(client, page.form(f"{here}/import"))
    assert done.status_code == 303
    data = json.loads(file.read_text())
    answer = data["answers"]["planning.purpose"]
    assert (answer["note"], answer["assignee"], answer["by"]) == ("表で書いた", "山田", "試験担当")
    assert "記録しました" in seen(client, done.headers["location"]).text


def test_a_sheet_that_changes_nothing_says_so(client: TestClient, here: str) -> None:
    page = Page(upload(client, here, client.get(f"{here}/checklist.xlsx").content))
    assert "変更はありません" in page.text


def test_who_answered_is_not_taken_from_it_and_that_is_shown(client: TestClient, here: str) -> None:
    sheet = client.get(f"{here}/checklist.xlsx").content
    page = Page(upload(client, here, filled_in(sheet, note="表で書いた", by="田中")))
    assert "「記入者」の書き換えは取り込みません" in page.text
    assert "表で書いた" in page.text
    page = Page(upload(client, here, filled_in(sheet, by="田中")))
    assert "「記入者」の書き換えは取り込みません" in page.text
    assert "変更はありません" in page.text


def test_what_cannot_be_taken_is_named_cell_by_cell_and_nothing_is_recorded(
    client: TestClient, here: str, file: Path
) -> None:
    before = file.read_text()
    content = filled_in(client.get(f"{here}/checklist.xlsx").content, status="だいたい済")
    page = Page(upload(client, here, content))
    assert page.status == 422
    assert "だいたい済" in page.text
    assert file.read_text() == before


def test_what_somebody_answered_since_it_was_seen_is_not_overwritten(
    client: TestClient, here: str, file: Path
) -> None:
    content = filled_in(client.get(f"{here}/checklist.xlsx").content, note="表で書いた")
    page = Page(upload(client, here, content))
    item = f"{here}/items/planning.purpose"
    answer = seen(client, item).form(item)
    assert sent(client, answer, status="done", note="先に書いた").status_code == 303
    stands = file.read_text()
    refused = Page(sent(client, page.form(f"{here}/import")))
    assert refused.status == 422
    assert "先に書いた" in refused.text
    assert file.read_text() == stands


def test_what_was_settled_since_it_was_seen_is_shown_before_it_is_written_over(
    run: Run, client: TestClient, here: str, file: Path
) -> None:
    run("answer", file, PURPOSE, "open")
    content = filled_in(client.get(f"{here}/checklist.xlsx").content, assignee="山田")
    page = Page(upload(client, here, content))
    assert "いまの回答（" not in page.text
    exception = ("--reason", "試行", "--approver", "部長", "--until", "2090-01-01", "--by", "鈴木")
    run("answer", file, PURPOSE, "exception", *exception)
    stands = file.read_text()
    again = Page(sent(client, page.form(f"{here}/import")))
    assert again.status == 200
    assert "ほかの人がこの回答を変えました: 適切な目的の設定" in again.text
    assert "いまの回答（例外承認）は、鈴木 が" in again.text
    assert file.read_text() == stands
    assert sent(client, again.form(f"{here}/import")).status_code == 303
    answer = json.loads(file.read_text())["answers"][PURPOSE]
    assert (answer["status"], answer["assignee"]) == ("exception", "山田")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no workbook", "表".encode("cp932"), b"\x00" * 1000]
)
def test_what_is_no_workbook_is_said(client: TestClient, here: str, content: bytes) -> None:
    page = Page(upload(client, here, content))
    assert page.status == 422
    assert 'role="alert"' in page.html


def test_one_that_is_too_large_is_said(client: TestClient, here: str) -> None:
    page = Page(upload(client, here, b"PK" + b"0" * 800 * 1024))
    assert page.status == 422
    assert "700 KiB まで" in page.text


def test_a_sheet_of_another_project_is_refused(
    client: TestClient, site: Site, folder: Path, here: str
) -> None:
    other = site.folder.key(folder / "guideline-chatbot" / "project.json")
    page = Page(upload(client, here, client.get(f"/ja/projects/{other}/checklist.xlsx").content))
    assert page.status == 422
    assert "別の案件" in page.text


@pytest.mark.parametrize("carried", ["", "%%%", "UEs=", "あ"])
def test_a_form_without_a_workbook_is_refused(
    client: TestClient, here: str, file: Path, carried: str
) -> None:
    before = file.read_text()
    form = seen(client, f"{here}/import").form(f"{here}/import")
    assert sent(client, form, **{"seen.workbook": carried}).status_code == 422
    assert file.read_text() == before


def test_a_checklist_that_only_the_project_has_left_behind_is_said_to_be(
    client: TestClient, here: str, file: Path
) -> None:
    sheet = client.get(f"{here}/checklist.xlsx")
    data = json.loads(file.read_text())
    data["answers"]["planning.purpose"]["assignee"] = "あとから変えた人"
    file.write_text(json.dumps(data))
    page = Page(upload(client, here, sheet.content))
    assert "1 か所が違います（はじめは 企画!L2）" in page.text
