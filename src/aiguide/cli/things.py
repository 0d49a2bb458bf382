"""What a guideline is made of, each kind of it as a screen: cells, phases, items and the rest."""

from collections.abc import Callable, Iterable

from aiguide.cli import console, layout, stances
from aiguide.core import wording
from aiguide.core.applicability import Situation, Truth, why
from aiguide.core.guideline import (
    Cell,
    Condition,
    Consideration,
    Domain,
    Guideline,
    Item,
    Phase,
    Source,
    Stance,
)
from aiguide.core.words import Words
from aiguide.usecases import versions

Thing = Cell | Phase | Item | Consideration | Condition | Stance | Domain


def show(words: Words, pack: Guideline, kind: str, thing: Thing) -> None:
    """Print all that a guideline says of a thing."""
    console.say()
    _SHOWN[kind](words, pack, thing)


def heading(words: Words, title: str, id: str) -> None:
    """Print what something is called, and its id."""
    console.say(layout.ends("  " + layout.paint(title, "bold"), id, layout.columns() - 2))


def row(label: str, text: str) -> None:
    """Print a text beside its label."""
    console.say(layout.hanging(label, text, 2, 14, layout.columns()))


def _subheading(title: str) -> None:
    console.say("\n  " + layout.paint(title, "bold"))


def _sources(
    words: Words, pack: Guideline, sources: Iterable[Source], cells: tuple[str, ...] = ()
) -> None:
    for source in sources:
        shown = cells or source.cells
        row(words.say("report.source"), wording.source_line(words, pack, source, shown))


def _cell(words: Words, pack: Guideline, cell: Cell) -> None:
    heading(words, wording.cell_name(words, pack, cell.id), cell.id)
    if cell.stance:
        console.say("  " + stances.mark(words, pack, cell))
        for line in stances.lines(words, pack, cell):
            console.say(layout.indented(line, 2, layout.columns()))
        if cell.stance.note:
            console.say(layout.indented(words.pick(cell.stance.note), 2, layout.columns()))
        console.say()
    console.say(layout.indented(words.pick(cell.summary.text), 2, layout.columns()))
    row(words.say("show.choose-when"), words.pick(cell.choose_when.text))
    row(words.say("classify.considerations"), wording.cell_considerations(words, pack, cell))
    for label, facts in (("show.features", cell.features), ("show.scenes", cell.scenes)):
        _subheading(words.say(label))
        for fact in facts:
            console.say(layout.hanging("-", words.pick(fact.text), 4, 2, layout.columns()))
            for source in fact.sources:
                line = wording.source_line(words, pack, source, (cell.id,))
                console.say(layout.paint(layout.indented(line, 6, layout.columns()), "dim"))
    _items_of_cell(words, pack, cell)
    for key, sources in (
        ("show.stance-sources", cell.stance_sources),
        ("show.considerations-sources", cell.considerations_sources),
    ):
        if sources:
            _subheading(words.say(key))
            _sources(words, pack, sources, (cell.id,))


def _items_of_cell(words: Words, pack: Guideline, cell: Cell) -> None:
    """List what a use in this cell has to check; what hangs on a condition says so."""
    now = _situation(pack, cell)
    for phase in pack.phases:
        _subheading(words.pick(phase.title))
        applying = [(item, why(item, now)) for item in pack.items_of(phase.id)]
        starred = [
            (item, any(now.conditions[id] is Truth.UNANSWERED for id in reason.conditions))
            for item, reason in applying
            if reason
        ]
        _list_items(words, starred, (cell.id,))
    console.say("\n  " + words.say("show.star"))


def _list_items(words: Words, items: Iterable[tuple[Item, bool]], cells: tuple[str, ...]) -> None:
    """List items under their levels; one that hangs on an unanswered condition has a star."""
    levels: dict[str, list[tuple[Item, bool]]] = {}
    for item, starred in items:
        basis = item.level_basis.basis_for(cells) if cells else item.level_basis.basis
        levels.setdefault(wording.plain_level(words, item.level, basis), []).append((item, starred))
    for level, listed in levels.items():
        console.say(f"    {level}")
        for item, starred in listed:
            head = ("* " if starred else "  ") + item.id
            console.say(layout.hanging(head, words.pick(item.title), 4, 38, layout.columns()))


def _situation(pack: Guideline, cell: Cell) -> Situation:
    from aiguide.core.applicability import situation
    from aiguide.core.project import Classification, Project

    project = Project(pack.id, pack.version, "", classification=Classification(cells=(cell.id,)))
    return situation(pack, project)


