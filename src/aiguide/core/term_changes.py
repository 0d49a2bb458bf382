"""What changed between versions beside what items ask: cells, stances, rules, texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiguide.core import facets
from aiguide.core.facets import Said, in_both, ours_first
from aiguide.core.guideline import Cell, Guideline, TermChange
from aiguide.core.new_names import CELLS, CONDITIONS, KINDS, became
from aiguide.core.pack_changes import compare
from aiguide.core.pack_rules import RULES
from aiguide.core.sides import Place, Side, sides
from aiguide.core.text import Lang
from aiguide.core.words import Worded, Words

# By the kind of what is new or gone as a whole, the facet that names it.
_NAMED_BY = {"words": "wording"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not what it was; empty before where it is new, after where it is gone."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TermDifference(Difference):
    """The same of a term; why, where it goes by another id or is gone."""

    reason: str = ""


def term_changes(words: Words, old: Guideline, new: Guideline) -> Iterator[TermDifference]:
    """Give all that is not what it was, but for what check items ask."""
    before, after = sides(old, new)
    for kind in KINDS:
        yield from _terms(words, before, after, kind)
    yield from _things(words, before, after)
    yield from _quiet_items(words, before, after)


def _terms(words: Words, before: Side, after: Side, kind: str) -> Iterator[TermDifference]:
    """Give the cells, conditions or phases that are new, gone, or go by another id or name."""
    new = after.guideline
    went = became(before.guideline, new, kind)
    was, now = (in_both(words, _named, side, kind) for side in (before, after))
    for id, to in went.items():
        if to == id and kind == CONDITIONS:
            continue  # theirs are facets
        told = ((one, was[one][id], now[one][to] if to else "") for one in ours_first(words.lang))
        lang, said, says = max(told, key=lambda one: one[1] != one[2])
        if said != says or to != id:
            part = _part(words, kind, id, to)
            if kind == CONDITIONS and to and before.names.is_merged(kind, to):
                part = words.say("term.merged", term=Worded(part))
            why = _why(words, new, kind, id, to)
            yield TermDifference(in_language(words, part, lang), said, says, why)
    for id, text in now[words.lang].items():
        if id not in went.values():
            yield TermDifference(_part(words, kind, id, id), "", text)


def _things(words: Words, before: Side, after: Side) -> Iterator[TermDifference]:
    """Give what is said otherwise of what is in both versions, and what else is new or gone."""
    was, now = (in_both(words, facets.of_things, side) for side in (before, after))
    for place in {**was[words.lang], **now[words.lang]}:
        ends = [{lang: said[lang].get(place, {}) for lang in said} for said in (was, now)]
        if all(one[words.lang] for one in ends):
            yield from _differing(words, after.guideline, place, *ends)
        elif place[0] not in KINDS:
            key = _NAMED_BY.get(place[0], "title")
            named = [one[words.lang].get(key, "") for one in ends]
            yield TermDifference(_part(words, *place, place[1]), *named)


def _quiet_items(words: Words, before: Side, after: Side) -> Iterator[TermDifference]:
    """Give what is said otherwise of items that ask the same."""
    old, new = before.guideline, after.guideline
    changed = {item.id for one in compare(old, new) for item in (*one.old, *one.new)}
    now = {item.id: item for item in new.items}
    for item in old.items:
        if item.id in now and item.id not in changed:
            ends = (
                in_both(words, facets.of_item, before, item),
                in_both(words, facets.of_item, after, now[item.id]),
            )
            yield from _differing(words, new, ("items", item.id), *ends)


def _differing(
    words: Words, new: Guideline, place: Place, before: Said, after: Said
) -> Iterator[TermDifference]:
    kind, id = place
    for one in facets.differing(words.lang, before, after):
        change = _reworded(new, id) if (kind, one.key) == (CONDITIONS, "question") else None
        mended = change is not None and change.editorial
        named = facet(words, "question_mended" if mended else one.key)
        part = words.say("facet.of", term=Worded(_part(words, kind, id, id)), facet=named)
        why = new.rule_reasons.get(id) if one.key in RULES else None
        if change is not None and change.old == id:  # of one with another id it is told there
            why = change.reason
        said = in_language(words, part, one.lang)
        yield TermDifference(said, one.was, one.now, words.pick(why) if why else "")


def _reworded(new: Guideline, id: str) -> TermChange | None:
    """Give what is declared of the condition that is now `id`."""
    listed = (one for one in new.term_changes if (one.kind, one.new) == (CONDITIONS, id))
    return next(listed, None)


def in_language(words: Words, part: str, lang: Lang) -> str:
    """Name what differs, and the language where it does so only in the one not spoken here."""
    if lang == words.lang:
        return part
    return words.say("changes.only", part=Worded(part), only=lang)


def facet(words: Words, key: str) -> Worded:
    """Name a facet, with the key under which it stands for its author."""
    name = key.replace("_", "-")
    return words.say(f"facet.{name}")


def _part(words: Words, kind: str, id: str, now: str | None) -> str:
    term = words.say(f"term.{kind}", id=id)
    return words.say("entry.arrow", before=term, after=now) if now not in (id, None) else term


def _why(words: Words, new: Guideline, kind: str, id: str, now: str | None) -> str:
    if now == id:
        said = new.rule_reasons.get(id)
        return words.pick(said) if said else ""
    reasons = (one.reason for one in new.term_changes if (one.kind, one.old) == (kind, id))
    reason = next(reasons, None)
    return words.pick(reason) if reason else words.say("changes.undeclared")


def told(words: Words, one: TermDifference) -> Worded:
    """Say what differs of a term, and why."""
    if not one.before:
        said = words.say("term.added", text=Worded(one.after))
    elif not one.after:
        said = words.say("term.removed", text=Worded(one.before))
    elif one.before == one.after:
        said = Worded(one.after)
    else:
        said = words.say("entry.arrow", before=Worded(one.before), after=Worded(one.after))
    return words.say("term.because", said=said, reason=Worded(one.reason)) if one.reason else said


def _named(words: Words, side: Side, kind: str) -> Mapping[str, str]:
    """Map the ids of cells, conditions or phases to what a project's staff read of each."""
    guideline = side.guideline
    if kind == CELLS:
        return {one.id: " ".join(_cell(words, side, one)) for one in guideline.cells}
    if kind == CONDITIONS:
        return {
            one.id: words.say(
                "term.condition",
                title=one.title,
                question=one.question,
                description=one.description,
            )
            for one in guideline.conditions
        }
    return {one.id: words.pick(one.title) for one in guideline.phases}


def _cell(words: Words, side: Side, cell: Cell) -> Iterator[str]:
    yield words.say(
        "cell.name",
        domain=Worded(side.title(words, "domains", cell.domain)),
        title=cell.title,
    )
    if cell.stance:
        stance = side.title(words, "stances", cell.stance.id)
        yield words.say("stance.name", title=Worded(stance))
