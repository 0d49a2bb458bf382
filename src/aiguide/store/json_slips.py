"""Typing slips in a JSON text that somebody edited: each is mended and told with its place."""

import json
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from json import JSONDecodeError

from aiguide.store.positions import places
from aiguide.store.strict_json import cut_off

MOST, MOST_WAYS = 50, 40  # slips, and ways to mend each
MOST_READ = 1_000_000_000  # characters in all, while looking for what mends a large text
MOST_IN_A_LINE = 2  # but for marks in full width; a line with more says nothing for certain

Edit = tuple[int, int, str]  # what from one offset to another is replaced by

_QUOTES = "“”„‟＂〝〞‘’'"
_OPENING = set("“„〝‘")
_ALIKE = {
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys("，、､", ","),
    **{"：": ":", "｛": "{", "｝": "}", "［": "[", "］": "]", "\u3000": " ", "\xa0": " "},
}
_CLOSERS = {"{": "}", "[": "]"}
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}\[\]]|\n *(?=\S)')
_NAME_UNCLOSED = re.compile(r'\s*"[\w.@$-]+(?=\s*[:：])')
_TEXT = re.compile(r'\s*"[^"\n]+"\s*:\s*"(?P<text>.*)"\s*,?\s*')
_MEMBERS = re.compile(r'"\s*[,:，：]|[:：]\s*"')
_CLOSES_ALIKE = re.compile(rf"[{_QUOTES}](?=\s*[,，:：}}\]]|\s*$)")
_BARE = re.compile(
    rf'(?!true|false|null|[{_QUOTES}])[^\s"{{}}\[\],:][^"{{}}\[\]\n]*?(?=\s*,?\s*(?:\n|$))'
)
_WORD = re.compile(r'[^\s\[\]{}:,"]+\Z')
_LITERAL = re.compile(r"\b(?:true|false|null)$")
_OPENED_BELOW = re.compile(r":[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip, at its line and column from 1: what was `seen`, and what it was `taken` for.

    Nothing was seen where something was missing, and it is taken for nothing where it is too much.
    """

    line: int
    column: int
    seen: str
    taken: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A text whose slips are mended, as far as one way to mend them leads on.

    `breaks`: the line and column, from 1, where the first text still is no JSON although more of
    it follows; None where all of it can be read, or where it only ends too early.
    """

    text: str
    slips: tuple[Slip, ...]
    breaks: tuple[int, int] | None


def mend(text: str) -> Mended:
    """Mend one slip after the other, as long as the text can then be read beyond their line."""
    place, origins = places(text), array("Q", range(len(text) + 1))
    slips: list[Slip] = []
    error = _error(text)
    kept = [Mended(text, (), _breaks(text, error, place(error.pos)) if error else None)]
    most = min(MOST, MOST_READ // (MOST_WAYS * len(text) + 1))
    while error and len(slips) < most and (edit := _best(text, error)):
        start, end, new = edit
        slips.append(Slip(*place(origins[start]), text[start:end], new))
        same = [one for one in slips if one.line == slips[-1].line and one.seen not in _ALIKE]
        if len(same) > MOST_IN_A_LINE:
            first = slips.index(same[0])
            return next(one for one in reversed(kept) if len(one.slips) <= first)
        begun = max(end, _blamed(text, error)) + len(new) - (end - start)
        text = text[:start] + new + text[end:]
        origins[start:end] = array("Q", [origins[start]] * len(new))
        error = _error(text)
        if error is None:
            return Mended(text, tuple(slips), None)
        if "\n" in text[begun : _blamed(text, error)]:
            at = place(origins[error.pos])
            kept.append(Mended(text, tuple(slips), _breaks(text, error, at)))
    return kept[-1]


def _breaks(text: str, error: JSONDecodeError, at: tuple[int, int]) -> tuple[int, int] | None:
    """Give where a text breaks, unless it only ends there."""
    return None if _ended(text, error) else at


def _error(text: str) -> JSONDecodeError | None:
    """Give what stands in the way of reading a text, if anything."""
    try:
        json.loads(text, parse_int=str)
    except JSONDecodeError as error:
        return error
    except RecursionError:
        return JSONDecodeError("too deep", text, 0)
    return None


def _ended(text: str, error: JSONDecodeError) -> bool:
    """Tell whether a text only ends too early; one whose last bracket is there has lost a quote."""
    closed = text.rstrip().endswith("}") and error.msg.startswith("Unterminated")
    return cut_off(text, error) and not closed


def _blamed(text: str, error: JSONDecodeError) -> int:
    """Give where it went wrong: where an open text begins; where a colon or a comma is missing."""
    if error.msg.startswith("Invalid control"):
        return text.rfind('"', 0, error.pos) + 1
    if error.msg.startswith(("Expecting ':'", "Expecting ','")):
        return len(text[: error.pos].rstrip())
    return error.pos


def _best(text: str, error: JSONDecodeError) -> Edit | None:
    """Give the edit after which most of a text can be read beyond the line where it breaks.

    Where none leads beyond that, it is the first that leads on in the line.
    """
    ended = _ended(text, error)
    begun = most = _blamed(text, error)
    near: Edit | None = None
    far: Edit | None = None
    ways = _brackets(text) if ended else _edits(text, error.pos)
    for edit in islice(ways, MOST_WAYS):
        start, end, new = edit
        then, grown = text[:start] + new + text[end:], len(new) - (end - start)
        after = _error(then)
        if after is None:
            return edit
        read = _blamed(then, after)
        beyond = "\n" in then[max(end, begun) + grown : read]
        read -= grown if start <= read else 0
        if beyond and read > most:
            far, most = edit, read
        elif not beyond and read > begun:
            near = near or edit
    return None if ended else far or near


def _edits(text: str, at: int) -> Iterator[Edit]:
    """Give what may mend a text that breaks at an offset."""
    for opened in [*_OPENED_BELOW.finditer(text, 0, at)][-1:]:
        for bracket in _CLOSERS:
            yield opened.start() + 1, opened.start() + 1, bracket
    yield from _brackets(text)
    seen, before = text[at : at + 1], len(text[:at].rstrip())
    if seen in _ALIKE:
        yield at, at + 1, _ALIKE[seen]
    for missing in (",", ":"):
        yield before, before, missing
    if text[before - 1 : before] == ",":
        yield before - 1, before, ""
    inside = text[at - 1 : at].isalnum() and not _LITERAL.search(text, max(at - 6, 0), at)
    opens = seen in _CLOSERS and text[at - 1 : at] != seen
    if not (inside or opens or text[at + 1 : at + 2].isalnum() or seen.isspace()):
        yield at, at + 1, ""
    yield from _quotes(text, at)
    if seen == ":":
        name = text.rfind("\n", 0, at) + 1
        name += len(text[name:at]) - len(text[name:at].lstrip())
        yield name, name, "{"


def _quotes(text: str, at: int) -> Iterator[Edit]:
    """Give what may mend the quotation marks in the line of an offset."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    end = end if end >= 0 else len(text)
    line = text[start:end]
    for alike in _CLOSES_ALIKE.finditer(line):
        if not _OPENING & set(line[line.rfind('"', 0, alike.start()) + 1 : alike.start()]):
            yield start + alike.start(), start + alike.end(), '"'
    word = start + len(_WORD.sub("", text[start:at]))
    yield word, word, '"'
    if text[:word].rstrip().endswith(":") and (bare := _BARE.match(text, word, end)):
        yield word, bare.end(), f'"{bare[0]}"'
    if text[at:].strip() and at == end - (line[-1:] == "\r"):
        closed = start + len(line.rstrip().removesuffix(",").rstrip())
        yield closed, closed, '"'
    if unclosed := _NAME_UNCLOSED.match(line):
        yield start + unclosed.end(), start + unclosed.end(), '"'
    whole = _TEXT.fullmatch(line)
    if whole and not _MEMBERS.search(whole["text"]):
        inner = re.sub(r'(?<!\\)"', r'\\"', whole["text"])
        yield start + whole.start("text"), start + whole.end("text"), inner


def _brackets(text: str) -> Iterator[Edit]:
    """Give what may mend the first bracket that does not go with the indents of its lines."""
    stack: list[tuple[str, int]] = []
    indent, begins = 0, 0
    for match in _TOKEN.finditer(text):
        token, at = match[0], match.start()
        closer, outer = stack[-1] if stack else ("", -1)
        if token[0] == "\n":
            indent, begins = len(token) - 1, match.end()
            if indent <= outer and (text[begins], indent) != (closer, outer):
                yield from _missing(text, at, begins, closer)
                return
        elif token in _CLOSERS:
            stack.append((_CLOSERS[token], indent))
        elif token in "}]":
            if token != closer or (at == begins and indent != outer):
                yield from _wrong(text, at, closer)
                return
            stack.pop()


def _missing(text: str, at: int, begins: int, closer: str) -> Iterator[Edit]:
    """Give the ways to close a bracket before a line that `begins` where it has to be closed."""
    before = len(text[:at].rstrip())
    yield begins, begins, closer
    yield before, before, f"{closer},"
    yield before, before, closer


def _wrong(text: str, at: int, closer: str) -> Iterator[Edit]:
    """Give the ways to mend a bracket that closes nothing, or closes another one."""
    yield at, at + 1, ""
    if comma := re.compile(r"\s*,").match(text, at + 1):
        yield at, comma.end(), ""
    if closer:
        yield at, at + 1, closer
