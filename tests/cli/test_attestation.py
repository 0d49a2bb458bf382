"""What was changed by hand is noticed, with the entry that says otherwise, and can be recorded."""

import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aiguide.core.history import entry_hash
from aiguide.core.manifest import read_entry
from tests.conftest import Run
from tests.contracts import fits
from tests.terminal import wholly

PURPOSE, RISK = "planning.purpose", "planning.risk-assessment"


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


def by_hand(project: Path, edit: Callable[[Any], object]) -> None:
    data = manifest(project)
    edit(data)
    project.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")


@pytest.fixture
def lived(run: Run, project: Path) -> Path:
    """A project with answers and facts by two people."""
    for args in (
        ("answer", project, PURPOSE, "in-progress", "--note", "調整中", "--by", "佐藤"),
        ("answer", project, RISK, "done", "--note", "試行の所見", "--by", "佐藤"),
        ("set", project, "--owner", "資源循環課", "--condition", "personal_data=yes"),
        ("set", project, "--cell-reason", "質問に答えるため", "--ai", "製品 / 型 / 会社"),
    ):
        assert run(*args).code == 0
    return project


def remedies(told: str) -> list[str]:
    """Give the commands that record what differs."""
    return [one.strip() for one in told.splitlines() if one.startswith("    aiguide ")]


EDITS = [
    (lambda data: data["project"].update(name="別名"), "/project/name", "ごみ分別案内→別名"),
    (lambda data: data["project"].update(id="x"), "/project/id", "→x"),
    (lambda data: data["project"].pop("owner"), "/project/owner", "資源循環課→記載なし"),
    (lambda data: data["project"].update(phase="design"), "/project/phase", "企画→設計開発"),
    (
        lambda data: data["project"]["conditions"].update(personal_data=False),
        "/project/conditions/personal_data",
        "個人情報を扱うはい→いいえ",
    ),
    (
        lambda data: data["project"]["ai"][0].update(vendor="他社"),
        "/project/ai",
        "製品、型、会社→製品、型、他社",
    ),
    (
        lambda data: data["classification"].update(cells=["related.routine"]),
        "/classification/cells",
        "情報提供・検索→都民サービス関連業務-定型業務補助",
    ),
    (lambda data: data["classification"].update(reason="嘘"), "/classification/reason", "→嘘"),
    (
        lambda data: data["classification"].update(confirmed_by="局長"),
        "/classification/confirmed_by",
        "試験担当→局長",
    ),
    (
        lambda data: data["answers"][PURPOSE].update(status="done", note="済"),
        f"/answers/{PURPOSE}",
        "適切な目的の設定対応中→実施済、メモ:調整中→済",
    ),
    (
        lambda data: data["answers"][PURPOSE].update(by="局長"),
        f"/answers/{PURPOSE}",
        "記入者:佐藤→局長",
    ),
    (lambda data: data["answers"].pop(RISK), f"/answers/{RISK}", "実施済→回答なし"),
]


@pytest.mark.parametrize(("edit", "pointer", "said"), EDITS)
def test_what_differs_from_its_last_entry_is_a_mismatch_and_can_be_recorded(
    run: Run, lived: Path, edit: Callable[[Any], object], pointer: str, said: str
) -> None:
    assert run("log", lived, "--verify").code == 0
    by_hand(lived, edit)
    ran = run("log", lived, "--verify", "--format", "json")
    fits("verification", ran.json)
    assert ran.code == 1
    (found,) = ran.json["differing"]
    assert found["pointer"] == pointer
    entry = manifest(lived)["history"][found["number"] - 1]
    assert (found["at"], found["by"]) == (entry["at"], entry["by"])
    told = run("log", lived, "--verify")
    assert told.code == 1
    assert said in wholly(told.out)
    assert f"{found['number']}件目" in wholly(told.out)
    code = "AG307" if pointer.startswith("/answers") else "AG315"
    validated = run("validate", lived, "--format", "json")
    assert (validated.code, [one["code"] for one in validated.json["findings"]]) == (0, [code])
    assert said.partition("→")[2] in wholly(validated.json["findings"][0]["message"])
    stands = manifest(lived)
    (command,) = remedies(told.out)
    assert run(*shlex.split(command)[1:], "--by", "鈴木").code == 0
    assert run("log", lived, "--verify").code == 0
    after = manifest(lived)
    assert after["history"][-1]["by"] == "鈴木"
    assert after["project"] == stands["project"]
    assert after.get("classification", {}).get("cells") == stands["classification"]["cells"]


