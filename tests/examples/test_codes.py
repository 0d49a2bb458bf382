"""The example of a finding code, as `show` gives it, does give that finding."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from aiguide.core.text import LANGS
from aiguide.usecases.catalogue import load_words
from tests.conftest import TODAY, Run

KINDS = load_words("ja").kinds
# Found in YAML, which only the guideline's editors write; the rest are told in words.
OF_YAML = {"AG115", "AG116", "AG117", "AG118", "AG121", "AG122", "AG206", "AG207"}
OF_YAML |= {code for code in KINDS if code.startswith(("AG22", "AG23", "AG6"))}
TOLD = {"AG101", "AG102", "AG103", "AG105", "AG108", "AG123", "AG208", "AG308", "AG314"}
MINIMAL = {
    "format": 1,
    "guideline": {"id": "tokyo-ai", "version": 1},
    "project": {"name": "x"},
}


def joined(base: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    both = {
        key: joined(base[key], part[key])
        for key in base.keys() & part.keys()
        if isinstance(part[key], dict)
    }
    return {**base, **part, **both}


def text_of(code: str, example: str) -> str:
    """Give a whole manifest with the example in it; one that is no JSON stands for itself."""
    try:
        part = json.loads(example)
    except ValueError:
        return example
    whole = code in ("AG106", "AG110")
    return example if whole else json.dumps(joined(MINIMAL, part))


def test_every_code_is_tried_or_told() -> None:
    assert set(KINDS) >= OF_YAML | TOLD


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", sorted(set(KINDS) - OF_YAML - TOLD))
def test_an_example_gives_its_finding(run: Run, tmp_path: Path, code: str, lang: Any) -> None:
    file = tmp_path / "project.json"
    file.write_text(text_of(code, KINDS[code].example.in_(lang)), encoding="utf-8")
    found = run("validate", file, "--format", "json", "--today", TODAY).json["findings"]
    assert code in {one["code"] for one in found}


@pytest.mark.parametrize("code", sorted(TOLD))
def test_an_example_in_words_names_a_file(code: str) -> None:
    for lang in LANGS:
        assert re.search(r"\.(json|mp4)", KINDS[code].example.in_(lang))
