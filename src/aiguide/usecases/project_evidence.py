"""Evidence of answers: what a person names or types becomes some, and how it is by now."""

import contextlib
import os
import unicodedata
from pathlib import Path, PurePosixPath

from aiguide.core.answers import begins_as_web_address, holds_web_address, is_web_address
from aiguide.core.errors import AiguideError
from aiguide.core.evidence import EvidenceState
from aiguide.core.project import Evidence, EvidenceKind
from aiguide.store import evidence
from aiguide.usecases.projects import Opened

_SEPARATORS = str.maketrans(dict.fromkeys("／\\¥￥", "/"))  # as Windows and its keyboards write it


def states(opened: Opened) -> tuple[EvidenceState, ...]:
    """Look at every piece of evidence of a project."""
    return tuple(evidence.states(opened.path, opened.project))


def file(opened: Opened, item: str, index: int) -> tuple[Path, str]:
    """Give where a file is that an answer names as its evidence, by its place there, and its name.

    Raises: AiguideError `no-evidence`, `evidence-outside`, `evidence-missing`.
    """
    answer = opened.project.answers.get(item)
    named = answer.evidence if answer else ()
    if not 0 <= index < len(named) or named[index].kind is not EvidenceKind.FILE:
        raise AiguideError("no-evidence")
    target = named[index].target
    return evidence.inside(opened.path, target), PurePosixPath(target).name


def meant(project_file: Path, target: str) -> Evidence:
    """Make evidence: a web address is a link, anything else a file in the project's folder.

    What is no file as it is written is read in half width, and so are the names in the folder.
    Raises: AiguideError `evidence-address`, `evidence-mixed` for an address behind something
    else, `evidence-outside`, `evidence-missing`, `same-file`.
    """
    if begins_as_web_address(target):
        return _link(target)
    if holds_web_address(target):
        raise AiguideError("evidence-mixed", target=target)
    try:
        return evidence.attach(project_file, target)
    except AiguideError as error:
        plain = unicodedata.normalize("NFKC", target).strip()
        if error.code != "evidence-missing":
            raise
        if begins_as_web_address(plain) or plain.lower().startswith("www."):
            return _link(plain)
        alike = evidence.alike_in_half_width(project_file, plain) or [plain]
        several = len(alike) > 1  # nobody knows which of them is meant
        for name in (target.translate(_SEPARATORS), *alike[: 0 if several else 1]):
            with contextlib.suppress(AiguideError):
                return evidence.attach(project_file, name)
        if several:
            raise AiguideError("evidence-missing", target=target, near=sorted(alike)) from None
        raise


def _link(target: str) -> Evidence:
    address = target.strip()
    if not is_web_address(address):
        raise AiguideError("evidence-address", target=address)
    return Evidence(EvidenceKind.LINK, address)


def typed(project_file: Path, text: str) -> Evidence:
    """Make evidence of what was typed at a terminal, or dragged onto it.

    Quotes around it fall away, ~ is the home, and a whole path inside the folder is taken from
    there. Raises: as `meant`.
    """
    target = text
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        target = text[1:-1]
    file = Path(os.path.expanduser(target))  # noqa: PTH111 (pathlib refuses an unknown ~name)
    folder = project_file.parent.resolve()
    if file.is_absolute() and file.resolve().is_relative_to(folder):
        target = file.resolve().relative_to(folder).as_posix()
    return meant(project_file, target)
