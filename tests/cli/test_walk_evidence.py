"""Evidence in a walk: a file's name is completed, and what has changed is attached again."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, settle
from tests.terminal import Terminal, running

KEYS = "[q]終了"
PURPOSE = "planning.purpose"


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered, and a file in a folder, both with a space."""
    settle(run, project)
    folder = project.parent / "証拠 資料"
    folder.mkdir()
    (folder / "企画書 第1版.md").write_text("目的", encoding="utf-8")
    return project


def evidence(project: Path) -> list[dict[str, str]]:
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    listed: list[dict[str, str]] = answers[PURPOSE]["evidence"]
    return listed


def attach(terminal: Terminal, typed: str) -> None:
    terminal.until(KEYS)
    terminal.enter("e")
    terminal.until("証拠（")
    terminal.until(": ")
    terminal.enter(typed)
    terminal.until("を保存しました")


def test_tab_completes_a_name_with_spaces(project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, _):
        attach(terminal, "証\t\t")
    assert [one["target"] for one in evidence(project)] == ["証拠 資料/企画書 第1版.md"]


@pytest.mark.parametrize("typed", ["../\t", "/etc/hostn\t", ".hid\t"])
def test_tab_offers_nothing_from_outside_and_nothing_hidden(project: Path, typed: str) -> None:
    (project.parent / ".hidden.md").write_text("x", encoding="utf-8")
    (project.parent.parent / "other.md").write_text("x", encoding="utf-8")
    with running("check", project, "--phase", "planning") as (terminal, _):
        terminal.until(KEYS)
        terminal.enter("e")
        terminal.until("証拠（")
        terminal.until(": ")
        terminal.enter(typed)
        said = terminal.until("証拠（")
    assert f"{typed.strip()}\r\n" in said.replace("\a", "")  # Tab only rings the bell


def test_in_a_note_a_tab_completes_nothing_even_after_evidence(project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, _):
        attach(terminal, "証拠 資料/企画書 第1版.md")
        terminal.until(KEYS)
        terminal.enter("m")
        terminal.until("メモ（")
        terminal.until(": ")
        terminal.enter("証\t")
        terminal.until("を保存しました")
    saved = json.loads(project.read_text(encoding="utf-8"))["answers"]
    assert saved[PURPOSE]["note"] == "証"


@pytest.mark.parametrize("moved", [False, True])
def test_a_file_that_has_changed_or_moved_is_offered_to_be_attached_again(
    run: Run, project: Path, moved: bool
) -> None:
    file = project.parent / "証拠 資料" / "企画書 第1版.md"
    run("answer", project, PURPOSE, "done", "--evidence", file)
    (before,) = evidence(project)
    if moved:
        file.rename(project.parent / "企画書.md")
    else:
        file.write_text("書き換えた", encoding="utf-8")
    with running("check", project, "--phase", "planning") as (terminal, _):
        assert "e で付け直し" in terminal.until(KEYS)
        terminal.enter("e")
        terminal.until("企画書.md]: " if moved else "第1版.md]: ")
        terminal.enter("")
        terminal.until("を保存しました")
        assert "記録したときと違います" not in terminal.until(KEYS)
    (after,) = evidence(project)
    assert (after["target"] != before["target"]) == moved
    assert (after["sha256"] == before["sha256"]) == moved


def test_evidence_that_holds_is_not_offered(run: Run, project: Path) -> None:
    file = project.parent / "証拠 資料" / "企画書 第1版.md"
    run("answer", project, PURPOSE, "done", "--evidence", file)
    with running("check", project, "--phase", "planning") as (terminal, _):
        terminal.until(KEYS)
        terminal.enter(PURPOSE)
        assert "付け直し" not in terminal.until(KEYS)
        terminal.enter("e")
        assert "企画書" not in terminal.until(": ")
