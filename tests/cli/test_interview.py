"""`aiguide init` at a terminal: what it asks, going back, and leaving before the end."""

import json
import shlex
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aiguide.usecases import guidelines
from tests.conftest import Run
from tests.terminal import PATIENCE, Terminal, running, wholly

FIRST = "citizen.information"  # what the description of these tests is closest to
A_LOOK = 0.5  # seconds
CONDITION = "Enter 次へ / b 前へ"
WHY = ("--cell-reason", "質問に答えるため")
REASON = "この区分にした理由"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "project.json"


def read(project: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(project.read_text(encoding="utf-8"))
    return data


@contextmanager
def asked_for_cells(project: Path) -> Iterator[tuple[Terminal, Any]]:
    """Go as far as the cells; all conditions but one are given."""
    names = "generative_ai personal_data confidential_data external_vendor automated_decision"
    names += " evaluates_persons training_or_tuning"
    given = [part for one in names.split() for part in ("--condition", f"{one}=no")]
    with running("init", project, *given) as (terminal, process):
        for asked, answer in (
            ("案件の名前", "ごみの案内"),
            ("局や部署", "環境局"),
            ("担当の課", "資源循環課"),
            ("AIで何を", "都民のごみの分別の質問に答える"),
        ):
            terminal.answer(asked, answer)
        terminal.until("番号")
        yield terminal, process


def test_the_cells_are_offered_with_how_to_tell_that_it_is_this_one(project: Path) -> None:
    with running("init", project, "--name", "x", "--guideline", "ai-business") as (terminal, _):
        for asked in ("組織や部署", "担当の課", "AIで何を"):
            terminal.answer(asked, "")
        offered = terminal.until("番号")
    choose_when = guidelines.load_pack("ai-business")[0].cells[0].choose_when
    assert choose_when.text.ja in "".join(offered.split())


@pytest.mark.parametrize("lines", [24, 60])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_cells_stay_on_the_screen_with_their_heading(
    project: Path, monkeypatch: pytest.MonkeyPatch, lang: str, lines: int
) -> None:
    monkeypatch.setenv("LINES", str(lines))
    heading, asked, described = {
        "ja": ("どの区分ですか", "番号", "音声の通報を文字にして、AIが住民の相談を仕分ける"),
        "en": ("Which cell?", "Number", "AI transcribes calls and sorts what residents ask"),
    }[lang]
    given = ("--name", "x", "--organization", "x", "--owner", "x", "--description", described)
    with running("init", project, *given, "--lang", lang) as (terminal, _):
        terminal.until(heading)
        offered = terminal.until(asked)
    assert offered.count("\n") < lines
    assert ("\n     " in offered) and ("4  " in offered)


def choose(terminal: Terminal, cells: str, reason: str = "") -> None:
    """Choose cells, and say why."""
    terminal.enter(cells)
    terminal.answer(REASON, reason)


def finish(terminal: Terminal, process: Any) -> None:
    terminal.answer(CONDITION, "n")
    assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize("given", ["1,2", "１、２", "citizen.information 行動支援"])
def test_several_cells_are_chosen_by_number_id_or_title(project: Path, given: str) -> None:
    with asked_for_cells(project) as (terminal, process):
        choose(terminal, given)
        finish(terminal, process)
    cells = read(project)["classification"]["cells"]
    assert cells == ["citizen.information", "citizen.action"]


def test_a_title_with_a_space_in_it_is_one_cell(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        choose(terminal, "Action support")
        finish(terminal, process)
    assert read(project)["classification"]["cells"] == ["citizen.action"]


@pytest.mark.parametrize(
    "given",
    [
        *("Citizen.Action", "都民サービス - 行動支援", "都民サービスー行動支援"),
        "Services for residents - Action support",
    ],
)
def test_a_cell_may_be_typed_as_it_is_shown(project: Path, given: str) -> None:
    with asked_for_cells(project) as (terminal, process):
        choose(terminal, given)
        finish(terminal, process)
    assert read(project)["classification"]["cells"] == ["citizen.action"]


@pytest.mark.parametrize(
    ("given", "said"),
    [("9", "9"), ("行動の支援", "行動の支援"), ("自律的判断・実行", "一つに決まりません")],
)
def test_a_cell_that_is_none_is_asked_for_again(project: Path, given: str, said: str) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.enter(given)
        shown = terminal.until("番号")
        assert said in shown
        terminal.enter("")
        terminal.until(CONDITION)
        process.kill()


def test_b_goes_back_and_keeps_what_was_typed(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.enter("b")
        terminal.answer("[都民のごみの分別の質問に答える]", "ｂ")
        terminal.answer("[資源循環課]", "管理課")
        terminal.answer("[都民のごみの分別の質問に答える]", "")
        terminal.until("番号")
        choose(terminal, "1")
        finish(terminal, process)
    facts = read(project)["project"]
    assert facts["owner"] == "管理課"
    assert facts["description"] == "都民のごみの分別の質問に答える"


def test_words_that_lead_on_and_back_do_at_a_text_what_they_say(project: Path) -> None:
    with running("init", project) as (terminal, process):
        terminal.answer("案件の名前", "ごみの案内")
        terminal.answer("局や部署", "次へ")
        terminal.answer("担当の課", "資源循環課")
        terminal.answer("AIで何を", "もどる")
        terminal.answer("[資源循環課]", "つぎへ")
        terminal.answer("AIで何を", "終了")
        assert process.wait(PATIENCE) == 0
    facts = read(project)["project"]
    assert (facts.get("organization"), facts["owner"]) == (None, "資源循環課")
    assert "description" not in facts


@pytest.mark.parametrize("typed", ["取消", "はい", "3", r"\次へ"])
def test_what_looks_like_an_answer_to_another_prompt_is_no_text_unless_that_is_meant(
    project: Path, typed: str
) -> None:
    meant = typed.lstrip("\\")
    with running("init", project, "--name", "x") as (terminal, process):
        terminal.answer("局や部署: ", typed)
        said = wholly(terminal.until("Enter やめる"))
        assert f"局や部署に「{meant}」と書きますか" in said
        terminal.enter("")
        terminal.answer("局や部署: ", typed)
        terminal.answer("Enter やめる", "y")
        terminal.answer("担当の課", "q")
        assert process.wait(PATIENCE) == 0
    assert read(project)["project"]["organization"] == meant


def test_undo_at_a_condition_goes_back_to_the_answer_before(project: Path) -> None:
    with asked_for_cells(project) as (terminal, _):
        terminal.enter("")
        terminal.answer(CONDITION, "y")
        terminal.answer(CONDITION, "取消")
        assert "いまの答えは「はい」" in terminal.until(CONDITION)


def test_b_takes_back_a_choice(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        choose(terminal, "1", "答えるだけだから")
        terminal.answer(CONDITION, "b")
        terminal.answer(f"{REASON}（なくても可） [答えるだけだから]", "b")
        terminal.until("いまの答えは「都民サービス - 情報提供・検索」")
        terminal.answer("番号", "-")
        # without a cell, whether residents use it is a question of its own
        terminal.answer(CONDITION, "y")
        finish(terminal, process)
    data = read(project)
    assert "classification" not in data
    assert data["project"]["conditions"]["citizen_facing"] is True


def test_going_back_and_on_again_keeps_every_answer(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.enter("")
        terminal.answer(CONDITION, "y")
        terminal.answer(CONDITION, "b")
        assert "いまの答えは「はい」" in terminal.until(CONDITION)
        terminal.enter("")
        terminal.answer(CONDITION, "n")
        shown = terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0
    assert "あてはまる      都民・事業者が直接使う" in shown
    assert read(project)["project"]["conditions"]["citizen_facing"] is True
    assert read(project)["project"]["conditions"]["custom_tool"] is False


def test_a_question_mark_lists_every_cell(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.enter("?")
        listed = terminal.until("番号")
        assert listed.count("internal.") == 5
        assert "（1-15" in terminal.until("Enter 後回し")
        choose(terminal, "15")
        terminal.until(CONDITION)
        process.kill()


def test_the_list_of_every_cell_fits_a_screen_and_keeps_the_first_numbers(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.answer("Enter 後回し", "?")
        shown = terminal.until("番号").splitlines()
        rows = [row for row in shown if row.strip()[:1].isdigit()]
        assert [int(row.split()[0]) for row in rows] == list(range(1, 16))
        choose(terminal, "1")
        finish(terminal, process)
    assert read(project)["classification"]["cells"] == [rows[0].split()[-1]] == [FIRST]


def leave(terminal: Terminal, key: str) -> None:
    terminal.enter(key)
    terminal.until("続きは次のコマンド")
    terminal.until("aiguide init")


@pytest.mark.parametrize(("key", "code"), [("q", 0), ("ｑ", 0), ("\x04", 130)])
def test_who_leaves_before_the_end_loses_nothing_and_goes_on_at_the_next_init(
    project: Path, key: str, code: int
) -> None:
    with asked_for_cells(project) as (terminal, process):
        choose(terminal, "1,2", "答えと手続の案内だから")
        terminal.until(CONDITION)
        leave(terminal, key)
        assert process.wait(PATIENCE) == code
    data = read(project)
    assert data["project"]["name"] == "ごみの案内"
    assert data["project"]["owner"] == "資源循環課"
    assert data["classification"]["cells"] == ["citizen.information", "citizen.action"]
    assert data["classification"]["reason"] == "答えと手続の案内だから"
    with running("init", project) as (terminal, process):
        assert "まだ答えていないことが 1 件" in terminal.until("n やめる")
        terminal.enter("y")
        finish(terminal, process)
    data = read(project)
    assert data["project"]["conditions"]["custom_tool"] is False
    assert [one["kind"] for one in data["history"]] == ["started", "changed"]


def answered_first(terminal: Terminal) -> None:
    """Answer the first two questions of `init`, and come to the third."""
    for asked, answer in (("案件の名前", "ごみの案内"), ("局や部署", "環境局")):
        terminal.answer(asked, answer)
    terminal.until("担当の課や人: ")


def check_saved(project: Path) -> None:
    facts = read(project)["project"]
    assert (facts["name"], facts["organization"]) == ("ごみの案内", "環境局")


def test_closing_the_window_loses_nothing_that_was_answered(project: Path) -> None:
    with running("init", project) as (terminal, process):
        answered_first(terminal)
        terminal.close()
        assert process.wait(PATIENCE) == 130
    check_saved(project)


def test_the_command_that_began_a_project_goes_on_with_it(run: Run, project: Path) -> None:
    name, cell = "ごみ分別案内", "citizen.information"
    assert run("init", project, "--name", name, "--cell", cell).code == 0
    with running("init", project, "--cell", cell) as (terminal, asked):
        terminal.answer("n やめる", "n")
        assert asked.wait(PATIENCE) == 0
    with running("init", project, "--cell", "related.routine") as (terminal, asked):
        assert asked.wait(PATIENCE) == 2
        assert wholly("ほかのオプションなしの aiguide init") in wholly(terminal.rest())


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_who_is_stopped_from_outside_loses_nothing_that_was_answered(
    project: Path, number: int
) -> None:
    with running("init", project) as (terminal, process):
        answered_first(terminal)
        end = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < end:
            process.send_signal(number)  # again: a shell hands on what the terminal has said
            time.sleep(0.05)
        assert process.returncode == 130
        terminal.until("続きは次のコマンド")
    check_saved(project)


def test_closing_the_window_while_going_on_keeps_that_too(run: Run, project: Path) -> None:
    assert run("init", project, "--name", "ごみの案内").code == 0
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "y")
        terminal.answer("局や部署", "環境局")
        terminal.until("担当の課や人: ")
        terminal.close()
        assert process.wait(PATIENCE) == 130
    check_saved(project)


def test_who_goes_on_and_leaves_again_keeps_that_too(project: Path) -> None:
    with running("init", project, "--name", "ごみの案内") as (terminal, process):
        terminal.until("局や部署")
        leave(terminal, "q")
        assert process.wait(PATIENCE) == 0
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "y")
        terminal.answer("局や部署", "環境局")
        terminal.answer("担当の課や人: ", "\x04")
        # there were answers before these
        assert "消して" not in terminal.until("続きは次のコマンド")
        assert process.wait(PATIENCE) == 130
    assert read(project)["project"]["organization"] == "環境局"


def test_what_is_left_empty_while_going_on_is_no_step(run: Run, project: Path) -> None:
    facts = ("--organization", "環境局", "--owner", "資源循環課", "--description", "分別を答える")
    assert run("init", project, "--name", "ごみの案内", *facts).code == 0
    before = project.read_bytes()
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "y")
        terminal.answer("q 終了", "-")
        terminal.until("q 終了: ")
        leave(terminal, "\x04")
        assert process.wait(PATIENCE) == 130
    assert project.read_bytes() == before


def test_what_a_colleague_answered_while_going_on_is_told_and_not_overwritten(
    run: Run, project: Path
) -> None:
    facts = ("--organization", "環境局", "--owner", "資源循環課", "--description", "分別を答える")
    assert run("init", project, "--name", "ごみの案内", *facts, "--cell", FIRST, *WHY).code == 0
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "y")
        terminal.until(CONDITION)
        run("set", project, "--condition", "generative_ai=no", "--by", "佐藤")
        terminal.enter("y")
        terminal.answer(CONDITION, "q")
        terminal.until("その間に、ほかの人が次の記録をしました")
        terminal.until("佐藤: 情報の変更 案件の情報")
        terminal.until("aiguide set")
        assert "--condition generative_ai=yes" in terminal.until("\n")
        assert process.wait(PATIENCE) == 2
    assert read(project)["project"]["conditions"] == {"generative_ai": False}


def test_who_gives_the_reason_for_anothers_cell_is_told_who_decided_on_it(
    run: Run, project: Path
) -> None:
    facts = ("--organization", "環境局", "--owner", "資源循環課", "--description", "分別を答える")
    started = ("--name", "ごみの案内", *facts, "--cell", FIRST, "--by", "佐藤")
    assert run("init", project, *started).code == 0
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "y")
        terminal.answer(f"{REASON}（なくても可）: ", "答えるだけだから")
        terminal.answer(CONDITION, "q")
        terminal.until("区分を決めた人は 佐藤 のままです")
        terminal.until("aiguide set")
        command = terminal.until("\n")
        assert process.wait(PATIENCE) == 0
    assert read(project)["classification"]["confirmed_by"] == "佐藤"
    assert run("set", *shlex.split(command)).code == 0
    assert read(project)["classification"]["confirmed_by"] == "試験担当"


def test_going_on_records_nothing_of_what_was_changed_by_hand(run: Run, project: Path) -> None:
    facts = ("--organization", "環境局", "--owner", "資源循環課", "--description", "分別を答える")
    known = ("--cell", FIRST, *WHY, "--condition", "personal_data=yes")
    assert run("init", project, "--name", "ごみの案内", *facts, *known).code == 0
    text = project.read_text(encoding="utf-8")
    forged = text.replace('"personal_data": true', '"personal_data": false', 1)
    project.write_text(forged, encoding="utf-8")
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "y")
        terminal.answer(CONDITION, "y")
        terminal.answer(CONDITION, "q")
        assert process.wait(PATIENCE) == 0
    assert len(read(project)["history"]) == 2
    differing = run("log", project, "--verify", "--format", "json").json["differing"]
    assert [one["pointer"] for one in differing] == ["/project/conditions/personal_data"]


def test_who_leaves_before_the_name_has_made_nothing(project: Path) -> None:
    with running("init", project) as (terminal, process):
        terminal.answer("案件の名前", "q")
        terminal.until("作っていません。")
        assert process.wait(PATIENCE) == 130
        assert terminal.rest().strip() == "", "that what was saved is safe would be untrue"
    assert not project.exists()


@pytest.mark.parametrize("key", ["q", "b", "n", "やめる", "終了", "もどる"])
def test_a_project_that_is_there_is_left_alone_where_nobody_wants_to_go_on(
    run: Run, project: Path, key: str
) -> None:
    assert run("init", project, "--name", "x").code == 0
    before = project.read_bytes()
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", key)
        assert "エラー" not in terminal.until("何も変更していません")
        terminal.until(f"aiguide set {project} --cell ...")
        assert process.wait(PATIENCE) == 0
    assert project.read_bytes() == before
    assert run("init", project, "--name", "y").code == 2


@pytest.mark.parametrize(("lang", "asked"), [("ja", "局や部署"), ("en", "Bureau")])
def test_enter_goes_on_where_somebody_types_init_again(
    run: Run, project: Path, lang: str, asked: str
) -> None:
    assert run("init", project, "--name", "x").code == 0
    with running("init", project, "--lang", lang) as (terminal, process):
        terminal.answer("Enter ", "")
        terminal.answer(asked, "q")
        assert process.wait(PATIENCE) == 0


def test_what_cannot_be_saved_into_a_project_of_another_guideline_is_shown_as_a_command(
    run: Run, project: Path
) -> None:
    other = project.parent / "other.project.json"
    with running("init", other, "--name", "ごみの案内") as (terminal, process):
        terminal.answer("局や部署", "環境局")
        terminal.until("担当の課や人: ")
        assert run("init", other, "--name", "先", "--guideline", "ai-business").code == 0
        terminal.enter("\x04")
        terminal.until("aiguide init")
        file, *options = shlex.split(terminal.until("\n"))
        assert process.wait(PATIENCE) == 2
    assert run("init", file, *options).code == 0
    assert read(Path(file))["project"]["organization"] == "環境局"
    assert read(other)["project"]["name"] == "先"


@pytest.mark.parametrize("ending", ["q", "\x04"])
def test_who_is_second_to_begin_a_project_joins_it_and_can_record_what_was_said_otherwise(
    run: Run, project: Path, ending: str
) -> None:
    with running("init", project, "--name", "ごみの案内") as (terminal, process):
        terminal.answer("局や部署", "環境局")
        terminal.until("担当の課や人: ")
        assert run("init", project, "--name", "先に作られた", "--by", "佐藤").code == 0
        terminal.enter(ending)
        terminal.until("佐藤: 開始 案件の情報")
        terminal.until("aiguide set ")
        options = shlex.split(terminal.until("\n"))
        assert process.wait(PATIENCE) == 2
    facts = read(project)["project"]
    assert (facts["name"], facts["organization"]) == ("先に作られた", "環境局")
    assert run("set", *options).code == 0
    assert read(project)["project"]["name"] == "ごみの案内"


def test_closing_the_window_of_who_is_second_to_begin_keeps_what_nobody_else_has_said(
    run: Run, project: Path
) -> None:
    with running("init", project) as (terminal, process):
        answered_first(terminal)
        assert run("init", project, "--name", "先に作られた", "--cell", FIRST).code == 0
        terminal.close()
        assert process.wait(PATIENCE) == 130
    data = read(project)
    assert (data["project"]["name"], data["project"]["organization"]) == ("先に作られた", "環境局")
    assert data["classification"]["cells"] == [FIRST]
    assert run("log", project, "--verify").code == 0


def test_closing_the_window_while_going_on_keeps_what_a_colleague_has_not_changed(
    run: Run, project: Path
) -> None:
    assert run("init", project, "--name", "ごみの案内").code == 0
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "y")
        for asked, answer in (("局や部署", "環境局"), ("担当の課や人", "資源循環課")):
            terminal.answer(asked, answer)
        terminal.until("一、二文で")
        run("set", project, "--organization", "建設局", "--by", "佐藤")
        terminal.close()
        assert process.wait(PATIENCE) == 130
    facts = read(project)["project"]
    assert (facts["organization"], facts["owner"]) == ("建設局", "資源循環課")


