"""What a walk that was cut off could tell nobody, kept in the person's own folder until it can."""

import contextlib
import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from aiguide.core.attestation import WHOLE, mapping
from aiguide.core.errors import AiguideError
from aiguide.core.history import moment
from aiguide.core.project import Entry, Project
from aiguide.core.step_parts import said
from aiguide.store.files import read_text
from aiguide.usecases import own_texts
from aiguide.usecases.own_files import file_of, write

FOLDER = "untold"
HEAD = ("at", "item", "key", "file", "over")
OTHERWISE = ("due", "until", "evidence")  # fields that are recorded otherwise than they are typed
MARK = "\x1e"  # before what is known of the lines that follow; no line that is told begins so


@dataclass(frozen=True, slots=True)
class Told:
    """Lines on one thing that is not saved, when it was cut off (`at`, ISO 8601 UTC), what it is.

    `typed` maps the fields of the item `item` to the texts that were typed, all of which it is, or
    `file` has the text; with neither nothing can tell whether it has been recorded since. `key` is
    the one of the walk that asks for those fields; none where the text was half of a date or name.
    `over` is the time of the answer that stood when the item was shown; none where none did.
    """

    lines: tuple[str, ...]
    at: str = ""
    item: str = ""
    key: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    over: str = ""

    @property
    def what(self) -> tuple[str, str, Mapping[str, str]]:
        """Give by what it is the same as another: the item, the key, and the texts."""
        return self.item, self.key, self.typed

    def is_in(self, other: "Told") -> bool:
        """Tell whether all of its texts are the same in another one of the same item.

        And in a command, where they are in one here.
        """
        here, as_well = self.typed.items(), other.has_command or not self.has_command
        return self.item == other.item and as_well and bool(here) and here <= other.typed.items()

    @property
    def is_command(self) -> bool:
        """Tell whether it is a command alone, with no sentence of its own: that is not indented."""
        return not self.lines[0].startswith(" ")

    @property
    def has_command(self) -> bool:
        """Tell whether a command is among its lines, with or without a sentence before it."""
        return bool(self.command)

    @property
    def command(self) -> tuple[str, ...]:
        """Give the command and what belongs to it, without the sentence before it."""
        starts = [at for at, one in enumerate(self.lines) if one.lstrip().startswith("aiguide ")]
        return self.lines[starts[0] :] if starts else ()


class Untold:
    """What is still to be told to a person who walks through a project."""

    def __init__(self, own: Path, project: Path, by: str) -> None:
        """Take the person's `own` folder, the manifest, and who walks through it."""
        self._file = file_of(own / FOLDER, project, by)
        self._added: list[Told] = []

    def kept(self) -> list[Told]:
        """Give what is to be told, if anything, the oldest first."""
        return [*self._all()]

    def add(self, told: Sequence[Told]) -> None:
        """Keep what is to be told, for its owner alone; a folder that takes no file keeps none.

        What was typed just so and is to be told already stays as it is. It takes the place of what
        was added before, which was the same a little earlier.
        """
        before = self.kept()
        kept = [one for one in before if one not in self._added]
        known = [one.what for one in kept if one.typed]
        self._added = [one for one in told if not one.typed or one.what not in known]
        if [*kept, *self._added] != before:
            self._keep([*kept, *self._added])

    def forget_recorded(self, project: Project) -> None:
        """Take as told what has been recorded since as it was typed."""
        known = self.kept()
        kept = [told for told in known if not _is_recorded(project, told)]
        if kept != known:
            self._keep(kept)

    def settle(self, item: str, key: str, names: Container[str]) -> None:
        """Take as told what was offered again after a key and has been answered, as it was or not.

        `names` are the fields that were asked for then: so is half of what one of them takes.
        """

        def is_settled(told: Told) -> bool:
            is_half = not told.key and told.typed and all(name in names for name in told.typed)
            return told.item == item and bool((key and told.key == key and told.typed) or is_half)

        known = self.kept()
        if (kept := [told for told in known if not is_settled(told)]) != known:
            self._keep(kept)

    def forget(self) -> None:
        """Take what was kept as told."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def forget_one(self, told: Told) -> None:
        """Take one thing as told."""
        self._keep([one for one in self.kept() if one != told])

    def _keep(self, told: Sequence[Told]) -> None:
        if told:
            self._write(told)
        else:
            self.forget()

    def _all(self) -> Iterator[Told]:
        with contextlib.suppress(AiguideError):
            for part in f"\n{read_text(self._file)}".split(f"\n{MARK}"):
                head, _, rest = part.partition("\n")
                if lines := tuple(rest.removesuffix("\n").split("\n")) if rest else ():
                    yield Told(lines, **_read(head))

    def _write(self, told: Sequence[Told]) -> None:
        lines = (line for one in told for line in (MARK + _head(one), *one.lines))
        write(self._file, "".join(f"{line}\n" for line in lines))


def _head(told: Told) -> str:
    """Write what is known of some lines on one line."""
    return json.dumps({name: one for name, one in asdict(told).items() if name != "lines"})


def _read(head: str) -> dict[str, Any]:
    """Read what is known of some lines; nothing where that is damaged, and the lines stay."""
    with contextlib.suppress(ValueError, RecursionError):
        known = mapping(json.loads(head))
        texts, typed = {name: known.get(name, "") for name in HEAD}, mapping(known.get("typed"))
        if all(isinstance(one, str) for one in (*texts.values(), *typed.values())):
            return texts | {"typed": typed}
    return {}


def _is_recorded(project: Project, told: Told) -> bool:
    """Tell whether each text has come to be in an answer to its item since; half of one, its field.

    A date is recorded otherwise than it is typed, and a file may have been named in part.
    """

    def is_part(name: str) -> bool:
        return name in OTHERWISE or told.item in WHOLE

    since = [
        one
        for one in project.history
        if _is_about(one, told.item) and moment(one.at) >= moment(told.at)
    ]
    if told.file:
        text = _text_in(Path(told.file))
        return bool(text) and any(text in _strings(one.after) for one in since)
    return bool(told.typed) and all(
        any(_gives(one, name) if is_part(name) else text in _strings(one.after) for one in since)
        for name, text in told.typed.items()
    )


def _is_about(entry: Entry, id: str) -> bool:
    """Tell whether a step is about an item, or changes a condition or another fact."""
    return entry.subject == id or any(part[-1] == id for part, _ in said(entry))


def _gives(entry: Entry, name: str) -> bool:
    """Tell whether a step gives a field something else than was there."""
    given = mapping(entry.after).get(name)
    return bool(given) and given != mapping(entry.before).get(name)


def _text_in(file: Path) -> str:
    """Give the text of a file that an editor was cut off with; nothing where it cannot be read."""
    with contextlib.suppress(OSError, ValueError, AiguideError):
        return own_texts.read(file.read_bytes()).text if file.is_file() else ""
    return ""


def _strings(after: Any) -> str:
    """Give all texts of an answer, one after the other."""
    if isinstance(after, dict):
        return "\n".join(map(_strings, after.values()))
    if isinstance(after, list):
        return "\n".join(map(_strings, after))
    return after if isinstance(after, str) else ""
