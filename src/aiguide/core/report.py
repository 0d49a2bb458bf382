"""All that a report shows, counted and worded once; templates loop, they do not decide."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from aiguide.core import deadlines, wording
from aiguide.core.applicability import unanswered
from aiguide.core.checklist import Checklist, Question
from aiguide.core.contributors import contributors
from aiguide.core.dates import day_in_tokyo
from aiguide.core.guideline import Basis, Level, Source, StancePolicy
from aiguide.core.history import first_broken
from aiguide.core.mismatch_view import notices as mismatch_notices
from aiguide.core.project import Answer, Project, Status
from aiguide.core.verdict import GOING_ON, Judgement, PhaseState
from aiguide.core.views import CellView, Head, Row, cell_view, head, project_facts
from aiguide.core.words import Worded, Words


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the items of some kind there are, and how many are clear."""

    total: int
    clear: int


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase's progress, and its gate: clear, blocked or not reached yet."""

    id: str
    title: str
    required: Progress
    recommended: Progress
    gate: str


@dataclass(frozen=True, slots=True)
class ConsiderationRow:
    """The progress of the items that serve one consideration, over the phases that count."""

    id: str
    title: str
    required: Progress
    recommended: Progress


@dataclass(frozen=True, slots=True)
class Gap:
    """A required item that is not clear."""

    id: str
    title: str
    phase: str
    status: str
    assignee: str
    due: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Exemption:
    """An approved exception in force, in whatever phase."""

    title: str
    phase: str
    reason: str
    approver: str
    until: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item with its answer; `answer` and `evidence` are ready to print."""

    id: str
    title: str
    level: str
    considerations: str
    check: str
    why: str
    status: str
    clear: bool
    flags: tuple[str, ...]
    answer: tuple[Row, ...]
    evidence: tuple[str, ...]
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PhaseSection:
    """The items of one phase."""

    id: str
    title: str
    counts: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class UncountedView:
    """An answer that is kept for the record and not counted.

    `title` is the id where the version of its item is not there any more.
    """

    id: str
    title: str
    status: str
    answer: tuple[Row, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that the report's sources point to."""

    title: str
    publisher: str
    url: str
    seen: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportView(Head):
    """A compliance report: strings and counts only, in one language."""

    facts: tuple[Row, ...]
    pack_status: str
    verdict: str
    verdict_id: str
    verdict_reason: str
    may_go_on: bool
    overdue: int
    expired: int
    official: Progress
    proposed: Progress
    phases: tuple[PhaseRow, ...]
    considerations: tuple[ConsiderationRow, ...]
    gaps: tuple[Gap, ...]
    exemptions: tuple[Exemption, ...]
    cells: tuple[CellView, ...]
    classification: tuple[Row, ...]
    conditions: tuple[Row, ...]
    notices: tuple[str, ...]
    sections: tuple[PhaseSection, ...]
    not_asked: tuple[UncountedView, ...]
    retired: tuple[UncountedView, ...]
    documents: tuple[DocumentView, ...]
    head: str


def build(checklist: Checklist, judgement: Judgement, words: Words, today: str) -> ReportView:
    """Build the compliance report of a checklist and its judgement, dated `today`."""
    project, guideline = checklist.project, checklist.guideline
    return ReportView(
        **asdict(head(checklist, words, today)),
        facts=project_facts(checklist, words),
        pack_status=words.pick(guideline.status),
        verdict=words.say(f"verdict.{judgement.verdict.value}"),
        verdict_id=judgement.verdict.value,
        verdict_reason=verdict_reason(checklist, judgement, words),
        may_go_on=judgement.verdict in GOING_ON,
        expired=sum(question.expired for question in checklist.questions),
        overdue=sum(question.overdue for question in checklist.questions),
        official=_of_basis(checklist, judgement, stated=True),
        proposed=_of_basis(checklist, judgement, stated=False),
        phases=tuple(_phase_row(state, words) for state in judgement.phases),
        considerations=tuple(_consideration_rows(checklist, judgement, words)),
        gaps=tuple(
            _gap(checklist, question, words)
            for question in deadlines.most_urgent_first(judgement.blocking)
        ),
        exemptions=tuple(
            _exemption(checklist, q, words) for q in checklist.questions if q.in_force
        ),
        cells=tuple(cell_view(words, guideline, id) for id in project.cells),
        classification=_classification(checklist, words),
        conditions=_conditions(checklist, words),
        notices=_notices(checklist, judgement, words, today),
        sections=tuple(_section(checklist, state, words) for state in judgement.phases),
        not_asked=_uncounted(checklist, words, checklist.not_asked()),
        retired=_uncounted(checklist, words, project.retired),
        documents=_documents(checklist, words),
        head=project.head,
    )


def verdict_reason(checklist: Checklist, judgement: Judgement, words: Words) -> str:
    """Say in one sentence what the verdict rests on."""
    return words.say(
        f"verdict.{judgement.verdict.value}.reason",
        left=len(judgement.blocking),
        where=_by_phase(checklist, judgement.blocking, words),
        causes=_points_to_watch(checklist, judgement, words),
    )


