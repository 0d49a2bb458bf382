"""Whose word stands where branches are merged: what somebody said last, whoever merged since."""

import itertools
from dataclasses import replace

import pytest

from aiguide.core import recording
from aiguide.core.attestation import mismatches
from aiguide.core.merge_steps import settled
from aiguide.core.merging import Merged, merge
from aiguide.core.project import Answer, Classification, Project, Status

ITEM = "planning.purpose"


def at(minute: int) -> str:
    return f"2026-11-29T02:{minute:02}:00Z"


@pytest.fixture
def begun() -> Project:
    project = Project("tokyo-ai", 2, name="x", conditions={"external_vendor": True})
    return recording.start(project, by="山田", at=at(0))


def said(project: Project, who: str, minute: int) -> Project:
    """Let somebody give their name as the owner and as a note."""
    owned = recording.change(project, {"owner": who}, by=who, at=at(minute))
    given = Answer(Status.IN_PROGRESS, note=who)
    return recording.answer(owned, ITEM, given, by=who, at=at(minute))


def vendor(project: Project, who: str, minute: int, holds: bool | None) -> Project:
    changes = {"conditions": {"external_vendor": holds}}
    return recording.change(project, changes, by=who, at=at(minute))


@pytest.mark.parametrize("turned", [False, True])
def test_what_was_merged_is_no_later_than_when_somebody_said_it(
    begun: Project, turned: bool
) -> None:
    first, second, third = (said(begun, who, minute) for minute, who in enumerate("甲乙丙", 1))
    once = merge(begun, second, first, by="統合者", at=at(9)).project
    assert (once.owner, once.answers[ITEM].note) == ("乙", "乙")
    sides = (third, once) if turned else (once, third)
    twice = merge(begun, *sides, by="統合者", at=at(10))
    assert (twice.project.owner, twice.project.answers[ITEM].note) == ("丙", "丙")
    assert "統合者" not in [who for one, _ in twice.decided for who in one.people]


@pytest.mark.parametrize("turned", [False, True])
def test_what_was_changed_back_later_is_said_too(begun: Project, turned: bool) -> None:
    theirs = vendor(begun, "甲", 1, holds=False)
    mine = vendor(vendor(begun, "乙", 2, holds=False), "乙", 3, holds=True)
    sides = (theirs, mine) if turned else (mine, theirs)
    made = merge(begun, *sides, by="x", at=at(9))
    assert made.project.conditions["external_vendor"] is True
    assert len(made.decided) == 1


def test_a_time_without_fractions_is_no_earlier_than_one_of_that_second_with_them(
    begun: Project,
) -> None:
    done = Answer(Status.DONE, note="取り込んだ")
    taken = recording.answer(begun, ITEM, done, by="佐藤", at=at(1).replace("Z", ".5Z"))
    for sides in ((taken, answered(begun, "田中", 1)), (answered(begun, "田中", 1), taken)):
        made = merge(begun, *sides, by="x", at=at(9))
        ((one, _),) = made.decided
        assert one.is_tied
        assert made.project.answers[ITEM] == sides[1].answers[ITEM]


def test_what_was_changed_back_earlier_gives_way(begun: Project) -> None:
    mine = vendor(vendor(begun, "乙", 1, holds=False), "乙", 2, holds=True)
    made = merge(begun, mine, vendor(begun, "甲", 3, holds=False), by="x", at=at(9))
    assert made.project.conditions["external_vendor"] is False
    assert len(made.decided) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_a_condition_set_back_to_not_known_goes_with_the_later_word(
    begun: Project, turned: bool
) -> None:
    for minute, stands in ((1, False), (3, None)):
        open_again = vendor(begun, "乙", minute, holds=None)
        denied = vendor(begun, "甲", 2, holds=False)
        sides = (denied, open_again) if turned else (open_again, denied)
        made = merge(begun, *sides, by="x", at=at(9))
        assert made.project.conditions.get("external_vendor") is stands
        assert len(made.decided) == 1
        assert mismatches(made.project) == ()
    alone = merge(begun, *(begun, open_again)[:: -1 if turned else 1], by="x", at=at(9))
    assert "external_vendor" not in alone.project.conditions
    assert not alone.decided
    assert not alone.kept
    assert mismatches(alone.project) == ()


