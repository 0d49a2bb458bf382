"""Classifying a file of descriptions: one line out for each, whatever becomes of the others."""

from collections.abc import Callable
from pathlib import Path

from aiguide.cli import complaints, console
from aiguide.cli.exits import ExitCode
from aiguide.cli.input_files import is_table, opened
from aiguide.cli.progress import progress
from aiguide.core import wording
from aiguide.core.classify import Result
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.words import Words
from aiguide.usecases import classifying, results
from aiguide.usecases.classifying import Done, Engine, Judged

FORMATS = ("text", "jsonl", "csv")
CSV_COLUMNS = ("id", "cell", "stance", "reason", "first", "confidence", "second", "third")


def run(words: Words, guideline: Guideline, judge: Engine, file: Path, format: str) -> ExitCode:
    """Classify every record of a file, or of stdin for `-`, and print it in order.

    Raises: AiguideError `cannot-read`, `no-columns`.
    """
    write = _writer(words, guideline, format)
    seen = refused = 0
    named: list[Cell] = []
    with opened(file) as stream, progress(_size(file), file.name) as tell:
        for done in classifying.classify_many(judge, stream, is_table=is_table(file)):
            tell(done.read)
            seen += 1
            _report(words, file, done)
            if done.judged is None:
                refused += 1
            else:
                write(done.id, done.judged)
                named += [guideline.cell(id) for id in [done.judged.result.cell] if id]
    if format == "text" and (note := wording.inferred_note(words, named)):
        console.talk(note)
    if not seen:
        console.talk(words.say("batch.empty", file=complaints.file_name(words, file)))
    return ExitCode.NO if refused else ExitCode.DONE


def _size(file: Path) -> int:
    """Give a file's size in bytes; nobody knows how much stdin will be."""
    return file.stat().st_size if file.is_file() else 0


def _report(words: Words, file: Path, done: Done) -> None:
    """Say what stood in a record's way, or in the language model's."""
    if done.error:
        complaints.show_line_error(words, file, done.line, done.error)
    elif done.judged and done.judged.failure:
        message = complaints.llm_failed(words, done.judged.failure)
        name = complaints.file_name(words, file)
        console.talk(words.say("error.line", file=name, line=done.line, message=message))


def _writer(words: Words, guideline: Guideline, format: str) -> Callable[[str, Judged], None]:
    if format == "csv":
        console.put_csv_row(CSV_COLUMNS, first=True)
    return {
        "text": lambda id, judged: console.say(_one_line(words, guideline, id, judged.result)),
        "jsonl": lambda id, judged: console.put_json_line(
            results.classification(words, guideline, id, judged)
        ),
        "csv": lambda id, judged: console.put_csv_row(_csv_cells(guideline, id, judged.result)),
    }[format]


def _one_line(words: Words, guideline: Guideline, id: str, result: Result) -> str:
    if result.cell is None:
        doubt = result.doubt.value if result.doubt else ""
        return f"{id}\t-\t{words.say(f'doubt.{doubt}')}"
    stance = wording.cell_stance(words, guideline, guideline.cell(result.cell))
    name = wording.cell_name(words, guideline, result.cell)
    return "\t".join((id, result.cell, stance, name))


def _csv_cells(guideline: Guideline, id: str, result: Result) -> tuple[str, ...]:
    """Give the cells of `CSV_COLUMNS`; `cell` and `stance` are empty where it abstains."""
    first, second, third = result.candidates[:3]
    return (
        id,
        result.cell or "",
        (guideline.cell(result.cell).stance_id or "") if result.cell else "",
        result.doubt.value if result.doubt else "",
        first.cell,
        f"{first.confidence:.4f}",
        second.cell,
        third.cell,
    )
