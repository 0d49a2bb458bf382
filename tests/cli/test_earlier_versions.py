"""`doctor PROJECT` on a manifest that lacks what versions in git have of its history."""

import itertools
import json
import random
import re
import shutil
from collections.abc import Callable
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
from tests.terminal import PATIENCE, running

__all__ = ["branched"]  # the fixture

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
TOOL = "planning.tool-selection"


@pytest.fixture
def parted(run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder of its own, without a driver, that git could not merge."""
    minutes = itertools.count(10)
    for command in ("answer", "set"):
        name = f"aiguide.cli.commands.{command}.stamp"
        monkeypatch.setattr(name, lambda by: Stamp(by, f"2026-11-24T01:{next(minutes)}:00Z"))
    monkeypatch.chdir(branched.parent)
    git(branched.parent, "config", "--unset", "merge.aiguide.driver")
    for branch, other, holds in (("main", BPR, "no"), ("other", RISK, "yes")):
        for item in (PURPOSE, other, TOOL):
            step = ("answer", item, "done", "--note", f"{branch}の{item}", "--by", branch)
            answered(run, branched, branch, step)
        facts = ("--owner", branch, "--condition", f"personal_data={holds}")
        answered(run, branched, branch, ("set", *facts, "--by", branch))
        git(branched.parent, "tag", f"all-of-{branch}")
    git(branched.parent, "checkout", "-q", "main")
    assert "CONFLICT" in git(branched.parent, "merge", "other")
    return branched


def steps(project: Path) -> set[str]:
    return {one["hash"] for one in manifest(project)["history"]}


def of_both(project: Path) -> set[str]:
    """Give the hashes of all that both branches recorded."""
    tags = ("all-of-main", "all-of-other")
    sides = (git(project.parent, "show", f"{tag}:./{project.name}") for tag in tags)
    return {one["hash"] for side in sides for one in json.loads(side)["history"]}


def held_again(run: Run, project: Path) -> None:
    """Do as `doctor` says, and see that all that anybody recorded is there, and fits."""
    recorded = of_both(project)
    shell(project.parent, *shown(run("doctor", project.name).out))
    assert steps(project) >= recorded
    answers = manifest(project)["answers"]
    assert {id: one["note"] for id, one in answers.items()} == {
        **{PURPOSE: f"otherの{PURPOSE}", TOOL: f"otherの{TOOL}"},
        **{BPR: f"mainの{BPR}", RISK: f"otherの{RISK}"},
    }
    facts = manifest(project)["project"]
    assert (facts["owner"], facts["conditions"]["personal_data"]) == ("other", True)
    verified = run("log", project, "--verify", "--format", "json")
    assert (verified.code, verified.json["unattested"]) == (0, [])
    assert "指摘はありません" in run("doctor", project).out


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("side", ["--ours", "--theirs"])
def test_who_took_one_side_of_a_conflict_gets_the_other_back(
    run: Run, parted: Path, side: str, committed: bool
) -> None:
    git(parted.parent, "checkout", side, parted.name)
    git(parted.parent, "add", parted.name)
    if committed:
        git(parted.parent, "commit", "-qm", "one side")
    lacking = "main" if side == "--theirs" else "other"
    assert f"4件（{lacking}4件）が、このファイルにありません" in "".join(
        run("doctor", parted.name).out.split()
    )
    parted.with_name("project.recovered.json").unlink()
    held_again(run, parted)


@pytest.mark.parametrize("taken", ["--theirs", "--ours", "--skip"])
def test_who_took_one_side_in_a_rebase_gets_the_other_back(
    run: Run, parted: Path, taken: str
) -> None:
    folder = parted.parent
    git(folder, "merge", "--abort")
    git(folder, "checkout", "-q", "other")
    git(folder, "reset", "-q", "--soft", "HEAD~4")
    git(folder, "commit", "-qm", "all of it")
    with pytest.raises(AssertionError, match="CONFLICT"):
        git(folder, "rebase", "main")
    if taken != "--skip":
        git(folder, "checkout", taken, parted.name)
        git(folder, "add", parted.name)
    git(folder, "-c", "core.editor=true", "rebase", "--skip" if taken == "--skip" else "--continue")
    assert "このファイルにありません" in run("status", parted.name).err
    held_again(run, parted)


def test_who_rebased_lacks_nothing_nor_does_the_branch_that_they_go_on_with(
    run: Run, branched: Path
) -> None:
    folder = branched.parent
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書"))
    answered(run, branched, "other", ("answer", RISK, "done", "--note", "所見"))
    git(folder, "rebase", "-q", "main")
    for branch in ("other", "main"):
        git(folder, "checkout", "-q", branch)
        assert "doctor" not in run("status", branched).err
    git(folder, "reset", "-q", "--hard", "HEAD~1")
    git(folder, "reset", "-q", "--hard", "ORIG_HEAD")
    assert "doctor" not in run("status", branched).err


HUNK = re.compile(r"<{7} .*?\n(.*?)={7}\n(.*?)>{7} .*?\n", re.DOTALL)
MIXTURES = {
    "lines of each": lambda text: "".join(
        one if index % 3 == 0 else ((index % 3 == 1) == (index // 3 % 2 == 0) and one) or ""
        for index, one in enumerate(HUNK.split(text))
    ),
    "both sides": lambda text: HUNK.sub(r"\1\2", text),
    "the first as ours": lambda text: HUNK.sub(r"\1", text, count=1),
    "the first as theirs": lambda text: HUNK.sub(r"\2", text, count=1),
    "no first mark": lambda text: re.sub(r"(?m)^<{7} .*\n", "", text),
    "no middle mark": lambda text: re.sub(r"(?m)^={7}\n", "", text),
    "no last mark": lambda text: re.sub(r"(?m)^>{7} .*\n", "", text),
}


@pytest.mark.parametrize("mixture", MIXTURES)
@pytest.mark.parametrize("committed", [True, False])
def test_what_was_mixed_and_given_to_git_is_merged_from_its_branches(
    run: Run, parted: Path, mixture: str, committed: bool
) -> None:
    parted.write_text(MIXTURES[mixture](parted.read_text(encoding="utf-8")), encoding="utf-8")
    git(parted.parent, "add", parted.name)
    if committed:
        git(parted.parent, "commit", "-qm", "mixed")
    held_again(run, parted)


@pytest.mark.parametrize("committed", [True, False])
def test_what_a_merge_makes_needless_is_only_counted_and_no_promise_is_broken(
    run: Run, parted: Path, committed: bool
) -> None:
    text = parted.read_text(encoding="utf-8")
    mixed = HUNK.sub(lambda hunk: hunk[1 if '"hash"' in hunk[0] else 2], text)
    parted.write_text(mixed, encoding="utf-8")
    if committed:
        save(parted, "mixed")
    found = run("validate", parted.name).out
    assert "AG307" in found
    assert "先にすべきことが" in "".join(found.split())
    assert "aiguide doctor" in run("log", parted.name, "--verify").err
    told = run("doctor", parted.name).out
    assert "AG3" not in told
    assert "記録の内容についての指摘が" in told
    parted.with_name("project.recovered.json").unlink(missing_ok=True)
    held_again(run, parted)


def test_marks_that_were_committed_leave_no_empty_step(run: Run, parted: Path) -> None:
    save(parted, "marks and all")
    shell(parted.parent, *shown(run("doctor", parted.name).out))
    merged = [one for one in manifest(parted)["history"] if one["kind"] == "merged"]
    assert merged
    assert all(one["after"] for one in merged)
    assert run("log", parted, "--verify").code == 0


def test_what_is_mixed_and_all_there_is_not_told_as_left_out(run: Run, parted: Path) -> None:
    both = MIXTURES["both sides"](parted.read_text(encoding="utf-8"))
    parted.write_text(both, encoding="utf-8")
    save(parted, "mixed")
    assert "除いたもの" not in run("doctor", parted.name).out
    data = json.loads(git(parted.parent, "show", "all-of-main:./project.json"))
    data["history"][2]["at"] = "いつか"
    parted.write_text(json.dumps(data), encoding="utf-8")
    assert "いつか" in run("doctor", parted.name).out


@pytest.mark.parametrize("seed", range(8))
def test_whichever_side_each_conflict_was_settled_for_all_is_merged_from_its_branches(
    run: Run, parted: Path, seed: int
) -> None:
    pick = random.Random(seed)
    text = parted.read_text(encoding="utf-8")
    parted.write_text(HUNK.sub(lambda hunk: hunk[pick.choice((1, 2))], text), encoding="utf-8")
    save(parted, "settled by hand")
    held_again(run, parted)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_somebody_made_of_each_conflict_all_is_merged_from_its_branches(
    run: Run, parted: Path, seed: int
) -> None:
    pick = random.Random(seed)

    def settled(hunk: re.Match[str]) -> str:
        whole, ours, theirs = hunk.group(0, 1, 2)
        ways = (whole, ours, theirs, ours + theirs, theirs + ours, "", whole[: len(whole) // 2])
        return pick.choice(ways)

    parted.write_text(HUNK.sub(settled, parted.read_text(encoding="utf-8")), encoding="utf-8")
    save(parted, "settled by hand")
    held_again(run, parted)


def without_a_step(raw: bytes) -> bytes:
    data = json.loads(raw)
    del data["history"][2]
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


@pytest.mark.parametrize(
    "damage",
    [
        *(lambda raw: b"", lambda raw: raw[:1], lambda raw: raw[:900], lambda raw: raw[:-40]),
        lambda raw: raw[:1500] + bytes(600) + raw[2100:],
        lambda raw: raw[:-900] + bytes(900),
        without_a_step,
    ],
    ids=["emptied", "a byte left", "cut early", "cut late", "zeros", "zeros at the end", "a step"],
)
@pytest.mark.parametrize("committed", [True, False])
def test_what_damage_took_comes_back_from_git(
    run: Run, lived: Path, damage: Callable[[bytes], bytes], committed: bool
) -> None:
    git(lived.parent, "init", "-q", "-b", "main")
    save(lived, "whole")
    whole = lived.read_bytes()
    lived.write_bytes(damage(whole))
    if committed:
        save(lived, "damaged")
    out = run("doctor", lived).out
    shell(lived.parent, *shown(out))
    now, then = manifest(lived), json.loads(whole)
    assert now["answers"] == then["answers"]
    assert now["project"] == then["project"]
    assert now["history"][: len(then["history"])] == then["history"]
    assert run("log", lived, "--verify").code == 0


@pytest.mark.parametrize("committed", [True, False])
def test_git_is_given_what_it_has_not_just_so(run: Run, lived: Path, committed: bool) -> None:
    git(lived.parent, "init", "-q", "-b", "main")
    save(lived, "whole")
    lived.write_bytes(b"")
    if committed:
        save(lived, "emptied")
    assert "aiguide doctor" in run("status", lived).err
    out = run("doctor", lived).out
    assert ("git commit" in out) == committed
    shell(lived.parent, *shown(out))
    assert bool(git(lived.parent, "status", "--short", "--", lived.name)) == committed


@pytest.mark.parametrize("removed", ["by hand", "from git", "in a commit"])
def test_a_manifest_that_vanished_is_taken_from_git(
    run: Run, lived: Path, monkeypatch: pytest.MonkeyPatch, removed: str
) -> None:
    folder, whole = lived.parent, lived.read_bytes()
    monkeypatch.chdir(folder)
    git(folder, "init", "-q", "-b", "main")
    save(lived, "whole")
    if removed == "by hand":
        lived.unlink()
    else:
        git(folder, "rm", "-q", lived.name)
    if removed == "in a commit":
        git(folder, "commit", "-qm", "gone")
        assert run("doctor").code == 0
    assert "aiguide doctor" in run("status").err
    for args in ((lived,), (lived.name,), () if removed == "by hand" else (lived.name,)):
        ran = run("doctor", *args)
        assert ran.code == 2
        shell(folder, *re.findall(r"(?m)^ +(git .*)$", ran.out))
        assert lived.read_bytes() == whole
        lived.unlink()


def test_a_manifest_that_a_merge_took_away_is_taken_from_the_branch_that_has_more(
    run: Run, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lived.parent
    monkeypatch.chdir(folder)
    git(folder, "init", "-q", "-b", "main")
    save(lived, "whole")
    git(folder, "switch", "-q", "-c", "other")
    run("set", lived, "--owner", "三田の課")
    whole = lived.read_bytes()
    save(lived, "three")
    git(folder, "switch", "-q", "main")
    git(folder, "rm", "-q", lived.name)
    git(folder, "commit", "-qm", "gone")
    git(folder, "merge", "-q", "-s", "ours", "--no-edit", "other")
    ran = run("doctor", lived.name)
    shell(folder, *re.findall(r"(?m)^ +(git .*)$", ran.out))
    assert lived.read_bytes() == whole


def test_what_was_recorded_since_the_last_commit_and_can_be_read_stays(
    run: Run, lived: Path
) -> None:
    git(lived.parent, "init", "-q", "-b", "main")
    save(lived, "whole")
    assert run("answer", lived, RISK, "done", "--note", "後で").code == 0
    lived.write_bytes(lived.read_bytes()[:-40])
    out = run("doctor", lived).out
    assert "gitの最後のコミットの後に記録して" in "".join(out.split()) or "途中で切れて" in out
    shell(lived.parent, *shown(out))
    assert manifest(lived)["answers"][RISK]["note"] == "後で"
    assert run("log", lived, "--verify").code == 0


def test_every_look_at_a_project_tells_what_it_lacks(run: Run, parted: Path) -> None:
    git(parted.parent, "checkout", "--ours", parted.name)
    save(parted, "one side")
    looks = (
        *(("status",), ("check",), ("report", "-o", "r.md")),
        *(("log",), ("log", "--item", PURPOSE), ("log", "--verify"), ("validate",)),
        ("answer", BPR, "in-progress"),
    )
    for command, *more in looks:
        said = run(command, parted.name, *more).err
        assert "履歴のうち 4 件が、このファイルにありません" in said, command
        assert "aiguide doctor\n" in said
    held_again(run, parted)
    for command, *more in looks:
        assert "doctor" not in run(command, parted.name, *more).err, command


@pytest.mark.parametrize("cut", range(300, 9000, 290))
def test_wherever_it_is_cut_nothing_is_told_as_a_choice_and_no_older_answer_stands(
    run: Run, lived: Path, cut: int
) -> None:
    git(lived.parent, "init", "-q", "-b", "main")
    assert run("answer", lived, TOOL, "in-progress", "--note", "比べる", "--yes").code == 0
    assert run("undo", lived, "--yes").code == 0
    save(lived, "whole")
    then = manifest(lived)
    assert run("answer", lived, TOOL, "not-applicable", "--reason", "後で", "--yes").code == 0
    assert run("answer", lived, RISK, "done", "--note", "後で").code == 0
    whole = lived.read_bytes()
    since = manifest(lived)["answers"]
    lived.write_bytes(whole[:cut])
    out = run("doctor", lived).out
    assert "枝" not in out
    shell(lived.parent, *shown(out))
    now = manifest(lived)
    for id, answer in now["answers"].items():
        assert answer in (then["answers"].get(id), since[id])
    assert now["answers"].keys() >= then["answers"].keys()
    assert now["history"][: len(then["history"])] == then["history"]
    assert run("log", lived, "--verify").code == 0
    assert cut >= len(whole) or "最後のコミットの後に記録" in "".join(out.split())


@pytest.mark.parametrize("percent", [45, 60, 80, 93, 99])
def test_what_was_taken_back_since_the_last_commit_stays_so(
    run: Run, lived: Path, percent: int
) -> None:
    git(lived.parent, "init", "-q", "-b", "main")
    assert run("set", lived, "--condition", "personal_data=no").code == 0
    assert run("answer", lived, RISK, "done", "--note", "取り消す").code == 0
    save(lived, "whole")
    assert run("undo", lived, "--yes").code == 0
    assert run("set", lived, "--condition", "personal_data=unknown", "--owner", "").code == 0
    assert run("answer", lived, BPR, "done", "--note", "後で").code == 0
    then, raw = manifest(lived), lived.read_bytes()
    lived.write_bytes(raw[: len(raw) * percent // 100])
    shell(lived.parent, *shown(run("doctor", lived).out))
    now = manifest(lived)
    assert now["answers"] == then["answers"]
    assert now["project"] == then["project"]
    assert run("log", lived, "--verify").code == 0


def test_what_was_edited_by_hand_and_mistyped_keeps_what_was_edited(run: Run, lived: Path) -> None:
    git(lived.parent, "init", "-q", "-b", "main")
    save(lived, "one")
    text = lived.read_text(encoding="utf-8").replace("メモ", "手で直した", 1)
    lived.write_text(text.replace('"手で直した",', '"手で直した"'), encoding="utf-8")
    shell(lived.parent, *shown(run("doctor", lived).out))
    assert manifest(lived)["answers"][PURPOSE]["note"] == "手で直した"


@pytest.mark.parametrize("loss", ["revert", "cut"])
def test_a_hand_edit_that_was_committed_keeps_no_step_from_coming_back_at_once(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, loss: str
) -> None:
    monkeypatch.chdir(project.parent)
    git(project.parent, "init", "-q", "-b", "main")
    save(project, "start")
    answer = ("answer", project, PURPOSE, "in-progress", "--note", "12人", "--by", "岸")
    assert run(*answer).code == 0
    save(project, "told")
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("12人", "15人", 1), encoding="utf-8")
    save(project, "by hand")
    for item in (BPR, RISK):
        assert run("answer", project, item, "in-progress", "--note", item).code == 0
    recorded = steps(project)
    save(project, "two more")
    if loss == "revert":
        git(project.parent, "revert", "--no-edit", "HEAD")
    else:
        content = project.read_bytes()
        project.write_bytes(content[: len(content) * 2 // 3])
    told = run("doctor", project.name).out
    assert "--note '15人'" in told
    shell(project.parent, *shown(told))
    assert steps(project) >= recorded
    held = {id: one["note"] for id, one in manifest(project)["answers"].items()}
    assert held == {PURPOSE: "12人", BPR: BPR, RISK: RISK}
    assert run("log", project, "--verify", "--format", "json").json["unattested"] == []
    again = run("doctor", project.name).out
    assert "履歴" not in run("status", project.name).err
    assert "recovered" not in again
    assert run("undo", project).code == 0


def test_the_walk_waits_until_that_is_read_and_q_leaves_it_on_the_screen(
    run: Run, parted: Path
) -> None:
    git(parted.parent, "checkout", "--theirs", parted.name)
    save(parted, "one side")
    with running("check", parted) as (terminal, walk):
        terminal.until("4 件が、このファイルにありません")
        terminal.answer("Enter で先へ", "q")
        assert walk.wait(PATIENCE) == 0
        assert "次にすること" not in terminal.rest()
    data = manifest(parted)
    data["answers"] = {}
    parted.write_text(json.dumps(data), encoding="utf-8")
    assert "aiguide answer" not in run("log", parted.name, "--verify").out


def test_a_file_that_lacks_nothing_of_git_is_left_alone(run: Run, lived: Path) -> None:
    git(lived.parent, "init", "-q", "-b", "main")
    save(lived, "one")
    assert run("answer", lived, RISK, "done", "--note", "後で").code == 0
    assert run("undo", lived, "--yes").code == 0
    assert "指摘はありません" in run("doctor", lived).out
    assert not lived.with_name("project.recovered.json").exists()


def test_another_project_that_was_once_in_its_place_is_none_of_it(run: Run, lived: Path) -> None:
    git(lived.parent, "init", "-q", "-b", "main")
    save(lived, "one")
    lived.unlink()
    assert run("init", lived, "--name", "別", "--cell", "internal.writing").code == 0
    save(lived, "another")
    assert "指摘はありません" in run("doctor", lived).out
