"""Judging guideline packs: every finding of every file, for their authors."""

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from aiguide.core import declared as declarations
from aiguide.core import lint
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding, Pointer, Severity
from aiguide.core.lint.draft import draft
from aiguide.core.new_names import CONDITIONS
from aiguide.core.validation import Choice, Examined, Run
from aiguide.core.words import Words
from aiguide.store import lint_policy, pack_files, pack_guard, packs
from aiguide.store.pack_data import read_guideline
from aiguide.store.pack_files import CHANGES, HEAD, ITEMS, PackFiles
from aiguide.store.pack_files import YAML_ENDINGS as _ENDINGS
from aiguide.usecases import catalogue

# The kinds that clauses name: where an id of one is wrong, nobody knows what the clause fits.
_CLAUSE = {"domains", "cells", "conditions"}
Read = Callable[[Path], PackFiles]
_HEAD, _CHANGES = f"{HEAD}.yaml", f"{CHANGES}.yaml"


def judge(given: str, words: Words, *, strict: bool) -> Run:
    """Judge the packs that a folder or a name stands for, as the run is gone through.

    Raises: as `folders` does.
    """
    found = folders(given)
    policy = lint_policy.load()
    examined = (one for folder in found for one in _examine(folder, policy))
    return Run(words, examined, Choice(strict=strict))


def beside(given: str) -> tuple[str, tuple[str, ...]]:
    """Give the folder above a version that was given by its own, and the other versions in it."""
    here = Path(given).absolute()
    if not (here / _HEAD).is_file():
        return "", ()
    others = (head.parent.name for head in here.parent.glob(f"*/{_HEAD}"))
    return os.path.relpath(here.parent), tuple(sorted(one for one in others if one != here.name))


def require_sound(folder: Path) -> None:
    """Insist that a pack has no errors. Raises: UnreadableError `unsound-pack` with each."""
    kinds = catalogue.load_words("en").kinds
    errors = [one for one in findings(folder) if kinds[one.code].severity is Severity.ERROR]
    if errors:
        raise UnreadableError(str(folder), tuple(errors), "unsound-pack")


def findings(folder: Path) -> Iterator[Finding]:
    """Give all that is wrong with the pack in a folder."""
    for examined in _examine(folder, lint_policy.load()):
        yield from examined.findings


def folders(given: str) -> list[Path]:
    """Give the folders of packs: a folder's own, or those one or two below it; or a pack's name.

    A name without a version stands for all its versions.
    Raises: AiguideError `no-pack-here`, `cannot-read`, `unknown-guideline` and as it says there.
    """
    path = Path(given)
    if path.is_dir():
        found = _below(path)
        if not found:
            raise AiguideError("no-pack-here", folder=given)
        return found
    if os.path.lexists(path) or len(path.parts) > 1:
        reason = "not-a-folder" if os.path.lexists(path) else "missing"
        raise AiguideError("cannot-read", file=given, reason=reason)
    folder, here = packs.folder_of(given), Path.cwd()
    found = [folder] if "@" in given else _below(folder.parent)
    return [one.relative_to(here) if one.is_relative_to(here) else one for one in found]


def _below(folder: Path) -> list[Path]:
    return sorted({head.parent for head in _heads(folder) if os.path.lexists(head)})


def _heads(folder: Path) -> Iterator[Path]:
    """Give where heads of packs may be; one with another ending shows that there is a pack."""
    for ending in _ENDINGS:
        yield folder / f"{HEAD}{ending}"
        for above in ("*", "*/*"):
            yield from folder.glob(f"{above}/{HEAD}{ending}")


def _examine(folder: Path, policy: lint.LintPolicy) -> Iterator[Examined]:
    """Judge one pack, file by file."""
    try:
        pack_guard.require_safe(folder, folder.absolute().parent.parent)
    except UnreadableError as error:
        yield from _by_file(error.findings, {})
        return
    read = functools.cache(pack_files.read)  # the version before is looked at more than once
    pack = read(folder)
    drafted = _drafted(pack, read)
    judged = [*_judged(pack, drafted, policy)]
    findings = [*pack.findings, *pack.lost]
    misplaced = [one for one in judged if one.code == "AG602"]  # all items of a phase are changes
    if not misplaced:
        judged += _revised(pack, policy, read)
    holding = [*findings, *misplaced]
    if holding and (not drafted.covers(*drafted.parts) or _before(pack)):
        findings, judged = (_holding_back(holding[-1], some) for some in (findings, judged))
    findings += pack_files.never_read(folder)
    findings += [*judged, *_unusable(pack, findings)]
    findings += [*pack.cut_short(), *pack.wrapped()]
    counts = {str(folder / key): _items_in(data) for key, data in pack.parts.items()}
    yield from _by_file(findings, counts)


def _by_file(findings: Iterable[Finding], counts: dict[str, int]) -> Iterator[Examined]:
    by_file: dict[str, list[Finding]] = {file: [] for file in counts}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    for file, found in sorted(by_file.items()):
        placed = sorted(found, key=lambda one: (one.line, one.column, one.code))
        yield Examined(file, tuple(placed), counts.get(file, 0))


def _items_in(data: object) -> int:
    listed = data.get("items") if isinstance(data, dict) else None
    return len(listed) if isinstance(listed, list) else 0


def _holding_back(last: Finding, findings: Iterable[Finding]) -> list[Finding]:
    """Say, with the last finding that keeps others from being looked for, that it does."""
    held = replace(last, args={**last.args, "held": True})
    return [held if one is last else one for one in findings]


