"""Holding printed JSON to the schemas that promise it."""

from typing import Any

from aiguide.store import schemas


def fits(schema: str, data: Any) -> None:
    """Insist that data fits a published schema."""
    assert schemas.check(schema, data) == ()
