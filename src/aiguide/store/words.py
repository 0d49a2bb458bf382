"""The catalogue of sentences, compiled from `data/words/`."""

from pathlib import Path
from typing import Any

from aiguide.core.errors import UnreadableError
from aiguide.core.findings import Finding, FindingKind, Severity
from aiguide.core.text import Lang, Text
from aiguide.core.words import Words
from aiguide.store import compiled, resources

NAME = "words"
_FINDINGS = "findings.yaml"


def load(lang: Lang) -> Words:
    """Load the catalogue, to be spoken in `lang`. Raises: UnreadableError."""
    data = compiled.load(NAME, resources.DATA / NAME, compile_folder)
    texts = {key: Text(one["ja"], one["en"]) for key, one in data["texts"].items()}
    kinds = {one["code"]: _kind(one) for one in data["kinds"]}
    return Words(lang, texts, kinds)


def compile_folder(folder: Path) -> dict[str, Any]:
    """Compile the catalogue's YAML into plain data.

    Raises: UnreadableError with every finding of every file.
    """
    from aiguide.store import schemas, strict_yaml

    texts: dict[str, Any] = {}
    kinds: list[Any] = []
    findings: list[Finding] = []
    for file in sorted(folder.glob("*.yaml")):
        document = strict_yaml.read(file)
        schema = "findings" if file.name == _FINDINGS else "words"
        found = list(schemas.check(schema, document.data))
        if not found and schema == "findings":
            kinds = document.data["findings"]
        elif not found:
            again = (key for key in document.data if key in texts)
            found = [Finding("AG207", {"id": key, "first": folder.name}, (key,)) for key in again]
            texts |= document.data
        findings += [
            Finding(one.code, one.args, one.pointer, str(file), *document.place(one.pointer))
            for one in found
        ]
    if findings:
        raise UnreadableError(str(folder), tuple(findings))
    return {"texts": texts, "kinds": kinds}


def _kind(data: dict[str, Any]) -> FindingKind:
    return FindingKind(
        code=data["code"],
        severity=Severity(data["severity"]),
        title=Text(**data["title"]),
        message=Text(**data["message"]),
        fix=Text(**data["fix"]),
        explanation=Text(**data["explanation"]),
        example=Text(**data["example"]),
        recoverable=data.get("recoverable", False),
    )
