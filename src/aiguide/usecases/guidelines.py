"""Guideline packs, and insisting on their ids."""

from collections.abc import Sequence

from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline, Item
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.suggest import near
from aiguide.store import packs

DEFAULT_PACK = "tokyo-ai@1"


def load_pack(name: str = DEFAULT_PACK) -> tuple[Guideline, ClassificationPolicy]:
    """Load a guideline pack with what its classification knows."""
    return packs.load(name)


def require_id(kind: str, id: str, known: Sequence[str]) -> None:
    """Insist that an id is known. Raises: AiguideError `unknown-<kind>` with the near one."""
    if id not in known:
        raise AiguideError(f"unknown-{kind}", id=id, near=near(id, known), known=list(known))


def find_item(guideline: Guideline, id: str) -> Item:
    """Find a check item. Raises: AiguideError `unknown-item` with the near one."""
    require_id("item", id, [item.id for item in guideline.items])
    return guideline.item(id)
