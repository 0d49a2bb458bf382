"""A walk of a project that changes its version: items that are gone go by their titles."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.terminal import PATIENCE, running, wholly

KEYS, SURE, BACK, ON = "[q]終了", "Enter やめる", "Enter で戻る", "Enter で先へ"
GONE, ONLY_NEW = ("ファクス", "plan.fax"), ("データの質", "plan.data-quality")


@pytest.fixture(name="project")
def answered(run: Run, tmp_path: Path) -> Path:
    """A project by version 1 of the small pack, with answers to items that version 2 has not."""
    shutil.copytree(ROOT / "tests" / "packs" / "mini", tmp_path / "packs" / "mini")
    (tmp_path / "aiguide.toml").write_text('[guideline]\npacks = "packs"\n', encoding="utf-8")
    path = tmp_path / "project.json"
    facts = ("--guideline", "mini@1", "--cell", "office.sort", "--condition", "personal=no")
    assert run("init", path, "--name", "案件", *facts).code == 0
    for item in ("plan.data", "plan.fax"):
        assert run("answer", path, item, "done", "--note", "見た").code == 0
    return path


def named(item: tuple[str, str], said: str) -> bool:
    title, id = item
    return title in "".join(said.split()) and id not in said


def test_taking_an_upgrade_back_names_the_items_of_both_versions(run: Run, project: Path) -> None:
    assert run("upgrade", project, "--to", "2").code == 0
    with running("check", project, "--phase", "plan") as (terminal, _):
        terminal.answer(KEYS, "u")
        assert named(GONE, terminal.until(SURE))
        terminal.enter("y")
        assert named(ONLY_NEW, terminal.until(BACK))


def test_an_upgrade_by_somebody_else_is_told_with_the_items_that_it_retires(
    run: Run, project: Path
) -> None:
    with running("check", project, "--phase", "plan") as (terminal, _):
        terminal.until(KEYS)
        assert run("upgrade", project, "--to", "2", "--by", "佐藤").code == 0
        terminal.enter("s")
        assert named(GONE, terminal.until(ON))


def test_what_an_older_file_took_with_the_upgrade_is_given_back_after_upgrading_again(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    assert run("upgrade", project, "--to", "2").code == 0
    for item in ("plan.data-quality", "plan.goal"):
        assert run("answer", project, item, "done", "--note", "二版の答え").code == 0
    project.write_bytes(older)
    with running("check", project, "--phase", "plan") as (terminal, walk):
        said = wholly(terminal.until(ON))
        assert "rで、1件（目的:実施済）を元どおりに" in said
        assert "1件は、いまの版（mini@1）にない項目などの記録です" in said
        assert "mini@2に移すと、rで戻せる" in said
        terminal.enter("r")
        terminal.answer(ON, "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 2
        end = wholly(terminal.rest())
    assert "plan.data-qualitydone--note'二版の答え'（いまの版mini@1にはありません" in end
    assert "plan.goaldone" not in end
    assert run("upgrade", project, "--to", "2").code == 0
    with running("check", project, "--phase", "plan") as (terminal, walk):
        terminal.answer("q 終了", "r")
        assert "1件（データの質:実施済）を、元どおりに" in wholly(terminal.until(ON))
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert run("status", project).err == ""


def test_what_the_version_in_use_has_no_more_is_shown_and_not_promised_back(
    run: Run, project: Path
) -> None:
    older = project.read_bytes()
    assert run("answer", project, "plan.fax", "done", "--note", "書き直した").code == 0
    project.write_bytes(older)
    assert run("upgrade", project, "--to", "2").code == 0
    with running("check", project, "--phase", "plan") as (terminal, walk):
        told = wholly(terminal.until(ON))
        assert "1件は、いまの版（mini@2）にない項目などの記録なので、戻せません" in told
        assert named(GONE, told)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 2
        end = wholly(terminal.rest())
    assert "--note'書き直した'（いまの版mini@2にはないので" in end
