"""A project's answers through the eyes of another framework: what they cover, and what is missing.

Only what is done counts: what does not apply here, or is excepted, is no proof elsewhere.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from aiguide.core import wording
from aiguide.core.checklist import Checklist, Question
from aiguide.core.crosswalk import Crosswalk, Element, Framework, Link
from aiguide.core.paper import (
    Block,
    Bullets,
    Contents,
    Figure,
    Figures,
    Heading,
    Linked,
    Named,
    Paper,
    Paragraph,
    Table,
    Tone,
)
from aiguide.core.papers.frame import framed, rows_table, said
from aiguide.core.project import Status
from aiguide.core.views import Head, Row, head
from aiguide.core.words import Worded, Words


class State(StrEnum):
    """How an element stands, the best first."""

    COVERED = "covered"
    PARTLY = "partly"
    OPEN = "open"
    NOT_ASKED = "not-asked"
    UNMAPPED = "unmapped"


@dataclass(frozen=True, slots=True)
class MappedItem:
    """A check item that relates to an element; `status` says so where it is not asked."""

    id: str
    title: str
    status: str
    done: bool
    relation: str
    relation_name: str
    confidence: str
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class ElementView:
    """An element with the items that relate to it."""

    id: str
    title: str
    state: State
    items: tuple[MappedItem, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A part of the framework, with how many of its elements stand how."""

    id: str
    title: str
    counts: dict[str, int]
    elements: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A check item with an answer and no counterpart."""

    id: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class FrameworkView(Head):
    """Answers as another framework asks; `carried_from` is the version that was mapped, if older.

    `counts` maps each state to the number of elements.
    """

    framework: str
    framework_title: str
    framework_edition: str
    framework_publisher: str
    framework_url: str
    framework_seen: str
    carried_from: str | None
    counts: dict[str, int]
    groups: tuple[GroupView, ...]
    unmapped_answers: tuple[Unmapped, ...]


def view(checklist: Checklist, crosswalk: Crosswalk, words: Words, today: str) -> FrameworkView:
    """Gather a project's answers by the elements of a framework."""
    framework, mapped_version = crosswalk.framework, crosswalk.source
    groups = tuple(_groups(checklist, crosswalk, words))
    return FrameworkView(
        **asdict(head(checklist, words, today)),
        framework=framework.id,
        framework_title=words.pick(framework.title),
        framework_edition=words.pick(framework.edition),
        framework_publisher=words.pick(framework.publisher),
        framework_url=framework.url,
        framework_seen=words.pick(framework.seen),
        carried_from=None if mapped_version == checklist.guideline.name else mapped_version,
        counts=_counts(element for group in groups for element in group.elements),
        groups=groups,
        unmapped_answers=tuple(_unmapped(checklist, crosswalk, words)),
    )


def _groups(checklist: Checklist, crosswalk: Crosswalk, words: Words) -> Iterator[GroupView]:
    framework: Framework = crosswalk.framework
    for group in framework.groups:
        elements = tuple(
            _element(checklist, one, crosswalk.to(one.id), words)
            for one in framework.elements
            if one.group == group.id
        )
        yield GroupView(group.id, words.pick(group.title), _counts(elements), elements)


def _counts(elements: Iterator[ElementView] | tuple[ElementView, ...]) -> dict[str, int]:
    states = [one.state for one in elements]
    return {state.value: states.count(state) for state in State}


def _element(
    checklist: Checklist, element: Element, links: tuple[Link, ...], words: Words
) -> ElementView:
    pairs = [(link, checklist.question(link.item)) for link in links]
    items = tuple(_mapped(checklist, link, question, words) for link, question in pairs)
    return ElementView(element.id, words.pick(element.title), _state(pairs), items)


def _state(pairs: list[tuple[Link, Question | None]]) -> State:
    if not pairs:
        return State.UNMAPPED
    asked = [(link, question) for link, question in pairs if question]
    done = [link for link, question in asked if _is_done(question)]
    if any(link.relation.covers for link in done):
        return State.COVERED
    if done:
        return State.PARTLY
    return State.OPEN if asked else State.NOT_ASKED


def _is_done(question: Question) -> bool:
    return question.clear and question.status is Status.DONE


