"""What could not be saved, or was not, is given as a command that records that and nothing else."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from aiguide.usecases import guidelines
from tests.conftest import Run, settle
from tests.terminal import PATIENCE, Terminal, running, wholly

KEYS, PAUSE, ON, CONDITION = "[q]終了", "Enter で戻る", "Enter で先へ", "Enter 次へ / b 前へ"
PURPOSE = "planning.purpose"
EXCEPTION = ("試行のため", "部長", "2030-01-01")


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


def answer(project: Path) -> dict[str, Any]:
    given: dict[str, Any] = manifest(project)["answers"][PURPOSE]
    return given


def protect(project: Path) -> None:
    """Let nobody write the project, as a person does who means it."""
    project.chmod(0o444)


def at_purpose(terminal: Terminal) -> None:
    terminal.answer(KEYS, PURPOSE)
    terminal.until(KEYS)


def press(terminal: Terminal, key: str) -> None:
    """Press a key at the walk's own prompt."""
    terminal.answer(": ", key)


def interrupt(terminal: Terminal) -> None:
    """Press Ctrl-D at a prompt."""
    terminal.until(": ")
    terminal.send("\x04")


def typing(terminal: Terminal, *given: str) -> None:
    """Type into one field after the other."""
    for one in given:
        terminal.answer(": ", one)


def refused(terminal: Terminal) -> str:
    """Give what is said of an answer that cannot be saved, and go back to the item."""
    said = terminal.until(PAUSE)
    assert "書き込み禁止" in "".join(said.split())
    terminal.enter("")
    terminal.until(KEYS)
    return said


def commands(said: str) -> list[list[str]]:
    return [shlex.split(one)[1:] for one in said.splitlines() if one.startswith("    aiguide ")]


def lost(terminal: Terminal, walk: Any) -> list[list[str]]:
    """Leave, and give the commands for what could not be saved."""
    terminal.answer(": ", "q")
    assert walk.wait(PATIENCE) == 2
    return commands(terminal.rest().partition("ファイルに入っていない回答")[2])


def record(run: Run, project: Path, command: list[str]) -> None:
    project.chmod(0o644)
    ran = run(*command)
    assert ran.code == 0, ran.err


def test_a_cleared_note_is_cleared_by_the_command_too(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "古い", "--assignee", "佐藤")
    protect(project)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("m")
        terminal.until("メモ（")
        typing(terminal, "-")
        refused(terminal)
        (command,) = lost(terminal, walk)
    record(run, project, command)
    assert "note" not in answer(project)
    assert answer(project)["assignee"] == "佐藤"


def test_evidence_that_was_taken_off_is_taken_off_by_the_command_too(
    run: Run, project: Path
) -> None:
    links = [f"https://example.org/{number}" for number in (1, 2)]
    run("answer", project, PURPOSE, "done", "--evidence", links[0], "--evidence", links[1])
    protect(project)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("e")
        terminal.until("証拠（")
        typing(terminal, "-")
        terminal.until("番号")
        typing(terminal, "1")
        refused(terminal)
        (command,) = lost(terminal, walk)
    record(run, project, command)
    assert [one["target"] for one in answer(project)["evidence"]] == links[1:]


def test_evidence_that_has_changed_is_affirmed_by_no_command(run: Run, project: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (project.parent / name).write_text(name, encoding="utf-8")
    run("answer", project, PURPOSE, "done", "--evidence", "a.txt", "--evidence", "b.txt")
    (project.parent / "b.txt").write_text("書き換えた", encoding="utf-8")
    protect(project)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "d")
        typing(terminal, "済", "-")
        terminal.until("番号")
        typing(terminal, "1")
        refused(terminal)
        assert lost(terminal, walk) == [["check", str(project), "--at", PURPOSE]]


def stale(project: Path) -> None:
    """Let the item be answered to a wording that is not today's."""
    data = manifest(project)
    data["answers"][PURPOSE]["item_digest"] = "00000000"
    project.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_a_note_to_a_stale_answer_is_to_be_typed_again_and_affirms_nothing(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "済")
    stale(project)
    protect(project)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("m")
        terminal.until("メモ（")
        typing(terminal, "追記")
        refused(terminal)
        terminal.answer(": ", "q")
        assert walk.wait(PATIENCE) == 2
        said = terminal.rest().partition("ファイルに入っていない回答")[2]
    assert commands(said) == [["check", str(project), "--at", PURPOSE]]
    assert "メモ: 追記" in said


