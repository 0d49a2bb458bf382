"""Surveying the projects of an organization; a bad file stops no other."""

import contextlib
import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aiguide.core import portfolio as portfolios
from aiguide.core import portfolio_view
from aiguide.core.complaints import complain
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.guideline import Guideline
from aiguide.core.portfolio import Portfolio, Standing, Terms, Unreadable, Wanted
from aiguide.core.verdict import Verdict
from aiguide.core.words import Words
from aiguide.store import packs, projects
from aiguide.store.files import state_of
from aiguide.usecases.guidelines import DEFAULT_PACK, meant
from aiguide.usecases.projects import open_project

SORTS = tuple(portfolios.SORTS)
FORMATS = ("json", "csv", "xlsx", "html")
VERDICTS = tuple(verdict.value for verdict in Verdict)


class Kept:
    """How projects stood when they were last read, so that only what has changed is read again."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._known: dict[Path, tuple[Hashable, Guideline, Standing]] = {}

    def find(self, file: Path, state: Hashable) -> tuple[Guideline, Standing] | None:
        """Give how a project stands, if neither its file nor its pack has changed since."""
        then, guideline, standing = self._known.get(file) or (None, None, None)
        if guideline is None or standing is None or state != then:
            return None
        with contextlib.suppress(AiguideError):  # reading it again will say what is wrong
            if packs.load(standing.guideline, file.parent)[0] is guideline:
                return guideline, standing
        return None

    def keep(self, file: Path, state: Hashable, guideline: Guideline, standing: Standing) -> None:
        """Remember how a project stands; `state` is of its file, and of what else it hangs on."""
        self._known[file] = (state, guideline, standing)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, as of `today`; `within` is None where each guideline's own span counts."""

    today: str
    wanted: Wanted = field(default_factory=Wanted)
    sort: str = SORTS[0]
    within: int | None = None


def manifests(paths: Sequence[Path], output: Path | None = None) -> tuple[Path, ...]:
    """Find the manifests that `paths` stand for, each once however it was named.

    `output` is where the portfolio will go, which must be none of them.
    Raises: AiguideError `cannot-read` for a path that is not there, `nothing-to-validate`,
    `same-file`.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise AiguideError("cannot-read", file=str(path), reason="missing")
        for file in projects.found_in(path):
            found.setdefault(os.path.realpath(file), file)
    if not found:
        raise AiguideError("nothing-to-validate", paths=[str(path) for path in paths])
    if output and os.path.realpath(output) in found:
        raise AiguideError("same-file", file=str(output))
    return tuple(found.values())


def wanted_meant(wanted: Wanted, files: Sequence[Path]) -> Wanted:
    """Give what is asked for with the ids that are meant, by the packs known beside the files.

    Raises: AiguideError `unknown-cell`, `unknown-stance`, `unknown-phase`, `several-meant`.
    """
    if not (wanted.cells or wanted.stances or wanted.phases):
        return wanted
    terms = _terms((*_shipped(), *_own_packs(files)))
    cells = {id: cell.title for id, cell in terms.cells.items()}
    stances = {id: stance.title for id, stance in terms.stances.items()}
    phases = {id: phase.title for id, phase in terms.phases.items()}
    return replace(
        wanted,
        cells=tuple(meant("cell", one, cells) for one in wanted.cells),
        stances=tuple(meant("stance", one, stances) for one in wanted.stances),
        phases=tuple(meant("phase", one, phases) for one in wanted.phases),
    )


def _own_packs(files: Sequence[Path]) -> Iterator[Guideline]:
    """Give the packs of one's own that settings beside some files name, but for broken ones."""
    shipped = packs.folders()
    for folder in packs.apart(dict.fromkeys(file.parent for file in files)):
        for name in packs.names(folder):
            if name not in shipped:
                with contextlib.suppress(UnreadableError):
                    yield packs.load(name, folder)[0]


def _shipped() -> Iterator[Guideline]:
    return (packs.load(name)[0] for name in packs.folders())


