"""Compiling all of data/ into files, for the wheel."""

import shutil
from pathlib import Path
from typing import Any

from aiguide.store import ai_words, crosswalks, lint_policy, packs, policy_file, uploads, words
from aiguide.store.compiled import dump

POLICIES = (ai_words.NAME, lint_policy.NAME, uploads.NAME)


def compile_all(data: Path, target: Path) -> list[Path]:
    """Compile all packs, crosswalks, words and policies into `target`, emptied first.

    Returns the files written. Raises: UnreadableError where the data is at fault.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    contents: dict[str, Any] = {
        words.NAME: words.compile_folder(data / words.NAME),
        **{name: policy_file.compile_file(data / f"{name}.yaml") for name in POLICIES},
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
