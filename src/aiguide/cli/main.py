"""The entrance: chooses the language, runs a command, and is the one error boundary."""

import os
import sys
from collections.abc import Sequence

from aiguide.cli import console
from aiguide.cli.exits import ExitCode
from aiguide.cli.language import asked_language, language
from aiguide.cli.session import Session
from aiguide.core.errors import AiguideError
from aiguide.usecases.catalogue import load_words


def main(argv: Sequence[str] | None = None) -> int:
    """Run aiguide with `argv` (without the program's name); returns the exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    console.prepare()
    session = None
    try:
        session = Session(load_words("en"))
        session.words = session.words.spoken(language(asked_language(args)))
        return _run(args, session)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.COULD_NOT
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except AiguideError as error:
        from aiguide.cli.complaints import show_broken_words, show_error

        if session is None:
            show_broken_words(error)
        else:
            show_error(session.words, error)
        return ExitCode.COULD_NOT
    except Exception as error:
        from aiguide.cli.complaints import show_bug

        if session is None or session.debug:
            raise
        show_bug(session.words, error)
        return ExitCode.BUG


def _run(args: list[str], session: Session) -> int:
    from aiguide.cli.app import command
    from aiguide.cli.complaints import show_usage_error, usage_errors

    try:
        code = command().main(args, prog_name="aiguide", standalone_mode=False, obj=session)
        sys.stdout.flush()
        return int(code or ExitCode.DONE)
    except usage_errors() as error:
        show_usage_error(session.words, error)
        return ExitCode.COULD_NOT
    except EOFError:
        return ExitCode.INTERRUPTED
