"""The end of a walk: how the phase stands by now, what is left of it, and where to go next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aiguide.cli import layout, onward
from aiguide.cli.as_commands import condition_blanks, narrowed, set_command, signed
from aiguide.cli.conditions import nothing_applies
from aiguide.cli.onward import Row
from aiguide.cli.options import command
from aiguide.cli.question import progress_lines
from aiguide.core.applicability import open_conditions
from aiguide.core.checklist import Asked, Checklist, Question
from aiguide.core.guideline import Level
from aiguide.core.verdict import Judgement
from aiguide.core.wording import unanswered_conditions
from aiguide.core.words import Words

NAMED = 3


def farewell_lines(
    words: Words,
    checklist: Checklist,
    judgement: Judgement,
    phase: str,
    path: Path,
    *,
    wanted: Asked,
    at: str,
    heading: str,
    by: str = "",
) -> Iterator[str]:
    """Say how the phase stands, name what is left of it, and give the commands to go on with.

    `wanted`: what was asked for; `at`: the item that was left, if one was; `heading`: the sentence
    that says what of it is saved; `by`: who answers, where that was given by an option.
    """
    yield ""
    yield from progress_lines(words, checklist, phase)
    if not checklist.of_phase(phase):
        yield _indented(nothing_applies(words, checklist, phase))
    left = [question for question in checklist.of_phase(phase) if not question.clear]
    required = [question for question in left if question.item.level is Level.REQUIRED]
    if done := onward.finished(words, checklist, phase):
        yield _indented(done)
    if left:
        key = "check.left" if required else "check.left-recommended"
        yield _indented(words.say(key, count=len(left), required=len(required)))
    yield from _named(words, required)
    bad = [question for question in checklist.of_phase(phase) if question.bad_evidence]
    if bad:
        yield _indented(words.say("check.bad-evidence.items"))
        yield from _named(words, bad)
    yield _indented(words.say(heading))
    rows = [*onward.onward(words, checklist, judgement, path, phase, by)]
    if left or bad:
        row = _again_row(words, path, phase, at, left + bad, wanted, by)
        if not left:
            title = checklist.guideline.phase(phase).title
            row = row[0], words.say("onward.evidence", phase=title, count=len(bad))
        rows.insert(0 if required or bad else len(rows), row)
    rows += _open_conditions(words, checklist, phase, path, by)
    rows.append((command("status", path), words.say("onward.status")))
    rows.append(onward.report_row(words, path))
    yield from onward.lines(rows)


def _again_row(
    words: Words, path: Path, phase: str, at: str, left: list[Question], wanted: Asked, by: str
) -> Row:
    """Give how to go on with a phase: at the item that was left, if it is still `left` to do.

    What was asked for alone is so again, if any of it is left.
    """
    there = at if at in (question.item.id for question in left) else ""
    said = words.say("onward.resume" if there else "onward.again")
    if instead := for_evidence(wanted, left):
        return again(path, phase, "", *narrowed(instead), *signed(by)), words.say("onward.open")
    filters = narrowed(wanted) if any(map(wanted.takes, left)) else []
    return again(path, phase, there, *filters, *signed(by)), said


def for_evidence(wanted: Asked, questions: Sequence[Question]) -> Asked | None:
    """Give how to ask for what has bad evidence where stale items were asked for and none is."""
    instead = replace(wanted, stale=False, open=True)
    bad = any(one.bad_evidence and instead.takes(one) for one in questions)
    return instead if bad and wanted.stale and not any(map(wanted.takes, questions)) else None


def again(path: Path, phase: str, at: str, *rest: str) -> str:
    """Write the command that goes on with a phase, at the item that was left if one was."""
    return command("check", path, f"--at {at}" if at else f"--phase {phase}", *rest)


def unsaved_lines(words: Words, commands: Sequence[str]) -> Iterator[str]:
    """Say how many answers could not be saved, and give the commands that record them."""
    if commands:
        yield ""
        yield _indented(words.say("check.unsaved", count=len(commands)))
        yield from (f"    {one}" for one in commands)


def _open_conditions(
    words: Words, checklist: Checklist, phase: str, path: Path, by: str
) -> list[Row]:
    """Give how to answer the open conditions of the phase, with what hangs on the first."""
    told = unanswered_conditions(words, checklist)
    left = open_conditions(checklist.guideline, checklist.situation, phase)
    if not left:
        return []
    said = words.say("onward.conditions", count=len(left), condition=told[left[0]])
    return [(set_command(path, condition_blanks(left[:1]), by), said)]


def _named(words: Words, questions: list[Question]) -> Iterator[str]:
    """Name the first of some items."""
    for question in questions[:NAMED]:
        title = words.pick(question.item.title)
        yield layout.ends(f"    {title}", question.item.id, layout.columns() - 2)
    if (more := len(questions) - NAMED) > 0:
        yield "    " + words.say("status.more", count=more)


def _indented(said: str) -> str:
    return layout.indented(said, 2, layout.columns())
