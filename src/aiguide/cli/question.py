"""One check item as a screen: what to check, why, what counts, what was answered before."""

from collections.abc import Iterator

from aiguide.cli import layout
from aiguide.core import wording
from aiguide.core.checklist import Checklist, Question
from aiguide.core.guideline import Level
from aiguide.core.report import answer_rows
from aiguide.core.words import Words

LABEL = 12


def progress_lines(words: Words, checklist: Checklist, phase: str) -> Iterator[str]:
    """Give the head of a phase: whose checklist, how far it is."""
    columns = layout.columns()
    title = words.pick(checklist.guideline.phase(phase).title)
    required = checklist.tally([phase], Level.REQUIRED)
    recommended = checklist.tally([phase], Level.RECOMMENDED)
    counts = words.say(
        "check.progress",
        phase=title,
        required=f"{required.clear}/{required.total}",
        recommended=f"{recommended.clear}/{recommended.total}",
    )
    name = layout.paint(layout.fit(checklist.project.name, columns - 4), "bold")
    yield f"  {name}"
    yield f"  {counts}  {layout.bar(required.clear, required.total)}"
    yield " " + layout.rule(columns - 2)


def question_lines(
    words: Words, checklist: Checklist, question: Question, *, brief: bool = False
) -> Iterator[str]:
    """Give one question in full; in brief, so that it fits on a screen of 24 lines."""
    item, columns = question.item, layout.columns()
    level = wording.level_name(words, checklist, item)
    yield layout.ends(f"  {layout.paint(words.pick(item.title), 'bold')}", item.id, columns - 2)
    named = wording.considerations(words, checklist.guideline, item.considerations)
    yield "  " + "  ".join(filter(None, (level, named)))
    yield layout.indented(words.pick(item.check), 4, columns)
    examples = " / ".join(words.pick(one) for one in item.evidence)
    yield _row(words.say("check.evidence-examples"), examples)
    why = wording.why_sentence(words, checklist.guideline, checklist.situation, question.why)
    yield _row(words.say("report.why"), why)
    if brief:
        yield _row(words.say("report.source"), wording.sources_in_brief(words, checklist, item))
    else:
        for source in wording.item_sources(words, checklist, item):
            yield _row(words.say("report.source"), source)
    yield from _earlier_lines(words, question, brief)


def _earlier_lines(words: Words, question: Question, brief: bool) -> Iterator[str]:
    """Give the answer that stands, or say that there is none."""
    status = wording.status_name(words, question)
    flags = wording.answer_flags(words, question)
    yield _row(words.say("check.earlier"), layout.paint("  ".join((status, *flags)), "bold"))
    if question.answer:
        said = [f"{row.label}: {row.value}" for row in answer_rows(words, question.answer)]
        said += [wording.evidence_line(words, one) for one in question.answer.evidence]
        room = layout.columns() - 2 - LABEL
        for line in said:
            yield _row("", layout.fit(" / ".join(line.splitlines()), room) if brief else line)


def _row(label: str, text: str) -> str:
    return layout.hanging(label, text, 2, LABEL, layout.columns())
