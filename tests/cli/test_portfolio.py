"""`portfolio`: every project of an organization is counted once; a bad file is named, not fatal."""

import base64
import csv
import hashlib
import html.parser
import io
import json
import os
import re
import shutil
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aiguide.cli import layout
from aiguide.usecases import catalogue
from aiguide.usecases import portfolio as portfolios
from tests.conftest import ROOT, TODAY, Ran, Run
from tests.contracts import fits
from tests.terminal import running

EXAMPLES = ROOT / "examples"
PURPOSE, RISK = "planning.purpose", "planning.risk-assessment"
Survey = Callable[..., Ran]


def write(file: Path, name: str, **parts: Any) -> Path:
    """Write a manifest by hand: `cells` and `answers` beside facts of the project."""
    data: dict[str, Any] = {"format": 1, "guideline": {"id": "tokyo-ai", "version": 1}}
    cells, answers = parts.pop("cells", ()), parts.pop("answers", {})
    data["project"] = {"name": name, **parts}
    if cells:
        data["classification"] = {"cells": list(cells), "confirmed_by": "A person"}
    data["answers"] = answers
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return file


def due(day: str) -> dict[str, str]:
    return {"status": "in-progress", "due": day}


def excepted(until: str) -> dict[str, str]:
    return {"status": "exception", "reason": "r", "approver": "a", "until": until}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Four projects of three bureaus, one of them without a name for its bureau or a cell."""
    folder = tmp_path / "office"
    write(
        folder / "a" / "project.json",
        "Alpha",
        organization="環境局",
        cells=["citizen.information"],
        answers={PURPOSE: due("2026-11-01"), RISK: excepted("2026-12-01")},
    )
    write(
        folder / "b.project.json",
        "Beta",
        organization="環境 局",
        phase="design",
        cells=["related.autonomous", "internal.writing"],
        answers={PURPOSE: due("2026-11-24")},
    )
    write(
        folder / "c" / "d" / "project.json",
        "Gamma",
        organization="港湾局",
        phase="operation",
        cells=["related.prediction"],
        answers={PURPOSE: excepted("2026-11-23"), RISK: excepted("2027-06-30")},
    )
    write(folder / "e" / "project.json", "Delta", example=True)
    write(folder / "e" / "other.json", "Not read in folders")
    return folder


@pytest.fixture
def survey(run: Run, office: Path) -> Survey:
    def run_it(*args: str) -> Ran:
        return run("portfolio", office, "--today", TODAY, "--format", "json", *args)

    return run_it


def names(ran: Ran) -> list[str]:
    return [one["name"] for one in ran.json["projects"]]


def test_every_project_is_counted_once_by_each_of_its_sides(survey: Survey) -> None:
    found = survey().json
    fits("portfolio", found)
    assert (found["files"], found["read"], found["totals"]["projects"]) == (4, 4, 4)
    assert found["totals"]["examples"] == 1
    assert found["copies"] == []  # what has no history could be anything
    for side in ("by_verdict", "by_phase", "by_bureau"):
        assert sum(one["projects"] for one in found[side]) == 4
        assert sum(one["left"] for one in found[side]) == found["totals"]["left"]
    stances = {one["id"]: one["projects"] for one in found["by_stance"]}
    assert stances == {"blue": 1, "yellow": 1, "red": 1}
    cells = {one["id"]: one["projects"] for one in found["by_cell"] if one["projects"]}
    assert cells == {
        "citizen.information": 1,
        "related.prediction": 1,
        "related.autonomous": 1,
        "internal.writing": 1,
    }
    assert len(found["by_cell"]) == 15


def test_a_bureau_is_one_however_its_name_is_spaced(survey: Survey) -> None:
    bureaus = {one["name"]: one["projects"] for one in survey().json["by_bureau"]}
    assert bureaus == {"環境局": 2, "港湾局": 1, "": 1}


def test_days_count_from_today(survey: Survey) -> None:
    by_name = {one["name"]: one for one in survey().json["projects"]}
    # due today is not overdue yet; an exception counts on its last day, and no longer
    assert [by_name[name]["overdue"] for name in ("Alpha", "Beta")] == [1, 0]
    assert [by_name["Alpha"][key] for key in ("expiring", "expires", "expired")] == [
        1,
        "2026-12-01",
        0,
    ]
    assert [by_name["Gamma"][key] for key in ("expiring", "expires", "expired")] == [
        0,
        "2027-06-30",
        1,
    ]
    assert survey("--within", "6").json["totals"]["expiring"] == 0
    assert survey("--within", "7").json["totals"]["expiring"] == 1
    assert survey("--within", "300").json["totals"]["expiring"] == 2


def test_what_is_left_is_what_status_counts(run: Run, survey: Survey) -> None:
    for one in survey().json["projects"]:
        status = run("status", one["file"], "--format", "json", "--today", TODAY).json
        assert (status["verdict"], status["stance"]) == (one["verdict"], one["stance"])
        report = run("report", one["file"], "-o", "-", "--format", "json", "--today", TODAY).json
        assert len(report["gaps"]) == one["left"]
        assert (report["overdue"], report["expired"]) == (one["overdue"], one["expired"])


@pytest.mark.parametrize(
    ("args", "kept"),
    [
        (("--bureau", "環境"), {"Alpha", "Beta"}),
        (("--bureau", "環境", "--bureau", "港湾"), {"Alpha", "Beta", "Gamma"}),
        (("--cell", "internal.writing"), {"Beta"}),
        (("--cell", "internal.writing", "--cell", "citizen.information"), {"Alpha", "Beta"}),
        (("--stance", "red", "--stance", "blue"), {"Alpha", "Beta"}),
        (("--phase", "planning"), {"Alpha", "Delta"}),
        (("--verdict", "needs-human-review"), {"Delta"}),
        (("--verdict", "not-ready", "--bureau", "港湾"), {"Gamma"}),
        (("--overdue",), {"Alpha"}),
        (("--expiring",), {"Alpha"}),
        (("--expiring", "--within", "300"), {"Alpha", "Gamma"}),
        (("--bureau", "どこでもない"), set()),
    ],
)
def test_filters_keep_what_is_asked_for(
    survey: Survey, args: tuple[str, ...], kept: set[str]
) -> None:
    ran = survey(*args)
    assert ran.code == 0
    assert set(names(ran)) == kept
    assert (ran.json["read"], ran.json["totals"]["projects"]) == (4, len(kept))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("verdict", ["Beta", "Delta", "Gamma", "Alpha"]),
        ("bureau", ["Gamma", "Alpha", "Beta", "Delta"]),
        ("name", ["Alpha", "Beta", "Delta", "Gamma"]),
        ("cell", ["Alpha", "Gamma", "Beta", "Delta"]),
        ("stance", ["Beta", "Gamma", "Alpha", "Delta"]),
        ("phase", ["Delta", "Alpha", "Beta", "Gamma"]),
        ("overdue", ["Alpha", "Delta", "Gamma", "Beta"]),
        ("expiring", ["Alpha", "Gamma", "Delta", "Beta"]),
        ("file", ["Alpha", "Beta", "Gamma", "Delta"]),
    ],
)
def test_projects_are_sorted_gravest_first(survey: Survey, sort: str, order: list[str]) -> None:
    assert names(survey("--sort", sort)) == order


def test_most_left_comes_first(survey: Survey) -> None:
    left = [one["left"] for one in survey("--sort", "left").json["projects"]]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) > 2


def test_bad_files_are_named_and_the_rest_counted(run: Run, office: Path, tmp_path: Path) -> None:
    for story in (
        "AG104-missing-comma",
        "AG110-to-AG114-in-one",
        "AG103-cp932",
        "AG205-unknown-version",
    ):
        shutil.copytree(EXAMPLES / "invalid" / story, office / story)
    (office / "gone.project.json").symlink_to(tmp_path / "nowhere")
    ran = run("portfolio", office, "--today", TODAY, "--format", "json")
    assert ran.code == 1
    fits("portfolio", ran.json)
    assert (ran.json["files"], ran.json["read"], len(ran.json["projects"])) == (9, 4, 4)
    bad = {Path(one["file"]).parent.name: one for one in ran.json["unreadable"]}
    assert bad["AG104-missing-comma"]["line"] > 1
    assert bad["AG110-to-AG114-in-one"]["findings"] > 1
    for one in bad.values():
        assert one["file"] in ran.err
        assert one["message"] in ran.err
    assert "9 ファイルのうち 5 ファイルを読めませんでした" in ran.err


@pytest.mark.parametrize("format", ["table", "csv", "html", "xlsx"])
def test_every_format_goes_on_past_a_bad_file(run: Run, office: Path, format: str) -> None:
    (office / "bad.project.json").write_text("{", encoding="utf-8")
    args = () if format == "table" else ("-o", office / f"out.{format}")
    ran = run("portfolio", office, "--today", TODAY, *args)
    assert ran.code == 1
    assert "bad.project.json" in ran.err
    if format != "table":
        assert (office / f"out.{format}").stat().st_size > 500


@pytest.mark.parametrize("format", ["json", "csv", "html", "xlsx"])
def test_every_format_goes_on_past_a_folder_whose_name_is_no_text(
    run: Run, office: Path, format: str
) -> None:
    write(office / os.fsdecode(b"\xff") / "project.json", "Omega")
    out = office / f"out.{format}"
    ran = run("portfolio", office, "--today", TODAY, "-o", out)
    assert ran.code == 0, ran.err
    assert b"Omega" in out.read_bytes() or format == "xlsx"


def test_the_examples_of_every_mistake_are_survived(run: Run) -> None:
    ran = run("portfolio", EXAMPLES, "--today", TODAY, "--format", "json")
    assert ran.code == 1
    fits("portfolio", ran.json)
    files = len(list(EXAMPLES.rglob("project.json")))
    assert ran.json["files"] == ran.json["read"] + len(ran.json["unreadable"]) == files


def test_a_folder_that_is_not_there_is_an_error_not_an_empty_bureau(run: Run, office: Path) -> None:
    ran = run("portfolio", office, office / "nosuch", "--format", "json")
    assert ran.code == 2
    assert "nosuch" in ran.err
    assert ran.out == ""


def test_a_link_that_leads_to_itself_stops_nothing(run: Run, office: Path) -> None:
    (office / "loop.project.json").symlink_to(office / "loop.project.json")
    ran = run("portfolio", office, "--format", "json", "-o", office / "out.json")
    assert ran.code == 1
    assert "loop.project.json" in ran.err
    assert json.loads((office / "out.json").read_text(encoding="utf-8"))["read"] == 4


def test_nothing_to_read_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("portfolio", tmp_path / "empty")
    assert ran.code == 2
    assert "empty" in ran.err


def test_a_named_file_is_read_whatever_its_name(run: Run, office: Path) -> None:
    ran = run("portfolio", office / "e" / "other.json", "--format", "json", "--today", TODAY)
    assert names(ran) == ["Not read in folders"]


def test_a_file_that_is_named_twice_counts_once(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office)
    ran = run("portfolio", ".", office, "a", "a/project.json", "--format", "json")
    assert ran.json["files"] == 4


@pytest.mark.parametrize("format", ["table", "json", "html"])
def test_copies_of_one_project_are_pointed_out(
    run: Run, project: Path, tmp_path: Path, format: str
) -> None:
    copy = tmp_path / "backup" / "project.json"
    copy.parent.mkdir()
    shutil.copy(project, copy)
    run("answer", copy, PURPOSE, "done", "--note", "later, in the copy only")
    ran = (
        run("portfolio", tmp_path, "--format", format, "-o", "-")
        if format == "html"
        else run("portfolio", tmp_path, "--format", format)
    )
    if format == "json":
        assert ran.json["copies"] == [[str(copy), str(project)]]
        assert ran.json["totals"]["projects"] == 2
    else:
        assert "同じ案件の写しのようです" in ran.out
    shutil.rmtree(copy.parent)
    assert "写し" not in run("portfolio", tmp_path).out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--cell", "citizen.informatoin"), "citizen.information"),
        (("--stance", "green"), "blue"),
        (("--phase", "procurement"), "planning"),
        (("--verdict", "not-redy"), "not-ready"),
        (("--sort", "size"), "verdict"),
        (("--format", "pdf"), "html"),
        (("--format", "html"), "-o"),
        (("--format", "xlsx"), "-o"),
        (("--format", "table", "-o", "x.csv"), "--format table"),
        (("-o", "x.pdf"), "html"),
        (("--within", "-1"), "--within"),
        (("--within", "99999"), "--within"),
        (("--within", "soon"), "--within"),
        (("--today", "yesterday"), "yesterday"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_read(
    run: Run, office: Path, args: tuple[str, ...], said: str
) -> None:
    ran = run("portfolio", office, *args)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_a_manifest_is_never_written_over(run: Run, office: Path) -> None:
    target = office / "a" / "project.json"
    before = target.read_bytes()
    ran = run("portfolio", office, "-o", target)
    assert ran.code == 2
    assert target.read_bytes() == before


def test_the_calendar_may_end(run: Run, office: Path) -> None:
    ran = run("portfolio", office, "--today", "9999-12-31", "--within", "3650", "--format", "json")
    assert ran.code == 0
    assert ran.json["totals"]["expired"] == 3


ATTACKS = (
    '<script>alert(1)</script><img src="https://example.com/x" onerror=alert(1)>',
    "</style></script><script>alert(2)</script>",
    "=HYPERLINK(1)",
    "＝cmd|' /C calc'!A0",
    "@SUM(1)",
    '" onmouseover="alert(1)',
    "\x1b[31mred\x1b]0;title\x07\u202egnp.exe",
    "{{ 7*7 }}",
    "a" * 500,
    '改\n行\tと,"引用"',
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "hostile"
    for number, name in enumerate(ATTACKS):
        facts = {"organization": name, "owner": name, "id": "x"}
        write(folder / f"{number}.project.json", name, **facts)
    return folder


class Tags(html.parser.HTMLParser):
    """What of a page could act or fetch, and its visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def page_of(run: Run, folder: Path, *args: str) -> str:
    out = folder / "out.html"
    assert run("portfolio", folder, "-o", out, "--today", TODAY, *args).code == 0
    return out.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_name_acts_in_the_dashboard(run: Run, hostile: Path, lang: str) -> None:
    page = page_of(run, hostile, "--lang", lang)
    tags = parsed(page)
    assert tags.tags.count("script") == tags.tags.count("style") == 1
    assert "img" not in tags.tags
    assert not {name for name, _ in tags.attributes if name.startswith("on")}
    assert not {name for name, _ in tags.attributes} & {"src", "srcset", "action", "style"}
    assert [value for name, value in tags.attributes if name == "href"] == ["#table"]
    assert not set("\x1b\x07\u202e") & set(page)
    assert ATTACKS[0] in "".join(tags.texts)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_dashboard_needs_nothing_but_itself(run: Run, office: Path, lang: str) -> None:
    page = page_of(run, office, "--lang", lang)
    assert not re.search(r"https?://|url\((?!#)|@import", page)
    policy = next(v for _, v in parsed(page).attributes if v.startswith("default-src 'none'"))
    for part in ("style", "script"):
        inside = re.search(rf"<{part}>(.*?)</{part}>", page, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy


def test_without_its_script_the_dashboard_is_the_whole_table(run: Run, office: Path) -> None:
    page = page_of(run, office, "--sort", "left")
    tags = parsed(page)
    assert tags.attributes.count(("id", "projects")) == 1
    assert page.count("<tr data-bureau=") == 4
    assert ("hidden", "") in tags.attributes  # the form, which only the script can use
    assert [value for name, value in tags.attributes if name == "aria-sort"] == ["descending"]
    for said in ("Alpha", "港湾局", "架空の記入例", "残りあり", "1（最初は 2026-12-01）"):
        assert said in page


def test_no_name_is_a_formula_in_a_spreadsheet(run: Run, hostile: Path) -> None:
    ran = run("portfolio", hostile, "--format", "csv", "--today", TODAY)
    rows = list(csv.reader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert len(rows) == len(ATTACKS) + 1
    assert not [one for row in rows for one in row if one[:1] in tuple("=＝@\t\r\x1b")]
    out = hostile / "out.xlsx"
    assert run("portfolio", hostile, "-o", out, "--today", TODAY).code == 0
    book = openpyxl.load_workbook(out)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink
    ]


def test_no_name_steers_the_terminal(run: Run, hostile: Path) -> None:
    out = run("portfolio", hostile, "--today", TODAY).out
    assert not set("\x1b\x07\u202e\r\t") & set(out)
    assert '改 行 と,"引用"' in out
    fits("portfolio", run("portfolio", hostile, "--format", "json").json)


def test_a_workbook_has_numbers_days_and_a_filter(run: Run, office: Path) -> None:
    out = office / "一覧.xlsx"
    assert run("portfolio", office, "-o", out, "--today", TODAY, "--sort", "name").code == 0
    once = out.read_bytes()
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["集計", "案件"]
    rows = list(book["案件"].iter_rows(values_only=True))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["案件"] == "Alpha"
    assert first["期限切れ"] == 1
    assert first["例外の最初の期限"] == datetime(2026, 12, 1)
    assert book["案件"].auto_filter.ref == "A1:S5"
    run("portfolio", office, "-o", out, "--today", TODAY, "--sort", "name")
    assert out.read_bytes() == once


@pytest.mark.parametrize("format", ["table", "csv", "html"])
def test_english_is_all_english(run: Run, tmp_path: Path, format: str) -> None:
    cells = ["citizen.information", "internal.advice"]
    write(
        *(tmp_path / "project.json", "Alpha"),
        cells=cells,
        example=True,
        answers={PURPOSE: excepted("2026-11-30"), RISK: excepted("2026-11-01")},
    )
    args = ("-o", "-", "--format", "html") if format == "html" else ("--format", format)
    asked = ("--cell", cells[0], "--expiring", "--verdict", "not-ready", "--phase", "planning")
    ran = run("portfolio", tmp_path, *args, *asked, "--lang", "en", "--today", TODAY)
    assert "Made-up example" in ran.out
    fonts = re.sub(r"BIZ UDPゴシック", "", ran.out)
    assert not re.search(r"[ぁ-ヺ一-龠]", fonts)


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 300])
def test_no_width_breaks_the_table(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.chdir(office)
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = run("portfolio", ".", "--today", TODAY)
    assert ran.code == 0
    assert max(map(layout.width, ran.out.splitlines())) <= max(columns, layout.NARROWEST) + 50
    for name in ("Alpha", "Beta", "Gamma", "Delta"):
        assert name in ran.out


def test_hundreds_of_projects_are_all_there(run: Run, tmp_path: Path) -> None:
    for number in range(400):
        write(
            tmp_path / f"{number:03}" / "project.json",
            f"P{number:03}",
            organization=f"B{number % 7}",
            cells=["citizen.information"],
        )
    ran = run("portfolio", tmp_path, "--sort", "name", "--format", "json")
    assert names(ran) == [f"P{number:03}" for number in range(400)]
    assert len(ran.json["by_bureau"]) == 7
    assert page_of(run, tmp_path).count("<tr data-bureau=") == 400


def test_memory_does_not_grow_with_the_manifests(tmp_path: Path) -> None:
    answers = {PURPOSE: {"status": "done", "note": "x" * 1_000_000}}
    for number in range(20):
        write(tmp_path / f"{number}.project.json", "P", answers=answers)
        bad = tmp_path / f"{number}-bad.project.json"
        write(bad, "P", answers={PURPOSE: {"status": "x" * 1_000_000}})
    files = portfolios.manifests([tmp_path])
    words, order = catalogue.load_words("ja"), portfolios.Order(TODAY)
    portfolios.survey(files[:2], words, order, lambda done: None)
    tracemalloc.start()
    found = portfolios.survey(files, words, order, lambda done: None)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.read, len(found.unreadable)) == (20, 20)
    assert kept < 1_000_000


def test_at_a_terminal_a_bar_shows_how_far_it_is(office: Path) -> None:
    for number in range(100):
        write(office / "more" / f"{number}.project.json", "P")
    with running("portfolio", office) as (terminal, process):
        terminal.until("読み取り中")
        terminal.until("104 件の案件を読みました")
        process.wait(20)
