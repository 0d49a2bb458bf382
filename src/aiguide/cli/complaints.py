"""Wording what went wrong: what, where, what to do next; on stderr, and no traceback."""

import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from typer._click.exceptions import MissingParameter, UsageError
from typer.exceptions import Abort

from aiguide.cli import console, layout
from aiguide.core.complaints import Complaint, complain, place
from aiguide.core.errors import AiguideError, UnreadableError, reason_of
from aiguide.core.suggest import near
from aiguide.core.wording import complaint
from aiguide.core.words import Worded, Words, shortened

# A person who closed the input or left a prompt.
LEFT = (EOFError, Abort)

# Where what to do next is a key: the sentences `walk.fix.<code>`.
PROMPT = "walk"


def show(words: Words, error: Exception) -> bool:
    """Say what stopped the command, where it is no bug of ours; else give False."""
    if isinstance(error, UsageError):
        show_usage_error(words, error)
    elif isinstance(error, UnicodeEncodeError):
        encoding = sys.getfilesystemencoding().upper()
        show_error(words, AiguideError("argument-unreadable", encoding=encoding))
    elif isinstance(error, OSError):
        show_error(words, _system_error(error))
    elif isinstance(error, AiguideError):
        show_error(words, error)
    else:
        return False
    return True


def _system_error(error: OSError) -> AiguideError:
    """Make ours of what the system refused; without a file it was our output."""
    reason = reason_of(error)
    if error.filename is None:
        return AiguideError("cannot-print", reason=reason)
    return AiguideError("system", file=os.fsdecode(error.filename), reason=reason)


def tell(text: str, indent: int = 0) -> None:
    """Say something: wrapped for a person at a terminal, on one line for whoever filters it."""
    if sys.stderr.isatty():
        console.talk(console.laid_out(text, indent))
    else:
        console.talk(" " * indent + text.replace("\n", " "))


def show_line_error(words: Words, file: Path, line: int, error: AiguideError) -> None:
    """Say what stood in the way of one record of a file."""
    message = complaint(words, error)
    name = file_name(words, file)
    tell(words.say("error.line", file=name, line=line, message=message))


def show_row_error(words: Words, file: Path, at: Mapping[str, int], error: AiguideError) -> None:
    """Say what stood in the way of one record of a file where several may share a line."""
    message, column = complaint(words, error), error.args_said.get("column")
    if column:
        message = words.say("error.column", fields=[column], column=column, message=message)
    tell(at_row(words, file, at, message))


def at_row(words: Words, file: Path, at: Mapping[str, int], message: str) -> str:
    """Say where in a file of answers something is (as `Row.at`): as a spreadsheet counts, too."""
    key = "error.row" if at["sheet"] in (0, at["line"]) else "error.sheet-row"
    return words.say(key, file=file_name(words, file), message=message, **at)


def show_cell_error(words: Words, at: str, error: AiguideError) -> None:
    """Say what stood in the way of one cell of a spreadsheet."""
    tell(words.say("error.cell", at=at, message=complaint(words, error)))


def file_name(words: Words, file: Path) -> str:
    """Name a file that is read from, or stdin."""
    return words.say("file.stdin") if str(file) == "-" else str(file)


def llm_failed(words: Words, error: AiguideError) -> str:
    """Word why a language model could not be used, and what stands in its place."""
    why = words.say(f"error.{error.code}", **error.args_said)
    return layout.indented(words.say("llm.failed", why=why), 0, layout.columns())


def show_error(words: Words, error: AiguideError, *, fixes: bool = True) -> None:
    """Say what stopped the command; how to mend each finding only with `fixes`."""
    said = complain(words, error)
    if not fixes:
        said = replace(said, findings=tuple(replace(one, fix="") for one in said.findings))
    tell(words.say("error", message=Worded(said.message)))
    for line, indent in _more(words, said):
        tell(line, indent)


def show_at_prompt(words: Words, error: AiguideError) -> None:
    """Say what was wrong to a person who is being asked: with keys to press, not options."""
    said = complain(words, error, PROMPT)
    for line, indent in ((said.message, 2), *_more(words, said)):
        console.say(console.laid_out(line, indent))


def _more(words: Words, said: Complaint) -> Iterator[tuple[str, int]]:
    """Give what is told below the message, each with its indent."""
    for one in said.findings:
        yield f"{one.place} {one.code} {one.message}", 2
        if one.fix:
            yield one.fix, 4
    if said.more:
        yield words.say("error.more", count=said.more), 2
    for line in filter(None, (said.near, said.fix)):
        yield line, 2


def show_broken_words(error: Exception) -> None:
    """Say what is wrong with the catalogue itself, which cannot be worded by it."""
    findings = error.findings if isinstance(error, UnreadableError) else ()
    for one in findings:
        args = ", ".join(f"{name}={value}" for name, value in one.args.items())
        console.talk(f"{place(one.file, one.line, one.column)} {one.code} {args}")
    console.talk(f"aiguide: {type(error).__name__}: {error}")


def show_usage_error(words: Words, error: Any) -> None:
    """Say in our words what the parser refused."""
    key = f"usage.{type(error).__name__.lower()}"
    if words.has(key):
        message: str = words.say(key, **_usage_args(error))
    else:
        message = shortened(error.format_message())
    tell(words.say("error", message=message))
    close = near(getattr(error, "option_name", ""), _options_of(error))
    if close and close != getattr(error, "option_name", ""):
        tell(words.say("near", near=close), 2)
    if error.ctx is None:
        return
    lacking = _lacking(error)
    if lacking == "argument":  # the first one left out pushes all others up
        tell(words.say("usage.order", order=" ".join(_arguments_of(error))), 2)
    elif lacking == "option":
        tell(words.say("usage.ready", command=_made_ready(words, error.ctx)), 2)
    tell(words.say("usage.help", command=error.ctx.command_path), 2)


def _lacking(error: Any) -> str:
    """Say what sort of parameter is missing; nothing where none is."""
    missing = isinstance(error, MissingParameter)
    return getattr(error.param, "param_type_name", "") if missing else ""


def _made_ready(words: Words, ctx: Any) -> str:
    """Write the command as it was typed, with the option that it lacks."""
    named = [param.name for param in ctx.command.params if param.param_type_name == "argument"]
    given = [shlex.quote(str(ctx.params[name])) for name in named if name in ctx.params]
    return " ".join([ctx.command_path, *given, words.say(f"usage.ready.{ctx.info_name}")])


def _arguments_of(error: Any) -> list[str]:
    params = error.ctx.command.get_params(error.ctx)
    named = [param.metavar or param.name for param in params if param.param_type_name == "argument"]
    return [error.ctx.command_path, *named]


def _options_of(error: Any) -> list[str]:
    params = error.ctx.command.get_params(error.ctx) if error.ctx is not None else []
    return [name for param in params for name in param.opts if name.startswith("--")]


def _usage_args(error: Any) -> dict[str, Any]:
    param = getattr(error, "param", None)
    named = param.opts[0] if param is not None and param.param_type_name == "option" else ""
    if param is not None and not named:
        named = str(param.human_readable_name)
    option = getattr(error, "option_name", "") or named
    return {
        "name": option,
        "message": shortened(str(getattr(error, "message", ""))),
        "possible": list(getattr(error, "possibilities", None) or ()),
    }


def show_bug(words: Words, error: Exception) -> None:
    """Own up to a bug, without a traceback."""
    detail = shortened(f"{type(error).__name__}: {error}", 200)
    tell(words.say("error.bug", detail=detail))
    tell(words.say("error.bug.fix"), 2)