def test_the_log_gives_no_command_that_would_affirm_a_wording_nobody_has_read(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "済")
    stale(project)
    ran = run("log", project, "--verify")
    assert ran.code == 1
    assert commands(ran.out) == [["check", str(project), "--at", PURPOSE]]
    assert "いまの文を読んで答え直す" in "".join(ran.out.split())


def test_a_blank_is_explained_only_where_there_is_one(run: Run, project: Path) -> None:
    run("set", project, "--owner", "前の課")
    data = manifest(project)
    data["project"]["owner"] = "次の課"
    project.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    said = run("log", project, "--verify").out
    assert "--owner 次の課" in said.replace("'", "")
    assert "..." not in said
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "d")
        typing(terminal, "済")
        terminal.until("証拠（")
        interrupt(terminal)
        assert walk.wait(PATIENCE) == 130
        left = terminal.rest()
    assert "--note '済'" in left
    assert "..." not in left


def test_what_belongs_to_an_exception_is_in_no_command_for_another_status(
    run: Run, project: Path
) -> None:
    protect(project)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "x")
        typing(terminal, *EXCEPTION)
        refused(terminal)
        press(terminal, "d")
        typing(terminal, "企画書", "")
        refused(terminal)
        (command,) = lost(terminal, walk)
    assert command[3:] == ["done", "--note", "企画書"]


def test_a_second_answer_that_cannot_be_saved_loses_nothing_of_the_first(
    run: Run, project: Path
) -> None:
    protect(project)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "m")
        typing(terminal, "消えてはならない")
        refused(terminal)
        press(terminal, "e")
        typing(terminal, "https://example.org/")
        refused(terminal)
        (command,) = lost(terminal, walk)
    record(run, project, command)
    assert (answer(project)["status"], answer(project)["note"]) == (
        "in-progress",
        "消えてはならない",
    )
    assert answer(project)["evidence"][0]["target"] == "https://example.org/"


def test_what_is_saved_later_does_not_forget_what_is_still_to_be_saved(
    run: Run, project: Path
) -> None:
    protect(project)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "m")
        typing(terminal, "消えてはならない")
        refused(terminal)
        project.chmod(0o644)
        press(terminal, "e")
        typing(terminal, "https://example.org/")
        terminal.until(KEYS)
        (command,) = lost(terminal, walk)
    record(run, project, command)
    assert answer(project)["note"] == "消えてはならない"
    assert answer(project)["evidence"][0]["target"] == "https://example.org/"


def test_who_answers_is_in_every_command_of_a_walk(run: Run, project: Path) -> None:
    protect(project)
    with running("check", project, "--by", "田中 花") as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "m")
        typing(terminal, "x\\")
        refused(terminal)
        press(terminal, "q")
        assert walk.wait(PATIENCE) == 2
        given = commands(terminal.rest().replace("  続き", "\n"))
    recording = [one for one in given if one[0] in ("answer", "set", "check")]
    assert {one[0] for one in recording} >= {"answer", "check"}
    for one in recording:
        assert "田中 花" in one, one
    with running("check", project, "--by", "田中 花") as (terminal, walk):
        terminal.answer(ON, "-")  # it is told what was not saved
        terminal.answer("Enter 残す", "y")
        at_purpose(terminal)
        interrupt(terminal)
        assert walk.wait(PATIENCE) == 130
        (again,) = commands(terminal.rest())
    assert again[-2:] == ["--by", "田中 花"]


def test_who_answers_is_in_the_commands_for_other_phases(run: Run, project: Path) -> None:
    listed = run("check", project, "--phase", "requirements", "--format", "json").json["items"]
    other = listed[0]["id"]
    run("answer", project, other, "in-progress", "--assignee", "佐藤")
    told = run("check", project, "--assignee", "佐藤", "--by", "田中").err
    assert shlex.split(told.partition("aiguide ")[2].partition("  ")[0])[-2:] == ["--by", "田中"]


