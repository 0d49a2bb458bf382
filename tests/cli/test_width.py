"""What is said at a terminal fits its screen: broken between words, with commands left whole."""

import json
from pathlib import Path

import pytest

from aiguide.cli.app import COMMANDS
from aiguide.cli.commands.guideline import Commands as GuidelineCommands
from aiguide.cli.layout import width
from tests.conftest import Run
from tests.terminal import PATIENCE, running

COLUMNS = 80
ITEM = "planning.tool-selection"
NOTE = "The five tools that our bureau may use were set beside each other, and this one was best"
HELPS = [*((one,) for one in COMMANDS), *(("guideline", one) for one in GuidelineCommands.names)]


def shown(*args: object) -> str:
    """Give what a command that asks nothing shows at a terminal."""
    with running(*args) as (terminal, process):
        code = process.wait(PATIENCE)
        said = terminal.rest().replace("\r\n", "\n")
        assert code in (0, 3), said
    return said


@pytest.fixture
def here(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in with `project.json`."""
    monkeypatch.chdir(tmp_path)
    run("init", "--name", "x", "--cell", "related.routine")
    return tmp_path


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_sentence_is_broken_between_words(run: Run, here: Path, lang: str) -> None:
    answer = ("answer", "project.json", ITEM, "done", "--yes", "--lang", lang, "--note", NOTE)
    run(*answer, "--by", "Kato")
    before = (here / "project.json").read_bytes()
    said = shown(*answer[:-1], "better", "--by", "Mori")
    (here / "project.json").write_bytes(before)
    piped = run(*answer[:-1], "better", "--by", "Mori")
    assert any(width(line) > COLUMNS for line in piped.err.splitlines())
    assert all(width(line) <= COLUMNS for line in said.splitlines()), said
    if lang == "en":
        assert said.split() == (piped.out + piped.err).split()


def test_a_command_stays_whole_to_be_pasted(run: Run, here: Path) -> None:
    file = "the project of the section for the things that are asked most.project.json"
    (here / file).write_bytes((here / "project.json").read_bytes())
    answer = ("answer", file, ITEM, "done", "--yes", "--lang", "en", "--note")
    run(*answer, NOTE, "--by", "Kato")
    said = shown(*answer, "better", "--by", "Mori")
    assert f"aiguide undo '{file}' --by Mori" in [line.strip() for line in said.splitlines()]


def test_what_has_nowhere_to_break_is_left_to_the_terminal(run: Run, here: Path) -> None:
    url = "https://example.jp/" + "minutes/" * 10
    answer = ("answer", "project.json", ITEM, "done", "--yes", "--note")
    run(*answer, url, "--by", "加藤")
    assert url in shown(*answer, "better", "--by", "森")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_candidates_of_an_undecided_description_fit(run: Run, lang: str) -> None:
    said = shown("classify", "AI helps staff look things up and forecast", "--lang", lang)
    assert "internal.search-routine" in said
    assert all(width(line) <= COLUMNS for line in said.splitlines()), said


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", HELPS, ids=" ".join)
def test_every_help_fits(run: Run, name: tuple[str, ...], lang: str) -> None:
    said = run(*name, "--help", "--lang", lang).out
    assert [line for line in said.splitlines() if width(line) > COLUMNS] == []


def test_the_merge_driver_says_what_tied_between_words(run: Run, here: Path) -> None:
    for name, by in (("ours.json", "Kato"), ("theirs.json", "Mori")):
        (here / name).write_bytes((here / "project.json").read_bytes())
        run("answer", name, "planning.dsb-consultation", "done", "--note", by, "--by", by)
    said = shown("merge-driver", "project.json", "ours.json", "theirs.json", "--lang", "en")
    assert json.loads((here / "ours.json").read_text(encoding="utf-8"))["history"]
    assert "changed" in said
    assert all(width(line) <= COLUMNS for line in said.splitlines()), said


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_sentence_that_begins_with_a_command_is_broken_around_it(here: Path, lang: str) -> None:
    text = (here / "project.json").read_text(encoding="utf-8")
    (here / "project.json").write_text(f"<<<<<<< a\n{text}=======\n{text}>>>>>>> b\n", "utf-8")
    with running("status", "--lang", lang) as (terminal, process):
        process.wait(PATIENCE)
        lines = terminal.rest().replace("\r\n", "\n").splitlines()
    assert all(width(line) <= COLUMNS for line in lines), lines
    (begun,) = [at for at, line in enumerate(lines) if line.startswith("    aiguide doctor ")]
    assert "aiguide merge-driver " in lines[begun + 1]
