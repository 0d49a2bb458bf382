"""The shipped model: built from the corpus beside it, never from the cases that measure it."""

import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiguide.core.guideline import Guideline
from aiguide.core.model import Model, read, shares
from aiguide.core.ngrams import normalized
from aiguide.store import models, packs
from tests.conftest import ROOT, Run
from tests.contracts import fits

PACK = ROOT / "data" / "tokyo-ai" / "1"
MEASURING = sorted((ROOT / "tests" / "eval").glob("*.jsonl"))
FLOOR = {
    "top-1": 0.87,
    "top-3": 0.96,
    "domain": 0.91,
    "stance": 0.94,
    "answered": 0.7,
    "right-when-answering": 0.95,
    "right-after-questions": 0.96,
}


@pytest.fixture(scope="module")
def pack() -> Guideline:
    return packs.load("tokyo-ai@1")[0]


@pytest.fixture(scope="module")
def model() -> Model:
    return packs.load_model("tokyo-ai@1")


def lines(file: Path) -> Iterator[dict[str, str]]:
    return (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())


def test_the_shipped_model_is_the_one_that_corpus_and_tool_build() -> None:
    digest = runpy.run_path(str(ROOT / "tools" / "model_digest.py"))["digest"]
    assert models.head(PACK / models.NAME)["digest"] == digest(PACK), "run `make model`"


def test_every_sentence_of_the_corpus_has_a_label_that_exists(
    pack: Guideline, model: Model
) -> None:
    known = {cell.id for cell in pack.cells} | set(model.kinds[1:])
    for file in (PACK / "corpus").glob("*.jsonl"):
        for line in lines(file):
            assert set(line) == {"text", "label"}
            assert line["label"] in known, line
    assert set(model.cells) == {cell.id for cell in pack.cells}


def runs(text: str) -> set[str]:
    """Give the long runs of a text: 14 characters of Japanese, 40 of English."""
    length = 14 if re.search(r"[ぁ-ヺ一-龠]", text) else 40
    plain = normalized(text)[0]
    return {plain[start : start + length] for start in range(len(plain) - length + 1)}


def test_no_long_run_of_a_measuring_case_is_in_the_corpus() -> None:
    measured = {
        run
        for file in MEASURING
        if "-dev" in file.name
        for line in lines(file)
        for run in runs(line["text"])
    }
    for file in (PACK / "corpus").glob("*.jsonl"):
        for line in lines(file):
            assert not runs(line["text"]) & measured, line["text"]


def test_classification_does_not_fall(run: Run) -> None:
    ran = run("evaluate", ROOT / "tests" / "eval" / "cases-dev.jsonl", "--format", "json")
    fits("evaluation", ran.json)
    rates = ran.json["rates"]
    for name, floor in FLOOR.items():
        assert rates[name]["value"] >= floor, name
    assert rates["under-classified"]["value"] <= 0.03


def test_most_odd_texts_end_as_expected(run: Run) -> None:
    ran = run("evaluate", ROOT / "tests" / "eval" / "edge-dev.jsonl", "--format", "json")
    fits("evaluation", ran.json)
    assert set(ran.json["rates"]) == {"as-expected"}
    assert ran.json["rates"]["as-expected"]["value"] >= 0.8


def test_shares_sum_to_one_even_for_no_text(model: Model) -> None:
    empty = read(model, "")
    assert sum(shares(empty.scores, model.cells, 1.0).values()) == pytest.approx(1)


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"not json"])
def test_a_damaged_model_is_an_error_with_the_remedy(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    broken = tmp_path / "model.bin"
    broken.write_bytes(damage or (PACK / models.NAME).read_bytes()[:-5])
    monkeypatch.setattr(packs, "load_model", lambda name: models.load(broken))
    ran = run("classify", "住民の問合せにAIが答える")
    assert ran.code == 2
    assert "make model" in ran.err


@pytest.mark.parametrize(
    "line", ["5", "{}", '{"id": "a", "text": "x", "label": "none"}', "{broken"]
)
def test_a_case_that_cannot_be_read_is_named(run: Run, tmp_path: Path, line: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(line, encoding="utf-8")
    ran = run("evaluate", file)
    assert ran.code == 2
    assert "1 行目" in ran.err
