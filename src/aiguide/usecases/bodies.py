"""JSON that somebody sends instead of keeping it in a file: read as strictly, and as exactly."""

from pathlib import Path
from typing import Any

from aiguide.core.errors import UnreadableError
from aiguide.store import files, schemas, strict_json
from aiguide.store.places import placed_in


def read(raw: bytes, schema: str, name: str) -> Any:
    """Read what was sent, which has to fit a schema; `name` is what findings call it.

    Raises: UnreadableError `bad-body` where it is no JSON in UTF-8, `body-misfit`.
    """
    try:
        text = files.decoded(Path(name), raw)
        data = strict_json.parse(Path(name), text)
    except UnreadableError as error:
        raise UnreadableError(name, error.findings, "bad-body") from None
    findings = schemas.check(schema, data)
    if findings:
        raise UnreadableError(name, placed_in(name, text, findings), "body-misfit")
    return data
