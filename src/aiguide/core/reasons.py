"""Why a description is in a cell, in words: how each question was answered, and by which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiguide.core.classify import Clue, Result
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """A question, its answer, and the words of the description that speak for it, in quotes."""

    question: str
    answer: str
    quotes: tuple[str, ...]


def reasons(
    words: Words, guideline: Guideline, policy: ClassificationPolicy, result: Result
) -> Iterator[Reason]:
    """Say of each question how a person or the description answered it, where either did."""
    best = words.pick(guideline.cell(result.candidates[0].cell).title)
    for question in policy.questions:
        shorts = {one.id: words.pick(one.short) for one in question.options}
        label = words.say(f"question.{question.id}")
        clues = [clue for clue in result.clues if clue.question == question.id]
        # the options of `reach` are classes, named as cells
        if question.id in result.answers:
            option = shorts.get(result.answers[question.id], best)
            yield Reason(label, words.say("classify.answered", option=option), ())
        elif clues:
            quotes = dict.fromkeys(words.say("quote", text=clue.text) for clue in clues)
            yield Reason(label, shorts.get(clues[0].option, best), tuple(quotes))


def how_sure(words: Words, result: Result) -> str:
    """Say how sure the engine is, or that the answers alone decided."""
    if result.decided_by_answers:
        return words.say("classify.by-answers")
    percent = min(99, round(result.candidates[0].confidence * 100))
    return words.say("classify.confidence", percent=percent)


def marked(text: str, clues: Sequence[Clue]) -> Iterator[tuple[str, bool]]:
    """Cut a description into pieces, in order, each with whether it spoke for something."""
    done = 0
    for clue in sorted(clues, key=lambda one: one.start):
        if clue.start >= done:
            yield text[done : clue.start], False
            yield text[clue.start : clue.end], True
            done = clue.end
    yield text[done:], False
