"""What was typed when a window was closed, or aiguide was told to end, is told at the next walk."""

import json
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, QUIET, Terminal, running, running_below_shell, wholly

KEYS, UNTOLD, PAUSE = "[q]終了", "次の内容は、ファイルに", "Enter で先へ"
PURPOSE, BPR, RECORD = "planning.purpose", "planning.bpr", "design.documentation"
HALF = "半分だけのメモ。ここで窓を閉じる"
ATTEMPTS = 6  # for what two processes do at about the same time


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


@pytest.fixture(autouse=True, name="own")
def own_folder_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person's own files are."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture(name="often")
def looked_at_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let aiguide look at the line so often that a signal falls together with a look."""
    folder = tmp_path / "often"
    folder.mkdir()
    lines = "import aiguide.cli.typed_line\naiguide.cli.typed_line.LOOK = 0.0005\n"
    (folder / "sitecustomize.py").write_text(lines, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


@contextmanager
def at_purpose(project: Path, **env: str) -> Iterator[tuple[Terminal, Popen[bytes]]]:
    with running("check", project, "--at", PURPOSE, **env) as (terminal, walk):
        terminal.until(KEYS)
        yield terminal, walk


def close(terminal: Terminal, walk: Popen[bytes]) -> None:
    """Close the window, once the prompt is read."""
    time.sleep(QUIET)
    terminal.close()
    assert walk.wait(PATIENCE) == 130


def close_while_typing(
    project: Path, typed: str, seen: float = 0, *, passed_on: bool = False
) -> None:
    """Close the window of a walk below a shell `seen` seconds after a note was begun."""
    shell = running_below_shell("check", project, "--at", PURPOSE, passed_on=passed_on)
    with shell as (terminal, walk):
        terminal.answer(KEYS, "d")
        terminal.until("メモ（")
        terminal.until(": ")
        terminal.send(typed)
        time.sleep(seen)
        close(terminal, walk)


def told(project: Path, key: str = "", **env: str) -> str:
    """Give what the next walk says first, and go on with a key."""
    with running("check", project, **env) as (terminal, walk):
        said = terminal.answer(PAUSE, key)
        if key == "-":
            terminal.answer("Enter 残す", "y")
        terminal.until(KEYS)
        walk.kill()
    return said


def is_silent(project: Path, **env: str) -> bool:
    """Tell whether the next walk begins with its first question."""
    with running("check", project, **env) as (terminal, walk):
        said = terminal.until(KEYS)
        walk.kill()
    return UNTOLD not in said


def recorded(run: Run, project: Path, said: str) -> str:
    """Give the note that stands once the command that was told has been run."""
    (line,) = (one for one in said.splitlines() if one.startswith("    aiguide answer "))
    assert run(*shlex.split(line)[1:]).code == 0
    note: str = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]["note"]
    return note


def typing_a_note(terminal: Terminal, note: str = "目的を書いた") -> None:
    terminal.answer(": ", "d")
    terminal.answer("メモ（", note)
    terminal.until("証拠（")


def editor(tmp_path: Path, what: str) -> str:
    """Write an editor that does something with its `file`, and give the command for it."""
    script = tmp_path / "editor.py"
    head = "import pathlib, sys, time\nfile = pathlib.Path(sys.argv[1])\n"
    script.write_text(head + what, encoding="utf-8")
    return f'"{sys.executable}" "{script}"'


def test_what_was_typed_when_the_window_was_closed_is_told_until_it_is_wanted_no_more(
    run: Run, project: Path
) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    assert UNTOLD in told(project)
    said = told(project, "-")
    assert UNTOLD in said
    assert is_silent(project)
    assert recorded(run, project, said) == "目的を書いた"


def test_what_was_typed_when_the_window_was_closed_while_something_was_shown_is_told(
    run: Run, project: Path
) -> None:
    with running_below_shell("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.until(KEYS)
        typing_a_note(terminal)
        terminal.until(": ")
        terminal.send("?\n" * 100)  # what is shown fills the terminal, for nobody reads it
        close(terminal, walk)
    assert recorded(run, project, told(project)) == "目的を書いた"


def test_what_was_recorded_since_as_it_was_typed_is_told_no_more(run: Run, project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal, "一つ目のメモ")
        close(terminal, walk)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.until(KEYS)
        typing_a_note(terminal, "二つ目のメモ")
        close(terminal, walk)
    said = told(project)
    assert ("一つ目" in said, "二つ目" in said) == (True, True)
    assert run("answer", project, PURPOSE, "done", "--note", "一つ目のメモ。追記").code == 0
    said = told(project)
    assert ("一つ目" in said, "二つ目" in said) == (False, True)
    assert run("answer", project, PURPOSE, "done", "--note", "二つ目のメモ").code == 0
    assert is_silent(project)


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "head",
    [
        *("{", "[]", '{"typed": 3, "at": ""}', '{"typed": {"x": 1}}', '{"at": 2}', '{"key": "k"}'),
        *(DEEP, '{"file": "\\u0000"}', '{"file": "/dev/zero"}', '{"at": "never", "item": "?"}'),
    ],
    ids=range(10),
)
def test_what_is_kept_is_told_though_what_is_known_of_it_is_damaged(
    project: Path, own: Path, head: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    (file,) = own.rglob("untold/*.txt")
    _, *lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    file.write_text("\n".join(["\x1e" + head, *lines, ""]), encoding="utf-8")
    assert "目的を書いた" in told(project)


def test_what_was_recorded_before_it_was_typed_again_is_still_told(run: Run, project: Path) -> None:
    assert run("answer", project, PURPOSE, "done", "--note", "目的を書いた").code == 0
    assert run("answer", project, PURPOSE, "in-progress", "--note", "別").code == 0
    time.sleep(1)  # times are told by the second
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    assert run("answer", project, PURPOSE, "done", "--note", "ほか").code == 0
    assert "目的を書いた" in told(project)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_what_was_typed_when_aiguide_was_told_to_end_is_told_at_the_next_walk(
    run: Run, project: Path, number: int
) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        time.sleep(QUIET)
        walk.send_signal(number)
        assert walk.wait(PATIENCE) == 130
    assert recorded(run, project, told(project)) == "目的を書いた"


def test_the_command_that_is_told_is_for_any_folder(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    with at_purpose(Path(project.name)) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    monkeypatch.chdir("/")
    assert recorded(run, project, told(project)) == "目的を書いた"


@pytest.mark.parametrize("closed", ["after", "in"])
def test_a_note_from_the_editor_is_told_wherever_the_window_was_closed(
    run: Run, project: Path, tmp_path: Path, closed: str
) -> None:
    wait = "print('書いた', flush=True)\ntime.sleep(60)\n" if closed == "in" else ""
    command = editor(tmp_path, f"file.write_text('書いた内容', encoding='utf-8')\n{wait}")
    with at_purpose(project, EDITOR=command, VISUAL="") as (terminal, walk):
        terminal.answer(": ", "d")
        terminal.answer("メモ（", "@")
        terminal.until("書いた" if closed == "in" else "証拠（")
        close(terminal, walk)
    assert recorded(run, project, told(project)) == "書いた内容"


def test_what_could_not_be_saved_is_told_too(run: Run, project: Path) -> None:
    project.chmod(0o444)
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "m")
        terminal.answer("メモ（", "消えてはならない")
        terminal.until("Enter で戻る")
        close(terminal, walk)
    project.chmod(0o644)
    assert recorded(run, project, told(project)) == "消えてはならない"


def test_nobody_else_is_told_and_nobody_else_can_read_it(project: Path, own: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    (kept,) = (own / "aiguide" / "untold").iterdir()
    for path, mode in ((kept, 0o600), (kept.parent, 0o700)):
        assert stat.S_IMODE(path.stat().st_mode) == mode
    assert is_silent(project, AIGUIDE_BY="ほかの人")
    assert UNTOLD in told(project, "-")
    assert not kept.exists()


def test_what_is_told_next_time_is_signed_whichever_way_the_name_is_known_then(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running("check", project, "--at", PURPOSE, AIGUIDE_BY="日野") as (terminal, walk):
        terminal.until(KEYS)
        typing_a_note(terminal)
        close(terminal, walk)
    monkeypatch.setenv("AIGUIDE_BY", "ほかの人")
    with running("check", project, "--by", "日野", AIGUIDE_BY="") as (terminal, walk):
        said = terminal.until(PAUSE)
        walk.kill()
    assert recorded(run, project, said) == "目的を書いた"
    assert json.loads(project.read_text(encoding="utf-8"))["history"][-1]["by"] == "日野"


@pytest.mark.parametrize("leave", ["q\n", "\x04", "\x03"])
def test_who_leaves_half_way_is_told_then_and_at_the_next_walk(
    run: Run, project: Path, leave: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        terminal.until(": ")
        terminal.send(leave)
        walk.wait(PATIENCE)
        said = terminal.rest()
    assert "aiguide answer" in told(project)
    assert recorded(run, project, said) == "目的を書いた"
    assert is_silent(project)


def leave_by(terminal: Terminal, walk: Popen[bytes], leave: str) -> None:
    """Leave a walk by what is typed, or by closing its window."""
    terminal.until(": ")
    if leave == "close":
        close(terminal, walk)
        return
    terminal.send(leave)
    walk.wait(PATIENCE)


LEFT_BY = ["close", "\x04", "q\n"]


@pytest.mark.parametrize("leave", LEFT_BY)
@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("p", {"メモ（": "書いている", "担当: ": "鈴木"}),
        ("x", {"理由: ": "試行", "承認者: ": "課長"}),
    ],
)
def test_a_past_date_that_is_being_asked_about_is_offered_again(
    project: Path, leave: str, key: str, fields: dict[str, str]
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", key)
        for field, typed in fields.items():
            terminal.answer(field, typed)
        terminal.answer("期限（", "2020/10/31")
        terminal.until("この日付で記録しますか")
        leave_by(terminal, walk, leave)
    with running("check", project) as (terminal, walk):
        assert "2020-10-31" in terminal.until(PAUSE)
        terminal.answer(": ", "")
        terminal.answer(KEYS, key)
        for offered in fields.values():
            terminal.answer(f"[{offered}]", "")
        terminal.answer("[2020-10-31]", "")
        terminal.until("この日付で記録しますか")
        walk.kill()


@pytest.mark.parametrize("leave", LEFT_BY)
def test_a_text_that_seems_to_be_a_key_is_kept_while_that_is_asked(
    project: Path, leave: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "d")
        terminal.answer("メモ（", "つぎ")
        terminal.until("メモに「つぎ」と書きますか")
        leave_by(terminal, walk, leave)
    assert "つぎ" in told(project)


@pytest.mark.parametrize("leave", ["close", "\x04"])
def test_a_note_begun_where_keys_are_typed_is_offered_by_the_keys_that_ask_for_one(
    project: Path, leave: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.until(": ")
        terminal.send("企画書の2章に書いた")
        time.sleep(QUIET)
        close(terminal, walk) if leave == "close" else terminal.interrupt()
        assert walk.wait(PATIENCE) == 130
    with running("check", project) as (terminal, walk):
        assert "企画書の2章に書いた" in terminal.until(PAUSE)
        terminal.answer(": ", "")
        terminal.answer(KEYS, "m")
        terminal.answer("[企画書の2章に書いた]", "")
        terminal.until("を保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


@pytest.mark.parametrize("pause", ["", "?", "まだない題名をここに書いている"])
def test_a_note_with_a_period_is_one_also_where_it_is_begun_at_a_pause(
    project: Path, pause: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        if pause:
            terminal.answer(": ", pause)
            terminal.until("Enter で戻る")
        terminal.until(": ")
        terminal.send("契約書 Ver.2 を法務課と確認した")
        terminal.interrupt()
        assert walk.wait(PATIENCE) == 130
    assert "契約書 Ver.2 を法務課と確認した" in told(project)


def test_of_several_answers_typed_for_one_item_one_is_to_be_chosen(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        for key, typed in (("d", "確かめた"), ("p", "調べ中"), ("d", "議事録")):
            terminal.answer(": ", key)
            terminal.answer("メモ（", typed)
            terminal.answer("証拠（" if key == "d" else "担当: ", "b")
            terminal.answer("メモ（", "b")
            terminal.answer("Enter で", "")
            terminal.until(KEYS)
        terminal.answer(": ", "流れは変えない")  # beside what was typed last
        terminal.answer("Enter で", "q")
        assert walk.wait(PATIENCE) == 0
        end = terminal.rest()
    for said in (end, told(project)):
        assert "入力した回答が2通りあり" in wholly(said)
        assert "入力して取ってあった回答は" not in wholly(said), "one head is enough"
        _, *given = (one.split() for one in said.split("    aiguide answer "))
        assert [one[2] for one in given] == ["in-progress", "done"], "the latest is the last"
        assert "議事録 / 流れは変えない" in said


def test_what_was_typed_again_for_another_status_is_told_once(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        for key in ("p", "d"):
            terminal.answer(": ", key)
            terminal.answer("メモ（", "窓口は変えない")
            terminal.answer("証拠（" if key == "d" else "担当: ", "b")
            terminal.answer("メモ（", "b")
            terminal.answer("Enter で", "")
            terminal.until(KEYS)
        terminal.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0
        (command,) = re.findall("aiguide answer .*", terminal.rest())
    assert " done " in command


def test_the_key_that_offers_two_things_again_is_named_once(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "d")
        terminal.answer("メモ（", "確かめた")
        terminal.until("証拠（")
        terminal.interrupt("資料.m")
        assert walk.wait(PATIENCE) == 130
    said = wholly(told(project))
    assert ("確かめた" in said, "資料.m" in said, said.count("この項目でdを押すと")) == (
        True,
        True,
        1,
    )


def test_of_notes_typed_where_keys_are_none_is_lost(run: Run, project: Path) -> None:
    one, other = "一つ目のとても長いメモをここに書いた", "二つ目のとても長いメモをここに書いた"
    run("answer", project, PURPOSE, "in-progress", "--note", "前から")
    with at_purpose(project) as (terminal, walk):
        for typed in (one, other):
            terminal.answer(": ", typed)
            terminal.answer("Enter で戻る", "")
            terminal.until(KEYS)
        terminal.answer(": ", "e")
        terminal.answer("証拠（", "https://example.jp/plan")
        terminal.until("を保存しました")
        terminal.answer(KEYS, "n")
        terminal.answer("理由: ", "当てはまらない")
        terminal.until("「非該当」として保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
        assert f"前から / {one} / {other}" in terminal.rest()
    assert f"前から / {one} / {other}" in told(project)


@pytest.mark.parametrize("typed", ["つぎ", "12", "planning.bpr", "既存業務", "戻"])
def test_what_is_a_key_or_an_item_is_no_note(project: Path, typed: str) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.until(": ")
        terminal.send(typed)
        time.sleep(QUIET)
        close(terminal, walk)
    assert is_silent(project)


@pytest.mark.parametrize("key", ["m", "d", "p"])
def test_a_note_typed_where_keys_are_is_in_the_field_of_the_key_that_is_named(
    project: Path, key: str
) -> None:
    note = "目的は企画書の2章に書いて課長に説明した"
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", note)
        assert "m（実施済にするなら d、対応中なら p）を押すと" in terminal.until("Enter で戻る")
        terminal.answer(": ", key)
        terminal.answer(f"[{note}]", "")
        if key != "m":
            terminal.answer("証拠（" if key == "d" else "担当", "")
        if key == "p":
            terminal.answer("期限", "")
        terminal.until("保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_nothing_is_left_to_be_told_to_who_leaves_with_all_saved(project: Path, own: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        terminal.answer(": ", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert [one.name for one in (own / "aiguide").iterdir()] == ["remembered"]
    (kept,) = own.rglob("remembered/*")
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


def test_who_closes_the_window_before_reading_it_is_told_again(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    with running("check", project) as (terminal, walk):
        terminal.until(PAUSE)
        close(terminal, walk)
    assert UNTOLD in told(project)


def test_a_folder_that_takes_no_file_is_no_hindrance(project: Path, own: Path) -> None:
    shutil.rmtree(own)
    own.write_text("ここはフォルダーではない", encoding="utf-8")
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    assert is_silent(project)


@pytest.mark.parametrize(
    ("typed", "passed_on"),
    [("it's half", False), (HALF, False), *[(HALF, True)] * ATTEMPTS],
)
def test_a_line_that_was_being_typed_below_a_shell_is_told_too(
    run: Run, project: Path, typed: str, passed_on: bool
) -> None:
    """Also where the shell passes it on while the line is being kept."""
    seen = 1.0  # seconds: longer than from one look at the line to the next
    close_while_typing(project, typed, seen, passed_on=passed_on)
    assert recorded(run, project, told(project)) == typed


@pytest.mark.parametrize("passed_on", [False, True] * (ATTEMPTS // 2))
def test_the_line_is_told_also_where_it_is_looked_at_as_the_window_closes(
    run: Run, project: Path, often: None, passed_on: bool
) -> None:
    close_while_typing(project, HALF, passed_on=passed_on)
    assert recorded(run, project, told(project)) == HALF


@pytest.mark.parametrize("_", range(ATTEMPTS))
def test_the_line_is_told_also_where_it_is_looked_at_as_ctrl_c_is_pressed(
    project: Path, often: None, _: int
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "d")
        terminal.until("メモ（")
        terminal.until(": ")
        terminal.send(HALF)
        time.sleep(QUIET)
        terminal.interrupt()
        assert walk.wait(PATIENCE) == 130
        assert f"--note '{HALF}'" in terminal.rest()


def test_a_signal_that_falls_where_the_timer_is_stopped_ends_aiguide_as_any_other(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (
        "import signal\n"
        "stop, fell = signal.setitimer, []\n"
        "def falling(which, seconds, interval=0):\n"
        "    if not seconds and not fell:\n"
        "        fell.append(True)\n"
        "        raise KeyboardInterrupt\n"
        "    return stop(which, seconds, interval)\n"
        "signal.setitimer = falling\n"
        "import aiguide.cli.typed_line\n"
        "aiguide.cli.typed_line.LOOK = 0.0005\n"
    )
    (tmp_path / "sitecustomize.py").write_text(lines, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "s")
        assert walk.wait(PATIENCE) == 130


def test_the_next_walk_goes_on_with_what_was_typed_at_the_item_that_it_was_for(
    run: Run, project: Path
) -> None:
    with running("check", project, "--at", BPR) as (terminal, walk):
        terminal.until(KEYS)
        typing_a_note(terminal, "業務を見直した")
        close(terminal, walk)
    with running("check", project) as (terminal, walk):
        assert "この項目で d を押すと" in terminal.answer(PAUSE, "")
        said = terminal.until(KEYS)
        assert "前回、途中だった項目から始めます" in said
        assert BPR in said
        terminal.answer(": ", "d")
        assert "[業務を見直した]" in terminal.answer("]: ", "") + "]"
        terminal.answer("証拠（", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert (
        json.loads(project.read_text(encoding="utf-8"))["answers"][BPR]["note"] == "業務を見直した"
    )
    assert is_silent(project)


def test_the_next_walk_goes_to_the_phase_of_what_was_typed(project: Path) -> None:
    with running("check", project, "--at", RECORD) as (terminal, walk):
        terminal.until(KEYS)
        typing_a_note(terminal)
        close(terminal, walk)
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        assert RECORD in terminal.until(KEYS)
        walk.kill()


def test_what_was_offered_again_and_answered_otherwise_is_told_no_more(
    run: Run, project: Path
) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.until(KEYS)
        typing_a_note(terminal, "別のことを書いた")
        terminal.answer(": ", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_what_is_offered_again_and_left_stays_to_be_told(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        close(terminal, walk)
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert told(project).count("--note '目的を書いた'") == 1


def test_of_several_things_each_can_be_wanted_no_more_by_itself(project: Path) -> None:
    for item, note in ((PURPOSE, "一つ目"), (BPR, "二つ目")):
        with running("check", project, "--at", item) as (terminal, walk):
            if item == BPR:
                terminal.answer(PAUSE, "")
            terminal.until(KEYS)
            typing_a_note(terminal, note)
            close(terminal, walk)
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "-")
        assert "一つ目" in terminal.answer("Enter 残す", "y")
        assert "二つ目" in terminal.answer("Enter 残す", "")
        assert BPR in terminal.until(KEYS)
        walk.kill()
    said = told(project)
    assert ("一つ目" in said, "二つ目" in said) == (False, True)


def test_of_what_was_typed_only_what_is_not_recorded_yet_is_told(run: Run, project: Path) -> None:
    (project.parent / "docs").mkdir()
    (project.parent / "docs" / "risk.txt").write_text("評価", encoding="utf-8")
    with at_purpose(project) as (terminal, walk):
        typing_a_note(terminal)
        terminal.until(": ")
        terminal.interrupt("docs/ris")
        assert walk.wait(PATIENCE) == 130
    said = told(project)
    assert ("docs/ris" in said, "目的を書いた" in said) == (True, True)
    assert recorded(run, project, said) == "目的を書いた"
    said = told(project)
    assert ("docs/ris" in said, "目的を書いた" in said) == (True, False)
    assert run("answer", project, PURPOSE, "done", "--evidence", "docs/risk.txt").code == 0
    assert is_silent(project)


@pytest.mark.parametrize(
    ("key", "before", "prompt", "typed"),
    [("e", [], "証拠（", "企画書.p"), ("a", ["佐藤"], "期限（", "R9.3")],
)
def test_half_a_date_or_half_a_file_is_told_beside_the_command(
    project: Path, key: str, before: list[str], prompt: str, typed: str
) -> None:
    with running_below_shell("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, key)
        for text in before:
            terminal.until("担当")
            terminal.answer(": ", text)
        terminal.until(prompt)
        terminal.until(": ")
        terminal.send(typed)
        time.sleep(1)
        close(terminal, walk)
    said = "".join(told(project).split())
    assert f"コマンドには入れていません）:{typed}" in said
    assert all(f"--assignee{text}" in said.replace("'", "") for text in before)


def test_what_was_typed_and_taken_off_again_is_not_told(project: Path) -> None:
    with running_below_shell("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "d")
        terminal.until("メモ（")
        terminal.until(": ")
        terminal.send("書きかけ")
        time.sleep(1)
        terminal.send("\x15\x04")  # off with the line, and Ctrl-D
        assert walk.wait(PATIENCE) == 130
    assert is_silent(project)


def test_what_was_being_typed_in_init_is_told_where_it_goes_on(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "project.json"
    with running_below_shell("init", file) as (terminal, asked):
        terminal.answer("案件の名前: ", "ごみ案内")
        terminal.until("局や部署: ")
        terminal.send("資源循環")
        time.sleep(1)
        close(terminal, asked)
    with running("init", file) as (terminal, _):
        said = terminal.answer(PAUSE, "-")
        terminal.answer("Enter 残す", "y")
        terminal.answer("n やめる", "n")
    assert UNTOLD in said
    with running("init", file) as (terminal, _):
        assert UNTOLD not in terminal.answer("n やめる", "n")
    (line,) = (one for one in said.splitlines() if one.startswith("    aiguide set "))
    assert run(*shlex.split(line)[1:]).code == 0
    project = json.loads(file.read_text(encoding="utf-8"))["project"]
    assert project["organization"] == "資源循環"


def test_the_file_of_a_note_that_could_not_be_taken_from_the_editor_is_told(
    project: Path, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys; open(sys.argv[1], 'w').write('x'); sys.exit(1)")
    with at_purpose(project, EDITOR=f"{sys.executable} {script}", VISUAL="") as (terminal, walk):
        terminal.answer(": ", "m")
        terminal.answer("メモ（", "@")
        terminal.until("もう一度 @ を入力すると")
        close(terminal, walk)
    kept, *_ = re.findall(r"/[!-~]+/note\.txt", wholly(told(project)))
    assert Path(kept).read_text() == "x"


@pytest.mark.parametrize("saved", ["", "保存した行"])
def test_what_an_editor_kept_of_a_note_that_was_not_saved_stays_where_it_is_told(
    run: Run, project: Path, tmp_path: Path, saved: str
) -> None:
    """As vim and nano do when their window is closed."""
    command = editor(
        tmp_path,
        "import signal\n"
        "def keep(*_):\n"
        "    time.sleep(0.3)\n"
        f"    (file.parent / 'note.txt.save').write_text('{saved}書きかけ', encoding='utf-8')\n"
        "    sys.exit(1)\n"
        "signal.signal(signal.SIGTERM, keep)\n"
        f"file.write_text('{saved}', encoding='utf-8')\n"
        "print('書いた', flush=True)\n"
        "time.sleep(60)\n",
    )
    with at_purpose(project, EDITOR=command, VISUAL="") as (terminal, walk):
        terminal.answer(": ", "d")
        terminal.answer("メモ（", "@")
        terminal.until("書いた")
        close(terminal, walk)
    said = told(project)
    file, *_ = re.findall(r"/[!-~]+/note\.txt", wholly(said))
    kept = Path(f"{file}.save")
    assert kept.read_text(encoding="utf-8") == f"{saved}書きかけ"
    assert wholly(said).replace(" ", "").count(f"--note'{saved}'") == bool(saved)
    kept.replace(file)
    *_, line = (one for one in said.splitlines() if one.startswith("    aiguide answer "))
    line = line.replace("aiguide", f"{sys.executable} -m aiguide", 1)
    subprocess.run(["bash", "-c", line], check=True, capture_output=True)
    assert (
        json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]["note"]
        == f"{saved}書きかけ"
    )
    assert is_silent(project)


def test_a_name_that_was_being_typed_in_init_is_told_at_the_next_one(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "new" / "project.json"
    file.parent.mkdir()
    options = ("init", file, "--cell", "internal.writing")
    with running_below_shell(*options) as (terminal, asked):
        terminal.until("案件の名前: ")
        terminal.send("委員会の会議録")
        time.sleep(1)
        close(terminal, asked)
    assert not file.exists()
    with running(*options) as (terminal, asked):
        said = terminal.answer(PAUSE, "q")
        assert asked.wait(PATIENCE) == 0
    assert UNTOLD in said
    (line,) = (one for one in said.splitlines() if one.startswith("    aiguide init "))
    with running(*shlex.split(line)[1:]) as (terminal, asked):
        terminal.answer("局や部署: ", "q")
        assert asked.wait(PATIENCE) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["project"]["name"] == "委員会の会議録"


def test_the_file_of_a_note_for_an_open_item_has_a_command_that_puts_it_in_progress(
    project: Path, tmp_path: Path
) -> None:
    keep = "(file.parent / 'note.txt.save').write_text('書きかけ', encoding='utf-8')\n"
    command = editor(tmp_path, f"{keep}print('開いた', flush=True)\ntime.sleep(60)\n")
    with at_purpose(project, EDITOR=command, VISUAL="") as (terminal, walk):
        terminal.answer(": ", "m")
        terminal.answer("メモ（", "@")
        terminal.until("開いた")
        close(terminal, walk)
    assert f"{PURPOSE} in-progress --note" in " ".join(told(project).split())


def test_what_a_colleague_recorded_after_a_text_was_cut_off_is_not_written_over_unasked(
    run: Run, project: Path
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "p")
        terminal.answer("メモ（", "係で確認する")
        terminal.until("担当")
        close(terminal, walk)
    time.sleep(1)  # times are told by the second
    run("answer", project, PURPOSE, "in-progress", "--note", "課長の確認待ち", "--by", "佐々木")
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "p")
        terminal.answer("[係で確認する]", "")
        terminal.answer("担当", "")
        terminal.answer("期限", "")
        said = wholly(terminal.until("y はい"))
        assert "いまの回答:対応中メモ:課長の確認待ち" in said
        assert "変更後の回答:対応中メモ:係で確認する" in said
        walk.kill()


@pytest.mark.parametrize("leave", LEFT_BY)
def test_an_answer_that_is_being_asked_about_is_offered_again(
    run: Run, project: Path, leave: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "d")
        terminal.answer("メモ（", "リスク一覧表")
        terminal.until("証拠（")
        theirs = ("--note", "小野が調整中です", "--by", "小野")
        run("answer", project, PURPOSE, "in-progress", *theirs)
        terminal.answer(": ", "")
        terminal.until("y はい")
        leave_by(terminal, walk, leave)
    with running("check", project) as (terminal, walk):
        assert "この項目でdを押すと" in wholly(terminal.until(PAUSE))
        terminal.answer(": ", "")
        assert "途中だった" in terminal.until(KEYS)
        terminal.answer(": ", "d")
        terminal.answer("[リスク一覧表]", "")
        terminal.answer("証拠（", "")
        assert "メモ:小野が調整中です" in wholly(terminal.until("y はい"))
        walk.kill()


@pytest.mark.parametrize("typed", ["小野の表を添付します", "予算なし"])
def test_a_note_typed_before_the_next_item_is_shown_is_kept_for_that(
    run: Run, project: Path, typed: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        run("set", project, "--owner", "別の課", "--by", "佐藤")
        terminal.answer(": ", "3")
        terminal.until(PAUSE)
        terminal.answer(": ", typed)
        terminal.until("入力した内容は取ってあり")
        terminal.answer(": ", "")
        terminal.answer(KEYS, "m")
        terminal.until(f"[{typed}]")
        walk.kill()


def test_half_a_date_is_in_its_field_beside_what_was_typed_before_it(
    run: Run, project: Path
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "a")
        terminal.answer("担当: ", "山本")
        terminal.until("期限（")
        terminal.until(": ")
        terminal.send("R9.")
        close(terminal, walk)
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "a")
        terminal.answer("[山本]", "")
        terminal.answer("[R9.]", "R9.3.31")
        terminal.until("を保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


@pytest.mark.parametrize(
    ("key", "before", "prompt", "half"),
    [("e", [], "証拠（", "企画書.p"), ("a", [""], "期限（", "R9.")],
)
def test_who_takes_half_of_a_file_or_a_date_as_it_is_offered_is_told_how_to_be_rid_of_it(
    project: Path, key: str, before: list[str], prompt: str, half: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", key)
        for text in before:
            terminal.answer("担当: ", text)
        terminal.until(prompt)
        terminal.until(": ")
        terminal.interrupt(half)
        assert walk.wait(PATIENCE) == 130
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, key)
        for text in before:
            terminal.answer("担当: ", text)
        terminal.answer(f"[{half}]", "")
        assert "打ち直すか、-で消してください" in wholly(terminal.until(f"[{half}]"))
        terminal.answer(": ", "-")
        assert "受け付けられず" not in terminal.until("Enter で戻る")
        terminal.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_all_of_a_long_text_is_shown_before_it_is_taken_as_it_is_offered(project: Path) -> None:
    long = "候補三社の見積りを比べ、来週の課の会議で一社に決めるつもり。決め手は保守の費用"
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "m")
        terminal.until("メモ（")
        terminal.until(": ")
        terminal.interrupt(long)
        assert walk.wait(PATIENCE) == 130
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "m")
        assert f"[]の内容:{long}" in wholly(terminal.until("メモ（"))
        walk.kill()


@pytest.mark.parametrize(("key", "prompt"), [("m", "メモ（"), ("n", "理由: ")])
def test_what_is_begun_anew_where_a_text_is_offered_stands_beside_it_until_that_is_let_go(
    project: Path, key: str, prompt: str
) -> None:
    first, more = "共通の道具のみ", "候補がない"
    for typed in (first, more):
        with running("check", project, "--at", PURPOSE) as (terminal, walk):
            if typed == more:
                terminal.answer(PAUSE, "")
            terminal.answer(KEYS, key)
            terminal.until(prompt.rstrip(": ") if typed == first else f"[{first}]")
            terminal.until(": ")
            terminal.interrupt(typed)
            assert walk.wait(PATIENCE) == 130
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, key)
        terminal.until(f"[{first} / {more}]")
        walk.kill()


def test_half_a_date_that_nobody_has_confirmed_since_is_in_no_command(
    run: Run, project: Path
) -> None:
    """It waits in its field however often that is passed by, and is told once."""
    with running("check", project, "--at", "planning.high-risk-screening") as (terminal, walk):
        terminal.answer(KEYS, "x")
        terminal.answer("理由", "試行は月末まで")
        terminal.answer("承認者", "山本部長")
        terminal.until("期限")
        terminal.until(": ")
        terminal.send("3/3")
        close(terminal, walk)
    for _ in range(2):
        with running("check", project, "--phase", "planning") as (terminal, walk):
            assert terminal.until(PAUSE).count("--approver '山本部長'") == 1
            terminal.enter("")
            terminal.answer(KEYS, "x")
            terminal.answer("[試行は月末まで]", "")
            terminal.answer("[山本部長]", "q")
            walk.wait(PATIENCE)
            end = terminal.rest()
        assert "--until 3" not in end
        assert "確かめていないので、コマンドには入れていません）:3/3" in wholly(end)
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.answer(PAUSE, "")
        for prompt in (KEYS, "[試行は月末まで]", "[山本部長]"):
            terminal.answer(prompt, "x" if prompt == KEYS else "")
        terminal.answer("[3/3]", "2099-03-31")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
        assert "途中だった文字" not in wholly(terminal.rest())


def test_a_note_offered_again_is_told_beside_the_one_that_stands_and_a_minus_brings_that_back(
    run: Run, project: Path
) -> None:
    assert run("answer", project, PURPOSE, "done", "--note", "企画書の2章").code == 0
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "田中さんに聞いてください")
        terminal.answer(": ", "")
        terminal.answer(KEYS, "m")
        assert "いまのメモに「田中さんに聞いてください」を加えたもの" in wholly(
            terminal.until("]: ")
        )
        terminal.enter("-")
        terminal.answer("[企画書の2章]: ", "")
        terminal.until("何も変更していません")
        terminal.answer(": ", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    stands = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]
    assert stands["note"] == "企画書の2章"


def test_a_text_offered_again_says_that_it_is_not_saved_and_what_typing_does(
    project: Path,
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "m")
        terminal.until("メモ（")
        terminal.until(": ")
        terminal.send(HALF)
        close(terminal, walk)
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "m")
        said = wholly(terminal.until("]: "))
        assert (
            "ファイルに入っていない内容です。Enterでこの内容になり、別の内容を入力すると置き換わります"
            in said
        )
        walk.kill()


def test_a_note_that_stands_brought_up_and_left_as_it_was_is_not_half_typed(
    run: Run, project: Path
) -> None:
    assert run("answer", project, PURPOSE, "done", "--note", "企画書の2章").code == 0
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "m")
        terminal.until("]: ")
        terminal.send("\x1b[A")
        terminal.until("企画書の2章")
        terminal.interrupt()
        assert walk.wait(PATIENCE) == 130
        assert "入力の途中" not in terminal.rest()
    assert is_silent(project)


def test_a_command_for_what_was_left_says_that_it_would_replace_a_settled_answer(
    project: Path,
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "p")
        terminal.answer("メモ（", "窓口は通報センター")
        terminal.until("担当: ")
        terminal.interrupt()
        assert walk.wait(PATIENCE) == 130
        assert "置き換わります" not in terminal.rest()
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "d")
        terminal.answer("メモ（", "責任者は部長")
        terminal.answer("証拠（", "")
        terminal.until("保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
        assert "いまの回答「実施済」が置き換わります" in wholly(terminal.rest())
    with running("check", project) as (terminal, walk):
        said = wholly(terminal.until(PAUSE))
        assert "いまの回答「実施済」が置き換わります" in said, "it was written before the answer"
        terminal.enter("")
        terminal.answer(KEYS, PURPOSE)
        terminal.answer(KEYS, "p")
        terminal.until("[窓口は通報センター]")
        walk.kill()


def test_what_was_typed_beside_a_cleared_field_is_offered_and_settled_by_its_key(
    run: Run, project: Path
) -> None:
    assert run("answer", project, PURPOSE, "in-progress", "--note", "前のメモ").code == 0
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "p")
        terminal.answer("メモ（", "-")
        terminal.answer("担当: ", "木村")
        terminal.until("期限（")
        terminal.interrupt()
        assert walk.wait(PATIENCE) == 130
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "p")
        terminal.answer("メモ（", "")
        terminal.answer("[木村]", "-")
        terminal.answer("期限（", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_what_another_key_offers_is_still_offered_once_a_status_was_given(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "p")
        terminal.answer("メモ（", "途中のメモ")
        terminal.until("担当: ")
        terminal.interrupt()
        assert walk.wait(PATIENCE) == 130
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "d")
        terminal.answer("メモ（", "確かめた")
        terminal.answer("証拠（", "")
        terminal.answer(KEYS, PURPOSE)
        terminal.answer(KEYS, "p")
        terminal.until("[途中のメモ]")
        walk.kill()


def test_what_is_offered_again_is_let_go_with_a_minus_in_its_field(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "企画書の二章に書いたことを写す")
        terminal.answer("Enter で戻る", "q")
        assert walk.wait(PATIENCE) == 0
    with running("check", project) as (terminal, walk):
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "m")
        terminal.answer("[企画書の二章に書いたことを写す]", "-")
        terminal.answer("Enter で戻る", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
        assert "企画書の二章" not in terminal.rest()
    assert is_silent(project)


def test_a_text_typed_where_it_is_asked_whether_another_is_meant_is_taken(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "m")
        terminal.answer("メモ（", "終了")
        terminal.answer("別の文を入力 / Enter やめる", "d")
        assert "「d」は、ここでは使えません" in wholly(terminal.until("Enter やめる"))
        terminal.answer(": ", "企画書の二章")
        terminal.until("を保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    (answer,) = json.loads(project.read_text(encoding="utf-8"))["answers"].values()
    assert answer["note"] == "企画書の二章"


def test_a_text_typed_where_keys_are_and_recorded_as_a_reason_is_not_called_unsaved(
    project: Path,
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "流れは変えない")
        terminal.until("Enter で戻る")
        terminal.answer(": ", "n")
        terminal.answer("理由", "流れは変えない")
        terminal.until("保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
        assert "保存されていません" not in wholly(terminal.rest())
    assert is_silent(project)


def test_a_sentence_that_was_typed_as_evidence_is_offered_as_a_note(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "e")
        terminal.answer("証拠（", "比較表は課の共有フォルダーにある")
        terminal.answer("証拠（", "")
        said = wholly(terminal.until("Enter で"))
        assert "「比較表は課の共有フォルダーにある」は、証拠に付けていません" in said
        terminal.answer(": ", "m")
        terminal.answer("[比較表は課の共有フォルダーにある]", "")
        terminal.until("を保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0


def test_what_a_field_refused_is_told_where_the_walk_has_gone_on(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "d")
        terminal.answer("メモ（", "済")
        terminal.answer("証拠（", "係会の議事録（11/20、課長了承）")
        terminal.answer("証拠（", "")
        said = wholly(terminal.until(KEYS))
        assert "「係会の議事録（11/20、課長了承）」は、証拠に付けていません" in said
        assert "bでその項目に戻り、mを押すと" in said
        terminal.answer(": ", "b")
        terminal.until(KEYS)
        terminal.answer(": ", "m")
        terminal.answer("[済 / 係会の議事録（11/20、課長了承）]", "")
        terminal.until("を保存しました")
        terminal.until(KEYS)
        terminal.answer(": ", "p")
        terminal.answer("メモ（", "")
        terminal.answer("担当: ", "")
        terminal.answer("期限（", "来週中")
        terminal.answer("期限（", "")
        said = wholly(terminal.until(KEYS))
        assert "「来週中」は受け付けられず、期限に記録していません" in said
        terminal.answer(": ", "p")
        terminal.answer("メモ（", "調べ中")
        terminal.answer("担当: ", "")
        terminal.answer("期限（", "来週中")
        terminal.answer("期限（", "来週の金曜")
        assert "記録していません" not in wholly(terminal.until(KEYS))
        terminal.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


@pytest.mark.parametrize("leave", ["q", "\x03"])
@pytest.mark.parametrize("key", ["d", "e"])
def test_a_sentence_that_was_typed_as_evidence_is_kept_where_somebody_leaves_then(
    project: Path, key: str, leave: str
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", key)
        if key == "d":
            terminal.answer("メモ（", "確かめた")
        terminal.answer("証拠（", "比較表は課の共有フォルダーにある")
        terminal.until("証拠（")
        terminal.until(": ")
        terminal.send(leave if leave == "\x03" else f"{leave}\n")
        assert walk.wait(PATIENCE) == (130 if leave == "\x03" else 0)
        end = terminal.rest()
    (command,) = (one for one in end.splitlines() if one.startswith("    aiguide answer "))
    note = "確かめた / 比較表は課の共有フォルダーにある" if key == "d" else "比較表は課の"
    assert note in command
    assert note in told(project)


def test_a_date_that_was_typed_as_evidence_is_no_note(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "e")
        terminal.answer("証拠（", "12月31日まで")
        terminal.answer("証拠（", "")
        assert "証拠に付けていません" not in wholly(terminal.until("Enter で"))
        walk.kill()


def test_evidence_that_is_attached_already_is_told_so_where_keys_are_typed(
    run: Run, project: Path
) -> None:
    project.with_name("plan.md").write_text("企画", encoding="utf-8")
    page = "https://example.org/plan"
    assert run("answer", project, PURPOSE, "done", "--evidence", page, "--evidence", "plan.md")
    with at_purpose(project) as (terminal, walk):
        for one in (page, "plan.md"):
            terminal.answer(": ", one)
            assert "すでにこの項目の証拠" in wholly(terminal.until("Enter で戻る"))
            terminal.enter("")
            terminal.until(KEYS)
        project.with_name("plan.md").write_text("変わった", encoding="utf-8")
        terminal.answer(": ", "b")
        terminal.until(KEYS)
        terminal.answer(": ", PURPOSE)
        terminal.until(KEYS)
        terminal.answer(": ", "plan.md")
        terminal.answer("[plan.md]", "")
        assert "内容が変わったもの" in wholly(terminal.until(KEYS))
        terminal.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


@pytest.mark.parametrize(
    ("typed", "is_noted"),
    [
        ("docs/plan.pdf", False),
        ("docs/plan of 2026.pdf", False),
        ("http://", False),
        ("C:\\Users\\plan", False),
        ("紙の綴り / 棚の3段目", True),
        ("比較表は、docs/planにある", True),
        ("課長了承メモ（11/25）", True),
        ("契約書Ver.2を確認した", True),
        ("./plan", False),
    ],
)
def test_half_a_path_that_names_no_file_is_no_note_and_a_sentence_with_a_slash_is(
    project: Path, typed: str, is_noted: bool
) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "e")
        terminal.answer("証拠（", typed)
        terminal.answer("証拠（", "")
        said = wholly(terminal.until("Enter で"))
        assert ("証拠に付けていません" in said) == is_noted
        walk.kill()


def test_evidence_named_where_keys_are_is_in_the_field_for_evidence_and_in_no_note(
    project: Path,
) -> None:
    named = ("https://example.org/plan", "企画書（案）の写し.txt", "a.pdf", "planning.bpr.pdf")
    for name in named[1:]:
        project.with_name(name).write_text("企画", encoding="utf-8")
    with at_purpose(project) as (terminal, walk):
        for one in named:
            terminal.answer(": ", one)
            assert "キーでも項目の名前でもない" in wholly(terminal.until(f"[{one}]"))
            terminal.enter("")
            terminal.until("を保存しました")
            terminal.until(KEYS)
        terminal.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0
    stands = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]
    assert ([one["target"] for one in stands["evidence"]], "note" in stands) == ([*named], False)
    assert is_silent(project)


def test_evidence_that_another_was_typed_over_is_offered_again(project: Path) -> None:
    project.with_name("a.pdf").write_text("企画", encoding="utf-8")
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "https://example.org/plan")
        terminal.answer("[https://example.org/plan]", "a.pdf")
        assert "example.org/plan」は、まだ証拠にしていません" in wholly(terminal.until(KEYS))
        terminal.answer(": ", "e")
        terminal.answer("[https://example.org/plan]", "")
        terminal.until("を保存しました")
        assert "まだ証拠にしていません" not in terminal.until(KEYS)
        walk.kill()
    stands = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]["evidence"]
    assert [one["target"] for one in stands] == ["a.pdf", "https://example.org/plan"]


def test_half_of_a_name_that_was_mended_is_not_offered_again(project: Path) -> None:
    project.with_name("資料.md").write_text("企画", encoding="utf-8")
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "e")
        terminal.until("証拠（")
        terminal.interrupt("資料.m")
        assert walk.wait(PATIENCE) == 130
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.answer("Enter で先へ", "")
        terminal.answer(KEYS, "e")
        terminal.answer("証拠（", "資料.md")
        terminal.until("を保存しました")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_a_file_with_the_name_of_a_key_is_no_evidence(project: Path) -> None:
    for name in ("z", "zz"):
        project.with_name(name).write_text("企画", encoding="utf-8")
    with at_purpose(project) as (terminal, walk):
        for slip in ("z", "zz"):
            terminal.answer(": ", slip)
            assert "証拠" not in terminal.until("Enter で戻る")
            terminal.enter("")
            terminal.until(KEYS)
        walk.kill()


def test_evidence_named_where_keys_are_and_left_is_told_at_the_end(project: Path) -> None:
    with at_purpose(project) as (terminal, walk):
        terminal.answer(": ", "https://example.org/plan")
        terminal.answer("[https://example.org/plan]", "b")
        terminal.answer("Enter で戻る", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
        assert "--evidence https://example.org/plan" in terminal.rest()
