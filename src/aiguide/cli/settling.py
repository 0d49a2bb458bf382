"""Asking during a walk for the conditions that decide which of its items there are."""

from collections.abc import Callable
from dataclasses import dataclass, field

from aiguide.cli import console
from aiguide.cli.as_commands import fact_options, set_command
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.conditions import ask_condition, tell_set_aside
from aiguide.cli.meanwhile import Meanwhile
from aiguide.cli.pausing import Pausing
from aiguide.cli.prompts import BACK, CLEAR, LEAVE, UNDO
from aiguide.cli.session import stamp
from aiguide.core.applicability import hanging_on, open_conditions, released_by
from aiguide.core.errors import AiguideError
from aiguide.core.project import Entry
from aiguide.core.words import Words
from aiguide.usecases import project_facts, projects
from aiguide.usecases.projects import Opened

# What took a step back: the project then, the step if there is one, and what to say of it.
Undone = tuple[Opened, Entry | None, str]


@dataclass(slots=True)
class Settling:
    """Asks for the open conditions on which items of `phase` hang; each answer is saved at once.

    `by` answers, on the day `today` (`YYYY-MM-DD`); `undo` takes back the last step. `made` are the
    steps that were recorded. `passed` are the conditions that are not asked (again), `unsaved` maps
    conditions to the answers that could not be saved. `behind` are the questions behind us, `again`
    those gone back to.
    """

    words: Words
    by: str
    today: str
    phase: str
    pausing: Pausing
    meanwhile: Meanwhile
    undo: Callable[[Opened], Undone]
    made: list[Entry]
    opened: Opened
    passed: set[str] = field(default_factory=set)
    unsaved: dict[str, bool | None] = field(default_factory=dict)
    behind: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)

    def settle(self, opened: Opened) -> tuple[Opened, bool]:
        """Ask until nothing is open; gives the project then, and False to leave the walk."""
        self.opened, self.behind, self.again = opened, [], []
        while left := self._left():
            said = self.pausing.taken() or self._asked(left)
            if said == LEAVE:
                return self.opened, False
            self._follow(said, left[0])
            self._catch_up()
        return self.opened, self.pausing.typed != LEAVE

    def pass_over(self, opened: Opened) -> None:
        """Ask for nothing of what is open now."""
        self.opened = opened
        self.passed.update(self._left())

    def not_saved(self, opened: Opened) -> list[str]:
        """Write the commands that record the answers that could not be saved."""
        said = [fact_options({"conditions": {id: holds}}) for id, holds in self.unsaved.items()]
        return [set_command(opened.path, options, self.by) for options in said]

    def _left(self) -> list[str]:
        now = self.opened.checklist(self.today).situation
        ahead = open_conditions(self.opened.guideline, now, self.phase)
        return [*self.again, *(id for id in ahead if id not in self.passed | {*self.again})]

    def _asked(self, left: list[str]) -> bool | str | None:
        """Ask for the first condition that is left, saying what hangs on it."""
        id, pack = left[0], self.opened.guideline
        now = self.opened.checklist(self.today).situation
        return ask_condition(
            self.words,
            pack.condition(id),
            len(left),
            count=len(released_by(pack, now, id)),
            joint=len(hanging_on(pack, now, id)),
            earlier=self.opened.project.conditions.get(id),
        )

    def _follow(self, said: bool | str | None, id: str) -> None:
        """Do what was typed at a condition."""
        if said == UNDO:
            self._take_back()
        elif said == BACK and self.behind:
            self.again.insert(0, self.behind.pop())
        elif said == BACK:
            console.say("  " + self.words.say("prompt.first"))
        else:
            self._take(id, None if said == CLEAR else said)
            self.behind.append(id)
            self.again = self.again[1:]

    def _take_back(self) -> None:
        try:
            self.opened, step, told = self.undo(self.opened)
        except AiguideError as error:
            self._complain(error)
            return
        if step:
            self.behind, self.again = [], []
            self.pausing.wait_undone(told)

    def _take(self, id: str, said: bool | str | None) -> None:
        """Record an answer, unless somebody else's stands by now and may stay.

        None is not known, which is asked no more.
        """
        holds = said if isinstance(said, bool) else None
        if holds is None:
            self.passed.add(id)
            if self.opened.project.conditions.get(id) is None:
                return
        try:
            while not self._recorded(id, holds):
                self.opened = projects.open_again(self.opened)
                if not self.meanwhile.sure_to_replace(self.opened, id, holds):
                    break
            self.unsaved.pop(id, None)
        except AiguideError as error:
            self.passed.add(id)
            self.unsaved[id] = holds
            self._complain(error)

    def _recorded(self, id: str, holds: bool | None) -> bool:
        """Record an answer to a condition; False where somebody else has answered it meanwhile."""
        facts, before = {"conditions": {id: holds}}, self.opened.checklist(self.today)
        try:
            changed = project_facts.change(self.opened, facts, stamp(self.by), as_seen=True)
        except AiguideError as error:
            if error.code != "facts-overtaken":
                raise
            return False
        self.opened, steps = changed
        self.made += steps
        tell_set_aside(self.words, before, self.opened.checklist(self.today))
        return True

    def _catch_up(self) -> None:
        """Take in what others have saved, and say what concerns us."""
        try:
            self.opened = projects.open_again(self.opened)
        except AiguideError as error:
            self._complain(error)
            return
        if told := self.meanwhile.told(self.opened):
            self.pausing.wait_before_next(told)

    def _complain(self, error: AiguideError) -> None:
        """Say what was wrong, and wait."""
        show_at_prompt(self.words, error)
        self.pausing.wait_before_next()
