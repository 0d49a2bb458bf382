"""Completion in a shell: what each shell is told, in its own protocol."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

ASKED = {
    "": "classify",
    "ch": "check",
    "check --ph": "--phase",
    "check --phase d": "design",
    "log --item planning.p": "planning.purpose",
    "answer project.json planning.purp": "planning.purpose",
    "answer project.json planning.purpose d": "done",
    "init --cell related.j": "related.judgment",
    "set project.json --phase op": "operation",
    "set project.json --condition personal": "personal_data=no",
    "show AG30": "AG301",
    "show transp": "transparency",
}


def ask(shell: str, typed: str) -> subprocess.CompletedProcess[str]:
    """Ask what may be completed, as the script of a shell does."""
    line = f"aiguide {typed}"
    env = {
        "_AIGUIDE_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": line,
        "COMP_CWORD": f"{line.count(' ')}",
        "AIGUIDE_LANG": "ja",
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-m", "aiguide"]
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("typed", ASKED)
def test_a_shell_is_told_what_may_follow(shell: str, typed: str) -> None:
    told = ask(shell, typed)
    assert told.returncode == 0
    assert told.stderr == ""
    assert ASKED[typed] in told.stdout


def test_what_is_completed_is_explained_where_the_shell_shows_it() -> None:
    assert "design\t設計開発" in ask("fish", "check --phase d").stdout
    assert "check\tフェーズの点検項目に答えていく" in ask("fish", "ch").stdout


def test_bash_completes_with_the_script(run: Run, tmp_path: Path) -> None:
    script = run("completion", "bash")
    assert script.code == 0
    aiguide = tmp_path / "aiguide"
    aiguide.write_text(f'#!/bin/sh\nexec {sys.executable} -m aiguide "$@"\n', encoding="utf-8")
    aiguide.chmod(0o755)
    asking = 'COMP_WORDS=(aiguide check --phase d) COMP_CWORD=3; _aiguide_completion "$1"'
    told = subprocess.run(
        ["bash", "--norc", "-c", f'{script.out}\n{asking}; echo "${{COMPREPLY[@]}}"', "-", aiguide],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["design", "decommissioning"]


def test_a_shell_that_is_unknown_is_refused(run: Run) -> None:
    ran = run("completion", "tcsh")
    assert ran.code == 2
    assert "bash、zsh、fish" in ran.err
