"""What an editor knows of a manifest: every field and id explained, in both languages."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import ROOT, Run

BASE = json.loads((ROOT / "schemas" / "project.schema.json").read_text(encoding="utf-8"))
EXAMPLES = sorted((ROOT / "examples" / "valid").rglob("project.json"))
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
ENGLISH = re.compile("[A-Za-z]{2}")


@pytest.fixture(scope="module")
def filled() -> dict[str, Any]:
    return filled_with("tokyo-ai@1")


def filled_with(name: str) -> dict[str, Any]:
    from aiguide.usecases.schemas import project_schema

    data: dict[str, Any] = json.loads(project_schema(name))
    return data


def fields(schema: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every member that a schema describes, with its name."""
    if isinstance(schema, dict):
        for key, member in schema.get("properties", {}).items():
            yield f"{name}.{key}", member
        for key, part in schema.items():
            if key not in ("allOf", "examples"):
                yield from fields(part, f"{name}.{key}")
    elif isinstance(schema, list):
        for part in schema:
            yield from fields(part, name)


def test_every_field_is_described_in_both_languages(filled: dict[str, Any]) -> None:
    described = {name: member.get("description", "") for name, member in fields(filled)}
    assert len(described) > 100
    for name, text in described.items():
        assert JAPANESE.search(text), name
        assert ENGLISH.search(text), name


@pytest.mark.parametrize("schema", ["base", "filled"])
def test_the_examples_of_a_field_fit_it(schema: str, filled: dict[str, Any]) -> None:
    whole = BASE if schema == "base" else filled
    shown = [(member, one) for _, member in fields(whole) for one in member.get("examples", ())]
    assert shown
    for member, example in shown:
        Draft202012Validator({**member, "$defs": whole["$defs"]}).validate(example)


@pytest.mark.parametrize("project", EXAMPLES, ids=lambda path: path.parent.name)
def test_what_aiguide_writes_fits_what_an_editor_checks(project: Any) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    filled = filled_with("{id}@{version}".format(**data["guideline"]))
    Draft202012Validator(filled).validate(data)


@pytest.mark.parametrize(
    "slip",
    [
        {"classification": {"cells": ["citizen.informaton"]}},
        {"answers": {"planning.purpos": {"status": "done"}}},
        {"project": {"name": "x", "phase": "procurement"}},
        {"project": {"name": "x", "conditions": {"generative": True}}},
        {"guideline": {"id": "tokyo-ai", "version": 9}},
    ],
)
def test_an_editor_sees_an_id_that_is_none(slip: dict[str, Any], filled: dict[str, Any]) -> None:
    bare = {"format": 1, "guideline": {"id": "tokyo-ai", "version": 1}, "project": {"name": "x"}}
    assert Draft202012Validator(filled).is_valid(bare)
    assert Draft202012Validator(BASE).is_valid(bare | slip)
    assert not Draft202012Validator(filled).is_valid(bare | slip)


def test_an_item_is_explained_with_its_title_and_check(filled: dict[str, Any]) -> None:
    purpose = filled["properties"]["answers"]["properties"]["planning.purpose"]
    assert purpose["title"] == "Set an appropriate purpose / 適切な目的の設定"
    assert "「AI」という語を使わずに" in purpose["description"]


def test_the_command_prints_it_and_refuses_what_has_no_ids(run: Run) -> None:
    ran = run("schema", "project", "--guideline", "tokyo-ai@1")
    assert ran.code == 0
    assert "planning.purpose" in json.loads(ran.out)["properties"]["answers"]["properties"]
    assert run("schema", "report", "--guideline", "tokyo-ai@1").code == 2
    assert run("schema", "project", "--guideline", "tokyo-ai@9").code == 2
