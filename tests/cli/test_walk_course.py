"""Where a walk goes: to what is asked for by now, to what was taken back, to what is typed."""

import json
import shlex
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, Terminal, running, wholly

KEYS, BACK, ON = "[q]終了", "Enter で戻る", "Enter で先へ"
CONDITION = "q 終了"
PURPOSE, TOOLS = "planning.purpose", "planning.tool-selection"


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


def walking(project: Path, *flags: str) -> AbstractContextManager[tuple[Terminal, Popen[bytes]]]:
    return running("check", project, "--phase", "planning", *flags)


def changes(run: Run, project: Path, *conditions: str) -> None:
    """Let a colleague answer conditions."""
    given = [part for one in conditions for part in ("--condition", one)]
    assert run("set", project, *given, "--by", "佐藤").code == 0


def items(run: Run, project: Path) -> list[str]:
    listed = run("check", project, "--phase", "planning", "--format", "json").json["items"]
    return [one["id"] for one in listed]


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


def card(terminal: Terminal) -> str:
    """Give the card that is shown next."""
    return terminal.until(KEYS).rpartition("───")[2]


def write_note(terminal: Terminal, key: str = "d") -> None:
    """Answer the item at hand with a note."""
    terminal.enter(key)
    terminal.answer("メモ（", "済")
    if key == "d":
        terminal.answer("証拠（", "")
    terminal.until("保存しました")


def test_items_that_fall_out_while_one_is_answered_push_none_past(run: Run, project: Path) -> None:
    changes(run, project, "personal_data=yes", "custom_tool=yes")
    here = "planning.data-inventory"
    with walking(project) as (terminal, _):
        card(terminal)
        terminal.enter(here)
        assert here in card(terminal)
        changes(run, project, "personal_data=no", "custom_tool=no")
        write_note(terminal)
        terminal.answer(ON, "")
        following = items(run, project)
        assert following[following.index(here) + 1] in card(terminal)


def test_an_item_that_comes_in_while_one_is_answered_joins_the_walk(
    run: Run, project: Path
) -> None:
    new = "planning.privacy-basis"
    assert new not in items(run, project)
    with walking(project) as (terminal, _):
        card(terminal)
        terminal.enter("planning.data-inventory")
        card(terminal)
        changes(run, project, "personal_data=yes")
        write_note(terminal)
        terminal.answer(ON, "")
        assert new in card(terminal)


def test_where_the_last_item_falls_out_the_walk_turns_to_what_was_left(
    run: Run, project: Path
) -> None:
    file = project.with_name("answers.json")
    changes(run, project, "custom_tool=yes")
    listed = items(run, project)
    only = ["planning.classification", "planning.dsb-consultation"]
    given = [{"item": one, "status": "done", "note": "済"} for one in listed if one not in only]
    file.write_text(json.dumps(given), encoding="utf-8")
    assert run("check", project, "--from", file).code == 0
    with running("check", project, "--open", "--at", only[1]) as (terminal, walk):
        assert only[1] in card(terminal)
        changes(run, project, "custom_tool=no")
        terminal.enter("i")
        terminal.answer(BACK, "")
        terminal.answer(ON, "")
        assert "まだ済んでいない項目のうち" in terminal.until("───")
        assert only[0] in card(terminal)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0


def test_an_item_outside_the_filter_is_gone_to_where_it_is_named(run: Run, project: Path) -> None:
    assert run("answer", project, PURPOSE, "done", "--note", "済").code == 0
    with walking(project, "--open") as (terminal, _):
        assert PURPOSE not in card(terminal)
        terminal.enter("planning.purpos")
        assert f"もしかして: {PURPOSE}" in terminal.until(BACK)
        terminal.enter(PURPOSE)
        card(terminal)
        assert PURPOSE in card(terminal)


@pytest.mark.parametrize(
    ("filters", "begins"),
    [
        (("--open",), "1/"),
        (("--open", "--required"), "1/"),
        (("--required",), "3/"),
        ((), "3/"),
    ],
)
def test_a_list_of_what_is_left_is_begun_at_its_first_item_by_who_comes_back_too(
    run: Run, project: Path, filters: tuple[str, ...], begins: str
) -> None:
    assert items(run, project)[:2] == [PURPOSE, TOOLS]
    assert run("answer", project, TOOLS, "done", "--note", "済").code == 0
    with walking(project, *filters) as (terminal, _):
        before = terminal.until(KEYS)
        terminal.until(begins)
    assert (PURPOSE in before) is (begins == "1/")
    assert ("から始めます" in before) is (begins != "1/")


