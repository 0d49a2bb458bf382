"""`guideline diff` compares all that a pack can say, field by field of the data model."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any

import pytest

from aiguide.core import change_log, guideline
from aiguide.core.change_log import ChangeLog
from aiguide.core.guideline import Clause, Guideline
from aiguide.core.text import Text
from aiguide.store import packs
from aiguide.usecases.catalogue import load_words

# What tells one version from another, and what joins its parts: ids have tests of their own.
NOT_SAID = {
    ("Guideline", "id"),
    ("Guideline", "version"),
    ("Guideline", "since"),
    ("Guideline", "released"),
    ("Guideline", "changes"),
    ("Guideline", "term_changes"),
    ("Guideline", "rule_reasons"),
}
DECLARATIONS = {"Change", "TermChange"}
SAID = [
    (name, field.name)
    for name, one in vars(guideline).items()
    if is_dataclass(one) and name not in DECLARATIONS
    for field in fields(one)
    if (name, field.name) not in NOT_SAID and (field.name != "id" or name == "CellStance")
]
TEXTS = [
    (name, field.name)
    for name, one in vars(guideline).items()
    if is_dataclass(one) and name not in DECLARATIONS
    for field in fields(one)
    if "Text" in str(field.type) and "Mapping" not in str(field.type)
]


@cache
def whole() -> Guideline:
    """Give a pack that says something everywhere: of each kind of thing, one has each field."""
    pack = packs.load("tokyo-ai@2")[0]
    document, cell, condition = pack.documents[0], pack.cells[0], pack.conditions[0]
    item = next(one for one in pack.items if one.drafting)
    clause = Clause((pack.domains[0].id,), (cell.id,), (condition.id,))
    elsewhere = replace(item.sources[0], cells=(cell.id,))
    item = replace(
        item,
        applies_to=(clause,),
        aliases=(Text("別名", "Alias"),),
        note=Text("補足", "Note"),
        considerations=("fairness",),
        sources=(elsewhere,),
        level_basis=replace(item.level_basis, cells=(cell.id,)),
    )
    assert cell.stance
    stance = replace(cell.stance, note=Text("補足", "Note"), other_reading=pack.stances[1].id)
    return replace(
        pack,
        since=None,
        changes=(),
        term_changes=(),
        rule_reasons={},
        documents=(replace(document, note=Text("補足", "Note"), url="a"), *pack.documents[1:]),
        cells=(replace(cell, stance=stance, considerations=("fairness",)), *pack.cells[1:]),
        conditions=(replace(condition, implied_by=(clause,)), *pack.conditions[1:]),
        items=(item, *(one for one in pack.items[:6] if one.id != item.id)),
    )


def log(new: Guideline, lang: Any = "ja") -> ChangeLog:
    after = replace(new, version=3, since=2)
    return change_log.build(load_words(lang), (whole(), after))


def told(found: ChangeLog) -> list[str]:
    """Give the parts that a change log names."""
    (step,) = found.steps
    parts = [one.part for change in step.changes for one in change.differences]
    return [*parts, *(one.part for one in step.terms)]


def mutated(value: Any) -> Any:
    """Give something else of the same kind, which means something in the pack."""
    if isinstance(value, Text):
        return Text(value.ja + "改", value.en + " anew")
    if isinstance(value, Enum):
        kinds = list(type(value))
        return kinds[(kinds.index(value) + 1) % len(kinds)]
    ids = next((known for known in id_lists() if value in known), None)
    if ids:
        return ids[(ids.index(value) + 1) % len(ids)]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value + "x"
    if is_dataclass(value) and not isinstance(value, type):
        first = fields(value)[0].name
        return replace(value, **{first: mutated(getattr(value, first))})
    if isinstance(value, dict):
        return {key: mutated(one) for key, one in value.items()}
    return value[1:]


@cache
def id_lists() -> tuple[tuple[str, ...], ...]:
    pack = whole()
    things = (pack.domains, pack.stances, pack.cells, pack.conditions, pack.documents, pack.phases)
    return tuple(tuple(one.id for one in listed) for listed in things)


def changed(thing: Any, kind: str, field: str, change: Any) -> Iterator[Any]:
    """Give a thing with the first field of that name, of an object of that kind, changed."""
    if type(thing).__name__ == kind and getattr(thing, field) not in (None, ()):
        yield replace(thing, **{field: change(getattr(thing, field))})
    for one in fields(thing) if is_dataclass(thing) else ():
        value = getattr(thing, one.name)
        parts = value if isinstance(value, tuple) else (value,)
        for index, part in enumerate(parts):
            for other in changed(part, kind, field, change) if is_dataclass(part) else ():
                mended = (*parts[:index], other, *parts[index + 1 :])
                yield replace(thing, **{one.name: mended if isinstance(value, tuple) else other})


@pytest.mark.parametrize(("kind", "field"), SAID)
def test_whatever_a_pack_says_otherwise_is_told(kind: str, field: str) -> None:
    assert told(log(whole())) == []
    other = next(changed(whole(), kind, field, mutated))
    assert told(log(other)), "a field of the data model that `guideline diff` does not compare"


@pytest.mark.parametrize(("kind", "field"), TEXTS)
@pytest.mark.parametrize(("lang", "said"), [("ja", "（英語の文のみ）"), ("en", None)])
def test_what_changes_in_one_language_is_told_in_both(
    kind: str, field: str, lang: str, said: str | None
) -> None:
    def mended(value: Any) -> Any:
        if isinstance(value, tuple):
            return (mended(value[0]), *value[1:])
        return Text(value.ja, value.en + " mended")

    other = next(changed(whole(), kind, field, mended))
    parts = told(log(other, lang))
    assert parts
    assert all(("（英語の文のみ）" in part) == (said is not None) for part in parts), parts
    assert not any("only in" in part for part in parts)


LISTED = ("domains", "stances", "considerations", "documents", "record")


def with_list(kind: str, listed: tuple[Any, ...]) -> Guideline:
    of_kind: dict[str, Any] = {kind: listed}
    return replace(whole(), **of_kind)


@pytest.mark.parametrize("kind", [*LISTED, "phases", "conditions"])
def test_another_order_is_told(kind: str) -> None:
    first, *others = getattr(whole(), kind)
    (part,) = told(log(with_list(kind, (*others, first))))
    assert "順" in part


def test_another_order_of_the_items_of_a_phase_is_told() -> None:
    phase = whole().phases[0].id
    first, *others = whole().items_of(phase)
    elsewhere = [one for one in whole().items if one.phase != phase]
    (part,) = told(log(replace(whole(), items=(*others, first, *elsewhere))))
    assert (phase in part, "点検項目の順" in part) == (True, True)


@pytest.mark.parametrize("kind", LISTED)
def test_what_is_new_or_gone_is_told(kind: str) -> None:
    fresh = replace(getattr(whole(), kind)[0], id="fresh")
    more = with_list(kind, (*getattr(whole(), kind), fresh))
    back = change_log.build(load_words("ja"), (more, replace(whole(), version=3, since=2)))
    for found in (log(more), back):
        (part,) = told(found)
        assert "fresh" in part


def test_a_title_that_changes_is_told_once_and_not_of_all_that_names_it() -> None:
    domain, document = whole().domains[0], whole().documents[0]
    other = replace(
        whole(),
        domains=(replace(domain, title=Text("新", "New")), *whole().domains[1:]),
        documents=(replace(document, short_title=Text("新", "New")), *whole().documents[1:]),
    )
    assert told(log(other)) == [
        f"業務領域 {domain.id} の題名",
        f"文書 {document.id} の短い題名",
    ]
