"""`doctor PROJECT` on a damaged manifest: what can be saved goes to a new file."""

import codecs
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from aiguide.core.history import entry_hash
from aiguide.core.manifest import read_entry
from tests.conftest import Run
from tests.contracts import fits

PURPOSE, RISK, BPR = "planning.purpose", "planning.risk-assessment", "planning.bpr"


@pytest.fixture
def lived(run: Run, project: Path) -> Path:
    for item, note in ((PURPOSE, "企画書"), (RISK, "所見")):
        assert run("answer", project, item, "done", "--note", note).code == 0
    return project


def read(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


def damaged(run: Run, project: Path, content: str | bytes) -> Any:
    """Damage a manifest, and give the new file's content; the damaged one stays as it is."""
    raw = content.encode() if isinstance(content, str) else content
    project.write_bytes(raw)
    ran = run("doctor", project, "--format", "json")
    fits("doctor", ran.json)
    assert project.read_bytes() == raw
    assert ran.json["recovered"], ran.out
    file = Path(ran.json["recovered"])
    assert run("validate", file).code == 0
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_file_cut_anywhere_keeps_what_came_before(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8")
    whole = json.loads(text)
    new = lived.with_name("project.recovered.json")
    saved = []
    for cut in range(text.index('"answers"'), len(text) - 3, 97):
        data = damaged(run, lived, text[:cut])
        assert data["project"] == whole["project"]
        for id, answer in data.get("answers", {}).items():
            assert answer == whole["answers"][id]
        kept = [one for one in data.get("history", ()) if one["kind"] != "merged"]
        assert kept == whole["history"][: len(kept)]
        # what lost its step is settled by a new one, where there is a start to settle it against
        settled = [one["subject"] for one in data.get("history", ()) if one["kind"] == "merged"]
        answered = {one["subject"] for one in kept[1:]}
        assert set(settled) == (set(data.get("answers", {})) - answered if kept else set())
        assert run("log", new, "--verify").code == 0
        new.unlink()
        saved.append((len(data.get("answers", {})), len(kept)))
    assert saved == sorted(saved)
    assert saved[-1][0] == 2


def test_it_says_where_what_and_what_next(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8")
    lived.write_text(text[: text.index(RISK) + 40], encoding="utf-8")
    ran = run("doctor", lived)
    assert "project.recovered.json" in ran.out.replace("\n", "").replace(" ", "")
    assert "回答 1 件" in ran.out
    assert "途中で切れています" in told(run, lived)


def test_an_earlier_recovery_stays_and_the_next_has_another_name(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8")
    lived.write_text(text[: text.index(RISK) + 40], encoding="utf-8")
    run("doctor", lived)
    first = lived.with_name("project.recovered.json").read_bytes()
    for name in ("project.recovered-2.json", "project.recovered-3.json"):
        ran = run("doctor", lived)
        assert ran.code == 0
        assert lived.with_name(name).read_bytes() == first


def test_the_commands_that_put_it_in_place_are_real(
    run: Run, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lived.parent)
    text = lived.read_text(encoding="utf-8")
    lived.write_text(text[: text.index(RISK) + 40], encoding="utf-8")
    lines = [line.strip() for line in run("doctor", "project.json").out.splitlines()]
    for line in (line for line in lines if line.startswith("aiguide ")):
        assert run(*shlex.split(line)[1:]).code == 0
    moves = [line for line in lines if line.startswith("mv ")]
    for line in moves:
        assert subprocess.run(shlex.split(line), check=False).returncode == 0
    assert len(moves) == 2
    assert set(read(lived)["answers"]) == {PURPOSE}
    assert lived.with_name("project.damaged.json").is_file()


def test_what_was_put_aside_last_time_is_not_overwritten(
    run: Run, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lived.parent)
    text = lived.read_text(encoding="utf-8")
    for cut in (60, 50):
        lived.write_text(text[: text.index(RISK) + cut], encoding="utf-8")
        lines = [line.strip() for line in run("doctor", "project.json").out.splitlines()]
        for line in (line for line in lines if line.startswith("mv ")):
            assert subprocess.run(shlex.split(line), check=False).returncode == 0
    first, second = (lived.with_name(f"project.damaged{n}.json") for n in ("", "-2"))
    assert first.read_text(encoding="utf-8") == text[: text.index(RISK) + 60]
    assert second.read_text(encoding="utf-8") == text[: text.index(RISK) + 50]


def test_it_says_how_much_of_the_history_is_lost(run: Run, lived: Path) -> None:
    data = read(lived)
    data["history"][1]["kind"] = "none"
    lived.write_text(json.dumps(data), encoding="utf-8")
    assert "合わせて2件は入っていません（元のファイルには残っています）" in told(run, lived)
    lived.write_text(json.dumps(data)[:-60], encoding="utf-8")
    assert "何件あったかは分かりません" in told(run, lived)


def test_both_sides_of_a_conflict_are_merged(run: Run, project: Path) -> None:
    base = project.read_text(encoding="utf-8")
    run("answer", project, PURPOSE, "done", "--note", "企画書")
    ours = project.read_text(encoding="utf-8")
    project.write_text(base, encoding="utf-8")
    run("answer", project, RISK, "done", "--note", "所見")
    theirs = project.read_text(encoding="utf-8")
    conflict = f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n"
    data = damaged(run, project, conflict)
    assert set(data["answers"]) == {PURPOSE, RISK}
    assert data["history"][-1]["kind"] == "merged"


def conflict(run: Run, project: Path, times: tuple[str, str]) -> None:
    """Put a conflict into a manifest: two answers to one item, each recorded at its time."""
    base = project.read_text(encoding="utf-8")
    sides = []
    for note, at in zip(("一つめ", "二つめ"), times, strict=True):
        project.write_text(base, encoding="utf-8")
        run("answer", project, PURPOSE, "done", "--note", note, "--by", f"{note}の人")
        data = json.loads(project.read_text(encoding="utf-8"))
        data["answers"][PURPOSE]["at"] = at
        step = data["history"][-1]
        step["at"] = step["after"]["at"] = at
        step["hash"] = entry_hash(read_entry(step))
        sides.append(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    text = f"<<<<<<< HEAD\n{sides[0]}=======\n{sides[1]}>>>>>>> other\n"
    project.write_text(text, encoding="utf-8")


EARLY, LATE = "2026-11-24T01:30:00Z", "2026-11-24T01:30:01Z"


@pytest.mark.parametrize(
    ("times", "stands", "said"),
    [
        (
            (LATE, EARLY),
            "一つめ",
            "一つめの人（2026-11-2410:30:01）の記録のほうが後なので、それを採り",
        ),
        (
            (EARLY, LATE),
            "二つめ",
            "二つめの人（2026-11-2410:30:01）の記録のほうが後なので、それを採り",
        ),
        ((EARLY, EARLY), "二つめ", "決まらないので、二つめの人（2026-11-2410:30:00）の記録を採り"),
    ],
)
def test_of_two_answers_the_later_stands_and_of_one_time_the_second(
    run: Run, project: Path, times: tuple[str, str], stands: str, said: str
) -> None:
    conflict(run, project, times)
    saved = damaged(run, project, project.read_bytes())
    assert saved["answers"][PURPOSE]["note"] == stands
    assert {"一つめ", "二つめ"} == {one["after"]["note"] for one in saved["history"][1:3]}
    assert said in told(run, project)
    (back,) = re.findall(
        "採らなかったほうを記録し直すには（下のとおり置き換えた後で）:\n +aiguide (.*)",
        run("doctor", project).out,
    )
    project.with_name("project.recovered.json").replace(project)
    assert run(*shlex.split(back)).code == 0
    assert {read(project)["answers"][PURPOSE]["note"], stands} == {"一つめ", "二つめ"}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("stands", ["不要の側", "実施の側"])
def test_an_answer_in_conflict_takes_no_field_that_git_merged_from_the_other_side(
    run: Run, project: Path, stands: str
) -> None:
    (project.parent / "plan.txt").write_text("企画", encoding="utf-8")
    before = ("--evidence", "plan.txt", "--assignee", "佐藤", "--due", "2027-03-31")
    assert run("answer", project, PURPOSE, "done", "--note", "草案", *before).code == 0
    base = project.read_bytes()
    given = {
        "不要の側": ("not-applicable", "--reason", "別事業"),
        "実施の側": ("done", "--note", "第2稿"),
    }
    answers = {}
    sides = sorted(given, key=lambda by: by == stands)  # the later one, or theirs, stands
    for by in sides:
        project.write_bytes(base)
        assert run("answer", project, PURPOSE, *given[by], "--by", by, "--yes").code == 0
        answers[by] = read(project)["answers"][PURPOSE]
        project.with_name(by).write_bytes(project.read_bytes())
    project.with_name("base").write_bytes(base)
    names = (sides[0], "base", sides[1])
    merged = subprocess.run(
        ["git", "merge-file", "-p", *names], cwd=project.parent, check=False, capture_output=True
    ).stdout
    outside = re.sub(rb"<{7}.*?>{7}", b"", merged, flags=re.S)
    assert "別事業".encode() in outside
    saved = damaged(run, project, merged)
    answer, step = saved["answers"][PURPOSE], saved["history"][-1]
    assert answer == step["after"] == answers[stands]
    assert step["before"] == answers[sides[0]]
    assert run("log", project.with_name("project.recovered.json"), "--verify").code == 0


def test_what_was_changed_by_hand_stays_in_an_answer_in_conflict(run: Run, project: Path) -> None:
    conflict(run, project, (EARLY, LATE))
    text = project.read_text(encoding="utf-8")
    for note in ('"note": "一つめ",', '"note": "二つめ",'):
        text = text.replace(note, f'{note} "due": "2027-01-31",', 1)  # answers come before history
    saved = damaged(run, project, text)
    assert saved["answers"][PURPOSE]["due"] == "2027-01-31"
    assert "due" not in saved["history"][-1]["after"]


def test_answers_that_no_history_knows_are_compared_by_their_own_time(
    run: Run, project: Path
) -> None:
    conflict(run, project, (EARLY, LATE))
    text = re.sub(
        r',\s*"history": \[.*?\n  \]', "", project.read_text(encoding="utf-8"), flags=re.S
    )
    saved = damaged(run, project, text)
    assert saved["answers"][PURPOSE]["note"] == "二つめ"


def test_what_both_sides_of_a_conflict_changed_is_told(run: Run, project: Path) -> None:
    base = project.read_text(encoding="utf-8")
    run("answer", project, PURPOSE, "done", "--note", "企画書")
    ours = project.read_text(encoding="utf-8")
    project.write_text(base, encoding="utf-8")
    run("answer", project, PURPOSE, "not-applicable", "--reason", "対象外")
    theirs = project.read_text(encoding="utf-8")
    project.write_text(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n", encoding="utf-8")
    out = run("doctor", project).out
    assert "適切な目的の設定: 両方の枝で変更されていました。" in out
    assert "実施済" in out
    assert "非該当" in out
    assert "適切な目的の設定" in out


def test_what_a_side_of_a_conflict_only_lacks_is_kept_and_told(run: Run, lived: Path) -> None:
    whole, data = lived.read_text(encoding="utf-8"), read(lived)
    del data["answers"][PURPOSE]
    text = json.dumps(data, ensure_ascii=False, indent=2)
    for sides in ((text, whole), (whole, text)):
        conflict = f"<<<<<<< HEAD\n{sides[0]}\n=======\n{sides[1]}\n>>>>>>> other\n"
        assert set(damaged(run, lived, conflict)["answers"]) == {PURPOSE, RISK}
        assert "適切な目的の設定:片方の枝にはないか、前のままですが、" in told(run, lived).replace(
            " ", ""
        )


def test_what_does_not_fit_is_left_out_and_named(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    data["answers"][RISK] = "finished"
    data["project"]["ownr"] = "x"
    data["project"]["conditions"]["personal_data"] = "ない"
    data["surprise"] = 1
    text = json.dumps(data)
    saved = damaged(run, lived, text)
    assert set(saved["answers"]) == {PURPOSE}
    assert saved["project"]["conditions"] == {"generative_ai": True, "external_vendor": False}
    out = told(run, lived)
    for part, value in (
        (f"/answers/{RISK}", '"finished"'),
        ("/project/conditions/personal_data", '"ない"'),
        ("/project/ownr", '"x"'),
        ("/surprise", "1"),
    ):
        assert f"除いたもの: {part}　{value}".replace(" ", "") in out


def told(run: Run, project: Path) -> str:
    """Give what a recovery says, without what laying it out puts between."""
    project.with_name("project.recovered.json").unlink(missing_ok=True)
    return "".join(run("doctor", project).out.split(" ")).replace("\n", "")


def test_of_an_answer_only_what_cannot_be_read_is_set_aside(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    proof = {"kind": "link", "target": "https://example.jp/"}
    broken = {"status": "済", "until": "来年", "memo": "口頭", "by": "佐藤"}
    pieces = ["紙", proof, {"kind": "file"}]
    data["answers"][RISK] |= broken | {"evidence": pieces}
    answer = damaged(run, lived, json.dumps(data))["answers"][RISK]
    assert (answer["status"], answer["by"], answer["evidence"]) == ("open", "佐藤", [proof])
    first, *kept = answer["note"].splitlines()
    assert first == "所見"
    for said in ('状態: "済"', '例外承認の期限: "来年"', 'memo: "口頭"', '証拠: "紙"', '"file"'):
        assert any(said in line for line in kept), said
    out = told(run, lived)
    assert '「リスクの評価」:状態"済"は読み取れないので「未着手」にし' in out
    assert '「リスクの評価」:例外承認の期限"来年"は読み取れないので外し' in out


def test_an_answer_without_a_status_is_open(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    del data["answers"][RISK]["status"]
    answer = damaged(run, lived, json.dumps(data))["answers"][RISK]
    assert (answer["status"], answer["note"]) == ("open", "所見")
    assert "「リスクの評価」:状態がないので「未着手」にしました" in told(run, lived)


def test_a_note_that_is_no_text_stays_as_text(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    data["answers"][RISK]["note"] = ["一", {"二": 2}]
    answer = damaged(run, lived, json.dumps(data))["answers"][RISK]
    assert answer["note"] == '（読み取れなかったメモ: ["一", {"二": 2}]）'


def test_a_step_that_does_not_fit_takes_the_later_ones_with_it(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    for step in data["history"][1:]:
        step["kind"] = "done"
    saved = damaged(run, lived, json.dumps(data))
    started, *settled = saved["history"]
    assert started == data["history"][0]
    assert {(one["kind"], one["subject"]) for one in settled} == {
        ("merged", PURPOSE),
        ("merged", RISK),
    }
    assert saved["answers"] == data["answers"]


def test_answers_whose_history_is_lost_are_recorded_as_they_stand_and_told(
    run: Run, lived: Path
) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    data["history"][2]["kind"] = "done"
    saved = damaged(run, lived, json.dumps(data))
    (step,) = saved["history"][2:]
    assert (step["kind"], step["subject"], step["before"]) == ("merged", RISK, None)
    assert step["after"] == data["answers"][RISK]
    new = lived.with_name("project.recovered.json")
    assert run("validate", new, "--format", "json").json["findings"] == []
    assert "未着手 → 実施済  メモ: 所見" in run("log", new, "--item", RISK).out
    assert "残った履歴に記録のないもの1件は" in told(run, lived)


def test_who_gave_an_answer_is_named_where_only_a_recovery_records_it(
    run: Run, project: Path
) -> None:
    assert run("answer", project, PURPOSE, "done", "--note", "企画書", "--by", "林").code == 0
    text = project.read_text(encoding="utf-8")
    damaged(run, project, text[: text.rindex('"at"')])
    new = project.with_name("project.recovered.json")
    for args in ((), ("--person", "林"), ("--item", PURPOSE), ("--format", "csv")):
        assert "未着手 → 実施済  メモ: 企画書  元の記入者: 林" in run("log", new, *args).out, args
    none = run("log", new, "--person", "森")
    assert "記入者は 試験担当、林 です" in none.err.replace("\n  ", "")


@pytest.mark.parametrize("status", ["\ud800", "‮x", "長い" * 50_000, 10**60, None, [[[[]]]] * 40])
def test_whatever_stands_for_a_status_is_kept(run: Run, lived: Path, status: Any) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    data["answers"][RISK]["status"] = status
    answer = damaged(run, lived, json.dumps(data))["answers"][RISK]
    assert answer["status"] == "open"
    assert len(answer["note"]) > len(str(status))


@pytest.mark.parametrize("note", ['"\\ud800"', "1e999", "NaN"])
def test_what_no_file_can_hold_is_set_aside_as_well(run: Run, lived: Path, note: str) -> None:
    text = lived.read_text(encoding="utf-8").replace('"所見"', note)
    saved = damaged(run, lived, text)
    answer = saved["answers"][RISK]
    assert (answer["status"], answer["by"]) == ("done", "試験担当")
    assert answer["note"].startswith("（読み取れなかったメモ: ")
    kinds = [one["kind"] for one in saved["history"]]
    assert kinds == ["started", "answered", "merged"]  # the third step held it too


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16", "utf-16-be"])
def test_another_encoding_is_read_as_such_and_named_as_what_doctor_mends(
    run: Run, lived: Path, encoding: str
) -> None:
    assert run("set", lived, "--owner", "む").code == 0  # in UTF-16 its byte 0x80 is beside a zero
    text = lived.read_text(encoding="utf-8")
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    assert damaged(run, lived, mark + text.encode(encoding)) == json.loads(text)
    ran = run("status", lived)
    assert "AG103" in ran.err
    assert f"aiguide doctor {lived} がそうした新しいファイルを作ります" in ran.err


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2", b"hello", b"\xff\xfe\x00", b"[" * 100_000]
)
def test_where_nothing_holds_nothing_is_written(run: Run, lived: Path, content: bytes) -> None:
    lived.write_bytes(content)
    ran = run("doctor", lived, "--format", "json")
    assert ran.code == 2
    assert ran.json["recovered"] is None
    assert ran.json["findings"]
    assert not lived.with_name("project.recovered.json").exists()


def test_a_newer_format_is_no_damage(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    lived.write_text(json.dumps({**data, "format": 99}), encoding="utf-8")
    assert run("doctor", lived, "--format", "json").json["recovered"] is None


def test_a_whole_manifest_needs_no_recovery(run: Run, lived: Path) -> None:
    assert run("doctor", lived, "--format", "json").json["recovered"] is None


def test_what_was_recovered_without_its_history_shows_in_status(run: Run, lived: Path) -> None:
    said = "履歴が一件もありません。壊れたファイルから取り出した記録なら"
    assert said not in "".join(run("status", lived).out.split())
    text = lived.read_text(encoding="utf-8")
    damaged(run, lived, text[: text.index(PURPOSE) + 40])
    new = lived.with_name("project.recovered.json")
    assert said in "".join(run("status", new).out.split())
    assert run("answer", new, RISK, "done", "--note", "所見").code == 0
    assert "案件の始まりから記録されていない" in run("log", new, "--verify").out.replace("\n  ", "")


def test_what_a_recovery_records_as_it_stands_is_no_merge(run: Run, project: Path) -> None:
    assert run("answer", project, PURPOSE, "in-progress", "--note", "検討中").code == 0
    assert run("answer", project, PURPOSE, "done", "--note", "決まった").code == 0
    text = project.read_text(encoding="utf-8")
    damaged(run, project, text[: text.rindex('"at"')])
    new = project.with_name("project.recovered.json")
    assert "検討中 → 決まった" in (logged := run("log", new).out)
    assert ("復旧" in logged, "統合" in logged) == (True, False)
    for command in ("status", "check"):
        told = run(command, new)
        assert ("採られていません" in told.err, "採らなかった" in told.out) == (False, False)


def test_of_an_import_that_was_cut_off_only_what_is_left_is_counted(
    run: Run, project: Path, tmp_path: Path
) -> None:
    rows = [{"item": item, "status": "in-progress", "note": "x"} for item in (PURPOSE, RISK, BPR)]
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert run("check", project, "--from", file).code == 0
    assert "一度に取り込んだ 3 件のひとつ" in run("log", project).out
    text = project.read_text(encoding="utf-8")
    damaged(run, project, text[: text.rindex('"at"')])
    told = "".join(run("log", project.with_name("project.recovered.json")).out.split())
    assert "一度に取り込んだもののひとつ。履歴には2件" in told
