"""Two projects that began apart under one name: git can hold both, a file only one of them."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.test_merge_driver import (
    BPR,
    PURPOSE,
    answered,
    branched,
    git,
    left_over,
    manifest,
    save,
    shell,
)
from tests.conftest import Ran, Run

__all__ = ["branched"]  # the fixture

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
APART = "別に始まった案件「佐藤の案件」"
SATO, TANAKA = "佐藤", "田中"
LOOKS = (("status", "project.json"), ("check", "project.json"), ("validate", "."))


def begin(run: Run, project: Path, who: str, item: str) -> None:
    """Begin a project, answer an item in it, and commit that."""
    name = f"{who}の案件"
    assert run("init", project, "--name", name, "--cell", "citizen.action", "--by", who).code == 0
    assert run("answer", project, item, "done", "--note", f"{who}の所見", "--by", who).code == 0
    save(project, who)


def note(project: Path) -> set[str]:
    return {one["note"] for one in manifest(project)["answers"].values()}


@pytest.fixture(params=["driver", "no driver"])
def parted(
    run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    """A merge that stopped, for Tanaka on `main` and Sato on `other` had each begun a project."""
    folder = branched.parent
    monkeypatch.chdir(folder)
    if request.param == "no driver":
        git(folder, "config", "--unset", "merge.aiguide.driver")
    branched.unlink()
    git(folder, "update-ref", "-d", "HEAD")  # nobody had a project before
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "not yet")
    git(folder, "branch", "-f", "other", "main")
    for branch, who, item in (("other", SATO, PURPOSE), ("main", TANAKA, BPR)):
        git(folder, "checkout", "-q", branch)
        begin(run, branched, who, item)
    assert "add/add" in git(folder, "merge", "--no-edit", "other")
    return branched


@pytest.fixture
def lost(parted: Path) -> Path:
    """The project of Tanaka, kept in that merge without a word of Sato's."""
    git(parted.parent, "checkout", "--ours", parted.name)
    git(parted.parent, "add", parted.name)
    git(parted.parent, "commit", "-q", "--no-edit")
    return parted


def pasted(told: str) -> list[str]:
    """Give the lines that are shown to be pasted, but those with a blank."""
    lines = re.findall(r"(?m)^ {4}((?:git|aiguide|mv) .*)$", told)
    return [one for one in lines if not one.endswith("...")]


def ways(ran: Ran) -> dict[str, list[str]]:
    """Give the lines that keep each project, by its name; git has the message for the commit."""
    kept = re.split(r"(?m)^ {2}「(?=..の案件」（)", ran.err)[1:]
    found = {one[:2]: pasted(one.partition("その後で")[0]) for one in kept}
    assert {lines[-1] for lines in found.values()} == {"git commit"}
    return {who: [*lines[:-1], "git commit --no-edit"] for who, lines in found.items()}


@pytest.mark.parametrize(("kept", "other"), [(SATO, TANAKA), (TANAKA, SATO)])
@pytest.mark.parametrize("taken", ["", "--ours", "--theirs"])
def test_in_a_merge_doctor_keeps_either_and_puts_the_other_beside_it(
    run: Run, parted: Path, kept: str, other: str, taken: str
) -> None:
    folder = parted.parent
    if taken:  # whatever somebody tried before
        git(folder, "checkout", taken, parted.name)
    ran = run("doctor", parted.name)
    assert ran.code == 2
    assert "指摘はありません" not in ran.out + ran.err
    assert f"「{kept}の案件」（{kept} 2 件" in " ".join(ran.err.split())
    assert "error" not in shell(folder, *ways(ran)[kept])
    assert run("doctor", parted.name).code == 0  # and git is done
    assert (note(parted), left_over(folder)) == ({f"{kept}の所見"}, [])
    assert note(folder / "other.project.json") == {f"{other}の所見"}
    for look in LOOKS:
        assert "別に始まった" not in run(*look).err, look


def test_what_was_recorded_in_the_file_since_the_merge_stopped_is_kept_beside_it_too(
    run: Run, parted: Path
) -> None:
    git(parted.parent, "checkout", "--ours", parted.name)
    assert run("answer", parted, PURPOSE, "done", "--note", "その後").code == 0
    shell(parted.parent, *ways(run("doctor", parted.name))[SATO])
    assert note(parted) == {"佐藤の所見"}
    assert note(parted.with_name("other.project.json")) == {"田中の所見", "その後"}


