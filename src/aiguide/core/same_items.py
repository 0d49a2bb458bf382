"""Which items that are gone from a pack seem to live on in new ones: renamed, split or merged."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from aiguide.core.guideline import Item
from aiguide.core.likeness import Grams, grams, likeness
from aiguide.core.pack_changes import PackChange
from aiguide.core.text import Text


def grouped(
    changes: Sequence[PackChange], alike: Mapping[str, float]
) -> Iterator[tuple[PackChange, ...]]:
    """Give changes of one item each, those together that seem to be one change of several.

    `alike`: from which share on the texts under a key (`title`, `check`) of two items are alike.
    """
    groups = [[one] for one in changes]
    for index, one in enumerate(changes):
        for other in changes[index + 1 :]:
            if _is_one(one, other, alike):
                first, second = (next(g for g in groups if c in g) for c in (one, other))
                if first is not second:
                    first.extend(second)
                    groups.remove(second)
    for group in groups:
        yield tuple(one for one in changes if one in group)


def _is_one(one: PackChange, other: PackChange, alike: Mapping[str, float]) -> bool:
    """Tell whether what one change takes away or alters is alike to what the other adds."""
    return any(
        _are_alike(was.old[0], now.new[0], alike)
        for was, now in ((one, other), (other, one))
        if was.old and now.new and not (was.new and now.old)
    )


def _are_alike(was: Item, now: Item, alike: Mapping[str, float]) -> bool:
    texts = {"title": (was.title, now.title), "check": (was.check, now.check)}
    return any(_share(*texts[key]) >= least for key, least in alike.items())


def _share(one: Text, other: Text) -> float:
    return likeness(_grams(one), _grams(other))


@lru_cache(maxsize=1024)  # each is held against many
def _grams(text: Text) -> Grams:
    return grams({"ja": text.ja, "en": text.en})
