"""`doctor PROJECT`: what was written by hand, and no new file holds, is told and recorded again."""

import itertools
import json
import re
import shutil
from pathlib import Path

import pytest

from aiguide.core.stamp import Stamp
from tests.cli.test_merge_driver import (
    BPR,
    PURPOSE,
    RISK,
    answered,
    branched,
    git,
    manifest,
    save,
    shell,
    shown,
)
from tests.conftest import Run

__all__ = ["branched"]  # the fixture

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
JOINED = "【手で統合】試行30件＋リスク一覧"
HUNK = re.compile(r"<{7} .*?\n(.*?)={7}\n(.*?)>{7} .*?\n", re.DOTALL)


@pytest.fixture
def parted(run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that git, without a driver, could not merge."""
    minutes = itertools.count(10)
    name = "aiguide.cli.commands.answer.stamp"
    monkeypatch.setattr(name, lambda by: Stamp(by, f"2026-11-24T01:{next(minutes)}:00Z"))
    monkeypatch.chdir(branched.parent)
    git(branched.parent, "config", "--unset", "merge.aiguide.driver")
    for branch, other in (("other", RISK), ("main", BPR)):
        steps = (("answer", id, "done", "--note", f"{branch}の{id}") for id in (PURPOSE, other))
        answered(run, branched, branch, *steps)
    assert "CONFLICT" in git(branched.parent, "merge", "other")
    return branched


def joined(project: Path, *, others: bool) -> None:
    """Settle the first conflict by hand, and the others for our side, or leave them."""
    text = project.read_text(encoding="utf-8")
    text = HUNK.sub(lambda one: one[1].replace(f"mainの{PURPOSE}", JOINED), text, count=1)
    project.write_text(HUNK.sub(r"\1", text) if others else text, encoding="utf-8")


def told(run: Run, project: Path) -> tuple[str, list[str]]:
    """Give all that doctor says without its breaks, and the lines that are to be run."""
    out = run("doctor", project.name).out
    return "".join(out.split()), out.splitlines()


@pytest.mark.parametrize("left", ["marks", "none", "none, committed"])
def test_what_was_joined_by_hand_is_told_with_the_command_that_records_it(
    run: Run, parted: Path, left: str
) -> None:
    joined(parted, others=left != "marks")
    if left == "none, committed":
        save(parted, "joined")
    said, lines = told(run, parted)
    assert re.search(rf"project\.json:\d+:\d+適切な目的の設定、メモ:{JOINED}", said)
    assert said.count(f"メモ:{JOINED}") == 1
    assert "手で書いたものがあれば" not in said
    assert "git の版のほう".replace(" ", "") not in said
    [recording] = [line.strip() for line in lines if JOINED in line and "aiguide answer" in line]
    shell(parted.parent, *(one for one in shown("\n".join(lines)) if " answer " not in one))
    assert manifest(parted)["answers"][PURPOSE]["note"] == f"mainの{PURPOSE}"
    shell(parted.parent, recording)
    assert manifest(parted)["answers"][PURPOSE]["note"] == JOINED
    assert {PURPOSE, RISK, BPR} == set(manifest(parted)["answers"])
    assert run("log", parted, "--verify").code == 0


def by_hand(project: Path, id: str, **fields: str) -> None:
    """Settle all conflicts for our side, and write fields of an answer of the other one into it."""
    project.write_text(HUNK.sub(r"\1", project.read_text(encoding="utf-8")), encoding="utf-8")
    data = manifest(project)
    theirs = json.loads(git(project.parent, "show", f"other:./{project.name}"))["answers"]
    data["answers"][id] = theirs[id] | fields
    project.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    save(project, "settled by hand")


def recorded_again(run: Run, project: Path, id: str) -> list[str]:
    """Put the new file in place, record the other answer, and give the statuses recorded before."""
    _, lines = told(run, project)
    recording = [one.strip() for one in lines if f"aiguide answer project.json {id} " in one]
    shell(project.parent, *(one for one in shown("\n".join(lines)) if " answer " not in one))
    assert run("log", project, "--verify").code == 0
    history = [one for one in manifest(project)["history"] if one["subject"] == id]
    assert len(recording) == 1
    shell(project.parent, *recording)
    assert run("log", project, "--verify").code == 0
    return [(one["after"] or {}).get("status", "open") for one in history]


@pytest.mark.parametrize("note", [f"otherの{RISK}", JOINED])
@pytest.mark.parametrize("at", ["2026-11-24T01:05:00Z", "2026-11-24T09:00:00Z"])
def test_what_was_copied_by_hand_makes_no_event_whenever_it_says_it_was_given(
    run: Run, parted: Path, at: str, note: str
) -> None:
    by_hand(parted, RISK, at=at, note=note, status="in-progress")
    assert recorded_again(run, parted, RISK) == ["done"]
    answer = manifest(parted)["answers"][RISK]
    assert (answer["status"], answer["note"]) == ("in-progress", note)


def test_an_answer_that_says_just_what_is_recorded_is_not_to_be_recorded_again(
    run: Run, parted: Path
) -> None:
    by_hand(parted, RISK, at="2026-11-24T09:00:00Z")
    said, lines = told(run, parted)
    assert "履歴に記録のあるほうを採りました" in said
    assert not [one for one in lines if f"answer project.json {RISK}" in one]


def test_an_answer_of_which_git_knows_nothing_stays(run: Run, parted: Path) -> None:
    tool = "planning.tool-selection"
    text = HUNK.sub(r"\1", parted.read_text(encoding="utf-8"))
    data = json.loads(text)
    data["answers"][tool] = data["answers"][PURPOSE] | {"note": JOINED}
    parted.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    save(parted, "settled by hand")
    _, lines = told(run, parted)
    shell(parted.parent, *(one for one in shown("\n".join(lines)) if " answer " not in one))
    assert manifest(parted)["answers"][tool]["note"] == JOINED


def test_what_both_sides_say_is_not_told_as_left_out(run: Run, parted: Path) -> None:
    said, _ = told(run, parted)
    assert "新しいファイルには入っていません" not in said


def test_facts_have_their_command_and_what_cannot_be_placed_its_line_alone(
    run: Run, parted: Path
) -> None:
    joined(parted, others=True)
    data = manifest(parted)
    data["project"]["owner"] = "手で書いた課"
    data["answers"][PURPOSE]["note"] = "長い" * 100
    parted.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    said, lines = told(run, parted)
    assert "aiguide set --owner '手で書いた課'" in [line.strip() for line in lines]
    assert f"aiguide answer project.json {PURPOSE} done --note ..." in [
        line.strip() for line in lines
    ]
    assert "長い" * 41 not in said
    save(parted, "joined")
    whole = parted.read_text(encoding="utf-8")
    parted.write_text(whole.replace('"手で書いた課"', '"手で書いた課"<<<', 1), encoding="utf-8")
    said, lines = told(run, parted)
    assert re.search(r"project\.json:\d+:\d+担当:手で書いた課", said)
    assert re.search(r"project\.json:\d+:\d+メモ:長い", said)
    assert not [line for line in lines if "aiguide set" in line]


def test_what_is_told_as_left_out_is_not_told_again(run: Run, project: Path) -> None:
    assert run("answer", project, PURPOSE, "done", "--note", "企画書").code == 0
    data = {"memo": "手で足した覚え書き"} | manifest(project)
    data["answers"][PURPOSE]["status"] = "できた"
    project.write_text(json.dumps(data), encoding="utf-8")
    said = "".join(run("doctor", project).out.split())
    assert said.count("手で足した覚え書き") == 1
    assert "次の文は" not in said


def test_what_is_left_of_marks_is_not_called_mistyped_alone(run: Run, parted: Path) -> None:
    text = parted.read_text(encoding="utf-8")
    parted.write_text(re.sub(r"(?m)^<{7} .*\n", "", text), encoding="utf-8")
    save(parted, "mixed")
    assert "競合を手で直したときの直し残しと思われます" in told(run, parted)[0]


def test_until_the_new_file_is_in_place_nothing_is_to_be_recorded(run: Run, parted: Path) -> None:
    assert "元のファイルに回答などを記録しないでください" in told(run, parted)[0]
    joined(parted, others=True)
    assert "それまでは、このファイルに記録しないでください" in told(run, parted)[0]


@pytest.mark.parametrize("ours", ["changed", "deleted"])
@pytest.mark.parametrize("way", ["keep", "keep what is gone", "delete"])
def test_where_one_side_deleted_the_file_the_lines_keep_it_or_delete_it(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, ours: str, way: str
) -> None:
    folder = branched.parent
    monkeypatch.chdir(folder)
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    changed = branched.read_bytes()
    git(folder, "checkout", "-q", "other")
    git(folder, "rm", "-q", branched.name)
    git(folder, "commit", "-qm", "gone")
    here, there = ("main", "other") if ours == "changed" else ("other", "main")
    git(folder, "checkout", "-q", here)
    assert "modify/delete" in git(folder, "merge", there)
    if way == "keep what is gone":
        branched.unlink()
    said, lines = told(run, branched)
    assert "片方の枝ではこのファイルが削除され、もう一方の枝では変更されています" in said
    assert "失われます" not in said
    at = next(n for n, line in enumerate(lines) if "このファイルを削除するには" in line)
    part = lines[at:] if way == "delete" else lines[:at]
    for line in re.findall(r"(?m)^ {4}git (.*)$", "\n".join(part)):
        git(folder, *line.split(), *(["--no-edit"] if line == "commit" else []))
    assert git(folder, "status", "--porcelain", "-uno") == ""
    assert branched.exists() == (way != "delete")
    if way != "delete":
        assert branched.read_bytes() == changed
        assert "指摘はありません" in run("doctor", branched.name).out


def test_where_the_file_is_gone_no_line_moves_it(run: Run, parted: Path) -> None:
    parted.unlink()
    _, lines = told(run, parted)
    assert not [line for line in lines if line.strip().startswith("mv ")]
    assert shell(parted.parent, *shown("\n".join(lines))).count("No such file") == 0
    assert {PURPOSE, RISK, BPR} == set(manifest(parted)["answers"])


def test_git_goes_on_only_once_no_other_file_is_in_conflict(run: Run, parted: Path) -> None:
    folder = parted.parent
    git(folder, "merge", "--abort")
    for branch in ("other", "main"):
        git(folder, "checkout", "-q", branch)
        (folder / "plan.txt").write_text(branch, encoding="utf-8")
        save(parted, "plan")
    git(folder, "merge", "other")
    said, lines = told(run, parted)
    assert "ほかにも競合の残っているファイルが1件あります" in said
    assert "    git commit" not in lines
    git(folder, "add", "plan.txt")
    assert "    git commit" in told(run, parted)[1]


def test_what_is_staged_empty_is_staged_again(run: Run, project: Path) -> None:
    git(project.parent, "init", "-q", "-b", "main")
    save(project, "whole")
    project.write_bytes(b"")
    git(project.parent, "add", project.name)
    out = run("doctor", project).out
    assert "git commit" not in out
    shell(project.parent, *shown(out))
    assert git(project.parent, "status", "--porcelain", "-uno") == ""


@pytest.mark.parametrize("name", ["project.json", "a b.json"])
def test_of_a_deletion_that_was_committed_the_command_names_the_file(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(branched.parent)
    git(branched.parent, "mv", "-f", branched.name, name) if name != branched.name else None
    git(branched.parent, "commit", "-q", "--allow-empty", "-m", "named")
    git(branched.parent, "rm", "-q", name)
    git(branched.parent, "commit", "-qm", "gone")
    quoted = f"'{name}'" if " " in name else name
    assert f"aiguide doctor {quoted} " in run("status", name).err
    assert "git checkout" in run("doctor", name).out
