"""The server: on loopback only, stopped gracefully."""

import socket
import threading
import webbrowser

import uvicorn

from aiguide.core.errors import AiguideError
from aiguide.web.app import build
from aiguide.web.guard import LOOPBACK
from aiguide.web.log import Log
from aiguide.web.site import Site

WAIT = 5  # seconds for requests that are under way when it is to stop
AT_ONCE = 200  # connections; more are told to come again


def listen(host: str, port: int) -> socket.socket:
    """Take a port of this machine; 0 finds a free one.

    Raises: AiguideError `not-loopback`, `port-taken`.
    """
    if host not in LOOPBACK:
        raise AiguideError("not-loopback", host=host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise AiguideError("port-taken", port=port) from None
    listening.listen(AT_ONCE)
    return listening


def address(listening: socket.socket) -> str:
    """Give the address that a browser opens."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def run(site: Site, listening: socket.socket, log: Log | None, *, opened: bool) -> None:
    """Serve until interrupted or told to stop; `opened` shows the first page in a browser."""
    config = uvicorn.Config(
        build(site, log),
        log_config=None,
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
        threading.Timer(0.5, webbrowser.open, (address(listening),)).start()
    if log:
        log.write("started")
    server.run(sockets=[listening])
    if log:
        log.write("stopped")
