"""Both validators, the fast one and the one that explains, say the same."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiguide.store import schemas
from tests.conftest import ROOT

MANIFEST = json.loads(
    (ROOT / "examples" / "valid" / "tax-chatbot" / "project.json").read_text(encoding="utf-8")
)
VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 2, 10**30, "", "x", "2026-02-30", "2026-02-28"),
    *("2026-11-24T00:00:00Z", "2026-11-24T25:00:00Z", "done", "planning", [], {}, ["x"], [None]),
    *({"x": 1}, {"kind": "file", "target": "a"}, "a" * 64, "A" * 64, "\ud800", "🤖", "planning.x"),
]


def places(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the way to every value inside some data."""
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    return [here] + [place for key in keys for place in places(data[key], (*here, key))]


PLACES = places({**MANIFEST, "history": MANIFEST["history"][:3]})


def changed(place: tuple[Any, ...], value: Any, key: str) -> Any:
    data = copy.deepcopy({**MANIFEST, "history": MANIFEST["history"][:3]})
    if not place:
        return value
    *way, last = place
    holder = data
    for step in way:
        holder = holder[step]
    if key and isinstance(holder, dict):
        holder[key] = value
    else:
        holder[last] = value
    return data


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(VALUES), st.sampled_from(["", "x", "note", "due"]))
def test_what_the_fast_one_passes_the_other_finds_nothing_in(
    place: tuple[Any, ...], value: Any, key: str
) -> None:
    data = changed(place, value, key)
    assert schemas.check("project", data) == schemas.find("project", data)


@pytest.mark.parametrize("name", schemas.names())
def test_they_agree_on_what_is_no_object_at_all(name: str) -> None:
    for value in VALUES:
        assert schemas.check(name, value) == schemas.find(name, value)


def test_without_the_fast_one_all_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = changed(("format",), "one", "")
    found = schemas.check("project", broken)
    monkeypatch.setitem(__import__("sys").modules, "jsonschema_rs", None)
    schemas._fast_validator.cache_clear()
    assert schemas.check("project", broken) == found
    assert schemas.check("project", MANIFEST) == ()
    schemas._fast_validator.cache_clear()


def test_every_example_fits() -> None:
    for file in (ROOT / "examples" / "valid").glob("*/project.json"):
        assert schemas.check("project", json.loads(file.read_text(encoding="utf-8"))) == ()


@pytest.mark.parametrize(
    ("change", "code"), [({"status": None}, "AG110"), ({"notes": "x"}, "AG111")]
)
def test_of_alternatives_the_one_that_fits_but_for_its_fields_speaks(
    change: dict[str, Any], code: str
) -> None:
    data = copy.deepcopy(MANIFEST)
    entry = next(one for one in data["history"] if one["kind"] == "answered")
    entry["after"] = {**entry["after"], **change}
    entry["after"] = {name: one for name, one in entry["after"].items() if one is not None}
    assert [one.code for one in schemas.find("project", data)] == [code]
