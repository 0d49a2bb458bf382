"""What a report is made of whatever its format: headings, paragraphs, tables, bars, entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from aiguide.core.answers import is_web_address
from aiguide.core.text import Lang

LINE, LINES = 50, 20  # characters of a line on paper, and the lines of nearly half a page


class Linked(str):
    """A text in which addresses stand that lead to the web; whatever else they are leads nowhere.

    Formats that have no links show it as any other text.
    """

    addresses: tuple[str, ...]

    def __new__(cls, text: str, addresses: Iterable[str]) -> "Linked":
        """Make it of a text and the addresses in it, in their order."""
        made = super().__new__(cls, text)
        made.addresses = tuple(one for one in addresses if is_web_address(one))
        return made


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text at its addresses: each piece, and whether it is one."""
    rest = text
    for address in getattr(text, "addresses", ()):
        before, found, rest = rest.partition(address)
        yield before, False
        yield found, bool(found)
    yield rest, False


class Stanced(str):
    """A text in which a stance stands; formats that have colours show it in that of its policy."""

    stance: str
    policy: str

    def __new__(cls, text: str, stance: str, policy: str) -> "Stanced":
        """Make it of a text, the stance as it stands there, and what the verdict makes of it."""
        made = super().__new__(cls, text)
        made.stance, made.policy = stance, policy
        return made


def tints(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text at its stance: each piece, and the policy that colours it, or nothing."""
    if not isinstance(text, Stanced):
        yield text, ""
        return
    before, stance, after = text.partition(text.stance)
    yield before, ""
    yield stance, text.policy
    yield after, ""


class Tone(StrEnum):
    """How a paragraph speaks; formats that cannot show it leave it out."""

    PLAIN = "plain"
    LEAD = "lead"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `id` is where links go, `new_page` starts one on paper."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str
    id: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    kind: ClassVar[str] = "paragraph"
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    kind: ClassVar[str] = "bullets"
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of something is done, as a cell of a table; the text says the same in figures."""

    kind: ClassVar[str] = "bar"
    done: int
    total: int

    @property
    def percent(self) -> int:
        """Give the share that is done, 0 to 100; all of nothing is 100."""
        return round(100 * self.done / self.total) if self.total else 100


@dataclass(frozen=True, slots=True)
class Named:
    """A cell with a name and, smaller, the id that scripts know it by."""

    kind: ClassVar[str] = "named"
    text: str
    id: str


Cell = str | Bar | Named


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one head row; the first cell of a row names it where `named_rows`.

    `widths` are in percent, one for each column. `room` leaves rows high, to be written in.
    """

    kind: ClassVar[str] = "table"
    caption: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    named_rows: bool = True
    room: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader must learn first; `id` is the verdict or a stance's policy, for its colour."""

    kind: ClassVar[str] = "verdict"
    id: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is read at a glance."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of numbers."""

    kind: ClassVar[str] = "figures"
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents: links to all headings of level 2 that have an id."""

    kind: ClassVar[str] = "contents"
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One check item: `badge` is its status, `said` what was answered, `notes` the small print."""

    kind: ClassVar[str] = "entry"
    title: str
    id: str
    text: str
    badge: str = ""
    clear: bool = False
    tags: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Tell whether what was answered may go on to the next page: it would leave one half empty.

        What breaks a line counts as one.
        """
        lines = (line for text in self.said for line in text.split("\n"))
        return sum(1 + len(line) // LINE for line in lines) > LINES


Block = Heading | Paragraph | Bullets | Table | Verdict | Figures | Contents | Entry


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report in one language; `mark` stands on every page, `foot` names what it rests on.

    `kind_of` names what sort of report it is; `date` is `YYYY-MM-DD`; `dense` is for one page.
    """

    lang: Lang
    title: str
    kind_of: str
    lead: str
    date: str
    mark: str
    foot: str
    blocks: tuple[Block, ...]
    dense: bool = False

    @property
    def chapters(self) -> tuple[Heading, ...]:
        """Give the headings that the contents list."""
        return tuple(
            block
            for block in self.blocks
            if isinstance(block, Heading) and block.level == 2 and block.id
        )
