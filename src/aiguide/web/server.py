"""The server: on loopback only, stopped gracefully."""

import asyncio
import errno
import signal
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from aiguide.core.errors import AiguideError, reason_of
from aiguide.web.app import build
from aiguide.web.guard import LOOPBACK
from aiguide.web.log import Log
from aiguide.web.site import Site

WAIT = 5  # seconds for requests that are under way when it is to stop
AT_ONCE = 200  # connections; more are told to come again
PATIENCE = 10.0  # seconds for the head of a request
_STOPS = (signal.SIGINT, signal.SIGTERM)


def listen(host: str, port: int) -> socket.socket:
    """Take a port of this machine; 0 finds a free one.

    Raises: AiguideError `not-loopback`, `port-taken`, `port-refused`.
    """
    if host not in LOOPBACK:
        raise AiguideError("not-loopback", host=host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(AT_ONCE)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise AiguideError("port-taken", port=port) from None
        raise AiguideError("port-refused", port=port, reason=reason_of(error)) from None
    return listening


def address(listening: socket.socket) -> str:
    """Give the address that a browser opens."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


class _Patient(H11Protocol):
    """Closes a connection whose request does not begin, or whose head does not end, in time."""

    waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._rest()

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._rest()
        elif self.waiting is None:
            self.waiting = self.loop.call_later(PATIENCE, self._give_up)

    def _rest(self) -> None:
        if self.waiting:
            self.waiting.cancel()
            self.waiting = None

    def _give_up(self) -> None:
        if self.conn.their_state is h11.IDLE:
            self.transport.close()


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Take the signals to stop for the usual end: uvicorn gives them on once it has stopped."""
    before = {one: signal.signal(one, lambda *_: None) for one in _STOPS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _show_soon(address: str) -> None:
    """Show a page in a browser once it is served; whoever stops the server at once is not held."""
    timer = threading.Timer(0.5, webbrowser.open, (address,))
    timer.daemon = True
    timer.start()


def run(site: Site, listening: socket.socket, log: Log | None, *, opened: bool) -> None:
    """Serve until interrupted or told to stop; `opened` shows the first page in a browser."""
    config = uvicorn.Config(
        build(site, log),
        http=_Patient,
        log_config=None,
        log_level="critical",  # what went wrong is in our own log, without what was typed
        access_log=False,
        server_header=False,
        date_header=True,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=WAIT,
        limit_concurrency=AT_ONCE,
    )
    server = uvicorn.Server(config)
    if opened:
        _show_soon(address(listening))
    if log:
        log.write("started")
    with _stopped_by_signals():
        server.run(sockets=[listening])
    if log:
        log.write("stopped")