def _mapped(
    checklist: Checklist, link: Link, question: Question | None, words: Words
) -> MappedItem:
    return MappedItem(
        id=link.item,
        title=words.pick(checklist.guideline.item(link.item).title),
        status=wording.status_name(words, question) if question else words.say("framework.no-item"),
        done=question is not None and _is_done(question),
        relation=link.relation.value,
        relation_name=words.say(f"relation.{link.relation.value}"),
        confidence=link.confidence.value,
        basis=link.basis.value,
        reason=words.pick(link.reason),
    )


def _unmapped(checklist: Checklist, crosswalk: Crosswalk, words: Words) -> Iterator[Unmapped]:
    mapped = {link.item for link in crosswalk.links}
    for question in checklist.questions:
        if question.answer and question.item.id not in mapped:
            title = words.pick(question.item.title)
            yield Unmapped(question.item.id, title, wording.status_name(words, question))


def paper(view: FrameworkView, words: Words) -> Paper:
    """Lay the answers out by the framework's elements, the gaps after them."""
    return framed(view, words, view.framework_title, tuple(_blocks(view, words)))


def _blocks(view: FrameworkView, words: Words) -> Iterator[Block]:
    title, publisher = Worded(view.framework_title), Worded(view.framework_publisher)
    yield Paragraph(words.say("framework.whose", title=title, publisher=publisher))
    if view.carried_from:
        to = Worded(view.pack)
        yield Paragraph(words.say("framework.carried", source=view.carried_from, to=to))
    yield Figures(tuple(_figure(one, view.counts[one], words) for one in State))
    yield Paragraph(words.say("framework.counted"), Tone.SMALL)
    yield Heading(2, words.say("framework.overview"))
    yield _overview(view, words)
    yield Contents(words.say("report.contents"))
    for number, group in enumerate(view.groups, 1):
        yield Heading(2, group.title, f"group-{number}")
        yield _table(group, words)
    yield from _gaps(view, words)
    yield Heading(2, words.say("framework.about"), "about")
    yield rows_table(words.say("framework.about"), tuple(_about(view, words)), words)


def _figure(state: State, count: int, words: Words) -> Figure:
    return Figure(count, words.say(f"framework.state.{state.value}"))


def _overview(view: FrameworkView, words: Words) -> Table:
    states = (words.say(f"framework.state.{one.value}") for one in State)
    rows = tuple((group.title, *(str(group.counts[one]) for one in State)) for group in view.groups)
    heads = (words.say("framework.group"), *states)
    return Table(words.say("framework.overview"), heads, (30, 14, 14, 14, 14, 14), rows)


def _table(group: GroupView, words: Words) -> Table:
    heads = said(words, "framework.element", "report.status", "framework.items")
    rows = tuple(
        (
            Named(one.title, one.id),
            words.say(f"framework.state.{one.state.value}"),
            "\n".join(_line(item, words) for item in one.items) or "—",
        )
        for one in group.elements
    )
    return Table(group.title, heads, (28, 14, 58), rows)


def _line(item: MappedItem, words: Words) -> str:
    """Name a related item with its answer, what it is to the element, and why."""
    return words.say(
        "framework.line",
        title=Worded(item.title),
        status=Worded(item.status),
        relation=Worded(item.relation_name),
        confidence=words.say(f"confidence.{item.confidence}"),
        reason=Worded(item.reason),
    )


def _gaps(view: FrameworkView, words: Words) -> Iterator[Block]:
    """Give the elements that nothing asks for, and the answers that answer none of them."""
    missing = tuple(
        f"{one.id}: {one.title}"
        for group in view.groups
        for one in group.elements
        if one.state is State.UNMAPPED
    )
    loose = tuple(f"{one.title} ({one.id}): {one.status}" for one in view.unmapped_answers)
    for key, lines in (("unmapped", missing), ("loose", loose)):
        yield Heading(2, words.say(f"framework.{key}"), key)
        yield Paragraph(words.say(f"framework.{key}.note"), Tone.SMALL)
        yield Bullets(lines) if lines else Paragraph(words.say("report.gaps.none"))


def _about(view: FrameworkView, words: Words) -> Iterator[Row]:
    pairs = (
        ("framework.name", f"{view.framework_title} ({view.framework_edition})"),
        ("framework.publisher", view.framework_publisher),
        ("framework.url", Linked(view.framework_url, (view.framework_url,))),
        ("framework.seen", view.framework_seen),
        ("framework.mapped", view.carried_from or view.pack),
    )
    return (Row(words.say(key), value) for key, value in pairs)
