"""What stale answers answered: the items of an earlier version, as they were worded then."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from aiguide.core.checklist import Question
from aiguide.core.guideline import Guideline, Item
from aiguide.core.pack_changes import came_from


def recalled(question: Question, versions: tuple[Guideline, ...]) -> Question:
    """Give a question that knows what its answer answered, where that is worded otherwise by now.

    `versions` lead up to the item's own. What is in none of them is not known.
    """
    return replace(question, former=_former(question, versions)) if question.stale else question


def before(versions: tuple[Guideline, ...], item: Item) -> tuple[Item, ...]:
    """Give what an item of the last version was in the one before, where that was another."""
    was = next(iter(_earlier(versions, item)), ())
    return () if [(one.id, one.digest) for one in was] == [(item.id, item.digest)] else was


def _former(question: Question, versions: tuple[Guideline, ...]) -> tuple[Item, ...]:
    digest = question.answer.item_digest if question.answer else ""
    for items in _earlier(versions, question.item):
        if any(one.digest == digest for one in items):
            return items
    return ()


def _earlier(versions: tuple[Guideline, ...], item: Item) -> Iterator[tuple[Item, ...]]:
    """Give the items that an item of the last version comes from, from version to version back."""
    for first in range(len(versions) - 2, -1, -1):
        ids = _origins(versions[first:]).get(item.id, set())
        yield tuple(one for one in versions[first].items if one.id in ids)


# Asked for of every stale answer of a project.
@lru_cache(maxsize=16)
def _origins(versions: tuple[Guideline, ...]) -> dict[str, set[str]]:
    return came_from(versions)
