"""`aiguide classify`: say which cell an idea is in."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from aiguide.cli import console, layout, results
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import By, Lang, one_of, project_path
from aiguide.cli.session import at_terminal, session_of, stamp
from aiguide.core import wording
from aiguide.core.classify import Candidate, Result, next_question
from aiguide.core.errors import AiguideError, reason_of
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.words import Words
from aiguide.usecases import classifying, guidelines

FORMATS = ("text", "json", "jsonl")
LONGEST = 20_000

app = new_app()


@app.command(cls=Command)
def classify(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="argument.text")] = "",
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="option.interactive")
    ] = False,
    answer: Annotated[
        list[str] | None,
        typer.Option("--answer", metavar="QUESTION=OPTION", help="option.answer"),
    ] = None,
    input: Annotated[
        Path | None, typer.Option("--input", metavar="FILE.jsonl", help="option.input")
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="local", help="option.engine")
    ] = "local",
    save: Annotated[
        Path | None, typer.Option("--save", metavar="PROJECT", help="option.save")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="text|json|jsonl", help="option.format")
    ] = "text",
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--engine", engine, ("local",))
    one_of("--format", format, FORMATS)
    guideline, policy = guidelines.load_pack()
    if input is not None:
        _alone(
            "--input",
            {"TEXT": text, "--interactive": interactive, "--answer": answer, "--save": save},
        )
        one_of("--format", format, ("text", "jsonl"))
        raise typer.Exit(_many(words, guideline, policy, input, format))
    answers = _answers(answer or [])
    if interactive:
        _ask(words, guideline, policy, answers)
    described = _described(text, bool(answers))
    result = classifying.classify(guideline, policy, described, answers)
    if format == "text":
        _show(words, guideline, policy, result)
    else:
        data = results.classification(words, guideline, None, result)
        (console.put_json if format == "json" else console.put_json_line)(data)
    if result.cell is None:
        raise typer.Exit(ExitCode.ABSTAINED)
    if save is not None:
        _save(words, project_path(save), result, by)


def _alone(option: str, others: Mapping[str, object]) -> None:
    """Insist that an option stands without others. Raises: AiguideError `conflicting`."""
    for other, given in others.items():
        if given:
            raise AiguideError("conflicting", one=option, other=other)


def _save(words: Words, path: Path, result: Result, by: str) -> None:
    from aiguide.usecases import projects

    classifying.save_classification(projects.open_project(path), result, stamp(by))
    console.talk(words.say("classify.saved", file=str(path)))


def _answers(given: list[str]) -> dict[str, str]:
    answers = {}
    for one in given:
        question, sign, option = one.partition("=")
        if not sign or not option:
            raise AiguideError("bad-answer", value=one)
        answers[question] = option
    return answers


def _described(text: str, answered: bool) -> str:
    """Give the description: the argument, or stdin for `-` and where it is piped in."""
    if text == "-" or (not text and not answered and not sys.stdin.isatty()):
        raw = sys.stdin.buffer.read(LONGEST * 4 + 1)
        if len(raw) > LONGEST * 4:
            raise AiguideError("text-too-long", most=LONGEST)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise AiguideError("text-not-utf8") from None
    if not text.strip() and not answered:
        raise AiguideError("no-text")
    if len(text) > LONGEST:
        raise AiguideError("text-too-long", most=LONGEST)
    if not _whole(text):
        raise AiguideError("text-not-utf8")
    return text


def _whole(text: str) -> bool:
    """Tell whether a text has no bytes that are not UTF-8 and no half characters."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _ask(
    words: Words, guideline: Guideline, policy: ClassificationPolicy, answers: dict[str, str]
) -> None:
    """Ask a person the questions that decide, until they do."""
    if not at_terminal():
        raise AiguideError("no-terminal", option="--interactive")
    while question := next_question(guideline, policy, answers):
        console.say(f"\n{words.pick(question.text)}")
        for number, option in enumerate(question.options, 1):
            label = words.pick(option.label)
            console.say(layout.hanging(f"{number}", label, 2, 3, layout.columns()))
        given = input(words.say("prompt.number", most=len(question.options))).strip()
        if given.isdecimal() and 1 <= int(given) <= len(question.options):
            answers[question.id] = question.options[int(given) - 1].id


