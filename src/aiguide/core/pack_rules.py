"""What of a pack decides verdicts beside its items' levels and clauses, and what changed of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiguide.core import new_names
from aiguide.core.guideline import Clause, Guideline


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that is not what it was: of which kind of thing, its id now, and its key."""

    kind: str
    id: str
    key: str
    was: str
    now: str


# The keys under which rules stand.
RULES = ("policy", "implied_by", "kind", "needs", "stance", "cleared_by")

# Kind, id and key of each rule, with its value as an author writes it.
Rules = dict[tuple[str, str, str], str]


def rule_changes(old: Guideline, new: Guideline) -> Iterator[RuleChange]:
    """Give the rules that are not what they were; what goes by another id is the same thing."""
    names, now = Names(old, new), rules(new, Names(new, new))
    for place, was in rules(old, names).items():
        if place in now and now[place] != was and not names.is_merged(*place[:2]):
            yield RuleChange(*place, was, now[place])


class Names:
    """How what an earlier version names is called in a later one."""

    def __init__(self, old: Guideline, new: Guideline) -> None:
        self.went = {kind: new_names.became(old, new, kind) for kind in new_names.KINDS}

    def of(self, kind: str, id: str) -> str:
        """Give the id there of what has `id` here; the same one where it is gone."""
        return self.went.get(kind, {}).get(id) or id

    def is_merged(self, kind: str, id: str) -> bool:
        """Tell whether several came to one id, which then has the rules of none of them."""
        return list(self.went.get(kind, {}).values()).count(id) > 1

    def clause(self, one: Clause) -> str:
        """Write a clause as its author does; nothing where its cells are gone."""
        cells, conditions = (self.went[kind] for kind in (new_names.CELLS, new_names.CONDITIONS))
        renamed = new_names.clause(one, cells, conditions)
        return written(renamed) if renamed else ""


def rules(guideline: Guideline, names: Names) -> Rules:
    """Give the rules of a pack; lists, of which the order says nothing, are sorted."""
    found: Rules = {("stances", one.id, "policy"): one.policy.value for one in guideline.stances}
    for condition in guideline.conditions:
        id = names.of("conditions", condition.id)
        clauses = sorted(filter(None, map(names.clause, condition.implied_by)))
        found["conditions", id, "implied_by"] = f"[{', '.join(clauses)}]"
    for phase in guideline.phases:
        id = names.of("phases", phase.id)
        needs = sorted(names.of("conditions", one) for one in phase.needs)
        found["phases", id, "kind"] = phase.kind.value
        found["phases", id, "needs"] = f"[{', '.join(needs)}]"
    for cell in guideline.cells:
        found["cells", names.of("cells", cell.id), "stance"] = cell.stance_id or "-"
    for item in guideline.items:
        cleared = "exception" if item.exception_only else "-"
        found["items", item.id, "cleared_by"] = cleared
    return found


def written(clause: Clause) -> str:
    """Write a clause as its author does."""
    parts = {
        "domains": clause.domains,
        "cells": clause.cells,
        "conditions": clause.conditions,
    }
    said = (f"{key}: [{', '.join(ids)}]" for key, ids in parts.items() if ids)
    return f"{{{', '.join(said)}}}"
