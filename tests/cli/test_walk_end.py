"""The end of a walk: what is finished, what is left, and where to go next."""

import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, Terminal, running

KEYS, AT_END = "[q]終了", "Enter で終わる"


def answer_all(run: Run, project: Path, but: int = 0, phase: str = "planning") -> None:
    """Answer all required items of a phase, but for the last few."""
    listed = run("check", project, "--phase", phase, "--required", "--format", "json").json
    ids = [one["id"] for one in listed["items"]]
    given = [{"item": id, "status": "done", "note": "企画書"} for id in ids[: len(ids) - but]]
    file = project.with_name("answers.json")
    file.write_text(json.dumps(given), encoding="utf-8")
    assert run("check", project, "--from", file).code == 0


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


def end_of(project: Path, phase: str = "planning") -> str:
    """Give what a walk says when it is left at once."""
    with running("check", project, "--phase", phase) as (terminal, walk):
        terminal.answer(KEYS, "q")
        terminal.until("q\r\n")
        said = terminal.until("report.pdf")
        assert walk.wait(PATIENCE) == 0
    return said


def test_a_finished_phase_is_said_to_be_and_the_next_one_is_named(run: Run, project: Path) -> None:
    answer_all(run, project)
    said = end_of(project)
    assert "企画の必須の項目は、すべて済みました" in said
    assert "--phase requirements" in said.replace("\r\n", " ")
    assert "要件定義" in said


def test_the_answer_that_leaves_no_required_item_says_so_once(run: Run, project: Path) -> None:
    answer_all(run, project, but=2)
    all_clear = "これで、企画の必須の項目は、すべて済みました"
    with running("check", project, "--phase", "planning", "--required", "--open") as (
        terminal,
        walk,
    ):
        terminal.until(KEYS)
        for is_last in (False, True):
            terminal.enter("d")
            terminal.answer("メモ", "確かめた")
            terminal.answer("証拠", "")
            assert (all_clear in terminal.until(AT_END if is_last else KEYS)) == is_last
        terminal.enter("b")
        terminal.answer(KEYS, "m")
        terminal.answer("メモ", "もう一つ")
        assert all_clear not in terminal.until(KEYS)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0


def test_procurement_that_counts_is_named_with_what_is_left_of_it(run: Run, project: Path) -> None:
    run("set", project, "--condition", "external_vendor=yes")
    answer_all(run, project)
    left = run("status", project, "--format", "json").json["phases"][-1]["required"]["total"]
    said = end_of(project)
    assert "--phase procurement" in said
    assert f"必須の残り {left} 件" in said


def test_what_is_left_of_an_unfinished_phase_is_named(run: Run, project: Path) -> None:
    answer_all(run, project, but=1)
    said = end_of(project)
    assert "うち必須 1 件:" in said
    assert "すべて済みました" not in said
    assert "--phase requirements" not in said
    listed = run("check", project, "--required", "--open", "--format", "json").json
    (left,) = listed["items"]
    assert left["title"] in said


def test_where_only_evidence_is_to_be_looked_at_the_end_says_so(run: Run, project: Path) -> None:
    listed = run("check", project, "--phase", "planning", "--format", "json").json
    for one in listed["items"]:
        assert run("answer", project, one["id"], "done", "--note", "企画書").code == 0
    goal = project.with_name("goal.md")
    goal.write_text("目的", encoding="utf-8")
    run("answer", project, "planning.purpose", "done", "--evidence", "goal.md")
    goal.write_text("書き換えた", encoding="utf-8")
    said = end_of(project)
    assert "企画の、記録と違う証拠を確かめる" in said
    assert "残りに答える" not in said


def test_evidence_that_changed_is_open_again_and_told_at_every_turn(
    run: Run, project: Path
) -> None:
    answer_all(run, project)
    goal = project.with_name("goal.md")
    goal.write_text("目的", encoding="utf-8")
    run("answer", project, "planning.purpose", "done", "--evidence", "goal.md")
    told = "証拠 1 件が、記録したときと違います"
    assert told not in end_of(project)
    goal.write_text("書き換えた", encoding="utf-8")
    listed = run("check", project, "--required", "--open")
    assert told in listed.out
    assert "goal.md" in listed.out
    data = run("check", project, "--required", "--open", "--format", "json").json
    assert [one["id"] for one in data["items"]] == ["planning.purpose"]
    said = end_of(project)
    assert told in said
    assert "planning.purpose" in said
    assert told in run("report", project, "--format", "md", "-o", "-").err


TOOLS = "planning.tool-selection"
# Ctrl-D is taken like Ctrl-C, which is lost where it comes at the very moment a prompt appears.
INTERRUPT = "\x04"


def command_of(said: str) -> list[str]:
    """Give what follows `aiguide` in the command that was printed for going on with the check."""
    (line,) = (one for one in said.splitlines() if one.startswith("    aiguide check "))
    return shlex.split(line.strip().partition("  ")[0])[1:]


