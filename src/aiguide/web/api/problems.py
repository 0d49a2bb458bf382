"""What went wrong, as RFC 9457 has it (`application/problem+json`)."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aiguide.core.complaints import SHOWN_AT_MOST, complain
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.text import LANGS
from aiguide.core.words import Words
from aiguide.usecases import results
from aiguide.web import failures
from aiguide.web.api.operations import LANG, NotThere, reply
from aiguide.web.site import Site

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api"

# Where an API says it otherwise than a page does.
_STATUS = {
    "bad-body": 400,
    "no-body": 400,
    "answer-overtaken": 412,
    "facts-overtaken": 412,
    "body-large": 413,
    "upload-large": 413,
    "not-json": 415,
    "not-bytes": 415,
    "upload-type": 415,
    "body-misfit": 422,
    "if-match-needed": 428,
}


def is_of_api(request: Request) -> bool:
    """Tell whether a request is for the API."""
    path = request.url.path
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def spoken(site: Site, request: Request) -> Words:
    """Give the words in the language that a call asks for, by `?lang=` or as browsers do."""
    asked = request.query_params.get(LANG.name)
    known = next((lang for lang in LANGS if lang == asked), None)
    lang = known or failures.preferred(site, request)
    return site.words[lang].of_pack(site.pack.words)


def of_status(site: Site, request: Request, status: int) -> Response:
    """Give the problem of a status that has no error of ours."""
    words = spoken(site, request)
    keys = (f"api.http.{status}", f"web.failure.{status}", "web.failure.400")
    detail = next(words.say(key) for key in keys if words.has(key))
    return _problem(words, f"http-{status}", status, detail, fix=words.say("api.see"))


def _status_of(error: AiguideError) -> int:
    if isinstance(error, NotThere):
        return 404
    if error.code in _STATUS:
        return _STATUS[error.code]
    # what the path names is told apart above: here a body or a query names it
    return 422 if error.code.startswith("unknown-") else failures.status_of(error)


def _refused(site: Site, request: Request, error: Exception) -> Response:
    assert isinstance(error, AiguideError)
    words = spoken(site, request)
    said = complain(words, error, "api")
    return _problem(
        words,
        error.code,
        _status_of(error),
        said.message,
        near=said.near,
        fix=said.fix,
        findings=_findings(words, error),
        more=said.more,
    )


def _findings(words: Words, error: AiguideError) -> list[dict[str, Any]]:
    """Give the findings of an error; what is sent is mended otherwise than what is in a file."""
    found = error.findings if isinstance(error, UnreadableError) else ()
    told = results.findings(words, found[:SHOWN_AT_MOST])
    for one in told:
        code = one["code"].lower()
        key = f"api.fix.{code}"
        if error.code == "bad-body" and words.has(key):
            one["fix"] = words.say(key)
    return told


def _http(site: Site, request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = of_status(site, request, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _bug(site: Site, request: Request, error: Exception) -> Response:
    words = spoken(site, request)
    detail, fix = words.say("web.failure.500"), words.say("error.bug.fix")
    return _problem(words, "bug", 500, detail, fix=fix)


def _problem(words: Words, code: str, status: int, detail: str, **more: Any) -> Response:
    title = f"api.status.{status}" if words.has(f"api.status.{status}") else "api.status.other"
    data = {
        "type": f"aiguide:{code}",
        "title": words.say(title),
        "status": status,
        "detail": detail,
        **{"near": "", "fix": "", "findings": [], "more": 0},
        **more,
    }
    response = reply(data, status, MEDIA_TYPE)
    response.headers["content-language"] = words.lang
    response.headers["vary"] = "accept-language"
    return response


# How an operation answers what goes wrong in it.
ANSWERS: Mapping[type[Exception], Callable[[Site, Request, Exception], Response]] = {
    AiguideError: _refused,
    HTTPException: _http,
    Exception: _bug,
}
