"""`show` says all that a guideline says of a thing, whatever kind it is."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.contracts import fits


def squeezed(text: str) -> str:
    """Take line breaks out, wherever a narrow terminal made them."""
    return "".join(text.split())


# What is shown, and what of it is to be read.
SHOWN = {
    "when to choose a cell": ("citizen.action", ["選ぶ目安"]),
    "the draft clause of an item": (
        "design.tool-permissions",
        ["仕様書に入れる条項案", "ツールと権限", "検収の［　］日前まで"],
    ),
    "in which cells a condition is a yes": (
        "automated_decision",
        ["都民サービス - 自律的判断・実行"],
    ),
    "what the public is told of a condition": (
        "personal_data",
        ["公表用の記録で知らせる文", "個人が分かる情報（個人情報）は扱いません。"],
    ),
    "what hangs on a condition": ("personal_data", ["planning.privacy-basis"]),
    "the phase that needs a condition": ("external_vendor", ["procurement 調達"]),
    "how a phase stands to the others": (
        "procurement",
        ["並行するフェーズ", "外部の事業者・サービスを使う"],
    ),
    "from when the AI is in use": ("operation", ["このフェーズから、AIを使っているとみなします"]),
    "a stance by id": ("red", ["例外の承認があるまで止める", "internal.autonomous"]),
    "a stance by title": ("赤", ["例外の承認があるまで止める"]),
    "a domain": ("citizen", ["都民や事業者が自分でAIを使うサービス", "citizen.prediction"]),
}


@pytest.mark.parametrize("what", SHOWN)
def test_it_is_shown(run: Run, what: str) -> None:
    id, parts = SHOWN[what]
    ran = run("show", id)
    assert ran.code == 0, ran.err
    for part in parts:
        assert squeezed(part) in squeezed(ran.out)


@pytest.mark.parametrize(
    "id", ["citizen.action", "design.tool-permissions", "planning.purpose", "red", "citizen"]
)
def test_its_json_keeps_to_the_schema(run: Run, id: str) -> None:
    fits("show", run("show", id, "--format", "json").json)


def test_json_tells_the_choice_of_a_cell_and_the_clause_of_an_item(run: Run) -> None:
    assert run("show", "citizen.action", "--format", "json").json["choose_when"]
    clause = run("show", "design.tool-permissions", "--format", "json").json["drafting"]
    assert clause["place"] == "specification"
    assert run("show", "planning.purpose", "--format", "json").json["drafting"] is None


def test_a_guideline_without_stances_is_shown_too(run: Run) -> None:
    assert "user" in run("show", "business", "--guideline", "ai-business").out


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_of_an_item_mistyped_the_item_is_suggested_and_not_its_phase(
    run: Run, project: Path, lang: str
) -> None:
    meant = {"ja": "もしかして: planning.bpr", "en": "Did you mean: planning.bpr"}[lang]
    for command in (("show", "planning.brp"), ("answer", project, "planning.brp", "done")):
        ran = run(*command, "--lang", lang)
        assert ran.code == 2
        assert meant in ran.err
    unknown = run("answer", project, "planning.nosuch", "done", "--lang", lang)
    assert "aiguide show planning --guideline tokyo-ai@" in unknown.err
    assert run("show", "planning").code == 0
