"""A command that is printed for an unsaved answer says just that when it is pasted into a shell."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, Terminal, running

KEYS = "[q]終了"
PURPOSE = "planning.purpose"
NOTE = "\n".join(
    (
        "一行め、八十桁よりも長く、端末では折り返されるはずの、引用の中の行をここに書いておきます。まだ続きます。",
        "  字下げと\tタブと \"引用\" と '引用' と `date` と $HOME と \\n と ! と !! と !$ と 100%",
        "",
        "４行め\\",
        "a! 'b' #c ~ *",
    )
)


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that writes the note of several lines."""
    script = tmp_path / "editor.py"
    script.write_text(
        f"import pathlib, sys\npathlib.Path(sys.argv[1]).write_text({NOTE!r}, encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')


def pasted(said: str) -> None:
    """Paste into a real shell, as a person does, the one line that begins with `aiguide answer`."""
    (line,) = (one for one in said.splitlines() if one.startswith("    aiguide answer "))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run(
        ["bash", "--norc", "-i"],
        input=f"{line}\n".encode(),
        env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"},
        check=True,
        capture_output=True,
        start_new_session=True,
    )


def note(project: Path) -> str:
    given: str = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]["note"]
    return given


def write_note(terminal: Terminal) -> None:
    terminal.answer(KEYS, PURPOSE)
    terminal.answer(KEYS, "d")
    terminal.answer("メモ（", "@")
    terminal.until("証拠（")


@pytest.mark.usefixtures("editor")
def test_a_note_of_several_lines_is_pasted_from_what_an_interrupt_leaves(project: Path) -> None:
    with running("check", project) as (terminal, walk):
        write_note(terminal)
        terminal.answer(": ", "\x04")
        assert walk.wait(PATIENCE) == 130
        pasted(terminal.rest())
    assert note(project) == NOTE


@pytest.mark.usefixtures("editor")
def test_a_note_of_several_lines_is_pasted_where_somebody_else_was_quicker(
    run: Run, project: Path
) -> None:
    with running("check", project) as (terminal, walk):
        write_note(terminal)
        run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "森")
        terminal.answer(": ", "")
        terminal.answer("Enter やめる", "")
        pasted(terminal.until("Enter で戻る"))
        walk.kill()
    assert note(project) == NOTE


def test_a_name_that_the_terminal_cannot_show_is_a_blank_and_nobody_is_called_so(
    run: Run, project: Path
) -> None:
    given = ("check", project, "--by", "𠮷野", "--at", PURPOSE)
    with running(*given, encoding="cp932", PYTHONIOENCODING="cp932") as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        terminal.until(": ")
        terminal.interrupt("聞いた")
        assert walk.wait(PATIENCE) == 130
        told = terminal.rest()
    before = project.read_bytes()
    (line,) = (one for one in told.splitlines() if one.startswith("    aiguide answer "))
    assert line.endswith("--by ...")
    ran = run(*shlex.split(line)[1:])
    assert (ran.code, "--by ... は、書き込むところが残っています" in ran.err) == (2, True)
    assert project.read_bytes() == before


def test_after_a_command_that_says_who_it_is_those_that_are_printed_say_so_too(
    run: Run, project: Path
) -> None:
    answers = project.with_name("answers.csv")
    answers.write_text(f"item,status,note\n{PURPOSE},done,聞いた\n", encoding="utf-8")
    old = project.with_name("old.project.json")
    given = [
        ("init", old, "--name", "古い版", "--guideline", "tokyo-ai@1"),
        ("answer", project, PURPOSE, "in-progress", "--note", "調べ中"),
        ("answer", project, PURPOSE, "done", "--note", "決めた"),
        ("set", project, "--phase", "requirements"),
        ("undo", project),
        ("check", project, "--from", answers, "--yes"),
        ("upgrade", old, "--dry-run"),
        ("upgrade", old),
    ]
    printed: dict[str, str] = {}
    for at, one in enumerate(given):
        ran = run(*one, "--by", f"馬場{at}")
        assert ran.code == 0
        for command in re.findall(r"aiguide (?:[a-z]+) (?:[ -~]|馬場)*", ran.out + ran.err):
            printed[command] = f"--by '馬場{at}'"
    signable = ("init", "answer", "set", "undo", "check", "upgrade")
    told = {one: by for one, by in printed.items() if one.split()[1] in signable}
    assert {one.split()[1] for one in told} == {"check", "set", "undo", "upgrade"}
    assert [one for one, by in told.items() if by not in one] == []
