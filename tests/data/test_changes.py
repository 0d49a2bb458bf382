"""What a new version of a shipped pack says it changed is what it changed, and all of it."""

import re
from collections import Counter
from typing import Any

import pytest

from aiguide.core.guideline import Guideline, Item
from aiguide.core.text import Lang
from aiguide.store import packs

CHANGED = [name for name in packs.names() if packs.load(name)[0].changes]


@pytest.fixture(scope="module", params=CHANGED)
def pack(request: pytest.FixtureRequest) -> Guideline:
    name: str = request.param
    return packs.load(name)[0]


@pytest.fixture(scope="module")
def earlier(pack: Guideline) -> Guideline:
    return packs.load(f"{pack.id}@{pack.since}")[0]


def asked(item: Item) -> tuple[Any, ...]:
    """Give what a project answers to: title, level and check text; and to whom it applies."""
    clauses = item.applies_to and [
        (one.domains, one.cells, one.conditions) for one in item.applies_to
    ]
    return item.digest, item.title, item.level, item.check, clauses


def differing(old: Guideline, new: Guideline) -> tuple[set[str], set[str]]:
    """Give the ids, in the one and in the other version, of items that are not alike in both."""
    before = {item.id: asked(item) for item in old.items}
    after = {item.id: asked(item) for item in new.items}
    alike = {id for id in before if before[id] == after.get(id)}
    return before.keys() - alike, after.keys() - alike


def test_the_tokyo_pack_has_a_second_version() -> None:
    assert "tokyo-ai@2" in CHANGED


def test_every_difference_is_declared_once_and_nothing_else_is(
    pack: Guideline, earlier: Guideline
) -> None:
    gone, come = differing(earlier, pack)
    assert Counter(id for one in pack.changes for id in one.old) == Counter(gone)
    assert Counter(id for one in pack.changes for id in one.new) == Counter(come)


def test_no_change_moves_several_items_to_several(pack: Guideline) -> None:
    assert not [one for one in pack.changes if len(one.old) > 1 and len(one.new) > 1]


def test_every_reason_is_a_whole_sentence_in_both_languages(pack: Guideline) -> None:
    for one in pack.changes:
        assert one.reason.ja.endswith("。"), one.old
        assert one.reason.en.endswith("."), one.old
        assert len({other.reason.en for other in pack.changes}) == len(pack.changes)


def test_what_the_official_text_states_is_left_alone(pack: Guideline, earlier: Guideline) -> None:
    stated = [one for one in earlier.items if one.level_basis.cells]
    assert [asked(pack.item(one.id)) for one in stated] == [asked(one) for one in stated]
    assert pack.edition == earlier.edition
    assert [(one.id, one.stance_id, one.considerations) for one in pack.cells] == [
        (one.id, one.stance_id, one.considerations) for one in earlier.cells
    ]


def test_a_change_is_sparing(pack: Guideline, earlier: Guideline) -> None:
    gone, _ = differing(earlier, pack)
    assert len(gone) < len(earlier.items) / 4


def test_what_is_said_of_a_guideline_alone_is_said_alike_by_all_its_versions(
    pack: Guideline, earlier: Guideline
) -> None:
    """`words` is copied from version to version: one mended in one version is mended in all."""
    assert pack.words == earlier.words


# What the English notes put in quotation marks that is no title.
SAID = {"serious"}


@pytest.mark.parametrize(("lang", "quoted"), [("ja", "「([^」]+)」"), ("en", '"([^"]+)"')])
def test_what_a_note_names_is_there_under_that_name(
    pack: Guideline, lang: Lang, quoted: str
) -> None:
    """A title that is reworded is reworded in the notes that send people there."""
    titles = {one.title.in_(lang) for one in pack.items}
    titles |= {one.title.in_(lang) for one in pack.cells}
    titles |= {one.title.in_(lang) for one in pack.domains}
    for item in pack.items:
        noted = item.note.in_(lang) if item.note else ""
        named = {one.removesuffix(".") for one in re.findall(quoted, noted)}
        assert named - titles - SAID == set(), item.id
