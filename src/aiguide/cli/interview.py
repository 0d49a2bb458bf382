"""The questions of `aiguide init` at a terminal, one after the other, and back again."""

from dataclasses import dataclass, field
from typing import Any

from aiguide.cli import console, layout
from aiguide.cli.conditions import ask_condition
from aiguide.cli.prompts import (
    BACK,
    CLEAR,
    LEAVE,
    UNDO,
    Cancelled,
    ask_until_read,
    is_key,
    is_slip,
    listed,
    make_sure,
)
from aiguide.core import wording
from aiguide.core.applicability import Truth, implied_conditions, situation_of
from aiguide.core.classify import SILENT
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.words import Worded, Words
from aiguide.usecases import classifying, guidelines

TEXTS = ("name", "organization", "owner", "description")
CELLS, REASON = "cells", "cell_reason"
FACTS = (*TEXTS, CELLS, REASON)
OPTIONS = {one: one.replace("_", "-") for one in FACTS} | {CELLS: "cell"}
OFFERED = 4
PROMPT_LINES = 2  # of the question itself, which may go on to a second line
# The rows of what was understood, in order.
ROWS = {
    Truth.DECLARED: "holds",
    Truth.IMPLIED: "holds",
    Truth.FALSE: "lacks",
    Truth.UNANSWERED: "open",
}


