"""Labels and sentences made of a guideline's terms, the same on screens and in reports."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from aiguide.core.applicability import denied, hanging_on, unanswered
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Basis
from aiguide.core.names import name_key
from aiguide.core.project import Status
from aiguide.core.suggest import near
from aiguide.core.text import LANGS
from aiguide.core.words import Worded

if TYPE_CHECKING:  # a command that only names a cell need not load the checklist
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from aiguide.core.applicability import Situation, Truth, Why
    from aiguide.core.checklist import Asked, Checklist, Question
    from aiguide.core.guideline import (
        Cell,
        Clause,
        Domain,
        Guideline,
        Item,
        Level,
        Source,
        Stance,
    )
    from aiguide.core.project import Evidence, Project
    from aiguide.core.words import Words

INFERRED = "?"  # after a stance that no source states of the cell


def complaint(words: Words, error: AiguideError) -> Worded:
    """Word an error on one line, with what was probably meant, or how it is written."""
    said: str = words.say(f"error.{error.code}", **error.args_said)
    if close := error.args_said.get("near"):
        said += "  " + words.say("near", near=close)
    if words.has(how := f"error.{error.code}.example"):
        said += " " + words.say(how)
    return Worded(said)


def cell_name(words: Words, guideline: Guideline, id: str) -> str:
    """Name a cell with its domain, which goes without saying where there is only one."""
    cell = guideline.cell(id)
    if len(guideline.domains) == 1:
        return words.pick(cell.title)
    return titled_cell(words, {cell.domain: guideline.domain(cell.domain)}, cell)


def term_name(words: Words, guideline: Guideline, id: str) -> str:
    """Name a cell, condition or phase by its title, with its id."""
    if any(one.id == id for one in guideline.cells):
        title = cell_name(words, guideline, id)
    else:
        titles = {one.id: one.title for one in guideline.conditions}
        titles |= {one.id: one.title for one in guideline.phases}
        title = words.pick(titles[id]) if id in titles else ""
    return words.say("term.named", title=Worded(title), id=id) if title else id


def titled_cell(words: Words, domains: Mapping[str, Domain], cell: Cell) -> str:
    """Name a cell with its domain, which is one of `domains`."""
    return words.say("cell.name", domain=domains[cell.domain].title, title=cell.title)


def stance_name(words: Words, stance: Stance) -> str:
    """Name a stance with its mark, so that colour is never the only sign."""
    return words.say("stance.name", title=stance.title)


def cell_stance(words: Words, guideline: Guideline, cell: Cell) -> str:
    """Name a cell's stance, marked where it is inferred; nothing where the guideline takes none."""
    stance = guideline.stance_of(cell)
    return marked_stance(words, stance, cell.inferred) if stance else ""


def marked_stance(words: Words, stance: Stance, inferred: bool) -> str:
    """Name a stance, with the mark of one that is inferred."""
    return stance_name(words, stance) + (INFERRED if inferred else "")


def stance_meaning(words: Words, guideline: Guideline, cell: Cell) -> str:
    """Say what a cell's stance means; nothing where the guideline takes none."""
    stance = guideline.stance_of(cell)
    return words.pick(stance.description) if stance else ""


def stance_doubt(words: Words, guideline: Guideline, cell: Cell) -> str:
    """Say that a cell's stance is inferred, with the other reading if any; else nothing."""
    stance = cell.stance
    if stance is None or not cell.inferred:
        return ""
    if stance.other_reading is None:
        return words.say("stance.inferred")
    other = guideline.stance(stance.other_reading).title
    return words.say("stance.other-reading", other=other)


def inferred_note(words: Words, cells: Iterable[Cell]) -> str:
    """Say below some cells what the mark of an inferred stance means; nothing where none has it."""
    if not any(cell.inferred for cell in cells):
        return ""
    return f"{INFERRED} {words.say('matrix.inferred')}"


def considerations(words: Words, guideline: Guideline, ids: Iterable[str]) -> str:
    """List considerations by name."""
    return words.listing([words.pick(guideline.consideration(id).title) for id in ids])


