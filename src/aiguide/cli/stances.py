"""A cell's stance on a screen: its mark in colour, what it means, and where it is in doubt."""

from collections.abc import Iterator

from aiguide.cli import layout
from aiguide.core import wording
from aiguide.core.guideline import Cell, Guideline, Stance
from aiguide.core.words import Words

COLOURS = {"go": "blue", "care": "yellow", "hold": "red"}


def painted(text: str, stance: Stance | None, *styles: str) -> str:
    """Colour a text as a stance bids, by what the verdict makes of it."""
    return layout.paint(text, COLOURS[stance.policy.value], *styles) if stance else text


def mark(words: Words, pack: Guideline, cell: Cell) -> str:
    """Give the mark of a cell's stance; nothing where the guideline takes none."""
    return painted(wording.cell_stance(words, pack, cell), pack.stance_of(cell), "bold")


def lines(words: Words, pack: Guideline, cell: Cell) -> Iterator[str]:
    """Say what a cell's stance means, and that it is inferred."""
    said = (wording.stance_meaning(words, pack, cell), doubt(words, pack, cell))
    yield from filter(None, said)


def doubt(words: Words, pack: Guideline, cell: Cell) -> str:
    """Say of a cell what the mark of its inferred stance means; nothing where it has none."""
    said = wording.stance_doubt(words, pack, cell)
    return f"{wording.INFERRED} {said}" if said else ""
