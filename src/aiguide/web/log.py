"""The log: one line of JSON for each request, without what anybody typed or is called."""

import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aiguide.core.json_text import json_text


@dataclass(frozen=True, slots=True)
class Log:
    """Writes to `out` what happened: the route, never the address or the form.

    `now` gives the time in UTC, ISO 8601.
    """

    out: TextIO
    now: Callable[[], str]

    def write(self, event: str, **data: Any) -> None:
        """Write one line."""
        line = {"at": self.now(), "event": event, **data}
        self.out.write(json_text(line) + "\n")
        self.out.flush()

    def watching(self, app: ASGIApp) -> ASGIApp:
        """Watch an application."""
        return _Watched(app, self)


class _Watched:
    def __init__(self, app: ASGIApp, log: Log) -> None:
        self.app, self.log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            self.log.write("bug", error=type(error).__name__, where=_where(error))
            raise
        finally:
            spent = round(1000 * (time.perf_counter() - begun), 1)
            told = {"method": scope["method"], "route": _route(scope), "status": status}
            self.log.write("request", **told, ms=spent)


def _route(scope: Scope) -> str:
    """Give the pattern of the address, such as `/projects/{project}`; what matched none is `-`."""
    route = scope.get("route")
    return getattr(route, "path", "-")


def _where(error: Exception) -> list[str]:
    """Give the lines of code that an error went through; its message may quote what was typed."""
    frames = traceback.extract_tb(error.__traceback__, limit=-5)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]


def to_stderr(now: Callable[[], str]) -> Log:
    """Give a log on stderr."""
    return Log(sys.stderr, now)
