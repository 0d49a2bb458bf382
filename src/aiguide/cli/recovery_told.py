"""Telling what was saved of a damaged file and what was not, and how to put it in its place."""

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from aiguide.cli import console, layout, merge_told, unheld_told
from aiguide.cli.merge_by_hand import THEIRS, telling_git
from aiguide.cli.options import command
from aiguide.cli.whose_steps import people
from aiguide.core.attestation import ANSWERED
from aiguide.core.complaints import place
from aiguide.core.findings import json_pointer
from aiguide.core.mismatch_view import part_name
from aiguide.core.project import Entry
from aiguide.core.words import Words
from aiguide.usecases import earlier_versions, recovering, unmerged
from aiguide.usecases.recovering import Recovered, answer_field

LOST_SHOWN = 20
UNREAD_SHOWN = 6


def tell(words: Words, recovered: Recovered, damaged: Path, unfinished: bool) -> None:
    """Say what is to be mended in the file, what was saved where, and how to put that in place.

    What holds less than the file itself still shows is not offered for its place. Git is to be told
    of a conflict that is settled where its merge is `unfinished`.
    """
    columns = layout.columns()
    console.say()
    _show_slips(words, recovered, damaged)
    for told in _saved(words, recovered, damaged):
        console.say(layout.indented(told, 2, columns))
    if recovered.shows_less:
        console.say("    " + command("doctor", damaged))
        return
    _show_passed_over(words, recovered, damaged)
    _show_merged(words, recovered, damaged)
    for told in _losses(words, recovered):
        console.say(layout.indented(told, 4, columns))
    if recovered.unheld:
        console.say(layout.indented(words.say("doctor.unheld"), 2, columns))
        project, gave_way = recovered.saved.project, recovered.passed_over
        into, _ = _again(words, damaged)
        unheld_told.tell(
            words, recovered.guideline, project, recovered.unheld, damaged, gave_way, into
        )
    for told in _history_lost(words, recovered):
        console.say(layout.indented(told, 2, columns))
    _show_commands(words, recovered.file, damaged)
    if recovered.merged and (unfinished or _is_news(recovered, damaged)):
        key = "doctor.recovered.git" if unfinished else "doctor.recovered.commit"
        console.say(layout.indented(words.say(key), 2, columns))
        for line in telling_git(words, damaged):
            console.say(line)
    elif recovered.from_git is not None and not earlier_versions.is_staged(damaged, recovered.file):
        console.say(layout.indented(words.say("doctor.recovered.staged"), 2, columns))
        console.say(f"    git add {shlex.quote(str(damaged))}")


def _show_passed_over(words: Words, recovered: Recovered, damaged: Path) -> None:
    """Say how to record answers again that gave way, but for those that are told by a text."""
    project, passed_over = recovered.saved.project, recovered.passed_over
    into, when = _again(words, damaged)
    again = unheld_told.recording(into, project, recovered.unheld, passed_over)
    if again:
        console.say(layout.indented(when, 4, layout.columns()))
    for line in again:
        console.say(f"      {line}")


def _again(words: Words, damaged: Path) -> tuple[Path, str]:
    """Give the manifest in which what gave way is to be recorded again, and say when.

    A copy of the other side, as it is mended before a merge, is deleted after it.
    """
    if damaged.name == THEIRS and (project := unmerged.whose(damaged)):
        into = Path(os.path.relpath(project))
        return into, words.say("merge.other.merged", file=str(into))
    return damaged, words.say("merge.other.placed")


def _is_news(recovered: Recovered, damaged: Path) -> bool:
    """Tell whether git is to be given what was made with its versions, and has not just that."""
    made = recovered.from_git is not None
    return made and not earlier_versions.is_committed(damaged, recovered.file)


