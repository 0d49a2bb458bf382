"""The crosswalks of `data/crosswalks/`: from YAML, strictly, to `Crosswalk`."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiguide.core.crosswalk import (
    Confidence,
    Crosswalk,
    Element,
    Framework,
    Group,
    Link,
    Relation,
    framework_of,
)
from aiguide.core.dangling import leads_nowhere
from aiguide.core.errors import UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.guideline import Basis
from aiguide.core.pack_changes import compare
from aiguide.core.text import Text
from aiguide.store import compiled, packs, resources

NAME = "crosswalks"
SCHEMA = "crosswalk"

Data = Mapping[str, Any]


@functools.cache
def load() -> tuple[Crosswalk, ...]:
    """Load all crosswalks, those of older versions first. Raises: UnreadableError."""
    found: list[Crosswalk] = []
    for data in compiled.load(NAME, resources.DATA / NAME, compile_folder):
        found.append(_crosswalk(data, found))
    return tuple(found)


def compile_folder(folder: Path) -> list[Any]:
    """Compile the crosswalks' YAML into plain data.

    Raises: UnreadableError with every finding of every file.
    """
    from aiguide.store import schemas, strict_yaml

    earlier: list[Crosswalk] = []
    data: list[Any] = []
    findings: list[Finding] = []
    for file in sorted(folder.glob("*.yaml")):
        document = strict_yaml.read(file)
        found = tuple(schemas.check(SCHEMA, document.data))
        if not (found or findings):  # what builds on a faulty one is looked at once that is mended
            found = tuple(_dangling(document.data, earlier))
        findings += [
            Finding(one.code, one.args, one.pointer, str(file), *document.place(one.pointer))
            for one in found
        ]
        data.append(document.data)
        if not findings:
            earlier.append(_crosswalk(document.data, earlier))
    if findings:
        raise UnreadableError(str(folder), tuple(findings))
    return data


def _dangling(data: Data, earlier: Sequence[Crosswalk]) -> Iterator[Finding]:
    """Find ids that lead nowhere (AG206), and links given twice (AG207)."""
    base = _before(data, earlier)
    if "since" in data and base is None:
        there = {one.framework.id for one in earlier if one.source == _since(data)}
        yield leads_nowhere("frameworks", data["framework"], there, _since(data), ("framework",))
        return
    framework = base.framework if base else _framework(data["target"])
    groups = {one.id for one in framework.groups}
    for index, element in enumerate(framework.elements):
        if element.group not in groups:
            place = ("target", "framework", "elements", index, "group")
            yield leads_nowhere("groups", element.group, groups, framework.id, place)
    items = {item.id for item in packs.load(data["source"])[0].items}
    known = {
        "item": ("items", items, data["source"]),
        "target": ("elements", {one.id for one in framework.elements}, framework.id),
    }
    seen = {(one.item, one.target): _since(data) for one in _kept(data, base)}
    for index, one in enumerate(data["mappings"]):
        for key, (part, ids, home) in known.items():
            if one[key] not in ids:
                yield leads_nowhere(part, one[key], ids, home, ("mappings", index, key))
        pair = (one["item"], one["target"])
        if pair in seen:
            args = {"id": " ".join(pair), "first": seen[pair]}
            yield Finding("AG207", args, ("mappings", index, "item"))
        seen.setdefault(pair, f"mappings[{index}]")


def _since(data: Data) -> str:
    """Name the version before that a crosswalk builds on."""
    return f"{data['source'].partition('@')[0]}@{data['since']}"


def _before(data: Data, earlier: Sequence[Crosswalk]) -> Crosswalk | None:
    """Give the crosswalk of the version before to the same framework, if this one builds on it."""
    if "since" not in data:
        return None
    named = (_since(data), data["framework"])
    return next((one for one in earlier if (one.source, one.framework.id) == named), None)


def _kept(data: Data, base: Crosswalk | None) -> tuple[Link, ...]:
    """Give the links of the version before whose items this version left as they were."""
    if base is None:
        return ()
    old, new = (packs.load(name)[0] for name in (base.source, data["source"]))
    touched = {item.id for change in compare(old, new) for item in change.old}
    return tuple(one for one in base.links if one.item not in touched)


def _crosswalk(data: Data, earlier: Sequence[Crosswalk]) -> Crosswalk:
    base = _before(data, earlier)
    links = tuple(
        Link(
            one["item"],
            one["target"],
            Relation(one["relation"]),
            Confidence(one["confidence"]),
            Basis(one["basis"]),
            Text(**one["reason"]),
        )
        for one in data["mappings"]
    )
    framework = base.framework if base else _framework(data["target"])
    return Crosswalk(data["source"], framework, (*_kept(data, base), *links))


def _framework(target: Data) -> Framework:
    if "pack" in target:
        return framework_of(packs.load(target["pack"])[0])
    head = target["framework"]
    return Framework(
        id=head["id"],
        title=Text(**head["title"]),
        publisher=Text(**head["publisher"]),
        edition=Text(**head["edition"]),
        url=head["url"],
        seen=Text(**head["seen"]),
        groups=tuple(Group(one["id"], Text(**one["title"])) for one in head["groups"]),
        elements=tuple(
            Element(one["id"], one["group"], Text(**one["title"])) for one in head["elements"]
        ),
    )
