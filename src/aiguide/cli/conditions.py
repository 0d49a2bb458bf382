"""Asking for the conditions of a project at a terminal, and what an answer takes out of it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from aiguide.cli import console, layout
from aiguide.cli.prompts import (
    BACK,
    CLEAR,
    EXPLAIN,
    LEAVE,
    SKIP,
    UNDO,
    is_unknown,
    tell_cut_off,
    tell_yes_or_no,
    typed,
    yes_or_no,
)
from aiguide.core.applicability import kept_away_by
from aiguide.core.checklist import Checklist, Question, beyond
from aiguide.core.findings import Phrase
from aiguide.core.guideline import Condition, Guideline, Level
from aiguide.core.project import Status
from aiguide.core.wording import truth_key
from aiguide.core.words import Words


def ask_condition(
    words: Words,
    condition: Condition,
    left: int,
    count: int = 0,
    joint: int = 0,
    earlier: bool | None = None,
) -> bool | str | None:
    """Ask whether a condition holds; an empty answer is the `earlier` one, or None, not yet known.

    `left`: how many are still to be asked, with this one; `count`: how many items drop out if it
    does not hold, `joint`: of how many it decides with others; 0 where that is not said. A key that
    leads back or out is given back, as `-` is, which empties the answer.
    """
    question = words.pick(condition.question)
    if count or joint:
        key = "check.condition" if count else "check.condition-joint"
        question = words.say(key, question=condition.question, count=count or joint)
    console.say()
    for line in (question, words.say("prompt.left", left=left)):
        console.say(layout.indented(line, 2, layout.columns()))
    prompt = words.say("prompt.condition")
    if earlier is not None:
        console.say("  " + words.say("prompt.kept", answer=words.say(truth_key(earlier))))
    while True:
        try:
            given = typed(words, prompt)
        except KeyboardInterrupt:
            tell_cut_off(words)
            raise
        answer = yes_or_no(words, given)
        if answer is not None:
            return answer
        if given in ("", SKIP):
            return earlier
        if is_unknown(words, given):
            return CLEAR
        if given in (BACK, UNDO, LEAVE):
            return given
        if given == EXPLAIN:
            console.say(layout.indented(words.pick(condition.description), 4, layout.columns()))
        else:
            tell_yes_or_no(words, given)


def tell_moved(words: Words, before: Checklist, after: Checklist) -> bool:
    """Count by phase what came in and what dropped out; tells whether anything did."""
    moved = {"set.came": beyond(after, before), "set.went": beyond(before, after)}
    for key, questions in moved.items():
        if questions:
            said = words.say(key, phases=[*_by_phase(words, before.guideline, questions)])
            console.say(layout.indented(said, 2, layout.columns()))
    return any(moved.values())


def _by_phase(words: Words, guideline: Guideline, some: Sequence[Question]) -> Iterator[str]:
    counts = Counter(one.item.phase for one in some)
    required = Counter(one.item.phase for one in some if one.item.level is Level.REQUIRED)
    for phase in guideline.phases:
        if count := counts[phase.id]:
            args = {"count": count, "required": required[phase.id]}
            yield words.say("set.of-phase", phase=phase.title, **args)


def tell_set_aside(words: Words, before: Checklist, after: Checklist) -> None:
    """Name what was answered and is not asked for any more; an exception must not go unseen."""
    if left := [one for one in beyond(before, after) if one.status is not Status.OPEN]:
        console.say(layout.indented(words.say("set.aside", count=len(left)), 2, layout.columns()))
        rows = [
            (words.pick(one.item.title), words.say(f"status.{one.status.value}")) for one in left
        ]
        console.say("\n".join(layout.table(rows, indent=4)))


def nothing_applies(words: Words, checklist: Checklist, phase: str) -> str:
    """Say that a phase has no item, and which answers to conditions keep its items away."""
    guideline = checklist.guideline
    denied = kept_away_by(guideline, checklist.situation, phase)
    if not denied:
        return words.say("check.nothing")
    named = [guideline.condition(id).title for id in denied]
    return words.say("check.nothing-because", conditions=named, answer=Phrase("condition.false"))
