"""What is typed at a terminal is read whole in its encoding, or said to be unreadable."""

import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, Terminal, running

ITEM = "planning.purpose"
KEYS = "[q]終了"
CP932 = {"encoding": "cp932", "PYTHONIOENCODING": "cp932"}
NOTHING = b"\x82\xff\xfe\n"  # no text in any of the encodings, and Enter
UNREAD = "読み取れませんでした"

Walking = AbstractContextManager[tuple[Terminal, Popen[bytes]]]


def all_bytes() -> str:
    """Give a text of CP932 that has every first and every second byte of two."""
    chars = [
        char
        for first in (*range(0x81, 0xA0), *range(0xE0, 0xFD))
        for second in range(0x40, 0xFD)
        if len(char := bytes((first, second)).decode("cp932", errors="ignore")) == 1
        if char.isprintable() and char.encode("cp932") == bytes((first, second))
    ]
    by_first = {char.encode("cp932")[0]: char for char in chars}
    by_second = {char.encode("cp932")[1]: char for char in chars}
    assert len(by_second) == 0xFD - 0x40 - 1
    return "".join((*by_first.values(), *by_second.values()))


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


def walking(project: Path, **terminal: str) -> Walking:
    return running("check", project, "--at", ITEM, **terminal)


def note(project: Path) -> str:
    said: str = json.loads(project.read_text(encoding="utf-8"))["answers"][ITEM]["note"]
    return said


def write_note(terminal: Terminal, text: str) -> None:
    terminal.until(KEYS)
    terminal.answer(": ", "m")
    terminal.until("メモ（")
    terminal.answer(": ", text)
    terminal.until("保存しました")


@pytest.mark.parametrize(
    "text",
    [
        *("担当を決める", "企画書２章", "能力ソフト予定", "子どもの利用はない～①㈱髙﨑"),
        *("①㈱髙﨑", "ｶﾞｲﾄﾞ", all_bytes(), "長い文" * 1000),
    ],
)
def test_a_text_of_cp932_is_read_whole(project: Path, text: str) -> None:
    with walking(project, **CP932) as (terminal, walk):
        write_note(terminal, text)
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert note(project) == text


