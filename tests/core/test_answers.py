"""What a person says becomes an answer."""

from aiguide.core.answers import Said, answered
from aiguide.core.project import Answer, Status
from tests import make

OLD, NEW = "00000000", "11111111"
STALE = make.answer(Status.DONE, item_digest=OLD)


def test_a_note_begins_an_untouched_item() -> None:
    assert answered(None, Said(note="x"), NEW) == Answer(
        Status.IN_PROGRESS, note="x", item_digest=NEW
    )


def test_a_note_does_not_affirm_a_wording_that_has_changed() -> None:
    assert answered(STALE, Said(note="x"), NEW).item_digest == OLD


def test_a_status_affirms_the_wording_of_today() -> None:
    assert answered(STALE, Said(Status.DONE), NEW).item_digest == NEW


def test_an_empty_text_clears_and_nothing_keeps() -> None:
    earlier = make.answer(Status.IN_PROGRESS, note="x", assignee="a", due="2027-01-31")
    after = answered(earlier, Said(note="", due=""), NEW)
    assert (after.note, after.assignee, after.due) == ("", "a", None)
