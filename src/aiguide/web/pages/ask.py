"""From an idea to its cell: what it was judged to be and why, and the questions in doubt."""

from typing import Any

from starlette.responses import Response

from aiguide.core import description, reasons, wording
from aiguide.core.classify import SILENT, Doubt, Result
from aiguide.core.complaints import complain
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Cell, Fact, Guideline
from aiguide.core.policy import PURPOSE, REACH, USER, ClassificationPolicy
from aiguide.core.views import CellView, cell_policy, cell_view
from aiguide.usecases import classifying
from aiguide.web.ideas import Idea
from aiguide.web.visit import FACE, Visit

CANDIDATES = 3
SCENES = 3  # of the cells of these
QUESTIONS = (USER, PURPOSE, REACH)


def form(visit: Visit) -> Response:
    """Ask for the idea."""
    return visit.page("ask", text="", complaint=None, can_classify=visit.site.policy is not None)


def ask(visit: Visit) -> Response:
    """Take an idea, and lead to what it is judged to be: an address to come back to."""
    idea = Idea(visit.said("text"), _answers(visit))
    if len(idea.text) > description.LONGEST:  # too much to be kept
        error = AiguideError("text-too-long", most=description.LONGEST)
        return _refused(visit, idea, error)
    return visit.go(visit.path("ask", visit.site.ideas.keep(idea)))


def judged(visit: Visit) -> Response:
    """Say which cell an idea is in and why, or what is in doubt, with the questions that decide.

    One that cannot be judged is shown to be written anew: its address serves in both languages.
    """
    key = visit.part("idea")
    idea = visit.site.ideas.find(key)
    try:
        if idea.text or not idea.answers:
            description.checked(idea.text)
        pack, policy, result = _result(visit, idea)
    except AiguideError as error:
        return _refused(visit, idea, error)
    shown = _decided if result.cell else _in_doubt
    return shown(visit, key, idea.text, result, pack, policy)


def _refused(visit: Visit, idea: Idea, error: AiguideError) -> Response:
    said = complain(visit.words, error, FACE)
    return visit.page("ask", status=422, text=idea.text, complaint=said, can_classify=True)


def _result(visit: Visit, idea: Idea) -> tuple[Guideline, ClassificationPolicy, Result]:
    """Classify an idea. Raises: AiguideError `cannot-classify`, and as `classify` does."""
    pack, policy = visit.site.pack, visit.site.policy
    if policy is None:
        raise AiguideError("cannot-classify", name=pack.name)
    return pack, policy, classifying.classify(pack, policy, idea.text, idea.answers)


def _answers(visit: Visit) -> dict[str, str]:
    given = {question: visit.said(question) for question in QUESTIONS}
    return {question: option for question, option in given.items() if option}


def _decided(
    visit: Visit,
    idea: str,
    text: str,
    result: Result,
    pack: Guideline,
    policy: ClassificationPolicy,
) -> Response:
    words = visit.words
    first, second = result.candidates[:2]
    possible = [one.cell for one in result.candidates[:CANDIDATES] if one.confidence]
    scenes = classifying.nearest_scenes(pack, possible, text, SCENES)
    return visit.page(
        "judged",
        **_common(idea, text, result),
        more="",
        several=result.several,
        cell=cell_view(words, pack, first.cell),
        policy=cell_policy(pack, pack.cell(first.cell)),
        sure=reasons.how_sure(words, result),
        unnamed=bool(text) and not classifying.names_ai(text),
        reasons=tuple(reasons.reasons(words, pack, policy, result)),
        scenes=[_scene(visit, cell, scene) for cell, scene in scenes],
        second=None if result.decided_by_answers else _told(visit, second.cell),
        second_policy=cell_policy(pack, pack.cell(second.cell)),
    )


def _scene(visit: Visit, cell: Cell, scene: Fact) -> dict[str, Any]:
    """Word a use that is known of a cell, with the cell and its stance."""
    words, pack = visit.words, visit.site.pack
    return {
        "text": words.pick(scene.text),
        "source": wording.source_line(words, pack, scene.sources[0], (cell.id,)),
        "cell": _told(visit, cell.id),
        "policy": cell_policy(pack, cell),
    }


def _in_doubt(
    visit: Visit,
    idea: str,
    text: str,
    result: Result,
    pack: Guideline,
    policy: ClassificationPolicy,
) -> Response:
    doubt = result.doubt or Doubt.CLOSE
    silent = doubt in SILENT
    return visit.page(
        "doubt",
        **_common(idea, text, result),
        doubt=visit.words.say(f"doubt.{doubt}"),
        more=visit.words.say(_more(result)) if silent or result.several else "",
        questions=result.questions,
        candidates=[
            (_told(visit, one.cell), cell_policy(pack, pack.cell(one.cell)))
            for one in result.candidates[: 0 if silent else CANDIDATES]
        ],
    )


def _more(result: Result) -> str:
    """Give the key of the sentence that asks for another description."""
    return "web.doubt.split" if result.several else f"classify.more.{result.doubt}"


def _common(idea: str, text: str, result: Result) -> dict[str, Any]:
    """Give what both outcomes show: the description with its words marked, and the answers."""
    pieces = tuple(reasons.marked(text, result.clues))
    return {"idea": idea, "text": text, "pieces": pieces, "answers": result.answers}


def _told(visit: Visit, id: str) -> CellView:
    return cell_view(visit.words, visit.site.pack, id)
