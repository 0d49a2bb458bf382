"""Branches that pick, merge and take back, as a state machine: who spoke last is heard."""

from dataclasses import dataclass, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from aiguide.core import recording
from aiguide.core.attestation import Part, mismatches, parts_of
from aiguide.core.errors import AiguideError
from aiguide.core.givers import given, given_by
from aiguide.core.history import first_broken
from aiguide.core.merging import merge
from aiguide.core.project import Answer, Classification, Entry, Project, Status

BRANCHES = st.sampled_from([0, 1, 2])
ANSWERS: tuple[Part, ...] = (("answers", "planning.purpose"), ("answers", "operation.logs"))
OWNER, VENDOR = ("project", "owner"), ("project", "conditions", "external_vendor")
CELLS = ("classification", "cells")
PARTS = (*ANSWERS, OWNER, VENDOR, CELLS)


@dataclass(frozen=True)
class Word:
    """What was said last of a part: by which steps (several may say the same), knowing which.

    Who took the step `back` left what had been said before it.
    """

    steps: frozenset[str]
    known: frozenset[str]
    back: str = ""
    before: "Word | None" = None

    def since(self, base: frozenset[str], known: frozenset[str]) -> "Word | None":
        """Give what was said since a base that is still news where both sides had `known`."""
        if self.back and self.back not in known:
            return self.before and self.before.since(base, known)
        return None if self.steps <= base else self

    def follows(self, other: "Word | None") -> bool:
        """Tell whether who said this knew the other."""
        return other is None or other.steps <= self.known

    def alike(self, other: "Word") -> "Word":
        """Give what two said alike, neither of whom knew the other."""
        return Word(self.steps | other.steps, self.known & other.known)


@dataclass(frozen=True)
class Commit:
    """A project as it was committed, the commits before it, and the last word on each part."""

    project: Project
    before: tuple["Commit", ...]
    words: dict[Part, Word]

    @property
    def steps(self) -> frozenset[str]:
        """Give the steps of its history by their hashes."""
        return frozenset(entry.hash for entry in self.project.history)

    def reached(self) -> list["Commit"]:
        """Give this and all commits before it, each but once, the nearest first."""
        found: list[Commit] = []
        near: list[Commit] = [self]
        for commit in near:
            if not any(commit is one for one in found):
                found.append(commit)
                near += commit.before
        return found


