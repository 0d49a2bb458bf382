"""What was changed by hand is noticed, with the entry that says otherwise, and can be recorded."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.contracts import fits

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


def wholly(said: str) -> str:
    """Give what was said without what laying it out puts between."""
    return said.replace(" ", "").replace("\n", "").replace("　", "")


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
    (command,) = [one.strip() for one in told.out.splitlines() if one.startswith("    aiguide ")]
    assert run(*shlex.split(command)[1:], "--by", "鈴木").code == 0
    assert run("log", lived, "--verify").code == 0
    after = manifest(lived)
    assert after["history"][-1]["by"] == "鈴木"
    assert after["project"] == stands["project"]
    assert after.get("classification", {}).get("cells") == stands["classification"]["cells"]


def test_an_answer_of_which_no_entry_speaks_is_only_a_warning(run: Run, lived: Path) -> None:
    item = "planning.tool-selection"
    by_hand(lived, lambda data: data["answers"].update({item: {"status": "done", "note": "x"}}))
    ran = run("log", lived, "--verify", "--format", "json")
    assert (ran.code, ran.json["unattested"], ran.json["differing"]) == (0, [item], [])
    assert "一度も記録のない回答" in run("log", lived, "--verify").out


def test_a_fact_of_which_no_entry_speaks_is_no_finding(run: Run, lived: Path) -> None:
    by_hand(lived, lambda data: data["project"]["conditions"].update(custom_tool=False))
    by_hand(lived, lambda data: data["project"].update(organization="環境局"))
    assert run("log", lived, "--verify", "--format", "json").json["differing"] == []
    assert run("validate", lived, "--format", "json").json["findings"] == []


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


def cut(project: Path, steps: int) -> None:
    """Let the last steps of the history be unreadable."""
    by_hand(project, lambda data: [one.update(kind="x") for one in data["history"][-steps:]])


def test_what_doctor_saves_verifies_and_says_what_had_to_be_settled(run: Run, lived: Path) -> None:
    run("answer", lived, PURPOSE, "done", "--note", "済")
    cut(lived, 3)
    ran = run("doctor", lived)
    saved = lived.with_name("project.recovered.json")
    assert "残った履歴に記録のないもの1件は" in wholly(ran.out)
    assert run("log", saved, "--verify").code == 0
    last = manifest(saved)["history"][-1]
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