def test_what_was_taken_back_is_not_said(begun: Project) -> None:
    mine, _ = recording.undo(said(begun, "乙", 5), by="乙", at=at(6))
    mine, _ = recording.undo(mine, by="乙", at=at(7))
    made = merge(begun, mine, said(begun, "甲", 1), by="x", at=at(9))
    assert (made.project.owner, made.project.answers[ITEM].note) == ("甲", "甲")
    assert made.decided == ()


def test_without_a_base_what_only_one_of_them_said_is_no_conflict(begun: Project) -> None:
    shared = said(begun, "山田", 1)
    mine, _ = recording.undo(shared, by="乙", at=at(3))
    theirs = vendor(shared, "甲", 2, holds=False)
    made = merge(None, mine, theirs, by="x", at=at(9))
    assert made.decided == ()
    assert made.project.conditions["external_vendor"] is False
    assert ITEM not in made.project.answers


def test_without_a_base_what_both_said_is_a_conflict(begun: Project) -> None:
    shared = said(begun, "山田", 1)
    mine, _ = recording.undo(shared, by="乙", at=at(3))
    done = Answer(Status.DONE, note="済")
    theirs = recording.answer(shared, ITEM, done, by="甲", at=at(2))
    made = merge(None, mine, theirs, by="x", at=at(9))
    assert [one.part for one, _ in made.decided] == [("answers", ITEM)]
    assert ITEM not in made.project.answers


def answered(project: Project, who: str, minute: int) -> Project:
    return recording.answer(
        project, ITEM, Answer(Status.IN_PROGRESS, note=who), by=who, at=at(minute)
    )


def answered_risk(project: Project, who: str, minute: int) -> Project:
    given = Answer(Status.DONE, note=who)
    return recording.answer(project, "planning.risk-assessment", given, by=who, at=at(minute))


@pytest.fixture
def picked(begun: Project) -> tuple[Project, Project, Project]:
    """What two branches began with, and both of them once one has picked what the other said."""
    first = answered(begun, "斎藤", 1)
    other = answered(first, "木村", 2)
    mine = vendor(first, "斎藤", 3, holds=False)
    return first, merge(first, mine, other, by="x", at=at(4)).project, other


@pytest.mark.parametrize("turned", [False, True])
def test_what_was_taken_back_after_it_was_picked_is_gone_from_both(
    picked: tuple[Project, Project, Project], turned: bool
) -> None:
    base, mine, other = picked
    back, _ = recording.undo(other, by="木村", at=at(5))
    made = merge(base, *((back, mine) if turned else (mine, back)), by="x", at=at(9))
    assert made.project.answers[ITEM].note == "斎藤"
    assert made.project.conditions["external_vendor"] is False
    assert made.decided == ()
    assert mismatches(made.project) == ()


def test_who_takes_back_and_who_replaces_what_was_picked_are_in_conflict(
    picked: tuple[Project, Project, Project],
) -> None:
    base, mine, other = picked
    back, _ = recording.undo(other, by="木村", at=at(5))
    made = merge(base, answered(mine, "佐藤", 6), back, by="x", at=at(9))
    assert made.project.answers[ITEM].note == "佐藤"
    assert [one.part for one, _ in made.decided] == [("answers", ITEM)]


def test_a_pick_takes_all_that_its_branch_had_said(begun: Project) -> None:
    begun = recording.change(begun, {"owner": "斎藤"}, by="斎藤", at=at(1))
    owned = recording.change(begun, {"owner": "木村"}, by="木村", at=at(2))
    other = answered(owned, "木村", 3)
    mine = merge(owned, begun, other, by="x", at=at(4)).project
    assert mine.owner == "木村"
    assert ITEM in mine.answers
    for sides in ((mine, other), (other, mine)):
        made = merge(begun, *sides, by="x", at=at(5))
        assert made.project.owner == "木村"
        assert made.decided == ()


