"""A corpus of bad input: what people, tools, disks and attackers make of a `project.json`.

What fits into a file of the repository is in `examples/invalid`; here is what does not (too large,
too deep, no file at all), and one more of each kind that a reader of JSON may trip over.
"""

import os
import socket
from collections.abc import Callable
from pathlib import Path

Make = Callable[[Path], object]

LINES = {
    2: '"format": 1,',
    3: '"guideline": {"id": "tokyo-ai", "version": 1},',
    4: '"project": {"name": "x"},',
    5: '"classification": {"cells": ["citizen.information"], "confirmed_by": "x"},',
    6: '"answers": {}',
}
MIB = 1024 * 1024
DEEP = 200_000


def manifest(**lines: str) -> str:
    """Give a manifest of seven lines, some of them replaced (`l4=...`)."""
    changed = {**LINES, **{int(name[1:]): line for name, line in lines.items()}}
    return "\n".join(["{", *changed.values(), "}"])


def project(rest: str) -> str:
    return manifest(l4='"project": {"name": "x", ' + rest + "},")


def answer(rest: str) -> str:
    return manifest(
        l6='"answers": {"planning.purpose": {"status": "done", "note": "x", ' + rest + "}}"
    )


def proof(target: str, kind: str = "file") -> str:
    return answer(f'"evidence": [{{"kind": "{kind}", "target": "{target}"}}]')


def entry(rest: str) -> str:
    whole = (
        '{"at": "2026-04-01T00:00:00Z", "by": "x", "kind": "changed", "subject": "project", '
        f'"before": null, "parents": [], "hash": "{"0" * 64}", {rest}}}'
    )
    return manifest(l6=f'"history": [{whole}]')


def sparse(size: int) -> Make:
    def make(file: Path) -> None:
        with file.open("wb") as opened:
            opened.truncate(size)

    return make


def loop(file: Path) -> None:
    other = file.with_name("other")
    other.symlink_to(file)
    file.symlink_to(other)


def listening(file: Path) -> None:
    here = Path.cwd()
    os.chdir(file.parent)  # the path of a socket must be short
    try:
        socket.socket(socket.AF_UNIX).bind(file.name)
    finally:
        os.chdir(here)


def beside(name: str, make: Make, text: str) -> Make:
    """Make a manifest with something else in its folder."""

    def both(file: Path) -> None:
        make(file.with_name(name))
        file.write_text(text, encoding="utf-8")

    return both


# What stands in the place of the file.
PLACES: dict[str, Make] = {
    "nothing there": lambda file: None,
    "a folder": Path.mkdir,
    "a link to nothing": lambda file: file.symlink_to("gone"),
    "a link to itself": lambda file: file.symlink_to(file.name),
    "a loop of links": loop,
    "a link to a folder": lambda file: file.symlink_to(file.parent),
    "a pipe": os.mkfifo,
    "a socket": listening,
    "a device without end": lambda file: file.symlink_to("/dev/zero"),
    "a device without content": lambda file: file.symlink_to("/dev/null"),
    "60 MiB of nothing": sparse(60 * MIB),
    "5 GiB, sparse": sparse(5 * 1024 * MIB),
    "a byte too large": sparse(10 * MIB + 1),
    "60 MiB of JSON": lambda file: file.write_text("[" + "0," * 30 * MIB + "0]"),
}

# What is in the file. What is found is in `bad_input.json`.
CONTENTS: dict[str, bytes | str] = {}


def kind(name: str, content: bytes | str) -> None:
    assert name not in CONTENTS, name
    CONTENTS[name] = content


JAPANESE = manifest(l4='"project": {"name": "ごみ分別案内"},')

# Encodings
kind("UTF-8 with a mark", JAPANESE.encode("utf-8-sig"))
kind("UTF-16 with a mark", JAPANESE.encode("utf-16"))
kind("UTF-16 big end first", b"\xfe\xff" + JAPANESE.encode("utf-16-be"))
kind("UTF-16 without a mark", JAPANESE.encode("utf-16-le"))
kind("UTF-32", JAPANESE.encode("utf-32"))
kind("CP932", JAPANESE.encode("cp932"))
kind("EUC-JP", JAPANESE.encode("euc_jp"))
kind("ISO-2022-JP", JAPANESE.encode("iso2022_jp"))
kind("Latin-1", manifest(l4='"project": {"name": "é"},').encode("latin-1"))
kind("overlong UTF-8", manifest(l4='"project": {"name": "@"},').encode().replace(b"@", b"\xc0\x80"))
kind(
    "a surrogate in UTF-8",
    manifest(l4='"project": {"name": "@"},').encode().replace(b"@", b"\xed\xa0\x80"),
)
kind("cut in a character", JAPANESE.encode()[: JAPANESE.encode().index("案".encode()) + 1])
kind("only a mark", b"\xef\xbb\xbf")

