"""Which items apply: clauses, conditions not yet answered, cells not yet known."""

from aiguide.core.applicability import (
    Truth,
    applicable,
    hanging_on,
    hinges,
    open_conditions,
    released_by,
    situation,
    why,
)
from aiguide.core.guideline import Clause
from aiguide.core.project import Project
from tests import make

EVERYWHERE = make.item("everywhere")
FOR_CITIZENS = make.item("for-citizens", applies_to=[Clause(domains=("citizen",))])
FOR_LOOKING = make.item("for-looking", applies_to=[Clause(cells=("staff.look",))])
WITH_PERSONS = make.item("with-persons", applies_to=[Clause(conditions=("person",))])
BOTH = make.item("both", applies_to=[Clause(conditions=("person", "vendor"))])
EITHER = make.item(
    "either", applies_to=[Clause(conditions=("person",)), Clause(conditions=("vendor",))]
)
NARROW = make.item("narrow", applies_to=[Clause(domains=("staff",), conditions=("person",))])
GUIDELINE = make.guideline(
    EVERYWHERE, FOR_CITIZENS, FOR_LOOKING, WITH_PERSONS, BOTH, EITHER, NARROW
)


def applying(project: Project) -> set[str]:
    return {item.id for item in applicable(GUIDELINE, situation(GUIDELINE, project))}


def test_an_item_for_all_applies_to_every_project() -> None:
    project = make.project(cells=["staff.look"], conditions={"person": False, "vendor": False})
    assert applying(project) == {"everywhere", "for-looking"}


def test_a_condition_not_yet_answered_counts_as_true() -> None:
    asked = applying(make.project(conditions={"vendor": False}))
    denied = applying(make.project(conditions={"vendor": False, "person": False}))
    assert asked - denied == {"with-persons", "either"}


def test_all_conditions_of_a_clause_must_hold_but_one_clause_suffices() -> None:
    found = applying(make.project(conditions={"person": True, "vendor": False}))
    assert "both" not in found
    assert "either" in found


def test_domain_and_condition_of_a_clause_must_hold_together() -> None:
    assert "narrow" not in applying(make.project(conditions={"person": True}))
    assert "narrow" in applying(make.project(cells=["staff.look"], conditions={"person": True}))


def test_several_cells_give_the_union_of_their_items() -> None:
    found = applying(make.project(cells=["citizen.ask", "staff.look"]))
    assert {"for-citizens", "for-looking"} <= found


def test_without_a_cell_every_item_that_depends_on_one_counts() -> None:
    assert {"for-citizens", "for-looking", "narrow"} <= applying(make.project(cells=[]))


def test_a_cell_implies_a_condition_even_where_it_was_denied() -> None:
    now = situation(GUIDELINE, make.project(conditions={"facing": False}))
    assert now.conditions["facing"] is Truth.IMPLIED
    assert now.holds("facing")


def test_a_cell_of_another_domain_does_not_imply_it() -> None:
    now = situation(GUIDELINE, make.project(cells=["staff.look"], conditions={"facing": False}))
    assert not now.holds("facing")


def test_the_reason_names_the_clause_that_rests_on_fewest_unanswered_conditions() -> None:
    now = situation(GUIDELINE, make.project(conditions={"vendor": True}))
    reason = why(EITHER, now)
    assert reason is not None
    assert reason.conditions == ("vendor",)


def test_what_a_no_would_release_is_what_hangs_on_that_condition_alone() -> None:
    now = situation(GUIDELINE, make.project(conditions={"vendor": True}))
    assert [item.id for item in released_by(GUIDELINE, now, "person")] == ["with-persons", "both"]


def test_an_item_hinges_on_every_set_of_open_conditions_that_would_make_it_apply() -> None:
    now = situation(GUIDELINE, make.project(conditions={}))
    assert hinges(EVERYWHERE, now) == hinges(FOR_CITIZENS, now) == ()
    assert hinges(WITH_PERSONS, now) == (("person",),)
    assert hinges(BOTH, now) == (("person", "vendor"),)
    assert hinges(EITHER, now) == (("person",), ("vendor",))


def test_a_condition_that_holds_is_no_hinge() -> None:
    now = situation(GUIDELINE, make.project(conditions={"vendor": True}))
    assert hinges(BOTH, now) == (("person",),)
    assert hinges(EITHER, now) == ()


def test_on_an_open_condition_hangs_what_it_decides_by_itself_or_with_others() -> None:
    now = situation(GUIDELINE, make.project(conditions={}))
    hanging = [item.id for item in hanging_on(GUIDELINE, now, "vendor")]
    assert hanging == ["both", "either"]
    assert [item.id for item in released_by(GUIDELINE, now, "vendor")] == ["both"]


def test_a_condition_that_can_change_nothing_any_more_is_not_open_for_the_phase() -> None:
    project = make.project(conditions={"person": True})
    pack, phase = make.guideline(EITHER), EITHER.phase
    assert open_conditions(pack, situation(pack, project), phase) == ()
    unsaid = situation(pack, make.project(conditions={}))
    assert open_conditions(pack, unsaid, phase) == ("person", "vendor")
    assert open_conditions(pack, unsaid, "another") == ()
