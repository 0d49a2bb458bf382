"""From a pack's compiled plain data to the core's objects."""

from collections.abc import Mapping
from typing import Any

from aiguide.core.guideline import (
    Basis,
    Cell,
    CellStance,
    Change,
    Clause,
    Condition,
    Consideration,
    Document,
    Domain,
    Drafting,
    Fact,
    Guideline,
    Item,
    Level,
    LevelBasis,
    Phase,
    PhaseKind,
    Place,
    Public,
    RecordField,
    Source,
    Stance,
    StancePolicy,
    TermChange,
)
from aiguide.core.new_names import KINDS
from aiguide.core.policy import ClassificationPolicy, ClosedQuestion, Option, Override
from aiguide.core.text import Text

Data = Mapping[str, Any]


def read_guideline(data: Data) -> Guideline:
    """Read a guideline from compiled data (`guideline`, `cells`, `documents`, `items`, ...)."""
    head = data["guideline"]
    declared = data.get("changes", {})
    own = head["version"] if "classify" in data else None
    return Guideline(
        id=head["id"],
        version=head["version"],
        edition=_text(head["edition"]),
        title=_text(head["title"]),
        publisher=_text(head["publisher"]),
        status=_text(head["status"]),
        domains=tuple(_domain(one) for one in head["domains"]),
        stances=tuple(_stance(one) for one in head["stances"]),
        considerations=tuple(_consideration(one) for one in head["considerations"]),
        phases=tuple(_phase(one) for one in head["phases"]),
        conditions=tuple(_condition(one) for one in head["conditions"]),
        cells=tuple(_cell(one) for one in data["cells"]),
        documents=tuple(_document(one) for one in data["documents"]),
        items=tuple(_item(one) for one in data["items"]),
        record=tuple(_record_field(one) for one in head.get("record", ())),
        expiring_days=head["expiring_days"],
        classification=head.get("classification", own),
        words={key: _text(one) for key, one in head.get("words", {}).items()},
        since=declared.get("since"),
        released=data.get("released", {}).get("date", ""),
        changes=tuple(_change(one) for one in declared.get("changes", ())),
        rule_reasons={one["of"]: _text(one["reason"]) for one in declared.get("rules", ())},
        term_changes=tuple(
            _term_change(kind, one) for kind in KINDS for one in declared.get(kind, ())
        ),
    )


def read_policy(data: Data) -> ClassificationPolicy:
    """Read the classification knowledge from compiled data."""
    return ClassificationPolicy(
        questions=tuple(
            ClosedQuestion(
                one["id"],
                _text(one["text"]),
                tuple(
                    Option(option["id"], _text(option["short"]), _text(option["label"]))
                    for option in one["options"]
                ),
            )
            for one in data["questions"]
        ),
        domains=data["domains"],
        decide=data["thresholds"]["decide"],
        caution=data["thresholds"]["caution"],
        settle=data["thresholds"]["settle"],
        unplaced=data["thresholds"]["unplaced"],
        hinted=data["thresholds"]["hinted"],
        several=data["thresholds"]["several"],
        familiar=data["thresholds"]["familiar"],
        familiar_kanji=data["thresholds"]["familiar_kanji"],
        apart=data["thresholds"]["apart"],
        joints=tuple(data["joints"]),
        overrides=tuple(
            Override(tuple(one["lowers"]), one["by"], tuple(one["where"]), tuple(one["unless"]))
            for one in data["overrides"]
        ),
    )


def _text(data: Data) -> Text:
    return Text(data["ja"], data["en"])


def _optional_text(data: Data | None) -> Text | None:
    return _text(data) if data else None


def _sources(data: list[Data]) -> tuple[Source, ...]:
    return tuple(
        Source(
            one["document"],
            _text(one["locator"]),
            Basis(one["basis"]),
            tuple(one.get("cells", ())),
        )
        for one in data
    )


def _fact(data: Data) -> Fact:
    return Fact(_text(data["text"]), _sources(data["sources"]))