def test_a_condition_that_cannot_be_saved_keeps_who_said_so(
    run: Run, project: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.project.json"
    run("init", other, "--name", "x", "--cell", "citizen.information")
    protect(other)
    with running("check", other, "--by", "田中") as (terminal, walk):
        terminal.answer("q 終了", "n")
        terminal.until(ON)
        interrupt(terminal)
        assert walk.wait(PATIENCE) == 130
        command, again = commands(terminal.rest())
    assert (command[0], again[0]) == ("set", "check")
    assert command[-2:] == ["--by", "田中"]


def test_init_keeps_the_guideline_the_phase_and_who_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    phase = guidelines.load_pack("ai-business")[0].stages[1]
    given = ("--guideline", "ai-business", "--phase", phase, "--by", "田中")
    with running("init", path, *given) as (terminal, process):
        terminal.answer("案件の名前", "業務の案内")
        terminal.until("組織や部署")
        assert run("init", path, "--name", "先に作られた").code == 0
        interrupt(terminal)
        assert process.wait(PATIENCE) == 2
        (command,) = commands(terminal.rest())
    assert run(*command).code == 0
    data = manifest(path.with_name("project-2.project.json"))  # the name that was meant is taken
    assert (data["guideline"]["id"], data["project"]["phase"]) == ("ai-business", phase)
    assert data["history"][0]["by"] == "田中"


def test_going_on_gives_a_command_for_what_was_said_now_and_for_nothing_else(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "other.project.json"
    texts = ("--organization", "環境局", "--description", "分別を答える")
    cells = ("--cell", "citizen.information", "--cell-reason", "答えるだけ")
    assert run("init", path, "--name", "ごみの案内", *texts, *cells).code == 0
    data = manifest(path)
    del data["classification"]["confirmed_by"]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    with running("init", path) as (terminal, process):
        terminal.answer("n やめる", "y")
        terminal.until("担当の課や人: ")
        run("set", path, "--name", "馬場の名前", "--owner", "馬場", "--by", "馬場")
        terminal.enter("資源循環課")
        terminal.answer(CONDITION, "q")
        assert process.wait(PATIENCE) == 2
        (command,) = commands(terminal.rest())
    assert command == ["set", str(path), "--owner", "資源循環課"]


def test_a_no_to_replacing_says_that_it_is_not_saved_and_keeps_what_was_typed(
    run: Run, project: Path
) -> None:
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("p")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "森")
        typing(terminal, "調べ中", "加藤", "2030-03-31")
        terminal.answer("Enter やめる", "")
        told = terminal.until(PAUSE)
        assert "あなたの回答は保存していません" in told
        (command,) = commands(told)
        terminal.enter("")
        assert "議事録" in terminal.until(KEYS)
        terminal.enter("p")
        terminal.answer("Enter やめる", "y")
        terminal.until("[調べ中]")
        interrupt(terminal)
        assert walk.wait(PATIENCE) == 130
    assert answer(project)["by"] == "森"
    record(run, project, command)
    given = answer(project)
    assert (given["note"], given["assignee"], given["due"]) == ("調べ中", "加藤", "2030-03-31")


def test_another_key_offers_nothing_of_what_was_declined(run: Run, project: Path) -> None:
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("p")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "森")
        typing(terminal, "調べ中", "", "")
        terminal.answer("Enter やめる", "")
        terminal.answer(PAUSE, "m")
        terminal.until("メモ（")
        assert "[議事録]" in terminal.until("]: ") + "]: "
        walk.kill()


def test_enter_keeps_what_a_colleague_has_put_there_meanwhile(run: Run, project: Path) -> None:
    first = ("--note", "はじめ", "--assignee", "佐藤", "--due", "2030-01-31")
    run("answer", project, PURPOSE, "in-progress", *first)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("p")
        terminal.until("メモ（")
        news = ("--note", "大事な新しいメモ", "--assignee", "鈴木", "--due", "2030-05-31")
        run("answer", project, PURPOSE, "in-progress", *news, "--by", "馬場")
        typing(terminal, "", "", "")
        said = wholly(terminal.until(PAUSE))
        assert "その間に変わった回答（対応中）をそのまま残しました" in said
        assert "大事な新" in said
        walk.kill()
    given = answer(project)
    assert (given["note"], given["assignee"], given["due"]) == (news[1], news[3], news[5])
    assert given["by"] == "馬場"


def test_what_was_typed_stands_beside_what_a_colleague_has_put_there(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "はじめ", "--assignee", "佐藤")
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("p")
        terminal.until("メモ（")
        news = ("--note", "大事な新しいメモ", "--assignee", "鈴木")
        run("answer", project, PURPOSE, "in-progress", *news, "--by", "馬場")
        typing(terminal, "", "高橋", "", "y")
        terminal.until("保存しました")
        walk.kill()
    assert (answer(project)["note"], answer(project)["assignee"]) == (news[1], "高橋")


def test_what_stood_already_is_done_by_a_note_from_before(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "企画書の2章")
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "d")
        typing(terminal, "", "")
        terminal.until("「実施済」として保存しました")
        walk.kill()
    assert (answer(project)["status"], answer(project)["note"]) == ("done", "企画書の2章")


