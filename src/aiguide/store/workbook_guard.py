"""Whether bytes are a workbook that may be opened: its kind, its size, and what hides in it."""

import lzma
import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from aiguide.core.errors import AiguideError
from aiguide.store.workbook_xml import Part, Parts, Refused

LARGEST = 20 * 1024 * 1024
_MOST_PARTS = 1_000
_MOST_XML = 16 * 1024 * 1024

# What reading a zip or an XML of no known kind may raise.
_DAMAGES = (
    *(BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, OSError, ValueError, LookupError),
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LINKED = re.compile(r"xl/(externallinks/|connections\.xml|querytables/)", re.IGNORECASE)
_MACROS = re.compile(r"vbaproject\.bin$|(^|/)macrosheets/", re.IGNORECASE)


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
    try:
        return _vetted(raw)
    except Refused as refused:
        raise AiguideError(refused.code, file=file) from None
    except _DAMAGES:
        raise AiguideError("workbook-damaged", file=file) from None


def _vetted(raw: bytes) -> Vetted:
    _check_kind(raw)
    parts, kept = Parts(), BytesIO()
    with ZipFile(BytesIO(raw)) as archive, ZipFile(kept, "w") as copy:
        infos = archive.infolist()
        _check_names([info.filename for info in infos])
        if any(info.flag_bits & 1 for info in infos):
            raise Refused("workbook-password")
        xml = [info for info in infos if info.filename.lower().endswith((".xml", ".rels"))]
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in xml) > _MOST_XML:
            raise Refused("workbook-bomb")
        for info in xml:
            content = archive.read(info)
            parts.read(info.filename, content)
            copy.writestr(info.filename, content)
    return Vetted(kept, parts.seen)


def _check_kind(raw: bytes) -> None:
    if raw.startswith(_OLE):
        raise Refused("workbook-password" if _ENCRYPTED in raw else "workbook-xls")
    if not raw.startswith(b"PK"):
        raise Refused("workbook-not")


def _check_names(names: list[str]) -> None:
    if len(set(names)) < len(names):
        raise Refused("workbook-damaged")
    if any(_MACROS.search(name) for name in names):
        raise Refused("workbook-macros")
    if any(_LINKED.match(name) for name in names):
        raise Refused("workbook-links")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused("workbook-not")