def _clauses(data: list[Data]) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            tuple(one.get("domains", ())),
            tuple(one.get("cells", ())),
            tuple(one.get("conditions", ())),
        )
        for one in data
    )


def _domain(data: Data) -> Domain:
    return Domain(
        data["id"], _text(data["title"]), _text(data["description"]), _sources(data["sources"])
    )


def _stance(data: Data) -> Stance:
    return Stance(
        data["id"],
        _text(data["title"]),
        _text(data["description"]),
        StancePolicy(data["policy"]),
        _sources(data["sources"]),
    )


def _consideration(data: Data) -> Consideration:
    return Consideration(
        data["id"],
        _text(data["title"]),
        _text(data["mark"]),
        _text(data["description"]),
        _sources(data["sources"]),
    )


def _phase(data: Data) -> Phase:
    return Phase(
        data["id"],
        _text(data["title"]),
        PhaseKind(data["kind"]),
        tuple(data.get("needs", ())),
        _text(data["description"]),
        _sources(data["sources"]),
        data.get("in_use", False),
    )


def _condition(data: Data) -> Condition:
    return Condition(
        data["id"],
        _text(data["title"]),
        _text(data["question"]),
        _text(data["description"]),
        _clauses(data.get("implied_by", [])),
        _sources(data["sources"]),
        _public(data.get("public")),
    )


def _public(data: Data | None) -> Public | None:
    return Public(_text(data["holds"]), _text(data["lacks"])) if data else None


def _cell(data: Data) -> Cell:
    return Cell(
        id=data["id"],
        domain=data["domain"],
        reach=data["reach"],
        number=data["number"],
        title=_text(data["title"]),
        stance=_cell_stance(data.get("stance")),
        considerations=tuple(data["considerations"]["ids"]),
        considerations_sources=_sources(data["considerations"]["sources"]),
        summary=_fact(data["summary"]),
        choose_when=_fact(data["choose_when"]),
        features=tuple(_fact(one) for one in data["features"]),
        scenes=tuple(_fact(one) for one in data["scenes"]),
    )


def _cell_stance(data: Data | None) -> CellStance | None:
    if data is None:
        return None
    other, note = data.get("other_reading"), _optional_text(data.get("note"))
    return CellStance(data["value"], _sources(data["sources"]), other, note)


def _document(data: Data) -> Document:
    return Document(
        data["id"],
        _text(data["title"]),
        _text(data["short_title"]),
        _text(data["publisher"]),
        data["url"],
        _text(data["seen"]),
        _optional_text(data.get("note")),
    )


def _change(data: Data) -> Change:
    reason, editorial = _text(data["reason"]), data.get("editorial")
    return Change(tuple(data["from"]), tuple(data["to"]), reason, editorial)


def _term_change(kind: str, data: Data) -> TermChange:
    (old,), new = data["from"], data["to"]
    reason, editorial = _text(data["reason"]), data.get("editorial")
    return TermChange(kind, old, new[0] if new else None, reason, editorial)


def _item(data: Data) -> Item:
    level = data["level_basis"]
    applies_to = data["applies_to"]
    return Item(
        id=data["id"],
        phase=data["phase"],
        title=_text(data["title"]),
        level=Level(data["level"]),
        level_basis=LevelBasis(Basis(level["basis"]), tuple(level.get("cells", ()))),
        considerations=tuple(data["considerations"]),
        applies_to=None if applies_to == "all" else _clauses(applies_to),
        check=_text(data["check"]),
        evidence=tuple(_text(one) for one in data["evidence"]),
        sources=_sources(data["sources"]),
        exception_only=data.get("cleared_by") == "exception",
        aliases=tuple(_text(one) for one in data.get("aliases", [])),
        note=_optional_text(data.get("note")),
        drafting=_drafting(data.get("drafting")),
    )


def _drafting(data: Data | None) -> Drafting | None:
    if data is None:
        return None
    return Drafting(Place(data["place"]), _text(data["title"]), _text(data["text"]))


def _record_field(data: Data) -> RecordField:
    return RecordField(
        data["id"], _text(data["title"]), _text(data["prompt"]), tuple(data.get("items", ()))
    )