TOOL = "planning.tool-selection"
UNRECORDED = [
    (
        lambda data: data["answers"].update({TOOL: {"status": "done", "note": "x"}}),
        f"/answers/{TOOL}",
        "一度も記録がありません",
    ),
    (
        lambda data: data["project"]["conditions"].update(custom_tool=False),
        "/project/conditions/custom_tool",
        "未回答→いいえ",
    ),
    (lambda data: data["project"].update(organization="環境局"), "/project/organization", "環境局"),
    (
        lambda data: data["classification"].update(alternatives=["citizen.action"]),
        "/classification/alternatives",
        "行動支援",
    ),
]


@pytest.mark.parametrize(("edit", "pointer", "said"), UNRECORDED)
def test_what_no_entry_speaks_of_was_not_there_when_the_project_began(
    run: Run, lived: Path, edit: Callable[[Any], object], pointer: str, said: str
) -> None:
    by_hand(lived, edit)
    ran = run("log", lived, "--verify", "--format", "json")
    fits("verification", ran.json)
    (found,) = ran.json["differing"]
    assert (ran.code, found["pointer"], found["number"]) == (1, pointer, 1)
    assert found["recorded"] is None
    (told,) = run("validate", lived, "--format", "json").json["findings"]
    assert (told["pointer"], told["severity"]) == (pointer, "warning")
    assert said in wholly(told["message"])
    shown = run("log", lived, "--verify").out
    (command,) = remedies(shown)
    assert run(*shlex.split(command)[1:]).code == 0
    assert run("log", lived, "--verify").code == 0


def test_status_and_report_count_the_answers_that_differ_or_are_gone(run: Run, lived: Path) -> None:
    differs = "いまの内容が履歴に記録されていない回答が2件あります。"
    gone = "履歴に記録のある回答が1件、なくなっています。"
    commands = (("status", lived), ("report", lived, "--format", "md", "-o", "-"))
    for command in commands:
        assert not {differs, gone} & set(wholly(run(*command).out))
    by_hand(lived, lambda data: data["answers"].pop(RISK))
    by_hand(lived, lambda data: data["answers"][PURPOSE].update(status="done"))
    by_hand(lived, lambda data: data["answers"].update({TOOL: {"status": "done", "note": "x"}}))
    for command in commands:
        told = wholly(run(*command).out)
        assert differs in told
        assert gone in told


def begun_by_hand(folder: Path) -> Path:
    """A manifest that nobody began with aiguide, with facts and an answer."""
    file = folder / "by-hand.project.json"
    data = {
        "format": 1,
        "guideline": {"id": "tokyo-ai", "version": 1},
        "project": {"name": "x", "phase": "planning", "conditions": {"personal_data": False}},
        "classification": {"cells": ["citizen.information"], "confirmed_by": "y"},
        "answers": {PURPOSE: {"status": "done", "note": "x"}},
    }
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_a_manifest_written_by_hand_is_held_only_to_what_its_history_speaks_of(
    run: Run, tmp_path: Path
) -> None:
    file = begun_by_hand(tmp_path)
    blind = "案件の始まりから記録されていない"
    for command in ((), ("answer", file, RISK, "in-progress", "--note", "調整中")):
        assert not command or run(*command).code == 0
        ran = run("log", file, "--verify", "--format", "json")
        assert (ran.code, ran.json["unattested"], ran.json["differing"]) == (0, [PURPOSE], [])
        (found,) = run("validate", file, "--format", "json").json["findings"]
        assert (found["code"], found["severity"]) == ("AG307", "warning")
        told = wholly(run("log", file, "--verify").out)
        assert "履歴の記録では裏づけられない回答" in told
        assert (blind in told) == bool(command)
    by_hand(file, lambda data: data["answers"][RISK].update(status="done"))
    assert run("log", file, "--verify").code == 1


