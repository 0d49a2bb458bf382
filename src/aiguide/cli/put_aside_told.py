"""Telling what is to become of what is in git stash, once a manifest holds it whole."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from aiguide.cli import console, layout
from aiguide.core.project import Project
from aiguide.core.words import Words
from aiguide.usecases.earlier_versions import needless

SHOW, DROP = "show --include-untracked", "drop"


def tell(words: Words, path: Path, holding: Iterable[Project]) -> None:
    """Write the lines that drop it after the commit; `git stash pop` would bring it once more."""
    found = needless(path, holding)
    if not found:
        return
    key = "doctor.put-aside.others" if any(found.values()) else "doctor.put-aside"
    console.say(layout.indented(words.say(key), 2, layout.columns()))
    for name, with_others in found.items():
        for verb in (SHOW, DROP) if with_others else (DROP,):
            console.say(f"    git stash {verb} {shlex.quote(name)}")
