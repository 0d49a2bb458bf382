"""`merge-driver`: two branches of a manifest, merged by a real git."""

import csv
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aiguide.core.history import entry_hash
from aiguide.core.manifest import read_entry
from aiguide.core.stamp import Stamp
from tests.conftest import Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
PURPOSE, RISK = "planning.purpose", "planning.risk-assessment"
BPR = "planning.bpr"


NAMES = {
    **{"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.jp"},
    **{"GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@example.jp"},
}


def git(folder: Path, *args: str) -> str:
    env = {**os.environ, **NAMES, "HOME": str(folder), "AIGUIDE_BY": "統合担当"}
    ran = subprocess.run(
        ["git", *args], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0 or args[0] == "merge", ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def shell(folder: Path, *lines: str) -> str:
    """Run lines as they were shown, whatever that gives; gives what was said of errors."""
    told = re.sub(r"(?m)^aiguide ", f"{sys.executable} -m aiguide ", "\n".join(lines))
    ran = subprocess.run(
        told,
        shell=True,
        cwd=folder,
        env={**os.environ, **NAMES},
        check=False,
        capture_output=True,
        text=True,
        input="",
    )
    return ran.stderr


def shown(told: str) -> list[str]:
    """Give the lines that finish a merge, as they were shown."""
    return re.findall(r"(?m)^ {4} *((?:git (?:show|add)|aiguide|mv|rm) .*?) *$", told)


def left_over(folder: Path) -> list[str]:
    """Give the files of which git does not know."""
    listed = git(folder, "ls-files", "--others", "--exclude-standard", ":/").splitlines()
    return [name for name in listed if not name.startswith(".project.json")]


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


@pytest.fixture
def branched(run: Run, project: Path) -> Path:
    """A project in a repository with the driver, on `main`, and a branch `other`."""
    folder = project.parent
    git(folder, "init", "-q", "-b", "main")
    driver = f'"{sys.executable}" -m aiguide merge-driver %O %A %B %P %L'
    git(folder, "config", "merge.aiguide.driver", driver)
    (folder / ".gitattributes").write_text("project.json merge=aiguide\n", encoding="utf-8")
    save(project, "start")
    git(folder, "branch", "other")
    return project


def save(project: Path, message: str) -> None:
    git(project.parent, "add", "-A")
    git(project.parent, "commit", "-q", "-m", message)


def answered(run: Run, project: Path, branch: str, *steps: tuple[str, ...]) -> None:
    git(project.parent, "checkout", "-q", branch)
    for step in steps:
        assert run(step[0], project, *step[1:]).code == 0
    save(project, branch)


def merged(run: Run, project: Path) -> Any:
    git(project.parent, "checkout", "-q", "main")
    git(project.parent, "merge", "-q", "--no-edit", "other")
    verified = run("log", project, "--verify", "--format", "json")
    assert (verified.code, verified.json["unattested"]) == (0, [])
    assert run("validate", project).code == 0
    return manifest(project)


def test_what_each_branch_did_is_kept(run: Run, branched: Path) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(
        run,
        branched,
        "other",
        ("answer", RISK, "done", "--note", "所見"),
        ("set", "--owner", "資源循環課", "--condition", "personal_data=no"),
        ("set", "--cell", "citizen.action"),
    )
    theirs = manifest(branched)["history"][-1]["hash"]
    data = merged(run, branched)
    assert set(data["answers"]) == {PURPOSE, RISK}
    assert data["project"]["owner"] == "資源循環課"
    assert data["project"]["conditions"]["personal_data"] is False
    assert data["classification"]["cells"] == ["citizen.action"]
    last = data["history"][-1]
    assert (last["kind"], last["by"], len(last["parents"])) == ("merged", "統合担当", 2)
    assert last["parents"][1] == theirs
    assert "<<<<" not in branched.read_text(encoding="utf-8")


def test_the_same_answer_by_two_people_the_later_stands_and_both_are_in_the_history(
    run: Run, branched: Path
) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "一つめ", "--by", "佐藤"))
    answered(
        run, branched, "other", ("answer", PURPOSE, "in-progress", "--note", "別", "--by", "鈴木")
    )
    data = merged(run, branched)
    notes = {(entry["after"] or {}).get("note") for entry in data["history"]}
    assert {"一つめ", "別"} <= notes
    assert data["history"][-1]["subject"] == PURPOSE
    assert data["history"][-1]["after"] == data["answers"][PURPOSE]


def test_the_log_of_a_merged_history_goes_by_time_and_by_what_was_built_on(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(time: str) -> None:
        monkeypatch.setattr("aiguide.cli.commands.answer.stamp", lambda by: Stamp(by, time))

    for branch, note, time in (
        ("main", "二", "2099-01-01T00:00:02Z"),
        ("main", "一", "2099-01-01T00:00:01Z"),  # by a clock that is slow
        ("other", "〇", "2099-01-01T00:00:00Z"),
        ("other", "三", "2099-01-01T00:00:03Z"),
    ):
        at(time)
        item = PURPOSE if branch == "main" else RISK
        answered(run, branched, branch, ("answer", item, "done", "--note", note, "--by", "佐藤"))
    assert "時刻の順に" not in run("log", branched).out
    merged(run, branched)
    assert "時刻の順に並んでいます" in run("log", branched).out
    entries = run("log", branched, "--format", "json").json["entries"]
    notes = [(one["after"] or {}).get("note") for one in entries]
    assert notes == [None, "〇", "二", "一", "三", None]
    assert [one["number"] for one in entries] == [1, 4, 2, 3, 5, 6]


def test_the_log_of_an_item_ends_with_what_stands_whatever_the_last_step_of_a_branch_was(
    run: Run, branched: Path
) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書", "--by", "千葉"))
    mine = ("answer", PURPOSE, "in-progress", "--note", "別", "--by", "鈴木")
    answered(run, branched, "other", mine, ("undo", "--by", "鈴木"))
    assert merged(run, branched)["answers"][PURPOSE]["by"] == "千葉"
    steps, _, now = run("log", branched, "--item", PURPOSE).out.partition("いまの回答: ")
    assert "対応中 → 未着手" in steps.splitlines()[-2] + steps.splitlines()[-3]
    assert now.startswith("実施済\n    メモ: 企画書\n    記入者: 千葉 ")


def test_an_answer_taken_back_on_one_branch_is_gone(run: Run, branched: Path) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    git(branched.parent, "branch", "-f", "other", "main")
    answered(run, branched, "other", ("undo",))
    answered(run, branched, "main", ("answer", RISK, "done", "--note", "所見"))
    assert set(merged(run, branched)["answers"]) == {RISK}


def test_the_same_condition_on_both_branches(run: Run, branched: Path) -> None:
    answered(run, branched, "main", ("set", "--condition", "personal_data=yes"))
    answered(run, branched, "other", ("set", "--condition", "personal_data=no"))
    merged(run, branched)
    ran = run("log", branched)
    assert ran.code == 0
    assert "個人情報を扱う: はい → いいえ" in ran.out


def test_an_answer_stays_attested_after_the_other_branch_came_and_went(
    run: Run, branched: Path
) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "other", ("answer", PURPOSE, "done", "--note", "別"), ("undo",))
    assert merged(run, branched)["answers"][PURPOSE]["note"] == "企画書"


