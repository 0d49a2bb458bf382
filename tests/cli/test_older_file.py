"""An older file in place of the manifest: what it takes is said, be the walk open or not."""

import json
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from aiguide.core.history import entry_hash
from aiguide.core.manifest import read_entry
from tests.conftest import Run, settle
from tests.terminal import PATIENCE, Terminal, running, wholly

KEYS, ON, LOST = "[q]終了", "Enter で先へ", "ファイルに入っていない"
PURPOSE, TOOL = "planning.purpose", "planning.tool-selection"
RISK = "planning.risk-assessment"
EXCEPTED = ("--reason", "局長の判断", "--approver", "建設局長", "--until", "2099-03-31")


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


@pytest.fixture(autouse=True, name="own")
def own_folder_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person's own files are."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))
    return tmp_path / "own"


def say_done(at: Terminal, note: str, evidence: str = "") -> None:
    at.answer(KEYS, "d")
    at.answer("メモ（", note)
    at.answer("証拠（", evidence)
    at.until("保存しました")


def walked(project: Path, item: str, note: str) -> None:
    """Answer an item in a walk, and leave."""
    with running("check", project, "--at", item) as (at, walk):
        say_done(at, note)
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0


def is_silent(project: Path) -> bool:
    """Tell whether a walk begins with nothing to be read first."""
    with running("check", project, "--phase", "planning") as (at, walk):
        said = at.until(KEYS)
        walk.kill()
    return ON not in said


def title(run: Run, project: Path, id: str) -> str:
    listed = run("check", project, "--phase", "planning", "--format", "json").json["items"]
    return next("".join(one["title"].split()) for one in listed if one["id"] == id)


def git(folder: Path, *args: str) -> None:
    named = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *named, *args], cwd=folder, check=True, capture_output=True)


def test_what_a_file_lacks_since_the_last_walk_is_named_and_told_until_it_is_recorded(
    run: Run, project: Path
) -> None:
    walked(project, PURPOSE, "一番の答え")
    older = project.read_bytes()
    walked(project, TOOL, "二番の答え")
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        said = wholly(at.until(ON))
        assert f"前に記録した1件（{title(run, project, TOOL)}:実施済）が、このファイルに" in said
        at.enter("")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest()
        assert "すべて保存されています" not in end
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "あなたが前に記録した" in at.until(ON)
        walk.kill()
    (command,) = [one for one in end.splitlines() if one.startswith("    aiguide answer")]
    assert run(*shlex.split(command)[1:]).code == 0
    assert is_silent(project)


def stands(project: Path) -> dict[str, object]:
    """Give what is not recorded anew where it is given back: all but the history, and the times."""
    data = json.loads(project.read_text(encoding="utf-8"))
    for signed in (data["classification"], *data.get("answers", {}).values()):
        signed.pop("at", None)
    return {name: one for name, one in data.items() if name != "history"}


@pytest.mark.parametrize("when", ["at once", "next time", "at an item", "in the same walk"])
def test_r_records_again_as_it_was_what_an_older_file_lacks(
    run: Run, project: Path, when: str
) -> None:
    """Whatever it is: no field asks for all that an answer may hold."""
    project.with_name("比較表.txt").write_text("比較", encoding="utf-8")
    run("answer", project, TOOL, "done", "--note", "比べた", "--evidence", "比較表.txt")
    older = project.read_bytes()
    who = ("--assignee", "山田", "--due", "2099-03-31")
    run("answer", project, PURPOSE, "in-progress", "--note", "目的のメモ", *who)
    run("answer", project, TOOL, "done", "--evidence", "", "--evidence", "https://example.org/")
    run("answer", project, RISK, "not-applicable", "--reason", "使わない")
    said = ("--cell", "citizen.personalized", "--condition", "personal_data=yes")
    run("set", project, "--owner", "資源循環課", "--phase", "design", *said)
    newer = stands(project)
    if when != "in the same walk":
        project.write_bytes(older)
    if when == "next time":
        with running("check", project, "--phase", "planning") as (at, walk):
            at.answer(ON, "q")
            assert walk.wait(PATIENCE) == 2
    with running("check", project, "--phase", "planning") as (at, walk):
        if when == "in the same walk":
            at.until(KEYS)
            project.write_bytes(older)
            at.answer(": ", "s")
        at.until("あなたが")
        if when == "at an item":
            at.answer(ON, "")
            at.answer(KEYS, "r")
        else:
            at.answer("q 終了", "r")
        assert "7件（" in wholly(at.until("元どおりに記録し直しました"))
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
        assert LOST not in at.rest()
    assert stands(project) == newer
    assert run("log", project, "--verify").code == 0
    assert is_silent(project)
    assert run("status", project).err == ""


