"""The guideline in the browser: its items found and read in full, its terms explained."""

import pytest
from starlette.testclient import TestClient

from aiguide.core.guideline import Guideline, Level
from aiguide.core.project import Status
from aiguide.core.verdict import Verdict
from aiguide.store import packs
from tests.web.reading import seen

ITEMS = "/ja/guideline/items/"


@pytest.fixture
def pack() -> Guideline:
    return packs.load("tokyo-ai@1")[0]


def found(client: TestClient, query: str) -> list[str]:
    """Give the ids that a search leads to."""
    links = seen(client, f"/ja/guideline?{query}").links
    return [one.removeprefix(ITEMS).partition("?")[0] for one in links if one.startswith(ITEMS)]


def test_all_items_are_there_in_order_and_lead_to_each_in_full(
    client: TestClient, pack: Guideline
) -> None:
    assert found(client, "") == [
        item.id for phase in pack.phases for item in pack.items_of(phase.id)
    ]
    for item in pack.items:
        assert seen(client, ITEMS + item.id).status == 200


@pytest.mark.parametrize(
    "text",
    [
        "適切な目的の設定",
        "set an appropriate purpose",
        "ＳＥＴ　ＡＮ　ＡＰＰＲＯＰＲＩＡＴＥ　ＰＵＲＰＯＳＥ",
        "planning.purpose",
        "困りごと 一文",
    ],
)
def test_an_item_is_found_by_its_words_in_either_language(client: TestClient, text: str) -> None:
    assert "planning.purpose" in found(client, f"q={text}")
    assert "planning.purpose" not in found(client, f"q={text} zzzz")


def test_an_item_is_found_by_its_other_names(client: TestClient, pack: Guideline) -> None:
    item = next(one for one in pack.items if one.aliases)
    assert item.id in found(client, f"q={item.aliases[0].ja}")


def test_items_are_filtered_by_phase_and_level(client: TestClient, pack: Guideline) -> None:
    ids = found(client, "phase=operation&level=recommended")
    assert ids == [
        item.id for item in pack.items_of("operation") if item.level is Level.RECOMMENDED
    ]
    assert ids
    assert found(client, "phase=no-such") == []


def test_what_is_not_found_is_said(client: TestClient) -> None:
    page = seen(client, "/ja/guideline?q=<script>alert(1)</script>")
    assert "当てはまる点検項目はありません" in page.text
    assert "<script>" not in page.html


def test_an_item_is_told_in_full(client: TestClient, pack: Guideline) -> None:
    item = next(one for one in pack.items if one.drafting and one.applies_to and one.considerations)
    page = seen(client, ITEMS + item.id)
    assert item.check.ja in page.text
    assert all(one.ja in page.text for one in item.evidence)
    assert item.drafting
    assert " ".join(item.drafting.text.ja.split()) in page.text
    for source in item.sources:
        assert source.locator.ja in page.text
        assert f"/ja/glossary#document-{source.document}" in page.links
    for id in item.considerations:
        assert f"/ja/glossary#consideration-{id}" in page.links
    assert f"/ja/glossary#basis-{item.level_basis.basis.value}" in page.links


def test_other_packs_and_versions_can_be_read(client: TestClient) -> None:
    page = seen(client, "/ja/guideline?q=AI")
    other = "/ja/guideline?q=AI&pack=ai-business%401"
    assert other in page.links
    read = seen(client, other)
    assert read.status == 200
    (first, *_) = [one for one in read.links if one.startswith(ITEMS)]
    assert first.endswith("?pack=ai-business%401")
    assert seen(client, first).status == 200
    assert "AI事業者ガイドライン" in seen(client, first).text


@pytest.mark.parametrize("page", ["guideline", "guideline/items/planning.purpose", "glossary"])
@pytest.mark.parametrize("pack", ["nothing@1", "../../x", "/etc", "tokyo-ai@99"])
def test_a_pack_that_is_not_there_is_said(client: TestClient, page: str, pack: str) -> None:
    assert seen(client, f"/ja/{page}?pack={pack}").status == 404


def test_an_item_that_is_not_there_is_said_with_the_near_one(client: TestClient) -> None:
    page = seen(client, ITEMS + "planning.purpos")
    assert page.status == 404
    assert "planning.purpose" in page.text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_term_is_explained_and_has_its_anchor(
    client: TestClient, pack: Guideline, lang: str
) -> None:
    page = seen(client, f"/{lang}/glossary")
    terms = {
        **{f"domain-{one.id}": one.description.ja for one in pack.domains},
        **{f"stance-{one.id}": one.description.ja for one in pack.stances},
        **{f"consideration-{one.id}": one.description.ja for one in pack.considerations},
        **{f"phase-{one.id}": one.description.ja for one in pack.phases},
        **{f"condition-{one.id}": one.description.ja for one in pack.conditions},
    }
    assert set(terms) <= set(page.ids)
    if lang == "ja":
        assert all(" ".join(meaning.split()) in page.text for meaning in terms.values())
    assert {f"status-{one.value}" for one in Status} <= set(page.ids)
    assert {f"verdict-{one.value}" for one in Verdict} <= set(page.ids)
    assert {f"document-{one.id}" for one in pack.documents} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_terms_say_where_they_are_from(client: TestClient, pack: Guideline) -> None:
    page = seen(client, "/ja/glossary")
    assert all(one.sources[0].locator.ja in page.text for one in pack.stances)
    assert page.text.count("ここの決まりは aiguide のもの") == 4
