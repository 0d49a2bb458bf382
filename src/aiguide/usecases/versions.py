"""The versions of a guideline pack: which there are, what lies between two, what they changed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aiguide.core import former
from aiguide.core.change_log import ChangeLog
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.guideline import Guideline, Item
from aiguide.core.portfolio import Unreadable
from aiguide.core.words import Words
from aiguide.store import packs


@dataclass(frozen=True, slots=True)
class Unusable:
    """A pack of one's own that cannot be used, and what is wrong with it."""

    name: str
    folder: str
    first: Unreadable


def all_packs(words: Words, near: Path | None = None) -> Iterator[Guideline | Unusable]:
    """Give all packs and their versions, in order. `near`: as in `guidelines.load_pack`."""
    for name, folder in packs.known(near).items():
        try:
            yield packs.load(name, near)[0]
        except UnreadableError as error:
            from aiguide.usecases.portfolio import unreadable  # rarely needed, and dear

            yield Unusable(name, str(folder), unreadable(error, words))


def is_known(name: str, near: Path | None = None) -> bool:
    """Tell whether there is a pack of that whole name."""
    return name in packs.names(near)


def is_newest(pack: Guideline, near: Path | None = None) -> bool:
    """Tell whether a pack is the version that new projects take."""
    return newest_name(pack, near) == pack.name


def later_name(pack: Guideline, near: Path | None = None) -> str | None:
    """Name the version that a project of a pack could go on to."""
    name = newest_name(pack, near)
    return name if int(name.partition("@")[2]) > pack.version else None


def newest_name(pack: Guideline, near: Path | None = None) -> str:
    """Name the newest released version of a pack; while none is, the newest that can be used."""
    return packs.newest_name(pack.id, near)


def passed_over(pack: Guideline, near: Path | None = None) -> tuple[str, Path] | None:
    """Name the later version that would be the newest if it could be used, and its folder."""
    if pack.released or newest_name(pack, near) != pack.name:
        return None
    known = packs.known(near)
    last = [one for one in known if one.partition("@")[0] == pack.id][-1]
    return (last, known[last]) if last != pack.name else None


def newest(pack: Guideline, near: Path | None = None) -> Guideline:
    """Give the newest released version of a pack; while none is, the newest that can be used."""
    return packs.load(pack.id, near)[0]


def last_step(name: str, near: Path | None = None) -> tuple[Guideline, Guideline]:
    """Give a version, or the last one of a pack, drafts too, after the one that it changes.

    Raises: AiguideError `only-version`, and as `packs.load` does.
    """
    named = [one for one in packs.names(near) if name in (one, one.partition("@")[0])]
    new = packs.load(named[-1] if named else name, near)[0]
    before = _before(new, near) if new.since is None else f"{new.id}@{new.since}"
    if before is None:
        raise AiguideError("only-version", name=new.name)
    return packs.load(before, near)[0], new


def _before(new: Guideline, near: Path | None) -> str | None:
    """Name the version below one that does not say which it changes, as while it is written."""
    numbers = [
        int(one.partition("@")[2]) for one in packs.names(near) if one.startswith(f"{new.id}@")
    ]
    earlier = [one for one in numbers if one < new.version]
    return f"{new.id}@{max(earlier)}" if earlier else None


def leading_to(guideline: Guideline, near: Path | None = None) -> tuple[Guideline, ...]:
    """Give a version after those that lead to it, as far back as they are there."""
    way = [guideline]
    with suppress(AiguideError):
        while (since := way[0].since) is not None and since < way[0].version:
            way.insert(0, packs.load(f"{guideline.id}@{since}", near)[0])
    return tuple(way)


def item_before(guideline: Guideline, item: Item) -> tuple[Item, ...]:
    """Give what an item was in the version before, where it was another, or worded otherwise."""
    return former.before(leading_to(guideline)[-2:], item)


def between(old: Guideline, new: Guideline, near: Path | None = None) -> tuple[Guideline, ...]:
    """Give the versions that lead from one to a later one, both included.

    Raises: AiguideError `other-pack`, `not-newer`, `no-way`.
    """
    if old.id != new.id:
        raise AiguideError("other-pack", old=old.name, new=new.name)
    if old.version >= new.version:
        raise AiguideError("not-newer", old=old.name, new=new.name)
    way = [new]
    while way[0].version > old.version:
        before = old.version if way[0].since is None else way[0].since
        if not old.version <= before < way[0].version:
            since = f"{new.id}@{before}"
            raise AiguideError("no-way", old=old.name, name=way[0].name, since=since)
        way.insert(0, packs.load(f"{new.id}@{before}", near)[0])
    return tuple(way)


def as_markdown(log: ChangeLog, words: Words) -> bytes:
    """Write a change log as Markdown."""
    from aiguide.core.papers import changes
    from aiguide.render import report_md

    return report_md.render(changes.paper(log, words), words).content
