"""`aiguide upgrade`: carry a project to a newer version of its guideline, or see what that asks."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from aiguide.cli import console, layout, portfolio_table
from aiguide.cli.app import Command, new_app
from aiguide.cli.as_commands import condition_blanks, set_command, signed
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
_NUMBER = re.compile("[1-9][0-9]{0,5}")

app = new_app()


def _version(given: str) -> int:
    """Read the number of a version; its guideline is the project's. Raises: `bad-version`."""
    number = given.rpartition("@")[2]
    is_one = _NUMBER.fullmatch(number) is not None
    if not is_one or number != given:
        raise AiguideError("bad-version", value=given, number=number if is_one else "2")
    return int(given)


@app.command(cls=Command)
def upgrade(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    to: Annotated[
        int | None, typer.Option("--to", metavar="N", help="option.to", parser=_version)
    ] = None,
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
        _show(words, done, by, dry_run=dry_run)


def _show(words: Words, done: Upgraded, by: str, *, dry_run: bool) -> None:
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
    _show_unplaced(words, bill)
    console.say()
    for label, text in _kept(words, bill, done.verdicts):
        console.say(layout.hanging(label, text, 2, LABEL, columns))
    for confirm in _to_confirm(words, done, bill, by):
        console.say("\n" + layout.indented(confirm, 2, columns))
    console.say()
    _show_next(words, done, bill, by, dry_run=dry_run)


def _to_confirm(words: Words, done: Upgraded, bill: Bill, by: str) -> Iterator[str]:
    """Say what a person has to settle anew, each with its command."""
    if bill.asked_anew:
        anew = set_command(done.path, condition_blanks(bill.asked_anew), by)
        yield words.say("upgrade.ask-anew", command=anew)
    if bill.unsettled:
        unsettled = command("set", done.path, *signed(by), "--cell")
        yield words.say("upgrade.unsettled", command=unsettled)


def _show_next(words: Words, done: Upgraded, bill: Bill, by: str, *, dry_run: bool) -> None:
    """Say how to do it, or how to take it back, and where all changes are told."""
    key, *next_step = ("upgrade.undo", "undo")
    if dry_run:
        key, *next_step = ("upgrade.nothing-changed", "upgrade", f"--to {bill.new.version}")
    console.say(layout.indented(words.say(key), 2, layout.columns()))
    console.say("    " + command(next_step[0], done.path, *next_step[1:], *signed(by)))
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
    yield from _lost(words, bill)
    yield words.say("status.verdict"), _verdict(words, verdicts)


def _lost(words: Words, bill: Bill) -> Iterator[tuple[str, str]]:
    """Say what the project holds that does not stand any more."""
    if bill.asked_anew:
        named = [wording.term_name(words, bill.new, id) for id in bill.asked_anew]
        yield words.say("upgrade.asked-anew"), words.listing(named)
    if bill.left_out:
        named = [wording.term_name(words, bill.old, id) for id in bill.left_out]
        yield words.say("upgrade.left-out"), words.listing(named)


def _verdict(words: Words, verdicts: tuple[Verdict, Verdict]) -> str:
    before, after = (words.say(f"verdict.{one.value}") for one in verdicts)
    changed = words.say("entry.arrow", before=before, after=after)
    return before if before == after else changed


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


def _show_unplaced(words: Words, bill: Bill) -> None:
    """Say how many of the new items count only because no cell is left."""
    if bill.unplaced:
        said = words.say("upgrade.unplaced", count=bill.unplaced)
        console.say(layout.indented(said, 4, layout.columns()))


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
    bills = [(one, one.bill) for one in read if one.bill]
    bills.sort(key=lambda pair: (-pair[1].work, str(pair[0].path)))
    console.say()
    for one, bill in bills:
        _show_one(words, one, bill)
    console.say()
    for said in _totals(words, bills, current=len(read) - len(bills)):
        console.say(layout.indented(said, 2, layout.columns()))


def _show_one(words: Words, one: Upgraded, bill: Bill) -> None:
    """Show the bill of one project among many."""
    columns = layout.columns()
    name = layout.paint(one.opened.project.name, "bold")
    step = words.say("entry.arrow", before=bill.old.name, after=bill.new.name)
    console.say(layout.ends(f"  {name}", step, columns))
    console.say(layout.indented(_counts(words, bill), 4, columns))
    _show_unplaced(words, bill)
    for label, text in _gravest(words, one, bill):
        console.say(layout.hanging(label, text, 4, LABEL, columns))
    console.say(layout.indented(str(one.path), 4, columns))


def _totals(words: Words, bills: Sequence[tuple[Upgraded, Bill]], current: int) -> Iterator[str]:
    """Say what the bills of many projects come to; `current` are up to date already."""
    yield words.say(
        "upgrade.total",
        projects=len(bills),
        current=current,
        again=sum(len(bill.again) for _, bill in bills),
        new=sum(len(bill.new_items) for _, bill in bills),
        retired=sum(len(bill.retired) for _, bill in bills),
    )
    gravest = {
        "left": sum(bool(bill.left_out) for _, bill in bills),
        "anew": sum(bool(bill.asked_anew) for _, bill in bills),
        "verdicts": sum(len(set(one.verdicts or ())) > 1 for one, _ in bills),
    }
    if any(gravest.values()):
        yield words.say("upgrade.total-gravest", **gravest)
    yield words.say("upgrade.nothing-changed")


def _gravest(words: Words, done: Upgraded, bill: Bill) -> Iterator[tuple[str, str]]:
    """Say what no count of items shows: what does not stand any more, and another verdict."""
    yield from _lost(words, bill)
    if done.verdicts and done.verdicts[0] is not done.verdicts[1]:
        yield words.say("status.verdict"), _verdict(words, done.verdicts)


def _counts(words: Words, bill: Bill) -> str:
    return words.say(
        "upgrade.counts",
        again=len(bill.again),
        new=len(bill.new_items),
        carried=bill.carried,
        retired=len(bill.retired),
    )
