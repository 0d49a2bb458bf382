"""Going back in the walk: to a condition that was answered, and to an item that was overtaken."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, running, wholly

KEYS, CONDITION_KEYS = "[q]終了", "q 終了"
OFFERED = "取り消した内容が [ ] に出ます"
UNSAID = (
    *("personal_data", "confidential_data", "automated_decision", "evaluates_persons"),
    *("training_or_tuning", "custom_tool"),
)


def conditions(project: Path) -> list[bool]:
    facts = json.loads(project.read_text(encoding="utf-8"))["project"]
    return list(facts.get("conditions", {}).values())


@pytest.fixture
def unasked(run: Run, tmp_path: Path) -> Path:
    """A project of whose conditions nobody has said anything."""
    project = tmp_path / "project.json"
    assert run("init", project, "--name", "x", "--cell", "citizen.information").code == 0
    return project


def test_b_goes_back_over_the_conditions_and_enter_keeps_what_was_said(unasked: Path) -> None:
    with running("check", unasked, "--phase", "planning") as (terminal, walk):

        def question() -> str:
            return terminal.until(CONDITION_KEYS).rpartition("（残り")[0]

        first = question().splitlines()[-1]
        terminal.enter("n")
        second = question().splitlines()[-1]
        terminal.enter("")
        question()
        terminal.enter("b")
        assert second in question()
        terminal.enter("b")
        asked = terminal.until(CONDITION_KEYS)
        assert first in asked
        assert "いまの答えは「いいえ」です" in asked
        terminal.enter("b")
        assert "これが最初の質問です" in question()
        terminal.enter("y")
        assert second in question()  # what was gone back over is asked again
        terminal.enter("b")
        assert "いまの答えは「はい」です" in terminal.until(CONDITION_KEYS)
        terminal.enter("")
        question()
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert conditions(unasked) == [True]
    history = json.loads(unasked.read_text(encoding="utf-8"))["history"]
    assert [one["kind"] for one in history] == ["started", "changed", "changed"]


@pytest.mark.parametrize("unknown", ["-", "不明"])
def test_what_was_said_is_set_back_to_not_known_and_asked_no_more(
    unasked: Path, unknown: str
) -> None:
    with running("check", unasked, "--phase", "planning") as (terminal, walk):
        first = wholly(terminal.until(CONDITION_KEYS)).rpartition("（残り")[0][-30:]
        for key in ("n", "b"):
            terminal.enter(key)
            terminal.until(CONDITION_KEYS)
        terminal.enter(unknown)
        assert first not in wholly(terminal.until(CONDITION_KEYS))
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert conditions(unasked) == []
    history = json.loads(unasked.read_text(encoding="utf-8"))["history"]
    assert [one["kind"] for one in history] == ["started", "changed", "changed"]


def test_who_has_joined_somebodys_answer_unseen_stays_with_that_item(
    run: Run, project: Path
) -> None:
    run("set", project, *(arg for id in UNSAID for arg in ("--condition", f"{id}=no")))
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.answer(KEYS, "p")
        terminal.until("メモ（")
        theirs = ("in-progress", "--assignee", "佐藤", "--by", "佐藤")
        run("answer", project, "planning.purpose", *theirs)
        terminal.enter("新")
        for asked, typed in (("担当: ", ""), ("期限（", "")):
            terminal.answer(asked, typed)
        assert "佐藤" in terminal.until("Enter で戻る")
        terminal.enter("")
        assert "適切な目的の設定" in terminal.until(KEYS)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0


def test_u_takes_back_step_after_step_without_a_key_between(run: Run, project: Path) -> None:
    settle(run, project)
    items = ("planning.purpose", "planning.risk-assessment", "planning.tool-selection")
    for item in items:
        run("answer", project, item, "done", "--note", "済")
    with running("check", project, "--at", "planning.ownership") as (terminal, walk):
        terminal.answer(KEYS, "u")
        for item in reversed(items):
            terminal.answer("Enter やめる", "y")
            assert f"aiguide log {project} --item {item}" in terminal.until("u でもう一つ取り消す")
            terminal.enter("u")
        terminal.until("Enter やめる")  # what was recorded before these
        terminal.enter("")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert "answers" not in json.loads(project.read_text(encoding="utf-8"))


def test_b_after_an_undo_goes_to_the_item_and_another_key_is_told_what_works(
    run: Run, project: Path
) -> None:
    settle(run, project)
    run("answer", project, "planning.purpose", "done", "--note", "済")
    with running("check", project, "--at", "planning.ownership") as (terminal, _):
        terminal.answer(KEYS, "u")
        terminal.answer("Enter やめる", "y")
        terminal.answer("Enter でその項目へ", "Owner")
        told = terminal.until("Enter でその項目へ")
        assert "ここで使えるのは Enter、b、u、q だけです" in told
        assert "「Owner」" in told
        terminal.enter("戻る")
        assert "planning.purpose" in terminal.until(KEYS)


def test_u_after_an_undone_condition_takes_back_the_one_before(unasked: Path) -> None:
    with running("check", unasked, "--phase", "planning") as (terminal, walk):
        for key in ("n", "n", "u"):
            terminal.answer(CONDITION_KEYS, key)
        for key in ("u", ""):
            assert "aiguide log" not in terminal.until("u でもう一つ取り消す")
            terminal.enter(key)
        terminal.answer(CONDITION_KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert conditions(unasked) == []


def test_what_was_taken_back_is_offered_again_after_the_same_key(run: Run, project: Path) -> None:
    settle(run, project)
    with running("check", project, "--at", "planning.purpose") as (terminal, walk):
        terminal.answer(KEYS, "n")
        terminal.until("理由")
        terminal.answer(": ", "打ち間違えた理油")
        terminal.answer(KEYS, "u")
        terminal.until(OFFERED)
        terminal.answer("Enter でその項目へ", "")
        terminal.answer(KEYS, "n")
        terminal.until("[打ち間違えた理油]")
        walk.kill()


def test_where_nothing_was_written_nothing_is_said_to_be_offered_again(
    run: Run, project: Path
) -> None:
    settle(run, project)
    with running("check", project, "--at", "planning.purpose") as (terminal, walk):
        terminal.answer(KEYS, "p")
        for field in ("メモ（", "担当", "期限"):
            terminal.answer(field, "")
        terminal.answer(KEYS, "u")
        assert OFFERED not in terminal.until("Enter でその項目へ")
        walk.kill()


@pytest.mark.parametrize("key", ["d", "e"])
def test_evidence_that_was_taken_back_with_its_answer_is_offered_again(
    run: Run, project: Path, key: str
) -> None:
    settle(run, project)
    project.with_name("plan.md").write_text("企画", encoding="utf-8")
    with running("check", project, "--at", "planning.purpose") as (terminal, walk):
        terminal.answer(KEYS, "d")
        terminal.answer("メモ（", "企画書")
        terminal.answer("証拠（", "plan.md")
        terminal.answer(KEYS, "u")
        terminal.answer("Enter でその項目へ", "")
        terminal.answer(KEYS, key)
        if key == "d":
            terminal.until("[企画書]")
            terminal.enter("")
        terminal.answer("[plan.md]", "")
        terminal.until("を保存しました" if key == "e" else "として保存しました")
        walk.kill()
    stands = json.loads(project.read_text(encoding="utf-8"))["answers"]["planning.purpose"]
    assert [one["target"] for one in stands["evidence"]] == ["plan.md"]
    assert stands.get("note", "") == ("企画書" if key == "d" else "")


def test_what_was_taken_back_is_offered_no_more_once_something_else_is_recorded(
    run: Run, project: Path
) -> None:
    settle(run, project)
    with running("check", project, "--at", "planning.purpose") as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.answer("メモ（", "打ち間違い")
        terminal.answer(KEYS, "u")
        terminal.answer("Enter で戻る", "")
        terminal.answer(KEYS, "m")
        terminal.answer("[打ち間違い]", "書き直した")
        terminal.answer(KEYS, "p")
        terminal.until("[書き直した]")
        walk.kill()


def test_an_item_whose_answer_was_taken_back_comes_again_and_its_text_goes_where_it_belongs(
    run: Run, project: Path
) -> None:
    settle(run, project)
    items = [one["id"] for one in run("check", project, "--format", "json").json["items"]]
    meant, last = [one for one in items if one.startswith("planning.")][-2:]
    with running("check", project, "--at", last) as (terminal, walk):
        terminal.answer(KEYS, "d")  # meant for the item before
        terminal.answer("メモ（", "三割減らす")
        terminal.answer("証拠（", "")
        assert "ここからは" in terminal.until(KEYS)
        terminal.answer(": ", "u")
        terminal.answer("Enter でその項目へ", "")
        terminal.answer(KEYS, meant)
        terminal.until(KEYS)
        terminal.answer(": ", "d")
        terminal.answer("メモ（", "三割減らす")
        terminal.answer("証拠（", "")
        assert last in terminal.until(KEYS), "what was taken back is what comes next"
        terminal.answer(": ", "d")
        terminal.until("メモ（")
        assert "三割減らす" not in terminal.until(": ")
        walk.kill()
