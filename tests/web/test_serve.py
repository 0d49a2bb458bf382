"""`aiguide serve` as a process of its own: how it starts, what it refuses, how it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest
from filelock import FileLock

from tests.conftest import ROOT, Run
from tests.web.browsing import CHATBOT, PURPOSE, field, notes

PATIENCE = 20.0
CANARY = "カナリア山田"


@dataclass
class Served:
    """A server that runs: its process, its address, and what it has said on stderr."""

    process: subprocess.Popen[str]
    address: str
    said: list[str]

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def stop(self, by: int = signal.SIGINT) -> int:
        self.process.send_signal(by)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(folder: Path, *args: str, before: str = "") -> Iterator[Served]:
    """Serve a folder; `before` is run in the process first. It is killed in the end."""
    start = f"{before}\nimport sys\nfrom aiguide.cli.main import main\nsys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", start, "serve", str(folder), "--port", "0", "--no-open"]
    env = {**os.environ, "AIGUIDE_LANG": "en", "AIGUIDE_BY": CANARY, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [*command, *args], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=env
    ) as process:
        assert process.stderr
        said = [process.stderr.readline()]
        assert "http://" in said[0], said[0] + process.stderr.read()
        address = next(word for word in said[0].split() if word.startswith("http://"))
        reader = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
        reader.start()
        try:
            yield Served(process, address, said)
        finally:
            process.kill()
            reader.join(PATIENCE)


def opened(served: Served, name: str = CHATBOT) -> tuple[str, dict[str, str]]:
    """Give the address of an item of a project, and its form with an answer in it."""
    import hashlib

    key = hashlib.sha256(f"{name}/project.json".encode()).hexdigest()[:12]
    address = f"{served.address}en/projects/{key}/items/{PURPOSE}"
    page = httpx2.get(address, timeout=PATIENCE).text
    form = {name: field(page, name) for name in ("secret", "seen")}
    return address, {**form, "status": "in-progress", "note": CANARY}


def test_it_says_where_it_is_and_is_well(folder: Path) -> None:
    with serving(folder) as served:
        assert served.port > 0
        assert httpx2.get(f"{served.address}health").json() == {"status": "ok"}
        assert "aiguide" in httpx2.get(f"{served.address}en/").text
        assert CANARY in served.said[0]


@pytest.mark.parametrize("host", ["::1", "localhost"])
def test_other_names_of_this_machine_are_served_too(folder: Path, host: str) -> None:
    if host == "::1" and not _has_ipv6():
        pytest.skip("this machine has no ::1")
    with serving(folder, "--host", host) as served:
        assert httpx2.get(f"{served.address}health").status_code == 200


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "example.org", ""])
def test_any_other_host_is_refused_with_the_reason(run: Run, folder: Path, host: str) -> None:
    ran = run("serve", folder, "--no-open", "--host", host)
    assert ran.code == 2
    assert "リバースプロキシ" in ran.err


def test_a_port_that_is_taken_is_said(run: Run, folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = run("serve", folder, "--no-open", "--port", str(port))
    assert ran.code == 2
    assert str(port) in ran.err
    assert "--port 0" in ran.err


@pytest.mark.parametrize("port", ["-1", "65536", "x", "99999999999999"])
def test_a_port_that_is_none_is_refused(run: Run, folder: Path, port: str) -> None:
    assert run("serve", folder, "--no-open", "--port", port).code == 2


@pytest.mark.parametrize("what", ["nothing", "file"])
def test_what_is_no_folder_is_refused(run: Run, tmp_path: Path, what: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    ran = run("serve", tmp_path / what, "--no-open")
    assert ran.code == 2
    assert what in ran.err


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_its_usual_end(folder: Path, by: int) -> None:
    with serving(folder) as served:
        httpx2.get(f"{served.address}health")
        assert served.stop(by) == 0
    assert "Stopped" in served.said[-1]
    assert not any("Traceback" in line for line in served.said)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_an_answer_under_way_is_finished_before_it_ends(folder: Path, by: int) -> None:
    manifest = folder / CHATBOT / "project.json"
    with serving(folder) as served:
        address, form = opened(served)
        given: list[int] = []

        def answer() -> None:
            given.append(httpx2.post(address, data=form, timeout=PATIENCE).status_code)

        with FileLock(manifest.with_name(".project.json.lock")):
            asking = threading.Thread(target=answer)
            asking.start()
            time.sleep(0.5)
            served.process.send_signal(by)
            time.sleep(0.5)
            assert served.process.poll() is None
        asking.join(PATIENCE)
        assert served.process.wait(PATIENCE) == 0
    assert given == [303]
    assert notes(folder)[-1] == CANARY


def test_the_log_is_json_and_says_nothing_of_what_was_typed_or_of_anybody(folder: Path) -> None:
    broken = (
        "import aiguide.usecases.guidelines as g\n"
        f"def broken(*args): raise RuntimeError('{CANARY}')\n"
        "from aiguide.web.pages import cells\n"
        "cells.guidelines = type('Broken', (), {'cell_meant': broken})\n"
    )
    with serving(folder, "--log", before=broken) as served:
        address, form = opened(served)
        assert httpx2.post(address, data=form).status_code == 303
        other = form | {"note": f"{CANARY}2"}
        assert httpx2.post(address, data=other).status_code == 409
        assert httpx2.post(address, data={"note": CANARY}).status_code == 403
        assert (
            httpx2.post(f"{served.address}ja/ask", data=form | {"text": CANARY}).status_code < 500
        )
        assert httpx2.get(f"{served.address}ja/{CANARY}?name={CANARY}").status_code == 404
        assert httpx2.get(f"{served.address}ja/cells/{CANARY}").status_code == 500
        refused = httpx2.get(f"{served.address}ja/", headers={"host": "kanaria.example"})
        assert refused.status_code == 421
        with socket.create_connection(("127.0.0.1", served.port)) as odd:
            odd.sendall("かなりあ\r\n\r\n".encode())
            odd.recv(1000)
        assert served.stop() == 0
    _, *lines, _ = served.said
    events = [json.loads(line) for line in lines]
    assert [events[0]["event"], events[-1]["event"]] == ["started", "stopped"]
    asked = [one for one in events if one["event"] == "request"]
    assert [one["status"] for one in asked] == [200, 303, 409, 403, 303, 404, 500, 421]
    assert {"at", "event", "method", "route", "status", "ms"} == set(asked[0])
    assert asked[0]["route"] == "/projects/{project}/items/{item}"
    bugs = [one for one in events if one["event"] == "bug"]
    assert [one["error"] for one in bugs] == ["RuntimeError"]
    for line in lines:
        assert CANARY not in line
        assert "kanaria" not in line
        assert str(folder) not in line


def test_two_servers_on_one_folder_keep_what_both_were_told(folder: Path) -> None:
    with serving(folder) as one, serving(folder) as other:
        (address, mine), (elsewhere, theirs) = opened(one), opened(other)
        mine, theirs = mine | {"note": "one"}, theirs | {"note": "two"}
        assert httpx2.post(address, data=mine).status_code == 303
        assert httpx2.post(elsewhere, data=theirs).status_code == 409
        assert httpx2.post(elsewhere, data=theirs | {"secret": mine["secret"]}).status_code == 403
        seen = opened(other)[1]["seen"]
        assert httpx2.post(elsewhere, data=theirs | {"seen": seen}).status_code == 303
    assert notes(folder)[-2:] == ["one", "two"]


SLOW = "import aiguide.web.server as s, aiguide.web.guard as g\ns.PATIENCE = 0.5\n"
SLOW += "g.Guard.__init__.__defaults__ = (0.5,)\n"


@pytest.mark.parametrize("begin", ["", "GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "], ids=repr)
def test_a_connection_whose_request_does_not_come_is_closed(folder: Path, begin: str) -> None:
    with serving(folder, before=SLOW) as served:
        with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as slow:
            slow.sendall(begin.encode())
            assert slow.recv(1000) == b""
        assert httpx2.get(f"{served.address}health").status_code == 200


def test_a_body_that_does_not_come_is_answered_in_time(folder: Path) -> None:
    with serving(folder, before=SLOW) as served:
        head = "POST /en/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n\r\nsecret="
        with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as slow:
            slow.sendall(head.encode())
            assert slow.recv(1000).startswith(b"HTTP/1.1 408")


def test_a_reader_who_takes_time_between_two_pages_is_not_shut_out(folder: Path) -> None:
    with serving(folder, before=SLOW) as served, httpx2.Client() as client:
        for _ in range(3):
            assert client.get(f"{served.address}en/cells").status_code == 200
            time.sleep(0.7)


@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET http://evil.example/ja/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /%ff%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "CONNECT evil.example:80 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /" + "x" * 100_000 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST /ja/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        "POST /ja/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
        "Content-Length: 5\r\n\r\nzz\r\n",
        "GET /ja/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    ],
    ids=lambda head: head[:60],
)
def test_an_odd_request_is_not_a_fault_of_ours(odd_server: Served, head: str) -> None:
    with socket.create_connection(("127.0.0.1", odd_server.port), timeout=PATIENCE) as client:
        client.sendall(head.encode("latin-1"))
        status = client.recv(20)
    assert status.startswith((b"HTTP/1.1 4", b"HTTP/1.1 200", b"HTTP/1.1 302")), status
    assert httpx2.get(f"{odd_server.address}health").status_code == 200


@pytest.fixture(scope="module")
def odd_server() -> Iterator[Served]:
    with serving(ROOT / "examples" / "valid", "--log") as served:
        yield served
    assert not [line for line in served.said if '"bug"' in line or "Traceback" in line]


def test_a_browser_that_goes_away_is_not_a_bug(folder: Path) -> None:
    with serving(folder, "--log") as served:
        _, form = opened(served)
        body = urlencode(form | {"text": "x" * 1000}).encode()
        head = f"POST /en/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        with socket.create_connection(("127.0.0.1", served.port)) as gone:
            gone.sendall(head.encode() + body[:20])
        time.sleep(0.5)
        assert httpx2.get(f"{served.address}health").status_code == 200
        assert served.stop() == 0
    assert not [line for line in served.said if '"bug"' in line]
