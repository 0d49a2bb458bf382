"""Whether bytes are a workbook that may be opened: its kind, its size, and what hides in it."""

import lzma
import posixpath
import re
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from aiguide.core.errors import AiguideError

LARGEST = 20 * 1024 * 1024

# What reading a zip or an XML of no known kind may raise.
_DAMAGES = (
    *(BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, OSError, ValueError, LookupError),
)

# Our largest workbooks take a hundredth of this; what is beyond would take long to read.
_MOST_PARTS = 1_000
_MOST_XML = 16 * 1024 * 1024
_MOST_CELLS = 150_000  # elements of the sheets and of the texts
_MOST_OTHER = 20_000  # elements of everything else
_MOST_RANGES = 100_000  # characters that name ranges
_DEEPEST = 50
_LONGEST_TOKEN = 500_000
LAST_ROW = 20_000
_LONGEST = {"formatCode": 300}  # what the reader looks at with slow patterns
_LONGEST_IN_FURNITURE = 300  # page heads and feet, likewise

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LINKED = re.compile(r"xl/(externallinks/|connections\.xml|querytables/)", re.IGNORECASE)
_MACROS = re.compile(r"vbaproject\.bin$|(^|/)macrosheets/", re.IGNORECASE)
_OF_CELLS = ("worksheet", "sst")  # the roots of parts that hold cells or their texts
_FURNITURE = re.compile(r"(odd|even|first)(Header|Footer)")


@dataclass(slots=True, eq=False)
class Part:
    """What was seen in one part: merged ranges, and the cells that hold a formula."""

    merged: list[str] = field(default_factory=list)
    formulas: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class Vetted:
    """A workbook of which only the XML is left, each part read once and found harmless."""

    content: BinaryIO
    parts: dict[str, Part]


def vet(stream: BinaryIO, file: str) -> Vetted:
    """Read a workbook within bounds and look at all of its XML.

    Raises: AiguideError `too-large`, `workbook-...`: what kind of file it is instead, or what it
    holds that is not let in.
    """
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise AiguideError("too-large", most=LARGEST)
    if raw.startswith(_OLE):
        raise AiguideError("workbook-password" if _ENCRYPTED in raw else "workbook-xls", file=file)
    if not raw.startswith(b"PK"):
        raise AiguideError("workbook-not", file=file)
    try:
        with ZipFile(BytesIO(raw)) as archive:
            return _vetted(archive, file)
    except _DAMAGES:
        raise AiguideError("workbook-damaged", file=file) from None


def _vetted(archive: ZipFile, file: str) -> Vetted:
    infos = archive.infolist()
    _check_names([info.filename for info in infos], file)
    if any(info.flag_bits & 1 for info in infos):
        raise AiguideError("workbook-password", file=file)
    xml = [info for info in infos if info.filename.lower().endswith((".xml", ".rels"))]
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in xml) > _MOST_XML:
        raise AiguideError("workbook-bomb", file=file)
    watch, kept = _Watch(file), BytesIO()
    with ZipFile(kept, "w") as copy:
        for info in xml:
            copy.writestr(info.filename, watch.read(archive, info))
    return Vetted(kept, watch.parts)


def _check_names(names: list[str], file: str) -> None:
    if len(set(names)) < len(names):
        raise AiguideError("workbook-damaged", file=file)
    if any(_MACROS.search(name) for name in names):
        raise AiguideError("workbook-macros", file=file)
    if any(_LINKED.match(name) for name in names):
        raise AiguideError("workbook-links", file=file)
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise AiguideError("workbook-not", file=file)


class _Watch:
    """Reads part after part, counting what all of them hold together."""

    def __init__(self, file: str) -> None:
        self.parts: dict[str, Part] = {}
        self._file = file
        self._cells = self._others = self._ranges = 0
        self._named: set[tuple[str, str]] = set()

    def read(self, archive: ZipFile, info: ZipInfo) -> bytes:
        """Give a part's XML. Raises: AiguideError where it is none, or none that is let in."""
        self._part = self.parts[info.filename] = Part()
        self._of_cells = False
        self._path: list[str] = []
        self._row, self._cell = 0, ""
        self._seen_to = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        content = archive.read(info)
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError:
            raise AiguideError("workbook-damaged", file=self._file) from None
        return content

    def _advance(self) -> None:
        """Refuse a tag, text or comment that is too long: readers take it up again and again."""
        place = self._parser.CurrentByteIndex
        if place - self._seen_to > _LONGEST_TOKEN:
            raise AiguideError("workbook-bomb", file=self._file)
        self._seen_to = place

    def _refuse_doctype(self, *_: object) -> None:
        raise AiguideError("workbook-doctype", file=self._file)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._advance()
        name = tag.rpartition(":")[2]
        if not self._path:
            self._of_cells = name in _OF_CELLS
        self._path.append(name)
        self._furniture = 0
        self._count(name, attributes)
        if not self._of_cells:
            self._look_at_package(name, attributes)
        elif name in ("row", "c") and "r" not in attributes:
            raise AiguideError("workbook-damaged", file=self._file)  # programs all write it
        elif name == "row":
            self._row = int(attributes["r"])
        elif name == "c":
            self._cell = attributes["r"]
        elif name == "f":
            self._part.formulas.add(self._cell)
        elif name == "mergeCell":
            self._part.merged.append(attributes.get("ref", ""))
        elif name in ("v", "is") and self._row > LAST_ROW:
            raise AiguideError("workbook-bomb", file=self._file)

    def _end(self, _: str) -> None:
        self._advance()
        self._path.pop()

    def _text(self, text: str) -> None:
        self._advance()
        if _FURNITURE.fullmatch(self._path[-1]):
            self._furniture += len(text)
            if self._furniture > _LONGEST_IN_FURNITURE:
                raise AiguideError("workbook-bomb", file=self._file)

    def _count(self, name: str, attributes: dict[str, str]) -> None:
        self._cells += self._of_cells
        self._others += not self._of_cells
        self._ranges += len(attributes.get("sqref", "")) + len(attributes.get("ref", ""))
        if (
            len(self._path) > _DEEPEST
            or self._cells > _MOST_CELLS
            or self._others > _MOST_OTHER
            or self._ranges > _MOST_RANGES
            or any(len(attributes.get(key, "")) > most for key, most in _LONGEST.items())
        ):
            raise AiguideError("workbook-bomb", file=self._file)

    def _look_at_package(self, name: str, attributes: dict[str, str]) -> None:
        """Refuse macros, whatever their parts are called, and a part that is two sheets at once."""
        if "macroenabled" in attributes.get("ContentType", "").lower():
            raise AiguideError("workbook-macros", file=self._file)
        if name == "sheet" and self._path[-2:] == ["sheets", "sheet"]:
            self._once("sheet", next((attributes[a] for a in attributes if a.endswith(":id")), ""))
        elif name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self._once("part", posixpath.normpath(posixpath.join("/xl", attributes["Target"])))

    def _once(self, kind: str, name: str) -> None:
        if (kind, name) in self._named:
            raise AiguideError("workbook-damaged", file=self._file)
        self._named.add((kind, name))