def test_a_pick_tells_what_its_branch_had_said_against_ours(begun: Project) -> None:
    mine = answered(begun, "平井", 1)
    first = answered(begun, "野田", 2)
    other = vendor(first, "野田", 3, holds=False)
    made = merge(first, mine, other, by="x", at=at(4))
    assert made.project.answers[ITEM].note == "野田"
    assert [one.part for one, _ in made.decided] == [("answers", ITEM)]
    assert made.project.conditions["external_vendor"] is False


def told_all(project: Project, who: str, minute: int) -> Project:
    """Let somebody give an answer, an owner, a condition and the cells."""
    cell = "citizen.action" if who == "斎藤" else "related.routine"
    cells = Classification(cells=(cell,), engine="person", confirmed_by=who)
    project = vendor(said(project, who, minute), who, minute, holds=who == "斎藤" or None)
    return recording.classify(project, cells, by=who, at=at(minute))


ALL_TOLD = {
    *(("answers", ITEM), ("project", "owner")),
    *(("project", "conditions", "external_vendor"), ("classification",)),
}


def test_what_a_side_reverted_takes_nothing_away_and_the_newer_is_kept(begun: Project) -> None:
    first = told_all(begun, "斎藤", 1)
    base = told_all(first, "木村", 2)
    mine = answered_risk(base, "木村", 3)
    phase = {"phase": "design"}
    for reverted in (first, recording.change(first, phase, by="斎藤", at=at(5))):
        made = merge(base, mine, reverted, by="x", at=at(9))
        assert made.project.answers == mine.answers
        assert made.project.classification == mine.classification
        assert (made.project.owner, made.project.conditions) == ("木村", {})
        assert (set(made.kept), made.decided) == (ALL_TOLD, ()), "told as kept, not as chosen"
        assert mismatches(made.project) == ()


def test_a_revert_that_the_driver_makes_changes_nothing_and_says_so(begun: Project) -> None:
    first = told_all(begun, "斎藤", 1)
    base = told_all(first, "木村", 2)
    mine = answered_risk(base, "木村", 3)
    made = merge(base, mine, first, by="x", at=at(9))
    assert made.project == mine, "without a further step"
    assert set(made.kept) == ALL_TOLD


def test_an_undo_that_is_reverted_stands(begun: Project) -> None:
    then = told_all(told_all(begun, "斎藤", 1), "木村", 2)
    base, _ = recording.undo(then, by="木村", at=at(3))
    made = merge(base, answered_risk(base, "木村", 4), then, by="x", at=at(9))
    assert made.project.classification.cells == ("citizen.action",)
    assert made.kept == (("classification",),)


def test_what_was_said_after_a_revert_is_a_change(begun: Project) -> None:
    first = answered(begun, "斎藤", 1)
    base = answered(first, "木村", 2)
    made = merge(base, answered_risk(base, "木村", 3), answered(first, "佐藤", 5), by="x", at=at(9))
    assert made.project.answers[ITEM].note == "佐藤"
    assert made.kept == ()


def test_what_was_set_back_by_hand_is_a_change(begun: Project) -> None:
    first = answered(begun, "斎藤", 1)
    base = answered(first, "木村", 2)
    edited = replace(base, answers=first.answers)
    made = merge(base, answered_risk(base, "木村", 3), edited, by="x", at=at(9))
    assert made.project.answers[ITEM].note == "斎藤"
    assert made.kept == ()


def test_what_one_reverted_and_the_other_changed_since_is_changed(begun: Project) -> None:
    first = answered(begun, "斎藤", 1)
    base = answered(first, "木村", 2)
    made = merge(base, answered(base, "木村", 3), first, by="x", at=at(9))
    assert made.project.answers[ITEM].at == at(3)
    assert (made.kept, made.decided) == ((), ())


@pytest.mark.parametrize("turned", [False, True])
def test_what_a_recovery_recorded_as_it_stood_is_no_change(begun: Project, turned: bool) -> None:
    base = answered(answered(begun, "斎藤", 1), "木村", 2)
    cut = replace(base, history=base.history[:-1])
    mine = settled(cut, [("answers", ITEM)], by="x", at=at(3))
    theirs = answered(base, "斎藤", 4)
    made = merge(base, *((theirs, mine) if turned else (mine, theirs)), by="x", at=at(9))
    assert made.project.answers[ITEM] == theirs.answers[ITEM]
    assert made.decided == ()


