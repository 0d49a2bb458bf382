"""`guideline list`, `show`, `diff` and `upgrade`: what changed, what it asks, there and back."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from aiguide.store import packs
from tests.cli.guidelines.conftest import edit
from tests.conftest import Run
from tests.contracts import fits

pytestmark = pytest.mark.usefixtures("small_packs")

PHASES = ("planning", "requirements", "design", "operation", "procurement", "decommissioning")
ANSWERED = ("plan.goal", "plan.owner", "plan.budget", "plan.data", "plan.fax", "run.errors")


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


@pytest.fixture
def old(run: Run, tmp_path: Path) -> Path:
    """A project that answered version 1 of the small pack, all but `run.bias` and later ones."""
    path = tmp_path / "one" / "project.json"
    path.parent.mkdir()
    ran = run("init", path, "--name", "案件", "--guideline", "mini@1", "--cell", "office.sort")
    assert ran.code == 0, ran.err
    for item in ANSWERED:
        assert run("answer", path, item, "done", "--note", f"{item} を見た").code == 0
    return path


def test_the_list_names_every_version_and_the_newest(run: Run) -> None:
    data = run("guideline", "list", "--format", "json").json
    fits("packs", data)
    small = [one for one in data["guidelines"] if one["id"] == "mini"]
    assert [(one["name"], one["newest"]) for one in small] == [("mini@1", False), ("mini@2", True)]
    assert "mini@2" in run("guideline", "list").out


def test_one_name_compares_the_last_version_with_the_one_before(run: Run) -> None:
    both = run("guideline", "diff", "mini@1", "mini@2").out
    assert run("guideline", "diff", "mini").out == both
    assert run("guideline", "diff", "mini@2").out == both
    ran = run("guideline", "diff", "mini@1")
    assert (ran.code, "mini@1" in ran.err) == (2, True)
    assert run("guideline", "diff", "nimi").code == 2


def test_who_is_there_already_is_told_so(run: Run, old: Path) -> None:
    assert run("upgrade", old, "--to", "2").code == 0
    before = old.read_bytes()
    ran = run("upgrade", old, "--to", "2")
    assert (ran.code, "すでに mini@2 です" in ran.out) == (0, True), ran.err
    back = run("upgrade", old, "--to", "1")
    assert (back.code, "新しくありません" in back.err) == (2, True)
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    ("item", "said"),
    [("plan.owner", "plan.responsible"), ("plan.fax", "なくなりました")],
)
def test_an_old_id_is_told_where_it_went(run: Run, old: Path, item: str, said: str) -> None:
    run("upgrade", old, "--to", "2")
    ran = run("answer", old, item, "done", "--note", "x")
    assert (ran.code, said in ran.err) == (2, True)


def test_a_pack_is_shown_with_what_to_know_before_relying_on_it(run: Run) -> None:
    out = run("guideline", "show", "mini", "--lang", "en").out
    for said in (
        "mini@2",
        "newest",
        "For tests only.",
        "Required 5",
        "diff mini@1 mini@2",
    ):
        assert said in out, said
    fits("pack", run("guideline", "show", "mini@1", "--format", "json").json)


def test_the_change_log_says_what_why_and_what_it_means(run: Run) -> None:
    data = run("guideline", "diff", "mini@1", "mini@2", "--format", "json", "--lang", "en").json
    fits("changelog", data)
    (step,) = data["steps"]
    told = {
        one["new"][0]["id"] if one["new"] else one["old"][0]["id"]: (one["kinds"], one["effects"])
        for one in step["changes"]
    }
    assert told == {
        "run.agents": (["added"], ["new"]),
        "plan.budget": (["level-raised"], ["again"]),
        "plan.data-quality": (["split"], ["again"]),
        "run.quality": (["merged"], ["again", "retired"]),
        "run.stop": (["reworded"], ["again"]),
        "run.manual": (["level-lowered"], ["again"]),
        "plan.responsible": (["renamed"], ["carried"]),
        "run.logs": (["widened"], ["carried"]),
        "plan.fax": (["removed"], ["retired"]),
    }
    assert all(one["reason"] for one in step["changes"])
    assert step["unchanged"] == 1
    (condition,) = step["terms"]
    assert condition["part"] == "condition personal: question (projects answer it again)"
    assert condition["after"] == "Is it about persons?"
    (split,) = (one for one in step["changes"] if "split" in one["kinds"])
    sides = [(bool(one["before"]), bool(one["after"])) for one in split["differences"]]
    assert sides == [(True, False), *[(False, True)] * len(split["new"])], "old and new texts"


@pytest.mark.parametrize("format", ["text", "md"])
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "ja",
            ("ファクスは使われなくなった。", "答え直す", "窓口 → すべての使い方"),
        ),
        ("en", ("Nobody sends a fax any more.", "Answer again", "Counter → every use")),
    ],
)
def test_staff_can_read_it(run: Run, format: str, lang: str, said: tuple[str, ...]) -> None:
    out = run("guideline", "diff", "mini@1", "mini", "--format", format, "--lang", lang).out
    for one in said:
        assert one in out, one


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("mini@2", "mini@1"), "新しくありません"),
        (("mini@1", "mini@1"), "新しくありません"),
        (("tokyo-ai@1", "mini@2"), "別のガイドライン"),
        (("mini@1", "mini@9"), "mini@9"),
        (("mini@1", "../mini"), "../mini"),
    ],
)
def test_what_cannot_be_compared_is_refused(run: Run, args: tuple[str, ...], said: str) -> None:
    ran = run("guideline", "diff", *args)
    assert ran.code == 2
    assert said in ran.err


def test_a_dry_run_says_what_is_to_be_done_and_changes_nothing(run: Run, old: Path) -> None:
    before = old.read_bytes()
    data = run("upgrade", old, "--dry-run", "--format", "json").json
    fits("upgrade", data)
    assert old.read_bytes() == before
    assert (data["from"], data["to"], data["dry_run"]) == ("mini@1", "mini@2", True)
    assert data["again"] == ["plan.budget", "plan.data-quality", "plan.data-rights", "run.quality"]
    assert data["new"] == ["run.logs", "run.agents"], "one reaches further now, one is new"
    assert data["retired"] == ["plan.fax", "run.errors"]
    assert data["carried"] == 2
    out = run("upgrade", old, "--dry-run").out
    for said in ("データの権利", "費用", "何も変更していません", "--to 2"):
        assert said in out, said


def test_where_the_project_is_what_is_printed_can_be_typed(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(old.parent)
    printed = [
        line.split()[1:]
        for args in (("status",), ("upgrade", "project.json", "--to", "2", "--dry-run"))
        for line in run(*args).out.splitlines()
        if line.strip().startswith("aiguide upgrade")
    ]
    assert printed == [["upgrade", "--dry-run"], ["upgrade", "--to", "2"]]
    for command in printed:
        ran = run(*command)
        assert ran.code == 0, ran.err
    assert manifest(old)["guideline"]["version"] == 2


def test_an_upgrade_and_its_undo_give_the_file_back(run: Run, old: Path) -> None:
    before = manifest(old)
    assert run("upgrade", old, "--to", "2", "--by", "鈴木").code == 0
    after = manifest(old)
    assert after["guideline"]["version"] == 2
    assert after["answers"]["plan.responsible"] == before["answers"]["plan.owner"]
    assert after["retired"]["plan.fax"] == before["answers"]["plan.fax"]
    assert after["answers"]["run.quality"]["status"] == "open", "run.bias was never answered"
    assert (after["history"][-1]["kind"], after["history"][-1]["by"]) == ("upgraded", "鈴木")
    assert run("log", old, "--verify").code == 0
    assert run("undo", old).code == 0
    back = manifest(old)
    assert back["history"][: len(before["history"])] == before["history"]
    assert {**back, "history": None} == {**before, "history": None}
    assert list(back["answers"]) == list(before["answers"])
    assert run("log", old, "--verify", "--format", "json").json["unattested"] == []


@pytest.mark.parametrize("forged", ["plan.fax", "run.bias"])
def test_a_forged_answer_is_none_the_better_for_being_retired(
    run: Run, old: Path, forged: str
) -> None:
    data = manifest(old)
    data["answers"][forged] = {"status": "done", "note": "偽の記録"}
    old.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    found = []
    for command in ((), ("upgrade", old), ("undo", old)):
        assert not command or run(*command).code == 0
        ran = run("log", old, "--verify", "--format", "json")
        assert ran.code == 1
        found.append([one["pointer"] for one in ran.json["differing"]])
    assert found[0] == found[2] == [f"/answers/{forged}"]
    assert f"/retired/{forged}" in found[1]


def test_what_is_retired_is_named_by_its_id_where_its_version_is_gone(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("upgrade", old)
    known = {name: folder for name, folder in packs.folders().items() if name != "mini@1"}
    monkeypatch.setattr(packs, "folders", lambda: known)
    report = run("report", old, "-o", "-", "--format", "json").json
    assert [one["title"] for one in report["retired"]] == ["plan.fax", "run.errors"]


@pytest.mark.parametrize(
    ("lang", "restored", "dropped"),
    [
        (
            "ja",
            "前のとおりに戻した回答: ",
            "新しい版の項目から外した回答: 責任者、データの質",
        ),
        (
            "en",
            "answers put back as they were: ",
            "taken off items of the newer version: Owner, Data quality",
        ),
    ],
)
def test_an_undone_upgrade_reads_forward(
    run: Run, old: Path, lang: str, restored: str, dropped: str
) -> None:
    run("upgrade", old)
    undone = run("undo", old, "--lang", lang).out
    logged = run("log", old, "--lang", lang).out
    for out in (undone, logged.rpartition("取り消し" if lang == "ja" else "taken back")[2]):
        read = out.replace("\n", "").replace("  ", "") if lang == "ja" else " ".join(out.split())
        assert restored in read
        assert dropped in read
        assert "新しい項目の回答" not in read
        assert "answers to the new items" not in read


def test_an_upgrade_names_what_it_retires(run: Run, old: Path) -> None:
    assert "ファクス、試験" in run("upgrade", old, "--dry-run").out


def test_answers_given_after_an_upgrade_are_taken_back_first(run: Run, old: Path) -> None:
    run("upgrade", old)
    run("answer", old, "run.agents", "done", "--note", "限った")
    assert "道具" in run("undo", old).out
    assert manifest(old)["guideline"]["version"] == 2
    run("undo", old)
    assert manifest(old)["guideline"]["version"] == 1


def test_the_log_tells_of_the_upgrade_and_an_item_leads_to_it(run: Run, old: Path) -> None:
    run("upgrade", old)
    out = run("log", old).out
    assert "第1版 → 第2版" in out
    assert "答: ファクス、試験" in out
    assert "回答  責任者" in out, "an item of the earlier version"
    data = run("log", old, "--item", "plan.responsible", "--format", "json").json
    fits("log", data)
    assert [one["kind"] for one in data["entries"]] == ["upgraded"]
    earlier = run("log", old, "--item", "plan.owner", "--format", "json").json
    assert [one["kind"] for one in earlier["entries"]] == ["answered", "upgraded"]


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("validate", "--format", "json"),
        ("log",),
        ("evidence",),
        ("doctor",),
        ("check", "--phase", "plan"),
        ("report", "-o", "-", "--format", "json"),
        ("report", "-o", "-", "--format", "md"),
        ("portfolio",),
    ],
)
def test_what_is_retired_stands_in_nobodys_way(
    run: Run, old: Path, command: tuple[str, ...]
) -> None:
    run("upgrade", old)
    name, *rest = command
    assert run(name, old, *rest).code == 0


def test_what_is_retired_is_shown_and_not_counted(run: Run, old: Path) -> None:
    run("upgrade", old)
    assert "ファクス、試験" in run("status", old).out
    report = run("report", old, "-o", "-", "--format", "json").json
    fits("report", report)
    assert [one["id"] for one in report["retired"]] == ["plan.fax", "run.errors"]
    assert [one["title"] for one in report["retired"]] == ["ファクス", "試験"]
    shown = run("report", old, "-o", "-", "--format", "md").out
    assert all(said in shown for said in ("plan.fax を見た", "ファクス", "plan.fax"))
    asked = {item["id"] for section in report["sections"] for item in section["items"]}
    assert not {"plan.fax", "run.errors"} & asked


def test_a_spreadsheet_goes_round_with_what_is_retired(run: Run, old: Path, tmp_path: Path) -> None:
    run("upgrade", old)
    sheet = tmp_path / "sheet.xlsx"
    assert run("export", old, "-o", sheet).code == 0
    assert run("import", sheet, "--into", old, "--yes").code == 0
    assert set(manifest(old)["retired"]) == {"plan.fax", "run.errors"}


def test_a_folder_gets_the_bill_for_all_its_projects(run: Run, old: Path) -> None:
    for name in ("two", "broken"):
        (old.parent.parent / name).mkdir()
    other = old.parent.parent / "two" / "project.json"
    run("init", other, "--name", "別の案件", "--guideline", "mini@2", "--cell", "public.answer")
    (old.parent.parent / "broken" / "project.json").write_text("{", encoding="utf-8")
    before = old.read_bytes()
    ran = run("upgrade", old.parent.parent, "--dry-run", "--format", "json")
    assert ran.code == 1, "a file could not be read"
    fits("upgrades", ran.json)
    assert [(one["from"], one["to"]) for one in ran.json["projects"]] == [
        ("mini@1", "mini@2"),
        ("mini@2", "mini@2"),
    ]
    assert [one["code"] for one in ran.json["unreadable"]] == ["AG119"]
    out = run("upgrade", old.parent.parent, "--dry-run").out
    assert "対象の案件 1（最新の案件 1）: 答え直す 4、新しく答える 2、記録として残る 2" in out
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "said"),
    [(("--to", "9"), "mini@9"), (("--to", "x"), "--to")],
)
def test_a_version_that_is_none_is_refused(
    run: Run, old: Path, args: tuple[str, ...], said: str
) -> None:
    before = old.read_bytes()
    ran = run("upgrade", old, *args)
    assert (ran.code, old.read_bytes()) == (2, before)
    assert said in ran.err


def test_the_status_tells_of_a_newer_version_until_it_is_taken(run: Run, old: Path) -> None:
    assert "mini@2" in run("status", old).out
    assert "--dry-run" in run("status", old).out
    run("upgrade", old)
    assert "--dry-run" not in run("status", old).out


def test_an_editor_takes_a_manifest_with_items_of_an_earlier_version(run: Run, old: Path) -> None:
    run("upgrade", old)
    schema = json.loads(run("schema", "project", "--guideline", "mini@2").out)
    assert [one.message for one in Draft202012Validator(schema).iter_errors(manifest(old))] == []


def test_at_the_newest_there_is_nothing_to_do(run: Run, old: Path) -> None:
    run("upgrade", old)
    before = old.read_bytes()
    assert run("upgrade", old).code == 0
    assert old.read_bytes() == before


def test_a_folder_is_not_upgraded_as_a_whole(run: Run, old: Path) -> None:
    ran = run("upgrade", old.parent.parent)
    assert ran.code == 2
    assert "--dry-run" in ran.err


def test_a_hand_written_entry_that_lies_does_not_crash_undo(run: Run, old: Path) -> None:
    run("upgrade", old)
    data = manifest(old)
    data["history"][-1]["before"] = {"version": 1, "project": {"name": "x"}}
    old.write_text(json.dumps(data), encoding="utf-8")
    assert run("undo", old).code in (0, 2)
    data["history"][-1]["before"] = {"version": 1, "answers": {"plan.goal": "lies"}}
    old.write_text(json.dumps(data), encoding="utf-8")
    assert run("undo", old).code == 2


def test_forty_answers_go_to_the_newest_tokyo_pack_and_back(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    cells = ("--cell", "citizen.action", "--cell", "internal.writing")
    run("init", path, "--name", "案件", "--guideline", "tokyo-ai@1", *cells)
    listed = [run("check", path, "--phase", one, "--format", "json").json for one in PHASES]
    items = [item["id"] for one in listed for item in one["items"]][::2][:40]
    answers = [{"item": id, "status": "done", "note": f"{id} を見た"} for id in items]
    given = tmp_path / "answers.json"
    given.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    assert run("check", path, "--from", given).code == 0
    before = manifest(path)
    assert len(before["answers"]) == 40
    assert run("upgrade", path).code == 0
    after = manifest(path)
    notes = "".join(one["note"] for part in ("answers", "retired") for one in after[part].values())
    assert all(f"{id} を見た" in notes for id in items)
    assert run("log", path, "--verify", "--format", "json").json["unattested"] == []
    assert run("undo", path).code == 0
    back = manifest(path)
    assert json.dumps({**back, "history": None}) == json.dumps({**before, "history": None})
    assert back["history"][: len(before["history"])] == before["history"]


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("mini@2", "--to 2"),
        ("two", "番号だけ"),
        ("0", "番号だけ"),
        ("-1", "番号だけ"),
        ("２", "番号だけ"),
        ("9" * 5000, "番号だけ"),
        ("", "番号だけ"),
        ("3", "もしかして: mini@2"),
    ],
)
def test_a_version_that_is_not_there_is_told_with_the_one_that_is(
    run: Run, old: Path, to: str, said: str
) -> None:
    ran = run("upgrade", old, f"--to={to}")
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_the_reason_of_a_change_is_named_as_such_in_markdown_too(run: Run) -> None:
    shown = run("guideline", "diff", "mini", "--format", "md").out
    assert "理由: 名前を内容に合わせた。" in shown


def test_the_bill_of_a_folder_tells_what_no_count_of_items_shows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell that is gone, a condition anew, another verdict, and why items are new."""
    monkeypatch.chdir(tmp_path)
    assert run("guideline", "new", "our-city").code == 0
    first = tmp_path / "our-packs" / "our-city" / "1"
    for name in ("a", "b"):
        said = ("--cell", "public.answer", "--condition", "personal_data=yes")
        given = (f"{name}.project.json", "--name", name, "--guideline", "our-city@1")
        assert run("init", *given, *said).code == 0
    second = Path(shutil.copytree(first, first.parent / "2"))
    edit(second / "guideline.yaml", "version: 1 ", "version: 2 ")
    edit(
        second / "guideline.yaml", "ja: AIは個人情報を扱いますか", "ja: AIは個人の情報を扱いますか"
    )
    edit(second / "cells.yaml", "public.answer", "public.reply")
    edit(second / "cells.yaml", "reach: answer", "reach: reply")
    gone = "cells: [{from: [public.answer], to: [], reason: {ja: やめた, en: Given up}}]"
    (second / "changes.yaml").write_text(f"since: 1\n{gone}\n", encoding="utf-8")
    shown = "".join(run("upgrade", tmp_path, "--to", "2", "--dry-run").out.split())
    assert shown.count("引き継がれない住民が使うもの-質問に答える（public.answer）") == 2
    assert shown.count("答え直す条件個人情報を扱う（personal_data）") == 2
    assert shown.count("必須の項目に残りあり→区分が未確定") == 2
    assert "うち1件は、区分がなくなって" in shown
    assert "引き継がれない区分などがある案件2、条件を答え直す案件2、判定が変わる案件2" in shown
    alone = "".join(run("upgrade", "a.project.json", "--to", "2", "--dry-run").out.split())
    assert "うち1件は、区分がなくなって" in alone


