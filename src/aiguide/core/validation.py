"""A run of `validate`: which findings are asked for, what each says, and what they come to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aiguide.core.baseline import Accepted, Baseline, fingerprint
from aiguide.core.findings import Finding, Severity, json_pointer
from aiguide.core.text import Text
from aiguide.core.words import Words

GONE_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are asked for: codes or how they begin; `strict`: a warning is a no as well.

    No `select` selects all; `ignore` wins over it.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False

    def takes(self, code: str) -> bool:
        """Tell whether a code is asked for."""
        return (not self.select or code.startswith(self.select)) and not (
            self.ignore and code.startswith(self.ignore)
        )


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one file; `items` are the check items that apply to it.

    `in_the_way`: the codes of what kept it from being examined whole, which are never left out.
    `own`: the sentences of its guideline.
    """

    file: str
    findings: tuple[Finding, ...]
    items: int
    in_the_way: frozenset[str] = frozenset()
    own: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """One finding as it is told; `pointer` is RFC 6901, `fingerprint` stays when lines move."""

    file: str
    line: int
    column: int
    pointer: str
    code: str
    severity: Severity
    title: str
    message: str
    fix: str
    fingerprint: str

    def data(self) -> dict[str, str | int]:
        """Give what is told as plain data (schema `validation`)."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "pointer": self.pointer,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "fix": self.fix,
        }


@dataclass(frozen=True, slots=True)
class FileView:
    """One file as it is told; `whole`: nothing stood in the way of examining it."""

    file: str
    items: int
    findings: tuple[Said, ...]
    whole: bool


@dataclass(slots=True)
class Totals:
    """What a run has come to so far.

    `left_out` counts by code what was not asked for; `accepted` what the baseline knew; `gone`
    are its entries that were not found again.
    """

    files: int = 0
    items: int = 0
    errors: int = 0
    warnings: int = 0
    accepted: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    gone: tuple[Accepted, ...] = ()

    @property
    def clean(self) -> bool:
        """Tell whether nothing was found at all, told or not."""
        return not (self.errors or self.warnings or self.left_out or self.accepted)

    def count(self, severity: Severity) -> None:
        """Count one finding that is told."""
        if severity is Severity.ERROR:
            self.errors += 1
        else:
            self.warnings += 1


@dataclass(slots=True)
class Run:
    """Files one by one as they are told; `totals` are whole once all have been."""

    words: Words
    examined: Iterable[Examined]
    choice: Choice
    baseline: Baseline | None = None
    totals: Totals = field(default_factory=Totals)

    def __iter__(self) -> Iterator[FileView]:
        """Give each file, and count."""
        for one in self.examined:
            self.totals.files += 1
            self.totals.items += one.items
            asked = self._asked_for(one)
            words = self.words.of_pack(one.own) if asked else self.words
            worded = tuple(told(words, finding) for finding in asked)
            for said in worded:
                self.totals.count(said.severity)
            yield FileView(one.file, one.items, worded, not one.in_the_way)
        if self.baseline:
            self.totals.gone = self.baseline.gone()

    @property
    def failed(self) -> bool:
        """Tell whether the answer is no."""
        return bool(self.totals.errors or (self.choice.strict and self.totals.warnings))

    def _asked_for(self, one: Examined) -> Sequence[Finding]:
        asked = []
        for finding in one.findings:
            if finding.code in one.in_the_way or self.choice.takes(finding.code):
                asked.append(finding)
            else:
                self.totals.left_out[finding.code] += 1
        if self.baseline is None or one.in_the_way:
            return asked
        new = list(self.baseline.take(one.file, asked))
        self.totals.accepted += len(asked) - len(new)
        return new


def told(words: Words, finding: Finding) -> Said:
    """Word a finding."""
    kind = words.kinds[finding.code]
    return Said(
        finding.file,
        finding.line,
        finding.column,
        json_pointer(finding.pointer),
        finding.code,
        kind.severity,
        words.pick(kind.title),
        words.message(finding),
        words.fix(finding),
        fingerprint(finding),
    )


def summary(run: Run) -> Iterator[str]:
    """Say what a finished run came to: what was checked, found, and not told."""
    words, totals = run.words, run.totals
    checked = {"files": totals.files, "items": totals.items}
    if totals.clean:
        yield words.say("validate.clean", **checked)
    else:
        found = {"errors": totals.errors, "warnings": totals.warnings}
        yield words.say("validate.summary", **checked, **found)
    if totals.left_out:
        codes = [f"{code} ×{count}" for code, count in sorted(totals.left_out.items())]
        yield words.say("validate.left-out", codes=words.listing(codes))
    if totals.accepted:
        yield words.say("validate.accepted", count=totals.accepted)
    for one in totals.gone[:GONE_AT_MOST]:
        yield words.say("validate.gone", file=one.file, code=one.code, pointer=one.pointer)
    if len(totals.gone) > GONE_AT_MOST:
        yield words.say("validate.more", count=len(totals.gone) - GONE_AT_MOST)