def test_a_list_of_what_is_left_goes_on_at_the_item_that_is_named(run: Run, project: Path) -> None:
    with walking(project, "--open", "--at", TOOLS) as (terminal, _):
        assert TOOLS in card(terminal)


def test_an_item_of_another_phase_is_refused_with_the_command_that_leads_there(
    run: Run, project: Path
) -> None:
    other = run("check", project, "--phase", "requirements", "--format", "json").json["items"][1]
    with walking(project) as (terminal, walk):
        card(terminal)
        terminal.enter(other["id"])
        said = terminal.until(ON)
        assert "要件定義の項目" in said
        (command,) = (one for one in said.splitlines() if one.startswith("    aiguide "))
        terminal.enter("m")
        assert "Enter" in terminal.until(ON)  # the key was meant for the other item
        terminal.enter("")
        card(terminal)
        terminal.enter("decommissioning.vendor-exit")
        assert "この案件の点検項目ではありません" in terminal.until(ON).replace("\r\n  ", "")
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    with running(*shlex.split(command)[1:]) as (terminal, _):
        assert other["id"] in card(terminal)


def test_what_was_taken_back_is_gone_to_even_where_it_fits_no_filter(
    run: Run, project: Path
) -> None:
    for id, name in (("planning.bpr", "佐藤"), ("planning.stakeholders", "鈴木")):
        said = ("in-progress", "--note", "調査中", "--assignee", name)
        assert run("answer", project, id, *said).code == 0
    with walking(project, "--assignee", "佐藤") as (terminal, _):
        card(terminal)
        terminal.enter("u")
        terminal.answer("Enter やめる", "y")
        terminal.answer("Enter でその項目へ", "")
        assert "planning.stakeholders" in card(terminal)


def test_what_was_taken_back_in_another_phase_is_said_to_be_there(run: Run, project: Path) -> None:
    other = run("check", project, "--phase", "requirements", "--format", "json").json["items"][1]
    assert run("answer", project, other["id"], "done", "--note", "済").code == 0
    with walking(project) as (terminal, _):
        assert PURPOSE in card(terminal)
        terminal.enter("u")
        terminal.answer("Enter やめる", "y")
        said = terminal.until(BACK)
        assert "要件定義の項目" in said
        assert f"--at {other['id']}" in said


def unsaid(project: Path, *ids: str) -> None:
    """Let conditions be open again."""
    data = manifest(project)
    for id in ids:
        del data["project"]["conditions"][id]
    project.write_text(json.dumps(data), encoding="utf-8")


def test_a_condition_that_changes_nothing_in_the_phase_is_not_asked(project: Path) -> None:
    unsaid(project, "confidential_data", "training_or_tuning")
    with walking(project) as (terminal, _):
        assert CONDITION not in card(terminal)


def test_of_a_condition_that_decides_only_with_others_it_is_said_what_hangs_on_it(
    run: Run, project: Path
) -> None:
    unsaid(project, "personal_data", "confidential_data")
    told = "ほかの条件の答えと合わせて、1項目の要否が決まります"
    assert told in wholly(run("status", project).out)
    with running("check", project, "--phase", "design") as (terminal, _):
        assert told not in wholly(terminal.until(CONDITION))
        terminal.enter("")
        assert told in wholly(terminal.until(CONDITION))


def test_who_comes_back_is_not_asked_again_and_the_end_says_how_to_answer(
    run: Run, project: Path
) -> None:
    unsaid(project, "personal_data")
    with walking(project) as (terminal, walk):
        terminal.answer(CONDITION, "")
        card(terminal)
        write_note(terminal)
        card(terminal)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    with walking(project) as (terminal, walk):
        card(terminal)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
        end = terminal.rest()
    assert "（1問）" in wholly(end)
    assert "個人情報を扱う→「いいえ」なら3項目が外れます" in wholly(end)
    (command,) = (one for one in end.splitlines() if one.startswith("    aiguide set "))
    assert run(*shlex.split(command)[1:]).code == 2, "the answer is left to the person"
    assert run(*shlex.split(command.replace("...", "yes"))[1:]).code == 0
    assert manifest(project)["project"]["conditions"]["personal_data"] is True


