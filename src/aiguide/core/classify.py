"""Classification: from a description and answered questions to ranked cells, with the reasons.

The engine is plain: it counts literal phrases of the lexicon that speak for who uses the AI, what
it serves and how far it goes, and abstains where they do not settle it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import prod

from aiguide.core.guideline import Guideline
from aiguide.core.lexicon import PURPOSE, REACH, USER, ClosedQuestion, Lexicon, Option, Phrases

ENGINE = "local"
Shares = dict[str, float]
SMOOTHING = 0.25


class Doubt(StrEnum):
    """Why the engine abstains."""

    VAGUE = "vague"
    NOT_AI = "not-ai"
    MULTIPLE = "multiple"
    CLOSE = "close"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cell and how sure the engine is of it, 0 to 1; all candidates sum to 1."""

    cell: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Clue:
    """Words of the description, by character offsets, and the answers they speak for."""

    text: str
    start: int
    end: int
    question: str
    options: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Result:
    """A classification; `cell` is None when it abstains, and `doubt` then says why."""

    cell: str | None
    doubt: Doubt | None
    candidates: tuple[Candidate, ...]
    clues: tuple[Clue, ...]
    questions: tuple[ClosedQuestion, ...]
    answers: Mapping[str, str]


def classify(
    guideline: Guideline, lexicon: Lexicon, text: str, answers: Mapping[str, str]
) -> Result:
    """Classify a description; `answers` (question id to option id) overrides the text."""
    clues = _clues(lexicon, text)
    domains = _domains(lexicon, clues, answers)
    candidates = _ranked(guideline, domains, clues, answers)
    settled = next_question(guideline, lexicon, answers) is None
    doubt = _doubt(lexicon, text, clues, settled, candidates[0])
    asked = _open_questions(guideline, lexicon, domains, answers) if doubt else ()
    cell = None if doubt else candidates[0].cell
    return Result(cell, doubt, candidates, clues, asked, dict(answers))


def reach_options(guideline: Guideline, domain: str) -> tuple[Option, ...]:
    """Give the options of `reach` in a domain: its classes, by number."""
    return tuple(Option(cell.reach, cell.summary.text) for cell in guideline.cells_of(domain))


def settled_domain(lexicon: Lexicon, answers: Mapping[str, str]) -> str | None:
    """Give the domain that the answers settle by themselves, or None."""
    for domain, rule in lexicon.domains.items():
        if all(answers.get(question) == option for question, option in rule.items()):
            return domain
    return None


def next_question(
    guideline: Guideline, lexicon: Lexicon, answers: Mapping[str, str]
) -> ClosedQuestion | None:
    """Give the next question to ask a person who answers all, or None when the cell is decided."""
    domain = settled_domain(lexicon, answers)
    if domain is None:
        return lexicon.question(PURPOSE if USER in answers else USER)
    if REACH in answers:
        return None
    return ClosedQuestion(REACH, lexicon.question(REACH).text, reach_options(guideline, domain))


def _clues(lexicon: Lexicon, text: str) -> tuple[Clue, ...]:
    """Find the phrases in a text; where they overlap for one question, the longest stands."""
    plain, origin = _normalized(text)
    found = []
    for group in lexicon.phrases:
        for phrase in group.phrases:
            start = _find(plain, phrase, 0)
            while start >= 0:
                end = start + len(phrase)
                found.append(_clue(text, origin[start], origin[end - 1] + 1, group))
                start = _find(plain, phrase, end)
    found.sort(key=lambda clue: (clue.start - clue.end, clue.start))
    kept: list[Clue] = []
    for clue in found:
        if not any(_overlaps(clue, other) for other in kept):
            kept.append(clue)
    return tuple(sorted(kept, key=lambda clue: (clue.start, clue.question)))


def _clue(text: str, start: int, end: int, group: Phrases) -> Clue:
    return Clue(text[start:end], start, end, group.question, group.options, group.weight)


