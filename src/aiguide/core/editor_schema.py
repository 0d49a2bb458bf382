"""The project's JSON Schema with the ids of a guideline in it, so that an editor completes them."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from aiguide.core.guideline import Guideline
from aiguide.core.text import Text


def with_ids(schema: Mapping[str, Any], guideline: Guideline) -> dict[str, Any]:
    """Give the schema `project` with the cells, phases, conditions and check items of a guideline.

    Each id is explained in both languages. What fits the result fits `schema`.
    """
    filled = deepcopy(dict(schema))
    parts = filled["properties"]
    project = parts["project"]["properties"]
    cells = parts["classification"]["properties"]
    stages = [guideline.phase(id) for id in guideline.stages]
    choice = _choice((one.id, one.title, one.summary.text) for one in guideline.cells)
    pack = parts["guideline"]["properties"]
    pack["id"] |= {"const": guideline.id}
    pack["version"] |= {"const": guideline.version}
    project["phase"] |= _choice((one.id, one.title, one.title) for one in stages)
    for name in ("cells", "alternatives"):
        cells[name]["items"] = choice
    project["conditions"] = project["conditions"] | _members(
        ((one.id, one.title, one.question) for one in guideline.conditions),
        project["conditions"]["additionalProperties"],
    )
    parts["answers"] = parts["answers"] | _members(
        ((one.id, one.title, one.check) for one in guideline.items),
        parts["answers"]["additionalProperties"],
    )
    return filled


Told = Iterable[tuple[str, Text, Text]]


def _choice(told: Told) -> dict[str, Any]:
    """Allow some ids, each with its title and what it says."""
    return {"anyOf": [{"const": id, **_described(title, text)} for id, title, text in told]}


def _members(told: Told, value: Mapping[str, Any]) -> dict[str, Any]:
    """Allow some names of members, whose values are all of one kind."""
    members = {id: {**_described(title, text), **value} for id, title, text in told}
    return {"properties": members, "additionalProperties": False}


def _described(title: Text, text: Text) -> dict[str, str]:
    return {"title": " / ".join(reversed(title.both())), "description": "\n".join(text.both())}
