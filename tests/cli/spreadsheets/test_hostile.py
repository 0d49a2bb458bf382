"""`import`: a file that is no checklist, or not of this project, is refused at once."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.spreadsheets.files import (
    in_state,
    rezipped,
)
from tests.conftest import Run


def spoiled(edit: Callable[[dict[str, bytes]], None]) -> Callable[[Path], bytes]:
    return lambda file: rezipped(file, edit)


def laughs(parts: dict[str, bytes]) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{entities}]>'.encode()
    parts["xl/sharedStrings.xml"] = doctype + b"<sst><si><t>&l9;</t></si></sst>"


def in_strings(body: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        parts["xl/sharedStrings.xml"] = b"<sst>" + body + b"</sst>"

    return edit


def in_sheet(body: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        parts["xl/worksheets/sheet2.xml"] = head + body + b"</worksheet>"

    return edit


def deep(parts: dict[str, bytes]) -> None:
    parts["xl/styles.xml"] = b"<a>" * 300_000 + b"</a>" * 300_000


def one_part_as_many_sheets(parts: dict[str, bytes]) -> None:
    book = parts["xl/workbook.xml"]
    again = b"".join(
        b'<sheet name="s%d" sheetId="%d" r:id="rId2"/>' % (n, n) for n in range(20, 99)
    )
    parts["xl/workbook.xml"] = book.replace(b"</sheets>", again + b"</sheets>")


def formats(parts: dict[str, bytes]) -> None:
    bad = b'<numFmt numFmtId="200" formatCode="' + b"[" * 100_000 + b'"/>'
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<fonts", bad + b"<fonts", 1)


def without_workbook(parts: dict[str, bytes]) -> None:
    del parts["xl/workbook.xml"]


def truncated(file: Path) -> bytes:
    return file.read_bytes()[:-2000]


def flipped(file: Path) -> bytes:
    raw = bytearray(file.read_bytes())
    raw[5000:5200] = bytes(200)
    return bytes(raw)


def encrypted_entry(file: Path) -> bytes:
    raw = bytearray(file.read_bytes())
    place = raw.find(b"PK\x01\x02")
    raw[place + 8] |= 1
    return bytes(raw)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
RANGES = b'<conditionalFormatting sqref="' + b"A1 " * 50_000 + b'"/>'

HOSTILE: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "nothing": (lambda _: b"", "Excel の点検表（.xlsx）ではありません"),
    "csv": (lambda _: b"id,status\n", "ではありません"),
    "60 MB": (lambda _: bytes(60 * 1024 * 1024), "大きすぎます"),
    "xls": (lambda _: OLE, "古い形式（.xls）"),
    "password": (
        lambda _: OLE + "EncryptedPackage".encode("utf-16-le"),
        "パスワードが付いています",
    ),
    "zip password": (encrypted_entry, "パスワードが付いています"),
    "truncated": (truncated, "途中で切れています"),
    "flipped bytes": (flipped, "壊れているか"),
    "only the head of a zip": (lambda _: b"PK\x03\x04", "途中で切れています"),
    "another zip": (spoiled(without_workbook), "ではありません"),
    "an unknown encoding": (
        spoiled(
            lambda parts: parts.update({"xl/styles.xml": b'<?xml version="1.0" encoding="x"?><a/>'})
        ),
        "壊れているか",
    ),
    "cells without a place": (
        spoiled(
            lambda parts: parts.update(
                {
                    name: re.sub(rb'<c r="[A-Z]+[0-9]+"', b"<c", part)
                    for name, part in parts.items()
                    if name.startswith("xl/worksheets/sheet2")
                }
            )
        ),
        "壊れているか",
    ),
    "macros": (
        spoiled(lambda parts: parts.update({"xl/vbaProject.bin": b"x"})),
        "マクロが入っています",
    ),
    "macros by type": (
        spoiled(
            lambda parts: parts.update(
                {
                    "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                        b"vnd.ms-excel.sheet.macroEnabled.main+xml",
                    )
                }
            )
        ),
        "マクロが入っています",
    ),
    "links": (
        spoiled(lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<x/>"})),
        "ほかのブックや外部のデータ",
    ),
    "laughs": (spoiled(laughs), "DOCTYPE"),
    "a zip bomb": (spoiled(in_strings(b" " * 100_000_000)), "大きすぎるか"),
    "a bomb of texts": (spoiled(in_strings(b"<si/>" * 3_000_000)), "大きすぎるか"),
    "a bomb of cells": (
        spoiled(
            in_sheet(b'<sheetData><row r="1">' + b'<c r="A1"/>' * 1_000_000 + b"</row></sheetData>")
        ),
        "大きすぎるか",
    ),
    "a far row": (
        spoiled(
            in_sheet(
                b'<sheetData><row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>'
            )
        ),
        "大きすぎるか",
    ),
    "ranges": (spoiled(in_sheet(b"<sheetData/>" + RANGES)), "大きすぎるか"),
    "a long page head": (
        spoiled(
            in_sheet(
                b"<sheetData/><headerFooter><oddHeader>"
                + b"&amp;L&amp;C" * 1000
                + b"</oddHeader></headerFooter>"
            )
        ),
        "大きすぎるか",
    ),
    "a format": (spoiled(formats), "大きすぎるか"),
    "nested": (spoiled(deep), "大きすぎるか"),
    "a long tag": (
        spoiled(in_sheet(b'<sheetData><row r="1" ' + b" " * 9_000_000 + b"/></sheetData>")),
        "大きすぎるか",
    ),
    "a part as many sheets": (spoiled(one_part_as_many_sheets), "壊れているか"),
    "no xml": (spoiled(in_strings(b"<si>")), "壊れているか"),
    "a text that is not there": (
        spoiled(
            in_sheet(b'<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData>')
        ),
        "壊れているか",
    ),
    "a column that is not there": (
        spoiled(in_sheet(b'<sheetData><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData>')),
        "",
    ),
    "many parts": (
        spoiled(lambda parts: parts.update({f"x/{n}": b"" for n in range(2000)})),
        "大きすぎるか",
    ),
    "not ours": (
        spoiled(lambda parts: in_state(b"<t>guideline</t>", b"<t>guide</t>")(parts)),
        "aiguide の点検表ではない",
    ),
    "another pack": (spoiled(in_state(b"<t>tokyo-ai</t>", b"<t>kyoto-ai</t>")), "kyoto-ai@"),
}


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_what_is_no_checklist_is_refused_at_once(
    run: Run, project: Path, sheet: Path, case: str
) -> None:
    make, said = HOSTILE[case]
    file = project.with_name("x.xlsx")
    file.write_bytes(make(sheet))
    before = project.read_bytes()
    begun = time.monotonic()
    ran = run("import", file, "--into", project, "--yes")
    assert time.monotonic() - begun < 5
    assert project.read_bytes() == before
    assert (ran.code, ran.out) == (2, "")
    unwrapped = "".join(ran.err.split())
    assert "".join(said.split()) in unwrapped
    assert ("上限" if case == "60 MB" else "何も変更していません") in unwrapped


def test_a_workbook_of_another_program_is_not_ours(run: Run, project: Path) -> None:
    file = project.with_name("x.xlsx")
    openpyxl.Workbook().save(file)
    ran = run("import", file, "--into", project)
    assert ran.code == 2
    assert "aiguide の点検表ではない" in ran.err


def test_the_checklist_of_another_project_is_refused(
    run: Run, project: Path, sheet: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.project.json"
    run("init", other, "--name", "別の案件", "--cell", "citizen.information")
    ran = run("import", sheet, "--into", other, "--yes")
    assert ran.code == 2
    assert "別の案件（ごみ分別案内）の点検表" in ran.err
    run("set", project, "--name", "新しい名前")
    assert run("import", sheet, "--into", project).code == 0
