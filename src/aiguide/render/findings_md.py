"""Findings as a Markdown summary, such as a job's page or a pull request's comment shows."""

from collections.abc import Iterator
from itertools import islice

from aiguide.core.validation import Run, Said, summary
from aiguide.core.words import printable
from aiguide.render.markdown import escaped, escaped_cell

LISTED_AT_MOST = 500


def render(run: Run) -> Iterator[str]:
    """Write the counts, and a table of the first findings."""
    words = run.words
    everything = (said for view in run for said in view.findings)
    listed = list(islice(everything, LISTED_AT_MOST))
    more = sum(1 for _ in everything)
    yield f"# {words.say('validate.title')}\n\n"
    for line in summary(run):
        yield escaped(line) + "\n\n"
    if listed:
        yield from _table(run, listed)
    if more:
        yield "\n" + escaped(words.say("validate.more", count=more)) + "\n"


def _table(run: Run, listed: list[Said]) -> Iterator[str]:
    keys = ("severity", "code", "place", "message", "fix")
    yield "| " + " | ".join(run.words.say(f"validate.{key}") for key in keys) + " |\n"
    yield "| " + " | ".join("---" for _ in keys) + " |\n"
    for said in listed:
        severity = run.words.say(f"severity.{said.severity.value}")
        file = printable(said.file)
        place = f"{file}:{said.line}:{said.column}" if said.line else file
        cells = (severity, said.code, place, said.message, said.fix)
        yield "| " + " | ".join(map(escaped_cell, cells)) + " |\n"
