"""Dates that have passed, or soon will: every place says so, and counts them alike."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran, Run, settle

EARLY, LATE = "2026-11-24", "2026-12-20"
SCREEN = 24


@pytest.fixture(name="project")
def dated(run: Run, project: Path) -> Path:
    """In planning and in requirements, each: an exception, and something due."""
    settle(run, project)
    for item, until in (
        ("planning.ownership", "2026-12-10"),
        ("requirements.logging", "2026-12-05"),
    ):
        told = ("--reason", "4月に定める", "--approver", "部長", "--until", until)
        assert run("answer", project, item, "exception", *told).code == 0
    for item, due in (
        ("planning.tool-selection", "2027-01-31"),
        ("planning.risk-assessment", "2026-12-18"),
        ("requirements.security", "2026-12-01"),
    ):
        told = ("--note", "調整中", "--assignee", "鈴木", "--due", due)
        assert run("answer", project, item, "in-progress", *told).code == 0
    return project


def report(run: Run, project: Path, today: str, template: str = "compliance") -> str:
    """Give a report as Markdown."""
    args = ("-o", "-", "--format", "md", "--template", template, "--today", today)
    ran = run("report", project, *args)
    assert ran.code == 0, ran.err
    return ran.out


def data(run: Run, project: Path, today: str) -> Any:
    return run("report", project, "-o", "-", "--format", "json", "--today", today).json


def status(run: Run, project: Path, today: str) -> Ran:
    return run("status", project, "--today", today)


def one_line(text: str) -> str:
    return "".join(map(str.strip, text.splitlines()))


def test_every_exception_in_force_is_in_the_report_with_its_phase(run: Run, project: Path) -> None:
    for phase in ("planning", "requirements"):
        run("set", project, "--phase", phase)
        found = data(run, project, EARLY)
        assert [(one["phase"], one["until"]) for one in found["exemptions"]] == [
            ("企画", "2026-12-10"),
            ("要件定義", "2026-12-05"),
        ]
        told = report(run, project, EARLY)
        assert "有効な例外承認: **2**" in told
        assert "| 残す記録と保存期間 | 要件定義 | 4月に定める | 部長 | 2026-12-05 |" in told


@pytest.mark.parametrize("template", ["compliance", "summary"])
def test_the_numbers_say_what_they_count_over(run: Run, project: Path, template: str) -> None:
    told = report(run, project, EARLY, template)
    assert "必須は判定の対象のフェーズで、例外承認と期限はすべてのフェーズで数えています" in told


@pytest.mark.parametrize("template", ["compliance", "summary"])
def test_what_is_late_in_any_phase_is_counted_and_named(
    run: Run, project: Path, template: str
) -> None:
    told = report(run, project, LATE, template)
    assert "期限を過ぎた項目: **2**" in told
    assert "期限切れの例外承認: **2**" in told
    assert "残す記録と保存期間（要件定義、2026-12-05）、責任者と体制の明確化（企画、2026-" in told
    assert "期限を過ぎた項目が 1 件あります: 利用環境・接続のセキュリティ要件（要件定義、" in told
    assert "2026-12-18（期限切れ）" in told
    assert "期限切れ）" not in report(run, project, EARLY, template)


def first_left(run: Run, project: Path, today: str, template: str) -> list[str]:
    """Name the first two of the required items that a report says are left."""
    rows = report(run, project, today, template).partition("| 担当 | 期限 |")[2].split("\n")
    return [row.split(" | ")[0].strip("| ").partition("<br>")[0] for row in rows[2:4]]


@pytest.mark.parametrize("template", ["summary", "compliance"])
def test_what_is_left_goes_by_due_date(run: Run, project: Path, template: str) -> None:
    by_date = ["リスクの評価", "利用するAIの効果的な選定"]
    assert first_left(run, project, EARLY, template) == by_date


def test_what_is_left_begins_with_what_is_late(run: Run, project: Path) -> None:
    assert first_left(run, project, LATE, "summary")[0] == "リスクの評価"
    by_date = ["責任者と体制の明確化", "リスクの評価"]
    assert first_left(run, project, LATE, "compliance") == by_date


def test_exceptions_that_the_verdict_rests_on_are_counted_by_phase(run: Run, project: Path) -> None:
    for question in run("check", project, "--format", "json").json["items"]:
        if question["level"] == "required" and question["id"] != "planning.ownership":
            run("answer", project, question["id"], "done", "--note", "済", "--yes")
    assert "有効な例外承認 1 件（企画 1）" in status(run, project, EARLY).out


def test_status_marks_a_date_that_has_passed_and_begins_with_it(run: Run, project: Path) -> None:
    early, late = (status(run, project, day).out for day in (EARLY, LATE))
    assert "期限 2026-12-18、鈴木" in early
    assert "期限 2026-12-18（期限切れ）、鈴木" in late
    following = [
        line.split()[-1] for line in late.partition("次にすること")[2].splitlines() if line
    ]
    assert [one for one in following if one.startswith("planning.")] == [
        "planning.ownership",
        "planning.risk-assessment",
        "planning.tool-selection",
    ]


def test_status_names_exceptions_that_have_ended_or_soon_will(run: Run, project: Path) -> None:
    assert "例外承認が" not in status(run, project, "2026-11-01").out
    both = "残す記録と保存期間（要件定義、2026-12-05）、責任者と体制の明確化（企画、2026-12-10）"
    assert f"まもなく切れる例外承認が 2 件あります: {both}" in one_line(
        status(run, project, EARLY).out
    )
    between = one_line(status(run, project, "2026-12-06").out)
    assert "期限の切れた例外承認が 1 件あります: 残す記録と保存期間" in between
    assert "まもなく切れる例外承認が 1 件あります: 責任者と体制の明確化" in between
    assert f"期限の切れた例外承認が 2 件あります: {both}" in one_line(
        status(run, project, LATE).out
    )


def test_what_matters_in_status_is_on_the_last_screen(run: Run, project: Path) -> None:
    proof = project.with_name("goal.md")
    proof.write_text("目的", encoding="utf-8")
    run("answer", project, "planning.purpose", "done", "--evidence", "goal.md")
    proof.unlink()
    stored = json.loads(project.read_text(encoding="utf-8"))
    del stored["project"]["conditions"]["confidential_data"]
    project.write_text(json.dumps(stored), encoding="utf-8")
    lines = status(run, project, LATE).out.splitlines()
    assert len(lines) > SCREEN, "else this says nothing"
    seen = "".join(lines[-SCREEN + 1 :])
    for said in ("判定:", "証拠 1 件が", "期限の切れた", "期限を過ぎた", "次にすること"):
        assert said in seen