def _points_to_watch(checklist: Checklist, judgement: Judgement, words: Words) -> Worded:
    """Name what asks for care although nothing is left: the stance, exceptions, or both."""
    causes: list[str] = []
    stance = checklist.guideline.highest_stance(checklist.project.cells)
    if stance and stance.policy is not StancePolicy.GO:
        causes.append(words.say("verdict.cause.stance", stance=stance.title))
    if excepted := judgement.exceptions:
        where = _by_phase(checklist, excepted, words)
        causes.append(words.say("verdict.cause.exceptions", count=len(excepted), where=where))
    return words.listing(causes)


def _by_phase(checklist: Checklist, questions: Iterable[Question], words: Words) -> Worded:
    """Say how many of some questions each phase has."""
    counts = Counter(question.item.phase for question in questions)
    phases = (phase for phase in checklist.guideline.phases if phase.id in counts)
    return words.listing([f"{words.pick(one.title)} {counts[one.id]}" for one in phases])


def _of_basis(checklist: Checklist, judgement: Judgement, *, stated: bool) -> Progress:
    """Count the required items whose level the official text states, or those that we propose."""
    clear = [
        question.clear
        for question in _counted(checklist, judgement)
        if question.item.level is Level.REQUIRED
        and (checklist.level_basis(question.item) is Basis.STATED) == stated
    ]
    return Progress(len(clear), sum(clear))


def _counted(checklist: Checklist, judgement: Judgement) -> Iterator[Question]:
    """Give the questions of the phases that count."""
    phases = {state.phase.id for state in judgement.phases if state.counts}
    return (one for one in checklist.questions if one.item.phase in phases)


def _phase_row(state: PhaseState, words: Words) -> PhaseRow:
    gate = "gate.clear" if state.gate_clear else "gate.blocked"
    return PhaseRow(
        id=state.phase.id,
        title=words.pick(state.phase.title),
        required=Progress(state.required.total, state.required.clear),
        recommended=Progress(state.recommended.total, state.recommended.clear),
        gate=words.say(gate if state.counts else "gate.later"),
    )


def _consideration_rows(
    checklist: Checklist, judgement: Judgement, words: Words
) -> Iterator[ConsiderationRow]:
    """Count by consideration; an item that serves two is counted under both."""
    counted = tuple(_counted(checklist, judgement))
    for consideration in checklist.guideline.considerations:
        serving = [one for one in counted if consideration.id in one.item.considerations]
        if serving:
            yield ConsiderationRow(
                id=consideration.id,
                title=words.pick(consideration.title),
                required=_progress(serving, Level.REQUIRED),
                recommended=_progress(serving, Level.RECOMMENDED),
            )


def _progress(questions: Iterable[Question], level: Level) -> Progress:
    clear = [one.clear for one in questions if one.item.level is level]
    return Progress(len(clear), sum(clear))


def _gap(checklist: Checklist, question: Question, words: Words) -> Gap:
    answer = question.answer
    return Gap(
        id=question.item.id,
        title=words.pick(question.item.title),
        phase=_phase_of(checklist, question, words),
        status=wording.status_name(words, question),
        assignee=(answer.assignee if answer else "") or words.say("gap.unassigned"),
        due=(answer.due if answer else None) or words.say("gap.no-date"),
        overdue=question.overdue,
    )


def _exemption(checklist: Checklist, question: Question, words: Words) -> Exemption:
    answer = question.answer or Answer(Status.OPEN)
    return Exemption(
        title=words.pick(question.item.title),
        phase=_phase_of(checklist, question, words),
        reason=answer.reason,
        approver=answer.approver,
        until=answer.until or "",
    )


def _phase_of(checklist: Checklist, question: Question, words: Words) -> str:
    return words.pick(checklist.guideline.phase(question.item.phase).title)


def _classification(checklist: Checklist, words: Words) -> tuple[Row, ...]:
    classification = checklist.project.classification
    others = [
        wording.cell_name(words, checklist.guideline, id) for id in classification.alternatives
    ]
    pairs = (
        ("classified.by", wording.classified_by(words, checklist.project)),
        ("classified.reason", classification.reason),
        ("classified.alternatives", words.listing(others)),
    )
    rows = tuple(Row(words.say(key), value or words.say("facts.none")) for key, value in pairs)
    return rows if others else rows[:-1]  # nobody can fill in what a tool did not find


def _conditions(checklist: Checklist, words: Words) -> tuple[Row, ...]:
    return tuple(
        Row(
            words.pick(checklist.guideline.condition(id).title),
            wording.condition_answer(words, truth),
        )
        for id, truth in checklist.situation.conditions.items()
    )


