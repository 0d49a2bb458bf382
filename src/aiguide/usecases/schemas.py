"""The JSON Schemas that aiguide publishes."""

from aiguide.store import schemas
from aiguide.usecases.guidelines import require_id


def schema_names() -> tuple[str, ...]:
    """Give the names of the JSON Schemas that aiguide publishes."""
    return schemas.names()


def schema_text(name: str) -> str:
    """Give a JSON Schema. Raises: AiguideError `unknown-schema`."""
    require_id("schema", name, dict.fromkeys(schemas.names()))
    return schemas.text(name)
