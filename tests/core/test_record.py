"""The record as a state machine: whatever is done in whatever order, it holds."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from aiguide.core import recording
from aiguide.core.answers import Said, answered
from aiguide.core.attestation import Part, attested, mismatches, parts_of
from aiguide.core.errors import AiguideError
from aiguide.core.history import first_broken
from aiguide.core.manifest import project_data, read_project
from aiguide.core.merging import merge
from aiguide.core.project import Classification, Entry, Project, Status
from aiguide.store import schemas

ITEMS = st.sampled_from(["planning.purpose", "planning.risk-assessment", "operation.logs"])
SIDES = st.sampled_from([0, 1])
CONDITIONS = [("project", "conditions", "personal_data")]
TEXTS = [("project", "owner")]
FACTS = st.sampled_from([*TEXTS, *CONDITIONS])
NOTES = st.text("あいう x", min_size=1, max_size=4)


def parts_touched(steps: Iterable[Entry]) -> set[Part]:
    """Give the parts that some steps changed."""
    found: set[Part] = set()
    for step in steps:
        if step.subject == "classification":
            found |= {("classification", one.name) for one in fields(Classification)}
        elif step.subject == "project":
            before, after = step.before or {}, step.after or {}
            held = [one.get("conditions", {}) for one in (before, after)]
            ids = {**held[0], **held[1]}
            changed = [id for id in ids if held[0].get(id) != held[1].get(id)]
            found |= {("project", "conditions", id) for id in changed}
            found |= {("project", name) for name in {**before, **after}}
        else:
            found.add(("answers", step.subject))
    return found


class Record(RuleBasedStateMachine):
    """Two people work on a project, each on a branch; now and then it is merged.

    `by_hand` holds, for each side, the parts that were last changed without a trace; `affirmed` the
    values put there by hand that somebody has said again since. Each such value is put there once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.clock = 0
        self.by_hand: list[set[Part]] = [set(), set()]
        # Undoing may bring back what was edited by hand, under which no older step is undone.
        self.ever_by_hand: set[Part] = set()
        self.affirmed: set[Any] = set()

    @initialize()
    def start(self) -> None:
        bare = Project(guideline_id="tokyo-ai", guideline_version=1, name="x", phase="planning")
        self.base = recording.start(bare, by="x", at=self.now())
        self.sides = [self.base, self.base]

    def now(self) -> str:
        self.clock += 1
        return (
            f"2026-11-24T{self.clock // 3600:02}:{self.clock // 60 % 60:02}:{self.clock % 60:02}Z"
        )

    def edited(self, side: int, part: Part) -> None:
        self.by_hand[side].add(part)
        self.ever_by_hand.add(part)

    def forged(self, value: str) -> str:
        """Give a value as nobody has ever written it."""
        self.clock += 1
        return f"{value}手{self.clock}"

    @rule(side=SIDES, item=ITEMS, note=NOTES, status=st.sampled_from(list(Status)[:2]))
    def answer(self, side: int, item: str, note: str, status: Status) -> None:
        said = Said(status, note=note)
        given = answered(self.sides[side].answers.get(item), said, "00000000")
        self.sides[side] = recording.answer(self.sides[side], item, given, by="x", at=self.now())
        self.by_hand[side].discard(("answers", item))

    @rule(side=SIDES, fact=FACTS, value=NOTES, on=st.booleans())
    def change(self, side: int, fact: Part, value: str, on: bool) -> None:
        said: dict[str, Any] = {fact[-1]: on if fact in CONDITIONS else value}
        facts = {"conditions": said} if fact in CONDITIONS else said
        differing = {one.part for one in mismatches(self.sides[side])}
        self.sides[side] = recording.change(self.sides[side], facts, by="x", at=self.now())
        assert {one.part for one in mismatches(self.sides[side])} == differing - {fact}
        self.by_hand[side].discard(fact)

    @rule(side=SIDES)
    def attest_the_facts(self, side: int) -> None:
        before = self.sides[side]
        stands = parts_of(before)
        texts = {name: stands[one] for one in TEXTS if one in stands for name in one[1:]}
        held = {id: stands[one] for one in CONDITIONS if one in stands for id in one[2:]}
        facts = {**texts, "conditions": held}
        self.sides[side] = recording.change(before, facts, by="x", at=self.now())
        self.by_hand[side] -= {one for one in stands if one[0] == "project"}
        self.affirmed |= set(texts.values())
        assert parts_of(self.sides[side]) == stands

    @rule(side=SIDES)
    def attest_cells(self, side: int) -> None:
        project = self.sides[side]
        chosen = project.classification
        self.sides[side] = recording.classify(project, chosen, by="x", at=self.now())
        self.by_hand[side] = {one for one in self.by_hand[side] if one[0] != "classification"}
        self.affirmed.add(chosen.reason)
        assert self.sides[side].cells == project.cells

    @rule(side=SIDES, item=ITEMS)
    def affirm_an_answer(self, side: int, item: str) -> None:
        if given := self.sides[side].answers.get(item):
            self.sides[side] = recording.answer(
                self.sides[side], item, given, by="x", at=self.now()
            )
            self.by_hand[side].discard(("answers", item))
            self.affirmed.add(given.note)

    @rule(side=SIDES, cell=st.sampled_from(["citizen.action", "related.routine"]))
    def classify(self, side: int, cell: str) -> None:
        chosen = Classification(cells=(cell,), engine="person", confirmed_by="x")
        self.sides[side] = recording.classify(self.sides[side], chosen, by="x", at=self.now())
        self.by_hand[side] = {one for one in self.by_hand[side] if one[0] != "classification"}

    @rule(side=SIDES, notes=st.lists(st.tuples(ITEMS, NOTES), min_size=2, max_size=4))
    def take_at_once(self, side: int, notes: list[tuple[str, str]]) -> None:
        before, at = self.sides[side], self.now().replace("Z", ".5Z")
        for item, note in notes:
            said = Said(Status.IN_PROGRESS, note=note)
            given = answered(self.sides[side].answers.get(item), said, "00000000")
            self.sides[side] = recording.answer(self.sides[side], item, given, by="x", at=at)
            self.by_hand[side].discard(("answers", item))
        back, steps = recording.undo(self.sides[side], by="x", at=self.now())
        assert back.answers == before.answers
        assert len(steps) == len(notes)

    @rule(side=SIDES)
    def undo(self, side: int) -> None:
        before = self.sides[side]
        try:
            after, steps = recording.undo(before, by="x", at=self.now())
        except AiguideError as error:
            assert error.code in ("nothing-to-undo", "undo-changed")
            assert self.ever_by_hand or error.code == "nothing-to-undo"
            return
        assert after.history[: len(before.history)] == before.history
        undone = after.history[len(before.history) :]
        assert [one.after for one in undone] == [one.before for one in steps]
        assert len({(one.at, one.by) for one in steps}) == 1
        self.sides[side] = after
        touched = parts_touched(steps)
        self.by_hand[side] = self.by_hand[side] - touched | touched & self.ever_by_hand

    @rule(side=SIDES)
    def reload(self, side: int) -> None:
        data = project_data(self.sides[side])
        self.sides[side] = read_project(data)
        assert project_data(self.sides[side]) == data

    @rule(side=SIDES, item=ITEMS, note=NOTES)
    def edit_by_hand(self, side: int, item: str, note: str) -> None:
        project = self.sides[side]
        if item in project.answers:
            edited = replace(project.answers[item], note=self.forged(note))
            self.sides[side] = replace(project, answers={**project.answers, item: edited})
            self.edited(side, ("answers", item))

    @rule(side=SIDES, item=ITEMS)
    def remove_by_hand(self, side: int, item: str) -> None:
        project = self.sides[side]
        if item in project.answers:
            left = {id: one for id, one in project.answers.items() if id != item}
            self.sides[side] = replace(project, answers=left)
            self.edited(side, ("answers", item))

    @rule(side=SIDES, fact=FACTS, value=NOTES, on=st.one_of(st.none(), st.booleans()))
    def edit_a_fact_by_hand(self, side: int, fact: Part, value: str, on: bool | None) -> None:
        project = self.sides[side]
        if fact in CONDITIONS:
            held = {**project.conditions, fact[-1]: on}
            conditions = {id: one for id, one in held.items() if one is not None}
            self.sides[side] = replace(project, conditions=conditions)
        else:
            edited: dict[str, Any] = {fact[-1]: self.forged(value)}
            self.sides[side] = replace(project, **edited)
        self.edited(side, fact)

    @rule(side=SIDES, field=st.sampled_from(["cells", "reason"]), value=NOTES)
    def edit_the_cells_by_hand(self, side: int, field: str, value: str) -> None:
        project = self.sides[side]
        edited: Any = ("internal.writing",) if field == "cells" else self.forged(value)
        chosen = replace(project.classification, **{field: edited})
        self.sides[side] = replace(project, classification=chosen)
        self.edited(side, ("classification", field))

    @rule()
    def merge(self) -> None:
        ours, theirs = self.sides
        made = merge(self.base, ours, theirs, by="x", at=self.now())
        merged, conflicts = made.project, [one for one, _ in made.decided]
        hashes = {entry.hash for entry in merged.history}
        for side in (ours, theirs):
            assert {entry.hash for entry in side.history} <= hashes
        self.base = merged
        self.sides = [merged, merged]
        left = set()
        for part in self.by_hand[0] | self.by_hand[1]:
            decided = (one for one in conflicts if part[: len(one.part)] == one.part)
            conflict = next(decided, None)
            alike = parts_of(ours).get(part) == parts_of(theirs).get(part)
            if conflict is None or alike or part in self.by_hand[not conflict.ours_stands]:
                left.add(part)
        self.by_hand = [set(left), set(left)]

    @invariant()
    def it_holds(self) -> None:
        for project, by_hand in zip(getattr(self, "sides", ()), self.by_hand, strict=False):
            assert first_broken(project.history) is None
            assert {one.part for one in mismatches(project)} <= by_hand
            loose = {("answers", id) for id in set(project.answers) - attested(project)}
            assert loose <= by_hand
            assert schemas.check("project", project_data(project)) == ()

    @invariant()
    def what_was_put_there_by_hand_is_told_until_somebody_says_it(self) -> None:
        for project in getattr(self, "sides", ()):
            differing = {one.part for one in mismatches(project)}
            texts = {("answers", id): one.note for id, one in project.answers.items()}
            texts |= {("project", "owner"): project.owner}
            texts |= {("classification", "reason"): project.classification.reason}
            forged = {part for part, text in texts.items() if "手" in text}
            assert {part for part in forged if texts[part] not in self.affirmed} <= differing


TestRecord = Record.TestCase
TestRecord.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
