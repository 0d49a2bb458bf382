"""A report as a Word document, to be completed and circulated."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

from aiguide.core.errors import AiguideError
from aiguide.core.paper import (
    Bar,
    Bullets,
    Cell,
    Contents,
    Entry,
    Figures,
    Heading,
    Named,
    Paper,
    Paragraph,
    Table,
    Tone,
    Verdict,
    pieces,
    tints,
)
from aiguide.core.words import Words
from aiguide.render.plain import without_controls
from aiguide.render.rendered import Rendered
from aiguide.render.report_md import bar_text
from aiguide.render.zipped import with_fixed_times

FONT = "BIZ UDPGothic"
LONGEST_PROPERTY = 255
# Each with its size, and the space before and after it, in points.
HEADINGS = (
    ("Title", 20, 0, 6),
    ("Heading 1", 15, 16, 4),
    ("Heading 2", 13, 10, 3),
    ("Heading 3", 11, 8, 2),
)
IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"  # what else is in one, Word takes for a damaged file
TEXT_WIDTH = 174  # mm: A4 without its margins
STANCES = {"go": "0B4F9E", "care": "8A6D00", "hold": "A1152A"}  # colours by policy
LANGUAGES = {"ja": "ja-JP", "en": "en-GB"}


def render(paper: Paper, words: Words) -> Rendered:
    """Render a report to .docx. Raises: AiguideError `no-docx` without the library."""
    document = _new_document(paper)
    document.add_heading(_text(paper.title), level=0)
    _add(document, paper.lead)
    if paper.mark:
        _add(document, paper.mark, bold=True)
    for block in paper.blocks:
        _BLOCKS[block.kind](document, block)
    target = BytesIO()
    document.save(target)
    return Rendered(with_fixed_times(target.getvalue()))


def _new_document(paper: Paper) -> Any:
    try:
        import docx
    except ImportError:
        raise AiguideError("no-docx") from None
    document = docx.Document()
    _set_up_page(document.sections[0], paper)
    _set_up_styles(document, LANGUAGES[paper.lang])
    about = document.core_properties
    about.title = _text(paper.title)[:LONGEST_PROPERTY]
    about.author, about.comments = "aiguide", ""
    about.subject, about.language = paper.kind_of, LANGUAGES[paper.lang]
    about.created = about.modified = datetime.fromisoformat(paper.date).replace(tzinfo=UTC)
    return document


def _set_up_page(section: Any, paper: Paper) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    head = section.header.paragraphs[0]
    _run(head, "  ".join(filter(None, (paper.title, paper.date, paper.mark))), small=True)
    foot = section.footer.paragraphs[0]
    foot.style = "Normal"  # whose tab stops are none: the page number stands at the right margin
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _run(foot, f"{paper.foot}\t", small=True)
    _field(foot, "PAGE")
    _run(foot, " / ", small=True)
    _field(foot, "NUMPAGES")


def _set_up_styles(document: Any, language: str) -> None:
    """Set our font for Western and for Japanese text, and the language."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    names = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet")
    for name in names:
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{key}"), FONT)
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{key}"), None)
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    document.styles["Normal"].font.size = Pt(9.5)
    document.styles["Normal"].paragraph_format.line_spacing = 1.1
    for name, size, before, after in HEADINGS:
        style = document.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
    for name in ("w:val", "w:eastAsia"):
        for found in document.styles.element.iter(qn("w:lang")):
            found.set(qn(name), language)


def _field(paragraph: Any, code: str) -> None:
    """Add a field that the reader's program fills in, such as the page number."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _text(text: str) -> str:
    return without_controls(text)


def _run(paragraph: Any, text: str, *, bold: bool = False, small: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    cut = ((part, policy, leads) for piece, leads in pieces(text) for part, policy in tints(piece))
    for piece, policy, leads in cut:
        run = paragraph.add_run(_text(piece))
        run.bold = bold or None
        run.font.size = Pt(8) if small else None
        if policy:
            run.font.color.rgb = RGBColor.from_string(STANCES[policy])
        if leads:
            _lead(paragraph, run, piece)


def _lead(paragraph: Any, run: Any, address: str) -> None:
    """Let a run at the end of a paragraph lead to the web."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    kind, target = RELATIONSHIP_TYPE.HYPERLINK, quote(address, safe=IN_ADDRESSES)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(target, kind, is_external=True))
    run.underline = True
    paragraph._p.append(link)
    link.append(run._r)


def _add(document: Any, text: str, *, bold: bool = False, small: bool = False) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = 0 if small else None
    _run(paragraph, text, bold=bold, small=small)
    return paragraph


