"""The record as a state machine: whatever is done in whatever order, it holds."""

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from aiguide.core import recording
from aiguide.core.answers import Said, answered
from aiguide.core.errors import AiguideError
from aiguide.core.history import attested, first_broken
from aiguide.core.manifest import project_data, read_project
from aiguide.core.merging import merge
from aiguide.core.project import Classification, Project, Status
from aiguide.store import schemas

ITEMS = st.sampled_from(["planning.purpose", "planning.risk-assessment", "operation.logs"])
SIDES = st.sampled_from([0, 1])
NOTES = st.text("あいう x", min_size=1, max_size=4)


class Record(RuleBasedStateMachine):
    """Two people work on a project, each on a branch; now and then it is merged.

    `by_hand` holds, for each side, the items whose answer was last changed without a trace.
    """

    def __init__(self) -> None:
        super().__init__()
        self.clock = 0
        self.by_hand: list[set[str]] = [set(), set()]
        # Undoing may bring back what was edited by hand, under which no older step is undone.
        self.ever_by_hand = False

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

    @rule(side=SIDES, item=ITEMS, note=NOTES, status=st.sampled_from(list(Status)[:2]))
    def answer(self, side: int, item: str, note: str, status: Status) -> None:
        said = Said(status, note=note)
        given = answered(self.sides[side].answers.get(item), said, "00000000")
        self.sides[side] = recording.answer(self.sides[side], item, given, by="x", at=self.now())
        self.by_hand[side].discard(item)

    @rule(side=SIDES, owner=NOTES, on=st.booleans())
    def change(self, side: int, owner: str, on: bool) -> None:
        facts: dict[str, Any] = {"owner": owner, "conditions": {"personal_data": on}}
        self.sides[side] = recording.change(self.sides[side], facts, by="x", at=self.now())

    @rule(side=SIDES, cell=st.sampled_from(["citizen.action", "related.routine"]))
    def classify(self, side: int, cell: str) -> None:
        chosen = Classification(cells=(cell,), engine="person", confirmed_by="x")
        self.sides[side] = recording.classify(self.sides[side], chosen, by="x", at=self.now())

    @rule(side=SIDES, notes=st.lists(st.tuples(ITEMS, NOTES), min_size=2, max_size=4))
    def take_at_once(self, side: int, notes: list[tuple[str, str]]) -> None:
        before, at = self.sides[side], self.now().replace("Z", ".5Z")
        for item, note in notes:
            said = Said(Status.IN_PROGRESS, note=note)
            given = answered(self.sides[side].answers.get(item), said, "00000000")
            self.sides[side] = recording.answer(self.sides[side], item, given, by="x", at=at)
            self.by_hand[side].discard(item)
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
        self.by_hand[side] -= {one.subject for one in steps}

    @rule(side=SIDES)
    def reload(self, side: int) -> None:
        data = project_data(self.sides[side])
        self.sides[side] = read_project(data)
        assert project_data(self.sides[side]) == data

    @rule(side=SIDES, item=ITEMS, note=NOTES)
    def edit_by_hand(self, side: int, item: str, note: str) -> None:
        project = self.sides[side]
        if item in project.answers:
            edited = replace(project.answers[item], note=note + "手")
            self.sides[side] = replace(project, answers={**project.answers, item: edited})
            self.by_hand[side].add(item)
            self.ever_by_hand = True

    @rule()
    def merge(self) -> None:
        ours, theirs = self.sides
        merged, conflicts = merge(self.base, ours, theirs, by="x", at=self.now())
        hashes = {entry.hash for entry in merged.history}
        for side in (ours, theirs):
            assert {entry.hash for entry in side.history} <= hashes
        decided = {one.part[-1] for one in conflicts}
        self.base = merged
        self.sides = [merged, merged]
        left = (self.by_hand[0] | self.by_hand[1]) - decided
        self.by_hand = [set(left), set(left)]

    @invariant()
    def it_holds(self) -> None:
        for project, by_hand in zip(getattr(self, "sides", ()), self.by_hand, strict=False):
            assert first_broken(project.history) is None
            assert set(project.answers) - attested(project) <= by_hand
            assert schemas.check("project", project_data(project)) == ()


TestRecord = Record.TestCase
TestRecord.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
