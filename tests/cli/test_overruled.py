"""Who only pulls is told what a colleague's merge passed over of theirs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.terminal import PATIENCE, running, wholly

PURPOSE, BPR = "planning.purpose", "planning.bpr"
ON, KEYS = "Enter で先へ", "[q]終了"
AGAIN = "planning.purpose done --note '井上の目的'"


@pytest.fixture
def merged(run: Run, project: Path) -> Path:
    """A project in which 木村 merged two branches: 井上 had answered the same item before."""
    base, theirs = (project.with_name(f"{name}.json") for name in ("base", "theirs"))
    for copy in (base, theirs):
        copy.write_bytes(project.read_bytes())
    run("answer", project, PURPOSE, "done", "--note", "井上の目的", "--by", "井上")
    run("answer", theirs, PURPOSE, "in-progress", "--note", "木村の目的", "--by", "木村")
    told = run("merge-driver", base, project, theirs, "project.json", "--by", "木村")
    assert (told.code, AGAIN in told.err) == (0, True)
    return project


@pytest.mark.parametrize("command", ["status", "check"])
def test_whose_answer_does_not_stand_sees_both_and_how_to_record_it_again(
    run: Run, merged: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("AIGUIDE_BY", "井上")
    told = run(command, merged).err
    assert "井上の目的 → 木村の目的" in told
    assert AGAIN in told
    assert f"--item {PURPOSE}" in told
    assert run(command, merged, "--format", "json").err == ""


def test_whose_later_answer_a_recovery_took_over_is_told_no_more(
    run: Run, merged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIGUIDE_BY", "井上")
    assert run("answer", merged, PURPOSE, "done", "--note", "二人で決めた", "--yes").code == 0
    merged.write_bytes(merged.read_bytes()[:-40])
    told = wholly(run("doctor", merged).out)
    new = merged.with_name("project.recovered.json")
    recovered = json.loads(new.read_text(encoding="utf-8"))
    assert recovered["answers"][PURPOSE]["note"] == "二人で決めた"
    assert f"残った{len(recovered['history'])}件のつながり" in told
    assert "採られていません" not in run("status", new).err


def test_others_are_told_that_somebody_may_not_know(run: Run, merged: Path) -> None:
    told = run("status", merged).err
    assert "井上は、その後まだ何も記録していない" in told
    assert AGAIN not in told
    assert "井上 has recorded nothing since" in run("status", merged, "--lang", "en").err


@pytest.mark.parametrize(
    "args", [("answer", BPR, "in-progress"), ("set", "--owner", "別の課")], ids=lambda args: args[0]
)
def test_who_records_something_else_is_told_then_and_no_more(
    run: Run, merged: Path, args: tuple[str, ...]
) -> None:
    command, *rest = args
    assert AGAIN in run(command, merged, *rest, "--by", "井上").err
    assert AGAIN not in run(command, merged, *rest[:-1], "done", "--by", "井上").err
    assert "採られていません" not in run("status", merged).err


def test_what_is_recorded_again_by_set_is_not_told_as_passed_over(run: Run, project: Path) -> None:
    base, theirs = (project.with_name(f"{name}.json") for name in ("base", "theirs"))
    for copy in (base, theirs):
        copy.write_bytes(project.read_bytes())
    run("set", project, "--owner", "井上課", "--by", "井上")
    run("set", theirs, "--owner", "木村課", "--by", "木村")
    assert run("merge-driver", base, project, theirs, "--by", "木村").code == 0
    assert "の「案件の情報（担当）」の記録は採られていません" in run("status", project).err
    told = run("set", project, "--owner", "井上課", "--by", "井上")
    assert (told.code, "採られていません" in told.err) == (0, False)


@pytest.mark.parametrize(
    "odd",
    [
        {"ai": [{"foo": 1}]},
        {"ai": "文字"},
        {"owner": 3},
        {"owner": {"a": [1]}},
        {"conditions": {"personal_data": "odd"}},
        {"conditions": {"x; touch hacked": True}},
        {"nothing of ours": 1},
    ],
    ids=str,
)
def test_what_a_history_that_was_made_by_hand_holds_is_no_bug_and_no_trap(
    run: Run, merged: Path, monkeypatch: pytest.MonkeyPatch, odd: Any
) -> None:
    monkeypatch.setenv("AIGUIDE_BY", "井上")
    data = json.loads(merged.read_text(encoding="utf-8"))
    last = data["history"][-1]
    said = {"at": last["at"], "by": "井上", "kind": "changed", "subject": "project"}
    said |= {"before": None, "after": odd, "parents": [last["hash"]], "hash": "1" * 64}
    passed = {**last, "subject": "project", "before": odd, "after": None, "hash": "2" * 64}
    data["history"] += [said, {**passed, "parents": [said["hash"], last["hash"]]}]
    merged.write_text(json.dumps(data), encoding="utf-8")
    for command in ("status", "check"):
        ran = run(command, merged)
        assert (ran.code, "採られていません" in ran.err) == (0, True), ran.err
        assert "--condition x; touch" not in ran.err


def test_who_answers_that_item_anew_need_not_be_told(run: Run, merged: Path) -> None:
    told = run("answer", merged, PURPOSE, "in-progress", "--note", "二人の目的", "--by", "井上")
    assert "採られていません" not in told.err


def test_the_item_shows_what_was_passed_over_also_to_who_knows(run: Run, merged: Path) -> None:
    run("answer", merged, BPR, "in-progress", "--by", "井上")
    assert "の回答は採らなかった:実施済メモ:井上の目的" in wholly(run("check", merged).out)
    assert "was not chosen: Done" in run("check", merged, "--lang", "en").out
    with running("check", merged, "--at", PURPOSE) as (terminal, walk):
        assert "の回答は採らなかった" in terminal.until(KEYS)
        walk.kill()
    run("answer", merged, PURPOSE, "in-progress", "--note", "二人の目的", "--by", "佐藤")
    assert "採らなかった" not in run("check", merged).out


def test_a_walk_waits_until_it_is_read(merged: Path) -> None:
    with running("check", merged, "--by", "井上") as (terminal, walk):
        told = wholly(terminal.until(ON))
        assert "井上の目的→木村の目的" in told
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0


def test_of_others_no_more_are_told_than_can_be_read(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, theirs = (project.with_name(f"{name}.json") for name in ("base", "theirs"))
    for copy in (base, theirs):
        copy.write_bytes(project.read_bytes())
    listed = run("check", project, "--phase", "planning", "--format", "json").json["items"]
    for file, who in ((project, "井上"), (theirs, "木村")):
        for item in listed[:5]:
            run("answer", file, item["id"], "in-progress", "--note", who, "--by", who)
    assert run("merge-driver", base, project, theirs, "--by", "木村").code == 0
    told = run("status", project).err
    assert told.count("その後まだ何も") == 3
    assert "採られていないものが、あと 2 件" in told
    monkeypatch.setenv("AIGUIDE_BY", "井上")
    told = run("status", project).err
    assert told.count("採らなかったもの → いまのもの") == 5
    assert "あと" not in told