def test_what_cannot_be_given_back_is_still_told(project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    project.write_bytes(older)
    lock = project.with_name(f".{project.name}.lock")
    with running("check", project, "--phase", "planning") as (at, walk):
        at.until(ON)
        lock.mkdir()
        at.answer("q 終了", "r")
        at.until("使えません")
        at.answer(ON, "")
        lock.rmdir()
        at.answer(KEYS, "r")
        at.answer("元どおりに記録し直しました", "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_nothing_is_recorded_again_in_another_project(run: Run, project: Path) -> None:
    other = project.with_name("other.json")
    run("init", other, "--guideline", "ai-business", "--name", "別の案件", "--owner", "別の課")
    run("set", project, "--owner", "資源循環課")
    whole = project.read_bytes()
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at, "一番の答え")
        at.until(KEYS)
        newer = project.read_bytes()
        project.write_bytes(other.read_bytes())
        at.answer(": ", "s")
        assert "別の案件「別の案件」のファイルになっています" in wholly(at.until("Enter で"))
        at.enter("")
        at.answer(KEYS, "m")
        at.answer("メモ（", "足したい")
        assert "ここには何も書いていません" in wholly(at.until("Enter で"))
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 2
    assert project.read_bytes() == other.read_bytes()
    assert run("status", project).err == ""
    project.write_bytes(whole)
    assert "あなたが記録した1件が" in wholly(run("status", project).err), "each has its own"
    project.write_bytes(newer)
    assert run("status", project).err == ""


def test_what_was_taken_back_does_not_return_with_an_older_file(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    older = project.read_bytes()
    run("undo", project)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.until("未着手に戻したこと（いまは")
        at.answer("q 終了", "r")
        at.answer("元どおりに記録し直しました", "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    assert answers[PURPOSE]["status"] == "open"
    assert is_silent(project)


def test_a_fact_that_a_colleague_had_changed_before_is_not_given_back(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    run("set", project, "--owner", "資源循環課", "--organization", "環境局")
    run("set", project, "--owner", "別の課", "--by", "佐藤")
    assert is_silent(project)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    owner = json.loads(older)["project"].get("owner")
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "あなたが前に記録した1件（案件の情報（局））" in wholly(at.until(ON))
        at.enter("r")
        at.answer("元どおりに記録し直しました", "")
        at.until(KEYS)
        walk.kill()
    facts = json.loads(project.read_text(encoding="utf-8"))["project"]
    assert (facts["organization"], facts.get("owner")) == ("環境局", owner)


def test_what_another_walk_of_the_same_person_recorded_is_not_forgotten(project: Path) -> None:
    older = project.read_bytes()
    with running("check", project, "--phase", "planning") as (at, walk):
        at.until(KEYS)
        walked(project, PURPOSE, "一番の答え")
        project.write_bytes(older)
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "あなたが前に記録した" in at.until(ON)
        walk.kill()


def test_what_a_command_answered_anew_says_less_than_is_told_in_the_next_walk(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    project.write_bytes(older)
    run("answer", project, PURPOSE, "in-progress", "--assignee", "山田")
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
        assert "--note '一番の答え'" in at.rest()
    run("answer", project, PURPOSE, "in-progress", "--note", "一番の答え")
    assert is_silent(project)


def test_what_is_gone_is_let_go_with_a_minus_once_it_was_seen(run: Run, project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    project.write_bytes(older)
    for answer, is_gone in (("", False), ("y", True)):
        with running("check", project, "--phase", "planning") as (at, walk):
            at.answer("q 終了", "-")
            assert "一番の答え" in at.until("もう示さない / Enter 残す")
            at.enter(answer)
            at.answer(KEYS, "q")
            assert walk.wait(PATIENCE) == (0 if is_gone else 2)
            assert (LOST in at.rest()) != is_gone
    assert is_silent(project)
    assert run("status", project).err == ""


def test_of_what_is_gone_each_is_let_go_by_itself(run: Run, project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    walked(project, TOOL, "二番の答え")
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer("q 終了", "-")
        for answer in ("一番の答え", "二番の答え"):
            told = at.until("もう示さない / Enter 残す")
            assert "いまのファイルにないもの:" in told
            assert answer in told
            at.enter("y" if answer == "一番の答え" else "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest()
    assert "二番の答え" in end
    assert "一番の答え" not in end


def test_r_writes_over_nothing_that_was_answered_since(run: Run, project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    walked(project, TOOL, "二番の答え")
    project.write_bytes(older)
    run("answer", project, TOOL, "in-progress", "--note", "佐藤のメモ", "--by", "佐藤")
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "1件（適切な目的の設定:実施済）を元どおりに" in wholly(at.until(ON))
        at.answer("q 終了", "r")
        at.answer("元どおりに記録し直しました", "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest()
    assert f"{TOOL} done --note '二番の答え'" in end
    assert "佐藤が記録した「対応中」を置き換えます" in wholly(end)
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    assert [answers[id]["note"] for id in (PURPOSE, TOOL)] == ["一番の答え", "佐藤のメモ"]


def test_what_the_command_undo_took_back_is_remembered_as_taken_back(
    run: Run, project: Path
) -> None:
    oldest = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    run("answer", project, TOOL, "done", "--note", "二番の答え")
    older = project.read_bytes()
    run("undo", project)
    for file, lacking in (
        (oldest, f"1件（{title(run, project, PURPOSE)}:実施済）"),
        (older, "未着手に戻したこと（いまは実施済））"),
    ):
        project.write_bytes(file)
        with running("check", project, "--phase", "planning") as (at, walk):
            assert lacking in wholly(at.until(ON))
            walk.kill()


def test_what_an_older_file_lacks_is_told_before_what_was_cut_off(project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    with running("check", project, "--at", TOOL) as (at, walk):
        at.answer(KEYS, "m")
        at.until("メモ（")
        at.interrupt("途中まで")
        assert walk.wait(PATIENCE) == 130
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "あなたが前に記録した" in at.until(ON)
        at.enter("r")
        at.answer("元どおりに記録し直しました", "")
        assert "途中まで" in at.until("もう示さない")
        walk.kill()


@pytest.mark.parametrize("name", ["佐藤", "試験担当"])
def test_what_was_answered_since_is_known_by_the_history_and_not_by_the_clock(
    run: Run, project: Path, name: str
) -> None:
    """The clock of another computer may be minutes behind."""
    older = project.read_bytes()
    run("answer", project, PURPOSE, "exception", *EXCEPTED)
    project.write_bytes(older)
    run("answer", project, PURPOSE, "in-progress", "--note", "これから", "--by", name)
    for _ in range(2):
        with running("check", project, "--at", PURPOSE) as (at, walk):
            assert "r 元どおり" not in at.until(ON)
            at.enter("")
            assert "ファイルから消えた別の回答もあります" in wholly(at.until("──"))
            at.answer(KEYS, "q")
            assert walk.wait(PATIENCE) == 2
            said = wholly(at.rest())
            assert "--approver'建設局長'" in said
            assert f"{name}が記録した「対応中」を置き換えます" in said
            assert "消えた回答:例外承認" in said
            assert "ファイルに入っていない回答が1件" in said


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("status", ()),
        ("report", ("-o", "report.md")),
        ("answer", (TOOL, "done", "--note", "企画書")),
    ],
)
def test_other_commands_say_that_answers_are_lacking_until_they_are_recorded(
    run: Run, project: Path, command: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)

    def warned() -> bool:
        said = wholly(run(command, project, *more).err)
        return "あなたが記録した1件が、このファイルにありません" in said

    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    newer = project.read_bytes()
    project.write_bytes(older)
    assert warned()
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "q")
        assert walk.wait(PATIENCE) == 2
    assert warned()
    project.write_bytes(newer)
    assert not warned()


def test_what_gives_it_back_is_signed_by_who_recorded_it(run: Run, project: Path) -> None:
    """Where a name was given by an option, a command without it would record another one."""
    older, by = project.read_bytes(), ("--by", "鈴木")
    answer = ("answer", project, PURPOSE, "done", "--note", "一番の答え", *by)
    assert run(*answer).code == 0
    project.write_bytes(older)
    said = run("answer", project, TOOL, "done", "--note", "企画書", *by).err
    assert "--by'鈴木'" in wholly(said)
    with running("check", project, "--phase", "planning", *by) as (at, walk):
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest()
    (command,) = [one for one in end.splitlines() if one.startswith("    aiguide answer")]
    assert run(*shlex.split(command)[1:]).code == 0
    assert json.loads(project.read_text("utf-8"))["answers"][PURPOSE]["by"] == "鈴木"


def test_what_was_given_anew_by_commands_is_lacking_no_more(run: Run, project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    project.write_bytes(older)
    said = run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    assert (said.code, said.err) == (0, "")
    assert is_silent(project)


def test_what_commands_recorded_since_the_last_walk_is_lacking_too(run: Run, project: Path) -> None:
    older = project.read_bytes()
    run("set", project, "--cell", "citizen.personalized", "--condition", "personal_data=yes")
    run("answer", project, TOOL, "done", "--note", "企画書の3章")
    project.write_bytes(older)
    assert "あなたが記録した3件が" in wholly(run("status", project).err)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "q")
        assert walk.wait(PATIENCE) == 2
        told = at.rest()
    assert "--cell citizen.personalized" in told
    assert "--condition personal_data=yes" in told
    for line in told.splitlines():
        if line.startswith("    aiguide ") and LOST in told.partition(line)[0]:
            assert run(*shlex.split(line)[1:]).code == 0
    assert run("status", project).err == ""
    assert is_silent(project)


def test_what_a_colleague_said_since_is_told_of_until_it_holds_all_that_was_lost(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    run("set", project, "--owner", "資源循環課")
    project.write_bytes(older)
    run(
        "answer",
        project,
        PURPOSE,
        "done",
        "--note",
        "佐藤が、一番の答えを書き直した",
        "--by",
        "佐藤",
    )
    run("set", project, "--owner", "別の課", "--by", "佐藤")
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "あなたが前に記録した1件（案件の情報（担当））が" in wholly(at.until(ON))
        at.enter("q")
        assert walk.wait(PATIENCE) == 2
        assert "--owner '資源循環課'" in at.rest()
    run("set", project, "--owner", "資源循環課")
    assert is_silent(project)


def test_what_was_answered_anew_is_added_to_and_told_until_it_is(run: Run, project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "責任者は課長")
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "")
        assert "次の「適切な目的の設定」の回答（実施済）は、" in wholly(at.until("──"))
        say_done(at, "責任者は部長")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "あなたが答え直した1件（適切な目的の設定:実施済）には" in wholly(at.until(ON))
        at.enter("q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest()
    assert "--note '責任者は部長 / 責任者は課長'" in end
    (command,) = [one for one in end.splitlines() if one.startswith("    aiguide answer")]
    assert run(*shlex.split(command)[1:]).code == 0
    assert is_silent(project)


@pytest.mark.parametrize("when", ["in a walk", "between walks"])
def test_what_was_given_anew_and_is_lost_too_is_given_back_before_what_was_lost_first(
    run: Run, project: Path, when: str
) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "責任者は課長")
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "")
        say_done(at, "責任者は部長")
        at.until(KEYS)
        project.write_bytes(older)
        if when == "between walks":
            at.enter("q")
            assert walk.wait(PATIENCE) == 2
            end = at.rest()
            assert "done --note '責任者は部長'" in end
            assert "その前に消えた回答:実施済メモ:責任者は課長" in wholly(end)
        else:
            at.enter("s")
            at.answer(ON, "r")
            assert "あなたが答え直した1件（適切な目的の設定:実施済）には" in wholly(at.until(ON))
            assert "- もう示さない" in at.until(": ")
            at.enter("")
            at.answer(KEYS, "q")
            assert walk.wait(PATIENCE) == 2
            end = at.rest()
    if when == "between walks":
        with running("check", project, "--phase", "planning") as (at, walk):
            at.answer(ON, "r")
            said = wholly(at.until(ON))
            assert "1件（適切な目的の設定:実施済）を、元どおりに記録し直しました" in said
            assert "あなたが答え直した1件（適切な目的の設定:実施済）には" in said
            at.enter("q")
            assert walk.wait(PATIENCE) == 2
            end = at.rest()
    (command,) = [one for one in end.splitlines() if one.startswith("    aiguide answer")]
    assert run(*shlex.split(command)[1:]).code == 0
    (answer,) = json.loads(project.read_text(encoding="utf-8"))["answers"].values()
    assert answer["note"] == "責任者は部長 / 責任者は課長"
    assert is_silent(project)


def test_what_a_colleague_said_in_place_of_the_very_same_is_not_called_lost(
    run: Run, project: Path
) -> None:
    """It was recorded again, in another file than the one that was there in between."""
    older = project.read_bytes()
    run("answer", project, PURPOSE, "in-progress", "--note", "私の案")
    first = project.read_bytes()
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "r")
        at.answer(ON, "")
        at.until(KEYS)
        again = project.read_bytes()
        project.write_bytes(first)
        at.enter("s")
        at.until(KEYS)
        project.write_bytes(again)
        run("answer", project, PURPOSE, "done", "--note", "別の案", "--by", "佐々木")
        at.enter("s")
        said = wholly(at.until("Enter で"))
        assert "ほかの人が" in said
        assert "消えています" not in said
        at.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert "このファイルにありません" not in wholly(run("status", project).err)


def test_what_an_older_file_hid_is_lacking_in_one_that_comes_between(
    run: Run, project: Path
) -> None:
    """It stood as before there, for a while: so it was not lacking, and is not settled."""
    run("answer", project, PURPOSE, "done", "--note", "甲")
    first = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "乙")
    second = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "甲")
    project.write_bytes(first)
    assert is_silent(project)
    run("answer", project, TOOL, "done", "--note", "比べた")
    project.write_bytes(second)
    assert "あなたが記録した2件が" in wholly(run("status", project).err)


def test_of_one_step_on_two_facts_the_one_that_was_not_changed_later_is_lacking_too(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    run("set", project, "--owner", "資源循環課", "--phase", "design")
    run("set", project, "--owner", "総務課")
    project.write_bytes(older)
    assert "あなたが記録した2件が" in wholly(run("status", project).err)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "r")
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    facts = json.loads(project.read_text(encoding="utf-8"))["project"]
    assert (facts["owner"], facts["phase"]) == ("総務課", "design")


def test_r_does_not_replace_what_a_colleague_said_in_another_file_before(
    run: Run, project: Path
) -> None:
    """I had seen that file, and then answered in an older one, which lacked it."""
    older = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "佐々木の手順", "--by", "佐々木")
    run("answer", project, TOOL, "in-progress", "--note", "比べている")
    newer = project.read_bytes()
    project.write_bytes(older)
    run("answer", project, PURPOSE, "in-progress", "--note", "検討中")
    project.write_bytes(newer)
    with running("check", project, "--phase", "planning") as (at, walk):
        said = wholly(at.until(ON))
        assert "1件（適切な目的の設定:対応中）は、別の内容が記録されているので" in said
        assert "/r元どおりに" not in said
        at.enter("q")
        assert walk.wait(PATIENCE) == 2
        end = wholly(at.rest())
    assert "佐々木が記録した「実施済」を置き換えます" in end
    assert "いまの回答:実施済メモ:佐々木の手順" in end


def test_an_undo_that_left_an_earlier_answer_is_named_by_that(run: Run, project: Path) -> None:
    older = project.read_bytes()
    for note in ("一回目の案", "二回目の案"):
        run("answer", project, PURPOSE, "in-progress", "--note", note)
    run("undo", project)
    project.write_bytes(older)
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.answer(ON, "")
        assert "次の「適切な目的の設定」の回答（対応中）は、" in wholly(at.until(KEYS))
        at.answer(": ", "r")
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    (answer,) = json.loads(project.read_text(encoding="utf-8"))["answers"].values()
    assert answer["note"] == "一回目の案"


def test_of_what_others_lose_it_is_not_said_that_it_is_told_again(run: Run, project: Path) -> None:
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.until(KEYS)
        older = project.read_bytes()
        run("answer", project, TOOL, "done", "--note", "比べた", "--by", "佐々木")
        at.enter("s")
        at.until(KEYS)
        project.write_bytes(older)
        at.enter("s")
        assert "記録されていた1件（佐々木:" in wholly(at.until(ON))
        assert "次回も" not in at.until(": ")
        at.enter("q")
        assert walk.wait(PATIENCE) == 0


def test_r_gives_back_at_the_end_of_the_walk_too(run: Run, project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    project.write_bytes(older)
    count = len(run("check", project, "--phase", "planning", "--format", "json").json["items"])
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "")
        for _ in range(count):
            at.answer(KEYS, "s")
        at.answer("r 記録し直す / 番号", "r")
        at.answer("元どおりに記録し直しました", "")
        assert "r 記録し直す" not in at.until("番号や題名でその項目へ")
        at.enter("")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_what_is_lost_of_one_item_does_not_hinder_that_another_is_given_back(
    run: Run, project: Path
) -> None:
    """What came after the first was lost came before the second was."""
    older = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    project.write_bytes(older)
    run("answer", project, TOOL, "in-progress", "--note", "比べている")
    between = project.read_bytes()
    run("answer", project, TOOL, "done", "--note", "比べた")
    project.write_bytes(between)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "r")
        assert "2件（" in wholly(at.until(ON))
        at.enter("")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    assert [answers[id]["note"] for id in (PURPOSE, TOOL)] == ["一番の答え", "比べた"]


def test_what_was_given_anew_and_put_back_once_more_is_told_but_once(
    run: Run, project: Path
) -> None:
    """What the later word says as well is not lacking once that is given back."""
    older = project.read_bytes()
    run("answer", project, PURPOSE, "in-progress", "--note", "責任者は課長")
    project.write_bytes(older)
    run("answer", project, PURPOSE, "done", "--note", "責任者は課長、期限は三月")
    project.write_bytes(older)
    assert "あなたが記録した1件が" in wholly(run("status", project).err)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "r")
        assert "あなたが答え直した" not in wholly(at.until(ON))
        at.enter("")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_r_says_so_where_the_newer_file_is_back_meanwhile(project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    newer = project.read_bytes()
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.until("q 終了")
        project.write_bytes(newer)
        at.enter("r")
        assert "いまのファイルには、あなたの記録が入っています" in wholly(at.until(ON))
        at.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert project.read_bytes() == newer


def test_what_was_recorded_in_a_walk_that_was_killed_is_remembered(run: Run, project: Path) -> None:
    older = project.read_bytes()
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at, "一番の答え")
        at.until(KEYS)
        walk.kill()
    project.write_bytes(older)
    assert "あなたが記録した1件が" in wholly(run("status", project).err)


def test_of_two_commands_for_one_item_the_second_says_not_to_run_both(project: Path) -> None:
    older = project.read_bytes()
    walked(project, TOOL, "三社を比較")
    project.write_bytes(older)
    with running("check", project, "--at", TOOL) as (at, walk):
        at.answer(ON, "")
        at.answer(KEYS, "p")
        at.answer("メモ（", "書きかけのメモ")
        at.until("担当: ")
        at.interrupt()
        assert walk.wait(PATIENCE) == 130
        end = wholly(at.rest())
    assert "--note'三社を比較'（上に示した入力と同じ項目です" in end


def test_an_undo_after_it_was_given_back_is_lacking_in_the_file_that_came_first(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    run("answer", project, PURPOSE, "exception", *EXCEPTED)
    full = project.read_bytes()
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer("q 終了", "r")
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert run("undo", project, "--yes").code == 0
    project.write_bytes(full)
    assert "あなたが記録した1件が" in wholly(run("status", project).err)
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.answer("q 終了", "")
        at.until("回答を取り消した（未着手に戻した）ことが")
        at.answer(KEYS, "r")
        at.answer(ON, "q")
        assert walk.wait(PATIENCE) == 0
    assert json.loads(project.read_text("utf-8"))["answers"][PURPOSE]["status"] == "open"
    assert is_silent(project)


@pytest.mark.parametrize("when", ["between walks", "in an open walk"])
def test_what_was_answered_after_it_was_given_back_is_the_later_one(
    run: Run, project: Path, when: str
) -> None:
    older = project.read_bytes()
    run("answer", project, PURPOSE, "in-progress", "--note", "比較中")
    full = project.read_bytes()
    project.write_bytes(older)
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.answer("q 終了", "r")
        at.answer(ON, "")
        say_done(at, "終わった")
        at.until(KEYS)
        if when == "in an open walk":
            project.write_bytes(full)
            at.answer(": ", "s")
            said = wholly(at.until("q 終了"))
            assert "適切な目的の設定:実施済" in said
            assert "その間に" not in said
            at.enter("r")
            at.answer(ON, "")
            at.until(KEYS)
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0
    if when == "between walks":
        project.write_bytes(full)
        with running("check", project, "--phase", "planning") as (at, walk):
            at.answer("r 元どおり", "r")
            at.answer(ON, "q")
            assert walk.wait(PATIENCE) == 0
    stands = json.loads(project.read_text("utf-8"))["answers"][PURPOSE]
    assert (stands["status"], stands["note"]) == ("done", "終わった")
    assert is_silent(project)


def test_what_the_walk_took_back_is_not_given_back_as_of_before(project: Path) -> None:
    older = project.read_bytes()
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at, "一番の答え")
        at.answer(KEYS, PURPOSE)
        at.answer(KEYS, "u")
        at.until("Enter で戻る")
        project.write_bytes(older)
        at.answer(": ", "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_who_leaves_at_what_was_cut_off_is_given_the_commands_for_what_is_gone(
    project: Path,
) -> None:
    older = project.read_bytes()
    walked(project, TOOL, "三社を比較")
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.answer(KEYS, "d")
        at.until("メモ（")
        at.interrupt("書きかけ")
        assert walk.wait(PATIENCE) == 130
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer("r 元どおり", "")
        at.answer("Enter で先へ", "q")
        assert walk.wait(PATIENCE) == 2
        assert "--note '三社を比較'" in at.rest()


def test_an_answer_after_an_undo_that_was_never_left_is_the_later_one(project: Path) -> None:
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.until(KEYS)
        older = project.read_bytes()
        at.answer(": ", "d")
        at.answer("メモ（", "先の答え")
        at.answer("証拠（", "")
        at.answer(KEYS, "u")
        at.until("u でもう一つ")
        undone = project.read_bytes()
        project.write_bytes(older)
        at.answer(": ", "")
        at.answer(KEYS, PURPOSE)
        say_done(at, "後の答え")
        at.until(KEYS)
        project.write_bytes(undone)
        at.answer(": ", "s")
        said = wholly(at.until("r 元どおり"))
        assert "適切な目的の設定:実施済" in said
        assert "その間に" not in said
        at.answer(": ", "r")
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert json.loads(project.read_text("utf-8"))["answers"][PURPOSE]["note"] == "後の答え"


@pytest.mark.parametrize("when", ["between walks", "in an open walk"])
def test_what_was_taken_back_is_not_offered_once_the_file_that_says_so_is_back(
    run: Run, project: Path, when: str
) -> None:
    older = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    full = project.read_bytes()
    project.write_bytes(older)
    with running("check", project, "--at", TOOL) as (at, walk):
        at.answer("q 終了", "r")
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    run("undo", project, "--yes")
    undone = project.read_bytes()
    with running("check", project, "--at", TOOL) as (at, walk):
        at.until(KEYS)
        project.write_bytes(full)
        at.answer(": ", "s")
        at.until("適切な目的の設定: 未着手")
        at.answer(ON, "")
        at.until(KEYS)
        if when == "in an open walk":
            project.write_bytes(undone)
            at.answer(": ", "s")
            assert "消えています" not in at.until(KEYS)
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == (0 if when == "in an open walk" else 2)
    project.write_bytes(undone)
    assert run("status", project).err == ""
    assert is_silent(project)


def test_r_says_what_it_leaves(run: Run, project: Path) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "責任者は課長")
    walked(project, TOOL, "比べた")
    project.write_bytes(older)
    run("answer", project, PURPOSE, "done", "--note", "責任者は部長")
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer("q 終了", "r")
        said = wholly(at.until(ON))
        assert "1件（利用するAIの効果的な選定:実施済）を、元どおりに" in said
        assert "あなたが答え直した1件（適切な目的の設定:実施済）には" in said
        walk.kill()


