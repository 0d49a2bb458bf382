"""A report says whose words stand in an answer that somebody else gave last."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import Run

PURPOSE = "planning.purpose"
ALSO = "ほかの人の記入"
Steps = Sequence[tuple[str, ...]]

SANO = ("佐野", "done", "--note", "佐野の評価", "--evidence", "https://example.jp/sano")
CASES: dict[str, tuple[Steps, str]] = {
    "nobody else": ([SANO], ""),
    "added to": ([SANO, ("小野", "done", "--due", "2030-03-31")], "佐野（メモ、証拠）"),
    "given another status": (
        [SANO, ("小野", "not-applicable", "--reason", "使わない")],
        "佐野（メモ、証拠）",
    ),
    "written over": ([SANO, ("小野", "done", "--note", "小野の評価")], "佐野（証拠）"),
    "of three": (
        [SANO, ("小野", "done", "--note", "小野の評価"), ("馬場", "done", "--assignee", "馬場")],
        "小野（メモ）、佐野（証拠）",
    ),
    "said again by oneself": (
        [SANO, ("小野", "done", "--note", "小野の評価"), (*SANO[:4],)],
        "",
    ),
}


def reported(run: Run, project: Path) -> str:
    """Give what the report says of other people's words, nothing where it says nothing."""
    report = project.with_suffix(".md")
    assert run("report", project, "-o", report).code == 0
    lines = report.read_text(encoding="utf-8").splitlines()
    return next((line.partition(": ")[2] for line in lines if ALSO in line), "")


@pytest.mark.parametrize(("steps", "said"), CASES.values(), ids=CASES)
def test_whose_words_stand_in_an_answer_is_said(
    run: Run, project: Path, steps: Steps, said: str
) -> None:
    for by, *answer in steps:
        assert run("answer", project, PURPOSE, *answer, "--by", by, "--yes").code == 0
    assert reported(run, project) == said


def test_what_is_undone_is_theirs_again_who_had_said_it(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, *SANO[1:], "--by", "佐野")
    run("answer", project, PURPOSE, "done", "--due", "2030-03-31", "--by", "小野")
    run("answer", project, PURPOSE, "done", "--note", "馬場の評価", "--by", "馬場")
    run("undo", project, "--yes", "--by", "馬場")
    assert reported(run, project) == "佐野（メモ、証拠）"
