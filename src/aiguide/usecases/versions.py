"""The versions of a guideline pack: which there are, what lies between two, what they changed."""

from pathlib import Path

from aiguide.core.change_log import ChangeLog
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.words import Words
from aiguide.store import packs


def all_packs(near: Path | None = None) -> tuple[Guideline, ...]:
    """Give all packs and their versions, in order. `near`: as in `guidelines.load_pack`."""
    return tuple(packs.load(name, near)[0] for name in packs.names(near))


def is_known(name: str, near: Path | None = None) -> bool:
    """Tell whether there is a pack of that whole name."""
    return name in packs.names(near)


def is_newest(pack: Guideline, near: Path | None = None) -> bool:
    """Tell whether no later version of a pack is known."""
    return newest(pack, near).version == pack.version


def newest(pack: Guideline, near: Path | None = None) -> Guideline:
    """Give the newest version of a pack."""
    return packs.load(pack.id, near)[0]


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
