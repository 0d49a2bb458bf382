"""`log` and `undo`: who did what, whether it holds, and taking it back."""

import codecs
import csv
import io
import json
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.contracts import fits
from tests.terminal import wholly

PURPOSE, RISK = "planning.purpose", "planning.risk-assessment"


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


def rewrite(project: Path, data: Any) -> None:
    project.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def lived(run: Run, project: Path) -> Path:
    """A project with five steps after its start, by two people."""
    for args in (
        ("answer", project, PURPOSE, "in-progress", "--note", "調整中", "--by", "佐藤"),
        ("answer", project, PURPOSE, "done", "--note", "企画書 2 章", "--by", "鈴木"),
        ("answer", project, RISK, "done", "--note", "試行の所見", "--by", "佐藤"),
        ("set", project, "--cell", "citizen.action", "--by", "鈴木"),
        ("set", project, "--owner", "資源循環課", "--condition", "personal_data=yes"),
    ):
        assert run(*args).code == 0
    return project


def test_the_log_tells_who_did_what_in_labels(run: Run, lived: Path) -> None:
    out = run("log", lived).out
    for said in (
        "鈴木",
        "適切な目的の設定",
        "未着手 → 対応中",
        "対応中 → 実施済",
        "メモ: 調整中 → 企画書 2 章",
        "情報提供・検索 → 都民サービス - 行動支援",
        "担当: 記載なし → 資源循環課",
        "個人情報を扱う: 未回答 → はい",
    ):
        assert said in out, said
    assert "personal_data" not in out


@pytest.mark.parametrize(
    ("args", "numbers"),
    [
        (("--item", PURPOSE), [2, 3]),
        (("--person", "佐藤"), [2, 4]),
        (("--person", "佐藤", "--item", RISK), [4]),
        (("--phase", "planning"), [2, 3, 4]),
        (("--phase", "operation"), []),
        (("--since", "2999-01-01"), []),
        (("--until", "2999-01-01"), [1, 2, 3, 4, 5, 6]),
    ],
)
def test_the_log_is_filtered(
    run: Run, lived: Path, args: tuple[str, ...], numbers: list[int]
) -> None:
    data = run("log", lived, *args, "--format", "json").json
    fits("log", data)
    assert [entry["number"] for entry in data["entries"]] == numbers


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--person", "さとう"), "記入者は 試験担当、佐藤、鈴木 です。\n"),
        (("--person", "K. sat"), "もしかして: K. Sato"),
        (("--since", "2999-01-01"), "まで、記入者は"),
        (("--person", "佐藤", "--phase", "operation"), "絞り込みに合う履歴がありません"),
    ],
)
@pytest.mark.parametrize("format", ["text", "json", "csv"])
def test_what_finds_nothing_says_what_there_is_to_find(
    run: Run, lived: Path, args: tuple[str, ...], said: str, format: str
) -> None:
    if "K. sat" in args:
        run("set", lived, "--owner", "課", "--by", "K. Sato")
    ran = run("log", lived, *args, "--format", format)
    assert ran.code == 0
    assert said in ran.err.replace("\n  ", "")
    assert run("log", lived, "--person", "佐藤").err == ""


def test_a_manifest_without_a_history_has_nothing_to_find(run: Run, project: Path) -> None:
    data = manifest(project)
    del data["history"]
    rewrite(project, data)
    ran = run("log", project, "--person", "佐藤")
    assert (ran.code, ran.err) == (0, "")


def test_the_steps_of_an_import_say_that_they_are_of_one(run: Run, lived: Path) -> None:
    assert "一度に取り込んだ" not in run("log", lived).out
    file = lived.with_name("answers.csv")
    rows = (f"{id},済,新" for id in (PURPOSE, RISK))
    file.write_text("\n".join(["item,status,note", *rows]), encoding="utf-8")
    assert run("check", lived, "--from", file, "--yes").code == 0
    assert run("log", lived).out.count("（一度に取り込んだ 2 件のひとつ）") == 2
    assert run("log", lived, "--item", RISK).out.count("（一度に取り込んだ 2 件のひとつ）") == 1