@pytest.mark.parametrize("turned", [False, True])
def test_who_has_all_that_the_other_has_stays_as_it_is(
    picked: tuple[Project, Project, Project], turned: bool
) -> None:
    base, mine, other = picked
    for begun in (base, other, None):
        made = merge(begun, *((other, mine) if turned else (mine, other)), by="x", at=at(9))
        assert (made.project, made.decided, made.kept) == (mine, (), ())
    edited = replace(other, owner="手で書いた課")
    made = merge(base, *((edited, mine) if turned else (mine, edited)), by="x", at=at(9))
    assert made.project.owner == "手で書いた課"


@pytest.mark.parametrize("turned", [False, True])
def test_what_an_earlier_merge_chose_is_no_choice_again(begun: Project, turned: bool) -> None:
    other, mine = answered(begun, "鈴木", 1), answered(begun, "佐藤", 2)
    chosen = merge(begun, mine, other, by="x", at=at(3))
    assert len(chosen.decided) == 1
    then = vendor(other, "鈴木", 4, holds=False)
    sides = (then, chosen.project) if turned else (chosen.project, then)
    made = merge(begun, *sides, by="x", at=at(9))
    assert made.decided == ()
    assert made.project.answers[ITEM].note == "佐藤"
    assert made.project.conditions["external_vendor"] is False
    again = answered(then, "鈴木", 5)
    made = merge(
        begun, *((again, made.project) if turned else (made.project, again)), by="x", at=at(9)
    )
    assert made.project.answers[ITEM].note == "鈴木"
    assert [one.part for one, _ in made.decided] == [("answers", ITEM)]


@pytest.mark.parametrize("turned", [False, True])
def test_what_stands_again_by_an_undo_is_as_old_as_when_it_was_said(
    begun: Project, turned: bool
) -> None:
    mine, _ = recording.undo(answered(answered(begun, "佐藤", 1), "佐藤", 3), by="鈴木", at=at(5))
    theirs = answered(begun, "木村", 2)
    made = merge(begun, *((theirs, mine) if turned else (mine, theirs)), by="x", at=at(9))
    assert made.project.answers[ITEM].note == "木村"
    ((one, _),) = made.decided
    assert set(one.people) == {"佐藤", "木村"}


def rebased(onto: Project, base: Project, *commits: Project) -> list[Merged]:
    """Make the commits of a branch anew, one by one, on another."""
    made: list[Merged] = []
    for minute, (was, commit) in enumerate(itertools.pairwise((base, *commits)), 10):
        onto = made[-1].project if made else onto
        made.append(merge(was, onto, commit, by="統合者", at=at(minute)))
    return made


@pytest.mark.parametrize("answers", [1, 2])
def test_where_all_that_replaced_an_answer_is_taken_back_it_stands_again(
    begun: Project, answers: int
) -> None:
    commits = [begun]
    for minute in range(answers):
        commits.append(answered(commits[-1], "土井", 3 + minute))
    for minute in range(answers):
        commits.append(recording.undo(commits[-1], by="土井", at=at(6 + minute))[0])
    made = rebased(answered(begun, "三田", 2), *commits)
    assert [one.project.answers[ITEM].note for one in made[:answers]] == ["土井"] * answers
    assert made[-1].project.answers[ITEM].note == "三田"
    assert [(part, step.by) for part, step in made[-1].again] == [(("answers", ITEM), "三田")]
    assert not any(one.again for one in made[:-1])
    assert mismatches(made[-1].project) == ()


def test_what_a_merge_had_chosen_and_stands_again_is_told_as_of_who_said_it(
    begun: Project,
) -> None:
    """Who merges says nothing, so that it was them who recorded it would be untrue."""
    first, second, third = (said(begun, who, minute) for minute, who in enumerate("甲乙丙", 1))
    chosen = merge(begun, second, first, by="統合者", at=at(4)).project
    replaced = merge(begun, chosen, third, by="統合者", at=at(5)).project
    back, _ = recording.undo(third, by="丙", at=at(6))
    both, _ = recording.undo(back, by="丙", at=at(7))
    made = merge(third, replaced, both, by="統合者", at=at(8))
    assert (made.project.owner, made.project.answers[ITEM].note) == ("乙", "乙")
    assert {part: step.by for part, step in made.again} == {
        ("answers", ITEM): "乙",
        ("project", "owner"): "乙",
    }


