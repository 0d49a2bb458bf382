"""A stance that is inferred has its mark wherever a screen shows it, and what that means, once."""

import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.terminal import PATIENCE, running

MEANING = "? 色は推定"
MINUTES = (
    "職員が会議の議事録をAIで要約して文書にする"  # internal.writing: the overview says nothing
)
RULES = "職員が庁内の規程をAIで検索する"  # internal.search-routine: blue, as the overview states
COUNTER = "窓口の職員をAIで助ける"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (("show", "internal.writing"), "● 青?"),
        (("show", "internal"), "職員内部業務 - 文書作成支援  ● 青?"),
        (("show", "blue"), "都民サービス関連業務 - データ分析  ● 青?"),
        (("matrix",), "● 黄?"),
        (("classify", MINUTES), "● 青?  確からしさ"),
        (("classify", COUNTER), "internal.prediction      ● 黄?"),
    ],
)
def test_it_is_marked_and_the_mark_is_explained_once(
    run: Run, asked: tuple[str, ...], shown: str
) -> None:
    out = run(*asked).out
    assert shown in out
    assert len(re.findall(r"\? +色は推定", out)) == 1


def test_the_one_that_comes_second_is_marked_and_the_mark_is_explained(run: Run) -> None:
    second = run("classify", RULES).out.partition("次点")[2]
    assert "職員内部業務 - 予測・高度な判断支援 ● 黄?" in second
    assert MEANING in second


def test_a_stance_that_is_stated_has_no_mark(run: Run) -> None:
    out = run("show", "citizen").out
    assert "● 青\n" in out
    assert MEANING not in out


def test_the_status_of_a_project_marks_it(run: Run, project: Path) -> None:
    assert run("set", project, "--cell", "internal.writing").code == 0
    out = run("status", project).out
    assert "職員内部業務 - 文書作成支援  ● 青?" in out
    assert out.count(MEANING) == 1


def test_a_file_of_descriptions_has_it_marked_and_explained_beside_the_lines(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "ideas.csv"
    file.write_text(f"id,text\na,{MINUTES}\n", encoding="utf-8")
    ran = run("classify", "--input", file)
    assert ran.out == "a\tinternal.writing\t● 青?\t職員内部業務 - 文書作成支援\n"
    assert MEANING in ran.err
    assert run("classify", "--input", file, "--format", "csv").err == ""


def test_init_marks_it_in_what_it_offers_and_in_the_list_of_all_cells(tmp_path: Path) -> None:
    facts = ("--name", "x", "--organization", "x", "--owner", "x", "--description", MINUTES)
    with running("init", tmp_path / "project.json", *facts) as (terminal, _):
        offered = terminal.until("番号（")
        assert "文書作成支援 ● 青?" in offered
        assert offered.count(MEANING) == 1
        terminal.enter("?")
        listed = terminal.until("番号（")
        assert "● 黄? 都民サービス関連業務 - 判断支援" in listed
        assert listed.count(MEANING) == 1


def test_the_cell_that_the_questions_decide_is_marked_before_it_is_taken() -> None:
    with running("classify", COUNTER, "-i") as (terminal, process):
        terminal.answer("番号", "1")
        terminal.answer("番号", "3")
        offered = terminal.until("Enter この区分で決める")
        assert "判断支援 ● 黄?" in offered
        assert offered.count(MEANING) == 1
        terminal.enter("")
        terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0
