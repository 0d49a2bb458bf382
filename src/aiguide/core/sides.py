"""The two versions of a pack that are compared, in the ids and titles of the later one."""

from collections.abc import Iterable, Mapping

from aiguide.core.guideline import Guideline
from aiguide.core.pack_rules import Names
from aiguide.core.text import Text
from aiguide.core.words import Words

# Kind and id of a thing.
Place = tuple[str, str]
Titles = Mapping[str, Mapping[str, Text]]


class Side:
    """One of two versions; a title that changed is told of its thing, not of all that names it."""

    def __init__(self, guideline: Guideline, old: Guideline, new: Guideline) -> None:
        self.guideline = guideline
        self.names = Names(old if guideline is old else new, new)
        names = Names(old, new)
        before, after = _titles(old, names), _titles(new, Names(new, new))
        self._titles = before | after
        shared = before.keys() & after.keys()
        self.merged = {place for place in shared if names.is_merged(*place)}
        self._same = shared - self.merged

    def title(self, words: Words, kind: str, id: str) -> str:
        """Name what has `id` on this side."""
        return words.pick(self._titles[kind, self.names.of(kind, id)])

    def named(self, words: Words, kind: str, ids: Iterable[str]) -> str:
        """Name what has those ids on this side."""
        return words.listing([self.title(words, kind, id) for id in ids])

    def order(self, words: Words, kind: str, ids: Iterable[str]) -> str:
        """Name the same in its order, as far as it is on both sides."""
        places = ((kind, self.names.of(kind, id)) for id in ids)
        return words.listing([words.pick(self._titles[one]) for one in places if one in self._same])


def sides(old: Guideline, new: Guideline) -> tuple[Side, Side]:
    """Give both sides of a comparison."""
    return Side(old, old, new), Side(new, old, new)


def titles(guideline: Guideline) -> Titles:
    """Map the kinds of things of a pack to their ids, in order, and the titles of those."""
    return {
        "domains": {one.id: one.title for one in guideline.domains},
        "stances": {one.id: one.title for one in guideline.stances},
        "considerations": {one.id: one.title for one in guideline.considerations},
        "phases": {one.id: one.title for one in guideline.phases},
        "conditions": {one.id: one.title for one in guideline.conditions},
        "cells": {one.id: one.title for one in guideline.cells},
        "documents": {one.id: one.short_title for one in guideline.documents},
        "record": {one.id: one.title for one in guideline.record},
        "items": {one.id: one.title for one in guideline.items},
    }


def _titles(guideline: Guideline, names: Names) -> dict[Place, Text]:
    return {
        (kind, names.of(kind, id)): title
        for kind, listed in titles(guideline).items()
        for id, title in listed.items()
    }
