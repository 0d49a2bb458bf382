"""Whose words a merge passed over, and who may not know: nobody but who merges is told by git."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from aiguide.core import recording
from aiguide.core.manifest import project_data, read_project
from aiguide.core.merging import merge
from aiguide.core.overruled import overruled, unaware
from aiguide.core.project import Answer, Classification, Project, Status
from tests.core.test_merging import ITEM, at, begun

__all__ = ["begun"]  # the fixture

OTHER = "planning.bpr"
Say = Callable[[Project, str, int], Project]


def answered(project: Project, who: str, minute: int, item: str = ITEM) -> Project:
    given = Answer(Status.IN_PROGRESS, note=f"{who}{minute}")
    return recording.answer(project, item, given, by=who, at=at(minute))


def owned(project: Project, who: str, minute: int) -> Project:
    return recording.change(project, {"owner": who}, by=who, at=at(minute))


def conditioned(project: Project, who: str, minute: int) -> Project:
    holds = None if who == "木村" else False
    changes = {"conditions": {"external_vendor": holds}}
    return recording.change(project, changes, by=who, at=at(minute))


def chosen(project: Project, who: str, minute: int) -> Project:
    cell = "citizen.action" if who == "木村" else "related.routine"
    cells = Classification(cells=(cell,), engine="person", confirmed_by=who)
    return recording.classify(project, cells, by=who, at=at(minute))


def merged(begun: Project, mine: Project, theirs: Project, minute: int = 9) -> Project:
    return merge(begun, mine, theirs, by="木村", at=at(minute)).project


def told(project: Project) -> list[tuple[tuple[str, ...], str]]:
    """Give which parts are said to be passed over, and whose they were."""
    return [(one.part, one.said.by) for one in unaware(project)]


WAYS = pytest.mark.parametrize(
    ("say", "part"),
    [
        (answered, ("answers", ITEM)),
        (owned, ("project", "owner")),
        (conditioned, ("project", "conditions", "external_vendor")),
        (chosen, ("classification",)),
    ],
)


@WAYS
@pytest.mark.parametrize("turned", [False, True])
def test_who_was_passed_over_is_known_until_they_record_something(
    begun: Project, say: Say, part: tuple[str, ...], turned: bool
) -> None:
    sides = say(begun, "木村", 2), say(begun, "井上", 1)
    project = merged(begun, *(reversed(sides) if turned else sides))
    assert told(project) == [(part, "井上")]
    assert told(answered(project, "佐藤", 10, OTHER)) == [(part, "井上")]
    known = answered(project, "井上", 10, OTHER)
    assert told(known) == []
    assert [(one.part, one.said.by) for one in overruled(known)] == [(part, "井上")]


@WAYS
def test_what_somebody_says_anew_is_passed_over_no_more(
    begun: Project, say: Say, part: tuple[str, ...]
) -> None:
    project = merged(begun, say(begun, "木村", 2), say(begun, "井上", 1))
    assert overruled(say(project, "佐藤", 10)) == ()


def test_who_merges_may_not_know_either_for_git_can_keep_to_itself_what_the_driver_says(
    begun: Project,
) -> None:
    project = merged(begun, answered(begun, "木村", 1), answered(begun, "井上", 2))
    assert told(project) == [(("answers", ITEM), "木村")]
    assert told(answered(project, "木村", 10, OTHER)) == []


def test_what_was_replaced_by_who_had_it_before_them_was_not_passed_over(begun: Project) -> None:
    theirs = answered(begun, "井上", 2)
    once = merged(begun, answered(begun, "木村", 1), theirs)
    project = merge(begun, answered(theirs, "佐藤", 4), once, by="高橋", at=at(10)).project
    assert (project.answers[ITEM].by, project.history[-1].before["by"]) == ("佐藤", "井上")
    assert "井上" not in [one.said.by for one in overruled(project)]


def test_what_they_recorded_elsewhere_meanwhile_does_not_mean_that_they_know(
    begun: Project,
) -> None:
    theirs = answered(begun, "井上", 1)
    project = merged(begun, answered(begun, "木村", 2), theirs)
    later = merge(theirs, project, answered(theirs, "井上", 12, OTHER), by="木村", at=at(13))
    assert told(later.project) == [(("answers", ITEM), "井上")]


def test_all_who_were_passed_over_one_after_the_other_are_known(begun: Project) -> None:
    first, second, third = (
        answered(begun, who, at) for at, who in enumerate(("甲", "乙", "丙"), 1)
    )
    for one, other, last in ((first, second, third), (first, third, second)):
        once = merge(begun, one, other, by="x", at=at(9)).project
        twice = merge(begun, once, last, by="x", at=at(10)).project
        assert twice.answers[ITEM].by == "丙"
        assert sorted(who for _, who in told(twice)) == ["乙", "甲"]
        shown = [(one.step.before["by"], one.step.after["by"]) for one in overruled(twice)]
        assert sorted(shown) == [("乙", "丙"), ("甲", "丙")]


def test_what_was_changed_by_hand_since_is_not_what_the_merge_chose(begun: Project) -> None:
    project = merged(begun, owned(begun, "木村", 2), owned(begun, "井上", 1))
    part = ("project", "owner")
    changed = replace(project, owner="手で書いた")
    assert overruled(changed) == ()
    assert [(one.part, one.standing) for one in unaware(changed)] == [(part, "手で書いた")]


def test_a_file_of_many_answers_does_not_mean_that_they_know(begun: Project) -> None:
    project = merged(begun, answered(begun, "木村", 2), answered(begun, "井上", 1))
    given = Answer(Status.DONE, note="x")
    at_once = at(10).replace("Z", ".25Z")
    taken = recording.answer(project, OTHER, given, by="井上", at=at_once)
    assert told(taken) == [(("answers", ITEM), "井上")]


def test_a_second_merge_says_it_no_second_time_and_does_not_hide_it(begun: Project) -> None:
    theirs = answered(begun, "井上", 1)
    project = merged(begun, answered(begun, "木村", 2), theirs)
    branch = answered(theirs, "佐藤", 3, OTHER)
    for sides in ((project, branch), (branch, project)):
        made = merge(theirs, *sides, by="井上", at=at(11))
        assert made.decided == ()  # it told of nothing who merged here
        assert told(made.project) == [(("answers", ITEM), "井上")]


def test_what_both_said_alike_was_not_passed_over(begun: Project) -> None:
    given = Answer(Status.DONE, note="同じ")
    mine, theirs = (
        recording.answer(begun, ITEM, given, by=who, at=at(minute))
        for who, minute in (("木村", 2), ("井上", 1))
    )
    assert overruled(merged(begun, mine, theirs)) == ()


@WAYS
@pytest.mark.parametrize("who", ["佐藤", "木村"])
def test_what_others_say_since_does_not_mean_that_they_know(
    begun: Project, say: Say, part: tuple[str, ...], who: str
) -> None:
    project = say(merged(begun, say(begun, "木村", 2), say(begun, "井上", 1)), who, 10)
    is_theirs = who == "佐藤" and say in (conditioned, chosen)  # what 井上 had said stands again
    assert told(project) == ([] if is_theirs else [(part, "井上")])
    assert told(answered(project, "井上", 11, OTHER)) == []


def test_what_is_taken_back_on_top_of_a_merge_does_not_mean_that_they_know(begun: Project) -> None:
    project = merged(begun, answered(begun, "木村", 2), answered(begun, "井上", 1))
    anew = answered(project, "佐藤", 10)
    back, _ = recording.undo(anew, by="井上", at=at(11))
    assert told(back) == [(("answers", ITEM), "井上")]


@pytest.mark.parametrize(
    "odd", ["文字", 3, ["a"], {"conditions": "文字"}, {"owner": {"a": 1}}, {"by": ["a"]}]
)
def test_a_step_of_another_form_says_nothing(begun: Project, odd: object) -> None:
    data = project_data(merged(begun, owned(begun, "木村", 2), owned(begun, "井上", 1)))
    data["history"][-1]["before"] = odd
    assert told(read_project(json.loads(json.dumps(data)))) == []


def test_an_answer_by_nobody_that_has_a_name_says_nothing(begun: Project) -> None:
    data = project_data(merged(begun, answered(begun, "木村", 2), answered(begun, "井上", 1)))
    data["history"][-1]["before"]["by"] = ["a"]
    assert told(read_project(json.loads(json.dumps(data)))) == []
