"""`aiguide guideline diff`: what changed between two versions, why, and what it means."""

from typing import Annotated

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang
from aiguide.cli.session import HERE, session_of
from aiguide.core import change_log
from aiguide.core.change_log import ChangeLog, ChangeView, ItemNamed, StepView
from aiguide.core.pack_changes import Effect
from aiguide.core.suggest import one_of
from aiguide.core.term_changes import told
from aiguide.core.words import Words
from aiguide.usecases import guidelines, results, versions

FORMATS = ("text", "json", "md")
LABEL = 16

app = new_app()


@app.command(cls=Command)
def diff(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="A", help="argument.pack-old")],
    new: Annotated[str, typer.Argument(metavar="[B]", help="argument.pack-new")] = "",
    format: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMATS), help="option.diff-format")
    ] = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, FORMATS)
    if new:
        before, after = (guidelines.load_pack(name, HERE)[0] for name in (old, new))
    else:
        before, after = versions.last_step(old, HERE)
    between = versions.between(before, after, HERE)
    log = change_log.build(words, between)
    if format == "json":
        console.put_json(results.changes(log))
    elif format == "md":
        console.put(versions.as_markdown(log, words))
    else:
        show(words, log)


def show(words: Words, log: ChangeLog) -> None:
    """Show a change log on the screen."""
    columns = layout.columns()
    title = words.say("changes.title", old=log.old, new=log.new)
    console.say("\n" + layout.indented(layout.paint(title, "bold"), 2, columns))
    console.say(layout.indented(log.title, 2, columns))
    console.say(layout.indented(log.summary, 2, columns))
    for step in log.steps:
        _show_step(words, step, several=len(log.steps) > 1)


def _show_step(words: Words, step: StepView, *, several: bool) -> None:
    if several:
        line = words.say("changes.step", old=step.old, new=step.new)
        console.say("\n  " + layout.paint(line, "bold"))
    for effect in Effect:
        changes = step.of(effect.value)
        if changes:
            heading = words.say(f"effect.{effect.value}")
            console.say("\n  " + layout.paint(f"{heading} ({len(changes)})", "bold"))
        for one in changes:
            _show_change(words, one)
    console.say("\n  " + words.say("changes.unchanged", count=step.unchanged))
    if step.terms:
        console.say("\n  " + layout.paint(words.say("changes.terms"), "bold"))
    for term in step.terms:
        console.say("\n" + layout.indented(term.part, 4, layout.columns()))
        console.say(layout.indented(told(words, term), 6, layout.columns()))


def _show_change(words: Words, change: ChangeView) -> None:
    columns = layout.columns()
    console.say("\n" + layout.indented(words.listing(list(change.kind_names)), 4, columns))
    for mark, items in (("-", change.old), ("+", change.new)):
        for item in items:
            console.say(layout.ends(f"    {mark} {_item(words, item)}", item.id, columns))
    reason = change.reason or words.say("changes.undeclared")
    rows: list[tuple[str, str]] = [(words.say("changes.reason"), reason)]
    labels = (words.say("changes.meaning"), *("" for _ in change.meaning[1:]))
    rows += zip(labels, change.meaning, strict=True)
    rows += [(one.part, change_log.arrow(words, one)) for one in change.differences]
    for label, text in rows:
        console.say(layout.hanging(label, text, 6, LABEL, columns))


def _item(words: Words, item: ItemNamed) -> str:
    return words.say("changes.item", title=item.title, phase=item.phase, level=item.level)