class Picking(RuleBasedStateMachine):
    """Three people work on a branch each, and take over what the others have committed."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = 0
        self.said: dict[str, Word] = {}  # by the hash of the step

    @initialize()
    def start(self) -> None:
        bare = Project("tokyo-ai", 2, name="x", owner="y", conditions={"external_vendor": True})
        begun = Commit(recording.start(bare, by="x", at=self.now()), (), {})
        self.heads = [begun, begun, begun]

    def now(self) -> str:
        self.clock += 1
        return f"2026-11-24T{self.clock // 60:02}:{self.clock % 60:02}:00Z"

    def spoken(self, branch: int, project: Project, back: str = "") -> None:
        """Commit what somebody said: the parts that differ from before are theirs now."""
        head = self.heads[branch]
        was, now = parts_of(head.project), parts_of(project)
        made = next((one for one in head.reached() if one.project.head == back), None)
        before = made.before[0].words if made else {}
        word = Word(frozenset([project.head]), head.steps)
        self.said[project.head] = word
        new = {
            part: replace(word, back=back, before=before.get(part))
            for part in PARTS
            if was.get(part) != now.get(part)
        }
        self.heads[branch] = Commit(project, (head,), head.words | new)

    @rule(branch=BRANCHES, part=st.sampled_from(ANSWERS))
    def answer(self, branch: int, part: Part) -> None:
        given, at = Answer(Status.IN_PROGRESS, note=f"{self.clock}"), self.now()
        said = recording.answer(self.heads[branch].project, part[1], given, by="x", at=at)
        self.spoken(branch, said)

    @rule(branch=BRANCHES)
    def change(self, branch: int) -> None:
        project, at = self.heads[branch].project, self.now()
        self.spoken(branch, recording.change(project, {"owner": at}, by="x", at=at))

    @rule(branch=BRANCHES, holds=st.sampled_from([None, False, True]))
    def settle(self, branch: int, holds: bool | None) -> None:
        project, said = self.heads[branch].project, {"conditions": {VENDOR[2]: holds}}
        self.spoken(branch, recording.change(project, said, by="x", at=self.now()))

    @rule(branch=BRANCHES, cell=st.sampled_from(["citizen.action", "related.routine"]))
    def classify(self, branch: int, cell: str) -> None:
        chosen = Classification(cells=(cell,), engine="person", confirmed_by="x")
        project = self.heads[branch].project
        self.spoken(branch, recording.classify(project, chosen, by="x", at=self.now()))

    @rule(branch=BRANCHES)
    def undo(self, branch: int) -> None:
        try:
            undone, (step,) = recording.undo(self.heads[branch].project, by="x", at=self.now())
        except AiguideError:
            return
        self.spoken(branch, undone, back=step.hash)

    @rule(branch=BRANCHES, other=BRANCHES, back=st.integers(0, 2))
    def pick(self, branch: int, other: int, back: int) -> None:
        """Pick a commit of another branch, but none before what it was made after is there."""
        ours, line = self.heads[branch], self.heads[other]
        while line.before and (back or line.before[0].steps - ours.steps):
            line, back = line.before[0], max(0, back - 1)
        if line.before:
            self.joined(branch, line.before[0], line, (ours,))

    @rule(branch=BRANCHES, other=BRANCHES)
    def merge(self, branch: int, other: int) -> None:
        ours, theirs = self.heads[branch], self.heads[other]
        there = theirs.reached()
        base = next(one for one in ours.reached() if any(one is two for two in there))
        if base not in (ours, theirs):
            self.joined(branch, base, theirs, (ours, theirs))

    def joined(self, branch: int, base: Commit, theirs: Commit, before: tuple[Commit, ...]) -> None:
        """Commit a merge; what was said with the other's word known stands, whatever the base."""
        ours = self.heads[branch]
        made = merge(base.project, ours.project, theirs.project, by="統合者", at=self.now())
        both = base.steps | ours.steps | theirs.steps
        here, there, stands = map(parts_of, (ours.project, theirs.project, made.project))
        if whole := next((one for one in (ours, theirs) if one.steps >= both), None):
            assert stands == parts_of(whole.project)  # it was made knowing all that there is
            self.heads[branch] = Commit(made.project, before, whole.words)
            return
        again, known = dict(made.again), base.steps | (ours.steps & theirs.steps)
        words: dict[Part, Word] = {}
        for part in PARTS:
            mine, other = ours.words.get(part), theirs.words.get(part)
            said_here, said_there = (one and one.since(base.steps, known) for one in (mine, other))
            if said_here and said_here.follows(other):
                assert stands.get(part) == here.get(part), part
            if step := again.get(part[:1] if part == CELLS else part):
                assert step.hash in ours.steps - theirs.steps, part
                words[part] = self.left(ours, theirs, part, step)
                continue
            if said_there and said_there.follows(mine):
                assert stands.get(part) == there.get(part), part
            is_same = here.get(part) == there.get(part)
            if mine and other and is_same and not (mine.follows(other) or other.follows(mine)):
                words[part] = mine.alike(other)
                continue
            is_theirs = is_same and other and other.follows(mine)
            is_theirs = is_theirs or stands.get(part) != here.get(part)
            if word := other if is_theirs else mine:
                words[part] = word
        self.heads[branch] = Commit(made.project, before, words)

    def left(self, ours: Commit, theirs: Commit, part: Part, step: Entry) -> Word:
        """Give the last word of ours that left a part as a step said it: one may be taken back."""
        whole = part[:1] if part == CELLS else part
        alike = [
            one.hash
            for one in given_by(ours.project, whole)
            if given(one, whole) == given(step, whole) and one.hash not in theirs.steps
        ]
        return self.said[alike[-1]]

    @invariant()
    def it_holds(self) -> None:
        for head in getattr(self, "heads", ()):
            assert first_broken(head.project.history) is None
            assert mismatches(head.project) == ()


TestPicking = Picking.TestCase
TestPicking.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
