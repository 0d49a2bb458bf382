"""All projects of the folder: what they come to, and the table that leads to each."""

from pathlib import Path
from typing import Any

from starlette.responses import Response

from aiguide.core import portfolio_view
from aiguide.core.complaints import complain
from aiguide.core.errors import AiguideError
from aiguide.core.portfolio import Portfolio, Wanted
from aiguide.core.portfolio_view import PortfolioView
from aiguide.core.suggest import one_of
from aiguide.usecases import portfolio as portfolios
from aiguide.usecases.portfolio import FORMATS, SORTS, VERDICTS, Order
from aiguide.web.downloads import download
from aiguide.web.paging import page_of
from aiguide.web.visit import FACE, Visit

LISTS = ("bureau", "cell", "stance", "phase", "verdict")
MARKS = ("overdue", "expiring")
UNREADABLE_SHOWN = 20
# What a person can only have typed into the address.
ASKED_WRONGLY = ("bad-choice", "unknown-cell", "unknown-stance", "unknown-phase", "several-meant")
OFFERED = sorted(FORMATS, key=("xlsx", "csv", "html", "json").index)  # for people first


def dashboard(visit: Visit) -> Response:
    """Show the projects that the address asks for, and what they come to."""
    try:
        found = _survey(visit, *_order(visit))
    except AiguideError as error:
        if error.code not in ASKED_WRONGLY:
            raise
        return _page(visit, _survey(visit, Wanted(), SORTS[0]), error)
    return _page(visit, found)


def _page(visit: Visit, found: Portfolio, error: AiguideError | None = None) -> Response:
    words = portfolio_view.spoken(found, visit.words)
    view = portfolio_view.build(found, words)
    page = page_of(visit, view.lines)
    folder = visit.site.folder
    return visit.page(
        "portfolio",
        status=422 if error else 200,
        words=words,
        view=view,
        page=page,
        rows=[(line, folder.key(Path(line.standing.file))) for line in page.items],
        most=max((one.bar.done for row in view.matrix for one in row if one), default=0),
        choices=_choices(view, found),
        policies={id: one.policy.value for id, one in found.terms.stances.items()},
        sorts=[(one, words.say(f"portfolio.column.{one}")) for one in SORTS],
        formats=[(one, visit.path(f"portfolio.{one}") + _query(visit)) for one in OFFERED],
        unreadable=view.unreadable[:UNREADABLE_SHOWN],
        complaint=complain(words, error, FACE) if error else None,
    )


def file(visit: Visit) -> Response:
    """Give the projects that the address asks for as a file."""
    format = visit.part("format")
    if format not in FORMATS:
        raise AiguideError("unknown-format", ending=format, known=FORMATS)
    made = portfolios.make(_survey(visit, *_order(visit)), visit.words, format)
    return download(made, format, f"portfolio-{visit.site.today()}.{format}")


def _survey(visit: Visit, wanted: Wanted, sort: str) -> Portfolio:
    site = visit.site
    files = tuple(site.folder.listed().values())
    order = Order(site.today(), portfolios.wanted_meant(wanted, files), sort)
    return portfolios.survey(files, visit.words, order, kept=site.kept)


def _order(visit: Visit) -> tuple[Wanted, str]:
    """Read what the address asks for. Raises: AiguideError `bad-choice`."""
    lists: dict[str, Any] = {f"{name}s": visit.all_asked(name) for name in LISTS}
    marks: dict[str, Any] = {name: bool(visit.asked(name)) for name in MARKS}
    for one in lists["verdicts"]:
        one_of("verdict", one, VERDICTS)
    sort = visit.asked("sort") or SORTS[0]
    return Wanted(**lists, **marks), one_of("sort", sort, SORTS)


def _query(visit: Visit) -> str:
    _, mark, query = visit.again(page="").partition("?")
    return mark + query


def _choices(view: PortfolioView, found: Portfolio) -> dict[str, list[tuple[str, str]]]:
    """Give what each filter offers: id and label."""
    squares = [one for row in zip(*view.matrix, strict=True) for one in row if one]
    domains = dict(view.domains)
    charts: dict[str, Any] = {
        "stance": view.stances,
        "phase": view.phases,
        "verdict": view.verdicts,
    }
    cells = [(one.id, f"{domains[one.domain]} - {one.title}") for one in squares]
    return {"cell": cells} | {
        key: [(one.id, one.label) for one in chart.rows if one.id] for key, chart in charts.items()
    }
