"""Upgrading carries every answer somewhere, and undoing it gives the project back as it was."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiguide.core import bill, checklist, new_names, recording, upgrade, wording
from aiguide.core.attestation import attested, mismatches
from aiguide.core.declared import faults
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Change, Clause, Guideline, Item, Level, TermChange
from aiguide.core.history import first_broken
from aiguide.core.manifest import project_data, read_project
from aiguide.core.merging import merge
from aiguide.core.new_names import KINDS
from aiguide.core.pack_changes import Kind, compare
from aiguide.core.project import Answer, Evidence, EvidenceKind, Project, Status
from aiguide.core.text import Text
from aiguide.store import schemas
from aiguide.usecases import catalogue
from tests import make
from tests.make import TODAY, answer

AT = "2026-11-24T00:00:00Z"


def pack(
    version: int,
    items: list[Item],
    *changes: tuple[list[str], list[str]],
    editorial: bool | None = None,
) -> Guideline:
    declared = tuple(
        Change(tuple(a), tuple(b), make.text("because"), editorial) for a, b in changes
    )
    since = version - 1 if version > 1 else None
    return replace(make.guideline(*items), version=version, since=since, changes=declared)


def answered(**answers: Answer) -> Project:
    """A project with answers that the history records, to ids with a stroke for the dot."""
    project = recording.start(make.project(), by="x", at=AT)
    for id, one in answers.items():
        project = recording.answer(project, id.replace("_", "."), one, by="x", at=AT)
    return project


def upgraded(project: Project, *versions: Guideline) -> Project:
    return upgrade.upgrade(project, versions, by="y", at=AT)


def question(guideline: Guideline, project: Project, id: str) -> checklist.Question:
    found = checklist.build(guideline, project, TODAY).question(id)
    assert found is not None
    return found


def done(item: Item, **fields: Any) -> Answer:
    return answer(Status.DONE, item_digest=item.digest, **fields)


def written(project: Project) -> str:
    data = project_data(project)
    data.pop("history", None)
    return json.dumps(data)


OLD, OTHER = make.item("plan.old"), make.item("plan.other", check="look at it")


def test_what_was_reworded_in_one_language_alone_is_shown_in_that_language() -> None:
    words = catalogue.load_words("ja")
    was = replace(OLD, check=Text("確かめる", "Chek it."))
    (told,) = wording.former_lines(words, replace(was, check=Text("確かめる", "Check it.")), [was])
    assert "Chek it." in told
    (told,) = wording.former_lines(words, replace(was, check=Text("見る", "Check it.")), [was])
    assert "確かめる" in told


def test_a_renamed_item_with_the_same_words_stays_answered_attested_and_fresh() -> None:
    renamed = replace(OLD, id="plan.new")
    old, new = pack(1, [OLD]), pack(2, [renamed], (["plan.old"], ["plan.new"]))
    project = upgraded(answered(plan_old=done(OLD)), old, new)
    asked = question(new, project, "plan.new")
    assert (asked.clear, asked.stale, asked.attested) == (True, False, True)
    assert "plan.old" not in {**project.answers, **project.retired}


@pytest.mark.parametrize("digest", ["", OLD.digest])
def test_a_reworded_item_turns_stale_even_where_the_answer_named_no_wording(digest: str) -> None:
    reworded = replace(OLD, check=make.text("check it twice"))
    old, new = pack(1, [OLD]), pack(2, [reworded], (["plan.old"], ["plan.old"]))
    given = answer(Status.DONE, item_digest=digest)
    asked = question(new, upgraded(answered(plan_old=given), old, new), "plan.old")
    assert (asked.stale, asked.clear, asked.attested) == (True, False, True)


IN_PLACE = (["plan.old"], ["plan.old"])


@pytest.mark.parametrize("digest", ["", OLD.digest])
def test_an_answer_stands_where_only_words_were_mended_until_undo(digest: str) -> None:
    mended = replace(OLD, check=Text("check it", "Check it."))
    old, new = pack(1, [OLD]), pack(2, [mended], IN_PLACE, editorial=True)
    project = answered(plan_old=answer(Status.DONE, item_digest=digest))
    carried = upgraded(project, old, new)
    asked = question(new, carried, "plan.old")
    assert (asked.stale, asked.clear, asked.attested) == (False, True, True)
    assert carried.answers["plan.old"].item_digest == mended.digest, "also for who reads the file"
    assert first_broken(carried.history) is None
    owed = bill.bill(project, carried, (old, new), TODAY)
    assert (owed.again, owed.carried) == ((), 1)
    assert [item.id for item in owed.corrected] == ["plan.old"]
    back, _ = recording.undo(carried, by="z", at=AT)
    assert written(back) == written(project)


def test_an_answer_that_was_stale_before_words_were_mended_stays_so() -> None:
    mended = replace(OLD, check=make.text("Check it."))
    old, new = pack(1, [OLD]), pack(2, [mended], IN_PLACE, editorial=True)
    project = answered(plan_old=answer(Status.DONE, item_digest="00000000"))
    carried = upgraded(project, old, new)
    assert question(new, carried, "plan.old").stale
    assert bill.bill(project, carried, (old, new), TODAY).corrected == ()


def test_words_mended_after_another_meaning_do_not_bring_an_answer_back() -> None:
    other, mended = (replace(OLD, check=make.text(said)) for said in ("check twice", "Check twice"))
    versions = (
        pack(1, [OLD]),
        pack(2, [other], IN_PLACE),
        pack(3, [mended], IN_PLACE, editorial=True),
    )
    carried = upgraded(answered(plan_old=done(OLD)), *versions)
    assert question(versions[-1], carried, "plan.old").stale


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"level": Level.RECOMMENDED}, "level-lowered"),
        ({"applies_to": (Clause(domains=("citizen",)),)}, "narrowed"),
        ({"phase": "design"}, "moved"),
        ({"exception_only": True}, "clearing"),
        ({"id": "plan.new"}, "renamed"),
    ],
)
def test_what_is_more_than_mended_words_is_no_correction(more: dict[str, Any], named: str) -> None:
    changed = replace(OLD, check=make.text("Check it."), **more)
    change = (["plan.old"], [changed.id])
    old, new = pack(1, [OLD]), pack(2, [changed], change, editorial=True)
    told = [one for one in faults(old, new) if one.code == "AG230"]
    assert [(one.pointer, one.args["changed"]) for one in told] == [
        (("changes", 0, "editorial"), [named])
    ]
    assert question(new, upgraded(answered(plan_old=done(OLD)), old, new), changed.id).stale


def test_neither_an_added_nor_a_split_item_is_a_correction() -> None:
    parts = [make.item(f"plan.{one}", check=one) for one in ("a", "b")]
    split = pack(2, parts, (["plan.old"], ["plan.a", "plan.b"]), editorial=True)
    added = pack(2, [OLD, OTHER], ([], ["plan.other"]), editorial=True)
    for new in (split, added):
        assert [one.code for one in faults(pack(1, [OLD]), new)] == ["AG230"]


@pytest.mark.parametrize(
    ("said", "editorial", "codes"),
    [
        (Text("check it", "Check it."), None, ["AG231"]),
        (Text("check it", "Check it."), True, []),
        (Text("check it", "Check it."), False, []),
        (Text("確かめる", "Check it."), None, []),
    ],
)
def test_a_change_in_one_language_wants_a_word_on_its_meaning(
    said: Text, editorial: bool | None, codes: list[str]
) -> None:
    new = pack(2, [replace(OLD, check=said)], IN_PLACE, editorial=editorial)
    assert [one.code for one in faults(pack(1, [OLD]), new)] == codes


def test_the_answer_to_a_split_item_goes_to_each_part_and_is_stale() -> None:
    parts = [make.item(f"plan.{one}", check=one) for one in ("a", "b")]
    old, new = pack(1, [OLD]), pack(2, parts, (["plan.old"], ["plan.a", "plan.b"]))
    project = upgraded(answered(plan_old=done(OLD, note="seen")), old, new)
    for part in parts:
        asked = question(new, project, part.id)
        assert asked.answer is not None
        assert (asked.answer.note, asked.stale, asked.attested) == ("seen", True, True)
    assert not project.retired


def test_merged_items_take_the_least_advanced_status_and_keep_what_was_said() -> None:
    both = make.item("plan.both", check="check both")
    old = pack(1, [OLD, OTHER])
    new = pack(2, [both], (["plan.old", "plan.other"], ["plan.both"]))
    paper = Evidence(EvidenceKind.FILE, "a.pdf", "0" * 64)
    first = done(OLD, note="one", evidence=(paper,), due="2027-03-31")
    second = answer(Status.IN_PROGRESS, note="two", item_digest=OTHER.digest, due="2027-01-31")
    project = upgraded(answered(plan_old=first, plan_other=second), old, new)
    merged = project.answers["plan.both"]
    assert (merged.status, merged.note) == (Status.IN_PROGRESS, "one\ntwo")
    assert (merged.evidence, merged.due) == ((paper,), "2027-01-31")
    assert question(new, project, "plan.both").stale
    assert [one.note for one in project.retired.values()] == ["one", "two"]


def test_a_merged_item_is_open_where_one_of_its_questions_was_never_answered() -> None:
    both = make.item("plan.both", check="check both")
    change = (["plan.old", "plan.other"], ["plan.both"])
    old, new = pack(1, [OLD, OTHER]), pack(2, [both], change)
    assert upgraded(answered(plan_old=done(OLD)), old, new).answers["plan.both"].status is (
        Status.OPEN
    )
    elsewhere = replace(OTHER, applies_to=(Clause(domains=("staff",)),))
    old = pack(1, [OLD, elsewhere])
    assert upgraded(answered(plan_old=done(OLD)), old, new).answers["plan.both"].status is (
        Status.DONE
    ), "the other never applied to this project"


def test_the_answer_to_a_removed_item_is_retired_and_not_counted() -> None:
    old, new = pack(1, [OLD, OTHER]), pack(2, [OTHER], (["plan.old"], []))
    project = upgraded(answered(plan_old=done(OLD, note="seen")), old, new)
    assert project.retired["plan.old"].note == "seen"
    assert checklist.build(new, project, TODAY).question("plan.old") is None


def test_what_nobody_attested_is_none_the_better_for_having_been_carried() -> None:
    renamed = replace(OLD, id="plan.new")
    old, new = pack(1, [OLD, OTHER]), pack(2, [renamed, OTHER], (["plan.old"], ["plan.new"]))
    project = answered(plan_old=done(OLD), plan_other=done(OTHER))
    by_hand = {**project.answers, "plan.old": done(OLD, note="by hand")}
    carried = upgraded(replace(project, answers=by_hand), old, new)
    assert attested(carried) == {"plan.other"}


@pytest.mark.parametrize("recorded", [True, None])
def test_a_condition_changed_by_hand_differs_under_its_new_id_too(recorded: bool | None) -> None:
    old = pack(1, [OTHER])
    new = renaming(
        ("conditions", "person", "personal"),
        conditions=(replace(old.conditions[0], id="personal"), *old.conditions[1:]),
    )
    project = answered()
    if recorded is not None:
        project = recording.change(project, {"conditions": {"person": recorded}}, by="x", at=AT)
    forged = replace(project, conditions={"person": False})
    carried = upgraded(forged, old, new)
    back, _ = recording.undo(carried, by="z", at=AT)
    for one, id in ((forged, "person"), (carried, "personal"), (back, "person")):
        (found,) = mismatches(one)
        assert found.part == ("project", "conditions", id)
        assert (found.word.value, found.stands) == (recorded, False)
    assert schemas.check("project", project_data(carried)) == ()


def test_cells_and_conditions_that_are_gone_are_left_out_and_come_back_with_undo() -> None:
    project = replace(answered(), conditions={"person": True, "vendor": False})
    new = pack(2, [OTHER])
    fewer = replace(new, cells=new.cells[1:], conditions=new.conditions[1:])
    carried = upgraded(project, pack(1, [OTHER]), fewer)
    assert (carried.cells, dict(carried.conditions)) == ((), {"vendor": False})
    back, _ = recording.undo(carried, by="z", at=AT)
    assert written(back) == written(project)


@pytest.mark.parametrize("held", [True, False])
def test_an_answer_to_a_condition_that_asks_otherwise_now_does_not_stand(held: bool) -> None:
    """It may ask the opposite; the history keeps what was said, and undo gives it back."""
    project = replace(answered(), conditions={"person": held, "vendor": False})
    old, new = pack(1, [OTHER]), pack(2, [OTHER])
    turned = replace(new.conditions[0], question=make.text("Is it free of persons?"))
    assert old.conditions[0].id == "person"
    asking = replace(new, conditions=(turned, *new.conditions[1:]))
    carried = upgraded(project, old, asking)
    assert dict(carried.conditions) == {"vendor": False}
    asked = bill.bill(project, carried, (old, asking), TODAY)
    assert (asked.asked_anew, asked.left_out, asked.renamed) == (("person",), (), ())
    assert carried.history[-1].before["project"]["conditions"]["person"] is held
    back, _ = recording.undo(carried, by="z", at=AT)
    assert written(back) == written(project)


@pytest.mark.parametrize(
    ("said", "editorial", "codes", "stands"),
    [
        (Text("Is it of persons?", "Is it of a person?"), ..., ["AG231"], False),
        (Text("Is it of persons?", "Is it of a person?"), None, ["AG231"], False),
        (Text("Is it of persons?", "Is it of a person?"), False, [], False),
        (Text("Is it of persons?", "Is it of a person?"), True, [], True),
        (Text("人についてか", "Is it of a person?"), ..., ["AG232"], False),
        (Text("人についてか", "Is it of a person?"), None, [], False),
        (Text("人についてか", "Is it of a person?"), True, [], True),
        (Text("Is it of persons?", "Is it of persons?"), True, ["AG223"], True),
    ],
)
def test_a_condition_in_other_words_wants_a_reason_and_may_keep_its_answers(
    said: Text, editorial: Any, codes: list[str], stands: bool
) -> None:
    """`editorial` as declared; `...` where nothing is."""
    old, new = (
        replace(one, conditions=(replace(one.conditions[0], question=text), *one.conditions[1:]))
        for one, text in (
            (pack(1, [OTHER]), make.text("Is it of persons?")),
            (pack(2, [OTHER]), said),
        )
    )
    change = TermChange("conditions", "person", "person", make.text("because"), editorial)
    new = replace(new, term_changes=() if editorial is ... else (change,))
    assert [one.code for one in faults(old, new)] == codes
    assert list(faults(old, replace(new, term_changes=(), released="2026-12-01"))) == []
    project = replace(answered(), conditions={"person": True})
    assert dict(upgraded(project, old, new).conditions) == ({"person": True} if stands else {})


def renaming(*ends: tuple[str, str, str | None], **fields: Any) -> Guideline:
    """Make a version 2 that knows some cells or conditions by another id, or no more."""
    declared = tuple(TermChange(*one, make.text("because")) for one in ends)
    return replace(pack(2, [OTHER]), term_changes=declared, **fields)


def test_cells_conditions_and_a_phase_that_go_by_another_id_are_carried() -> None:
    old = pack(1, [OTHER])
    new = renaming(
        ("cells", "citizen.ask", "citizen.chat"),
        ("conditions", "person", "personal"),
        ("phases", "planning", "idea"),
        cells=(replace(old.cells[0], id="citizen.chat"), *old.cells[1:]),
        conditions=(replace(old.conditions[0], id="personal"), *old.conditions[1:]),
        phases=(replace(old.phases[0], id="idea"), *old.phases[1:]),
    )
    project = replace(answered(), conditions={"person": True, "vendor": False})
    carried = upgraded(project, old, new)
    assert (carried.cells, carried.phase) == (("citizen.chat",), "idea")
    assert dict(carried.conditions) == {"personal": True, "vendor": False}
    asked = bill.bill(project, carried, (old, new), TODAY)
    assert ("person", "personal") in asked.renamed
    assert asked.left_out == ()
    back, _ = recording.undo(carried, by="z", at=AT)
    assert written(back) == written(project)


@pytest.mark.parametrize(
    ("given", "merged"),
    [
        ({"person": True, "vendor": True}, {"sensitive": True}),
        ({"person": False, "vendor": False}, {"sensitive": False}),
        ({"person": False, "vendor": True}, {}),
        ({"person": False}, {}),
        ({"person": True}, {}),
    ],
)
@pytest.mark.parametrize("reworded", [False, True])
def test_of_merged_conditions_the_answer_stands_only_if_all_agree_and_it_asks_the_same(
    given: dict[str, bool], merged: dict[str, bool], reworded: bool
) -> None:
    old = pack(1, [OTHER])
    ends = (("conditions", id, "sensitive") for id in ("person", "vendor"))
    question = make.text("Is it sensitive?") if reworded else old.conditions[0].question
    one = replace(old.conditions[0], id="sensitive", question=question)
    new = renaming(*ends, conditions=(one, old.conditions[2]))
    project = replace(answered(), conditions=given)
    carried = upgraded(project, old, new)
    held = {} if reworded else merged
    assert dict(carried.conditions) == held
    asked = bill.bill(project, carried, (old, new), TODAY)
    assert asked.asked_anew == (() if held else ("sensitive",))
    assert carried.history[-1].before["project"]["conditions"] == given
    back, _ = recording.undo(carried, by="z", at=AT)
    assert written(back) == written(project)


def test_an_item_for_a_cell_that_was_renamed_is_for_the_same_cell() -> None:
    item = replace(OTHER, applies_to=(Clause(cells=("citizen.ask",), conditions=("person",)),))
    renamed = replace(OTHER, applies_to=(Clause(cells=("citizen.chat",), conditions=("me",)),))
    old = pack(1, [item])
    new = renaming(
        ("cells", "citizen.ask", "citizen.chat"),
        ("conditions", "person", "me"),
        cells=(replace(old.cells[0], id="citizen.chat"), *old.cells[1:]),
        conditions=(replace(old.conditions[0], id="me"), *old.conditions[1:]),
        items=(renamed,),
    )
    assert compare(old, new) == ()
    assert list(faults(old, new)) == []


def test_what_is_declared_of_cells_and_conditions_is_held_to_what_is_there() -> None:
    old = pack(1, [OTHER])
    new = renaming(
        ("cells", "citizen.ask", "citizen.nowhere"),
        ("cells", "citizen.ghost", None),
        ("cells", "staff.look", None),
        ("conditions", "vendor", "vendor"),
        ("conditions", "facing", None),
        ("conditions", "facing", "vendor"),
        cells=(old.cells[1], old.cells[2]),
        conditions=(old.conditions[1],),
    )
    assert [(one.code, one.pointer, one.args["id"]) for one in faults(old, new)] == [
        ("AG206", ("cells", 0, "to", 0), "citizen.nowhere"),
        ("AG228", ("cells", 1, "from", 0), "citizen.ghost"),
        ("AG226", ("cells", 2, "from", 0), "staff.look"),
        ("AG223", ("conditions", 0), "vendor"),
        ("AG222", ("conditions", 2, "from", 0), "facing"),
        ("AG225", ("conditions",), "person"),
    ]


def test_the_bill_leaves_out_what_was_to_be_answered_again_before() -> None:
    reworded = [replace(one, check=make.text("anew")) for one in (OLD, OTHER)]
    old = pack(1, [OLD, OTHER])
    new = pack(2, reworded, (["plan.old"], ["plan.old"]), (["plan.other"], ["plan.other"]))
    stale = answer(Status.DONE, item_digest="00000000")
    project = answered(plan_old=done(OLD), plan_other=stale)
    asked = bill.bill(project, upgraded(project, old, new), (old, new), TODAY)
    assert [item.id for item in asked.again] == ["plan.old"]
    assert asked.new_items == ()


def test_undo_refuses_where_an_answer_was_changed_since_by_hand() -> None:
    renamed = replace(OLD, id="plan.new")
    old, new = pack(1, [OLD]), pack(2, [renamed], (["plan.old"], ["plan.new"]))
    carried = upgraded(answered(plan_old=done(OLD)), old, new)
    by_hand = replace(carried, answers={"plan.new": done(OLD, note="by hand")})
    with pytest.raises(AiguideError) as caught:
        recording.undo(by_hand, by="z", at=AT)
    assert caught.value.code == "undo-changed"


def test_two_branches_that_were_both_upgraded_merge() -> None:
    reworded = replace(OLD, check=make.text("check it twice"))
    old = pack(1, [OLD, OTHER])
    new = pack(2, [reworded], (["plan.old"], ["plan.old"]), (["plan.other"], []))
    base = answered(plan_old=done(OLD), plan_other=done(OTHER))
    more = recording.answer(base, "plan.other", done(OTHER, note="more"), by="a", at=AT)
    ours = upgraded(more, old, new)
    theirs = recording.answer(upgraded(base, old, new), "plan.old", done(reworded), by="b", at=AT)
    made = merge(base, ours, theirs, by="x", at=AT)
    merged, conflicts = made.project, [one for one, _ in made.decided]
    assert [one.part for one in conflicts] == [], "only one side answered each of them"
    assert question(new, merged, "plan.old").clear
    assert merged.retired["plan.other"].note == "more"
    assert attested(merged) == {"plan.old"}
    assert first_broken(merged.history) is None
    assert schemas.check("project", project_data(merged)) == ()


# Random packs, random edits of them that are declared or not, random answers.

IDS = [f"plan.{letter}" for letter in "abcdefgh"]
LATER = [f"plan.{letter}" for letter in "stuvwxyz"]
REACHES: tuple[dict[str, Any], ...] = (
    {"domains": ("citizen",)},
    {"conditions": ("person",)},
    {"cells": ("staff.look",)},
)
CLAUSES = st.sampled_from([None, *((Clause(**one),) for one in REACHES)])


@st.composite
def items(draw: st.DrawFn, ids: list[str]) -> list[Item]:
    chosen = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    return [
        make.item(
            id,
            phase=draw(st.sampled_from(["planning", "design"])),
            level=draw(st.sampled_from(list(Level))),
            check=draw(st.sampled_from(["one", "two"])),
            applies_to=draw(CLAUSES),
        )
        for id in chosen
    ]


TERMS = {kind: [f"{kind}.{letter}" for letter in "abc"] for kind in KINDS}


@st.composite
def with_terms(draw: st.DrawFn, guideline: Guideline) -> Guideline:
    """Add cells, conditions and phases at random; what became of them is declared at random."""
    some = {kind: st.lists(st.sampled_from(ids), unique=True) for kind, ids in TERMS.items()}
    cells = [make.cell(id, "citizen", "blue") for id in draw(some["cells"])]
    conditions = [replace(guideline.conditions[0], id=id) for id in draw(some["conditions"])]
    phases = [replace(guideline.phases[0], id=id) for id in draw(some["phases"])]
    ends = [
        st.tuples(st.just(kind), st.sampled_from(ids), st.sampled_from([*ids, None]))
        for kind, ids in TERMS.items()
    ]
    declared = draw(st.lists(st.one_of(ends), max_size=6)) if guideline.version > 1 else []
    return replace(
        guideline,
        cells=(*guideline.cells, *cells),
        conditions=(*guideline.conditions, *conditions),
        phases=(*guideline.phases, *phases),
        term_changes=tuple(TermChange(*one, make.text("because")) for one in declared),
    )


@st.composite
def versions(draw: st.DrawFn) -> list[Guideline]:
    """Three versions; the changes between them are declared at random, wrongly too."""
    found = [draw(with_terms(pack(1, draw(items(IDS)))))]
    for version in (2, 3):
        before = [item.id for item in found[-1].items]
        now = draw(items(IDS + LATER))
        some = st.lists(st.sampled_from([*before, "plan.nowhere"]), max_size=3, unique=True)
        others = st.lists(st.sampled_from([one.id for one in now]), max_size=3, unique=True)
        changes = draw(st.lists(st.tuples(some, others), max_size=5))
        editorial = draw(st.sampled_from([None, True]))
        found.append(draw(with_terms(pack(version, now, *changes, editorial=editorial))))
    return found


@st.composite
def projects(draw: st.DrawFn, guideline: Guideline) -> Project:
    cells, stages = [one.id for one in guideline.cells], list(guideline.stages)
    conditions = st.sampled_from([one.id for one in guideline.conditions])
    begun = make.project(
        cells=draw(st.lists(st.sampled_from(cells), unique=True)),
        conditions=draw(st.dictionaries(conditions, st.booleans())),
        phase=draw(st.sampled_from(["", *stages])),
    )
    project = recording.start(begun, by="x", at=AT)
    for item in draw(st.permutations(guideline.items)):
        if draw(st.booleans()):
            digest = draw(st.sampled_from(["", item.digest, "00000000"]))
            given_answer = answer(draw(st.sampled_from(list(Status))), item_digest=digest)
            project = recording.answer(project, item.id, given_answer, by=item.id, at=AT)
    return project


def terms(project: Project) -> list[str]:
    """Give the ids of cells and conditions that a project holds, and its phase."""
    return [*project.cells, *project.conditions, *([project.phase] if project.phase else [])]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_changes_nothing_is_lost_and_undo_gives_it_all_back(data: st.DataObject) -> None:
    packs = data.draw(versions())
    project = data.draw(projects(packs[0]))
    carried = upgraded(project, *packs)
    said = [one.by for one in project.answers.values()]
    kept = [one.by for one in (*carried.answers.values(), *carried.retired.values())]
    assert set(said) <= set(kept)
    assert set(carried.answers) <= {item.id for item in packs[-1].items}
    assert attested(carried) == set(carried.answers)
    assert first_broken(carried.history) is None
    assert schemas.check("project", project_data(carried)) == ()
    assert read_project(project_data(carried)) == carried
    went = dict(new_names.followed(project, carried, packs))
    asked = bill.bill(project, carried, packs, TODAY)
    for id in terms(project):
        told = went.get(id, id) in {*terms(carried), *asked.asked_anew} or id in asked.left_out
        assert told, "carried, asked anew, or told to be gone"
    assert set(asked.asked_anew) <= {one.id for one in packs[-1].conditions} - set(terms(carried))
    assert set(terms(carried)) <= {went.get(id, id) for id in terms(project)}
    lost = [id for id, now in went.items() if now is None]
    before = carried.history[-1].before
    assert all(json.dumps(id) in json.dumps(before) for id in lost), "the history keeps it"
    back, _ = recording.undo(carried, by="z", at=AT)
    assert written(back) == written(project)
    assert attested(back) == attested(project)
    assert back.history[: len(project.history)] == project.history


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_an_answer_is_fresh_after_an_upgrade_only_if_it_was_to_the_same_words(
    data: st.DataObject,
) -> None:
    packs = data.draw(versions())
    project = data.draw(projects(packs[0]))
    words = {item.digest for item in packs[0].items}
    for old, new in pairwise(packs):
        mended = [one for one in compare(old, new) if Kind.EDITORIAL in one.kinds]
        words |= {one.new[0].digest for one in mended if one.old[0].digest in words}
    for asked in checklist.build(packs[-1], upgraded(project, *packs), TODAY).questions:
        if asked.clear:
            assert asked.item.digest in words


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_after_all_differences_are_declared_there_is_no_fault(data: st.DataObject) -> None:
    old, new = data.draw(versions())[:2]
    bare = replace(new, changes=())
    bare = replace(bare, term_changes=())
    changes = tuple(
        Change(tuple(i.id for i in one.old), tuple(i.id for i in one.new), make.text("because"))
        for one in compare(old, bare)
    )
    gone = [
        TermChange(kind, id, None, make.text("because"))
        for kind in KINDS
        for id in new_names.ids_of(old, kind)
        if id not in new_names.ids_of(new, kind)
    ]
    assert list(faults(old, replace(bare, changes=changes, term_changes=tuple(gone)))) == []
    assert len(list(faults(old, bare))) == len(changes) + len(gone)


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"check": make.text("other")}, {Kind.REWORDED}),
        ({"level": Level.RECOMMENDED}, {Kind.LOWERED}),
        ({"applies_to": (Clause(domains=("citizen",)),)}, {Kind.NARROWED}),
        ({"applies_to": (Clause(domains=("citizen",)), Clause(domains=("staff",)))}, set()),
        ({"applies_to": (Clause(cells=("citizen.ask",)),)}, {Kind.NARROWED}),
        ({"id": "plan.new", "phase": "design"}, {Kind.RENAMED, Kind.MOVED}),
    ],
)
def test_what_kind_a_change_is_is_computed(change: dict[str, Any], kinds: set[Kind]) -> None:
    changed = replace(OLD, **change)
    old, new = pack(1, [OLD]), pack(2, [changed], (["plan.old"], [changed.id]))
    assert {kind for one in compare(old, new) for kind in one.kinds} == kinds
    back = pack(2, [OLD], ([changed.id], ["plan.old"]))
    opposite = {Kind.LOWERED: Kind.RAISED, Kind.NARROWED: Kind.WIDENED}
    assert {kind for one in compare(pack(1, [changed]), back) for kind in one.kinds} == {
        opposite.get(kind, kind) for kind in kinds
    }


def test_a_condition_that_a_cell_implies_narrows_nothing_there() -> None:
    wide = replace(OLD, applies_to=(Clause(domains=("citizen",)),))
    same = replace(OLD, applies_to=(Clause(domains=("citizen",), conditions=("facing",)),))
    assert compare(pack(1, [wide]), pack(2, [same])) == ()


def test_faults_of_what_is_declared_are_found_at_their_place() -> None:
    changes: list[tuple[list[str], list[str]]] = [
        (["plan.old"], ["plan.old"]),
        (["plan.ghost"], ["plan.other"]),
        (["plan.old"], []),
    ]
    third = replace(OTHER, id="plan.third")
    reworded = [replace(one, check=make.text("new")) for one in (OTHER, third)]
    new = pack(2, [OLD, *reworded], *changes)
    told = tuple(faults(pack(1, [OLD, OTHER, third]), new))
    found = [(one.code, one.pointer) for one in told]
    assert ("AG228", ("changes", 1, "from", 0)) in found
    assert ("AG222", ("changes", 2, "from", 0)) in found
    assert ("AG223", ("changes", 0)) in found
    assert [one.args["id"] for one in told if one.code == "AG221"] == ["plan.third"], (
        "of the other one it is declared where it comes from, if wrongly"
    )
