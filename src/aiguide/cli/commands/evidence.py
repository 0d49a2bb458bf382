"""`aiguide evidence`: whether the evidence of a project is still what was recorded."""

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import USUAL, Format, Lang, ProjectFile, command, project_path
from aiguide.cli.session import session_of
from aiguide.core import wording
from aiguide.core.evidence import EvidenceState
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import project_evidence, projects, results
from aiguide.usecases.projects import Opened

app = new_app()


@app.command(cls=Command)
def evidence(
    ctx: typer.Context, project: ProjectFile = USUAL, format: Format = "text", lang: Lang = ""
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    opened = projects.open_project(project_path(project))
    states = project_evidence.states(opened)
    if format == "json":
        console.put_json(results.evidence(opened.project, states))
    else:
        _show(words, opened, states)
    if any(one.is_bad for one in states):
        raise typer.Exit(ExitCode.NO)


def _show(words: Words, opened: Opened, states: tuple[EvidenceState, ...]) -> None:
    columns = layout.columns()
    titles = {item.id: item.title for item in opened.guideline.items}
    console.say()
    item = ""
    for one in states:
        if one.item != item:
            item = one.item
            console.say(layout.indented(words.pick(titles[item]), 2, columns))
        mark = words.say(f"evidence.{one.state.value}")
        said = wording.evidence_line(words, one.evidence)
        if one.found:
            said += " " + words.say("evidence.found", file=one.found)
        style = ("red",) if one.is_bad else ()
        console.say(layout.hanging(layout.paint(mark, *style), said, 4, 12, columns))
    bad = [one.state for one in states if one.is_bad]
    console.say("\n  " + words.say("evidence.count", count=len(states), bad=len(bad)))
    for state in dict.fromkeys(bad):
        console.say(layout.indented(words.say(f"evidence.next.{state.value}"), 2, columns))
    if bad:
        console.say("  " + words.say("evidence.open"))
    for id in dict.fromkeys(one.item for one in states if one.is_bad):
        console.say("    " + command("check", opened.path, f"--at {id}"))
