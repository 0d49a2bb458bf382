"""The audit trail of a project, and whether it holds."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiguide.core import attestation, history, kept_hash, mismatch_view, trail
from aiguide.core.attestation import ANSWERED, Mismatch
from aiguide.core.dates import in_tokyo, past_date
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline, Item
from aiguide.core.history import moment
from aiguide.core.kept_hash import Kept
from aiguide.core.mismatch_view import part_name
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.core.suggest import near
from aiguide.core.trail import Wanted
from aiguide.core.words import Worded, Words
from aiguide.store import git_index, packs
from aiguide.usecases.guidelines import find_item, phase_meant
from aiguide.usecases.projects import Opened


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking a history found.

    `first_broken` is the index of the first entry that does not fit; `mismatches` are the parts
    that are not as the history last says, `unrecorded` the ids of answers of which it never
    speaks; `unattested` the ids of all answers that it does not record as they stand; `head` is
    the last entry's hash. `from_start` is as in `Compared`. `asked` is the hash that was kept
    elsewhere, where one was given, `kept` the entry that it is of, if the history has it.
    """

    entries: int
    head: str
    first_broken: int | None
    mismatches: tuple[Mismatch, ...]
    unrecorded: tuple[str, ...]
    unattested: tuple[str, ...]
    from_start: bool
    asked: str = ""
    kept: Kept | None = None

    @property
    def holds(self) -> bool:
        """Tell whether nothing contradicts the history; of what it never speaks nothing does."""
        known = bool(self.kept) or not self.asked
        return known and self.first_broken is None and not self.mismatches


def verify(project: Project, asked: str | None = None) -> Verification:
    """Check a project's history, what it attests, and whether it has a hash that is `asked` for.

    Raises: AiguideError `bad-hash`.
    """
    asked = "" if asked is None else kept_hash.read(asked)
    found = attestation.compared(project)
    unattested = found.unattested
    return Verification(
        entries=len(project.history),
        head=project.head,
        first_broken=history.first_broken(project.history),
        mismatches=found.mismatches,
        unrecorded=found.unrecorded,
        unattested=tuple(id for id in project.answers if id in unattested),
        from_start=found.from_start,
        asked=asked,
        kept=kept_hash.find(project.history, asked) if asked else None,
    )


def said_of(words: Words, opened: Opened, found: Verification) -> tuple[Worded, ...]:
    """Word what checking a history found: whether it holds, what does not, what is loose."""
    known = lexicon(opened)
    differing = (mismatch_view.differing(known, one) for one in found.mismatches)
    told = (
        *(words.say("verify.differs", **one) for one in differing),
        *(
            words.say("verify.unattested", id=id, item=part_name(known, (ANSWERED, id)))
            for id in found.unrecorded
        ),
        *([words.say("verify.partial")] if found.entries and not found.from_start else ()),
    )
    if found.first_broken is None:
        held = "verify.holds" if found.entries else "verify.none"
        return (words.say(held, count=found.entries), *told)
    entry = opened.project.history[found.first_broken]
    broken = _told(words, known, found.first_broken + 1, entry)
    return (words.say("verify.broken", **broken), *told)


def has_versions(path: Path) -> bool:
    """Tell whether git has earlier versions of a manifest."""
    return git_index.has_versions(path)


def said_of_kept(words: Words, opened: Opened, found: Verification) -> Worded:
    """Say which entry the hash is of that was kept elsewhere, and what that shows."""
    if found.kept is None:
        return words.say("verify.kept.none", hash=found.asked)
    told = _told(words, lexicon(opened), found.kept.number, found.kept.entry)
    if found.first_broken is not None and found.first_broken < found.kept.number:
        return words.say("verify.kept.broken", **told)
    key = "verify.kept" if found.kept.since else "verify.kept.last"
    return words.say(key, **told, since=found.kept.since)


def _told(words: Words, known: Guideline, number: int, entry: Entry) -> dict[str, Any]:
    """Give what fills in a sentence on a step: its number, and who did what, and when."""
    step = trail.step(words, known, number, entry)
    what = f"{step.kind} {step.subject}"
    return {"number": number, "at": step.at, "name": entry.by, "what": what}


def wanted_meant(guideline: Guideline, asked: Wanted, today: str) -> Wanted:
    """Give what is asked for with the ids and dates that are meant; a history is of the past.

    Raises: AiguideError `unknown-item`, `unknown-phase`, `several-meant`, `since-after`, and as
    `past_date` does.
    """
    wanted = Wanted(
        item=find_item(guideline, asked.item).id if asked.item else "",
        person=asked.person,
        phase=phase_meant(guideline, asked.phase) if asked.phase else "",
        since=past_date(asked.since, today) if asked.since else "",
        until=past_date(asked.until, today, last=True) if asked.until else "",
    )
    if wanted.until and wanted.since > wanted.until:
        raise AiguideError("since-after", since=wanted.since, until=wanted.until)
    return wanted


def none_found(words: Words, project: Project, wanted: Wanted) -> Worded:
    """Say of whom and from which days there are steps, where none is as was asked for."""
    named = (name for one in project.history for name in (one.by, trail.said_by(one)))
    people = list(dict.fromkeys(filter(None, named)))
    days = sorted(in_tokyo(one.at)[:10] for one in project.history)
    said = words.say("log.none", people=people, first=days[0], last=days[-1])
    close = near(wanted.person, people) if wanted.person not in ("", *people) else None
    return Worded(f"{said}  {words.say('near', near=close)}" if close else said)


def last_merged(opened: Opened) -> Item | None:
    """Give the item that was answered last in a project whose branches were merged, if any.

    Of answers of the same second, the one that the history names last.
    """
    project = opened.project
    if all(one.kind is not EntryKind.MERGED for one in project.history):
        return None
    words = attestation.Record(project.history).words.items()
    last = {part[1]: word.number for part, word in words if part[0] == ANSWERED and word.value}
    given = {id: (moment(project.answers[id].at), last[id]) for id in project.answers if id in last}
    answered = (item for item in opened.guideline.items if item.id in given)
    return max(answered, key=lambda item: given[item.id], default=None)


def lexicon(opened: Opened) -> Guideline:
    """Give a project's guideline with the items, too, that other versions had.

    The steps before an upgrade, or before it was taken back, speak of them; a version that is not
    there any more is passed over.
    """
    known = {item.id: item for item in opened.guideline.items}
    others = {item.id: item for item in _of_other_versions(opened) if item.id not in known}
    return replace(opened.guideline, items=(*opened.guideline.items, *others.values()))


def _of_other_versions(opened: Opened) -> Iterator[Item]:
    steps = [one for one in opened.project.history if one.kind is EntryKind.UPGRADED]
    versions = [side["version"] for one in steps for side in (one.before, one.after)]
    for version in dict.fromkeys(versions):
        with suppress(AiguideError):
            yield from packs.load(f"{opened.guideline.id}@{version}", opened.path.parent)[0].items