def _heading(document: Any, block: Heading) -> None:
    heading = document.add_heading(level=block.level - 1)
    _run(heading, block.text)
    heading.paragraph_format.page_break_before = block.new_page or None


def _paragraph(document: Any, block: Paragraph) -> None:
    _add(document, block.text, small=block.tone is Tone.SMALL)


def _bullets(document: Any, block: Bullets) -> None:
    for line in block.lines:
        paragraph = document.add_paragraph(style="List Bullet")
        _run(paragraph, line, small=block.tone is Tone.SMALL)


def _verdict(document: Any, block: Verdict) -> None:
    table = document.add_table(rows=1, cols=1, style="Table Grid")
    cell = table.rows[0].cells[0]
    _run(cell.paragraphs[0], block.title, bold=True)
    _shade(cell)
    for line in block.lines:
        _run(cell.add_paragraph(), line)
    _set_widths(table, (100,))
    _gap(document)


def _figures(document: Any, block: Figures) -> None:
    paragraph = document.add_paragraph()
    for number, one in enumerate(block.figures):
        _run(paragraph, f"{'    ' if number else ''}{one.value} ", bold=True)
        _run(paragraph, one.label)


def _contents(document: Any, block: Contents) -> None:
    """Leave contents to the reader's program, which makes them of the headings."""


def _table(document: Any, block: Table) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        _run(cell.paragraphs[0], head, bold=True)
        _shade(cell)
    _repeat_head(table.rows[0])
    for row in block.rows:
        added = table.add_row()
        _keep_whole(added)
        if block.room:
            added.height = Mm(11)
        for number, (cell, content) in enumerate(zip(added.cells, row, strict=True)):
            _fill(cell.paragraphs[0], content, bold=number == 0 and block.named_rows)
    _set_widths(table, block.widths)
    _set_small(table)
    _keep_together(table.rows if block.room else table.rows[:1])
    _gap(document, keep=block.room)


def _set_small(table: Any) -> None:
    """Set what a table says a little smaller than the text, so that a date stays on its line."""
    from docx.shared import Pt

    for row in table.rows:
        for cell in row.cells:
            paragraph = cell.paragraphs[0]
            linked = (run for link in paragraph.hyperlinks for run in link.runs)
            for run in (*paragraph.runs, *linked):
                run.font.size = run.font.size or Pt(9)


def _keep_together(rows: Any) -> None:
    """Keep rows on one page with what follows: a head with its first row, a box to be signed."""
    for row in rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _gap(document: Any, *, keep: bool = False) -> None:
    """Leave a little room behind a table."""
    from docx.shared import Pt

    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing, gap.keep_with_next = 0, Pt(8), keep or None


def _keep_whole(row: Any) -> None:
    """Keep a row from being cut by the end of a page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _set_widths(table: Any, percents: tuple[int, ...]) -> None:
    """Set column widths, and again on every cell, since programs differ in which they follow."""
    from docx.shared import Mm, Pt

    for column, percent in zip(table.columns, percents, strict=True):
        column.width = Mm(TEXT_WIDTH * percent / 100)
    for row in table.rows:
        for cell, percent in zip(row.cells, percents, strict=True):
            cell.width = Mm(TEXT_WIDTH * percent / 100)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = Pt(2)
                paragraph.paragraph_format.space_after = Pt(2)


def _shade(cell: Any) -> None:
    """Give a cell of a table's head its ground."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF2F7")):
        ground.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(ground)


def _repeat_head(row: Any) -> None:
    """Let a table's head stand on every page, and be known as its head."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(paragraph: Any, content: Cell, *, bold: bool) -> None:
    match content:
        case Bar():
            _run(paragraph, bar_text(content), small=True)
        case Named():
            _run(paragraph, content.text, bold=bold)
            _run(paragraph, f"\n{content.id}", small=True)
        case _:
            _run(paragraph, content, bold=bold)


def _entry(document: Any, block: Entry) -> None:
    document.add_heading(_text(block.title), level=2)
    tags = document.add_paragraph()
    tags.paragraph_format.keep_with_next = True
    if block.badge:
        _run(tags, f"{block.badge}  ", bold=True)
    _run(tags, " · ".join((*block.tags, block.id)), small=True)
    _add(document, block.text)
    for line in block.said:
        _run(document.add_paragraph(style="List Bullet"), line)
    for line in block.notes:
        _add(document, line, small=True)


_BLOCKS: dict[str, Callable[[Any, Any], None]] = {
    Heading.kind: _heading,
    Paragraph.kind: _paragraph,
    Bullets.kind: _bullets,
    Table.kind: _table,
    Verdict.kind: _verdict,
    Figures.kind: _figures,
    Contents.kind: _contents,
    Entry.kind: _entry,
}
