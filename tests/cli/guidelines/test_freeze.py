"""`guideline freeze`: authors release a version of their pack, which then never changes."""

import re
import shutil
from pathlib import Path

import pytest

from aiguide.store import packs
from tests.cli.guidelines.conftest import edit
from tests.conftest import ROOT, TODAY, Run
from tests.terminal import PATIENCE, running


@pytest.fixture
def harbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a finished version; the commands run where its settings are."""
    shutil.copytree(ROOT / "tests" / "own_packs" / "harbor", tmp_path / "packs" / "harbor")
    (tmp_path / "aiguide.toml").write_text('[guideline]\npacks = "packs"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "packs" / "harbor" / "1"


@pytest.mark.parametrize("given", ["packs/harbor/1", "harbor", "harbor@1", "packs"])
def test_a_version_is_released_on_a_day_and_the_list_says_so(
    run: Run, harbor: Path, given: str
) -> None:
    assert "作成中" in run("guideline", "show", "harbor").out
    ran = run("guideline", "freeze", given, "--today", TODAY, "--yes")
    assert ran.code == 0, ran.err
    assert "harbor@1" in ran.out
    released = (harbor / "released.yaml").read_text(encoding="utf-8")
    assert f'date: "{TODAY}"' in released
    assert released.split()[1] in ran.out, "the digest, to be kept elsewhere"
    assert f"{TODAY} 公開" in run("guideline", "show", "harbor").out
    assert run("guideline", "lint", "harbor", "--strict").code == 0


def test_at_a_terminal_it_shows_what_is_released_and_asks(harbor: Path) -> None:
    args = ("guideline", "freeze", "harbor", "--today", TODAY)
    for given in ("", "n", "q"):
        with running(*args) as (terminal, process):
            shown = terminal.until("公開しますか")
            terminal.enter(given)
            terminal.until("公開していません")
            assert process.wait(PATIENCE) == 0
        assert not (harbor / "released.yaml").exists()
    told = ("harbor@1", TODAY, "データ第1版", "点検項目", "SHA-256", "取り消せません")
    assert [one for one in told if one not in shown] == [], "also that it is the data's revision"
    with running(*args) as (terminal, process):
        terminal.answer("公開しますか", "y")
        terminal.until("に公開しました")
        assert process.wait(PATIENCE) == 0
    digest = (harbor / "released.yaml").read_text(encoding="utf-8").split()[1]
    assert digest in shown.replace("\r\n", "").replace(" ", "")


def test_nobody_who_could_be_asked_releases_nothing_without_yes(run: Run, harbor: Path) -> None:
    ran = run("guideline", "freeze", "harbor", "--today", TODAY)
    assert (ran.code, "--yes" in ran.err) == (2, True)
    assert "harbor@1" in ran.out, "what it would be"
    assert not (harbor / "released.yaml").exists()


def test_a_script_at_a_terminal_is_not_asked(harbor: Path) -> None:
    with running("guideline", "freeze", "harbor", "--yes") as (terminal, process):
        terminal.until("に公開しました")
        assert process.wait(PATIENCE) == 0
    assert (harbor / "released.yaml").exists()


def test_a_name_without_a_version_stands_for_all_of_them(run: Run, harbor: Path) -> None:
    run("guideline", "freeze", "harbor", "--today", TODAY, "--yes")
    second = Path(shutil.copytree(harbor, harbor.parent / "2"))
    judged = run("guideline", "lint", "harbor")
    assert judged.code == 1
    assert str(second.relative_to(Path.cwd())) in judged.out
    (second / "released.yaml").unlink()
    edit(second / "guideline.yaml", "version: 1", "version: 2")
    (second / "changes.yaml").write_text("since: 1\n", encoding="utf-8")
    assert run("guideline", "lint", "harbor").code == 0
    ran = run("guideline", "freeze", "harbor", "--today", TODAY, "--yes")
    assert (ran.code, "harbor@2" in ran.out) == (0, True), ran.err


def test_a_released_version_that_changes_cannot_be_used(run: Run, harbor: Path) -> None:
    run("guideline", "freeze", "harbor", "--today", TODAY, "--yes")
    edit(harbor / "items" / "idea.yaml", "ja: 使うわけを書く", "ja: 使う理由を書く")
    ran = run("guideline", "lint", "harbor")
    assert (ran.code, "AG224" in ran.out) == (1, True)
    assert run("matrix", "--guideline", "harbor").code == 2


def test_what_was_changed_of_a_released_version_is_named(run: Run, harbor: Path) -> None:
    run("guideline", "freeze", "harbor", "--today", TODAY, "--yes")
    edit(harbor / "items" / "idea.yaml", "ja: 使うわけを書く", "ja: 使う理由を書く")
    edit(harbor / "cells.yaml", "number: 1", "number: 1  # a comment says nothing")
    told = run("guideline", "lint", "harbor", "--format", "json").json["findings"]
    files = [Path(one["file"]).name for one in told if one["code"] == "AG224"]
    assert files == ["idea.yaml"]


def test_a_file_that_is_gone_from_a_released_version_is_named(run: Run, harbor: Path) -> None:
    run("guideline", "freeze", "harbor", "--today", TODAY, "--yes")
    (gone,) = (harbor / "items").glob("idea.yaml")
    gone.unlink()
    told = run("guideline", "lint", "harbor", "--format", "json").json["findings"]
    marked = [one["pointer"] for one in told if one["code"] == "AG224"]
    assert marked == ["/files/items~1idea.yaml"]


def test_a_copied_mark_is_told_to_be_deleted(run: Run, harbor: Path) -> None:
    run("guideline", "freeze", "harbor", "--today", TODAY, "--yes")
    second = Path(shutil.copytree(harbor, harbor.parent / "2"))
    edit(second / "guideline.yaml", "version: 1", "version: 2")
    (second / "changes.yaml").write_text("since: 1\n", encoding="utf-8")
    (told,) = run("guideline", "lint", second, "--format", "json").json["findings"]
    assert told["code"] == "AG641"
    assert "released.yaml を消して" in told["fix"]
    edit(harbor / "cells.yaml", "number: 1", "number: 7")
    told = run("guideline", "lint", harbor, "--format", "json").json["findings"]
    assert [one["code"] for one in told] == ["AG224"], "the first version is the original"


def test_a_version_is_released_once(run: Run, harbor: Path) -> None:
    run("guideline", "freeze", "harbor", "--today", TODAY, "--yes")
    before = (harbor / "released.yaml").read_bytes()
    ran = run("guideline", "freeze", "harbor", "--today", "2027-01-01", "--yes")
    assert (ran.code, "すでに公開" in ran.err) == (2, True)
    assert (harbor / "released.yaml").read_bytes() == before


def test_a_copy_with_the_mark_of_another_version_is_told_what_to_do(run: Run, harbor: Path) -> None:
    run("guideline", "freeze", "harbor", "--today", TODAY, "--yes")
    second = Path(shutil.copytree(harbor, harbor.parent / "2"))
    edit(second / "guideline.yaml", "version: 1", "version: 2")
    assert "released.yaml を消して" in run("guideline", "freeze", second, "--yes").err
    (second / "released.yaml").unlink()
    (second / "changes.yaml").write_text("since: 1\nchanges: []\n", encoding="utf-8")
    assert run("guideline", "freeze", second, "--today", TODAY, "--yes").code == 0


def test_what_is_left_to_be_written_is_named_and_nothing_released(run: Run, pack: Path) -> None:
    ran = run("guideline", "freeze", pack, "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "AG615" in ran.err
    assert "guideline.yaml:" in ran.err
    assert not (pack / "released.yaml").exists()
    assert run("guideline", "freeze", pack, "--allow-warnings", "--yes").code == 0


def test_an_error_is_never_released(run: Run, harbor: Path) -> None:
    line = edit(harbor / "cells.yaml", "domain: quay", "domain: quai")
    ran = run("guideline", "freeze", harbor, "--allow-warnings", "--yes")
    assert ran.code == 2
    assert f"cells.yaml:{line}" in ran.err
    assert not (harbor / "released.yaml").exists()


def test_one_version_is_released_at_a_time(run: Run, harbor: Path) -> None:
    second = Path(shutil.copytree(harbor, harbor.parent / "2"))
    edit(second / "guideline.yaml", "version: 1", "version: 2")
    ran = run("guideline", "freeze", harbor.parent, "--yes")
    assert ran.code == 2
    assert all(str(one) in ran.err for one in (harbor, second))
    assert not list(harbor.parent.rglob("released.yaml"))


def test_what_aiguide_brings_along_is_not_released_by_its_users(
    run: Run, harbor: Path, small_packs: Path
) -> None:
    ran = run("guideline", "freeze", "mini", "--yes")
    assert (ran.code, "aiguide が持つ" in ran.err) == (2, True)
    assert not list(small_packs.rglob("released.yaml"))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("no-such-city",), "no-such-city"),
        (("no/such/folder",), "no/such/folder"),
        (("harbor", "--today", "yesterday"), "yesterday"),
    ],
)
def test_what_cannot_be_released_is_said(
    run: Run, harbor: Path, args: tuple[str, ...], said: str
) -> None:
    ran = run("guideline", "freeze", *args, "--yes")
    assert (ran.code, said in ran.err) == (2, True)


def test_our_own_are_released_by_the_same_command(run: Run, tmp_path: Path) -> None:
    """`make freeze` gives folders of data/."""
    folder = Path(shutil.copytree(packs.folder_of("ai-business@1"), tmp_path / "ai-business" / "1"))
    (folder / "released.yaml").unlink()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"aiguide guideline freeze .* --yes", makefile), "nobody is asked there"
    ran = run("guideline", "freeze", folder, "--today", TODAY, "--yes")
    assert (ran.code, "AG621" in ran.err) == (2, True), "a copy elsewhere has a shipped pack's id"
