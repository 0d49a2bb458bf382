"""What stops the tool: a code and its arguments, worded by the catalogue, caught once in `main`."""

import errno
from dataclasses import replace
from typing import Any

from aiguide.core.findings import Finding


class AiguideError(Exception):
    """Something that stops a command.

    `code` names the sentences `error.<code>` and `error.<code>.fix` of the catalogue.
    """

    def __init__(self, code: str, /, **args: Any) -> None:
        """Take the code and what fills its sentences in."""
        super().__init__(code)
        self.code = code
        self.args_said = args


def reason_of(error: OSError) -> str:
    """Name why the system refused: the code of a sentence `reason.<code>`, such as `eacces`."""
    return errno.errorcode.get(error.errno or 0, str(error)).lower()


class UnreadableError(AiguideError):
    """A file that cannot be used, or could not be if it were saved; findings say where and why."""

    def __init__(self, file: str, findings: tuple[Finding, ...], code: str = "unreadable") -> None:
        """Take the file and all that was found in it."""
        super().__init__(code, file=file, count=len(findings))
        self.findings = findings

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel from one process to another whole."""
        return (UnreadableError, (self.args_said["file"], self.findings, self.code))

    @classmethod
    def at(cls, file: object, *findings: Finding) -> "UnreadableError":
        """Make the error of findings in one file, in the order of their places."""
        placed = (replace(finding, file=str(file)) for finding in findings)
        ordered = sorted(placed, key=lambda one: (one.line, one.column, one.code))
        return cls(str(file), tuple(ordered))
