"""Projects by the API: which there are, how one stands, its facts, its history, its evidence."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from aiguide.core import trail
from aiguide.core.errors import AiguideError
from aiguide.core.history import last_numbered, last_steps
from aiguide.core.manifest import evidence_data
from aiguide.core.project import Entry
from aiguide.core.trail import Wanted
from aiguide.usecases import portfolio, project_evidence, project_facts, projects, results, uploads
from aiguide.usecases.portfolio import Order
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import lexicon, verify
from aiguide.web.api.operations import Call, reply, tags


def listed(call: Call) -> Response:
    """Give the projects of the folder."""
    folder = call.site.folder
    files = tuple(folder.listed().values())
    found = portfolio.survey(files, call.words, Order(call.site.today()), kept=call.site.kept)
    return reply(results.projects(folder, found))


def start(call: Call) -> Response:
    """Start a project in a folder of its own, and give its state and where it is."""
    site = call.site
    path = project_facts.start_in(site.folder, site.pack.name, call.data, site.stamp())
    opened = projects.open_project(path)
    checklist = opened.checklist(site.today())
    place = f"{call.request.url.path}/{site.folder.key(path)}"
    return reply(results.status(checklist, opened.judge(checklist)), 201, location=place)


def state(call: Call) -> Response:
    """Give how a project stands."""
    case = call.case()
    return reply(results.status(case.checklist, case.judgement))


def facts(call: Call) -> Response:
    """Give the facts of a project, and their mark."""
    data = results.facts(call.case().checklist)
    return reply(data, etag=f'"{_mark(data)}"')


def change(call: Call) -> Response:
    """Change some facts of a project, and give them all as they are then.

    Raises: AiguideError `facts-overtaken` where the ETag that it names is not theirs.
    """
    case, named = call.case(), call.request.headers.get("if-match", "*")
    if named != "*" and _mark(results.facts(case.checklist)) not in tags(named):
        raise AiguideError("facts-overtaken")
    project_facts.change(case.opened, call.data, call.site.stamp(), as_seen=named != "*")
    return facts(call)


def _mark(facts: dict[str, Any]) -> str:
    """Give a mark by which to tell whether facts are still those that somebody saw."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def log(call: Call) -> Response:
    """Give the history of a project."""
    case = call.case()
    steps = trail.steps(case.words, lexicon(case.opened), case.project, Wanted())
    return reply(results.log(case.project, tuple(steps)))


def verification(call: Call) -> Response:
    """Give whether the history of a project holds."""
    project = call.case().project
    return reply(results.verification(project, verify(project)))


def last(call: Call) -> Response:
    """Give what can be taken back: the last step, or all that were recorded at once."""
    opened = call.case().opened
    return _told(call, opened, last_numbered(opened.project.history))


def undo(call: Call) -> Response:
    """Take that back if the step that is meant is still the last, and give the new entries."""
    opened = call.case().opened
    meant = last_steps(opened.project.history)
    if not meant or meant[0].hash != call.data["hash"]:
        raise AiguideError("undo-overtaken")
    undone, steps = projects.undo(opened.path, call.site.stamp(), meant)
    history = undone.project.history
    first = len(history) - len(steps)
    return _told(call, undone, enumerate(history[first:], first + 1))


def _told(call: Call, opened: Opened, numbered: Iterable[tuple[int, Entry]]) -> Response:
    """Give some entries of a history as it has them, the oldest first."""
    known, words = lexicon(opened), call.words
    told = sorted(numbered, key=lambda one: one[0])
    steps = (trail.step(words, known, number, entry) for number, entry in told)
    return reply(results.log(opened.project, tuple(steps)))


def evidence(call: Call) -> Response:
    """Give what became of the evidence of a project."""
    opened = call.case().opened
    return reply(results.evidence(opened.project, project_evidence.states(opened)))


def upload(call: Call) -> Response:
    """Keep a file as evidence, and give what an answer can name."""
    assert call.sent
    sent = uploads.Sent(call.asked["name"], call.sent)
    kept = uploads.take_in(call.case().opened.path, sent)
    return reply(evidence_data(kept), 201)
