"""The end of a walk: how the phase stands by now, what is left of it, and where to go next."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from aiguide.cli import layout
from aiguide.cli.options import command
from aiguide.cli.question import progress_lines
from aiguide.core.checklist import Checklist, Question, current_phase
from aiguide.core.guideline import Level, PhaseKind
from aiguide.core.verdict import Judgement
from aiguide.core.words import Words

NAMED = 3


def farewell_lines(
    words: Words, checklist: Checklist, judgement: Judgement, phase: str, path: Path
) -> Iterator[str]:
    """Say how the phase stands, name what is left of it, and give the commands to go on with."""
    yield from progress_lines(words, checklist, phase)
    left = [question for question in checklist.of_phase(phase) if not question.clear]
    required = [question for question in left if question.item.level is Level.REQUIRED]
    if checklist.tally([phase], Level.REQUIRED).total and not required:
        title = checklist.guideline.phase(phase).title
        yield _indented(words.say("check.all-required", phase=title))
    if left:
        key = "check.left" if required else "check.left-recommended"
        yield _indented(words.say(key, count=len(left), required=len(required)))
    yield from _named(words, required)
    bad = [question for question in checklist.of_phase(phase) if question.bad_evidence]
    if bad:
        yield _indented(words.say("check.bad-evidence.items"))
        yield from _named(words, bad)
    yield _indented(words.say("check.end"))
    rows = [*_onward(words, checklist, judgement, phase, path)]
    if left or bad:
        again = command("check", path, f"--phase {phase}")
        rows.insert(0 if required or bad else len(rows), (again, words.say("check.end.again")))
    rows.append((command("status", path), words.say("check.end.status")))
    report = f"aiguide report {shlex.quote(str(path))} -o report.pdf"
    rows.append((report, words.say("check.end.report")))
    yield from layout.table(rows, indent=4)


def _named(words: Words, questions: list[Question]) -> Iterator[str]:
    """Name the first of some items."""
    for question in questions[:NAMED]:
        title = words.pick(question.item.title)
        yield layout.ends(f"    {title}", question.item.id, layout.columns() - 2)
    if (more := len(questions) - NAMED) > 0:
        yield "    " + words.say("status.more", count=more)


def _onward(
    words: Words, checklist: Checklist, judgement: Judgement, phase: str, path: Path
) -> Iterator[tuple[str, str]]:
    """Give the other phases that still have something required, and the phase that comes next."""
    for id, count in judgement.left_by_phase().items():
        if id != phase:
            named = checklist.guideline.phase(id).title
            said = words.say("check.end.phase", phase=named, count=count)
            yield command("check", path, f"--phase {id}"), said
    if (following := _following(checklist, judgement)) is not None:
        said = words.say("check.end.next", phase=checklist.guideline.phase(following).title)
        yield command("set", path, f"--phase {following}"), said


def _following(checklist: Checklist, judgement: Judgement) -> str | None:
    """Give the phase to go on to; None while one before it has something required left."""
    guideline = checklist.guideline
    stages = guideline.stages
    here = stages.index(current_phase(guideline, checklist.project))
    if any(id in judgement.left_by_phase() for id in stages[: here + 1]):
        return None
    following = next(iter(stages[here + 1 :]), None)
    closing = following and guideline.phase(following).kind is PhaseKind.CLOSING
    return None if closing else following


def _indented(said: str) -> str:
    return layout.indented(said, 2, layout.columns())