@pytest.mark.parametrize("from_start", [True, False])
def test_an_answer_that_entries_speak_of_is_not_called_never_recorded(
    run: Run, lived: Path, tmp_path: Path, from_start: bool
) -> None:
    file = lived if from_start else begun_by_hand(tmp_path)
    by_hand(file, lambda data: data["answers"].update({TOOL: {"status": "done", "note": "x"}}))
    for said in ("一度も記録がありません", "履歴に残っている記録のとおりではありません"):
        found = run("validate", file, "--format", "json").json["findings"]
        (message,) = (one["message"] for one in found if TOOL in one["pointer"])
        assert said in message
        run("answer", file, TOOL, "open", "--yes")
        assert run("undo", file, "--yes").code == 0


def test_a_history_from_the_start_has_no_such_blind_spot(run: Run, lived: Path) -> None:
    assert "始まりから" not in wholly(run("log", lived, "--verify").out)


@pytest.mark.parametrize(
    ("edit", "pointer"), [({"version": 2}, "/guideline/version"), ({"id": "twin"}, "/guideline/id")]
)
def test_another_guideline_written_by_hand_is_a_mismatch(
    run: Run, tmp_path: Path, small_packs: Path, edit: dict[str, Any], pointer: str
) -> None:
    twin = Path(shutil.copytree(small_packs / "mini" / "1", tmp_path / "packs" / "twin" / "1"))
    head = twin / "guideline.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("id: mini", "id: twin", 1), "utf-8")
    (tmp_path / "aiguide.toml").write_text('[guideline]\npacks = "packs"\n', encoding="utf-8")
    file = tmp_path / "project.json"
    assert run("init", file, "--name", "x", "--guideline", "mini@1").code == 0
    by_hand(file, lambda data: data["guideline"].update(edit))
    ran = run("log", file, "--verify", "--format", "json")
    assert (ran.code, [one["pointer"] for one in ran.json["differing"]]) == (1, [pointer])
    assert "書き戻してください:ガイドライン" in wholly(run("log", file, "--verify").out)


def test_a_start_that_an_earlier_aiguide_recorded_says_nothing_of_the_guideline(
    run: Run, older: Path
) -> None:
    def as_before(data: Any) -> None:
        (started, *_) = data["history"]
        del started["after"]["guideline"]
        started["hash"] = entry_hash(read_entry(started))
        data["history"] = [started]
        data["answers"] = {}
        data["guideline"]["version"] = 2

    by_hand(older, as_before)
    assert run("log", older, "--verify").code == 0
    by_hand(older, lambda data: data["project"]["conditions"].update(custom_tool=False))
    assert run("log", older, "--verify").code == 1