def _find(plain: str, phrase: str, start: int) -> int:
    """Find a phrase; an English one only as whole words."""
    at = plain.find(phrase, start)
    while at >= 0 and phrase.isascii():
        before = plain[at - 1 : at]
        after = plain[at + len(phrase) : at + len(phrase) + 1]
        if not _word_char(before) and not _word_char(after):
            return at
        at = plain.find(phrase, at + 1)
    return at


def _word_char(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _normalized(text: str) -> tuple[str, list[int]]:
    """Give the text in NFKC and lower case, and for each of its characters the original offset."""
    plain: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        for part in unicodedata.normalize("NFKC", char).lower():
            plain.append(part)
            origin.append(offset)
    return "".join(plain), origin


def _overlaps(one: Clue, other: Clue) -> bool:
    return one.question == other.question and one.start < other.end and other.start < one.end


def _shares(
    options: list[str], clues: tuple[Clue, ...], question: str, answer: str | None
) -> Shares:
    """Give each option of a question its share of the evidence; an answer settles it."""
    if answer is not None:
        return {option: float(option == answer) for option in options}
    scores = dict.fromkeys(options, SMOOTHING)
    for clue in clues:
        if clue.question == question:
            for option in clue.options:
                if option in scores:
                    scores[option] += clue.weight
    total = sum(scores.values())
    return {option: score / total for option, score in scores.items()}


def _domains(lexicon: Lexicon, clues: tuple[Clue, ...], answers: Mapping[str, str]) -> Shares:
    """Give each domain its share, from who uses the AI and what it serves."""
    shares = {}
    for question in (lexicon.question(USER), lexicon.question(PURPOSE)):
        options = [option.id for option in question.options]
        shares[question.id] = _shares(options, clues, question.id, answers.get(question.id))
    return {
        domain: prod(shares[question][option] for question, option in rule.items())
        for domain, rule in lexicon.domains.items()
    }


def _ranked(
    guideline: Guideline, domains: Shares, clues: tuple[Clue, ...], answers: Mapping[str, str]
) -> tuple[Candidate, ...]:
    """Rank all cells; equal ones keep the guideline's order."""
    scores: dict[str, float] = {}
    for domain, share in domains.items():
        cells = guideline.cells_of(domain)
        options = [cell.reach for cell in cells]
        answer = answers.get(REACH)
        reaches = _shares(options, clues, REACH, answer if answer in options else None)
        scores |= {cell.id: share * reaches[cell.reach] for cell in cells}
    total = sum(scores.values())
    candidates = [Candidate(cell.id, scores[cell.id] / total) for cell in guideline.cells]
    return tuple(sorted(candidates, key=lambda one: -one.confidence))


def _doubt(
    lexicon: Lexicon, text: str, clues: tuple[Clue, ...], settled: bool, best: Candidate
) -> Doubt | None:
    if settled or best.confidence >= lexicon.decide:
        return None
    if not any(map(_readable, text)):
        return Doubt.LANGUAGE
    reached = any(clue.question == REACH for clue in clues)
    return Doubt.CLOSE if reached else Doubt.VAGUE


def _readable(char: str) -> bool:
    """Tell whether a character belongs to Japanese or English writing."""
    name = unicodedata.name(char, "")
    return name.startswith(("HIRAGANA", "KATAKANA", "CJK UNIFIED", "LATIN", "FULLWIDTH LATIN"))


def _open_questions(
    guideline: Guideline, lexicon: Lexicon, domains: Shares, answers: Mapping[str, str]
) -> tuple[ClosedQuestion, ...]:
    """Give the questions that would settle it, fewest first; `reach` only for a settled domain."""
    domain, share = max(domains.items(), key=lambda pair: pair[1])
    if share < lexicon.settle:
        possible = [rule for id, rule in lexicon.domains.items() if domains[id] > 0]
        needed = {question for rule in possible for question in rule}
        return tuple(q for q in lexicon.questions if q.id in needed and q.id not in answers)
    return (ClosedQuestion(REACH, lexicon.question(REACH).text, reach_options(guideline, domain)),)
