"""Making reports, and what they need of the machine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiguide.core.answers import is_web_address
from aiguide.core.checklist import Checklist
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.paper import Paper
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered
from aiguide.usecases.projects import Opened, open_project
from aiguide.usecases.trail import lexicon

Made = Rendered
REPORT_FORMATS = ("pdf", "html", "docx", "md", "json")
PDF_VARIANTS = ("pdf/ua-1", "pdf/ua-2", "pdf/a-2b", "pdf/a-3b", "pdf/a-3a")
SIGNED_TEMPLATES = ("compliance", "summary")  # where the verdict lets the project go on
REPORT_TEMPLATES = (*SIGNED_TEMPLATES, "procurement", "transparency")


@dataclass(frozen=True, slots=True)
class Order:
    """What report is asked for; `today` is its date, `pdf_variant` the kind of PDF.

    `template` is one of `REPORT_TEMPLATES` or of the person's own, whose settings are beside the
    project or in the folder `own`. `framework`: the answers by the elements of another framework.
    """

    today: str
    format: str = "pdf"
    template: str = "compliance"
    pdf_variant: str = PDF_VARIANTS[0]
    own: Path = Path()
    framework: str = ""


def report(opened: Opened, words: Words, order: Order) -> Rendered:
    """Make a project's report.

    Raises: AiguideError `no-weasyprint`, `no-pango`, `no-font`, `no-docx`, and for a template of
    the person's own `unknown-template`, `template-format`, `bad-template`; `unknown-framework`.
    """
    words = words.of_pack(opened.guideline.words)
    if order.framework:
        return _by_framework(opened, words, order)
    if order.template not in REPORT_TEMPLATES:
        return _by_own_template(opened, words, order)
    from aiguide.core.papers import template

    checklist, made = _inspected(opened, order.today), template(order.template)
    view = made.view(checklist, opened.judge(checklist), words, order.today)
    return _rendered(view, lambda: made.paper(view, words), words, order)


def _inspected(opened: Opened, today: str) -> Checklist:
    """Build the checklist with its evidence looked at, and name what an upgrade retired."""
    checklist, retired = opened.inspected(today), opened.project.retired
    if not retired:
        return checklist
    titles = {item.id: item.title for item in lexicon(opened).items if item.id in retired}
    return replace(checklist, earlier=titles)


def _by_framework(opened: Opened, words: Words, order: Order) -> Rendered:
    from aiguide.core.papers import framework
    from aiguide.usecases.crosswalks import crosswalk_to

    crosswalk = crosswalk_to(opened.guideline, order.framework, opened.path.parent)
    view = framework.view(opened.inspected(order.today), crosswalk, words, order.today)
    return _rendered(view, lambda: framework.paper(view, words), words, order)


def _by_own_template(opened: Opened, words: Words, order: Order) -> Rendered:
    from aiguide.core import report as reports
    from aiguide.render import own
    from aiguide.store import report_templates
    from aiguide.store.files import read_text

    folders = (opened.path.parent, order.own)
    files = report_templates.find(folders, order.template, REPORT_TEMPLATES)
    makes = {format: files[it] for format, it in own.WRITTEN_IN.items() if it in files}
    if order.format not in makes:
        known = tuple(makes)
        raise AiguideError("template-format", name=order.template, format=order.format, known=known)
    file = makes[order.format]
    source = read_text(file)
    checklist = _inspected(opened, order.today)
    view = reports.build(checklist, opened.judge(checklist), words, order.today)
    return own.render(view, source, str(file), order.format, order.pdf_variant)


def _rendered(view: Any, lay_out: Callable[[], Paper], words: Words, order: Order) -> Rendered:
    from aiguide import render

    if order.format == "json":
        return render.data(view)
    return render.RENDERERS[order.format](lay_out(), words, order.pdf_variant)


def card(guideline: Guideline, cell: Cell, words: Words, today: str, format: str) -> Rendered:
    """Make the guidance of one cell in one of `REPORT_FORMATS`. Raises: as `report` does."""
    from aiguide.core.papers import card as cards

    words = words.of_pack(guideline.words)
    view = cards.view(guideline, cell, words, today)
    return _rendered(view, lambda: cards.paper(view, words), words, Order(today, format))


def write_report(path: Path, content: bytes, source: Path | None = None) -> None:
    """Write a report atomically, never over its manifest (`source`) or a file that is evidence.

    Raises: AiguideError `same-file`, `is-evidence`, `no-folder`, `not-a-file`, `cannot-write`.
    """
    from aiguide.store.files import write_atomically

    if not path.parent.is_dir():
        raise AiguideError("no-folder", folder=str(path.parent))
    if source and path.exists() and path.samefile(source):
        raise AiguideError("same-file", file=str(path))
    if source and path.exists() and _is_evidence(path, source):
        raise AiguideError("is-evidence", file=str(path))
    write_atomically(path, content)


def _is_evidence(path: Path, manifest: Path) -> bool:
    answers = open_project(manifest).project.answers.values()
    targets = (one.target for answer in answers for one in answer.evidence)
    files = (manifest.parent / target for target in targets if not is_web_address(target))
    return any(file.is_file() and path.samefile(file) for file in files)


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
