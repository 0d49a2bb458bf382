"""The order of steps for each thing that a person can ask of aiguide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiguide.core import checklist as checklists
from aiguide.core import classify as engine
from aiguide.core import recording, rules, verdict
from aiguide.core.answers import lacking
from aiguide.core.checklist import Checklist
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.guideline import Guideline, Item
from aiguide.core.lexicon import PURPOSE, REACH, USER, Lexicon
from aiguide.core.project import Answer, Classification, Evidence, Project, Status
from aiguide.core.suggest import near
from aiguide.core.text import Lang
from aiguide.core.verdict import GATE_ALL, Judgement
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered
from aiguide.store import evidence as evidence_store
from aiguide.store import packs, projects
from aiguide.store import words as words_store

DEFAULT_PACK = "tokyo-ai@1"
REPORT_FORMATS = ("md", "pdf")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does something and when: `at` is ISO 8601 UTC."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A project with the pack that it names, its references known to hold."""

    path: Path
    project: Project
    guideline: Guideline
    lexicon: Lexicon
    manifest: projects.Manifest

    def checklist(self, today: str) -> Checklist:
        """Build the project's checklist as of `today`."""
        return checklists.build(self.guideline, self.project, today)

    def judge(self, checklist: Checklist, gate: str | None = None) -> Judgement:
        """Judge a checklist at the project's phase or at a gate."""
        return verdict.judge(checklist, self.lexicon.decide, gate)


def load_words(lang: Lang) -> Words:
    """Load the catalogue of sentences."""
    return words_store.load(lang)


def load_pack(name: str = DEFAULT_PACK) -> tuple[Guideline, Lexicon]:
    """Load a guideline pack with what its classification knows."""
    return packs.load(name)


def open_project(path: Path) -> Opened:
    """Open a project.

    Raises: UnreadableError with all that is wrong with the manifest (AG1xx, AG2xx).
    """
    manifest = projects.read(path)
    findings = _unknown_pack(manifest.project)
    if not findings:
        guideline, lexicon = packs.load(_pack_name(manifest.project))
        findings = rules.references(guideline, manifest.project)
        if not findings:
            return Opened(path, manifest.project, guideline, lexicon, manifest)
    raise UnreadableError.at(path, *manifest.placed(findings))


def _pack_name(project: Project) -> str:
    return f"{project.guideline_id}@{project.guideline_version}"


def _unknown_pack(project: Project) -> tuple[Finding, ...]:
    name, known = _pack_name(project), packs.names()
    if name in known:
        return ()
    args = {"id": name, "known": known, "near": near(name, known)}
    return (Finding("AG205", args, ("guideline",)),)


def classify(
    guideline: Guideline, lexicon: Lexicon, text: str, answers: Mapping[str, str]
) -> engine.Result:
    """Classify a description. Raises: AiguideError `unknown-question`, `unknown-option`."""
    checked: dict[str, str] = {}
    for question in (USER, PURPOSE, REACH):
        if question in answers:
            _check_option(guideline, lexicon, question, answers[question], checked)
            checked[question] = answers[question]
    for question in answers:
        if question not in checked:
            known = [one.id for one in lexicon.questions]
            raise AiguideError(
                "unknown-question", id=question, near=near(question, known), known=known
            )
    return engine.classify(guideline, lexicon, text, checked)


def _check_option(
    guideline: Guideline, lexicon: Lexicon, question: str, given: str, earlier: Mapping[str, str]
) -> None:
    options = [option.id for option in lexicon.question(question).options]
    if question == REACH:
        domain = engine.settled_domain(lexicon, earlier)
        cells = guideline.cells_of(domain) if domain else guideline.cells
        options = list(dict.fromkeys(cell.reach for cell in cells))
    if given not in options:
        raise AiguideError(
            "unknown-option", question=question, id=given, near=near(given, options), known=options
        )


def save_classification(opened: Opened, result: engine.Result, stamp: Stamp) -> Project:
    """Record a classification that decided in a project. Raises: AiguideError `abstained`."""
    if result.cell is None:
        raise AiguideError("abstained")
    best, *others = result.candidates
    classification = Classification(
        cells=(result.cell,),
        engine=engine.ENGINE,
        confidence=round(best.confidence, 4),
        alternatives=tuple(other.cell for other in others[:2]),
    )
    project = recording.classify(opened.project, classification, by=stamp.by, at=stamp.at)
    projects.save(opened.path, project)
    return project


def start_project(path: Path, pack: str, facts: Mapping[str, Any], stamp: Stamp) -> Project:
    """Write a new manifest.

    `facts` maps fields of `Project` to values, and `cells` to the cells chosen.
    Raises: AiguideError (`unknown-cell` and the like, `exists`, `no-folder`, `cannot-write`).
    """
    guideline, _ = packs.load(pack)
    _check_ids(guideline, facts)
    values = dict(facts)
    cells = values.pop("cells", ())
    chosen = _chosen_by(cells, stamp) if cells else Classification()
    project = Project(
        guideline_id=guideline.id,
        guideline_version=guideline.version,
        classification=chosen,
        **{"phase": guideline.phases[0].id, **values},
    )
    started = recording.start(project, by=stamp.by, at=stamp.at)
    projects.create(path, started)
    return started