def test_facts_stay_attested_after_the_other_branch_came_and_went(run: Run, branched: Path) -> None:
    facts = ("set", "--owner", "資源循環課", "--condition", "personal_data=no")
    answered(run, branched, "main", facts, ("set", "--cell", "citizen.action"))
    other = ("set", "--owner", "別の課", "--condition", "personal_data=yes")
    cells = ("set", "--cell", "related.routine")
    answered(run, branched, "other", other, ("undo",), cells, ("undo",))
    data = merged(run, branched)
    assert data["project"]["owner"] == "資源循環課"
    assert data["project"]["conditions"]["personal_data"] is False
    assert data["classification"]["cells"] == ["citizen.action"]


def test_a_merge_records_nothing_of_what_one_side_changed_by_hand(run: Run, branched: Path) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "in-progress", "--note", "調整中"))
    git(branched.parent, "branch", "-f", "other", "main")
    data = manifest(branched)
    data["project"]["phase"] = "design"
    data["answers"][PURPOSE]["status"] = "done"
    branched.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    save(branched, "by hand")
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見"))
    git(branched.parent, "checkout", "-q", "main")
    git(branched.parent, "merge", "-q", "--no-edit", "other")
    found = run("log", branched, "--verify", "--format", "json")
    pointers = [one["pointer"] for one in found.json["differing"]]
    assert (found.code, pointers) == (1, ["/project/phase", f"/answers/{PURPOSE}"])
    assert set(manifest(branched)["answers"]) == {PURPOSE, RISK}


def test_a_merge_records_nothing_of_what_was_changed_by_hand_and_stands_as_the_later(
    run: Run, branched: Path
) -> None:
    facts = ("set", "--owner", "別の課", "--cell", "related.routine")
    answered(run, branched, "other", ("answer", PURPOSE, "in-progress", "--note", "別"), facts)
    mine = ("set", "--owner", "資源循環課", "--cell", "citizen.action")
    answered(run, branched, "main", ("answer", PURPOSE, "in-progress", "--note", "調整中"), mine)
    data = manifest(branched)
    for step in data["history"][1:]:  # later than theirs, whatever the clock of the test
        step["at"] = "2099-01-01T00:00:00Z"
        if "at" in step["after"]:
            step["after"]["at"] = step["at"]
    data["answers"][PURPOSE]["at"] = data["classification"]["at"] = "2099-01-01T00:00:00Z"
    rechained(data)
    data["answers"][PURPOSE]["status"] = "done"
    data["project"]["owner"] = "手で書いた課"
    data["classification"]["cells"] = ["internal.writing"]
    branched.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    save(branched, "by hand")
    git(branched.parent, "merge", "-q", "--no-edit", "other")
    stands = manifest(branched)
    assert stands["answers"][PURPOSE]["status"] == "done"
    assert stands["project"]["owner"] == "手で書いた課"
    assert stands["history"][-1]["kind"] == "merged"
    found = run("log", branched, "--verify", "--format", "json")
    recorded = {one["pointer"]: one["recorded"] for one in found.json["differing"]}
    assert found.code == 1
    assert recorded.keys() == {f"/answers/{PURPOSE}", "/project/owner", "/classification/cells"}
    assert recorded[f"/answers/{PURPOSE}"]["status"] == "in-progress"
    assert recorded["/project/owner"] == "資源循環課"
    assert recorded["/classification/cells"] == ["citizen.action"]


def rechained(data: Any) -> None:
    """Give the steps of a history the hashes that fit them."""
    parents: list[str] = []
    for step in data["history"]:
        step["parents"] = parents
        step["hash"] = entry_hash(read_entry(step))
        parents = [step["hash"]]


def test_cells_taken_back_on_one_branch_are_gone(run: Run, branched: Path) -> None:
    answered(run, branched, "main", ("set", "--cell", "citizen.action"))
    git(branched.parent, "branch", "-f", "other", "main")
    answered(run, branched, "other", ("undo",))
    answered(run, branched, "main", ("answer", RISK, "done", "--note", "所見"))
    assert merged(run, branched)["classification"]["cells"] == ["citizen.information"]


def test_a_merged_history_can_be_merged_again(run: Run, branched: Path) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見"))
    merged(run, branched)
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見 2"))
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書 2"))
    data = merged(run, branched)
    assert [data["answers"][id]["note"] for id in (PURPOSE, RISK)] == ["企画書 2", "所見 2"]


def test_a_branch_that_broke_off_is_named_and_can_be_merged_as_is_shown(
    run: Run, branched: Path
) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見"))
    whole = branched.read_text(encoding="utf-8")
    branched.write_text(whole[: whole.index('"history"') + 20], encoding="utf-8")
    save(branched, "broken off")
    git(branched.parent, "checkout", "-q", "main")
    before = branched.read_bytes()
    told = git(branched.parent, "merge", "--no-edit", "other")
    assert "CONFLICT" in told
    assert branched.read_bytes() == before
    assert "相手の枝（theirs）の project.json を使えません" in told
    assert "project.json (theirs):" in told
    assert ".merge_file" not in told
    *fetching, mending, merging, adding, removing = shown(told)
    shell(branched.parent, *fetching, mending, merging, adding, removing)
    assert "UU project.json" in git(branched.parent, "status", "--porcelain")  # nothing was added
    recovered = branched.with_name("aiguide-merge-theirs.recovered.json")
    recovered.replace(branched.with_name("aiguide-merge-theirs.json"))
    shell(branched.parent, merging, adding, removing)
    assert {PURPOSE, RISK} == set(manifest(branched)["answers"])
    assert git(branched.parent, "status", "--porcelain", "-uno").strip() == "M  project.json"


