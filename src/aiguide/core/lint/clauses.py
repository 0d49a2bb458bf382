"""Clauses of a pack that never hold, are not read, or make no difference."""

from collections.abc import Iterator, Mapping
from typing import Any

from aiguide.core.findings import Pointer
from aiguide.core.lint.draft import Draft, Found, LintPolicy, Part

Clause = Mapping[str, Any]


def never_holding(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find clauses that fit no cell (AG606), though all that they name is there."""
    if not draft.covers("cells", "domains"):
        return
    known = {one.id for kind in ("cells", "domains") for one in draft.parts[kind]}
    for part, below, clause in _clauses(draft):
        named = {*clause.get("cells", ()), *clause.get("domains", ())}
        if named <= known and not fitting(draft, clause):
            yield part.found("AG606", *below)


def not_read(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find conditions where only cells count (AG608)."""
    for part, below, clause in _clauses(draft):
        if below[0] == "implied_by" and "conditions" in clause:
            yield part.found("AG608", *below, "conditions")


def always_holding(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find conditions that every cell which a clause fits implies (AG607)."""
    if not draft.covers("cells", "conditions"):
        return
    implied = implied_by_cells(draft)
    for part, below, clause in _clauses(draft):
        fits = fitting(draft, clause)
        for index, id in enumerate(clause.get("conditions", ())):
            if below[0] == "applies_to" and fits and all(id in implied[cell] for cell in fits):
                yield part.found("AG607", *below, "conditions", index, id=id)


def adding_nothing(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find clauses that another of the same item covers (AG609)."""
    if not draft.covers("cells"):
        return
    for item in draft.parts["items"]:
        clauses = _listed(item.data["applies_to"])
        for index, clause in enumerate(clauses):
            wider = (one for one in clauses if one is not clause and _covers(draft, one, clause))
            # of two that say the same, only the later one is too many
            if any(one in clauses[:index] or not _covers(draft, clause, one) for one in wider):
                yield item.found("AG609", "applies_to", index)


def _covers(draft: Draft, wide: Clause, narrow: Clause) -> bool:
    """Tell whether a clause holds wherever another does; one that never holds is another matter."""
    cells = fitting(draft, narrow)
    fewer, more = set(wide.get("conditions", ())), set(narrow.get("conditions", ()))
    return bool(cells) and cells <= fitting(draft, wide) and fewer <= more


def fitting(draft: Draft, clause: Clause) -> frozenset[str]:
    """Give the cells that a clause fits."""
    return frozenset(
        cell.id
        for cell in draft.parts["cells"]
        if cell.id in clause.get("cells", (cell.id,))
        and cell.data["domain"] in clause.get("domains", (cell.data["domain"],))
    )


def implied_by_cells(draft: Draft) -> dict[str, set[str]]:
    """Give for each cell the conditions that it implies."""
    implied: dict[str, set[str]] = {cell.id: set() for cell in draft.parts["cells"]}
    for condition in draft.parts["conditions"]:
        for clause in condition.data.get("implied_by", ()):
            for cell in fitting(draft, clause):
                implied[cell].add(condition.id)
    return implied


def _clauses(draft: Draft) -> Iterator[tuple[Part, Pointer, Clause]]:
    """Give every clause with the part that it is in, and its pointer there."""
    for kind, key in (("items", "applies_to"), ("conditions", "implied_by")):
        for part in draft.parts[kind]:
            for index, clause in enumerate(_listed(part.data.get(key))):
                yield part, (key, index), clause


def _listed(clauses: Any) -> list[Clause]:
    return clauses if isinstance(clauses, list) else []
