"""The audit trail of a project as people read it: each step of the history in words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiguide.core import wording
from aiguide.core.ai_systems import are_systems, written
from aiguide.core.attestation import WHOLE, mapping
from aiguide.core.dates import day_in_tokyo, in_tokyo
from aiguide.core.givers import replacing_unrecorded
from aiguide.core.guideline import Guideline
from aiguide.core.history import GUIDELINE, in_time, recovered, together
from aiguide.core.names import name_key
from aiguide.core.project import AiSystem, Entry, EntryKind, Project
from aiguide.core.words import Worded, Words

QUOTED = 60
ALIKE = 10  # characters that are shown before those that differ
IN_FULL = 0  # characters of a text that is told whole, and whose lines stay lines
_TOLD = ("note", "reason", "approver", "until", "assignee", "due")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which steps are asked for; an empty field asks for all. Dates are calendar dates in Tokyo."""

    item: str = ""
    person: str = ""
    phase: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number from 1, when (Tokyo time), who, and what it did to what.

    `changes` are what it changed, part by part; `change` is all of that on a line. `together` says
    of how many of one import it is one, and nothing where it stands by itself.
    """

    number: int
    entry: Entry
    at: str
    kind: str
    subject: str
    changes: tuple[str, ...]
    together: str = ""

    @property
    def change(self) -> str:
        """Give what it changed on a line."""
        return "  ".join(self.changes)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of the steps of a history by the whole of it.

    `counts` maps time and person to how many steps were recorded at once, `repairs` are those that
    are `recovered`, `by_hand` those that replaced what nobody had recorded. All by their hashes.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    repairs: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()


NO_MARKS = Marks()


def marked(project: Project) -> Marks:
    """Give what is known of the steps of a project's history by the whole of it."""
    history = project.history
    return Marks(together(history), recovered(history), replacing_unrecorded(history))


def steps(
    words: Words, guideline: Guideline, project: Project, wanted: Wanted, most: int = QUOTED
) -> Iterator[Step]:
    """Word the steps that are asked for, the oldest first; `most` characters of each text."""
    marks = marked(project)
    for number, entry in numbered(guideline, project, wanted):
        yield step(words, guideline, number, entry, most, marks)


def numbered(guideline: Guideline, project: Project, wanted: Wanted) -> Iterator[tuple[int, Entry]]:
    """Give the entries that are asked for, the oldest first, each with its number from 1."""
    for number, entry in in_time(project.history):
        if _is_wanted(guideline, entry, wanted):
            yield number, entry


def step(
    words: Words,
    guideline: Guideline,
    number: int,
    entry: Entry,
    most: int = QUOTED,
    marks: Marks = NO_MARKS,
) -> Step:
    """Word one step; `most` characters of each text, `marks` of the history that it stands in."""
    count, is_repair = marks.counts[entry.at, entry.by], entry.hash in marks.repairs
    return Step(
        number=number,
        entry=entry,
        at=in_tokyo(entry.at),
        kind=words.say("entry.recovered" if is_repair else f"entry.{entry.kind.value}"),
        subject=_subject_of(words, guideline, entry),
        changes=(
            *_changes(words, guideline, entry, most),
            *_whose(words, entry),
            *([words.say("entry.by-hand")] if entry.hash in marks.by_hand else []),
        ),
        together=_together(words, count, marks),
    )


def _together(words: Words, count: int, marks: Marks) -> str:
    """Say of how many of an import a step is one: of a history that was cut off, of those left."""
    if count < 2:
        return ""
    return words.say("entry.together.left" if marks.repairs else "entry.together", count=count)


def said_by(entry: Entry) -> str:
    """Give who had said what a merge says again, where its data tells; who merged need not have."""
    after = mapping(entry.after)
    name = after.get("by") or after.get("confirmed_by")
    return name if entry.kind is EntryKind.MERGED and isinstance(name, str) else ""


def change(words: Words, guideline: Guideline, entry: Entry) -> str:
    """Say on a line what a step changed, without whose it is."""
    return "  ".join(_changes(words, guideline, entry, QUOTED))


def _whose(words: Words, entry: Entry) -> Iterator[str]:
    """Name who had said what a merge says again, where that is another than who merged."""
    if said_by(entry) not in ("", entry.by):
        yield words.say("entry.said-by", name=said_by(entry))


def _is_wanted(guideline: Guideline, entry: Entry, wanted: Wanted) -> bool:
    day = day_in_tokyo(entry.at)
    return (
        (wanted.item in ("", entry.subject) or wanted.item in _moved(entry))
        and (not wanted.person or name_key(wanted.person) in map(name_key, _people(entry)))
        and (not wanted.phase or wanted.phase == _phase(guideline, entry.subject))
        and (not wanted.since or day >= wanted.since)
        and (not wanted.until or day <= wanted.until)
    )


def _people(entry: Entry) -> tuple[str, str]:
    """Give who made a step, and who had said what it says again; nobody by an empty name."""
    return entry.by, said_by(entry)