@contextmanager
def at_tools(project: Path, *flags: str) -> Iterator[tuple[Terminal, Popen[bytes]]]:
    """Walk to an item that would not be the first one of the next walk."""
    with running("check", project, *flags) as (terminal, walk):
        terminal.answer(KEYS, TOOLS)
        assert TOOLS in terminal.until(KEYS).rpartition("───")[2]
        terminal.until(": ")
        yield terminal, walk


@pytest.mark.parametrize("inside", [False, True])
def test_the_command_after_an_interrupt_leads_back_to_the_item(project: Path, inside: bool) -> None:
    with at_tools(project, "--open") as (terminal, walk):
        if inside:
            terminal.enter("m")
            terminal.until("メモ（")
            terminal.until(": ")
        terminal.send(INTERRUPT)
        assert walk.wait(PATIENCE) == 130
        again = command_of(terminal.rest())
    assert "--open" in again
    with running(*again) as (terminal, _):
        assert TOOLS in terminal.until(KEYS)


def test_the_command_after_q_leads_back_to_the_item_and_then_to_all_others(project: Path) -> None:
    with at_tools(project) as (terminal, walk):
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
        said = terminal.rest()
        assert "開いていた項目から" in said
        again = command_of(said)
    with running(*again) as (terminal, _):
        assert TOOLS in terminal.until(KEYS)
        shown = ""
        while "まだ済んでいない項目のうち" not in shown:
            terminal.enter("")
            shown = terminal.until(KEYS)
        assert "適切な目的の設定" in shown


def test_who_leaves_among_the_conditions_or_at_the_end_is_sent_to_the_phase(
    run: Run, project: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    run("init", other, "--name", "x", "--cell", "citizen.information")
    with running("check", other) as (terminal, walk):
        terminal.until("q 終了")
        terminal.send(INTERRUPT)
        assert walk.wait(PATIENCE) == 130
        assert command_of(terminal.rest())[-2:] == ["--phase", "planning"]
    count = len(run("check", project, "--format", "json").json["items"])
    with running("check", project) as (terminal, walk):
        for _ in range(count):
            terminal.until(KEYS)
            terminal.answer(": ", "")
        assert command_of(terminal.answer(AT_END, ""))[-2:] == ["--phase", "planning"]
        assert walk.wait(PATIENCE) == 0


@contextmanager
def past_the_last(project: Path) -> Iterator[tuple[Terminal, Popen[bytes]]]:
    """Walk past the only required item that is left; the end was told."""
    with running("check", project, "--required", "--open") as (terminal, walk):
        terminal.answer(KEYS, "s")
        assert "うち必須 1 件" in terminal.until(AT_END)
        yield terminal, walk


def test_past_the_last_item_a_key_leads_back_and_none_goes_to_the_shell(
    run: Run, project: Path
) -> None:
    answer_all(run, project, but=1)
    with past_the_last(project) as (terminal, walk):
        terminal.answer(": ", "d")
        terminal.until("点検項目はいま開いていません")
        terminal.until("b で前の項目に")
        terminal.until(AT_END)
        terminal.answer(": ", "報告書")
        terminal.until("「報告書」を題名に含む項目はありません")
        terminal.until("b で前の項目に戻るか、項目の番号か題名を")
        terminal.until(AT_END)
        terminal.answer(": ", "aiguide status")
        assert "q で終えてから" in terminal.until(AT_END)
        terminal.answer(": ", "b")
        assert "planning." in terminal.until(KEYS)
        terminal.answer(": ", TOOLS)
        assert TOOLS in terminal.until(KEYS).rpartition("───")[2]
        terminal.answer(": ", "q")
        assert walk.wait(PATIENCE) == 0
        assert AT_END not in terminal.rest()


@pytest.mark.parametrize("leave", ["", "m"])
def test_a_note_typed_past_the_last_item_is_kept(run: Run, project: Path, leave: str) -> None:
    note = "体制の図は来週出す予定なので後で直す"
    answer_all(run, project, but=1)
    with past_the_last(project) as (terminal, walk):
        terminal.answer(": ", note)
        terminal.until("b で前の項目に戻って m を押すと")
        terminal.until(AT_END)
        if leave:
            terminal.answer(": ", "b")
            terminal.answer(KEYS, leave)
            terminal.until(f"[{note}]")
            walk.kill()
        else:
            terminal.answer(": ", "")
            assert walk.wait(PATIENCE) == 0
            assert note in terminal.rest()


def test_past_the_last_item_u_takes_back_the_last_answer_and_leads_to_its_item(
    run: Run, project: Path
) -> None:
    answer_all(run, project, but=1)
    run("answer", project, TOOLS, "done", "--note", "打ち間違い")
    with past_the_last(project) as (terminal, walk):
        terminal.answer(": ", "u")
        terminal.answer("Enter やめる", "y")
        terminal.answer("Enter でその項目へ", "")
        assert TOOLS in terminal.until(KEYS)
        walk.kill()


def test_an_item_to_begin_at_brings_its_phase_and_stays_where_it_fits_no_filter(
    run: Run, project: Path
) -> None:
    listed = run("check", project, "--phase", "requirements", "--format", "json").json
    item = listed["items"][1]["id"]
    run("answer", project, item, "done", "--note", "済")
    with running("check", project, "--open", "--at", item) as (terminal, _):
        assert item in terminal.until(KEYS)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--at", TOOLS, "--format", "json"), "--at と --format json は一緒に使えません"),
        (("--at", TOOLS, "--from", "-"), "--from と --at は一緒に使えません"),
        (("--at", TOOLS), "--at は、端末で"),
    ],
)
def test_an_item_to_begin_at_is_for_a_walk(
    run: Run, project: Path, given: tuple[str, ...], told: str
) -> None:
    ran = run("check", project, *given)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("planning.tool-selektion", "もしかして: planning.tool-selection"),
        ("decommissioning.vendor-exit", "この案件の点検項目ではありません"),
    ],
)
def test_an_item_that_is_not_asked_for_is_no_beginning(
    project: Path, given: str, told: str
) -> None:
    before = project.read_bytes()
    with running("check", project, "--at", given) as (terminal, walk):
        assert walk.wait(PATIENCE) == 2
        assert told in terminal.rest().replace("\r\n", "")
    assert project.read_bytes() == before


