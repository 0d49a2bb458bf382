"""`classify --input`: many descriptions in a file, in any encoding, with odd lines."""

import codecs
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.contracts import fits

CHATBOT = "住民からのごみ分別の問い合わせにAIが24時間答える"
RECORD = {"id": "a", "text": CHATBOT}


def saved(folder: Path, content: str | bytes, name: str = "ideas.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def decided(out: str) -> list[tuple[str, str | None]]:
    results = [json.loads(line) for line in out.splitlines()]
    for result in results:
        fits("classification", result)
    return [(one["id"], one["cell"]) for one in results]


def test_lines_are_classified_in_order_and_a_bad_one_is_reported(run: Run, tmp_path: Path) -> None:
    records: list[Any] = [
        json.dumps(RECORD, ensure_ascii=False),
        "{broken",
        json.dumps({"id": "b", "text": "x", "answers": {"user": "resident", "reach": "action"}}),
        json.dumps({"id": "c"}),
        json.dumps({"id": "d", "text": "x", "answers": {"user": "nobody"}}),
        "",
        json.dumps({"id": "e", "text": "AIを使いたい"}, ensure_ascii=False),
        "[" * 100_000,
        json.dumps({"id": "f", "text": "\ud800"}),
        json.dumps({"id": "g", "text": " "}),
        '{"id": 1, "text": "x"}',
    ]
    file = saved(tmp_path, "\n".join(records), "ideas.jsonl")
    ran = run("classify", "--input", file, "--format", "jsonl")
    assert ran.code == 1
    assert decided(ran.out) == [("a", "citizen.information"), ("b", "citizen.action"), ("e", None)]
    for number in (2, 4, 5, 8, 9, 10, 11):
        assert f"{number} 行目" in ran.err
    assert len(ran.err.splitlines()) == 7


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("name", ["ideas.jsonl", "ideas.csv", "IDEAS.CSV"])
def test_the_encodings_of_an_office_are_read(
    run: Run, tmp_path: Path, encoding: str, name: str
) -> None:
    as_csv = name.lower().endswith("csv")
    content = f"id,text\r\na,{CHATBOT}\r\n" if as_csv else json.dumps(RECORD, ensure_ascii=False)
    file = saved(tmp_path, content.encode(encoding), name)
    ran = run("classify", "--input", file, "--format", "jsonl")
    assert (ran.code, decided(ran.out)) == (0, [("a", "citizen.information")])


def test_a_spreadsheet_may_have_other_columns_answers_and_line_breaks(
    run: Run, tmp_path: Path
) -> None:
    rows = [
        "担当,Text,ID,user,purpose,reach",
        f'1課,"{CHATBOT}",a,,,',
        '2課,"窓口で\n""やさしい""説明",b,staff,internal,writing',
        ",,,,,",
        "3課,x,c,resident,,action",
    ]
    ran = run("classify", "--input", saved(tmp_path, "\n".join(rows)), "--format", "jsonl")
    assert ran.code == 0
    assert decided(ran.out) == [
        ("a", "citizen.information"),
        ("b", "internal.writing"),
        ("c", "citizen.action"),
    ]


def test_bad_rows_are_named_by_the_line_where_they_begin(run: Run, tmp_path: Path) -> None:
    rows = [
        b"id,text",
        b'1,"a\nb"x',
        b"2," + CHATBOT.encode(),
        b"3",
        b"4,\xff\xfe\xff",
        b"4,\x81",
        b"5," + b"x" * 200_000,
        b"6," + b"y" * 2_000_000,
        b"7," + CHATBOT.encode(),
        b'8,"never closed',
        b"9,swallowed",
    ]
    ran = run("classify", "--input", saved(tmp_path, b"\n".join(rows)), "--format", "jsonl")
    assert ran.code == 1
    assert [id for id, _ in decided(ran.out)] == ["2", "7"]
    for number in (2, 5, 6, 7, 8, 9, 11):
        assert f" {number} 行目" in ran.err, number
    assert len(ran.err.splitlines()) == 7


@pytest.mark.parametrize("content", [b"", b"\n", b"a,b\n1,2", b'"', b"\xff\xfei\0", b"\0\0"])
def test_a_file_without_our_columns_is_refused_with_the_remedy(
    run: Run, tmp_path: Path, content: bytes
) -> None:
    ran = run("classify", "--input", saved(tmp_path, content))
    assert ran.code == 2
    assert ran.out == ""
    assert "id、text" in ran.err


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_heading_tells_what_separates_the_columns(
    run: Run, tmp_path: Path, separator: str
) -> None:
    rows = (("id", "text", "Reach"), ("a", CHATBOT, "information"))
    text = "\r\n".join(separator.join(row) for row in rows)
    ran = run("classify", "--input", saved(tmp_path, text.encode("utf-16")), "--format", "jsonl")
    assert (ran.code, json.loads(ran.out)["cell"]) == (0, "citizen.information"), ran.err


def test_the_answer_comes_as_a_table_that_a_spreadsheet_opens(run: Run, tmp_path: Path) -> None:
    file = saved(tmp_path, f'id,text\n"a,1",{CHATBOT}\nb,AIを使いたい\n')
    ran = run("classify", "--input", file, "--format", "csv")
    assert ran.code == 0
    assert ran.out.encode().startswith(codecs.BOM_UTF8)
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert (rows[0]["id"], rows[0]["cell"], rows[0]["stance"]) == (
        "a,1",
        "citizen.information",
        "blue",
    )
    assert (rows[1]["cell"], rows[1]["stance"], rows[1]["reason"]) == ("", "", "vague")
    assert rows[1]["first"]


def test_a_person_reads_a_line_each(run: Run, tmp_path: Path) -> None:
    file = saved(tmp_path, f"id,text\na,{CHATBOT}\nb,AIを使いたい\n")
    assert run("classify", "--input", file).out.splitlines() == [
        "a\tcitizen.information\t● 青\t都民サービス - 情報提供・検索",
        "b\t-\tAIに何をさせるのかが読み取れません",
    ]


def test_a_file_without_records_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("classify", "--input", saved(tmp_path, "id,text\n"))
    assert (ran.code, ran.out) == (0, "")
    assert "判定するものがありません" in ran.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--format", "json"), "jsonl"),
        (("--answer", "user=staff"), "--answer"),
        ((CHATBOT,), "TEXT"),
    ],
)
def test_a_wrong_call_is_explained(
    run: Run, tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    ran = run("classify", "--input", saved(tmp_path, f"id,text\na,{CHATBOT}"), *args)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_opened_is_named(run: Run, tmp_path: Path, name: str) -> None:
    ran = run("classify", "--input", tmp_path / name)
    assert ran.code == 2
    assert str(tmp_path) in ran.err
