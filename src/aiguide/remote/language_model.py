"""Asking a language model over HTTP: one question, one JSON answer, within bounds."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from aiguide.core.errors import AiguideError
from aiguide.core.settings import Endpoint

TRIES = 3
FIRST_WAIT = 0.5  # seconds before the second try; it doubles
LONGEST_WAIT = 10.0
LARGEST = 1024 * 1024  # bytes of an answer
QUOTED = 200

Messages = Sequence[Mapping[str, str]]


class _AgainError(Exception):
    """A failure that may pass; `wait` is what the server asked for, in seconds."""

    def __init__(self, error: AiguideError, wait: float = 0.0) -> None:
        self.error = error
        self.wait = wait


_ERRNO = re.compile(r"^\[Errno -?\d+\] ")


def ask(endpoint: Endpoint, messages: Messages, schema: Mapping[str, Any]) -> Any:
    """Send messages to an OpenAI-compatible endpoint; gives the answer's content, parsed.

    `schema` is the JSON Schema that the server is asked to hold the answer to; whether it did is
    for the caller to check. All tries together take about `endpoint.timeout` seconds, or longer
    where a server drips its headers.
    Raises: AiguideError `llm-timeout`, `llm-unreachable`, `llm-status`, `llm-answer`.
    """
    deadline = time.monotonic() + endpoint.timeout
    wait = FIRST_WAIT
    with _client(endpoint) as client:
        for left in range(TRIES - 1, -1, -1):
            try:
                return _content(_post(client, endpoint, messages, schema, deadline))
            except _AgainError as again:
                pause = min(max(wait, again.wait), LONGEST_WAIT)
                if not left or time.monotonic() + pause >= deadline:
                    raise again.error from None
                time.sleep(pause)
                wait *= 2
    raise AssertionError("the last try returns or raises")


def _client(endpoint: Endpoint) -> httpx2.Client:
    """Make the client. No proxy comes between us and this machine, and nothing is unpacked."""
    headers = {"Accept-Encoding": "identity"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    try:
        return httpx2.Client(headers=headers, trust_env=not endpoint.on_this_machine)
    except (OSError, ImportError, ValueError) as error:  # such as a proxy or certificates set wrong
        raise AiguideError("llm-unreachable", said=type(error).__name__) from None


def _post(
    client: httpx2.Client,
    endpoint: Endpoint,
    messages: Messages,
    schema: Mapping[str, Any],
    deadline: float,
) -> bytes:
    """Send one request and give the answer's body."""
    body = {
        "model": endpoint.model,
        "messages": list(messages),
        "temperature": 0,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": schema},
        },
    }
    url = endpoint.url.rstrip("/") + "/chat/completions"
    left = max(0.05, deadline - time.monotonic())
    try:
        with client.stream("POST", url, json=body, timeout=left) as response:
            raw = _body(response, deadline)
            _insist(response, raw)
            return raw
    except httpx2.TimeoutException:
        raise AiguideError("llm-timeout", seconds=round(endpoint.timeout, 1)) from None
    except _TooLateError:
        raise AiguideError("llm-timeout", seconds=round(endpoint.timeout, 1)) from None
    except httpx2.LocalProtocolError as error:  # its text may quote our key
        raise AiguideError("llm-unreachable", said=type(error).__name__) from None
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        raise _AgainError(
            AiguideError("llm-unreachable", said=_quoted(_ERRNO.sub("", str(error))))
        ) from None


class _TooLateError(Exception):
    """The answer was still coming at the deadline."""


def _body(response: httpx2.Response, deadline: float) -> bytes:
    """Read a body that is neither too long nor too late: a server may drip one byte at a time."""
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > LARGEST:
            raise AiguideError("llm-answer", said="", reason="llm-too-large")
        if time.monotonic() > deadline:
            raise _TooLateError
    return bytes(body)


def _insist(response: httpx2.Response, raw: bytes) -> None:
    """Insist on success; what may pass is worth another try."""
    status = response.status_code
    if status == 200:
        return
    said = _quoted(raw.decode("utf-8", "replace"))
    error = AiguideError("llm-status", status=str(status), said=said)
    if status == 429 or status >= 500:
        raise _AgainError(error, _asked_wait(response))
    raise error


def _asked_wait(response: httpx2.Response) -> float:
    """Give the seconds that `Retry-After` asks for; a date there is not heeded."""
    given = response.headers.get("Retry-After", "")
    return float(given) if given.isdecimal() else 0.0


def _content(raw: bytes) -> Any:
    """Take the answer out of its envelope and parse it; what does not parse is tried again."""
    try:
        content = _parsed(raw)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        said = _quoted(raw.decode("utf-8", "replace"))
        error = AiguideError("llm-answer", said=said, reason="llm-no-envelope")
        raise _AgainError(error) from None
    try:
        return _parsed(content)
    except (ValueError, TypeError, RecursionError):
        error = AiguideError("llm-answer", said=_quoted(str(content)), reason="llm-no-json")
        raise _AgainError(error) from None


def _parsed(text: str | bytes) -> Any:
    """Parse JSON proper: NaN and the like are none. Raises: ValueError, TypeError."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    return json.loads(text, parse_constant=refuse)


def _quoted(text: str) -> str:
    return " ".join(text.split())[:QUOTED]