def test_a_branch_that_somebody_mistyped_loses_nothing_with_the_lines_that_are_shown(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(branched.parent)
    answered(run, branched, "main", ("answer", BPR, "done", "--note", "見直した"))
    git(branched.parent, "branch", "-f", "other", "main")
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見"))
    text = branched.read_text(encoding="utf-8")
    branched.write_text(text.replace('"done",', '"done"', 1), encoding="utf-8")
    save(branched, "mistyped")
    git(branched.parent, "checkout", "-q", "main")
    told = git(branched.parent, "merge", "--no-edit", "other")
    *fetching, mending, merging, adding, removing = shown(told)
    shell(branched.parent, *fetching)
    out = run(*shlex.split(mending)[1:]).out
    shell(branched.parent, *re.findall(r"(?m)^ {4}(mv .*)$", out), merging, adding, removing)
    assert {PURPOSE, RISK, BPR} == set(manifest(branched)["answers"])
    assert left_over(branched.parent) == []
    verified = run("log", branched, "--verify", "--format", "json").json
    assert (verified["differing"], verified["unattested"]) == ([], [])


@pytest.mark.parametrize("name", [("a b/project.json",), ()])
@pytest.mark.parametrize(
    ("side", "said"),
    [
        ("base", "枝が分かれる前（base）"),
        ("ours", "こちらの枝（ours）"),
        ("theirs", "相手の枝（theirs）"),
    ],
)
@pytest.mark.parametrize("content", [b"{", b"\x82\xa0", b"[]", b"{}"])
def test_the_side_that_cannot_be_used_is_named(
    run: Run, project: Path, side: str, said: str, name: tuple[str, ...], content: bytes
) -> None:
    files = {one: project.with_name(f".merge_{one}") for one in ("base", "ours", "theirs")}
    for file in files.values():
        file.write_bytes(project.read_bytes())
    files[side].write_bytes(content)
    ours = files["ours"].read_bytes()
    ran = run("merge-driver", *files.values(), *name)
    assert (ran.code, files["ours"].read_bytes()) == (2, ours)
    assert f"{said}の {name[0] if name else files[side]} を使えません" in ran.err
    if name:
        taken = ["aiguide-merge-base.json", *name, "aiguide-merge-theirs.json"]
    else:
        taken = [str(file) for file in files.values()]
    mended = taken[list(files).index(side)]
    lines = [shlex.split(line) for line in shown(ran.err)]
    assert ["aiguide", "doctor", mended] in lines
    assert ["aiguide", "merge-driver", *taken] in [line[:5] for line in lines]
    assert ("git" in [line[0] for line in lines]) == bool(name)


@pytest.mark.parametrize(
    ("ours", "theirs", "named"),
    [
        (("answer", PURPOSE, "open"), ("answer", PURPOSE, "in-progress"), "適切な目的の設定"),
        (("set", "--owner", "一課"), ("set", "--owner", "二課"), "案件の情報（担当）"),
        (
            ("set", "--condition", "personal_data=yes"),
            ("set", "--condition", "personal_data=no"),
            "案件の情報（個人情報を扱う）",
        ),
        (
            ("set", "--cell", "citizen.action"),
            ("set", "--cell", "related.routine"),
            "区分",
        ),
    ],
)
def test_what_both_branches_changed_is_named(
    run: Run, project: Path, ours: tuple[str, ...], theirs: tuple[str, ...], named: str
) -> None:
    base, other = project.with_name("base.json"), project.with_name("theirs.json")
    for copy in (base, other):
        shutil.copy(project, copy)
    for file, (command, *rest) in ((project, ours), (other, theirs)):
        assert run(command, file, *rest).code == 0
    ran = run("merge-driver", base, project, other)
    assert (ran.code, ran.err.partition(": 両方の枝で変更されていました")[0]) == (0, named)


def parted(run: Run, project: Path, ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[Path]:
    """Give base, ours and theirs of a project to which each of two people did something."""
    files = [project.with_name("base.json"), project, project.with_name("theirs.json")]
    for copy in (files[0], files[2]):
        shutil.copy(project, copy)
    for file, (command, *rest) in zip(files[1:], (ours, theirs), strict=True):
        assert run(command, file, *rest).code == 0
    return files


TWO_OWNERS = (
    ("set", "--owner", "一課", "--by", "近藤"),
    ("set", "--owner", "二課", "--by", "星野"),
)
TWO_ANSWERS = (
    ("answer", PURPOSE, "done", "--note", "近藤の 回答", "--assignee", "近藤", "--by", "近藤"),
    ("answer", PURPOSE, "in-progress", "--note", "別", "--due", "2027-03-31", "--by", "星野"),
)
TWO_AI = (
    ("set", "--ai", "ChatX / x-1 / 甲社", "--by", "近藤"),
    ("set", "--ai", "乙翻訳", "--ai", "丙検索", "--by", "星野"),
)
TWO_CELLS = (
    ("set", "--cell", "citizen.action", "--by", "近藤"),
    ("set", "--cell", "related.routine", "--by", "星野"),
)


def said_in(project: Path) -> list[Any]:
    """Give what the steps above are about, but for its times."""
    data = manifest(project)
    answer = {k: v for k, v in data.get("answers", {}).get(PURPOSE, {}).items() if k != "at"}
    facts = [data["project"].get(name) for name in ("owner", "ai")]
    return [answer, *facts, data["classification"]["cells"]]


@pytest.mark.parametrize("swapped", [False, True], ids=["merge", "rebase"])
@pytest.mark.parametrize("steps", [TWO_ANSWERS, TWO_OWNERS, TWO_CELLS, TWO_AI])
def test_of_two_changes_it_says_whose_stands_and_the_command_that_records_the_other_again(
    run: Run,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    steps: tuple[tuple[str, ...], ...],
    swapped: bool,
) -> None:
    times = {"近藤": "2026-11-24T01:30:00Z", "星野": "2026-11-24T01:31:00Z"}
    for command in ("answer", "set"):
        name = f"aiguide.cli.commands.{command}.stamp"
        monkeypatch.setattr(name, lambda by: Stamp(by, times[by]))
    base, ours, theirs = parted(run, project, steps[0], steps[1])
    wanted = said_in(ours)
    sides = (theirs, ours) if swapped else (ours, theirs)
    told = run("merge-driver", base, *sides)
    whose = "星野（2026-11-24 10:31）の記録のほうが後なので、それを採り、近藤（2026-11-24 10:30）の"
    assert (told.code, whose in told.err) == (0, True)
    assert told.err.splitlines()[0].endswith("採らなかったもの → 採ったもの:")
    assert " → " in told.err.splitlines()[1]
    assert "枝のもの" not in told.err
    lines = [line.strip() for line in told.err.splitlines()]
    back, see = [shlex.split(line)[1:] for line in lines if line.startswith("aiguide ")]
    assert run(*see).code == 0
    yes = ["--yes"] if back[0] == "answer" else []
    assert run(*back, "--by", "近藤", *yes).code == 0
    assert said_in(sides[0]) == wanted


def test_of_a_change_that_no_time_tells_it_says_so_and_which_stands(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "aiguide.cli.commands.set.stamp"
    monkeypatch.setattr(name, lambda by: Stamp(by, "2026-11-24T01:30:00Z"))
    told = run("merge-driver", *parted(run, project, *TWO_AI)).err.splitlines()
    assert "決まらないので、星野（2026-11-24 10:30:00）の記録を採り、" in told[0]
    assert told[0].endswith("採らなかったもの → 採ったもの:")
    assert told[1].strip() == "使うAI: ChatX / x-1 / 甲社 → 乙翻訳、丙検索"


@pytest.mark.parametrize("hours", [(1, 2, 3), (1, 3, 2)], ids=["clock", "slow clock"])
def test_who_replaces_their_own_answer_in_a_rebase_is_asked_to_choose_only_once(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, hours: tuple[int, int, int]
) -> None:
    times = iter(f"2026-11-24T0{hour}:00:00Z" for hour in hours)
    name = "aiguide.cli.commands.answer.stamp"
    monkeypatch.setattr(name, lambda by: Stamp(by, next(times)))
    first = ("answer", PURPOSE, "in-progress", "--note", "田中1", "--by", "田中")
    then = ("answer", PURPOSE, "done", "--note", "田中3", "--by", "田中")
    answered(run, branched, "main", (*first[:4], "佐藤", "--by", "佐藤"))
    answered(run, branched, "other", first)
    answered(run, branched, "other", ("set", "--owner", "資源循環課"))
    answered(run, branched, "other", then)
    told = git(branched.parent, "rebase", "main")
    assert re.findall("採らなかったほうを記録し直すには:\n.*", told) == [
        "採らなかったほうを記録し直すには:\n"
        f"    aiguide answer project.json {PURPOSE} in-progress --note '佐藤'"
    ]
    assert manifest(branched)["answers"][PURPOSE]["note"] == "田中3"
    assert run("log", branched, "--verify").code == 0
    assert run("log", branched).out.count("対応中 → 実施済  メモ: 田中1 → 田中3") == 1


@pytest.mark.parametrize("note", ["議事録　第３回", "一行目\n二行目の 'もの'", "!x \\n\t$HOME"])
def test_the_printed_command_records_the_other_note_just_as_it_was(
    run: Run, branched: Path, note: str
) -> None:
    given = json.dumps([{"item": PURPOSE, "status": "done", "note": note}])
    (branched.parent / ".git" / "answers.json").write_text(given, encoding="utf-8")
    file = str(branched.parent / ".git" / "answers.json")
    answered(run, branched, "main", ("check", "--from", file, "--by", "佐藤"))
    answered(run, branched, "other", ("answer", PURPOSE, "done", "--note", "後", "--by", "田中"))
    git(branched.parent, "checkout", "-q", "main")
    told = git(branched.parent, "merge", "--no-edit", "other")
    (line,) = re.findall("(?m)^    aiguide answer .*", told)
    done = f"{sys.executable} -m {line.strip()} --yes"
    assert manifest(branched)["answers"][PURPOSE]["note"] == "後"
    subprocess.run(["bash", "-c", done], cwd=branched.parent, check=True, capture_output=True)
    assert manifest(branched)["answers"][PURPOSE]["note"] == note


def test_validate_says_of_what_git_is_merging_that_a_side_may_be_lacking(
    run: Run, branched: Path
) -> None:
    folder = branched.parent
    git(folder, "config", "--unset", "merge.aiguide.driver")
    for branch in ("main", "other"):
        answered(run, branched, branch, ("answer", PURPOSE, "done", "--note", branch))
    git(folder, "merge", "main")
    assert "AG109" in run("validate", folder).out
    assert "統合がまだ終わっていない" not in run("validate", folder).err
    git(folder, "checkout", "--theirs", branched.name)
    for target in (folder, branched):
        told = run("validate", target)
        assert (told.code, "統合がまだ終わっていない" in told.err) == (0, True)
    assert run("validate", folder, "--format", "json").json
    (folder / "elsewhere").mkdir()
    shutil.copy(branched, folder / "elsewhere")
    assert run("validate", folder / "elsewhere").err == ""


def test_an_answer_for_which_a_rebase_took_one_that_was_taken_back_stands_again(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "aiguide.cli.commands.answer.stamp"
    monkeypatch.setattr(name, lambda by: Stamp(by, "2026-11-24T01:00:00Z"))
    for branch, who in (("main", "三田"), ("other", "土井")):
        step = ("answer", PURPOSE, "done", "--note", f"{who}の記録", "--by", who)
        answered(run, branched, branch, step)
    answered(run, branched, "other", ("undo", "--yes"))
    told = git(branched.parent, "rebase", "main")
    assert "土井（2026-11-24 10:00:00）の記録を採り、三田" in told
    back = "もう一方の枝で代わりに採られていた記録が取り消されたので、三田（2026-11-24 10:00）の"
    assert back in told.replace("\n", "")
    assert manifest(branched)["answers"][PURPOSE]["note"] == "三田の記録"
    assert run("log", branched, "--verify").code == 0


def test_an_answer_that_somebody_took_back_does_not_return_with_one_that_is_taken_back(
    run: Run, branched: Path
) -> None:
    first = ("answer", PURPOSE, "done", "--note", "三田の記録", "--by", "三田")
    answered(run, branched, "main", first)
    git(branched.parent, "branch", "-f", "other", "main")
    answered(run, branched, "main", ("undo", "--yes", "--by", "木村"))
    later = ("answer", PURPOSE, "done", "--note", "土井の記録", "--by", "土井", "--yes")
    answered(run, branched, "other", later)
    answered(run, branched, "other", ("undo", "--yes"))
    git(branched.parent, "checkout", "-q", "main")
    told = git(branched.parent, "cherry-pick", "other~1", "other")
    assert "土井" in told
    assert re.search(
        "取り消されたので、木村（.*）がしたとおり、何も記録のない状態", told.replace("\n", "")
    )
    assert "answers" not in manifest(branched)
    assert run("log", branched, "--verify").code == 0


def test_an_answer_that_was_picked_and_then_taken_back_is_taken_back(
    run: Run, branched: Path
) -> None:
    folder = branched.parent
    first = ("answer", PURPOSE, "done", "--note", "斎藤", "--by", "斎藤")
    answered(run, branched, "main", first)
    git(folder, "branch", "-f", "other", "main")
    second = ("answer", PURPOSE, "in-progress", "--note", "木村", "--by", "木村")
    answered(run, branched, "other", second)
    answered(run, branched, "main", ("answer", RISK, "done", "--note", "所見", "--by", "斎藤"))
    git(folder, "cherry-pick", "other")
    assert manifest(branched)["answers"][PURPOSE]["note"] == "木村"
    answered(run, branched, "other", ("undo", "--yes"))
    git(folder, "checkout", "-q", "main")
    assert "project.json:" not in git(folder, "merge", "--no-edit", "other")
    assert {id: one["note"] for id, one in manifest(branched)["answers"].items()} == {
        PURPOSE: "斎藤",
        RISK: "所見",
    }
    assert run("log", branched).out.count("実施済 → 対応中") == 1
    assert run("log", branched, "--verify").code == 0


def test_a_branch_that_was_picked_before_brings_nothing_new_and_tells_nothing(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "aiguide.cli.commands.answer.stamp",
        lambda by: Stamp(by, f"2026-11-24T01:0{'斎藤 木村'.index(by)}:00Z"),
    )
    for branch, name in (("main", "木村"), ("other", "斎藤")):
        step = ("answer", PURPOSE, "done", "--note", name, "--by", name)
        answered(run, branched, branch, step)
    git(branched.parent, "checkout", "-q", "main")
    assert "採りませんでした" in git(branched.parent, "cherry-pick", "other")
    then = manifest(branched)
    assert "採りませんでした" not in git(branched.parent, "merge", "--no-edit", "other")
    assert manifest(branched) == then
    assert [one["kind"] for one in then["history"]].count("merged") == 1


def test_what_a_colleague_reverted_in_git_puts_no_older_answer_over_a_newer_one(
    run: Run, branched: Path
) -> None:
    folder = branched.parent
    answered(run, branched, "main", ("answer", RISK, "done", "--note", "今井", "--by", "今井"))
    newer = ("answer", RISK, "in-progress", "--note", "上野", "--by", "上野", "--yes")
    answered(run, branched, "main", newer, ("set", "--owner", "上野の課", "--by", "上野"))
    git(folder, "branch", "-f", "other", "main")
    git(folder, "checkout", "-q", "other")
    git(folder, "revert", "--no-edit", "HEAD")
    assert manifest(branched)["answers"][RISK]["note"] == "今井"
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    then = branched.read_bytes()
    told = git(folder, "merge", "--no-edit", "other")
    assert "リスクの評価: 片方の枝にはないか、前のままですが、" in told
    assert branched.read_bytes() == then


def test_who_would_undo_a_pick_is_shown_how_to_answer_anew(run: Run, branched: Path) -> None:
    answered(run, branched, "main", ("answer", BPR, "done", "--note", "所見"))
    answered(run, branched, "other", ("answer", PURPOSE, "done", "--note", "企画書"))
    git(branched.parent, "checkout", "-q", "main")
    git(branched.parent, "cherry-pick", "other")
    ran = run("undo", branched)
    assert ran.code == 2
    assert "適切な目的の設定" in ran.err
    assert f"aiguide check {branched} --at {PURPOSE}" in ran.err


def test_what_was_answered_last_by_time_is_named_to_answer_anew(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, times = "aiguide.cli.commands.answer.stamp", iter(("02", "01"))
    monkeypatch.setattr(name, lambda by: Stamp(by, f"2026-11-24T{next(times)}:00:00Z"))
    answered(run, branched, "main", ("answer", BPR, "done", "--note", "後"))
    answered(run, branched, "other", ("answer", PURPOSE, "done", "--note", "先"))
    merged(run, branched)
    assert f"aiguide check {branched} --at {BPR}" in run("undo", branched).err


def test_what_both_say_alike_is_no_choice(run: Run, project: Path) -> None:
    alike = ("answer", PURPOSE, "done", "--note", "企画書")
    files = parted(run, project, (*alike, "--by", "斎藤"), (*alike, "--by", "木村"))
    assert run("merge-driver", *files, "project.json").err == ""
    gave = [one["by"] for one in manifest(project)["history"] if one["kind"] == "answered"]
    assert sorted(gave) == ["斎藤", "木村"]
    assert run("log", project, "--verify").code == 0


def test_called_by_hand_it_says_what_it_made(run: Run, project: Path) -> None:
    files = parted(
        run, project, ("answer", PURPOSE, "done", "--note", "一"), ("set", "--owner", "二課")
    )
    assert f"{project} に統合しました（回答 1 件、履歴 4 件）。" in run("merge-driver", *files).err
    assert run("merge-driver", *files, "project.json").err == ""


@pytest.mark.parametrize("lacks", ["ours", "theirs"])
@pytest.mark.parametrize(
    ("history", "base"), [("whole", "there"), ("none", "there"), ("whole", "empty")]
)
def test_what_a_side_lacks_without_a_step_that_took_it_away_is_kept_and_told(
    run: Run, project: Path, lacks: str, history: str, base: str
) -> None:
    assert run("answer", project, PURPOSE, "done", "--note", "企画書").code == 0
    before = manifest(project)
    done = ("answer", RISK, "done", "--note", "所見")
    files = parted(run, project, done, ("set", "--name", "新しい名前"))
    damaged = files[1 if lacks == "ours" else 2]
    data = manifest(damaged)
    del data["answers"][PURPOSE], data["classification"]
    if history == "none":
        del data["history"]
    damaged.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    if base == "empty":
        files[0].write_bytes(b"")
    ran = run("merge-driver", *files)
    assert ran.code == 0
    assert "適切な目的の設定: 片方の枝にはないか、前のままですが、" in ran.err
    assert "区分: 片方の枝にはないか、前のままですが、" in ran.err
    after = manifest(project)
    assert after["answers"][PURPOSE] == before["answers"][PURPOSE]
    assert after["classification"] == before["classification"]
    if history == "whole":
        verified = run("log", project, "--verify", "--format", "json")
        assert (verified.code, verified.json["differing"]) == (0, [])


def test_two_different_projects_are_not_merged(run: Run, branched: Path) -> None:
    other, base = branched.with_name("other.json"), branched.with_name("base.json")
    run("init", other, "--name", "別の案件", "--cell", "citizen.action")
    base.write_bytes(b"")
    before = branched.read_bytes()
    ran = run("merge-driver", base, branched, other)
    assert ran.code == 2
    assert "別の案件" in ran.err
    assert shlex.join(["aiguide", "export", str(other), "-o", f"{other.with_suffix('.xlsx')}"]) in (
        line.strip() for line in ran.err.splitlines()
    )
    assert branched.read_bytes() == before


def test_what_the_other_of_two_beginnings_says_is_taken_over_as_is_shown(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = branched.parent
    monkeypatch.chdir(folder)
    (folder / "plan.txt").write_text("企画", encoding="utf-8")
    branched.unlink()
    save(branched, "not yet")
    git(folder, "branch", "-f", "other", "main")
    exception = ("exception", "--reason", "試行", "--approver", "部長", "--until", "2027-03-31")
    of_other: dict[str, tuple[str, ...]] = {
        PURPOSE: ("done", "--note", "企画書", "--evidence", "plan.txt", "--assignee", "佐藤"),
        RISK: exception,
        BPR: ("not-applicable", "--reason", "新しい業務"),
    }
    of_main: dict[str, tuple[str, ...]] = {PURPOSE: ("in-progress",)}
    for branch, answers in {"other": of_other, "main": of_main}.items():
        git(folder, "checkout", "-q", branch)
        run("init", branched, "--name", branch, "--cell", "citizen.information", "--by", branch)
        for item, said in answers.items():
            assert run("answer", branched, item, *said, "--by", branch).code == 0
        save(branched, branch)
    theirs = json.loads(git(folder, "show", "other:project.json"))["answers"]
    told = git(folder, "merge", "--no-edit", "other")
    assert "別の案件として始まった" in told
    assert "    aiguide doctor\n" in told
    keep, export = shown(run("doctor", "project.json").err)[:2], "aiguide export other.project.json"
    shell(folder, *keep, f"{export} -o other.xlsx")
    book = openpyxl.load_workbook(folder / "other.xlsx")
    rows = [[*row] for row in book.worksheets[1].iter_rows(values_only=True)]
    table = folder / "planning.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [f"{one:%Y/%m/%d}" if isinstance(one, date) else one for one in row] for row in rows
        )
    assert run("check", branched, "--from", table, "--yes").code == 0
    taken = manifest(branched)["answers"]
    for id, answer in theirs.items():
        assert taken[id] | {"by": "", "at": ""} == answer | {"by": "", "at": ""}


def test_it_shows_the_two_lines_that_set_it_up(run: Run) -> None:
    out = run("merge-driver").out
    assert ".gitattributes" in out
    assert 'git config merge.aiguide.driver "aiguide merge-driver %O %A %B %P %L"' in out
    assert run("merge-driver", "a").code == 2


@pytest.mark.parametrize("folder", ["bin", "a b", "50%", "$x`y"])
def test_the_lines_that_set_it_up_work_where_git_finds_no_aiguide(
    run: Run, branched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    started = tmp_path / folder / "aiguide"
    started.parent.mkdir()
    started.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m aiguide "$@"\n', encoding="utf-8")
    started.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(started), "merge-driver"])
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    (line,) = [one for one in run("merge-driver").out.splitlines() if "git config" in one]
    assert str(started.parent.parent) in line
    git(branched.parent, "config", "--unset", "merge.aiguide.driver")
    subprocess.run(line, shell=True, cwd=branched.parent, check=True)
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見"))
    assert set(merged(run, branched)["answers"]) == {PURPOSE, RISK}


@pytest.mark.parametrize("inside", [True, False])
def test_doctor_says_that_a_merge_is_not_finished_and_the_lines_that_finish_it(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    said = "git では、このファイルの統合がまだ終わっていません"
    assert said not in run("doctor", branched).out
    git(branched.parent, "config", "merge.aiguide.driver", "no-such-aiguide %O %A %B %P")
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見"))
    git(branched.parent, "checkout", "-q", "main")
    assert "CONFLICT" in git(branched.parent, "merge", "--no-edit", "other")
    here = branched.parent if inside else branched.parent / "deeper"
    here.mkdir(exist_ok=True)
    monkeypatch.chdir(here)
    out = run("doctor", "project.json" if inside else branched).out
    assert said in out
    shell(here, *shown(out))
    assert left_over(here) == []
    assert set(manifest(branched)["answers"]) == {PURPOSE, RISK}
    assert said not in run("doctor", branched).out
    monkeypatch.setenv("PATH", str(here))
    assert "指摘はありません" in run("doctor", branched).out  # and no git is no fault


def left_unfinished(run: Run, branched: Path) -> None:
    """Let git begin a merge that it cannot finish: its driver is not there."""
    git(branched.parent, "config", "merge.aiguide.driver", "/no/aiguide merge-driver %O %A %B %P")
    answered(run, branched, "other", ("answer", BPR, "done", "--note", "あちら"))
    answered(run, branched, "main", ("answer", BPR, "done", "--note", "こちら"))
    git(branched.parent, "merge", "other")


def test_while_git_has_not_finished_a_merge_every_look_at_the_project_says_so(
    run: Run, branched: Path
) -> None:
    left_unfinished(run, branched)
    looks = (
        ("status", branched),
        ("check", branched),
        ("log", branched, "--verify"),
        ("answer", branched, BPR, "done", "--note", "また"),
        ("report", branched, "-o", branched.with_name("r.md")),
    )
    for look in looks:
        assert f"aiguide doctor {branched}" in run(*look).err, look
    git(branched.parent, "add", "-A")
    for look in looks:
        assert "統合がまだ終わっていない" not in run(*look).err, look


def test_while_a_merge_is_not_finished_no_command_records_what_stands_as_meant(
    run: Run, branched: Path
) -> None:
    left_unfinished(run, branched)
    data = manifest(branched)
    data["answers"] = {}
    branched.write_text(json.dumps(data), encoding="utf-8")
    record = f"aiguide answer {branched} {BPR} open"
    assert record not in run("log", branched, "--verify").out
    git(branched.parent, "add", ".")
    assert record not in run("log", branched, "--verify").out
    git(branched.parent, "reset", "-q", "--merge", "ORIG_HEAD")
    data = manifest(branched)
    data["answers"] = {}
    branched.write_text(json.dumps(data), encoding="utf-8")
    assert record in run("log", branched, "--verify").out


def test_the_lines_that_finish_a_merge_take_nothing_from_files_that_somebody_has(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = branched.parent
    monkeypatch.chdir(folder)
    git(folder, "config", "merge.aiguide.driver", "no-such-aiguide %O %A %B %P")
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見"))
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "--no-edit", "other")
    for name in ("base.json", "theirs.json"):
        (folder / name).write_text("mine", encoding="utf-8")
    shell(folder, *shown(run("doctor", "project.json").out))
    assert left_over(folder) == ["base.json", "theirs.json"]
    assert {(folder / name).read_text(encoding="utf-8") for name in left_over(folder)} == {"mine"}


def test_where_both_branches_added_the_file_the_lines_that_finish_it_give_no_alarm(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = branched.parent
    monkeypatch.chdir(folder)
    whole = branched.read_bytes()
    git(folder, "config", "merge.aiguide.driver", "no-such-aiguide %O %A %B %P")
    branched.unlink()
    save(branched, "not yet")
    git(folder, "branch", "-f", "other", "main")
    for branch, item in (("main", PURPOSE), ("other", RISK)):
        git(folder, "checkout", "-q", branch)
        branched.write_bytes(whole)
        answered(run, branched, branch, ("answer", item, "done", "--note", "企画書"))
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "--no-edit", "other")
    assert git(folder, "status", "--porcelain") == "AA project.json\n"
    assert "fatal" not in shell(folder, *shown(run("doctor", "project.json").out))
    assert git(folder, "status", "--porcelain") == "M  project.json\n"
    assert {PURPOSE, RISK} == set(manifest(branched)["answers"])


def both_accepted(text: str) -> str:
    return re.sub(r"(?m)^(<<<<<<<|=======|>>>>>>>).*\n", "", text)


def first_accepted(text: str) -> str:
    return re.sub(r"(?m)^(<<<<<<<|=======|>>>>>>>).*\n", "", text, count=3)


def emptied(text: str) -> str:
    return ""


@pytest.mark.parametrize("spoil", [both_accepted, first_accepted, emptied])
def test_a_conflict_that_somebody_spoilt_is_merged_from_what_git_has(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[str], str]
) -> None:
    folder = branched.parent
    monkeypatch.chdir(folder)
    minutes = itertools.count(10)
    name = "aiguide.cli.commands.answer.stamp"
    monkeypatch.setattr(name, lambda by: Stamp(by, f"2026-11-24T01:{next(minutes)}:00Z"))
    git(folder, "config", "--unset", "merge.aiguide.driver")
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "ここで"))
    answered(run, branched, "main", ("answer", BPR, "done", "--note", "ここでも"))
    answered(run, branched, "other", ("answer", PURPOSE, "done", "--note", "あちらで"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "あちらでも"))
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "other")
    text = spoil(branched.read_text(encoding="utf-8"))
    branched.write_text(text, encoding="utf-8")
    shell(folder, *shown(run("doctor", "project.json").out))
    assert git(folder, "status", "--porcelain", "-uno") == "M  project.json\n"
    assert left_over(folder) == ["project.damaged.json"]
    assert branched.with_name("project.damaged.json").read_text(encoding="utf-8") == text
    assert {PURPOSE, RISK, BPR} == set(manifest(branched)["answers"])
    assert run("log", branched, "--verify").code == 0


def test_a_slip_in_a_conflict_that_somebody_settled_by_hand_is_mended_there(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = branched.parent
    monkeypatch.chdir(folder)
    git(folder, "config", "merge.aiguide.driver", "no-such-aiguide %O %A %B %P")
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "ここで"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "あちらで"))
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "other")
    assert run("answer", branched, BPR, "done", "--note", "その後").code == 0
    text = branched.read_text(encoding="utf-8")
    branched.write_text(text.replace('"done",', '"done"', 1), encoding="utf-8")
    out = run("doctor", "project.json").out
    assert "「,」が抜けています。" in out
    shell(folder, *shown(out))
    assert {PURPOSE, RISK, BPR} == set(manifest(branched)["answers"])
    assert git(folder, "status", "--porcelain", "-uno") == "M  project.json\n"


