"""Parts of a pack that nothing uses, or that ask nothing of anybody."""

from collections.abc import Iterator
from typing import Any

from aiguide.core.guideline import Level, StancePolicy
from aiguide.core.lint.clauses import fitting, implied_by_cells
from aiguide.core.lint.draft import ITEMS, Draft, Found, LintPolicy

# By which keys each kind is used; `implied_by` of a condition is no use of it.
_USED_BY = {
    "documents": ("document",),
    "conditions": ("conditions", "needs"),
    "considerations": ("considerations", "ids"),
    "domains": ("domain",),
    "stances": ("value", "other_reading"),
}


def unused(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find what nothing refers to (AG612)."""
    if not draft.covers("cells", "items"):
        return
    for kind, keys in _USED_BY.items():
        if not draft.covers(kind):
            continue
        used = {id for data in draft.files.values() for id in _ids_under(data, keys)}
        for part in draft.parts[kind]:
            if part.id not in used:
                yield part.found("AG612", "id", id=part.id)


def _ids_under(data: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Give the ids that stand under some keys, alone or in a list."""
    if isinstance(data, list):
        for value in data:
            yield from _ids_under(value, keys)
    elif isinstance(data, dict):
        for key, value in data.items():
            listed = value if isinstance(value, list) else [value]
            if key in keys:
                yield from (one for one in listed if isinstance(one, str))
            yield from _ids_under(value, keys)


def empty_phases(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find phases without check items (AG613)."""
    if draft.covers("items", "phases"):
        said = [draft.files[item.file].get("phase") for item in draft.parts["items"]]
        for phase in draft.parts["phases"]:
            # a file of its name is to be mended, not to be written
            if phase.id not in said and f"{ITEMS}{phase.id}.yaml" not in draft.files:
                yield phase.found("AG613", "id", id=phase.id)


def idle_cells(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find cells to which no required item applies whatever the conditions (AG614)."""
    if not draft.covers("cells", "conditions", "items"):
        return
    implied = implied_by_cells(draft)
    required = [one for one in draft.parts["items"] if one.data["level"] == Level.REQUIRED]
    for cell in draft.parts["cells"]:
        if not any(_always(draft, one.data["applies_to"], cell.id, implied) for one in required):
            yield cell.found("AG614", "id", id=cell.id)


def _always(draft: Draft, applies_to: Any, cell: str, implied: dict[str, set[str]]) -> bool:
    return applies_to == "all" or any(
        cell in fitting(draft, clause) and implied[cell].issuperset(clause.get("conditions", ()))
        for clause in applies_to
    )


def locked_cells(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find cells that are held, and that no item lets an exception open (AG622)."""
    if not draft.covers("cells", "conditions", "items", "stances"):
        return
    implied = implied_by_cells(draft)
    holds = {one.id for one in draft.parts["stances"] if one.data["policy"] == StancePolicy.HOLD}
    keys = [one.data["applies_to"] for one in draft.parts["items"] if "cleared_by" in one.data]
    for cell in draft.parts["cells"]:
        held = cell.data.get("stance", {}).get("value") in holds
        if held and not any(_always(draft, one, cell.id, implied) for one in keys):
            yield cell.found("AG622", "stance", "value", id=cell.id)


def locking_items(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find items that only an exception clears and that apply to every cell (AG629)."""
    if not draft.covers("cells", "conditions"):
        return
    implied = implied_by_cells(draft)
    for item in draft.parts["items"]:
        where = item.data["applies_to"]
        everywhere = all(_always(draft, where, one.id, implied) for one in draft.parts["cells"])
        if "cleared_by" in item.data and everywhere:
            yield item.found("AG629", "cleared_by", id=item.id)


def untold(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find conditions of which a public record would tell nothing (AG644)."""
    for condition in draft.parts["conditions"]:
        if draft.parts["record"] and "public" not in condition.data:
            yield condition.found("AG644", "id", id=condition.id)