def another_project(run: Run, project: Path) -> None:
    project.unlink()
    said = ("--condition", "generative_ai=yes", "--condition", "external_vendor=no")
    run("init", project, "--name", "別の案件", "--cell", "citizen.information", *said)
    settle(run, project)


def another_branch(_: Run, project: Path) -> None:
    git(project.parent, "commit", "-qam", "answered")
    git(project.parent, "checkout", "-q", "-b", "other", "HEAD~1")


def damaged(_: Run, project: Path) -> None:
    (kept,) = (project.parent / "own").rglob("remembered/*")
    parts: tuple[object, ...] = ([], [[]], [[["answers", "x"], {"hash": "x"}]], {"x": 1}, 7)
    lost: dict[str, object] = {"words": [], "known": []}
    texts = (json.dumps({"stood": {"words": one, "known": []}, "lost": lost}) for one in parts)
    for text in ("[]", '{"stood": 1}', "[" * 99_999, "", *texts):
        kept.write_text(text, encoding="utf-8")
        assert is_silent(project), text[:40]


@pytest.mark.parametrize("become", [another_project, another_branch, damaged])
def test_nothing_is_said_to_be_lacking_where_nothing_was_lost(
    run: Run, project: Path, become: Callable[[Run, Path], None]
) -> None:
    git(project.parent, "init", "-q")
    git(project.parent, "add", project.name)
    git(project.parent, "commit", "-qm", "begun")
    walked(project, PURPOSE, "一番の答え")
    become(run, project)
    assert is_silent(project)