def level_name(words: Words, checklist: Checklist, item: Item) -> str:
    """Name an item's level; a required level that no source states is named as our proposal."""
    return plain_level(words, item.level, checklist.level_basis(item))


def plain_level(words: Words, level: Level, basis: Basis) -> str:
    """Name a level on a basis; one that no source states is ours to propose."""
    proposed = "" if basis is Basis.STATED else "-proposed"
    return words.say(f"level.{level.value}{proposed}")


def applies(words: Words, guideline: Guideline, item: Item) -> str:
    """Say to what an item applies, clause by clause."""
    if item.applies_to is None:
        return words.say("why.everywhere")
    return clauses(words, guideline, item.applies_to)


def clauses(words: Words, guideline: Guideline, any_of: Iterable[Clause]) -> str:
    """Say to what some clauses apply, of which one suffices."""
    said = []
    for clause in any_of:
        titles = [guideline.condition(id).title for id in clause.conditions]
        parts = [
            words.listing([words.pick(guideline.domain(id).title) for id in clause.domains]),
            words.listing([cell_name(words, guideline, id) for id in clause.cells]),
            *(words.say("quote", text=title) for title in titles),
        ]
        said.append(words.say("show.and").join(filter(None, parts)))
    return words.say("show.or").join(said)


def source_line(words: Words, guideline: Guideline, source: Source, cells: Iterable[str]) -> str:
    """Give a source with its basis, as it counts for `cells`."""
    document = guideline.document(source.document)
    basis = source.basis_for(cells)
    key = f"basis.{basis.value}"
    if basis is not source.basis:
        stated = words.listing([cell_name(words, guideline, id) for id in source.cells])
        return words.say(
            "source.stated-elsewhere",
            document=document.short_title,
            locator=source.locator,
            basis=words.say(key),
            cells=stated,
        )
    mark = words.say("basis.mark", basis=words.say(key))
    return f"{words.pick(document.short_title)}: {words.pick(source.locator)} {mark}"


def source_lines(
    words: Words, guideline: Guideline, sources: Iterable[Source], cells: Collection[str]
) -> tuple[str, ...]:
    """Give each source once, as it counts for `cells`."""
    lines = (source_line(words, guideline, source, cells) for source in sources)
    return tuple(dict.fromkeys(lines))


def item_sources(words: Words, checklist: Checklist, item: Item) -> tuple[str, ...]:
    """Give an item's sources with their basis for the project's cells."""
    cells = checklist.project.cells
    return source_lines(words, checklist.guideline, item.sources, cells)


def sources_in_brief(words: Words, checklist: Checklist, item: Item) -> str:
    """Give the documents of an item's sources, each with its basis for the project's cells."""
    cells, guideline = checklist.project.cells, checklist.guideline
    named = dict.fromkeys((one.document, one.basis_for(cells)) for one in item.sources)
    return words.listing(
        [
            words.say(
                "source.brief",
                document=guideline.document(document).short_title,
                basis=words.say(f"basis.{basis.value}"),
            )
            for document, basis in named
        ]
    )


def unanswered_conditions(words: Words, checklist: Checklist) -> dict[str, Worded]:
    """Map each condition that nobody has answered to what a no would take off the list."""
    found: dict[str, Worded] = {}
    guideline, now = checklist.guideline, checklist.situation
    for id, alone in unanswered(guideline, now).items():
        count = alone or len(hanging_on(guideline, now, id))
        key = "" if alone else "-joint" if count else "-idle"
        title = guideline.condition(id).title
        found[id] = words.say(f"status.condition{key}", condition=title, count=count)
    return found


def why_sentence(words: Words, guideline: Guideline, now: Situation, why: Why) -> str:
    """Say why an item applies."""
    if why.everywhere:
        return words.say("why.everywhere")
    parts: list[str] = []
    if why.cells:
        names = words.listing([cell_name(words, guideline, id) for id in why.cells])
        parts.append(words.say("why.cells", cells=names))
    elif not now.cells:
        parts.append(words.say("why.no-cell"))
    parts += conditions_met(words, guideline, now, why.conditions)
    return words.say("why.joint").join(parts)


