"""Measuring classification on labelled cases."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aiguide.core.classify import Result
from aiguide.core.errors import AiguideError
from aiguide.core.evaluation import ENDINGS, Case, Evaluation, evaluate
from aiguide.core.guideline import Guideline
from aiguide.store.files import read_text
from aiguide.usecases.classifying import classify
from aiguide.usecases.guidelines import load_classifying


def measure(path: Path, pack: str) -> Evaluation:
    """Classify every case of a JSON Lines file (`id`, `text`, `label`, `acceptable`).

    An odd text has `expected` in place of `label`: a cell, `abstain` or `multiple`.
    Raises: UnreadableError, AiguideError `no-cases`, `bad-case` with the line.
    """
    guideline, policy = load_classifying(pack)
    cases = list(_cases(path, guideline))
    if not cases:
        raise AiguideError("no-cases", file=str(path))

    def judge(text: str, answers: Mapping[str, str]) -> Result:
        return classify(guideline, policy, text, answers)

    return evaluate(guideline, policy, cases, judge)


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
        odd = "expected" in data
        label = data["expected" if odd else "label"]
        acceptable = frozenset({label, *data.get("acceptable", ())})
        case = Case(str(data["id"]), data["text"], label, acceptable, odd)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    fitting = acceptable <= (known | set(ENDINGS) if odd else known)
    return case if isinstance(case.text, str) and fitting else None
