"""The entrance: chooses the language, runs a command, and is the one error boundary."""

import sys
from collections.abc import Sequence

from aiguide.cli import console
from aiguide.cli.exits import ExitCode
from aiguide.cli.language import asked_language, language
from aiguide.cli.session import Session, completing, settings_folder
from aiguide.core.errors import AiguideError
from aiguide.usecases.catalogue import load_words
from aiguide.usecases.own_packs import look_also_in


def main(argv: Sequence[str] | None = None) -> int:
    """Run aiguide with `argv` (without the program's name); returns the exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    console.prepare()
    session = None
    try:
        look_also_in(settings_folder())
        session = Session(load_words("en"))
        session.words = session.words.spoken(language(asked_language(args)))
        code = _complete(session) if completing() else _run(args, session)
        sys.stdout.flush()
        return code
    except Exception as error:
        try:
            return _answer_for(error, session)
        except OSError as unsaid:  # there is nobody to tell it to
            console.give_up(sys.stderr, unsaid)
            return ExitCode.COULD_NOT
    except KeyboardInterrupt:
        return _interrupted(session)


def _interrupted(session: Session | None) -> int:
    if session is not None and not session.told:
        console.talk("\n" + session.words.say("error.interrupted"))
    return ExitCode.INTERRUPTED


def _complete(session: Session) -> int:
    from aiguide.cli import completion

    return completion.complete(session)


def _run(args: list[str], session: Session) -> int:
    from aiguide.cli.app import command

    try:
        code = command().main(args, prog_name="aiguide", standalone_mode=False, obj=session)
    except SystemExit:  # Typer's own way out when the reader of a pipe went away
        return ExitCode.COULD_NOT
    if code == ExitCode.INTERRUPTED:
        return _interrupted(session)
    return int(code or ExitCode.DONE)


def _answer_for(error: Exception, session: Session | None) -> int:
    """Say what went wrong, and give the exit code for it."""
    from aiguide.cli import complaints

    if isinstance(error, OSError):
        console.give_up(sys.stdout, error)
    if isinstance(error, BrokenPipeError):
        return ExitCode.COULD_NOT
    if isinstance(error, complaints.LEFT):
        return _interrupted(session)
    if session is None:
        complaints.show_broken_words(error)
        return ExitCode.COULD_NOT
    if session.debug and not isinstance(error, AiguideError):
        raise error
    if complaints.show(session.words, error):
        return ExitCode.COULD_NOT
    complaints.show_bug(session.words, error)
    return ExitCode.BUG