def test_the_reason_of_cells_that_a_colleague_has_chosen_otherwise_is_not_recorded_for_theirs(
    run: Run, project: Path
) -> None:
    with asked_for_cells(project) as (terminal, process):
        choose(terminal, "citizen.action", "手続の案内だから")
        terminal.until(CONDITION)
        assert run("init", project, "--name", "ごみの案内", "--cell", FIRST).code == 0
        terminal.enter("y")
        told = terminal.until("aiguide set")
        assert "あてはまらない" not in told, "a summary of what is not saved"
        options = terminal.until("\n")
        assert process.wait(PATIENCE) == 2
    assert "--cell-reason '手続の案内だから' --cell citizen.action" in options
    data = read(project)
    assert data["classification"]["cells"] == [FIRST]
    assert "reason" not in data["classification"]
    assert data["project"]["organization"] == "環境局"


@pytest.mark.parametrize("key", ["?", "？"])
def test_a_text_is_explained_with_an_example(project: Path, key: str) -> None:
    with running("init", project) as (terminal, process):
        for asked, example in (("案件の名前", "ごみ分別案内チャット"), ("局や部署", "環境局")):
            terminal.answer(f"{asked}: ", key)
            terminal.until(f"例: {example}")
            terminal.answer(f"{asked}: ", "x")
        process.kill()


