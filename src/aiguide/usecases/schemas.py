"""The JSON Schemas that aiguide publishes."""

from aiguide.core.errors import AiguideError
from aiguide.core.suggest import near
from aiguide.store import schemas


def schema_names() -> tuple[str, ...]:
    """Give the names of the JSON Schemas that aiguide publishes."""
    return schemas.names()


def schema_text(name: str) -> str:
    """Give a JSON Schema. Raises: AiguideError `unknown-schema`."""
    known = schemas.names()
    if name not in known:
        raise AiguideError("unknown-schema", id=name, near=near(name, known), known=known)
    return schemas.text(name)
