"""A checklist that was filled in as a workbook: what it changes is shown first, then recorded."""

import base64
import binascii
import io
from collections.abc import Sequence
from pathlib import Path

from starlette.responses import Response

from aiguide.core.complaints import complain
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.spreadsheet import shown, standing
from aiguide.core.wording import complaint
from aiguide.core.words import Words
from aiguide.usecases import spreadsheets
from aiguide.usecases.spreadsheets import Difference
from aiguide.web.failures import status_of
from aiguide.web.opening import Case, opened
from aiguide.web.visit import FACE, Visit

# The page that shows the difference carries the workbook along, and a field holds 1 MiB at most.
LARGEST = 700 * 1024


def form(visit: Visit) -> Response:
    """Ask for the workbook."""
    return _page(visit, opened(visit))


def take(visit: Visit) -> Response:
    """Show what a workbook changes; once that was seen, record it."""
    case = opened(visit)
    try:
        visit.require_meant()
        content, name = _content(visit), visit.said("seen.name") or _sent_name(visit)
        book, words = Path(name), case.words
        returned = spreadsheets.read(case.opened, io.BytesIO(content), book, words)
        stamp, today, seen = visit.site.stamp(), visit.site.today(), _seen(visit)
        if not visit.said("seen.workbook"):
            found = spreadsheets.compare(case.opened, returned, words, stamp, today)
            return _page(visit, case, found, content=content, name=name)
        done = spreadsheets.record(case.opened.path, returned, words, stamp, today, seen)
    except AiguideError as error:
        return _page(visit, case, error=error)
    if done.saved:
        return visit.go(visit.path("projects", case.key, done="imported"))
    unseen = done.unseen(seen, stamp.by, today)
    return _page(visit, case, done, content=content, name=name, unseen=unseen)


def _seen(visit: Visit) -> dict[str, str]:
    """Give the marks of what the page that was seen said would go."""
    pairs = (one.partition(":") for one in visit.said("seen.overridden").split())
    return {id: mark for id, _, mark in pairs}


def _content(visit: Visit) -> bytes:
    """Give the workbook that was sent, or that a page of ours carried along."""
    carried, file = visit.said("seen.workbook"), visit.upload("file")
    if carried:
        try:
            return base64.b64decode(carried, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise AiguideError("workbook-needed") from None
    if file is None:
        raise AiguideError("workbook-needed")
    content = file.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise AiguideError("workbook-large", most=LARGEST // 1024)
    return content


def _sent_name(visit: Visit) -> str:
    file = visit.upload("file")
    return (file.filename or "") if file else ""


def _page(
    visit: Visit,
    case: Case,
    found: Difference | None = None,
    *,
    content: bytes = b"",
    name: str = "",
    unseen: Sequence[Item] = (),
    error: AiguideError | None = None,
) -> Response:
    misfits, passed_over = (found.misfits, found.passed_over) if found else ((), ())
    status = status_of(error) if error else 422 if misfits else 200
    marks = found.marks(visit.site.stamp().by, visit.site.today()) if found else {}
    return visit.page(
        "import",
        status=status,
        pack=case.guideline,
        case=case,
        book=name,
        items=_changes(visit, case.words, found) if found and found.is_welcome else [],
        misfits=[(one.at, complaint(case.words, one.error)) for one in misfits],
        passed_over=[(one.at, complaint(case.words, one.error)) for one in passed_over],
        looked=found is not None,
        meanwhile=[case.words.pick(one.title) for one in unseen],
        overridden=" ".join(f"{id}:{mark}" for id, mark in marks.items()),
        behind=found.behind if found else (),
        workbook=base64.urlsafe_b64encode(content).decode(),
        count=len(found.changes) if found else 0,
        complaint=complain(case.words, error, FACE) if error else None,
    )


def _changes(
    visit: Visit, words: Words, found: Difference
) -> list[tuple[str, str, list[tuple[str, ...]]]]:
    """Give what changes, item by item: title, whose answer goes, place, field, before, after."""
    items = {change.item.id: change.item for change in found.changes}
    gone = found.overridden(visit.site.stamp().by, visit.site.today())
    told = {id: standing(words, stands) for id, stands in gone.items()}
    return [
        (
            words.pick(item.title),
            told.get(id, ""),
            [
                (
                    one.at,
                    words.say(f"sheet.column.{one.field}"),
                    shown(words, one.field, one.before),
                    shown(words, one.field, one.after),
                )
                for one in found.changes
                if one.item.id == id
            ],
        )
        for id, item in items.items()
    ]
