"""The course of a walk: what needs somebody first comes first, and nothing is left behind."""

import pytest

from aiguide.core.applicability import Why
from aiguide.core.checklist import Question
from aiguide.core.course import Course, Start, left_off
from aiguide.core.evidence import EvidenceState, State
from aiguide.core.guideline import Level
from aiguide.core.project import Answer, Entry, EntryKind, Evidence, EvidenceKind, Status
from tests import make

R, S = Level.REQUIRED, Level.RECOMMENDED
GONE = EvidenceState("x", 0, Evidence(EvidenceKind.FILE, "goal.md"), State.MISSING, "")


def question(id: str, level: Level, how: str) -> Question:
    """Make a question that stands as its name says."""
    status = {"untouched": None, "in-progress": Status.IN_PROGRESS, "reopened": Status.OPEN}
    standing = status.get(how, Status.DONE)
    return Question(
        make.item(id, level=level),
        Why(everywhere=True, cells=(), conditions=()),
        Answer(standing) if standing else None,
        stale=how == "stale",
        attested=True,
        expired=how == "expired",
        clear=how in ("clear", "changed"),
        bad_evidence=(GONE,) if how == "changed" else (),
    )


def questions(*told: tuple[Level, str]) -> list[Question]:
    return [question(str(number), level, how) for number, (level, how) in enumerate(told, 1)]


def shown(course: Course, asked: list[Question]) -> list[str]:
    """Walk to the end without an answer; give the items as they are shown."""
    course.begin(asked)
    ids = []
    while course.at < len(asked):
        ids.append(asked[course.at].item.id)
        course.forward(asked)
    return ids


FIRST_TO_LAST = [
    (S, "changed"),
    (R, "untouched"),
    (R, "in-progress"),
    (S, "stale"),
    (S, "untouched"),
    (S, "in-progress"),
    (S, "clear"),
]


@pytest.mark.parametrize("place", range(len(FIRST_TO_LAST) - 1))
def test_a_walk_begins_at_what_needs_somebody_first(place: int) -> None:
    asked = questions(*reversed(FIRST_TO_LAST[place:]))
    course = Course()
    course.begin(asked)
    assert course.at == len(asked) - 1


@pytest.mark.parametrize("how", ["changed", "stale", "expired"])
def test_what_is_settled_no_more_comes_before_what_nobody_has_answered(how: str) -> None:
    course = Course()
    course.begin(questions((R, "untouched"), (R, "reopened"), (R, how), (R, "changed")))
    assert course.at == 2


def test_what_was_set_back_to_open_counts_as_not_answered() -> None:
    course = Course()
    course.begin(questions((R, "in-progress"), (R, "reopened"), (R, "untouched")))
    assert course.at == 1


def test_who_comes_back_goes_on_from_the_item_that_they_answered_last() -> None:
    asked = questions((R, "untouched"), (S, "in-progress"), (S, "clear"), (S, "untouched"))
    course = Course()
    assert course.begin(asked, ["2", "3", "4"]) is Start.LAST
    assert (course.at, course.before(asked)) == (1, 1)
    assert course.begin(asked, ["3", "4"]) is Start.AFTER
    assert (course.at, course.before(asked)) == (3, 2)


def test_where_nothing_is_left_from_there_it_begins_as_for_anybody() -> None:
    asked = questions((S, "untouched"), (R, "untouched"), (R, "clear"))
    course = Course()
    assert course.begin(asked, ["3"]) is Start.REQUIRED
    assert course.at == 1


@pytest.mark.parametrize(
    ("level", "how", "start"),
    [(S, "changed", Start.EVIDENCE), (R, "stale", Start.BROKEN), (R, "expired", Start.BROKEN)],
)
def test_what_is_settled_no_more_comes_before_where_somebody_was(
    level: Level, how: str, start: Start
) -> None:
    asked = questions((R, "in-progress"), (level, how))
    course = Course()
    assert course.begin(asked, ["1", "2"]) is start
    assert course.at == 1


def entry(subject: str, by: str = "鈴木", at: str = "2026-11-24T01:00:00Z") -> Entry:
    return Entry(at, by, EntryKind.ANSWERED, subject, None, None, (), "")


def test_where_somebody_was_is_their_own_last_answer_of_the_phase() -> None:
    history = [entry("a"), entry("b"), entry("z"), entry("c", by="佐藤")]
    history.append(entry("c", at="2026-11-24T01:00:00.5Z"))  # from a file of answers
    assert left_off(history, "鈴木", ["a", "b", "c"]) == ["b", "c"]
    assert left_off(history, "田中", ["a", "b", "c"]) == []


def test_from_the_end_it_goes_back_to_what_is_left_before_its_beginning() -> None:
    asked = questions(
        (S, "untouched"), (R, "clear"), (S, "in-progress"), (R, "untouched"), (R, "clear")
    )
    assert shown(Course(), asked) == ["4", "5", "1", "3"]


def test_what_is_left_by_a_jump_comes_in_the_end_though_it_was_shown() -> None:
    asked = questions(*[(S, "untouched")] * 3, (S, "clear"), (S, "untouched"))
    course = Course(at=1)
    course.at = 4  # a jump, as to a number that was typed
    ids = []
    while course.at < len(asked):
        ids.append(asked[course.at].item.id)
        course.forward(asked)
    assert ids == ["5", "1", "2", "3"]


def test_where_nothing_is_left_it_shows_each_question_once() -> None:
    assert shown(Course(), questions((R, "clear"), (S, "clear"))) == ["1", "2"]


def test_what_is_ahead_and_was_taken_up_again_comes_before_what_is_behind() -> None:
    asked = questions((R, "untouched"), (R, "untouched"), (R, "clear"), (R, "untouched"))
    course = Course(at=3)
    assert course.forward(asked)
    assert course.at == 0
    course.take_up("4")
    course.at = 2
    course.forward(asked)
    assert course.at == 3
    course.forward(asked)
    assert course.at == 0


def test_it_is_told_once_that_it_goes_back() -> None:
    asked = questions((S, "untouched"), (S, "untouched"), (R, "untouched"))
    course = Course()
    course.begin(asked)
    assert course.forward(asked)
    assert not course.forward(asked)
    assert asked[course.at].item.id == "2"


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("abcde", 2),
        ("xabcde", 3),
        ("cde", 0),  # what was before is gone
        ("abde", 2),  # the item itself is gone: the next one that is still there
        ("abxe", 3),
        ("ab", 2),  # nothing is left ahead
    ],
)
def test_where_items_come_and_go_it_stays_at_the_item_at_hand(now: str, at: int) -> None:
    course = Course(at=2)
    course.stay("abcde", now)
    assert course.at == at
