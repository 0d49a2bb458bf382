"""The JSON Schemas that aiguide publishes."""

import json

from aiguide.core import editor_schema
from aiguide.core.errors import AiguideError
from aiguide.core.suggest import near
from aiguide.store import packs, schemas


def schema_names() -> tuple[str, ...]:
    """Give the names of the JSON Schemas that aiguide publishes."""
    return schemas.names()


def schema_text(name: str) -> str:
    """Give a JSON Schema. Raises: AiguideError `unknown-schema`."""
    known = schemas.names()
    if name not in known:
        raise AiguideError("unknown-schema", id=name, near=near(name, known), known=known)
    return schemas.text(name)


def project_schema(pack: str) -> str:
    """Give the schema `project` with the ids of a guideline pack.

    Raises: AiguideError `unknown-guideline`.
    """
    guideline, _ = packs.load(pack)
    filled = editor_schema.with_ids(json.loads(schemas.text("project")), guideline)
    return json.dumps(filled, ensure_ascii=False, indent=2) + "\n"
