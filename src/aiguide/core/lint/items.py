"""Check items whose level has no ground, or that are much like another."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from aiguide.core.guideline import Basis
from aiguide.core.likeness import grams, likeness
from aiguide.core.lint.draft import Draft, Found, LintPolicy, Part

# The document that stands for the author of a pack.
OWN_WORD = "project"


def groundless(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find levels that are said to be stated where no source states anything (AG605)."""
    for item in draft.parts["items"]:
        level = item.data["level_basis"]
        if level["basis"] == Basis.STATED and not _states(item.data["sources"], level):
            yield item.found("AG605", "level_basis")


def own_word_as_stated(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find sources that pass an author's own word off as stated by a document (AG624)."""
    for item in draft.parts["items"]:
        for index, source in enumerate(item.data["sources"]):
            if source["document"] == OWN_WORD and source["basis"] != Basis.PROJECT:
                yield item.found("AG624", "sources", index, "basis", basis=source["basis"])


def _states(sources: list[Any], level: Mapping[str, Any]) -> bool:
    """Tell whether what sources state covers the cells that a level is stated for."""
    stating = [one for one in sources if one["basis"] == Basis.STATED]
    if any(not one.get("cells") for one in stating):
        return True
    stated_for = {cell for one in stating for cell in one["cells"]}
    cells = level.get("cells", ())
    return bool(cells) and stated_for.issuperset(cells)


def alike(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find items whose title or check text is much like that of an earlier one (AG610).

    Of items with the same id one is a copy, and that is told already.
    """
    known: dict[str, Part] = {}
    for item in draft.parts["items"]:
        known.setdefault(item.id, item)
    items = list(known.values())
    for key, least in policy.alike.items():
        texts = [grams(item.data[key]) for item in items]
        for first, second in combinations(range(len(items)), 2):
            share = likeness(texts[first], texts[second])
            if share >= least:
                args = {"other": items[first].id, "part": key, "percent": int(share * 100)}
                yield items[second].found("AG610", key, **args)
