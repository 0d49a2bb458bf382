"""The table of operations, and the application that answers them."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from aiguide.core.text import Lang
from aiguide.usecases import own_packs
from aiguide.usecases.portfolio import FORMATS as PORTFOLIO_FORMATS
from aiguide.usecases.portfolio import SORTS
from aiguide.usecases.reports import REPORT_FORMATS
from aiguide.web.api import answers, bodies, guideline, problems, projects, reports
from aiguide.web.api.document import document
from aiguide.web.api.operations import FILE, Call, Operation, Parameter, asked_of, reply
from aiguide.web.site import Site

PHASE, NAME = Parameter("phase"), Parameter("name", needed=True)
FORMAT = Parameter("format", REPORT_FORMATS, "json")
TEMPLATE = Parameter("template", usual="compliance")
SORT = Parameter("sort", SORTS, SORTS[0])
PORTFOLIO_FORMAT = Parameter("format", PORTFOLIO_FORMATS, "json")

ITEM = ("show#/oneOf/1",)
QUESTION = ("checklist#/properties/items/items",)
PROOF = ("project#/$defs/answer/properties/evidence/items",)
REPORTS = ("report", "procurement", "transparency")

_PROJECT = "/projects/{project}"
_ITEM = "/projects/{project}/items/{item}"

# The operations of one path stand together.
OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/cells", "cells", guideline.cells, ("matrix",)),
    Operation(
        *("GET", "/cells/{cell}", "cell", guideline.cell, ("card",)),
        asks=(FORMAT,),
        formats=REPORT_FORMATS,
    ),
    Operation("GET", "/items", "items", guideline.items, ("catalogue",)),
    Operation("GET", "/items/{item}", "item", guideline.item, ITEM),
    Operation("GET", "/packs", "packs", guideline.packs, ("packs",)),
    Operation("POST", "/classify", "classify", guideline.classify, ("classification",), "ask"),
    Operation("GET", "/projects", "projects", projects.listed, ("projects",)),
    Operation("POST", "/projects", "start", projects.start, ("status",), "start", status=201),
    Operation("GET", _PROJECT, "project", projects.state, ("status",)),
    Operation("GET", f"{_PROJECT}/facts", "facts", projects.facts, ("facts",), marks=True),
    Operation(
        *("PATCH", f"{_PROJECT}/facts", "change", projects.change, ("facts",), "facts"),
        marks=True,
    ),
    Operation(
        *("GET", f"{_PROJECT}/checklist", "checklist", answers.checklist, ("checklist",)),
        asks=(PHASE,),
    ),
    Operation("GET", _ITEM, "answer", answers.answer, QUESTION, marks=True),
    Operation("PUT", _ITEM, "record", answers.put, QUESTION, "said", marks=True),
    Operation("GET", f"{_PROJECT}/evidence", "evidence", projects.evidence, ("evidence",)),
    Operation(
        *("POST", f"{_PROJECT}/evidence", "upload", projects.upload, PROOF, FILE),
        asks=(NAME,),
        status=201,
    ),
    Operation("GET", f"{_PROJECT}/log", "log", projects.log, ("log",)),
    Operation(
        *("GET", f"{_PROJECT}/verification", "verification", projects.verification),
        ("verification",),
    ),
    Operation("GET", f"{_PROJECT}/undo", "last", projects.last, ("log",)),
    Operation("POST", f"{_PROJECT}/undo", "undo", projects.undo, ("log",), "step"),
    Operation(
        *("GET", f"{_PROJECT}/report", "report", reports.report, REPORTS),
        asks=(TEMPLATE, FORMAT),
        formats=REPORT_FORMATS,
    ),
    Operation(
        *("GET", "/portfolio", "portfolio", reports.overview, ("portfolio",)),
        asks=(SORT, PORTFOLIO_FORMAT),
        formats=PORTFOLIO_FORMATS,
    ),
)


def build(site: Site) -> Router:
    """Build what answers the API."""
    routes = [Route("/openapi.json", _described(site), methods=["GET"])]
    for path, group in groupby(OPERATIONS, lambda one: one.path):
        by_method = {one.method: one for one in group}
        routes.append(Route(path, _endpoint(site, by_method), methods=list(by_method)))
    # what is at an address with a stroke at its end is not there, rather than elsewhere
    return Router(routes, redirect_slashes=False)


def _endpoint(site: Site, by_method: Mapping[str, Operation]) -> Callable[[Request], object]:
    """Make of the operations of a path what Starlette calls; each runs in a thread."""

    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        operation = by_method[method]
        async with bodies.received(operation, request) as body:
            return await run_in_threadpool(_answered, site, operation, request, body)

    return endpoint


def _answered(site: Site, operation: Operation, request: Request, body: BinaryIO) -> Response:
    own_packs.look_anew()
    words, asked = problems.spoken(site, request), asked_of(operation, request)
    call = Call(site, request, words, asked, **bodies.read(operation, body))
    response = operation.run(call)
    response.headers["content-language"] = words.lang
    response.headers["vary"] = "accept-language"
    return response


def _described(site: Site) -> Callable[[Request], object]:
    """Give the description of the API; made once for each language."""
    examples = {"cell": site.pack.cells[0].id, "item": site.pack.items[0].id}

    @cache
    def made(lang: Lang) -> Response:
        return reply(document(site.words[lang], OPERATIONS, examples))

    async def described(request: Request) -> Response:
        return await run_in_threadpool(made, problems.spoken(site, request).lang)

    return described