def test_what_a_killed_command_left_beside_what_is_remembered_is_swept(
    run: Run, project: Path, own: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    (kept,) = own.rglob("remembered/*")
    kept.with_name(f".{kept.name}.0123abcd.tmp").write_text("{", encoding="utf-8")
    run("answer", project, TOOL, "done", "--note", "二番の答え")
    assert [*own.rglob("remembered/*")] == [kept]


@pytest.mark.parametrize(
    ("part", "changes", "count"),
    [
        (["answers", PURPOSE], {}, 1),
        (["answers", PURPOSE], {"by": "別の人"}, 0),
        (["answers", PURPOSE], {"hash": "0" * 64}, 0),
        (["answers", PURPOSE], {"kind": "changed", "after": {"status": 5}}, 0),
        (["answers", PURPOSE], {"kind": "classified"}, 0),
        (["answers", PURPOSE], {"at": 5}, 0),
        (["answers", PURPOSE], {"after": {"status": "done", "note": 5}}, 0),
        (["answers", PURPOSE], {"after": {"status": "done", "unknown": "x"}}, 0),
        (["answers", PURPOSE], {"after": {"status": "finished"}}, 0),
        (["answers", TOOL], {}, 0),
        (["answers"], {"subject": []}, 0),
        (["project", "owner"], {"subject": "project", "after": {"owner": 5}}, 0),
        (["project", "ai"], {"subject": "project", "after": {"ai": [{"name": "x"}]}}, 0),
        (["classification"], {"subject": "classification", "after": {"cells": [5]}}, 0),
    ],
)
def test_a_remembered_step_counts_only_as_it_could_have_been_recorded(
    run: Run, project: Path, own: Path, part: list[str], changes: dict[str, object], count: int
) -> None:
    """Whoever writes into their own copy may make the hash fit."""
    older = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    project.write_bytes(older)
    (kept,) = own.rglob("remembered/*")
    data = json.loads(kept.read_text(encoding="utf-8"))
    _, step, past = data["stood"][-1]
    step |= changes
    step["hash"] = changes.get("hash") or entry_hash(read_entry(step))
    data |= {"stood": [[part, step, past]], "seen": [5, *data["seen"]]}
    kept.write_text(json.dumps(data), encoding="utf-8")
    said = run("status", project)
    assert said.code == 0
    assert ("あなたが記録した1件" in wholly(said.err)) == bool(count)
    assert (said.err == "") == (not count)


@pytest.mark.parametrize("leave", ["close", "\x04"])
def test_what_is_lacking_is_told_again_to_who_leaves_before_reading_it(
    project: Path, leave: str
) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    project.write_bytes(older)
    with running("check", project, "--phase", "planning") as (at, walk):
        at.until("あなたが前に記録した")
        at.until(ON)
        at.until(": ")
        at.close() if leave == "close" else at.send(leave)
        assert walk.wait(PATIENCE) == 130
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "あなたが前に記録した" in at.until(ON)
        at.answer(": ", "")
        at.until(KEYS)
        walk.kill()


def test_of_a_newer_file_that_is_back_nothing_is_lacking(project: Path) -> None:
    older = project.read_bytes()
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at, "一番の答え")
        at.until(KEYS)
        newer = project.read_bytes()
        project.write_bytes(older)
        at.answer(": ", PURPOSE)
        at.answer(ON, "")
        at.until(KEYS)
        project.write_bytes(newer)
        at.answer(": ", PURPOSE)
        at.answer(KEYS, "m")
        assert "ファイルに入っていない" not in at.until("[一番の答え]")
        at.answer(": ", "書き直した")
        at.until("保存しました")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
        assert LOST not in at.rest()


