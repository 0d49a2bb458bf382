"""A classification as a screen: the cell and why, or the doubt and what to ask."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from aiguide.cli import console, layout, stances
from aiguide.cli.options import command
from aiguide.core import reasons, wording
from aiguide.core.classify import SILENT, Doubt, Result
from aiguide.core.guideline import Fact, Guideline
from aiguide.core.policy import ClassificationPolicy, ClosedQuestion
from aiguide.core.words import Words
from aiguide.usecases import classifying
from aiguide.usecases.classifying import Judged

LONGEST_PASTED = 300  # a longer description is left out of a command: it will be asked for


def show(
    words: Words,
    guideline: Guideline,
    policy: ClassificationPolicy,
    text: str,
    judged: Judged,
    project: Path | None = None,
    options: Sequence[str] = (),
) -> None:
    """Print what became of a description; `project` is the one that it is saved to.

    `options` are those that the command had beside the description.
    """
    console.say()
    if judged.result.cell is None:
        _show_doubt(words, guideline, judged)
        if judged.result.questions:
            _show_how(words, judged.result.questions[0], text, options)
        return
    id = judged.result.candidates[0].cell
    _show_decision(words, guideline, policy, text, judged)
    console.say("\n  " + layout.paint(words.say("onward"), "bold"))
    begin = (f"aiguide init --cell {id}", words.say("classify.next.init"))
    if project is not None:
        begin = (command("check", project), words.say("classify.next.check"))
    rows = [begin, (f"aiguide show {id}", words.say("classify.next.show"))]
    console.say("\n".join(layout.table(rows, indent=4)))


def _show_decision(
    words: Words, guideline: Guideline, policy: ClassificationPolicy, text: str, judged: Judged
) -> None:
    columns, result = layout.columns(), judged.result
    id = result.candidates[0].cell
    cell = guideline.cell(id)
    name = layout.paint(wording.cell_name(words, guideline, id), "bold")
    console.say(layout.ends("  " + name, id, columns - 2))
    mark = stances.mark(words, guideline, cell)
    unnamed = bool(text) and not classifying.names_ai(text)
    only_if = words.say("classify.if-ai") if unnamed else ""
    console.say("  " + "  ".join(filter(None, (mark, reasons.how_sure(words, result), only_if))))
    for line in stances.lines(words, guideline, cell):
        console.say(layout.indented(line, 2, columns))
    if result.several:
        console.say(layout.indented(words.say("classify.several"), 2, columns))
    _show_why(words, guideline, policy, result)
    _show_opinions(words, guideline, judged)
    console.say(
        layout.hanging(
            words.say("classify.considerations"),
            wording.cell_considerations(words, guideline, cell),
            2,
            12,
            columns,
        )
    )
    _show_scene(words, guideline, classifying.nearest_scene(guideline, id, text), id)
    show_next_best(words, guideline, result)


def _show_opinions(words: Words, guideline: Guideline, judged: Judged) -> None:
    """Set the local engine beside the language model; a disagreement is never hidden."""
    if judged.opinion is None or judged.local is None:
        return
    opinion, columns = judged.opinion, layout.columns()
    cell = opinion.cell
    chosen = wording.cell_name(words, guideline, cell) if cell else _doubt(words, opinion.doubt)
    rows = [("llm.model", chosen), ("llm.local", _local_opinion(words, guideline, judged))]
    if opinion.dropped:
        rows.append(("", words.say("llm.dropped", count=opinion.dropped)))
    for key, said in rows:
        console.say(layout.hanging(words.say(key) if key else "", said, 2, 12, columns))
    console.say()


def _local_opinion(words: Words, guideline: Guideline, judged: Judged) -> str:
    if judged.agrees:
        return words.say("llm.agrees")
    local = judged.local or judged.result
    if local.doubt and local.doubt is not Doubt.CLOSE:
        return words.say("llm.doubts", why=_doubt(words, local.doubt))
    first = local.candidates[0]
    name = wording.cell_name(words, guideline, first.cell)
    key = "llm.disagrees" if judged.opinion and judged.opinion.cell else "llm.has"
    return words.say(key, cell=name, percent=round(first.confidence * 100))


def _doubt(words: Words, doubt: Doubt | None) -> str:
    return words.say(f"doubt.{doubt.value}") if doubt else ""


def _show_scene(words: Words, guideline: Guideline, scene: Fact, cell: str) -> None:
    columns = layout.columns()
    source = wording.source_line(words, guideline, scene.sources[0], (cell,))
    console.say(layout.hanging(words.say("classify.scene"), words.pick(scene.text), 2, 12, columns))
    console.say(layout.indented(source, 14, columns))


def _show_why(
    words: Words, guideline: Guideline, policy: ClassificationPolicy, result: Result
) -> None:
    console.say("\n  " + layout.paint(words.say("classify.why"), "bold"))
    for row in reasons.reasons(words, guideline, policy, result):
        line = "  ".join(filter(None, (row.answer, *row.quotes)))
        console.say(layout.hanging(row.question, line, 4, 12, layout.columns()))


def show_next_best(words: Words, guideline: Guideline, result: Result) -> None:
    """Show the cell that comes second, and when it would be the one; none after three answers."""
    if result.decided_by_answers:
        return
    cell = guideline.cell(result.candidates[1].cell)
    stance = wording.cell_stance(words, guideline, cell)
    name = wording.cell_name(words, guideline, cell.id)
    columns = layout.columns()
    head = layout.ends(f"{name} {stance}", cell.id, columns - 16)
    if "\n" in head:
        head = f"{name}\n" + "  ".join(filter(None, (stance, cell.id)))
    console.say(layout.hanging(words.say("classify.runner-up"), head, 2, 12, columns))
    console.say(layout.indented(words.pick(cell.choose_when.text), 14, columns))
    first = guideline.cell(result.candidates[0].cell)
    if not first.inferred and (note := wording.inferred_note(words, [cell])):
        console.say(layout.indented(note, 14, columns))


def _show_doubt(words: Words, guideline: Guideline, judged: Judged) -> None:
    columns, result = layout.columns(), judged.result
    undecided = words.say("classify.undecided", why=_doubt(words, result.doubt))
    console.say(layout.paint(layout.indented(undecided, 2, columns), "bold") + "\n")
    if result.several:
        console.say(layout.indented(words.say("classify.split"), 2, columns) + "\n")
    _show_opinions(words, guideline, judged)
    if result.doubt in SILENT:
        said = words.say(f"classify.more.{result.doubt}")
        console.say(layout.indented(said, 2, columns))
    else:
        show_candidates(words, guideline, result)
    for question in result.questions:
        console.say()
        heading = words.say("classify.question")
        console.say(layout.hanging(heading, words.pick(question.text), 2, 10, columns))
        for option in question.options:
            console.say(layout.hanging(option.id, words.pick(option.label), 4, 16, columns))


def _show_how(words: Words, asked: ClosedQuestion, text: str, options: Sequence[str]) -> None:
    """Say how to be asked the questions: the same command, to be pasted; and how a script does."""
    columns, example = layout.columns(), f"{asked.id}={asked.options[0].id}"
    console.say("\n" + layout.indented(words.say("classify.how"), 2, columns))
    given = [text] if text and text.isprintable() and len(text) <= LONGEST_PASTED else []
    console.say("    aiguide classify -i " + shlex.join([*given, *options]))
    console.say(layout.indented(words.say("classify.how.else", example=example), 2, columns))


def show_candidates(words: Words, guideline: Guideline, result: Result) -> None:
    """Show the first few with their shares; a long title goes on below its beginning."""
    cells = [(guideline.cell(one.cell), one.confidence) for one in result.candidates[:3]]
    heads = layout.table(
        [
            (
                cell.id,
                wording.cell_stance(words, guideline, cell),
                layout.bar(round(confidence * 100), 100, 8),
            )
            for cell, confidence in cells
        ],
        indent=0,
    )
    broadest = max(map(layout.width, heads)) + 2
    for head, (cell, _) in zip(heads, cells, strict=True):
        console.say(layout.hanging(head, words.pick(cell.title), 4, broadest, layout.columns()))
    if note := wording.inferred_note(words, (cell for cell, _ in cells)):
        console.say(layout.indented(note, 4, layout.columns()))