def test_an_interrupt_after_saving_does_not_say_that_it_is_not_saved(
    run: Run, project: Path
) -> None:
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("m")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "in-progress", "--assignee", "馬場", "--by", "馬場")
        typing(terminal, "追記")
        terminal.until("保存しました")
        terminal.until(PAUSE)
        interrupt(terminal)
        assert walk.wait(PATIENCE) == 130
        left = terminal.rest()
    assert "保存されていません" not in left
    assert "ここまでの回答は保存されています" in left
    assert answer(project)["note"] == "追記"


def test_what_a_colleague_has_recorded_word_for_word_is_not_said_to_be_saved(
    run: Run, project: Path
) -> None:
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("d")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "企画書", "--by", "馬場")
        typing(terminal, "企画書", "")
        said = terminal.until(KEYS)
        walk.kill()
    assert "馬場 が同じ答え（実施済）" in said
    assert "保存しました" not in said
    assert answer(project)["by"] == "馬場"


def test_done_without_proof_goes_back_to_its_fields(run: Run, project: Path) -> None:
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "d")
        typing(terminal, "", "")
        terminal.until("メモか証拠が要ります")
        terminal.until("メモ（")
        typing(terminal, "次の会議の資料", "")
        terminal.until("保存しました")
        walk.kill()
    assert answer(project)["note"] == "次の会議の資料"


def test_b_leaves_done_without_proof(project: Path) -> None:
    before = project.read_bytes()
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "d")
        typing(terminal, "", "")
        terminal.until("メモか証拠が要ります")
        typing(terminal, "b")
        terminal.until("何も変更していません")
        walk.kill()
    assert project.read_bytes() == before


def test_a_write_protected_project_says_that_what_was_typed_is_kept(project: Path) -> None:
    protect(project)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "m")
        typing(terminal, "追記です")
        said = refused(terminal)
        walk.kill()
    assert "入力した内容は残っている" in "".join(said.split())
    assert "chmod" in said


@pytest.mark.parametrize("typed", ["e", "ｕ", "D", "y", "ｎ", "3", "１２", "はい"])
def test_a_key_of_the_walk_is_a_note_only_where_that_is_meant(project: Path, typed: str) -> None:
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "m")
        typing(terminal, typed)
        assert f"メモに「{typed}」と書きますか" in wholly(terminal.until("Enter やめる"))
        terminal.enter("")
        terminal.until("何も書いていません")
        terminal.until("メモ（")
        typing(terminal, typed)
        terminal.answer("Enter やめる", "y")
        terminal.until("保存しました")
        walk.kill()
    assert answer(project)["note"] == typed


def test_a_yes_that_nobody_asked_for_is_no_reason(run: Run, project: Path) -> None:
    reason, approver, until = EXCEPTION
    stood = ("--reason", reason, "--approver", approver, "--until", until)
    run("answer", project, PURPOSE, "exception", *stood)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "x")
        typing(terminal, "y")
        assert "理由に「y」と書きますか" in wholly(terminal.until("Enter やめる"))
        typing(terminal, "")
        terminal.until(f"[{reason}]")
        walk.kill()
    assert answer(project)["reason"] == reason


@pytest.mark.parametrize("typed", ["資料/評価.txt", "資料\\評価.txt", "https://example.org/"])
def test_a_file_is_a_persons_name_only_where_that_is_meant(project: Path, typed: str) -> None:
    folder = project.with_name("資料")
    folder.mkdir()
    (folder / "評価.txt").write_text("低い", encoding="utf-8")
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "p")
        typing(terminal, "調査中", typed)
        said = terminal.until("Enter やめる")
        assert "証拠として付けるキーはeです" in wholly(said)
        typing(terminal, "")
        terminal.until("担当")
        typing(terminal, "評価.txt係", "")
        terminal.until("保存しました")
        walk.kill()
    assert answer(project)["assignee"] == "評価.txt係"


def test_what_arrives_from_the_editor_is_shown(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\nprintf '一行め\\n二行め\\n' > $1\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "d")
        typing(terminal, "@")
        assert "2 行を受け取りました: 一行め" in terminal.until("証拠（")
        walk.kill()