def test_what_an_older_file_takes_of_the_facts_is_told_too(run: Run, project: Path) -> None:
    older = project.read_bytes()
    assert run("set", project, "--owner", "資源循環課").code == 0
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.until(KEYS)
        project.write_bytes(older)
        at.answer(": ", "i")
        at.answer("Enter で戻る", "")
        assert "あなたが記録した1件（案件の情報（担当））が" in wholly(at.until(ON))
        at.enter("q")
        assert walk.wait(PATIENCE) == 2
        assert "--owner '資源循環課'" in at.rest()


def test_a_text_that_the_terminal_cannot_show_is_a_blank_in_its_command(
    run: Run, project: Path
) -> None:
    """What stands in for a letter would be recorded in its place."""
    older = project.read_bytes()
    assert run("set", project, "--owner", "担当😀").code == 0
    project.write_bytes(older)
    spoken = {"encoding": "cp932", "PYTHONIOENCODING": "cp932"}
    with running("check", project, "--phase", "planning", **spoken) as (at, walk):
        at.answer("q 終了", "q")
        assert walk.wait(PATIENCE) == 2
        assert "--owner ...\n" in at.rest().replace("\r", "")
    with running("check", project, "--phase", "planning", **spoken) as (at, walk):
        at.answer("q 終了", "r")
        at.answer(ON, "q")
        assert walk.wait(PATIENCE) == 0
    assert json.loads(project.read_text(encoding="utf-8"))["project"]["owner"] == "担当😀"


