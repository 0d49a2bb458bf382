"""A closed question of classification at a terminal: its options, and what each leads to."""

from collections.abc import Iterable

from aiguide.cli import console, layout
from aiguide.cli.prompts import ask_until_read, folded
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy, ClosedQuestion, Option
from aiguide.core.words import Worded, Words

NO_USE = "0"


class NoUse(Exception):
    """A person says that no AI is used."""


def ask_closed(
    words: Words, guideline: Guideline, policy: ClassificationPolicy, question: ClosedQuestion
) -> str | None:
    """Ask until an option is chosen; gives its id, or None for going back a question.

    Raises: Cancelled where the person leaves, NoUse where no AI is used.
    """

    def show() -> None:
        _number(words.pick(option.label) for option in question.options)
        console.say(layout.hanging(NO_USE, words.say("classify.no-ai"), 2, 3, layout.columns()))

    def explain() -> None:
        key = "classify.explain-choice" if question.options[0].more else "classify.explain-domain"
        console.say(layout.indented(words.say(key), 2, layout.columns()))
        _number(_meaning(words, guideline, policy, question, one) for one in question.options)

    def chosen(given: str) -> str:
        if not given:
            raise AiguideError("needed")
        number = folded(given)
        if number == NO_USE:
            raise NoUse
        if number.isdecimal() and 1 <= int(number) <= len(question.options):
            return question.options[int(number) - 1].id
        show()
        raise AiguideError("no-such-number", value=given, most=len(question.options))

    console.say()
    console.say(layout.indented(words.pick(question.text), 2, layout.columns()))
    show()
    prompt = words.say("prompt.number", most=len(question.options))
    return ask_until_read(words, lambda: prompt, explain, chosen)


def _number(labels: Iterable[str]) -> None:
    for number, label in enumerate(labels, 1):
        console.say(layout.hanging(f"{number}", label, 2, 3, layout.columns()))


def _meaning(
    words: Words,
    guideline: Guideline,
    policy: ClassificationPolicy,
    question: ClosedQuestion,
    option: Option,
) -> str:
    """Say when to choose an option; where its pack does not, to which domains it leads."""
    name = words.pick(option.short)
    if option.more:
        return words.say("classify.option", option=name, meaning=option.more)
    ids = [id for id, rule in policy.domains.items() if rule.get(question.id) == option.id]
    domains = " / ".join(words.pick(guideline.domain(id).title) for id in ids)
    return words.say("classify.option", option=name, meaning=Worded(domains))
