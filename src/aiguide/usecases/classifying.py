"""Classifying a description, and keeping what was decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from aiguide.core import classify as engine
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Cell, Fact, Guideline
from aiguide.core.policy import PURPOSE, REACH, USER, ClassificationPolicy
from aiguide.core.suggest import near
from aiguide.store import ai_words, packs

if TYPE_CHECKING:
    from aiguide.core.opinion import Opinion
    from aiguide.core.project import Classification


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A result, and where a language model was to be asked, what came of that.

    `local` is then what the local engine had said. `opinion` is the model's; where it is None,
    `failure` says why, or the answers decided by themselves, and the result is the local one.
    """

    result: engine.Result
    local: engine.Result | None = None
    opinion: "Opinion | None" = None
    failure: AiguideError | None = None

    @property
    def engine(self) -> str:
        """Name the engine that the result is from."""
        return "llm" if self.opinion else engine.ENGINE

    @property
    def agrees(self) -> bool:
        """Tell whether both engines have the same cell first."""
        firsts = {one.candidates[0].cell for one in (self.result, self.local) if one}
        return self.opinion is not None and firsts == {self.opinion.cell}


# From a description and answered questions to what becomes of it.
Engine = Callable[[str, Mapping[str, str]], Judged]


def local_engine(guideline: Guideline, policy: ClassificationPolicy) -> Engine:
    """Give the engine that needs nothing but the pack."""
    return lambda text, answers: Judged(classify(guideline, policy, text, answers))


def classify(
    guideline: Guideline, policy: ClassificationPolicy, text: str, answers: Mapping[str, str]
) -> engine.Result:
    """Classify a description. Raises: AiguideError `unknown-question`, `unknown-option`."""
    checked: dict[str, str] = {}
    for question in (USER, PURPOSE, REACH):
        if question in answers:
            _check_option(guideline, policy, question, answers[question], checked)
            checked[question] = answers[question]
    for question in answers:
        if question not in checked:
            known = [one.id for one in policy.questions]
            raise AiguideError(
                "unknown-question", id=question, near=near(question, known), known=known
            )
    model, no_ai = packs.load_model(guideline.name), ai_words.load().denied_in(text)
    return engine.classify(guideline, policy, model, text, checked, no_ai=no_ai)


def names_ai(text: str) -> bool:
    """Tell whether a description names AI."""
    return ai_words.load().named_in(text)


def nearest_scene(guideline: Guideline, cell: str, text: str) -> Fact:
    """Give the scene of a cell that is nearest to a description."""
    return nearest_scenes(guideline, (cell,), text, 1)[0][1]


def nearest_scenes(
    guideline: Guideline, cells: Iterable[str], text: str, most: int
) -> tuple[tuple[Cell, Fact], ...]:
    """Give the scenes of some cells that are nearest to a description, the nearest first."""
    named, model = [guideline.cell(id) for id in cells], packs.load_model(guideline.name)
    return engine.nearest_scenes(model, named, text, most)


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What became of one record of a batch: judged, or the error that stood in its way.

    `line` is where it began, `read` how many bytes of the file were read with it.
    """

    line: int
    read: int
    id: str
    judged: Judged | None
    error: AiguideError | None


def classify_many(judge: Engine, stream: BinaryIO, *, is_table: bool) -> Iterator[Done]:
    """Classify every record of a JSON Lines or CSV stream, one at a time and in order.

    Raises: AiguideError `no-columns`.
    """
    from aiguide.store import requests

    for row in requests.read(stream, is_table=is_table):
        asked = row.request
        if isinstance(asked, AiguideError):
            yield Done(row.line, row.read, "", None, asked)
            continue
        try:
            judged = judge(asked.text, asked.answers)
        except AiguideError as error:
            yield Done(row.line, row.read, asked.id, None, error)
        else:
            yield Done(row.line, row.read, asked.id, judged, None)


def _check_option(
    guideline: Guideline,
    policy: ClassificationPolicy,
    question: str,
    given: str,
    earlier: Mapping[str, str],
) -> None:
    options = [option.id for option in policy.question(question).options]
    if question == REACH:
        possible = engine.possible_domains(policy, earlier)
        cells = (cell for domain in possible for cell in guideline.cells_of(domain))
        options = list(dict.fromkeys(cell.reach for cell in cells))
    if given not in options:
        raise AiguideError(
            "unknown-option", question=question, id=given, near=near(given, options), known=options
        )


def classification_of(judged: Judged) -> "Classification":
    """Give what a project records of a result that decided. Raises: AiguideError `abstained`."""
    from aiguide.core.project import Classification

    result = judged.result
    if result.cell is None:
        raise AiguideError("abstained")
    best, *others = result.candidates
    return Classification(
        cells=(result.cell,),
        engine=judged.engine,
        confidence=round(best.confidence, 4),
        alternatives=tuple(other.cell for other in others[:2]),
    )
