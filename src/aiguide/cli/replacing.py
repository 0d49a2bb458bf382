"""Asking before an answer puts away another one that should not go by a slip, and telling of it."""

from pathlib import Path

from aiguide.cli import console, layout
from aiguide.cli.options import command
from aiguide.cli.prompts import agreed
from aiguide.core import wording
from aiguide.core.answers import at_stake, overrides
from aiguide.core.project import Answer, Status
from aiguide.core.report import answer_rows
from aiguide.core.words import Worded, Words


def sure_to_replace(
    words: Words, standing: Answer | None, status: Status | None, by: str, today: str
) -> bool:
    """Show the answer that stands and ask, where one is at stake; else it is sure.

    `by` is who answers now, `today` is `YYYY-MM-DD`.
    """
    if standing is None or status is None or not at_stake(standing, status, by, today):
        return True
    return _is_sure(words, standing, status)


def sure_to_overwrite(
    words: Words, standing: Answer | None, given: Answer, by: str, today: str
) -> bool:
    """Show the answer that stands and ask, where `given` puts it away or writes over it.

    As `sure_to_replace`, for an answer that is known whole.
    """
    if standing is None or not overrides(standing, given, by, today):
        return True
    return _is_sure(words, standing, given.status)


def _is_sure(words: Words, standing: Answer, status: Status) -> bool:
    said = words.say(
        "answer.rewrites" if status is standing.status else "answer.replaces",
        what=told_in_brief(words, standing),
        status=words.say(f"status.{status.value}"),
    )
    console.say(layout.indented(said, 2, layout.columns()))
    return agreed(words, words.say("prompt.sure"))


def tell_replaced(words: Words, stood: Answer, path: Path) -> None:
    """Say on stderr which answer was replaced, and how to take that back."""
    what = told_in_brief(words, stood)
    console.talk(words.say("answer.replaced", what=what, command=command("undo", path)))


def told_in_brief(words: Words, answer: Answer) -> Worded:
    """Give an answer on a line: its status, what it says, its evidence."""
    status = words.say(f"status.{answer.status.value}")
    rows = [f"{row.label}: {row.value}" for row in answer_rows(words, answer)]
    evidence = [wording.evidence_line(words, one) for one in answer.evidence]
    return Worded("  ".join([status, *rows, *evidence]))
