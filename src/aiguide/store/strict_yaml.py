"""The only YAML reader: what JSON can say, and nothing that YAML would silently change."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from aiguide.core.errors import UnreadableError
from aiguide.core.findings import Finding, Pointer
from aiguide.store import yaml_slips
from aiguide.store.files import read_text
from aiguide.store.positions import DEEPEST

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_COLLECTIONS = (_TAG + "map", _TAG + "seq")
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
# What is written without blanks, and how much of it shows the place of one.
_JAPANESE = re.compile(r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]")
_SHOWN = 8
_LITERALS = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as plain data, with the place (line, column) of each value by its pointer.

    `names` are the places of the names that values stand under. `commented` gives the place and
    the text of each comment that follows a text without quotes on its line: there the text ends,
    whether that was meant or not. `wrapped` gives those where a text goes on in another line
    between two Japanese characters: YAML puts a blank there.
    """

    data: Any
    places: dict[Pointer, tuple[int, int]]
    commented: dict[Pointer, tuple[int, int, str]] = field(default_factory=dict)
    names: dict[Pointer, tuple[int, int]] = field(default_factory=dict)
    wrapped: dict[Pointer, tuple[int, int, str]] = field(default_factory=dict)

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Give the place of a value, or of the nearest thing around it where it is not there."""
        while pointer and pointer not in self.places:
            pointer = pointer[:-1]
        return self.places.get(pointer, (1, 1))


def read(path: Path) -> Document:
    """Read a YAML file. Raises: UnreadableError with all findings (AG101-AG108, AG115-AG122)."""
    text = read_text(path)
    try:
        findings = _event_findings(text)
        if findings:
            raise UnreadableError.at(path, *findings)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        slip = yaml_slips.found(error, text) or _syntax(error, text)
        raise UnreadableError.at(path, slip) from None
    except yaml.YAMLError as error:
        seen = Finding("AG104", {"seen": str(error).split("\n")[0]}, line=1, column=1)
        raise UnreadableError.at(path, seen) from None
    if node is None:  # nothing but comments
        raise UnreadableError.at(path, Finding("AG105", line=1, column=1))
    builder = _Builder(yaml_slips.lines_of(text))
    data = builder.build(node, ())
    if builder.findings:
        raise UnreadableError.at(path, *builder.findings)
    return Document(data, builder.places, builder.commented, builder.names, builder.wrapped)


def _event_findings(text: str) -> list[Finding]:
    """Find what must not reach the composer: aliases, a second document, nesting too deep."""
    found = []
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark: Any = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            found.append(Finding("AG115", {"name": event.anchor}, line=line, column=column))
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return [*found, Finding("AG108", line=line, column=column)]
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                found.append(Finding("AG118", line=line, column=column))
    return found


def _is_left_out(node: Any) -> bool:
    """Tell a value that is not there from one that is an empty text in quotes."""
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Finding:
    """Show the line that the parser stumbled over: what it says of it is for programmers."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    shown = [one.strip() for one in yaml_slips.lines_of(text)[:line] if one.strip()]
    return Finding("AG104", {"seen": shown[-1] if shown else ""}, line=line, column=column)


@dataclass(slots=True)
class _Builder:
    """Builds plain data from nodes, noting places, comments after texts, and findings."""

    lines: list[str]
    commented: dict[Pointer, tuple[int, int, str]] = field(default_factory=dict)
    wrapped: dict[Pointer, tuple[int, int, str]] = field(default_factory=dict)
    places: dict[Pointer, tuple[int, int]] = field(default_factory=dict)
    names: dict[Pointer, tuple[int, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def build(self, node: Any, pointer: Pointer) -> Any:
        self.places[pointer] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if not isinstance(node, yaml.ScalarNode) and node.tag not in _COLLECTIONS:
            self._note("AG117", node, pointer, seen=node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, pointer)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(one, (*pointer, i)) for i, one in enumerate(node.value)]
        if not node.style:
            self._look_behind(node.end_mark, pointer)
        if node.style != "|":  # whose lines stay lines
            self._look_between(node, pointer)
        return self._scalar(node, pointer)

    def _look_behind(self, end: Any, pointer: Pointer) -> None:
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        comment = rest.lstrip()
        if comment.startswith("#"):
            column = end.column + len(rest) - len(comment)
            self.commented[pointer] = (end.line + 1, column + 1, comment)

    def _look_between(self, node: Any, pointer: Pointer) -> None:
        """Note where a text goes on in another line, between two Japanese characters."""
        start, last = node.start_mark, min(node.end_mark.line + 1, len(self.lines))
        for number in range(start.line + 1, last):
            line, first = self.lines[number], number - 1 == start.line
            above = self.lines[number - 1][start.column if first else 0 :].rstrip()
            rest = line.lstrip()
            if _JAPANESE.match(above[-1:]) and _JAPANESE.match(rest):
                seen = f"{above[-_SHOWN:].lstrip()} {rest[:_SHOWN]}"
                column = len(line) - len(rest)
                self.wrapped.setdefault(pointer, (number + 1, column + 1, seen))

    def _mapping(self, node: Any, pointer: Pointer) -> dict[str, Any]:
        built: dict[str, Any] = {}
        twice = self._twice(node)
        if len(twice) > 1:
            seen = f"{twice[0].value}:"
            self._note("AG122", twice[0], pointer, slip="two-entries", seen=seen)
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None or key_node.tag != _TAG + "str":
                self._note("AG117", key_node, pointer, seen=str(key or "?"))
            elif key in built:
                if len(twice) == 1:
                    self._note("AG106", key_node, (*pointer, key), key=key)
            elif _is_left_out(value_node):
                self._left_out(key_node, (*pointer, key))
            else:
                start = key_node.start_mark
                self.names[*pointer, key] = (start.line + 1, start.column + 1)
                built[key] = self.build(value_node, (*pointer, key))
        return built

    def _twice(self, node: Any) -> list[Any]:
        """Give the names that come a second time: with several, two entries have run together."""
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        first = {key.value: key for key in reversed(keys)}
        return [key for key in keys if first[key.value] is not key]

    def _left_out(self, node: Any, pointer: Pointer) -> None:
        slip = yaml_slips.in_text(node.value)
        noted = yaml_slips.noted_below(self.lines, node.end_mark.line)
        start = node.start_mark
        if slip:
            self._mark(slip[0], node.value, (start.line, start.column + slip[1]), pointer)
        elif noted:
            self._mark("hash-below", self.lines[noted[0]].strip(), noted, pointer)
        else:
            self._note("AG121", node, pointer, key=node.value)

    def _mark(self, slip: str, seen: str, place: tuple[int, int], pointer: Pointer) -> None:
        line, column = place
        args = {"slip": slip, "seen": seen}
        self.findings.append(Finding("AG122", args, pointer, line=line + 1, column=column + 1))

    def _scalar(self, node: Any, pointer: Pointer) -> Any:
        text: str = node.value
        if node.tag == _TAG + "str":
            return text
        if node.style or not node.tag.startswith(_TAG):
            self._note("AG117", node, pointer, seen=node.tag)
            return text
        if text in _LITERALS:
            return _LITERALS[text]
        if _JSON_NUMBER.fullmatch(text):
            number: int | float = float(text) if "." in text else int(text)
            if str(number) == text:
                return number
        self._note("AG116", node, pointer, seen=text)
        return text

    def _note(self, code: str, node: Any, pointer: Pointer, **args: str) -> None:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.findings.append(Finding(code, args, pointer, line=line, column=column))
