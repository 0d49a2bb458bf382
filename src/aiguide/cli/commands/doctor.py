"""`aiguide doctor`: what is missing on this machine, or wrong with a file, and the remedy."""

import os
import shlex
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from aiguide import __version__
from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.merge_by_hand import finishing
from aiguide.cli.options import USUAL, By, Format, Lang, Today, command, project_path
from aiguide.cli.options import path as path_of
from aiguide.cli.session import session_of, stamp, today_or
from aiguide.core import trail
from aiguide.core.attestation import ANSWERED
from aiguide.core.complaints import place
from aiguide.core.dates import in_tokyo
from aiguide.core.findings import json_pointer
from aiguide.core.merging import Conflict
from aiguide.core.mismatch_view import part_name
from aiguide.core.suggest import one_of
from aiguide.core.validation import Said
from aiguide.core.words import Words
from aiguide.usecases import extras, recovering, reports, validating
from aiguide.usecases.merging import EMPTY, is_unfinished
from aiguide.usecases.recovering import Recovered, answer_field
from aiguide.usecases.validation_order import Order


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was looked for; where it is missing, `remedy` says what to do."""

    id: str
    what: str
    remedy: str = ""
    optional: bool = False

    @property
    def ok(self) -> bool:
        """Tell whether it is there."""
        return not self.remedy


LOST_SHOWN = 20
UNREAD_SHOWN = 6

app = new_app()


@app.command(cls=Command)
def doctor(
    ctx: typer.Context,
    project: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PROJECT]", help="argument.doctor", show_default=False, parser=path_of
        ),
    ] = None,
    today: Today = "",
    by: By = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    checks = _checks(words)
    if project is None and USUAL.is_file():
        project = USUAL
    path = project and project_path(project)
    findings = _findings(words, path, today_or(today)) if path else ()
    recovered = None
    if path and findings and all(words.is_recoverable(said.code) for said in findings):
        recovered = recovering.recover(path, words, stamp(by))
    if format == "json":
        _put_json(checks, findings, recovered)
    else:
        _show_checks(words, checks)
        if path:
            _show_file(words, path, findings, recovered)
    if not all(check.ok or check.optional for check in checks):
        raise typer.Exit(ExitCode.COULD_NOT)


def _findings(words: Words, path: Path, today: str) -> tuple[Said, ...]:
    """Give all that is wrong with a file."""
    run = validating.validate([path], words, Order(today))
    return tuple(said for view in run for said in view.findings)


def _put_json(checks: list[Check], findings: tuple[Said, ...], recovered: Recovered | None) -> None:
    looked_for = [asdict(check) | {"ok": check.ok} for check in checks]
    found = [said.data() for said in findings]
    file = str(recovered.file) if recovered else None
    console.put_json({"checks": looked_for, "findings": found, "recovered": file})


def _show_checks(words: Words, checks: list[Check]) -> None:
    for check in checks:
        missing = "doctor.absent" if check.optional else "doctor.bad"
        mark = words.say("doctor.ok" if check.ok else missing)
        console.say(layout.hanging(mark, check.what, 2, 8, layout.columns()))
        if not check.ok:
            console.say(layout.indented(check.remedy, 10, layout.columns()))


def _show_file(
    words: Words, path: Path, findings: tuple[Said, ...], recovered: Recovered | None
) -> None:
    """Say what is wrong with a file, and how to go on from there."""
    for finding in findings:
        where = place(finding.file, finding.line, finding.column)
        said = f"{where} {finding.code} {finding.message}"
        console.say(layout.indented(said, 2, layout.columns()))
        console.say(layout.indented(finding.fix, 4, layout.columns()))
    if not findings:
        console.say("  " + words.say("doctor.file-ok", file=str(path)))
    if recovered:
        _show_recovered(words, recovered, path)
    elif any(said.code == EMPTY for said in findings):
        _show_anew(words, path)
    if not (recovered and recovered.merged) and is_unfinished(path):
        _show_unfinished(words, path)


def _show_unfinished(words: Words, path: Path) -> None:
    """Say that git waits for a merge of the file, and write the lines that finish it."""
    console.say("\n" + layout.indented(words.say("doctor.unfinished"), 2, layout.columns()))
    here = os.path.relpath(path).replace(os.sep, "/")
    for line in finishing(here, here if here.startswith("../") else f"./{here}"):
        console.say(f"    {line}")


def _show_recovered(words: Words, recovered: Recovered, damaged: Path) -> None:
    """Say what is to be mended in the file, what was saved where, and how to put that in place.

    What holds less than the file itself still shows is not offered for its place.
    """
    columns = layout.columns()
    console.say()
    _show_slips(words, recovered, damaged)
    for told in _saved(words, recovered, damaged):
        console.say(layout.indented(told, 2, columns))
    if recovered.holds_less:
        console.say("    " + command("doctor", damaged))
        return
    _show_decided(words, recovered)
    for told in _losses(words, recovered):
        console.say(layout.indented(told, 4, columns))
    for told in _history_lost(words, recovered):
        console.say(layout.indented(told, 2, columns))
    _show_commands(words, recovered.file, damaged)
    if recovered.merged:
        console.say(layout.indented(words.say("doctor.recovered.git"), 2, columns))
        console.say(f"    git add {shlex.quote(str(damaged))}\n    git commit")


def _show_slips(words: Words, recovered: Recovered, damaged: Path) -> None:
    """Say what was mistyped where, so that it can be put right in the file itself."""
    columns, slips = layout.columns(), recovered.slips
    if not slips:
        return
    key = "doctor.slips.first" if recovered.cut or recovered.holds_less else "doctor.slips"
    console.say(layout.indented(words.say(key, count=len(slips)), 2, columns))
    for slip in slips:
        kind = "instead" if slip.seen and slip.taken else "missing" if slip.taken else "extra"
        told = words.say(f"doctor.slip.{kind}", seen=slip.seen, taken=slip.taken)
        where = place(str(damaged), slip.line, slip.column)
        console.say(layout.indented(f"{where} {told}", 4, columns))


def _saved(words: Words, recovered: Recovered, damaged: Path) -> Iterator[str]:
    """Say what is in the new file and, of a damaged one that goes on, what is not."""
    counted = {"answers": recovered.answers, "entries": recovered.entries}
    if recovered.holds_less:
        yield from _held_less(words, recovered, damaged, counted)
        return
    yield words.say("doctor.recovered", file=str(recovered.file), **counted)
    for key in ("cut", "merged"):
        if getattr(recovered, key):
            yield words.say(f"doctor.{key}")
    if recovered.slips and not recovered.cut:
        yield _vouched(words, recovered)


def _held_less(
    words: Words, recovered: Recovered, damaged: Path, counted: dict[str, int]
) -> Iterator[str]:
    """Say what the damaged file still shows that is not in the new one, and where to mend it."""
    last = recovered.slips[-1] if recovered.slips else None
    at = recovered.breaks or (last and (last.line, last.column)) or (1, 1)
    where = place(str(damaged), *at)
    key = "doctor.breaks" if recovered.breaks else "doctor.less"
    yield words.say(key, place=where, file=str(recovered.file), **counted)
    if recovered.unread:
        count, ids = len(recovered.unread), recovered.unread[:UNREAD_SHOWN]
        more = "doctor.unread.more" if count > len(ids) else "doctor.unread"
        yield words.say(more, count=count, ids=list(ids))
    if recovered.unread_steps:
        yield words.say("doctor.unread-steps", count=recovered.unread_steps)
    if not recovered.breaks:
        yield from _losses(words, recovered)
    yield words.say("doctor.breaks.fix", place=where)


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
    if recovered.unlinked:
        count, entries = recovered.unlinked, recovered.entries
        yield words.say("doctor.history-unlinked", count=count, entries=entries)
    if recovered.cut:
        yield words.say("doctor.history-cut", entries=recovered.entries)
    if recovered.settled:
        yield words.say("doctor.settled", count=recovered.settled)


def _show_commands(words: Words, file: Path, damaged: Path) -> None:
    """Write how to check a recovered file, and how to put it in place of the damaged one."""
    aside = recovering.free_name(damaged, "damaged")
    console.say("  " + words.say("doctor.recovered.next"))
    console.say("    " + command("log", file, "--verify"))
    console.say("    " + command("validate", file))
    console.say("  " + words.say("doctor.recovered.place"))
    for old, new in ((damaged, aside), (file, damaged)):
        console.say(f"    {_moving(old, new)}")


def _show_anew(words: Words, empty: Path) -> None:
    """Write how to begin anew in the place of a file that holds nothing."""
    console.say("  " + words.say("doctor.anew"))
    console.say(f"    {_moving(empty, recovering.free_name(empty, 'empty'))}")
    console.say("    " + command("init", empty))


def _moving(old: Path, new: Path) -> str:
    return f"mv {shlex.quote(str(old))} {shlex.quote(str(new))}"


def _losses(words: Words, recovered: Recovered) -> Iterator[str]:
    """Say what was left out, and what became of an answer of which it was a field."""
    for lost in recovered.lost[:LOST_SHOWN]:
        if not lost.of_answer:
            yield words.say("doctor.lost", part=json_pointer(lost.part), value=lost.value)
            continue
        id, field = str(lost.part[1]), answer_field(words, lost)
        item = part_name(recovered.guideline, (ANSWERED, id)) if recovered.guideline else id
        state = "lost" if lost.value else "lacked"
        kind = "status" if lost.part[2] == "status" else "field"
        yield words.say(f"doctor.{state}-{kind}", item=item, field=field, value=lost.value)
    if (more := len(recovered.lost) - LOST_SHOWN) > 0:
        yield words.say("doctor.lost-more", count=more)


def _show_decided(words: Words, recovered: Recovered) -> None:
    """Say what both sides of a conflict had changed, and what stands."""
    if not recovered.decided or recovered.guideline is None:
        return
    words = words.of_pack(recovered.guideline.words)
    told = words.say("doctor.decided", count=len(recovered.decided))
    console.say(layout.indented(told, 2, layout.columns()))
    for conflict, entry in recovered.decided:
        step = trail.step(words, recovered.guideline, 0, entry)
        console.say(layout.indented(f"{step.subject}  {step.change}", 4, layout.columns()))
        said = words.say(_why(conflict), at=in_tokyo(conflict.times[0]))
        console.say(layout.indented(said, 6, layout.columns()))


def _why(conflict: Conflict) -> str:
    """Give the key of what says why a side stands."""
    if conflict.is_tied:
        return "doctor.decided.tied" if conflict.times[0] else "doctor.decided.timeless"
    return "doctor.decided.ours" if conflict.ours_stands else "doctor.decided.theirs"


def _checks(words: Words) -> list[Check]:
    """Say what this is, and try what the optional parts need."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    told = words.say("doctor.versions", aiguide=__version__, python=version)
    checks = [Check("versions", told)]
    for extra in extras.EXTRAS:
        there = extras.is_installed(extra)
        remedy = "" if there else words.say("doctor.extra.fix", extra=extra)
        checks.append(Check(extra, words.say(f"doctor.extra.{extra}"), remedy, optional=True))
    if extras.is_installed("pdf"):
        for id, error in reports.pdf_obstacles():
            remedy = words.say(f"error.{error.code}.fix", **error.args_said) if error else ""
            checks.append(Check(id, words.say(f"doctor.{id}"), remedy))
    return checks
