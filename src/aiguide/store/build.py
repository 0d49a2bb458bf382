"""Compiling all of data/ into files, for the wheel."""

import shutil
from pathlib import Path
from typing import Any

from aiguide.store import crosswalks, packs, words
from aiguide.store.compiled import dump


def compile_all(data: Path, target: Path) -> list[Path]:
    """Compile every pack, the crosswalks and the words into `target`, which is emptied first.

    Returns the files written. Raises: UnreadableError where the data is at fault.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    contents: dict[str, Any] = {words.NAME: words.compile_folder(data / words.NAME)}
    for head in sorted(data.glob("*/*/guideline.yaml")):
        name = f"{head.parent.parent.name}@{head.parent.name}"
        contents[name] = packs.compile_folder(head.parent)
    contents[crosswalks.NAME] = crosswalks.compile_folder(data / crosswalks.NAME)
    written = []
    for name, content in contents.items():
        file = target / f"{name}.json"
        file.write_bytes(dump(content))
        written.append(file)
    return written
