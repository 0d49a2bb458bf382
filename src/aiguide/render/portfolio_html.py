"""A portfolio as one HTML file that sorts and filters by itself, with no network at all."""

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup

from aiguide.core.names import name_key
from aiguide.core.paper import Bar
from aiguide.core.portfolio import FALLING, SORTS, Standing
from aiguide.core.portfolio_view import PortfolioView
from aiguide.core.words import Words
from aiguide.render.templating import render_template

_SCRIPT = Path(__file__).parent / "templates" / "portfolio.js"

# The columns of the table; `file` and `name` share one.
COLUMNS = (
    *("name", "bureau", "cell", "stance", "phase", "verdict"),
    *("left", "overdue", "expiring", "other"),
)
Marks = dict[str, str]
FILTERS = ("bureau", "cell", "stance", "phase", "verdict")


def render(view: PortfolioView, words: Words) -> bytes:
    """Render a portfolio to a self-contained HTML file in UTF-8.

    Nothing but our own style and our own script may act in it: the page names their digests.
    """
    script = _SCRIPT.read_text(encoding="utf-8")
    style = render_template("portfolio.css.j2", words, view=view, columns=COLUMNS)
    choices = _choices(view)
    places = {key: {id: place for place, id in enumerate(of)} for key, of in choices.items()}
    page = render_template(
        "portfolio.html.j2",
        words,
        view=view,
        columns=COLUMNS,
        sorts=tuple(one for one in COLUMNS if one in SORTS),
        falling=FALLING,
        choices=choices,
        places=places,
        rows=[(line, *_marks(line.standing, places)) for line in view.lines],
        most=max((one.bar.done for row in view.matrix for one in row if one), default=0),
        share=Bar,
        style=Markup(style),
        script=Markup(script),
        style_digest=_digest(style),
        script_digest=_digest(script),
    )
    return page.encode(errors="backslashreplace")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _choices(view: PortfolioView) -> dict[str, dict[str, str]]:
    """Give what each filter offers: the id that rows are marked with, and its label."""
    cells = [square for row in zip(*view.matrix, strict=True) for square in row if square]
    domains = dict(view.domains)
    return {
        "bureau": {one.key: one.name for one in view.bureaus},
        "cell": {one.id: f"{domains[one.domain]} - {one.title}" for one in cells},
        "stance": {one.id or "": one.label for one in view.stances.rows},
        "phase": {one.id or "": one.label for one in view.phases.rows},
        "verdict": {one.id or "": one.label for one in view.verdicts.rows},
    }


def _marks(one: Standing, places: dict[str, dict[str, int]]) -> tuple[Marks, dict[str, int]]:
    """Mark a row: for the filters with the places of its ids, and with what its cells sort by."""
    ids: dict[str, tuple[str, ...]] = {
        "bureau": (name_key(one.bureau),),
        "cell": one.cells,
        "stance": (one.stance or "",),
        "phase": (one.phase,),
        "verdict": (one.verdict,),
    }
    found = {key: [places[key][id] for id in ids[key]] for key in FILTERS}
    sorts = {
        "cell": min(found["cell"], default=len(places["cell"])),
        "stance": -found["stance"][0] if one.stance else 1,
        "phase": found["phase"][0],
        "verdict": found["verdict"][0],
        "left": -one.left,
        "overdue": -one.overdue,
        "expiring": int((one.expires or "9999-99-99").replace("-", "")),
    }
    return {key: " ".join(map(str, of)) for key, of in found.items()}, sorts
