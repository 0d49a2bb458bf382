"""A note that is written in the person's own editor is taken, or stays to be opened again."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Run, settle
from tests.terminal import Terminal, running, wholly

KEYS, ASKED = "[q]終了", "メモ（"
PURPOSE = "planning.purpose"
TEXT = "目的を書いた"

# What an editor does with the `file` that it is given, and what that held before (`begun`).
Editor = Callable[[str], str]


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """Make an editor of a few lines of Python."""

    def made(what: str) -> str:
        script = tmp_path / "editor.py"
        head = "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\nbegun = file.read_bytes()\n"
        script.write_text(f"{head}{what}\n", encoding="utf-8")
        return f'"{sys.executable}" "{script}"'

    return made


@contextmanager
def writing(project: Path, command: str) -> Iterator[Terminal]:
    """Open the editor for the note of an item."""
    with running("check", project, "--at", PURPOSE, EDITOR=command, VISUAL="") as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.answer(ASKED, "@")
        yield terminal
        walk.kill()


def note(project: Path) -> str:
    given: str = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]["note"]
    return given


def test_a_note_in_cp932_is_read_and_said_to_be(project: Path, editor: Editor) -> None:
    with writing(
        project, editor(f"file.write_bytes('{TEXT}\\r\\n２行め\\r\\n'.encode('cp932'))")
    ) as at:
        assert "CP932" in at.until("保存しました")
    assert note(project) == f"{TEXT}\n２行め"


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("sys.exit(1)", "エラーで終わったので"),
        ("file.write_bytes('目的'.encode('euc_jp') + bytes([0]))", "文字として読めません"),
    ],
)
def test_what_cannot_be_taken_is_opened_again(
    project: Path, editor: Editor, slip: str, said: str
) -> None:
    """The editor slips where the file is empty; what it finds there it goes on with."""
    once = f"if not begun:\n    file.write_text('{TEXT}', encoding='utf-8')\n    {slip}"
    again = f"\nelse:\n    file.write_text('{TEXT}、続き', encoding='utf-8')"
    with writing(project, editor(once + again)) as at:
        told = at.answer(ASKED, "@")
        assert said in told
        (kept,) = re.findall(r"/[!-~]+/note\.txt", "".join(told.split()))
        assert Path(kept).exists()
        at.until("保存しました")
    assert note(project) == f"{TEXT}、続き"
    assert not Path(kept).parent.exists()


def test_an_editor_that_fails_and_writes_nothing_leaves_nothing_behind(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with writing(project, "false") as at:
        assert "新しい内容を受け取っていません" in at.until(ASKED)
    assert not list(tmp_path.rglob("note.txt"))


def test_where_nothing_was_written_the_note_is_asked_for_again(
    project: Path, editor: Editor
) -> None:
    with writing(project, editor("pass")) as at:
        assert "何も書かれていません" in at.answer(ASKED, TEXT)
        at.until("保存しました")
    assert note(project) == TEXT


def test_a_note_that_is_emptied_in_the_editor_is_taken_away_and_that_is_said(
    run: Run, project: Path, editor: Editor
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", TEXT)
    with writing(project, editor("file.write_bytes(b'')")) as at:
        assert "いまのメモを消します" in at.until("保存しました")
    assert "note" not in json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]


def test_an_editor_that_is_not_there_is_said_not_to_be(project: Path) -> None:
    with writing(project, "no-such-editor") as at:
        assert "no-such-editorから" in wholly(said := at.until(ASKED)), said
        assert "そのエディターが見つかりません" in wholly(said)
