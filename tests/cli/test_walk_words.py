"""What the walk says: of keys to press and not of options, what was saved, and what was undone."""

import json
import re
from pathlib import Path

import pytest

from aiguide.usecases.catalogue import load_words
from tests.conftest import UNSAID_ARE_NO, Run, settle
from tests.terminal import PATIENCE, Terminal, running

KEYS = "[q]終了"
PAUSE = "Enter で戻る"
PURPOSE, TITLE = "planning.purpose", "適切な目的の設定"


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


def write(project: Path, answer: dict[str, object]) -> None:
    """Write an answer by hand."""
    data = json.loads(project.read_text(encoding="utf-8"))
    data["answers"] = {PURPOSE: answer}
    project.write_text(json.dumps(data), encoding="utf-8")


def at_the_item(terminal: Terminal, *keys: str) -> str:
    """Go to the item and type; gives what is said up to the pause."""
    terminal.until(KEYS)
    for key in (PURPOSE, *keys):
        terminal.answer(": ", key)
    return re.sub(r"\s+", " ", terminal.until(PAUSE).split(f" {keys[-1]}\r\n")[-1])


@pytest.mark.parametrize(
    ("answer", "keys", "key_told"),
    [
        ({"status": "done", "note": "企画書"}, ("m", "-"), "p（対応中）"),
        ({"status": "not-applicable"}, ("m", "追記"), "n を押すと"),
        ({"status": "exception", "reason": "試行"}, ("m", "追記"), "x を押すと"),
    ],
)
def test_what_an_answer_lacks_is_told_by_the_key_for_it(
    project: Path, answer: dict[str, object], keys: tuple[str, ...], key_told: str
) -> None:
    write(project, answer)
    before = project.read_bytes()
    with running("check", project, "--phase", "planning") as (terminal, _):
        said = at_the_item(terminal, *keys)
    assert key_told in said
    assert "--" not in said
    assert "エラー" not in said
    assert project.read_bytes() == before


def test_where_nothing_can_be_taken_back_no_command_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.json"
    more = ("--condition", "external_vendor=no", "--condition", "generative_ai=yes")
    run("init", file, "--name", "x", "--cell", "citizen.information", *UNSAID_ARE_NO, *more)
    with running("check", file, "--phase", "planning") as (terminal, _):
        said = at_the_item(terminal, "u")
    assert "取り消せる記録がありません" in said
    assert "aiguide " not in said


def test_what_was_changed_by_hand_is_answered_again_and_not_by_a_command(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "企画書")
    write(project, {"status": "done", "note": "手で直した"})
    with running("check", project, "--phase", "planning") as (terminal, _):
        said = at_the_item(terminal, "u", "y")
    assert f"「{TITLE}」は、最後の記録の後に" in said
    assert "答え直してから" in said
    assert "aiguide " not in said


def test_no_remedy_of_the_walk_is_an_option_or_a_command() -> None:
    words = load_words("ja")
    told = {key: text for key, text in words.texts.items() if key.startswith("walk.fix.")}
    assert len(told) > 5
    for key, text in told.items():
        for said in (text.ja, text.en):
            assert not re.search(r"--|aiguide ", said), key


def test_what_is_saved_is_told_with_its_item(project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, _):
        terminal.answer(KEYS, "m")
        terminal.answer("メモ（", "検討中")
        assert terminal.until("を保存しました（状態は「対応中」）").endswith(f"「{TITLE}」")
        terminal.answer(KEYS, "d")
        terminal.answer("メモ（", "済")
        terminal.answer("証拠（", "")
        terminal.until(f"「{TITLE}」を「実施済」として保存しました")


def test_what_was_taken_back_is_told_part_by_part_and_that_it_is_a_new_entry(
    run: Run, project: Path
) -> None:
    (project.parent / "goal.md").write_text("目的", encoding="utf-8")
    given = ("--note", "企画書", "--evidence", "goal.md", "--assignee", "佐藤")
    run("answer", project, PURPOSE, "done", *given)
    with running("check", project, "--phase", "planning") as (terminal, _):
        terminal.answer(KEYS, "u")
        terminal.answer("Enter やめる", "y")
        lines = [line.strip() for line in terminal.until("Enter でその項目へ").splitlines()]
    assert any(line.startswith(f"取り消しました（回答）: {TITLE}") for line in lines)
    for part in (
        "実施済 → 未着手",
        "メモ: 企画書 → 記載なし",
        "担当: 佐藤 → 記載なし",
        "証拠の記録を外した: goal.md",
    ):
        assert part in lines
    assert any("新しい記録として履歴に残ります" in line for line in lines)
    assert (project.parent / "goal.md").exists()


def test_an_id_of_the_version_before_leads_to_the_new_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.json"
    cell = ("--cell", "citizen.information", "--guideline", "tokyo-ai@2")
    run("init", file, "--name", "x", *cell, *UNSAID_ARE_NO)
    with running("check", file, "--phase", "requirements") as (terminal, _):
        while "[q]" not in terminal.until("終了"):
            terminal.enter("n")
        terminal.enter("requirements.no-autonomy-creep")
        said = terminal.until(PAUSE)
    assert "requirements.action-approval" in said
    assert "aiguide " not in said