@pytest.fixture(scope="module")
def shift_jis(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the variables of a locale in Shift_JIS."""
    folder = tmp_path_factory.mktemp("locales")
    made = [shutil.which("localedef"), "-f", "SHIFT_JIS", "-i", "ja_JP", str(folder / "ja_JP.SJIS")]
    if made[0] is None or not Path("/usr/share/i18n/charmaps/SHIFT_JIS.gz").exists():
        pytest.skip("no locale can be made here")
    subprocess.run(list(map(str, made)), check=False, capture_output=True)
    return {"encoding": "cp932", "LOCPATH": str(folder), "LC_ALL": "ja_JP.SJIS", "AIGUIDE_BY": "x"}


def test_shift_jis_is_read_and_shown_with_the_letters_that_windows_adds(
    project: Path, shift_jis: dict[str, str]
) -> None:
    with walking(project, **shift_jis) as (terminal, _):
        write_note(terminal, "①㈱髙﨑～表")
        assert "①㈱髙﨑～表" in terminal.until(KEYS)
    assert note(project) == "①㈱髙﨑～表"


def test_japanese_is_read_where_the_locale_knows_none(project: Path) -> None:
    with walking(project, LC_ALL="C") as (terminal, _):
        write_note(terminal, "担当を決める")
    assert note(project) == "担当を決める"


@pytest.mark.parametrize(
    "erased", ["書\x7f", "企画書\x15", "書\x08", "\x1b[A\x1bOA", "\x1b[D書\x7f"]
)
def test_a_character_is_erased_whole_and_an_arrow_is_none(project: Path, erased: str) -> None:
    typed = f"{erased}目的" if "\x15" in erased else f"目{erased}的"
    with walking(project, **CP932) as (terminal, _):
        write_note(terminal, typed)
    assert note(project) == "目的"


def test_a_text_pasted_with_line_ends_is_one_note(project: Path) -> None:
    with walking(project, **CP932) as (terminal, _):
        write_note(terminal, "\x1b[200~一行目\n二行目\x1b[201~")
    assert note(project) == "一行目\n二行目"


def test_what_ctrl_c_cuts_off_is_in_the_command_that_is_shown(run: Run, project: Path) -> None:
    with walking(project, **CP932) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        terminal.interrupt("能力①表")
        terminal.until("aiguide answer")
        command = f"answer{terminal.until(chr(10))}"
        assert walk.wait(PATIENCE) == 130
    assert run(*shlex.split(command)).code == 0
    assert note(project) == "能力①表"


@pytest.mark.parametrize("typed", ["\x04", None])
def test_no_more_input_is_an_interrupt(project: Path, typed: str | None) -> None:
    with walking(project, **CP932) as (terminal, walk):
        terminal.until(KEYS)
        terminal.until(": ")
        if typed:
            terminal.send(typed)
        else:
            terminal.close()
        assert walk.wait(PATIENCE) == 130


@pytest.mark.parametrize("speaks", [CP932, {}])
def test_what_cannot_be_read_is_said_and_asked_for_again(
    project: Path, speaks: dict[str, str]
) -> None:
    with walking(project, **speaks) as (terminal, walk):

        def again(asked: str) -> None:
            """Type no text where something is asked; it is asked for again."""
            terminal.until(": ")
            terminal.send_bytes(NOTHING)
            said = terminal.until(asked)
            assert UNREAD in said
            assert speaks.get("encoding", "utf-8").upper() in said
            terminal.until(": ")

        terminal.until(KEYS)
        again("1/")
        terminal.enter("p")
        terminal.until("メモ（")
        again("メモ（")
        terminal.enter("目的を書いた")
        terminal.until("担当")
        again("担当")
        terminal.enter("3/31")
        terminal.until("期限（")
        again("期限（")
        terminal.enter("2020-01-01")
        terminal.until("別の日付を入力")
        again("別の日付を入力")
        terminal.enter("b")
        terminal.until("期限（")
        terminal.answer(": ", "")
        terminal.until("保存しました")
        terminal.until(KEYS)
        terminal.answer(": ", "?")
        terminal.until("Enter で戻る")
        again("Enter で戻る")
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert note(project) == "目的を書いた"


def test_bytes_that_could_not_be_read_are_not_put_before_the_next_line(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.until(": ")
        terminal.send_bytes("担当".encode("cp932") + b"\xe0\x5c\n")
        terminal.until(UNREAD)
        terminal.until("1/")
        terminal.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0


def at_questions(project: Path) -> Walking:
    folder = project.with_name("new.json")
    return running("init", folder, "--name", "x", "--cell", "citizen.information", **CP932)


def at_undo(project: Path) -> Walking:
    return running("undo", project, **CP932)


def at_description(_: Path) -> Walking:
    return running("classify", "-i", **CP932)


def at_rows(project: Path) -> Walking:
    file = project.with_name("rows.json")
    file.write_text(json.dumps([{"item": ITEM, "status": "open"}]), encoding="utf-8")
    return running("check", project, "--from", file, **CP932)


@pytest.mark.parametrize(
    ("start", "asked", "code"),
    [
        (at_questions, "局や部署", 0),
        (at_undo, "Enter やめる", 0),
        (at_rows, "Enter やめる", 0),
        (at_description, "質問だけで", 3),
    ],
)
def test_every_prompt_asks_again_for_what_cannot_be_read(
    run: Run, project: Path, start: Callable[[Path], Walking], asked: str, code: int
) -> None:
    assert run("answer", project, ITEM, "done", "--note", "済", "--by", "佐藤").code == 0
    with start(project) as (terminal, process):
        terminal.until(asked)
        terminal.until(": ")
        terminal.send_bytes(NOTHING)
        terminal.until(UNREAD)
        terminal.until(asked)
        terminal.answer(": ", "q")
        assert process.wait(PATIENCE) == code
