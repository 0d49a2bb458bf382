"""YAML is read strictly: what it would change or lose is a finding with its place."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiguide.core.errors import UnreadableError
from aiguide.store import strict_yaml


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "data.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def found(folder: Path, content: str | bytes) -> list[tuple[str, int, int]]:
    with pytest.raises(UnreadableError) as caught:
        strict_yaml.read(write(folder, content))
    return [(one.code, one.line, one.column) for one in caught.value.findings]


def test_what_json_can_say_is_read_with_the_place_of_each_value(tmp_path: Path) -> None:
    read = strict_yaml.read(
        write(tmp_path, 'a: 1\nb:\n  - "2026-03-01"\n  - true\n  - null\n  - 0.5\n')
    )
    assert read.data == {"a": 1, "b": ["2026-03-01", True, None, 0.5]}
    assert read.place(("b", 1)) == (4, 5)
    assert read.place(("b", 9, "gone")) == (3, 3)


@pytest.mark.parametrize(
    "scalar",
    ["1.10", "2026-03-01", "no", "on", "012", "0x1f", "1:30", "1_000", ".nan", "~", "True"],
)
def test_what_yaml_would_mangle_must_be_quoted(tmp_path: Path, scalar: str) -> None:
    assert found(tmp_path, f"a: {scalar}\n") == [("AG116", 1, 4)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\na: 2\n", [("AG106", 2, 1)]),
        ("a: &x [1]\nb: *x\n", [("AG115", 2, 4)]),
        ("a: !!python/object:os.system [x]\n", [("AG117", 1, 4)]),
        ("a: !mine x\n", [("AG117", 1, 4)]),
        ("1: x\n", [("AG117", 1, 1)]),
        ("<<: {a: 1}\n", [("AG117", 1, 1)]),
        ("a: 1\n---\nb: 2\n", [("AG118", 2, 1)]),
        ("a: [1\n", [("AG122", 1, 4)]),
        ("\ta: 1\n", [("AG122", 1, 1)]),
        ("", [("AG105", 1, 1)]),
        ("  \n", [("AG105", 1, 1)]),
        ("# all of it is a comment\n", [("AG105", 1, 1)]),
        ("a: " + "[" * 150, [("AG108", 1, 103)]),
        ("a: 情報\n".encode("cp932"), [("AG103", 1, 4)]),
        ("a: 1\n".encode("utf-16"), [("AG103", 1, 1)]),
    ],
)
def test_each_fault_is_found_at_its_place(
    tmp_path: Path, content: str | bytes, expected: list[tuple[str, int, int]]
) -> None:
    assert found(tmp_path, content) == expected


def test_nesting_that_would_exhaust_a_parser_is_a_finding_too(tmp_path: Path) -> None:
    assert len(found(tmp_path, "a: " + "[" * 200_000)) == 1


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    assert found(tmp_path, "a: no\nb: 1\nb: 2\nc: 1.10\n") == [
        ("AG116", 1, 4),
        ("AG106", 3, 1),
        ("AG116", 4, 4),
    ]


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        strict_yaml.read(tmp_path / "none.yaml")
    assert caught.value.findings[0].args["reason"] == "missing"


# What people commit: the text, the slip, and the line and column of what is wrong.
SLIPS = {
    "a full-width colon": ("a: 1\nlevel： x\nb: 2\n", "wide-colon", 2, 6),
    "a full-width colon in the first name of an entry": ("- id： x\n  b: 2\n", "wide-colon", 1, 5),
    "a full-width colon inside braces": ("a: {ja： あ, en: b}\n", "wide-colon", 1, 7),
    "a full-width blank": ("- a: [b]\n\u3000c: d\n", "wide-space", 2, 1),
    "a full-width blank after a colon": ("a: 1\nlevel:\u3000x\nb: 2\n", "wide-blank", 2, 7),
    "a full-width blank after a colon, before braces": (
        "- id: x\n  title:\u3000{ja: あ, en: b}\n  c: 2\n",
        *("wide-blank", 2, 9),
    ),
    "a full-width blank after a colon inside braces": (
        "a: {ja:\u3000あ, en: b}\n",
        "wide-blank",
        1,
        8,
    ),
    "a full-width blank after a hyphen": ("a:\n  -\u3000b: 1\n    c: 2\n", "wide-blank", 2, 4),
    "a full-width hyphen": (
        "a:\n  - b: 1\n    c: 2\n  － b: 3\n    c: 4\nd: 5\n",
        "wide-dash",
        4,
        3,
    ),
    "a full-width hyphen before its entry": ("a:\n  - b\n  －c\nd: 1\n", "wide-dash", 3, 3),
    "a minus for a hyphen": ("a:\n  − b: 1\n    c: 2\n", "wide-dash", 2, 3),
    "a full-width bracket": ("a: ｛ja: あ, en: b｝\n", "wide-bracket", 1, 4),
    "a tab": ("a:\n\tb: 1\n", "tab", 2, 1),
    "a tab after blanks": ("a:\n  \tb: 1\n", "tab", 2, 3),
    "no blank after a colon": ("a: 1\nlevel:x\nb: 2\n", "no-blank-after-colon", 2, 7),
    "no blank after a colon inside braces": ("a: {ja:あ, en: b}\n", "no-blank-after-colon", 1, 7),
    "no blank after a hyphen": ("a:\n  -id: x\n  b: y\n c: z\n", "no-blank-after-dash", 2, 4),
    "a sign that begins nothing": ("a: {ja: @あ, en: b}\n", "sign-first", 1, 9),
    "a quotation mark left open": ('a: "b\nc: d\n', "open-quote", 1, 4),
    "a bracket left open": ("a: [b\nc: d\n", "open-bracket", 1, 4),
    "a comma left out": ("a: {ja: あ en: b}\n", "comma", 1, 13),
    "a colon inside a text": ("a: b: c\n", "colon-in-text", 1, 5),
    "a text that begins with a star": ("a: **b**\n", "sign-first", 1, 4),
    "a text that begins with a quotation": ('a: "b" c\n', "after-value", 1, 8),
    "a text that begins with a bracket": ("a: [b] c\n", "after-value", 1, 8),
    "a text that begins with an arrow": ("a: > 3\n", "after-value", 1, 6),
    "a backslash inside quotation marks": ('a: "C:\\docs"\n', "backslash", 1, 7),
    "a hash inside a text": ("a: {ja: b #1, en: c}\nd: e\n", "hash-in-text", 1, 11),
    "a hash in the first line of a text": ("a:\n  ja: b #1\n    c\n", "hash-in-text", 2, 9),
    "an indent that slips": ("a:\n  b: 1\n   c: 2\n", "colon-in-text", 3, 5),
    "an indent that slips back": ("a:\n    b: [1]\n   c: 2\n", "indent", 3, 4),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_as_what_it_is_where_it_is(tmp_path: Path, slip: str) -> None:
    text, kind, line, column = SLIPS[slip]
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        strict_yaml.read(tmp_path / "a.yaml")
    found = [(one.code, one.args["slip"], one.line, one.column) for one in caught.value.findings]
    assert found == [("AG122", kind, line, column)]


SIGNS = ["{", "}", "[", "]", ",", '"', "'", "：", "*", "&x", "!", "|", ">", "\\", "@", "?"]
OTHERS = [
    "a",
    "b: ",
    "x:y",
    "- ",
    " #",
    "---\n",
    "あ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\u3000",
    "\u2028",
]
PIECES = st.sampled_from([*SIGNS, *OTHERS])


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=500, deadline=None)
def test_whatever_is_written_is_read_or_told_with_a_place(text: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.yaml"
        file.write_bytes(text.encode())
        try:
            strict_yaml.read(file)
        except UnreadableError as error:
            assert all(one.line >= 1 and one.column >= 1 for one in error.findings)
