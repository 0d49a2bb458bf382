"""Taking a file of answers in: what it would replace is told first, and asked for."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from aiguide.cli import complaints, console, layout
from aiguide.cli.as_commands import signed
from aiguide.cli.exits import ExitCode
from aiguide.cli.input_files import STDIN, opened
from aiguide.cli.login_name_told import warn_of_login_name
from aiguide.cli.options import command
from aiguide.cli.prompts import agreed
from aiguide.cli.replacing import told_in_brief
from aiguide.cli.session import at_terminal, stamp
from aiguide.core.complaints import SHOWN_AT_MOST
from aiguide.core.errors import AiguideError
from aiguide.core.project import Answer
from aiguide.core.words import Worded, Words, shortened
from aiguide.usecases import answer_files, projects
from aiguide.usecases.answer_files import Recorded, Replaced

QUOTED = 200


def take(words: Words, path: Path, file: Path, by: str, today: str, *, sure: bool) -> ExitCode:
    """Record a file of answers, all or none; every row that cannot be recorded is named.

    What would replace an exception in force, or what somebody else has settled, is recorded only
    where the person is `sure` of it, now or when asked.
    Raises: AiguideError `replaces-answers` where nobody can be asked.
    """
    with opened(file) as stream:
        rows = answer_files.read(stream, Path(complaints.file_name(words, file)), words)

    def record(known: Sequence[Replaced] | None) -> Recorded:
        return answer_files.record(path, rows, words, stamp(by, of_many=True), today, known)

    seen: Sequence[Replaced] = ()
    recorded = record(None if sure else seen)
    if rows.is_cp932:
        console.talk(words.say("check.from.cp932"))
    _note(words, rows.unread, recorded)
    while recorded.awaits_consent:
        if file == STDIN or not at_terminal():
            _show(words, file, recorded.replaced, _tell)
            raise AiguideError("replaces-answers", count=len(recorded.replaced))
        _tell_meanwhile(words, seen, recorded.replaced)
        if not _sure(words, file, recorded):
            console.say("  " + words.say("check.cancelled"))
            return ExitCode.DONE
        seen = recorded.replaced
        recorded = record(seen)  # what was answered meanwhile is asked for anew
    if sure and recorded.saved and recorded.replaced:
        ids = [one.item.id for one in recorded.replaced]
        console.talk(words.say("check.from.replaced", count=len(ids), items=ids))
    if recorded.saved:
        _tell_displaced(words, recorded.displaced)
        warn_of_login_name(words, projects.open_project(path), by)
    return _end(words, path, file, recorded, by)


def _tell_meanwhile(words: Words, seen: Sequence[Replaced], now: Sequence[Replaced]) -> None:
    """Say what has been answered since the question was asked, if this is the same one anew."""
    stood = {one.item.id: one.stands for one in seen}
    new = [words.pick(one.item.title) for one in now if stood.get(one.item.id) != one.stands]
    if seen and new:
        console.say(_laid_out(words.say("answers.meanwhile", items=new)))


def _tell_displaced(words: Words, displaced: Sequence[Replaced]) -> None:
    """Say what stood and the file has replaced, where nobody was asked for that."""
    if not displaced:
        return
    console.talk(words.say("check.from.displaced", count=len(displaced)))
    for one in displaced[:SHOWN_AT_MOST]:
        what = _brief(words, one.stands)
        console.talk("  " + words.say("check.from.stood", item=one.item.title, what=what))
    if (more := len(displaced) - SHOWN_AT_MOST) > 0:
        console.talk("  " + words.say("error.more", count=more))


def _note(words: Words, unread: Sequence[str], recorded: Recorded) -> None:
    """Say what of the file was read in another way than its writer may think."""
    if unread:
        console.talk(words.say("check.from.unread", columns=list(unread)))
    if recorded.read:
        read = recorded.read.items()
        days = words.listing([words.say("check.from.day", given=one, day=day) for one, day in read])
        console.talk(words.say("check.from.days", days=days))
    if recorded.past:
        console.talk(words.say("check.from.past", items=list(recorded.past)))
    if recorded.unasked:
        items = [
            words.say("check.from.not-asked-item", id=id, why=why)
            for id, why in recorded.unasked.items()
        ]
        console.talk(words.say("check.from.not-asked", items=items))
    if recorded.again:
        items = [
            words.say("check.from.again-item", id=id, lines=lines)
            for id, lines in recorded.again.items()
        ]
        console.talk(words.say("check.from.again", items=items))


def _show(
    words: Words, file: Path, replaced: Sequence[Replaced], put: Callable[[str], None]
) -> None:
    """Name what would be replaced: the row, the answer that stands, and the one of the row."""
    for one in replaced:
        head = words.say("check.from.replaces", item=one.item.title, id=one.item.id)
        lines = (
            complaints.at_row(words, file, one.row.at, head),
            words.say("check.from.now", what=_brief(words, one.stands)),
            words.say("check.from.then", what=_brief(words, replace(one.given, by="", at=""))),
        )
        put("\n".join(lines))


def _tell(said: str) -> None:
    """Say lines on stderr: laid out for a person, on one line for whoever filters it."""
    console.talk(_laid_out(said) if sys.stderr.isatty() else "  ".join(said.splitlines()))


def _brief(words: Words, answer: Answer) -> Worded:
    return Worded(shortened(told_in_brief(words, answer), QUOTED))


def _sure(words: Words, file: Path, recorded: Recorded) -> bool:
    _show(words, file, recorded.replaced, lambda said: console.say(_laid_out(said)))
    count = len(recorded.replaced)
    said = words.say("check.from.ask", count=count, rows=recorded.rows - recorded.unchanged)
    console.say(_laid_out(said))
    return agreed(words, words.say("prompt.sure"))


def _laid_out(said: str) -> str:
    """Lay lines out, the later ones below the first."""
    first, *rest = said.split("\n")
    lines = [(2, first), *((4, line) for line in rest)]
    return "\n".join(layout.indented(line, indent, layout.columns()) for indent, line in lines)


def _end(words: Words, path: Path, file: Path, recorded: Recorded, by: str) -> ExitCode:
    """Say how it ended, and give the exit code for that."""
    for one in recorded.refused:
        for error in one.errors:
            complaints.show_row_error(words, file, one.row.at, error)
    if bad := len(recorded.refused):
        console.talk(words.say("check.from.refused", bad=bad, count=recorded.rows))
        errors = (error for one in recorded.refused for error in one.errors)
        if unknown := next((error for error in errors if error.code == "unknown-item"), None):
            said = words.say("check.from.items", **unknown.args_said)
            console.talk(layout.indented(said, 2, layout.columns()))
        return ExitCode.NO
    count = recorded.rows - recorded.unchanged
    if not recorded.rows:
        console.say(words.say("check.from.none"))
    elif not count:
        said = words.say("check.from.all-stand", count=recorded.unchanged, file=str(path))
        console.say(said)
    else:
        console.say(words.say("check.from.saved", count=count, file=str(path)))
        if recorded.unchanged:
            console.say("  " + words.say("check.from.unchanged", count=recorded.unchanged))
    if recorded.silent:
        console.say("  " + words.say("check.from.silent", count=recorded.silent))
    if recorded.saved:
        undo = command("undo", path, *signed(by))
        console.say("  " + words.say("check.from.undo", command=undo))
    return ExitCode.DONE
