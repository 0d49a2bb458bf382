"""Finding check items by what people type, in either language."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from aiguide.core.guideline import Guideline, Item


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: every word of `text`, in a phase, of a level; empty asks for all."""

    text: str = ""
    phase: str = ""
    level: str = ""

    def takes(self, item: Item) -> bool:
        """Tell whether an item is looked for."""
        return (
            self.phase in ("", item.phase)
            and self.level in ("", item.level.value)
            and all(word in _readable(item) for word in _folded(self.text).split())
        )


def find(guideline: Guideline, sought: Sought) -> tuple[Item, ...]:
    """Find items in the guideline's order; the words may stand in titles, checks, ids, aliases."""
    return tuple(item for item in guideline.items if sought.takes(item))


def _readable(item: Item) -> str:
    """Give all that an item is found by."""
    return _folded("\n".join(_texts(item)))


def _texts(item: Item) -> Iterator[str]:
    yield item.id
    for text in (item.title, item.check, *item.aliases):
        yield from text.both()


def _folded(text: str) -> str:
    """Give a text as it compares: capitals and full width do not count."""
    return unicodedata.normalize("NFKC", text).casefold()
