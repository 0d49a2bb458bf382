"""`aiguide upgrade`: carry a project to a newer version of its guideline, or see what that asks."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from aiguide.cli import console, layout, portfolio_table
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import (
    USUAL,
    By,
    Format,
    Lang,
    ProjectFile,
    Today,
    command,
    project_path,
)
from aiguide.cli.session import session_of, stamp, today_or
from aiguide.core import wording
from aiguide.core.bill import Bill
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.portfolio import Unreadable
from aiguide.core.suggest import one_of
from aiguide.core.verdict import Verdict
from aiguide.core.words import Words
from aiguide.usecases import portfolio, results, upgrading
from aiguide.usecases.upgrading import Upgraded

LABEL = 20

app = new_app()


@app.command(cls=Command)
def upgrade(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    to: Annotated[int | None, typer.Option("--to", metavar="N", help="option.to", min=1)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="option.dry-run")] = False,
    today: Today = "",
    format: Format = "text",
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    day, who = today_or(today), stamp(by)
    path = project_path(project)
    files = portfolio.manifests((project,)) if project.is_dir() and dry_run else (path,)
    if files != (path,):
        _many(words, tuple(upgrading.plan_many(files, words, to, day, who)), format)
        return
    if project.is_dir() and not path.exists():
        raise AiguideError("upgrade-folder", folder=str(project))
    done = (upgrading.plan if dry_run else upgrading.upgrade)(path, to, day, who)
    if format == "json":
        console.put_json(results.upgrade(done, dry_run=dry_run))
    else:
        _show(words, done, dry_run=dry_run)


def _show(words: Words, done: Upgraded, *, dry_run: bool) -> None:
    columns, bill = layout.columns(), done.bill
    console.say()
    if bill is None or done.verdicts is None:
        current = words.say("upgrade.current", name=done.opened.guideline.name)
        console.say(layout.indented(current, 2, columns))
        return
    key = "upgrade.would" if dry_run else "upgrade.done"
    head = words.say(key, old=bill.old.name, new=bill.new.name)
    console.say(layout.indented(layout.paint(done.opened.project.name, "bold"), 2, columns))
    console.say(layout.indented(head, 2, columns))
    if draft := wording.draft_warning(words, bill.new):
        console.talk(layout.indented(draft, 2, columns))
    _show_items(words, "effect.again", bill.again, bill)
    _show_items(words, "effect.new", bill.new_items, bill)
    console.say()
    for label, text in _kept(words, bill, done.verdicts):
        console.say(layout.hanging(label, text, 2, LABEL, columns))
    if bill.asked_anew:
        anew = " ".join(f"--condition {id}=yes|no" for id in bill.asked_anew)
        confirm = words.say("upgrade.ask-anew", command=command("set", done.path, anew))
        console.say("\n" + layout.indented(confirm, 2, columns))
    if bill.unsettled:
        confirm = words.say("upgrade.unsettled", command=command("set", done.path, "--cell"))
        console.say("\n" + layout.indented(confirm, 2, columns))
    console.say()
    key, *next_step = ("upgrade.undo", "undo")
    if dry_run:
        key, *next_step = ("upgrade.nothing-changed", "upgrade", f"--to {bill.new.version}")
    console.say(layout.indented(words.say(key), 2, columns))
    console.say("    " + command(next_step[0], done.path, *next_step[1:]))
    console.say(f"    aiguide guideline diff {bill.old.name} {bill.new.name}")


def _kept(words: Words, bill: Bill, verdicts: tuple[Verdict, Verdict]) -> Iterator[tuple[str, str]]:
    """Say what stays as it was, what is kept aside, and what becomes of the verdict."""
    yield words.say("effect.carried"), words.say("upgrade.answers", count=bill.carried)
    for key, items in (("change.editorial", bill.corrected), ("upgrade.retired", bill.retired)):
        if items:
            yield words.say(key), words.listing([words.pick(one.title) for one in items])
    if bill.renamed:
        pairs = [words.say("entry.arrow", before=old, after=new) for old, new in bill.renamed]
        yield words.say("upgrade.renamed"), words.listing(list(pairs))
    if bill.asked_anew:
        named = [wording.term_name(words, bill.new, id) for id in bill.asked_anew]
        yield words.say("upgrade.asked-anew"), words.listing(named)
    if bill.left_out:
        named = [wording.term_name(words, bill.old, id) for id in bill.left_out]
        yield words.say("upgrade.left-out"), words.listing(named)
    before, after = (words.say(f"verdict.{one.value}") for one in verdicts)
    changed = words.say("entry.arrow", before=before, after=after)
    yield words.say("status.verdict"), before if before == after else changed


def _show_items(words: Words, key: str, items: Sequence[Item], bill: Bill) -> None:
    if not items:
        return
    columns = layout.columns()
    console.say("\n  " + layout.paint(f"{words.say(key)} ({len(items)})", "bold"))
    for item in items:
        phase = words.pick(bill.new.phase(item.phase).title)
        level = words.say(f"level.{item.level.value}")
        line = words.say("changes.item", title=item.title, phase=phase, level=level)
        console.say(layout.ends(f"    {line}", item.id, columns))


def _many(words: Words, found: tuple[Upgraded | Unreadable, ...], format: str) -> None:
    """Show the bill of many projects, the greatest first. Raises: typer.Exit."""
    refused = [one for one in found if isinstance(one, Unreadable)]
    read = [one for one in found if isinstance(one, Upgraded)]
    if format == "json":
        console.put_json(results.upgrades(read, refused))
    else:
        _show_many(words, read)
    for one in refused:
        console.talk(portfolio_table.unreadable(words, one))
    if refused:
        raise typer.Exit(ExitCode.NO)


def _show_many(words: Words, read: Sequence[Upgraded]) -> None:
    columns = layout.columns()
    bills = [(one, one.bill) for one in read if one.bill]
    bills.sort(key=lambda pair: (-pair[1].work, str(pair[0].path)))
    console.say()
    for one, bill in bills:
        name = layout.paint(one.opened.project.name, "bold")
        step = words.say("entry.arrow", before=bill.old.name, after=bill.new.name)
        console.say(layout.ends(f"  {name}", step, columns))
        console.say(layout.indented(_counts(words, bill), 4, columns))
        console.say(layout.indented(str(one.path), 4, columns))
    total = words.say(
        "upgrade.total",
        projects=len(bills),
        current=len(read) - len(bills),
        again=sum(len(bill.again) for _, bill in bills),
        new=sum(len(bill.new_items) for _, bill in bills),
        retired=sum(len(bill.retired) for _, bill in bills),
    )
    console.say("\n" + layout.indented(total, 2, columns))
    console.say(layout.indented(words.say("upgrade.nothing-changed"), 2, columns))


def _counts(words: Words, bill: Bill) -> str:
    return words.say(
        "upgrade.counts",
        again=len(bill.again),
        new=len(bill.new_items),
        carried=bill.carried,
        retired=len(bill.retired),
    )
