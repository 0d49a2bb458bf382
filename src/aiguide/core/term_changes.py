"""What changed between versions beside what items ask: cells, stances, rules, texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiguide.core import facets, wording
from aiguide.core.facets import Facets
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.new_names import CELLS, CONDITIONS, KINDS, PHASES, became
from aiguide.core.pack_changes import compare
from aiguide.core.pack_rules import RULES, Names
from aiguide.core.words import Worded, Words


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
    """Give the cells, stances, conditions and phases that are not what they were."""
    names = Names(old, new)
    for kind in KINDS:
        before, after = _terms(words, old)[kind], _terms(words, new)[kind]
        went = became(old, new, kind)
        for id, was in before.items():
            now = went[id]
            if now != id or (kind != CONDITIONS and was != after[now]):  # theirs are facets
                part = _part(words, kind, id, now)
                if kind == CONDITIONS and now and names.is_merged(kind, now):
                    part = words.say("term.merged", term=part)
                said = after[now] if now else ""
                yield TermDifference(part, was, said, _why(words, new, kind, id, now))
        for id in [id for id in after if id not in went.values()]:
            yield TermDifference(_part(words, kind, id, id), "", after[id])
    yield from _facets(words, old, new)


def _facets(words: Words, old: Guideline, new: Guideline) -> Iterator[TermDifference]:
    """Give what is said otherwise of what is in both versions; of stances also new and gone."""
    names = Names(old, new)
    before = facets.of_terms(words, old, names)
    after = facets.of_terms(words, new, Names(new, new))
    for place in {**before, **after}:
        kind, id = place
        if names.is_merged(*place):
            continue  # it says what none of those did that came to it
        if place in before and place in after:
            yield from _differing(words, new, place, before[place], after[place])
        elif kind == "stances":
            was, now = (one.get(place, {}).get("title", "") for one in (before, after))
            yield TermDifference(_part(words, kind, id, id), was, now)
    yield from _quiet_items(words, old, new)


def _quiet_items(words: Words, old: Guideline, new: Guideline) -> Iterator[TermDifference]:
    """Give what is said otherwise of items that ask the same."""
    changed = {item.id for one in compare(old, new) for item in (*one.old, *one.new)}
    now = {item.id: item for item in new.items}
    for item in old.items:
        if item.id in now and item.id not in changed:
            both = facets.of_item(words, old, item), facets.of_item(words, new, now[item.id])
            yield from _differing(words, new, ("items", item.id), *both)


def _differing(
    words: Words, new: Guideline, place: tuple[str, str], before: Facets, after: Facets
) -> Iterator[TermDifference]:
    kind, id = place
    for key, was, now in facets.differing(before, after):
        part = words.say(
            "facet.of", term=Worded(_part(words, kind, id, id)), facet=facet(words, key)
        )
        why = new.rule_reasons.get(id) if key in RULES else None
        yield TermDifference(part, was, now, words.pick(why) if why else "")


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


def _terms(words: Words, guideline: Guideline) -> Mapping[str, Mapping[str, str]]:
    """Map kind and id of each term to what a project's staff read of it."""
    return {
        CELLS: {one.id: " ".join(_cell(words, guideline, one)) for one in guideline.cells},
        CONDITIONS: {
            one.id: words.say(
                "term.condition",
                title=one.title,
                question=one.question,
                description=one.description,
            )
            for one in guideline.conditions
        },
        PHASES: {one.id: words.pick(one.title) for one in guideline.phases},
    }


def _cell(words: Words, guideline: Guideline, cell: Cell) -> Iterator[str]:
    yield wording.cell_name(words, guideline, cell.id)
    if cell.stance:
        yield wording.stance_name(words, guideline.stance(cell.stance.id))
