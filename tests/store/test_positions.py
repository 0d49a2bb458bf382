"""The scan of a JSON text gives each value its line and column."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aiguide.core.findings import Pointer
from aiguide.store.places import Places
from aiguide.store.positions import scan, too_deep

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)

ABSENT = "\ud800"  # a name that no text of the strategy has


def pointers(value: Any, at: Pointer = ()) -> set[Pointer]:
    found = {at}
    members = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, inner in members:
        found |= pointers(inner, (*at, step))
    return found


@given(VALUES, st.sampled_from([None, 1, 4]), st.booleans())
def test_every_value_has_a_place_and_it_is_where_the_value_stands(
    value: Any, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    positions = scan(text)
    assert set(positions.values) == pointers(value)
    lines = text.split("\n")
    for pointer, (line, column) in positions.values.items():
        inner = value
        for step in pointer:
            inner = inner[step]
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert json.JSONDecoder().raw_decode(rest)[0] == inner


def test_a_name_given_twice_is_found_at_its_second_place() -> None:
    assert scan('{"a": 1,\n "a": 2}').repeated == [(("a",), (2, 2))]


def test_deep_nesting_is_found_without_recursion() -> None:
    assert too_deep("[" * 200_000) == (1, 101)
    assert too_deep("[" * 100 + "]" * 100) is None


@given(VALUES, st.sampled_from([None, 1, 4]), st.booleans())
def test_a_place_asked_for_is_the_one_that_a_scan_of_all_finds(
    value: Any, indent: int | None, ascii_only: bool
) -> None:
    text = "\n " + json.dumps(value, indent=indent, ensure_ascii=ascii_only) + " "
    scanned, places = scan(text), Places(text)
    for pointer, at in scanned.values.items():
        assert places.of(pointer) == scanned.keys.get(pointer, at)
        assert places.of((*pointer, ABSENT, 0)) == scanned.keys.get(pointer, at)


def test_of_a_name_given_twice_the_first_place_counts() -> None:
    assert Places('{"a": 1,\n "a": 2}').of(("a",)) == (1, 2)
