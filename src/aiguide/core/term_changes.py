"""What changed between versions beside the items: cells and stances, conditions, phases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiguide.core import wording
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not what it was; empty before where it is new, after where it is gone."""

    part: str
    before: str
    after: str


def term_changes(words: Words, old: Guideline, new: Guideline) -> Iterator[Difference]:
    """Give the cells, stances, conditions and phases that are not what they were."""
    before, after = _terms(words, old), _terms(words, new)
    for key in {**before, **after}:
        was, now = before.get(key, ""), after.get(key, "")
        if was != now:
            yield Difference(words.say(f"term.{key[0]}", id=key[1]), was, now)


def _terms(words: Words, guideline: Guideline) -> Mapping[tuple[str, str], str]:
    """Map kind and id of each term to what a project's staff read of it."""
    cells = {("cell", one.id): " ".join(_cell(words, guideline, one)) for one in guideline.cells}
    conditions = {
        ("condition", one.id): " ".join(
            words.pick(text) for text in (one.title, one.question, one.description)
        )
        for one in guideline.conditions
    }
    phases = {("phase", one.id): words.pick(one.title) for one in guideline.phases}
    return {**cells, **conditions, **phases}


def _cell(words: Words, guideline: Guideline, cell: Cell) -> Iterator[str]:
    yield wording.cell_name(words, guideline, cell.id)
    if cell.stance:
        yield wording.stance_name(words, guideline.stance(cell.stance.id))
