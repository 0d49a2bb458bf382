"""The compliance report: may the project go on, what blocks it, and the proof item by item."""

from collections.abc import Iterator, Sequence

from aiguide.core import report, wording
from aiguide.core.paper import (
    Bar,
    Block,
    Bullets,
    Contents,
    Entry,
    Figure,
    Figures,
    Heading,
    Linked,
    Named,
    Paper,
    Paragraph,
    Stanced,
    Table,
    Tone,
    Verdict,
)
from aiguide.core.papers.frame import framed, rows_table, said
from aiguide.core.report import DocumentView, ItemView, Progress, ReportView, UncountedView
from aiguide.core.views import CellView, Row
from aiguide.core.words import Words

ROLES = ("owner", "reviewer", "approver")


view = report.build


def paper(view: ReportView, words: Words) -> Paper:
    """Lay a report view out in full."""
    blocks = (
        *first_page(view, words),
        Contents(words.say("report.contents")),
        *_project(view, words),
        *_classification(view, words),
        *_items(view, words),
        *_uncounted("not-asked", view.not_asked, words),
        *_uncounted("retired", view.retired, words),
        *sign_off(view, words),
        *_documents(view, words),
    )
    return framed(view, words, words.say("report.title"), blocks)


def first_page(view: ReportView, words: Words) -> Iterator[Block]:
    """Give what a manager reads who reads one page only."""
    yield from verdict(view, words)
    yield placed_by(view, words)
    if view.notices:
        yield Bullets(view.notices)
    yield Heading(2, words.say("report.progress"))
    yield _phases(view, words)
    yield from gaps(view, words)
    yield from exemptions(view, words)
    yield Heading(2, words.say("report.by-consideration"))
    yield Paragraph(words.say("report.by-consideration.note"), Tone.SMALL)
    yield _considerations(view, words)


def _figure(name: str, count: int, words: Words) -> Figure:
    return Figure(count, words.say(f"figure.{name}", count=count))


def verdict(view: ReportView, words: Words) -> Iterator[Block]:
    """Give the verdict in one sentence, the cells with their stance, and the numbers."""
    cells = (_cell_line(cell) for cell in view.cells)
    whose = words.say("verdict.whose")
    yield Verdict(view.verdict_id, view.verdict, (view.verdict_reason, *cells, whose))
    yield Figures(
        (
            _figure("left", len(view.gaps), words),
            _figure("exceptions", len(view.exemptions), words),
            _figure("overdue", view.overdue, words),
            _figure("expired", view.expired, words),
        )
    )
    counts = (
        _count("official", view.official, words),
        _count("proposed", view.proposed, words),
    )
    notes = said(words, "levels.clear", "figures.scope")
    yield Paragraph(words.running((*counts, *notes)), Tone.LEAD)


def placed_by(view: ReportView, words: Words) -> Paragraph:
    """Say in a line who chose the cells, and why."""
    facts = (f"{row.label}: {row.value}" for row in view.classification)
    return Paragraph(words.apart(facts), Tone.SMALL)


def _cell_line(cell: CellView) -> str:
    doubt = f" ({cell.doubt})" if cell.doubt else ""
    return _stanced(_with_stance(cell) + doubt, cell)


def _with_stance(cell: CellView) -> str:
    return " ".join(filter(None, (cell.name, cell.stance)))


def _stanced(text: str, cell: CellView) -> str:
    return Stanced(text, cell.stance, cell.stance_policy) if cell.stance else text


def _count(key: str, progress: Progress, words: Words) -> str:
    counted = key if progress.total else f"no-{key}"
    return words.say(f"levels.{counted}", clear=progress.clear, total=progress.total)


def _bar(progress: Progress) -> Bar | str:
    return Bar(progress.clear, progress.total) if progress.total else "—"


def _phases(view: ReportView, words: Words) -> Table:
    heads = ("report.phase", "report.bar", "report.bar.recommended", "report.gate")
    rows = tuple(
        (one.title, _bar(one.required), _bar(one.recommended), one.gate) for one in view.phases
    )
    caption = words.say("report.progress")
    return Table(caption, said(words, *heads), (22, 31, 31, 16), rows)


def _considerations(view: ReportView, words: Words) -> Table:
    heads = ("report.consideration", "report.bar", "report.bar.recommended")
    rows = tuple(
        (one.title, _bar(one.required), _bar(one.recommended)) for one in view.considerations
    )
    caption = words.say("report.by-consideration")
    return Table(caption, said(words, *heads), (30, 35, 35), rows)


def gaps(view: ReportView, words: Words, *, ids: bool = True) -> Iterator[Block]:
    """Give what blocks the project, with who has it in hand and until when; `ids` beside titles."""
    yield Heading(2, words.say("report.gaps"))
    if not view.gaps:
        yield Paragraph(words.say("report.gaps.none"))
        return
    heads = ("report.item", "report.phase", "report.status", "answer.assignee", "answer.due")
    rows = tuple(
        (
            Named(one.title, one.id) if ids else one.title,
            one.phase,
            one.status,
            one.assignee,
            wording.past(words, one.due) if one.overdue else one.due,
        )
        for one in view.gaps
    )
    yield Table(words.say("report.gaps"), said(words, *heads), (33, 16, 14, 15, 22), rows)


