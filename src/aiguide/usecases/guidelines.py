"""Guideline packs, and the ids of theirs that somebody means."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import normalize

from aiguide.core.errors import AiguideError
from aiguide.core.findings import Titled
from aiguide.core.guideline import Guideline, Item
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.suggest import near
from aiguide.core.text import Text
from aiguide.store import pack_places, packs

# A name without a version stands for the newest that was released.
DEFAULT_PACK = "tokyo-ai"


def load_pack(
    name: str = "", near: Path | None = None
) -> tuple[Guideline, ClassificationPolicy | None]:
    """Load a guideline pack with what its classification knows, if it has one.

    No name stands for the one that settings take by default. `near`: the folder of the project,
    whose settings may name packs of one's own.
    Raises: as `packs.load`; AiguideError `unknown-default` where settings take one that is none.
    """
    taken = None if name else pack_places.default(near)
    if taken is None:
        return packs.load(name or DEFAULT_PACK, near)
    try:
        return packs.load(taken[0], near)
    except AiguideError as error:
        if error.code != "unknown-guideline":
            raise
        raise AiguideError("unknown-default", **error.args_said, file=str(taken[1])) from None


def is_default(guideline: Guideline) -> bool:
    """Tell whether a pack is the one that commands take here where none is named."""
    taken = pack_places.default(None)
    name = taken[0] if taken else DEFAULT_PACK
    if name.partition("@")[0] != guideline.id:
        return False
    try:
        return packs.newest_name(name) == guideline.name
    except AiguideError:  # known beside its projects alone
        return False


def load_classifying(name: str = "") -> tuple[Guideline, ClassificationPolicy]:
    """Load a pack that can classify. Raises: AiguideError `cannot-classify`."""
    guideline, policy = load_pack(name)
    if policy is None:
        raise AiguideError("cannot-classify", name=guideline.name)
    return guideline, policy


def meant(
    kind: str, given: str, titles: Mapping[str, Text], guideline: str = "NAME@N", **more: str
) -> str:
    """Give the id that is meant by an id, or by a title in either language, in any case and width.

    `titles` maps the known ids to their titles; `guideline` names the pack, where it is one's;
    `more` fills in what is said of what is none.
    Raises: AiguideError `unknown-<kind>` with the near id or title, `several-meant`.
    """
    if given in titles:
        return given
    asked = _spelt(given)
    named = [id for id, title in titles.items() if asked in map(_spelt, (id, *title.both()))]
    if len(named) > 1:
        raise AiguideError("several-meant", id=given, known=named)
    if not named:
        named_by = {one: Titled(id, title) for id, title in titles.items() for one in title.both()}
        close = near(given, [*titles, *named_by])
        listed = [Titled(id, title) for id, title in titles.items()]
        raise AiguideError(
            f"unknown-{kind}",
            id=given,
            near=named_by.get(close or "", close),
            known=listed,
            guideline=guideline,
            **more,
        )
    return named[0]


def _spelt(text: str) -> str:
    """Give a text as it compares: whichever width and case it was typed in."""
    return normalize("NFKC", text).strip().lower()


def _run_together(domain: str, title: str = "") -> str:
    """Give the name of a cell as it compares: whatever dash and blanks stand in it."""
    return re.sub(r"[\s\u30fc\u2010-\u2015\u2212-]", "", _spelt(domain + title))


def phase_meant(guideline: Guideline, given: str) -> str:
    """Give the id of the phase that is meant. Raises: AiguideError `unknown-phase`."""
    return meant("phase", given, {phase.id: phase.title for phase in guideline.phases})


def cell_meant(guideline: Guideline, given: str) -> str:
    """Give the id of the cell that is meant, by its domain and title too, as it is shown.

    Raises: AiguideError `unknown-cell`, `several-meant`.
    """
    for cell in guideline.cells:
        domain = guideline.domain(cell.domain).title
        shown = map(_run_together, domain.both(), cell.title.both())
        if _run_together(given) in shown:
            return cell.id
    titles = {cell.id: cell.title for cell in guideline.cells}
    return meant("cell", given, titles, guideline.name)


def find_item(guideline: Guideline, given: str) -> Item:
    """Find the check item that is meant.

    Raises: AiguideError `unknown-item` with the near one; `unknown-item-moved`, `unknown-item-gone`
    for an id of the version before.
    """
    refuse_earlier(guideline, given)
    titles, first = {item.id: item.title for item in guideline.items}, guideline.phases[0].id
    return guideline.item(meant("item", given, titles, guideline.name, phase=first))


def refuse_earlier(guideline: Guideline, given: str) -> None:
    """Say where an id of the version before went. Raises: AiguideError as `find_item` does."""
    asked = _spelt(given)
    moved = next((one for one in guideline.changes if asked in one.old), None)
    if moved and all(asked != one.id for one in guideline.items):
        code = "unknown-item-moved" if moved.new else "unknown-item-gone"
        raise AiguideError(code, id=given, known=list(moved.new), near=None)


def _stage_meant(guideline: Guideline, given: str, stages: Mapping[str, Text]) -> str:
    """Give the phase that a project is to be in.

    Raises: AiguideError `unknown-phase`, `phase-beside` for one that goes beside the others.
    """
    beside = {one.id: one.title for one in guideline.phases if one.id not in stages}
    for id, title in beside.items():
        if _spelt(given) in map(_spelt, (id, *title.both())):
            raise AiguideError("phase-beside", phase=title)
    return meant("phase", given, stages)


def facts_meant(guideline: Guideline, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give facts of a project with the ids that are meant.

    Raises: AiguideError `unknown-cell`, `unknown-condition`; `unknown-phase` also where the
    phase is one that no project is in.
    """
    stages = {id: guideline.phase(id).title for id in guideline.stages}
    conditions = {one.id: one.title for one in guideline.conditions}
    known = dict(facts)
    if facts.get("phase"):
        known["phase"] = _stage_meant(guideline, facts["phase"], stages)
    if facts.get("cells"):
        cells = (cell_meant(guideline, one) for one in facts["cells"])
        known["cells"] = tuple(dict.fromkeys(cells))
    if facts.get("conditions"):
        given = facts["conditions"].items()
        known["conditions"] = {meant("condition", id, conditions): held for id, held in given}
    return known