@pytest.mark.parametrize("turned", [False, True])
def test_what_was_chosen_over_an_answer_stands_where_that_is_taken_back(
    begun: Project, turned: bool
) -> None:
    """Whoever merges whom: the two branches must not differ for that."""
    first, second = said(begun, "甲", 1), said(begun, "乙", 2)
    chosen = merge(begun, second, first, by="統合者", at=at(3)).project
    back, _ = recording.undo(first, by="甲", at=at(4))
    back, _ = recording.undo(back, by="甲", at=at(5))
    made = merge(first, *((back, chosen) if turned else (chosen, back)), by="x", at=at(6))
    assert (made.project.owner, made.project.answers[ITEM].note) == ("乙", "乙")
    assert (made.decided, made.again, made.kept) == ((), (), ())
    assert mismatches(made.project) == ()


@pytest.mark.parametrize("turned", [False, True])
def test_what_one_side_took_back_stands_no_more_whatever_both_have_picked_since(
    begun: Project, turned: bool
) -> None:
    first = answered(begun, "井上", 2)
    other = answered(begun, "西村", 1)
    taken = answered(first, "土井", 4)
    back, _ = recording.undo(taken, by="土井", at=at(5))
    mine = merge(begun, back, other, by="x", at=at(6)).project
    theirs = merge(
        first, merge(begun, first, other, by="x", at=at(7)).project, taken, by="x", at=at(8)
    )
    assert theirs.project.answers[ITEM].note == "土井"
    sides = (theirs.project, mine) if turned else (mine, theirs.project)
    made = merge(first, *sides, by="x", at=at(9))
    assert made.project.answers[ITEM].note == "井上"


@pytest.mark.parametrize("turned", [False, True])
def test_what_both_have_and_one_took_back_is_gone_whatever_a_third_took_back(
    begun: Project, turned: bool
) -> None:
    first = answered(begun, "井上", 2)
    third, _ = recording.undo(answered(first, "土井", 3), by="土井", at=at(4))
    later = answered(first, "木村", 5)
    back, _ = recording.undo(later, by="木村", at=at(6))
    mine, theirs = (merge(first, one, third, by="x", at=at(7)).project for one in (later, back))
    assert (mine.answers[ITEM].note, theirs.answers[ITEM].note) == ("木村", "井上")
    made = merge(third, *((theirs, mine) if turned else (mine, theirs)), by="x", at=at(9))
    assert made.project.answers[ITEM].note == "井上"


def test_of_cells_that_are_taken_back_nothing_stays_of_what_a_merge_had_chosen(
    begun: Project,
) -> None:
    first = Classification(cells=("citizen.action",), engine="person", confirmed_by="甲")
    chosen = replace(first, cells=("related.routine",))
    both = recording.classify(begun, first, by="甲", at=at(1))
    gone, _ = recording.undo(both, by="乙", at=at(2))
    other = recording.classify(both, chosen, by="甲", at=at(3))
    back, _ = recording.undo(other, by="甲", at=at(4))
    picked = merge(both, gone, other, by="統合者", at=at(5)).project
    assert picked.cells == ("related.routine",)
    made = merge(both, picked, back, by="統合者", at=at(6))
    assert made.project.classification == Classification()
    assert [(part, step.by) for part, step in made.again] == [(("classification",), "乙")]
    assert mismatches(made.project) == ()


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("minute", [3, 5, 8])
def test_who_takes_back_their_own_answer_takes_away_no_other(
    begun: Project, minute: int, shared: bool
) -> None:
    base = answered(begun, "共通", 1) if shared else begun
    first = answered(base, "井上", 4)
    back, _ = recording.undo(first, by="井上", at=at(6))
    onto = answered(base, "西村", minute)
    made = rebased(onto, base, first, back)
    assert made[-1].project.answers == onto.answers
    assert made[-1].decided == ()
    assert mismatches(made[-1].project) == ()


