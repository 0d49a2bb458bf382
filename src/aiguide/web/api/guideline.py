"""The guideline by the API: cells, items, packs, and the cell of a description."""

from starlette.responses import Response

from aiguide.core import description
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.usecases import classifying, guidelines, results, versions
from aiguide.usecases.versions import Unusable
from aiguide.web.api.operations import Call, at_path, reply
from aiguide.web.downloads import download


def cells(call: Call) -> Response:
    """Give the table of cells."""
    return reply(results.matrix(call.words, call.pack))


def cell(call: Call) -> Response:
    """Give the guidance of a cell by phase, as data or as a file."""
    found = call.pack.cell(at_path(guidelines.cell_meant, call.pack, call.part("cell")))
    format = call.asked["format"]
    made = call.site.press.card(call.pack, found, call.words, call.site.today(), format)
    return download(made.content, format, f"{found.id}.{call.words.lang}.{format}")


def items(call: Call) -> Response:
    """Give all check items."""
    return reply(results.catalogue(call.words, call.pack))


def item(call: Call) -> Response:
    """Give a check item with its sources."""
    found = at_path(guidelines.find_item, call.pack, call.part("item"))
    return reply(results.shown_item(call.words, call.pack, found))


def packs(call: Call) -> Response:
    """Give the guidelines that are known, and their versions."""
    near = call.site.folder.folder
    known = tuple(versions.all_packs(call.words, near))
    listed = [
        results.pack(call.words, one, versions.is_newest(one, near))
        for one in known
        if isinstance(one, Guideline)
    ]
    unusable = [one for one in known if isinstance(one, Unusable)]
    return reply(results.packs(listed, unusable))


def classify(call: Call) -> Response:
    """Say which cell a description is in, or what is in doubt."""
    pack, policy = call.pack, call.site.policy
    if policy is None:
        raise AiguideError("cannot-classify", name=pack.name)
    text, answers = call.data.get("text", ""), call.data.get("answers", {})
    described = description.checked(text) if text or not answers else ""
    judged = classifying.local_engine(pack, policy)(described, answers)
    return reply(results.classification(call.words, pack, None, judged))
