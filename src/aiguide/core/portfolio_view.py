"""All that a portfolio shows, counted and worded once; screens and renderers only loop."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiguide.core import portfolio as portfolios
from aiguide.core import wording
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.names import name_key
from aiguide.core.paper import Bar, Figure
from aiguide.core.portfolio import Portfolio, Standing, Sums, Unreadable
from aiguide.core.text import Lang
from aiguide.core.words import Worded, Words

# The columns of a spreadsheet, in their order; numbers are numbers, the rest is worded.
COLUMNS = (
    *("bureau", "name", "example", "owner", "cell", "stance", "phase", "verdict"),
    *("required", "clear", "left", "overdue", "expiring", "expires", "expired", "stale"),
    *("id", "guideline", "file"),
)
SUMMED = ("projects", "going-on", "left", "overdue", "expiring", "expired", "stale")


@dataclass(frozen=True, slots=True)
class Line:
    """One project: `cells` by column, and `notes` of what else needs care.

    `policy` is what the verdict makes of its stance; empty where it has none.
    """

    standing: Standing
    policy: str
    cells: Mapping[str, str | int]
    cell_names: tuple[str, ...]
    expiring: str
    notes: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """How many of the projects there are of one kind; `id` is None for those of no kind."""

    id: str | None
    label: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Chart:
    """The projects by one of their sides."""

    id: str
    title: str
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of the matrix, with how many projects are in it."""

    id: str
    domain: str
    reach: str
    title: str
    policy: str
    stance: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Bureau:
    """One bureau: what its projects come to, and how many of them may go on; `key` groups them."""

    key: str
    name: str
    sums: Sums
    going_on: Bar


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """A portfolio in one language.

    `domains` head the columns of `matrix`, whose rows are the classes by number. `totals` are
    `SUMMED`, each with its label. `headings` map column to its heading.
    """

    lang: Lang
    title: str
    date: str
    lead: tuple[str, ...]
    foot: str
    legend: str
    sort: str
    totals: tuple[Figure, ...]
    headings: Mapping[str, str]
    lines: tuple[Line, ...]
    verdicts: Chart
    stances: Chart
    phases: Chart
    domains: tuple[tuple[str, str], ...]
    matrix: tuple[tuple[Square | None, ...], ...]
    bureaus: tuple[Bureau, ...]
    copies: tuple[tuple[str, ...], ...]
    unreadable: tuple[Unreadable, ...]


def spoken(portfolio: Portfolio, words: Words) -> Words:
    """Give the catalogue as it is said of the guideline that all projects follow, if it is one."""
    first, *others = portfolio.terms.packs.values()
    return words if any(one.id != first.id for one in others) else words.of_pack(first.words)


def build(portfolio: Portfolio, words: Words) -> PortfolioView:
    """Word a portfolio, in `words` as they are `spoken` of it."""
    pack = Worded(wording.pack_line(words, portfolio.guideline))
    return PortfolioView(
        lang=words.lang,
        title=words.say("portfolio.title"),
        date=portfolio.date,
        lead=tuple(_lead(portfolio, words)),
        foot=words.say("paper.foot", pack=pack),
        legend=words.say("portfolio.legend", span=_span(portfolio, words)),
        sort=portfolio.sort,
        totals=tuple(_totals(portfolio, words)),
        headings={name: words.say(f"portfolio.column.{name}") for name in COLUMNS},
        lines=tuple(_line(portfolio, one, words) for one in portfolio.standings),
        verdicts=_verdicts(portfolio, words),
        stances=_stances(portfolio, words),
        phases=_phases(portfolio, words),
        domains=tuple((id, words.pick(one.title)) for id, one in portfolio.terms.domains.items()),
        matrix=tuple(_matrix(portfolio, words)),
        bureaus=tuple(_bureaus(portfolio, words)),
        copies=portfolios.copies(portfolio.standings),
        unreadable=portfolio.unreadable,
    )


def _lead(portfolio: Portfolio, words: Words) -> Iterator[str]:
    yield words.say(
        "portfolio.lead", date=portfolio.date, files=portfolio.files, read=portfolio.read
    )
    asked = _asked(portfolio, words)
    if asked:
        counts = {"read": portfolio.read, "count": len(portfolio.standings)}
        yield words.say("portfolio.asked", what=words.listing(asked), **counts)
    examples = portfolios.sums(portfolio.standings).examples
    if examples:
        yield words.say("portfolio.examples", count=examples)


def _asked(portfolio: Portfolio, words: Words) -> list[str]:
    """Word what the projects were filtered by."""
    wanted, terms = portfolio.wanted, portfolio.terms
    asked: list[str] = [words.say("portfolio.asked.bureau", name=one) for one in wanted.bureaus]
    asked += [wording.titled_cell(words, terms.domains, terms.cells[id]) for id in wanted.cells]
    asked += [wording.stance_name(words, terms.stances[id]) for id in wanted.stances]
    asked += [words.pick(terms.phases[id].title) for id in wanted.phases]
    asked += [words.say(f"verdict.{id}.short") for id in wanted.verdicts]
    if wanted.overdue:
        asked.append(words.say("portfolio.asked.overdue"))
    if wanted.expiring:
        asked.append(words.say("portfolio.asked.expiring", span=_span(portfolio, words)))
    return asked


