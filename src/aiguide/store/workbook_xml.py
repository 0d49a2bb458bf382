"""The XML of a workbook, gone through once: what its cells hold, and what is not let in."""

import posixpath
import re
from dataclasses import dataclass, field
from xml.parsers import expat

# Our largest workbooks take a hundredth of this; what is beyond would take long to read.
_MOST_CELLS = 150_000  # elements of the sheets and of the texts
_MOST_OTHER = 20_000  # elements of everything else
_MOST_RANGES = 100_000  # characters that name ranges
_DEEPEST = 50
_LONGEST_TOKEN = 500_000
LAST_ROW = 20_000
_LONGEST = {"formatCode": 300}  # what the reader looks at with slow patterns
_LONGEST_IN_FURNITURE = 300  # page heads and feet, likewise

_OF_CELLS = ("worksheet", "sst")  # the roots of parts that hold cells or their texts
_FURNITURE = re.compile(r"(odd|even|first)(Header|Footer)")


class Refused(Exception):
    """A workbook that is not let in; `code` is the error that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True, eq=False)
class Part:
    """What was seen in one part: merged ranges, and the cells that hold a formula."""

    merged: list[str] = field(default_factory=list)
    formulas: set[str] = field(default_factory=set)


class Parts:
    """The parts of a workbook by their names, as far as they were read."""

    def __init__(self) -> None:
        self.seen: dict[str, Part] = {}
        self._bounds, self._package = _Bounds(), _Package()

    def read(self, name: str, content: bytes) -> None:
        """Go through a part. Raises: Refused where it is no XML, or holds what is not let in."""
        self.seen[name] = _Reader(self._bounds, self._package).read(content)


class _Bounds:
    """Counts what all parts hold together, and refuses what is too much."""

    def __init__(self) -> None:
        self._cells = self._others = self._ranges = 0

    def count(self, of_cells: bool, depth: int, attributes: dict[str, str]) -> None:
        self._cells += of_cells
        self._others += not of_cells
        self._ranges += len(attributes.get("sqref", "")) + len(attributes.get("ref", ""))
        if (
            depth > _DEEPEST
            or self._cells > _MOST_CELLS
            or self._others > _MOST_OTHER
            or self._ranges > _MOST_RANGES
            or any(len(attributes.get(key, "")) > most for key, most in _LONGEST.items())
        ):
            raise Refused("workbook-bomb")


class _Package:
    """Looks at what the parts are: no macros, whatever they are called, and no sheet twice."""

    def __init__(self) -> None:
        self._named: set[tuple[str, str]] = set()

    def look(self, path: list[str], attributes: dict[str, str]) -> None:
        if "macroenabled" in attributes.get("ContentType", "").lower():
            raise Refused("workbook-macros")
        if path[-2:] == ["sheets", "sheet"]:
            self._once("sheet", next((attributes[a] for a in attributes if a.endswith(":id")), ""))
        elif path[-1] == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self._once("part", posixpath.normpath(posixpath.join("/xl", attributes["Target"])))

    def _once(self, kind: str, name: str) -> None:
        if (kind, name) in self._named:
            raise Refused("workbook-damaged")
        self._named.add((kind, name))


class _Cells:
    """Looks at the cells of a part, and notes what the library that reads them does not tell."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._row, self._cell = 0, ""

    def look(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("row", "c") and "r" not in attributes:
            raise Refused("workbook-damaged")  # programs all write it
        if name == "row":
            self._row = int(attributes["r"])
        elif name == "c":
            self._cell = attributes["r"]
        elif name == "f":
            self._part.formulas.add(self._cell)
        elif name == "mergeCell":
            self._part.merged.append(attributes.get("ref", ""))
        elif name in ("v", "is") and self._row > LAST_ROW:
            raise Refused("workbook-bomb")


class _Reader:
    """Goes through the XML of one part, and shows each element to those who look."""

    def __init__(self, bounds: _Bounds, package: _Package) -> None:
        self._bounds, self._package = bounds, package
        self._part = Part()
        self._cells = _Cells(self._part)
        self._path: list[str] = []
        self._seen_to = self._furniture = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, content: bytes) -> Part:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError:
            raise Refused("workbook-damaged") from None
        return self._part

    def _advance(self) -> None:
        """Refuse a tag, text or comment that is too long: readers take it up again and again."""
        place = self._parser.CurrentByteIndex
        if place - self._seen_to > _LONGEST_TOKEN:
            raise Refused("workbook-bomb")
        self._seen_to = place

    def _doctype(self, *_: object) -> None:
        raise Refused("workbook-doctype")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._advance()
        self._path.append(tag.rpartition(":")[2])
        self._furniture = 0
        of_cells = self._path[0] in _OF_CELLS
        self._bounds.count(of_cells, len(self._path), attributes)
        if of_cells:
            self._cells.look(self._path[-1], attributes)
        else:
            self._package.look(self._path, attributes)

    def _end(self, _: str) -> None:
        self._advance()
        self._path.pop()

    def _text(self, text: str) -> None:
        self._advance()
        if _FURNITURE.fullmatch(self._path[-1]):
            self._furniture += len(text)
            if self._furniture > _LONGEST_IN_FURNITURE:
                raise Refused("workbook-bomb")
