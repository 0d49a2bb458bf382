"""The form of a request: bounded, and its texts whole UTF-8 or refused."""

from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

FIELDS = 400  # of one form
FIELD = 1024 * 1024  # bytes of one text
TEXTS = 1024 * 1024  # bytes of a form without files


async def read(request: Request) -> FormData:
    """Read a form; a body of another kind is an empty one.

    Raises: HTTPException 400 where it is malformed or its texts are not UTF-8, 413 where there is
    too much of it.
    """
    kind, _ = parse_options_header(request.headers.get("content-type"))
    reading = {b"multipart/form-data": _parts, b"application/x-www-form-urlencoded": _pairs}
    try:
        return await reading[kind](request) if kind in reading else FormData()
    except (MultiPartException, ValueError, ClientDisconnect):
        raise HTTPException(400, "Bad Request") from None


async def _pairs(request: Request) -> FormData:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > TEXTS:
            raise HTTPException(413, "Content Too Large")
    text = body.decode()
    pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    items: list[tuple[str, UploadFile | str]] = [(name, given) for name, given in pairs]
    return FormData(items)


class _Whole(MultiPartParser):
    """Knows whether the end of a form came; the parser takes a torn one for shorter."""

    ended = False

    def on_end(self) -> None:
        self.ended = True


async def _parts(request: Request) -> FormData:
    """Read texts as bytes first, for the parser would guess at what is not UTF-8."""
    bytewise = Headers({"content-type": f"{request.headers['content-type']}; charset=latin-1"})
    parser = _Whole(bytewise, request.stream(), max_files=1, max_fields=FIELDS, max_part_size=FIELD)
    form = await parser.parse()
    try:
        if not parser.ended:
            raise MultiPartException("torn")
        return FormData([(_text(name), _part(given)) for name, given in form.multi_items()])
    except (MultiPartException, ValueError):
        await form.close()
        raise


def _part(given: UploadFile | str) -> UploadFile | str:
    if isinstance(given, str):
        return _text(given)
    given.filename = _text(given.filename or "")
    return given


def _text(as_bytes: str) -> str:
    return as_bytes.encode("latin-1").decode()