def _show_slips(words: Words, recovered: Recovered, damaged: Path) -> None:
    """Say what was mistyped where, so that it can be put right in the file itself."""
    columns, saved = layout.columns(), recovered.saved
    if not saved.slips:
        return
    key = "doctor.slips.first" if saved.cut or saved.holds_less else "doctor.slips"
    console.say(layout.indented(words.say(key, count=len(saved.slips)), 2, columns))
    for slip in saved.slips:
        kind = "instead" if slip.seen and slip.taken else "missing" if slip.taken else "extra"
        told = words.say(f"doctor.slip.{kind}", seen=slip.seen, taken=slip.taken)
        where = place(str(damaged), slip.line, slip.column)
        console.say(layout.indented(f"{where} {told}", 4, columns))


def _saved(words: Words, recovered: Recovered, damaged: Path) -> Iterator[str]:
    """Say what is in the new file and, of a damaged one that goes on, what is not."""
    saved = recovered.saved
    counted = {"answers": len(saved.project.answers), "entries": recovered.entries}
    if recovered.shows_less:
        yield from _held_less(words, recovered, damaged, counted)
        return
    if recovered.from_git is not None:
        yield from _from_git(words, recovered, recovered.from_git, counted)
        return
    yield words.say("doctor.recovered", file=str(recovered.file), **counted)
    yield from _overwritten(words, recovered, damaged)
    if saved.cut:
        yield words.say("doctor.cut")
    if recovered.merged:
        yield words.say("doctor.merged")
    overwritten = saved.zeros is not None and not saved.zeros.in_history
    if (saved.slips and not saved.cut) or overwritten:
        yield _vouched(words, recovered)


def _from_git(
    words: Words, recovered: Recovered, steps: Sequence[Entry], counted: dict[str, int]
) -> Iterator[str]:
    """Say what of a history git has, that the file lacks, and whose steps those are."""
    if steps:
        yield words.say("doctor.from-git", count=len(steps), people=people(words, steps))
    yield words.say("doctor.from-git.file", file=str(recovered.file), **counted)
    if recovered.passed_over:
        known = recovered.guideline
        parts = [part_name(known, one) if known else one[-1] for one in recovered.passed_over]
        yield words.say("doctor.from-git.passed-over", parts=parts)
    if recovered.is_less:
        yield words.say("doctor.from-git.since")


def _held_less(
    words: Words, recovered: Recovered, damaged: Path, counted: dict[str, int]
) -> Iterator[str]:
    """Say what the damaged file still shows that is not in the new one, and where to mend it."""
    saved = recovered.saved
    last = saved.slips[-1] if saved.slips else None
    at = saved.breaks or (last and (last.line, last.column)) or (1, 1)
    where = place(str(damaged), *at)
    key = "doctor.breaks" if saved.breaks else "doctor.less"
    yield words.say(key, place=where, file=str(recovered.file), **counted)
    yield from _unread(words, recovered)
    if saved.unread_steps:
        yield words.say("doctor.unread-steps", count=saved.unread_steps)
    if not saved.breaks:
        yield from _losses(words, recovered)
    yield words.say("doctor.breaks.fix", place=where)


def _unread(words: Words, recovered: Recovered) -> Iterator[str]:
    """Name the answers that the damaged file shows, and that could not be read."""
    if unread := recovered.saved.unread:
        count, ids = len(unread), unread[:UNREAD_SHOWN]
        more = "doctor.unread.more" if count > len(ids) else "doctor.unread"
        yield words.say(more, count=count, ids=list(ids))


def _overwritten(words: Words, recovered: Recovered, damaged: Path) -> Iterator[str]:
    """Say where zeros stand, what of that the history still had, and what can be seen to lack."""
    zeros, known = recovered.saved.zeros, recovered.guideline
    if zeros is None:
        return
    places = [place(str(damaged), *at) for at in zeros.places[:UNREAD_SHOWN]]
    yield words.say("doctor.zeros", count=len(zeros.places), places=places)
    if put_back := zeros.put_back:
        parts = [part_name(known, part) if known else part[-1] for part in put_back[:LOST_SHOWN]]
        yield words.say("doctor.put-back", count=len(put_back), parts=parts)
    if (more := len(put_back) - LOST_SHOWN) > 0:
        yield words.say("doctor.lost-more", count=more)
    yield from _unread(words, recovered)
    if zeros.in_history:
        yield words.say("doctor.zeros.unknown")


