"""What is said of an id that leads nowhere: what it should be, and where that is defined."""

from collections.abc import Iterable

from aiguide.core.findings import Finding, Pointer
from aiguide.core.suggest import near, nearest_first

SHOWN_AT_MOST = 8


def leads_nowhere(part: str, id: str, known: Iterable[str], file: str, pointer: Pointer) -> Finding:
    """Make the finding (AG206): `id` is none of the `known` ids of a kind, defined in `file`.

    Of many ids those are told that are most like it.
    """
    ids = nearest_first(id, known)
    shown = [*ids[:SHOWN_AT_MOST], *(["…"] if len(ids) > SHOWN_AT_MOST else [])] or ["-"]
    args = {"id": id, "part": part, "near": near(id, ids), "known": shown, "file": file}
    return Finding("AG206", args, pointer)
