"""Telling what was typed in a walk and is not saved: each by a command, and as it was typed."""

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from aiguide.cli import layout
from aiguide.cli.as_commands import answer_command, signed
from aiguide.cli.draft import Draft
from aiguide.cli.form import KEYS, NOTE
from aiguide.cli.options import BLANK, command
from aiguide.core.answers import SETTLING, is_barred, is_stale, missing_fields
from aiguide.core.attestation import WHOLE, mapping
from aiguide.core.guideline import Item
from aiguide.core.manifest import read_answer
from aiguide.core.project import Answer, Status
from aiguide.core.words import Words
from aiguide.usecases.projects import Opened
from aiguide.usecases.untold import Told

if TYPE_CHECKING:
    from aiguide.cli.answering import Answering


def half_typed(answering: "Answering", opened: Opened) -> Iterator[Told]:
    """Tell what of the answer that was being given is not saved.

    What was typed of it so far is given as a command, what it still lacks as a blank there.
    """
    form, item, words = answering.form, answering.item, answering.words
    if form is None or item is None:
        return
    stands = opened.project.answers.get(item.id) or Answer(Status.OPEN)
    draft = answering.leftover.beside_unsaved(item.id, form.draft.over(stands))
    if draft.options():
        at = (item, answering.key)
        yield _told(answering, opened, "half-given", at, draft, form.draft.earlier)
    cut = dict([form.half] if form.half else [])
    yield from _halves(words, item, answering.key, form.draft, cut)
    if file := form.sheet.file:
        key = "check.half-in-editor" if form.sheet.has_more else "check.half-in-file"
        line = _indented(words.say(key, item=item.title, file=str(file)))
        note = [f'--note "$(cat {shlex.quote(str(file))})"', *signed(answering.by)]
        noted = replace(draft, typed={**draft.typed, NOTE: str(file)})  # whatever is in it
        given = answer_command(opened.path, item.id, noted.would_be().status, note)
        yield Told((line, f"    {given}"), item=item.id, file=str(file))


def _halves(
    words: Words, item: Item, key: str, draft: Draft, cut: Mapping[str, str]
) -> Iterator[Told]:
    """Tell what was cut off in fields of an item, now (`cut`) or before: no command has it."""
    for name, text in {**{n: draft.typed[n] for n in sorted(draft.half)}, **cut}.items():
        told = {"item": item.title, "field": words.say(f"answer.{name}"), "text": text}
        line = _indented(words.say("check.half-field", **told))
        yield Told((line,), item=item.id, key=key, typed={name: text}, over=draft.earlier.at)


def put_by(answering: "Answering", opened: Opened) -> Iterator[Told]:
    """Tell what was kept to be given again and is not saved."""
    for (id, key), draft in answering.leftover.kept_by(opened.project).items():
        earlier = opened.project.answers.get(id) or Answer(Status.OPEN)
        kept = answering.leftover.beside_unsaved(id, draft.over(earlier))
        if kept.options():
            item = opened.guideline.item(id)
            yield _told(answering, opened, "kept-by", (item, key), kept, draft.earlier)
        if draft.half:
            yield from _halves(answering.words, opened.guideline.item(id), key, draft, {})


def not_saved(answering: "Answering", opened: Opened) -> Iterator[Told]:
    """Tell which answers could not be saved, each by its command alone.

    The answer at hand is none of them yet.
    """
    lost = {**answering.leftover.unsaved}
    if answering.form and answering.item and answering.form.draft.options():
        lost.pop(answering.item.id, None)
    for id, draft in lost.items():
        over = draft.over(opened.project.answers.get(id, draft.earlier))
        given = written(answering.words, opened, opened.guideline.item(id), over, answering.by)
        typed = _offered(draft, key := _key_of(draft))
        yield Told((given,), item=id, key=key, typed=typed, over=draft.earlier.at)


def taken_up(opened: Opened, told: Iterable[Told]) -> dict[tuple[str, str], Draft]:
    """Map items and keys to what was typed for them in an earlier walk, to be offered again."""
    items = {item.id for item in opened.guideline.items}
    found: dict[tuple[str, str], Draft] = {}
    for one in told:
        if one.item in items and one.typed and _fits(one):
            draft = found.setdefault(
                (one.item, one.key), Draft(_as_of(opened, one), KEYS[one.key][0])
            )
            draft.typed |= one.typed
            draft.half = draft.half - {*one.typed} if one.has_command else draft.half | {*one.typed}
    return found


def _as_of(opened: Opened, told: Told) -> Answer:
    """Give the answer that was shown when something was typed."""
    answers = (mapping(one.after) for one in opened.project.history if one.subject == told.item)
    seen = (one for one in answers if told.over and one.get("at") == told.over)
    return next(map(read_answer, seen), Answer(Status.OPEN))


