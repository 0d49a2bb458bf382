"""A report as one HTML file: no script, no network, for phones, paper and screen readers."""

from aiguide.core.paper import Paper
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered
from aiguide.render.templating import render_template


def render(paper: Paper, words: Words) -> Rendered:
    """Render a report to a self-contained HTML file in UTF-8."""
    return Rendered(page(paper, words, "screen").encode())


def page(paper: Paper, words: Words, medium: str, **values: object) -> str:
    """Give a report's HTML for `medium`: `screen`, or `paper` for the PDF.

    `values` fill the style sheet of the medium in.
    """
    return render_template("report.html.j2", words, paper=paper, medium=medium, **values)
