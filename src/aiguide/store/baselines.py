"""Baselines of `validate`: what was accepted, in a file that people read and git compares."""

import json
import os
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

from aiguide.core.baseline import Accepted, Baseline
from aiguide.core.errors import UnreadableError
from aiguide.store import schemas, strict_json
from aiguide.store.files import write_atomically
from aiguide.store.places import Places

SCHEMA_URL = "https://aiguide.example/schemas/baseline.schema.json"


def read(path: Path) -> Baseline:
    """Read a baseline. Raises: UnreadableError (AG101-AG114)."""
    data, text = strict_json.read(path)
    findings = schemas.check("baseline", data)
    if findings:
        places = Places(text)
        placed = ((one, places.of(one.pointer)) for one in findings)
        raise UnreadableError.at(
            path, *(replace(one, line=at[0], column=at[1]) for one, at in placed)
        )
    left: Counter[Accepted] = Counter()
    for one in data["findings"]:
        count = one.pop("count")
        left[Accepted(**one)] += count
    return Baseline(left, lambda file: name_of(file, path))


def write(path: Path, accepted: Counter[Accepted]) -> None:
    """Write a baseline. Raises: AiguideError `cannot-write`, `not-a-file`."""
    rows = [{**asdict(one), "count": count} for one, count in sorted(accepted.items())]
    data = {"$schema": SCHEMA_URL, "format": 1, "findings": rows}
    write_atomically(path, json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")


def name_of(file: str, baseline: Path) -> str:
    """Name a file as a baseline does: from its own folder, wherever the command runs."""
    return os.path.relpath(file, baseline.parent).replace(os.sep, "/")
