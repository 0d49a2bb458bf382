"""The questions of `aiguide init` at a terminal, one after the other, and back again."""

import shlex
from dataclasses import dataclass, field
from typing import Any

from aiguide.cli import console, layout
from aiguide.cli.conditions import ask_condition
from aiguide.cli.prompts import BACK, CLEAR, LEAVE, Cancelled, ask_until_read, is_key, listed, offer
from aiguide.core import ai_systems, wording
from aiguide.core.applicability import implied_conditions
from aiguide.core.classify import SILENT
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.words import Worded, Words
from aiguide.usecases import classifying, guidelines

TEXTS = ("name", "organization", "owner", "description")
CELLS = "cells"
OFFERED = 4


@dataclass(slots=True)
class Interview:
    """Asks for what `said` lacks of a project's facts, and writes it there.

    Everything but the name may be left empty. `asked` are the questions behind us, in order; what
    was said to one stays as what Enter keeps when it is asked again. Who leaves (Cancelled) has
    said what `said` has by then.
    """

    words: Words
    pack: Guideline
    policy: ClassificationPolicy | None
    said: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Ask until nothing is left to ask."""
        console.say("\n" + self._indented("init.intro") + "\n")
        self.said.setdefault("conditions", {})
        conditions = self._open_conditions()
        try:
            self._ask_all([*self._open_facts(), *conditions])
        finally:
            self._forget_implied(conditions)
        self._sum_up()

    def open_count(self) -> int:
        """Count what there is to ask."""
        return len(self._left([*self._open_facts(), *self._open_conditions()]))

    def _ask_all(self, wanted: list[str]) -> None:
        while left := self._left(wanted):
            if self._ask(left):
                self.asked.append(left[0])
            elif self.asked:
                self.asked.pop()
            else:
                console.say("  " + self.words.say("prompt.first"))

    def _forget_implied(self, asked: list[str]) -> None:
        """Drop what was answered before a cell was chosen that implies it."""
        for id in implied_conditions(self.pack, self.said.get(CELLS, ())):
            if id in asked:
                self.said["conditions"].pop(id, None)

    def _open_facts(self) -> list[str]:
        return [one for one in (*TEXTS, CELLS) if one not in self.said]

    def _open_conditions(self) -> list[str]:
        known = self.said.get("conditions", {})
        return [one.id for one in self.pack.conditions if one.id not in known]

    def options(self) -> list[str]:
        """Write what was said so far as options, to go on with."""
        texts = [one for one in TEXTS if one in self.said or one in self.asked]
        options = [f"--{one} {shlex.quote(self.said.get(one, ''))}" for one in texts]
        options += [
            f"--ai {shlex.quote(ai_systems.written(one))}" for one in self.said.get("ai", ())
        ]
        if self.said.get("cell_reason"):
            options.append(f"--cell-reason {shlex.quote(self.said['cell_reason'])}")
        options += [f"--cell {id}" for id in self.said.get(CELLS, ())]
        held = self.said["conditions"].items()
        return options + [f"--condition {id}={'yes' if holds else 'no'}" for id, holds in held]

    def _left(self, wanted: list[str]) -> list[str]:
        """Give what is still to be asked; what the cells imply is not."""
        implied = implied_conditions(self.pack, self.said.get(CELLS, ()))
        return [one for one in wanted if one not in self.asked and one not in implied]

    def _ask(self, left: list[str]) -> bool:
        """Ask the first question that is left; False goes back a question."""
        question = left[0]
        if question in TEXTS:
            return self._ask_text(question)
        return self._ask_cells() if question == CELLS else self._ask_condition(left)

    def _ask_text(self, question: str) -> bool:
        def read(given: str) -> bool:
            text = "" if is_key(given, CLEAR) else given
            if question == "name" and not text:
                raise AiguideError("needed")
            self.said[question] = text
            return True

        def explain() -> None:
            console.say(self._indented(f"init.explain.{question}"))

        earlier, label = self.said.get(question, ""), self.words.say(f"init.{question}")
        return ask_until_read(self.words, lambda: label, explain, read, earlier) is not None

    def _ask_cells(self) -> bool:
        """Offer the likeliest cells for the description, and let the person decide."""
        offered = self._offer()
        if self.said.get(CELLS):
            console.say("  " + self.words.say("prompt.kept", answer=self._names()))

        def list_all() -> None:
            offered.extend(cell.id for cell in self.pack.cells if cell.id not in offered)
            self._list_in_brief(offered)

        def read(given: str) -> bool:
            if given:
                cleared = is_key(given, CLEAR)
                self.said[CELLS] = () if cleared else self._chosen(given, offered)
                console.say("  " + self.words.say("init.chosen", cells=self._names()))
            return True

        def label() -> str:
            key = "prompt.cells.kept" if self.said.get(CELLS) else "prompt.cells"
            return self.words.say(key, most=len(offered))

        return ask_until_read(self.words, label, list_all, read) is not None

    def _offer(self) -> list[str]:
        """Show the cells that may be meant; all of them, in brief, where that cannot be told."""
        offered = self._likeliest()
        if offered:
            console.say("\n" + self._indented("init.cell"))
            offer([(id, self._described(id)) for id in offered])
            console.say(self._indented("init.cell.other"))
            return offered
        offered = [cell.id for cell in self.pack.cells]
        console.say("\n" + self._indented("init.cell.all"))
        if self.policy:
            self._list_in_brief(offered)
        else:
            offer([(id, self._described(id)) for id in offered])
        console.say(self._indented("init.cell.several"))
        return offered

    def _list_in_brief(self, offered: list[str]) -> None:
        """List cells by number, a line each, so that all of them stay on the screen."""
        cells = [self.pack.cell(id) for id in offered]
        stances = [wording.cell_stance(self.words, self.pack, cell) for cell in cells]
        broadest = max(map(layout.width, stances))
        for number, (cell, stance) in enumerate(zip(cells, stances, strict=True), 1):
            name = wording.cell_name(self.words, self.pack, cell.id)
            told = f"  {number:>2} {layout.pad(stance, broadest)} {name}"
            room = layout.columns() - 4 - layout.width(cell.id)
            console.say(layout.ends(layout.fit(told, room), cell.id, layout.columns() - 2))

    def _names(self) -> Worded:
        """Name the cells that were chosen."""
        cells = self.said.get(CELLS, ())
        names = [wording.cell_name(self.words, self.pack, id) for id in cells]
        return self.words.listing(names) if names else self.words.say("facts.none")

    def _likeliest(self) -> list[str]:
        """Give the cells to offer; none where the pack cannot tell, or the text says nothing."""
        if self.policy is None:
            return []
        text = " ".join(filter(None, (self.said.get("name"), self.said.get("description"))))
        result = classifying.classify(self.pack, self.policy, text, {})
        silent = result.doubt in SILENT
        return [] if silent else [one.cell for one in result.candidates[:OFFERED]]

    def _described(self, id: str) -> str:
        cell = self.pack.cell(id)
        stance = wording.cell_stance(self.words, self.pack, cell)
        name = wording.cell_name(self.words, self.pack, id)
        told = (cell.summary.text, cell.choose_when.text)
        return "\n".join((f"{name} {stance}".rstrip(), *map(self.words.pick, told)))

    def _chosen(self, given: str, offered: list[str]) -> tuple[str, ...]:
        """Read numbers, ids and titles of cells; shows what there is where one is none.

        Raises: AiguideError `no-such-cell`, `several-meant`.
        """
        try:
            return (guidelines.cell_meant(self.pack, given),)
        except AiguideError:
            chosen = [self._one_chosen(one, offered) for one in listed(given)]
        return tuple(dict.fromkeys(chosen))

    def _one_chosen(self, given: str, offered: list[str]) -> str:
        numbers = {str(number): id for number, id in enumerate(offered, 1)}
        if given in numbers:
            return numbers[given]
        try:
            return guidelines.cell_meant(self.pack, given)
        except AiguideError as error:
            if error.code != "unknown-cell":
                raise
            self._list_in_brief(offered)
            near = error.args_said["near"]
            raise AiguideError("no-such-cell", id=given, near=near, most=len(offered)) from None

    def _ask_condition(self, left: list[str]) -> bool:
        if not self.asked or self.asked[-1] in (*TEXTS, CELLS):
            console.say("\n" + self._indented("init.conditions"))
        condition = self.pack.condition(left[0])
        earlier = self.said["conditions"].get(condition.id)
        keys = BACK + LEAVE
        answer = ask_condition(self.words, condition, len(left), keys, earlier=earlier)
        if answer == LEAVE:
            raise Cancelled
        if isinstance(answer, bool):
            self.said["conditions"][condition.id] = answer
        elif answer == CLEAR:
            self.said["conditions"].pop(condition.id, None)
        return answer != BACK

    def _sum_up(self) -> None:
        """Show the cells and the conditions as they were understood."""
        held: dict[bool, list[str]] = {True: [], False: []}
        for id, holds in self.said["conditions"].items():
            held[holds].append(self.words.pick(self.pack.condition(id).title))
        known = {*self.said["conditions"], *implied_conditions(self.pack, self.said.get(CELLS, ()))}
        left = [self.words.pick(one.title) for one in self.pack.conditions if one.id not in known]
        rows = (("holds", held[True]), ("lacks", held[False]), ("open", left))
        console.say()
        label = self.words.say("init.sum.cells")
        console.say(layout.hanging(label, self._names(), 2, 16, layout.columns()))
        for key, names in rows:
            label = self.words.say(f"init.sum.{key}")
            text = self.words.listing(names) or self.words.say("init.sum.none")
            console.say(layout.hanging(label, text, 2, 16, layout.columns()))
        console.say()

    def _indented(self, key: str) -> str:
        return layout.indented(self.words.say(key), 2, layout.columns())
