"""What is wrong with the changes that a version of a pack declares since an earlier one."""

from collections import Counter
from collections.abc import Iterator

from aiguide.core.dangling import leads_nowhere
from aiguide.core.findings import Finding
from aiguide.core.guideline import Guideline
from aiguide.core.pack_changes import compare, kinds_of, known


def faults(old: Guideline, new: Guideline) -> Iterator[Finding]:
    """Find what is wrong with the changes that `new` declares since `old`.

    AG206 an item that is not there, AG221 a difference not declared, AG222 one declared twice,
    AG223 a declaration of nothing. Pointers are into `changes.yaml`.
    """
    there = {
        "from": (old.name, {item.id for item in old.items}),
        "to": (new.name, {item.id for item in new.items}),
    }
    seen: Counter[tuple[str, str]] = Counter()
    for index, one in enumerate(new.changes):
        for side, ids in (("from", one.old), ("to", one.new)):
            home, held = there[side]
            for place, id in enumerate(ids):
                pointer = ("changes", index, side, place)
                seen[side, id] += 1
                if id not in held:
                    yield leads_nowhere("items", id, held, home, pointer)
                elif seen[side, id] == 2:
                    yield Finding("AG222", {"id": id}, pointer)
    for change in compare(old, new):
        if change.reason is None:
            id = (change.old or change.new)[0].id
            yield Finding("AG221", {"id": id, "version": old.name}, ("changes",))
    yield from _idle(old, new)


def _idle(old: Guideline, new: Guideline) -> Iterator[Finding]:
    """Find declarations of a single item that stayed as it was."""
    before, after = ({item.id: item for item in one.items} for one in (old, new))
    for index, one in enumerate(new.changes):
        items = known(before, one.old), known(after, one.new)
        if all(items) and not tuple(kinds_of(new, *items)):
            yield Finding("AG223", {"id": one.old[0]}, ("changes", index))