def test_days_are_those_of_tokyo(run: Run, project: Path) -> None:
    data = manifest(project)
    data["history"][0]["at"] = "2026-11-23T15:30:00Z"
    rewrite(project, data)
    assert "2026-11-24 00:30" in run("log", project, "--since", "2026-11-24").out
    assert "2026" not in run("log", project, "--until", "2026-11-23").out


@pytest.mark.parametrize(
    ("given", "day"),
    [("11月24日", "2026-11-24"), ("昨日", "2026-11-24"), ("12/10", "2025-12-10")],
)
def test_a_day_without_its_year_is_of_the_past_and_told_as_it_was_read(
    run: Run, project: Path, given: str, day: str
) -> None:
    data = manifest(project)
    data["history"][0]["at"] = "2026-11-23T15:30:00Z"
    rewrite(project, data)
    ran = run("log", project, "--since", given, "--today", "2026-11-25")
    assert "2026-11-24 00:30" in ran.out
    assert f"--since: {day}（{given} を、この日と読みました）" in ran.err
    ran = run("log", project, "--until", given, "--today", "2026-11-25")
    assert ("2026-11-24 00:30" in ran.out) == (day == "2026-11-24")
    assert f"--until: {day}" in ran.err
    assert run("log", project, "--since", "2026-11-24").err == ""


def test_a_period_is_all_of_its_days(run: Run, project: Path) -> None:
    data = manifest(project)
    data["history"][0]["at"] = "2026-11-10T03:00:00Z"
    rewrite(project, data)
    for given, today in (("今月", "2026-11-25"), ("先月", "2026-12-01"), ("先週", "2026-11-18")):
        ran = run("log", project, "--since", given, "--until", given, "--today", today)
        assert "2026-11-10 12:00" in ran.out
    assert f"--since: 2026-11-09（{given} を、この日と読みました）" in ran.err
    assert f"--until: 2026-11-15（{given} を、この日と読みました）" in ran.err


def test_a_time_that_no_calendar_has_is_shown_as_it_stands(run: Run, project: Path) -> None:
    data = manifest(project)
    data["history"][0]["at"] = "9999-12-31T23:59:59Z"
    rewrite(project, data)
    assert "9999-12-31T23:59:59Z" in run("log", project).out


def test_the_log_as_csv_cuts_no_text(run: Run, lived: Path) -> None:
    note = f"{'長い文。' * 100}終わり"
    run("answer", lived, "planning.purpose", "done", "--note", note)
    assert note in run("log", lived, "--format", "csv").out
    assert note not in run("log", lived).out


def test_the_log_of_one_item_cuts_no_text(run: Run, lived: Path) -> None:
    note = f"{'長い文。' * 100}終わり"
    run("answer", lived, PURPOSE, "done", "--note", note)
    assert note in "".join(run("log", lived, "--item", PURPOSE).out.split())
    assert note not in "".join(run("log", lived).out.split())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (f"{'長' * 80}〜末", f"{'長' * 80}～末", f"…{'長' * 10}〜末 → …{'長' * 10}～末"),
        ("長" * 80, f"{'長' * 80}追記", f"…{'長' * 10} → …{'長' * 10}追記"),
        (f"{'長' * 55}前", f"{'長' * 55}後", f"{'長' * 55}前 → {'長' * 55}後"),
        (f"前{'長' * 80}", f"後{'長' * 80}", f"前{'長' * 58}… → 後{'長' * 58}…"),
        (f"{'長' * 80}{'前' * 80}", f"{'長' * 80}後", f"…{'長' * 10}{'前' * 48}… → …{'長' * 10}後"),
        ("長" * 80, "", f"{'長' * 59}… → 記載なし"),
    ],
    ids=["one character", "goes on", "short", "begins anew", "both go on", "cleared"],
)
def test_where_long_texts_begin_alike_the_log_shows_where_they_differ(
    run: Run, project: Path, old: str, new: str, told: str
) -> None:
    for note in (old, new):
        run("answer", project, "planning.purpose", "in-progress", "--note", note)
    assert f"メモ:{told}".replace(" ", "") in wholly(run("log", project).out)


