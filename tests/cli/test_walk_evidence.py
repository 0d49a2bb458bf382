"""Evidence in a walk: a file's name is completed, and what has changed is attached again."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, settle
from tests.terminal import Terminal, running

KEYS = "[q]終了"
PURPOSE = "planning.purpose"
OLD = "証拠 資料/企画書 第1版.md"


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
    terminal.answer(KEYS, "e")
    terminal.until("証拠（")
    terminal.answer(": ", typed)
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
        terminal.answer(KEYS, "e")
        terminal.until("証拠（")
        terminal.answer(": ", typed)
        said = terminal.until("証拠（")
    assert f"{typed.strip()}\r\n" in said.replace("\a", "")  # Tab only rings the bell


def test_in_a_note_a_tab_completes_nothing_even_after_evidence(project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, _):
        attach(terminal, "証拠 資料/企画書 第1版.md")
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        terminal.answer(": ", "証\t")
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
        told = terminal.until("企画書.md]: " if moved else "第1版.md]: ")
        assert ("」に移っています" if moved else "の内容が、記録したときと違います") in told
        assert ("Enter 移った先で付け直す" if moved else "Enter いまの内容で付け直す") in told
        assert "そのまま）" not in told, "Enter does change something"
        terminal.enter("")
        terminal.until("を保存しました")
        what = f"企画書.md（{OLD} から移動）" if moved else f"{OLD}（内容が変わったもの）"
        said = terminal.until(KEYS)
        assert f"証拠を付け直しました:{what}".replace(" ", "") in "".join(said.split())
        assert "記録を外しました" not in said
        assert "記録したときと違います" not in said
    (after,) = evidence(project)
    assert (after["target"] != before["target"]) == moved
    assert (after["sha256"] == before["sha256"]) == moved


def test_evidence_that_holds_is_named_and_not_offered(run: Run, project: Path) -> None:
    file = project.parent / "証拠 資料" / "企画書 第1版.md"
    run("answer", project, PURPOSE, "done", "--evidence", file)
    with running("check", project, "--phase", "planning") as (terminal, _):
        terminal.answer(KEYS, PURPOSE)
        assert "付け直し" not in terminal.until(KEYS)
        terminal.enter("e")
        assert "いまの証拠 1 件" in terminal.until("証拠（")
        assert "企画書" not in terminal.until(": ")


@pytest.fixture(name="several")
def with_several(run: Run, project: Path) -> Path:
    """The item with three files and a link, the second file changed since."""
    files = [project.parent / f"別紙　{number}.txt" for number in (1, 2, 3)]
    for file in files:
        file.write_text(file.name, encoding="utf-8")
    given = [part for file in files for part in ("--evidence", file.name)]
    link = ("--evidence", "https://example.org/")
    assert run("answer", project, PURPOSE, "done", "--note", "済", *given, *link).code == 0
    return project


def targets(project: Path) -> list[str]:
    return [one["target"] for one in evidence(project)]


FILES = ["別紙　1.txt", "別紙　2.txt", "別紙　3.txt", "https://example.org/"]


def test_a_minus_takes_off_the_one_in_brackets_and_says_so(several: Path) -> None:
    (several.parent / "別紙　2.txt").write_text("書き換えた", encoding="utf-8")
    with running("check", several, "--phase", "planning") as (terminal, _):
        terminal.answer(KEYS, "e")
        terminal.answer("[別紙　2.txt]: ", "ー")
        terminal.until("証拠の記録を外しました: 別紙　2.txt")
        terminal.until(KEYS)
    assert targets(several) == [FILES[0], *FILES[2:]]


@pytest.mark.parametrize("key", ["d", "e"])
@pytest.mark.parametrize(
    ("typed", "left"),
    [("2", (0, 2, 3)), ("１、４", (1, 2)), ("a", ()), ("", (0, 1, 2, 3)), ("b", (0, 1, 2, 3))],
)
def test_of_several_the_ones_to_take_off_are_chosen(
    several: Path, key: str, typed: str, left: tuple[int, ...]
) -> None:
    with running("check", several, "--phase", "planning") as (terminal, _):
        terminal.answer(KEYS, PURPOSE)
        terminal.answer(KEYS, key)
        if key == "d":
            terminal.answer("メモ（", "")
        terminal.answer("証拠（", "-")
        shown = terminal.until("a すべて")
        assert all(one in shown for one in FILES)
        terminal.enter("9")
        terminal.answer("1 から 4 までの番号", typed)
        if len(left) < len(FILES):
            terminal.until("証拠の記録を外しました")
        else:
            terminal.until("何も外していません")
            terminal.answer("証拠（", "")
    answers = json.loads(several.read_text(encoding="utf-8"))["answers"]
    assert [one["target"] for one in answers[PURPOSE].get("evidence", [])] == [
        FILES[at] for at in left
    ]


def test_evidence_that_is_gone_is_marked_among_those_to_take_off(several: Path) -> None:
    (several.parent / "別紙　2.txt").unlink()
    with running("check", several, "--phase", "planning") as (terminal, _):
        terminal.answer(KEYS, "e")
        terminal.until("証拠（")
        terminal.answer("）: ", "-")
        assert "別紙　2.txt  なし" in terminal.until("a すべて")


@pytest.mark.parametrize("key", ["?", "b"])
def test_evidence_that_has_changed_is_left_by_b_and_explained_with_what_enter_does(
    several: Path, key: str
) -> None:
    (several.parent / "別紙　2.txt").write_text("書き換えた", encoding="utf-8")
    before = several.read_bytes()
    with running("check", several, "--phase", "planning") as (terminal, _):
        terminal.answer(KEYS, "e")
        terminal.answer("[別紙　2.txt]: ", key)
        asked = "何も変更していません" if key == "b" else "Enter いまの内容で付け直す"
        terminal.until(asked)
    assert several.read_bytes() == before


def test_where_a_status_is_given_enter_keeps_evidence_that_has_changed(several: Path) -> None:
    (several.parent / "別紙　2.txt").write_text("書き換えた", encoding="utf-8")
    with running("check", several, "--phase", "planning") as (terminal, _):
        terminal.answer(KEYS, "d")
        assert "[ ] はそのまま" in terminal.until("メモ（")


def test_the_examples_of_evidence_are_each_on_one_line(project: Path) -> None:
    with running("check", project, "--phase", "planning", "--at", "planning.purpose") as (
        terminal,
        walk,
    ):
        terminal.answer("[q]終了", "e")
        terminal.answer("証拠（", "?")
        said = terminal.until("イルは残ります").splitlines()
        assert "  例: 企画書.pdf、会議録/第1回.md、https://example.org/plan" in said
        walk.kill()


def test_a_note_that_is_the_path_of_a_file_is_asked_about_and_a_web_address_is_not(
    project: Path,
) -> None:
    project.with_name("企画書.md").write_text("企画", encoding="utf-8")
    with running("check", project, "--phase", "planning", "--at", "planning.purpose") as (
        terminal,
        walk,
    ):
        terminal.answer("[q]終了", "d")
        terminal.answer("メモ（", "企画書.md")
        asked = terminal.until("Enter やめる").replace("\r\n  ", "")
        assert "案件のフォルダーにあるファイルです" in asked
        terminal.enter("n")
        terminal.answer("メモ（", "https://example.org/plan")
        terminal.answer("証拠（", "企画書.md")
        terminal.until("保存しました")
        walk.kill()
    answer = json.loads(project.read_text(encoding="utf-8"))["answers"]["planning.purpose"]
    assert answer["note"] == "https://example.org/plan"
    assert [one["target"] for one in answer["evidence"]] == ["企画書.md"]


def test_a_walk_that_begins_at_changed_evidence_does_not_say_that_the_item_is_not_clear(
    run: Run, project: Path
) -> None:
    file = project.parent / "一覧.txt"
    file.write_text("x", encoding="utf-8")
    run("answer", project, "planning.tool-selection", "done", "--evidence", file.name)
    file.unlink()
    with running("check", project, "--phase", "planning") as (terminal, _):
        told = terminal.until(KEYS)
    assert "証拠が、記録したときと違う項目から始めます（前に残る 1 件は最後に）" in told
    assert "済んでいたのに" not in told


@pytest.fixture
def bereft(run: Run, project: Path) -> Path:
    """The project with an answer whose only evidence is gone, and another file that may be."""
    for name in ("old.txt", "new.txt"):
        (project.parent / name).write_text(name, encoding="utf-8")
    assert run("answer", project, PURPOSE, "done", "--evidence", "old.txt").code == 0
    (project.parent / "old.txt").unlink()
    return project


def test_what_is_named_in_the_place_of_missing_evidence_goes_for_it(bereft: Path) -> None:
    with running("check", bereft, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "e")
        assert "証拠「old.txt」が見つかりません" in terminal.until("証拠（")
        terminal.enter("new.txt")
        terminal.until("を保存しました")
        walk.kill()
    assert [one["target"] for one in evidence(bereft)] == ["new.txt"]


@pytest.mark.parametrize("key", ["", "b"])
def test_who_leaves_missing_evidence_changes_nothing(bereft: Path, key: str) -> None:
    before = bereft.read_bytes()
    with running("check", bereft, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "e")
        assert "Enter そのまま残す / - 外す / ? 例 / b 戻る" in terminal.until("証拠（")
        terminal.enter(key)
        terminal.until("何も変更していません")
        walk.kill()
    assert bereft.read_bytes() == before


def test_a_refused_removal_is_not_kept(bereft: Path) -> None:
    with running("check", bereft, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "e")
        terminal.answer("証拠（", "-")
        terminal.answer("何も変更していません", "e")
        assert "証拠「old.txt」が見つかりません" in terminal.until("証拠（")
        walk.kill()


def test_a_long_address_shows_its_beginning_where_there_is_little_room(
    run: Run, project: Path
) -> None:
    """It has nowhere to break, and was cut off whole."""
    link = f"https://www.digital.go.jp/{'resources/' * 6}0001.pdf"
    run("answer", project, PURPOSE, "done", "--note", "見た", "--evidence", link)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        assert "リンク: https://www.digital.go.jp/" in terminal.until(KEYS)
        walk.kill()
