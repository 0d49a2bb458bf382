"""What of a project has run out of time, or soon will, whatever phase it is in: named in words."""

from collections.abc import Iterable

from aiguide.core.checklist import Checklist, Question
from aiguide.core.dates import LAST_DAY, day_after
from aiguide.core.verdict import Judgement
from aiguide.core.words import Words


def expired(words: Words, checklist: Checklist) -> str:
    """Name the exceptions past their date; empty without one."""
    ended = [one for one in checklist.questions if one.expired]
    return _told("expired", words, checklist, [(one, _until(one)) for one in ended])


def expiring(words: Words, checklist: Checklist, today: str) -> str:
    """Name the exceptions in force that end soon, by the guideline's measure; empty without one."""
    last = day_after(today, checklist.guideline.expiring_days)
    ending = [one for one in checklist.questions if one.in_force and _until(one) <= last]
    return _told("expiring", words, checklist, [(one, _until(one)) for one in ending])


def overdue(words: Words, checklist: Checklist, judgement: Judgement) -> str:
    """Name what is overdue and blocks nothing; empty where that is nothing."""
    blocking = {one.item.id for one in judgement.blocking}
    late = [one for one in checklist.questions if one.overdue and one.item.id not in blocking]
    return _told("overdue", words, checklist, [(one, _due(one)) for one in late])


def passed(question: Question) -> str:
    """Give the date that went by: of an exception, or of what was due; empty where none did."""
    if question.expired:
        return _until(question)
    return _due(question) if question.overdue else ""


def most_urgent_first(questions: Iterable[Question]) -> list[Question]:
    """Order questions: what is late first, then by due date, and else as they were."""
    return sorted(
        questions, key=lambda one: (not passed(one), passed(one) or _due(one) or LAST_DAY)
    )


def _told(key: str, words: Words, checklist: Checklist, dated: list[tuple[Question, str]]) -> str:
    """Name questions with their phase and date, the earliest first."""
    if not dated:
        return ""
    named = [
        words.say(
            "notice.dated",
            item=one.item.title,
            where=words.listing([words.pick(checklist.guideline.phase(one.item.phase).title), day]),
        )
        for one, day in sorted(dated, key=lambda each: each[1])
    ]
    return words.say(f"notice.{key}", count=len(named), items=words.listing([*named]))


def _until(question: Question) -> str:
    return (question.answer.until if question.answer else None) or ""


def _due(question: Question) -> str:
    return (question.answer.due if question.answer else None) or ""
