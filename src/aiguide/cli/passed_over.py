"""Warning that the newest version of a pack of one's own cannot be used, and another one is."""

import shlex
from pathlib import Path

from aiguide.cli import console, layout
from aiguide.core.guideline import Guideline
from aiguide.core.words import Words
from aiguide.usecases import versions


def warn(words: Words, pack: Guideline, given: str, near: Path | None = None) -> None:
    """Warn where `pack` serves in place of a later version, and say how to see what is wrong.

    `given`: the name that stood for it; one with a version is meant. `near`: as for the pack.
    """
    broken = None if "@" in given else versions.passed_over(pack, near)
    if broken:
        (name, folder), here = broken, Path.cwd()
        folder = folder.relative_to(here) if folder.is_relative_to(here) else folder
        said = words.say("pack.passed-over", broken=name, name=pack.name)
        console.talk(layout.indented(said, 0, layout.columns()))
        console.talk(f"    aiguide guideline lint {shlex.quote(str(folder))}")
