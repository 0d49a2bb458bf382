"""A portfolio on a terminal: two lines for each project, and at the end what they come to."""

from collections.abc import Sequence

from aiguide.cli import console, layout, stances
from aiguide.core import portfolio_view
from aiguide.core.complaints import place
from aiguide.core.portfolio import Portfolio, Unreadable
from aiguide.core.portfolio_view import Chart, Line, PortfolioView, Square
from aiguide.core.words import Words

_VERDICT, _NUMBER = 19, 6
_NUMBERS = ("left", "overdue", "expiring")
_BAR = 20
_REACH = 14


def show(words: Words, portfolio: Portfolio) -> None:
    """Show a portfolio: first the projects, last the totals, which so are in sight at the end."""
    words = portfolio_view.spoken(portfolio, words)
    view = portfolio_view.build(portfolio, words)
    if not view.lines:
        console.say("\n  " + words.say("portfolio.none"))
    else:
        _show_projects(words, view)
        _show_bureaus(words, view)
        for chart in (view.phases, view.stances, view.verdicts):
            _show_chart(chart)
        _show_matrix(words, view)
    _show_totals(words, view)


def _show_projects(words: Words, view: PortfolioView) -> None:
    heads = [words.say(f"portfolio.short.{name}") for name in _NUMBERS]
    names = words.say("portfolio.projects")
    console.say()
    console.say(_row(names, words.say("portfolio.column.verdict"), heads))
    console.say("  " + layout.rule(layout.columns() - 2))
    for line in view.lines:
        _show_project(line)


def _show_project(line: Line) -> None:
    cells, one = line.cells, line.standing
    figures = [str(cells[name]) for name in _NUMBERS]
    console.say(_row(_flat(one.name), str(cells["verdict"]), figures))
    stance = layout.paint(str(cells["stance"]), stances.COLOURS.get(line.policy, ""))
    facts = (_flat(one.bureau), stance, str(cells["phase"]), " ".join(one.cells), line.notes)
    said = "  ".join(filter(None, (str(cells["example"]), *facts)))
    columns = layout.columns()
    *lines, last = layout.indented(said, 4, columns).split("\n")
    console.say("\n".join([*lines, layout.ends(last, one.file, columns)]))


def _flat(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())


def _row(head: str, verdict: str, numbers: Sequence[str]) -> str:
    """Lay a row out: what it is about, as much as there is room for, then verdict and figures.

    On a narrow terminal they take two lines.
    """
    columns = layout.columns()
    figures = "".join(" " * (_NUMBER - layout.width(one)) + one for one in numbers)
    said = layout.pad(layout.fit(verdict, _VERDICT), _VERDICT) + figures
    room = columns - 3 - layout.width(said)
    if room < layout.LEAST_BESIDE:
        return f"  {layout.fit(head, columns - 2)}\n  {said}"
    return f"  {layout.pad(layout.fit(head, room), room)} {said}"


def _show_bureaus(words: Words, view: PortfolioView) -> None:
    heads = [words.say(f"portfolio.short.{name}") for name in _NUMBERS]
    console.say()
    console.say(_row(words.say("portfolio.by-bureau"), words.say("portfolio.going-on"), heads))
    console.say("  " + layout.rule(layout.columns() - 2))
    for one in view.bureaus:
        figures = [str(getattr(one.sums, name)) for name in _NUMBERS]
        bar = layout.bar(one.going_on.done, one.going_on.total)
        console.say(
            _row(_flat(one.name), f"{bar} {one.going_on.done}/{one.going_on.total}", figures)
        )


def _show_chart(chart: Chart) -> None:
    console.say("\n  " + layout.paint(chart.title, "bold"))
    rows = [
        (row.label, layout.bar(row.bar.done, row.bar.total, _BAR), str(row.bar.done))
        for row in chart.rows
    ]
    console.say("\n".join(layout.table(rows, 4)))


def _show_matrix(words: Words, view: PortfolioView) -> None:
    console.say("\n  " + layout.paint(words.say("portfolio.by-cell"), "bold"))
    width = (layout.columns() - 4) // len(view.domains)
    stance = max(layout.width(one.stance) for row in view.matrix for one in row if one)
    # the chart of stances has said them where there is no room here
    stance = stance if stance + _REACH + _NUMBER <= width else 0
    heads = (layout.fit(f"{id} {title}", width - 1) for id, title in view.domains)
    console.say("    " + "".join(layout.pad(head, width) for head in heads).rstrip())
    for row in view.matrix:
        squares = (_square(one, stance) if one else "" for one in row)
        console.say("    " + "".join(layout.pad(one, width) for one in squares).rstrip())


def _square(square: Square, room: int) -> str:
    """Show a cell of the matrix, with its stance where there is room for it."""
    stance = (
        layout.paint(layout.pad(square.stance, room), stances.COLOURS.get(square.policy, "")) + " "
        if room
        else ""
    )
    return f"{stance}{layout.pad(square.reach, _REACH)}{square.bar.done:>4}"


def _show_totals(words: Words, view: PortfolioView) -> None:
    columns = layout.columns()
    console.say()
    for line in view.lead:
        console.say(layout.indented(line, 2, columns))
    for files in view.copies:
        console.say(layout.indented(words.say("portfolio.copies"), 2, columns))
        console.say("\n".join(f"    {file}" for file in files))
    for one in view.totals:
        console.say(f"  {one.value:>6,} {one.label}")
    console.say(layout.indented(view.legend, 2, columns))
    console.say(layout.indented(words.say("portfolio.next"), 2, columns))


def unreadable(words: Words, one: Unreadable) -> str:
    """Say where and why a file could not be read, and what to do."""
    where = place(one.file, one.line, one.column)
    said = f"  {where} {one.code} {one.message}\n    {one.fix}"
    if one.findings == 1:
        return said
    return f"{said}\n    {words.say('portfolio.more-findings', count=one.findings - 1)}"