def change_project(opened: Opened, facts: Mapping[str, Any], stamp: Stamp) -> Project:
    """Change facts, conditions, phase or cells of a project; conditions are merged in."""
    _check_ids(opened.guideline, facts)
    values = dict(facts)
    cells = values.pop("cells", None)
    if "conditions" in values:
        values["conditions"] = {**opened.project.conditions, **values["conditions"]}
    project = recording.change(opened.project, values, by=stamp.by, at=stamp.at)
    if cells is not None:
        chosen = _chosen_by(cells, stamp)
        project = recording.classify(project, chosen, by=stamp.by, at=stamp.at)
    if project is not opened.project:
        projects.save(opened.path, project)
    return project


def _chosen_by(cells: Sequence[str], stamp: Stamp) -> Classification:
    return Classification(cells=tuple(cells), engine="person", confirmed_by=stamp.by, at=stamp.at)


def _check_ids(guideline: Guideline, facts: Mapping[str, Any]) -> None:
    known = {
        "cell": [cell.id for cell in guideline.cells],
        "phase": [phase.id for phase in guideline.phases],
        "condition": [condition.id for condition in guideline.conditions],
    }
    given = {
        "cell": facts.get("cells") or (),
        "phase": [facts["phase"]] if facts.get("phase") else (),
        "condition": facts.get("conditions") or (),
    }
    for kind, ids in given.items():
        for id in ids:
            require_id(kind, id, known[kind])


def require_id(kind: str, id: str, known: Sequence[str]) -> None:
    """Insist that an id is known. Raises: AiguideError `unknown-<kind>` with the near one."""
    if id not in known:
        raise AiguideError(f"unknown-{kind}", id=id, near=near(id, known), known=list(known))


def find_item(guideline: Guideline, id: str) -> Item:
    """Find a check item. Raises: AiguideError `unknown-item` with the near one."""
    require_id("item", id, [item.id for item in guideline.items])
    return guideline.item(id)


def record_answer(opened: Opened, item: Item, given: Answer, stamp: Stamp) -> Opened:
    """Record an answer and save it at once; what returns is on disk.

    Raises: AiguideError `answer-lacks` where the status asks for more, `cannot-write`.
    """
    stamped = replace(given, item_digest=item.digest)
    if lacking(stamped):
        raise AiguideError(f"answer-lacks-{stamped.status.value}", item=item.title)
    if item.exception_only and stamped.status in (Status.DONE, Status.NOT_APPLICABLE):
        raise AiguideError("exception-only", item=item.title)
    project = recording.answer(opened.project, item.id, stamped, by=stamp.by, at=stamp.at)
    projects.save(opened.path, project)
    return replace(opened, project=project)


def attach_file(opened_path: Path, target: str) -> Evidence:
    """Make evidence of a file inside the project's folder."""
    return evidence_store.attach(opened_path, target)


def validate(
    paths: Sequence[Path], gate: str | None, today: str
) -> tuple[int, tuple[Finding, ...]]:
    """Examine every manifest that `paths` stand for.

    Returns the number of files examined and every finding of every file, in order.
    Raises: AiguideError `unknown-phase` for a gate that is none, `nothing-to-validate`.
    """
    if gate is not None and gate != GATE_ALL:
        guideline, _ = packs.load(DEFAULT_PACK)
        require_id("phase", gate, [*(phase.id for phase in guideline.phases), GATE_ALL])
    files = list(dict.fromkeys(file for path in paths for file in projects.found_in(path)))
    if not files:
        raise AiguideError("nothing-to-validate", paths=[str(path) for path in paths])
    findings = [finding for file in files for finding in _examine(file, gate, today)]
    return len(files), tuple(findings)


def _examine(file: Path, gate: str | None, today: str) -> Iterator[Finding]:
    try:
        opened = open_project(file)
    except UnreadableError as error:
        if error.args_said["file"] != str(file):
            raise
        yield from error.findings
        return
    checklist = opened.checklist(today)
    findings = [*rules.check(checklist, opened.judge(checklist))]
    findings += evidence_store.mismatches(file, opened.project)
    if gate is not None:
        findings += rules.gate_unmet(opened.judge(checklist, gate), gate)
    yield from opened.manifest.placed(tuple(findings))


def report(opened: Opened, words: Words, today: str, format: str) -> Rendered:
    """Make a project's report in one of `REPORT_FORMATS`.

    Raises: AiguideError `no-pango`, `no-font`.
    """
    from aiguide.core import report as reports
    from aiguide.render import RENDERERS

    checklist = opened.checklist(today)
    view = reports.build(checklist, opened.judge(checklist), words, today)
    return RENDERERS[format](view, words)


def write_file(path: Path, content: bytes) -> None:
    """Write a file that somebody asked for, atomically.

    Raises: AiguideError `no-folder`, `is-folder`, `cannot-write`.
    """
    from aiguide.store.files import write_atomically

    if not path.parent.is_dir():
        raise AiguideError("no-folder", folder=str(path.parent))
    if path.is_dir():
        raise AiguideError("is-folder", file=str(path))
    write_atomically(path, content)


def schema_names() -> tuple[str, ...]:
    """Give the names of the JSON Schemas that aiguide publishes."""
    from aiguide.store import schemas

    return schemas.names()


def schema_text(name: str) -> str:
    """Give a JSON Schema. Raises: AiguideError `unknown-schema`."""
    from aiguide.store import schemas

    require_id("schema", name, schemas.names())
    return schemas.text(name)


def pdf_obstacles() -> Iterator[tuple[str, AiguideError | None]]:
    """Try what a PDF needs; gives each (`pango`, `font`) with its error, or None."""
    from aiguide.render import report_pdf

    for id, attempt in (("pango", report_pdf.require_pango), ("font", report_pdf.require_font)):
        try:
            attempt()
        except AiguideError as error:
            yield id, error
        else:
            yield id, None
