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


def require_id(
    kind: str, id: str, known: Sequence[str], titles: Mapping[str, Text] | None = None
) -> None:
    """Insist that an id is known; `titles` maps ids to the titles by which they may be meant.

    Raises: AiguideError `unknown-<kind>` with the near one.
    """
    if id not in known:
        named = [one for one, title in (titles or {}).items() if id.lower() in _spellings(title)]
        meant = named[0] if len(named) == 1 else near(id, known)
        raise AiguideError(f"unknown-{kind}", id=id, near=meant, known=list(known))


def _spellings(title: Text) -> tuple[str, ...]:
    return (title.ja.lower(), title.en.lower())


def require_phase(guideline: Guideline, id: str, known: Sequence[str]) -> None:
    """Insist on one of some phases. Raises: AiguideError `unknown-phase`."""
    require_id("phase", id, known, {phase.id: phase.title for phase in guideline.phases})


def find_item(guideline: Guideline, id: str) -> Item:
    """Find a check item. Raises: AiguideError `unknown-item` with the near one."""
    titles = {item.id: item.title for item in guideline.items}
    require_id("item", id, tuple(titles), titles)
    return guideline.item(id)
