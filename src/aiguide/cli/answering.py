"""Giving one item its answer during a walk: asked field by field, and saved at once."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.draft import EVIDENCE, Draft
from aiguide.cli.form import KEYS, NOTE, Form
from aiguide.cli.leftover import Leftover, joined
from aiguide.cli.others_meanwhile import OthersMeanwhile
from aiguide.cli.prompts import Cancelled
from aiguide.cli.replacing import (
    TEXT_SHOWN,
    ask_to_overwrite,
    carried,
    labelled,
    sure_to_replace,
)
from aiguide.cli.session import stamp
from aiguide.cli.unsaved_told import written
from aiguide.core.answers import (
    OF_ANY_STATUS,
    OF_ONE_STATUS,
    Said,
    anew,
    answered,
    at_stake,
    mark,
)
from aiguide.core.checklist import Question
from aiguide.core.errors import AiguideError
from aiguide.core.evidence import fates
from aiguide.core.guideline import Item
from aiguide.core.project import Answer, Entry, Evidence, Status
from aiguide.core.words import Words, shortened
from aiguide.usecases import project_evidence, projects
from aiguide.usecases.projects import Opened

REWRITTEN = (NOTE, "reason")  # texts that somebody has thought about
AROUND_TITLE = 40  # columns of the line that says what was saved
REFUSED = ("answer-lacks", "exception-only")  # how the errors begin that say no to an answer


@dataclass(slots=True)
class Answering:
    """Who answers (`by`), and on what day (`YYYY-MM-DD`); `pause` says something and waits.

    `keep` takes a text that was typed where none is asked for, and tells whether it is kept.
    `form` is the answer being given, if one is, to `item` after `key`. `made` are the steps that
    were recorded, `leftover` is what was typed and was not. `typed_over` stood when what is offered
    again was typed, or has been shown since and is to be replaced. `lines` were told of the answer
    just saved.
    """

    words: Words
    by: str
    today: str
    pause: Callable[[str], None]
    keep: Callable[[str], bool]
    form: Form | None = None
    item: Item | None = None
    key: str = ""
    made: list[Entry] = field(default_factory=list)
    leftover: Leftover = field(default_factory=Leftover)
    typed_over: Answer | None = None
    lines: int = 0

    def answer(self, opened: Opened, question: Question, key: str) -> tuple[Opened, bool]:
        """Make the answer that a key leads to; nothing said changes nothing.

        Gives the project as it is then, and whether the question was given a status.
        Raises: Cancelled where the person leaves the walk.
        """
        if not self._sure_to_replace(question.answer, KEYS[key][0]):
            return opened, False
        self._tell_signature(question.answer, KEYS[key][0])
        form = self.form = self._begun(opened, question, key)
        try:
            done = self._asked(opened, question, form)
        except (Cancelled, KeyboardInterrupt, EOFError, OSError):
            self._keep_refused(form)
            raise
        self.form = None
        return done

    def _begun(self, opened: Opened, question: Question, key: str) -> Form:
        """Begin the answer that a key leads to, with what is offered again."""
        earlier = question.answer or Answer(Status.OPEN)
        again = self.leftover.taken_up(question.item.id, key, earlier)
        self.item, self.key = question.item, key
        was_asked = at_stake(question.answer, KEYS[key][0], stamp(self.by).by, self.today)
        self.typed_over = question.answer if was_asked else again.earlier
        draft = replace(again, earlier=earlier, bad=question.bad_evidence)
        attach = partial(project_evidence.typed, opened.path)
        return Form(self.words, draft, attach, self.today, opened.path.parent)

    def _asked(self, opened: Opened, question: Question, form: Form) -> tuple[Opened, bool]:
        """Ask for the fields of an answer, and save it; gives what `answer` does."""
        id, offered = question.item.id, form.draft.typed.get(EVIDENCE, "")
        said = self._said(question.item, form, KEYS[self.key][1])
        if said is None:
            self._tell_refused(id, form, stays=True)
            self._put_by(id, self.key, form.draft)
            return opened, False
        self._keep_named(id, offered, said, form.attach)
        done = self._save(opened, question, said, self.key)
        self._tell_refused(id, form, stays=not done[1])
        return done

    def cut_item(self) -> Item | None:
        """Give the item for which something was being typed that was cut off, if there is one."""
        return self.item if self.form and self.form.cut else None

    def _keep_named(
        self, id: str, offered: str, said: Said, attach: Callable[[str], Evidence]
    ) -> None:
        """Keep evidence that was offered where another piece was given: a field takes but one."""
        if not (offered and said.evidence):
            return
        with suppress(AiguideError):  # half of a name is none
            if attach(offered).target not in [one.target for one in said.evidence]:
                self.leftover.named[id] = offered
                self.tell(self.words.say("check.evidence-left", value=offered))

    def _tell_refused(self, id: str, form: Form, *, stays: bool) -> None:
        """Say what a field refused and nothing else was given for; a sentence is kept as a note.

        `stays` tells whether the keys are for the item yet.
        """
        for name, text in form.refused.items():
            if form.values.get(name):
                continue
            shown, key = shortened(text, TEXT_SHOWN), "check.refused"
            if name == EVIDENCE and form.sentence:
                self.leftover.keep_note(id, text)
                key = "check.evidence-noted" if stays else "check.evidence-noted.back"
            field_name = self.words.say(f"answer.{name}")
            self.tell(self.words.say(key, value=shown, field=field_name))

    def _keep_refused(self, form: Form) -> None:
        """Keep a sentence that was typed as evidence where somebody leaves before it is noted."""
        if self.item is None or not (text := form.sentence) or form.values.get(EVIDENCE):
            return
        if self.form and NOTE in KEYS[self.key][1]:
            note = form.draft.typed.get(NOTE, form.draft.earlier.note)
            form.draft.typed[NOTE] = joined(note, text)
        else:
            self.leftover.keep_note(self.item.id, text)

    def _put_by(self, id: str, key: str, draft: Draft) -> None:
        """Say that nothing was changed, and keep what was typed for when the key is pressed again.

        A cleared field is not kept: Enter would clear it, and nothing in [ ] would say so.
        """
        told = "check.cancelled"
        if (kept := draft.news()).typed:
            self.leftover.put_by[id, key] = kept
            told = "check.put-by"
        self.pause(self.words.say(told))

    def _said(self, item: Item, form: Form, names: tuple[str, ...]) -> Said | None:
        """Ask for the fields of an item; None where nothing was said, or too little."""
        if names:
            self.tell(layout.paint(self.words.pick(item.title), "bold"))
            self.tell(form.how(names))
        said = None
        while form.filled(names) and (said := form.said()) is None and form.lacks_proof:
            self.tell(self.words.say("check.needs-proof"))
        return said

    def _save(
        self, opened: Opened, question: Question, said: Said, key: str
    ) -> tuple[Opened, bool]:
        id = question.item.id
        others = self._others(opened, question)
        try:
            saved, stood, agreed = self._recorded(opened, question, said, others)
        except AiguideError as error:
            if self.form and error.code.startswith(REFUSED):
                self.leftover.put_by[id, key] = self.form.draft.news()
            elif self.form:
                self.leftover.unsaved[id] = self.leftover.beside_unsaved(id, self.form.draft)
            show_at_prompt(self.words, error)
            self.pause("")
            return opened, False
        if not agreed:
            self._decline(saved, question.item, key)
            return saved, False
        self.form, self.lines = None, 0
        stands = saved.project.answers[id]
        self.leftover.forget_saved(id, said, KEYS[key][1], stands)
        if stands == stood:
            self.tell(others.unchanged(saved))
        else:
            self.made.append(saved.project.history[-1])
            self._tell_saved(saved, question, said, stood)
        # where somebody else was at the question meanwhile, it stays: the next key is for it
        if told := others.told(saved, stood):
            self.pause(told)
        return saved, said.status is not None and not told

    def _others(self, opened: Opened, question: Question) -> OthersMeanwhile:
        accepted = self.form.draft.accepted if self.form else {}
        by = stamp(self.by).by
        return OthersMeanwhile(
            words=self.words,
            opened=opened,
            question=question,
            typed_over=self.typed_over,
            accepted=accepted,
            made=self.made,
            by=by,
            today=self.today,
        )

    def _recorded(
        self, opened: Opened, question: Question, said: Said, others: OthersMeanwhile
    ) -> tuple[Opened, Answer | None, bool]:
        """Record an answer, and ask before it replaces one that others gave meanwhile.

        Gives the project as it is then, the answer that stood, and whether the person agreed.
        """
        while True:
            fresh = projects.open_again(opened)
            stands = fresh.project.answers.get(question.item.id)
            meant = others.with_emptied(stands, said)
            asked = others.asked_about(fresh, stands, meant, is_more=meant != said)
            if asked is not None:
                self.tell(asked)
                given = answered(stands, meant, question.item.digest)
                was = stands or Answer(Status.OPEN)
                if not ask_to_overwrite(self.words, was, given, self.keep):
                    return fresh, stands, False
            try:
                who, seen = stamp(self.by), mark(stands)
                saved = projects.record_answer(opened, question.item, meant, who, seen)
            except AiguideError as error:
                if (
                    error.code != "answer-overtaken"
                ):  # by somebody who was quicker: asked about anew
                    raise
            else:
                return saved, stands, True

    def _decline(self, opened: Opened, item: Item, key: str) -> None:
        """Keep what the person did not want in place of somebody else's answer, and say so."""
        if self.form:
            stands = opened.project.answers.get(item.id, self.form.draft.earlier)
            self.leftover.put_by[item.id, key] = draft = self.form.draft.over(stands)
            given = written(self.words, opened, item, draft, self.by)
            self.tell(self.words.say("check.declined"))
            console.say(f"    {given}")
            self.pause("")

    def _sure_to_replace(self, standing: Answer | None, status: Status | None) -> bool:
        by = stamp(self.by).by
        return sure_to_replace(self.words, standing, status, by, self.today, self.keep)

    def _tell_signature(self, standing: Answer | None, status: Status | None) -> None:
        """Say before somebody adds to another person's answer that it will carry their name."""
        by = stamp(self.by).by
        if standing is None or standing.by in ("", by):
            return
        if status is None or status is standing.status is not Status.OPEN:
            self.tell(self.words.say("check.signature", earlier=standing.by, name=by))

    def _tell_saved(
        self, saved: Opened, question: Question, said: Said, stood: Answer | None
    ) -> None:
        """Say what was saved of which item, and what somebody else had answered meanwhile."""
        standing = saved.project.answers[question.item.id]
        label = self.words.say(f"status.{standing.status.value}")
        key = "check.saved" if said.status else "check.saved-in"
        title = layout.fit(self.words.pick(question.item.title), layout.columns() - AROUND_TITLE)
        self.tell(self.words.say(key, item=title, status=label))
        for fate, old, new in fates(stood.evidence if stood else (), standing.evidence):
            self.tell(self.words.say(f"check.evidence-{fate.value}", old=old, new=new))
        told = anew(question.answer, saved.overtaken) if saved.overtaken else ()
        self._tell_carried(question.answer, said, standing, told)
        if stood and saved.overtaken is None:
            self._tell_dropped(stood, standing)

    def _tell_carried(
        self, seen: Answer | None, said: Said, standing: Answer, told: Sequence[str]
    ) -> None:
        """Say which fields of the answer before stand on, where the form did not show them so.

        What is to be `told` otherwise is left out.
        """
        asked = next((names for status, names in KEYS.values() if status is said.status), ())
        names = [
            name
            for name in OF_ANY_STATUS
            if name not in told
            if name not in asked or getattr(standing, name) != getattr(seen, name, None)
        ]
        if said.status and (fields := carried(self.words, said, standing, names)):
            whose = seen.by if seen else ""
            key = "check.carried" if whose in ("", stamp(self.by).by) else "check.carried.others"
            self.tell(self.words.say(key, fields=fields, name=whose))

    def _tell_dropped(self, stood: Answer, standing: Answer) -> None:
        """Say which fields are gone: cleared, not kept with another status, or written anew."""
        names = (*OF_ANY_STATUS, *OF_ONE_STATUS)
        gone = [one for one in names if getattr(stood, one) and not getattr(standing, one)]
        if gone:
            fields = labelled(self.words, stood, gone)
            self.tell(self.words.say("check.dropped", fields=fields))
        was = [
            one for one in REWRITTEN if _is_rewritten(getattr(stood, one), getattr(standing, one))
        ]
        if was:
            fields = labelled(self.words, stood, was)
            self.tell(self.words.say("check.written-over", fields=fields))

    def tell(self, said: str) -> None:
        """Say something that is to stay on the screen of the next item."""
        told = self._indented(said)
        self.lines += len(told.splitlines())
        console.say(told)

    def _indented(self, said: str) -> str:
        return layout.indented(said, 2, layout.columns())


def _is_rewritten(text: str | None, now: str | None) -> bool:
    """Tell whether a text has given way to another one that does not hold it."""
    return bool(text and now and text not in now)
