"""Telling which texts of a file went into no other, and how to record them again."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aiguide.cli import console, layout
from aiguide.cli.as_commands import TEXTS, part_command
from aiguide.core.answers import OF_ANY_STATUS, TAKEN_BY
from aiguide.core.attestation import ANSWERED, CLASSIFICATION, FACTS, Part
from aiguide.core.complaints import place
from aiguide.core.guideline import Guideline
from aiguide.core.manifest import Data, answer_data
from aiguide.core.mismatch_view import part_name
from aiguide.core.project import Project
from aiguide.core.shown_texts import Shown
from aiguide.core.step_parts import are_alike
from aiguide.core.words import Words

SHOWN = 20
NOTHING: Mapping[Part, Any] = MappingProxyType({})
_LABELS = {FACTS: "facts", CLASSIFICATION: "classification"}  # how those of their fields begin
_NO_ITEM = ("", *_LABELS, "guideline")


def tell(
    words: Words,
    guideline: Guideline | None,
    project: Project | None,
    unheld: Sequence[Shown],
    path: Path,
    passed_over: Mapping[Part, Any] = NOTHING,
    into: Path | None = None,
) -> None:
    """Name the texts of the file at `path`, each with what records it again over a project.

    That is done `into` another manifest, where one is given.

    What was `passed_over` is recorded again as the file had it, with its status.
    """
    for within, texts in groupby(unheld[:SHOWN], lambda one: one.within):
        fields = dict[str, str]()
        for one in texts:
            item = part_name(guideline, (ANSWERED, within)) if guideline else within
            key = "doctor.unheld.field" if within in _NO_ITEM else "doctor.unheld.item"
            where, field = place(str(path), one.line, one.column), _field(words, one)
            said = words.say(key, place=where, item=item, field=field, text=one.text)
            console.say(layout.indented(said, 4, layout.columns()))
            fields[one.field] = one.text
        answer = passed_over.get((ANSWERED, within))
        for line in _recording(into or path, project, within, fields, answer) if project else ():
            console.say(f"      {line}")
    if (more := len(unheld) - SHOWN) > 0:
        console.say(layout.indented(words.say("doctor.lost-more", count=more), 4, layout.columns()))


def recording(
    path: Path, project: Project, unheld: Sequence[Shown], passed_over: Mapping[Part, Any]
) -> list[str]:
    """Write what records answers that were passed over again, but for those told by a text."""
    told = {one.within for one in unheld[:SHOWN]}
    answers = {part[1]: said for part, said in passed_over.items() if part[0] == ANSWERED}
    lines = (_again(path, project, id, said) for id, said in answers.items() if id not in told)
    return [line for each in lines for line in each]


def _again(path: Path, project: Project, id: str, said: Data) -> list[str]:
    """Write the command that records an answer over that of a project; none where it says no more.

    Who gave it when is not recorded again.
    """
    stands = answer_data(project.answers[id]) if id in project.answers else {}
    if are_alike(said, stands):
        return []
    return [part_command(path, (ANSWERED, id), said, stands)]


def _field(words: Words, shown: Shown) -> str:
    """Name a field as it is labelled; one that is none of ours by its key."""
    kinds = (_LABELS.get(shown.within, "answer"), *_LABELS.values())
    keys = [f"{kind}.{shown.field}".replace("_", "-") for kind in kinds]
    return next((words.say(key) for key in keys if words.has(key)), shown.field)


def _recording(
    path: Path, project: Project, within: str, fields: dict[str, str], said: Data | None
) -> list[str]:
    """Write the commands that record fields of an answer, or facts, where commands take them."""
    if within == FACTS:
        facts = (name for name in fields if name in TEXTS)
        return [part_command(path, (FACTS, one), fields[one], None) for one in facts]
    if said:
        return _again(path, project, within, said)
    answer = project.answers.get(within)
    if answer is None or not all(
        name in OF_ANY_STATUS or answer.status in TAKEN_BY.get(name, ()) for name in fields
    ):
        return []
    data = answer_data(answer)
    stands = {name: value for name, value in data.items() if name not in fields}
    return [part_command(path, (ANSWERED, within), data | fields, stands)]