def test_what_is_neither_side_is_put_out_of_the_way_first(run: Run, parted: Path) -> None:
    git(parted.parent, "checkout", "--ours", parted.name)
    data = manifest(parted)
    data["answers"][BPR]["note"] = "手で"
    parted.write_text(json.dumps(data), encoding="utf-8")
    ran = run("doctor", parted.name)
    shell(parted.parent, *pasted(ran.err.partition("「田中の案件」")[0]), *ways(ran)[TANAKA])
    assert note(parted) == {"田中の所見"}
    assert note(parted.with_name("project.damaged.json")) == {"手で"}


def test_whose_project_gave_way_is_told_until_they_record_something(run: Run, lost: Path) -> None:
    for look in LOOKS:
        told = run(*look).err
        assert "aiguide doctor\n" in told, look
        said = "".join(told.split())
        assert f"{APART}があります。その履歴2件（佐藤2件）は" in said, look
        assert "試験担当がcheckやanswerで一件でも記録するか" in said, look
        assert "Sato" not in run(*look, "--lang", "en").err
    assert "began apart" in " ".join(run("status", lost.name, "--lang", "en").err.split())
    by = ("--by", "試験担当")
    assert APART in "".join(
        run("answer", lost.name, PURPOSE, "open", "--note", "あ", *by).err.split()
    )
    for look in LOOKS:
        assert "別に始まった" not in run(*look).err, look


def test_who_changes_a_fact_first_is_told_then(run: Run, lost: Path) -> None:
    assert APART in "".join(run("set", lost.name, "--owner", "資源循環課").err.split())
    assert "別に始まった" not in run("status", lost.name).err


@pytest.mark.parametrize("inside", [True, False])
def test_doctor_says_how_to_take_the_other_project_from_git_and_then_no_more_is_told(
    run: Run, lost: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    here = lost.parent if inside else lost.parent.parent
    monkeypatch.chdir(here)
    told = run("doctor", lost.name if inside else f"{lost.parent.name}/{lost.name}").out
    said = "".join(told.split())
    assert f"{APART}があります。その履歴2件（佐藤2件）は" in said
    assert shell(here, *pasted(told)) == ""
    other = lost.with_name("other.project.json")
    assert note(other) == {"佐藤の所見"}
    assert run("log", other, "--verify").code == 0
    assert lost.with_name("other.xlsx").exists()
    assert "別に始まった" not in run("doctor", lost).out
    monkeypatch.chdir(lost.parent)
    for look in LOOKS:
        assert "別に始まった" not in run(*look).err, look


def test_who_began_anew_in_the_place_of_their_own_project_is_warned_of_nothing(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    git(project.parent, "init", "-q", "-b", "main")
    assert run("answer", project, PURPOSE, "done", "--note", "前の", "--by", "試験担当").code == 0
    save(project, "first")
    project.unlink()
    begin(run, project, "試験担当", BPR)
    for look in LOOKS:
        assert "別に始まった" not in run(*look).err, look
    monkeypatch.setenv("AIGUIDE_BY", "通りがかり")
    for look in LOOKS:
        assert "別に始まった" not in run(*look).err, look
    assert "わざと始め直したのなら" in "".join(run("doctor", project).out.split())


def test_a_beginning_in_which_nobody_recorded_anything_is_not_told(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    git(project.parent, "init", "-q", "-b", "main")
    save(project, "first")
    project.unlink()
    begin(run, project, TANAKA, BPR)
    monkeypatch.setenv("AIGUIDE_BY", SATO)
    assert "別に始まった" not in run("status", project).err
    assert "別に始まった" not in run("doctor", project).out


def test_what_a_colleague_reverted_is_named_with_whose_it_is(run: Run, branched: Path) -> None:
    answered(run, branched, "main", ("answer", PURPOSE, "done", "--note", "企画書", "--by", SATO))
    git(branched.parent, "revert", "--no-edit", "HEAD")
    said = run("status", branched).err
    assert re.search(rf"(?m)^ {{2}}\S+ \S+ {SATO}が回答: 適切な目的の設定$", said)
    more = [
        ("answer", f"planning.{one}", "open", "--note", "あ", "--by", SATO)
        for one in ("bpr", "ownership")
    ]
    answered(
        run, branched, "main", *more, ("answer", "planning.risk-assessment", "open", "--note", "い")
    )
    git(branched.parent, "revert", "--no-edit", "HEAD")
    said = run("status", branched).err
    assert len(re.findall("が回答: ", said)) == 3
    assert "  ほか 1 件" in said
