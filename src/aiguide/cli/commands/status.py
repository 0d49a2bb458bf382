"""`aiguide status`: say whether a project may go on, how far it is, and what is next."""

from collections.abc import Iterator
from pathlib import Path

import typer

from aiguide.cli import console, layout, onward, stances
from aiguide.cli.app import Command, new_app
from aiguide.cli.as_commands import condition_blanks, set_command
from aiguide.cli.git_told import warn_first
from aiguide.cli.lacking_told import warn_of_lacking
from aiguide.cli.options import (
    USUAL,
    Format,
    Lang,
    ProjectFile,
    Today,
    command,
    project_path,
)
from aiguide.cli.session import session_of, today_or
from aiguide.core import deadlines, wording
from aiguide.core.attestation import ANSWERED, RETIRED
from aiguide.core.checklist import Checklist, Tally, current_phase
from aiguide.core.history import first_broken
from aiguide.core.mismatch_view import notices, part_name
from aiguide.core.report import verdict_reason
from aiguide.core.suggest import one_of
from aiguide.core.verdict import Judgement, PhaseState
from aiguide.core.words import Worded, Words
from aiguide.usecases import projects, results, versions
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import lexicon

app = new_app()
NEXT_SHOWN = 3
LATE_SHOWN = 2  # lines of each notice
BAR, SHORT_BAR = 10, 4


