"""What all papers share: their head and foot, tables of labels, and the warning on top."""

from aiguide.core.paper import Block, Paper, Paragraph, Table, Tone
from aiguide.core.verdict import GOING_ON, Judgement
from aiguide.core.views import Head, Row
from aiguide.core.words import Worded, Words


def framed(view: Head, words: Words, kind_of: str, blocks: tuple[Block, ...]) -> Paper:
    """Put blocks under a project's title, date and pack; a made-up example says what is made up."""
    lead = " · ".join(filter(None, (kind_of, view.date, view.place)))
    foot = words.say("paper.foot", pack=Worded(view.pack))
    made_up = (Paragraph(words.say("example.note"), Tone.SMALL),) if view.example else ()
    marked = (*made_up, *blocks)
    return Paper(view.lang, view.name, kind_of, lead, view.date, view.example, foot, marked)


def warning(judgement: Judgement, words: Words, today: str) -> tuple[str, str] | None:
    """Give the verdict's id and a warning, where a document must not leave the house yet."""
    if judgement.verdict in GOING_ON:
        return None
    verdict = words.say(f"verdict.{judgement.verdict.value}")
    return judgement.verdict.value, words.say("paper.warning", verdict=verdict, date=today)


def rows_table(
    caption: str, rows: tuple[Row, ...], words: Words, widths: tuple[int, int] = (26, 74)
) -> Table:
    """Set labels and their values as a table of two columns, `widths` in percent."""
    heads = said(words, "report.fact", "report.value")
    return Table(caption, heads, widths, tuple((row.label, row.value) for row in rows))


def said(words: Words, *keys: str) -> tuple[str, ...]:
    """Word the heads of a table."""
    return tuple(words.say(key) for key in keys)
