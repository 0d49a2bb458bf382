"""What a step says of answers and conditions, and whether that is what stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from aiguide.core.attestation import ANSWERED, CONDITIONS, FACTS, Part, mapping
from aiguide.core.manifest import answer_data
from aiguide.core.project import Entry, Project

SIGNED = ("by", "at", "item_digest")  # what a command that records an answer writes itself


def said(entry: Entry) -> Iterator[tuple[Part, Any]]:
    """Give what a step says of an answer, as data, or of conditions, each with its part."""
    if entry.subject != FACTS:
        yield (ANSWERED, entry.subject), entry.after
        return
    before, after = (mapping(mapping(one).get(CONDITIONS)) for one in (entry.before, entry.after))
    for id in {**before, **after}:
        if before.get(id) != after.get(id):
            yield (FACTS, CONDITIONS, id), after.get(id)


def standing(project: Project, part: Part) -> Any:
    """Give what stands of an answer, as data, or of a condition; None where nothing does."""
    if part[0] == FACTS:
        return project.conditions.get(part[-1])
    answer = project.answers.get(part[-1])
    return answer_data(answer) if answer else None


def stands(project: Project, entry: Entry) -> bool:
    """Tell whether all that a step says stands, be it by another one."""
    return all(are_alike(value, standing(project, part)) for part, value in said(entry))


def are_alike(value: Any, other: Any) -> bool:
    """Tell whether two answers say the same, whoever gave them when, or two conditions."""
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        signed = {name: other.get(name) for name in SIGNED}
        return {**value, **signed} == {**other, **signed}
    return bool(value == other)
