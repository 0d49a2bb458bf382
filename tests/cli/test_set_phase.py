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
