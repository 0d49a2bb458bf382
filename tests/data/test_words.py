"""The catalogue: every sentence that the code says is there, in both languages, with its blanks."""

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiguide.cli import layout
from aiguide.core.findings import Finding
from aiguide.core.text import LANGS, Lang
from aiguide.core.words import CODED, Words
from aiguide.store import packs
from aiguide.usecases.catalogue import load_words
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "aiguide"
PYTHON = sorted(SOURCE.rglob("*.py"))
TEMPLATES = sorted(SOURCE.rglob("*.j2"))


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words("ja")


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_fill_in_the_same_blanks(words: Words) -> None:
    for key, text in words.texts.items():
        assert blanks(text.ja) == blanks(text.en), key
    for kind in words.kinds.values():
        assert blanks(kind.message.ja) == blanks(kind.message.en), kind.code
        assert blanks(kind.fix.ja) == blanks(kind.fix.en), kind.code


def test_dates_that_people_may_copy_are_of_one_year(words: Words) -> None:
    """Prompts, help and remedies; `show` breaks manifests on purpose, also with dates long past."""
    shown = " ".join(text.ja + " " + text.en for text in words.texts.values())
    assert set(re.findall(r"\b20\d\d(?=[-/年]\d)|(?<=March )20\d\d", shown)) == {"2027"}


def test_what_is_said_of_packs_of_ones_own_stands_for_what_is_said_of_ours(words: Words) -> None:
    own = {key: text for key, text in words.texts.items() if key.startswith("own.")}
    for key, text in own.items():
        assert blanks(text.ja) >= blanks(words.texts[key.removeprefix("own.")].ja), key
        assert "aiguide" not in text.en + text.ja


def test_each_language_is_itself(words: Words) -> None:
    for key, text in words.texts.items():
        assert not re.search(r"[ぁ-ヺ]", text.en), key
        bare = "" if key.endswith(".example") else re.sub(r"\{[^}]*\}", "", text.ja)
        if re.search(r"[A-Za-z]{4,} [a-z]{3,} [a-z]{2,}", bare):
            assert re.search(r"[ぁ-ヺ一-龠]", bare), key


