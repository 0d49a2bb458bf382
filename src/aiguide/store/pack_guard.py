"""What must not be read of a pack by others: files out of its folder, and more than it may hold."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from aiguide.core.errors import UnreadableError, reason_of
from aiguide.core.findings import Finding

# Ours has 0.3 MB of YAML.
LARGEST_PACK = 4 * 1024 * 1024
MOST_FILES = 1000
ENDING = ".yaml"

Stamp = tuple[tuple[str, int, int], ...]


def require_safe(folder: Path, root: Path) -> Stamp:
    """Insist that a pack may be read whole; gives what tells whether it has changed since.

    `root` is the folder that the pack must not lead out of.
    Raises: UnreadableError with every finding (AG101, AG102, AG601, AG623).
    """
    files, findings = [], []
    if not _inside(folder, root):
        raise UnreadableError.at(folder, Finding("AG601", {"folder": str(root)}))
    for path in _yaml_and_links(folder):
        if not _inside(path, folder):
            findings.append(_at(path, Finding("AG601", {"folder": str(folder)})))
        elif path.suffix == ENDING:
            files.append(path)
        if len(files) > MOST_FILES:
            findings.append(_at(folder, Finding("AG623", {"most": MOST_FILES})))
            break
    stamp, faults = _looked_at(files)
    if findings or faults:
        raise UnreadableError(str(folder), (*findings, *faults))
    return stamp


def _yaml_and_links(folder: Path) -> Iterator[Path]:
    """Give every YAML file below a folder, and the links to folders, which are not followed."""
    for here, below, files in os.walk(folder):
        below.sort()
        yield from (path for path in (Path(here, name) for name in below) if path.is_symlink())
        yield from (Path(here, name) for name in sorted(files) if name.endswith(ENDING))


def _looked_at(files: Sequence[Path]) -> tuple[Stamp, list[Finding]]:
    """Look at files without opening them; gives their stamp, and what is wrong with them."""
    stamp: list[tuple[str, int, int]] = []
    findings = []
    for file in files:
        try:
            found = file.stat()
        except OSError as error:
            findings.append(_at(file, Finding("AG101", {"reason": reason_of(error)})))
            continue
        stamp.append((str(file), found.st_size, found.st_mtime_ns))
        total = sum(size for _, size, _ in stamp)
        if not stat.S_ISREG(found.st_mode):
            findings.append(_at(file, Finding("AG101", {"reason": "special"})))
        elif total > LARGEST_PACK:
            findings.append(_at(file, Finding("AG102", {"size": total, "most": LARGEST_PACK})))
            break
    return tuple(stamp), findings


def _inside(path: Path, folder: Path) -> bool:
    real = Path(os.path.realpath(path))
    return real.is_relative_to(os.path.realpath(folder))


def _at(path: Path, finding: Finding) -> Finding:
    return Finding(finding.code, finding.args, (), str(path))
