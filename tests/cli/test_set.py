"""`aiguide set --phase`: what is left behind is said, and nothing is refused."""

from pathlib import Path

import pytest

from tests.conftest import Run


def test_moving_on_says_what_is_left_and_where(run: Run, project: Path) -> None:
    phases = run("status", project, "--format", "json").json["phases"]
    left = {one["id"]: one["required"]["total"] for one in phases}
    ran = run("set", project, "--phase", "requirements")
    assert ran.code == 0
    assert f"企画の必須 {left['planning']} 件" in ran.out
    assert "--phase planning" in ran.out
    assert "要件定義の必須" not in ran.out
    assert "調達の必須" not in ran.out
    assert f"次にすること: aiguide check {project}" in ran.out


def test_procurement_is_told_where_it_counts(run: Run, project: Path) -> None:
    run("set", project, "--condition", "external_vendor=yes")
    assert "調達の必須" in run("set", project, "--phase", "requirements").out


def test_nothing_is_said_of_what_is_left_where_the_phase_stays(run: Run, project: Path) -> None:
    assert "の必須" not in run("set", project, "--phase", "planning").out
    assert "の必須" not in run("set", project, "--owner", "課").out


@pytest.mark.parametrize("command", ["check", "set"])
def test_a_phase_that_is_none_is_answered_by_ids_and_names(
    run: Run, project: Path, command: str
) -> None:
    refused = run(command, project, "--phase", "きかく")
    assert refused.code == 2
    assert "planning（企画）、requirements（要件定義）" in refused.err


def test_who_leaves_the_first_phase_is_not_told_whose_choice_it_was(
    run: Run, project: Path
) -> None:
    ran = run("set", project, "--phase", "requirements", "--by", "佐藤")
    assert "企画 → 要件定義" in ran.out
    assert "変える前の値" not in ran.out
    later = run("set", project, "--phase", "design", "--by", "鈴木").out
    assert "変える前の値（いまのフェーズ）は、佐藤が" in "".join(later.split())


def test_a_phase_that_a_colleague_chose_at_the_start_is_said_to_be_theirs(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "project.json"
    assert run("init", path, "--name", "x", "--phase", "design", "--by", "佐藤").code == 0
    ran = run("set", path, "--phase", "operation", "--by", "鈴木")
    assert "変える前の値（いまのフェーズ）は、佐藤が" in "".join(ran.out.split())
