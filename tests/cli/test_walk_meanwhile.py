"""A walk while somebody else works on the same project, or while the folder takes nothing."""

import json
import shlex
import time
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.conftest import Run
from tests.terminal import PATIENCE, Terminal, running, wholly

A_MOMENT = 0.5  # seconds
KEYS, SURE, PAUSE, ON = "[q]終了", "Enter やめる", "Enter で戻る", "Enter で先へ"
PURPOSE, TOOL = "planning.purpose", "planning.tool-selection"
ELSEWHERE = "planning.risk-assessment"
UNSAID = (
    *("personal_data", "confidential_data", "automated_decision", "evaluates_persons"),
    *("training_or_tuning", "custom_tool"),
)


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered but the first."""
    conditions = [arg for id in UNSAID[1:] for arg in ("--condition", f"{id}=no")]
    assert run("set", project, *conditions).code == 0
    return project


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("sure", "stands"), [("y", True), ("", False)])
def test_a_condition_that_a_colleague_answered_meanwhile_is_not_replaced_unasked(
    run: Run, project: Path, sure: str, stands: bool
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.until("q 終了")
        run("set", project, "--condition", "personal_data=no", "--by", "佐藤")
        terminal.enter("y")
        told = wholly(terminal.until(SURE))
        assert "佐藤が「いいえ」と答えていました" in told
        assert "これを「はい」に変えますか" in told
        assert manifest(project)["project"]["conditions"]["personal_data"] is False
        terminal.enter(sure)
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    data = manifest(project)
    assert data["project"]["conditions"]["personal_data"] is stands
    assert [one["by"] for one in data["history"][2:]] == ["佐藤", *(["試験担当"] if stands else [])]


def test_a_condition_that_a_colleague_answered_alike_is_said_to_be(run: Run, project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.until("q 終了")
        run("set", project, "--condition", "personal_data=no", "--by", "佐藤")
        terminal.enter("n")
        assert "佐藤が同じ答え（いいえ）を記録していました" in wholly(terminal.until(KEYS))
        walk.kill()
    assert len(manifest(project)["history"]) == 3


def past_the_condition(terminal: Terminal, answer: str = "n") -> None:
    terminal.answer("q 終了", answer)
    terminal.until(KEYS)


def test_what_a_colleague_answered_is_shown_when_the_item_is(run: Run, project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.enter("s")
        terminal.until(KEYS)
        run("answer", project, PURPOSE, "done", "--note", "別紙のとおり", "--by", "佐藤")
        terminal.enter("b")
        shown = terminal.until(KEYS)
        assert "別紙のとおり" in shown
        assert "佐藤" in shown
        assert "必須 1/" in shown
        walk.kill()


def test_who_took_my_answer_back_is_told_and_the_end_counts_what_stands(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.enter("d")
        terminal.answer("メモ（", "企画書")
        terminal.answer("証拠（", "")
        assert "必須 1/" in terminal.until(KEYS)
        assert run("undo", project, "--by", "佐藤", "--yes").code == 0
        run("answer", project, ELSEWHERE, "in-progress", "--note", "調査中", "--by", "佐藤")
        terminal.enter("q")
        end = wholly(terminal.until("report.pdf"))
        assert "その間に、ほかの人が次の記録をしました" in end
        assert "佐藤:取り消し適切な目的の設定実施済→未着手" in end
        assert "調査中" not in end
        assert "必須0/" in end
        assert walk.wait(PATIENCE) == 0


def test_a_condition_that_a_colleague_changes_during_the_walk_is_told_with_what_is_asked_now(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.until("1/")
        before = int(terminal.until(":"))
        terminal.enter("2")
        assert "利用するAIの効果的な選定" in terminal.until(KEYS)
        terminal.until("2/")
        run("set", project, "--condition", "personal_data=yes", "--by", "佐藤")
        terminal.enter("i")
        terminal.answer(PAUSE, "")
        told = wholly(terminal.until(PAUSE))
        assert "佐藤:情報の変更案件の情報個人情報を扱う:いいえ→はい" in told
        terminal.enter("")
        assert "利用するAIの効果的な選定" in terminal.until(KEYS)
        terminal.until("/")
        assert int(terminal.until(":")) > before
        walk.kill()


def test_what_i_said_later_is_not_told_as_a_colleagues(run: Run, project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.enter("m")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "別紙", "--by", "佐藤")
        run("answer", project, ELSEWHERE, "done", "--note", "x", "--by", "佐藤")
        terminal.enter("追記")
        assert "佐藤" in terminal.until(SURE)
        terminal.enter("y")
        assert "次の記録をしました" not in terminal.until(KEYS)
        walk.kill()


def closed(project: Path) -> Path:
    """Let nothing be saved any more: where the lock goes there is a folder."""
    lock = project.with_name(f".{project.name}.lock")
    lock.mkdir()
    return lock


def test_what_cannot_be_saved_is_kept_offered_again_and_told_at_the_end(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        lock = closed(project)
        terminal.enter("m")
        terminal.answer("メモ（", "消えてはならない")
        assert "使えません" in wholly(terminal.until(PAUSE))
        terminal.enter("")
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        assert "消えてはならない" in terminal.until("]: ")
        terminal.enter("")
        terminal.answer(PAUSE, "q")
        end = terminal.until("ファイルに入っていない回答が 1 件")
        assert "すべて保存されています" not in end
        terminal.until("aiguide ")
        command = terminal.until("\n")
        assert walk.wait(PATIENCE) == 2
    lock.rmdir()
    assert run(*shlex.split(command)).code == 0
    answer = manifest(project)["answers"][PURPOSE]
    assert (answer["status"], answer["note"]) == ("in-progress", "消えてはならない")


def test_what_can_be_saved_the_second_time_is_lost_no_more(project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        lock = closed(project)
        terminal.enter("m")
        terminal.answer("メモ（", "二度目に保存")
        terminal.until(PAUSE)
        lock.rmdir()
        terminal.enter("m")
        terminal.answer("メモ（", "")
        terminal.answer(KEYS, "q")
        assert "すべて保存されています" in terminal.until("report.pdf")
        assert walk.wait(PATIENCE) == 0
    assert manifest(project)["answers"][PURPOSE]["note"] == "二度目に保存"


def test_a_condition_that_cannot_be_saved_is_told_at_the_end_too(run: Run, project: Path) -> None:
    lock = closed(project)
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.answer("q 終了", "n")
        assert "使えません" in wholly(terminal.until(ON))
        terminal.enter("")
        terminal.answer(KEYS, "q")
        terminal.until("ファイルに入っていない回答が 1 件")
        terminal.until("aiguide ")
        command = terminal.until("\n")
        assert walk.wait(PATIENCE) == 2
    lock.rmdir()
    assert run(*shlex.split(command)).code == 0
    assert manifest(project)["project"]["conditions"]["personal_data"] is False


def test_who_is_interrupted_is_told_what_could_not_be_saved(project: Path) -> None:
    closed(project)
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.answer("q 終了", "")
        terminal.answer(KEYS, "m")
        terminal.answer("メモ（", "消えてはならない")
        terminal.answer(PAUSE, "")
        terminal.answer("1/12:", "\x04")
        assert "ここまでの回答は保存されています" not in terminal.until(
            "ファイルに入っていない回答が 1 件"
        )
        terminal.until("aiguide answer")
        terminal.until("消えてはならない")
        assert walk.wait(PATIENCE) == 130


def test_a_manifest_damaged_meanwhile_is_told_and_not_said_to_be_saved(project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        project.write_text(project.read_text(encoding="utf-8")[:-20], encoding="utf-8")
        terminal.enter("s")
        assert "を使えません" in wholly(terminal.until(ON))
        terminal.enter("")
        terminal.answer(KEYS, "q")
        terminal.until("途中で切れています")
        assert walk.wait(PATIENCE) == 2


def test_after_news_enter_goes_on_and_no_key_is_for_an_item_that_is_yet_to_be_shown(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        run("set", project, "--owner", "別の課", "--by", "佐藤")
        terminal.enter("s")
        told = wholly(terminal.until(ON))
        assert "別の課" in told
        terminal.enter("d")
        said = terminal.until(ON)
        assert TOOL not in said
        assert "「d」は、次の画面が出てから" in wholly(said)
        terminal.enter("r")
        assert "次の画面" not in wholly(terminal.until(ON)), "there is nothing to give back"
        terminal.enter("")
        assert "利用するAIの効果的な選定" in terminal.until(KEYS)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert "answers" not in manifest(project)


def test_what_one_records_elsewhere_is_not_said_to_be_of_others(run: Run, project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        run("set", project, "--owner", "別の課")
        terminal.enter("s")
        told = wholly(terminal.until(ON))
        assert "その間に、別の画面などで次の記録がされました" in told
        assert "ほかの人" not in told
        walk.kill()


def test_a_key_typed_at_a_pause_is_not_lost_where_news_come_in_between(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.enter("i")
        terminal.until(PAUSE)
        run("set", project, "--owner", "別の課", "--by", "佐藤")
        terminal.enter("m")
        assert "別の課" in terminal.until(ON)
        terminal.enter("")
        assert "適切な目的の設定" in terminal.until(KEYS)
        terminal.answer("メモ（", "消えない")
        terminal.until(KEYS)
        walk.kill()
    assert manifest(project)["answers"][PURPOSE]["note"] == "消えない"


def test_who_leaves_at_news_has_left(run: Run, project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.until("q 終了")
        run("set", project, "--owner", "別の課", "--by", "佐藤")
        terminal.enter("")
        terminal.answer(ON, "q")
        assert walk.wait(PATIENCE) == 0
        assert "[q]終了" not in terminal.rest()


def test_where_a_colleague_takes_the_phase_away_the_end_says_why(run: Run, project: Path) -> None:
    run("set", project, "--condition", "personal_data=no", "--condition", "external_vendor=yes")
    with running("check", project, "--phase", "procurement") as (terminal, walk):
        terminal.until(KEYS)
        run("set", project, "--condition", "external_vendor=no", "--by", "佐藤")
        terminal.enter("s")
        assert "佐藤" in terminal.until(ON)
        terminal.enter("")
        assert walk.wait(PATIENCE) == 0
        told = wholly(terminal.rest())
    assert "このフェーズで対象になる点検項目はありません" in told
    assert "への答えが「いいえ」だからです" in told
    assert "外部" in told
    assert "だからです" in run("check", project, "--phase", "procurement").out


ANSWERED = "佐藤:回答適切な目的の設定未着手→実施済"


@pytest.mark.parametrize("sets", [True, False])
def test_what_a_colleague_answered_of_the_item_on_the_screen_is_told(
    run: Run, project: Path, sets: bool
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        if sets:
            run("set", project, "--owner", "別の課", "--by", "佐藤")
        run("answer", project, PURPOSE, "done", "--note", "別紙", "--by", "佐藤")
        terminal.enter("s")
        assert ANSWERED in wholly(terminal.until(ON))
        terminal.enter("")
        assert "利用するAIの効果的な選定" in terminal.until(KEYS)
        walk.kill()


def test_what_a_colleague_answered_of_the_item_that_is_left_is_told_at_the_end(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        run("answer", project, PURPOSE, "done", "--note", "別紙", "--by", "佐藤")
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
        end = terminal.rest()
        assert ANSWERED in wholly(end)
        assert f"--at {PURPOSE}" not in end, "what is done is no place to go on"


def test_a_colleagues_answer_that_was_shown_while_answering_is_not_told_twice(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.enter("p")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "別紙", "--by", "佐藤")
        for typed in ("調べ中", "", ""):
            terminal.enter(typed)
            terminal.until(": ")
        terminal.answer(SURE, "")
        terminal.answer(PAUSE, "")
        assert "次の記録をしました" not in terminal.until(KEYS)
        walk.kill()


def test_no_key_answers_what_somebody_has_answered_since_it_was_shown(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        run("answer", project, PURPOSE, "in-progress", "--note", "別紙", "--by", "佐藤")
        terminal.enter("p")
        told = wholly(terminal.until(PAUSE))
        assert "メモ（" not in told
        assert "「p」はまだ受け付けていません" in told
        assert "佐藤" in told
        terminal.enter("")
        assert "メモ: 別紙" in terminal.until(KEYS)
        terminal.enter("p")
        terminal.until("[別紙]")
        walk.kill()


BEGUN = ("in-progress", "--note", "調べ中", "--by", "木村")


def test_what_a_colleague_answered_meanwhile_beside_what_is_typed_stands_and_is_said(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, *BEGUN)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        theirs = ("--assignee", "木村", "--due", "2027-03-31", "--by", "木村")
        run("answer", project, PURPOSE, "in-progress", *theirs)
        terminal.enter("私のメモ")
        said = wholly(terminal.until(PAUSE))
        assert "次を記録していました:担当:木村、期限:2027-03-31。これを残したまま" in said
        assert "変わりました" not in said
        walk.kill()
    stands = manifest(project)["answers"][PURPOSE]
    assert (stands["note"], stands["assignee"]) == ("私のメモ", "木村")


@pytest.mark.parametrize("sure", ["y", ""])
def test_a_text_that_a_colleague_wrote_meanwhile_is_not_written_over_unasked(
    run: Run, project: Path, sure: str
) -> None:
    run("answer", project, PURPOSE, *BEGUN)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "in-progress", "--note", "聞いた", "--by", "木村")
        terminal.enter("私のメモ")
        said = wholly(terminal.until(SURE))
        assert "木村:回答適切な目的の設定対応中メモ:調べ中→聞いた" in said
        assert "変更後の回答:対応中メモ:私のメモこれを書き換えますか" in said
        terminal.enter(sure)
        if not sure:
            terminal.answer(PAUSE, "")
        assert "その間に" not in wholly(terminal.until(KEYS)), "once is enough"
        walk.kill()
    assert manifest(project)["answers"][PURPOSE]["note"] == ("私のメモ" if sure else "聞いた")


@pytest.mark.parametrize(("key", "told"), [("m", "書き換えますか"), ("e", "これを残したまま")])
def test_what_was_changed_by_hand_is_not_said_to_be_anybodys_record(
    run: Run, project: Path, key: str, told: str
) -> None:
    run("answer", project, PURPOSE, *BEGUN)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, key)
        terminal.until("メモ（" if key == "m" else "証拠（")
        data = manifest(project)
        data["answers"][PURPOSE]["note"] = "手で直した"
        project.write_text(json.dumps(data), encoding="utf-8")
        terminal.enter("私のメモ" if key == "m" else "https://example.jp/plan")
        said = wholly(terminal.until(SURE if key == "m" else PAUSE))
        assert "ファイルで直接書き換えられて" in said
        assert told in said
        assert "が次を記録していました" not in said
        walk.kill()


@pytest.mark.parametrize("key", ["e", "d"])
def test_an_older_file_that_comes_while_a_field_is_open_is_told_when_it_is_saved(
    run: Run, project: Path, key: str
) -> None:
    before = project.read_bytes()
    run("answer", project, PURPOSE, *BEGUN)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, key)
        if key == "d":
            terminal.answer("メモ（", "目的を書いた")
        terminal.until("証拠（")
        project.write_bytes(before)
        terminal.enter("https://example.jp/plan")
        said = wholly(terminal.until(PAUSE))
        assert "前の版に置き換わり、この項目の回答も" in said
        walk.kill()


def test_a_note_of_lines_is_told_in_one(run: Run, project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.enter("m")
        terminal.until("メモ（")
        noted = ("--note", "一行目\n二行目", "--by", "佐藤")
        run("answer", project, PURPOSE, "done", *noted)
        terminal.enter("追記")
        assert "メモ: 一行目 / 二行目" in terminal.until(SURE)
        walk.kill()


def test_who_answers_an_item_that_has_dropped_out_is_told_so(run: Run, project: Path) -> None:
    run("set", project, "--condition", "personal_data=no", "--condition", "external_vendor=yes")
    with running("check", project, "--phase", "procurement") as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        run("set", project, "--condition", "external_vendor=no", "--by", "佐藤")
        terminal.enter("調べた")
        told = wholly(terminal.until(ON))
        assert "保存しました" in told
        assert "は、この案件の点検項目ではありません" in told
        assert "佐藤" in told
        walk.kill()


def test_what_the_walk_recorded_and_an_older_file_wiped_out_is_told_and_given_back(
    run: Run, project: Path
) -> None:
    before = project.read_bytes()
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        for key in ("d", "目的を書いた", ""):
            terminal.enter(key)
        terminal.until("1/7 済")
        terminal.until(KEYS)
        project.write_bytes(before)
        terminal.enter("s")
        assert "あなたが記録した2件（" in wholly(terminal.until(ON))
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 2
        end = terminal.rest()
    assert "記録した回答は、すべて保存されています" not in wholly(end)
    assert "ファイルに入っていない回答が2件あります" in wholly(end)
    told = end.partition("ファイルに入っていない")[2].splitlines()
    commands = [one for one in told if one.startswith("    aiguide ")]
    for command in commands:
        assert run(*shlex.split(command)[1:]).code == 0
    assert manifest(project)["answers"][PURPOSE]["note"] == "目的を書いた"


AT_END = "Enter で終わる"


def walk_of_one(run: Run, project: Path) -> tuple[object, ...]:
    """Let one item be all there is to walk through."""
    assert run("answer", project, PURPOSE, "open", "--assignee", "試験担当").code == 0
    return ("check", project, "--phase", "planning", "--assignee", "試験担当")


def say_done(terminal: Terminal) -> None:
    terminal.answer(KEYS, "d")
    terminal.answer("メモ（", "目的を書いた")
    terminal.answer("証拠（", "")
    terminal.until("保存しました")


@pytest.mark.parametrize("leave", ["interrupt", "interrupt in a field", "close", "go"])
def test_what_an_older_file_wiped_out_is_given_back_however_the_walk_is_left(
    run: Run, project: Path, leave: str
) -> None:
    one = walk_of_one(run, project)
    before = project.read_bytes()
    with running(*(one if leave == "go" else ("check", project, "--at", PURPOSE))) as (at, walk):
        say_done(at)
        at.until(AT_END if leave == "go" else KEYS)
        at.until(": ")
        if leave == "interrupt in a field":
            at.enter("m")
            at.until("メモ（")
        project.write_bytes(before)
        if leave == "close":
            at.close()
        else:
            at.send("\n" if leave == "go" else "\x04")
        assert walk.wait(PATIENCE) == (2 if leave == "go" else 130)
        if leave != "close":
            said = wholly(at.rest())
            assert "ファイルに入っていない回答が1件あります" in said
            assert "ここまでの回答は保存されています" not in said
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "適切な目的の設定: 実施済" in at.until("Enter で先へ")
        at.answer(": ", "")
        at.answer(KEYS, "d")
        at.answer("メモ（", "書き直した")
        at.answer("証拠（", "")
        at.until("「実施済」として保存しました")
        at.until(KEYS)
        walk.kill()
    with running("check", project, "--phase", "planning") as (at, walk):
        at.answer(ON, "")
        at.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
        assert "--note '書き直した / 目的を書いた'" in at.rest(), "it was answered anew"
    run("answer", project, PURPOSE, "done", "--note", "書き直した / 目的を書いた")
    with running("check", project, "--phase", "planning") as (at, walk):
        assert ON not in at.until(KEYS)
        walk.kill()


def test_all_that_an_older_file_wiped_out_is_told_below_one_head(run: Run, project: Path) -> None:
    before = project.read_bytes()
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at)
        for text in ("二つ目", "三つ目"):
            at.answer(KEYS, "d")
            at.answer("メモ（", text)
            at.answer("証拠（", "")
            at.until("保存しました")
        at.until(KEYS)
        project.write_bytes(before)
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 2
        told = at.rest()
    assert told.count("ファイルに入っていない回答が") == 1
    assert "ファイルに入っていない回答が3件あります" in wholly(told)
    assert [told.count(text) for text in ("目的を書いた", "二つ目", "三つ目")] == [1, 1, 1]


def test_of_two_steps_to_an_item_that_which_an_older_file_lacks_is_given_back(
    run: Run, project: Path
) -> None:
    with running("check", project, "--at", PURPOSE) as (at, walk):
        at.answer(KEYS, "m")
        at.answer("メモ（", "作成中")
        at.until("を保存しました")
        older = project.read_bytes()
        at.answer(KEYS, "d")
        at.answer("[作成中]", "企画書の3章")
        at.answer("証拠（", "")
        at.until("「実施済」として保存しました")
        at.until(KEYS)
        project.write_bytes(older)
        at.answer(": ", "i")
        at.answer(PAUSE, "")
        assert "記録し直すコマンドを示し" in wholly(at.until(ON))
        run("answer", project, PURPOSE, "in-progress", "--note", "佐藤のメモ", "--by", "佐藤")
        at.enter("")
        assert "佐藤:回答適切な目的の設定対応中メモ:作成中→佐藤のメモ" in wholly(at.until(PAUSE))
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest()
    command = end.partition("ファイルに入っていない")[2].partition("aiguide ")[2].splitlines()[0]
    assert run(*shlex.split(command)).code == 0
    stands = manifest(project)["answers"][PURPOSE]
    assert (stands["status"], stands["note"]) == ("done", "企画書の3章")


def test_what_an_older_file_takes_of_others_is_told_and_what_was_said_anew_is_not_written_over(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    run("answer", project, ELSEWHERE, "done", "--note", "小野の確認", "--by", "小野")
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at)
        at.until(KEYS)
        project.write_bytes(older)
        at.answer(": ", "i")
        at.answer(PAUSE, "")
        said = wholly(at.until("Enter で"))
        assert "あなたが記録した1件（" in said
        assert "ほかに1件（小野:リスクの評価）も消えています" in said
        at.enter("")
        at.answer(": ", PURPOSE)
        at.answer(KEYS, "p")
        for field, typed in (("メモ（", "書き直した"), ("担当: ", ""), ("期限（", "")):
            at.answer(field, typed)
        at.until("「対応中」として保存しました")
        newer = project.read_bytes()
        at.answer(KEYS, TOOL)
        at.answer(KEYS, "m")
        at.answer("メモ（", "三つ目")
        at.until("を保存しました")
        at.until(KEYS)
        project.write_bytes(newer)
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 2
        end = wholly(at.rest())
    assert "--note'書き直した/目的を書いた'" in end
    assert "--note'三つ目'" in end


@pytest.mark.parametrize("how", ["the newer file is back", "recorded again"])
def test_what_an_older_file_wiped_out_is_told_no_more_once_it_is_there_again(
    run: Run, project: Path, how: str
) -> None:
    before = project.read_bytes()
    with running("check", project, "--at", PURPOSE) as (at, walk):
        say_done(at)
        at.until(KEYS)
        newer = project.read_bytes()
        project.write_bytes(before)
        at.answer(": ", "q")
        assert walk.wait(PATIENCE) == 2
        end = at.rest()
    if how == "recorded again":
        command = (
            end.partition("ファイルに入っていない")[2].partition("aiguide ")[2].splitlines()[0]
        )
        assert run(*shlex.split(command)).code == 0
    else:
        project.write_bytes(newer)
    with running("check", project, "--phase", "planning") as (at, walk):
        assert "目的を書いた" not in at.until(KEYS)
        walk.kill()


def test_who_leaves_past_the_last_item_is_told_what_a_colleague_did_while_the_end_stood_there(
    run: Run, project: Path
) -> None:
    with running(*walk_of_one(run, project)) as (terminal, walk):
        say_done(terminal)
        terminal.until(AT_END)
        assert run("undo", project, "--by", "佐藤", "--yes").code == 0
        terminal.enter("")
        assert walk.wait(PATIENCE) == 0
        assert "佐藤:取り消し適切な目的の設定実施済→未着手" in wholly(terminal.rest())


@pytest.mark.parametrize("key", ["q", "\x04"])
def test_who_leaves_a_file_that_was_damaged_meanwhile_is_not_told_that_all_is_saved(
    run: Run, project: Path, key: str
) -> None:
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        say_done(terminal)
        terminal.until(KEYS)
        terminal.until(": ")
        project.write_text("{", encoding="utf-8")
        terminal.enter(key) if key == "q" else terminal.send(key)
        assert walk.wait(PATIENCE) == (2 if key == "q" else 130)
        said = wholly(terminal.rest())
    assert "aiguidedoctor" in said
    assert "保存されています" not in said


def test_what_somebody_settled_while_a_note_was_typed_is_signed_anew_only_if_that_is_meant(
    run: Run, project: Path
) -> None:
    excepted = ("exception", "--reason", "試行", "--approver", "部長", "--until", "2099-03-31")
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.enter("m")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, *excepted, "--by", "佐藤")
        terminal.enter("調べ中")
        assert "いまの回答:例外承認" in wholly(terminal.until("y はい"))
        terminal.enter("")
        assert "いまの回答をそのままにしました" in wholly(terminal.until(PAUSE))
        walk.kill()
    stands = manifest(project)["answers"][PURPOSE]
    assert (stands["by"], stands.get("note", "")) == ("佐藤", "")


def test_what_an_older_file_wiped_out_is_given_back_where_the_item_was_answered_again(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "前", "--by", "試験担当")
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.until(KEYS)
        before = project.read_bytes()
        for key in ("m", "目的を書き直した"):
            terminal.enter(key)
        terminal.until("を保存しました")
        terminal.until(KEYS)
        terminal.answer(": ", "e")
        terminal.until("証拠（")
        project.write_bytes(before)
        terminal.enter("https://example.jp/kpi")
        assert "その間に" not in wholly(terminal.until("あなたが記録した"))
        terminal.answer(ON, "q")
        assert walk.wait(PATIENCE) == 2
        end = terminal.rest()
    assert "記録した回答は、すべて保存されています" not in wholly(end)
    told = end.partition("ファイルに入っていない")[2].splitlines()
    (command,) = [one for one in told if one.startswith("    aiguide ")]
    assert run(*shlex.split(command)[1:]).code == 0
    stands = manifest(project)["answers"][PURPOSE]
    assert stands["note"] == "前 / 目的を書き直した"
    assert [one["target"] for one in stands["evidence"]] == ["https://example.jp/kpi"]


def test_who_declines_is_given_a_command_that_leaves_what_somebody_settled(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        terminal.enter("m")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "聞き取り済み", "--by", "佐藤")
        terminal.enter("ほかにも聞く")
        terminal.answer(SURE, "")
        terminal.until("aiguide answer")
        assert f" {PURPOSE} done --note " in terminal.until("\n")
        walk.kill()


def test_who_declines_is_given_a_command_with_what_was_accepted_and_is_gone(
    run: Run, project: Path
) -> None:
    begun = ("in-progress", "--note", "責任者は課長（斎藤）", "--due", "2099-03-31")
    run("answer", project, PURPOSE, *begun, "--by", "斎藤")
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "p")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "部長が責任者", "--by", "木村")
        terminal.enter("")
        terminal.answer("担当", "斎藤")
        terminal.answer("期限", "")
        terminal.answer(SURE, "")
        terminal.until("aiguide answer ")
        given = shlex.split(terminal.until("\n"))
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "p")
        terminal.answer(SURE, "y")
        terminal.until("メモ（")
        assert "[責任者は課長（斎藤）]" in terminal.until(": ")
        walk.kill()
    assert run("answer", *given, "--yes").code == 0
    stands = manifest(project)["answers"][PURPOSE]
    assert (stands["status"], stands["note"]) == ("in-progress", "責任者は課長（斎藤）")
    assert (stands["assignee"], stands["due"]) == ("斎藤", "2099-03-31")


def test_a_file_that_is_broken_meanwhile_is_told_with_what_can_help(project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        past_the_condition(terminal)
        project.write_text("{", encoding="utf-8")
        terminal.enter("s")
        assert f"aiguidedoctor{project}" in wholly(terminal.until(ON))
        walk.kill()


@pytest.mark.parametrize("sure", ["y", ""])
@pytest.mark.parametrize("key", ["d", "n", "x"])
def test_a_status_that_a_colleague_gave_meanwhile_is_not_replaced_unasked(
    run: Run, project: Path, key: str, sure: str
) -> None:
    fields = {
        "d": {"メモ（": "", "証拠（": "https://example.jp/plan"},
        "n": {"理由: ": "手順は変えない"},
        "x": {"理由: ": "試行", "承認者: ": "課長", "期限（": "2030-03-31"},
    }
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, key)
        first, *rest = fields[key].items()
        terminal.until(first[0])
        noted = ("--note", "まだ聞けていない", "--assignee", "木村", "--due", "2027-03-31")
        run("answer", project, PURPOSE, "in-progress", *noted, "--by", "木村")
        terminal.enter(first[1])
        for field, typed in rest:
            terminal.answer(field, typed)
        lines = (raw := terminal.until(SURE)).splitlines()
        step = next(at for at, line in enumerate(lines) if "木村: 回答" in line)
        assert lines[step + 1].startswith("    "), "what is broken off stays below its line"
        told, theirs = wholly(raw), "対応中メモ:まだ聞けていない担当:木村"
        assert f"木村:回答適切な目的の設定未着手→{theirs}" in told
        assert "変更後の回答" in told
        terminal.enter(sure)
        terminal.until(KEYS if sure else PAUSE)
        walk.kill()
    given = {"d": "done", "n": "not-applicable", "x": "exception"}[key]
    assert manifest(project)["answers"][PURPOSE]["status"] == (given if sure else "in-progress")


def test_who_adds_to_an_answer_that_a_colleague_adds_to_meanwhile_is_told_what_that_is(
    run: Run, project: Path
) -> None:
    seen, theirs = "https://example.jp/seen", "https://example.jp/theirs"
    run("answer", project, PURPOSE, *BEGUN, "--evidence", seen)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "e")
        terminal.until("証拠（")
        run("answer", project, PURPOSE, "in-progress", "--evidence", theirs, "--by", "木村")
        terminal.enter("https://example.jp/mine")
        told = wholly(terminal.until(PAUSE))
        assert f"木村が次を記録していました:証拠:{theirs}。これを残したまま" in told
        walk.kill()


def test_who_has_agreed_to_replace_an_answer_is_not_asked_again_for_what_was_typed_before_it(
    run: Run, project: Path
) -> None:
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        for key, typed in (
            (KEYS, "d"),
            ("メモ（", "目的を書いた"),
            ("証拠（", "b"),
            ("メモ（", "b"),
        ):
            terminal.answer(key, typed)
        terminal.until(PAUSE)
        theirs = ("--note", "使わない", "--reason", "窓口のみ", "--by", "馬場")
        run("answer", project, PURPOSE, "not-applicable", *theirs)
        terminal.enter("")
        terminal.answer(PAUSE, "")
        terminal.answer(KEYS, "d")
        terminal.answer(SURE, "y")
        terminal.answer("[目的を書いた]", "")
        terminal.answer("証拠（", "")
        assert "を「実施済」として保存しました" in terminal.until(KEYS)
        walk.kill()


def test_half_a_note_to_what_a_colleague_has_answered_otherwise_leaves_their_status(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "not-applicable", "--reason", "個人は扱わない")
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        excepted = ("--reason", "審査は秋", "--approver", "部長", "--until", "2030-03-31")
        run("answer", project, PURPOSE, "exception", *excepted, "--by", "馬場")
        terminal.interrupt("主任と相談")
        assert walk.wait(PATIENCE) == 130
        told = terminal.rest()
    assert f"{PURPOSE} exception --note '主任と相談'" in told
    assert "置き換わります" not in told


def test_an_answer_that_a_colleague_takes_back_meanwhile_is_told_where_another_is_given(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, *BEGUN)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "n")
        terminal.until("理由: ")
        run("answer", project, PURPOSE, "open", "--by", "木村")
        terminal.enter("手順は変えない")
        told = wholly(terminal.until(PAUSE))
        assert "その間に、ほかの人が次の記録をしました" in told
        assert "木村:回答適切な目的の設定対応中→未着手" in told
        walk.kill()
    assert manifest(project)["answers"][PURPOSE]["status"] == "not-applicable"


def test_what_a_status_did_not_ask_for_and_stands_on_is_said(run: Run, project: Path) -> None:
    noted = ("--note", "図にしている", "--due", "2027-03-31", "--by", "木村")
    run("answer", project, PURPOSE, "in-progress", *noted)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "n")
        terminal.answer("理由: ", "手順は変えない")
        told = wholly(terminal.until(KEYS))
        assert "木村の回答から、次をそのまま残しました:メモ:図にしている、期限:2027-03-31" in told
        terminal.enter("b")
        terminal.answer(KEYS, "d")
        terminal.answer("メモ（", "")
        terminal.answer("証拠（", "")
        told = wholly(terminal.until(KEYS))
        assert "残しました:期限:2027-03-31" in told
        walk.kill()


def test_who_is_quicker_by_a_moment_is_asked_about_as_anybody_who_was_before(
    run: Run, project: Path, tmp_path: Path
) -> None:
    run("set", project, "--condition", "personal_data=no")
    (theirs := tmp_path / "theirs.json").write_bytes(project.read_bytes())
    run("answer", theirs, PURPOSE, "done", "--note", "別紙のとおり", "--by", "佐藤")
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        with FileLock(project.with_name(f".{project.name}.lock")):
            terminal.enter("私のメモ")
            time.sleep(A_MOMENT)  # the walk has looked by now, and waits for its turn to write
            project.write_bytes(theirs.read_bytes())
        assert "別紙のとおり" in wholly(terminal.until(SURE))
        terminal.enter("")
        terminal.until("aiguide answer")
        assert "私のメモ" in terminal.until("\n")
        walk.kill()
    assert manifest(project)["answers"][PURPOSE]["note"] == "別紙のとおり"


@pytest.mark.parametrize("how", ["undo", "clear"])
def test_what_a_colleague_took_away_from_the_item_at_hand_is_told(
    run: Run, project: Path, how: str
) -> None:
    given = ("--assignee", "佐藤", "--due", "2027-01-31", "--by", "佐藤")
    assert run("answer", project, PURPOSE, "open", *given).code == 0
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "n")
        terminal.until("理由")
        if how == "undo":
            assert run("undo", project, "--by", "佐藤").code == 0
        else:
            cleared = ("--assignee", "", "--due", "", "--by", "佐藤")
            assert run("answer", project, PURPOSE, "open", *cleared).code == 0
        terminal.answer(": ", "当てはまらない")
        told = wholly(terminal.until(PAUSE))
        assert "ほかの人が次の記録をしました" in told
        assert ("佐藤:取り消し" if how == "undo" else "佐藤→") in told
        walk.kill()


def test_a_colleagues_undo_of_the_answer_that_a_note_is_added_to_is_told(
    run: Run, project: Path
) -> None:
    assert run("answer", project, PURPOSE, "in-progress", "--assignee", "佐藤").code == 0
    assert run("answer", project, PURPOSE, "done", "--note", "済んだ").code == 0
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        assert run("undo", project, "--by", "佐藤").code == 0
        terminal.answer(": ", "追記")
        assert "佐藤:取り消し" in wholly(terminal.until(PAUSE))
        walk.kill()


@pytest.mark.parametrize("sure", ["y", ""])
def test_enter_at_a_field_that_a_colleague_clears_meanwhile_is_asked_about_before_it_is_saved(
    run: Run, project: Path, sure: str
) -> None:
    begun = ("in-progress", "--note", "調べ中", "--assignee", "大西")
    run("answer", project, PURPOSE, *begun)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "p")
        terminal.answer("[調べ中]", "聞き取り中")
        terminal.until("[大西]")
        run("answer", project, PURPOSE, "in-progress", "--assignee", "", "--by", "佐藤")
        terminal.enter("")
        terminal.answer("期限", "")
        told = wholly(terminal.until(SURE))
        assert "佐藤:回答適切な目的の設定対応中担当:大西→記載なし" in told
        assert "変更後の回答:対応中メモ:聞き取り中担当:大西これを書き換えますか" in told
        assert manifest(project)["answers"][PURPOSE]["note"] == "調べ中"
        terminal.enter(sure)
        if not sure:
            terminal.answer(PAUSE, "p")
            terminal.answer("[聞き取り中]", "")
            terminal.answer("[大西]", "-")
            terminal.answer("期限", "")
        assert "次の記録をしました" not in wholly(terminal.until(KEYS))
        walk.kill()
    stands = manifest(project)["answers"][PURPOSE]
    assert (stands["note"], stands.get("assignee", "")) == ("聞き取り中", "大西" if sure else "")


def test_enter_at_what_a_colleague_has_emptied_meanwhile_changes_nothing_where_nothing_is_typed(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "調べ中", "--assignee", "大西")
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "p")
        terminal.until("[調べ中]")
        cleared = ("--note", "", "--assignee", "", "--by", "佐藤")
        run("answer", project, PURPOSE, "in-progress", *cleared)
        terminal.enter("")
        terminal.answer("[大西]", "")
        terminal.answer("期限", "")
        told = wholly(terminal.until(PAUSE))
        assert (
            "新しく入力した内容がないので、その間に変わった回答（対応中）をそのまま残しました"
            in told
        )
        assert "佐藤:回答適切な目的の設定対応中メモ:調べ中→記載なし担当:大西→記載なし" in told
        walk.kill()
    stands = manifest(project)["answers"][PURPOSE]
    assert (stands["by"], stands.get("note", ""), stands.get("assignee", "")) == ("佐藤", "", "")


def test_who_affirms_an_answer_that_a_colleague_has_taken_back_meanwhile_can_give_it_again(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "野田の済")
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "d")
        terminal.answer("[野田の済]", "")
        terminal.until("証拠（")
        assert run("undo", project, "--by", "佐藤", "--yes").code == 0
        terminal.enter("")
        told = wholly(terminal.until(SURE))
        assert "佐藤:取り消し" in told
        assert "いまの回答:未着手変更後の回答:実施済メモ:野田の済" in told
        terminal.enter("y")
        terminal.until("「実施済」として保存しました")
        walk.kill()
    assert manifest(project)["answers"][PURPOSE]["note"] == "野田の済"
