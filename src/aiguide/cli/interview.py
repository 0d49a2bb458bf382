"""The questions of `aiguide init` at a terminal, one after the other, and back again."""

import shlex
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_error
from aiguide.cli.conditions import ask_condition
from aiguide.cli.prompts import ask, listed, offer
from aiguide.core import wording
from aiguide.core.applicability import implied_conditions
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.words import Words
from aiguide.usecases import classifying, guidelines

TEXTS = ("name", "organization", "owner", "description")
CELLS = "cells"
OFFERED = 4
BACK = "b"


def goes_back(given: str) -> bool:
    """Tell whether the key that goes back was typed, of whichever width and case."""
    return normalize("NFKC", given).lower() == BACK


@dataclass(slots=True)
class Interview:
    """Asks for what `said` lacks of a project's facts, and writes it there.

    Everything but the name may be left empty. `asked` are the questions behind us, in order.
    """

    words: Words
    pack: Guideline
    policy: ClassificationPolicy
    said: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Ask until nothing is left to ask."""
        console.say("\n" + self._indented("init.intro") + "\n")
        conditions = self.said.setdefault("conditions", {})
        open_facts = [one for one in (*TEXTS, CELLS) if one not in self.said]
        open_conditions = [one.id for one in self.pack.conditions if one.id not in conditions]
        while left := self._left(open_facts, open_conditions):
            if self._ask(left):
                self.asked.append(left[0])
            elif self.asked:
                self._forget(self.asked.pop())

    def options(self) -> list[str]:
        """Write what was said so far as options, to go on with."""
        options = [f"--{one} {shlex.quote(self.said[one])}" for one in TEXTS if one in self.said]
        options += [f"--cell {id}" for id in self.said.get(CELLS, ())]
        held = self.said["conditions"].items()
        return options + [f"--condition {id}={'yes' if holds else 'no'}" for id, holds in held]

    def _left(self, facts: list[str], conditions: list[str]) -> list[str]:
        """Give what is still to be asked; what the cells imply is not."""
        implied = implied_conditions(self.pack, self.said.get(CELLS, ()))
        wanted = [*facts, *(id for id in conditions if id not in implied)]
        return [one for one in wanted if one not in self.asked]

    def _ask(self, left: list[str]) -> bool:
        """Ask the first question that is left; False goes back a question."""
        question = left[0]
        if question in TEXTS:
            return self._ask_text(question)
        return self._ask_cells() if question == CELLS else self._ask_condition(left)

    def _forget(self, question: str) -> None:
        """Drop a choice that is asked for again; a text stays, to be offered."""
        if question not in TEXTS:
            self.said.pop(question, None)
            self.said["conditions"].pop(question, None)

    def _ask_text(self, question: str) -> bool:
        while True:
            given = ask(self.words.say(f"init.{question}"), self.said.get(question, ""))
            if goes_back(given):
                return False
            if given:
                self.said[question] = given
            if given or question != "name":
                return True
            console.say("  " + self.words.say("prompt.needed"))

    def _ask_cells(self) -> bool:
        """Offer the likeliest cells for the description, and let the person decide."""
        text = " ".join(filter(None, (self.said.get("name"), self.said.get("description"))))
        ranked = classifying.classify(self.pack, self.policy, text, {}).candidates
        offered = [one.cell for one in ranked[:OFFERED]]
        console.say("\n" + self._indented("init.cell"))
        offer([(id, self._described(id)) for id in offered])
        console.say(self._indented("init.cell.other"))
        while True:
            given = ask(self.words.say("prompt.cells", most=len(offered)))
            if not given or goes_back(given):
                return not given
            try:
                self.said[CELLS] = self._chosen(given, offered)
                return True
            except AiguideError as error:
                show_error(self.words, error)

    def _described(self, id: str) -> str:
        cell = self.pack.cell(id)
        stance = wording.stance_name(self.words, self.pack.stance(cell.stance.id))
        name = wording.cell_name(self.words, self.pack, id)
        return f"{name} {stance}\n{self.words.pick(cell.summary.text)}"

    def _chosen(self, given: str, offered: list[str]) -> tuple[str, ...]:
        """Read numbers, ids and titles of cells. Raises: AiguideError `unknown-cell`."""
        numbers = {str(number): id for number, id in enumerate(offered, 1)}
        try:
            chosen = [guidelines.cell_meant(self.pack, given)]
        except AiguideError:
            chosen = [
                numbers.get(one) or guidelines.cell_meant(self.pack, one) for one in listed(given)
            ]
        return tuple(dict.fromkeys(chosen))

    def _ask_condition(self, left: list[str]) -> bool:
        if not self.asked or self.asked[-1] in (*TEXTS, CELLS):
            console.say("\n" + self._indented("init.conditions"))
        condition = self.pack.condition(left[0])
        answer = ask_condition(self.words, condition, len(left), BACK)
        if isinstance(answer, bool):
            self.said["conditions"][condition.id] = answer
        return answer != BACK

    def _indented(self, key: str) -> str:
        return layout.indented(self.words.say(key), 2, layout.columns())
