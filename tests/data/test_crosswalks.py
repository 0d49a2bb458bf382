"""The crosswalks: every id leads somewhere, and every link says why in both languages."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from aiguide.core.crosswalk import Crosswalk
from aiguide.core.errors import UnreadableError
from aiguide.store import crosswalks, packs
from tests.conftest import ROOT

FOLDER = ROOT / "data" / "crosswalks"
ALL = crosswalks.load()


def named(one: Crosswalk) -> str:
    return f"{one.source}--{one.framework.id}"


@pytest.mark.parametrize("crosswalk", ALL, ids=named)
def test_items_and_elements_that_are_linked_are_there(crosswalk: Crosswalk) -> None:
    items = {item.id for item in packs.load(crosswalk.source)[0].items}
    elements = {one.id for one in crosswalk.framework.elements}
    groups = {one.id for one in crosswalk.framework.groups}
    assert {one.item for one in crosswalk.links} <= items
    assert {one.target for one in crosswalk.links} <= elements
    assert {one.group for one in crosswalk.framework.elements} == groups
    assert len(elements) == len(crosswalk.framework.elements)


@pytest.mark.parametrize("crosswalk", ALL, ids=named)
def test_every_link_says_why_in_one_line_of_each_language(crosswalk: Crosswalk) -> None:
    for one in crosswalk.links:
        assert re.search(r"[ぁ-ヺ一-龠]", one.reason.ja), one.item
        assert not re.search(r"[ぁ-ヺ一-龠]", one.reason.en), one.item
        assert len(one.reason.ja) <= 60, one.item
        assert len(one.reason.en) <= 100, one.item
        assert not one.reason.ja.endswith("。")
        assert not one.reason.en.endswith(".")


@pytest.mark.parametrize("crosswalk", ALL, ids=named)
def test_a_relation_that_claims_all_of_an_element_is_the_exception(crosswalk: Crosswalk) -> None:
    claims = sum(one.relation.covers for one in crosswalk.links)
    assert 0 < claims < len(crosswalk.links) / 5


def test_there_is_one_to_the_second_pack_and_one_to_nist() -> None:
    assert [named(one) for one in ALL] == [
        f"tokyo-ai@{version}--{framework}"
        for version in (1, 2)
        for framework in ("ai-business", "nist-ai-rmf")
    ]


@pytest.mark.parametrize("crosswalk", ALL, ids=named)
def test_a_later_version_maps_what_it_changed_anew_and_keeps_the_rest(
    crosswalk: Crosswalk,
) -> None:
    pack = packs.load(crosswalk.source)[0]
    if pack.since is None:
        return
    (before,) = (
        one
        for one in ALL
        if (one.source, one.framework) == (f"{pack.id}@{pack.since}", crosswalk.framework)
    )
    old, links = set(before.links), set(crosswalk.links)
    changed = {id for one in pack.changes for id in (*one.old, *one.new)}
    assert {one for one in old if one.item not in changed} <= links
    assert {one.item for one in links - old} <= changed
    assert {one.item for one in links & old} & changed == set(), "said anew, if only in new words"


@pytest.mark.parametrize("crosswalk", ALL, ids=named)
def test_what_an_item_was_linked_to_is_linked_to_what_became_of_it(crosswalk: Crosswalk) -> None:
    pack = packs.load(crosswalk.source)[0]
    for before in ALL:
        if (before.source, before.framework) == (f"{pack.id}@{pack.since}", crosswalk.framework):
            for change in pack.changes:
                was = {one.target for one in before.links if one.item in change.old}
                now = {one.target for one in crosswalk.links if one.item in change.new}
                assert was <= now or not change.new, change.old


def test_nist_has_its_72_subcategories_in_four_functions() -> None:
    (nist,) = {one.framework for one in ALL if one.framework.id == "nist-ai-rmf"}
    counts = Counter(element.group for element in nist.elements)
    assert counts == {"GOVERN": 19, "MAP": 18, "MEASURE": 22, "MANAGE": 13}
    for element in nist.elements:
        assert re.fullmatch(element.group + r" \d\.\d+", element.id)


def test_an_id_that_leads_nowhere_is_found_at_its_place(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "crosswalks"))
    file = next(folder.glob("tokyo-ai@1*nist*"))
    text = file.read_text(encoding="utf-8")
    broken = text.replace("target: MAP 1.1", "target: MAP 1.9", 1)
    broken = broken.replace("item: planning.bpr", "item: planning.bpm", 1)
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        crosswalks.compile_folder(folder)
    found = [(one.code, one.args["id"], one.line) for one in caught.value.findings]
    lines = [broken[: broken.index(id)].count("\n") + 1 for id in ("MAP 1.9", "planning.bpm")]
    assert found == [("AG206", "MAP 1.9", lines[0]), ("AG206", "planning.bpm", lines[1])]


def test_a_mapping_that_builds_on_none_is_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "crosswalks"))
    file = folder / "tokyo-ai@2--nist-ai-rmf.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("framework: nist-ai-rmf", "framework: nist"), encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        crosswalks.compile_folder(folder)
    assert [(one.code, one.line) for one in caught.value.findings] == [
        ("AG206", text[: text.index("framework:")].count("\n") + 1)
    ]


def test_a_link_given_twice_is_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "crosswalks"))
    file = next(folder.glob("tokyo-ai@1*--ai-business*"))
    text = file.read_text(encoding="utf-8")
    block = text[text.index("  - item:") : text.index("  - item:", text.index("  - item:") + 1)]
    file.write_text(text + block, encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        crosswalks.compile_folder(folder)
    assert [one.code for one in caught.value.findings] == ["AG207"]
