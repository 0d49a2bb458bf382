"""From what a person says to an answer, and what an answer must carry for its status."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiguide.core.guideline import Item
from aiguide.core.manifest import answer_data
from aiguide.core.project import Answer, Evidence, Status

# What only some statuses carry; with another status an answer does not keep it.
TAKEN_BY = {
    "reason": (Status.NOT_APPLICABLE, Status.EXCEPTION),
    "approver": (Status.EXCEPTION,),
    "until": (Status.EXCEPTION,),
}
SETTLING = (Status.DONE, Status.NOT_APPLICABLE, Status.EXCEPTION)
OF_ONE_STATUS, OF_ANY_STATUS = tuple(TAKEN_BY), ("note", "assignee", "due")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of one item; None leaves a field as it stood, an empty text clears it.

    Without a status an open item comes to be in progress by a note or evidence, but not by who is
    to see to it by when. Evidence is added to what is there but for the targets `removed`; the same
    target stands anew. With `only_evidence` it is all that there is.
    """

    status: Status | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    approver: str | None = None
    until: str | None = None
    assignee: str | None = None
    due: str | None = None
    only_evidence: bool = False
    removed: tuple[str, ...] = ()


def answered(earlier: Answer | None, said: Said, item_digest: str) -> Answer:
    """Make the answer that stands after `said`.

    Only a status affirms the wording of today; a note alone leaves a stale answer stale. What
    belongs to another status (`TAKEN_BY`) is dropped.
    """
    base = earlier or Answer(Status.OPEN)
    untouched = base.status is Status.OPEN
    begins = untouched and _adds(said, base)
    status = said.status or (Status.IN_PROGRESS if begins else base.status)
    excepted, reasoned = (status in TAKEN_BY[name] for name in ("approver", "reason"))
    return replace(
        base,
        status=status,
        note=_kept(said.note, base.note),
        evidence=_evidence(base.evidence, said),
        reason=_kept(said.reason, base.reason) if reasoned else "",
        approver=_kept(said.approver, base.approver) if excepted else "",
        until=_kept(said.until, base.until) or None if excepted else None,
        assignee=_kept(said.assignee, base.assignee),
        due=_kept(said.due, base.due) or None,
        item_digest=item_digest if said.status or untouched else base.item_digest or item_digest,
    )


def is_stale(answer: Answer, item: Item) -> bool:
    """Tell whether an item's wording has changed since it was answered."""
    return bool(answer.item_digest and answer.item_digest != item.digest)


def is_barred(item: Item, status: Status) -> bool:
    """Tell whether a status is none for an item, which only an approved exception clears."""
    return item.exception_only and status in (Status.DONE, Status.NOT_APPLICABLE)


