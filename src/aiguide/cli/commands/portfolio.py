"""`aiguide portfolio`: all projects of an organization, as a table or a dashboard."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, output_files, portfolio_table
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import Lang, Today, alone, path
from aiguide.cli.progress import progress
from aiguide.cli.session import build_day, session_of
from aiguide.core.errors import AiguideError
from aiguide.core.portfolio import Portfolio, Wanted
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import portfolio as portfolios
from aiguide.usecases.portfolio import FORMATS, SORTS, VERDICTS, Order

TABLE = "table"
# These are of no use on a terminal.
FOR_FILES = ("html", "xlsx")
MOST_DAYS = 3650

app = new_app()


@app.command(cls=Command)
def portfolio(
    ctx: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="argument.paths", parser=path)
    ],
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="|".join((TABLE, *FORMATS)), help="option.portfolio-format"
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="option.portfolio-output"),
    ] = None,
    bureau: Annotated[
        list[str], typer.Option("--bureau", metavar="NAME", help="option.of-bureau")
    ] = [],  # noqa: B006 (Typer makes a new one)
    cell: Annotated[list[str], typer.Option("--cell", metavar="CELL", help="option.of-cell")] = [],  # noqa: B006
    stance: Annotated[
        list[str], typer.Option("--stance", metavar="STANCE", help="option.of-stance")
    ] = [],  # noqa: B006
    phase: Annotated[
        list[str], typer.Option("--phase", metavar="PHASE", help="option.of-phase")
    ] = [],  # noqa: B006
    verdict: Annotated[
        list[str], typer.Option("--verdict", metavar="VERDICT", help="option.of-verdict")
    ] = [],  # noqa: B006
    overdue: Annotated[bool, typer.Option("--overdue", help="option.overdue")] = False,
    expiring: Annotated[bool, typer.Option("--expiring", help="option.expiring")] = False,
    within: Annotated[
        int | None, typer.Option("--within", metavar="DAYS", help="option.within")
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="|".join(SORTS), help="option.sort")
    ] = SORTS[0],
    today: Today = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    asked = _format(format, output)
    _check(sort, verdict, within)
    wanted = Wanted(
        tuple(bureau), tuple(cell), tuple(stance), tuple(phase), tuple(verdict), overdue, expiring
    )
    files = portfolios.manifests(paths, output)
    meant = portfolios.wanted_meant(wanted, files)
    found = _survey(words, files, Order(build_day(today), meant, sort, within))
    _put(words, found, asked, output)
    if found.unreadable:
        _complain(words, found)
        raise typer.Exit(ExitCode.NO)


def _check(sort: str, verdicts: Sequence[str], within: int | None) -> None:
    """Insist on what there is. Raises: AiguideError `bad-choice`, `bad-days`."""
    one_of("--sort", sort, SORTS)
    for one in verdicts:
        one_of("--verdict", one, VERDICTS)
    if within is not None and not 0 <= within <= MOST_DAYS:
        raise AiguideError("bad-days", option="--within", value=within, most=MOST_DAYS)


def _put(words: Words, found: Portfolio, asked: str, output: Path | None) -> None:
    """Show the projects, or write them in a format."""
    if asked == TABLE:
        portfolio_table.show(words, found)
    else:
        made = portfolios.make(found, words, asked)
        output_files.put(words, output or output_files.STDOUT, made, "portfolio.done")


def _format(given: str, output: Path | None) -> str:
    """Settle the format. Raises: AiguideError `bad-choice`, `unknown-format`, `needs-output`."""
    if output is None:
        asked = one_of("--format", given or TABLE, (TABLE, *FORMATS))
        if asked in FOR_FILES:
            raise AiguideError("needs-output", option=f"--format {asked}")
        return asked
    if given == TABLE:
        alone("-o", {"--format table": True})
    return output_files.format_of(output, given, FORMATS)


def _survey(words: Words, files: Sequence[Path], order: Order) -> Portfolio:
    """Read all projects, with a bar meanwhile."""
    with progress(len(files), words.say("portfolio.reading"), silent=True) as tell:
        return portfolios.survey(files, words, order, tell)


def _complain(words: Words, found: Portfolio) -> None:
    for one in found.unreadable:
        console.talk(portfolio_table.unreadable(words, one))
    refused = len(found.unreadable)
    console.talk(words.say("portfolio.refused", files=found.files, count=refused))