def test_who_comes_new_is_asked_what_others_have_passed_over(run: Run, project: Path) -> None:
    unsaid(project, "personal_data")
    assert run("answer", project, PURPOSE, "done", "--note", "済", "--by", "佐藤").code == 0
    with walking(project) as (terminal, _):
        terminal.until(CONDITION)


def closed(project: Path) -> Path:
    """Let nothing be saved any more: where the lock goes there is a folder."""
    lock = project.with_name(f".{project.name}.lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    return lock


def test_who_leaves_after_a_condition_that_could_not_be_saved_has_left(project: Path) -> None:
    unsaid(project, "personal_data", "custom_tool")
    closed(project)
    with walking(project) as (terminal, walk):
        terminal.answer(CONDITION, "n")
        terminal.answer(ON, "q")
        assert walk.wait(PATIENCE) == 2
        said = terminal.rest()
    assert CONDITION not in said
    assert "--condition personal_data=no" in said


def test_a_condition_that_a_colleague_has_answered_alike_is_unsaved_no_more(
    run: Run, project: Path
) -> None:
    unsaid(project, "personal_data", "custom_tool")
    lock = closed(project)
    with walking(project) as (terminal, walk):
        terminal.answer(CONDITION, "n")
        terminal.answer(ON, "")
        lock.rmdir()
        terminal.answer(CONDITION, "b")
        terminal.until(CONDITION)
        changes(run, project, "personal_data=no")
        terminal.enter("n")
        assert "同じ答え" in terminal.until(CONDITION)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0


def test_u_on_a_manifest_damaged_meanwhile_loses_nothing_of_what_could_not_be_saved(
    project: Path,
) -> None:
    closed(project)
    with walking(project) as (terminal, walk):
        card(terminal)
        terminal.enter("m")
        terminal.answer("メモ（", "消えてはならない")
        terminal.answer(BACK, "")
        card(terminal)
        project.write_text(project.read_text(encoding="utf-8")[:-20], encoding="utf-8")
        terminal.enter("u")
        assert "途中で切れています" in terminal.until(BACK)
        terminal.enter("q")
        terminal.until("aiguide answer")
        terminal.until("消えてはならない")
        assert walk.wait(PATIENCE) == 2


def test_a_number_stands_for_the_same_item_whatever_is_asked_for(run: Run, project: Path) -> None:
    listed = run("check", project, "--phase", "planning", "--format", "json").json["items"]
    at, item = next((n, one) for n, one in enumerate(listed, 1) if one["level"] == "recommended")
    after = next(one for one in listed[at:] if one["level"] == "required")
    number = listed.index(after) + 1
    for filters in ((), ("--required",)):
        with running("check", project, "--at", str(number), *filters) as (terminal, walk):
            assert after["id"] in terminal.until(KEYS)
            terminal.until(f"{number}/{len(listed)}")
            terminal.enter(str(at))
            assert item["id"] in terminal.until(KEYS)
            walk.kill()


@pytest.mark.parametrize(
    ("part", "id"),
    [
        ("見直し・再構築", "planning.bpr"),
        ("bpr", "planning.bpr"),
        ("tool", "planning.tool-selection"),
    ],
)
def test_a_part_of_a_title_or_id_is_enough_to_begin_at_its_item(
    project: Path, part: str, id: str
) -> None:
    with running("check", project, "--at", part) as (terminal, walk):
        assert id in terminal.until("[q]終了")
        walk.kill()


def test_of_several_items_with_a_part_of_a_title_that_of_the_phase_is_meant(
    run: Run, project: Path
) -> None:
    run("set", project, "--condition", "personal_data=yes")
    there = ("check", project, "--phase", "planning", "--at")
    with running(*there, "個人情報") as (terminal, walk):
        assert "planning.privacy" in terminal.until("[q]終了")
        walk.kill()
    with running(*there, "リスク") as (terminal, walk):
        assert walk.wait(PATIENCE) == 2
        said = terminal.rest()
    assert "「リスク」を題名に含む項目が、いくつかあります" in said
    assert "3  リスクの評価" in said
