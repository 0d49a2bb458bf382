"""Findings as SARIF 2.1.0 (OASIS), which code scanning and editors read."""

import os
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from aiguide import __version__
from aiguide.core.findings import FindingKind
from aiguide.core.json_text import json_text
from aiguide.core.validation import Run, Said
from aiguide.core.words import Words

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def render(run: Run) -> Iterator[str]:
    """Write each result as it comes."""
    kinds = list(run.words.kinds.values())
    indices = {kind.code: index for index, kind in enumerate(kinds)}
    driver = {
        "name": "aiguide",
        "version": __version__,
        "semanticVersion": __version__,
        "language": run.words.lang,
        "rules": [_rule(run.words, kind) for kind in kinds],
    }
    head: dict[str, Any] = {"tool": {"driver": driver}, "language": run.words.lang}
    head["columnKind"] = "unicodeCodePoints"
    yield f'{{"$schema": {json_text(SCHEMA)}, "version": "2.1.0", "runs": [{{\n'
    for name, value in head.items():
        yield f'"{name}": {json_text(value)},\n'
    yield '"results": ['
    mark = "\n"
    for view in run:
        for said in view.findings:
            yield mark + json_text(_result(said, indices[said.code]))
            mark = ",\n"
    invocation = {"executionSuccessful": True, "exitCode": int(run.failed)}
    yield f'\n],\n"invocations": {json_text([invocation])}\n}}]}}\n'


def _rule(words: Words, kind: FindingKind) -> dict[str, Any]:
    explanation = words.pick(kind.explanation)
    remedy = words.remedy(kind)
    example = words.pick(kind.example)
    heads = {name: words.say(f"show.{name}") for name in ("remedy", "example")}
    return {
        "id": kind.code,
        "shortDescription": {"text": words.pick(kind.title)},
        "fullDescription": {"text": explanation},
        "help": {
            "text": f"{explanation}\n{heads['remedy']}: {remedy}\n{heads['example']}: {example}",
            "markdown": f"{explanation}\n\n**{heads['remedy']}** {remedy}\n\n"
            f"**{heads['example']}**\n\n```text\n{example}\n```\n",
        },
        "defaultConfiguration": {"level": kind.severity.value},
    }


def _result(said: Said, index: int) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(said.file)}}
    if said.line:
        location["region"] = {"startLine": said.line, "startColumn": said.column}
    return {
        "ruleId": said.code,
        "ruleIndex": index,
        "level": said.severity.value,
        "message": {"text": f"{said.message}\n{said.fix}"},
        "locations": [
            {
                "physicalLocation": location,
                "logicalLocations": [{"fullyQualifiedName": said.pointer or "/"}],
            }
        ],
        "partialFingerprints": {"aiguide/v1": said.fingerprint},
    }


def _uri(file: str) -> str:
    """Name a file as RFC 3986 does: relative as it was given, else by the scheme `file`."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
