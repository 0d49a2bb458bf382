"""The options that `init` and `set` share, and what they say of a project."""

import re
from typing import Annotated, Any

import typer

from aiguide.cli import completion
from aiguide.cli.options import conditions
from aiguide.core.errors import AiguideError
from aiguide.core.project import AiSystem

AI_PARTS = 3
_BETWEEN = re.compile(r"／|(?<=\s)/(?=\s)")

Name = Annotated[str, typer.Option("--name", metavar="TEXT", help="option.name")]
Organization = Annotated[
    str | None, typer.Option("--organization", metavar="TEXT", help="option.organization")
]
Owner = Annotated[str | None, typer.Option("--owner", metavar="TEXT", help="option.owner")]
Description = Annotated[
    str | None, typer.Option("--description", metavar="TEXT", help="option.description")
]
Cells = Annotated[
    list[str] | None,
    typer.Option("--cell", metavar="CELL", help="option.cell", autocompletion=completion.cells),
]
Conditions = Annotated[
    list[str] | None,
    typer.Option(
        "--condition",
        metavar="NAME=yes|no",
        help="option.condition",
        autocompletion=completion.conditions,
    ),
]
Ai = Annotated[
    list[str] | None, typer.Option("--ai", metavar="PRODUCT / MODEL / VENDOR", help="option.ai")
]
CellReason = Annotated[
    str | None, typer.Option("--cell-reason", metavar="TEXT", help="option.cell-reason")
]
PhaseOption = Annotated[
    str,
    typer.Option(
        "--phase", metavar="PHASE", help="option.phase-now", autocompletion=completion.phases
    ),
]


def facts(
    name: str,
    organization: str | None,
    owner: str | None,
    description: str | None,
    phase: str,
    cell: list[str] | None,
    condition: list[str] | None,
    ai: list[str] | None,
    cell_reason: str | None,
) -> dict[str, Any]:
    """Give what was said as fields of a project; what was not said is left out.

    An empty organization, owner, description, AI or reason clears it.
    Raises: AiguideError `bad-condition`, `bad-ai`.
    """
    clearable = {
        "organization": organization,
        "owner": owner,
        "description": description,
        "ai": None if ai is None else tuple(_ai_system(one) for one in ai if one.strip()),
        "cell_reason": cell_reason,
    }
    said = {
        "name": name,
        "phase": phase,
        "cells": tuple(dict.fromkeys(cell or ())),
        "conditions": conditions(condition or []),
    }
    filled = {key: value for key, value in said.items() if value}
    return filled | {key: value for key, value in clearable.items() if value is not None}


def ai_option(ai: AiSystem) -> str:
    """Write an AI as `--ai` takes it; a part that is not said but by later ones stays empty."""
    return " / ".join((ai.product, ai.model, ai.vendor)).rstrip(" /")


def _ai_system(given: str) -> AiSystem:
    """Read `PRODUCT / MODEL / VENDOR`; a stroke without blanks is part of a name.

    Raises: AiguideError `bad-ai`.
    """
    parts = [part.strip() for part in _BETWEEN.split(f" {given} ")]
    if len(parts) > AI_PARTS or not any(parts):
        raise AiguideError("bad-ai", value=given)
    return AiSystem(*parts)