def test_of_two_own_steps_that_an_older_file_lacks_the_later_is_given_back(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at, "先の答え")
        at.until(KEYS)
        run("answer", project, PURPOSE, "done", "--note", "後の答え")
        at.answer(": ", PURPOSE)
        at.answer(ON, "")
        at.until(KEYS)
        project.write_bytes(older)
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 2
        said = at.rest().partition(LOST)[2]
    assert "--note '後の答え'" in said
    assert "先の答え" not in said


def test_what_an_older_file_takes_of_an_earlier_walk_is_given_back_too(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    walked(project, PURPOSE, "一番の答え")
    with running("check", project, "--at", TOOL) as (at, walk):
        say_done(at, "二番の答え")
        at.until(KEYS)
        project.write_bytes(older)
        at.answer(": ", "s")
        assert "あなたが記録した2件（" in wholly(at.until(ON))
        at.enter("q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest().partition(LOST)[2].splitlines()
    for line in end:
        if line.startswith("    aiguide "):
            assert run(*shlex.split(line)[1:]).code == 0
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    assert [answers[id]["note"] for id in (PURPOSE, TOOL)] == ["一番の答え", "二番の答え"]


def test_a_step_taken_back_that_an_older_file_lacks_is_told_until_it_is_recorded(
    run: Run, project: Path
) -> None:
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at, "一番の答え")
        at.until(KEYS)
        older = project.read_bytes()
        at.answer(": ", "u")
        at.answer("その項目へ", "")
        at.until(KEYS)
        project.write_bytes(older)
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 2
        (told,) = [one for one in at.rest().splitlines() if one.startswith("    aiguide answer")]
    with running("check", project, "--phase", "planning") as (at, walk):
        at.until("未着手に戻したこと（いまは")
        at.answer(ON, "q")
        assert walk.wait(PATIENCE) == 2
    assert run(*shlex.split(told)[1:]).code == 0
    assert is_silent(project)


def test_evidence_that_was_taken_off_is_taken_off_by_the_command_too(
    run: Run, project: Path
) -> None:
    for name in ("甲.txt", "乙.txt"):
        project.with_name(name).write_text(name, encoding="utf-8")
    say = ("answer", project, PURPOSE, "done", "--evidence")
    run(*say, "甲.txt")
    older = project.read_bytes()
    run(*say, "", "--evidence", "乙.txt")
    project.write_bytes(older)
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.answer(ON, "q")
        assert walk.wait(PATIENCE) == 2
        assert "--evidence '' --evidence '乙.txt'" in at.rest()


@pytest.mark.parametrize("how", ["undo", "open"])
def test_that_an_answer_was_taken_back_is_lacking_only_where_one_of_ones_own_is_there_again(
    run: Run, project: Path, how: str
) -> None:
    empty = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "甲")
    with_it = project.read_bytes()
    given = ("undo", project) if how == "undo" else ("answer", project, PURPOSE, "open", "--note=")
    assert run(*given).code == 0
    project.write_bytes(empty)
    assert is_silent(project), "nothing is there, as it was left"
    run("answer", project, PURPOSE, "done", "--note", "乙", "--by", "佐々木")
    assert run("status", project).err == ""
    assert is_silent(project), "it is the colleague's"
    project.write_bytes(with_it)
    with running("check", project, "--phase", "planning") as (at, walk):
        said = wholly(at.until(ON))
        assert "適切な目的の設定:未着手に戻したこと（いまは実施済）" in said
        at.answer(": ", "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
        assert "いまの回答:実施済メモ:甲" in wholly(at.rest())


def test_of_a_lost_answer_what_one_has_seen_again_and_typed_over_is_not_added(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "旧いメモ")
    older = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--assignee", "西村")
    project.write_bytes(older)
    run("answer", project, PURPOSE, "done", "--note", "新しいメモ")
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest()
    (told,) = [one for one in end.splitlines() if one.startswith("    aiguide answer")]
    assert "--note" not in told
    assert run(*shlex.split(told)[1:]).code == 0
    answer = json.loads(project.read_text("utf-8"))["answers"][PURPOSE]
    assert (answer["note"], answer["assignee"]) == ("新しいメモ", "西村")
    assert is_silent(project)


def test_r_says_what_a_newer_file_has_brought_back_and_what_that_lacks(
    run: Run, project: Path
) -> None:
    empty = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "一番の答え")
    run("answer", project, TOOL, "done", "--note", "比べた表")
    newer = project.read_bytes()
    run("undo", project)
    project.write_bytes(empty)
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "1件（適切な目的の設定:実施済）" in wholly(at.until("q 終了"))
        project.write_bytes(newer)
        at.answer(": ", "r")
        said = wholly(at.until("q 終了"))
        assert "1件（適切な目的の設定:実施済）は、元に戻されていて" in said
        assert "1件（利用するAIの効果的な選定:未着手に戻したこと（いまは実施済））が" in said
        at.answer(": ", "r")
        assert "選定:未着手）を、元どおりに記録し直しました" in wholly(at.until(ON))
        walk.kill()


