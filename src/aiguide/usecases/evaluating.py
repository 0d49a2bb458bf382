"""Measuring classification on labelled cases."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aiguide.core import classify as engine
from aiguide.core.errors import AiguideError
from aiguide.core.evaluation import Case, Rate, evaluate
from aiguide.core.guideline import Guideline
from aiguide.store import packs
from aiguide.store.files import read_text


def measure(path: Path, pack: str) -> tuple[int, Mapping[str, Rate]]:
    """Classify every case of a JSON Lines file (`id`, `text`, `label`, `acceptable`).

    Returns the number of cases and the rates by name. Raises: UnreadableError, AiguideError
    `bad-case` with the line.
    """
    guideline, policy = packs.load(pack)
    model = packs.load_model(pack)
    cases = list(_cases(path, guideline))
    if not cases:
        raise AiguideError("no-cases", file=str(path))
    judged = ((case, engine.classify(guideline, policy, model, case.text, {})) for case in cases)
    return len(cases), evaluate(guideline, judged)


def _cases(path: Path, guideline: Guideline) -> Iterator[Case]:
    known = {cell.id for cell in guideline.cells}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            case = _case(line, known)
            if case is None:
                raise AiguideError("bad-case", file=str(path), line=number)
            yield case


def _case(line: str, known: set[str]) -> Case | None:
    """Read one case, or None where it does not fit."""
    try:
        data: Any = json.loads(line)
        acceptable = frozenset({data["label"], *data.get("acceptable", ())})
        case = Case(str(data["id"]), data["text"], data["label"], acceptable)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return case if isinstance(case.text, str) and acceptable <= known else None
