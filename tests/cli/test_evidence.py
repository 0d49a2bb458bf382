"""`evidence`: what became of the files that prove an answer."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.contracts import fits

ITEM = "planning.purpose"


@pytest.fixture
def proved(run: Run, project: Path) -> Path:
    """A project with a file, a link and a note as evidence."""
    goal = project.parent / "docs" / "goal.md"
    goal.parent.mkdir()
    goal.write_text("目的", encoding="utf-8")
    ran = run(
        *("answer", project, ITEM, "done", "--evidence", "docs/goal.md"),
        *("--evidence", "https://www.metro.tokyo.lg.jp/"),
    )
    assert ran.code == 0, ran.err
    return project


def states(run: Run, project: Path, code: int) -> list[tuple[str, Any]]:
    ran = run("evidence", project, "--format", "json")
    fits("evidence", ran.json)
    assert ran.code == code
    return [(one["state"], one["found"]) for one in ran.json["evidence"]]


def test_what_is_as_it_was_is_intact_and_a_link_is_not_checked(run: Run, proved: Path) -> None:
    assert states(run, proved, 0) == [("intact", None), ("unchecked", None)]
    out = run("evidence", proved).out
    assert "適切な目的の設定" in out
    assert "証拠 2 件、食い違い 0 件" in out


def test_a_changed_file(run: Run, proved: Path) -> None:
    (proved.parent / "docs" / "goal.md").write_text("別の目的", encoding="utf-8")
    assert states(run, proved, 1)[0] == ("changed", None)
    assert "付け直" in run("evidence", proved).out
    run("answer", proved, ITEM, "done", "--evidence", "docs/goal.md")
    assert states(run, proved, 0)[0] == ("intact", None)
    assert "付け直" not in run("evidence", proved).out


def test_a_lost_file(run: Run, proved: Path) -> None:
    (proved.parent / "docs" / "goal.md").unlink()
    assert states(run, proved, 1)[0] == ("missing", None)
    out = run("evidence", proved).out
    assert "元の場所に戻すか、点検の e のあと - で外してください" in out.replace("\n  ", "")
    assert "付け直" not in out


def test_a_moved_file_is_found_by_its_content(run: Run, proved: Path) -> None:
    moved = proved.parent / "2026" / "目的.md"
    moved.parent.mkdir()
    (proved.parent / "docs" / "goal.md").rename(moved)
    assert states(run, proved, 1)[0] == ("moved", "2026/目的.md")
    out = run("evidence", proved).out
    assert "2026/目的.mdにあります" in "".join(out.split())
    assert "いまの場所を付け直してください" in out.replace("\n  ", "")
    assert "変わったファイル" not in out


def test_a_file_that_leads_out_of_the_folder(run: Run, proved: Path, tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    goal = proved.parent / "docs" / "goal.md"
    goal.unlink()
    goal.symlink_to(secret)
    assert states(run, proved, 1)[0] == ("outside", None)
    out = run("evidence", proved).out.replace("\n  ", "")
    assert "案件のフォルダーの中に写して" in out


def test_a_file_recorded_by_hand_without_its_digest_is_not_vouched_for(
    run: Run, proved: Path
) -> None:
    data = json.loads(proved.read_text(encoding="utf-8"))
    del data["answers"][ITEM]["evidence"][0]["sha256"]
    proved.write_text(json.dumps(data), encoding="utf-8")
    assert states(run, proved, 0)[0] == ("unchecked", None)


@pytest.mark.skipif(os.sep != "/", reason="where a backslash parts folders, no name has one")
def test_a_backslash_in_a_name_is_a_part_of_it(run: Run, project: Path) -> None:
    project.with_name("a\\b.txt").write_text("x", encoding="utf-8")
    assert run("answer", project, "planning.purpose", "done", "--evidence", "a\\b.txt").code == 0
    assert run("evidence", project).code == 0


def test_a_project_without_evidence(run: Run, project: Path) -> None:
    assert states(run, project, 0) == []


def test_evidence_can_be_taken_away(run: Run, project: Path) -> None:
    (project.parent / "a.txt").write_text("a", encoding="utf-8")
    item = "planning.purpose"
    run("answer", project, item, "done", "--evidence", "a.txt", "--evidence", "https://example.jp")
    ran = run("answer", project, item, "実施済", "--evidence", "", "--evidence", "https://b.jp")
    assert ran.code == 0, ran.err
    saved = json.loads(project.read_text(encoding="utf-8"))["answers"][item]
    assert [one["target"] for one in saved["evidence"]] == ["https://b.jp"]
    out = run("log", project).out
    assert "証拠の記録を外した: a.txt" in out
    assert "証拠を追加: https://b.jp" in out


BLANKS = [
    "https://example.jp/別紙 1.pdf",
    "https://example.jp/a　参照",
    "https://a\u200b.jp/",
    "https://",
]


@pytest.mark.parametrize("target", BLANKS)
def test_an_address_with_a_blank_in_it_is_refused_with_how_to_write_it(
    run: Run, project: Path, target: str
) -> None:
    before = project.read_bytes()
    ran = run("answer", project, ITEM, "done", "--evidence", target)
    assert (ran.code, project.read_bytes()) == (2, before)
    assert "Web のアドレスになっていません" in ran.err
    assert "%20" in ran.err


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        (" https://example.jp/a ", "https://example.jp/a"),
        ("https://example.jp/%20a?b=c#d", "https://example.jp/%20a?b=c#d"),
        ("HTTPS://例え.jp/別紙（一）.pdf", "HTTPS://例え.jp/別紙（一）.pdf"),
    ],
)
def test_an_address_without_one_is_a_link(run: Run, project: Path, typed: str, target: str) -> None:
    assert run("answer", project, ITEM, "done", "--evidence", typed).code == 0
    (saved,) = json.loads(project.read_text(encoding="utf-8"))["answers"][ITEM]["evidence"]
    assert saved == {"kind": "link", "target": target}
    assert run("validate", project).code == 0


@pytest.mark.parametrize("target", BLANKS)
def test_one_that_was_written_by_hand_is_found(run: Run, project: Path, target: str) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    data["answers"] = {ITEM: {"status": "done", "evidence": [{"kind": "link", "target": target}]}}
    project.write_text(json.dumps(data), encoding="utf-8")
    found = run("validate", project, "--format", "json").json["findings"]
    assert "AG313" in [one["code"] for one in found]


def test_an_exception_that_is_past_is_told(run: Run, project: Path) -> None:
    given = ("--reason", "x", "--approver", "y", "--until", "2020-01-01")
    ran = run("answer", project, "planning.purpose", "exception", *given)
    assert ran.code == 0
    assert "期限が過ぎている" in ran.err


def test_a_file_that_has_changed_is_told_wherever_its_answer_is(run: Run, proved: Path) -> None:
    file = proved.parent / "docs" / "goal.md"
    assert "証拠" not in run("status", proved).out.split("次にすること")[0]
    file.write_text("別の目的", encoding="utf-8")
    assert "証拠 1 件が、記録したときと違います" in run("status", proved).out
    assert "変更あり: docs/goal.md" in run("check", proved, "--phase", "planning").out
    report = run("report", proved, "--format", "md", "-o", "-").out
    assert "証拠が記録のときと違う回答が 1 件" in report
    assert "変更あり: docs/goal.md" in report


def test_a_file_attached_anew_is_told_in_the_log(run: Run, proved: Path) -> None:
    (proved.parent / "docs" / "goal.md").write_text("別の目的", encoding="utf-8")
    assert run("answer", proved, ITEM, "done", "--evidence", "docs/goal.md").code == 0
    assert "証拠を付け直し（内容が変わった）: docs/goal.md" in run("log", proved).out
    assert run("undo", proved).code == 0
    last = run("log", proved).out.replace("\n        ", "").split("取り消し")[-1]
    assert "証拠の記録を、前の内容のものに戻した: docs/goal.md" in last


def test_a_file_that_was_moved_stands_at_its_new_place(run: Run, proved: Path) -> None:
    old = proved.parent / "docs" / "goal.md"
    old.rename(proved.parent / "goal.md")
    assert run("evidence", proved).code == 1
    assert run("answer", proved, ITEM, "done", "--evidence", "goal.md").code == 0
    assert run("evidence", proved).code == 0


@pytest.mark.parametrize("by_file", [False, True])
def test_a_second_file_of_the_same_content_stands_beside_the_first(
    run: Run, proved: Path, by_file: bool
) -> None:
    copy = proved.parent / "docs" / "写し.md"
    copy.write_text("目的", encoding="utf-8")
    if by_file:
        given = [{"item": ITEM, "status": "done", "evidence": "docs/写し.md"}]
        rows = proved.with_name("rows.json")
        rows.write_text(json.dumps(given), encoding="utf-8")
        run("check", proved, "--from", rows)
    else:
        run("answer", proved, ITEM, "done", "--evidence", copy)
    listed = run("evidence", proved, "--format", "json").json["evidence"]
    targets = [one["target"] for one in listed]
    assert targets == ["docs/goal.md", "https://www.metro.tokyo.lg.jp/", "docs/写し.md"]


def test_a_file_is_one_piece_however_its_path_is_written(run: Run, project: Path) -> None:
    (project.parent / "docs").mkdir()
    (project.parent / "docs" / "plan.md").write_text("目的", encoding="utf-8")
    for one in ("docs/plan.md", "./docs/plan.md", "docs//plan.md"):
        assert run("answer", project, "planning.purpose", "done", "--evidence", one).code == 0
    answer = json.loads(project.read_text(encoding="utf-8"))["answers"]["planning.purpose"]
    assert [one["target"] for one in answer["evidence"]] == ["docs/plan.md"]


def test_a_report_is_never_written_over_evidence(run: Run, proved: Path) -> None:
    file = proved.parent / "docs" / "goal.md"
    ran = run("report", proved, "-o", file)
    assert ran.code == 2
    assert "証拠のファイル" in ran.err
    assert file.read_text(encoding="utf-8") == "目的"


@pytest.mark.parametrize("form", ["'{}'", '"{}"', "{}"])
def test_a_file_dragged_onto_the_terminal_is_taken(run: Run, project: Path, form: str) -> None:
    (project.parent / "目的 1.md").write_text("目的", encoding="utf-8")
    for given in (form.format(project.parent / "目的 1.md"), form.format("目的 1.md")):
        assert run("answer", project, "planning.purpose", "done", "--evidence", given).code == 0
        data = json.loads(project.read_text(encoding="utf-8"))
        (one,) = data["answers"]["planning.purpose"]["evidence"]
        assert one["target"] == "目的 1.md"


@pytest.mark.parametrize(
    ("typed", "there"),
    [("別紙　２.tx", "別紙 ２.txt"), ("docs/gaol.md", "docs/goal.md"), ("x/y.txt", None)],
)
def test_a_file_that_is_not_there_is_named_as_it_was_typed_with_the_one_that_is(
    run: Run, proved: Path, typed: str, there: str | None
) -> None:
    (proved.parent / "別紙 ２.txt").write_text("x", encoding="utf-8")
    said = run("answer", proved, ITEM, "done", "--evidence", typed).err
    assert f"証拠のファイル {typed} がありません" in said
    assert (f"もしかして: {there}" in said) == bool(there)
    assert ("もしかして" in said) == bool(there)


def test_a_changed_file_is_named_as_it_is_called(run: Run, project: Path) -> None:
    file = project.parent / "別紙　１.txt"
    file.write_text("前", encoding="utf-8")
    run("answer", project, ITEM, "done", "--evidence", file)
    file.write_text("後", encoding="utf-8")
    for command in (("evidence",), ("check", "--phase", "planning"), ("validate",), ("log",)):
        assert file.name in run(command[0], project, *command[1:]).out


def test_a_file_in_the_home_is_taken_where_the_project_is_there(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(project.parent))
    (project.parent / "goal.md").write_text("目的", encoding="utf-8")
    given = ("--evidence", "~/goal.md")
    assert run("answer", project, "planning.purpose", "done", *given).code == 0


@pytest.mark.parametrize(
    "named",
    ["docs/a.md, https://example.org/m", "see HTTPS://example.org", "参照:http://a.example"],
)
def test_an_address_behind_something_else_is_no_file_that_is_outside(
    run: Run, project: Path, named: str
) -> None:
    before = project.read_bytes()
    ran = run("answer", project, "planning.purpose", "done", "--evidence", named)
    assert ran.code == 2
    assert "一度に一つだけ" in ran.err
    assert "フォルダーの外" not in ran.err
    assert project.read_bytes() == before


def test_what_is_outside_is_told_into_which_folder_to_put_it(run: Run, project: Path) -> None:
    outside = ("--evidence", "/etc/hostname")
    ran = run("answer", project, "planning.purpose", "done", *outside)
    assert ran.code == 2
    assert project.parent.name in ran.err


@pytest.mark.parametrize("typed", ["資料／評価（一）.txt", "資料／ｂ．ｔｘｔ", "資料／ＡＢ.txt"])
def test_a_path_in_full_width_is_read_where_there_is_no_such_file(
    run: Run, project: Path, typed: str
) -> None:
    folder = project.parent / "資料"
    folder.mkdir()
    for name in ("評価（一）.txt", "b.txt", "ＡＢ.txt", "AB.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    assert run("answer", project, ITEM, "done", "--evidence", typed).code == 0
    (saved,) = json.loads(project.read_text(encoding="utf-8"))["answers"][ITEM]["evidence"]
    wanted = {"資料／ｂ．ｔｘｔ": "資料/b.txt"}.get(typed, typed.replace("／", "/"))
    assert saved["target"] == wanted


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("資料／企画書第３版．txt", "資料/企画書第３版.txt"),
        ("資料／企画書第3版.txt", "資料/企画書第３版.txt"),
        ("２０２７年度／決裁．ｐｄｆ", "２０２７年度/決裁.ｐｄｆ"),
    ],
)
def test_a_file_is_found_that_has_the_same_name_in_half_width(
    run: Run, project: Path, typed: str, there: str
) -> None:
    file = project.parent / there
    file.parent.mkdir()
    file.write_text("企画", encoding="utf-8")
    assert run("answer", project, ITEM, "done", "--evidence", typed).code == 0
    (saved,) = json.loads(project.read_text(encoding="utf-8"))["answers"][ITEM]["evidence"]
    assert saved["target"] == there


def test_of_two_files_with_the_same_name_in_half_width_none_is_taken(
    run: Run, project: Path
) -> None:
    for name in ("第３版.txt", "第3版.txt"):
        (project.parent / name).write_text(name, encoding="utf-8")
    ran = run("answer", project, ITEM, "done", "--evidence", "第３版．txt")
    assert ran.code == 2
    assert "もしかして: 第3版.txt、第３版.txt" in ran.err


def test_an_address_in_full_width_is_a_link(run: Run, project: Path) -> None:
    typed = "ｈｔｔｐｓ：／／www.example.jp/a"
    assert run("answer", project, ITEM, "done", "--evidence", typed).code == 0
    (saved,) = json.loads(project.read_text(encoding="utf-8"))["answers"][ITEM]["evidence"]
    assert saved == {"kind": "link", "target": "https://www.example.jp/a"}


@pytest.mark.parametrize("typed", ["www.example.jp/a", "ＷＷＷ．example.jp"])
def test_an_address_without_its_beginning_is_told_to_need_one(
    run: Run, project: Path, typed: str
) -> None:
    ran = run("answer", project, ITEM, "done", "--evidence", typed)
    assert ran.code == 2
    assert "Web のアドレスになっていません" in ran.err
    assert "https:// に続けて" in ran.err


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_who_stands_elsewhere_is_given_the_command_with_the_path(
    run: Run, proved: Path, lang: str
) -> None:
    (proved.parent / "docs" / "goal.md").unlink()
    forged = json.loads(proved.read_text(encoding="utf-8"))
    forged["answers"][ITEM]["note"] = "手で書いた"
    proved.write_text(json.dumps(forged), encoding="utf-8")
    status = run("status", proved, "--lang", lang)
    report = run("report", proved, "-o", proved.with_name("r.md"), "--lang", lang)
    for told in (status.out, report.err):
        assert f"aiguide evidence {proved}" in told
    assert f"aiguide log {proved} --verify" in status.out
