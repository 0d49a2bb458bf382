"""Findings on the screen, file by file, and what they come to."""

from collections.abc import Callable

from aiguide.cli import console, layout
from aiguide.core.findings import Severity
from aiguide.core.validation import FileView, Run, Said, summary

_HEAD_COLUMNS = 25
_SEVERITY = 7


def show(run: Run) -> None:
    """Show every file in which something was found."""
    for view in run:
        if view.findings:
            show_file(run, view)


def show_file(run: Run, view: FileView) -> None:
    """Show the findings of one file."""
    console.say(layout.paint(view.file, "bold"))
    for said in view.findings:
        _show_one(run, said)
    console.say()


def _show_one(run: Run, said: Said) -> None:
    colour = "red" if said.severity is Severity.ERROR else "yellow"
    severity = layout.pad(run.words.say(f"severity.{said.severity.value}"), _SEVERITY)
    place = f"{said.line}:{said.column}" if said.line else "-"
    head = f"{layout.pad(place, 8)} {layout.paint(severity, colour)} {said.code}"
    columns = layout.columns()
    console.say(layout.hanging(head, said.message, 2, _HEAD_COLUMNS, columns))
    console.say(layout.hanging("", said.fix, 2, _HEAD_COLUMNS, columns))


def sum_up(run: Run, say: Callable[[str], None]) -> None:
    """Say what a finished run came to."""
    for line in summary(run):
        say(line)
