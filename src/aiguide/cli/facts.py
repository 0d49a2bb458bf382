"""The options that `init` and `set` share, and what they say of a project."""

from typing import Annotated, Any

import typer

from aiguide.cli.options import conditions

Name = Annotated[str, typer.Option("--name", metavar="TEXT", help="option.name")]
Organization = Annotated[
    str, typer.Option("--organization", metavar="TEXT", help="option.organization")
]
Owner = Annotated[str, typer.Option("--owner", metavar="TEXT", help="option.owner")]
Description = Annotated[
    str, typer.Option("--description", metavar="TEXT", help="option.description")
]
Cells = Annotated[list[str] | None, typer.Option("--cell", metavar="CELL", help="option.cell")]
Conditions = Annotated[
    list[str] | None, typer.Option("--condition", metavar="NAME=yes|no", help="option.condition")
]
PhaseOption = Annotated[str, typer.Option("--phase", metavar="PHASE", help="option.phase-now")]


def facts(
    name: str,
    organization: str,
    owner: str,
    description: str,
    phase: str,
    cell: list[str] | None,
    condition: list[str] | None,
) -> dict[str, Any]:
    """Give what was said as fields of a project; what was not said is left out."""
    said = {
        "name": name,
        "organization": organization,
        "owner": owner,
        "description": description,
        "phase": phase,
        "cells": tuple(dict.fromkeys(cell or ())),
        "conditions": conditions(condition or []),
    }
    return {key: value for key, value in said.items() if value}