def _phase(words: Words, pack: Guideline, phase: Phase) -> None:
    heading(words, words.pick(phase.title), phase.id)
    console.say(layout.indented(words.pick(phase.description), 2, layout.columns()))
    row(words.say("show.kind"), words.say(f"phase-kind.{phase.kind.value}"))
    if phase.needs:
        titles = words.listing([words.pick(pack.condition(id).title) for id in phase.needs])
        row("", words.say("show.needs", conditions=titles))
    if phase.id == pack.in_use_from:
        row("", words.say("show.in-use"))
    console.say()
    _list_items(words, ((item, False) for item in pack.items_of(phase.id)), ())
    console.say()
    _sources(words, pack, phase.sources)


def _item(words: Words, pack: Guideline, item: Item) -> None:
    heading(words, words.pick(item.title), item.id)
    level = wording.plain_level(words, item.level, item.level_basis.basis)
    phase = words.pick(pack.phase(item.phase).title)
    named = wording.considerations(words, pack, item.considerations)
    console.say("  " + "  ".join(filter(None, (phase, level, named))))
    console.say()
    console.say(layout.indented(words.pick(item.check), 2, layout.columns()))
    console.say()
    for was in wording.former_lines(words, item, versions.item_before(pack, item)):
        row(words.say("show.former"), was)
    examples = " / ".join(words.pick(one) for one in item.evidence)
    row(words.say("check.evidence-examples"), examples)
    row(words.say("show.applies"), wording.applies(words, pack, item))
    _sources(words, pack, item.sources)
    for alias in item.aliases:
        row(words.say("show.alias"), words.pick(alias))
    if item.note:
        row(words.say("show.note"), words.pick(item.note))
    if item.drafting:
        _subheading(words.say(f"procurement.{item.drafting.place.value}"))
        console.say(layout.indented(words.pick(item.drafting.title), 4, layout.columns()))
        console.say(layout.indented(words.pick(item.drafting.text), 4, layout.columns()))


def _consideration(words: Words, pack: Guideline, one: Consideration) -> None:
    heading(words, words.pick(one.title), one.id)
    console.say(layout.indented(words.pick(one.description), 2, layout.columns()))
    console.say()
    for item in pack.items:
        if one.id in item.considerations:
            console.say(layout.hanging(item.id, words.pick(item.title), 2, 36, layout.columns()))
    console.say()
    _sources(words, pack, one.sources)


def _condition(words: Words, pack: Guideline, one: Condition) -> None:
    heading(words, words.pick(one.title), one.id)
    console.say(layout.indented(words.pick(one.question), 2, layout.columns()))
    console.say(layout.indented(words.pick(one.description), 2, layout.columns()))
    if one.implied_by:
        _subheading(words.say("show.implied-by"))
        clauses = wording.clauses(words, pack, one.implied_by)
        console.say(layout.indented(clauses, 4, layout.columns()))
    if one.public:
        _subheading(words.say("show.public"))
        for key, text in (("yes", one.public.holds), ("no", one.public.lacks)):
            said = words.pick(text)
            console.say(layout.hanging(words.say(f"show.{key}"), said, 4, 8, layout.columns()))
    _subheading(words.say("show.hanging"))
    for phase in pack.phases:
        if one.id in phase.needs:
            console.say(layout.hanging(phase.id, words.pick(phase.title), 4, 38, layout.columns()))
    hanging = (
        item
        for item in pack.items
        if any(one.id in clause.conditions for clause in item.applies_to or ())
    )
    _list_items(words, ((item, False) for item in hanging), ())
    console.say()
    _sources(words, pack, one.sources)


def _stance(words: Words, pack: Guideline, one: Stance) -> None:
    heading(words, stances.painted(words.pick(one.title), one), one.id)
    console.say(layout.indented(words.pick(one.description), 2, layout.columns()))
    row(words.say("show.policy"), words.say(f"policy.{one.policy.value}"))
    _cells(words, pack, (cell for cell in pack.cells if cell.stance_id == one.id))
    console.say()
    _sources(words, pack, one.sources)


def _domain(words: Words, pack: Guideline, one: Domain) -> None:
    heading(words, words.pick(one.title), one.id)
    console.say(layout.indented(words.pick(one.description), 2, layout.columns()))
    _cells(words, pack, (cell for cell in pack.cells if cell.domain == one.id))
    console.say()
    _sources(words, pack, one.sources)


def _cells(words: Words, pack: Guideline, those: Iterable[Cell]) -> None:
    cells = tuple(those)
    _subheading(words.say("show.cells"))
    for cell in cells:
        told = f"{wording.cell_name(words, pack, cell.id)}  {stances.mark(words, pack, cell)}"
        console.say(layout.hanging(cell.id, told.rstrip(), 4, 28, layout.columns()))
    if meaning := wording.inferred_note(words, cells):
        console.say(layout.indented(meaning, 4, layout.columns()))


_SHOWN: dict[str, Callable[..., None]] = {
    "cell": _cell,
    "phase": _phase,
    "item": _item,
    "consideration": _consideration,
    "condition": _condition,
    "stance": _stance,
    "domain": _domain,
}
