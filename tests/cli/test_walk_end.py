"""The end of a walk: what is finished, what is left, and where to go next."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, running

KEYS = "[q]終了"


def answer_all(run: Run, project: Path, but: int = 0, phase: str = "planning") -> None:
    """Answer all required items of a phase, but for the last few."""
    listed = run("check", project, "--phase", phase, "--required", "--format", "json").json
    ids = [one["id"] for one in listed["items"]]
    given = [{"item": id, "status": "done", "note": "企画書"} for id in ids[: len(ids) - but]]
    file = project.with_name("answers.json")
    file.write_text(json.dumps(given), encoding="utf-8")
    assert run("check", project, "--from", file).code == 0


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


def end_of(project: Path, phase: str = "planning") -> str:
    """Give what a walk says when it is left at once."""
    with running("check", project, "--phase", phase) as (terminal, walk):
        terminal.until(KEYS)
        terminal.enter("q")
        terminal.until("q\r\n")
        said = terminal.until("report.pdf")
        assert walk.wait(PATIENCE) == 0
    return said


def test_a_finished_phase_is_said_to_be_and_the_next_one_is_named(run: Run, project: Path) -> None:
    answer_all(run, project)
    said = end_of(project)
    assert "企画の必須の項目は、すべて済みました" in said
    assert "--phase requirements" in said.replace("\r\n", " ")
    assert "要件定義" in said


def test_procurement_that_counts_is_named_with_what_is_left_of_it(run: Run, project: Path) -> None:
    run("set", project, "--condition", "external_vendor=yes")
    answer_all(run, project)
    left = run("status", project, "--format", "json").json["phases"][-1]["required"]["total"]
    said = end_of(project)
    assert "--phase procurement" in said
    assert f"必須の残り {left} 件" in said


def test_what_is_left_of_an_unfinished_phase_is_named(run: Run, project: Path) -> None:
    answer_all(run, project, but=1)
    said = end_of(project)
    assert "うち必須 1 件" in said
    assert "すべて済みました" not in said
    assert "--phase requirements" not in said
    listed = run("check", project, "--required", "--open", "--format", "json").json
    (left,) = listed["items"]
    assert left["title"] in said


def test_evidence_that_changed_is_open_again_and_told_at_every_turn(
    run: Run, project: Path
) -> None:
    answer_all(run, project)
    goal = project.with_name("goal.md")
    goal.write_text("目的", encoding="utf-8")
    run("answer", project, "planning.purpose", "done", "--evidence", "goal.md")
    told = "証拠 1 件が、記録したときと違います"
    assert told not in end_of(project)
    goal.write_text("書き換えた", encoding="utf-8")
    listed = run("check", project, "--required", "--open")
    assert told in listed.out
    assert "goal.md" in listed.out
    data = run("check", project, "--required", "--open", "--format", "json").json
    assert [one["id"] for one in data["items"]] == ["planning.purpose"]
    said = end_of(project)
    assert told in said
    assert "planning.purpose" in said
    assert told in run("report", project, "--format", "md", "-o", "-").err