@pytest.mark.parametrize("given", [("--at", "２"), ("--at", "2", "--phase", "requirements")])
def test_a_number_to_begin_at_is_that_of_the_walk(
    run: Run, project: Path, given: tuple[str, ...]
) -> None:
    phase = "requirements" if "requirements" in given else "planning"
    listed = run("check", project, "--phase", phase, "--format", "json").json
    with running("check", project, *given) as (terminal, _):
        assert f"  {listed['items'][1]['id']}" in terminal.until(KEYS)
        terminal.until("2/")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--at", "99"), "項目の番号は 1 から"),
        (("--at", "0"), "項目の番号は 1 から"),
        (("--at", TOOLS, "--phase", "design"), "--phase を除くと、その項目から始まります"),
    ],
)
def test_a_beginning_that_is_not_in_the_phase_is_told_what_is(
    project: Path, given: tuple[str, ...], told: str
) -> None:
    with running("check", project, *given) as (terminal, walk):
        assert walk.wait(PATIENCE) == 2
        assert told in terminal.rest().replace("\r\n", "")


def test_a_walk_that_was_narrowed_goes_on_as_narrow_while_any_of_it_is_left(
    run: Run, project: Path
) -> None:
    def end() -> str:
        with running("check", project, "--required", "--assignee", "佐藤") as (terminal, walk):
            terminal.answer(KEYS, "q")
            terminal.until("q\r\n")
            assert walk.wait(PATIENCE) == 0
            return terminal.rest()

    run("answer", project, TOOLS, "in-progress", "--assignee", "佐藤")
    assert command_of(end())[-4:] == [TOOLS, "--required", "--assignee", "佐藤"]
    run("answer", project, TOOLS, "done", "--note", "済")
    assert "--assignee" not in end()


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (("--open",), "残っている項目はありません"),
        (("--stale",), "文が変わって回答し直しが必要な項目はありません"),
        (("--assignee", "鈴木"), "担当が「鈴木」の項目はありません"),
        (("--open", "--required"), "絞り込みに合う項目はありません"),
    ],
)
def test_where_nothing_is_asked_for_it_is_said_why(
    run: Run, project: Path, filters: tuple[str, ...], said: str
) -> None:
    listed = run("check", project, "--format", "json").json["items"]
    for one in listed:
        run("answer", project, one["id"], "done", "--note", "済")
    assert said in run("check", project, "--phase", "planning", *filters).out


def test_where_no_item_is_stale_those_with_changed_evidence_are_shown_by_a_command(
    run: Run, project: Path
) -> None:
    plan = project.with_name("plan.txt")
    plan.write_text("企画", encoding="utf-8")
    run("answer", project, TOOLS, "done", "--evidence", "plan.txt")
    asked = ("check", project, "--phase", "planning", "--stale")
    assert "--open" not in run(*asked).out
    plan.write_text("別の企画", encoding="utf-8")
    out = run(*asked).out
    assert "文が変わって回答し直しが必要な項目はありません" in out
    assert "証拠が記録したときと違う項目は、次で見られます" in out
    assert TOOLS in run(*command_of(out)).out
    with running(*asked) as (terminal, walk):
        assert walk.wait(PATIENCE) == 0
        end = terminal.rest()
    assert TOOLS in end.partition("付け直す項目")[2]
    assert command_of(end) == ["check", str(project), "--phase", "planning", "--open"]


def test_who_does_it_and_by_when_is_said_without_a_change_of_the_status(
    run: Run, project: Path
) -> None:
    run("answer", project, TOOLS, "done", "--note", "済")
    with running("check", project, "--at", TOOLS) as (terminal, walk):
        terminal.answer(KEYS, "a")
        terminal.answer("担当", "佐藤")
        terminal.answer("期限", "2027-03-31")
        terminal.until(KEYS)
        walk.kill()
    answer = json.loads(project.read_text(encoding="utf-8"))["answers"][TOOLS]
    assert [answer[name] for name in ("status", "assignee", "due")] == [
        *("done", "佐藤", "2027-03-31")
    ]