def test_where_facts_and_cells_that_replaced_others_are_taken_back_these_stand_again(
    begun: Project,
) -> None:
    cells = Classification(cells=("citizen.action",), engine="person", confirmed_by="三田")
    there = recording.classify(said(begun, "三田", 2), cells, by="三田", at=at(2))
    here = recording.change(begun, {"owner": "土井"}, by="土井", at=at(3))
    mine = replace(cells, cells=("related.routine",), confirmed_by="土井")
    chosen = recording.classify(here, mine, by="土井", at=at(4))
    back, _ = recording.undo(chosen, by="土井", at=at(5))
    back, _ = recording.undo(back, by="土井", at=at(6))
    first, then = rebased(there, begun, chosen, back)
    assert (first.project.owner, first.project.cells) == ("土井", ("related.routine",))
    assert (then.project.owner, then.project.cells) == ("三田", ("citizen.action",))
    assert mismatches(then.project) == ()


def test_what_was_changed_by_hand_comes_along_in_a_rebase_that_takes_something_back(
    begun: Project,
) -> None:
    begun = recording.change(begun, {"owner": "三田"}, by="三田", at=at(1))
    by_hand = replace(begun, owner="手で書いた")
    changed = recording.change(by_hand, {"owner": "土井"}, by="土井", at=at(3))
    back, _ = recording.undo(changed, by="土井", at=at(4))
    made = rebased(begun, begun, by_hand, changed, back)
    assert made[-1].project.owner == "手で書いた"
    assert made[-1].again == ()


def test_an_answer_that_the_other_side_removed_by_hand_is_still_vouched_for(
    begun: Project,
) -> None:
    mine = answered(begun, "佐藤", 4)
    theirs = replace(answered(begun, "木村", 2), answers={})
    made = merge(begun, mine, theirs, by="x", at=at(9)).project
    assert made.answers[ITEM].note == "佐藤"
    assert mismatches(made) == ()


def test_the_cells_that_both_chose_alike_and_took_back_are_recorded_as_they_stand(
    begun: Project,
) -> None:
    cells = Classification(cells=("citizen.action",), engine="person", confirmed_by="x")
    theirs, mine = (recording.classify(begun, cells, by="x", at=at(minute)) for minute in (2, 3))
    back_here, back_there = (
        recording.undo(side, by="x", at=at(minute))[0] for side, minute in ((mine, 4), (theirs, 5))
    )
    here = merge(begun, back_here, theirs, by="x", at=at(6)).project
    there = merge(begun, back_there, mine, by="x", at=at(7)).project
    made = merge(begun, here, there, by="x", at=at(9)).project
    assert made.classification.cells == cells.cells
    assert mismatches(made) == ()


def test_cells_that_give_way_to_a_later_undo_are_gone_from_the_project_as_from_the_history(
    begun: Project,
) -> None:
    def chosen(project: Project, cell: str, who: str, minute: int) -> Project:
        given = Classification(cells=(cell,), engine="person", confirmed_by=who)
        return recording.classify(project, given, by=who, at=at(minute))

    theirs = chosen(begun, "related.routine", "甲", 2)
    mine = merge(begun, chosen(begun, "citizen.action", "乙", 3), theirs, by="乙", at=at(4)).project
    mine = chosen(mine, "internal.routine", "乙", 5)
    back, _ = recording.undo(theirs, by="甲", at=at(6))
    made = merge(theirs, mine, back, by="乙", at=at(7))
    assert len(made.decided) == 1
    assert made.project.cells == ()
    assert mismatches(made.project) == ()


@pytest.mark.parametrize("turned", [False, True])
def test_what_was_written_by_hand_is_said_to_be_nobodys(begun: Project, turned: bool) -> None:
    recorded = answered(begun, "佐藤", 1)
    rewritten = replace(recorded.answers[ITEM], note="手で書いた")
    by_hand = replace(recorded, answers={ITEM: rewritten})
    later = answered(recorded, "田中", 3)
    sides = (later, by_hand) if turned else (by_hand, later)
    made = merge(recorded, *sides, by="x", at=at(9))
    ((one, step),) = made.decided
    assert one.by_hand == (not turned, turned)
    assert made.project.answers[ITEM].by == "田中"
    assert step.before["note"] == "手で書いた"
    assert "by" not in step.before