@pytest.mark.parametrize(("editor", "told"), [("", "EDITOR=vim aiguide check"), ("nano", "nano")])
def test_how_to_write_a_long_note_is_explained(
    project: Path, monkeypatch: pytest.MonkeyPatch, editor: str, told: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        terminal.enter("m")
        terminal.until("メモ（")
        typing(terminal, "?")
        assert told in terminal.until("メモ（").replace("\r\n  ", " ")
        walk.kill()


def put_by(terminal: Terminal, key: str, text: str) -> None:
    """Type a text into the first field that a key asks for, and go back from it."""
    press(terminal, key)
    typing(terminal, text, "b", "b")
    terminal.until("同じキーを押すと")
    terminal.until(PAUSE)
    typing(terminal, "")
    terminal.until(KEYS)


@pytest.mark.parametrize("leave", ["q", "\x04"])
def test_what_was_kept_is_said_to_be_unsaved_at_the_end_and_given_as_a_command(
    run: Run, project: Path, leave: str
) -> None:
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        put_by(terminal, "d", "途中のメモ")
        terminal.until(": ")
        terminal.send(leave if leave == "\x04" else f"{leave}\n")
        assert walk.wait(PATIENCE) == (130 if leave == "\x04" else 0)
        end = terminal.rest()
    assert "」に入力して取ってあった回答は、保存されていません" in end
    said = "最後に示す入力は" if leave == "q" else "上に示した入力は"
    assert f"{said}、まだ保存されていません" in end
    is_last = "aiguide " not in end.rpartition("aiguide answer")[2]
    assert is_last == (leave == "q"), "it stands last, but for how to go on after an interrupt"
    given = next(one for one in commands(end) if one[0] == "answer")
    assert run(*given).code == 0
    assert (answer(project)["status"], answer(project)["note"]) == ("done", "途中のメモ")


def test_each_kept_answer_is_given_beside_the_one_that_is_being_typed(
    run: Run, project: Path
) -> None:
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        put_by(terminal, "d", "取ってある")
        press(terminal, "p")
        typing(terminal, "打ちかけ", "q")
        assert walk.wait(PATIENCE) == 0
        end = terminal.rest()
    kept, half = (one for one in commands(end) if one[0] == "answer")
    assert (kept[3], kept[5]) == ("done", "取ってある")
    assert (half[3], half[5]) == ("in-progress", "打ちかけ")


def test_what_is_typed_as_it_stands_is_not_kept(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "調べ中")
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        press(terminal, "m")
        typing(terminal, "調べ中")
        assert "取って" not in terminal.until(PAUSE)
        typing(terminal, "")
        press(terminal, "q")
        assert walk.wait(PATIENCE) == 0
        assert "取って" not in terminal.rest()


def test_what_was_kept_for_a_key_stays_whatever_is_typed_at_others(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "調べ中")
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        put_by(terminal, "d", "取ってある")
        put_by(terminal, "a", "佐藤")
        press(terminal, "m")
        typing(terminal, "調べ中")
        terminal.until(PAUSE)
        typing(terminal, "")
        terminal.until(KEYS)
        press(terminal, "m")
        typing(terminal, "書き足した")
        terminal.until(KEYS)
        for key, kept in (("a", "佐藤"), ("d", "取ってある")):
            press(terminal, key)
            terminal.until(f"[{kept}]")
            typing(terminal, "b", "")
            terminal.until(KEYS)
        walk.kill()


def test_what_was_kept_for_a_status_stays_until_one_is_given(run: Run, project: Path) -> None:
    project.with_name("plan.md").write_text("目的", encoding="utf-8")
    with running("check", project) as (terminal, walk):
        at_purpose(terminal)
        put_by(terminal, "d", "取ってある")
        press(terminal, "e")
        typing(terminal, "plan.md")
        terminal.until("保存しました")
        terminal.until(KEYS)
        press(terminal, "d")
        terminal.until("[取ってある]")
        typing(terminal, "", "")
        terminal.until("保存しました")
        terminal.until(KEYS)
        press(terminal, "q")
        assert walk.wait(PATIENCE) == 0
        assert "取ってあった" not in terminal.rest()
    assert answer(project)["note"] == "取ってある"


def test_what_would_be_refused_is_no_command(run: Run, tmp_path: Path) -> None:
    project, item = tmp_path / "project.json", "planning.red-gate"
    assert run("init", project, "--name", "x", "--cell", "citizen.autonomous").code == 0
    with running("check", project, "--at", item) as (terminal, walk):
        terminal.until(KEYS)
        press(terminal, "n")
        typing(terminal, "試行だけ")
        terminal.until(PAUSE)
        typing(terminal, "q")
        assert walk.wait(PATIENCE) == 0
        end = terminal.rest()
    assert "理由: 試行だけ" in end
    assert not [one for one in commands(end) if one[0] == "answer"]