def why_not(words: Words, guideline: Guideline, now: Situation, item: Item) -> Worded:
    """Say why an item does not apply."""
    ids = denied(item, now)
    if not ids:
        return words.say("why.other-cells")
    return words.listing(conditions_met(words, guideline, now, ids))


def conditions_met(
    words: Words, guideline: Guideline, now: Situation, ids: Iterable[str]
) -> list[str]:
    """Say of each condition how it came to hold."""
    return [
        words.say(
            f"why.condition-{now.conditions[id].value}", condition=guideline.condition(id).title
        )
        for id in ids
    ]


def condition_answer(words: Words, truth: Truth) -> str:
    """Word what is known of a condition."""
    return words.say(f"condition.{truth.value}")


def truth_key(holds: object) -> str:
    """Give the key of what was answered to a condition; what is neither yes nor no is nothing."""
    if holds is True:
        return "condition.declared"
    return "condition.false" if holds is False else "condition.unsaid"


def status_name(words: Words, question: Question) -> str:
    """Name the status that an answer shows; no answer is open."""
    if question.answer is None:
        return words.say("status.open")
    if question.expired:
        return words.say("status.expired")
    if question.stale:
        return words.say("status.stale")
    return words.say(f"status.{question.answer.status.value}")


def none_asked(words: Words, checklist: Checklist, phase: str, asked: Asked) -> Worded:
    """Say that no item of a phase is asked for, and why where one reason is enough for it.

    Where nobody has the name that was asked for, those who are named are told.
    """
    given = [one for one in ("required", "open", "stale", "assignee") if getattr(asked, one)]
    only = replace(asked, required=False, open=False, stale=False)
    if asked.assignee and not checklist.of_phase(phase, only):
        given = ["assignee"]
    key = f"check.none-asked.{given[0]}" if len(given) == 1 else "check.none-asked"
    said = words.say(key, assignee=asked.assignee)
    return Worded("  ".join([said, *_other_assignees(words, checklist, only)]))


def _other_assignees(words: Words, checklist: Checklist, asked: Asked) -> Iterator[str]:
    """Name who is to see to items, and who may be meant, where nobody has the name asked for."""
    people = {name_key(one): one for one in checklist.assignees()}
    if asked.assignee and people and not any(map(asked.takes, checklist.questions)):
        yield words.say("check.assignees", people=list(people.values()))
        if close := near(name_key(asked.assignee), people):
            yield words.say("near", near=people[close])


def past(words: Words, date: str) -> str:
    """Give a date with the mark that it went by."""
    return words.say("date.past", date=date)


def status_of(words: Words, given: str, option: str, *, by_name: bool = False) -> Status:
    """Read a status as people write it: its id, its name in any language, or a short word for it.

    Raises: AiguideError `bad-choice` for `option`; it lists the names, and unless
    `by_name` the ids.
    """
    if status := status_spelt(words, given):
        return status
    names = [words.say(f"status.{one.value}") for one in Status]
    ids = [one.value for one in Status]
    close = near(given, names if by_name else ids)
    both = (words.say("named", id=id, name=name) for id, name in zip(ids, names, strict=True))
    known = names if by_name else list(both)
    raise AiguideError("bad-choice", option=option, value=given, known=known, near=close)


def status_spelt(words: Words, given: str) -> Status | None:
    """Read a status as people write it; None where it is none."""
    return next((one for one in Status if _run_together(given) in _spellings(words, one)), None)


def is_word_for(words: Words, given: str, name: str) -> bool:
    """Tell whether somebody writes a word for the key `name` of the walk, in any language."""
    spoken = map(words.spoken, LANGS)
    return any(_folded(given) in each.say(f"key-words.{name}").split() for each in spoken)


def _spellings(words: Words, status: Status) -> Iterator[str]:
    yield _run_together(status.value)
    for lang in LANGS:
        spoken = words.spoken(lang)
        yield _run_together(spoken.say(f"status.{status.value}"))
        yield from map(_run_together, spoken.say(f"status-words.{status.value}").split())


