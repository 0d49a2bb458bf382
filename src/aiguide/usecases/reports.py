"""Making reports, and what they need of the machine."""

from collections.abc import Iterator
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered
from aiguide.usecases.projects import Opened

REPORT_FORMATS = ("pdf", "html", "docx", "md", "json")
REPORT_TEMPLATES = ("compliance", "summary")


def report(opened: Opened, words: Words, today: str, format: str, template: str) -> Rendered:
    """Make a project's report by one of `REPORT_TEMPLATES` in one of `REPORT_FORMATS`.

    Raises: AiguideError `no-weasyprint`, `no-pango`, `no-font`, `no-docx`.
    """
    from aiguide.core.papers import TEMPLATES
    from aiguide.render import RENDERERS

    checklist, made = opened.checklist(today), TEMPLATES[template]
    view = made.view(checklist, opened.judge(checklist), words, today)
    return RENDERERS[format](view, made.paper(view, words), words)


def write_report(opened: Opened, path: Path, content: bytes) -> None:
    """Write a report beside its manifest or elsewhere, atomically.

    Raises: AiguideError `same-file`, `no-folder`, `not-a-file`, `cannot-write`.
    """
    from aiguide.store.files import write_atomically

    if not path.parent.is_dir():
        raise AiguideError("no-folder", folder=str(path.parent))
    if path.exists() and path.samefile(opened.path):
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
