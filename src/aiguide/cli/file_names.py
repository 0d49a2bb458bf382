"""Completing the name of a file with Tab while it is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import readline
except ImportError:  # Windows has none; Tab is then a character like others
    readline = None  # type: ignore[assignment]

# libedit, which stands in for readline on macOS, binds keys in another way.
_BIND = {"readline": "tab: complete", "editline": "bind ^I rl_complete"}
_UNBIND = {"readline": "tab: tab-insert", "editline": "bind ^I ed-insert"}


@contextmanager
def completed_below(folder: Path) -> Iterator[None]:
    """Let Tab complete what is typed to a file below a folder, spaces in names included."""
    if readline is None:
        yield
        return
    earlier = readline.get_completer(), readline.get_completer_delims()
    backend = getattr(readline, "backend", "readline")
    readline.set_completer(lambda typed, at: (*_names(folder, typed), None)[at])
    readline.set_completer_delims("")
    readline.parse_and_bind(_BIND[backend])
    try:
        yield
    finally:
        readline.set_completer(earlier[0])
        readline.set_completer_delims(earlier[1])
        readline.parse_and_bind(_UNBIND[backend])


def _names(folder: Path, typed: str) -> tuple[str, ...]:
    """Give what in a folder begins as typed, a folder with a stroke at its end; none hidden."""
    inside, _, begun = typed.rpartition("/")
    if Path(inside).is_absolute() or ".." in Path(inside).parts:
        return ()
    head = f"{inside}/" if inside else ""
    try:
        found = sorted((folder / inside).iterdir())
    except OSError:
        return ()
    return tuple(
        f"{head}{one.name}{'/' if one.is_dir() else ''}"
        for one in found
        if one.name.startswith(begun) and not one.name.startswith(".")
    )