def test_the_command_undo_says_that_the_file_is_an_older_one_before_it_takes_anything_back(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "前の答え")
    older = project.read_bytes()
    run("answer", project, TOOL, "done", "--note", "取り消したい答え")
    project.write_bytes(older)
    with running("undo", project) as (at, walk):
        told = wholly(at.until("Enter やめる"))
        assert "あなたの記録のうち1件が、このファイルにありません" in told
        assert "前の答え" in told
        at.enter("")
        assert walk.wait(PATIENCE) == 0
    assert project.read_bytes() == older
    ran = run("undo", project)  # in a script
    assert ran.code == 0
    assert "あなたが記録した1件が、このファイルにありません" in wholly(ran.err)


@pytest.mark.parametrize("by_command", [False, True])
def test_what_others_had_recorded_is_told_once_to_whoever_opens_an_older_file(
    run: Run, project: Path, by_command: bool
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "一回目の案")
    older = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "佐々木の確定版", "--by", "佐々木")
    with running("check", project, "--at", TOOL) as (at, walk):
        at.answer(ON, "")  # what the colleague has changed
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    project.write_bytes(older)
    if by_command:
        run("answer", project, RISK, "done", "--note", "別の項目")
    with running("check", project, "--phase", "planning") as (at, walk):
        said = wholly(at.until(ON))
        assert "記録されていた1件（佐々木:適切な目的の設定）が、ファイルから消えています" in said
        at.answer(": ", "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert is_silent(project)


def test_what_others_have_said_since_is_not_told_as_gone(run: Run, project: Path) -> None:
    older = project.read_bytes()
    run("answer", project, PURPOSE, "done", "--note", "前の版", "--by", "佐々木")
    with running("check", project, "--at", TOOL) as (at, walk):
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    project.write_bytes(older)
    run("answer", project, PURPOSE, "done", "--note", "記録し直した版", "--by", "佐々木")
    assert is_silent(project)


@pytest.mark.parametrize(
    "others",
    [
        5,
        None,
        "abc",
        [[]],
        [[[], "x", "h"]],
        [[["answers", "nope"], "\x1b[2J", "h"]],
        [[5, "x", 1]],
    ],
)
def test_what_somebody_has_written_into_what_others_recorded_ends_in_no_bug(
    project: Path, own: Path, others: object
) -> None:
    walked(project, PURPOSE, "一番の答え")
    (file,) = own.rglob("remembered/*")
    kept = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(kept | {"others": others}), encoding="utf-8")
    with running("check", project, "--at", PURPOSE) as (at, walk):
        said = at.until("終了")
        at.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert "\x1b[2J" not in said
