"""The projects of the folder on one page: what they come to, filtered, sorted, and as files."""

import csv
import importlib.metadata
import io
import json
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aiguide.web.site import Site
from tests.conftest import ROOT
from tests.web.reading import seen


def names(text: str, *wanted: str) -> list[str]:
    """Give which names are on a page, in the order in which they first come in its table."""
    table = text.partition("案件の表")[2]
    return sorted((one for one in wanted if one in table), key=table.index)


def test_it_counts_the_projects_and_leads_to_each(
    client: TestClient, site: Site, folder: Path
) -> None:
    page = seen(client, "/ja/projects")
    assert "7 件の案件を読みました" in page.text
    for path in folder.glob("*/project.json"):
        assert f"/ja/projects/{site.folder.key(path)}" in page.links
    shown = seen(client, f"/ja/projects/{site.folder.key(folder / 'tax-chatbot/project.json')}")
    assert "スマート都税" in shown.text


def test_charts_have_their_figures_beside_them(client: TestClient) -> None:
    page = seen(client, "/en/projects")
    assert "Planning 3 / 7" in page.text
    assert page.html.count("<svg") > 10


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("bureau=港湾", 2),
        ("bureau=港湾&phase=design", 1),
        ("cell=citizen.information", 1),
        ("stance=red", 1),
        ("phase=planning", 3),
        ("verdict=not-ready", 2),
        ("overdue=1", 0),
        ("expiring=1", 0),
    ],
)
def test_it_shows_only_what_is_asked_for(client: TestClient, query: str, left: int) -> None:
    page = seen(client, f"/ja/projects?{query}")
    assert f"7 件中 {left} 件" in page.text
    assert page.html.count('<th scope="row"><a') == left


def test_it_sorts(client: TestClient) -> None:
    wanted = ("スマート都税", "AI導入・活用ガイドライン チャットボット")
    assert names(seen(client, "/ja/projects?sort=name").text, *wanted) == [wanted[1], wanted[0]]
    assert names(seen(client, "/ja/projects?sort=left").text, *wanted) == list(wanted)


@pytest.mark.parametrize("query", ["sort=x", "verdict=x", "cell=x", "stance=x", "phase=<b>"])
def test_what_cannot_be_asked_for_is_said_and_all_is_shown(client: TestClient, query: str) -> None:
    page = seen(client, f"/ja/projects?{query}")
    assert page.status == 422
    assert "7 件の案件を読みました" in page.text
    assert 'role="alert"' in page.html
    assert "<b>&" not in page.html
    assert "phase=<b>" not in page.html


def test_a_file_that_cannot_be_read_is_named_with_its_place_and_what_to_do(
    client: TestClient, folder: Path
) -> None:
    (folder / "broken").mkdir()
    (folder / "broken" / "project.json").write_text('{\n  "format": 1,\n  oops\n}\n')
    page = seen(client, "/ja/projects")
    assert "broken/project.json:3:3" in page.text
    assert "AG104" in page.text
    assert "8 ファイルから 7 件" in page.text


def test_an_empty_folder_leads_on_to_a_first_project(client: TestClient, folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    page = seen(client, "/ja/projects")
    assert "まだ案件はありません" in page.text
    assert "/ja/projects/new" in page.links


def test_many_projects_are_shown_a_hundred_at_a_time(client: TestClient, folder: Path) -> None:
    example = (folder / "tax-chatbot" / "project.json").read_text()
    for number in range(150):
        (folder / f"{number:03}.project.json").write_text(
            example.replace("スマート", f"第{number:03}")
        )
    first = seen(client, "/ja/projects?sort=file")
    assert first.html.count('<th scope="row"><a') == 100
    assert "1〜100 件目（全 157 件）" in first.text
    (after,) = {one for one in first.links if "page=2" in one}
    second = seen(client, after)
    assert second.html.count('<th scope="row"><a') == 57
    assert "sort=file" in after


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "２"])
def test_a_page_that_is_not_there_is_the_nearest_one(client: TestClient, page: str) -> None:
    assert seen(client, f"/ja/projects?page={page}").html.count('<th scope="row"><a') == 7


def test_a_project_that_changes_is_read_again(client: TestClient, folder: Path) -> None:
    path = folder / "tax-chatbot" / "project.json"
    assert "スマート都税" in seen(client, "/ja/projects").text
    path.write_text(path.read_text().replace("スマート都税", "別の名前になった都税"))
    page = seen(client, "/ja/projects")
    assert "別の名前になった都税" in page.text
    assert "スマート都税" not in page.text


def test_it_can_be_saved_in_every_format_as_filtered(client: TestClient) -> None:
    page = seen(client, "/ja/projects?stance=red")
    files = {one.partition("?")[0]: one for one in page.links if "/portfolio." in one}
    assert set(files) == {f"/ja/portfolio.{one}" for one in ("json", "csv", "xlsx", "html")}
    answers = {one: client.get(files[f"/ja/portfolio.{one}"]) for one in ("json", "csv", "xlsx")}
    assert len(json.loads(answers["json"].content)["projects"]) == 1
    rows = list(csv.reader(io.StringIO(answers["csv"].content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert answers["xlsx"].content.startswith(b"PK")
    for answer in answers.values():
        assert answer.headers["content-disposition"].startswith("attachment;")
    assert client.get("/ja/portfolio.exe").status_code == 404


def test_packs_that_are_installed_are_looked_for_once_however_many_projects_there_are(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    installed = importlib.metadata.entry_points

    def counted(*, group: str) -> importlib.metadata.EntryPoints:
        asked.append(group)
        return installed(group=group)

    monkeypatch.setattr(importlib.metadata, "entry_points", counted)
    assert "7 件中 3 件" in seen(client, "/ja/projects?phase=planning").text
    assert len(asked) == 1


def test_a_cell_of_a_pack_that_only_one_office_has_can_be_asked_for(
    client: TestClient, folder: Path
) -> None:
    assert client.get("/ja/projects?cell=quay.steer").status_code == 422
    office = folder / "港の局"
    shutil.copytree(ROOT / "tests" / "own_packs" / "harbor", office / "packs" / "harbor")
    (office / "aiguide.toml").write_text('[guideline]\npacks = "packs"\n', encoding="utf-8")
    shutil.copytree(folder / "tax-chatbot", office / "案件")
    assert "8 件中 0 件" in seen(client, "/ja/projects?cell=quay.steer").text
