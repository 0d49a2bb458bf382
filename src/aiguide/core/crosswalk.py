"""How the check items of a pack relate to the elements of another framework: our own mapping."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from aiguide.core.guideline import Basis, Guideline
from aiguide.core.pack_changes import PackChange
from aiguide.core.text import Text


class Relation(StrEnum):
    """What an item is to an element, the one that tells most first."""

    EQUAL = "equal"
    SUPERSET = "superset"
    SUBSET = "subset"
    INTERSECTS = "intersects"

    @property
    def covers(self) -> bool:
        """Tell whether an item asks for all that the element asks for."""
        return self in (Relation.EQUAL, Relation.SUPERSET)


class Confidence(StrEnum):
    """How sure we are of a relation."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A part of a framework that holds elements."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """What a framework asks for; `group` is where it stands."""

    id: str
    group: str
    title: Text


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """Another framework: its head, how far it was read (`seen`), and its elements in order."""

    id: str
    title: Text
    publisher: Text
    edition: Text
    url: str
    seen: Text
    groups: tuple[Group, ...]
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """What one item is to one element, and why."""

    item: str
    target: str
    relation: Relation
    confidence: Confidence
    basis: Basis
    reason: Text


@dataclass(frozen=True, slots=True, eq=False)
class Crosswalk:
    """The links from the items of one version of a pack (`source`) to a framework."""

    source: str
    framework: Framework
    links: tuple[Link, ...]

    def to(self, element: str) -> tuple[Link, ...]:
        """Give the links to an element."""
        return tuple(one for one in self.links if one.target == element)


def framework_of(guideline: Guideline) -> Framework:
    """Take another pack as a framework: its check items are the elements, by phase.

    Its publisher and address are those of the first document that it cites.
    """
    first = guideline.documents[0]
    return Framework(
        id=guideline.id,
        title=guideline.title,
        publisher=first.publisher,
        edition=guideline.edition,
        url=first.url or "",
        seen=guideline.status,
        groups=tuple(Group(one.id, one.title) for one in guideline.phases),
        elements=tuple(Element(one.id, one.phase, one.title) for one in guideline.items),
    )


def carried(crosswalk: Crosswalk, changes: Iterable[PackChange]) -> Crosswalk:
    """Carry a crosswalk to the next version of its pack, by what became of each item.

    A part of a split item covers less than the whole did, and may not be the one that was meant,
    so that confidence is low; a merged one covers more than each did.
    """
    became = {item.id: change for change in changes for item in change.old}
    found: dict[tuple[str, str], Link] = {}
    for link in crosswalk.links:
        for one in _became(link, became.get(link.item)):
            key = (one.item, one.target)
            if key not in found or _tells_more(one, found[key]):
                found[key] = one
    return replace(crosswalk, links=tuple(found.values()))


def _became(link: Link, change: PackChange | None) -> Iterator[Link]:
    if change is None:
        yield link
        return
    if len(change.new) > 1:
        link = replace(link, relation=_OF_A_PART[link.relation], confidence=Confidence.LOW)
    if len(change.old) > 1:
        link = replace(link, relation=_OF_A_WHOLE[link.relation])
    yield from (replace(link, item=item.id) for item in change.new)


def _tells_more(one: Link, other: Link) -> bool:
    order = list(Relation)
    return order.index(one.relation) < order.index(other.relation)


_OF_A_PART = {
    Relation.EQUAL: Relation.SUBSET,
    Relation.SUPERSET: Relation.INTERSECTS,
    Relation.SUBSET: Relation.SUBSET,
    Relation.INTERSECTS: Relation.INTERSECTS,
}
_OF_A_WHOLE = {
    Relation.EQUAL: Relation.SUPERSET,
    Relation.SUPERSET: Relation.SUPERSET,
    Relation.SUBSET: Relation.INTERSECTS,
    Relation.INTERSECTS: Relation.INTERSECTS,
}
