"""What no request may do, whatever page it asks for: foreign hosts and origins, too large bodies.

Pages are for this machine alone, and no page of another site may make a browser act here.
"""

from collections.abc import Callable, Mapping
from typing import NoReturn
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Names of this machine for itself. A foreign name that leads here (DNS rebinding) is none of them.
LOOPBACK = ("127.0.0.1", "localhost", "::1")
CHANGING = ("POST", "PUT", "PATCH", "DELETE")

# Nothing from elsewhere, no script at all, and no page of ours inside another.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
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

    `largest` is in bytes, of a body as it arrives, whatever it said of its length. `refused` makes
    the answer of a request that is not taken, its status and what to say.
    """

    def __init__(self, app: ASGIApp, largest: int, refused: Refused) -> None:
        """Guard an application."""
        self.app = app
        self.largest = largest
        self.refused = refused

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
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.largest:
                _refuse_large()
            return message

        return counted


def _refuse_large() -> NoReturn:
    raise HTTPException(413, "Content Too Large")


def _refusal(method: str, headers: Mapping[str, str], largest: int) -> tuple[int, str] | None:
    """Give the status and the word for a request that is not taken, or None."""
    if not is_here(f"//{headers.get('host', '')}"):
        return 421, "Misdirected Request: this address is not of this machine\n"
    if method in CHANGING and not _is_ours(headers):
        return 403, "Forbidden: the request does not come from a page of this site\n"
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > largest:
        return 413, "Content Too Large\n"
    return None


def is_here(address: str) -> bool:
    """Tell whether an address names this machine by its own names."""
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False


def _is_ours(headers: Mapping[str, str]) -> bool:
    """Tell whether a page of ours sent a request, or no page at all (a script of the person's)."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin == f"http://{headers.get('host', '')}"


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
