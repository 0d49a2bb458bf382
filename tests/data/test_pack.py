"""The Tokyo pack: what the overview states is taken over, and every text is honest and whole."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from aiguide.core.applicability import applicable, situation
from aiguide.core.guideline import Basis, Guideline, Level, Source
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.project import Classification, Project
from aiguide.core.text import Text
from aiguide.store import packs
from aiguide.usecases import guidelines

# The overview's table: number, main considerations (公 fairness, 透 transparency, 安 safety,
# プ privacy, ア accountability). Colours: the cells where the overview shows one.
OVERVIEW = {
    "citizen.information": (1, "公", "blue"),
    "citizen.action": (2, "公透ア", "blue"),
    "citizen.personalized": (3, "公透安ア", "yellow"),
    "citizen.prediction": (4, "公透ア安プ", "yellow"),
    "citizen.autonomous": (5, "", "red"),
    "related.routine": (1, "公透", "blue"),
    "related.analysis": (2, "公透ア", None),
    "related.judgment": (3, "公透アプ", None),
    "related.prediction": (4, "公透ア安プ", "yellow"),
    "related.autonomous": (5, "", "red"),
    "internal.search-routine": (1, "公", "blue"),
    "internal.writing": (2, "公", None),
    "internal.advice": (3, "公透", None),
    "internal.prediction": (4, "公透ア", None),
    "internal.autonomous": (5, "", None),
}
MARKS = dict(
    zip(
        "公透安プア",
        ("fairness", "transparency", "safety", "privacy", "accountability"),
        strict=True,
    )
)
JAPANESE = re.compile(r"[ぁ-ヺ一-龠]")
LATIN = re.compile(r"[\x20-\x7e（）／・]+")  # names such as NIST's, the same in Japanese
STATED_ITEMS = {
    "planning.purpose": ("適切な目的の設定", Level.REQUIRED, ()),
    "planning.tool-selection": ("利用するAIの効果的な選定", Level.REQUIRED, ("security",)),
    "planning.risk-assessment": ("リスクの評価", Level.REQUIRED, ("fairness", "security")),
    "planning.bpr": ("既存業務の見直し・再構築(BPR)", Level.RECOMMENDED, ()),
}

# The item that has a person approve what the AI does, by version.
APPROVAL = {1: "requirements.no-autonomy-creep", 2: "requirements.action-approval"}


@pytest.fixture(scope="module", params=[1, 2], ids=lambda version: f"version-{version}")
def pack(request: pytest.FixtureRequest) -> Guideline:
    return packs.load(f"tokyo-ai@{request.param}")[0]


@pytest.fixture(scope="module")
def policy(pack: Guideline) -> ClassificationPolicy:
    return guidelines.load_classifying(pack.name)[1]


@pytest.fixture(scope="module")
def second() -> Guideline:
    return packs.load("tokyo-ai@2")[0]


def parts(thing: Any, kind: type) -> Iterator[Any]:
    """Walk a data structure for all objects of a kind."""
    if isinstance(thing, kind):
        yield thing
    if is_dataclass(thing):
        for one in fields(thing):
            yield from parts(getattr(thing, one.name), kind)
    elif isinstance(thing, tuple):
        for one in thing:
            yield from parts(one, kind)


def test_the_cells_are_those_of_the_overview(pack: Guideline) -> None:
    assert [cell.id for cell in pack.cells] == list(OVERVIEW)
    for cell in pack.cells:
        number, marks, colour = OVERVIEW[cell.id]
        assert cell.number == number
        assert cell.considerations == tuple(MARKS[mark] for mark in marks)
        assert cell.id == f"{cell.domain}.{cell.reach}"
        if colour:
            assert cell.stance_id == colour
        assert cell.inferred is (colour is None)


def test_a_stance_that_is_inferred_says_why(pack: Guideline) -> None:
    for cell in pack.cells:
        assert cell.stance
        if cell.inferred:
            assert cell.stance.note
        if cell.stance.other_reading:
            assert cell.stance.other_reading != cell.stance.id


def test_the_items_that_the_overview_states_are_taken_over(pack: Guideline) -> None:
    for id, (title, level, considerations) in STATED_ITEMS.items():
        item = pack.item(id)
        assert (item.title.ja, item.level, item.considerations) == (title, level, considerations)
        assert item.level_basis.basis is Basis.STATED
        assert item.level_basis.cells == ("citizen.personalized",)
        assert item.sources[0].document == "tmg-gl-overview"
        assert item.sources[0].basis is Basis.STATED


def test_no_other_level_claims_to_be_stated(pack: Guideline) -> None:
    claimed = {item.id for item in pack.items if item.level_basis.basis is Basis.STATED}
    assert claimed == set(STATED_ITEMS)


def test_what_is_stated_for_one_cell_is_adapted_for_another(pack: Guideline) -> None:
    item = pack.item("planning.purpose")
    assert item.level_basis.basis_for(["citizen.personalized"]) is Basis.STATED
    assert item.level_basis.basis_for(["citizen.information"]) is Basis.ADAPTED


def test_there_are_at_least_the_items_of_the_draft(pack: Guideline) -> None:
    assert len(pack.items) >= 81
    for item in pack.items:
        assert item.id.startswith(item.phase + ".")


def test_our_own_advice_is_marked_as_ours(pack: Guideline) -> None:
    own = {"project", "labelling-guide"}
    for source in parts(pack, Source):
        assert (source.document in own) is (source.basis is Basis.PROJECT), source


def test_every_document_is_cited(pack: Guideline) -> None:
    cited = {source.document for source in parts(pack, Source)}
    assert cited == {document.id for document in pack.documents}


def all_texts(pack: Guideline, policy: ClassificationPolicy) -> list[Text]:
    return [*parts(pack, Text), *parts(policy, Text)]


def test_every_text_has_both_languages(pack: Guideline, policy: ClassificationPolicy) -> None:
    for text in all_texts(pack, policy):
        assert re.search(r"[ぁ-ヺ一-龠]", text.ja) or re.fullmatch(LATIN, text.ja), text
        assert not re.search(r"[ぁ-ヺ]", text.en), text


def test_no_text_shows_a_raw_id(pack: Guideline, policy: ClassificationPolicy) -> None:
    ids = {item.id for item in pack.items} | {cell.id for cell in pack.cells}
    ids |= {one.id for one in pack.conditions if "_" in one.id}
    for text in all_texts(pack, policy):
        for words in (text.ja, text.en):
            assert not [id for id in ids if id in words], text


def test_ids_of_different_kinds_do_not_collide(pack: Guideline) -> None:
    ids = [
        one.id
        for kind in (pack.cells, pack.items, pack.phases, pack.considerations, pack.conditions)
        for one in kind
    ]
    assert len(ids) == len(set(ids))


def applies(pack: Guideline, cell: str, *true: str) -> set[str]:
    """Give the ids of what applies in a cell where only some conditions are true."""
    conditions = {one.id: one.id in true for one in pack.conditions}
    project = Project(
        pack.id, pack.version, "x", conditions=conditions, classification=Classification((cell,))
    )
    return {item.id for item in applicable(pack, situation(pack, project))}


def test_a_chatbot_for_residents_gets_what_it_needs_and_no_more(pack: Guideline) -> None:
    found = applies(pack, "citizen.information", "generative_ai", "external_vendor")
    assert {"requirements.disclosure", "design.escalation", "design.guardrails"} <= found
    assert {"operation.contact", "requirements.accessibility", "procurement.spec"} <= found
    assert not found & {"requirements.prediction", "operation.drift", "planning.privacy-basis"}
    assert "planning.red-gate" not in found


def test_a_water_level_forecast_is_not_asked_about_prompts_or_residents(pack: Guideline) -> None:
    found = applies(
        pack, "related.prediction", "external_vendor", "training_or_tuning", "custom_tool"
    )
    assert {"requirements.prediction", "design.prediction-validation", "operation.drift"} <= found
    assert {"design.data-quality", "planning.human-decision"} <= found
    assert not found & {
        "requirements.input-rules",
        "design.guardrails",
        "design.security-by-design",
        "operation.contact",
        "requirements.copyright",
        "requirements.disclosure",
        "procurement.personal-data",
        "decommissioning.open-cases",
    }


def test_a_child_protection_score_is_asked_about_people_fairness_and_reasons(
    pack: Guideline,
) -> None:
    found = applies(
        pack, "related.judgment", "personal_data", "confidential_data", "evaluates_persons"
    )
    assert {
        "planning.human-decision",
        "planning.privacy-basis",
        "requirements.explainability",
        "requirements.fairness-criteria",
        "design.bias-test",
        "design.automation-bias",
        "operation.explanation",
        "decommissioning.open-cases",
    } <= found
    assert not found & {"requirements.input-rules", "design.escalation", "operation.contact"}


def test_a_minutes_writer_on_the_common_tool_has_a_short_list(pack: Guideline) -> None:
    found = applies(pack, "internal.writing", "generative_ai", "confidential_data")
    assert {"requirements.input-rules", "operation.output-check", "requirements.copyright"} <= found
    assert not [id for id in found if id.startswith("procurement.")]
    assert not found & {"planning.dsb-consultation", "operation.contact", "design.escalation"}
    assert len(found) < len(applies(pack, "citizen.information", "generative_ai"))


def test_an_autonomous_agent_is_held_and_bounded(pack: Guideline) -> None:
    found = applies(pack, "internal.autonomous", "generative_ai", "external_vendor", "custom_tool")
    assert {
        "planning.red-gate",
        APPROVAL[pack.version],
        "design.action-limits",
        "design.human-review",
        "operation.stop-drill",
    } <= found


def test_version_2_bounds_an_agent_by_its_tools_and_looks_at_what_it_did(
    second: Guideline,
) -> None:
    found = applies(second, "internal.autonomous", "generative_ai", "external_vendor")
    assert {"design.tool-permissions", "operation.action-review"} <= found
    assert {"operation.provider-changes", "operation.stop-drill"} <= found
    assert second.item("operation.stop-drill").level is Level.REQUIRED
    asked = applies(second, "internal.advice", "generative_ai", "custom_tool", "external_vendor")
    assert {"design.tool-permissions", "requirements.action-approval"} <= asked


def test_version_2_asks_about_children_and_access_where_residents_use_it(
    second: Guideline,
) -> None:
    chatbot = applies(second, "citizen.information", "generative_ai", "external_vendor")
    assert {"planning.children", "requirements.accessibility"} <= chatbot
    assert {"requirements.alternatives", "design.accessibility-test"} <= chatbot
    score = applies(second, "related.judgment", "personal_data", "evaluates_persons")
    assert "planning.children" in score
    assert not score & {"requirements.alternatives", "design.accessibility-test"}
    forecast = applies(second, "related.prediction", "custom_tool", "training_or_tuning")
    assert "requirements.accessibility" in forecast
    assert not forecast & {"planning.children", "design.reference-data", "operation.external-use"}


def test_version_2_asks_what_is_in_the_index_only_where_the_ai_looks_things_up(
    second: Guideline,
) -> None:
    minutes = applies(second, "internal.writing", "generative_ai", "confidential_data")
    assert {"operation.external-use", "operation.provider-changes"} <= minutes
    assert not minutes & {"design.reference-data", "design.tool-permissions", "planning.children"}
    looking_up = applies(second, "internal.search-routine", "generative_ai", "training_or_tuning")
    assert {"design.reference-data", "operation.reference-update"} <= looking_up


def test_blue_uses_have_required_items_too(pack: Guideline) -> None:
    for cell in pack.cells:
        found = applies(pack, cell.id)
        assert len([id for id in found if pack.item(id).level is Level.REQUIRED]) >= 10


def test_what_a_vendor_has_to_do_names_no_figure_and_no_law(pack: Guideline) -> None:
    drafted = [item for item in pack.items if item.drafting]
    assert len(drafted) > 30
    headings: list[Text] = []
    for item in drafted:
        assert item.drafting
        headings.append(item.drafting.title)
        text, title = item.drafting.text, item.drafting.title
        assert len(title.ja) <= 16, item.id
        assert not title.ja.endswith("。"), item.id
        assert text.ja.count("［　］") == text.en.count("[ ]") == text.ja.count("［"), item.id
        assert not re.search(r"[0-9０-９]|法|条例|ISO|JIS", text.ja.replace("方法", "")), item.id
        assert "shall" in text.en, item.id
    assert len({one.ja for one in headings}) == len({one.en for one in headings}) == len(drafted)


def test_residents_are_told_of_every_condition_in_whole_sentences(pack: Guideline) -> None:
    for condition in pack.conditions:
        assert condition.public, condition.id
        for text in (condition.public.holds, condition.public.lacks):
            assert re.search(r"(ます|せん)(。|（.*）。)$", text.ja), condition.id
            assert text.en.endswith("."), condition.id


def test_the_public_record_rests_on_items_and_covers_what_residents_ask(
    pack: Guideline,
) -> None:
    ids = {item.id for item in pack.items}
    parts = {field.id: field for field in pack.record}
    assert {"purpose", "human-oversight", "data", "objection", "contact"} <= set(parts)
    assert all(set(field.items) <= ids for field in parts.values())