def test_a_broken_manifest_that_git_has_no_better_is_mended_before_it_is_merged(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = branched.parent
    monkeypatch.chdir(folder)
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "ここで"))
    whole = branched.read_text(encoding="utf-8")
    branched.write_text(whole[: whole.index('"history"') + 20], encoding="utf-8")
    save(branched, "broken off")
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "あちらで"))
    git(folder, "checkout", "-q", "main")
    told = git(folder, "merge", "--no-edit", "other")
    assert "こちらの枝（ours）の project.json を使えません" in told
    assert "あなたの枝のままで、競合の印もありません" in told
    *fetching, mending, merging, adding, removing = shown(told)
    shell(folder, *fetching)
    moves = [line for line in shown(run(*shlex.split(mending)[1:]).out) if line[:2] == "mv"]
    shell(folder, *moves, merging, adding, removing)
    assert {PURPOSE, RISK} == set(manifest(branched)["answers"])
    assert left_over(folder) == ["project.damaged.json"]


def test_what_keeps_the_lines_of_doctor_from_merging_is_told_with_the_rest_of_them(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(branched.parent)
    theirs, base = (branched.with_name(f"aiguide-merge-{one}.json") for one in ("theirs", "base"))
    shutil.copy(branched, base)
    theirs.write_text("{", encoding="utf-8")
    ran = run("merge-driver", base.name, branched.name, theirs.name)
    assert "あなたの枝のまま" not in ran.err
    assert shown(ran.err) == [
        f"aiguide doctor {theirs.name}",
        f"aiguide merge-driver {base.name} project.json {theirs.name} &&",
        "git add project.json &&",
        "rm aiguide-merge-*.json",
    ]


def test_what_both_sides_of_a_file_are_outside_of_a_merge_is_nothing_to_add_to_git(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(branched.parent)
    text = branched.read_text(encoding="utf-8")
    base = branched.with_name("aiguide-merge-base.json")
    base.write_text(f"<<<<<<< a\n{text}=======\n{text}>>>>>>> b\n", encoding="utf-8")
    out = run("doctor", base.name).out
    assert "git の競合の両側を" in out
    assert "git add" not in out


@pytest.fixture
def below(run: Run, branched: Path) -> Path:
    """The same project in a folder of the repository below its top, where somebody works."""
    folder = branched.parent / "a b"
    folder.mkdir()
    (branched.parent / ".gitattributes").write_text("*project.json merge=aiguide\n", "utf-8")
    git(branched.parent, "mv", "project.json", "a b/project.json")
    save(branched, "moved")
    git(branched.parent, "branch", "-f", "other", "main")
    return folder / "project.json"


def test_what_git_in_a_folder_below_the_top_was_told_to_run_runs_there(
    run: Run, below: Path
) -> None:
    answered(run, below, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, below, "other", ("answer", RISK, "done", "--note", "所見"))
    whole = below.read_text(encoding="utf-8")
    below.write_text(whole[: whole.index('"history"') + 20], encoding="utf-8")
    save(below, "broken off")
    git(below.parent, "checkout", "-q", "main")
    told = git(below.parent, "merge", "--no-edit", "other")
    assert "相手の枝（theirs）の project.json を使えません" in told
    *fetching, mending, merging, adding, removing = shown(told)
    shell(below.parent, *fetching, mending)
    recovered = below.with_name("aiguide-merge-theirs.recovered.json")
    recovered.replace(below.with_name("aiguide-merge-theirs.json"))
    shell(below.parent, merging, adding, removing)
    assert {PURPOSE, RISK} == set(manifest(below)["answers"])
    assert git(below.parent, "status", "--porcelain").strip() == 'M  "a b/project.json"'


@pytest.mark.parametrize("where", [".", "a b", "deeper"])
def test_what_records_the_other_again_runs_where_git_was_called(
    run: Run, below: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    answered(run, below, "main", ("set", "--owner", "一課"))
    answered(run, below, "other", ("set", "--owner", "二課"))
    git(below.parent, "checkout", "-q", "main")
    here = below.parent.parent / where
    here.mkdir(exist_ok=True)
    told = git(here, "merge", "--no-edit", "other")
    passed_over = {"一課", "二課"} - {manifest(below)["project"]["owner"]}
    monkeypatch.chdir(here)
    back, see = [shlex.split(line)[1:] for line in shown(told)]
    assert run(*see).code == 0
    assert run(*back).code == 0
    assert {manifest(below)["project"]["owner"]} == passed_over


def test_the_lines_that_set_it_up_say_what_to_commit_and_who_runs_which(run: Run) -> None:
    told = "".join(run("merge-driver").out.split())
    assert ".gitattributesをコミットしてください" in told
    assert "ほかの人も、それぞれのクローンで一度実行します" in told


def test_what_doctor_makes_of_a_conflict_is_committed_with_the_lines_that_it_shows(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(branched.parent)
    git(branched.parent, "config", "--unset", "merge.aiguide.driver")
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "ここで"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "あちらで"))
    git(branched.parent, "checkout", "-q", "main")
    assert "CONFLICT" in git(branched.parent, "merge", "--no-edit", "other")
    lines = [line.strip() for line in run("doctor", "project.json").out.splitlines()]
    for line in (one for one in lines if one.startswith("mv ")):
        shell(branched.parent, line)
    added, committed = [one for one in lines if one.startswith("git ") and one.isascii()]
    git(branched.parent, *shlex.split(added)[1:])
    git(branched.parent, *shlex.split(committed)[1:], "--no-edit")
    assert git(branched.parent, "status", "--porcelain", "--untracked-files=no") == ""
    assert set(manifest(branched)["answers"]) == {PURPOSE, RISK}


def without_driver(run: Run, project: Path) -> Path:
    """Let two branches answer one item, and git leave their merge to a person; gives the folder."""
    folder = project.parent
    git(folder, "config", "--unset", "merge.aiguide.driver")
    answered(run, project, "main", ("answer", PURPOSE, "done", "--note", "ここで", "--by", "佐藤"))
    answered(run, project, "other", ("answer", RISK, "done", "--note", "あちらで", "--by", "鈴木"))
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "other")
    return folder


@pytest.mark.parametrize("side", ["--ours", "--theirs"])
def test_who_takes_one_side_of_a_conflict_is_given_the_lines_that_merge_the_other(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, side: str
) -> None:
    monkeypatch.chdir(folder := without_driver(run, branched))
    git(folder, "checkout", side, "project.json")
    shell(folder, *shown(run("doctor", "project.json").out))
    assert {PURPOSE, RISK} == set(manifest(branched)["answers"])
    assert git(folder, "status", "--porcelain") == "M  project.json\n"
    assert run("log", branched, "--verify").code == 0


@pytest.mark.parametrize("taken", [*itertools.product((0, 1), repeat=4)])
def test_who_takes_each_part_of_a_conflict_from_either_side_loses_neither(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, taken: tuple[int, ...]
) -> None:
    monkeypatch.chdir(folder := without_driver(run, branched))
    text, sides = branched.read_text(encoding="utf-8"), itertools.cycle(taken)
    marked = r"(?ms)^<<<<<<<[^\n]*\n(.*?)^=======\n(.*?)^>>>>>>>[^\n]*\n"
    branched.write_text(re.sub(marked, lambda found: found[1 + next(sides)], text))
    shell(folder, *shown(run("doctor", "project.json").out))
    assert {PURPOSE, RISK} == set(manifest(branched)["answers"])
    assert {one["by"] for one in manifest(branched)["history"]} > {"佐藤", "鈴木"}
    assert run("log", branched, "--verify").code == 0


def test_doctor_merges_what_was_merged_once_before_from_where_the_branches_parted(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder := without_driver(run, branched))
    shell(folder, *shown(run("doctor", "project.json").out))
    save(branched, "merged")
    name, minutes = "aiguide.cli.commands.answer.stamp", itertools.count(10)
    monkeypatch.setattr(name, lambda by: Stamp(by, f"2099-11-24T01:{next(minutes)}:00Z"))
    answered(
        run, branched, "other", ("answer", PURPOSE, "in-progress", "--note", "先", "--by", "鈴木")
    )
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "後"))
    git(folder, "merge", "other")
    told = run("doctor", "project.json").out
    assert "先 → 後" in told
    shell(folder, *(line for line in shown(told) if " answer " not in line))
    assert manifest(branched)["answers"][PURPOSE]["note"] == "後"
    assert run("log", branched, "--verify").code == 0