def test_what_is_to_be_answered_again_is_shown_as_it_was_worded(run: Run, old: Path) -> None:
    run("upgrade", old)
    listed = run("check", old, "--stale").out
    card = " ".join(listed.partition("run.quality")[0].split())
    assert "前の文 費用（plan.budget・推奨） 費用を見積もったか。" in card, "its level was raised"
    both = " ".join(run("check", old, "--phase", "run").out.split())
    assert "（run.errors・" in both, "merged: each that went into it"
    assert "（run.bias・" in both
    assert "前の文" not in run("check", old, "--required").out.partition("plan.budget")[0]
    assert run("answer", old, "plan.budget", "done", "--note", "見直した").code == 0
    assert "plan.budget・" not in run("check", old).out


def test_a_wording_that_no_version_has_is_not_made_up(run: Run, old: Path) -> None:
    run("upgrade", old)
    text = old.read_text(encoding="utf-8")
    digest = manifest(old)["answers"]["plan.budget"]["item_digest"]
    old.write_text(text.replace(digest, "00000000"), encoding="utf-8")
    told = run("check", old, "--phase", "plan").out.partition("plan.budget")[2]
    assert "回答し直しが必要" in told.partition("plan.data-quality")[0]
    assert "前の文" not in told.partition("plan.data-quality")[0]


