"""The summary: one page for a decision paper."""

from collections.abc import Iterator
from dataclasses import replace

from aiguide.core import report
from aiguide.core.paper import Block, Bullets, Heading, Paper, Paragraph, Tone
from aiguide.core.papers.compliance import exemptions, gaps, head_line, signatures, verdict
from aiguide.core.papers.frame import framed, rows_table, said
from aiguide.core.report import ReportView
from aiguide.core.views import Row
from aiguide.core.words import Words, shortened

# What one page holds, however much there is to say: lines, rows of a table, characters of a text.
# Exceptions come first, for who signs answers for them; what is left has the lines that stay.
LINES = 14
ROWS_AT_LEAST = 1
LINES_TO_SPARE = 6  # from which on facts may be longer, and take two more
CELLS_SHOWN = 3
EXCEPTIONS_SHOWN = 3
LONGEST_FACT, LONGER_FACT = 80, 200
LONGEST_NOTICE = 120
LONGEST_LINE = 60
LONGEST_REASON = 28  # where what is left needs the page
LINES_OF_REASON = 4  # that a longer one takes
LONGEST_NAME = 16

view = report.build


def paper(view: ReportView, words: Words) -> Paper:
    """Lay out what decides: the verdict, the cell and why, what is left, who signs.

    What people wrote is cut, so that it all stays on one page.
    """
    view = replace(view, name=_cut(view.name, LONGEST_LINE), place=_cut(view.place, LONGEST_LINE))
    more = len(view.cells) - CELLS_SHOWN
    if more > 0:
        told = words.say("summary.more-cells", count=more)
        view = replace(view, cells=view.cells[:CELLS_SHOWN], notices=(told, *view.notices))
    laid_out = framed(view, words, words.say("summary.title"), tuple(_blocks(view, words)))
    return replace(laid_out, dense=True)


def _blocks(view: ReportView, words: Words) -> Iterator[Block]:
    yield from verdict(view, words)
    if view.notices:
        yield Bullets(tuple(_cut(one, LONGEST_NOTICE) for one in view.notices))
    yield Heading(2, words.say("report.project"))
    yield rows_table(words.say("report.project"), _facts(view, words), words)
    yield from _first_gaps(view, words)
    yield from _first_exceptions(view, words)
    yield Heading(2, words.say("report.signoff"))
    yield from signatures(view, words, ("approver",), "summary.signed")
    yield Paragraph(head_line(view, words), Tone.SMALL)


def _lines_left(view: ReportView) -> int:
    """Count the lines that cells, notices and exceptions leave to facts and to what is left."""
    taken = len(view.cells) + 2 * len(view.notices) + min(len(view.exemptions), EXCEPTIONS_SHOWN)
    return LINES - taken


def _first_gaps(view: ReportView, words: Words) -> Iterator[Block]:
    left = _lines_left(view)
    room = max(ROWS_AT_LEAST, left - 2 if left >= LINES_TO_SPARE else left)
    late_first = sorted(view.gaps, key=lambda one: not one.overdue)
    first = tuple(
        replace(one, assignee=_cut(one.assignee, LONGEST_NAME)) for one in late_first[:room]
    )
    yield from gaps(replace(view, gaps=first), words, ids=False)
    yield from _more(len(view.gaps) - room, words)


def _first_exceptions(view: ReportView, words: Words) -> Iterator[Block]:
    shown = view.exemptions[:EXCEPTIONS_SHOWN]
    to_spare = _lines_left(view) - len(view.gaps)
    fits = not view.gaps or to_spare >= LINES_OF_REASON * len(shown)
    longest = LONGEST_LINE if fits else LONGEST_REASON
    first = tuple(
        replace(
            one,
            reason=_cut(one.reason, longest),
            approver=_cut(one.approver, LONGEST_NAME),
        )
        for one in shown
    )
    yield from exemptions(replace(view, exemptions=first), words)
    yield from _more(len(view.exemptions) - EXCEPTIONS_SHOWN, words)


def _more(count: int, words: Words) -> Iterator[Block]:
    if count > 0:
        yield Paragraph(words.say("summary.more-gaps", count=count))


def _facts(view: ReportView, words: Words) -> tuple[Row, ...]:
    """Give the facts, and who chose the cell and why, each cut to what a decision needs.

    Whose project it is stands above.
    """
    known = said(words, "facts.organization", "facts.owner", "classified.alternatives")
    rows = (row for row in (*view.facts, *view.classification) if row.label not in known)
    told = (row for row in rows if row.value != words.say("facts.none"))
    longest = LONGER_FACT if _lines_left(view) >= LINES_TO_SPARE else LONGEST_FACT
    return tuple(replace(row, value=_cut(row.value, longest)) for row in told)


def _cut(text: str, most: int) -> str:
    return shortened(" ".join(text.split()), most)
