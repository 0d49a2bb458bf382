"""The shipped pack compiles, what is compiled equals its YAML, and a broken pack is explained."""

import json
import shutil
from pathlib import Path

import pytest

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.store import build, packs, strict_yaml
from tests.conftest import ROOT

PACK = ROOT / "data" / "tokyo-ai" / "1"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "pack"))


def edit(file: Path, old: str, new: str) -> int:
    """Replace text once; gives the line that it stood on."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(folder: Path) -> list[tuple[str, str, int]]:
    with pytest.raises(UnreadableError) as caught:
        packs.compile_folder(folder)
    return [(Path(one.file).name, one.code, one.line) for one in caught.value.findings]


def test_what_the_build_compiles_equals_the_yaml(tmp_path: Path) -> None:
    written = {file.name: file for file in build.compile_all(ROOT / "data", tmp_path / "out")}
    assert set(written) == {"words.json", "tokyo-ai@1.json"}
    compiled = json.loads(written["tokyo-ai@1.json"].read_text(encoding="utf-8"))
    assert compiled["guideline"] == strict_yaml.read(PACK / "guideline.yaml").data
    assert compiled["cells"] == strict_yaml.read(PACK / "cells.yaml").data["cells"]
    assert compiled["classify"] == strict_yaml.read(PACK / "classify.yaml").data
    for phase in compiled["guideline"]["phases"]:
        source = strict_yaml.read(PACK / "items" / f"{phase['id']}.yaml").data["items"]
        items = [item for item in compiled["items"] if item["phase"] == phase["id"]]
        assert items == [{"phase": phase["id"], **item} for item in source]


def test_a_pack_that_is_not_there_is_named_with_the_near_one() -> None:
    with pytest.raises(AiguideError) as caught:
        packs.load("tokyo-ai@2")
    assert caught.value.args_said["near"] == "tokyo-ai@1"


def test_a_dangling_reference_is_found_at_its_place(broken: Path) -> None:
    line = edit(broken / "items" / "planning.yaml", "document: tmg-gl-overview", "document: tmg-gl")
    assert found(broken) == [("planning.yaml", "AG206", line)]


def test_an_id_given_twice_is_found_at_the_second(broken: Path) -> None:
    line = edit(broken / "items" / "planning.yaml", "id: planning.bpr", "id: planning.purpose")
    assert found(broken) == [("planning.yaml", "AG207", line)]


def test_unknown_keys_and_wrong_values_are_found_in_every_file_at_once(broken: Path) -> None:
    first = edit(broken / "items" / "design.yaml", "level: required", "level: requierd")
    second = edit(broken / "cells.yaml", "number: 1", "nubmer: 1")
    faults = found(broken)
    assert ("design.yaml", "AG112", first) in faults
    assert ("cells.yaml", "AG111", second) in faults
    assert len(faults) == 3, "and the number that is now missing"


def test_a_text_without_a_language_is_found(broken: Path) -> None:
    file = broken / "items" / "operation.yaml"
    text = file.read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.strip().startswith("en: "))
    file.write_text(text.replace(line + "\n", "", 1), encoding="utf-8")
    assert found(broken)[0][:2] == ("operation.yaml", "AG110")


def test_a_missing_file_is_found(broken: Path) -> None:
    (broken / "documents.yaml").unlink()
    assert ("documents.yaml", "AG101", 0) in found(broken)
