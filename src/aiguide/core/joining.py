"""Facts that two people record at once: what the one can save, and what the other has changed."""

from collections.abc import Mapping
from typing import Any

from aiguide.core.guideline import Guideline
from aiguide.core.project import Project

Facts = dict[str, Any]


def unbegun(guideline: Guideline) -> Project:
    """Give a project of which nothing is known yet, but for where every project begins."""
    return Project(guideline.id, guideline.version, "", phase=guideline.stages[0])


def told_apart(known: Project, stands: Project, said: Mapping[str, Any]) -> tuple[Facts, Facts]:
    """Give what of the facts `said` can be saved, and what somebody else has changed otherwise.

    `known` is the project as it was when they were asked for, `stands` as it is now. The reason of
    the cells goes with the cells that it was given for. The same cells that somebody else has
    decided on meanwhile are no news: they stay that person's decision.
    """
    decided = bool(stands.classification.confirmed_by) and said.get("cells") == stands.cells
    news = {name: value for name, value in said.items() if name != "cells" or not decided}
    free: Facts = {}
    for name, value in news.items():
        if name == "conditions":
            held = _free_conditions(known, stands, value)
            free |= {name: held} if held else {}
        elif _fact(stands, name) in (_fact(known, name), value):
            free[name] = value
    if free.get("cells", stands.cells) != said.get("cells", known.cells):
        free.pop("cell_reason", None)
    return free, _without(news, free)


def _free_conditions(
    known: Project, stands: Project, said: Mapping[str, bool | None]
) -> dict[str, bool | None]:
    before, now = known.conditions, stands.conditions
    return {id: one for id, one in said.items() if now.get(id) in (before.get(id), one)}


def _fact(project: Project, name: str) -> Any:
    return project.classification.reason if name == "cell_reason" else getattr(project, name)


def _without(said: Mapping[str, Any], free: Mapping[str, Any]) -> Facts:
    """Give the facts that are not free."""
    rest = {name: one for name, one in said.items() if name != "conditions" and name not in free}
    free_held = free.get("conditions", {})
    held = {id: one for id, one in said.get("conditions", {}).items() if id not in free_held}
    return rest | ({"conditions": held} if held else {})