def written(words: Words, opened: Opened, item: Item, draft: Draft, by: str) -> str:
    """Write the command that records an answer; what is lacking is a blank to be filled in.

    Where no command says it just so, or it would be refused, the item is opened, and what to
    type there is named: a command has a status, and would affirm a wording that nobody has
    read again.
    """
    answer = draft.would_be()
    affirms = draft.status is None and is_stale(draft.earlier, item)
    if not draft.is_exact or affirms or is_barred(item, answer.status):
        there = command("check", opened.path, f"--at {item.id}", *signed(by))
        return f"{there}\n      {words.say('check.to-type', what=draft.told(words))}"
    blanks = [f"--{name} {BLANK}" for name in missing_fields(answer)]
    options = [*draft.options(), *signed(by), *blanks]
    return answer_command(opened.path, item.id, answer.status, options)


def _told(
    answering: "Answering",
    opened: Opened,
    say: str,
    at: tuple[Item, str],
    draft: Draft,
    over: Answer,
) -> Told:
    """Tell of a draft, typed for an item after a key `over` what stood, with its command."""
    (item, key), words = at, answering.words
    given = written(words, opened, item, draft, answering.by)
    key_of_head = f"check.{say}.blank" if given.endswith(BLANK) else f"check.{say}"
    head = words.say(key_of_head, item=item.title)
    typed = _offered(draft, key)
    lines = [_indented(head), f"    {given}"]
    return Told((*lines,), item=item.id, key=key, typed=typed, over=over.at)


def told_by_item(
    words: Words, opened: Opened | None, told: Sequence[Told], *, names_keys: bool = False
) -> list[str]:
    """Tell what was typed item by item, the latest last; of several commands one is to be chosen.

    `opened` is the project, where there is one yet; `names_keys` says where it is offered again.
    """
    lines, stand = list[str](), opened.project.answers if opened else {}
    for id in dict.fromkeys(one.item for one in told):
        some = [one for one in told if one.item == id]
        choices = [one for one in some if one.has_command and not one.file]
        if are_choices := opened is not None and bool(id) and len(choices) > 1:
            lines.append(_choices_head(words, opened, id, choices))
        for key, of_key in groupby(some, lambda one: one.key):
            group = [*of_key]
            for one in group:
                lines += one.command if are_choices and one in choices else one.lines
                lines += replacing(words, stand.get(id), one)
            if names_keys and any(one.typed for one in group):
                lines += _offered_at(words, id, key)
    return lines


def _choices_head(words: Words, opened: Opened, id: str, choices: Sequence[Told]) -> str:
    """Say that several commands are about the same item."""
    titles = {item.id: item.title for item in opened.guideline.items}
    has_blank = any(one.endswith(BLANK) for told in choices for one in told.lines)
    key = "check.choices.blank" if has_blank else "check.choices"
    return _indented(words.say(key, item=titles.get(id, id), count=len(choices)))


def _offered_at(words: Words, item: str, key: str) -> list[str]:
    """Say where what was typed is offered again, if anywhere."""
    if key:
        said = words.say("check.untold.key", key=key)
    elif item in WHOLE:
        said = words.say("check.untold.question")
    else:
        return []
    return [layout.indented(said, 4, layout.columns())]


def replacing(words: Words, stands: Answer | None, told: Told) -> list[str]:
    """Say below a command that it takes the place of a settled answer that stands, if it does."""
    if stands is None or stands.status not in SETTLING or not told.has_command:
        return []
    status = KEYS[told.key][0] if told.key in KEYS else None
    is_as_seen = stands.at == told.over or (status is None and _keeps_status(told, stands))
    if is_as_seen and not Draft(stands, status, typed=dict(told.typed)).replaces:
        return []
    said = words.say("check.replaces", status=words.say(f"status.{stands.status.value}"))
    return [layout.indented(said, 6, layout.columns())]


def _keeps_status(told: Told, stands: Answer) -> bool:
    """Tell whether a command leaves the status as it stands, whatever it was when it was typed."""
    return f" {told.item} {stands.status.value} " in told.command[0]


def _key_of(draft: Draft) -> str:
    """Give the key after which all that was typed is asked for; nothing where none asks for all."""
    asked = ((key, names) for key, (status, names) in KEYS.items() if status is draft.status)
    return next((key for key, names in asked if draft.typed.keys() <= {*names}), "")


def _offered(draft: Draft, key: str) -> Mapping[str, str]:
    """Give what was typed and not cleared; nothing where evidence was taken off."""
    return {} if draft.removed or not key else {n: text for n, text in draft.given.items() if text}


def _fits(told: Told) -> bool:
    """Tell whether the walk asks for what was typed after that key."""
    return told.key in KEYS and told.typed.keys() <= {*KEYS[told.key][1]}


def _indented(said: str) -> str:
    return layout.indented(said, 2, layout.columns())