def now(run: Run, project: Path, *args: str) -> str:
    """Give what the log of an item says that stands."""
    return run("log", project, "--item", PURPOSE, *args).out.partition("\n  いまの回答: ")[2]


def test_the_log_of_one_item_ends_with_what_stands_for_it(run: Run, lived: Path) -> None:
    assert now(run, lived).startswith("実施済\n    メモ: 企画書 2 章\n    記入者: 鈴木 ")
    assert now(run, lived, "--person", "佐藤").startswith("実施済\n")
    assert "いまの回答: 未着手\n" in run("log", lived, "--item", "planning.bpr").out
    assert "いまの回答" not in run("log", lived).out
    late = ("exception", "--reason", "試行", "--approver", "部長", "--until", "2026-12-31")
    assert run("answer", lived, PURPOSE, *late, "--yes").code == 0
    assert now(run, lived, "--today", "2027-01-01").startswith("例外承認（期限切れ")


def test_what_stands_for_an_item_is_said_to_be_unrecorded_where_it_is(
    run: Run, lived: Path
) -> None:
    data = manifest(lived)
    data["answers"][PURPOSE]["note"] = "手で直した"
    rewrite(lived, data)
    assert now(run, lived).startswith("実施済  いまの内容は履歴に記録なし\n    メモ: 手で直した\n")
    del data["answers"][PURPOSE]
    rewrite(lived, data)
    assert now(run, lived) == "未着手  いまの内容は履歴に記録なし\n"


def test_the_lines_of_a_note_stay_lines_where_one_item_is_asked_for(run: Run, lived: Path) -> None:
    run("answer", lived, PURPOSE, "done", "--note", "一行目\n  - 二行目")
    assert "一行目\n          - 二行目\n" in run("log", lived, "--item", PURPOSE).out
    assert "一行目 / - 二行目" in run("log", lived).out
    assert "一行目 / - 二行目" in run("log", lived, "--item", PURPOSE, "--format", "csv").out


def test_the_blank_that_a_note_begins_with_stays_where_one_item_is_asked_for(
    run: Run, lived: Path
) -> None:
    run("answer", lived, PURPOSE, "done", "--note", "　一行目\n　二行目")
    assert "　一行目\n        　二行目\n" in run("log", lived, "--item", PURPOSE).out