@app.command(cls=Command)
def status(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    today: Today = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    one_of("--format", format, ("text", "json"))
    path = project_path(project)
    opened = projects.open_project(path)
    words = session_of(ctx).words.of_pack(opened.guideline.words)
    day = today_or(today)
    checklist = opened.inspected(day)
    judgement = opened.judge(checklist)
    if format == "json":
        console.put_json(results.status(checklist, judgement))
        return
    _head(words, checklist)
    console.say("\n".join(_phases(words, judgement)))
    for line in _crossing(words, checklist, judgement):
        console.say(layout.indented(line, 2, layout.columns()))
    _unanswered(words, checklist, path)
    _not_asked(words, opened, checklist)
    _retired(words, opened)
    _newer(words, opened)
    # What matters most stands last, where a screen that is too short still shows it.
    _verdict(words, checklist, judgement, day, path)
    _next(words, checklist, judgement, path)
    warn_first(words, opened, "")
    warn_of_lacking(words, opened, "")


def _head(words: Words, checklist: Checklist) -> None:
    project, guideline, columns = checklist.project, checklist.guideline, layout.columns()
    place = " ".join(filter(None, (project.organization, project.owner)))
    console.say("\n" + layout.indented(layout.paint(project.name, "bold"), 2, columns))
    if place:
        console.say(f"  {place}")
    if project.example:
        console.say(f"  {words.say('example.mark')}")
    for id in project.cells:
        cell = guideline.cell(id)
        stance = stances.mark(words, guideline, cell)
        name = wording.cell_name(words, guideline, id)
        console.say("  " + "  ".join(filter(None, (name, stance))))
        if doubt := stances.doubt(words, guideline, cell):
            console.say(layout.indented(doubt, 4, columns))
    console.say()


def _verdict(
    words: Words, checklist: Checklist, judgement: Judgement, today: str, path: Path
) -> None:
    """Say the verdict, what it rests on, and what a reader must know of the answers' standing."""
    guideline, project, columns = checklist.guideline, checklist.project, layout.columns()
    verdict = layout.paint(words.say(f"verdict.{judgement.verdict.value}"), "bold")
    phase = words.pick(guideline.phase(current_phase(guideline, project)).title)
    now = words.say("status.now", phase=phase)
    console.say(f"\n  {now}    {words.say('status.verdict')} {verdict}")
    said = (verdict_reason(checklist, judgement, words), words.say("verdict.whose"))
    for line in (*said, *_standing(words, checklist, path)):
        console.say(console.laid_out(line, 2))
    late = deadlines.expired(words, checklist), deadlines.overdue(words, checklist, judgement)
    for line in filter(None, (*late, deadlines.expiring(words, checklist, today))):
        console.say(layout.indented(layout.clipped(line, LATE_SHOWN, columns - 2), 2, columns))


def _standing(words: Words, checklist: Checklist, path: Path) -> Iterator[str]:
    """Say where the history or the evidence does not bear out what the file says."""
    broken, found = first_broken(checklist.project.history) is not None, checklist.standing
    if broken:
        yield words.say("notice.broken")
    yield from notices(words, checklist)
    if broken or found.mismatches or found.unrecorded:
        yield words.say("status.verify", command=command("log", path, "--verify"))
    if bad := checklist.bad_evidence():
        yield words.say("status.bad-evidence", count=bad, command=command("evidence", path))


def _phases(words: Words, judgement: Judgement) -> list[str]:
    for bar in (BAR, SHORT_BAR):
        lines = layout.table([_phase(words, state, bar) for state in judgement.phases])
        if max(map(layout.width, lines)) <= layout.columns():
            break
    return lines


def _crossing(words: Words, checklist: Checklist, judgement: Judgement) -> Iterator[str]:
    """Say why a phase beside the others counts: a condition that it needs holds."""
    guideline, now = checklist.guideline, checklist.situation
    for phase in (state.phase for state in judgement.phases if state.counts):
        if holding := [id for id in phase.needs if now.holds(id)]:
            why = words.listing(wording.conditions_met(words, guideline, now, holding))
            yield words.say("status.crossing", phase=phase.title, why=why)


def _phase(words: Words, state: PhaseState, bar: int) -> tuple[str, ...]:
    required, recommended = state.required, state.recommended
    return (
        words.pick(state.phase.title),
        f"{words.say('level.required')} {_counted(required, 2)}",
        layout.bar(required.clear, required.total, bar),
        f"{words.say('level.recommended')} {_counted(recommended)}",
        "" if state.counts else words.say("gate.later"),
    )


def _counted(tally: Tally, digits: int = 1) -> str:
    """Give how many of some items are clear, numbers below each other; a stroke without items."""
    if not tally.total:
        return "—".rjust(digits)
    return f"{tally.clear:>{digits}}/{tally.total:<{digits}}"


def _next(words: Words, checklist: Checklist, judgement: Judgement, path: Path) -> None:
    """Say what is finished, what blocks the verdict, and how to go on."""
    here = current_phase(checklist.guideline, checklist.project)
    console.say()
    if done := onward.finished(words, checklist, here):
        console.say(layout.indented(done, 2, layout.columns()))
    console.say("  " + layout.paint(words.say("onward"), "bold"))
    _blocking(words, judgement)
    rows = [*onward.onward(words, checklist, judgement, path)]
    if judgement.blocking:
        console.say()
    else:
        rows.append(onward.report_row(words, path))
    console.say("\n".join(onward.lines(rows)))


def _blocking(words: Words, judgement: Judgement) -> None:
    """Name what blocks the verdict, and how many more: what is late first, then by due date."""
    blocking = deadlines.most_urgent_first(judgement.blocking)
    for question in blocking[:NEXT_SHOWN]:
        answer = question.answer
        known = [wording.status_name(words, question)] if answer else []
        if answer and answer.due:
            due = wording.past(words, answer.due) if question.overdue else answer.due
            known.append(words.say("status.due", due=Worded(due)))
        if answer and answer.assignee:
            known.append(answer.assignee)
        title = words.pick(question.item.title)
        console.say(layout.ends(f"    {title}", question.item.id, layout.columns() - 2))
        if known:
            console.say(layout.indented(words.listing(known), 6, layout.columns()))
    if len(blocking) > NEXT_SHOWN:
        console.say("    " + words.say("status.more", count=len(blocking) - NEXT_SHOWN))


def _not_asked(words: Words, opened: Opened, checklist: Checklist) -> None:
    """Name the answers to items that do not apply by now; they count for nothing."""
    if left := checklist.not_asked():
        known = lexicon(opened)
        named = [part_name(known, (ANSWERED, id)) for id in left]
        said = words.say("status.not-asked", count=len(named), items=named)
        console.say("\n" + layout.indented(said, 2, layout.columns()))


def _retired(words: Words, opened: Opened) -> None:
    """Name the answers that an upgrade left behind; they count for nothing."""
    retired = opened.project.retired
    if retired:
        known = lexicon(opened)
        named = [part_name(known, (RETIRED, id)) for id in retired]
        said = words.say("status.retired", count=len(named), items=named)
        console.say("\n" + layout.indented(said, 2, layout.columns()))


def _newer(words: Words, opened: Opened) -> None:
    """Say that there is a newer version of the guideline, and how to see what it would ask."""
    later = versions.later_name(opened.guideline, opened.path.parent)
    if later:
        said = words.say("status.newer", name=later)
        console.say("\n" + layout.indented(said, 2, layout.columns()))
        console.say("    " + command("upgrade", opened.path, "--dry-run"))


def _unanswered(words: Words, checklist: Checklist, path: Path) -> None:
    """Say which conditions are not answered, and what a no would take off the list."""
    lines = wording.unanswered_conditions(words, checklist)
    if lines:
        console.say("\n  " + layout.paint(words.say("status.unanswered-conditions"), "bold"))
        for id, text in lines.items():
            console.say(layout.hanging(id, text, 4, 20, layout.columns()))
        example = set_command(path, condition_blanks([next(iter(lines))]))
        console.say(f"    {example}  {words.say('status.condition-no')}")