def patterns(path: Path) -> Iterator[str]:
    """Give a regular expression for every key that a module says, f-strings included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        first = node.args[0]
        prefix = {"say": "", "Phrase": "", "AiguideError": r"error\.", "Refused": r"error\."}.get(
            name
        )
        if prefix is None:
            continue
        for literal in _literals(first):
            yield prefix + literal


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z0-9-]+"
            for part in node.values
        )


IS_KEY = re.compile(r"[a-z][a-z0-9\\.\[\]+-]*")


def test_every_sentence_that_the_code_says_is_in_the_catalogue(words: Words) -> None:
    said = [(path, one) for path in PYTHON for one in patterns(path)]
    assert len(said) > 100
    for path, pattern in said:
        if IS_KEY.fullmatch(pattern):
            assert any(re.fullmatch(pattern, key) for key in words.texts), (path.name, pattern)


def test_every_heading_of_the_templates_is_in_the_catalogue(words: Words) -> None:
    for path in TEMPLATES:
        said = re.findall(r'say\("([^"]+)"( ~)?', path.read_text(encoding="utf-8"))
        for key, begun in said:
            assert key in words.texts or (
                begun and any(one.startswith(key) for one in words.texts)
            ), (path.name, key)


def test_no_sentence_is_there_for_nothing(words: Words) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (*PYTHON, *TEMPLATES))
    quoted = re.findall(r"(f?)[\"']([a-z][a-z0-9.{}_ \[\]~-]*)", code)
    patterns = {re.sub(r"\\\{[^}]*\\\}", "[a-z0-9-]+", re.escape(text)) for _, text in quoted}
    patterns |= {
        f"{re.escape(one)}[a-z0-9-]+" for one in re.findall(r'say\("([a-z0-9.-]+\.)" ~', code)
    }
    patterns |= {f"error\\.{one}(\\.fix)?" for one in patterns} | {
        f"{one}\\.fix" for one in patterns
    }
    patterns |= {
        r"usage\.[a-z]+",
        *(rf"{prefix}\.[a-z0-9-]+" for prefix in CODED.values()),
        r"own\.[a-z.-]+",
        r"help\.[a-z-]+(\.short|\.example)?",
    }
    patterns |= {
        r"classified\.[a-z]+",
        r"facts\.[a-z]+",
        r"error\.unknown-[a-z]+(\.fix)?",
    }
    # what to do about an error, where it is said
    errors = [key.removeprefix("error.") for key in words.texts if key.startswith("error.")]
    patterns |= {rf"(api|walk|web)\.fix\.{re.escape(code)}" for code in errors}
    used = re.compile("|".join(f"(?:{pattern})" for pattern in sorted(patterns)))
    assert [key for key in words.texts if not used.fullmatch(key)] == []


def test_every_code_that_is_found_is_in_the_table_and_none_is_idle(words: Words) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PYTHON)
    made = set(re.findall(r'"(AG[0-9]{3})"', code))
    assert made == set(words.kinds)


def named_values(schema: object) -> Iterator[str]:
    """Give the keys of the names of all values that a schema names."""
    if isinstance(schema, dict):
        if "x-names" in schema:
            yield from (f"{schema['x-names']}.{id}" for id in schema["enum"])
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from named_values(one)


def test_values_that_schemas_name_have_names(words: Words) -> None:
    schemas = (ROOT / "schemas").glob("*.json")
    keys = {key for one in schemas for key in named_values(json.loads(one.read_text("utf-8")))}
    assert "status.done" in keys
    assert [key for key in keys if not words.has(key)] == []


def test_quoted_values_are_capped_and_made_printable(words: Words) -> None:
    finding = Finding("AG112", {"value": "x\x1b[31m" * 100, "options": ["a"]})
    said = words.message(finding)
    assert "\x1b" not in said
    assert len(said) < 150


@pytest.mark.parametrize(("count", "noun"), [(0, "findings"), (1, "finding"), (2, "findings")])
def test_a_number_picks_its_noun(words: Words, count: int, noun: str) -> None:
    english = words.spoken("en").say("error.unreadable", file="x", count=count)
    assert english.endswith(f"({count} {noun})")


def test_braces_in_values_are_only_text(words: Words) -> None:
    assert "{0} %s {x}" in words.say("error.not-a-file", file="{0} %s {x}")


def test_every_term_of_the_pack_has_its_label(words: Words) -> None:
    pack, _ = packs.load("tokyo-ai@1")
    assert {phase.kind.value for phase in pack.phases} == {"sequential", "closing", "crossing"}
    for stance in pack.stances:
        assert words.pick(stance.title)


def test_the_schema_of_packs_tells_what_is_said_without_a_wording_of_ones_own(words: Words) -> None:
    schema = json.loads((ROOT / "schemas" / "guideline.schema.json").read_text(encoding="utf-8"))
    for key, described in schema["properties"]["words"]["properties"].items():
        text = words.texts.get(f"own.{key}") or words.texts[key]
        assert described["description"] == f"{text.ja} / {text.en}", key


def test_a_stance_goes_by_one_name_in_japanese(words: Words) -> None:
    """扱い; a pack may have its own word for it, such as 色. 区分 alone is the cell."""
    said = {key: text.ja for key, text in words.texts.items() if not key.startswith("record.")}
    for kind in words.kinds.values():
        told = (kind.title, kind.message, kind.fix, kind.explanation)
        said[kind.code] = " ".join(one.ja for one in told)
    scaffold = ROOT / "data" / "scaffold"
    files = sorted(one for one in scaffold.rglob("*") if one.is_file())
    assert files
    said |= {one.name: one.read_text(encoding="utf-8") for one in files}
    for key, text in said.items():
        for other in ("段階", "判断の区分", "扱いの区分"):
            assert other not in text, key


KEYS_ASKED_FOR = (
    *("prompt.condition", "prompt.cells", "prompt.cells.kept"),
    *("prompt.number", "prompt.sure", "prompt.sure-of-date", "prompt.take-off"),
    *("prompt.enter", "prompt.enter-on", "prompt.undone", "prompt.undone-to"),
)


@pytest.mark.parametrize("key", KEYS_ASKED_FOR)
@pytest.mark.parametrize("lang", LANGS)
def test_a_key_is_typed_on_the_line_that_asks_for_it(words: Words, key: str, lang: Lang) -> None:
    asked = words.spoken(lang).say(key, most=15)
    assert layout.width(f"  {asked}: ") + layout.width("ｙ") < 80