def test_what_a_colleague_wrote_by_hand_is_not_told_as_what_somebody_recorded(
    run: Run, branched: Path
) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "佐藤の目的"))
    git(branched.parent, "branch", "-f", "other")
    git(branched.parent, "checkout", "-q", "other")
    text = branched.read_text(encoding="utf-8")
    branched.write_text(text.replace("佐藤の目的", "手で書いた目的", 1), encoding="utf-8")
    save(branched, "by hand")
    answered(run, branched, "main", ("answer", PURPOSE, "in-progress", "--note", "別の目的"))
    told = "".join(git(branched.parent, "merge", "--no-edit", "other").split())
    assert "のものを履歴に残さずに書き換えた側の記録は採りませんでした" in told
    assert "手で書いた目的→別の目的" in told


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_who_has_put_both_sides_in_place_is_told_just_to_add_that(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.chdir(folder := without_driver(run, branched))
    if how == "rebase":
        git(folder, "merge", "--abort")
        with pytest.raises(AssertionError, match="CONFLICT"):
            git(folder, "rebase", "other")
    shell(folder, *(line for line in shown(run("doctor", "project.json").out) if line[:2] == "mv"))
    left = ["git add project.json", "git commit" if how == "merge" else "git rebase --continue"]
    looks = (run("status", "project.json").err, run("doctor", "project.json").out)
    for said in (*looks, run("answer", "project.json", BPR, "open").err):
        assert "残りは次だけです" in said
        assert re.findall(r"(?m)^ {4}(git (?!config).*)$", said) == left
    git(folder, "checkout", "--ours", "project.json")
    for said in (run("status", "project.json").err, run("doctor", "project.json").out):
        assert "残りは次だけです" not in said


@pytest.mark.parametrize("shows", ["driver", "doctor"])
def test_a_branch_with_marks_in_it_is_mended_and_merged_with_lines_that_all_work(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, shows: str
) -> None:
    folder = branched.parent
    (folder / "deeper").mkdir()
    monkeypatch.chdir(folder)
    driver = git(folder, "config", "merge.aiguide.driver").strip()
    git(folder, "branch", "third")
    git(folder, "config", "--unset", "merge.aiguide.driver")
    for branch in ("third", "other"):
        answered(run, branched, branch, ("answer", PURPOSE, "done", "--note", branch))
    git(folder, "merge", "third")
    save(branched, "marks and all")
    git(folder, "config", "merge.aiguide.driver", driver)
    answered(run, branched, "main", ("answer", RISK, "done", "--note", "所見"))
    told = git(folder, "merge", "--no-edit", "other")
    assert "(theirs)'" not in told
    if shows == "doctor":
        told = run("doctor", "project.json").out
    *fetching, mending, merging, adding, removing = shown(told)
    shell(folder, *fetching)
    monkeypatch.chdir(folder / "deeper")
    below = run("doctor", shutil.move(f"../{shlex.split(mending)[-1]}", ".")).out
    assert f"aiguide answer ../project.json {PURPOSE} done --note" in below
    monkeypatch.chdir(folder)
    shutil.rmtree(folder / "deeper")
    shell(folder, *fetching)
    out = run(*shlex.split(mending)[1:]).out
    *_, again = re.findall(r"(?m)^ +(aiguide answer .*)$", out)
    shell(folder, *re.findall(r"(?m)^ +(mv .*)$", out), merging, adding, removing, again)
    assert manifest(branched)["answers"].keys() == {PURPOSE, RISK}
    given = (one for one in manifest(branched)["history"] if one["kind"] == "answered")
    notes = [one["after"]["note"] for one in given]
    assert (len(notes), {*notes}) == (4, {"other", "third", "所見"})
    assert run("log", branched, "--verify").code == 0


def test_who_takes_back_what_followed_a_merge_is_told_that_it_goes_no_further(
    run: Run, branched: Path
) -> None:
    answered(run, branched, "other", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "main", ("answer", RISK, "done", "--note", "所見"))
    merged(run, branched)
    assert run("answer", branched, BPR, "done", "--note", "後で").code == 0
    first = run("undo", branched)
    assert first.code == 0
    assert "そこより前には戻れません" in "".join(first.err.split())
    (again,) = re.findall(r"(?m)^ *(aiguide check .*)$", first.err)
    assert again in run("undo", branched).err