# No JSON at all
kind("a NUL", b"\0")
kind("a page of NULs", b"\0" * 4096)
kind("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
kind("a program", b"\x7fELF\x02\x01\x01" + b"\0" * 9)
kind("gzip", b"\x1f\x8b\x08\0\0\0\0\0")
kind("a workbook", b"PK\x03\x04\x14\0\x06\0")
kind("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
kind("YAML", "format: 1\nproject:\n  name: x\n")
kind("XML", "<project/>")
kind("TOML", "[project]\nname = 'x'\n")
kind("CSV", "id,name\n1,x\n")
kind("a word", "hello")
kind("JSON Lines", "{}\n{}\n")
kind("git's conflict", "<<<<<<< HEAD\n" + manifest() + "\n=======\n{}\n>>>>>>> b\n")
kind("blank lines", "\n" * 4096)
kind("10 MiB of blanks", " " * 10 * MIB)
kind("wide blanks", "\u3000\u3000")

# Cut off or never closed
for text in (
    "{",
    "[",
    '"',
    "-",
    "nul",
    '{"a',
    '{"a"',
    '{"a":',
    '{"a": 1,',
    '{"a": "\\',
    '{"a": "\\u12',
):
    kind(f"only {text}", text)
kind("a text without end", '{"a": "' + "x" * 5 * MIB)
kind("brackets without end", "[" * DEEP)
kind("braces without end", '{"a":' * DEEP)
kind("brackets and braces without end", '[{"a":' * DEEP)

# Deep
kind("deep lists", "[" * DEEP + "]" * DEEP)
kind("deep objects", '{"a":' * DEEP + "1" + "}" * DEEP)
kind("just too deep", "[" * 101 + "]" * 101)
kind("deep in an answer", answer('"evidence": ' + "[" * DEEP + "]" * DEEP))
kind("deep in the history", entry('"after": {"a": ' + "[" * 5000 + "]" * 5000 + "}"))
kind("brackets in a text", project('"owner": ' + '"' + "[{" * 1000 + '"' + ', "ownr": ""'))

# Almost JSON
kind("a comma too many", manifest(l2='"format": 1,,'))
kind("a last comma", manifest(l6='"answers": {},'))
kind("no comma", manifest(l2='"format": 1'))
kind("a million commas", "[" + "," * 1_000_000 + "]")
kind("a comment", manifest(l2='"format": 1, // one'))
kind("a long comment", manifest(l2='/* one */ "format": 1,'))
kind("single quotes", manifest(l2="'format': 1,"))
kind("a bare name", manifest(l2="format: 1,"))
kind("a name that is a number", manifest(l2="1: 1,"))
for number in ("0x1", "+1", ".5", "1.", "01", "1e", "--1", "1_000", "１"):
    kind(f"the number {number}", manifest(l2=f'"format": {number},'))
for word in ("True", "None", "undefined", "NULL"):
    kind(f"the word {word}", manifest(l2=f'"format": {word},'))
kind("a tab in a text", project('"owner": "a\tb"'))
kind("a line end in a text", project('"owner": "a\nb"'))
kind("a NUL in a text", project('"owner": "a\0b"'))
kind("an escape that is none", project('"owner": "\\x41"'))
kind("half an escape", project('"owner": "\\u12"'))
kind("a mark in the middle", manifest(l2='\ufeff"format": 1,'))
kind("a blank without width", manifest(l2='\u200b"format": 1,'))
kind("a hard blank", manifest(l2='\u00a0"format": 1,'))
kind("what follows", manifest() + "\n}")

# Numbers and characters that JSON tools do not agree on
for number in ("NaN", "Infinity", "-Infinity", "1e999", "-1e999"):
    kind(f"the confidence {number}", manifest(l5=f'"classification": {{"confidence": {number}}},'))
kind("a number of 100,000 digits", manifest(l2='"format": ' + "9" * 100_000 + ","))
kind(
    "a fraction of 100,000 digits",
    manifest(l5='"classification": {"confidence": 0.' + "1" * 100_000 + "},"),
)
kind(
    "an exponent of 100,000 digits",
    manifest(l5='"classification": {"confidence": 1e' + "9" * 100_000 + "},"),
)
kind("half a character", project('"owner": "\\ud800"'))
kind("the other half", project('"owner": "\\udc00x"'))
kind("halves in the wrong order", project('"owner": "\\udc00\\ud800"'))
kind("half a character in a name", project('"\\ud800": 1'))

# Names given twice
kind("a name twice", manifest(l2='"format": 1, "format": 1,'))
kind("a name twice, once escaped", manifest(l2='"format": 1, "\\u0066ormat": 1,'))
kind(
    "an answer twice",
    manifest(
        l6='"answers": {"planning.bpr": {"status": "open"}, "planning.bpr": {"status": "open"}}'
    ),
)
kind("a name 10,000 times", "{" + '"a": 1,' * 9_999 + '"a": 1}')
kind("twice, with NaN", manifest(l2='"format": NaN, "format": NaN,'))

# Hostile names
for name, written in {
    "an empty name": "",
    "a stroke": "a/b",
    "a tilde": "~1~0",
    "a prototype": "__proto__",
    "a dunder": "__class__",
    "a path": "../../etc/passwd",
    "a line end in a name": "a\\nb",
    "an escape sequence": "\\u001b[31m\\u001b]0;x\\u0007",
    "a turned direction": "\u202eabc",
    "braces": "{0} {x.y} %s",
    "markup": "<script>[bold]",
    "a NUL in a name": "\\u0000",
    "an emoji": "\\ud83d\\udc4d",
}.items():
    kind(name, project(f'"{written}": 1'))
kind("a name of a mebibyte", project('"' + "n" * MIB + '": 1'))
kind(
    "a name of a mebibyte for an item",
    manifest(l6='"answers": {"' + "n" * MIB + '": {"status": "open"}}'),
)

# Wrong types
for text in ("null", "true", "0", '"x"', "[]"):
    kind(f"the whole is {text}", text)
for line, lines in {
    "l2": (
        '"format": "1",',
        '"format": true,',
        '"format": null,',
        '"format": 0,',
        '"format": 2,',
        '"format": 1e30,',
    ),
    "l3": (
        '"guideline": "tokyo-ai@1",',
        '"guideline": {"id": "tokyo-ai", "version": "1"},',
        '"guideline": {"id": "tokyo-ai", "version": 1.5},',
        '"guideline": {"id": "tokyo-ai", "version": 0},',
        '"guideline": {"id": "tokyo-ai", "version": 99},',
        '"guideline": {"id": "../../tokyo-ai", "version": 1},',
        '"guideline": {"id": "", "version": 1},',
    ),
    "l4": (
        '"project": "x",',
        '"project": {"name": 1},',
        '"project": {"name": " \\u3000"},',
        '"project": {"name": "x", "example": "yes"},',
        '"project": {"name": "x", "conditions": ["generative_ai"]},',
        '"project": {"name": "x", "conditions": {"generative_ai": "yes"}},',
        '"project": {"name": "x", "ai": {}},',
        '"project": {"name": "x", "ai": [{}]},',
    ),
    "l5": (
        '"classification": {"cells": "citizen.information"},',
        '"classification": {"cells": [null]},',
        '"classification": {"cells": [["citizen.information"]]},',
        '"classification": {"confidence": 91},',
        '"classification": {"confidence": "high"},',
    ),
    "l6": (
        '"answers": []',
        '"answers": {"planning.purpose": "done"}',
        '"history": {}',
        '"history": [{}]',
    ),
}.items():
    for one in lines:
        kind(one, manifest(**{line: one}))

# Values
for date in (
    "2026-02-30",
    "2026/03/01",
    "２０２６-03-01",
    "0000-01-01",
    "2026-03-01T00:00:00Z",
    "令和8年3月1日",
    "2026-03-01\\n",
):
    kind(f"the date {date}", answer(f'"due": "{date}"'))
for time in ("2026-03-01T25:00:00Z", "2026-03-01T00:00:60Z", "2026-03-01T00:00:00+09:00"):
    kind(f"the time {time}", answer(f'"at": "{time}"'))
kind("a date of a mebibyte", answer('"due": "' + "0" * MIB + '"'))
kind(
    "a status of 9 MiB",
    manifest(l6='"answers": {"planning.purpose": {"status": "' + "d" * 9 * MIB + '"}}'),
)
kind(
    "a status that steers", manifest(l6='"answers": {"planning.purpose": {"status": "\\u001b[2J"}}')
)
kind("a cell that is none", manifest(l5='"classification": {"cells": ["citizen.informtion"]},'))
kind("an item that is none", manifest(l6='"answers": {"planning.purpos": {"status": "open"}}'))
kind("a phase that is none", project('"phase": "planing"'))
kind("a condition that is none", project('"conditions": {"genrative_ai": true}'))

# Evidence
kind("evidence with a NUL", proof("a\\u0000b"))
kind("evidence of a mebibyte", proof("a" * MIB))
kind("evidence above", proof("../x"))
kind("evidence above, as Windows writes it", proof("..\\\\x"))
kind("evidence at the root", proof("/dev/zero"))
kind("evidence that is the folder", proof("."))
kind("evidence that is half a character away", proof("\\ud83d.pdf"))
kind("a link that runs", proof("javascript:alert(1)", "link"))

# History
kind("a history that does not fit", entry('"after": {}'))
kind(
    "a history of its own parent",
    entry('"after": {}').replace('"parents": []', f'"parents": ["{"0" * 64}"]'),
)

# Many at once: what is found first, and how many there are.
MANY: dict[str, tuple[str, str, int]] = {
    "20,000 names that are none": (
        project(", ".join(f'"n{i}": 1' for i in range(20_000))),
        "4:26 AG111 /project/n0",
        20_000,
    ),
    "20,000 answers that are none": (
        manifest(l6='"answers": {' + ", ".join(f'"n{i}": 1' for i in range(20_000)) + "}"),
        "6:13 AG113 /answers/n0",
        20_000,
    ),
    "5,000 items that are none": (
        manifest(
            l6='"answers": {'
            + ", ".join(f'"n{i}": {{"status": "open"}}' for i in range(5_000))
            + "}"
        ),
        "6:13 AG203 /answers/n0",
        5_000,
    ),
    "5,000 steps that are none": (
        manifest(l6='"history": [' + ", ".join(["{}"] * 5_000) + "]"),
        "6:13 AG110 /history/0",
        40_000,
    ),
}
