"""Which AI a project uses, and why its cell: said with `init` and `set`, shown in the report."""

import json
from pathlib import Path
from typing import Any

import pytest

from aiguide.core.stamp import Stamp
from aiguide.usecases import project_facts, projects
from tests.conftest import Run


def read(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


def report(run: Run, project: Path) -> str:
    return run("report", project, "--format", "md", "-o", "-").out


def test_what_the_report_asks_for_can_be_said(run: Run, project: Path) -> None:
    assert "ほかに考えられる区分" not in report(run, project)
    given = ("--ai", "窓口AI / M-1 / 甲社", "--ai", "翻訳／T2", "--cell-reason", "検索だけだから")
    assert run("set", project, *given).code == 0
    data = read(project)
    assert data["project"]["ai"] == [
        {"product": "窓口AI", "model": "M-1", "vendor": "甲社"},
        {"product": "翻訳", "model": "T2"},
    ]
    assert data["classification"]["reason"] == "検索だけだから"
    assert data["classification"]["cells"] == ["citizen.information"]
    shown = report(run, project)
    assert "窓口AI / M-1 / 甲社" in shown
    assert "検索だけだから" in shown
    assert run("set", project, "--ai", "", "--cell-reason", "").code == 0
    assert "ai" not in read(project)["project"]
    assert "reason" not in read(project)["classification"]


def test_a_new_project_takes_them_too_and_undo_brings_them_back(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.project.json"
    cell = ("--cell", "citizen.information", "--cell-reason", "案内だけ")
    assert run("init", path, "--name", "x", *cell, "--ai", "A / / 乙社").code == 0
    assert read(path)["project"]["ai"] == [{"product": "A", "vendor": "乙社"}]
    assert "A / 提供元: 乙社" in report(run, path), "no model that has the name of the vendor"
    run("set", path, "--ai", "B")
    assert run("undo", path).code == 0
    assert read(path)["project"]["ai"] == [{"product": "A", "vendor": "乙社"}]
    assert run("validate", path).code == 0


def test_which_ai_came_and_went_is_told_as_it_can_be_typed(run: Run, project: Path) -> None:
    assert (
        "使うAI: 記載なし → A /  / 乙社、B"
        in run("set", project, "--ai", "A / / 乙社", "--ai", "B").out
    )
    assert "使うAI: A /  / 乙社、B → 記載なし" in run("set", project, "--ai", "").out
    assert "使うAI: A /  / 乙社、B → 記載なし" in run("log", project).out


@pytest.mark.parametrize(
    "written", ["A", ["A"], [{"name": "A"}], [{"product": 1}], {"product": "A"}]
)
def test_what_a_step_written_by_hand_says_of_ai_breaks_no_log(
    run: Run, project: Path, written: Any
) -> None:
    run("set", project, "--ai", "B")
    data = read(project)
    data["history"][-1]["after"]["ai"] = written
    project.write_text(json.dumps(data), encoding="utf-8")
    ran = run("log", project)
    assert (ran.code, "使うAI" in ran.out) == (0, True)


def test_a_stroke_inside_a_name_belongs_to_it(run: Run, project: Path) -> None:
    run("set", project, "--ai", "社内AI / org/model-3 / 丙社")
    assert read(project)["project"]["ai"][0]["model"] == "org/model-3"


@pytest.mark.parametrize("given", ["a / b / c / d", "/", " / "])
def test_what_is_no_ai_is_refused(run: Run, project: Path, given: str) -> None:
    before = project.read_bytes()
    ran = run("set", project, "--ai", given)
    assert (ran.code, project.read_bytes()) == (2, before)
    assert "製品 / モデル / 提供元" in ran.err


def test_a_reason_needs_a_cell_and_confirms_none(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    ran = run("init", path, "--name", "x", "--cell-reason", "理由")
    assert ran.code == 2
    assert "--cell" in ran.err
    assert not path.exists()


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("都の共通ツール以外を使う=はい", True),
        ("都の共通ツール以外を使う＝いいえ", False),
        ("custom_tool＝ＹＥＳ", True),
        ("custom_tool = n", False),
        ("custom_tool=y", True),
    ],
)
def test_a_condition_is_answered_the_way_its_name_is_written(
    run: Run, project: Path, given: str, held: bool, lang: str
) -> None:
    ran = run("set", project, "--condition", given, "--lang", lang)
    assert ran.code == 0, ran.err
    assert read(project)["project"]["conditions"]["custom_tool"] is held


@pytest.mark.parametrize("given", ["custom_tool", "custom_tool=", "custom_tool=多分", "a=b=yes"])
def test_a_condition_that_is_answered_neither_way_is_refused(
    run: Run, project: Path, given: str
) -> None:
    before = project.read_bytes()
    ran = run("set", project, "--condition", given)
    assert (ran.code, project.read_bytes()) == (2, before)
    assert f"--condition {given} は読めません" in ran.err


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "given", ["unknown", "不明", "分からない", "not known", "I don’t know.", "Not sure", "-", "ー"]
)
def test_a_condition_is_set_back_to_not_known_and_undo_brings_it_back(
    run: Run, project: Path, given: str, lang: str
) -> None:
    assert read(project)["project"]["conditions"]["external_vendor"] is False
    ran = run("set", project, "--condition", f"external_vendor={given}", "--lang", lang)
    assert ran.code == 0, ran.err
    assert read(project)["project"]["conditions"] == {"generative_ai": True}
    told = "いいえ → 未回答" if lang == "ja" else "No → Not answered"
    assert told in ran.out
    counts = "「はい」として扱います" if lang == "ja" else "counts as yes"
    assert counts in ran.out
    assert told in run("log", project, "--lang", lang).out
    assert run("validate", project).code == run("log", project, "--verify").code == 0
    assert run("undo", project).code == 0
    assert read(project)["project"]["conditions"]["external_vendor"] is False


