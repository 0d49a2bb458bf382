"""Where to go on from where a project stands: what is finished, what is left, what comes next."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from aiguide.cli import layout
from aiguide.cli.as_commands import fact_options, set_command, signed
from aiguide.cli.options import BLANK, about, command
from aiguide.core.checklist import Checklist, current_phase
from aiguide.core.guideline import Guideline, Level, PhaseKind
from aiguide.core.project import Project, Status
from aiguide.core.verdict import Judgement
from aiguide.core.words import Worded, Words

Row = tuple[str, str]  # a command, and what it does


def finished(words: Words, checklist: Checklist, phase: str) -> str:
    """Say that all required items of a phase are clear, where it has some; else nothing."""
    required = checklist.tally([phase], Level.REQUIRED)
    if not required.total or required.clear < required.total:
        return ""
    told = {"phase": checklist.guideline.phase(phase).title}
    if excepted := _excepted(checklist, phase):
        until = Worded(min(excepted))
        return words.say("onward.finished.excepted", **told, count=len(excepted), until=until)
    return words.say("onward.finished", **told)


def _excepted(checklist: Checklist, phase: str) -> list[str]:
    """Give the days on which the exceptions end that clear required items of a phase."""
    answers = [
        question.answer
        for question in checklist.of_phase(phase)
        if question.item.level is Level.REQUIRED and question.answer
    ]
    return [one.until for one in answers if one.status is Status.EXCEPTION and one.until]


def onward(
    words: Words,
    checklist: Checklist,
    judgement: Judgement,
    path: Path,
    but: str = "",
    by: str = "",
) -> Iterator[Row]:
    """Give what there is to do: the cells, the phases with something left, the phase that is next.

    Of the phase `but` nothing is said. `by`: who records it, where that was given by an option.
    """
    if judgement.unsure:
        yield _cell_row(words, checklist.guideline, checklist.project, path, by)
    left = judgement.left_by_phase()
    for phase in (state.phase for state in judgement.phases if state.counts):
        count, bad = left.get(phase.id, 0), checklist.bad_evidence(phase.id)
        if phase.id != but and (count or bad):
            key = "onward.phase" if count else "onward.evidence"
            said = words.say(key, phase=phase.title, count=count)
            yield command("check", path, f"--phase {phase.id}", *signed(by)), said
    if (following := _following(checklist, judgement)) is not None:
        said = words.say("onward.next", phase=checklist.guideline.phase(following).title)
        yield set_command(path, fact_options({"phase": following}), by), said


def begin(
    words: Words, guideline: Guideline, project: Project, path: Path, by: str, *rest: str
) -> Iterator[str]:
    """Say what comes next in a project as it is now: its cell, or else its items.

    `rest` says which items.
    """
    if project.cells:
        go_on = command("check", path, *rest, *signed(by))
        yield "  " + words.say("init.next", command=go_on)
    else:
        yield "  " + words.say("onward")
        yield from lines([_cell_row(words, guideline, project, path, by)])


def report_row(words: Words, path: Path) -> Row:
    """Give how to make the report."""
    return command("report", path, "-o report.pdf"), words.say("onward.report")


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Lay commands out, each beside what it does; below it where the screen is too narrow."""
    aligned = layout.table([*rows], indent=4)
    if max(map(layout.width, aligned)) <= layout.columns():
        yield from aligned
        return
    for typed, said in rows:
        yield f"    {typed}"
        yield layout.indented(said, 6, layout.columns())


def _cell_row(words: Words, guideline: Guideline, project: Project, path: Path, by: str) -> Row:
    """Give how to settle on a cell, or to confirm those that are there."""
    cells = fact_options({"cells": project.cells})
    said = words.say("onward.confirm") if cells else _ways_to_a_cell(words, guideline)
    return set_command(path, cells or [f"--cell {BLANK}"], by), said


def _ways_to_a_cell(words: Words, guideline: Guideline) -> str:
    """Say how to find the cell to settle on; not every guideline can classify."""
    key = "onward.cell" if guideline.classification is None else "onward.cell.judged"
    matrix, classify = (about(name, guideline) for name in ("matrix", "classify"))
    return words.say(key, matrix=Worded(matrix), classify=Worded(classify))


def _following(checklist: Checklist, judgement: Judgement) -> str | None:
    """Give the phase to go on to.

    None while the cells are not settled, or a phase up to this one has something required left.
    """
    guideline = checklist.guideline
    stages = guideline.stages
    here = stages.index(current_phase(guideline, checklist.project))
    left = judgement.left_by_phase()
    if judgement.unsure or any(id in left for id in stages[: here + 1]):
        return None
    following = next(iter(stages[here + 1 :]), None)
    closing = following and guideline.phase(following).kind is PhaseKind.CLOSING
    return None if closing else following
