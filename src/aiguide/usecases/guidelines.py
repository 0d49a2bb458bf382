"""Guideline packs, and insisting on their ids."""

from collections.abc import Mapping, Sequence

from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline, Item
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.suggest import near
from aiguide.core.text import Text
from aiguide.store import packs

DEFAULT_PACK = "tokyo-ai@1"


def load_pack(name: str = DEFAULT_PACK) -> tuple[Guideline, ClassificationPolicy]:
    """Load a guideline pack with what its classification knows."""
    return packs.load(name)


def require_id(kind: str, id: str, known: Mapping[str, Text | None]) -> None:
    """Insist on a known id; `known` maps ids to the titles, if any, by which they may be meant.

    Raises: AiguideError `unknown-<kind>` with the near one.
    """
    if id not in known:
        named = [one for one, title in known.items() if title and id.lower() in _spellings(title)]
        meant = named[0] if len(named) == 1 else near(id, known)
        raise AiguideError(f"unknown-{kind}", id=id, near=meant, known=list(known))


def _spellings(title: Text) -> tuple[str, ...]:
    return (title.ja.lower(), title.en.lower())


def require_phase(guideline: Guideline, id: str, known: Sequence[str]) -> None:
    """Insist on one of some phases. Raises: AiguideError `unknown-phase`."""
    titles = {phase.id: phase.title for phase in guideline.phases}
    require_id("phase", id, {one: titles.get(one) for one in known})


def find_item(guideline: Guideline, id: str) -> Item:
    """Find a check item. Raises: AiguideError `unknown-item` with the near one."""
    require_id("item", id, {item.id: item.title for item in guideline.items})
    return guideline.item(id)
