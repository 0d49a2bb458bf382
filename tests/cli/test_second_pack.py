"""A project on a pack of another shape goes through every command, and reads nothing of Tokyo's."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits

PACK = "ai-business@1"
TOKYO = ("都", "局", "青", "黄", "赤", "概要の表")


@pytest.fixture
def business(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "minutes.project.json"
    ran = run(
        *("init", path, "--guideline", PACK, "--name", "議事録の要約", "--cell", "user"),
        *("--organization", "港町市役所", "--condition", "training=no"),
    )
    assert ran.code == 0, ran.err
    assert "--phase analysis" in ran.out
    return path


def answer_all(run: Run, path: Path, phase: str) -> None:
    for item in run("check", path, "--phase", phase, "--format", "json").json["items"]:
        assert run("answer", path, item["id"], "done", "--note", "済").code == 0


def test_its_checklist_and_status_are_its_own(run: Run, business: Path) -> None:
    listed = run("check", business, "--phase", "operation")
    assert "定められた範囲・規約での利用" in listed.out
    status = run("status", business, "--today", TODAY)
    assert "AI利用者" in status.out
    assert "港町市役所" in status.out
    assert not [word for word in TOKYO if word in status.out]
    found = run("status", business, "--format", "json", "--today", TODAY).json
    fits("status", found)
    assert (found["stance"], found["verdict"]) == (None, "not-ready")


def test_without_a_stance_nothing_is_left_to_watch(run: Run, business: Path) -> None:
    answer_all(run, business, "analysis")
    found = run("status", business, "--format", "json", "--today", TODAY).json
    assert found["verdict"] == "proceed"


@pytest.mark.parametrize("template", ["compliance", "summary", "procurement", "transparency"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_its_reports_say_nothing_of_tokyos(
    run: Run, business: Path, template: str, lang: str
) -> None:
    ran = run(
        *("report", business, "-o", "-", "--format", "md", "--template", template),
        *("--lang", lang, "--today", TODAY),
    )
    assert ran.code == 0, ran.err
    for word in (*TOKYO, "Tokyo", "Metropolitan", "Bureau", "bureau", "overview's"):
        assert word not in ran.out, word


def test_a_pack_without_clauses_says_so_and_not_that_no_vendor_is_used(
    run: Run, business: Path
) -> None:
    ran = run("report", business, "-o", "-", "--format", "md", "--template", "procurement")
    assert "このガイドラインの版には、条項案がありません" in ran.out
    assert "外部の事業者" not in ran.out


def test_the_public_record_tells_that_it_is_in_use_before_the_last_step(
    run: Run, business: Path
) -> None:
    stages = []
    for phase in ("design", "operation", "evaluation"):
        assert run("set", business, "--phase", phase).code == 0
        args = ("--template", "transparency", "--format", "json", "--today", TODAY)
        stages.append(run("report", business, "-o", "-", *args).json["stage"])
    assert stages == ["planned", "used", "used"]


def test_a_use_that_holds_several_roles_has_the_items_of_each(run: Run, business: Path) -> None:
    before = len(run("check", business, "--phase", "design", "--format", "json").json["items"])
    assert run("set", business, "--cell", "user", "--cell", "provider").code == 0
    after = len(run("check", business, "--phase", "design", "--format", "json").json["items"])
    assert after > before


def test_the_matrix_shows_the_actors_without_stances(run: Run) -> None:
    shown = run("matrix", "--guideline", PACK)
    assert "1 developer" in shown.out
    assert "aiguide classify" not in shown.out
    assert not [word for word in TOKYO if word in shown.out]
    found = run("matrix", "--guideline", PACK, "--format", "json").json
    fits("matrix", found)
    assert [cell["stance"] for cell in found["cells"]] == [None, None, None]


def test_a_cell_and_an_item_are_shown_and_written_as_a_card(run: Run, tmp_path: Path) -> None:
    shown = run("show", "user", "--guideline", PACK)
    assert shown.code == 0
    assert "AI利用者" in shown.out
    assert "根拠" not in shown.out.split("利活用シーン")[0]
    fits("show", run("show", "user", "--guideline", PACK, "--format", "json").json)
    assert run("show", "human.rights", "--guideline", PACK).code == 0
    card = tmp_path / "card.md"
    assert run("show", "user", "--guideline", PACK, "-o", card).code == 0
    assert "人権を侵さないことの確認" in card.read_text(encoding="utf-8")


def test_what_cannot_classify_says_so(run: Run, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": "1", "text": "x", "label": "user"}\n', encoding="utf-8")
    ran = run("evaluate", cases, "--guideline", PACK)
    assert ran.code == 2
    assert PACK in ran.err


def test_a_portfolio_of_it_alone_and_of_both_packs(run: Run, business: Path) -> None:
    alone = run("portfolio", business.parent, "--today", TODAY)
    assert "developer" in alone.out
    assert "citizen" not in alone.out
    assert "組織" in alone.out
    tokyo = ROOT / "examples" / "valid" / "guideline-chatbot"
    both = run("portfolio", business.parent, tokyo, "--today", TODAY)
    assert "developer" in both.out
    assert "information" in both.out
    data = run("portfolio", business.parent, tokyo, "--format", "json", "--today", TODAY).json
    fits("portfolio", data)
    assert len(data["projects"]) == 2
    for file in ("p.html", "p.xlsx", "p.csv"):
        made = run("portfolio", business.parent, tokyo, "-o", business.with_name(file))
        assert made.code == 0, made.err


def test_a_filter_by_what_no_project_has_finds_none(run: Run, business: Path) -> None:
    ran = run("portfolio", business.parent, "--stance", "red", "--today", TODAY)
    assert ran.code == 0, ran.err
    assert "議事録の要約" not in ran.out


def test_it_is_valid_and_exported(run: Run, business: Path, tmp_path: Path) -> None:
    assert run("validate", business).code == 0
    assert run("export", business, "-o", tmp_path / "list.xlsx").code == 0


def test_advice_is_what_this_guideline_can_do(run: Run, tmp_path: Path) -> None:
    """It cannot classify, and has cells, phases and conditions of its own."""
    file = tmp_path / "project.json"
    manifest: dict[str, object] = {
        "format": 1,
        "guideline": {"id": "ai-business", "version": 1},
        "project": {"name": "x", "phase": "planning", "conditions": {"custom_tool": True}},
        "classification": {"cells": ["citizen.information"]},
        "answers": {"planning.purpose": {"status": "open"}},
    }
    file.write_text(json.dumps(manifest), encoding="utf-8")
    found = {one["code"]: one["fix"] for one in validated(run, file)}
    assert "aiguide matrix --guideline ai-business@1" in found["AG201"]
    assert "analysis、goals、design、operation、evaluation" in found["AG202"]
    assert "aiguide show analysis --guideline ai-business@1" in found["AG203"]
    assert "personal_data" in found["AG204"]
    manifest = {"format": 1, "guideline": manifest["guideline"], "project": {"name": "x"}}
    file.write_text(json.dumps(manifest), encoding="utf-8")
    found = {one["code"]: one["fix"] for one in validated(run, file)}
    assert "classify" not in found["AG501"]
    assert "aiguide matrix --guideline ai-business@1" in found["AG501"]


def validated(run: Run, file: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = run("validate", file, "--format", "json").json["findings"]
    return found


def test_a_cell_that_is_not_there_is_refused_with_those_that_are(run: Run, tmp_path: Path) -> None:
    given = ("--guideline", "ai-business", "--cell", "citizen.information")
    ran = run("init", tmp_path / "x.project.json", "--name", "x", *given)
    assert ran.code == 2
    assert "developer（AI開発者）、provider（AI提供者）、user（AI利用者）" in ran.err


@pytest.mark.parametrize("command", ["init", "set"])
def test_help_says_whose_conditions_it_names(run: Run, command: str) -> None:
    said = "".join(run(command, "--help").out.split())
    assert "tokyo-aiの名前:generative_ai" in said
    assert "ほかのガイドライン" in said
