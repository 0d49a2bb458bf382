"""The summary: one page for a decision paper."""

from collections.abc import Iterator
from dataclasses import replace

from aiguide.core.paper import Block, Heading, Paper, Paragraph, Table, Tone
from aiguide.core.papers.compliance import framed, gaps, rows_table, verdict
from aiguide.core.report import ReportView, Row
from aiguide.core.words import Words

GAPS_SHOWN = 5
SHORT = 90


def paper(view: ReportView, words: Words) -> Paper:
    """Lay out what decides: the verdict, the cell and why, what is left, who signs."""
    laid_out = framed(view, words, words.say("summary.title"), tuple(_blocks(view, words)))
    return replace(laid_out, dense=True)


def _blocks(view: ReportView, words: Words) -> Iterator[Block]:
    yield from verdict(view, words)
    yield Heading(2, words.say("report.project"))
    yield rows_table(words.say("report.project"), _facts(view, words), words)
    yield from _first_gaps(view, words)
    yield Heading(2, words.say("report.signoff"))
    heads = tuple(words.say(f"report.{key}") for key in ("role", "signed-name", "signed-date"))
    row = (words.say("report.role.approver"), "", "")
    yield Table(words.say("report.signoff"), heads, (26, 48, 26), (row,), room=True)
    yield Paragraph(
        f"{words.say('report.head')}: {view.head or words.say('facts.none')}", Tone.SMALL
    )


def _facts(view: ReportView, words: Words) -> tuple[Row, ...]:
    """Give the facts and who chose the cell, each cut to what a decision needs."""
    rows = (*view.facts, *view.classification)
    told = (row for row in rows if row.value != words.say("facts.none"))
    return tuple(replace(row, value=_short(row.value)) for row in told)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _first_gaps(view: ReportView, words: Words) -> Iterator[Block]:
    shown = replace(view, gaps=view.gaps[:GAPS_SHOWN])
    yield from gaps(shown, words, ids=False)
    more = len(view.gaps) - GAPS_SHOWN
    if more > 0:
        yield Paragraph(words.say("summary.more-gaps", count=more))