def test_the_last_condition_can_be_set_back_and_what_nobody_answered_is_no_step(
    run: Run, project: Path
) -> None:
    both = ("--condition", "external_vendor=unknown", "--condition", "generative_ai=unknown")
    assert run("set", project, *both).code == 0
    assert "conditions" not in read(project)["project"]
    assert "変更はありません" in run("set", project, *both).out
    assert run("log", project, "--verify").code == 0


def test_a_new_project_may_say_that_a_condition_is_not_known(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    said = ("--condition", "generative_ai=yes", "--condition", "personal_data=unknown")
    assert run("init", path, "--name", "x", *said).code == 0
    assert read(path)["project"]["conditions"] == {"generative_ai": True}
    assert run("validate", path).code == 0


def test_a_condition_taken_out_by_hand_is_recorded_as_not_known(run: Run, project: Path) -> None:
    data = read(project)
    del data["project"]["conditions"]["external_vendor"]
    project.write_text(json.dumps(data), encoding="utf-8")
    differing = run("log", project, "--verify")
    assert differing.code == 1
    command = "--condition external_vendor=unknown"
    assert command in differing.out + differing.err
    assert run("set", project, *command.split()).code == 0
    assert run("log", project, "--verify").code == 0


def test_another_reason_of_the_cell_is_told_from_what_to_what(run: Run, project: Path) -> None:
    assert (
        run("set", project, "--cell", "citizen.information", "--cell-reason", "案内だけ").code == 0
    )
    said = run("set", project, "--cell-reason", "検索だけ").out
    assert "区分の理由: 案内だけ → 検索だけ" in said
    assert "区分の理由: 案内だけ → 検索だけ" in run("log", project).out
    assert "検索だけ → 案内だけ" in run("undo", project).out


@pytest.mark.parametrize(("lang", "name"), [("ja", "局"), ("en", "Bureau")])
def test_a_fact_has_one_name_whichever_command_speaks_of_it(
    run: Run, project: Path, lang: str, name: str
) -> None:
    def told(*args: str | Path) -> str:
        return " ".join(run(*args, "--lang", lang).out.split())

    assert f"{name}: " in told("set", project, "--organization", "環境局")
    assert f"{name}: " in told("log", project)
    assert f"{name}: " in told("undo", project)
    by_hand = read(project)
    by_hand["project"]["organization"] = "港湾局"
    project.write_text(json.dumps(by_hand), encoding="utf-8")
    assert name in told("log", project, "--verify")
    (found,) = run("validate", project, "--format", "json", "--lang", lang).json["findings"]
    assert found["code"] == "AG315"
    assert name in found["message"].replace("港湾局", "")


def test_who_names_the_cell_is_who_decided_it(run: Run, project: Path) -> None:
    for name in ("甲", "乙"):
        assert run("set", project, "--cell", "citizen.information", "--by", name).code == 0
    assert read(project)["classification"]["confirmed_by"] == "乙"


def test_an_answer_that_a_condition_takes_out_is_named_and_stays(run: Run, project: Path) -> None:
    run("set", project, "--condition", "external_vendor=yes")
    exception = ("--reason", "試行", "--approver", "課長", "--until", "2099-03-31")
    assert run("answer", project, "procurement.liability", "exception", *exception).code == 0
    said = run("set", project, "--condition", "external_vendor=no").out
    assert "回答のある 1 項目が、対象から外れました" in said
    assert "責任の分け方と権利侵害の備え  例外承認" in said
    assert "procurement.liability" in read(project)["answers"]
    assert "外れました" not in run("set", project, "--condition", "external_vendor=yes").out


def test_what_a_change_gives_is_what_is_on_disk(project: Path) -> None:
    seen = projects.open_project(project)
    facts, who = {"conditions": {"personal_data": True}}, Stamp("鈴木", "2026-11-24T01:00:00Z")
    changed, steps = project_facts.change(seen, facts, who)
    assert [one.by for one in steps] == ["鈴木"]
    assert changed.project == projects.open_project(project).project
    assert project_facts.change(seen, facts, who)[1] == ()


def test_whose_value_was_replaced_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.project.json"
    no = ("--condition", "personal_data=no", "--owner", "課")
    assert run("init", path, "--name", "x", "--by", "小田").code == 0
    assert run("set", path, *no, "--by", "佐藤").code == 0
    yes = ("--condition", "personal_data=yes", "--owner", "室", "--organization", "局")
    told = "".join(run("set", path, *yes, "--by", "小田").out.split())
    assert "個人情報を扱う:いいえ→はい" in told
    assert "担当、個人情報を扱う）は、佐藤が記録していました（20" in told
    again = run("set", path, "--condition", "personal_data=no", "--by", "小田").out
    assert "記録していました" not in again, "one's own"


@pytest.mark.parametrize("given", ["personal_data=...", "vendor=たぶん", "vendor"])
def test_a_condition_that_cannot_be_read_is_shown_as_it_is_to_be_written(
    run: Run, project: Path, given: str
) -> None:
    before = project.read_bytes()
    ran = run("set", project, "--condition", given)
    assert ran.code == 2
    assert f"--condition {given.partition('=')[0]}=no のように" in ran.err
    assert project.read_bytes() == before
