"""`aiguide init`: start a project."""

from pathlib import Path
from typing import Any

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.conditions import ask_condition
from aiguide.cli.exits import ExitCode
from aiguide.cli.facts import (
    Cells,
    Conditions,
    Description,
    Name,
    Organization,
    Owner,
    PhaseOption,
    facts,
)
from aiguide.cli.options import USUAL, By, GuidelineName, Lang, ProjectFile, command, project_path
from aiguide.cli.prompts import ask, ask_filled, choose
from aiguide.cli.session import at_terminal, session_of, stamp
from aiguide.core import wording
from aiguide.core.applicability import implied_conditions
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.words import Words
from aiguide.usecases import classifying, guidelines, projects

app = new_app()
OFFERED = 4


@app.command(cls=Command)
def init(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    name: Name = "",
    organization: Organization = None,
    owner: Owner = None,
    description: Description = None,
    cell: Cells = None,
    condition: Conditions = None,
    phase: PhaseOption = "",
    guideline: GuidelineName = guidelines.DEFAULT_PACK,
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    path = project_path(project)
    if path.exists():
        raise AiguideError("exists", file=str(path))
    said = facts(name, organization, owner, description, phase, cell, condition)
    pack, policy = guidelines.load_pack(guideline)
    projects.require_known(pack, said)
    if at_terminal():
        try:
            _ask_missing(words, pack, policy, said)
        except (KeyboardInterrupt, EOFError):
            session_of(ctx).told = True
            console.talk("\n\n" + words.say("init.interrupted", file=str(path)))
            raise typer.Exit(ExitCode.INTERRUPTED) from None
    elif not name:
        raise AiguideError("name-needed")
    started = projects.start_project(path, guideline, {"id": _id(path), **said}, stamp(by))
    console.say(words.say("init.done", file=str(path), name=started.name))
    if path.name != USUAL.name and not path.name.endswith(".project.json"):
        console.say(layout.indented(words.say("init.unusual-name"), 2, layout.columns()))
    next_step = command("check", path, f"--phase {started.phase}")
    console.say("  " + words.say("init.next", command=next_step))


def _id(path: Path) -> str:
    """Take the project's id from the file's name, or from its folder's for the usual name."""
    stem = path.name.removesuffix(".json").removesuffix(".project")
    return path.resolve().parent.name if path.name == USUAL.name else stem


def _ask_missing(
    words: Words, pack: Guideline, policy: ClassificationPolicy, said: dict[str, Any]
) -> None:
    """Ask for what was not said; everything but the name may be left empty."""
    console.say("\n  " + words.say("init.intro") + "\n")
    if "name" not in said:
        said["name"] = ask_filled(words, words.say("init.name"))
    for field in ("organization", "owner", "description"):
        if field not in said and (given := ask(words.say(f"init.{field}"))):
            said[field] = given
    if "cells" not in said and (chosen := _ask_cell(words, pack, policy, said)):
        said["cells"] = (chosen,)
    _ask_conditions(words, pack, said)


def _ask_conditions(words: Words, pack: Guideline, said: dict[str, Any]) -> None:
    """Ask for the conditions that neither were said nor follow from the cells."""
    answers = said.setdefault("conditions", {})
    implied = implied_conditions(pack, said.get("cells", ()))
    left = [one for one in pack.conditions if one.id not in answers and one.id not in implied]
    console.say("\n  " + words.say("init.conditions"))
    for asked, condition in enumerate(left):
        answer = ask_condition(words, condition, len(left) - asked)
        if isinstance(answer, bool):
            answers[condition.id] = answer


def _ask_cell(
    words: Words, pack: Guideline, policy: ClassificationPolicy, said: dict[str, Any]
) -> str | None:
    """Offer the likeliest cells for the description, and let the person decide."""
    text = " ".join(filter(None, (said.get("name"), said.get("description"))))
    result = classifying.classify(pack, policy, text, {})
    console.say("\n  " + words.say("init.cell"))
    options = []
    for candidate in result.candidates[:OFFERED]:
        found = pack.cell(candidate.cell)
        stance = wording.stance_name(words, pack.stance(found.stance.id))
        name = wording.cell_name(words, pack, found.id)
        options.append((found.id, f"{name} {stance}\n{words.pick(found.summary.text)}"))
    console.say(layout.indented(words.say("init.cell.other"), 2, layout.columns()))
    known = [cell.id for cell in pack.cells]
    return choose(words, options, also=known)
