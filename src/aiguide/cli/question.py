"""One check item as a screen: what to check, why, what counts, what was answered before."""

import sys
from collections.abc import Iterator
from dataclasses import replace

from aiguide.cli import layout
from aiguide.cli.replacing import told_in_brief
from aiguide.core import wording
from aiguide.core.attestation import ANSWERED
from aiguide.core.checklist import Checklist, Question, Tally
from aiguide.core.dates import in_tokyo
from aiguide.core.guideline import Item, Level
from aiguide.core.manifest import read_answer
from aiguide.core.overruled import overruled
from aiguide.core.project import Answer
from aiguide.core.report import answer_rows
from aiguide.core.words import Worded, Words

LABEL = 12
WHOLE = sys.maxsize
BESIDE_CARD = 3  # lines of a screen: two blank ones, the prompt


def screen(words: Words, checklist: Checklist, question: Question, told: int) -> str:
    """Give a question on one screen, with how far its phase is and the keys.

    `told` are the lines that were said just before it and are to stay on the screen.
    """
    head = tuple(progress_lines(words, checklist, question.item.phase))
    keys = layout.indented(_keys(words, question), 2, layout.columns())
    taken = len(head) + len(keys.splitlines()) + BESIDE_CARD + max(1, told)
    card = brief_lines(words, checklist, question, layout.rows() - taken)
    return "\n" + "\n".join((*head, *card)) + f"\n\n{keys}"


def _keys(words: Words, question: Question) -> str:
    """Name the keys, and before them the one that mends what is wrong with the answer."""
    keys = words.say("check.keys")
    return f"{words.say('check.bad-evidence.key')}\n{keys}" if question.bad_evidence else keys


def progress_lines(words: Words, checklist: Checklist, phase: str) -> Iterator[str]:
    """Give the head of a phase: whose checklist, how far it is."""
    columns = layout.columns()
    title = words.pick(checklist.guideline.phase(phase).title)
    required = checklist.tally([phase], Level.REQUIRED)
    recommended = checklist.tally([phase], Level.RECOMMENDED)
    counts = words.say(
        "check.progress",
        phase=title,
        required=_counted(words, required),
        recommended=_counted(words, recommended),
    )
    name = layout.paint(layout.fit(checklist.project.name, columns - 4), "bold")
    yield f"  {name}"
    yield f"  {counts}  {layout.bar(required.clear, required.total)}"
    if bad := checklist.bad_evidence(phase):
        yield layout.indented(words.say("check.bad-evidence", count=bad), 2, columns)
    yield " " + layout.rule(columns - 2)


def _counted(words: Words, tally: Tally) -> str:
    """Say how many of some items are clear; a stroke where there are none."""
    return words.say("check.clear", clear=tally.clear, total=tally.total) if tally.total else "—"


def question_lines(words: Words, checklist: Checklist, question: Question) -> Iterator[str]:
    """Give one question in full."""
    item = question.item
    yield from _head(words, checklist, item)
    for label, text in _rows(words, checklist, question):
        yield _row(label, text)
    yield from _note(words, item)
    for source in wording.item_sources(words, checklist, item):
        yield _row(words.say("report.source"), source)
    yield from (_row(label, text) for label, text in _former(words, question))
    yield _standing(words, question, WHOLE)
    for line in answer_lines(words, question.answer, overdue=question.overdue):
        yield _row("", line)
    yield from (_row(label, text) for label, text in _overruled(words, checklist, question))


def brief_lines(
    words: Words, checklist: Checklist, question: Question, room: int
) -> tuple[str, ...]:
    """Give one question in as many lines as there is room for; what is cut ends in an ellipsis.

    The first to go is the advice of its note; that there is one is said.
    """
    for most, advised in ((WHOLE, True), (WHOLE, False), (2, False), (1, False)):
        lines = tuple(_brief(words, checklist, question, most, advised=advised))
        if sum(line.count("\n") + 1 for line in lines) <= room:
            break
    return lines


