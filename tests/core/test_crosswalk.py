"""A crosswalk goes with its items: renamed, split, merged, removed, and never claims more."""

import pytest

from aiguide.core.crosswalk import (
    Confidence,
    Crosswalk,
    Element,
    Framework,
    Group,
    Link,
    Relation,
    carried,
)
from aiguide.core.guideline import Basis
from aiguide.core.pack_changes import PackChange
from tests.make import item, text

FRAMEWORK = Framework(
    "other",
    text("Other"),
    text("them"),
    text("1"),
    "https://example.org",
    text("whole"),
    (Group("all", text("All")),),
    (Element("X 1", "all", text("one")),),
)


def link(item: str, relation: str = "equal") -> Link:
    return Link(item, "X 1", Relation(relation), Confidence.HIGH, Basis.PROJECT, text("so"))


def change(old: str, new: str) -> PackChange:
    old_items, new_items = (tuple(item(id) for id in ids.split()) for ids in (old, new))
    return PackChange(old_items, new_items, None, ())


def carry(links: list[Link], *changes: PackChange) -> dict[str, str]:
    found = carried(Crosswalk("test@1", FRAMEWORK, tuple(links)), changes)
    return {one.item: one.relation.value for one in found.links}


def test_an_item_that_did_not_change_keeps_its_link() -> None:
    assert carry([link("a")], change("b", "c")) == {"a": "equal"}


def test_a_renamed_item_takes_its_link_along() -> None:
    assert carry([link("a", "subset")], change("a", "b")) == {"b": "subset"}


def test_a_removed_item_leaves_no_link() -> None:
    assert carry([link("a"), link("b")], change("a", "")) == {"b": "equal"}


@pytest.mark.parametrize(
    ("was", "part", "whole"),
    [
        ("equal", "subset", "superset"),
        ("superset", "intersects", "superset"),
        ("subset", "subset", "intersects"),
        ("intersects", "intersects", "intersects"),
    ],
)
def test_parts_ask_for_less_than_the_whole_and_the_whole_for_more(
    was: str, part: str, whole: str
) -> None:
    assert carry([link("a", was)], change("a", "b c")) == {"b": part, "c": part}
    assert carry([link("a", was)], change("a x", "m")) == {"m": whole}


def test_of_two_merged_links_the_one_that_tells_more_stands() -> None:
    links = [link("a", "intersects"), link("b", "superset")]
    assert carry(links, change("a b", "m")) == {"m": "superset"}


def test_which_part_was_meant_is_not_known_so_that_confidence_is_low() -> None:
    (one, *_) = carried(Crosswalk("test@1", FRAMEWORK, (link("a"),)), (change("a", "b c"),)).links
    assert one.confidence is Confidence.LOW
