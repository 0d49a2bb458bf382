"""A question of the walk fits on a screen of 24 lines, whatever was answered before."""

from dataclasses import replace
from pathlib import Path

import pytest

from aiguide.cli import layout
from aiguide.cli.conditions import ask_condition
from aiguide.cli.question import brief_lines, progress_lines, question_lines
from aiguide.core.checklist import Checklist
from aiguide.core.project import Answer, Evidence, EvidenceKind, Status
from aiguide.core.words import Words
from aiguide.store import words as catalogue
from aiguide.usecases import projects
from tests.conftest import TODAY, Run

LONG = "会議で確かめ、担当と日付を記録した。Checked in the meeting, with who and when. " * 8
ANSWER = Answer(
    Status.EXCEPTION,
    *(LONG, tuple(Evidence(EvidenceKind.LINK, f"https://example.jp/{LONG}") for _ in range(5))),
    *(LONG, LONG, "2027-03-31", LONG, "2027-01-31", "佐藤", f"{TODAY}T01:30:00Z"),
)


@pytest.fixture(params=["ja", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    return catalogue.load(request.param)


@pytest.fixture
def checklist(run: Run, tmp_path: Path) -> Checklist:
    """Every item that a project with several uses can have."""
    cells = ("citizen.autonomous", "related.judgment", "internal.search-routine")
    path = tmp_path / "wide.project.json"
    chosen = [part for cell in cells for part in ("--cell", cell)]
    assert run("init", path, "--name", "とても長い名前の案件" * 9, *chosen).code == 0
    return projects.open_project(path).checklist(TODAY)


@pytest.mark.parametrize("answer", [None, ANSWER], ids=["unanswered", "answered at length"])
def test_every_card_fits(words: Words, checklist: Checklist, answer: Answer | None) -> None:
    keys = words.say("check.keys").count("\n") + 1
    for question in checklist.questions:
        asked = replace(question, answer=answer)
        head = tuple(progress_lines(words, checklist, question.item.phase))
        room = 24 - len(head) - keys - 4
        lines = "\n".join(brief_lines(words, checklist, asked, room)).split("\n")
        assert len(lines) <= room, question.item.id
        assert max(map(layout.width, lines)) <= 80
        assert words.pick(question.item.check)[:20] in "".join(map(str.strip, lines))


def test_something_of_a_note_is_shown_however_much_evidence_there_is(
    words: Words, checklist: Checklist
) -> None:
    file = Evidence(EvidenceKind.FILE, "evidence/plan.txt", "a" * 64)
    answer = Answer(Status.DONE, LONG, (file, file), by="Price", at=f"{TODAY}T01:30:00Z")
    for question in checklist.questions:
        for room in (10, 14, 18):
            shown = brief_lines(words, checklist, replace(question, answer=answer), room)
            told = "".join("".join(shown).split())
            assert LONG[:2] in told, (question.item.id, room)


def test_a_due_date_that_has_passed_is_marked(words: Words, run: Run, project: Path) -> None:
    due = ("--note", "試行中", "--due", "2026-12-18")
    assert run("answer", project, "planning.purpose", "in-progress", *due).code == 0
    mark = words.say("date.past", date="2026-12-18")
    opened = projects.open_project(project)
    for today, marked in (("2026-12-18", False), ("2026-12-19", True)):
        standing = opened.checklist(today)
        question = standing.question("planning.purpose")
        assert question
        for lines in (
            question_lines(words, standing, question),
            brief_lines(words, standing, question, 99),
        ):
            told = "\n".join(lines)
            assert "2026-12-18" in told
            assert (mark in told) == marked


def test_where_there_is_room_nothing_is_cut(words: Words, checklist: Checklist) -> None:
    for question in checklist.questions:
        assert "…" not in "".join(brief_lines(words, checklist, question, 99))


def test_the_note_of_an_item_is_shown_whole_where_there_is_room_and_else_left_to_i(
    words: Words, checklist: Checklist
) -> None:
    question = checklist.question("planning.purpose")
    assert question
    assert question.item.note
    note = words.pick(question.item.note)
    for lines in (
        question_lines(words, checklist, question),
        brief_lines(words, checklist, question, 99),
    ):
        assert note[:20] in "".join(lines)
    few = brief_lines(words, checklist, question, 12)
    assert note[:20] not in "".join(few)
    told = words.say("check.note-left")
    assert [
        told in "".join(brief_lines(words, checklist, question, room)) for room in (99, 12)
    ] == [
        False,
        True,
    ]


def test_where_an_item_has_no_note_none_is_said_to_be_left(
    words: Words, checklist: Checklist
) -> None:
    bare = next(one for one in checklist.questions if not one.item.note)
    assert words.say("check.note-left") not in "".join(brief_lines(words, checklist, bare, 5))


def test_a_condition_is_asked_in_full(
    words: Words,
    checklist: Checklist,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "")
    for condition in checklist.guideline.conditions:
        ask_condition(words, condition, 1, count=5)
        shown = "".join(capsys.readouterr().out.split())
        assert "".join(words.pick(condition.question).split()) in shown


def test_each_of_several_pieces_of_evidence_is_named_where_there_is_little_room(
    checklist: Checklist,
) -> None:
    files = tuple(Evidence(EvidenceKind.FILE, f"{n}.txt", "a" * 64) for n in ("計画", "議事録"))
    answer = Answer(Status.DONE, "済", files, by="佐藤", at=f"{TODAY}T01:30:00Z")
    for question in checklist.questions:
        asked = replace(question, answer=answer)
        told = "".join("".join(brief_lines(catalogue.load("ja"), checklist, asked, 12)).split())
        assert "計画.txt" in told
        assert "議事録.txt" in told
