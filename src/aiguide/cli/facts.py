"""The options that `init` and `set` share, and what they say of a project."""

import re
from typing import Annotated, Any

import typer

from aiguide.cli import completion
from aiguide.cli.options import refuse_blanks
from aiguide.cli.prompts import folded, is_unknown, yes_or_no
from aiguide.core import ai_systems
from aiguide.core.errors import AiguideError
from aiguide.core.words import Words

Name = Annotated[str | None, typer.Option("--name", metavar="TEXT", help="option.name")]
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
        metavar="NAME=yes|no|unknown",
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
    words: Words,
    name: str | None,
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
    Raises: AiguideError `name-empty`, `bad-condition`, `bad-ai`, `blank-left`.
    """
    if name is not None and not name.strip():
        raise AiguideError("name-empty")
    texts = {"name": name, "organization": organization, "owner": owner, "phase": phase}
    refuse_blanks({**texts, "description": description, "cell_reason": cell_reason})
    clearable = {
        "organization": organization,
        "owner": owner,
        "description": description,
        "ai": None if ai is None else tuple(ai_systems.read(one) for one in ai if one.strip()),
        "cell_reason": cell_reason,
    }
    said = {
        "name": name,
        "phase": phase,
        "cells": tuple(dict.fromkeys(cell or ())),
        "conditions": _conditions(words, condition or []),
    }
    filled = {key: value for key, value in said.items() if value}
    return filled | {key: value for key, value in clearable.items() if value is not None}


def _conditions(words: Words, given: list[str]) -> dict[str, bool | None]:
    """Read `NAME=yes`, `NAME=no` and `NAME=unknown` (None), whichever way they are typed."""
    read = {}
    for one in given:
        given_name, *rest = re.split("[=＝]", one, maxsplit=1)
        name = given_name.strip()
        said = folded("".join(rest).strip())
        answer = yes_or_no(words, said)
        if answer is None and not is_unknown(words, said):
            raise AiguideError("bad-condition", value=one, name=name or "personal_data")
        read[name] = answer
    return read