def _many(
    words: Words, guideline: Guideline, policy: ClassificationPolicy, file: Path, format: str
) -> ExitCode:
    """Classify a file of JSON lines; a line that cannot be is reported, and the rest done."""
    refused = False
    for number, line in _lines(file):
        try:
            id, text, answers = _request(line)
            result = classifying.classify(guideline, policy, text, answers)
        except (AiguideError, ValueError) as error:
            refused = True
            code = error.code if isinstance(error, AiguideError) else "bad-line"
            args = error.args_said if isinstance(error, AiguideError) else {}
            message = words.say(f"error.{code}", **args)
            console.talk(words.say("error.line", file=str(file), line=number, message=message))
            continue
        if format == "text":
            console.say(_one_line(words, guideline, id, result))
        else:
            console.put_json_line(results.classification(words, guideline, id, result))
    return ExitCode.NO if refused else ExitCode.DONE


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        opened = sys.stdin.buffer if str(file) == "-" else file.open("rb")
        with opened:
            for number, line in enumerate(opened, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise AiguideError("cannot-read", file=str(file), reason=reason_of(error)) from None


def _request(line: bytes) -> tuple[str, str, dict[str, str]]:
    """Read one line. Raises: ValueError for a line that does not fit; AiguideError for CP932."""
    try:
        data: Any = json.loads(line.decode("utf-8"))
        id, text = data["id"], data["text"]
        answers = dict(data.get("answers") or {})
    except UnicodeDecodeError:
        raise AiguideError("text-not-utf8") from None
    except (RecursionError, KeyError, TypeError, AttributeError):
        raise ValueError from None
    strings = [id, text, *answers, *answers.values()]
    if not all(isinstance(one, str) and _whole(one) for one in strings):
        raise ValueError
    if not text.strip() or len(text) > LONGEST:
        raise ValueError
    return id, text, answers


def _one_line(words: Words, guideline: Guideline, id: str, result: Result) -> str:
    if result.cell is None:
        doubt = result.doubt.value if result.doubt else ""
        return f"{id}\t-\t{words.say(f'doubt.{doubt}')}"
    stance = guideline.stance(guideline.cell(result.cell).stance.id)
    return f"{id}\t{result.cell}\t{wording.stance_name(words, stance)}"


def _show(words: Words, guideline: Guideline, policy: ClassificationPolicy, result: Result) -> None:
    console.say()
    if result.cell is None:
        _show_doubt(words, guideline, result)
    else:
        _show_decision(words, guideline, policy, result)


def _show_decision(
    words: Words, guideline: Guideline, policy: ClassificationPolicy, result: Result
) -> None:
    columns = layout.columns()
    id = result.candidates[0].cell
    cell = guideline.cell(id)
    stance = guideline.stance(cell.stance.id)
    name = layout.paint(wording.cell_name(words, guideline, id), "bold")
    console.say(layout.ends("  " + name, id, columns - 2))
    mark = layout.paint(wording.stance_name(words, stance), stance.id, "bold")
    console.say(f"  {mark}  {_how_sure(words, result)}")
    console.say(layout.indented(words.pick(stance.description), 2, columns))
    doubt = wording.stance_doubt(words, guideline, cell.stance)
    if doubt:
        console.say(layout.indented(doubt, 2, columns))
    _show_why(words, guideline, policy, result)
    console.say(
        layout.hanging(
            words.say("classify.considerations"),
            wording.cell_considerations(words, guideline, cell),
            2,
            12,
            columns,
        )
    )
    scene = cell.scenes[0]
    source = wording.source_line(words, guideline, scene.sources[0], (id,))
    console.say(layout.hanging(words.say("classify.scene"), words.pick(scene.text), 2, 12, columns))
    console.say(layout.indented(source, 14, columns))
    if result.candidates[1].confidence > 0:
        _show_next_best(words, guideline, result.candidates[1])
    console.say("\n  " + layout.paint(words.say("classify.next"), "bold"))
    rows = [
        (f"aiguide init --cell {id}", words.say("classify.next.init")),
        (f"aiguide show {id}", words.say("classify.next.show")),
    ]
    console.say("\n".join(layout.table(rows, indent=4)))


def _show_why(
    words: Words, guideline: Guideline, policy: ClassificationPolicy, result: Result
) -> None:
    best = guideline.cell(result.candidates[0].cell)
    console.say("\n  " + layout.paint(words.say("classify.why"), "bold"))
    lines: list[tuple[str, str] | None] = [
        _given(words, policy, best, id, option) for id, option in result.answers.items()
    ]
    lines += [_spoken(words, id, result) for id in ("user", "purpose", "reach")]
    for line in filter(None, lines):
        console.say(layout.hanging(line[0], line[1], 4, 12, layout.columns()))
    console.say()


def _given(
    words: Words, policy: ClassificationPolicy, best: Cell, id: str, option: str
) -> tuple[str, str]:
    """Name a question and the answer that was given to it."""
    labels = {one.id: one.label for one in policy.question(id).options}
    label = labels.get(option, best.title)  # the options of `reach` are classes, named as cells
    return words.say(f"question.{id}"), words.say("classify.answered", option=label)


def _spoken(words: Words, id: str, result: Result) -> tuple[str, str] | None:
    """Quote the words of the description that speak for the decision on one question."""
    quoted = [words.say("quote", text=clue.text) for clue in result.clues if clue.question == id]
    if not quoted or id in result.answers:
        return None
    return words.say(f"question.{id}"), " ".join(dict.fromkeys(quoted))


def _how_sure(words: Words, result: Result) -> str:
    """Say how sure the engine is, or that the answers alone decided."""
    if result.candidates[1].confidence == 0:
        return words.say("classify.by-answers")
    percent = min(99, round(result.candidates[0].confidence * 100))
    return words.say("classify.confidence", percent=percent)


def _show_next_best(words: Words, guideline: Guideline, candidate: Candidate) -> None:
    cell = guideline.cell(candidate.cell)
    stance = wording.stance_name(words, guideline.stance(cell.stance.id))
    name = wording.cell_name(words, guideline, cell.id)
    columns = layout.columns()
    console.say()
    console.say(layout.hanging(words.say("classify.runner-up"), f"{name} {stance}", 2, 12, columns))
    console.say(layout.indented(cell.id, 14, columns))
    console.say(layout.indented(words.pick(cell.choose_when.text), 14, columns))


def _show_doubt(words: Words, guideline: Guideline, result: Result) -> None:
    columns = layout.columns()
    doubt = result.doubt.value if result.doubt else ""
    undecided = words.say("classify.undecided", why=words.say(f"doubt.{doubt}"))
    console.say(layout.paint(layout.indented(undecided, 2, columns), "bold") + "\n")
    rows = []
    for candidate in result.candidates[:3]:
        cell = guideline.cell(candidate.cell)
        stance = wording.stance_name(words, guideline.stance(cell.stance.id))
        share = layout.bar(round(candidate.confidence * 100), 100, 8)
        rows.append((cell.id, words.pick(cell.title), stance, share))
    console.say("\n".join(layout.table(rows, indent=4)))
    for question in result.questions:
        console.say()
        heading = words.say("classify.question")
        console.say(layout.hanging(heading, words.pick(question.text), 2, 10, columns))
        for option in question.options:
            console.say(layout.hanging(option.id, words.pick(option.label), 4, 16, columns))
    if result.questions:
        first = result.questions[0]
        example = f"{first.id}={first.options[0].id}"
        console.say()
        console.say(layout.indented(words.say("classify.how", example=example), 2, columns))
