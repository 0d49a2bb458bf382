"""What is wrong with the changes that a version of a pack declares since an earlier one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from aiguide.core.contrast import apart
from aiguide.core.dangling import leads_nowhere
from aiguide.core.findings import Finding, Pointer
from aiguide.core.guideline import Guideline, Item, TermChange
from aiguide.core.new_names import (
    CONDITIONS,
    KINDS,
    became,
    declared,
    ids_of,
    reworded_conditions,
)
from aiguide.core.pack_changes import Kind, PackChange, compare, is_wording, kinds_of, known, said
from aiguide.core.pack_entries import CHANGES
from aiguide.core.pack_rules import rule_changes, written
from aiguide.core.same_items import grouped
from aiguide.core.suggest import near
from aiguide.core.text import LANGS, Lang, Text
from aiguide.core.words import Worded

_NOT_COMPARED: Mapping[str, float] = MappingProxyType({})

# By what a change is, the key of an item under which the difference stands.
_KEYS = {
    Kind.RAISED: "level",
    Kind.LOWERED: "level",
    Kind.WIDENED: "applies_to",
    Kind.NARROWED: "applies_to",
}


def faults(
    old: Guideline, new: Guideline, alike: Mapping[str, float] = _NOT_COMPARED
) -> Iterator[Finding]:
    """Find what is wrong with the changes that `new` declares since `old`.

    AG206 an id that is not there, AG220 a rule that changed without a reason, AG221 a difference
    of items not declared, AG222 one declared twice, AG223 a declaration of nothing, AG225 an id
    that is gone without a word, AG226 one that is said to be gone and is there, AG228 one that the
    earlier version has not, AG229 one under the wrong key, AG230 a correction of words that is
    more than that, AG231 a change in one language that may be one, AG232 a condition that is asked
    again without a reason, AG640 items not declared that seem to be one and the same. Pointers are
    into `changes.yaml`. `alike`: from which share on the texts under a key of two items are alike.
    """
    misnamed = tuple(_misnamed(old, new))
    yield from misnamed
    meant = _beside(new, misnamed)
    undeclared = [
        one
        for one in compare(old, new)
        if one.reason is None and meant.isdisjoint(item.id for item in (*one.old, *one.new))
    ]
    for group in grouped(undeclared, alike):
        yield _one_and_the_same(old, new, group) if len(group) > 1 else _undeclared(old, group[0])
    yield from _idle(old, new)
    yield from _editorial(old, new)
    for kind in KINDS:
        yield from _terms(old, new, kind)
    if not new.released:  # to which nothing can be added any more
        yield from _questions(old, new)
    yield from _rules(old, new)


def _misnamed(old: Guideline, new: Guideline) -> Iterator[Finding]:
    """Find items that are not there, and those whose end is declared twice."""
    there = {"from": (old, _items(old)), "to": (new, _items(new))}
    seen: Counter[tuple[str, str]] = Counter()
    for index, one in enumerate(new.changes):
        for side, ids in (("from", one.old), ("to", one.new)):
            home, held = there[side]
            for place, id in enumerate(ids):
                pointer = ("changes", index, side, place)
                seen[side, id] += 1
                if id not in held:
                    yield _no_item(home, side, id, pointer)
                elif seen[side, id] == 2:
                    yield Finding("AG222", {"id": id, "part": "items"}, pointer)


def _beside(new: Guideline, misnamed: Iterable[Finding]) -> set[str]:
    """Give the ids of the changes that name an id in vain: what becomes of them is declared."""
    changes = {one.pointer[1] for one in misnamed if one.code != "AG222"}
    named = (one for index, one in enumerate(new.changes) if index in changes)
    return {id for one in named for id in (*one.old, *one.new)}


def _items(guideline: Guideline) -> dict[str, None]:
    return dict.fromkeys(item.id for item in guideline.items)


def _no_item(home: Guideline, side: str, id: str, pointer: Pointer) -> Finding:
    """Say of an id that it is no item: what it is instead, or which one may be meant."""
    kind = next((one for one in KINDS if id in ids_of(home, one)), None)
    if kind:
        return Finding("AG229", {"id": id, "part": kind, "key": kind}, pointer)
    if side == "from":
        return _not_before("items", id, _items(home), home, pointer)
    return leads_nowhere("items", id, _items(home), home.name, pointer)


def _not_before(
    kind: str, id: str, known: Iterable[str], home: Guideline, pointer: Pointer
) -> Finding:
    """Say that an earlier version has no such id; nothing can be added to it any more."""
    return replace(leads_nowhere(kind, id, known, home.name, pointer), code="AG228")


def _idle(old: Guideline, new: Guideline) -> Iterator[Finding]:
    """Find declarations of a single item that stayed as it was.

    One whose clauses are written otherwise is declared rightly, even where it applies to the same:
    what is gone may have been named there.
    """
    before, after = ({item.id: item for item in one.items} for one in (old, new))
    for index, one in enumerate(new.changes):
        items = known(before, one.old), known(after, one.new)
        same = [_reach(item) for item in items[0]] == [_reach(item) for item in items[1]]
        if all(items) and same and not tuple(kinds_of(old, new, *items)):
            args = {"id": one.old[0], "part": "items"}
            yield Finding("AG223", args, ("changes", index))


def _editorial(old: Guideline, new: Guideline) -> Iterator[Finding]:
    """Find corrections of words that are more than that, and changes that may be such a one.

    To a version that was released nothing can be added any more.
    """
    before, after = ({item.id: item for item in one.items} for one in (old, new))
    for index, one in enumerate(new.changes):
        items, at = (known(before, one.old), known(after, one.new)), ("changes", index)
        kinds = tuple(kinds_of(old, new, *items))
        ids = one.new or one.old
        if one.editorial and kinds and not is_wording(*items, kinds):
            more = [str(kind) for kind in kinds if kind is not Kind.REWORDED] or ["clearing"]
            yield Finding("AG230", {"id": ids[0], "changed": more}, (*at, "editorial"))
        elif one.editorial is None and not new.released and is_wording(*items, kinds):
            was, now = ([text for item in side for text in said(item)] for side in items)
            languages = _reworded_in(was, now)
            if len(languages) == 1:
                yield _in_one("items", ids[0], languages[0], one.old, at)


def _reworded_in(was: Iterable[Text], now: Iterable[Text]) -> list[Lang]:
    """Give the languages in which texts are worded otherwise."""
    pairs = tuple(zip(was, now, strict=True))
    return [lang for lang in LANGS if any(a.in_(lang) != b.in_(lang) for a, b in pairs)]


def _in_one(kind: str, id: str, lang: Lang, old: Iterable[str], at: Pointer) -> Finding:
    """Say that only one language has changed, and that this may be a mere correction."""
    line = _ends(old, (id,), "editorial: true")
    key = CHANGES if kind == "items" else kind
    return Finding("AG231", {"id": id, "part": kind, "only": lang, "line": line, "under": key}, at)


def _questions(old: Guideline, new: Guideline) -> Iterator[Finding]:
    """Find conditions that are asked again without a reason, or maybe without a need.

    Without a declaration they have no place in `changes.yaml`: the pointer is `conditions` alone.
    """
    listed = [one.old for one in declared(old, new, CONDITIONS)]
    went, reworded = became(old, new, CONDITIONS), reworded_conditions(old, new)
    for one in old.conditions:
        now = went[one.id]
        if now not in reworded:
            continue
        at: Pointer = (CONDITIONS, *([listed.index(one.id)] if one.id in listed else []))
        languages = _reworded_in((one.question,), (new.condition(now).question,))
        if len(languages) == 1 and not _is_settled(new, one.id):
            yield _in_one(CONDITIONS, now, languages[0], (one.id,), at)
        elif one.id not in listed:
            line = _ends((one.id,), (now,))
            yield Finding("AG232", {"id": now, "version": old.name, "line": line}, at)


def _is_settled(new: Guideline, id: str) -> bool:
    """Tell whether it is declared that a condition means something else than it did."""
    changes = (one for one in new.term_changes if (one.kind, one.old) == (CONDITIONS, id))
    return any(one.editorial is not None for one in changes)


def _undeclared(old: Guideline, change: PackChange) -> Finding:
    """Say of an item that differs what differs; `key` is where in it, None where it is gone."""
    item = (change.new or change.old)[0]
    key, was, now = _difference(change)
    args = {"id": item.id, "version": old.name, "changed": list(change.kinds)}
    shown = {"key": key, "was": was, "now": now, "line": _line(change.old, change.new)}
    return Finding("AG221", {**args, **shown}, ("changes",))


def _one_and_the_same(old: Guideline, new: Guideline, group: Sequence[PackChange]) -> Finding:
    """Say of items that are gone and new and much alike how to declare them as one change."""
    before = tuple(item for one in group for item in one.old)
    after = tuple(item for one in group for item in one.new)
    fresh = next((one.new[0] for one in group if not one.old), after[0])
    args = {
        "id": fresh.id,
        "key": "id",
        "ids": [item.id for item in before],
        "others": [item.id for item in after],
        "changed": list(kinds_of(old, new, before, after))[:1],
        "line": _line(before, after),
        "apart": [Worded(f"- {_line(one.old, one.new)}") for one in group],
    }
    return Finding("AG640", args, ("changes",))


def _line(old: Iterable[Item], new: Iterable[Item]) -> Worded:
    """Write a change as its author does."""
    return _ends([one.id for one in old], [one.id for one in new])


def _ends(old: Iterable[str], new: Iterable[str], *more: str) -> Worded:
    said = (f"{side}: [{', '.join(ids)}]" for side, ids in (("from", old), ("to", new)))
    return Worded(f"{{{', '.join((*said, *more))}, reason: …}}")


def _difference(change: PackChange) -> tuple[str | None, Any, Any]:
    """Give the key under which an item differs first, and what stands there in both versions."""
    if not change.old:
        return "id", "—", change.new[0].title
    if not change.new:
        return None, change.old[0].title, "—"
    was, now = change.old[0], change.new[0]
    if was.title != now.title:
        return "title", *apart(was.title, now.title)
    if was.check != now.check:
        return "check", *apart(was.check, now.check)
    key = next((_KEYS[kind] for kind in change.kinds if kind in _KEYS), None)
    if key == "level":
        return key, was.level.value, now.level.value
    if key == "applies_to":
        return key, _reach(was), _reach(now)
    return "id", was.phase, now.phase


def _reach(item: Item) -> str:
    """Write what an item applies to as its author does."""
    if item.applies_to is None:
        return "all"
    return f"[{', '.join(map(written, item.applies_to))}]"


def _rules(old: Guideline, new: Guideline) -> Iterator[Finding]:
    """Find rules that changed without a reason, and reasons for what did not change."""
    changes = tuple(rule_changes(old, new))
    for one in changes:
        if one.id not in new.rule_reasons:
            args = {"id": one.id, "part": one.kind, "version": old.name, "changed_key": one.key}
            shown = {"before": one.was, "after": one.now}
            yield Finding("AG220", {**args, **shown}, ("rules",) if new.rule_reasons else ())
    changed = {one.id for one in changes}
    for index, id in enumerate(new.rule_reasons):
        if id not in changed:
            yield Finding("AG223", {"id": id, "part": "rules"}, ("rules", index))


def _is_reworded(old: Guideline, new: Guideline, one: TermChange) -> bool:
    """Tell whether a declared condition of the same id asks in other words."""
    if one.kind != CONDITIONS or one.old not in ids_of(new, CONDITIONS):
        return False
    return old.condition(one.old).question != new.condition(one.old).question


def _terms(old: Guideline, new: Guideline, kind: str) -> Iterator[Finding]:
    """Find what is wrong with what is declared of cells, conditions or phases."""
    before, after = ids_of(old, kind), ids_of(new, kind)
    seen: set[str] = set()
    for index, one in enumerate(one for one in new.term_changes if one.kind == kind):
        at = (kind, index)
        if one.old not in before:
            yield _not_before(kind, one.old, before, old, (*at, "from", 0))
        elif one.old in seen:
            yield Finding("AG222", {"id": one.old, "part": kind}, (*at, "from", 0))
        elif one.old == one.new and not _is_reworded(old, new, one):
            yield Finding("AG223", {"id": one.old, "part": kind}, at)
        elif one.new is None and one.old in after:
            yield Finding("AG226", {"id": one.old, "part": kind}, (*at, "from", 0))
        if one.new is not None and one.new not in after:
            yield leads_nowhere(kind, one.new, after, new.name, (*at, "to", 0))
        seen.add(one.old)
    fresh = [id for id in after if id not in before]
    for id in before:
        if id not in after and id not in seen:
            args = {"id": id, "part": kind, "version": old.name, "key": kind}
            yield Finding("AG225", {**args, "near": near(id, fresh)}, (kind,))
