"""The crosswalks of `data/crosswalks/`: from YAML, strictly, to `Crosswalk`."""

import functools
from collections.abc import Iterator, Mapping
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
from aiguide.core.text import Text
from aiguide.store import compiled, packs, resources

NAME = "crosswalks"
SCHEMA = "crosswalk"

Data = Mapping[str, Any]


@functools.cache
def load() -> tuple[Crosswalk, ...]:
    """Load all crosswalks, those of older versions first. Raises: UnreadableError."""
    data = compiled.load(NAME, resources.DATA / NAME, compile_folder)
    return tuple(map(_crosswalk, data))


def compile_folder(folder: Path) -> list[Any]:
    """Compile the crosswalks' YAML into plain data.

    Raises: UnreadableError with every finding of every file.
    """
    from aiguide.store import schemas, strict_yaml

    data: list[Any] = []
    findings: list[Finding] = []
    for file in sorted(folder.glob("*.yaml")):
        document = strict_yaml.read(file)
        found = tuple(schemas.check(SCHEMA, document.data)) or tuple(_dangling(document.data))
        findings += [
            Finding(one.code, one.args, one.pointer, str(file), *document.place(one.pointer))
            for one in found
        ]
        data.append(document.data)
    if findings:
        raise UnreadableError(str(folder), tuple(findings))
    return data


def _dangling(data: Data) -> Iterator[Finding]:
    """Find ids that lead nowhere (AG206), and links given twice (AG207)."""
    items = {item.id for item in packs.load(data["source"])[0].items}
    framework = _framework(data["target"])
    groups = {one.id for one in framework.groups}
    for index, element in enumerate(framework.elements):
        if element.group not in groups:
            place = ("target", "framework", "elements", index, "group")
            yield leads_nowhere("groups", element.group, groups, framework.id, place)
    known = {
        "item": ("items", items, data["source"]),
        "target": ("elements", {one.id for one in framework.elements}, framework.id),
    }
    seen = set()
    for index, one in enumerate(data["mappings"]):
        for key, (part, ids, home) in known.items():
            if one[key] not in ids:
                yield leads_nowhere(part, one[key], ids, home, ("mappings", index, key))
        pair = (one["item"], one["target"])
        if pair in seen:
            yield Finding("AG207", {"id": " ".join(pair)}, ("mappings", index, "item"))
        seen.add(pair)


def _crosswalk(data: Data) -> Crosswalk:
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
    return Crosswalk(data["source"], _framework(data["target"]), links)


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
