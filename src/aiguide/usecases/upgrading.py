"""Carrying projects to a newer version of their pack, or only reckoning what that would ask."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aiguide.core import upgrade as upgrades
from aiguide.core.bill import Bill, bill
from aiguide.core.errors import UnreadableError
from aiguide.core.guideline import Guideline
from aiguide.core.portfolio import Unreadable
from aiguide.core.stamp import Stamp
from aiguide.core.verdict import Verdict
from aiguide.core.words import Words
from aiguide.store import packs, projects
from aiguide.usecases import versions
from aiguide.usecases.portfolio import unreadable
from aiguide.usecases.projects import Opened, open_project


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade does, or did, to one project; `bill` is None where it is up to date."""

    path: Path
    opened: Opened
    bill: Bill | None = None
    verdicts: tuple[Verdict, Verdict] | None = None


def plan(path: Path, to: int | None, today: str, stamp: Stamp) -> Upgraded:
    """Reckon what an upgrade would do to a project, which stays as it is.

    Without `to` it goes to the newest released version. Raises: as `upgrade` does.
    """
    return _upgraded(open_project(path), to, today, stamp)


def upgrade(path: Path, to: int | None, today: str, stamp: Stamp) -> Upgraded:
    """Carry a project to another version of its pack, as one step.

    Raises: UnreadableError, also for a version of one's own that does not lint; AiguideError
    `unknown-guideline`, `not-newer`, `no-way`, `cannot-write`.
    """
    with projects.held(path):
        done = _upgraded(open_project(path), to, today, stamp)
        if done.bill:
            projects.save(path, done.opened.project)
        return done


def plan_many(
    files: Sequence[Path], words: Words, to: int | None, today: str, stamp: Stamp
) -> Iterator[Upgraded | Unreadable]:
    """Reckon the same for many projects; one that has no such newer version is up to date."""
    require = functools.cache(_require_sound)  # one pack for many projects
    for file in files:
        try:
            opened = open_project(file)
        except UnreadableError as error:
            if error.args_said["file"] != str(file):
                raise  # not the manifest, but the pack that it names
            yield unreadable(error, words)
            continue
        known = to is None or f"{opened.guideline.id}@{to}" in packs.names(file.parent)
        newer = known and (to is None or opened.guideline.version < to)
        yield _upgraded(opened, to, today, stamp, require) if newer else Upgraded(file, opened)


def _require_sound(folder: Path) -> None:
    """Insist that a version of one's own lints; what aiguide brings along is tested."""
    if folder in packs.folders().values():
        return
    from aiguide.usecases import linting  # reads YAML, which shipped packs need not

    linting.require_sound(folder)


def _upgraded(
    opened: Opened,
    to: int | None,
    today: str,
    stamp: Stamp,
    require: Callable[[Path], None] = _require_sound,
) -> Upgraded:
    near = opened.path.parent
    target = _target(opened.guideline, to, near)
    newest = to is None and target.version < opened.guideline.version
    if newest or target.version == opened.guideline.version:
        return Upgraded(opened.path, opened)
    way = versions.between(opened.guideline, target, near)
    for version in way[1:]:
        require(packs.folder_of(version.name, near))
    carried = upgrades.upgrade(opened.project, way, by=stamp.by, at=stamp.at)
    asked = bill(opened.project, carried, way, today)
    guideline, policy = packs.load(target.name, near)
    after = replace(opened, project=carried, guideline=guideline, policy=policy)
    verdicts = tuple(one.judge(one.inspected(today)).verdict for one in (opened, after))
    return Upgraded(opened.path, after, asked, (verdicts[0], verdicts[1]))


def _target(guideline: Guideline, to: int | None, near: Path) -> Guideline:
    if to is None:
        newest = versions.newest(guideline, near)
        broken = versions.passed_over(newest, near)  # not to be gone by in silence
        return packs.load(broken[0], near)[0] if broken else newest
    return packs.load(f"{guideline.id}@{to}", near)[0]
