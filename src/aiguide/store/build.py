"""Compiling all of data/ into files, for the wheel."""

import shutil
from pathlib import Path
from typing import Any

from aiguide.store import crosswalks, lint_policy, packs, words
from aiguide.store.compiled import dump


def compile_all(data: Path, target: Path) -> list[Path]:
    """Compile all packs, crosswalks, words and the policy of lint into `target`, emptied first.

    Returns the files written. Raises: UnreadableError where the data is at fault.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    contents: dict[str, Any] = {
        words.NAME: words.compile_folder(data / words.NAME),
        lint_policy.NAME: lint_policy.compile_file(data / f"{lint_policy.NAME}.yaml"),
    }
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