@pytest.mark.parametrize(
    ("typed", "key"),
    [("完了", "d"), ("　メモ", "m"), ("Ｄｅｔａｉｌｓ", "i"), ("担当者", "a")],
)
def test_a_word_for_a_key_is_told_its_key(project: Path, typed: str, key: str) -> None:
    with running("check", project, "--phase", "planning") as (terminal, _):
        said = at_the_item(terminal, typed)
    assert f"は、{key} を入力してください" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("戻る", "これが最初の項目です"),
        ("　ヘルプ", "番号"),
        ("ｅｘｉｔ", "次にすること"),
        ("Ｎｅｘｔ", "2/11"),
        ("取り消し", "Enter やめる"),
        ("もどる", "これが最初の項目です"),
        ("おわり", "次にすること"),
        ("つぎ", "2/11"),
        ("う", "Enter やめる"),  # with Japanese input on
    ],
)
def test_a_word_for_a_key_that_records_nothing_leads_as_the_key_does(
    project: Path, typed: str, said: str
) -> None:
    with running("check", project, "--phase", "planning") as (terminal, _):
        terminal.answer("1/11", typed)
        terminal.until(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("planning.brp", "もしかして: planning.bpr"),
        ("目的、効果", "メモとして書くなら、m（実施済にするなら d、対応中なら p）を押すと"),
        ("purposez", "「purposez」は使えません"),
        ("aiguide status", "コマンドは、ここでは実行できません q で終えてから"),
        ("planning.nosuch", "点検項目 planning.nosuch はありません 項目の番号、ID か題名を"),
    ],
)
def test_the_id_of_an_item_mistyped_is_taken_for_one(project: Path, typed: str, said: str) -> None:
    with running("check", project, "--phase", "planning") as (terminal, _):
        assert said in at_the_item(terminal, typed)


def test_a_part_of_a_title_leads_to_its_item_and_of_several_to_their_numbers(project: Path) -> None:
    with running("check", project, "--phase", "planning") as (terminal, walk):
        terminal.answer(KEYS, "見直し")
        assert "「見直し」を題名に含む項目です" in terminal.until("planning.bpr")
        terminal.answer(KEYS, "リスク")
        said = terminal.until("番号で選んでください")
        assert "「リスク」を題名に含む項目が、いくつかあります" in said
        numbers = re.findall(r"(?m)^ +(\d+)  (.*リスク.*?)\r?$", said)
        assert len(numbers) > 1
        terminal.answer("Enter で戻る", "x")
        assert "「x」は、項目を開いてから" in terminal.until("Enter で戻る")
        terminal.enter(numbers[0][0])
        terminal.until(numbers[0][1])
        walk.kill()


@pytest.mark.parametrize(
    "typed", ["戻る", "終了", "ｅｘｉｔ", "もどる", "おわり", "つぎ", "やめる", "終る"]
)
def test_a_word_for_a_key_is_no_text_unless_that_is_meant(project: Path, typed: str) -> None:
    before = project.read_bytes()
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.answer("メモ（", typed)
        terminal.answer("見えます", "")
        walk.kill()
    assert project.read_bytes() == before


@pytest.mark.parametrize("typed", ["q", "終了", "ｑｕｉｔ"])
def test_q_where_something_is_to_be_made_sure_of_leaves_the_walk(
    run: Run, project: Path, typed: str
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "企画書", "--by", "近藤")
    before = project.read_bytes()
    for keys in (("o",), ("u",), ("m", "次へ")):
        with running("check", project, "--at", PURPOSE) as (terminal, walk):
            terminal.until(KEYS)
            for key in keys:
                terminal.answer(": ", key)
            terminal.answer("q 終了: ", typed)
            terminal.until("次にすること")
            assert walk.wait(PATIENCE) == 0
    assert project.read_bytes() == before


@pytest.mark.parametrize("typed", ["やめる", "いいえ", "b", "もどる"])
def test_no_where_something_is_to_be_made_sure_of_stays_in_the_walk(
    run: Run, project: Path, typed: str
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "企画書", "--by", "近藤")
    with running("check", project, "--at", PURPOSE) as (terminal, _):
        terminal.answer(KEYS, "o")
        terminal.answer("Enter やめる / q 終了: ", typed)
        terminal.until(KEYS)


def test_a_word_that_leads_on_passes_a_condition_over(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.json"
    run("init", file, "--name", "x", "--cell", "citizen.information")
    with running("check", file, "--phase", "planning") as (terminal, _):
        first = terminal.answer("q 終了", "次へ")
        second = terminal.answer("q 終了", "")
    left = [int(re.findall(r"残り (\d+) 問", said)[-1]) for said in (first, second)]
    assert left[1] == left[0] - 1
