"""What readers see of the things of a pack beside what an item asks, to tell where it changes."""

from collections.abc import Iterable, Mapping

from aiguide.core import wording
from aiguide.core.contrast import stretch
from aiguide.core.guideline import Cell, Guideline, Item, Source
from aiguide.core.pack_rules import Names, rules
from aiguide.core.text import Text
from aiguide.core.words import Words

# From which length on only the stretch that differs is told.
LONG = 60

Facets = dict[str, str]


def of_terms(words: Words, guideline: Guideline, names: Names) -> Mapping[tuple[str, str], Facets]:
    """Map kind and id of stances, conditions, phases and cells to what is said of each.

    They go by the ids of another version, as `names` has them. What a project's staff are asked
    of them is left out: see `term_changes`.
    """
    found: dict[tuple[str, str], Facets] = {}
    for stance in guideline.stances:
        texts = _texts(words, title=stance.title, description=stance.description)
        found["stances", stance.id] = texts
    for condition in guideline.conditions:
        found["conditions", names.of("conditions", condition.id)] = _texts(
            words,
            title=condition.title,
            question=condition.question,
            description=condition.description,
        )
    for phase in guideline.phases:
        in_use = {"in_use": "true" if phase.in_use else ""}
        said = _texts(words, description=phase.description) | in_use
        found["phases", names.of("phases", phase.id)] = said
    for cell in guideline.cells:
        found["cells", names.of("cells", cell.id)] = _cell(words, guideline, cell)
    for (kind, id, key), value in rules(guideline, names).items():
        if (kind, id) in found and (kind, key) != ("cells", "stance"):
            found[kind, id][key] = value
    return found


def of_item(words: Words, guideline: Guideline, item: Item) -> Facets:
    """Give what is said of an item beside its title, level, check text, reach and phase."""
    drafting = item.drafting
    level = f"basis.{item.level_basis.basis.value}"
    return {
        "considerations": wording.considerations(words, guideline, item.considerations),
        "evidence": _joined(words, item.evidence),
        "note": words.pick(item.note) if item.note else "",
        "sources": _sources(words, guideline, item.sources),
        "level_basis": words.say(level),
        "drafting": _joined(words, (drafting.title, drafting.text)) if drafting else "",
        "cleared_by": "exception" if item.exception_only else "",
    }


def differing(before: Facets, after: Facets) -> Iterable[tuple[str, str, str]]:
    """Give the facets that differ, each with the stretches that do where the texts are long."""
    for key in before | after:
        was, now = before.get(key, ""), after.get(key, "")
        if was != now:
            short = not was or not now or max(len(was), len(now)) <= LONG
            yield (key, was, now) if short else (key, *stretch(was, now))


def _cell(words: Words, guideline: Guideline, cell: Cell) -> Facets:
    return {
        "summary": words.pick(cell.summary.text),
        "choose_when": words.pick(cell.choose_when.text),
        "features": _joined(words, [one.text for one in cell.features]),
        "scenes": _joined(words, [one.text for one in cell.scenes]),
        "considerations": wording.considerations(words, guideline, cell.considerations),
    }


def _texts(words: Words, **texts: Text) -> Facets:
    return {key: words.pick(text) for key, text in texts.items()}


def _joined(words: Words, texts: Iterable[Text]) -> str:
    return " / ".join(map(words.pick, texts))


def _sources(words: Words, guideline: Guideline, sources: Iterable[Source]) -> str:
    return " / ".join(
        wording.source_line(words, guideline, one, one.cells[:1] or ()) for one in sources
    )
