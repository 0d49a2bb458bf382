"""Making reports, and what they need of the machine."""

from collections.abc import Iterator
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered
from aiguide.usecases.projects import Opened

Made = Rendered
REPORT_FORMATS = ("pdf", "html", "docx", "md", "json")
REPORT_TEMPLATES = ("compliance", "summary", "procurement", "transparency")


def report(opened: Opened, words: Words, today: str, format: str, template: str) -> Rendered:
    """Make a project's report by one of `REPORT_TEMPLATES` in one of `REPORT_FORMATS`.

    Raises: AiguideError `no-weasyprint`, `no-pango`, `no-font`, `no-docx`.
    """
    from aiguide.core.papers import TEMPLATES
    from aiguide.render import RENDERERS

    checklist, made = opened.checklist(today), TEMPLATES[template]
    view = made.view(checklist, opened.judge(checklist), words, today)
    return RENDERERS[format](view, made.paper(view, words), words)


def card(guideline: Guideline, cell: Cell, words: Words, today: str, format: str) -> Rendered:
    """Make the guidance of one cell in one of `REPORT_FORMATS`. Raises: as `report` does."""
    from aiguide.core.papers import card as cards
    from aiguide.render import RENDERERS

    view = cards.view(guideline, cell, words, today)
    return RENDERERS[format](view, cards.paper(view, words), words)


def write_report(path: Path, content: bytes, source: Path | None = None) -> None:
    """Write a report atomically, never over the manifest that it is made from (`source`).

    Raises: AiguideError `same-file`, `no-folder`, `not-a-file`, `cannot-write`.
    """
    from aiguide.store.files import write_atomically

    if not path.parent.is_dir():
        raise AiguideError("no-folder", folder=str(path.parent))
    if source and path.exists() and path.samefile(source):
        raise AiguideError("same-file", file=str(path))
    write_atomically(path, content)


def pdf_obstacles() -> Iterator[tuple[str, AiguideError | None]]:
    """Try what a PDF needs; gives each (`pango`, `font`) with its error, or None."""
    from aiguide.render import report_pdf

    for id, attempt in (("pango", report_pdf.require_pango), ("font", report_pdf.require_font)):
        try:
            attempt()
        except AiguideError as error:
            yield id, error
        else:
            yield id, None
