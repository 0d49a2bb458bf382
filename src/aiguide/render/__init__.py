"""Turning a report into bytes, one module for each format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what one format needs is not loaded for another
    from collections.abc import Callable, Iterator

    from aiguide.core.paper import Paper
    from aiguide.core.portfolio import Portfolio
    from aiguide.core.portfolio_view import PortfolioView
    from aiguide.core.validation import Run
    from aiguide.core.words import Words
    from aiguide.render.rendered import Rendered


def _markdown(paper: Paper, words: Words, pdf_variant: str) -> Rendered:
    from aiguide.render.report_md import render

    return render(paper, words)


def _html(paper: Paper, words: Words, pdf_variant: str) -> Rendered:
    from aiguide.render.report_html import render

    return render(paper, words)


def _pdf(paper: Paper, words: Words, pdf_variant: str) -> Rendered:
    from aiguide.render.report_pdf import render

    return render(paper, words, pdf_variant)


def _word(paper: Paper, words: Words, pdf_variant: str) -> Rendered:
    from aiguide.render.report_docx import render

    return render(paper, words)


def data(view: Any) -> Rendered:
    """Give what a report says as JSON."""
    from aiguide.render.report_json import render

    return render(view)


def findings(format: str) -> Callable[[Run], Iterator[str]]:
    """Load what writes findings in a format, a module of this folder; the others are not imported.

    It gives the text in pieces, so that no run is too long for it.
    """
    render: Callable[[Run], Iterator[str]]
    render = import_module(f"aiguide.render.findings_{format}").render
    return render


# By the ending of a file's name. Each takes a paper, the words, and the kind of PDF.
RENDERERS: dict[str, Callable[[Paper, Words, str], Rendered]] = {
    "pdf": _pdf,
    "html": _html,
    "docx": _word,
    "md": _markdown,
}


def portfolio_data(portfolio: Portfolio) -> bytes:
    """Give a portfolio as JSON."""
    from aiguide.render.portfolio_json import render

    return render(portfolio)


def _portfolio_csv(view: PortfolioView, words: Words) -> bytes:
    from aiguide.render.portfolio_csv import render

    return render(view)


def _portfolio_xlsx(view: PortfolioView, words: Words) -> bytes:
    from aiguide.render.portfolio_xlsx import render

    return render(view, words)


def _portfolio_html(view: PortfolioView, words: Words) -> bytes:
    from aiguide.render.portfolio_html import render

    return render(view, words)


PORTFOLIO_RENDERERS: dict[str, Callable[[PortfolioView, Words], bytes]] = {
    "csv": _portfolio_csv,
    "xlsx": _portfolio_xlsx,
    "html": _portfolio_html,
}