@pytest.mark.parametrize(
    ("id", "says"), [("plan.owner", "plan.responsible"), ("plan.fax", "なくなりました")]
)
def test_show_says_where_an_earlier_id_went(run: Run, id: str, says: str) -> None:
    ran = run("show", id, "--guideline", "mini@2")
    assert (ran.code, says in ran.err) == (2, True), ran.err
    assert run("show", id, "--guideline", "mini@1").code == 0


def test_show_gives_what_an_item_was_before(run: Run) -> None:
    def shown(id: str) -> str:
        return " ".join(run("show", id, "--guideline", "mini@2").out.split())

    assert "前の版では 責任者（plan.owner・必須）" in shown("plan.responsible")
    assert shown("run.quality").count("前の版では") == 2
    assert "前の版では" not in shown("plan.goal")
    assert "前の版では" not in shown("run.agents")


def test_a_retired_answer_that_two_branches_kept_differently_is_logged_without_a_version(
    run: Run, old: Path
) -> None:
    base, theirs = old.with_name("base.json"), old.with_name("theirs.json")
    for copy in (base, theirs):
        shutil.copy(old, copy)
    for side in (old, theirs):
        run("answer", side, "plan.fax", "done", "--note", f"{side.stem} で見た")
        assert run("upgrade", side, "--to", "2").code == 0
    assert run("merge-driver", base, old, theirs).code == 0
    *_, last = csv.DictReader(run("log", old, "--format", "csv").out.splitlines())
    assert last["対象の ID"] == "guideline"
    assert last["変更"] == "記録として残る回答: ファクス"
