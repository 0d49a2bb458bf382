"""What a command knows of its surroundings: the language, the clock, who is there, the terminal."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from aiguide.core.errors import AiguideError
from aiguide.core.words import Words

if TYPE_CHECKING:
    from aiguide.core.stamp import Stamp


@dataclass(slots=True)
class Session:
    """One run of aiguide; `told` once a command has said itself that it was interrupted."""

    words: Words
    debug: bool = False
    told: bool = False


def session_of(ctx: typer.Context) -> Session:
    """Give the session that a command runs in."""
    session: Session = ctx.find_root().obj
    return session


def today_or(given: str) -> str:
    """Give the date asked for, else today in Tokyo, as `YYYY-MM-DD`.

    Raises: AiguideError `bad-date`.
    """
    from datetime import datetime

    from aiguide.core.dates import TOKYO, checked_date

    return checked_date(given) if given else datetime.now(TOKYO).date().isoformat()


def build_day(given: str) -> str:
    """Give the date to put on what is made: asked for, else of SOURCE_DATE_EPOCH, else today.

    Raises: AiguideError `bad-date`, `bad-epoch`.
    """
    from datetime import datetime

    from aiguide.core.dates import TOKYO

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given or not epoch:
        return today_or(given)
    try:
        return datetime.fromtimestamp(int(epoch), TOKYO).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise AiguideError("bad-epoch", value=epoch) from None


def stamp(by: str, *, of_many: bool = False) -> "Stamp":
    """Give who does it and when: `by`, else AIGUIDE_BY, else the login name; the time in UTC.

    `of_many`: for several steps that are taken back as one; the time has fractions of a second.
    """
    from datetime import UTC, datetime

    from aiguide.core.stamp import Stamp

    form = "%Y-%m-%dT%H:%M:%S.%fZ" if of_many else "%Y-%m-%dT%H:%M:%SZ"
    at = datetime.now(UTC).strftime(form)
    return Stamp(_named(by) or _login_name(), at)


def is_named(by: str) -> bool:
    """Tell whether somebody has said who it is, and not only the login name does."""
    return bool(_named(by))


def _named(by: str) -> str:
    return by.strip() or os.environ.get("AIGUIDE_BY", "").strip()  # an IME ends in a wide blank


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise AiguideError("no-name") from None


# Where settings are looked for when a command concerns no project.
HERE = Path()


def settings_folder() -> Path:
    """Give the folder where a person's own settings are."""
    return Path(typer.get_app_dir("aiguide"))


# By this variable a shell asks what may be completed; its value says which shell.
ASKING = "_AIGUIDE_COMPLETE"


def completing() -> bool:
    """Tell whether a shell asks what may be completed."""
    return ASKING in os.environ


def at_terminal() -> bool:
    """Tell whether a person can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()
