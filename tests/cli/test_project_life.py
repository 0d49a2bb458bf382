"""A project's life from the command line: init, set, answer, check, status, report."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aiguide.core.dates import TOKYO
from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits


def manifest(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_init_writes_a_manifest_with_its_first_entry(run: Run, project: Path) -> None:
    data = manifest(project)
    fits("project", data)
    assert data["project"]["phase"] == "planning"
    assert data["project"]["conditions"] == {"generative_ai": True, "external_vendor": False}
    assert data["classification"]["confirmed_by"] == "試験担当"
    assert [entry["kind"] for entry in data["history"]] == ["started"]


def test_init_overwrites_nothing(run: Run, project: Path) -> None:
    before = project.read_bytes()
    ran = run("init", project, "--name", "x")
    assert ran.code == 2
    assert "すでにあります（指定した内容は、その記録と違います）" in ran.err
    same = json.loads(before)["project"]["name"]
    assert "違います" not in run("init", project, "--name", same).err
    assert project.read_bytes() == before


def test_init_without_a_terminal_needs_a_name(run: Run, tmp_path: Path) -> None:
    ran = run("init", tmp_path / "project.json")
    assert ran.code == 2
    assert "--name" in ran.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--cell", "citizen.informtion"), "もしかして: citizen.information"),
        (("--phase", "planing"), "もしかして: planning"),
        (("--condition", "generative_a=yes"), "もしかして: generative_ai"),
        (("--condition", "generative_ai=maybe"), "generative_ai=maybe"),
    ],
)
def test_an_unknown_id_is_answered_with_the_near_one(
    run: Run, project: Path, args: tuple[str, str], said: str
) -> None:
    before = project.read_bytes()
    ran = run("set", project, *args)
    assert ran.code == 2
    assert said in ran.err
    assert project.read_bytes() == before


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_title_in_either_language_stands_for_its_id(run: Run, project: Path, lang: str) -> None:
    given = {
        "ja": ("要件定義", "行動支援", "生成AIを使う", "適切な目的の設定"),
        "en": (
            "Requirements definition",
            "action support",
            "Uses generative AI",
            "Set an appropriate purpose",
        ),
    }
    phase, cell, condition, item = given[lang]
    facts = ("--phase", phase, "--cell", cell, "--condition", f"{condition}=no")
    assert run("set", project, *facts).code == 0
    data = json.loads(project.read_text(encoding="utf-8"))
    assert data["project"]["phase"] == "requirements"
    assert data["classification"]["cells"] == ["citizen.action"]
    assert data["project"]["conditions"]["generative_ai"] is False
    assert run("answer", project, item, "done", "--note", "x").code == 0
    assert "planning.purpose" in run("log", project, "--item", item, "--format", "csv").out
    assert "requirements." in run("check", project, "--phase", phase).out
    assert "citizen.action" in run("show", cell).out


def test_a_title_that_several_share_is_refused_with_their_ids(run: Run, project: Path) -> None:
    before = project.read_bytes()
    ran = run("set", project, "--cell", "自律的判断・実行")
    assert ran.code == 2
    assert "citizen.autonomous、internal.autonomous" in ran.err
    assert project.read_bytes() == before


def test_set_merges_conditions_and_records_the_change(run: Run, project: Path) -> None:
    ran = run("set", project, "--condition", "personal_data=no", "--phase", "design")
    assert ran.code == 0
    assert "企画 → 設計開発" in ran.out
    data = manifest(project)
    assert data["project"]["conditions"] == {
        "generative_ai": True,
        "external_vendor": False,
        "personal_data": False,
    }
    assert data["history"][-1]["kind"] == "changed"
    assert data["history"][-1]["before"]["phase"] == "planning"


def test_setting_what_already_holds_changes_nothing(run: Run, project: Path) -> None:
    before = project.read_bytes()
    assert run("set", project, "--phase", "planning").code == 0
    assert project.read_bytes() == before


def test_an_answer_is_saved_and_attested(run: Run, project: Path) -> None:
    ran = run("answer", project, "planning.purpose", "done", "--note", "企画書 2 章")
    assert ran.code == 0
    assert "実施済" in ran.out
    data = manifest(project)
    answer = data["answers"]["planning.purpose"]
    assert (answer["status"], answer["note"], answer["by"]) == ("done", "企画書 2 章", "試験担当")
    assert data["history"][-1]["after"] == answer
    assert "AG307" not in run("validate", project).out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("planning.purpos", "done", "--note", "x"), "もしかして: planning.purpose"),
        (("purpose", "done", "--note", "x"), "もしかして: planning.purpose"),
        (("planning.purpose", "dome", "--note", "x"), "もしかして: done"),
        (("planning.purpose", "done"), "--note"),
        (("planning.purpose", "not-applicable"), "--reason"),
        (("planning.purpose", "exception", "--reason", "x"), "--approver"),
        (("planning.red-gate", "done", "--note", "x"), "例外承認"),
        (("planning.purpose", "in-progress", "--due", "2026-02-30"), "2026-02-30"),
        (("planning.purpose", "done", "--evidence", "none.md"), "none.md"),
        (("planning.purpose", "done", "--evidence", "../x.md"), "フォルダーの外"),
        (("planning.purpose", "done", "--evidence", "/etc/hostname"), "フォルダーの外"),
        (("planning.purpose", "done", "--evidence", "C:\\x.md"), "フォルダーの外"),
    ],
)
def test_an_answer_that_lacks_something_changes_nothing(
    run: Run, project: Path, args: tuple[str, ...], said: str
) -> None:
    before = project.read_bytes()
    ran = run("answer", project, *args)
    assert ran.code == 2
    assert said in ran.err
    assert project.read_bytes() == before


def test_evidence_files_carry_their_digest_and_links_are_links(run: Run, project: Path) -> None:
    (project.parent / "goal.md").write_text("目的", encoding="utf-8")
    evidence = ("--evidence", "goal.md", "--evidence", "https://example.jp/x")
    assert run("answer", project, "planning.purpose", "done", *evidence).code == 0
    file, link = manifest(project)["answers"]["planning.purpose"]["evidence"]
    assert (file["kind"], file["target"], len(file["sha256"])) == ("file", "goal.md", 64)
    assert link == {"kind": "link", "target": "https://example.jp/x"}
    assert run("validate", project).code == 0
    (project.parent / "goal.md").write_text("変わった", encoding="utf-8")
    assert "AG305" in run("validate", project).out


def test_an_evidence_link_out_of_the_folder_is_refused(run: Run, project: Path) -> None:
    (project.parent / "hosts").symlink_to("/etc/hosts")
    ran = run("answer", project, "planning.purpose", "done", "--evidence", "hosts")
    assert ran.code == 2


def test_check_without_a_terminal_prints_the_list_with_reasons_and_sources(
    run: Run, project: Path
) -> None:
    ran = run("check", project, "--phase", "planning")
    assert ran.code == 0
    for said in (
        "適切な目的の設定",
        "planning.purpose",
        "なぜ対象か",
        "〔翻案",
        "未着手",
        "証拠の例",
    ):
        assert said in ran.out
    assert "planning.red-gate" not in ran.out


def test_check_takes_the_phase_that_the_project_is_in(run: Run, project: Path) -> None:
    run("set", project, "--phase", "design")
    assert "design.documentation" in run("check", project).out


def test_check_as_json_is_the_contract(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "x")
    data = run("check", project, "--phase", "planning", "--format", "json").json
    fits("checklist", data)
    first = data["items"][0]
    assert (first["id"], first["clear"], first["level_basis"]) == (
        "planning.purpose",
        True,
        "adapted",
    )


def test_an_unknown_phase_is_answered_with_the_near_one(run: Run, project: Path) -> None:
    ran = run("check", project, "--phase", "desing")
    assert ran.code == 2
    assert "もしかして: design" in ran.err


def test_status_says_verdict_progress_and_next(run: Run, project: Path) -> None:
    ran = run("status", project, "--today", TODAY)
    assert ran.code == 0
    for said in (
        "必須の項目に残りあり",
        "企画",
        "planning.purpose",
        "未回答の条件",
        "personal_data",
    ):
        assert said in ran.out


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((), "調達も判定に含みます: 「外部の事業者・サービスを使う」が未回答（「はい」"),
        (
            ("external_vendor=yes",),
            "調達も判定に含みます: 「外部の事業者・サービスを使う」が「はい」。",
        ),
        (("external_vendor=no",), ""),
    ],
)
def test_status_says_why_procurement_counts(
    run: Run, tmp_path: Path, answer: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "new.project.json"
    conditions = [part for one in answer for part in ("--condition", one)]
    run("init", file, "--name", "案内", "--cell", "citizen.information", *conditions)
    out = run("status", file).out
    assert said in out
    assert ("も判定に含みます" in out) == bool(said)


def test_status_as_json_is_the_contract(run: Run, project: Path) -> None:
    data = run("status", project, "--format", "json").json
    fits("status", data)
    assert data["verdict"] == "not-ready"
    assert data["phases"][0]["id"] == "planning"
    assert data["phases"][0]["gate"] == "blocked"


def test_an_exception_expires_with_the_day(run: Run, project: Path) -> None:
    exception = ("--reason", "x", "--approver", "部長", "--until", "2026-12-31")
    run("answer", project, "planning.purpose", "exception", *exception)

    def clear(today: str) -> int:
        phases = run("status", project, "--format", "json", "--today", today).json["phases"]
        return int(phases[0]["required"]["clear"])

    assert (clear("2026-12-31"), clear("2027-01-01")) == (1, 0)


def test_a_day_of_no_year_is_said_with_the_one_that_was_meant(run: Run, project: Path) -> None:
    day = datetime.now(TOKYO).date() + timedelta(days=40)
    given = ("--note", "x", "--due", f"{day.month}月{day.day}日")
    ran = run("answer", project, "planning.purpose", "in-progress", *given)
    assert (ran.code, ran.err) == (0, "")
    assert f"期限: {day}（{day.month}月{day.day}日 を、この日と読みました）" in ran.out
    again = run("answer", project, "planning.purpose", "in-progress", "--due", day.isoformat())
    assert "読みました" not in again.out


def test_a_due_date_that_is_past_is_recorded_and_told(run: Run, project: Path) -> None:
    given = ("--note", "x", "--due", "令和元年5月1日")
    ran = run("answer", project, "planning.purpose", "in-progress", *given)
    assert (ran.code, ran.err) == (0, "注意: 期限 2019-05-01 は、過ぎた日付です。\n")
    assert manifest(project)["answers"]["planning.purpose"]["due"] == "2019-05-01"
    today = datetime.now(TOKYO).date().isoformat()
    ran = run("answer", project, "planning.purpose", "in-progress", "--due", today)
    assert (ran.code, ran.err) == (0, "")
    ran = run("answer", project, "planning.purpose", "in-progress", "--due", "")
    assert (ran.code, ran.err) == (0, "")


def test_a_manifest_in_the_current_folder_is_found_by_itself(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    assert run("status").code == 0
    assert run("status", ".").code == 0


def test_a_missing_manifest_is_named(run: Run, tmp_path: Path) -> None:
    ran = run("status", tmp_path / "none.json")
    assert ran.code == 2
    assert "none.json" in ran.err
    assert "AG101" in ran.err


@pytest.mark.parametrize("typed", ["procurement", "調達", "Procurement"])
def test_a_phase_typed_for_a_file_is_told_as_one(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(project.parent)
    ran = run("check", typed)
    assert ran.code == 2
    assert "aiguide check --phase procurement\n" in ran.err
    assert "AG101" not in ran.err
    Path(typed).write_text("{}", encoding="utf-8")
    assert "--phase" not in run("check", typed).err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04\x14\0", "Excel か Word の文書、または ZIP です"),
        (b"%PDF-1.7\n", "PDF です"),
        (b"\xd0\xcf\x11\xe0\xa1", "Excel か Word の古い形式の文書です"),
    ],
)
def test_a_file_of_another_kind_is_told_as_what_it_is(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "given"
    file.write_bytes(content)
    ran = run("answer", file, "planning.bpr", "done")
    assert ran.code == 2
    assert said in ran.err
    assert "UTF-8" not in ran.err


def test_what_is_asked_for_in_other_phases_is_told_with_the_command(
    run: Run, project: Path
) -> None:
    for item in ("planning.purpose", "design.human-review", "design.documentation"):
        ran = run("answer", project, item, "in-progress", "--assignee", "佐藤")
        assert ran.code == 0, ran.err
    told = run("check", project, "--assignee", "佐藤").err
    assert "--phase planning" not in told
    assert f"aiguide check {project} --phase design --assignee '佐藤'" in told
    assert "2 項目" in told
    assert run("check", project, "--phase", "planning", "--assignee", "佐藤").err == ""


@pytest.mark.parametrize("asked", ["佐藤 花子", "佐藤花子", "佐藤　花", "ＳＡＴＯ", "sato"])
def test_an_assignee_is_found_however_wide_or_spaced_the_name_is(
    run: Run, project: Path, asked: str
) -> None:
    run("answer", project, "planning.purpose", "in-progress", "--assignee", "佐藤　花子（Sato）")
    assert "planning.purpose" in run("check", project, "--assignee", asked).out


def test_where_nobody_has_the_name_that_was_asked_for_those_who_are_named_are_told(
    run: Run, project: Path
) -> None:
    told = ("--phase", "planning", "--assignee", "佐藤 花江", "--open", "--required")
    assert "書かれているのは" not in run("check", project, *told).out
    run("answer", project, "planning.purpose", "in-progress", "--assignee", "佐藤　花子")
    run("answer", project, "planning.bpr", "in-progress", "--assignee", "情報課")
    out = "".join(run("check", project, *told).out.split())
    assert "担当が「佐藤花江」の項目はありません。" in out
    assert "書かれているのは佐藤花子、情報課です。" in out
    assert "もしかして:佐藤花子" in out


@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_an_assignee_that_names_nobody_is_refused(run: Run, project: Path, blank: str) -> None:
    ran = run("check", project, "--assignee", blank)
    assert (ran.code, ran.out) == (2, "")
    assert "--assignee の名前が空です" in ran.err


def test_blanks_around_a_name_are_not_recorded(run: Run, project: Path) -> None:
    names = ("--assignee", " 佐藤 花子　", "--approver", "　部長 ")
    told = ("--reason", "試行", "--until", "2099-03-31")
    assert run("answer", project, "planning.purpose", "exception", *names, *told).code == 0
    answer = json.loads(project.read_text(encoding="utf-8"))["answers"]["planning.purpose"]
    assert (answer["assignee"], answer["approver"]) == ("佐藤 花子", "部長")


def test_the_reason_why_nothing_is_asked_for_is_the_assignee_only_where_nobody_has_the_name(
    run: Run, project: Path
) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "済", "--assignee", "佐藤")
    asked = ("--phase", "planning", "--assignee", "佐藤", "--open")
    assert "絞り込みに合う項目はありません" in run("check", project, *asked).out
    assert run("check", project).err == ""


def test_a_changed_wording_makes_an_answer_stale(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "x")
    text = project.read_text(encoding="utf-8")
    digest = manifest(project)["answers"]["planning.purpose"]["item_digest"]
    project.write_text(text.replace(digest, "00000000"), encoding="utf-8")
    data = run("check", project, "--phase", "planning", "--format", "json").json["items"][0]
    assert (data["stale"], data["clear"]) == (True, False)
    assert "AG402" in run("validate", project).out


def test_an_answer_by_hand_counts_but_is_unattested(run: Run, project: Path) -> None:
    data = manifest(project)
    data["answers"] = {"planning.purpose": {"status": "done", "note": "by hand"}}
    project.write_text(json.dumps(data), encoding="utf-8")
    listed = run("check", project, "--phase", "planning", "--format", "json").json["items"][0]
    assert (listed["clear"], listed["attested"]) == (True, False)
    ran = run("validate", project)
    assert ran.code == 0
    assert "AG307" in ran.out


def test_an_ai_by_hand_that_says_nothing_hinders_no_saving(run: Run, project: Path) -> None:
    data = manifest(project)
    data["project"]["ai"] = [{"product": ""}, {"model": "x"}]
    project.write_text(json.dumps(data), encoding="utf-8")
    assert run("answer", project, "planning.purpose", "done", "--note", "確かめた").code == 0
    assert manifest(project)["project"]["ai"] == [{"model": "x"}]


def test_what_an_answer_does_not_say_stays(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "in-progress", "--note", "first", "--assignee", "a")
    run("answer", project, "planning.purpose", "done", "--evidence", "https://example.jp/x")
    answer = manifest(project)["answers"]["planning.purpose"]
    assert (answer["note"], answer["assignee"], len(answer["evidence"])) == ("first", "a", 1)
    run("answer", project, "planning.purpose", "done", "--assignee", "")
    assert "assignee" not in manifest(project)["answers"]["planning.purpose"]


def test_what_belongs_to_another_status_goes(run: Run, project: Path) -> None:
    exception = ("--reason", "x", "--approver", "部長", "--until", "2026-12-31")
    run("answer", project, "planning.purpose", "exception", *exception)
    run("answer", project, "planning.purpose", "done", "--note", "seen")
    answer = manifest(project)["answers"]["planning.purpose"]
    assert not {"reason", "approver", "until"} & set(answer)


@pytest.mark.parametrize("by", ["試験担当", "佐藤"])
def test_an_answer_that_stands_already_is_no_step(run: Run, project: Path, by: str) -> None:
    given = ("answer", project, "planning.purpose", "done", "--note", "企画書", "--by", by)
    run(*given)
    before = project.read_bytes()
    assert "何も変更していません" in run(*given).out
    assert "何も変更していません" in run(*given[:4]).out
    assert project.read_bytes() == before


def test_an_answer_without_its_history_entry_is_recorded_by_giving_it_again(
    run: Run, project: Path
) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    data["answers"] = {"planning.purpose": {"status": "done", "note": "手書き"}}
    project.write_text(json.dumps(data), encoding="utf-8")
    assert "AG307" in run("validate", project).out
    run("answer", project, "planning.purpose", "done")
    assert "AG307" not in run("validate", project).out


def test_evidence_attached_again_stands_anew(run: Run, project: Path) -> None:
    goal = project.with_name("goal.md")
    for text in ("one", "two"):
        goal.write_text(text, encoding="utf-8")
        run("answer", project, "planning.purpose", "done", "--evidence", "goal.md")
    assert len(manifest(project)["answers"]["planning.purpose"]["evidence"]) == 1
    assert run("validate", project).code == 0


def test_a_project_stands_in_a_stage_and_procurement_runs_beside(run: Run, project: Path) -> None:
    assert run("set", project, "--phase", "procurement").code == 2
    data = manifest(project)
    data["project"]["phase"] = "procurement"
    project.write_text(json.dumps(data), encoding="utf-8")
    assert "AG202" in run("validate", project).out


def test_confirming_what_the_tool_found_keeps_its_proof(run: Run, project: Path) -> None:
    run("classify", "住民からのごみ分別の問合せにAIが答える", "--save", project)
    assert run("set", project, "--cell", "citizen.information").code == 0
    confirmed = manifest(project)["classification"]
    assert (confirmed["engine"], confirmed["confirmed_by"]) == ("local", "試験担当")
    assert confirmed["confidence"] > 0
    before = project.read_bytes()
    run("set", project, "--cell", "citizen.information")
    assert project.read_bytes() == before


def test_an_editors_own_schema_path_is_kept(run: Run, project: Path) -> None:
    data = manifest(project) | {"$schema": "../schemas/p.json"}
    project.write_text(json.dumps(data), encoding="utf-8")
    run("answer", project, "planning.purpose", "done", "--note", "x")
    assert manifest(project)["$schema"] == "../schemas/p.json"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), True),
        (("--template", "summary"), True),
        (("--template", "procurement"), False),
        (("--framework", "nist-ai-rmf"), False),
    ],
)
def test_a_report_that_nobody_can_sign_is_said_to_be_none(
    run: Run, project: Path, options: tuple[str, ...], said: bool
) -> None:
    ran = run("report", project, "-o", project.with_name("r.md"), *options)
    assert (ran.code, "承認欄は設けていません" in ran.err) == (0, said)
    ready = ROOT / "examples" / "valid" / "guideline-chatbot" / "project.json"
    ran = run("report", ready, "-o", project.with_name("s.md"), "--today", TODAY, *options)
    assert (ran.code, "承認欄" in ran.err) == (0, False)


def test_status_shows_how_to_answer_a_condition_and_leaves_the_answer_to_the_person(
    run: Run, project: Path
) -> None:
    lines = run("status", project).out.splitlines()
    (line,) = [one for one in lines if "--condition" in one]
    assert str(project) in line
    typed = line.split("（")[0]
    assert run(*typed.split()[1:]).code == 2
    assert run(*typed.replace("...", "no").split()[1:]).code == 0


def test_who_leaves_out_the_project_is_told_the_order(run: Run) -> None:
    ran = run("answer", "planning.purpose", "done")
    assert ran.code == 2
    assert "answer PROJECT ITEM STATUS" in ran.err


@pytest.mark.parametrize("given", ["procurement", "調達"])
def test_a_phase_that_goes_beside_the_others_is_told_as_such(
    run: Run, project: Path, given: str
) -> None:
    ran = run("set", project, "--phase", given)
    assert (ran.code, "ほかのフェーズと並ぶ" in ran.err) == (2, True)
