"""Wording what went wrong: what, where, what to do next; on stderr, and no traceback."""

from typing import Any

from typer._click.exceptions import UsageError

from aiguide.cli import console, layout
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.words import Words, shortened

SHOWN_AT_MOST = 20


def usage_errors() -> type[Exception]:
    """Give the class of errors that the parser raises for a wrong call."""
    return UsageError


def show_error(words: Words, error: AiguideError) -> None:
    """Say what stopped the command."""
    message = words.say(f"error.{error.code}", **error.args_said)
    console.talk(words.say("error", message=message))
    if isinstance(error, UnreadableError):
        for finding in error.findings[:SHOWN_AT_MOST]:
            show_finding(words, finding)
        if len(error.findings) > SHOWN_AT_MOST:
            console.talk("  " + words.say("error.more", count=len(error.findings) - SHOWN_AT_MOST))
    close = error.args_said.get("near")
    if close:
        console.talk("  " + words.say("near", near=close))
    if words.has(f"error.{error.code}.fix"):
        fix = words.say(f"error.{error.code}.fix", **error.args_said)
        console.talk(layout.indented(fix, 2, layout.columns()))


def show_broken_words(error: AiguideError) -> None:
    """Say what is wrong with the catalogue itself, which cannot be worded by it."""
    findings = error.findings if isinstance(error, UnreadableError) else ()
    for finding in findings:
        args = ", ".join(f"{name}={value}" for name, value in finding.args.items())
        console.talk(f"{place(finding)} {finding.code} {args}")
    console.talk(f"aiguide: {error.code}")


def show_finding(words: Words, finding: Finding) -> None:
    """Say one finding with its place and its remedy."""
    console.talk(f"  {place(finding)} {finding.code} {words.message(finding)}")
    console.talk("    " + words.fix(finding))


def place(finding: Finding) -> str:
    """Write a finding's place as editors jump to it."""
    parts = [shortened(finding.file, 200)]
    if finding.line:
        parts += [str(finding.line), str(finding.column)]
    return ":".join(parts)


def show_usage_error(words: Words, error: Any) -> None:
    """Say in our words what the parser refused."""
    key = f"usage.{type(error).__name__.lower()}"
    if words.has(key):
        message: str = words.say(key, **_usage_args(error))
    else:
        message = shortened(error.format_message())
    console.talk(words.say("error", message=message))
    if error.ctx is not None:
        console.talk("  " + words.say("usage.help", command=error.ctx.command_path))


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
    console.talk(words.say("error.bug", detail=detail))
    console.talk("  " + words.say("error.bug.fix"))
