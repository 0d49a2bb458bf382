"""What changed between versions beside the items: cells and stances, conditions, phases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiguide.core import wording
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.new_names import CELLS, CONDITIONS, KINDS, PHASES, became
from aiguide.core.words import Worded, Words


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not what it was; empty before where it is new, after where it is gone."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TermDifference(Difference):
    """The same of a term; why, where it goes by another id or is gone."""

    reason: str = ""


def term_changes(words: Words, old: Guideline, new: Guideline) -> Iterator[TermDifference]:
    """Give the cells, stances, conditions and phases that are not what they were."""
    for kind in KINDS:
        before, after = _terms(words, old)[kind], _terms(words, new)[kind]
        went = became(old, new, kind)
        for id, was in before.items():
            now = went[id]
            if now != id or was != after[now]:
                said = after[now] if now else ""
                yield TermDifference(
                    _part(words, kind, id, now), was, said, _why(words, new, kind, id, now)
                )
        for id in [id for id in after if id not in went.values()]:
            yield TermDifference(_part(words, kind, id, id), "", after[id])


def _part(words: Words, kind: str, id: str, now: str | None) -> str:
    term = words.say(f"term.{kind}", id=id)
    return words.say("entry.arrow", before=term, after=now) if now not in (id, None) else term


def _why(words: Words, new: Guideline, kind: str, id: str, now: str | None) -> str:
    if now == id:
        return ""
    reasons = (one.reason for one in new.term_changes if (one.kind, one.old) == (kind, id))
    reason = next(reasons, None)
    return words.pick(reason) if reason else words.say("changes.undeclared")


def told(words: Words, one: TermDifference) -> Worded:
    """Say what differs of a term, and why."""
    if not one.before:
        said = words.say("term.added", text=Worded(one.after))
    elif not one.after:
        said = words.say("term.removed", text=Worded(one.before))
    elif one.before == one.after:
        said = Worded(one.after)
    else:
        said = words.say("entry.arrow", before=Worded(one.before), after=Worded(one.after))
    return words.say("term.because", said=said, reason=Worded(one.reason)) if one.reason else said


def _terms(words: Words, guideline: Guideline) -> Mapping[str, Mapping[str, str]]:
    """Map kind and id of each term to what a project's staff read of it."""
    return {
        CELLS: {one.id: " ".join(_cell(words, guideline, one)) for one in guideline.cells},
        CONDITIONS: {
            one.id: " ".join(
                words.pick(text) for text in (one.title, one.question, one.description)
            )
            for one in guideline.conditions
        },
        PHASES: {one.id: words.pick(one.title) for one in guideline.phases},
    }


def _cell(words: Words, guideline: Guideline, cell: Cell) -> Iterator[str]:
    yield wording.cell_name(words, guideline, cell.id)
    if cell.stance:
        yield wording.stance_name(words, guideline.stance(cell.stance.id))
