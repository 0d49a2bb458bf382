"""Taking evidence off an answer at a terminal: which pieces of it are meant."""

from collections.abc import Sequence

from aiguide.cli import console, layout
from aiguide.cli.prompts import ask_until_read, listed
from aiguide.core.errors import AiguideError
from aiguide.core.evidence import EvidenceState
from aiguide.core.project import Evidence
from aiguide.core.words import Words


def taken_off(
    words: Words, evidence: Sequence[Evidence], bad: Sequence[EvidenceState]
) -> tuple[str, ...]:
    """Give the targets that a person takes off; of several pieces they are shown and chosen.

    `bad` are those that no longer show what was recorded.
    Raises: AiguideError `kept-evidence` where nothing is chosen, Cancelled.
    """
    targets = [one.target for one in evidence]
    if len(targets) < 2:
        return tuple(targets)

    def show() -> None:
        console.say("  " + words.say("answer.take-off", count=len(evidence)))
        for number, one in enumerate(evidence, 1):
            console.say(layout.hanging(f"{number}", _told(words, one, bad), 4, 3, layout.columns()))

    def read(given: str) -> tuple[str, ...]:
        return tuple(_target(targets, one) for one in listed(given)) if given else ()

    show()
    label = words.say("prompt.take-off", most=len(targets))
    keys = {"a": lambda: tuple(targets)}
    chosen = ask_until_read(words, lambda: label, show, read, keys=keys)
    if not chosen:
        raise AiguideError("kept-evidence")
    return chosen


def _told(words: Words, one: Evidence, bad: Sequence[EvidenceState]) -> str:
    """Name a piece of evidence, and what became of it."""
    became = [words.say(f"evidence.{state.state.value}") for state in bad if state.evidence == one]
    return "  ".join((one.target, *became))


def _target(targets: Sequence[str], given: str) -> str:
    """Give the target of a number that was shown. Raises: AiguideError `no-such-evidence`."""
    if given.isdecimal() and 1 <= int(given) <= len(targets):
        return targets[int(given) - 1]
    raise AiguideError("no-such-evidence", value=given, most=len(targets))
