"""What a call brings in its body: JSON that fits a schema, or a file as it is.

A form of another site can send three types only, none of which is taken here, and its script is
stopped by the browser, which asks first (a preflight) and is not answered: there is no CORS. With
the check of the Origin before it (`guard`), no page from elsewhere changes anything by this API.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, cast

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from aiguide.core.errors import AiguideError
from aiguide.usecases import bodies
from aiguide.web.api.operations import FILE, Operation

MIB = 1024 * 1024
LARGEST_JSON = MIB
JSON = "application/json"
BYTES = "application/octet-stream"
NAME = "body"  # what findings call it


@asynccontextmanager
async def received(operation: Operation, request: Request) -> AsyncIterator[BinaryIO]:
    """Take in the body of a call; what is larger than a MiB is kept on disk meanwhile.

    Raises: AiguideError `not-json`, `not-bytes`, `body-large`.
    """
    with SpooledTemporaryFile(max_size=MIB) as body:
        if operation.takes:
            _check_type(operation, request.headers.get("content-type", ""))
            await _fill(body, request, None if operation.takes == FILE else LARGEST_JSON)
        yield cast(BinaryIO, body)


async def _fill(body: IO[bytes], request: Request, most: int | None) -> None:
    try:
        async for piece in request.stream():
            if most and body.tell() + len(piece) > most:
                raise AiguideError("body-large", most=most // MIB)
            body.write(piece)
    except ClientDisconnect:
        raise HTTPException(400) from None  # told to nobody, and no fault of ours
    body.seek(0)


def read(operation: Operation, body: BinaryIO) -> dict[str, Any]:
    """Give what a call brings, as fields of `Call`. Raises: as `bodies.read`, `no-body`."""
    if not operation.takes:
        return {}
    if operation.takes == FILE:
        return {"sent": body}
    raw = body.read()
    if not raw.strip():
        raise AiguideError("no-body")
    return {"data": bodies.read(raw, operation.takes, NAME)}


def _check_type(operation: Operation, given: str) -> None:
    """Insist on the type that a browser sends for nobody else's page; `guard` on UTF-8."""
    name = given.partition(";")[0].strip().lower()
    wanted, code = (BYTES, "not-bytes") if operation.takes == FILE else (JSON, "not-json")
    if name != wanted:
        raise AiguideError(code, type=given)
