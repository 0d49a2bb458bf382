"""What a guideline pack says: domains, cells, phases, conditions and check items.

Its parts are compared by identity, for a pack has one of each; leaving equality out also makes
every command that names a cell start sooner.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from aiguide.core.text import Text


class Level(StrEnum):
    """How binding a check item is (the overview's 必須 and 推奨)."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"


class Basis(StrEnum):
    """How far a source carries what is said."""

    STATED = "stated"
    ADAPTED = "adapted"
    PROJECT = "project"


class StancePolicy(StrEnum):
    """What the verdict makes of a stance."""

    GO = "go"
    CARE = "care"
    HOLD = "hold"


class PhaseKind(StrEnum):
    """How a phase stands in the order of a project's life."""

    SEQUENTIAL = "sequential"
    CROSSING = "crossing"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A document that sources point to; `seen` says how far this project has read it."""

    id: str
    title: Text
    short_title: Text
    publisher: Text
    url: str | None
    seen: Text
    note: Text | None


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Where something is said, and on what basis; `cells` limits a stated basis."""

    document: str
    locator: Text
    basis: Basis
    cells: tuple[str, ...] = ()

    def basis_for(self, cells: Iterable[str]) -> Basis:
        """Give the basis for `cells`: what is stated for other cells only counts as adapted."""
        return _limited(self.basis, self.cells, cells)


@dataclass(frozen=True, slots=True, eq=False)
class LevelBasis:
    """On what basis an item has its level."""

    basis: Basis
    cells: tuple[str, ...] = ()

    def basis_for(self, cells: Iterable[str]) -> Basis:
        """Give the basis for `cells`: what is stated for other cells only counts as adapted."""
        return _limited(self.basis, self.cells, cells)


def _limited(basis: Basis, stated_for: tuple[str, ...], cells: Iterable[str]) -> Basis:
    if basis is Basis.STATED and stated_for and not set(stated_for) & set(cells):
        return Basis.ADAPTED
    return basis


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A sentence about a cell, with its sources."""

    text: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """A business domain: who uses the AI, and what for."""

    id: str
    title: Text
    description: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Stance:
    """How the guideline stands to a cell; a pack lists them in rising order of caution."""

    id: str
    title: Text
    description: Text
    policy: StancePolicy
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Consideration:
    """A point that needs care, such as fairness."""

    id: str
    title: Text
    mark: Text
    description: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Phase:
    """A step of a project's life; a crossing one counts under the conditions it `needs`.

    `in_use`: the AI is in use from this step on.
    """

    id: str
    title: Text
    kind: PhaseKind
    needs: tuple[str, ...]
    description: Text
    sources: tuple[Source, ...]
    in_use: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """One way for something to apply: a domain, a cell (the same one) and every condition."""

    domains: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Public:
    """What residents are told of a condition: where it holds, and where it does not."""

    holds: Text
    lacks: Text


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A fact about a project that decides what applies to it."""

    id: str
    title: Text
    question: Text
    description: Text
    implied_by: tuple[Clause, ...]
    sources: tuple[Source, ...]
    public: Public | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CellStance:
    """The stance of one cell, and the other reading where the overview leaves it open."""

    id: str
    sources: tuple[Source, ...]
    other_reading: str | None
    note: Text | None


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A business domain x a class of use; `reach` is the class's id, shared between domains.

    `stance` is None where the guideline takes none.
    """

    id: str
    domain: str
    reach: str
    number: int
    title: Text
    stance: CellStance | None
    considerations: tuple[str, ...]
    considerations_sources: tuple[Source, ...]
    summary: Fact
    choose_when: Fact
    features: tuple[Fact, ...]
    scenes: tuple[Fact, ...]

    @property
    def stance_id(self) -> str | None:
        """Give the id of the cell's stance."""
        return self.stance.id if self.stance else None

    @property
    def stance_sources(self) -> tuple[Source, ...]:
        """Give what the cell's stance rests on."""
        return self.stance.sources if self.stance else ()

    @property
    def inferred(self) -> bool:
        """Tell whether the cell has a stance that no source states of it."""
        bases = [source.basis_for((self.id,)) for source in self.stance_sources]
        return self.stance is not None and Basis.STATED not in bases


class Place(StrEnum):
    """Where a text for a vendor belongs."""

    SPECIFICATION = "specification"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True, eq=False)
class Drafting:
    """What to write into a specification or contract so that a vendor meets an item: our words."""

    place: Place
    title: Text
    text: Text


