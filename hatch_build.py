"""Compile the YAML of data/ for the wheel, so that no command parses YAML at run time."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileData(BuildHookInterface[Any]):
    """Adds the compiled guideline packs and words to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder of the build's own; an editable install reads the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from aiguide.store.build import compile_all

        target = root / "build" / "compiled"
        for file in compile_all(root / "data", target):
            build_data["force_include"][str(file)] = f"aiguide/_compiled/{file.name}"