def _drafted(pack: PackFiles, read: Read) -> lint.Draft:
    """Draft a pack of all that fits its schema."""
    whole = _whole(pack)
    missed = {one.args["part"] for one in pack.lost if one.code == "AG206"}
    missed |= _CLAUSE if missed & _CLAUSE else set()
    place, faults = (whole.parent.name, whole.name), _places(pack, pack.findings)
    return draft(place, pack.parts, pack.unread, faults, missed, _ids_before(pack, read))


def _whole(pack: PackFiles) -> Path:
    return Path(os.path.abspath(pack.folder))  # noqa: PTH100 (resolve would follow links)


def _places(pack: PackFiles, findings: Iterable[Finding]) -> list[tuple[str, Pointer]]:
    keys = {str(pack.folder / key): key for key in pack.documents}
    return [(keys[one.file], one.pointer) for one in findings if one.file in keys]


def _judged(pack: PackFiles, drafted: lint.Draft, policy: lint.LintPolicy) -> Iterator[Finding]:
    """Find what the rules find in all that fits its schema."""
    whole, said = _whole(pack), set(_places(pack, (*pack.findings, *pack.lost)))
    for key, finding in lint.check(drafted, policy):
        if (key, finding.pointer) not in said:  # that it is wrong has been said
            yield pack.placed(key, finding)
    shipped = packs.folders()
    id = whole.parent.name
    if id in {name.partition("@")[0] for name in shipped} and whole not in shipped.values():
        yield _in_head(pack, Finding("AG621", {"id": id}, ("id",)))


def _ids_before(pack: PackFiles, read: Read) -> set[str]:
    """Give the ids of the check items that the version before has, as far as it can be read."""
    before = _before(pack)
    parts = read(before).parts if before else {}
    listed = (data["items"] for key, data in parts.items() if _items_in(data) and key != _HEAD)
    return {str(one.get("id")) for items in listed for one in items if isinstance(one, dict)}


def _before(pack: PackFiles) -> Path | None:
    """Give the folder of the version before, by the names of the folders."""
    own = pack.folder.absolute()
    earlier = [one for one in _versions_beside(own) if own.name.isdecimal() and one < int(own.name)]
    return own.parent / str(earlier[-1]) if earlier else None


def _unusable(pack: PackFiles, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Find what shows only when all is put together: a lent classification, a broken release."""
    if findings:
        return
    try:
        packs.compile_files(pack)
    except UnreadableError as error:
        yield from error.findings


def _in_head(pack: PackFiles, finding: Finding) -> Finding:
    """Place a finding in the head of a pack, as far as it could be read."""
    if _HEAD in pack.documents:
        return pack.placed(_HEAD, finding)
    return replace(finding, file=str(pack.folder / _HEAD), line=1, column=1)


def _revised(pack: PackFiles, policy: lint.LintPolicy, read: Read) -> Iterator[Finding]:
    """Find what is wrong with the changes since the version before, where both can be read."""
    head = pack.parts.get(_HEAD)
    if pack.findings or head is None:
        return
    declared = pack.parts.get(_CHANGES)
    earlier = [one for one in _versions_beside(pack.folder) if one < head["version"]]
    if declared is not None and declared["since"] not in earlier[-1:]:
        args = {"since": declared["since"], "version": head["version"], "due": earlier[-1:] or "-"}
        yield pack.placed(_CHANGES, Finding("AG227", args, ("since",)))
        return
    if not earlier:
        return
    before = pack.folder.absolute().parent / str(earlier[-1])
    if declared is None:
        yield _in_head(pack, Finding("AG625", {"version": earlier[-1]}, ("version",)))
        return
    try:
        old, new = (read_guideline(packs.compile_files(one)) for one in (read(before), pack))
    except UnreadableError as error:
        yield from (one for one in error.findings if not one.file.startswith(str(pack.folder)))
        return
    faults = tuple(declarations.faults(old, new, policy.alike))
    for finding in faults:
        placed = _of_item(pack, finding) or _of_condition(pack, finding)
        yield placed or pack.placed(_CHANGES, finding)
    if not faults and not old.released:
        args = {"name": old.name, "folder": os.path.relpath(before)}
        yield pack.placed(_CHANGES, Finding("AG631", args, ("since",)))


def _versions_beside(folder: Path) -> list[int]:
    """Give the versions of a pack that stand in the folder of one, in order."""
    heads = folder.absolute().parent.glob(f"*/{_HEAD}")
    return sorted(int(one.parent.name) for one in heads if one.parent.name.isdecimal())


def _of_item(pack: PackFiles, finding: Finding) -> Finding | None:
    """Place a difference that is not declared where it is, if the item is still there."""
    key = finding.args.get("key") if finding.code in ("AG221", "AG640") else None
    if not key:
        return None
    for file, data in pack.parts.items():
        for index, item in enumerate(data["items"] if file.startswith(f"{ITEMS}/") else ()):
            if item["id"] == finding.args["id"]:
                return pack.placed(file, replace(finding, pointer=("items", index, key)))
    return None


def _of_condition(pack: PackFiles, finding: Finding) -> Finding | None:
    """Place what is not declared of a condition at its question."""
    if finding.code not in ("AG231", "AG232") or finding.pointer != (CONDITIONS,):
        return None
    ids = [one["id"] for one in pack.parts[_HEAD][CONDITIONS]]
    at = (CONDITIONS, ids.index(finding.args["id"]), "question")
    return pack.placed(_HEAD, replace(finding, pointer=at))
