"""What attackers, full disks and narrow terminals try: a clear word, nothing lost, no traceback."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aiguide.cli import layout
from aiguide.core.answers import Said
from aiguide.core.project import Status
from aiguide.core.stamp import Stamp
from aiguide.usecases import guidelines, projects
from tests.conftest import ROOT, Run

EXAMPLE = ROOT / "examples" / "valid" / "tax-chatbot"
STAMP = Stamp("x", "2026-11-24T00:00:00Z")


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    script = f'aiguide() {{ "{sys.executable}" -m aiguide "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "AIGUIDE_BY": "x", "AIGUIDE_LANG": "ja", **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def edit(path: Path, **facts: Any) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    data["project"] |= facts
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize("columns", [1, 20, 40, 41, 43, 48, 60, 300])
@pytest.mark.parametrize("args", [("status", EXAMPLE.name), ("matrix",), ("show", "planning")])
def test_no_width_hangs_a_screen(
    run: Run, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], columns: int
) -> None:
    # a command to copy is never broken, so the length of the checkout's own path must not count
    monkeypatch.chdir(EXAMPLE.parent)
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = run(*args)
    assert ran.code == 0
    assert max(map(layout.width, ran.out.splitlines())) <= max(columns, layout.NARROWEST) + 50


def test_a_name_cannot_steer_the_terminal(run: Run, project: Path) -> None:
    edit(project, name="\x1b[31m\x1b]0;pwn\x07 \x00\x9b1m \u202eabc", owner="a\nb\rc")
    for args in (
        ("status", project),
        ("check", project),
        ("report", project, "-o", "-", "--format", "md"),
    ):
        out = run(*args).out
        assert not any(char in out for char in "\x1b\x07\x00\x9b\u202e\r"), args


def test_json_keeps_every_character_and_steers_no_terminal(run: Run, project: Path) -> None:
    note = "a\x9b31m\x7f\u202e\u2028赤"
    assert run("answer", project, "planning.purpose", "done", "--note", "NOTE").code == 0
    by_hand = project.read_text(encoding="utf-8").replace("NOTE", json.dumps(note)[1:-1])
    project.write_text(by_hand, encoding="utf-8")
    for args in (("log", project), ("check", project), ("report", project, "-o", "-")):
        ran = run(*args, "--format", "json")
        assert not any(char in ran.out for char in "\x9b\x7f\u202e\u2028"), args
        assert note in json.dumps(ran.json, ensure_ascii=False), args


def test_what_is_in_the_way_of_the_lock_is_named(run: Run, project: Path) -> None:
    before, lock = project.read_bytes(), project.with_name(f".{project.name}.lock")
    lock.symlink_to("nowhere")
    ran = run("answer", project, "planning.purpose", "done", "--note", "x")
    assert (ran.code, lock.name in ran.err) == (2, True)
    assert project.read_bytes() == before
    lock.unlink()
    assert run("answer", project, "planning.purpose", "done", "--note", "x").code == 0


def test_a_report_does_not_overwrite_its_manifest(run: Run, project: Path) -> None:
    before = project.read_bytes()
    ran = run("report", project, "-o", project, "--format", "md")
    assert ran.code == 2
    assert project.read_bytes() == before


def test_a_report_does_not_replace_what_is_no_file(run: Run, project: Path) -> None:
    pipe = project.with_name("pipe")
    os.mkfifo(pipe)
    ran = run("report", project, "-o", pipe, "--format", "md")
    assert ran.code == 2
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    "args",
    [("--name", "x" * 501), ("--owner", "x" * 501)],
)
def test_what_could_not_be_read_again_is_not_saved(
    run: Run, project: Path, args: tuple[str, str]
) -> None:
    before = project.read_bytes()
    ran = run("set", project, *args)
    assert ran.code == 2
    assert "AG114" in ran.err
    assert project.read_bytes() == before


@pytest.mark.parametrize("name", ["", " ", "\u3000"])
@pytest.mark.parametrize("command", ["set", "init"])
def test_a_name_is_not_emptied(run: Run, project: Path, command: str, name: str) -> None:
    before = project.read_bytes()
    ran = run(command, project, "--name", name)
    assert ran.code == 2
    assert "案件の名前は、空にできません" in ran.err
    assert project.read_bytes() == before


def test_a_manifest_that_would_grow_too_large_is_not_saved(run: Run, project: Path) -> None:
    opened = projects.open_project(project)
    item = guidelines.find_item(opened.guideline, "planning.purpose")
    before = project.read_bytes()
    huge = Said(Status.DONE, note="x" * (11 * 1024 * 1024))
    with pytest.raises(Exception, match="unsavable"):
        projects.record_answer(opened, item, huge, STAMP)
    assert project.read_bytes() == before


def test_what_others_saved_meanwhile_is_kept(run: Run, project: Path) -> None:
    opened = projects.open_project(project)
    run("answer", project, "planning.bpr", "done", "--note", "by somebody else")
    item = guidelines.find_item(opened.guideline, "planning.purpose")
    projects.record_answer(opened, item, Said(Status.DONE, note="mine"), STAMP)
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    assert {id: one["note"] for id, one in answers.items()} == {
        "planning.bpr": "by somebody else",
        "planning.purpose": "mine",
    }


def test_a_manifest_damaged_meanwhile_is_not_overwritten(run: Run, project: Path) -> None:
    opened = projects.open_project(project)
    project.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    item = guidelines.find_item(opened.guideline, "planning.purpose")
    with pytest.raises(Exception, match="unreadable"):
        projects.record_answer(opened, item, Said(Status.DONE, note="mine"), STAMP)
    assert project.read_text(encoding="utf-8") == "<<<<<<< HEAD\n"


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "9" * 5000])
def test_numbers_that_would_damage_the_file_are_refused(
    run: Run, project: Path, number: str
) -> None:
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('"before": null', f'"before": {number}', 1), encoding="utf-8")
    assert run("answer", project, "planning.purpose", "done", "--note", "x").code == 2


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("aiguide matrix >/dev/full", 2, "標準出力"),
        ("aiguide matrix >/dev/full 2>/dev/full", 2, ""),
        ("aiguide matrixx 2>/dev/full", 2, ""),
        ("aiguide matrix >&-", 0, ""),
        ("set -o pipefail; aiguide show related.prediction | true", 2, ""),
        ("aiguide matrix <&-", 0, ""),
        ("aiguide check . <&- >/dev/null", 2, "AG101"),
        ("aiguide init --name $'\\xff' none.json", 2, "UTF-8"),
        ("aiguide classify $'\\xff'", 2, "UTF-8"),
        ("aiguide status $(printf 'x%.0s' {1..5000})", 2, ""),
        ("aiguide validate ''", 2, "パスが空"),
        ("aiguide status ''", 2, "パスが空"),
    ],
)
def test_what_the_system_refuses_is_no_bug_of_ours(
    tmp_path: Path, command: str, code: int, said: str
) -> None:
    ran = shell(f"cd {tmp_path}; {command}")
    assert ran.returncode == code, ran.stderr.decode()
    assert b"Traceback" not in ran.stderr
    assert said in ran.stderr.decode()


def test_a_batch_survives_any_line(run: Run, tmp_path: Path) -> None:
    lines = [
        "5",
        "null",
        "[]",
        "{}",
        '"x"',
        '{"id": "\\ud800", "text": "x"}',
        '{"id": "a", "text": " "}',
    ]
    lines += [
        '{"id": "a", "text": "x", "answers": [1]}',
        "[" * 100_000,
        '{"id": "b", "text": "AI"}',
    ]
    file = tmp_path / "ideas.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    ran = run("classify", "--input", file, "--format", "jsonl")
    assert ran.code == 1
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["b"]


def test_evidence_that_leads_out_of_the_folder_is_found(run: Run, project: Path) -> None:
    (project.parent / "hosts").symlink_to("/etc/hosts")
    data = json.loads(project.read_text(encoding="utf-8"))
    evidence = [
        {"kind": "file", "target": "hosts"},
        {"kind": "link", "target": "javascript:alert(1)"},
    ]
    data["answers"] = {"planning.purpose": {"status": "done", "evidence": evidence}}
    project.write_text(json.dumps(data), encoding="utf-8")
    codes = {one["code"] for one in run("validate", project, "--format", "json").json["findings"]}
    assert {"AG306", "AG313"} <= codes


def test_large_evidence_is_evidence(run: Run, project: Path) -> None:
    (project.parent / "scan.pdf").write_bytes(b"x" * (20 * 1024 * 1024))
    assert run("answer", project, "planning.purpose", "done", "--evidence", "scan.pdf").code == 0
    assert run("validate", project).code == 0


def test_a_folder_is_no_evidence(run: Run, project: Path) -> None:
    (project.parent / "docs").mkdir()
    ran = run("answer", project, "planning.purpose", "done", "--evidence", "docs")
    assert ran.code == 2
    assert "docs はフォルダーです" in ran.err


@pytest.mark.parametrize("note", ['=HYPERLINK("x")', "+1+cmd|' /C calc'!A0", "＝1+1", "@SUM(A1)"])
def test_a_note_is_no_formula_in_the_csv_of_the_log(run: Run, project: Path, note: str) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    data["history"][0]["by"] = note
    project.write_text(json.dumps(data), encoding="utf-8")
    rows = list(csv.reader(run("log", project, "--format", "csv").out.splitlines()))
    assert rows[1][2] == "'" + note


def test_the_manifest_is_no_evidence_of_itself(run: Run, project: Path) -> None:
    assert run("answer", project, "planning.purpose", "done", "--evidence", project.name).code == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_cannot_be_looked_into_is_a_finding(run: Run, project: Path) -> None:
    shut = project.parent / "shut"
    shut.mkdir(mode=0o000)
    try:
        ran = run("validate", project.parent)
    finally:
        shut.chmod(0o700)
    assert ran.code == 1
    assert "shut" in ran.out


@pytest.mark.parametrize(
    "command",
    [
        ("set", "--owner", "公園課"),
        ("answer", "planning.purpose", "done", "--note", "x"),
        ("undo",),
        ("set", "--cell", "citizen.action"),
    ],
)
def test_a_manifest_that_somebody_protected_is_left_alone(
    run: Run, project: Path, command: tuple[str, ...]
) -> None:
    run("set", project, "--owner", "環境局")
    before = project.read_bytes()
    project.chmod(0o444)
    ran = run(command[0], project, *command[1:])
    assert (ran.code, ran.out, project.read_bytes()) == (2, "", before)
    assert f"{project.name} は書き込み禁止になっています" in ran.err
    assert f"chmod u+w {project}" in ran.err
    assert [one.name for one in project.parent.iterdir()] == [project.name]
    assert shell(f"chmod u+w {project}").returncode == 0
    assert run(command[0], project, *command[1:]).code == 0


def test_a_report_that_somebody_protected_is_left_alone(run: Run, project: Path) -> None:
    report = project.with_name("report.md")
    report.write_text("old", encoding="utf-8")
    report.chmod(0o444)
    ran = run("report", project, "-o", report)
    assert (ran.code, report.read_text(encoding="utf-8")) == (2, "old")
    assert "書き込み禁止" in ran.err


def test_what_could_not_be_written_says_nothing_of_a_file_that_never_was(
    run: Run, project: Path
) -> None:
    ran = run("report", project, "-o", project.with_name("x" * 250 + ".md"))
    assert ran.code == 2
    assert "何も書き込んでいません" in ran.err
    assert "元のファイル" not in ran.err


def test_a_field_can_be_cleared(run: Run, project: Path) -> None:
    run("set", project, "--owner", "公園課")
    assert run("set", project, "--owner", "").code == 0
    assert "owner" not in json.loads(project.read_text(encoding="utf-8"))["project"]


def test_a_fault_of_the_pack_is_not_blamed_on_the_project(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aiguide.core.errors import UnreadableError
    from aiguide.core.findings import Finding
    from aiguide.store import packs

    def broken(name: str, near: Path | None = None) -> Any:
        raise UnreadableError.at("planning.yaml", Finding("AG104", {"seen": "x"}, line=57))

    monkeypatch.setattr(packs, "load", broken)
    ran = run("validate", project)
    assert ran.code == 2
    assert "planning.yaml:57" in ran.err


def test_without_any_font_the_pdf_is_refused_not_crashed(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path}/none</dir></fontconfig>")
    ran = shell(f"aiguide report {EXAMPLE} -o {tmp_path}/r.pdf", FONTCONFIG_FILE=str(config))
    assert ran.returncode == 2
    assert "日本語のフォント" in ran.stderr.decode()


def test_blanks_around_a_name_make_no_other_person(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ("answer", project, "planning.purpose", "done", "--note")
    assert run(*said, "一", "--by", "内田　").code == 0
    monkeypatch.setenv("AIGUIDE_BY", " 内田 ")
    assert run(*said, "二").code == 0
    assert run(*said, "三", "--by", "　").code == 0
    steps = json.loads(project.read_text(encoding="utf-8"))["history"][-3:]
    assert [step["by"] for step in steps] == ["内田"] * 3