def _phase(guideline: Guideline, subject: str) -> str:
    """Give the phase of an item; empty for a step that is of none."""
    return next((one.phase for one in guideline.items if one.id == subject), "")


def _moved(entry: Entry) -> set[str]:
    """Give the items whose answers a change of version touched."""
    if entry.subject != GUIDELINE:
        return set()
    states = (mapping(entry.before), mapping(entry.after))
    return {id for one in states for part in ("answers", "retired") for id in one.get(part, ())}


def _subject_of(words: Words, guideline: Guideline, entry: Entry) -> str:
    """Name what a step is about; one that settles nothing only joins two histories."""
    if entry.kind is EntryKind.MERGED and not entry.before and not entry.after:
        return words.say("entry.histories")
    return _subject(words, guideline, entry.subject)


def _subject(words: Words, guideline: Guideline, subject: str) -> str:
    if subject in WHOLE:
        return words.say(f"entry.{subject}")
    titles = {item.id: item.title for item in guideline.items}
    return words.pick(titles[subject]) if subject in titles else subject


def _changes(words: Words, guideline: Guideline, entry: Entry, most: int) -> Iterator[str]:
    """Say what a step changed: from what to what, and what was written with it."""
    before, after = mapping(entry.before), mapping(entry.after)
    undone = entry.kind is EntryKind.UNDONE
    if entry.kind is EntryKind.STARTED:
        yield from _begun(words, guideline, after, most)
    elif entry.subject == "classification":
        yield from _classified(words, guideline, before, after, most)
    elif entry.subject == GUIDELINE:
        moved = (_taken_back if undone else _upgraded)(before, after)
        yield from _versions(words, guideline, before, after, moved)
    elif entry.subject == "project":
        yield from _facts(words, guideline, before, after, most)
    else:
        statuses = [_status(words, one) for one in (before, after)]
        yield _arrow(words, *statuses)
        told = [*_answer_changes(words, before, after, most, undone=undone)]
        affirmed = not told and statuses[0] == statuses[1]
        yield from _answer_whole(words, after, most) if affirmed else told


def _begun(
    words: Words, guideline: Guideline, after: Mapping[str, Any], most: int
) -> Iterator[str]:
    """Say with which facts and cells a project began."""
    for key, value in mapping(after.get("project")).items():
        if key == "conditions":
            yield from (f"{title}: {held}" for title, _, held in _held(words, guideline, {}, value))
        elif words.has(f"facts.{key}") and (shown := _value(words, guideline, key, value, most)):
            yield f"{words.say(f'facts.{key}')}: {shown}"
    if cells := mapping(after.get("classification")):
        yield from _classified(words, guideline, {}, cells, most)


def _classified(
    words: Words,
    guideline: Guideline,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    most: int,
) -> Iterator[str]:
    """Say which cells it came to be, and why where another reason is given."""
    cells = [_cells(words, guideline, one) for one in (before, after)]
    reasons = [one.get("reason") or "" for one in (before, after)]
    if cells[0] != cells[1] or reasons[0] == reasons[1]:
        yield _arrow(words, *cells)
    if reasons[0] != reasons[1]:
        told = [one or words.say("facts.none") for one in _both_short(reasons[0], reasons[1], most)]
        yield f"{words.say('classification.reason')}: {_arrow(words, *told)}"


def _versions(
    words: Words,
    guideline: Guideline,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    moved: Mapping[str, list[str]],
) -> Iterator[str]:
    """Say from which version to which, and which answers came and went with it (`moved`).

    A merged answer that is kept as retired speaks of no version.
    """
    versions = [one["version"] for one in (before, after) if "version" in one]
    if versions:
        numbers = [words.say("entry.version", number=one) for one in (versions[0], versions[-1])]
        yield _arrow(words, *numbers)
    for key, ids in moved.items():
        if ids:
            named = [_subject(words, guideline, id) for id in ids]
            yield words.say(f"entry.{key}", items=words.listing(named))