def _run_together(text: str) -> str:
    """Give a text as it compares where blanks, hyphens and full stops do not count either."""
    return re.sub(r"[\s._-]", "", _folded(text))


def _folded(text: str) -> str:
    """Give a text as it compares: capitals, full width and blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def former_lines(words: Words, item: Item, former: Iterable[Item]) -> tuple[str, ...]:
    """Give what an item was in an earlier version, in a language in which that was another."""
    return tuple(_as_worded(_differing(words, one, item), one) for one in former)


def _differing(words: Words, one: Item, other: Item) -> Words:
    spoken = (words, *map(words.spoken, LANGS))
    differ = (each for each in spoken if _as_worded(each, one) != _as_worded(each, other))
    return next(differ, words)


def _as_worded(words: Words, item: Item) -> str:
    level = words.say(f"level.{item.level.value}")
    return words.say("item.former", item=item.title, id=item.id, level=level, check=item.check)


def answer_flags(words: Words, question: Question) -> tuple[str, ...]:
    """Say what a reader must know of how an answer was recorded, and of its evidence since."""
    unattested = question.answer is not None and not question.attested
    flags = [words.say("answer.unattested")] if unattested else []
    for one in question.bad_evidence:
        state = words.say(f"evidence.{one.state.value}")
        there = words.say("evidence.found", file=one.found) if one.found else ""
        target = Worded(f"{one.evidence.target} {there}".rstrip())
        flags.append(words.say("answer.bad-evidence", target=target, state=state))
    return tuple(flags)


def evidence_line(words: Words, evidence: Evidence) -> str:
    """Give one piece of evidence on one line."""
    label = words.say(f"evidence.{evidence.kind.value}")
    digest = f" (SHA-256 {evidence.sha256[:12]}…)" if evidence.sha256 else ""
    return f"{label}: {evidence.target}{digest}"


def classified_by(words: Words, project: Project) -> str:
    """Say who or what chose the cells, and how sure it was."""
    classification = project.classification
    if classification.confirmed_by:
        return words.say("classified.confirmed", name=classification.confirmed_by)
    if classification.confidence is not None:
        percent = round(classification.confidence * 100)
        return words.say("classified.tool", percent=percent)
    return words.say("classified.unnamed")


def pack_line(words: Words, guideline: Guideline) -> str:
    """Name the pack, and say of a draft that it is one."""
    line = Worded(pack_title(words, guideline))
    return line if guideline.released else words.say("pack.draft", pack=line)


def pack_title(words: Words, guideline: Guideline) -> str:
    """Name the pack: its title, edition and revision, as it is said of that pack."""
    return words.of_pack(guideline.words).say(
        "pack.line", title=guideline.title, edition=guideline.edition, version=guideline.version
    )


def draft_warning(words: Words, guideline: Guideline) -> str:
    """Warn of a version that may still change; nothing where it was released."""
    return "" if guideline.released else words.say("pack.draft-warning", name=guideline.name)


def pack_standing(words: Words, guideline: Guideline, newest: bool) -> str:
    """Say since when a version is frozen, if it is, and whether it is the newest."""
    released = words.say("pack.unreleased")
    if guideline.released:
        released = words.say("pack.released", date=guideline.released)
    return words.listing([*([words.say("pack.newest")] if newest else []), released])


def pack_size(words: Words, guideline: Guideline) -> str:
    """Say how much a pack holds, and since which version it changed how much."""
    key = "pack.size" if guideline.since is None else "pack.size-since"
    return words.say(
        key,
        cells=len(guideline.cells),
        phases=len(guideline.phases),
        items=len(guideline.items),
        since=guideline.since or 0,
        changes=guideline.declared,
    )


def cell_considerations(words: Words, guideline: Guideline, cell: Cell) -> str:
    """List a cell's main considerations, or say that the overview names none."""
    named = considerations(words, guideline, cell.considerations)
    return named or words.say("considerations.none")