@dataclass(frozen=True, slots=True, eq=False)
class RecordField:
    """A part of the public record of a use: what the public is told, and the items behind it."""

    id: str
    title: Text
    prompt: Text
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One point to check; `applies_to` is None where it applies to all."""

    id: str
    phase: str
    title: Text
    level: Level
    level_basis: LevelBasis
    considerations: tuple[str, ...]
    applies_to: tuple[Clause, ...] | None
    check: Text
    evidence: tuple[Text, ...]
    sources: tuple[Source, ...]
    exception_only: bool
    aliases: tuple[Text, ...]
    note: Text | None
    drafting: Drafting | None = None

    @property
    def digest(self) -> str:
        """Give the digest of what an answer answers: title, level and text."""
        return _digest(self)


# Asked for again and again, of every project's answers.
@lru_cache(maxsize=1024)
def _digest(item: Item) -> str:
    import hashlib
    import json

    said = [item.title.ja, item.title.en, item.level.value, item.check.ja, item.check.en]
    canonical = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What became of some items of an earlier version, as declared: `old` ids to `new` ids.

    `editorial`: whether only words were mended and the meaning is the same; None where not said.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    reason: Text
    editorial: bool | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TermChange:
    """What became of a cell, condition or phase, as declared; `new` is None where it is gone.

    `kind` is `cells`, `conditions` or `phases`. `editorial`: only words of a condition's question
    were mended, so that its answers stand; None where nothing is said of that.
    """

    kind: str
    old: str
    new: str | None
    reason: Text
    editorial: bool | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Guideline:
    """One version of a guideline pack.

    `expiring_days`: from how many days before its end an exception counts as about to expire.
    `classification`: the version of this pack whose classification is used, None where it has none.
    `released`: the day since which it is frozen, empty before.
    `since`: the version that `changes` and `term_changes` start from, None where none is declared.
    `rule_reasons`: by the id of what has another rule than there, such as a stance, why.
    `words`: what is said otherwise of this guideline, by the keys of the catalogue.
    """

    id: str
    version: int
    edition: Text
    title: Text
    publisher: Text
    status: Text
    domains: tuple[Domain, ...]
    stances: tuple[Stance, ...]
    considerations: tuple[Consideration, ...]
    phases: tuple[Phase, ...]
    conditions: tuple[Condition, ...]
    cells: tuple[Cell, ...]
    documents: tuple[Document, ...]
    items: tuple[Item, ...]
    record: tuple[RecordField, ...] = ()
    expiring_days: int = 0
    classification: int | None = None
    since: int | None = None
    changes: tuple[Change, ...] = ()
    term_changes: tuple[TermChange, ...] = ()
    rule_reasons: Mapping[str, Text] = field(default_factory=dict)
    released: str = ""
    words: Mapping[str, Text] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Give the pack's name, such as `tokyo-ai@1`."""
        return f"{self.id}@{self.version}"

    @property
    def declared(self) -> int:
        """Count the changes that the pack declares: of items, of cells and the like, of rules."""
        return len(self.changes) + len(self.term_changes) + len(self.rule_reasons)

    def domain(self, id: str) -> Domain:
        """Find a domain. Raises: KeyError."""
        return _find(self.domains, id)

    def stance(self, id: str) -> Stance:
        """Find a stance. Raises: KeyError."""
        return _find(self.stances, id)

    def consideration(self, id: str) -> Consideration:
        """Find a consideration. Raises: KeyError."""
        return _find(self.considerations, id)

    def phase(self, id: str) -> Phase:
        """Find a phase. Raises: KeyError."""
        return _find(self.phases, id)

    def condition(self, id: str) -> Condition:
        """Find a condition. Raises: KeyError."""
        return _find(self.conditions, id)

    def cell(self, id: str) -> Cell:
        """Find a cell. Raises: KeyError."""
        return _find(self.cells, id)

    def document(self, id: str) -> Document:
        """Find a document. Raises: KeyError."""
        return _find(self.documents, id)

    def item(self, id: str) -> Item:
        """Find a check item. Raises: KeyError."""
        return _find(self.items, id)

    @property
    def stages(self) -> tuple[str, ...]:
        """Give the ids of the phases that a project can be in, in order; crossing ones are not."""
        return tuple(one.id for one in self.phases if one.kind is not PhaseKind.CROSSING)

    @property
    def in_use_from(self) -> str:
        """Give the phase from which the AI is in use: the one that says so, else the last one."""
        order = [one for one in self.phases if one.kind is PhaseKind.SEQUENTIAL]
        return next((one.id for one in order if one.in_use), order[-1].id)

    def items_of(self, phase: str) -> Iterator[Item]:
        """Give the check items of one phase, in the pack's order."""
        return (item for item in self.items if item.phase == phase)

    def cells_of(self, domain: str) -> tuple[Cell, ...]:
        """Give the cells of one domain, by number."""
        return tuple(sorted((c for c in self.cells if c.domain == domain), key=lambda c: c.number))

    def stance_of(self, cell: Cell) -> Stance | None:
        """Give the stance of a cell, or None where the guideline takes none."""
        return self.stance(cell.stance.id) if cell.stance else None

    def highest_stance(self, cells: Iterable[str]) -> Stance | None:
        """Give the most cautious stance of `cells`, or None where there are none."""
        stances = [self.stance_of(self.cell(cell)) for cell in cells]
        return max(filter(None, stances), key=self.stances.index, default=None)


T = TypeVar("T", Domain, Stance, Consideration, Phase, Condition, Cell, Document, Item)


def _find(things: tuple[T, ...], id: str) -> T:
    for thing in things:
        if thing.id == id:
            return thing
    raise KeyError(id)
