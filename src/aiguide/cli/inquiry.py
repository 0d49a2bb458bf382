"""`aiguide classify -i`: asking a person what is to be classified, and what that leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiguide.cli import console, layout, stances
from aiguide.cli.classification import show_candidates, show_next_best
from aiguide.cli.closed_question import ask_closed
from aiguide.cli.prompts import CLEAR, ask_until_read, folded, yes_or_no
from aiguide.core import description, wording
from aiguide.core.classify import SILENT, Doubt
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy, ClosedQuestion
from aiguide.core.words import Words
from aiguide.usecases.classifying import Engine, Judged

TAKEN = ""  # what Enter says to a cell that was decided

# With these the description is written anew before anything else is asked.
REWRITTEN = SILENT | {Doubt.MULTIPLE}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Asks until a cell is decided.

    What it asks raises Cancelled where somebody leaves, NoUse where no AI is used.
    """

    words: Words
    guideline: Guideline
    policy: ClassificationPolicy
    judge: Engine

    def run(self, text: str, answers: Mapping[str, str]) -> tuple[str, Judged]:
        """Ask for what was not said so far; gives the description and what became of it."""
        text = text or self.describe()
        while True:
            text, judged = self.fill_out(text, self.judge(text, answers))
            if settled := self.settle(text, judged):
                return settled
            text = self.describe(text)

    def describe(self, earlier: str = "") -> str:
        """Ask for a description; empty where the questions alone are to decide.

        Enter keeps an `earlier` one.
        """
        self._tell("classify.text")
        prompt = "prompt.text-again" if earlier else "prompt.text"
        while (given := self._text(prompt, earlier)) is None:
            console.say("  " + self.words.say("prompt.first"))
        return given

    def fill_out(self, text: str, judged: Judged) -> tuple[str, Judged]:
        """Ask for more while the description says nothing, and for one use where it has several.

        Enter leaves it to the questions.
        """
        while text and (doubt := judged.result.doubt) in REWRITTEN:
            self._tell_doubt(doubt, judged)
            several, answers = doubt is Doubt.MULTIPLE, judged.result.answers
            more = self._text("prompt.text-one" if several else "prompt.text-more")
            if more == "":
                break
            if more is not None and not several:
                text, judged = self._added(text, more, answers)
                continue
            text = self.describe() if more is None else more
            judged = self.judge(text, answers)
        return text, judged

    def _added(self, text: str, more: str, answers: Mapping[str, str]) -> tuple[str, Judged]:
        """Add to a description; what was added stands alone where only so something is read."""
        joined = f"{text}\n{more}"
        whole = self.judge(joined, answers)
        if whole.result.doubt in SILENT:
            alone = self.judge(more, answers)
            if alone.result.doubt not in SILENT:
                return more, alone
        return joined, whole

    def settle(self, text: str, judged: Judged) -> tuple[str, Judged] | None:
        """Ask what the description leaves open, until it is decided; `b` goes back a question.

        What was decided is named, and is still open to `b`; where nothing was asked, a person may
        have the questions decide alone. None: back to the description.
        """
        asked: list[str] = []
        while (said := self._next(judged, anew=not asked)) != TAKEN:
            answers = dict(judged.result.answers)
            if said == CLEAR:
                text, answers = "", {}
            elif said is not None:
                asked.append(judged.result.questions[0].id)
                answers[asked[-1]] = said
            elif asked:
                del answers[asked.pop()]
            else:
                return None
            judged = self.judge(text, answers)
        return text, judged

    def _next(self, judged: Judged, *, anew: bool) -> str | None:
        """Ask the next question, or whether what was decided is meant; None goes back."""
        if questions := judged.result.questions:
            return self._answer(questions[0])
        return self._decided(judged, anew=anew) if judged.result.cell else TAKEN

    def _answer(self, question: ClosedQuestion) -> str | None:
        return ask_closed(self.words, self.guideline, self.policy, question)

    def _decided(self, judged: Judged, *, anew: bool) -> str | None:
        """Name the cell that was decided, to be taken; None goes back.

        `anew`: nothing was asked, and `-` has it asked.
        """
        if anew:
            self._tell("classify.nothing-open")
        cell = self.guideline.cell(judged.result.candidates[0].cell)
        name = wording.cell_name(self.words, self.guideline, cell.id)
        console.say(f"\n  {name} {wording.cell_stance(self.words, self.guideline, cell)}".rstrip())
        if doubt := stances.doubt(self.words, self.guideline, cell):
            console.say(layout.indented(doubt, 2, layout.columns()))
        show_next_best(self.words, self.guideline, judged.result)

        def explain() -> None:
            for text in (cell.summary.text, cell.choose_when.text):
                console.say(layout.indented(self.words.pick(text), 2, layout.columns()))
            self._tell("classify.decided.anew" if anew else "classify.decided")

        def read(given: str) -> str:
            if given and not yes_or_no(self.words, folded(given)):
                raise AiguideError("unknown-key", key=given)
            return TAKEN

        label = self.words.say("prompt.decided.anew" if anew else "prompt.decided")
        keys = {CLEAR: lambda: CLEAR} if anew else {}
        return ask_until_read(self.words, lambda: label, explain, read, keys=keys)

    def _text(self, prompt: str, earlier: str = "") -> str | None:
        """Ask for a text that says something, or none; None goes back.

        Enter gives the `earlier` one, `-` then none.
        """

        def read(given: str) -> str:
            return description.telling(given) if given else ""

        label = self.words.say(prompt)
        keys = {CLEAR: lambda: ""} if earlier else {}

        def explain() -> None:
            self._tell("classify.explain-text")

        return ask_until_read(self.words, lambda: label, explain, read, earlier, keys=keys)

    def _tell_doubt(self, doubt: Doubt, judged: Judged) -> None:
        why = self.words.say(f"doubt.{doubt}")
        said = layout.indented(self.words.say("classify.undecided", why=why), 2, layout.columns())
        console.say("\n" + layout.paint(said, "bold"))
        self._tell("classify.split" if doubt is Doubt.MULTIPLE else f"classify.more.{doubt}")
        if doubt is Doubt.MULTIPLE:
            console.say()
            show_candidates(self.words, self.guideline, judged.result)

    def _tell(self, key: str) -> None:
        console.say("\n" + layout.indented(self.words.say(key), 2, layout.columns()))
