"""`aiguide doctor`: what is missing on this machine, or wrong with a file, and the remedy."""

import shlex
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from aiguide import __version__
from aiguide.cli import apart_told, console, layout, put_aside_told, recovery_told, unfinished_told
from aiguide.cli.app import Command, new_app
from aiguide.cli.complaints import show_error
from aiguide.cli.exits import ExitCode
from aiguide.cli.git_told import warn_of_no_driver
from aiguide.cli.options import USUAL, By, Format, Lang, Today, project_path
from aiguide.cli.options import path as path_of
from aiguide.cli.session import session_of, stamp, today_or
from aiguide.core.complaints import place
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.project import Project
from aiguide.core.stamp import Stamp
from aiguide.core.suggest import one_of
from aiguide.core.validation import Said
from aiguide.core.words import Words
from aiguide.usecases import (
    earlier_versions,
    extras,
    projects,
    recovering,
    reports,
    unmerged,
    validating,
)
from aiguide.usecases.merging import EMPTY, is_unmerged
from aiguide.usecases.recovering import Recovered
from aiguide.usecases.validation_order import Order

TWICE = "AG106"  # which of two values is meant, only git can tell
UNREAD = "AG1"  # how the codes begin of what keeps a file from being read


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
    if project is None and (USUAL.is_file() or _is_gone(USUAL)):
        project = USUAL
    path = project and project_path(project)
    findings = _findings(words, path, today_or(today)) if path else ()
    unfinished = path is not None and is_unmerged(path)
    if path and unfinished and (sides := unmerged.apart(path)):
        show_error(words, AiguideError("merge-different"))
        apart_told.tell_sides(words, path, sides)
        raise typer.Exit(ExitCode.COULD_NOT)
    recovered = _recovered(words, path, findings, stamp(by)) if path else None
    lost = not (recovered or unfinished) and _is_unread(findings)
    foreign = path is not None and lost and recovering.is_foreign(path)
    if format == "json":
        _put_json(checks, findings, recovered)
    else:
        ill = (
            bool(findings) or unfinished or recovered is not None
        )  # then whoever asks wants to know of the file
        _show_checks(words, [one for one in checks if not (ill and (one.ok or one.optional))])
        if path and path.exists():  # before what is to be done with git
            warn_of_no_driver(words, path)
        if path and not foreign:
            _show_file(words, path, findings, recovered, unfinished)
    if foreign:
        raise AiguideError("no-manifest", file=str(path))
    if lost or not all(check.ok or check.optional for check in checks):
        raise typer.Exit(ExitCode.COULD_NOT)


def _is_gone(path: Path) -> bool:
    """Tell whether the last commit has a manifest that is not there."""
    return not path.exists() and earlier_versions.holder(path) == "HEAD"


def _findings(words: Words, path: Path, today: str) -> tuple[Said, ...]:
    """Give all that is wrong with a file."""
    run = validating.validate([path], words, Order(today))
    return tuple(said for view in run for said in view.findings)


def _recovered(words: Words, path: Path, findings: tuple[Said, ...], by: Stamp) -> Recovered | None:
    """Save what can be saved of a damaged manifest, or what git has and a whole one lacks."""
    codes = {said.code for said in findings}
    if codes and all(code in (EMPTY, TWICE) or words.is_recoverable(code) for code in codes):
        return recovering.recover(path, words, by, alone=TWICE not in codes)
    if any(said.code.startswith(UNREAD) for said in findings) or is_unmerged(path):
        return None
    return recovering.complete(path, words, projects.open_project(path).project, by)


def _is_unread(findings: tuple[Said, ...]) -> bool:
    """Tell whether something keeps a file from being read."""
    return any(said.code.startswith(UNREAD) for said in findings)


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
    words: Words,
    path: Path,
    findings: tuple[Said, ...],
    recovered: Recovered | None,
    unfinished: bool,
) -> None:
    """Say what is wrong with a file, and how to go on from there.

    What is to be done about the rest can only be told once a new file or a merge is in place.
    """
    first = [one for one in findings if one.code.startswith(UNREAD)]
    shown = first if recovered or unfinished else findings
    for finding in shown:
        where = place(finding.file, finding.line, finding.column)
        said = f"{where} {finding.code} {finding.message}"
        console.say(layout.indented(said, 2, layout.columns()))
        console.say(layout.indented(finding.fix, 4, layout.columns()))
    if later := len(findings) - len(shown):
        console.say(layout.indented(words.say("doctor.later", count=later), 2, layout.columns()))
    if not (findings or recovered):
        console.say("  " + words.say("doctor.file-ok", file=str(path)))
    if recovered:
        recovery_told.tell(words, recovered, path, unfinished)
    elif not unfinished and any(said.code == EMPTY for said in findings):
        recovery_told.tell_anew(words, path)
    elif not unfinished and findings and all(words.is_recoverable(said.code) for said in findings):
        console.say(layout.indented(words.say("doctor.nothing"), 2, layout.columns()))
    elif not (unfinished or path.exists()):
        _show_vanished(words, path)
    if unfinished and not (recovered and recovered.merged):
        unfinished_told.tell(words, path, recovered.file if recovered else path)
    if not unfinished and (stands := next(_held(path, recovered, unfinished), None)):
        apart_told.tell_in_git(words, path, stands)
    if not (recovered and recovered.shows_less):
        put_aside_told.tell(words, path, _held(path, recovered, unfinished))


def _held(path: Path, recovered: Recovered | None, unfinished: bool) -> Iterator[Project]:
    """Give what is in a manifest once all is done that was told."""
    if recovered:
        yield recovered.saved.project
    else:
        with suppress(UnreadableError):
            yield projects.open_project(path).project
    if unfinished and (sides := unmerged.held(path)):
        yield from (sides.ours, sides.theirs)


def _show_vanished(words: Words, path: Path) -> None:
    """Write how to take a manifest that is not there from the last commit that has it, if any."""
    if commit := earlier_versions.holder(path):
        console.say(layout.indented(words.say("doctor.vanished"), 2, layout.columns()))
        there = [] if path.parent == Path() else ["-C", str(path.parent)]
        console.say("    " + shlex.join(["git", *there, "checkout", commit, "--", path.name]))


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