def _span(portfolio: Portfolio, words: Words) -> Worded:
    """Say in which time an exception counts as about to expire."""
    if portfolio.within is None:
        return words.say("portfolio.span-of-each")
    return words.say("portfolio.span", days=portfolio.within)


def _totals(portfolio: Portfolio, words: Words) -> Iterator[Figure]:
    total = portfolios.sums(portfolio.standings)
    for name in SUMMED:
        value = getattr(total, name.replace("-", "_"))
        label = words.say(f"portfolio.figure.{name}", span=_span(portfolio, words))
        yield Figure(value, label)


def _line(portfolio: Portfolio, one: Standing, words: Words) -> Line:
    own = portfolio.terms.packs[one.guideline]
    names = tuple(wording.cell_name(words, own, id) for id in one.cells)
    expiring = words.say("portfolio.expires-on", count=one.expiring, day=one.expires or "")
    return Line(
        standing=one,
        policy=own.stance(one.stance).policy.value if one.stance else "",
        cells={
            "bureau": one.bureau,
            "name": one.name,
            "example": words.say("example.short") if one.example else "",
            "owner": one.owner,
            "cell": words.listing(list(names)) or words.say("portfolio.no-cell"),
            "stance": _stance(own, one, words),
            "phase": words.pick(own.phase(one.phase).title),
            "verdict": words.say(f"verdict.{one.verdict}.short"),
            "required": one.required,
            "clear": one.clear,
            "left": one.left,
            "overdue": one.overdue,
            "expiring": one.expiring,
            "expires": one.expires or "",
            "expired": one.expired,
            "stale": one.stale,
            "id": one.id,
            "guideline": one.guideline,
            "file": one.file,
        },
        cell_names=names,
        expiring=expiring if one.expiring else "0",
        notes=words.listing(list(_notes(one, words))),
    )


def _notes(one: Standing, words: Words) -> Iterator[str]:
    if one.expired:
        yield words.say("portfolio.expired-count", count=one.expired)
    if one.stale:
        yield words.say("portfolio.stale-count", count=one.stale)


def _stance(own: Guideline, one: Standing, words: Words) -> str:
    if one.stance is None:
        return words.say("portfolio.no-stance" if one.cells else "portfolio.no-cell")
    return wording.stance_name(words, own.stance(one.stance))


def _verdicts(portfolio: Portfolio, words: Words) -> Chart:
    counts = portfolios.by_verdict(portfolio.standings)
    names: dict[str, str] = {id: words.say(f"verdict.{id}.short") for id in counts}
    return _chart(portfolio, "verdict", names, counts, words)


def _phases(portfolio: Portfolio, words: Words) -> Chart:
    names = {id: words.pick(phase.title) for id, phase in portfolio.terms.phases.items()}
    return _chart(portfolio, "phase", names, portfolios.by_phase(portfolio), words)


def _stances(portfolio: Portfolio, words: Words) -> Chart:
    names = {id: wording.stance_name(words, one) for id, one in portfolio.terms.stances.items()}
    chart = _chart(portfolio, "stance", names, portfolios.by_stance(portfolio), words)
    without = [one for one in portfolio.standings if one.stance is None]
    if not without:
        return chart
    bar = Bar(len(without), len(portfolio.standings))
    celled = any(one.cells for one in without)
    row = ChartRow(None, words.say("portfolio.no-stance" if celled else "portfolio.no-cell"), bar)
    return Chart(chart.id, chart.title, (*chart.rows, row))


def _chart(
    portfolio: Portfolio, id: str, names: dict[str, str], counts: dict[str, Sums], words: Words
) -> Chart:
    total = len(portfolio.standings)
    rows = (ChartRow(key, name, Bar(counts[key].projects, total)) for key, name in names.items())
    return Chart(id, words.say(f"portfolio.by-{id}"), tuple(rows))


def _matrix(portfolio: Portfolio, words: Words) -> Iterator[tuple[Square | None, ...]]:
    """Give the classes by number, each with the cell of every domain; None where there is none."""
    terms, counts = portfolio.terms, portfolios.by_cell(portfolio)
    placed = {(cell.number, cell.domain): cell for cell in terms.cells.values()}
    for number in sorted({cell.number for cell in terms.cells.values()}):
        cells = (placed.get((number, domain)) for domain in terms.domains)
        yield tuple(
            _square(portfolio, cell, counts[cell.id], words) if cell else None for cell in cells
        )


def _square(portfolio: Portfolio, cell: Cell, counted: Sums, words: Words) -> Square:
    stance = portfolio.terms.stances[cell.stance.id] if cell.stance else None
    name = wording.marked_stance(words, stance, cell.inferred) if stance else ""
    return Square(
        id=cell.id,
        domain=cell.domain,
        reach=cell.reach,
        title=words.pick(cell.title),
        policy=stance.policy.value if stance else "",
        stance=name,
        bar=Bar(counted.projects, len(portfolio.standings)),
    )


def _bureaus(portfolio: Portfolio, words: Words) -> Iterator[Bureau]:
    for name, counted in portfolios.by_bureau(portfolio.standings).items():
        shown = name or words.say("portfolio.no-bureau")
        yield Bureau(name_key(name), shown, counted, Bar(counted.going_on, counted.projects))
