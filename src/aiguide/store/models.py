"""The file of a trained model: a line of JSON, then its tables as bytes."""

import json
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.core.model import Model
from aiguide.store.files import read_bytes

NAME = "model.bin"
FORMAT = 1


def load(path: Path) -> Model:
    """Load a model. Raises: UnreadableError, AiguideError `bad-model`."""
    raw = read_bytes(path)
    start = raw.find(b"\n") + 1
    try:
        return _model(json.loads(raw[:start]), memoryview(raw)[start:])
    except (ValueError, KeyError, TypeError):
        raise AiguideError("bad-model", file=str(path)) from None


def _model(head: dict[str, Any], body: memoryview) -> Model:
    """Put a model together. Raises: ValueError, KeyError, TypeError where it does not fit."""
    rows, labels = head["rows"], len(head["cells"]) + len(head["kinds"])
    if head["format"] != FORMAT or len(body) != rows * (4 + 1 + labels):
        raise ValueError
    return Model(
        cells=tuple(head["cells"]),
        kinds=tuple(head["kinds"]),
        bias=tuple(head["bias"]),
        rows=_integers(body[: rows * 4]),
        idf=body[rows * 4 : rows * 5],
        idf_step=head["idf_step"],
        weights=body[rows * 5 :].cast("b"),
        weight_step=head["weight_step"],
        temperature=head["temperature"],
    )


def head(path: Path) -> dict[str, Any]:
    """Read what a model file says of itself, such as the digest of what it was trained on."""
    with path.open("rb") as file:
        found: dict[str, Any] = json.loads(file.readline())
    return found


def dump(head: dict[str, Any], rows: "array[int]", idf: bytes, weights: "array[int]") -> bytes:
    """Write a model file; integers are little-endian."""
    ordered = array("I", rows)
    if sys.byteorder == "big":
        ordered.byteswap()
    line = json.dumps({"format": FORMAT, "rows": len(rows), **head}, ensure_ascii=False)
    return line.encode() + b"\n" + ordered.tobytes() + idf + weights.tobytes()


def _integers(raw: memoryview) -> Sequence[int]:
    """Read little-endian integers, without a copy where the machine is little-endian too."""
    if sys.byteorder == "little":
        return raw.cast("I")
    found = array("I", raw.tobytes())
    found.byteswap()
    return found