def _notices(
    checklist: Checklist, judgement: Judgement, words: Words, today: str
) -> tuple[str, ...]:
    """Say what a reader must know of the answers' standing."""
    stale = sum(question.stale for question in checklist.questions)
    bad = sum(bool(question.bad_evidence) for question in checklist.questions)
    counts = {"stale": stale, "bad-evidence": bad}
    notices = (
        [words.say("notice.broken")] if first_broken(checklist.project.history) is not None else []
    )
    notices += mismatch_notices(words, checklist)
    notices += [words.say(f"notice.{key}", count=count) for key, count in counts.items() if count]
    late = (
        deadlines.expired(words, checklist),
        deadlines.overdue(words, checklist, judgement),
        deadlines.expiring(words, checklist, today),
    )
    notices += [Worded(said) for said in late if said]
    if open_ones := unanswered(checklist.guideline, checklist.situation):
        titles = [words.pick(checklist.guideline.condition(id).title) for id in open_ones]
        items = words.listing(titles)
        notices.append(words.say("notice.conditions", count=len(titles), items=items))
    if judgement.unsure:
        notices.append(words.say("notice.unsure" if checklist.project.cells else "notice.no-cell"))
    return tuple(notices)


def _section(checklist: Checklist, state: PhaseState, words: Words) -> PhaseSection:
    questions = checklist.of_phase(state.phase.id)
    required, recommended = state.required, state.recommended
    counts = words.say(
        "section.counts",
        required=f"{required.clear} / {required.total}",
        recommended=f"{recommended.clear} / {recommended.total}",
    )
    items = tuple(item_view(checklist, question, words) for question in questions)
    return PhaseSection(state.phase.id, words.pick(state.phase.title), counts, items)


def item_view(checklist: Checklist, question: Question, words: Words) -> ItemView:
    """Word one item with its answer."""
    item, answer = question.item, question.answer
    guideline = checklist.guideline
    evidence = answer.evidence if answer else ()
    return ItemView(
        id=item.id,
        title=words.pick(item.title),
        level=wording.level_name(words, checklist, item),
        considerations=wording.considerations(words, guideline, item.considerations),
        check=words.pick(item.check),
        why=wording.why_sentence(words, guideline, checklist.situation, question.why),
        status=wording.status_name(words, question),
        clear=question.clear,
        flags=wording.answer_flags(words, question),
        answer=_answer(checklist.project, words, question),
        evidence=tuple(wording.evidence_line(words, one) for one in evidence),
        sources=wording.item_sources(words, checklist, item),
        note=words.pick(item.note) if item.note else "",
    )


def _answer(project: Project, words: Words, question: Question) -> tuple[Row, ...]:
    """Word an answer, and who else's words are in it."""
    if (answer := question.answer) is None:
        return ()
    rows = answer_rows(words, answer, overdue=question.overdue)
    told: list[str] = [
        words.say(
            "answer.also-by.one", name=who, fields=[words.say(f"answer.{one}") for one in names]
        )
        for who, names in contributors(project.history, question.item.id, answer).items()
    ]
    return (*rows, Row(words.say("answer.also-by"), words.listing(told))) if told else rows


def _uncounted(
    checklist: Checklist, words: Words, answers: Mapping[str, Answer]
) -> tuple[UncountedView, ...]:
    """Word answers, by item, that are not counted."""
    titles = {**checklist.earlier, **{item.id: item.title for item in checklist.guideline.items}}
    return tuple(
        UncountedView(
            id=id,
            title=words.pick(titles[id]) if id in titles else id,
            status=words.say(f"status.{answer.status.value}"),
            answer=answer_rows(words, answer),
            evidence=tuple(wording.evidence_line(words, one) for one in answer.evidence),
        )
        for id, answer in answers.items()
    )


def answer_rows(words: Words, answer: Answer, *, overdue: bool = False) -> tuple[Row, ...]:
    """Give what an answer says beside its status and evidence, each with its label."""
    due = answer.due or ""
    pairs = (
        ("answer.note", answer.note),
        ("answer.reason", answer.reason),
        ("answer.approver", answer.approver),
        ("answer.until", answer.until or ""),
        ("answer.assignee", answer.assignee),
        ("answer.due", wording.past(words, due) if overdue else due),
        ("answer.by", " ".join(filter(None, (answer.by, day_in_tokyo(answer.at))))),
    )
    return tuple(Row(words.say(key), value) for key, value in pairs if value)


def _documents(checklist: Checklist, words: Words) -> tuple[DocumentView, ...]:
    """Give the documents that the report's items and cells point to, in the pack's order."""
    sources: list[Source] = [s for question in checklist.questions for s in question.item.sources]
    for id in checklist.project.cells:
        cell = checklist.guideline.cell(id)
        sources += [*cell.stance_sources, *cell.summary.sources]
    used = {source.document for source in sources}
    return tuple(
        DocumentView(
            title=words.pick(document.title),
            publisher=words.pick(document.publisher),
            url=document.url or "",
            seen=words.pick(document.seen),
            note=words.pick(document.note) if document.note else "",
        )
        for document in checklist.guideline.documents
        if document.id in used
    )