@dataclass(slots=True)
class Interview:
    """Asks for what `said` lacks of a project's facts, and writes it there.

    Everything but the name may be left empty. `asked` are the questions behind us, in order; what
    was said to one stays as what Enter keeps when it is asked again. Who leaves (Cancelled) has
    said what `said` has by then. `changing`: the command by which to change what was answered
    before these questions, where there is a project that it changes. `half` is the text that an
    interrupt has cut off, by its question: nothing of it where the terminal has not kept it.
    `offered` is what it cut off last time: what Enter takes.
    """

    words: Words
    pack: Guideline
    policy: ClassificationPolicy | None
    said: dict[str, Any]
    asked: list[str] = field(default_factory=list)
    changing: str = ""
    half: dict[str, str] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Ask until nothing is left to ask."""
        console.say("\n" + self._indented("init.intro") + "\n")
        self.said.setdefault("conditions", {})
        facts, conditions = self._open_facts(), self._open_conditions()
        try:
            self._ask_all([*facts, *conditions])
        finally:
            self._forget(facts, conditions)

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
                self._tell_first(wanted)

    def _tell_first(self, wanted: list[str]) -> None:
        """Say that no question comes before this one, and how to change what was said before."""
        console.say("  " + self.words.say("prompt.first"))
        known = [f"--{OPTIONS[one]}" for one in FACTS if one in self.said and one not in wanted]
        known += ["--condition"] if self.said["conditions"].keys() - set(wanted) else []
        if self.changing and known:
            options = self.words.listing(known)
            before = self.words.say("init.before", command=self.changing, options=options)
            console.say(layout.indented(before, 2, layout.columns()))

    def _forget(self, facts: list[str], conditions: list[str]) -> None:
        """Drop what was answered before a cell was chosen that implies it, or before none was."""
        for id in implied_conditions(self.pack, self.said.get(CELLS, ())):
            if id in conditions:
                self.said["conditions"].pop(id, None)
        if REASON in facts and not self.said.get(CELLS):
            self.said.pop(REASON, None)

    def _open_facts(self) -> list[str]:
        return [one for one in FACTS if one not in self.said]

    def _open_conditions(self) -> list[str]:
        known = self.said.get("conditions", {})
        return [one.id for one in self.pack.conditions if one.id not in known]

    def told(self) -> dict[str, Any]:
        """Give the facts that were said so far; what was left empty, too, where it was a text.

        What an interrupt has cut off is among them.
        """
        texts = [one for one in TEXTS if one in self.said or one in self.asked]
        others = {name: one for name, one in self.said.items() if one and name not in TEXTS}
        return {one: self.said.get(one, "") for one in texts} | others | self.kept()

    def kept(self) -> dict[str, str]:
        """Give what the terminal has kept of the text that an interrupt has cut off."""
        return {question: text for question, text in self.half.items() if text}

    def _left(self, wanted: list[str]) -> list[str]:
        """Give what is still to be asked: not what the cells imply, nor why there are none."""
        cells = self.said.get(CELLS, ())
        beside = {*implied_conditions(self.pack, cells), *(() if cells else (REASON,))}
        return [one for one in wanted if one not in self.asked and one not in beside]

    def _ask(self, left: list[str]) -> bool:
        """Ask the first question that is left; False goes back a question."""
        question = left[0]
        if question == CELLS:
            return self._ask_cells()
        return self._ask_text(question) if question in FACTS else self._ask_condition(left)

    def _ask_text(self, question: str) -> bool:
        key = OPTIONS[question]

        def read(given: str) -> bool:
            if question == "name" and not given:
                raise AiguideError("needed")
            if given != earlier and is_slip(self.words, given):
                try:
                    other = make_sure(self.words, "answer.is-key", given, f"init.{key}")
                except (Cancelled, KeyboardInterrupt, EOFError, OSError):
                    self.half[question] = given
                    raise
                given = other or given
            self.said[question] = given
            return True

        def cut(half: str | None) -> None:
            if half != "":
                self.half[question] = half or ""

        def explain() -> None:
            console.say(self._indented(f"init.explain.{key}"))
            console.say(self._indented("prompt.as-text"))

        if question == REASON and self.asked[-1:] != [CELLS]:
            console.say("  " + self.words.say("init.chosen", cells=self._names()))
        label = self.words.say(f"init.{key}")
        earlier = self.said.get(question) or self.offered.get(question, "")
        keys = {CLEAR: lambda: read("")}
        done = ask_until_read(self.words, lambda: label, explain, read, earlier, keys=keys, cut=cut)
        return done is not None

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
        offered, is_decided = self._likeliest()
        if offered:
            heading = "init.cell" if is_decided else "init.cell.doubt"
            self._list_described(heading, offered, "init.cell.other")
            return offered
        offered = [cell.id for cell in self.pack.cells]
        if not self.policy:
            self._list_described("init.cell.all", offered, "init.cell.several")
            return offered
        console.say("\n" + self._indented("init.cell.all"))
        self._list_in_brief(offered)
        console.say(self._indented("init.cell.several"))
        return offered

    def _list_described(self, heading: str, offered: list[str], ending: str) -> None:
        """List cells with when to choose each, and with what each is where the screen has room."""
        note = self._note(offered)
        for whole in (True, False):
            cells = [self._described(number, id, whole) for number, id in enumerate(offered, 1)]
            told = "\n".join((self._indented(heading), *cells, *note, self._indented(ending)))
            if told.count("\n") + 1 + PROMPT_LINES <= layout.rows():
                break
        console.say("\n" + told)

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
        for line in self._note(offered):
            console.say(line)

    def _note(self, offered: list[str]) -> list[str]:
        """Say what the mark of an inferred stance means, on a line, where one is among these."""
        note = wording.inferred_note(self.words, map(self.pack.cell, offered))
        return [layout.indented(note, 2, layout.columns())] if note else []

    def _names(self) -> Worded:
        """Name the cells that were chosen."""
        cells = self.said.get(CELLS, ())
        names = [wording.cell_name(self.words, self.pack, id) for id in cells]
        return self.words.listing(names) if names else self.words.say("facts.none")

    def _likeliest(self) -> tuple[list[str], bool]:
        """Give the cells to offer, and whether `classify` would decide for the first of them.

        None where the pack cannot tell, or the text says nothing.
        """
        if self.policy is None:
            return [], False
        text = self.said.get("description") or self.said.get("name") or ""
        result = classifying.classify(self.pack, self.policy, text, {})
        offered = () if result.doubt in SILENT else result.candidates[:OFFERED]
        return [one.cell for one in offered], result.cell is not None

    def _described(self, number: int, id: str, whole: bool) -> str:
        cell, columns = self.pack.cell(id), layout.columns()
        stance = wording.cell_stance(self.words, self.pack, cell)
        name = wording.cell_name(self.words, self.pack, id)
        head = layout.ends(f"{name} {stance}".rstrip(), id, columns - 7)
        head = layout.hanging(f"{number}", head, 2, 3, columns)
        told = (cell.summary.text, cell.choose_when.text) if whole else (cell.choose_when.text,)
        return "\n".join(
            (head, *(layout.indented(self.words.pick(one), 5, columns) for one in told))
        )

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
        if not self.asked or self.asked[-1] in FACTS:
            console.say("\n" + self._indented("init.conditions"))
        condition = self.pack.condition(left[0])
        earlier = self.said["conditions"].get(condition.id)
        answer = ask_condition(self.words, condition, len(left), earlier=earlier)
        if answer == LEAVE:
            raise Cancelled
        if isinstance(answer, bool):
            self.said["conditions"][condition.id] = answer
        elif answer == CLEAR:
            self.said["conditions"].pop(condition.id, None)
        return answer not in (BACK, UNDO)

    def sum_up(self) -> None:
        """Show the cells and the conditions as they were understood."""
        now = situation_of(self.pack, self.said.get(CELLS, ()), self.said["conditions"])
        told: dict[str, list[str]] = {row: [] for row in dict.fromkeys(ROWS.values())}
        for condition in self.pack.conditions:
            truth, title = now.conditions[condition.id], self.words.pick(condition.title)
            if truth is Truth.IMPLIED:
                title = self.words.say("init.sum.implied", condition=condition.title)
            told[ROWS[truth]].append(title)
        console.say()
        label = self.words.say("init.sum.cells")
        console.say(layout.hanging(label, self._names(), 2, 16, layout.columns()))
        for key, names in told.items():
            label = self.words.say(f"init.sum.{key}")
            text = self.words.listing(names) or self.words.say("init.sum.none")
            console.say(layout.hanging(label, text, 2, 16, layout.columns()))
        console.say()

    def _indented(self, key: str) -> str:
        return layout.indented(self.words.say(key), 2, layout.columns())
