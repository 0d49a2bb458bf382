"""The application: which page answers which address, behind the guard and beside the log."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from aiguide.core.text import LANGS, Lang
from aiguide.usecases import own_packs
from aiguide.web import failures, forms
from aiguide.web.api import problems, routes
from aiguide.web.guard import Guard
from aiguide.web.log import Log
from aiguide.web.pages import (
    ask,
    cells,
    checklist,
    evidence,
    guideline,
    history,
    importing,
    portfolio,
    projects,
    reports,
)
from aiguide.web.site import Site
from aiguide.web.visit import Visit

Handler = Callable[[Visit], Response]
Answer = Callable[[Site, Request, Exception], Response]

STATIC = Path(__file__).parent / "static"
LARGEST = 25 * 1024 * 1024  # bytes of a whole request

# Address below the language, and who answers it; `POST` where the page takes a form.
PAGES: tuple[tuple[str, Handler, str], ...] = (
    ("/", ask.form, "GET"),
    ("/ask", ask.form, "GET"),
    ("/ask", ask.ask, "POST"),
    ("/ask/{idea}", ask.judged, "GET"),
    ("/cells", cells.matrix, "GET"),
    ("/cells/{cell}", cells.cell, "GET"),
    ("/cells/{cell}/card.{format}", cells.card, "GET"),
    ("/projects/new", projects.form, "GET"),
    ("/projects/new", projects.start, "POST"),
    ("/projects/{project}", projects.state, "GET"),
    ("/projects/{project}/facts", projects.facts, "GET"),
    ("/projects/{project}/facts", projects.change, "POST"),
    ("/projects/{project}/checklist", checklist.current, "GET"),
    ("/projects/{project}/phases/{phase}", checklist.phase, "GET"),
    ("/projects/{project}/items/{item}", checklist.item, "GET"),
    ("/projects/{project}/items/{item}", checklist.answer, "POST"),
    ("/projects", portfolio.dashboard, "GET"),
    ("/portfolio.{format}", portfolio.file, "GET"),
    ("/projects/{project}/history", history.steps, "GET"),
    ("/projects/{project}/history", history.undo, "POST"),
    ("/projects/{project}/evidence", evidence.listed, "GET"),
    ("/projects/{project}/evidence/{item}/{number}", evidence.file, "GET"),
    ("/projects/{project}/reports", reports.listed, "GET"),
    ("/projects/{project}/reports/{template}.{format}", reports.report, "GET"),
    ("/projects/{project}/reports/frameworks/{framework}.{format}", reports.by_framework, "GET"),
    ("/projects/{project}/checklist.xlsx", reports.checklist, "GET"),
    ("/projects/{project}/import", importing.form, "GET"),
    ("/projects/{project}/import", importing.take, "POST"),
    ("/guideline", guideline.browser, "GET"),
    ("/guideline/items/{item}", guideline.item, "GET"),
    ("/glossary", guideline.terms, "GET"),
)


class _Kept(StaticFiles):
    """Files that are nobody's secret: a browser keeps them and asks whether they changed."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        """Give a file, or say that it has not changed."""
        response = super().file_response(*args, **more)
        response.headers["cache-control"] = "no-cache"
        return response


def build(site: Site, log: Log | None = None) -> ASGIApp:
    """Build the application of a site; the guard is around all of it, its own faults too."""
    app = Starlette(routes=_routes(site), lifespan=_life_of(site))
    for kind, page in failures.ANSWERS.items():
        app.add_exception_handler(kind, partial(_failed, site, page, problems.ANSWERS[kind]))
    guarded = Guard(app, partial(_refused, site), largest=LARGEST)
    return log.watching(guarded) if log else guarded


def _life_of(site: Site) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """End what was begun beside the pages when they are no longer served."""

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(site.press.close)

    return life


def _routes(site: Site) -> list[BaseRoute]:
    languages = [Mount(f"/{lang}", routes=_pages(site, lang), name=lang) for lang in LANGS]
    return [
        Route("/", partial(_home, site)),
        Route("/health", _health),
        Mount(problems.PREFIX, routes.build(site), name="api"),
        Mount("/static", _Kept(directory=STATIC), name="static"),
        *languages,
    ]


def _pages(site: Site, lang: Lang) -> list[BaseRoute]:
    handlers: dict[str, dict[str, Handler]] = {}
    for path, handler, method in PAGES:
        handlers.setdefault(path, {})[method] = handler
    return [
        Route(path, _endpoint(site, lang, by_method), methods=list(by_method))
        for path, by_method in handlers.items()
    ]


def _endpoint(
    site: Site, lang: Lang, handlers: Mapping[str, Handler]
) -> Callable[[Request], object]:
    """Make of a page what Starlette calls: the form is read first, the page runs in a thread."""

    async def endpoint(request: Request) -> Response:
        own_packs.look_anew()
        if request.method != "POST":
            return await run_in_threadpool(handlers["GET"], Visit(site, request, lang, FormData()))
        form = await forms.read(request)
        visit = request.state.visit = Visit(site, request, lang, form)
        try:
            page = handlers["POST"] if failures.is_ours(visit) else failures.outdated
            return await run_in_threadpool(page, visit)
        finally:
            await form.close()

    return endpoint


def _failed(
    site: Site, page: Answer, problem: Answer, request: Request, error: Exception
) -> Response:
    """Answer what went wrong as what was asked for is answered: with a page, or as the API does."""
    return (problem if problems.is_of_api(request) else page)(site, request, error)


def _refused(site: Site, request: Request, status: int, said: str) -> Response:
    """Answer what the guard does not take: a script of the API's is told as it is told all else."""
    if problems.is_of_api(request):
        return problems.of_status(site, request, status)
    if status == 413:  # of a page of ours; what was typed did not arrive whole
        return failures.of_status(site, request, status)
    return PlainTextResponse(said, status)


async def _home(site: Site, request: Request) -> Response:
    """Lead to the pages in the language that the browser prefers, else the site's."""
    return RedirectResponse(f"/{failures.preferred(site, request)}/", 302)


async def _health(request: Request) -> Response:
    return JSONResponse({"status": "ok"})