def _brief(
    words: Words, checklist: Checklist, question: Question, most: int, *, advised: bool
) -> Iterator[str]:
    """Give one question, each row of it in at most so many lines, with its advice if `advised`."""
    sources = wording.sources_in_brief(words, checklist, question.item)
    left = question.item.note and not advised
    yield from _head(words, checklist, question.item, words.say("check.note-left") if left else "")
    for label, text in (
        *_rows(words, checklist, question),
        (words.say("report.source"), sources),
        *_former(words, question),
    ):
        yield _row(label, _cut(text, most))
    yield _standing(words, question, most)
    said = [" / ".join(line.splitlines()) for line in _answered(words, question, most)]
    if most == WHOLE:
        yield from (_row("", _cut(line, 1)) for line in said)
    elif said:  # the longest goes last: it is what is cut, and has its share of the room
        *short, longest = sorted(said, key=len)
        share = most * (layout.columns() - 2 - LABEL) // len(said)
        yield _row("", _cut("  ".join([*(layout.fit(one, share) for one in short), longest]), most))
    for label, text in _overruled(words, checklist, question):
        yield _row(label, _cut(text, min(most, 2)))
    if advised:
        yield from _note(words, question.item)


def _head(words: Words, checklist: Checklist, item: Item, left: str = "") -> Iterator[str]:
    """Give what is to be checked, and say what of it is `left` out."""
    columns = layout.columns()
    level = wording.level_name(words, checklist, item)
    yield layout.ends(f"  {layout.paint(words.pick(item.title), 'bold')}", item.id, columns - 2)
    named = wording.considerations(words, checklist.guideline, item.considerations)
    about = "  " + "  ".join(filter(None, (level, named)))
    yield layout.ends(about, left, columns - 2) if left else about
    yield layout.indented(words.pick(item.check), 4, columns)


def _rows(words: Words, checklist: Checklist, question: Question) -> Iterator[tuple[str, str]]:
    """Give what proves it, and why it applies, each with its label."""
    examples = " / ".join(words.pick(one) for one in question.item.evidence)
    yield words.say("check.evidence-examples"), examples
    why = wording.why_sentence(words, checklist.guideline, checklist.situation, question.why)
    yield words.say("report.why"), why


def _note(words: Words, item: Item) -> Iterator[str]:
    """Give the advice to who answers, where there is any."""
    if item.note:
        yield _row(words.say("show.note"), words.pick(item.note))


def _standing(words: Words, question: Question, most: int) -> str:
    """Say where the answer stands, or that there is none."""
    status = wording.status_name(words, question)
    told = _cut("  ".join((status, *wording.answer_flags(words, question))), most)
    return _row(words.say("check.earlier"), layout.paint(told, "bold"))


def _former(words: Words, question: Question) -> Iterator[tuple[str, str]]:
    """Give what a stale answer answered, with its label."""
    for text in wording.former_lines(words, question.item, question.former):
        yield words.say("check.former"), text


def answer_lines(words: Words, answer: Answer | None, *, overdue: bool) -> Iterator[str]:
    """Give what an answer says, and its evidence, each with its label; nothing without one."""
    if answer:
        for row in answer_rows(words, answer, overdue=overdue):
            yield f"{row.label}: {row.value}"
        for one in answer.evidence:
            yield wording.evidence_line(words, one)


def _answered(words: Words, question: Question, most: int) -> Iterator[str]:
    """Give what an answer says; where there is little room, several pieces of evidence together."""
    answer = question.answer
    if most == WHOLE or answer is None or len(answer.evidence) < 2:
        yield from answer_lines(words, answer, overdue=question.overdue)
        return
    yield from answer_lines(words, replace(answer, evidence=()), overdue=question.overdue)
    targets = [Worded(one.target) for one in answer.evidence]
    yield words.say("check.evidence-together", count=len(targets), evidence=targets)


def _overruled(words: Words, checklist: Checklist, question: Question) -> Iterator[tuple[str, str]]:
    """Give the answer that a merge passed over for the one that stands, if any, with its label."""
    for one in overruled(checklist.project, (ANSWERED, question.item.id)):
        if one.passed_over:
            what = told_in_brief(words, read_answer({**one.passed_over, "by": "", "at": ""}))
            told = {"name": one.said.by, "at": in_tokyo(one.said.at), "what": what}
            yield words.say("merge.overruled.row"), words.say("merge.overruled.answer", **told)


def _cut(text: str, most: int) -> str:
    """Cut a text to so many lines beside its label."""
    return layout.clipped(text, most, layout.columns() - 2 - LABEL)


def _row(label: str, text: str) -> str:
    return layout.hanging(label, text, 2, LABEL, layout.columns())
