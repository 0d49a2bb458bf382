"""Sources of a cell that state something of other cells only."""

from collections.abc import Iterator
from typing import Any

from aiguide.core.findings import Pointer
from aiguide.core.guideline import Basis
from aiguide.core.lint.draft import Draft, Found, LintPolicy


def stated_of_others(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find what a source states of other cells than the one that it is given for (AG650)."""
    for cell in draft.parts["cells"]:
        for pointer, source in _sources(cell.data, ()):
            cells = source.get("cells", ())
            if source["basis"] == Basis.STATED and cells and cell.id not in cells:
                yield cell.found("AG650", *pointer, "cells", id=cell.id, others=cells)


def _sources(data: Any, pointer: Pointer) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Give every source in a cell, wherever it stands."""
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in entries:
        if pointer[-1:] == ("sources",):
            yield (*pointer, key), value
        elif isinstance(value, (dict, list)):
            yield from _sources(value, (*pointer, key))
