"""`aiguide classify`: say which cell an idea is in."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import complaints, console
from aiguide.cli.app import Command, new_app
from aiguide.cli.closed_question import ask_closed
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import By, Lang, alone, project_path
from aiguide.cli.prompts import Cancelled, ask
from aiguide.cli.session import at_terminal, session_of, settings_folder, stamp
from aiguide.core import description
from aiguide.core.classify import Result, next_question
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy, ClosedQuestion
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import classifying, guidelines, results
from aiguide.usecases.classifying import Engine, Judged

FORMATS = ("text", "json", "jsonl")
ENGINES = ("local", "llm")

Description = Annotated[str, typer.Argument(metavar="[TEXT]", help="argument.text")]
Interactive = Annotated[bool, typer.Option("--interactive", "-i", help="option.interactive")]
Answers = Annotated[
    list[str] | None,
    typer.Option("--answer", metavar="QUESTION=OPTION", help="option.answer"),
]
Input = Annotated[Path | None, typer.Option("--input", metavar="FILE", help="option.input")]
EngineName = Annotated[str, typer.Option("--engine", metavar="local|llm", help="option.engine")]
Save = Annotated[Path | None, typer.Option("--save", metavar="PROJECT", help="option.save")]
ManyFormat = Annotated[
    str, typer.Option("--format", metavar="text|json|jsonl|csv", help="option.format")
]

app = new_app()


@app.command(cls=Command)
def classify(
    ctx: typer.Context,
    text: Description = "",
    interactive: Interactive = False,
    answer: Answers = None,
    input: Input = None,
    engine: EngineName = "local",
    save: Save = None,
    format: ManyFormat = "text",
    by: By = "",
    lang: Lang = "",
) -> None:
    one_of("--engine", engine, ENGINES)
    guideline, policy = guidelines.load_classifying()
    words = session_of(ctx).words.of_pack(guideline.words)
    judge = _engine(words, guideline, policy, engine, save)
    if input is not None:
        alone(
            "--input",
            {"TEXT": text, "--interactive": interactive, "--answer": answer, "--save": save},
        )
        from aiguide.cli import batch

        one_of("--format", format, batch.FORMATS)
        raise typer.Exit(batch.run(words, guideline, judge, input, format))
    one_of("--format", format, FORMATS)
    answers = _answers(answer or [])
    if not (text or answers) and format == "text" and at_terminal():
        interactive = True  # nothing was said, and somebody is there to be asked
    try:
        if interactive and not text and at_terminal():
            text = ask(words.say("classify.text"))
        described = _described(text, bool(answers) or interactive)
        judged = _judged(words, judge, described, answers)
        if interactive:
            judged = _settled(words, guideline, policy, judge, described, judged)
    except Cancelled:
        console.talk("  " + words.say("classify.left"))
        raise typer.Exit(ExitCode.ABSTAINED) from None
    except (KeyboardInterrupt, EOFError):
        session_of(ctx).told = True
        console.talk("\n\n  " + words.say("classify.left"))
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    if format == "text":
        from aiguide.cli import classification

        into = project_path(save) if save else None
        classification.show(words, guideline, policy, described, judged, into)
    else:
        data = results.classification(words, guideline, None, judged)
        (console.put_json if format == "json" else console.put_json_line)(data)
    if judged.result.cell is None:
        raise typer.Exit(ExitCode.ABSTAINED)
    if save is not None:
        _save(words, project_path(save), judged, guideline.id, by)


def _engine(
    words: Words,
    guideline: Guideline,
    policy: ClassificationPolicy,
    name: str,
    save: Path | None,
) -> Engine:
    """Give the engine asked for; says what will leave the machine, and where to."""
    if name == "local":
        return classifying.local_engine(guideline, policy)
    from aiguide.usecases import opinions

    beside = project_path(save).parent if save else Path()
    endpoint = opinions.endpoint(beside, settings_folder(), os.environ)
    engine = opinions.engine(endpoint, words, guideline, policy)
    console.talk(words.say("llm.sends", place=endpoint.place, model=endpoint.model))
    if endpoint.in_the_clear:
        console.talk(words.say("llm.in-the-clear"))
    return engine


def _judged(words: Words, judge: Engine, text: str, answers: Mapping[str, str]) -> Judged:
    judged = judge(text, answers)
    if judged.failure:
        console.talk(complaints.llm_failed(words, judged.failure))
    return judged


def _save(words: Words, path: Path, judged: Judged, pack: str, by: str) -> None:
    from aiguide.usecases import projects

    projects.save_classification(path, classifying.classification_of(judged), pack, stamp(by))
    console.talk(words.say("classify.saved", file=str(path)))


def _answers(given: list[str]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for one in given:
        question, sign, option = one.partition("=")
        if not sign or not option:
            raise AiguideError("bad-answer", value=one)
        if (first := answers.get(question, option)) != option:
            raise AiguideError("answer-twice", question=question, first=first, second=option)
        answers[question] = option
    return answers


def _described(text: str, optional: bool) -> str:
    """Give the description: the argument, or stdin for `-` and where it is piped in."""
    if text == "-" or (not text and not optional and not sys.stdin.isatty()):
        most = description.LONGEST
        raw = sys.stdin.buffer.read(most * 4 + 1)
        if len(raw) > most * 4:
            raise AiguideError("text-too-long", most=most)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise AiguideError("text-not-utf8") from None
    return description.checked(text) if text.strip() or not optional else ""


def _settled(
    words: Words,
    guideline: Guideline,
    policy: ClassificationPolicy,
    judge: Engine,
    text: str,
    judged: Judged,
) -> Judged:
    """Ask a person what the description leaves open, until it is decided; `b` goes back a question.

    Raises: AiguideError `no-terminal`, Cancelled.
    """
    asked: list[str] = []
    while question := _open_question(guideline, policy, text, judged.result):
        if not at_terminal():
            raise AiguideError("no-terminal", option="--interactive")
        option = ask_closed(words, guideline, policy, question)
        answers = dict(judged.result.answers)
        if option is not None:
            asked.append(question.id)
            answers[question.id] = option
        elif asked:
            del answers[asked.pop()]
        else:
            console.say("  " + words.say("prompt.first"))
            continue
        judged = _judged(words, judge, text, answers)
    return judged


def _open_question(
    guideline: Guideline, policy: ClassificationPolicy, text: str, result: Result
) -> ClosedQuestion | None:
    if not text:
        return next_question(guideline, policy, result.answers)
    return result.questions[0] if result.questions else None
