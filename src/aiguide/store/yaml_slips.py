"""Slips that people make when writing YAML: what stands there, and where."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from aiguide.core.findings import Finding

_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
_BEGIN = r"^\s*(?:- +)*"
# Where a name may begin: a line of its own, or inside brackets on one line.
_NAMED = rf"(?:{_BEGIN}|[{{,]\s*){_NAME}"

_WIDE = "\u3000\u00a0\u2003"  # blanks that are no blanks to YAML
# What looks like the hyphen of an entry. The last ones also begin lines of Japanese texts.
_DASH = r"(?:[－−]|[ー‐–—―](?=\s))"

# A text in quotation marks, and what can only be the rest of one.
_QUOTED = r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')"
_WORD = r"[^\x00-\x7f、，：｝］]"

# What shows in a line by itself; each matches up to the character that is wrong.
_SLIPS = (
    ("tab", re.compile(r"^ *(?=\t)")),
    ("wide-space", re.compile(rf"^ *(?=[{_WIDE}])")),
    ("wide-dash", re.compile(rf"^\s*(?={_DASH})")),
    ("wide-blank", re.compile(rf"(?:{_NAMED}:|{_BEGIN}-)(?=[{_WIDE}])")),
    ("wide-colon", re.compile(rf"{_NAMED}\s*(?=：)")),
    ("wide-bracket", re.compile(rf"(?:{_NAMED}:|-)\s+(?=[｛［])")),
    ("no-blank-after-dash", re.compile(rf"^\s*-(?={_NAME}:(?:\s|$))")),
    ("no-blank-after-colon", re.compile(rf"{_BEGIN}{_NAME}:(?=[^\s:/])")),
    ("quote-ends", re.compile(rf"(?:{_NAMED}:|{_BEGIN}-)\s+{_QUOTED}(?=[A-Za-z0-9]|\s*{_WORD})")),
    ("sign-first", re.compile(rf"(?:{_NAMED}:|-)\s+(?=[@`%]|[*&](?![A-Za-z0-9]))")),
)
# Where YAML ends a line, so that its numbers are ours.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_HASH = re.compile(r"\s#")
# A text without quotes that a comment cuts short.
_HASH_IN_TEXT = re.compile(rf"{_BEGIN}{_NAME}:\s+[^\s\"'|>\[{{#].*?\s#")
_NAME_ALONE = re.compile(rf"{_NAME}\s*(?P<slip>：|:(?=[{_WIDE}])|:(?=[^\s:/]))")
_DASH_ALONE = re.compile(rf"(?P<slip>{_DASH})|-(?=[{_WIDE}])")
# A line of an example that is still a note; what notes say themselves follows a single blank.
_IN_NOTE = re.compile(r"^ *(?=# {2,}\S)")
# What git leaves of two sides that it could not merge.
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
# A list with lines of its own inside a bracket that was left open above.
_OPENING = re.compile(r"[\[{]\s*(?:#.*)?$")
_ENTRY = re.compile(r"^\s*- ")
# A text whose quotation mark is not closed on its line.
_OPEN_QUOTE = re.compile(rf"{_BEGIN}{_NAME}:\s+(?=\")\"[^\"]*$")
# How many lines above the one where a parser stops may hold the cause.
_ABOVE = 2


def in_text(text: str) -> tuple[str, int] | None:
    """Tell what kept a name and its value from being told apart: the slip, and how far in it is."""
    match = _NAME_ALONE.match(text)
    if not match:
        return ("wide-bracket", 0) if text.startswith("｛") else None
    if match["slip"] == "：":
        return "wide-colon", match.start("slip")
    if text[match.end()] in _WIDE:
        return "wide-blank", match.end()
    return "no-blank-after-colon", match.start("slip")


def in_entry(text: str) -> tuple[str, int] | None:
    """Tell what kept the entries of a list from being told apart, as `in_text` does."""
    match = _DASH_ALONE.match(text)
    if not match:
        return ("wide-bracket", 0) if text.startswith(("［", "｛")) else None
    return ("wide-dash", 0) if match["slip"] else ("wide-blank", match.end())


def noted_below(lines: list[str], line: int) -> tuple[int, int] | None:
    """Give the place of the `#` with which the line below a name begins, if a value follows it."""
    match = _IN_NOTE.match(lines[line + 1]) if line + 1 < len(lines) else None
    return (line + 1, match.end()) if match else None


def lines_of(text: str) -> list[str]:
    """Give the lines of a text as YAML counts them."""
    return _BREAK.split(text)


def found(error: Any, text: str) -> Finding | None:
    """Find what a parser stumbled over (AG122), or None where it does not show."""
    if error.problem_mark is None:
        return None
    lines = lines_of(text)
    conflict = _CONFLICT.search(text)
    if conflict:
        return _at("conflict", lines, text[: conflict.start()].count("\n"), 0)
    lines += [""] * (error.problem_mark.line + 1 - len(lines))  # it may stop below the last one
    for number in _suspects(error, lines):
        for slip, pattern in _SLIPS:
            match = pattern.search(lines[number])
            if match:
                return _at(slip, lines, number, match.end())
    return _between_lines(error, lines)


def _suspects(error: Any, lines: list[str]) -> Iterator[int]:
    """Give the lines that may hold the cause, the likeliest first."""
    context, problem = error.context_mark, error.problem_mark
    if context and "simple key" in (error.context or ""):
        yield context.line
    filled = (n for n in range(problem.line, -1, -1) if lines[n].strip(" "))
    yield from islice(filled, _ABOVE + 1)


def _between_lines(error: Any, lines: list[str]) -> Finding | None:
    """Find what only shows from where a parser began and where it stopped."""
    context, problem = error.context_mark, error.problem_mark
    what, why = error.context or "", error.problem or ""
    if "quoted" in what and "end of stream" in why:
        return _at("open-quote", lines, context.line, context.column)
    if "expected ':'" in why and context:
        return _at("no-colon", lines, context.line, context.column)
    if "escape" in why:
        return _at("backslash", lines, problem.line, problem.column)
    if "flow" in what:
        return _in_brackets(context, problem, lines)
    if "mapping values" in why:
        return _at("colon-in-text", lines, problem.line, problem.column)
    if "block" in what or "comment" in why:
        return _after_text(problem, lines)
    return None


def _in_brackets(context: Any, problem: Any, lines: list[str]) -> Finding:
    """Find what breaks the brackets that began at `context`."""
    if _ENTRY.match(lines[problem.line]):
        return _open_above(lines, problem.line)
    if problem.line == context.line:
        return _at("comma", lines, problem.line, problem.column)
    hash = _HASH.search(lines[context.line], context.column)
    if hash:
        return _at("hash-in-text", lines, context.line, hash.end() - 1)
    return _at("open-bracket", lines, context.line, context.column)


def _after_text(problem: Any, lines: list[str]) -> Finding:
    """Find what makes a text end before `problem`: in the line above, or where it is."""
    begins = not lines[problem.line][: problem.column].strip()
    above = lines[problem.line - 1] if problem.line else ""
    hash = _HASH_IN_TEXT.match(above) if begins else None
    if hash:
        return _at("hash-in-text", lines, problem.line - 1, hash.end() - 1)
    if _OPEN_QUOTE.match(above):
        return _at("open-quote", lines, problem.line - 1, above.index('"'))
    return _at("indent" if begins else "after-value", lines, problem.line, problem.column)


def _open_above(lines: list[str], line: int) -> Finding:
    """Find the bracket that the entries of a list stand in by mistake."""
    for above in range(line - 1, -1, -1):
        opening = _OPENING.search(lines[above])
        if opening:
            return _at("open-bracket", lines, above, opening.start())
    return _at("comma", lines, line, 0)


def _at(slip: str, lines: list[str], line: int, column: int) -> Finding:
    args = {"slip": slip, "seen": lines[line].strip() or repr(lines[line]).strip("'")}
    return Finding("AG122", args, line=line + 1, column=column + 1)