def _vouched(words: Words, recovered: Recovered) -> str:
    """Say whether what was read past slips is what the history recorded."""
    doubt = recovered.doubt
    if not recovered.entries:
        return words.say("doctor.doubt.no-history")
    if doubt.step is not None:
        return words.say("doctor.doubt.step", number=doubt.step)
    if doubt.parts:
        return words.say("doctor.doubt.parts", count=doubt.parts)
    return words.say("doctor.doubt.none", entries=recovered.entries)


def _history_lost(words: Words, recovered: Recovered) -> Iterator[str]:
    """Say how much of the history is missing, which checking what remains cannot see."""
    saved, entries = recovered.saved, recovered.entries
    if recovered.settled:
        yield words.say("doctor.settled", count=recovered.settled)
    if recovered.from_git is not None:
        return
    if saved.unlinked:
        yield words.say("doctor.history-unlinked", count=saved.unlinked, entries=entries)
    if saved.cut:
        yield words.say("doctor.history-cut", entries=entries + recovered.settled)
    if saved.zeros and saved.zeros.in_history:
        step = recovered.doubt.step
        key = "whole" if step is None else "broken"
        yield words.say(f"doctor.history-zeros.{key}", entries=entries, number=step or 0)


def _show_commands(words: Words, file: Path, damaged: Path) -> None:
    """Write how to check a recovered file, and how to put it in place of the damaged one."""
    aside = recovering.free_name(damaged, "damaged")
    console.say("  " + words.say("doctor.recovered.next"))
    console.say("    " + command("log", file, "--verify"))
    console.say("    " + command("validate", file))
    console.say(layout.indented(words.say("doctor.recovered.place"), 2, layout.columns()))
    for old, new in ((damaged, aside), (file, damaged)):
        console.say(f"    {_moving(old, new)}")


def tell_anew(words: Words, empty: Path) -> None:
    """Write how to begin anew in the place of a file that holds nothing."""
    console.say("  " + words.say("doctor.anew"))
    console.say(f"    {_moving(empty, recovering.free_name(empty, 'empty'))}")
    console.say("    " + command("init", empty))


def _moving(old: Path, new: Path) -> str:
    return f"mv {shlex.quote(str(old))} {shlex.quote(str(new))}"


def _losses(words: Words, recovered: Recovered) -> Iterator[str]:
    """Say what was left out, and what became of an answer of which it was a field."""
    for lost in recovered.saved.lost[:LOST_SHOWN]:
        if not lost.of_answer:
            yield words.say("doctor.lost", part=json_pointer(lost.part), value=lost.value)
            continue
        id, field = str(lost.part[1]), answer_field(words, lost)
        item = part_name(recovered.guideline, (ANSWERED, id)) if recovered.guideline else id
        state = "lost" if lost.value else "lacked"
        kind = "status" if lost.part[2] == "status" else "field"
        yield words.say(f"doctor.{state}-{kind}", item=item, field=field, value=lost.value)
    if (more := len(recovered.saved.lost) - LOST_SHOWN) > 0:
        yield words.say("doctor.lost-more", count=more)


def _show_merged(words: Words, recovered: Recovered, damaged: Path) -> None:
    """Say whose of both sides of a conflict stands, and how to record the other again."""
    if recovered.merged is None or recovered.guideline is None:
        return
    words = words.of_pack(recovered.guideline.words)
    lines = merge_told.told(words, recovered.guideline, recovered.merged, *_again(words, damaged))
    for said, indent in lines:
        console.say(console.laid_out(said, indent + 4))
