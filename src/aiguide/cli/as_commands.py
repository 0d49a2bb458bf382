"""What is to be recorded, written as commands that can be pasted: facts, an answer, who says so."""

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiguide.cli.options import command
from aiguide.core import ai_systems

BLANK = "..."  # stands where something is to be filled in
TEXTS = ("id", "name", "organization", "owner", "description", "phase")


def fact_options(facts: Mapping[str, Any], quoted: Callable[[str], str] = shlex.quote) -> list[str]:
    """Write facts as options of `init` and `set`.

    `facts` are as `project_facts.start` takes them; `quoted` writes a text for a shell.
    """
    options = [f"--{one} {quoted(facts[one])}" for one in TEXTS if one in facts]
    if "ai" in facts:
        options += [f"--ai {quoted(ai_systems.written(one))}" for one in facts["ai"]] or ["--ai ''"]
    if "cell_reason" in facts:
        options.append(f"--cell-reason {quoted(facts['cell_reason'])}")
    options += [f"--cell {id}" for id in facts.get("cells", ())]
    held = facts.get("conditions", {}).items()
    return options + [f"--condition {id}={'yes' if holds else 'no'}" for id, holds in held]


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
    named = [shlex.quote(str(path)), item, status]
    return " ".join(["aiguide answer", *named, *options, *signed(by)])


def signed(by: str) -> list[str]:
    """Write who says so, where that was given by an option."""
    return [f"--by {shlex.quote(by)}"] if by else []
