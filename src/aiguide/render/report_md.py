"""The compliance report as Markdown."""

from aiguide.core.report import ReportView
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered
from aiguide.render.templating import render_template


def render(view: ReportView, words: Words) -> Rendered:
    """Render a report view to Markdown in UTF-8."""
    return Rendered(render_template("report.md.j2", words, view=view).encode())
