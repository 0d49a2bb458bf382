"""The documents tell what is: commands, exit codes, finding codes, and lines that run."""

import re
import shlex
from pathlib import Path

import pytest

from aiguide.cli.app import COMMANDS
from aiguide.cli.exits import ExitCode
from aiguide.store import answer_files
from aiguide.usecases.catalogue import load_words
from tests.conftest import ROOT, Run

READMES = ("README.md", "README.ja.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_every_command_and_exit_code(readme: str) -> None:
    said = text(readme)
    for command in COMMANDS:
        assert f"`{command}" in said, command
    for code in ExitCode:
        assert re.search(rf"\| {code.value} \|", said), code


@pytest.mark.parametrize("readme", READMES)
def test_the_commands_that_a_readme_shows_run(
    run: Run, readme: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    blocks = re.findall(r"```sh\n(.*?)```", text(readme), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("aiguide ")]
    assert len(lines) >= 6
    for line in lines:
        ran = run(*shlex.split(line, comments=True)[1:])
        assert ran.code in (0, 3), (line, ran.err)


def test_both_readmes_show_the_same_commands_in_the_same_order() -> None:
    shown = [re.findall(r"^(?:aiguide|make) [a-z]+", text(name), re.MULTILINE) for name in READMES]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("readme", READMES)
def test_the_table_of_answers_that_a_readme_shows_is_taken(
    readme: str, run: Run, project: Path
) -> None:
    shown = re.search(r"```text\n((?:Item|項目),.*?)```", text(readme), re.DOTALL)
    assert shown
    answers = project.with_name("answers.csv")
    answers.write_text(shown[1], encoding="utf-8")
    ran = run("check", project, "--from", answers)
    assert (ran.code, ran.out[:3]) == (0, "2 件"), ran.err


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_every_column_of_a_table_of_answers(readme: str) -> None:
    for name in answer_files.FIELDS:
        assert f"\n| `{name}` |" in text(readme), name


def test_every_folder_says_what_lives_there() -> None:
    for folder in ("data", "schemas", "src/aiguide", "tests", "examples", "tools"):
        assert (ROOT / folder / "README.md").stat().st_size > 100


def test_every_finding_code_has_a_page(run: Run) -> None:
    for code in load_words("ja").kinds:
        assert run("show", code).code == 0


def test_the_changelog_tells_guideline_and_tool_apart() -> None:
    said = text("CHANGELOG.md")
    assert "### Guideline" in said
    assert "### Tool" in said
