"""Small objects for tests: say what matters, the rest has a default."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiguide.core.guideline import (
    Basis,
    Cell,
    CellStance,
    Clause,
    Condition,
    Document,
    Domain,
    Fact,
    Guideline,
    Item,
    Level,
    LevelBasis,
    Phase,
    PhaseKind,
    Source,
    Stance,
    StancePolicy,
)
from aiguide.core.project import Answer, Classification, Project, Status
from aiguide.core.text import Text

TODAY = "2026-11-24"


def text(words: str) -> Text:
    return Text(words, words)


def source(basis: Basis = Basis.PROJECT, cells: Sequence[str] = ()) -> Source:
    return Source("paper", text("p. 1"), basis, tuple(cells))


def item(
    id: str,
    *,
    phase: str = "planning",
    level: Level = Level.REQUIRED,
    level_basis: LevelBasis | None = None,
    applies_to: Sequence[Clause] | None = None,
    check: str = "check it",
    exception_only: bool = False,
) -> Item:
    return Item(
        id=id,
        phase=phase,
        title=text(id),
        level=level,
        level_basis=level_basis or LevelBasis(Basis.PROJECT),
        considerations=(),
        applies_to=None if applies_to is None else tuple(applies_to),
        check=text(check),
        evidence=(text("a note"),),
        sources=(source(),),
        exception_only=exception_only,
        aliases=(),
        note=None,
    )


def cell(id: str, domain: str, stance: str, *, basis: Basis = Basis.STATED) -> Cell:
    fact = Fact(text(id), (source(),))
    return Cell(
        id=id,
        domain=domain,
        reach=id.split(".")[1],
        number=1,
        title=text(id),
        stance=CellStance(stance, (source(basis),), None, None),
        considerations=(),
        considerations_sources=(),
        summary=fact,
        choose_when=fact,
        features=(fact,),
        scenes=(fact,),
    )


CELLS = (
    cell("citizen.ask", "citizen", "blue"),
    cell("citizen.act", "citizen", "red"),
    cell("staff.look", "staff", "yellow"),
)


def guideline(*items: Item) -> Guideline:
    """A guideline of four phases, three cells, and conditions `person`, `vendor`, `facing`."""
    sources = (source(),)
    policies = {"blue": StancePolicy.GO, "yellow": StancePolicy.CARE, "red": StancePolicy.HOLD}
    kinds = {
        "planning": PhaseKind.SEQUENTIAL,
        "design": PhaseKind.SEQUENTIAL,
        "end": PhaseKind.CLOSING,
        "buying": PhaseKind.CROSSING,
    }
    implied = {"facing": (Clause(domains=("citizen",)),)}
    return Guideline(
        id="test",
        version=1,
        edition=text("draft"),
        title=text("Test guideline"),
        publisher=text("us"),
        status=text("for tests"),
        domains=tuple(Domain(id, text(id), text(id), sources) for id in ("citizen", "staff")),
        stances=tuple(
            Stance(id, text(id), text(id), policy, sources) for id, policy in policies.items()
        ),
        considerations=(),
        phases=tuple(
            Phase(id, text(id), kind, ("vendor",) if id == "buying" else (), text(id), sources)
            for id, kind in kinds.items()
        ),
        conditions=tuple(
            Condition(id, text(id), text(id), text(id), implied.get(id, ()), sources)
            for id in ("person", "vendor", "facing")
        ),
        cells=CELLS,
        documents=(
            Document("paper", text("Paper"), text("Paper"), text("us"), None, text("whole"), None),
        ),
        items=items,
    )


def answer(status: Status, **fields: Any) -> Answer:
    """An answer with what its status asks for, unless told otherwise."""
    needed: dict[Status, dict[str, Any]] = {
        Status.DONE: {"note": "seen"},
        Status.NOT_APPLICABLE: {"reason": "no such thing"},
        Status.EXCEPTION: {"reason": "later", "approver": "the head", "until": "2027-03-31"},
    }
    return Answer(status, **{**needed.get(status, {}), **fields})


def project(
    *,
    cells: Sequence[str] = ("citizen.ask",),
    conditions: Mapping[str, bool] | None = None,
    answers: Mapping[str, Answer] | None = None,
    phase: str = "planning",
    confidence: float | None = None,
    confirmed_by: str = "",
    engine: str = "",
) -> Project:
    return Project(
        guideline_id="test",
        guideline_version=1,
        name="A project",
        phase=phase,
        conditions=dict(conditions or {}),
        classification=Classification(
            cells=tuple(cells),
            engine=engine,
            confidence=confidence,
            confirmed_by=confirmed_by,
        ),
        answers=dict(answers or {}),
    )
