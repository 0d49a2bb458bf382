"""Which check items apply to a project, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiguide.core.guideline import Clause, Guideline, Item
from aiguide.core.project import Project


class Truth(StrEnum):
    """What is known of a condition; unanswered counts as true."""

    DECLARED = "declared"
    IMPLIED = "implied"
    UNANSWERED = "unanswered"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides applicability: the cells (none: not yet known) and each condition's truth."""

    cells: tuple[tuple[str, str], ...]
    conditions: Mapping[str, Truth]

    def holds(self, condition: str) -> bool:
        """Tell whether a condition counts as true."""
        return self.conditions[condition] is not Truth.FALSE


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for an item to apply.

    `everywhere` is set where it applies to all uses; else `cells` are the project's cells that
    the clause met (empty where the clause names none) and `conditions` those that it asked for.
    """

    everywhere: bool
    cells: tuple[str, ...]
    conditions: tuple[str, ...]


def situation(guideline: Guideline, project: Project) -> Situation:
    """Work out a project's situation: what it declared, and what its cells imply.

    Raises: KeyError for a cell that the guideline does not know.
    """
    return situation_of(guideline, project.cells, project.conditions)


def situation_of(
    guideline: Guideline, cells: Iterable[str], declared: Mapping[str, bool | None]
) -> Situation:
    """Work out the situation of some cells and declared conditions. Raises: as `situation`."""
    placed = _with_domains(guideline, cells)
    implied = implied_conditions(guideline, (id for id, _ in placed))
    conditions = {}
    for condition in guideline.conditions:
        if condition.id in implied:
            conditions[condition.id] = Truth.IMPLIED
        elif declared.get(condition.id) is None:
            conditions[condition.id] = Truth.UNANSWERED
        else:
            conditions[condition.id] = Truth.DECLARED if declared[condition.id] else Truth.FALSE
    return Situation(placed, conditions)


def implied_conditions(guideline: Guideline, cells: Iterable[str]) -> frozenset[str]:
    """Give the conditions that some cells imply."""
    placed = _with_domains(guideline, cells)
    return frozenset(
        condition.id
        for condition in guideline.conditions
        if any(_matching(clause, placed) for clause in condition.implied_by)
    )


def why(item: Item, now: Situation) -> Why | None:
    """Say why an item applies, by the first clause that holds, or None where it does not.

    A clause that rests on fewer unanswered conditions is named before one that rests on more.
    """
    if item.applies_to is None:
        return Why(everywhere=True, cells=(), conditions=())
    holding = [clause for clause in item.applies_to if _clause_holds(clause, now)]
    if not holding:
        return None
    clause = min(holding, key=lambda one: _unanswered(one.conditions, now))
    named = clause.cells or clause.domains
    cells = _matching(clause, now.cells) if named else ()
    return Why(everywhere=False, cells=cells, conditions=clause.conditions)


def denied(item: Item, now: Situation) -> tuple[str, ...]:
    """Give the conditions answered no that keep an item away; none where the cells do.

    With another answer to those of one clause it would apply.
    """
    ids = {
        id
        for clause in item.applies_to or ()
        if _is_placed(clause, now)
        for id in clause.conditions
        if not now.holds(id)
    }
    return tuple(id for id in now.conditions if id in ids)


def hinges(item: Item, now: Situation) -> tuple[tuple[str, ...], ...]:
    """Give what an item that may apply hinges on: sets of unanswered conditions; one suffices.

    Nothing where it applies however they are answered.
    """
    sets = {
        frozenset(id for id in clause.conditions if now.conditions[id] is Truth.UNANSWERED)
        for clause in item.applies_to or ()
        if _clause_holds(clause, now)
    }
    if frozenset() in sets:
        return ()
    least = [one for one in sets if not any(other < one for other in sets)]
    order = list(now.conditions)
    return tuple(sorted(tuple(sorted(one, key=order.index)) for one in least))


def applicable(guideline: Guideline, now: Situation) -> tuple[Item, ...]:
    """Give the items that apply, in the guideline's order."""
    return tuple(item for item in guideline.items if why(item, now))


def released_by(guideline: Guideline, now: Situation, condition: str) -> tuple[Item, ...]:
    """Give the items that would no longer apply if `condition` were answered no."""
    denied = _with(now, condition, Truth.FALSE)
    return tuple(item for item in applicable(guideline, now) if not why(item, denied))


def unanswered(guideline: Guideline, now: Situation) -> dict[str, int]:
    """Map the conditions that nobody has answered to how many items a no would take off."""
    return {
        id: len(released_by(guideline, now, id))
        for id, truth in now.conditions.items()
        if truth is Truth.UNANSWERED
    }


def kept_away_by(guideline: Guideline, now: Situation, phase: str) -> tuple[str, ...]:
    """Give the conditions answered no that, with any other answer, bring items into a phase."""
    return tuple(
        id
        for id, truth in now.conditions.items()
        if truth is Truth.FALSE
        and any(
            item.phase == phase and not why(item, now)
            for item in applicable(guideline, _with(now, id, Truth.UNANSWERED))
        )
    )


def hanging_on(guideline: Guideline, now: Situation, condition: str) -> tuple[Item, ...]:
    """Give the items of which an answer to an open condition decides, by itself or with others."""
    return tuple(
        item
        for item in guideline.items
        if any(condition in decisive for decisive in hinges(item, now))
    )


def open_conditions(guideline: Guideline, now: Situation, phase: str) -> tuple[str, ...]:
    """Give the conditions that nobody has answered and on which items of a phase hang."""
    return tuple(
        id
        for id, truth in now.conditions.items()
        if truth is Truth.UNANSWERED
        and any(item.phase == phase for item in hanging_on(guideline, now, id))
    )


def _with(now: Situation, condition: str, truth: Truth) -> Situation:
    return Situation(now.cells, {**now.conditions, condition: truth})


def _clause_holds(clause: Clause, now: Situation) -> bool:
    return _is_placed(clause, now) and all(map(now.holds, clause.conditions))


def _is_placed(clause: Clause, now: Situation) -> bool:
    return not now.cells or bool(_matching(clause, now.cells))


def _with_domains(guideline: Guideline, cells: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((id, guideline.cell(id).domain) for id in cells)


def _matching(clause: Clause, cells: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(
        id
        for id, domain in cells
        if (not clause.cells or id in clause.cells)
        and (not clause.domains or domain in clause.domains)
    )


def _unanswered(conditions: Iterable[str], now: Situation) -> int:
    return sum(now.conditions[condition] is Truth.UNANSWERED for condition in conditions)
