"""What is to be recorded, written as commands that can be pasted: facts, an answer, who says so."""

import re
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiguide.cli import console
from aiguide.cli.options import BLANK, command
from aiguide.core import ai_systems
from aiguide.core.answers import OF_ANY_STATUS, OF_ONE_STATUS
from aiguide.core.checklist import Asked
from aiguide.core.project import AiSystem, EvidenceKind, Status

SHORT = 80  # a text that is longer is not written into a command
UNCLEARABLE = ("id", "name", "phase")
_HELD = {True: "yes", False: "no", None: "unknown"}
TEXTS = ("id", "name", "organization", "owner", "description", "phase")

# What a line to be pasted cannot hold as it is: line ends, tabs, all that would steer a terminal.
_NO_LINE = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
# With it, what would seem to end a quoted text, or to recall an earlier command.
_ESCAPED = re.compile(rf"[{_NO_LINE}'!\\]")
_IN_BRIEF = {"\n": r"\n", "\t": r"\t", "\\": r"\\"}


def fact_options(facts: Mapping[str, Any], quoted: Callable[[str], str] = shlex.quote) -> list[str]:
    """Write facts as options of `init` and `set`.

    `facts` are as `project_facts.start` takes them; `quoted` writes a text for a shell.
    """
    options = [f"--{one} {quoted(facts[one])}" for one in TEXTS if one in facts]
    if "ai" in facts:
        options += [f"--ai {quoted(ai_systems.written(one))}" for one in facts["ai"]] or ["--ai ''"]
    if "cell_reason" in facts:
        options.append(f"--cell-reason {quoted(facts['cell_reason'])}")
    options += [f"--cell {pasteable(id)}" for id in facts.get("cells", ())]
    held = facts.get("conditions", {}).items()
    return options + [f"--condition {pasteable(id)}={_HELD[holds]}" for id, holds in held]


def condition_blanks(ids: Iterable[str]) -> list[str]:
    """Write conditions that nobody has answered as options; what to say of each is a blank."""
    return [f"--condition {id}={BLANK}" for id in ids]


def set_command(path: Path, options: Sequence[str], by: str = "") -> str:
    """Write the command that records facts of a project, given as options."""
    return command("set", path, *options, *signed(by))


def answer_command(
    path: Path, item: str, status: str, options: Sequence[str] = (), by: str = ""
) -> str:
    """Write the command that records an answer; it names every file, also the usual one."""
    named = [shlex.quote(str(path)), pasteable(item), status]
    return " ".join(["aiguide answer", *named, *options, *signed(by)])


def part_command(path: Path, part: Sequence[str], value: Any, stands: Any, by: str = "") -> str:
    """Write the command that records a part of a project as in `value`; nothing where none does.

    `part` leads to it as in `conflicts.Conflict`; `value` and what `stands` are its data, or None:
    of facts, anything that a history may hold.
    """
    facts: dict[str, Any] = {}
    match tuple(part):
        case ("answers", item):
            status = (value or {}).get("status", Status.OPEN.value)
            options = _answer_options(value or {}, stands or {})
            return answer_command(path, item, status, options, by)
        case ("project", "conditions", id) if value is None or isinstance(value, bool):
            facts = {"conditions": {id: value}}
        case ("project", "ai") if ai_systems.are_systems(value or []):
            facts = {"ai": [AiSystem(**one) for one in value or ()]}
        case ("project", name) if name in TEXTS and (value or name not in UNCLEARABLE):
            facts = {name: value or ""} if isinstance(value or "", str) else {}
        case ("classification",) if value and value.get("cells"):
            facts = {"cells": value["cells"], "cell_reason": value.get("reason", "")}
    return set_command(path, fact_options(facts, quoted), by) if facts else ""


def _answer_options(value: Mapping[str, Any], stands: Mapping[str, Any]) -> list[str]:
    """Write the fields of an answer as options that give it over what stands."""
    names = [name for name in OF_ANY_STATUS if value.get(name) != stands.get(name)]
    names += [name for name in OF_ONE_STATUS if name in value]
    options = [f"--{name} {quoted(value.get(name, ''))}" for name in names]
    evidence = value.get("evidence", [])
    if evidence != stands.get("evidence", []):
        shown = [one["target"] for one in evidence if one["kind"] != EvidenceKind.NOTE.value]
        cleared = [""] if "evidence" in stands else []
        options += [f"--evidence {quoted(one)}" for one in (*cleared, *shown)]
    return options


def quoted(text: str) -> str:
    """Quote a text for a shell; a long one is a blank to be filled in."""
    return pasteable(text) if len(text) <= SHORT else BLANK


def pasteable(text: str) -> str:
    """Quote a text for a shell on one line; of several lines as bash and zsh read it, `$'…'`.

    One that the terminal cannot show is a blank: what stands in for a letter would be recorded.
    """
    if not console.can_show(text):
        return BLANK
    if not re.search(f"[{_NO_LINE}]", text):
        return shlex.quote(text)
    inside = _ESCAPED.sub(lambda found: _IN_BRIEF.get(found[0]) or _octal(found[0]), text)
    return f"$'{inside}'"


def _octal(char: str) -> str:
    """Write a character byte by byte, as shells read it that know no letter by its number."""
    return "".join(f"\\{byte:03o}" for byte in char.encode())


def narrowed(wanted: Asked) -> list[str]:
    """Write the filters of a walk as they were given."""
    names = ("required", "open", "stale")
    flags = [f"--{name}" for name in names if getattr(wanted, name)]
    return [*flags, f"--assignee {pasteable(wanted.assignee)}"] if wanted.assignee else flags


def signed(by: str) -> list[str]:
    """Write who says so, where that was given by an option."""
    return [f"--by {pasteable(by)}"] if by else []
