"""Findings as JSON, the contract of `validate` (schema `validation`)."""

import dataclasses
from collections.abc import Iterator

from aiguide.core.json_text import json_text
from aiguide.core.validation import Run


def render(run: Run) -> Iterator[str]:
    """Write each finding as it comes, and the counts when all have."""
    yield '{\n  "findings": ['
    mark = "\n"
    for view in run:
        for said in view.findings:
            data = json_text(said.data(), 2)
            yield mark + _indented(data, "    ")
            mark = ",\n"
    totals = run.totals
    counts = {
        "files": totals.files,
        "items": totals.items,
        "left_out": dict(sorted(totals.left_out.items())),
        "accepted": totals.accepted,
        "gone": [dataclasses.asdict(one) for one in totals.gone],
    }
    yield "],\n" if mark == "\n" else "\n  ],\n"
    yield json_text(counts, 2).removeprefix("{\n") + "\n"


def _indented(text: str, indent: str) -> str:
    return "\n".join(indent + line for line in text.split("\n"))
