"""The second pack: of another shape, honest about its source, and whole in both languages."""

import re
import string

import pytest

from aiguide.core.applicability import applicable, situation
from aiguide.core.guideline import Basis, Guideline, PhaseKind, Source
from aiguide.core.project import Classification, Project
from aiguide.core.text import Text
from aiguide.store import packs
from aiguide.usecases.catalogue import load_words
from tests.data.test_pack import LATIN, parts

PRINCIPLES = (
    "人間中心",
    "安全性",
    "公平性",
    "プライバシー保護",
    "セキュリティ確保",
    "透明性",
    "アカウンタビリティ",
    "教育・リテラシー",
    "公正競争確保",
    "イノベーション",
)


@pytest.fixture(scope="module")
def pack() -> Guideline:
    return packs.load("ai-business@1")[0]


def test_it_has_the_actors_and_principles_and_steps_of_its_source(pack: Guideline) -> None:
    assert [cell.title.ja for cell in pack.cells] == ["AI開発者", "AI提供者", "AI利用者"]
    assert tuple(one.title.ja for one in pack.considerations) == PRINCIPLES
    steps = ["環境・リスク分析", "ゴール設定", "システムデザイン", "運用", "評価"]
    assert [phase.title.ja for phase in pack.phases] == steps


def test_it_takes_no_stance_cannot_classify_and_never_ends(pack: Guideline) -> None:
    assert pack.stances == ()
    assert all(cell.stance is None for cell in pack.cells)
    assert packs.load("ai-business@1")[1] is None
    assert {phase.kind for phase in pack.phases} == {PhaseKind.SEQUENTIAL}
    assert pack.in_use_from == "operation"


def test_no_level_claims_to_be_stated_for_the_source_has_none(pack: Guideline) -> None:
    assert {item.level_basis.basis for item in pack.items} == {Basis.ADAPTED}


def test_our_own_advice_is_marked_as_ours(pack: Guideline) -> None:
    for source in parts(pack, Source):
        assert (source.document == "project") is (source.basis is Basis.PROJECT), source
    for item in pack.items:
        assert all(source.basis is not Basis.PROJECT for source in item.sources), item.id


def test_every_principle_has_items(pack: Guideline) -> None:
    served = {id for item in pack.items for id in item.considerations}
    assert served == {one.id for one in pack.considerations}
    assert 25 <= len(pack.items) <= 45


def test_every_text_has_both_languages(pack: Guideline) -> None:
    for text in parts(pack, Text):
        assert re.search(r"[ぁ-ヺ一-龠]", text.ja) or re.fullmatch(LATIN, text.ja), text
        assert not re.search(r"[ぁ-ヺ]", text.en), text


@pytest.mark.parametrize(
    ("cell", "has", "lacks"),
    [
        ("developer", "safety.training-data", "safety.proper-use"),
        ("provider", "accountability.terms", "safety.training-data"),
        ("user", "safety.output-check", "security.by-design"),
    ],
)
def test_an_actor_is_asked_what_is_its_own(
    pack: Guideline, cell: str, has: str, lacks: str
) -> None:
    denied = {one.id: False for one in pack.conditions}
    project = Project(
        pack.id, 1, "x", conditions=denied, classification=Classification(cells=(cell,))
    )
    found = {item.id for item in applicable(pack, situation(pack, project))}
    assert has in found
    assert lacks not in found


@pytest.mark.parametrize("name", packs.names())
def test_a_packs_own_sentences_fill_in_what_the_catalogues_do(name: str) -> None:
    texts = load_words("ja").texts

    def blanks(text: str) -> set[str]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    for key, own in packs.load(name)[0].words.items():
        said = blanks(own.ja)
        assert said == blanks(own.en), key
        assert said | {"organization"} == blanks(texts[key].ja) | {"organization"}, key
