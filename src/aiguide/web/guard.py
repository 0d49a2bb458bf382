"""What no request may do, whatever page it asks for: foreign hosts and origins, endless bodies.

Pages are for this machine alone, and no page of another site may make a browser act here.
"""

import asyncio
import re
from collections.abc import Callable, Mapping

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Names of this machine for itself. A foreign name that leads here (DNS rebinding) is none of them.
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_HERE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)
CHANGING = ("POST", "PUT", "PATCH", "DELETE")

# Nothing from elsewhere, no script at all, and no page of ours inside another.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
PATIENCE = 60.0  # seconds for a whole body
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

Refused = Callable[[Request, int, str], Response]


class Guard:
    """Refuses what is foreign or too large before any page sees it, and adds `HEADERS` to all.

    `refused` makes the answer of a request that is not taken, its status and what to say.
    `largest` is in bytes, of a body as it arrives, whatever it said of its length; `patience` in
    seconds, for all of it to come.
    """

    def __init__(
        self, app: ASGIApp, refused: Refused, largest: int, patience: float = PATIENCE
    ) -> None:
        """Guard an application."""
        self.app = app
        self.refused = refused
        self.largest = largest
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = _refusal(scope["method"], headers, self.largest)
        if refusal:
            answer = self.refused(Request(scope), *refusal)
            await answer(scope, receive, _with_headers(send))
            return
        await self.app(scope, self._counted(receive), _with_headers(send))

    def _counted(self, receive: Receive) -> Receive:
        taken, whole = 0, False
        until = asyncio.get_running_loop().time() + self.patience

        async def counted() -> Message:
            nonlocal taken, whole
            if whole:
                return await receive()  # tells when the browser is gone
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, "Request Timeout") from None
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > self.largest:
                raise HTTPException(413, "Content Too Large")
            return message

        return counted


def _refusal(method: str, headers: Mapping[str, str], largest: int) -> tuple[int, str] | None:
    """Give the status and the word for a request that is not taken, or None."""
    if not _HERE.fullmatch(headers.get("host", "")):
        return 421, "Misdirected Request: this address is not of this machine\n"
    if _is_part_of_foreign(headers) or (method in CHANGING and not _is_ours(headers)):
        return 403, "Forbidden: the request does not come from a page of this site\n"
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > largest:
        return 413, "Content Too Large\n"
    _, said = parse_options_header(headers.get("content-type"))
    if said.get(b"charset", b"utf-8").lower() != b"utf-8":
        return 415, "Unsupported Media Type: texts are in UTF-8 here\n"
    return None


def _is_ours(headers: Mapping[str, str]) -> bool:
    """Tell whether a page of ours sent a request, or no page at all (a script of the person's)."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin == f"http://{headers.get('host', '')}"


def _is_part_of_foreign(headers: Mapping[str, str]) -> bool:
    """Tell whether a page of another site loads from here; a link that a person follows is none."""
    foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    return foreign and headers.get("sec-fetch-mode") != "navigate"


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
