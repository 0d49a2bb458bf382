"""A walk of a project that changes its version: items that are gone go by their titles."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.terminal import running

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
