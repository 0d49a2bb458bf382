"""The shipped pack compiles, what is compiled equals its YAML, and a broken pack is explained."""

import json
import shutil
from pathlib import Path

import pytest

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.store import build, pack_files, packs, releases, strict_yaml
from aiguide.store.pack_data import read_guideline
from tests.conftest import ROOT

PACK = ROOT / "data" / "tokyo-ai" / "1"
FROZEN = shutil.ignore_patterns("released.yaml")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Give a copy of a pack that is not frozen."""
    return Path(shutil.copytree(PACK, tmp_path / "pack", ignore=FROZEN))


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
    others = {"words.json", "ai-words.json", "lint.json", "uploads.json", "crosswalks.json"}
    assert set(written) == others | {f"{name}.json" for name in packs.folders()}
    compiled = json.loads(written["tokyo-ai@1.json"].read_text(encoding="utf-8"))
    assert compiled["guideline"] == strict_yaml.read(PACK / "guideline.yaml").data
    assert compiled["cells"] == strict_yaml.read(PACK / "cells.yaml").data["cells"]
    assert compiled["classify"] == strict_yaml.read(PACK / "classify.yaml").data
    for phase in compiled["guideline"]["phases"]:
        source = strict_yaml.read(PACK / "items" / f"{phase['id']}.yaml").data["items"]
        items = [item for item in compiled["items"] if item["phase"] == phase["id"]]
        assert items == [{"phase": phase["id"], **item} for item in source]


def test_versions_stand_side_by_side_and_say_what_changed(small_packs: Path) -> None:
    old, new = packs.load("mini@1")[0], packs.load("mini@2")[0]
    assert (old.version, new.version, new.since) == (1, 2, 1)
    assert old.changes == ()
    split = next(one for one in new.changes if len(one.new) == 2)
    assert split.old == ("plan.data",)
    assert split.reason.en == "It asked two things at once."


def test_versions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for version in ("10", "9", "1", "old"):
        (tmp_path / "city" / version).mkdir(parents=True)
        (tmp_path / "city" / version / "guideline.yaml").touch()
    assert list(packs.found_in(tmp_path)) == ["city@1", "city@9", "city@10"]


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second version of the Tokyo pack that keeps the classification of the first."""
    shutil.copytree(PACK, tmp_path / "lent" / "1", ignore=FROZEN)
    without = shutil.ignore_patterns("corpus", "model.bin", "classify.yaml", "released.yaml")
    folder = Path(shutil.copytree(PACK, tmp_path / "lent" / "2", ignore=without))
    edit(folder / "guideline.yaml", "version: 1", "version: 2\nclassification: 1")
    for version in ("1", "2"):
        edit(tmp_path / "lent" / version / "guideline.yaml", "id: tokyo-ai", "id: lent")
    monkeypatch.setattr(packs, "folders", lambda: packs.found_in(tmp_path))
    return folder


def test_a_version_may_keep_the_classification_of_another(second: Path) -> None:
    guideline, policy = packs.load("lent@2")
    assert (guideline.classification, policy is None) == (1, False)
    assert packs.load_model("lent@2").cells == packs.load_model("lent@1").cells
    packs.load_model.cache_clear()


def test_a_classification_that_is_not_there_to_keep_is_found(second: Path) -> None:
    line = edit(second / "guideline.yaml", "classification: 1", "classification: 7")
    assert found(second) == [("guideline.yaml", "AG206", line)]


def test_a_pack_needs_no_classification(small_packs: Path) -> None:
    guideline, policy = packs.load("mini@1")
    assert (guideline.classification, policy) == (None, None)


def test_a_change_that_changes_nothing_and_an_unknown_key_are_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "packs" / "mini" / "2", tmp_path / "2"))
    old = "from: [plan.fax]\n    to: []"
    first = edit(folder / "changes.yaml", old, "from: []\n    to: []")
    second = edit(folder / "changes.yaml", "since: 1", "sicne: 1")
    faults = found(folder)
    assert ("changes.yaml", "AG111", second) in faults
    assert [code for _, code, line in faults if line >= first] == ["AG114"]


def freeze(folder: Path, date: str) -> None:
    releases.freeze(folder, packs.compile_folder(folder), pack_files.read(folder).parts, date)


@pytest.fixture
def frozen(broken: Path) -> Path:
    freeze(broken, "2026-11-28")
    return broken


def test_a_frozen_pack_says_since_when(frozen: Path) -> None:
    guideline = read_guideline(packs.compile_folder(frozen))
    assert guideline.released == "2026-11-28"


def test_a_frozen_pack_that_was_changed_is_found(frozen: Path) -> None:
    edit(frozen / "items" / "planning.yaml", "level: required", "level: recommended")
    assert found(frozen) == [("planning.yaml", "AG224", 2)]


def test_a_release_that_kept_no_digest_of_each_file_is_held_as_a_whole(frozen: Path) -> None:
    mark = frozen / "released.yaml"
    mark.write_text(mark.read_text("utf-8").partition("files:")[0], encoding="utf-8")
    assert packs.compile_folder(frozen)["released"]["date"] == "2026-11-28"
    edit(frozen / "items" / "planning.yaml", "level: required", "level: recommended")
    assert found(frozen) == [("released.yaml", "AG224", 1)]


def test_comments_and_the_order_of_keys_are_no_change(frozen: Path) -> None:
    old, new = "id: tokyo-ai\nversion: 1\n", "version: 1 # one\nid: tokyo-ai\n"
    edit(frozen / "guideline.yaml", old, new)
    assert packs.compile_folder(frozen)["released"]["date"] == "2026-11-28"


def test_a_version_is_frozen_once(frozen: Path) -> None:
    with pytest.raises(AiguideError) as caught:
        freeze(frozen, "2026-11-29")
    assert caught.value.code == "exists"


def test_a_pack_that_is_not_there_is_named_with_the_near_one() -> None:
    with pytest.raises(AiguideError) as caught:
        packs.load("tokio-ai@1")
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
    assert len(faults) == 2, "the number that is missing for it goes without saying"


def test_a_text_without_a_language_is_found(broken: Path) -> None:
    file = broken / "items" / "operation.yaml"
    text = file.read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.strip().startswith("en: "))
    file.write_text(text.replace(line + "\n", "", 1), encoding="utf-8")
    assert found(broken)[0][:2] == ("operation.yaml", "AG110")


def test_a_missing_file_is_found(broken: Path) -> None:
    (broken / "documents.yaml").unlink()
    assert ("documents.yaml", "AG101", 0) in found(broken)
