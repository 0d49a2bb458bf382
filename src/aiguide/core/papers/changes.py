"""The change log of a pack: what each change is, why it was made, what it means for a project."""

from collections.abc import Iterator

from aiguide.core.change_log import ChangeLog, ChangeView, ItemNamed, StepView, arrow
from aiguide.core.pack_changes import Effect
from aiguide.core.paper import Block, Bullets, Entry, Heading, Paper, Paragraph
from aiguide.core.term_changes import told
from aiguide.core.words import Worded, Words


def paper(log: ChangeLog, words: Words) -> Paper:
    """Lay a change log out: version by version, what asks for most work first."""
    blocks = (
        Paragraph(log.summary),
        *(block for step in log.steps for block in _step(step, words)),
    )
    title = words.say("changes.title", old=log.old, new=log.new)
    foot = words.say("paper.foot", pack=Worded(log.title))
    return Paper(words.lang, title, title, log.title, "", "", foot, blocks)


def _step(step: StepView, words: Words) -> Iterator[Block]:
    for effect in Effect:
        changes = step.of(effect.value)
        if changes:
            versions = words.say("changes.step", old=step.old, new=step.new)
            heading = words.say(f"effect.{effect.value}")
            yield Heading(2, f"{heading} ({len(changes)}) {versions}")
        for one in changes:
            yield _entry(one, words)
    yield Paragraph(words.say("changes.unchanged", count=step.unchanged))
    if step.terms:
        yield Heading(2, words.say("changes.terms"))
        yield Bullets(
            tuple(
                words.say("changes.labelled", label=Worded(one.part), text=told(words, one))
                for one in step.terms
            )
        )


def _entry(change: ChangeView, words: Words) -> Entry:
    """Lay one change out; it is named by the item that there is now, or was."""
    items = change.new or change.old
    reason = change.reason or words.say("changes.undeclared")
    lines = [_labelled(words, "changes.meaning", line) for line in change.meaning]
    return Entry(
        title=words.listing([one.title for one in items]),
        id=", ".join(one.id for one in items),
        text=_labelled(words, "changes.reason", reason),
        tags=change.kind_names,
        said=tuple(lines),
        notes=(*_came_from(change, words), *_differences(change, words)),
    )


def _came_from(change: ChangeView, words: Words) -> Iterator[str]:
    for label, items in (("changes.before", change.old), ("changes.after", change.new)):
        for one in items:
            yield _labelled(words, label, f"{_item(words, one)} {one.id}")


def _differences(change: ChangeView, words: Words) -> Iterator[str]:
    for one in change.differences:
        yield words.say("changes.labelled", label=Worded(one.part), text=arrow(words, one))


def _labelled(words: Words, key: str, text: str) -> str:
    return words.say("changes.labelled", label=words.say(key), text=Worded(text))


def _item(words: Words, item: ItemNamed) -> str:
    return words.say("changes.item", title=item.title, phase=item.phase, level=item.level)
