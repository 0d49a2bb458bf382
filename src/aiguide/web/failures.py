"""Pages for what went wrong: what, and what to do next; never a traceback."""

import secrets
from collections.abc import Callable, Mapping

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aiguide.core.complaints import Complaint, complain
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.text import LANGS, Lang
from aiguide.core.wording import truth_key
from aiguide.web.site import Site
from aiguide.web.visit import FACE, SECRET, Visit

# What was asked for is not there; anything else was said wrongly.
_STATUS = {
    "unknown": 404,
    "no-project": 404,
    "locked": 503,
    "press-busy": 503,
    "press-failed": 503,
    "cannot-write": 507,
    "write-protected": 507,
}
_STATUS |= dict.fromkeys(("no-idea", "no-evidence", "evidence-missing", "evidence-outside"), 404)
_STATUS["language-changed"] = 200  # what was asked for
# This machine lacks what they are made with.
_STATUS |= dict.fromkeys(("no-pango", "no-font", "no-weasyprint", "no-docx", "no-xlsx"), 503)
_CONFLICTS = ("answer-overtaken", "facts-overtaken", "exists", "undo-overtaken", "undo-changed")
# What a form says to us, not what somebody typed.
_OURS = ("seen", "then", "was.")


def status_of(error: AiguideError) -> int:
    """Give the status of an error of ours."""
    damaged = isinstance(error, UnreadableError) and error.code != "unsavable"
    if damaged or error.code in _CONFLICTS:
        return 409
    first = error.code.partition("-")[0]
    return _STATUS.get(error.code) or _STATUS.get(first, 422)


def status_in_form(error: AiguideError) -> int:
    """Give the status of an error in what a form says: a page is there, whatever it names."""
    status = status_of(error)
    return 422 if status == 404 else status


def is_ours(visit: Visit) -> bool:
    """Tell whether a form is of a page that this run of aiguide gave out."""
    said, secret = visit.said(SECRET), visit.site.secret
    return secrets.compare_digest(said.encode(), secret.encode())


def outdated(visit: Visit) -> Response:
    """Refuse a form of another run, and give back what was typed."""
    return visit.page("outdated", status=403, typed=_typed(visit))


def _typed(visit: Visit) -> list[tuple[str, str]]:
    """Give what somebody typed into a form, each with its label."""
    return [
        (_label(visit, name), _value(visit, name, text))
        for name, text in visit.texts()
        if text.strip() and not name.startswith(_OURS)
    ]


def _label(visit: Visit, name: str) -> str:
    titles = {f"condition.{one.id}": one.title for one in visit.site.pack.conditions}
    if name in titles:
        return visit.words.pick(titles[name])
    keys = (f"web.typed.{name}", f"answer.{name}", f"init.{name}", f"facts.{name}")
    return next((visit.words.say(key) for key in keys if visit.words.has(key)), name)


def _value(visit: Visit, name: str, text: str) -> str:
    """Give what was chosen as its field shows it; what was typed stays as it is."""
    words, pack = visit.words, visit.site.pack
    if name == "status" and words.has(f"status.{text}"):
        return words.say(f"status.{text}")
    if name.startswith("condition.") and text in ("yes", "no"):
        return words.say(truth_key(text == "yes"))
    cells, phases = ({one.id: one.title for one in some} for some in (pack.cells, pack.phases))
    title = {"cell": cells, "phase": phases}.get(name, {}).get(text)
    return words.pick(title) if title else text


def preferred(site: Site, request: Request) -> Lang:
    """Give the language of an address, else the first of ours that the browser names."""
    first = request.url.path.strip("/").partition("/")[0]
    named = request.headers.get("accept-language", "").lower().split(",")
    wanted = [first, *(one.strip()[:2] for one in named)]
    return next((lang for one in wanted for lang in LANGS if lang == one), site.lang)


def _visit(site: Site, request: Request) -> Visit:
    """Give the visit that went wrong; one without a form where it never got as far as a page."""
    begun: Visit | None = getattr(request.state, "visit", None)
    return begun or Visit(site, request, preferred(site, request), FormData())


def _page(visit: Visit, status: int, said: Complaint) -> Response:
    return visit.page("failure", status=status, complaint=said, typed=_typed(visit))


def _refused(site: Site, request: Request, error: Exception) -> Response:
    assert isinstance(error, AiguideError)
    visit = _visit(site, request)
    said = complain(visit.words, error, FACE)
    return _page(visit, status_of(error), said)


def of_status(site: Site, request: Request, code: int) -> Response:
    """Give the page of a status."""
    visit = _visit(site, request)
    key = f"web.failure.{code}" if visit.words.has(f"web.failure.{code}") else "web.failure.400"
    return _page(visit, code, Complaint(visit.words.say(key), "", "", ()))


def _http(site: Site, request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = of_status(site, request, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _bug(site: Site, request: Request, error: Exception) -> Response:
    visit = _visit(site, request)
    said = Complaint(visit.words.say("web.failure.500"), "", visit.words.say("error.bug.fix"), ())
    return _page(visit, 500, said)


# How a page answers what goes wrong in it.
ANSWERS: Mapping[type[Exception], Callable[[Site, Request, Exception], Response]] = {
    AiguideError: _refused,
    HTTPException: _http,
    Exception: _bug,
}