def test_what_a_hand_written_manifest_says_is_recorded_when_it_is_said_again(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "project.json"
    facts = {"name": "x", "owner": "課", "conditions": {"personal_data": False}}
    guideline = {"id": "tokyo-ai", "version": 1}
    cells = {"cells": ["citizen.information"], "confirmed_by": "y"}
    data = {"format": 1, "guideline": guideline, "project": facts, "classification": cells}
    file.write_text(json.dumps(data), encoding="utf-8")
    assert run("log", file, "--verify").code == 0
    run("set", file, "--owner", "課", "--condition", "personal_data=no")
    run("set", file, "--cell", "citizen.information")
    kinds = [one["kind"] for one in manifest(file)["history"]]
    assert kinds == ["changed", "classified"]
    again = run("set", file, "--owner", "課", "--cell", "citizen.information")
    assert "変更はありません" in again.out
    by_hand(file, lambda data: data["project"]["conditions"].update(personal_data=True))
    assert run("log", file, "--verify").code == 1


def test_a_change_of_something_else_records_nothing_of_what_was_changed_by_hand(
    run: Run, lived: Path
) -> None:
    def edit(data: Any) -> None:
        data["project"]["conditions"]["personal_data"] = False
        data["classification"]["cells"] = ["related.routine"]

    by_hand(lived, edit)
    run("set", lived, "--condition", "custom_tool=yes", "--name", "新しい名前")
    run("set", lived, "--cell-reason", "別の理由")
    run("set", lived, "--cell-reason", "別の理由")
    run("answer", lived, PURPOSE, "done", "--note", "済")
    found = run("log", lived, "--verify", "--format", "json").json["differing"]
    assert {one["pointer"] for one in found} == {
        "/project/conditions/personal_data",
        "/classification/cells",
    }
    assert {one["number"] for one in found} == {1, 4}


def test_recording_what_stands_can_be_taken_back(run: Run, lived: Path) -> None:
    by_hand(lived, lambda data: data["project"]["conditions"].update(personal_data=False))
    run("set", lived, "--condition", "personal_data=no")
    assert "はい → いいえ" in run("log", lived).out
    assert run("undo", lived).code == 0
    assert manifest(lived)["project"]["conditions"]["personal_data"] is True
    assert run("log", lived, "--verify").code == 0


def test_the_log_says_what_recording_changed(run: Run, lived: Path) -> None:
    by_hand(lived, lambda data: data["answers"].pop(RISK))
    by_hand(lived, lambda data: data["answers"][PURPOSE].update(status="done"))
    run("answer", lived, RISK, "open")
    run("answer", lived, PURPOSE, "done")
    *_, first, second = run("log", lived, "--format", "json").json["entries"]
    changes = [(one["before"]["status"], one["after"]["status"]) for one in (first, second)]
    assert changes == [("done", "open"), ("in-progress", "done")]


def test_status_and_report_name_the_facts_that_differ(run: Run, lived: Path) -> None:
    told = "案件の情報1件が、履歴の最後の記録と違います:個人情報を扱う"
    for command in (("status", lived), ("report", lived, "--format", "md", "-o", "-")):
        assert told not in wholly(run(*command).out)
    by_hand(lived, lambda data: data["project"]["conditions"].update(personal_data=False))
    for command in (("status", lived), ("report", lived, "--format", "md", "-o", "-")):
        assert told in wholly(run(*command).out)


def test_what_aiguide_cannot_record_is_to_be_written_back(run: Run, lived: Path) -> None:
    by_hand(lived, lambda data: data["project"].pop("phase"))
    ran = run("log", lived, "--verify")
    assert ran.code == 1
    assert "書き戻してください:いまのフェーズ" in wholly(ran.out)


def test_a_text_that_no_line_holds_is_a_blank_in_the_command(run: Run, lived: Path) -> None:
    run("set", lived, "--description", "住民に答える。")
    by_hand(lived, lambda data: data["project"].update(description="\x1b[31m赤\n" * 40))
    ran = run("log", lived, "--verify")
    assert "\x1b" not in ran.out
    assert "--description ..." in ran.out


def test_an_id_that_the_guideline_does_not_know_is_one_finding(run: Run, lived: Path) -> None:
    def edit(data: Any) -> None:
        data["project"]["phase"] = "plan"
        data["classification"]["cells"] = ["citizen.info"]
        data["project"]["conditions"]["personal"] = data["project"]["conditions"].pop(
            "custom", True
        )

    by_hand(lived, edit)
    found = run("validate", lived, "--format", "json").json["findings"]
    assert sorted(one["code"] for one in found) == ["AG201", "AG202", "AG204"]


@pytest.mark.parametrize("odd", [[1], {"a": [1]}, 7, None, "x", True, [["x"]]])
def test_whatever_an_entry_written_by_hand_says_is_told_and_breaks_nothing(
    run: Run, lived: Path, odd: Any
) -> None:
    names = ("name", "phase", "ai", "nickname", "conditions")
    for subject, after in (
        ("project", dict.fromkeys(names, odd)),
        ("project", {"conditions": {"personal_data": odd, "x": odd}}),
        ("classification", {"cells": ["citizen.information"], "reason": "z"}),
    ):
        entry: dict[str, Any] = {"at": "2026-11-24T01:30:00Z", "by": "x", "kind": "changed"}
        entry |= {
            "subject": subject,
            "before": None,
            "after": after,
            "parents": [],
            "hash": "0" * 64,
        }
        data = manifest(lived)
        data["history"].append(entry)
        lived.write_text(json.dumps(data), encoding="utf-8")
    for command in ("validate", "status", "check"):
        assert run(command, lived).code in (0, 1)
    ran = run("log", lived, "--verify")
    assert ran.code == 1
    assert "Traceback" not in ran.out + ran.err
    fits("verification", run("log", lived, "--verify", "--format", "json").json)


@pytest.mark.parametrize("kind", ["started", "changed", "classified"])
def test_a_step_that_cannot_be_about_an_item_is_refused(run: Run, lived: Path, kind: str) -> None:
    def edit(data: Any) -> None:
        data["history"][-1] |= {"kind": kind, "subject": PURPOSE}

    by_hand(lived, edit)
    assert "AG112" in run("validate", lived).out
    assert run("log", lived).code == 2


def cut(project: Path, steps: int) -> None:
    """Let the last steps of the history be unreadable."""
    by_hand(project, lambda data: [one.update(kind="x") for one in data["history"][-steps:]])


def test_what_doctor_saves_verifies_and_says_what_had_to_be_settled(run: Run, lived: Path) -> None:
    run("answer", lived, PURPOSE, "done", "--note", "済")
    cut(lived, 3)
    ran = run("doctor", lived)
    saved = lived.with_name("project.recovered.json")
    assert "残った履歴に記録のないもの4件は" in wholly(ran.out)
    assert run("log", saved, "--verify").code == 0
    *_, cells, last, systems = manifest(saved)["history"]
    assert cells["after"]["reason"] == "質問に答えるため"
    assert systems["after"]["ai"] == manifest(lived)["project"]["ai"]
    assert (last["kind"], last["subject"], last["by"]) == ("merged", PURPOSE, "試験担当")
    assert (last["before"]["status"], last["after"]["status"]) == ("in-progress", "done")


def test_a_fact_that_doctor_had_to_leave_out_is_recorded_as_gone(run: Run, lived: Path) -> None:
    by_hand(lived, lambda data: data["project"].update(owner=7))
    by_hand(lived, lambda data: data["project"].update(name="書き換え"))
    run("doctor", lived)
    saved = lived.with_name("project.recovered.json")
    found = run("log", saved, "--verify", "--format", "json")
    # what was changed by hand besides is not recorded by the way
    assert [one["pointer"] for one in found.json["differing"]] == ["/project/name"]


def test_the_same_bytes_in_another_encoding_are_no_reason_to_record_anything(
    run: Run, lived: Path
) -> None:
    by_hand(lived, lambda data: data["project"].update(phase="design"))
    lived.write_bytes(lived.read_text(encoding="utf-8").encode("cp932"))
    run("doctor", lived)
    saved = lived.with_name("project.recovered.json")
    assert run("log", saved, "--verify").code == 1


@pytest.fixture
def older(run: Run, tmp_path: Path) -> Path:
    """A project of an earlier version of its guideline."""
    file = tmp_path / "older.project.json"
    facts = ("--cell", "citizen.information", "--condition", "personal_data=yes")
    assert run("init", file, "--name", "x", *facts, "--guideline", "tokyo-ai@1").code == 0
    run("answer", file, PURPOSE, "in-progress", "--note", "調整中")
    return file


def test_an_upgrade_and_its_undoing_neither_break_nor_mend_what_was_recorded(
    run: Run, older: Path
) -> None:
    assert run("upgrade", older, "--to", "2").code == 0
    assert manifest(older)["guideline"]["version"] == 2
    assert run("log", older, "--verify").code == 0
    assert run("undo", older).code == 0
    assert run("log", older, "--verify").code == 0

    def edit(data: Any) -> None:
        data["answers"][PURPOSE]["status"] = "done"
        data["project"]["conditions"]["personal_data"] = False
        data["project"]["phase"] = "design"

    by_hand(older, edit)
    pointers = []
    for command in ((), ("upgrade", older, "--to", "2"), ("undo", older)):
        assert not command or run(*command).code == 0
        found = run("log", older, "--verify", "--format", "json").json["differing"]
        pointers.append(sorted(one["pointer"] for one in found))
    assert pointers[0] == pointers[1] == pointers[2]
    assert len(pointers[0]) == 3


def test_a_version_written_by_hand_after_an_upgrade_is_a_mismatch(run: Run, older: Path) -> None:
    run("upgrade", older, "--to", "2")
    by_hand(older, lambda data: data["guideline"].update(version=1))
    ran = run("log", older, "--verify")
    assert ran.code == 1
    assert "2→1" in wholly(ran.out)


RENAMED = ("requirements.no-autonomy-creep", "requirements.action-approval")


@pytest.mark.parametrize("from_start", [True, False])
def test_a_forged_answer_differs_under_the_id_that_an_upgrade_gives_it_too(
    run: Run, older: Path, tmp_path: Path, from_start: bool
) -> None:
    file = older if from_start else begun_by_hand(tmp_path)
    old, new = RENAMED
    assert run("answer", file, old, "in-progress", "--note", "調整中", "--by", "佐藤").code == 0
    by_hand(file, lambda data: data["answers"][old].update(status="done"))
    found = []
    for command in ((), ("upgrade", file, "--to", "2"), ("undo", file)):
        assert not command or run(*command).code == 0
        ran = run("log", file, "--verify", "--format", "json")
        assert ran.code == 1
        found.append([(one["pointer"], one["by"], one["number"]) for one in ran.json["differing"]])
        assert [one["recorded"]["note"] for one in ran.json["differing"]] == ["調整中"]
    (_, by, number), *_ = found[0]
    assert found == [[(f"/answers/{id}", by, number)] for id in (old, new, old)]


def test_an_answer_that_no_step_recorded_is_none_the_better_for_an_upgrade(
    run: Run, older: Path
) -> None:
    old, new = RENAMED
    by_hand(older, lambda data: data["answers"].update({old: {"status": "done", "note": "x"}}))
    for id, command in ((old, ()), (new, ("upgrade", older, "--to", "2")), (old, ("undo", older))):
        assert not command or run(*command).code == 0
        ran = run("log", older, "--verify", "--format", "json")
        assert (ran.code, [one["pointer"] for one in ran.json["differing"]]) == (
            1,
            [f"/answers/{id}"],
        )


def test_undo_does_not_record_what_had_been_changed_by_hand(run: Run, lived: Path) -> None:
    def edit(data: Any) -> None:
        data["answers"][PURPOSE].update(status="done", note="手で")
        data["answers"][TOOL] = {"status": "done", "note": "手で"}
        data["project"]["conditions"]["personal_data"] = False
        data["project"]["owner"] = "手で"
        data["classification"]["cells"] = ["related.routine"]

    by_hand(lived, edit)
    forged = manifest(lived)
    before = run("log", lived, "--verify", "--format", "json").json["differing"]
    assert len(before) == 5
    for command in (
        ("answer", lived, PURPOSE, "in-progress", "--note", "別"),
        ("answer", lived, TOOL, "in-progress", "--note", "別"),
        ("set", lived, "--condition", "personal_data=yes"),
        ("set", lived, "--owner", "別の課"),
        ("set", lived, "--cell", "citizen.action"),
    ):
        assert run(*command).code == 0
        assert run("undo", lived).code == 0
        stands = manifest(lived)
        assert [stands[part] for part in ("project", "answers", "classification")] == [
            forged[part] for part in ("project", "answers", "classification")
        ]
        ran = run("log", lived, "--verify", "--format", "json")
        assert (ran.code, ran.json["differing"]) == (1, before)
