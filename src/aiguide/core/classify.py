"""Classification: from a description and answered questions to ranked cells, with the reasons.

A linear model over character n-grams scores the cells; answers rule cells out. The same weights
say which words spoke for who uses the AI, what it serves and how far it goes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aiguide.core.description import SHORTEST, letters
from aiguide.core.guideline import Cell, Fact, Guideline
from aiguide.core.model import Model, Reading, read, shares
from aiguide.core.ngrams import normalized
from aiguide.core.policy import PURPOSE, REACH, USER, ClassificationPolicy, ClosedQuestion, Option

ENGINE = "local"
CLUES_AT_MOST = 2

# What a reader takes in at once: a word with its endings (問い合わせに, 24時間), a katakana or
# Latin word.
_UNIT = re.compile(
    r"[0-9]*[一-龠々〆ヶ]+(?:[いえきけしせちてっみめりれ][一-龠々]+)*"
    r"(?:[ぁ-ん]{0,2}(?:[をにでがはのへともるうむぶぐつたていしりけ]|く(?![れだ])|す(?!い)))?"
    r"|[ァ-ヺー]+[をにでがはのへと]?|[a-z0-9][a-z0-9'-]*"
)
_BREAK = re.compile(r"[。．.!?\n;；、,①②③④⑤⑥⑦⑧⑨]|[(（]\d[)）]|(?:^|\s)\d[.)、]")
SHORTEST_PART = 8
_KANA = re.compile(r"[ぁ-ヺ]")
_KANJI = re.compile(r"[一-龠]")


class Doubt(StrEnum):
    """Why the engine abstains."""

    VAGUE = "vague"
    NOT_AI = "not-ai"
    MULTIPLE = "multiple"
    CLOSE = "close"
    LANGUAGE = "language"


# A text of which this is said speaks for no cell: only the answers can decide.
SILENT = frozenset({Doubt.VAGUE, Doubt.NOT_AI, Doubt.LANGUAGE})
# Answers that leave less than this of what the text spoke for say that it was misread.
HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A cell and how sure the engine is of it, 0 to 1; all candidates sum to 1."""

    cell: str
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Clue:
    """Words of the description, by character offsets, and the answer that they speak for."""

    text: str
    start: int
    end: int
    question: str
    option: str


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """A classification; `cell` is None when it abstains, and `doubt` then says why.

    `several`: the description seems to hold more than one use, whatever was answered since.
    """

    cell: str | None
    doubt: Doubt | None
    candidates: tuple[Candidate, ...]
    clues: tuple[Clue, ...]
    questions: tuple[ClosedQuestion, ...]
    answers: Mapping[str, str]
    several: bool

    @property
    def decided_by_answers(self) -> bool:
        """Tell whether the answers left a single cell."""
        return decided(self.candidates)


def decided(candidates: Sequence[Candidate]) -> bool:
    """Tell whether a single cell is left."""
    return candidates[1].confidence == 0


def classify(
    guideline: Guideline,
    policy: ClassificationPolicy,
    model: Model,
    text: str,
    answers: Mapping[str, str],
    *,
    no_ai: bool = False,
) -> Result:
    """Classify a description; `answers` (question id to option id) overrides the text.

    `no_ai`: it says in so many words that no AI is used.
    """
    plain, origin = normalized(text)
    reading = read(model, plain)
    scores = _overridden(guideline, policy, reading, plain)
    caution = model.temperature * policy.caution
    alone = _ranked(guideline, scores, guideline.cells, caution)
    said = Doubt.NOT_AI if no_ai else _doubt(policy, model, reading, plain, alone[0])
    left = _left(guideline, policy, answers)
    candidates = _ranked(guideline, scores, left, caution)
    heard = said not in SILENT and _share_of(left, alone) >= HALF
    doubt = _left_open(policy, said, answers, candidates, heard)
    best = guideline.cell(candidates[0].cell)
    clues = _clues(guideline, policy, model, reading, best, plain) if said not in SILENT else ()
    asked = questions_for(guideline, policy, candidates, answers, heard) if doubt else ()
    return Result(
        cell=None if doubt else best.id,
        doubt=doubt,
        candidates=candidates,
        clues=tuple(_in_original(clue, text, origin) for clue in clues),
        questions=asked,
        answers=dict(answers),
        several=said is Doubt.MULTIPLE,
    )


def nearest_scenes(
    model: Model, cells: Sequence[Cell], text: str, most: int
) -> tuple[tuple[Cell, Fact], ...]:
    """Give the scenes of some cells whose words are nearest to a description, the nearest first."""
    values = read(model, normalized(text)[0]).values

    def distance(one: tuple[Cell, Fact]) -> float:
        scene = one[1]
        others = read(model, normalized(f"{scene.text.ja} {scene.text.en}")[0]).values
        return -sum(value * others.get(row, 0.0) for row, value in values.items())

    scenes = [(cell, scene) for cell in cells for scene in cell.scenes]
    return tuple(sorted(scenes, key=distance)[:most])


