"""`status` for a person: what is finished, what comes next, and what a mark on it means."""

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.test_walk_end import answer_all
from tests.conftest import Run, settle
from tests.contracts import fits


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run where the project is, as people do."""
    monkeypatch.chdir(tmp_path)


def what_is_next(run: Run) -> str:
    told = run("status").out
    assert "次にすること" in told
    return told[told.index("次にすること") :]


def test_a_finished_phase_is_said_to_be_and_the_next_one_is_a_command_that_runs(
    run: Run, project: Path
) -> None:
    assert "すべて済みました" not in run("status", project).out
    answer_all(run, project)
    assert "企画の必須の項目は、すべて済みました" in run("status", project).out
    told = what_is_next(run)
    (line,) = [line for line in told.splitlines() if "aiguide set" in line]
    assert "次のフェーズ（要件定義）に移る" in line
    assert run(*shlex.split(line.partition("  次の")[0])[1:]).code == 0
    assert json.loads(project.read_text(encoding="utf-8"))["project"]["phase"] == "requirements"


def test_a_phase_that_an_exception_finishes_says_so(run: Run, project: Path) -> None:
    answer_all(run, project)
    given = ("--reason", "移行まで", "--approver", "部長", "--until", "2999-03-31", "--yes")
    assert run("answer", project, "planning.purpose", "exception", *given).code == 0
    told = "".join(run("status", project).out.split())
    assert "例外承認1件を含みます。期限は早いもので2999-03-31" in told


def test_procurement_that_counts_is_next_with_its_count(run: Run, project: Path) -> None:
    run("set", project, "--condition", "external_vendor=yes")
    answer_all(run, project)
    left = run("status", project, "--format", "json").json["phases"][-1]["required"]["total"]
    told = what_is_next(run)
    assert f"aiguide check --phase procurement  調達を進める（必須の残り {left} 件）" in told
    assert "--phase requirements" in told


def test_evidence_that_has_changed_is_next(run: Run, project: Path) -> None:
    answer_all(run, project)
    goal = project.with_name("goal.md")
    goal.write_text("目的", encoding="utf-8")
    run("answer", project, "planning.purpose", "done", "--evidence", "goal.md")
    assert "証拠" not in what_is_next(run)
    goal.unlink()
    told = " ".join(what_is_next(run).split())
    assert "aiguide check --phase planning 企画の、記録と違う証拠を確かめる" in told


def test_no_phase_is_next_before_the_cell_is_settled(run: Run, project: Path) -> None:
    answer_all(run, project)
    data = json.loads(project.read_text(encoding="utf-8"))
    data["classification"] |= {"engine": "local", "confidence": 0.1}
    del data["classification"]["confirmed_by"]
    project.write_text(json.dumps(data), encoding="utf-8")
    told = what_is_next(run)
    assert "--phase requirements" not in told
    assert "--cell citizen.information" in told


def test_a_project_without_a_cell_is_told_how_to_choose_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "project.json"
    run("init", file, "--name", "x")
    assert "--cell ..." in what_is_next(run)


@pytest.mark.parametrize(("cell", "doubt"), [("related.analysis", True), ("citizen.action", False)])
def test_a_stance_in_doubt_is_explained_where_it_is_marked(
    run: Run, tmp_path: Path, cell: str, doubt: bool
) -> None:
    file = tmp_path / "project.json"
    run("init", file, "--name", "x", "--cell", cell)
    lines = run("status", file).out.splitlines()
    (at,) = [at for at, line in enumerate(lines) if "● 青" in line]
    assert lines[at].endswith("?") == doubt
    assert lines[at + 1].lstrip().startswith("? 色は推定です") == doubt


def test_a_narrow_screen_puts_what_a_command_does_below_it(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    answer_all(run, project)
    lines = [line.strip() for line in what_is_next(run).splitlines()]
    assert lines[lines.index("次のフェーズ（要件定義）に移る") - 1].endswith("--phase requirements")


def test_where_no_item_is_recommended_there_is_a_stroke_and_no_zero(
    run: Run, project: Path
) -> None:
    phases = run("status", project, "--format", "json").json["phases"]
    none = next(one["id"] for one in phases if not one["recommended"]["total"])
    listed = run("check", project, "--phase", none).out
    assert "推奨 —" in listed
    status = run("status", project).out
    assert "推奨 —" in status
    assert "0/0" not in listed + status


def test_answers_changed_by_hand_are_told_as_facts_are(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "企画書")
    run("answer", project, "planning.bpr", "not-applicable", "--reason", "新規の業務")
    assert "履歴に記録されていない" not in run("status", project).out
    data = json.loads(project.read_text(encoding="utf-8"))
    data["answers"]["planning.purpose"]["note"] = "手で書き換えた"
    data["answers"]["planning.bpr"]["reason"] = "手で書き換えた"
    project.write_text(json.dumps(data), encoding="utf-8")
    told = "".join(run("status", project).out.split())
    assert "いまの内容が履歴に記録されていない回答が2件あります" in told
    assert f"aiguidelog{project}--verify" in told


def test_an_answer_to_what_does_not_apply_any_more_is_named_as_not_counted(
    run: Run, project: Path
) -> None:
    run("set", project, "--condition", "custom_tool=yes")
    run("answer", project, "planning.dsb-consultation", "not-applicable", "--reason", "使わない")
    assert "いまは対象外の項目" not in run("status", project).out
    run("set", project, "--condition", "custom_tool=no")
    said = "".join(run("status", project).out.split())
    assert "いまは対象外の項目への回答1件は、記録として残り、数えません" in said
    assert "共通ツール以外を使うときの事前相談" in said
    report = run("report", project, "-o", "-", "--format", "json").json
    fits("report", report)
    (kept,) = report["not_asked"]
    assert (kept["id"], kept["status"]) == ("planning.dsb-consultation", "非該当")
    assert kept["id"] not in {one["id"] for part in report["sections"] for one in part["items"]}
    assert "いまは対象外の項目への回答" in run("report", project, "-o", "-", "--format", "md").out
    run("set", project, "--condition", "custom_tool=yes")
    assert not run("report", project, "-o", "-", "--format", "json").json["not_asked"]
