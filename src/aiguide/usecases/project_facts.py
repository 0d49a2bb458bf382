"""Starting a project, and changing what it says of itself: facts, conditions, phase and cells."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiguide.core import recording
from aiguide.core.attestation import CONDITIONS
from aiguide.core.errors import AiguideError
from aiguide.core.joining import told_apart
from aiguide.core.project import Classification, Entry, Project
from aiguide.core.stamp import Stamp
from aiguide.store import packs, projects
from aiguide.usecases.guidelines import facts_meant
from aiguide.usecases.project_folder import ProjectFolder
from aiguide.usecases.projects import Opened, open_again, open_project


def start(path: Path, pack: str, facts: Mapping[str, Any], stamp: Stamp) -> Project:
    """Write a new manifest.

    `facts` maps fields of `Project` to values, `cells` to the cells chosen, `cell_reason` to why.
    Raises: AiguideError (`reason-without-cell`, `unknown-cell` and the like, `exists`,
    `no-folder`, `cannot-write`).
    """
    guideline, _ = packs.load(pack, path.parent)
    values = facts_meant(guideline, facts)
    cells, reason = values.pop("cells", ()), values.pop("cell_reason", None)
    chosen = _confirmed(Classification(), cells, stamp) if cells else Classification()
    chosen = _reasoned(chosen, reason)
    if CONDITIONS in values:
        values[CONDITIONS] = recording.known(values[CONDITIONS])
    project = Project(
        guideline_id=guideline.id,
        guideline_version=guideline.version,
        classification=chosen,
        **{"phase": guideline.stages[0], **values},
    )
    started = recording.start(project, by=stamp.by, at=stamp.at)
    projects.create(path, started)
    return started


def start_in(folder: ProjectFolder, pack: str, facts: Mapping[str, Any], stamp: Stamp) -> Path:
    """Write a new manifest into a folder of its own, named after the project; gives its path.

    The name of that folder is the project's id. Raises: as `start` does.
    """
    path = folder.new_place(facts["name"])
    try:
        start(path, pack, {"id": path.parent.name, **facts}, stamp)
    except BaseException:
        with contextlib.suppress(OSError):  # what is in it stays, and says what went wrong
            path.parent.rmdir()
        raise
    return path


def change(
    opened: Opened, facts: Mapping[str, Any], stamp: Stamp, *, as_seen: bool = False
) -> tuple[Opened, tuple[Entry, ...]]:
    """Change facts, conditions, phase or cells of a project; conditions are merged in.

    The manifest is read again first. Gives the project then, which is on disk, and the steps that
    this made; none where nothing changed.
    `as_seen`: what to change must still be as in `opened`. Raises: AiguideError `facts-overtaken`.
    """
    with projects.held(opened.path):
        fresh = open_again(opened)
        meant = facts_meant(fresh.guideline, facts)
        if as_seen and _standing(fresh.project, meant) != _standing(opened.project, meant):
            raise AiguideError("facts-overtaken")
        return _recorded(fresh, meant, stamp)


def join(
    path: Path, known: Project, facts: Mapping[str, Any], stamp: Stamp
) -> tuple[Opened, tuple[Entry, ...], dict[str, Any]]:
    """Record of some facts what nobody else has changed otherwise since the project was `known`.

    Gives the project then, which is on disk, the steps that this made, and the facts that are left.
    """
    with projects.held(path):
        fresh = open_project(path)
        free, left = told_apart(known, fresh.project, facts_meant(fresh.guideline, facts))
        return *_recorded(fresh, free, stamp), left


def _recorded(
    fresh: Opened, meant: Mapping[str, Any], stamp: Stamp
) -> tuple[Opened, tuple[Entry, ...]]:
    """Record facts of a project that is held; gives it then, and the steps that this made."""
    project = _changed(fresh.project, meant, stamp)
    if project is fresh.project:
        return fresh, ()
    projects.save(fresh.path, project)
    return replace(fresh, project=project), project.history[len(fresh.project.history) :]


def known(opened: Opened) -> dict[str, Any]:
    """Give what a project says of itself, as `start` takes it, but for what is empty."""
    project = opened.project
    names = ("name", "organization", "owner", "description", "cells")
    told = {name: getattr(project, name) for name in names}
    told["cell_reason"] = project.classification.reason
    held = {"conditions": dict(project.conditions)}
    return {name: value for name, value in told.items() if value} | held


def _standing(project: Project, facts: Mapping[str, Any]) -> list[Any]:
    """Give what stands by now of the facts that are to be changed."""
    held = project.conditions
    conditions = [held.get(id) for id in facts.get("conditions", ())]
    reason = [project.classification.reason] if "cell_reason" in facts else []
    others = [name for name in facts if name not in ("conditions", "cell_reason")]
    return conditions + reason + [getattr(project, name) for name in others]


def _changed(project: Project, facts: Mapping[str, Any], stamp: Stamp) -> Project:
    """Give a project with other facts; the same one where nothing changes."""
    values = dict(facts)
    cells, reason = values.pop("cells", None), values.pop("cell_reason", None)
    changed = recording.change(project, values, by=stamp.by, at=stamp.at)
    if cells is None and reason is None:
        return changed
    chosen, said = project.classification, recording.CLASSIFYING
    if cells is None:
        said = ("reason",)
    else:
        chosen = _confirmed(chosen, cells, stamp)
    chosen = _reasoned(chosen, reason)
    return recording.classify(changed, chosen, by=stamp.by, at=stamp.at, said=said)


def _confirmed(earlier: Classification, cells: Sequence[str], stamp: Stamp) -> Classification:
    """Let a person choose cells; the same ones confirm what was found before, with its proof."""
    if earlier.cells == tuple(cells):
        return replace(earlier, confirmed_by=stamp.by)
    return Classification(cells=tuple(cells), engine="person", confirmed_by=stamp.by)


def _reasoned(chosen: Classification, reason: str | None) -> Classification:
    """Say why these cells; None leaves it. Raises: AiguideError where there is no cell."""
    if reason is None:
        return chosen
    if reason and not chosen.cells:
        raise AiguideError("reason-without-cell")
    return replace(chosen, reason=reason)


def open_for_cells(path: Path, pack: str) -> Opened:
    """Open a project that cells of the guideline `pack` are to be recorded in.

    Raises: as `open_project`; AiguideError `other-guideline` where the project has another.
    """
    opened = open_project(path)
    if opened.guideline.id != pack:
        raise AiguideError("other-guideline", name=opened.guideline.name, pack=pack)
    return opened


def classify(path: Path, chosen: Classification, pack: str, stamp: Stamp) -> Opened:
    """Record which cells a project is in, over what it says by now; what returns is on disk.

    `pack` is the id of the guideline whose cells they are. Raises: as `open_for_cells` does.
    """
    with projects.held(path):
        fresh = open_for_cells(path, pack)
        project = recording.classify(fresh.project, chosen, by=stamp.by, at=stamp.at)
        projects.save(path, project)
    return replace(fresh, project=project)
