"""What a language model says of a description, checked, and weighed with the local engine.

Nothing of it is taken on trust: cells must exist, evidence must stand in the description, and a
model that disagrees with the local engine makes the answer less sure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiguide.core.classify import SILENT, Candidate, Clue, Doubt, Result, option_of, questions_for
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy

SUREST = 0.95  # a model's own confidence is never believed beyond this
SHORTEST_CLUE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """A language model's answer; `dropped` counts evidence that is not in the description."""

    cell: str | None
    doubt: Doubt | None
    confidence: float
    clues: tuple[Clue, ...]
    dropped: int


def read_opinion(
    guideline: Guideline, policy: ClassificationPolicy, text: str, data: Mapping[str, Any]
) -> Opinion:
    """Read an answer that fits the schema `opinion`. Raises: AiguideError `llm-answer`."""
    cell, doubt = data["cell"], data["doubt"]
    known = [one.id for one in guideline.cells]
    if cell is not None and cell not in known:
        raise AiguideError("llm-answer", said=cell, reason="llm-unknown-cell")
    if cell is None and doubt is None:
        raise AiguideError("llm-answer", said="", reason="llm-no-choice")
    clues = [
        clue
        for one in data["evidence"]
        if cell and (clue := _clue(guideline, policy, cell, text, one["text"], one["question"]))
    ]
    return Opinion(
        cell=cell,
        doubt=None if cell else Doubt(doubt),
        confidence=min(max(data["confidence"], 1 / len(known)), SUREST),
        clues=tuple(sorted(clues, key=lambda clue: (clue.start, clue.question))),
        dropped=len(data["evidence"]) - len(clues) if cell else 0,
    )


def _clue(
    guideline: Guideline,
    policy: ClassificationPolicy,
    cell: str,
    text: str,
    quoted: str,
    question: str,
) -> Clue | None:
    """Find quoted words in the description; None where they are not there, or decide nothing."""
    option = option_of(guideline, policy, cell, question)
    start = text.find(quoted) if len(quoted) >= SHORTEST_CLUE else -1
    if start < 0 or option is None:
        return None
    return Clue(quoted, start, start + len(quoted), question, option)


def weighed(
    guideline: Guideline, policy: ClassificationPolicy, local: Result, opinion: Opinion
) -> Result:
    """Weigh an opinion with the local engine's result: their shares are multiplied.

    Raises: AiguideError `llm-answer` for a cell that the answers given have ruled out.
    """
    if opinion.cell is None:
        return _result(guideline, policy, local, local.candidates, opinion.doubt)
    shares = {one.cell: one.confidence for one in local.candidates}
    if not shares[opinion.cell]:
        raise AiguideError("llm-answer", said=opinion.cell, reason="llm-ruled-out")
    if local.doubt is Doubt.LANGUAGE:  # the local engine has read nothing
        left = [cell for cell, share in shares.items() if share]
        shares = {cell: (cell in left) / len(left) for cell in shares}
    rest = (1 - opinion.confidence) / (len(shares) - 1)
    product = {
        cell: share * (opinion.confidence if cell == opinion.cell else rest)
        for cell, share in shares.items()
    }
    total = sum(product.values())
    ranked = sorted(product, key=lambda cell: -product[cell])
    candidates = tuple(Candidate(cell, product[cell] / total) for cell in ranked)
    # What the local engine could not read, the model may; what it doubts otherwise stays doubted.
    undecided = candidates[0].confidence < policy.decide
    kept = local.doubt if local.doubt not in (Doubt.CLOSE, Doubt.LANGUAGE) else None
    doubt = kept or (Doubt.CLOSE if undecided else None)
    result = _result(guideline, policy, local, candidates, doubt)
    return replace(result, clues=opinion.clues) if opinion.clues else result


def _result(
    guideline: Guideline,
    policy: ClassificationPolicy,
    local: Result,
    candidates: tuple[Candidate, ...],
    doubt: Doubt | None,
) -> Result:
    heard = doubt not in SILENT
    asked = questions_for(guideline, policy, candidates, local.answers, heard) if doubt else ()
    return replace(
        local,
        cell=None if doubt else candidates[0].cell,
        doubt=doubt,
        candidates=candidates,
        questions=asked,
        several=local.several or doubt is Doubt.MULTIPLE,
    )
