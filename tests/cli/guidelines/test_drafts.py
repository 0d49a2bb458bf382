"""A version that is still being written binds nobody who did not ask for it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.guidelines.conftest import edit
from tests.conftest import TODAY, Run


@pytest.fixture
def draft(run: Run, pack: Path) -> Path:
    """Give the folder of a draft of version 2; version 1 was released."""
    frozen = run("guideline", "freeze", pack, "--allow-warnings", "--today", TODAY, "--yes")
    assert frozen.code == 0, frozen.err
    second = Path(shutil.copytree(pack, pack.parent / "2"))
    (second / "released.yaml").unlink()
    edit(second / "guideline.yaml", "version: 1 ", "version: 2 ")
    (second / "changes.yaml").write_text("since: 1\n", encoding="utf-8")
    return second


def start(run: Run, name: str) -> str:
    """Start a project; gives what was said on the side."""
    given = ("--name", "案件", "--cell", "public.answer", "--guideline", name)
    ran = run("init", "x.project.json", *given)
    assert ran.code == 0, ran.err
    return ran.err


def version() -> int:
    held: int = json.loads(Path("x.project.json").read_text("utf-8"))["guideline"]["version"]
    return held


def test_new_projects_take_the_newest_version_that_was_released(run: Run, draft: Path) -> None:
    assert start(run, "our-city") == ""
    assert version() == 1
    assert "最新" in run("guideline", "show", "our-city").out
    assert "our-city@1" in run("guideline", "show", "our-city").out
    assert "新しい版" not in run("status", "x.project.json").out
    assert "変更はありません" in run("upgrade", "x.project.json").out
    assert version() == 1
    run("guideline", "freeze", draft, "--allow-warnings", "--yes")
    assert "our-city@2" in run("upgrade", "x.project.json", "--dry-run").out


@pytest.mark.parametrize("half", ["the mark copied along", "files missing", "no version yet"])
def test_a_half_copied_version_stops_no_project(run: Run, draft: Path, half: str) -> None:
    if half == "files missing":
        (draft / "cells.yaml").unlink()
    else:
        shutil.copy(draft.parent / "1" / "released.yaml", draft)
    if half == "no version yet":
        edit(draft / "guideline.yaml", "version: 2 ", "version: 1 ")
    start(run, "our-city")
    assert version() == 1


def test_a_draft_is_used_where_it_is_named_and_everything_says_so(run: Run, draft: Path) -> None:
    assert "作成中" in start(run, "our-city@2")
    assert version() == 2
    assert "作成中" in run("report", "x.project.json", "-o", "-", "--format", "md").out
    assert "新しい版" not in run("status", "x.project.json").out
    ran = run("upgrade", "x.project.json")
    assert (ran.code, version()) == (0, 2), "it does not go back to the released one"


def test_an_upgrade_to_a_draft_warns(run: Run, draft: Path) -> None:
    start(run, "our-city")
    ran = run("upgrade", "x.project.json", "--to", "2")
    assert (ran.code, "作成中" in ran.err, version()) == (0, True, 2)


def test_while_none_is_released_the_newest_draft_is_the_version(run: Run, pack: Path) -> None:
    assert "作成中" in start(run, "our-city")


def without_cells(folder: Path) -> None:
    (folder / "cells.yaml").unlink()


def without_its_version(folder: Path) -> None:
    edit(folder / "guideline.yaml", "version: 2 ", "version: 1 ")


def no_yaml(folder: Path) -> None:
    (folder / "guideline.yaml").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("spoil", [without_cells, without_its_version, no_yaml])
def test_while_none_is_released_the_newest_that_can_be_used_serves(
    run: Run, pack: Path, spoil: Callable[[Path], None]
) -> None:
    second = Path(shutil.copytree(pack, pack.parent / "2"))
    edit(second / "guideline.yaml", "version: 1 ", "version: 2 ")
    (second / "changes.yaml").write_text("since: 1\n", encoding="utf-8")
    assert "our-city@2" in run("guideline", "show", "our-city").out
    spoil(second)
    said = start(run, "our-city")
    assert version() == 1
    assert "our-city@2 は誤りがあって使えないので、our-city@1 を使います" in said
    assert "aiguide guideline lint our-packs/our-city/2" in said
    for command in (("matrix", "--guideline"), ("guideline", "show")):
        ran = run(*command, "our-city")
        assert (ran.code, "our-city@2 は" in ran.err) == (0, True)
        assert run(*command, "our-city@1").err == ""
    assert run("matrix", "--guideline", "our-city@2").code == 2, "named, it is not passed over"
    assert "新しい版" not in run("status", "x.project.json").out
    ran = run("upgrade", "x.project.json")
    assert (ran.code, "aiguide guideline lint" in ran.err) == (2, True)


def test_a_pack_of_which_nothing_can_be_used_says_what_is_wrong(run: Run, pack: Path) -> None:
    (pack / "cells.yaml").unlink()
    shutil.copytree(pack, pack.parent / "2")
    ran = run("matrix", "--guideline", "our-city")
    assert (ran.code, "cells.yaml" in ran.err) == (2, True)


def test_an_upgrade_is_taken_back_after_the_draft_changed_its_ids(run: Run, draft: Path) -> None:
    start(run, "our-city")
    run("answer", "x.project.json", "plan.goal", "done", "--note", "書いた")
    edit(draft / "cells.yaml", "public.answer", "public.reply")
    edit(draft / "cells.yaml", "reach: answer", "reach: reply")
    reason = "reason: {ja: 呼び名, en: Name}"
    changes = f"since: 1\ncells: [{{from: [public.answer], to: [public.reply], {reason}}}]\n"
    (draft / "changes.yaml").write_text(changes, encoding="utf-8")
    before = json.loads(Path("x.project.json").read_text("utf-8"))
    assert run("upgrade", "x.project.json", "--to", "2").code == 0
    for file in draft.rglob("*.yaml"):
        text = file.read_text("utf-8").replace("public.reply", "public.respond")
        file.write_text(text.replace("plan.goal", "plan.aim"), "utf-8")
    edit(draft / "cells.yaml", "reach: reply", "reach: respond")
    assert run("status", "x.project.json").code == 2
    ran = run("undo", "x.project.json")
    assert ran.code == 0, ran.err
    after = json.loads(Path("x.project.json").read_text("utf-8"))
    assert {**after, "history": []} == {**before, "history": []}
    assert run("status", "x.project.json").code == 0