def mark(answer: Answer | None) -> str:
    """Give a mark by which to tell whether an answer is still the one that somebody saw."""
    import hashlib
    import json

    if answer is None:
        return "none"
    said = json.dumps(answer_data(answer), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def at_stake(standing: Answer | None, status: Status | None, by: str, today: str) -> bool:
    """Tell whether another status would put away what should not go by a slip.

    That is an exception in force, and what settles an item for somebody other than `by`.
    """
    if standing is None or status in (None, standing.status):
        return False
    if standing.status is Status.EXCEPTION:
        return bool(standing.until and standing.until >= today)
    return standing.status in (Status.DONE, Status.NOT_APPLICABLE) and standing.by != by


def overrides(standing: Answer | None, given: Answer, by: str, today: str) -> bool:
    """Tell whether `given` would put away, or write over, what should not go unseen.

    That is what `at_stake` tells, what somebody other than `by` has settled and still stands, and
    what was approved of an exception in force.
    """
    if standing is None or same_answer(standing, given):
        return False
    if at_stake(standing, given.status, by, today):
        return True
    approved = any(getattr(standing, one) != getattr(given, one) for one in OF_ONE_STATUS)
    return at_stake(standing, Status.OPEN, by, today) and (standing.by != by or approved)


def writes_over(seen: Answer | None, standing: Answer | None, given: Answer) -> bool:
    """Tell whether `given` writes over a text that has come to stand since the answer `seen`."""
    three = (seen or Answer(Status.OPEN), standing or Answer(Status.OPEN), given)
    names = (*OF_ANY_STATUS, *OF_ONE_STATUS)
    texts = ((getattr(one, name) or "" for one in three) for name in names)
    return any(now and now not in (was, given) for was, now, given in texts)


def turns(seen: Answer | None, standing: Answer | None, given: Answer) -> bool:
    """Tell whether `given` has another status than was given since the answer `seen`."""
    was, now = (one.status if one else Status.OPEN for one in (seen, standing))
    return now not in (Status.OPEN, was, given.status)


def displaces(standing: Answer | None, given: Answer, by: str, today: str) -> bool:
    """Tell whether `given` takes the place of what whoever gave it must hear of.

    That is what `overrides` tells, and what somebody other than `by` has begun.
    """
    if standing is None or same_answer(standing, given):
        return False
    begun = standing.by != by and standing.status is not Status.OPEN
    return begun or overrides(standing, given, by, today)


def loses(standing: Answer, given: Answer) -> bool:
    """Tell whether `given` no longer says what stands: that it is settled, a text, some evidence.

    A text that only goes on is not lost.
    """
    settled = standing.status in SETTLING
    if settled and given.status is not standing.status:
        return True
    if not {one.target for one in standing.evidence} <= {one.target for one in given.evidence}:
        return True
    names = (*OF_ANY_STATUS, *OF_ONE_STATUS)
    texts = {name: (getattr(standing, name), getattr(given, name) or "") for name in names}
    goes_on = {name for name in ("note", "reason") if texts[name][1].startswith(texts[name][0])}
    return any(was and was != now and name not in goes_on for name, (was, now) in texts.items())


def same_answer(one: Answer | None, other: Answer) -> bool:
    """Tell whether two answers say the same, whoever gave them and whenever."""
    return one is not None and replace(one, by=other.by, at=other.at) == other


def anew(seen: Answer | None, other: Answer) -> tuple[str, ...]:
    """Name what an `other` answer says and the one `seen` did not; what it cleared is none."""
    base = seen or Answer(Status.OPEN)
    names = ("status", *OF_ANY_STATUS, *OF_ONE_STATUS, "evidence")
    said = {name: getattr(other, name) for name in names}
    return tuple(name for name in names if said[name] and said[name] != getattr(base, name))


def untaken(given: Mapping[str, str | None], status: Status) -> tuple[str, ...]:
    """Give the fields of what is said, by name, that an answer with that status does not keep."""
    return tuple(
        name for name, takers in TAKEN_BY.items() if given.get(name) and status not in takers
    )


def _adds(said: Said, base: Answer) -> bool:
    """Tell whether a note or evidence is said that does not stand already."""
    known = {one.target for one in base.evidence}
    noted = bool(said.note) and said.note != base.note
    return noted or any(one.target not in known for one in said.evidence)


def _kept(said: str | None, earlier: str | None) -> str:
    return (earlier or "") if said is None else said


def _evidence(earlier: tuple[Evidence, ...], said: Said) -> tuple[Evidence, ...]:
    """Add evidence to what was there and stays; the same target stands anew."""
    stays = () if said.only_evidence else earlier
    kept = {one.target: one for one in stays if one.target not in said.removed}
    return tuple((kept | {one.target: one for one in said.evidence}).values())


def lacking(answer: Answer) -> str | None:
    """Give the code (AG301-AG303) of what an answer lacks for its status, or None."""
    if answer.status is Status.DONE:
        return None if answer.evidence or answer.note.strip() else "AG301"
    if answer.status in _NEEDED and missing_fields(answer):
        return "AG302" if answer.status is Status.NOT_APPLICABLE else "AG303"
    return None


_NEEDED = {
    Status.NOT_APPLICABLE: ("reason",),
    Status.EXCEPTION: ("reason", "approver", "until"),
}


def missing_fields(answer: Answer) -> tuple[str, ...]:
    """Name the fields that an answer's status asks for and that are blank."""
    needed = _NEEDED.get(answer.status, ())
    return tuple(name for name in needed if not (getattr(answer, name) or "").strip())


def is_web_address(target: str) -> bool:
    """Tell whether a piece of evidence is a web address: with a host, and without a blank."""
    from urllib.parse import urlsplit

    if not target.isprintable() or " " in target:  # no other blank is printable
        return False
    try:
        parts = urlsplit(target)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no host or port that could be
        return False


def begins_as_web_address(target: str) -> bool:
    """Tell whether a piece of evidence is meant as a web address."""
    scheme, mark, _ = target.partition("://")
    return bool(mark) and scheme.strip().lower() in ("http", "https")


def holds_web_address(target: str) -> bool:
    """Tell whether there is a web address somewhere in a text."""
    return any(f"{scheme}://" in target.lower() for scheme in ("http", "https"))
