"""What a shell may complete: the ids that a guideline knows, and how it asks for them."""

from collections.abc import Iterable, Iterator

import typer

from aiguide.cli.session import ASKING, Session, session_of
from aiguide.core.guideline import Cell, Condition, Item, Phase
from aiguide.core.project import Status
from aiguide.usecases import guidelines

SHELLS = ("bash", "zsh", "fish")

Completions = Iterator[tuple[str, str]]


def script(shell: str) -> str:
    """Give the script that a shell of `SHELLS` has to read."""
    from typer._completion_shared import get_completion_script

    return get_completion_script(prog_name="aiguide", complete_var=ASKING, shell=shell) + "\n"


def complete(session: Session) -> int:
    """Answer a shell; the exit code is part of the answer."""
    from typer._completion_classes import completion_init

    from aiguide.cli.app import command

    completion_init()
    try:
        command().main([], prog_name="aiguide", complete_var=ASKING, obj=session)
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def phases(ctx: typer.Context) -> Completions:
    """Give the phases of the guideline."""
    return _told(ctx, guidelines.load_pack()[0].phases)


def cells(ctx: typer.Context) -> Completions:
    """Give the cells of the guideline."""
    return _told(ctx, guidelines.load_pack()[0].cells)


def items(ctx: typer.Context) -> Completions:
    """Give the check items of the guideline."""
    return _told(ctx, guidelines.load_pack()[0].items)


def conditions(ctx: typer.Context) -> Completions:
    """Give the conditions of the guideline with each answer."""
    for id, title in _told(ctx, guidelines.load_pack()[0].conditions):
        yield from ((f"{id}={held}", title) for held in ("yes", "no", "unknown"))


def things(ctx: typer.Context) -> Completions:
    """Give all that `show` explains."""
    pack, words = guidelines.load_pack()[0], session_of(ctx).words
    for known in (pack.cells, pack.phases, pack.items, pack.conditions):
        yield from _told(ctx, known)
    for named in (pack.considerations, pack.stances, pack.domains):
        yield from ((one.id, words.pick(one.title)) for one in named)
    yield from ((code, words.pick(kind.message)) for code, kind in words.kinds.items())


def statuses(ctx: typer.Context) -> Completions:
    """Give the statuses of an answer."""
    words = session_of(ctx).words
    return ((one.value, words.say(f"status.{one.value}")) for one in Status)


def _told(ctx: typer.Context, things: Iterable[Cell | Phase | Item | Condition]) -> Completions:
    words = session_of(ctx).words
    return ((one.id, words.pick(one.title)) for one in things)