def exemptions(view: ReportView, words: Words) -> Iterator[Block]:
    """Give the exceptions in force: what is left undone, why, who approved it and until when."""
    if not view.exemptions:
        return
    yield Heading(2, words.say("report.exceptions"))
    heads = ("report.item", "report.phase", "answer.reason", "answer.approver", "answer.until")
    rows = tuple(
        (one.title, one.phase, one.reason, one.approver, one.until) for one in view.exemptions
    )
    yield Table(words.say("report.exceptions"), said(words, *heads), (27, 16, 26, 16, 15), rows)


def _project(view: ReportView, words: Words) -> Iterator[Block]:
    yield Heading(2, words.say("report.project"), "project")
    facts = (*view.facts, Row(words.say("report.pack"), view.pack))
    yield rows_table(words.say("report.project"), facts, words)


def _classification(view: ReportView, words: Words) -> Iterator[Block]:
    title = words.say("report.classification")
    yield Heading(2, title, "classification")
    for cell in view.cells:
        yield from cell_blocks(cell, words)
    yield rows_table(title, view.classification, words)
    heads = said(words, "report.condition", "report.answer")
    rows = tuple((row.label, row.value) for row in view.conditions)
    yield Table(words.say("facts.conditions"), heads, (42, 58), rows)


def cell_blocks(cell: CellView, words: Words) -> Iterator[Block]:
    """Give a cell with its stance, what it means, and where that is from."""
    yield Heading(3, _stanced(_with_stance(cell), cell))
    yield Paragraph(" ".join(filter(None, (cell.summary, cell.meaning))))
    yield Paragraph(f"{words.say('report.considerations')}: {cell.considerations}")
    notes = (cell.doubt, cell.note)
    sources = (f"{words.say('report.source')}: {source}" for source in cell.sources)
    yield Bullets((*filter(None, notes), *sources), Tone.SMALL)


def _items(view: ReportView, words: Words) -> Iterator[Block]:
    for section in view.sections:
        yield Heading(2, section.title, f"phase-{section.id}")
        yield Paragraph(section.counts if section.items else words.say("section.none"))
        for item in section.items:
            yield _entry(item, words)


def _entry(item: ItemView, words: Words) -> Entry:
    why = f"{words.say('report.why')}: {item.why}"
    sources = (f"{words.say('report.source')}: {source}" for source in item.sources)
    note = (f"{words.say('show.note')}: {item.note}",) if item.note else ()
    return Entry(
        title=item.title,
        id=item.id,
        text=item.check,
        badge=item.status,
        clear=item.clear,
        tags=tuple(filter(None, (item.level, item.considerations, *item.flags))),
        said=_given(item),
        notes=(why, *sources, *note),
    )


def _given(item: ItemView | UncountedView) -> tuple[str, ...]:
    """Give what an answer says, line by line; evidence behind its label leads to its address."""
    proofs = (Linked(line, (line.partition(": ")[2],)) for line in item.evidence)
    return (*(f"{row.label}: {row.value}" for row in item.answer), *proofs)


def _uncounted(kind: str, answers: Sequence[UncountedView], words: Words) -> Iterator[Block]:
    """Give answers that are not counted, for the record."""
    if not answers:
        return
    title = words.say(f"report.{kind}")
    yield Heading(2, title, kind)
    yield Paragraph(words.say(f"report.{kind}.note"))
    rows = tuple(
        (
            Named(one.title, one.id) if one.title != one.id else one.id,
            one.status,
            _in_a_row(_given(one)),
        )
        for one in answers
    )
    heads = said(words, "report.item", "report.status", "report.answer")
    yield Table(title, heads, (30, 16, 54), rows)


def _in_a_row(lines: tuple[str, ...]) -> Linked:
    """Set lines side by side; those that lead somewhere still do."""
    linked = (line for line in lines if isinstance(line, Linked))
    return Linked(" / ".join(lines), (address for line in linked for address in line.addresses))


def _documents(view: ReportView, words: Words) -> Iterator[Block]:
    yield Heading(2, words.say("report.documents"), "documents")
    yield Paragraph(view.pack_status)
    yield documents_list(view)


def documents_list(view: ReportView) -> Bullets:
    """Give the documents that the report's sources point to."""
    return Bullets(tuple(map(_document, view.documents)), Tone.SMALL)


def _document(one: DocumentView) -> Linked:
    told = (f"{one.title} ({one.publisher})", one.url, "—", one.seen, one.note)
    return Linked(" ".join(filter(None, told)), (one.url,))


def signatures(
    view: ReportView, words: Words, roles: tuple[str, ...], meaning: str
) -> Iterator[Block]:
    """Give a row to sign for each role, and what that means, if the project may go on."""
    if not view.may_go_on:
        yield Paragraph(words.say("signoff.none"))
        return
    heads = said(words, "report.role", "report.signed-name", "report.signed-date")
    rows = tuple((words.say(f"report.role.{role}"), "", "") for role in roles)
    yield Table(words.say("report.signoff"), heads, (26, 48, 26), rows, room=True)
    yield Paragraph(words.say(meaning), Tone.SMALL)


def head_line(view: ReportView, words: Words) -> str:
    """Name the hash that says what the answers were."""
    return f"{words.say('report.head')}: {view.head or words.say('facts.none')}"


def sign_off(view: ReportView, words: Words) -> Iterator[Block]:
    """Give room for those who sign, and the hash that they sign."""
    yield Heading(2, words.say("report.signoff"), "signoff")
    yield from signatures(view, words, ROLES, "signoff.meaning")
    yield Paragraph(head_line(view, words))
    yield Paragraph(words.say("report.head.meaning"), Tone.SMALL)
