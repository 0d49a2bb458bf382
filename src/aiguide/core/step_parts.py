"""What a step says of answers, cells and facts, and whether that is what stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from aiguide.core.attestation import ANSWERED, CLASSIFICATION, CONDITIONS, FACTS, Part, mapping
from aiguide.core.manifest import Data, answer_data, classification_data, facts_data
from aiguide.core.project import Entry, Project

SIGNED = ("by", "at", "item_digest")  # what a command that records an answer writes itself
_CHOSEN: dict[str, Any] = {"cells": [], "reason": ""}


def said(entry: Entry) -> Iterator[tuple[Part, Any]]:
    """Give what a step says of an answer, as data, of cells or of facts, each with its part."""
    if entry.subject == CLASSIFICATION:
        yield (CLASSIFICATION,), chosen(mapping(entry.after))
    elif entry.subject == FACTS:
        before, after = _facts(entry.before), _facts(entry.after)
        for part in {**before, **after}:
            if before.get(part) != after.get(part):
                yield part, after.get(part)
    else:
        yield (ANSWERED, entry.subject), entry.after


def word_on(step: Entry, part: Part) -> Any:
    """Give what a step says of a part of which it speaks."""
    return dict(said(step))[part]


def standing(project: Project, part: Part) -> Any:
    """Give what stands of a part, as `said` gives it; None where nothing does."""
    if part == (CLASSIFICATION,):
        return chosen(classification_data(project.classification))
    if part[0] == FACTS:
        return _facts(facts_data(project)).get(part)
    answer = project.answers.get(part[-1])
    return answer_data(answer) if answer else None


def chosen(classification: Mapping[str, Any]) -> Data:
    """Give which cells were chosen, and why."""
    return {name: classification.get(name) or empty for name, empty in _CHOSEN.items()}


def _facts(facts: Any) -> dict[Part, Any]:
    """Map the parts of facts, each condition by itself, to what is said of them."""
    given = mapping(facts)
    found: dict[Part, Any] = {(FACTS, name): one for name, one in given.items()}
    conditions = mapping(found.pop((FACTS, CONDITIONS), None))
    return found | {(FACTS, CONDITIONS, id): holds for id, holds in conditions.items()}


def are_alike(value: Any, other: Any) -> bool:
    """Tell whether two answers say the same, whoever gave them when, or two facts."""
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        signed = {name: other.get(name) for name in SIGNED}
        return {**value, **signed} == {**other, **signed}
    return bool(value == other)