def _upgraded(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """Map what an upgrade did with answers to the items that they answer."""
    old, new = before.get("answers", {}), after.get("answers", {})
    mended = {id for id in new if id in old and _answers_other_words(old[id], new[id])}
    return {
        "upgraded-carried": [id for id in new if id not in old],
        "upgraded-touched": [id for id in new if id in old and id not in mended],
        "upgraded-mended": [id for id in new if id in mended],
        "upgraded-gone": [id for id in old if id not in new],
        "upgraded-retired": list(after.get("retired", {})),
    }


def _answers_other_words(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether an answer is the same and stands for other words: those that were mended."""
    named = was.get("item_digest"), now.get("item_digest")
    return all(named) and named[0] != named[1] and {**was, "item_digest": named[1]} == now


def _taken_back(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """Map what taking an upgrade back did with answers to the items that they answer."""
    newer, restored = before.get("answers", {}), after.get("answers", {})
    return {
        "undone-restored": list(restored),
        "undone-dropped": [id for id in newer if id not in restored],
    }


def _answer_changes(
    words: Words, before: Mapping[str, Any], after: Mapping[str, Any], most: int, *, undone: bool
) -> Iterator[str]:
    """Say which parts of an answer changed.

    What was empty before is told without an arrow, unless a step was `undone`.
    """
    for key in _TOLD:
        old, new = before.get(key) or "", after.get(key) or ""
        if old != new:
            none = words.say("facts.none")
            was, now = (one or none for one in _both_short(old, new, most))
            shown = _arrow(words, was, now) if old or undone else now
            yield f"{words.say(f'answer.{key}')}: {shown}"
    old, new = _digests(before), _digests(after)
    for target in {**new, **old}:
        key = "added" if target not in old else "removed" if target not in new else ""
        if key or old.get(target) != new.get(target):
            key = key or ("restored" if undone else "renewed")
            yield words.say(f"entry.evidence-{key}", target=_short(target, most))


def _answer_whole(words: Words, answer: Mapping[str, Any], most: int) -> Iterator[str]:
    """Say all that stands in an answer, where a step records it without changing any of it."""
    for key in _TOLD:
        if text := answer.get(key):
            yield f"{words.say(f'answer.{key}')}: {_short(text, most)}"
    for target in _digests(answer):
        yield f"{words.say('answer.evidence')}: {_short(target, most)}"


def _digests(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Map the targets of an answer's evidence to their digests, None where there is none."""
    given = answer.get("evidence", ())
    return {one["target"]: one.get("sha256") for one in given if "target" in one}


def _facts(
    words: Words,
    guideline: Guideline,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    most: int,
) -> Iterator[str]:
    """Say which facts changed, from what to what; what no fact of ours can be is only named."""
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if key == "conditions":
            yield from _conditions(words, guideline, mapping(old), mapping(new))
            continue
        label = words.say(f"facts.{key}") if words.has(f"facts.{key}") else key
        was, now = (_value(words, guideline, key, one, most) for one in (old, new))
        yield label if was is None or now is None else f"{label}: {_arrow(words, was, now)}"


def _value(words: Words, guideline: Guideline, key: str, value: Any, most: int) -> str | None:
    if key == "ai" and are_systems(value):
        shown = words.listing([_short(written(AiSystem(**one)), most) for one in value])
    elif value is None or isinstance(value, str):
        text, titles = value or "", {one.id: words.pick(one.title) for one in guideline.phases}
        shown = _short(titles.get(text, text) if key == "phase" else text, most)
    else:
        return None
    return shown or words.say("facts.none")


def _conditions(
    words: Words, guideline: Guideline, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[str]:
    for title, was, now in _held(words, guideline, before, after):
        yield f"{title}: {_arrow(words, was, now)}"


def _held(
    words: Words, guideline: Guideline, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Give the conditions that changed: title, and in words what held before and after."""
    titles = {one.id: words.pick(one.title) for one in guideline.conditions}
    for id in {**before, **after}:
        old, new = before.get(id), after.get(id)
        if old is not new:
            was, now = (words.say(wording.truth_key(one)) for one in (old, new))
            yield titles.get(id, id), was, now


def _arrow(words: Words, before: str, after: str) -> str:
    """Say what became of a text; of one of several lines on a line of its own."""
    if before == after:
        return after
    said = words.say("entry.arrow", before=before, after=after)
    return f"{before}\n{said.removeprefix(before).strip()}" if "\n" in before else said


def _status(words: Words, answer: Mapping[str, Any]) -> str:
    return words.say(f"status.{answer['status']}" if answer else "status.open")


def _cells(words: Words, guideline: Guideline, data: Mapping[str, Any]) -> str:
    known = {cell.id for cell in guideline.cells}
    names = [
        wording.cell_name(words, guideline, id) if id in known else id
        for id in data.get("cells", ())
    ]
    return words.listing(names) if names else words.say("entry.no-cell")


def _short(text: Any, most: int) -> Worded:
    if most == IN_FULL:
        return Worded(str(text).rstrip())
    plain = _on_a_line(text)
    return Worded(plain if len(plain) <= most else plain[: most - 1] + "…")


def _both_short(old: Any, new: Any, most: int) -> tuple[Worded, Worded]:
    """Cut a text and what became of it; where they begin alike for long, the beginning, too."""
    was, now = _on_a_line(old), _on_a_line(new)
    differing = (at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other)
    alike = next(differing, min(len(was), len(now)))
    if most == IN_FULL or max(len(was), len(now)) <= most or alike < most - ALIKE:
        return _short(old, most), _short(new, most)
    begin = alike - ALIKE
    was, now = (f"…{one[begin:]}" for one in (was, now))
    return _short(was, most), _short(now, most)


def _on_a_line(text: Any) -> str:
    return " / ".join(line.strip() for line in str(text).splitlines() if line.strip())
