"""Whatever stands anywhere in a pack's files, lint tells it in words and never breaks."""

import functools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiguide.core.findings import Pointer
from aiguide.core.text import LANGS
from aiguide.core.words import Words
from aiguide.usecases import linting
from aiguide.usecases.catalogue import load_words
from tests.conftest import ROOT

SCAFFOLD = ROOT / "data" / "scaffold"
FILES = ("guideline.yaml", "cells.yaml", "documents.yaml", "items/plan.yaml", "changes.yaml")
CHANGES = """since: 1
changes: [{from: [plan.goal], to: [plan.goal], reason: {ja: 理由, en: Reason}}]
cells: [{from: [public.answer], to: [], reason: {ja: 理由, en: Reason}}]
rules: [{of: stop, reason: {ja: 理由, en: Reason}}]
"""
LEAVES = st.sampled_from(
    ["", " ", "all", "plan", "public.answer", "住民", "\u202e\x1b[2J", 0, -1, 1.0, 1.5, True, None]
)
VALUES = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(st.sampled_from(["id", "ja", "en", "items", "x\ty"]), below, max_size=3),
    ),
    max_leaves=6,
)


@functools.cache
def said(name: str) -> str:
    """Give what a file of a pack says, as JSON, which is YAML too."""
    text = CHANGES if name == "changes.yaml" else (SCAFFOLD / name).read_text("utf-8")
    return json.dumps(yaml.load(text.replace("OUR-ID", "our-city"), yaml.CSafeLoader))


@functools.cache
def both() -> tuple[Words, ...]:
    return tuple(load_words(lang) for lang in LANGS)


@functools.cache
def places() -> tuple[tuple[str, Pointer], ...]:
    return tuple((name, at) for name in FILES for at in _below(json.loads(said(name)), ()))


def _below(data: Any, pointer: Pointer) -> Iterator[Pointer]:
    listed = enumerate(data) if isinstance(data, list) else ()
    for key, value in data.items() if isinstance(data, dict) else listed:
        yield (*pointer, key)
        yield from _below(value, (*pointer, key))


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_any_value_anywhere_is_told_in_words(tmp_path: Path, data: st.DataObject) -> None:
    name, pointer = data.draw(st.sampled_from(places()))
    folder = tmp_path / "our-city" / "1"
    shutil.rmtree(folder, ignore_errors=True)
    for one in (*FILES, "items/run.yaml", "items/end.yaml"):
        content = json.loads(said(one))
        if one == name:
            *above, last = pointer
            functools.reduce(lambda at, step: at[step], above, content)[last] = data.draw(VALUES)
        file = folder / one
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, ensure_ascii=True), encoding="utf-8")
    for finding in linting.findings(folder):
        assert finding.line > 0, finding
        for words in both():
            told = words.message(finding) + words.fix(finding)
            assert told.isprintable(), finding
