"""Telling what a merge made of two branches, and how to record again what does not stand."""

from collections.abc import Iterator
from pathlib import Path

from aiguide.cli import complaints, console
from aiguide.cli.as_commands import part_command
from aiguide.cli.options import command
from aiguide.core import trail
from aiguide.core.attestation import ANSWERED, FACTS, Part
from aiguide.core.conflicts import Conflict
from aiguide.core.dates import in_tokyo
from aiguide.core.findings import Phrase
from aiguide.core.givers import given
from aiguide.core.guideline import Guideline
from aiguide.core.merging import Merged
from aiguide.core.mismatch_view import Told, part_name
from aiguide.core.words import Words


def tell(words: Words, guideline: Guideline, merged: Merged, path: Path) -> None:
    """Say what `told` gives, and how to see it in the log. Commands name the manifest by `path`."""
    for said, indent in told(words, guideline, merged, path):
        complaints.tell(said, indent)
    parts = [one.part for one, _ in merged.decided]
    parts += [*merged.kept, *(part for part, _ in merged.again)]
    if parts:
        complaints.tell(words.say("merge.see"))
        only = len(parts) == 1 and parts[0][0] == ANSWERED
        console.talk("    " + command("log", path, *([f"--item {parts[0][1]}"] if only else [])))


def told(
    words: Words, guideline: Guideline, merged: Merged, path: Path, other: str = ""
) -> Iterator[tuple[str, int]]:
    """Say by whom what stands is, and what does not, with the command that records that again.

    Git's branches swap their sides in a rebase, so people are named. Each line has its indent.
    `other` says when that can be recorded, where the manifest is not at `path` yet.
    """
    for conflict, entry in merged.decided:
        yield _decided(words, guideline, conflict), 0
        yield trail.change(words, guideline, entry), 2
        if back := part_command(path, conflict.part, conflict.passed_over, conflict.standing):
            yield other or words.say("merge.other"), 2
            yield back, 4
    for part in merged.kept:
        yield words.say("merge.kept", subject=subject_of(guideline, part)), 0
    for part, step in merged.again:
        whose = words.say("merge.whose", name=step.by, at=in_tokyo(step.at))
        key = "merge.again.gone" if given(step, part) is None else "merge.again"
        yield words.say(key, subject=subject_of(guideline, part), whose=whose), 0


def _decided(words: Words, guideline: Guideline, conflict: Conflict) -> str:
    close = len({in_tokyo(at) for at in conflict.times}) == 1
    ours, theirs = (
        _whose(words, name, at, by_hand=by_hand, seconds=close)
        for name, at, by_hand in zip(conflict.people, conflict.times, conflict.by_hand, strict=True)
    )
    stands, other = (ours, theirs) if conflict.ours_stands else (theirs, ours)
    key = "merge.tied" if conflict.is_tied else "merge.later"
    return words.say(key, subject=subject_of(guideline, conflict.part), stands=stands, other=other)


def _whose(words: Words, name: str, at: str, *, by_hand: bool, seconds: bool) -> str:
    """Name who recorded one side; of what was written by hand, over whose record."""
    if not at:
        return words.say("merge.nobody")
    whose = words.say("merge.whose", name=name, at=in_tokyo(at, seconds=seconds))
    return words.say("merge.by-hand", whose=whose) if by_hand else whose


def subject_of(guideline: Guideline, part: Part) -> Told:
    """Name what a merge settled; a fact as one of the project, for answers have fields alike."""
    name = part_name(guideline, part)
    return Phrase("merge.fact", what=name) if part[0] == FACTS else name
