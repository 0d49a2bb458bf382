"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiguide.web.visit import Visit

T = TypeVar("T")
SIZE = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list: `first` and `last` are the numbers of its items, `all` how many there are.

    `before` and `after` are addresses, empty where there is no such page.
    """

    items: Sequence[T]
    first: int
    last: int
    all: int
    before: str
    after: str


def page_of(visit: Visit, items: Sequence[T], size: int = SIZE) -> Page[T]:
    """Give the page that the address asks for; the nearest there is, for one that is not there."""
    asked, most = visit.asked("page"), max(1, -(-len(items) // size))
    number = min(max(1, int(asked[:9])), most) if asked.isdecimal() and asked.isascii() else 1
    begin = (number - 1) * size
    shown = items[begin : begin + size]
    return Page(
        items=shown,
        first=begin + 1 if shown else 0,
        last=begin + len(shown),
        all=len(items),
        before=visit.again(page=number - 1) if number > 1 else "",
        after=visit.again(page=number + 1) if number < most else "",
    )