def test_a_number_that_is_not_offered_is_told_the_range_and_the_choices(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.answer("q 終了", "99")
        listed = terminal.until("「99」は選べません。1 から 4 までの数字")
        rows = [row for row in listed.splitlines() if row.strip()[:1].isdigit()]
        assert [int(row.split()[0]) for row in rows if row.strip() != "99"] == [1, 2, 3, 4]
        assert "都民サービス - 情報提供・検索" in listed
        terminal.until("q 終了")
        process.kill()


@pytest.mark.parametrize("name", ["x", "補助金の申請を採点する"])
def test_the_cells_are_those_of_classify_for_the_description_whatever_the_name(
    run: Run, project: Path, name: str
) -> None:
    for described in (
        "生成AIが都民のごみの分別の質問に答える",
        "申請書を読み、AIが職員のために要約を書く",
    ):
        given = ("--name", name, "--organization", "x", "--owner", "x", "--description", described)
        found = run("classify", described, "--format", "json").json
        with running("init", project, *given) as (terminal, process):
            shown = terminal.until("番号")
            process.kill()
        offered = [word for word in shown.split() if "." in word and word.islower()]
        assert offered == [one["cell"] for one in found["candidates"]][: len(offered)]
        assert offered
        assert ("説明だけでは決まりません" in wholly(shown)) == (found["cell"] is None)


def test_cells_are_not_ranked_by_a_description_that_says_nothing(project: Path) -> None:
    with running("init", project, "--name", "AIを使う") as (terminal, process):
        for asked in ("局や部署", "担当の課", "AIで何を"):
            terminal.answer(asked, "")
        shown = terminal.until("1-15")
        assert "説明に近い順" not in shown
        assert "自律的判断・実行" in shown
        process.kill()


@pytest.mark.parametrize(
    "typed", ["-", "－", "ー", "わからない", "分からない", "unknown", "Not known"]
)
def test_an_answer_to_a_condition_is_taken_back_to_not_known(project: Path, typed: str) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.enter("")
        terminal.answer(CONDITION, "y")
        terminal.answer(CONDITION, "b")
        terminal.answer(CONDITION, typed)
        terminal.answer(CONDITION, "n")
        terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0
    assert "citizen_facing" not in read(project)["project"]["conditions"]


def test_why_this_cell_is_asked_explained_and_recorded(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.enter("1")
        terminal.answer(f"{REASON}（なくても可）: ", "？")
        assert "例: " in terminal.until(f"{REASON}（なくても可）: ")
        terminal.enter("答えるだけだから")
        finish(terminal, process)
    classified = read(project)["classification"]
    assert (classified["cells"], classified["reason"]) == (
        [FIRST],
        "答えるだけだから",
    )


def test_why_is_not_asked_of_no_cell(project: Path) -> None:
    with asked_for_cells(project) as (terminal, _):
        terminal.enter("")
        assert REASON not in terminal.until(CONDITION)


def test_a_reason_that_was_left_out_is_asked_for_another_time(run: Run, project: Path) -> None:
    facts = ("--organization", "環境局", "--owner", "課", "--description", "x")
    assert run("init", project, "--name", "x", *facts, "--cell", FIRST).code == 0
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "y")
        terminal.until("選んだ区分: 都民サービス - 情報提供・検索")
        terminal.answer(f"{REASON}（なくても可）: ", "答えるだけだから")
        terminal.until(CONDITION)
        leave(terminal, "q")
        assert process.wait(PATIENCE) == 0
    assert read(project)["classification"]["reason"] == "答えるだけだから"


def test_what_was_answered_before_going_on_is_changed_by_a_command_that_is_named(
    run: Run, project: Path
) -> None:
    assert run("init", project, "--name", "x", "--description", "y").code == 0
    with running("init", project) as (terminal, _):
        terminal.answer("n やめる", "y")
        terminal.answer("局や部署: ", "b")
        terminal.until("これが最初の質問です")
        said = "".join(terminal.until("局や部署: ").split())
    assert f"aiguideset{project}で変えられます（--name、--description）" in said


def test_the_end_lists_every_condition_also_the_one_that_the_cell_settles(project: Path) -> None:
    with asked_for_cells(project) as (terminal, process):
        choose(terminal, "1")
        terminal.answer(CONDITION, "")
        shown = "".join(terminal.until("次にすること").split())
        assert process.wait(PATIENCE) == 0
    summary = shown.partition("区分都民サービス-情報提供・検索あてはまる")[2]
    assert summary.startswith("都民・事業者が直接使う（区分から）あてはまらない")
    for condition in guidelines.load_pack()[0].conditions:
        assert "".join(condition.title.ja.split()) in summary


def test_a_backslash_makes_a_text_of_the_key_behind_it(project: Path) -> None:
    with running("init", project) as (terminal, process):
        terminal.answer("案件の名前", "?")
        assert "前に \\ を付けます" in terminal.until("案件の名前")
        terminal.enter(r"\q")
        terminal.answer("局や部署", r"\-")
        terminal.answer("担当の課", "-")
        terminal.answer("AIで何を", "q")
        assert process.wait(PATIENCE) == 0
    facts = read(project)["project"]
    assert (facts["name"], facts["organization"], facts.get("owner")) == ("q", "-", None)


def test_the_cell_that_a_colleague_has_chosen_alike_meanwhile_stays_their_decision(
    run: Run, project: Path
) -> None:
    with running("init", project, "--name", "乙", "--cell", FIRST, *WHY) as (terminal, process):
        terminal.answer("局や部署: ", "環境局")
        terminal.until("担当の課や人: ")
        assert run("init", project, "--name", "甲", "--cell", FIRST, "--by", "近藤").code == 0
        terminal.enter("q")
        assert process.wait(PATIENCE) == 2
        told = terminal.rest()
    classified = read(project)["classification"]
    assert (classified["confirmed_by"], classified["reason"]) == ("近藤", WHY[1])
    assert "近藤: 開始 案件の情報" in told
    assert "次のものを記録しました" in told
    assert "記載なし → 環境局" in told
    assert "aiguide set" in told
    assert "--name '乙'" in told
    assert "エラー" not in told, "what is saved is saved"
    assert "--cell" not in told


def test_who_is_second_to_begin_and_differs_in_nothing_has_joined_and_not_started(
    run: Run, project: Path
) -> None:
    with asked_for_cells(project) as (terminal, process):
        facts = ("--organization", "環境局", "--cell", FIRST, "--by", "近藤")
        assert run("init", project, "--name", "ごみの案内", *facts).code == 0
        choose(terminal, "1")
        terminal.answer(CONDITION, "y")
        terminal.until("近藤: 開始 案件の情報")
        assert process.wait(PATIENCE) == 0
        told = terminal.rest()
    assert "aiguide check" in told
    assert "担当: 記載なし → 資源循環課" in told
    assert "始めました" not in told
    data = read(project)
    assert data["classification"]["confirmed_by"] == "近藤"
    assert data["project"]["owner"] == "資源循環課"


@pytest.mark.parametrize(("typed", "told"), [("個人名が入る", True), ("yes", False), ("", False)])
def test_a_text_that_ctrl_c_cuts_off_where_yes_or_no_is_asked_is_said_to_go_nowhere(
    project: Path, typed: str, told: bool
) -> None:
    with asked_for_cells(project) as (terminal, process):
        terminal.enter("")
        terminal.until(CONDITION)
        terminal.interrupt(typed)
        assert process.wait(PATIENCE) == 130
        assert ("y か n の答えではないので" in terminal.rest()) == told


def test_a_line_that_ctrl_c_cuts_off_is_not_recorded_and_shown_as_a_command(
    run: Run, project: Path
) -> None:
    with running("init", project, "--name", "ごみの案内") as (terminal, process):
        terminal.answer("局や部署: ", "環境局")
        terminal.until("担当の課や人: ")
        terminal.interrupt("資源循")
        terminal.until("ここまでの答えは")
        terminal.until("「担当の課や人」に入力の途中だった内容は、保存されませんでした")
        terminal.until("aiguide set")
        options = terminal.until("\n")
        assert process.wait(PATIENCE) == 130
    facts = read(project)["project"]
    assert (facts["organization"], facts.get("owner")) == ("環境局", None)
    assert run("set", *shlex.split(options)).code == 0
    assert read(project)["project"]["owner"] == "資源循"


@pytest.mark.parametrize("how", ["interrupt", "close"])
@pytest.mark.parametrize("typed", ["", "資源循環課", "-"])
def test_what_was_cut_off_is_in_its_field_the_next_time_and_told_no_more_once_that_is_answered(
    project: Path, how: str, typed: str
) -> None:
    with running("init", project, "--name", "ごみの案内") as (terminal, process):
        terminal.answer("局や部署: ", "環境局")
        terminal.until("担当の課や人: ")
        if how == "interrupt":
            terminal.interrupt("資源循")
        else:
            terminal.send("資源循")
            time.sleep(A_LOOK)  # by then the line has been looked at
            terminal.close()
        assert process.wait(PATIENCE) == 130
    with running("init", project) as (terminal, process):
        terminal.until("aiguide init を続けると")
        terminal.answer("Enter で先へ", "")
        terminal.answer("n やめる", "")
        terminal.answer("[資源循]", typed)
        terminal.until("AIで何をするか")
        leave(terminal, "q")
        assert process.wait(PATIENCE) == 0
    assert read(project)["project"].get("owner", "") == {"": "資源循", "-": ""}.get(typed, typed)
    with running("init", project) as (terminal, process):
        assert "資源循" not in terminal.until("n やめる")
        process.kill()


def test_of_two_things_cut_off_each_is_in_its_field(project: Path) -> None:
    with running("init", project, "--name", "ごみの案内") as (terminal, process):
        terminal.answer("局や部署: ", "")
        terminal.answer("担当の課や人: ", "")
        terminal.until("AIで何をするか")
        terminal.until(": ")
        terminal.interrupt("落葉の写真")
        assert process.wait(PATIENCE) == 130
    with running("init", project) as (terminal, process):
        terminal.answer("Enter で先へ", "")
        terminal.answer("n やめる", "")
        terminal.until("局や部署: ")
        terminal.interrupt("環境")
        assert process.wait(PATIENCE) == 130
    with running("init", project) as (terminal, process):
        terminal.answer("Enter で先へ", "")
        terminal.answer("n やめる", "")
        terminal.answer("[環境]", "")
        terminal.answer("担当の課や人: ", "")
        terminal.answer("[落葉の写真]", "")
        terminal.enter("q")
        assert process.wait(PATIENCE) == 0
    facts = read(project)["project"]
    assert (facts["organization"], facts["description"]) == ("環境", "落葉の写真")


@pytest.mark.parametrize("how", ["interrupt", "close"])
def test_what_a_colleague_has_recorded_otherwise_takes_nothing_away_of_who_is_cut_off(
    run: Run, project: Path, how: str
) -> None:
    assert run("init", project, "--name", "ごみの案内").code == 0
    with running("init", project) as (terminal, process):
        terminal.answer("n やめる", "")
        terminal.answer("局や部署: ", "私の局")
        terminal.until("担当の課や人: ")
        assert run("set", project, "--organization", "別の局", "--by", "佐藤").code == 0
        if how == "close":
            terminal.send("資源循環課の長い名前")
            time.sleep(A_LOOK)  # by then the line has been looked at
            terminal.close()
        else:
            terminal.interrupt("資源循環課の長い名前")
        assert process.wait(PATIENCE) == (130 if how == "close" else 2)
        said = terminal.rest() if how == "interrupt" else ""
    with running("init", project) as (terminal, process):
        said += terminal.until("Enter で先へ")
        process.kill()
    assert "--organization '私の局'" in said
    assert "資源循環課の長い名前" in said


def test_a_name_that_was_cut_off_is_told_next_time_with_who_typed_it(
    run: Run, project: Path
) -> None:
    with running("init", project, AIGUIDE_BY="日野") as (terminal, process):
        terminal.until("案件の名前: ")
        terminal.interrupt("ごみの")
        assert process.wait(PATIENCE) == 130
    with running("init", project, "--by", "日野", AIGUIDE_BY="") as (terminal, process):
        said = terminal.until("Enter で先へ")
        process.kill()
    (line,) = (one for one in said.splitlines() if one.startswith("    aiguide init "))
    assert run(*shlex.split(line)[1:]).code == 0
    assert read(project)["history"][0]["by"] == "日野"


def test_a_name_that_ctrl_c_cuts_off_is_shown_as_a_command(run: Run, project: Path) -> None:
    with running("init", project, "--owner", "課") as (terminal, process):
        terminal.until("案件の名前: ")
        terminal.interrupt("ごみの")
        terminal.until("作っていません")
        terminal.until("aiguide init")
        options = terminal.until("\n")
        assert process.wait(PATIENCE) == 130
    assert not project.exists()
    assert run("init", *shlex.split(options)).code == 0
    facts = read(project)["project"]
    assert (facts["name"], facts["owner"]) == ("ごみの", "課")


def test_where_nothing_was_being_typed_nothing_is_said_of_it(project: Path) -> None:
    with running("init", project, "--name", "ごみの案内") as (terminal, process):
        terminal.until("局や部署: ")
        terminal.interrupt()
        terminal.until("aiguide init")
        assert process.wait(PATIENCE) == 130
        assert "入力の途中" not in terminal.rest()


def test_what_ctrl_c_cuts_off_is_told_to_who_is_second_to_begin_too(
    run: Run, project: Path
) -> None:
    with running("init", project, "--name", "ごみの案内") as (terminal, process):
        terminal.until("局や部署: ")
        assert run("init", project, "--name", "先に作られた", "--by", "佐藤").code == 0
        terminal.interrupt("環境")
        assert process.wait(PATIENCE) == 2
        told = terminal.rest()
    assert "--name 'ごみの案内'" in told
    assert "--organization '環境'" in told


def test_where_the_terminal_keeps_no_line_it_is_said_that_it_is_not_saved(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "readline.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with running("init", project, "--name", "ごみの案内") as (terminal, process):
        terminal.until("局や部署: ")
        terminal.interrupt("環境")
        terminal.until("入力の途中だった内容は、保存されませんでした")
        assert process.wait(PATIENCE) == 130
        assert "aiguide set" not in terminal.rest()