def _terms(guidelines: Iterable[Guideline]) -> Terms:
    """Give the terms of some packs, the default one's first; without any, of that one alone."""
    named = dict.fromkeys(guidelines) or (packs.load(DEFAULT_PACK)[0],)
    return Terms(sorted(named, key=lambda one: (one.id != DEFAULT_PACK, -one.version)))


def survey(
    files: Sequence[Path],
    words: Words,
    order: Order,
    tell: Callable[[int], None] = lambda _: None,
    kept: Kept | None = None,
) -> Portfolio:
    """Read manifests one after the other and keep of each only how it stands.

    `tell` is told how many are done. `kept` is what was found before, of the same files.
    """
    kept = kept or Kept()
    standings: list[Standing] = []
    unreadable: list[Unreadable] = []
    used: dict[str, Guideline] = {}
    for number, file in enumerate(files, 1):
        found = _examine(file, words, order, used, kept)
        if isinstance(found, Standing):
            standings.append(found)
        else:
            unreadable.append(found)
        tell(number)
    terms = _terms(used.values())
    if not terms.know(order.wanted):
        terms = _terms((*used.values(), *_shipped(), *_own_packs(files)))
    taken = filter(order.wanted.takes, standings)
    return Portfolio(
        date=order.today,
        within=_within(order, used.values() or terms.packs.values()),
        files=len(files),
        read=len(standings),
        sort=order.sort,
        wanted=order.wanted,
        terms=terms,
        guideline=next(iter(terms.packs.values())),
        standings=portfolios.in_order(taken, order.sort, terms),
        unreadable=tuple(unreadable),
    )


def _within(order: Order, guidelines: Iterable[Guideline]) -> int | None:
    """Give the one span in which exceptions count as about to expire, if it is one for all."""
    spans = {_span(order, one) for one in guidelines}
    return spans.pop() if len(spans) == 1 else None


def _span(order: Order, guideline: Guideline) -> int:
    return guideline.expiring_days if order.within is None else order.within


def make(portfolio: Portfolio, words: Words, format: str) -> bytes:
    """Make one of `FORMATS` of a portfolio. Raises: AiguideError `no-xlsx`."""
    from aiguide import render

    if format == "json":
        return render.portfolio_data(portfolio)
    words = portfolio_view.spoken(portfolio, words)
    return render.PORTFOLIO_RENDERERS[format](portfolio_view.build(portfolio, words), words)


def _examine(
    file: Path, words: Words, order: Order, used: dict[str, Guideline], kept: Kept
) -> Standing | Unreadable:
    """Tell how one project stands, and note the pack that it uses."""
    state = (state_of(file), order.today, order.within)
    known = kept.find(file, state)
    if known is None:
        try:
            opened = open_project(file)
        except UnreadableError as error:
            if error.args_said["file"] == str(file):
                return unreadable(error, words)
            return _without_pack(file, error, words)
        except AiguideError as error:
            return _without_pack(file, error, words)
        checklist, within = opened.checklist(order.today), _span(order, opened.guideline)
        judged = opened.judge(checklist)
        standing = portfolios.standing(checklist, judged, str(file), order.today, within)
        known = (opened.guideline, standing)
        kept.keep(file, state, *known)
    guideline, standing = known
    used[guideline.name] = guideline
    return standing


def _without_pack(file: Path, error: AiguideError, words: Words) -> Unreadable:
    """Tell of a project whose pack cannot be found out: its settings stop no other project."""
    said = complain(words, error)
    if said.findings:
        first = said.findings[0]
        message, fix = f"{first.place} {first.code} {first.message}", first.fix
    else:
        message, fix = said.message, said.fix
    return Unreadable(str(file), 0, 0, "AG208", message, fix, 1)


def unreadable(error: UnreadableError, words: Words) -> Unreadable:
    """Keep the first finding in words: what it quotes may be as large as the file."""
    first = error.findings[0]
    return Unreadable(
        file=first.file,
        line=first.line,
        column=first.column,
        code=first.code,
        message=words.message(first),
        fix=words.fix(first),
        findings=len(error.findings),
    )