def reach_options(guideline: Guideline, domain: str) -> tuple[Option, ...]:
    """Give the options of `reach` in a domain: its classes, by number."""
    return tuple(
        Option(cell.reach, cell.title, cell.summary.text, cell.choose_when.text)
        for cell in guideline.cells_of(domain)
    )


def settled_domain(policy: ClassificationPolicy, answers: Mapping[str, str]) -> str | None:
    """Give the domain that the answers settle by themselves, or None."""
    for domain, rule in policy.domains.items():
        if all(answers.get(question) == option for question, option in rule.items()):
            return domain
    return None


def possible_domains(policy: ClassificationPolicy, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Give the domains that the answers leave possible."""
    return tuple(
        domain
        for domain, rule in policy.domains.items()
        if all(answers.get(question, option) == option for question, option in rule.items())
    )


def next_question(
    guideline: Guideline, policy: ClassificationPolicy, answers: Mapping[str, str]
) -> ClosedQuestion | None:
    """Give the next question to ask a person who answers all, or None when the cell is decided."""
    domain = settled_domain(policy, answers)
    if domain is None:
        return policy.question(PURPOSE if USER in answers else USER)
    if REACH in answers:
        return None
    return _reach_question(guideline, policy, domain)


def _reach_question(
    guideline: Guideline, policy: ClassificationPolicy, domain: str
) -> ClosedQuestion:
    return ClosedQuestion(REACH, policy.question(REACH).text, reach_options(guideline, domain))


def _left(
    guideline: Guideline, policy: ClassificationPolicy, answers: Mapping[str, str]
) -> tuple[Cell, ...]:
    """Give the cells that the answers leave possible."""
    possible = possible_domains(policy, answers)
    return tuple(
        cell
        for cell in guideline.cells
        if cell.domain in possible and answers.get(REACH, cell.reach) == cell.reach
    )


def _overridden(
    guideline: Guideline, policy: ClassificationPolicy, reading: Reading, plain: str
) -> dict[str, float]:
    """Give the cells their scores, lowered by what the text says and must not be outvoted."""
    scores = {cell.id: reading.scores[cell.id] for cell in guideline.cells}
    for override in policy.overrides:
        if override.holds(plain):
            for cell in guideline.cells:
                scores[cell.id] -= override.by * (cell.reach in override.lowers)
    return scores


def _ranked(
    guideline: Guideline, scores: Mapping[str, float], left: Sequence[Cell], temperature: float
) -> tuple[Candidate, ...]:
    """Rank all cells; those ruled out have no share, and equal ones keep the guideline's order."""
    found = shares(scores, tuple(cell.id for cell in left), temperature)
    candidates = [Candidate(cell.id, found.get(cell.id, 0.0)) for cell in guideline.cells]
    return tuple(sorted(candidates, key=lambda one: -one.confidence))


def _share_of(cells: Sequence[Cell], candidates: Sequence[Candidate]) -> float:
    """Give how much of all confidence some cells have."""
    ids = {cell.id for cell in cells}
    return sum(one.confidence for one in candidates if one.cell in ids)


def _left_open(
    policy: ClassificationPolicy,
    said: Doubt | None,
    answers: Mapping[str, str],
    candidates: Sequence[Candidate],
    heard: bool,
) -> Doubt | None:
    """Give the doubt that answers leave of the one that the text alone had `said`.

    Where the text is not `heard`, nothing but a single cell left is without doubt; who answers
    speaks of one use.
    """
    if decided(candidates):
        return None
    if not answers or said in SILENT:
        return said
    return None if heard and candidates[0].confidence >= policy.decide else Doubt.CLOSE


def _doubt(
    policy: ClassificationPolicy, model: Model, reading: Reading, plain: str, best: Candidate
) -> Doubt | None:
    """Say what is doubtful of a text, whatever is answered; `best` is the cell that it leans to."""
    if letters(plain) < SHORTEST:
        return Doubt.VAGUE
    if _is_foreign(policy, plain, reading.known):
        return Doubt.LANGUAGE
    undecided = best.confidence < policy.decide
    kinds = shares(reading.scores, model.kinds, 1.0)
    if kinds[Doubt.MULTIPLE] >= policy.several and _has_several(policy, model, plain):
        return Doubt.MULTIPLE
    unplaced = Doubt(max(model.kinds[1:], key=lambda kind: kinds[kind]))
    whole = unplaced is Doubt.MULTIPLE  # without parts that differ, it is rather one use
    enough = policy.hinted if undecided and not whole else policy.unplaced
    if kinds[unplaced] >= enough and (undecided or not whole):
        return unplaced
    return Doubt.CLOSE if undecided else None


def _has_several(policy: ClassificationPolicy, model: Model, plain: str) -> bool:
    """Tell whether parts of a text lean to different cells, each with some confidence."""
    joints = "|".join(map(re.escape, policy.joints))
    firsts = set()
    for part in re.split(f"{joints}|{_BREAK.pattern}", plain):
        if len(part.strip()) >= SHORTEST_PART:
            scores = read(model, part.strip()).scores
            found = shares(scores, model.cells, model.temperature * policy.caution)
            first = max(found, key=lambda cell: found[cell])
            if found[first] >= policy.apart:
                firsts.add(first)
    return len(firsts) > 1


def _is_foreign(policy: ClassificationPolicy, plain: str, known: float) -> bool:
    """Tell whether a text is in a language that the model has not read; kana is Japanese."""
    if _KANA.search(plain):
        return False
    return known < (policy.familiar_kanji if _KANJI.search(plain) else policy.familiar)


def questions_for(
    guideline: Guideline,
    policy: ClassificationPolicy,
    candidates: Sequence[Candidate],
    answers: Mapping[str, str],
    heard: bool,
) -> tuple[ClosedQuestion, ...]:
    """Give the questions that would settle it: those on whose answer the candidates differ.

    Where the text is not `heard`, they do not speak of it: then the next of all is asked.
    `reach` comes only where the domain is settled, for its options are that domain's classes.
    """
    if not heard:
        following = next_question(guideline, policy, answers)
        return (following,) if following else ()
    domains = dict.fromkeys(policy.domains, 0.0)
    for candidate in candidates:
        domains[guideline.cell(candidate.cell).domain] += candidate.confidence
    left = [one for one in policy.questions if one.id != REACH and one.id not in answers]
    open_ones = tuple(one for one in left if _is_open(policy, one.id, domains))
    domain, share = max(domains.items(), key=lambda pair: pair[1])
    if REACH not in answers and (share >= policy.settle or not open_ones):
        return (_reach_question(guideline, policy, domain),)
    return open_ones or tuple(left)


def _is_open(policy: ClassificationPolicy, question: str, domains: Mapping[str, float]) -> bool:
    """Tell whether the shares of the domains leave open how a question is answered."""
    shares: dict[str, float] = {}
    for domain, rule in policy.domains.items():
        if question in rule:
            shares[rule[question]] = shares.get(rule[question], 0.0) + domains[domain]
    total = sum(shares.values())
    return total > 0 and max(shares.values()) < policy.settle * total


def _clues(
    guideline: Guideline,
    policy: ClassificationPolicy,
    model: Model,
    reading: Reading,
    best: Cell,
    plain: str,
) -> list[Clue]:
    """Find the words that spoke most for each answer that leads to the best cell."""
    found = []
    for question, option, fors, against in _contrasts(guideline, policy, best):
        weights = _weight_by_char(model, reading, fors, against, len(plain))
        for start, end in _strongest(plain, weights):
            found.append(Clue(plain[start:end], start, end, question, option))
    return sorted(found, key=lambda clue: (clue.start, clue.question))


def _contrasts(
    guideline: Guideline, policy: ClassificationPolicy, best: Cell
) -> list[tuple[str, str, list[str], list[str]]]:
    """Give, for each question, its answer for the best cell, and the cells for and against it."""
    rules = policy.domains
    rule = rules[best.domain]
    found = []
    for question in (USER, PURPOSE):
        if question in rule:
            option = rule[question]
            asked = [cell for cell in guideline.cells if question in rules[cell.domain]]
            fors = [cell.id for cell in asked if rules[cell.domain][question] == option]
            against = [cell.id for cell in asked if rules[cell.domain][question] != option]
            found.append((question, option, fors, against))
    others = [cell.id for cell in guideline.cells_of(best.domain) if cell.id != best.id]
    found.append((REACH, best.reach, [best.id], others))
    return found


def option_of(
    guideline: Guideline, policy: ClassificationPolicy, cell: str, question: str
) -> str | None:
    """Give the answer that leads to a cell, or None for a question that is not needed there."""
    if question == REACH:
        return guideline.cell(cell).reach
    return policy.domains[guideline.cell(cell).domain].get(question)


def _weight_by_char(
    model: Model, reading: Reading, fors: list[str], against: list[str], length: int
) -> list[float]:
    """Give each character its part in the score of `fors` over `against`."""
    place = {label: index for index, label in enumerate(model.labels)}
    width = len(model.labels)
    by_row: dict[int, float] = {}
    by_char = [0.0] * length
    for row, start, end in reading.places:
        if row not in by_row:
            weights = model.weights[row * width : (row + 1) * width]
            gain = sum(weights[place[cell]] for cell in fors) / len(fors)
            loss = sum(weights[place[cell]] for cell in against) / len(against)
            by_row[row] = reading.values[row] * (gain - loss)
        for index in range(start, end):
            by_char[index] += by_row[row] / (end - start)
    return by_char


def _strongest(plain: str, weights: Sequence[float]) -> list[tuple[int, int]]:
    """Give the strongest units; those side by side are one, and weak ones are left out."""
    units = [
        (sum(weights[match.start() : match.end()]), match.start(), match.end())
        for match in _UNIT.finditer(plain)
        if match.end() - match.start() > 1
    ]
    units.sort(reverse=True)
    strong = [one for one in units[:CLUES_AT_MOST] if one[0] > 0 and one[0] > units[0][0] / 3]
    spans = sorted((start, end) for _, start, end in strong)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _in_original(clue: Clue, text: str, origin: Sequence[int]) -> Clue:
    """Point a clue into the text as it was written."""
    start, end = origin[clue.start], origin[clue.end - 1] + 1
    return Clue(text[start:end], start, end, clue.question, clue.option)
