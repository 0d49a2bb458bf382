"""What of a project is merged by itself: taken apart, put together, and what a history says."""

from collections.abc import Mapping
from typing import Any

from aiguide.core.attestation import ANSWERS, CLASSIFICATION, CONDITIONS, FACTS, Part, Record
from aiguide.core.manifest import project_data, read_project
from aiguide.core.project import Project

Data = dict[str, Any]


def apart(project: Project) -> dict[Part, Any]:
    """Take a project apart into what can be changed by itself: way to the part, and its data."""
    data = project_data(project)
    facts = dict(data["project"])
    parts: dict[Part, Any] = {(CLASSIFICATION,): data.get(CLASSIFICATION)}
    parts |= {(FACTS, CONDITIONS, id): on for id, on in facts.pop(CONDITIONS, {}).items()}
    parts |= {(FACTS, name): value for name, value in facts.items()}
    return parts | {
        (kept, id): answer for kept in ANSWERS for id, answer in data.get(kept, {}).items()
    }


def together(project: Project, parts: Mapping[Part, Any]) -> Project:
    """Put a project together again from its parts, with the history that it has."""
    data = project_data(project)
    facts: Data = {}
    answers: dict[str, Data] = {kept: {} for kept in ANSWERS}
    data.pop(CLASSIFICATION, None)
    for part, value in parts.items():
        if value is None:
            continue
        if part[0] in ANSWERS:
            answers[part[0]][part[1]] = value
        elif part == (CLASSIFICATION,):
            data[CLASSIFICATION] = value
        elif len(part) == 3:
            facts.setdefault(CONDITIONS, {})[part[2]] = value
        else:
            facts[part[1]] = value
    return read_project({**data, "project": facts, **answers})


def said_of(record: Record, part: Part, standing: Any) -> Any:
    """Give what a history says of what stands; a fact of which it does not speak, as it stands."""
    if part != (CLASSIFICATION,):
        word = record.on(part)
        unsaid = None if part[0] in ANSWERS else standing
        return word.value if word else unsaid
    stands: dict[Part, Any] = {
        (CLASSIFICATION, name): one for name, one in (standing or {}).items()
    }
    words = {part: record.on(part) for part in {**stands, **record.words}}
    said = {
        part[1]: word.value if word else stands[part]
        for part, word in words.items()
        if part[0] == CLASSIFICATION
    }
    return {name: value for name, value in said.items() if value is not None} or None
