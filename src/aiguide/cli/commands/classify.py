"""`aiguide classify`: say which cell an idea is in."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import complaints, console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.closed_question import NoUse
from aiguide.cli.exits import ExitCode
from aiguide.cli.inquiry import Inquiry
from aiguide.cli.lacking_told import remember
from aiguide.cli.login_name_told import warn_of_login_name
from aiguide.cli.options import By, Lang, alone, project_path
from aiguide.cli.prompts import Cancelled
from aiguide.cli.session import Session, at_terminal, session_of, settings_folder, stamp
from aiguide.core import description
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import classifying, guidelines, project_facts, results
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
        given = {"TEXT": text, "--interactive": interactive, "--answer": answer, "--save": save}
        alone("--input", given)
        raise typer.Exit(_many(words, guideline, judge, input, format))
    one_of("--format", format, FORMATS)
    answers = _answers(answer or [])
    into = _openable(save, guideline.id) if save else None
    nothing_said = not (text or answers) and format == "text" and at_terminal()
    inquiry = Inquiry(words, guideline, policy, _telling(words, judge))
    if interactive or nothing_said:
        text, judged = _asked(session_of(ctx), inquiry, text, answers)
    else:
        text = _described(text, bool(answers))
        judged = inquiry.judge(text, answers)
    options = [f"--answer={question}={option}" for question, option in answers.items()]
    options += [f"--engine={engine}"] if engine != "local" else []
    options += [f"--save={save}"] if save else []
    _show(inquiry, text, judged, into, format, options)
    if judged.result.cell is None:
        raise typer.Exit(ExitCode.ABSTAINED)
    if into is not None:
        _save(words, into, judged, guideline.id, by)


def _many(words: Words, guideline: Guideline, judge: Engine, file: Path, format: str) -> int:
    from aiguide.cli import batch

    one_of("--format", format, batch.FORMATS)
    return batch.run(words, guideline, judge, file, format)


def _asked(
    session: Session, inquiry: Inquiry, text: str, answers: Mapping[str, str]
) -> tuple[str, Judged]:
    """Ask a person, who may leave. Raises: AiguideError `no-terminal` where there is nobody."""
    if not at_terminal():
        text = _described(text, optional=True)
        judged = inquiry.judge(text, answers)
        if judged.result.questions:
            raise AiguideError("no-terminal", option="--interactive")
        return text, judged
    try:
        return inquiry.run(_described(text, optional=True), answers)
    except NoUse:
        _leave(inquiry.words, "classify.no-use")
        raise typer.Exit(ExitCode.ABSTAINED) from None
    except Cancelled:
        _leave(inquiry.words, "classify.left")
        raise typer.Exit(ExitCode.ABSTAINED) from None
    except (KeyboardInterrupt, EOFError):
        session.told = True
        console.talk("\n")
        _leave(inquiry.words, "classify.left")
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _leave(words: Words, key: str) -> None:
    console.talk(layout.indented(words.say(key), 2, layout.columns()))


def _show(
    inquiry: Inquiry,
    text: str,
    judged: Judged,
    into: Path | None,
    format: str,
    options: Sequence[str],
) -> None:
    """Print what became of a description; `into` is the project that it is saved to."""
    words, guideline = inquiry.words, inquiry.guideline
    if format == "text":
        from aiguide.cli import classification

        classification.show(words, guideline, inquiry.policy, text, judged, into, options)
        return
    data = results.classification(words, guideline, None, judged)
    (console.put_json if format == "json" else console.put_json_line)(data)


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


def _telling(words: Words, judge: Engine) -> Engine:
    """Let an engine say when its language model could not be used."""

    def judged(text: str, answers: Mapping[str, str]) -> Judged:
        made = judge(text, answers)
        if made.failure:
            console.talk(complaints.llm_failed(words, made.failure))
        return made

    return judged


def _openable(save: Path, pack: str) -> Path:
    """Give the project to save to, before anything is asked. Raises: as `open_for_cells` does."""
    path = project_path(save)
    project_facts.open_for_cells(path, pack)
    return path


def _save(words: Words, path: Path, judged: Judged, pack: str, by: str) -> None:
    chosen = classifying.classification_of(judged)
    opened = project_facts.classify(path, chosen, pack, stamp(by))
    remember(opened, by)
    warn_of_login_name(words, opened, by)
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
