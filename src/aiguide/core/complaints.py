"""What is said of an error: what, where, what was probably meant, what to do next."""

from dataclasses import dataclass

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.words import Worded, Words, shortened

SHOWN_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words, its place as editors jump to it."""

    place: str
    code: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error in words; `findings` are at most `SHOWN_AT_MOST`, `more` are not told."""

    message: str
    near: str = ""
    fix: str = ""
    findings: tuple[Told, ...] = ()
    more: int = 0


def complain(words: Words, error: AiguideError, face: str = "") -> Complaint:
    """Word an error; `face` is where it is said, if what to do next is something else there."""
    findings = error.findings if isinstance(error, UnreadableError) else ()
    near, own = error.args_said.get("near"), f"{face}.fix.{error.code}"
    fix = own if words.has(own) else f"error.{error.code}.fix"
    return Complaint(
        message=words.say(f"error.{error.code}", **error.args_said),
        near=words.say("near", near=near) if near else "",
        fix=words.say(fix, **error.args_said) if words.has(fix) else "",
        findings=tuple(told(words, one) for one in findings[:SHOWN_AT_MOST]),
        more=max(0, len(findings) - SHOWN_AT_MOST),
    )


def told(words: Words, finding: Finding) -> Told:
    """Word a finding."""
    where = place(finding.file, finding.line, finding.column)
    return Told(where, finding.code, words.message(finding), words.fix(finding))


def place(file: str, line: int, column: int) -> Worded:
    """Write a place as editors jump to it; without a line, the file alone."""
    parts = [shortened(file, 200)]
    if line:
        parts += [str(line), str(column)]
    return Worded(":".join(parts))
