"""Who had answered is told that somebody else has changed or taken back that answer."""

from pathlib import Path

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, running, wholly

PURPOSE, BPR = "planning.purpose", "planning.bpr"
ON, KEYS = "Enter で先へ", "[q]終了"
TOLD = "ほかの人が、井上の回答"


@pytest.fixture
def changed(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in which 木村 replaced what 井上, who looks at it, had answered."""
    run("answer", project, PURPOSE, "done", "--note", "井上の目的", "--by", "井上")
    run("answer", project, PURPOSE, "in-progress", "--note", "木村の目的", "--by", "木村")
    monkeypatch.setenv("AIGUIDE_BY", "井上")
    return project


@pytest.mark.parametrize("command", ["status", "check"])
def test_both_are_shown_and_how_to_see_more(run: Run, changed: Path, command: str) -> None:
    told = run(command, changed).err
    assert f"{TOLD} 1 件" in told
    assert "木村" in told
    assert "井上の目的 → 木村の目的" in told
    assert f"--item {PURPOSE}" in told
    assert "changed 1 answer of 井上" in run(command, changed, "--lang", "en").err
    assert run(command, changed, "--format", "json").err == ""


def test_an_undo_by_somebody_else_is_told(run: Run, changed: Path) -> None:
    run("answer", changed, BPR, "done", "--note", "井上の見直し", "--by", "井上")
    assert TOLD not in run("status", changed).err
    assert run("undo", changed, "--by", "木村").code == 0
    assert "井上の見直し → " in run("status", changed).err


def test_who_takes_back_an_answer_that_was_theirs_again_is_not_told_of_what_is_undone(
    run: Run, changed: Path
) -> None:
    assert run("undo", changed, "--by", "木村").code == 0
    assert TOLD not in run("status", changed).err
    assert run("undo", changed).code == 0
    assert TOLD not in run("status", changed).err


def test_who_records_something_else_is_told_then_and_no_more(run: Run, changed: Path) -> None:
    assert TOLD in run("answer", changed, BPR, "in-progress").err
    assert TOLD not in run("set", changed, "--owner", "井上課").err
    assert TOLD not in run("status", changed).err


def test_who_sets_a_fact_is_told_too(run: Run, changed: Path) -> None:
    assert TOLD in run("set", changed, "--owner", "井上課").err
    assert TOLD not in run("status", changed).err


def test_nobody_is_told_of_their_own_or_of_what_is_theirs_again(run: Run, changed: Path) -> None:
    assert "木村の回答" not in run("status", changed).err
    told = run("answer", changed, PURPOSE, "done", "--note", "二人の目的").err
    assert TOLD not in told
    run("answer", changed, PURPOSE, "in-progress")
    assert TOLD not in run("status", changed).err


def test_of_many_a_few_are_shown_and_the_rest_counted(run: Run, project: Path) -> None:
    items = run("check", project, "--format", "json").json["items"][:5]
    for who in ("井上", "木村"):
        for one in items:
            run("answer", project, one["id"], "in-progress", "--note", who, "--by", who)
    told = run("check", project, "--by", "井上").err
    assert f"{TOLD} 5 件" in told
    assert told.count("メモ: 井上 → 木村") == 3
    assert "ほか 2 件" in told


def test_a_walk_waits_until_it_is_read(changed: Path) -> None:
    with running("check", changed, "--by", "井上") as (terminal, walk):
        assert "井上の目的→木村の目的" in wholly(terminal.until(ON))
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0


def test_a_walk_tells_of_what_is_changed_while_it_goes_on(run: Run, project: Path) -> None:
    settle(run, project)
    run("answer", project, BPR, "done", "--note", "井上の見直し", "--by", "井上")
    with running("check", project, "--at", PURPOSE, "--by", "井上") as (terminal, walk):
        terminal.until(KEYS)
        run("answer", project, BPR, "in-progress", "--note", "木村の見直し", "--by", "木村")
        terminal.enter("")
        assert "井上の見直し→木村の見直し" in wholly(terminal.until(ON))
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
