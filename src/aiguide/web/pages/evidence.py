"""The evidence of a project: what became of each piece since it was recorded, and the files."""

from typing import Any

from starlette.responses import FileResponse, Response

from aiguide.core.answers import is_web_address
from aiguide.core.evidence import EvidenceState, State
from aiguide.core.project import EvidenceKind
from aiguide.usecases import project_evidence
from aiguide.web.opening import Case, opened
from aiguide.web.visit import Visit

GIVEN_OUT = (State.INTACT, State.CHANGED, State.UNCHECKED)


def listed(visit: Visit) -> Response:
    """List all evidence, item by item."""
    case = opened(visit)
    states = project_evidence.states(case.opened)
    items: dict[str, list[dict[str, Any]]] = {}
    for one in states:
        items.setdefault(one.item, []).append(_shown(visit, case, one))
    return visit.page(
        "evidence",
        pack=case.guideline,
        case=case,
        items=[(id, case.guideline.item(id).title, pieces) for id, pieces in items.items()],
        asked=[one.item.id for one in case.checklist.questions],
        count=len(states),
        bad=sum(one.is_bad for one in states),
    )


def _shown(visit: Visit, case: Case, one: EvidenceState) -> dict[str, Any]:
    """Give a piece of evidence with where a click on it leads; empty where it leads nowhere."""
    kind, target, address = one.evidence.kind, one.evidence.target, ""
    if kind is EvidenceKind.LINK and is_web_address(target):
        address = target
    if kind is EvidenceKind.FILE and one.state in GIVEN_OUT:
        address = visit.path("projects", case.key, "evidence", one.item, str(one.index + 1))
    return {"one": one, "address": address, "outer": kind is EvidenceKind.LINK}


def file(visit: Visit) -> Response:
    """Give a file that an answer names as its evidence, to save and never to be shown here."""
    case = opened(visit)
    number = visit.part("number")
    index = int(number[:9]) - 1 if number.isascii() and number.isdecimal() else -1
    found, name = project_evidence.file(case.opened, visit.part("item"), index)
    return FileResponse(found, media_type="application/octet-stream", filename=name)
