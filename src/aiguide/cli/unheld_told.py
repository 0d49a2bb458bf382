"""Telling which texts of a file went into no other, and how to record them again."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from aiguide.cli import console, layout
from aiguide.cli.as_commands import TEXTS, part_command
from aiguide.core.answers import OF_ANY_STATUS, TAKEN_BY
from aiguide.core.attestation import ANSWERED, CLASSIFICATION, FACTS
from aiguide.core.complaints import place
from aiguide.core.guideline import Guideline
from aiguide.core.manifest import answer_data
from aiguide.core.mismatch_view import part_name
from aiguide.core.project import Project
from aiguide.core.shown_texts import Shown
from aiguide.core.words import Words

SHOWN = 20
_LABELS = {FACTS: "facts", CLASSIFICATION: "classification"}  # how those of their fields begin
_NO_ITEM = ("", *_LABELS, "guideline")


def tell(
    words: Words,
    guideline: Guideline | None,
    project: Project | None,
    unheld: Sequence[Shown],
    path: Path,
) -> None:
    """Name the texts of the file at `path`, each with what records it again over a project."""
    for within, texts in groupby(unheld[:SHOWN], lambda one: one.within):
        fields = dict[str, str]()
        for one in texts:
            item = part_name(guideline, (ANSWERED, within)) if guideline else within
            key = "doctor.unheld.field" if within in _NO_ITEM else "doctor.unheld.item"
            where, field = place(str(path), one.line, one.column), _field(words, one)
            said = words.say(key, place=where, item=item, field=field, text=one.text)
            console.say(layout.indented(said, 4, layout.columns()))
            fields[one.field] = one.text
        for line in _recording(path, project, within, fields) if project else ():
            console.say(f"      {line}")
    if (more := len(unheld) - SHOWN) > 0:
        console.say(layout.indented(words.say("doctor.lost-more", count=more), 4, layout.columns()))


def _field(words: Words, shown: Shown) -> str:
    """Name a field as it is labelled; one that is none of ours by its key."""
    kinds = (_LABELS.get(shown.within, "answer"), *_LABELS.values())
    keys = [f"{kind}.{shown.field}".replace("_", "-") for kind in kinds]
    return next((words.say(key) for key in keys if words.has(key)), shown.field)


def _recording(path: Path, project: Project, within: str, fields: dict[str, str]) -> list[str]:
    """Write the commands that record fields of an answer, or facts, where commands take them."""
    if within == FACTS:
        facts = (name for name in fields if name in TEXTS)
        return [part_command(path, (FACTS, one), fields[one], None) for one in facts]
    answer = project.answers.get(within)
    if answer is None or not all(
        name in OF_ANY_STATUS or answer.status in TAKEN_BY.get(name, ()) for name in fields
    ):
        return []
    data = answer_data(answer)
    stands = {name: value for name, value in data.items() if name not in fields}
    return [part_command(path, (ANSWERED, within), data | fields, stands)]
