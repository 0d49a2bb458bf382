"""Turning a report view into bytes, one module for each format."""

from collections.abc import Callable

from aiguide.core.report import ReportView
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered


def _markdown(view: ReportView, words: Words) -> Rendered:
    from aiguide.render.report_md import render

    return render(view, words)


def _pdf(view: ReportView, words: Words) -> Rendered:
    from aiguide.render.report_pdf import render

    return render(view, words)


RENDERERS: dict[str, Callable[[ReportView, Words], Rendered]] = {"md": _markdown, "pdf": _pdf}
