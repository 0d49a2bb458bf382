"""A report as Markdown, for GitHub and for reading as it is."""

from collections.abc import Callable, Iterator
from typing import Any

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
    Verdict,
)
from aiguide.core.words import Words
from aiguide.render.markdown import escaped, escaped_cell
from aiguide.render.plain import without_controls
from aiguide.render.rendered import Rendered

BAR_STEPS = 10


def render(paper: Paper, words: Words) -> Rendered:
    """Render a report to Markdown in UTF-8."""
    head = [f"# {escaped(paper.title)}", escaped(paper.lead)]
    if paper.mark:
        head.append(f"**{escaped(paper.mark)}**")
    body = (_BLOCKS[block.kind](block) for block in paper.blocks)
    foot = [f"---\n\n{escaped(paper.foot)}"]
    if paper.mark:
        foot.append(escaped(paper.mark))
    parts = (*head, *filter(None, body), *foot)
    return Rendered(without_controls("\n\n".join(parts) + "\n").encode())


def _heading(block: Heading) -> str:
    return f"{'#' * block.level} {escaped(block.text)}"


def _paragraph(block: Paragraph) -> str:
    return escaped(block.text)


def _bullets(block: Bullets) -> str:
    return "\n".join(f"- {escaped(line)}" for line in block.lines)


def _table(block: Table) -> str:
    rows = [block.heads, ("---",) * len(block.heads)]
    lines = [_row(rows[0]), "| " + " | ".join(rows[1]) + " |"]
    lines += [_row(row) for row in block.rows]
    return "\n".join(lines)


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: Cell) -> str:
    match cell:
        case Bar():
            return bar_text(cell)
        case Named():
            return f"{escaped_cell(cell.text)}<br>`{cell.id}`"
    return escaped_cell(cell)


def bar_text(bar: Bar) -> str:
    """Draw a bar with characters, and say it in figures."""
    full = bar.percent * BAR_STEPS // 100
    return f"{'▇' * full}{'▁' * (BAR_STEPS - full)} {bar.done} / {bar.total} ({bar.percent} %)"


def _verdict(block: Verdict) -> str:
    lines = "\n".join(f"- {escaped(one)}" for one in block.lines)
    return "\n\n".join(filter(None, (f"**{escaped(block.title)}**", lines)))


def _figures(block: Figures) -> str:
    return "\n".join(f"- {escaped(one.label)}: **{one.value}**" for one in block.figures)


def _contents(block: Contents) -> str:
    return ""  # readers of Markdown make their own


def _entry(block: Entry) -> str:
    return "\n\n".join(filter(None, _entry_parts(block)))


def _entry_parts(block: Entry) -> Iterator[str]:
    yield f"### {escaped(block.title)}"
    badge = (f"**{escaped(block.badge)}**",) if block.badge else ()
    yield " · ".join((*badge, *map(escaped, block.tags), f"`{block.id}`"))
    yield "\n".join(f"- {escaped(line)}" for line in block.said)
    yield escaped(block.text)
    yield "\n".join(f"- {escaped(line)}" for line in block.notes)


_BLOCKS: dict[str, Callable[[Any], str]] = {
    Heading.kind: _heading,
    Paragraph.kind: _paragraph,
    Bullets.kind: _bullets,
    Table.kind: _table,
    Verdict.kind: _verdict,
    Figures.kind: _figures,
    Contents.kind: _contents,
    Entry.kind: _entry,
}
