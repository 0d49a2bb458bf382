"""The Markdown report: complete, and harmless whatever the manifest says."""

import json
from pathlib import Path

import pytest

from aiguide.render.markdown import escaped
from tests.conftest import TODAY, Run

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) | `a` *b* _c_ # d {{ 7*7 }} %s {0}"


def report(run: Run, project: Path, lang: str = "ja") -> str:
    ran = run("report", project, "-o", "-", "--format", "md", "--today", TODAY, "--lang", lang)
    assert ran.code == 0, ran.err
    return ran.out


def test_the_verdict_and_what_blocks_it_come_first(run: Run, project: Path) -> None:
    text = report(run, project)
    assert (
        text.index("必須の項目に残りあり")
        < text.index("残っている必須の項目")
        < text.index("区分と条件")
    )


def test_every_applicable_item_is_there_and_unanswered_is_said_in_words(
    run: Run, project: Path
) -> None:
    text = report(run, project)
    phases = [phase["id"] for phase in run("status", project, "--format", "json").json["phases"]]
    for phase in phases:
        listed = run("check", project, "--phase", phase, "--format", "json").json["items"]
        for item in listed:
            assert f"`{item['id']}`" in text
    assert "**未着手**" in text


def test_everything_that_an_answer_says_is_in_the_report(run: Run, project: Path) -> None:
    run(
        *("answer", project, "planning.purpose", "exception", "--reason", "理由その一"),
        *("--approver", "承認者その二", "--until", "2027-01-31", "--note", "メモその三"),
        *("--assignee", "担当その四", "--due", "2026-12-25", "--evidence", "https://example.jp/e5"),
    )
    text = report(run, project)
    for said in (
        "理由その一",
        "承認者その二",
        "2027-01-31",
        "メモその三",
        "担当その四",
        "2026-12-25",
        "example.jp/e5",
        "試験担当",
    ):
        assert said in text, said


def test_official_and_proposed_required_items_are_counted_apart(run: Run, project: Path) -> None:
    assert "必須（概要に明記）: 該当なし" in report(run, project)
    run("set", project, "--cell", "citizen.personalized")
    assert "必須（概要に明記）: 3 件中 0 件が済" in report(run, project)


def test_the_head_hash_is_printed(run: Run, project: Path) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    assert data["history"][-1]["hash"] in report(run, project)


def test_the_english_report_has_no_japanese_of_ours(run: Run, project: Path) -> None:
    run("set", project, "--name", "Waste chat", "--by", "tester")
    run("set", project, "--cell", "citizen.personalized", "--by", "tester")
    text = report(run, project, "en")
    kana = [line for line in text.splitlines() if any("ぁ" <= char <= "ヺ" for char in line)]
    assert kana == []


def test_a_made_up_example_says_so(run: Run, project: Path) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    data["project"]["example"] = True
    project.write_text(json.dumps(data), encoding="utf-8")
    assert report(run, project).count("架空の記入例") >= 2


def test_text_from_a_manifest_is_text(run: Run, project: Path) -> None:
    run(
        "answer",
        project,
        "planning.purpose",
        "done",
        "--note",
        HOSTILE + "\n# 見出し\n- 箇条\n1. 番号",
    )
    run("set", project, "--name", HOSTILE, "--owner", HOSTILE)
    text = report(run, project)
    assert "<script>" not in text
    assert "[x](" not in text
    assert "49" not in text.split("## ")[0]
    for line in text.splitlines():
        assert not line.startswith(("# 見出し", "- 箇条", "1. 番号"))
        if "alert" in line and line.startswith("|"):
            assert line.replace("\\|", "").count("|") == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. one", "1\\. one"),
        ("- one", "\\- one"),
        ("+ one", "\\+ one"),
        ("=====", "\\====="),
        ("a - b", "a - b"),
        ("# one", "\\# one"),
        ("a\n\nb", "a<br>b"),
        ("a|b", "a\\|b"),
        ("<b>", "\\<b\\>"),
    ],
)
def test_markdown_is_defused(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://example.jp/a_b*c", "<https://example.jp/a_b*c>"),
        (
            "リンク: https://example.jp/a_b。次は a_b",
            "リンク: <https://example.jp/a_b>。次は a\\_b",
        ),
        ("(https://example.jp/?a=1&b=2).", "(<https://example.jp/?a=1&amp;b=2>)."),
        ("https://example.jp/<script>|x", "<https://example.jp/>\\<script\\>\\|x"),
        ("javascript://a_b", "javascript://a\\_b"),
    ],
)
def test_a_web_address_is_shown_as_it_is_and_nothing_else(text: str, shown: str) -> None:
    assert escaped(text) == shown
