"""Asking before an answer puts away another one that should not go by a slip, and telling of it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from aiguide.cli import console, layout
from aiguide.cli.as_commands import signed
from aiguide.cli.draft import EVIDENCE
from aiguide.cli.options import command
from aiguide.cli.prompts import sure
from aiguide.core import wording
from aiguide.core.answers import OF_ANY_STATUS, Said, at_stake, overrides
from aiguide.core.project import Answer, Status
from aiguide.core.report import answer_rows
from aiguide.core.words import Worded, Words, shortened

TEXT_SHOWN = 40  # characters of a text that stands on, or is gone
LINES_THEN = 2  # of what would stand: the question is to be on the screen, too


def sure_to_replace(
    words: Words,
    standing: Answer | None,
    status: Status | None,
    by: str,
    today: str,
    keep: Callable[[str], bool],
) -> bool:
    """Show the answer that stands and ask, where one is at stake; else it is sure.

    `by` is who answers now, `today` is `YYYY-MM-DD`; `keep` is as for `sure`. Raises: Cancelled.
    """
    if standing is None or status is None or not at_stake(standing, status, by, today):
        return True
    return _is_sure(words, standing, status, keep=keep)


def sure_to_overwrite(
    words: Words, standing: Answer | None, given: Answer, by: str, today: str
) -> bool:
    """Show the answer that stands and ask, where `given` puts it away or writes over it.

    As `sure_to_replace`, for an answer that is known whole, and is shown, too.
    """
    if standing is None or not overrides(standing, given, by, today):
        return True
    return ask_to_overwrite(words, standing, given)


def ask_to_overwrite(
    words: Words, standing: Answer, given: Answer, keep: Callable[[str], bool] = lambda _: False
) -> bool:
    """Show the answer that stands, and what it would be, and ask. Raises: Cancelled.

    `keep` is as for `sure`.
    """
    return _is_sure(words, standing, given.status, given, keep=keep)


def _is_sure(
    words: Words,
    standing: Answer,
    status: Status,
    given: Answer | None = None,
    *,
    keep: Callable[[str], bool],
) -> bool:
    """Ask, and show before what stands and, cut to some lines, what is given, if that is known.

    Else which fields of what stands are to stay.
    """
    columns = layout.columns()
    said = [words.say("answer.now", what=told_in_brief(words, standing))]
    if given:
        then = told_in_brief(words, replace(given, by="", at=""))
        brief = Worded(layout.fit(then, LINES_THEN * columns))
        said.append(words.say("answer.then", what=brief))
    elif stays := [one for one in (*OF_ANY_STATUS, EVIDENCE) if getattr(standing, one)]:
        fields = [words.say(f"answer.{one}") for one in stays]
        said.append(words.say("answer.stays", fields=fields))
    key = "answer.rewrites" if status is standing.status else "answer.replaces"
    said.append(words.say(key, status=words.say(f"status.{status.value}")))
    console.say(layout.indented("\n".join(said), 2, columns))
    return sure(words, keep=keep)


def tell_replaced(words: Words, stood: Answer, path: Path, by: str) -> None:
    """Say on stderr which answer was replaced, and how to take that back."""
    what = told_in_brief(words, stood)
    undo = command("undo", path, *signed(by))
    console.talk(words.say("answer.replaced", what=what, command=undo))


def carried(words: Words, said: Said, now: Answer, names: Iterable[str]) -> Worded:
    """Give in a line what stands on though nothing was said of it: of some fields, and evidence."""
    left = [name for name in names if getattr(said, name) is None and getattr(now, name)]
    told = [(words.say(f"answer.{name}"), getattr(now, name)) for name in left]
    anew = [one.target for one in said.evidence]
    stays = [one for one in now.evidence if one.target not in anew]
    told += [(words.say(f"evidence.{one.kind.value}"), one.target) for one in stays]
    return in_brief(words, told)


def labelled(words: Words, answer: Answer, names: Iterable[str]) -> Worded:
    """Give what an answer says in some fields in a line; long texts are cut."""
    said = {
        **{name: getattr(answer, name) for name in names},
        "status": words.say(f"status.{answer.status.value}"),
        "evidence": words.listing([one.target for one in answer.evidence]),
    }
    return in_brief(words, [(words.say(f"answer.{name}"), said[name]) for name in names])


def in_brief(words: Words, told: Iterable[tuple[str, str]]) -> Worded:
    """Give texts, each with its label, in a line; long ones are cut."""
    return Worded(
        words.listing([f"{label}: {shortened(text, TEXT_SHOWN)}" for label, text in told])
    )


def told_in_brief(words: Words, answer: Answer) -> Worded:
    """Give an answer on a line: its status, what it says, its evidence."""
    status = words.say(f"status.{answer.status.value}")
    rows = [f"{row.label}: {row.value}" for row in answer_rows(words, answer)]
    evidence = [wording.evidence_line(words, one) for one in answer.evidence]
    return Worded(" / ".join("  ".join([status, *rows, *evidence]).splitlines()))
