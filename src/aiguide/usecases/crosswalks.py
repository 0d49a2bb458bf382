"""The crosswalk from a pack to another framework, carried to the version that is asked about."""

from itertools import pairwise
from pathlib import Path

from aiguide.core.crosswalk import Crosswalk, Framework, carried
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.pack_changes import compare
from aiguide.core.suggest import near
from aiguide.store import crosswalks, packs


def frameworks(guideline: Guideline) -> tuple[Framework, ...]:
    """Give the frameworks that a crosswalk leads to from a pack."""
    found = {one.framework.id: one.framework for one in _fitting(guideline)}
    return tuple(found.values())


def crosswalk_to(guideline: Guideline, framework: str, folder: Path | None = None) -> Crosswalk:
    """Give the crosswalk from a pack to a framework; `folder` is where the project is.

    One that was made for an earlier version is carried on by what became of its items.
    Raises: AiguideError `no-crosswalk`, `unknown-framework`.
    """
    fitting = _fitting(guideline)
    known = tuple(dict.fromkeys(one.framework.id for one in fitting))
    if not known:
        raise AiguideError("no-crosswalk", pack=guideline.name)
    if framework not in known:
        close = near(framework, known)
        raise AiguideError(
            "unknown-framework", name=framework, pack=guideline.name, known=known, near=close
        )
    newest = max(
        (one for one in fitting if one.framework.id == framework),
        key=lambda one: _version_of(one, guideline),
    )
    return _carried(newest, guideline, folder)


def _fitting(guideline: Guideline) -> list[Crosswalk]:
    """Give the crosswalks that can serve a pack, those of older versions first."""
    return [one for one in crosswalks.load() if _version_of(one, guideline)]


def _version_of(crosswalk: Crosswalk, guideline: Guideline) -> int:
    """Give the version that a crosswalk was made for; 0 where it cannot serve this one."""
    id, _, version = crosswalk.source.partition("@")
    fits = id == guideline.id and int(version) <= guideline.version
    return int(version) if fits else 0


def _carried(crosswalk: Crosswalk, guideline: Guideline, folder: Path | None) -> Crosswalk:
    numbers = range(_version_of(crosswalk, guideline), guideline.version)
    between = [packs.load(f"{guideline.id}@{number}", folder)[0] for number in numbers]
    for old, new in pairwise((*between, guideline)):
        crosswalk = carried(crosswalk, compare(old, new))
    return crosswalk