def test_the_log_as_csv_opens_in_a_spreadsheet(run: Run, lived: Path) -> None:
    out = run("log", lived, "--format", "csv").out
    assert out.encode().startswith(codecs.BOM_UTF8)
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert [row["番号"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    told = [rows[2][name] for name in ("記入者", "種類", "対象の ID", "対象")]
    assert told == ["鈴木", "回答", PURPOSE, "適切な目的の設定"]
    english = run("log", lived, "--format", "csv", "--lang", "en").out
    assert english.splitlines()[0].endswith(
        "No.,Time (UTC),Who,Kind,Subject’s id,Subject,Change,Hash (SHA-256)"
    )


def test_the_times_of_the_csv_have_one_form_and_json_keeps_them_whole(
    run: Run, lived: Path
) -> None:
    file = lived.with_name("answers.csv")
    file.write_text(f"item,status,note\n{PURPOSE},done,x\nplanning.bpr,done,y\n", encoding="utf-8")
    assert run("check", lived, "--from", file, "--yes").code == 0
    stored = [one["at"] for one in run("log", lived, "--format", "json").json["entries"]]
    assert any("." in at for at in stored)
    out = run("log", lived, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    told = [row["日時（UTC）"] for row in rows]
    assert told == [f"{at[:19]}Z" for at in stored]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--item", "planning.purpos"), "もしかして: planning.purpose"),
        (("--phase", "planing"), "もしかして: planning"),
        (("--since", "someday"), "someday"),
        (("--since", "2026-11-25", "--until", "2026-11-24"), "2026-11-25 以降で 2026-11-24 以前"),
        (("--verify", "--person", "x"), "--verify"),
        (("--verify", "--format", "csv"), "csv"),
    ],
)
def test_a_wrong_call_is_explained(run: Run, lived: Path, args: tuple[str, ...], said: str) -> None:
    ran = run("log", lived, *args)
    assert ran.code == 2
    assert said in ran.err


def test_a_whole_history_verifies_and_says_what_that_cannot_show(run: Run, lived: Path) -> None:
    ran = run("log", lived, "--verify")
    assert ran.code == 0
    assert "6 件はすべて" in ran.out
    assert manifest(lived)["history"][-1]["hash"] in ran.out
    assert "--head" in ran.out


def test_a_hash_that_a_report_printed_is_found_again_however_it_was_copied(
    run: Run, lived: Path
) -> None:
    kept = run("report", lived, "-o", "-", "--format", "json").json["head"]
    ran = run("log", lived, "--verify", "--head", kept)
    assert (ran.code, "最後の記録（6 件目" in ran.out) == (0, True)
    run("answer", lived, PURPOSE, "in-progress", "--note", "見直し")
    for written in (
        kept,
        kept[:16],
        kept.upper(),
        f" {kept[:30]}\n  {kept[30:]} ",
        "".join(chr(ord(one) + 0xFEE0) for one in kept),
    ):
        ran = run("log", lived, "--head", written, "--format", "json")
        fits("verification", ran.json)
        assert (ran.code, ran.json["kept"]["number"], ran.json["kept"]["since"]) == (0, 6, 1)
    assert "履歴の6件目" in (said := wholly(run("log", lived, "--head", kept).out))
    assert "加わった記録は1件" in said


def test_a_hash_that_the_history_does_not_have_shows_that_it_was_rewritten(
    run: Run, lived: Path
) -> None:
    kept = manifest(lived)["history"][-1]["hash"]
    lived.unlink()
    run("init", lived, "--name", "x", "--cell", "citizen.information")
    ran = run("log", lived, "--verify", "--head", kept)
    assert (ran.code, "履歴が書き換えられたか" in wholly(ran.out)) == (1, True)
    assert run("log", lived, "--head", kept, "--format", "json").json["kept"]["number"] is None


def test_a_hash_shows_nothing_where_the_history_does_not_hold_up_to_it(
    run: Run, lived: Path
) -> None:
    data = manifest(lived)
    data["history"][2]["by"] = "別人"
    rewrite(lived, data)
    for index, held in ((1, True), (2, False), (5, False)):
        said = wholly(run("log", lived, "--head", data["history"][index]["hash"]).out)
        assert ("控えたときのままです" in said) == held
        assert ("控えたときのままとは言えません" in said) != held


@pytest.mark.parametrize("given", ["", "  ", "0" * 15, "g" * 16, "0" * 65, "\x1b[31m" + "a" * 16])
def test_what_is_no_hash_is_not_looked_up(run: Run, lived: Path, given: str) -> None:
    ran = run("log", lived, "--verify", "--head", given)
    assert ran.code == 2
    assert "ハッシュとして読めません" in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("index", [0, 2, 5])
@pytest.mark.parametrize(
    "change", [{"by": "別人"}, {"after": {"status": "open"}}, {"parents": []}, {"hash": "0" * 64}]
)
def test_the_first_entry_that_does_not_fit_is_named(
    run: Run, lived: Path, index: int, change: dict[str, Any]
) -> None:
    data = manifest(lived)
    if data["history"][index] | change == data["history"][index]:
        return  # the first entry has no parents anyway
    data["history"][index] |= change
    rewrite(lived, data)
    ran = run("log", lived, "--verify", "--format", "json")
    fits("verification", ran.json)
    assert (ran.code, ran.json["first_broken"]) == (1, index + 1)
    assert f"{index + 1} 件目" in run("log", lived, "--verify").out


@pytest.mark.parametrize("index", [0, 2, 5])
def test_an_entry_that_was_copied_does_not_fit(run: Run, lived: Path, index: int) -> None:
    data = manifest(lived)
    data["history"].append(data["history"][index])
    rewrite(lived, data)
    ran = run("log", lived, "--verify", "--format", "json")
    assert (ran.code, ran.json["first_broken"]) == (1, 7)
    assert run("validate", lived).code == 1


def test_a_removed_entry_shows_at_the_next_one(run: Run, lived: Path) -> None:
    data = manifest(lived)
    del data["history"][2]
    rewrite(lived, data)
    assert run("log", lived, "--verify", "--format", "json").json["first_broken"] == 3


def test_undo_goes_back_step_by_step_and_leaves_its_trace(run: Run, lived: Path) -> None:
    before = manifest(lived)
    for _ in range(5):
        assert run("undo", lived).code == 0
    after = manifest(lived)
    assert "owner" not in after["project"]
    assert "personal_data" not in after["project"]["conditions"]
    assert after["classification"]["cells"] == ["citizen.information"]
    assert "answers" not in after
    assert [entry["kind"] for entry in after["history"][6:]] == ["undone"] * 5
    assert after["history"][:6] == before["history"]
    assert run("log", lived, "--verify").code == 0
    ran = run("undo", lived)
    assert ran.code == 2
    assert "取り消せる記録がありません" in ran.err


def test_a_note_that_an_undo_brings_back_is_told_as_such(run: Run, lived: Path) -> None:
    run("answer", lived, PURPOSE, "in-progress", "--note", "確かめた")
    run("answer", lived, PURPOSE, "in-progress", "--note", "")
    assert "メモ: 記載なし → 確かめた" in run("undo", lived).out


def test_the_log_tells_with_what_a_project_began(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "begun.project.json"
    facts = ("--name", "ごみ案内", "--cell", "citizen.information", "--cell-reason", "答えるだけ")
    run("init", file, *facts, "--condition", "generative_ai=yes")
    told = "".join(run("log", file).out.split())
    for said in ("名前:ごみ案内", "生成AIを使う:はい", "情報提供・検索", "答えるだけ"):
        assert said in told


def test_undo_says_what_it_took_back(run: Run, lived: Path) -> None:
    run("undo", lived)
    run("undo", lived)
    ran = run("undo", lived)
    assert "取り消しました（回答）: リスクの評価" in ran.out
    assert "実施済 → 未着手" in ran.out


def test_an_answer_after_an_undo_is_a_step_that_can_be_taken_back(run: Run, lived: Path) -> None:
    run("undo", lived)
    run("answer", lived, RISK, "in-progress", "--note", "見直し")
    run("undo", lived)
    assert manifest(lived)["answers"][RISK]["status"] == "done"
    run("undo", lived)
    assert manifest(lived)["classification"]["cells"] == ["citizen.information"]


def test_what_was_changed_by_hand_since_is_not_lost_to_an_undo(run: Run, lived: Path) -> None:
    data = manifest(lived)
    data["project"]["owner"] = "手で書いた課"
    rewrite(lived, data)
    before = lived.read_bytes()
    ran = run("undo", lived)
    assert ran.code == 2
    assert "書き換えられ" in ran.err
    assert lived.read_bytes() == before


def test_a_history_that_does_not_fit_is_told_in_status_and_report(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8")
    data = json.loads(text)
    data["history"][0]["by"] = "だれか"
    lived.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert "履歴がつながっていません" in run("status", lived).out
    assert "履歴がつながっていません" in run("report", lived, "--format", "md", "-o", "-").out


@pytest.mark.parametrize(
    ("left", "code", "whole"),
    [
        (0, 0, "実施済 メモ: 試行の所見 担当: 山田 証拠: https://example.jp/plan"),
        # of a project whose start is recorded it is known that there was no answer
        (1, 1, "未着手 → 実施済 メモ: 試行の所見 担当: 山田 証拠を追加: https://example.jp/plan"),
    ],
)
def test_what_no_step_ever_recorded_has_the_command_that_does_and_then_a_step_with_all_of_it(
    run: Run, project: Path, left: int, code: int, whole: str
) -> None:
    proof = ("--evidence", "https://example.jp/plan", "--assignee", "山田")
    run("answer", project, RISK, "done", "--note", "試行の所見", *proof)
    data = manifest(project)
    del data["history"][left:]
    rewrite(project, data)
    ran = run("log", project, "--verify")
    (command,) = [line.strip() for line in ran.out.splitlines() if "aiguide answer" in line]
    assert ran.code == code
    assert run(*shlex.split(command)[1:], "--by", "上司").code == 0
    assert manifest(project)["answers"][RISK]["note"] == "試行の所見"
    assert "aiguide answer" not in run("log", project, "--verify").out
    told = " ".join(run("log", project, "--person", "上司").out.split())
    assert told.endswith(whole)


def test_a_history_that_does_not_fit_says_what_to_do(run: Run, lived: Path) -> None:
    data = manifest(lived)
    data["history"][2]["after"]["note"] = "別の記録"
    rewrite(lived, data)
    ran = run("log", lived, "--verify")
    assert ran.code == 1
    said = "".join(ran.out.split())
    assert "gitや控えの元のファイルと見比べ" in said
    assert "元のとおりに書き戻すと、またつながります" in said
    assert " log -p " not in ran.out  # which knows nothing of the file
    # recording goes on all the same, and the place stays
    assert run("answer", lived, PURPOSE, "done", "--note", "続き", "--yes").code == 0
    again = run("log", lived, "--verify", "--format", "json").json
    assert (again["entries"], again["first_broken"]) == (7, 3)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("lost", ["an entry", "a line"])
@pytest.mark.parametrize("inside", [True, False])
def test_what_git_still_has_of_a_history_is_found_with_the_line_that_is_shown(
    run: Run, lived: Path, monkeypatch: pytest.MonkeyPatch, lost: str, inside: bool
) -> None:
    def git(*args: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.jp")
        subprocess.run(["git", *who, *args], cwd=lived.parent, check=True, capture_output=True)

    text = lived.read_text(encoding="utf-8")
    git("init", "-q")
    git("add", lived.name)
    git("commit", "-q", "-m", "whole")
    data = manifest(lived)
    if lost == "an entry":
        del data["history"][2]
    else:
        del data["history"][2]["after"]["note"]
    lived.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    git("commit", "-q", "-a", "-m", "damaged")
    monkeypatch.chdir(lived.parent if inside else "/")
    ran = run("log", lived.name if inside else lived, "--verify")
    (line,) = [one.strip() for one in ran.out.splitlines() if " log -p " in one]
    assert ("-C" in line) != inside
    shown = subprocess.run(shlex.split(line), check=True, capture_output=True).stdout.decode()
    assert '\n-        "note": "企画書 2 章",\n' in shown
    lived.write_text(text, encoding="utf-8")
    verified = run("log", lived, "--verify")
    assert (verified.code, "log -p" in verified.out) == (0, False)


def test_a_step_that_replaces_what_somebody_wrote_by_hand_says_so(run: Run, project: Path) -> None:
    said = "前の内容は、履歴に残さずに書かれたもの"
    assert run("answer", project, PURPOSE, "done", "--note", "企画書", "--by", "林").code == 0
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("企画書", "企画書、手で足した", 1), encoding="utf-8")
    told = run("answer", project, PURPOSE, "done", "--note", "別の企画書").err
    assert ("企画書、手で足した" in told, "履歴に残さずに書かれたもの" in told) == (True, True)
    *_, last = run("log", project, "--item", PURPOSE).out.split("回答  ")
    assert said in "".join(last.split())
    assert run("undo", project).code == 0
    assert run("answer", project, PURPOSE, "done", "--note", "三つ目").code == 0
    assert "".join(run("log", project).out.split()).count(said) == 1


def test_what_somebody_wrote_by_hand_is_recorded_as_it_stood_and_replaces_nothing(
    run: Run, project: Path
) -> None:
    assert run("answer", project, PURPOSE, "done", "--note", "企画所", "--by", "林").code == 0
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("企画所", "企画書", 1), encoding="utf-8")
    told = run("answer", project, PURPOSE, "done", "--by", "林")
    assert "その内容のまま、記録しました" in told.out
    assert "何も変更していません" not in told.out
    assert told.err == ""
    assert "企画所 → 企画書" in run("log", project, "--item", PURPOSE).out
    assert run("log", project, "--verify", "--format", "json").json["unattested"] == []
