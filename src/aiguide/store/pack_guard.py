"""What must not be read of a pack by others: files out of its folder, and more than it may hold."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from aiguide.core.errors import UnreadableError, reason_of
from aiguide.core.findings import Finding

# Ours has 0.3 MB of YAML.
LARGEST_PACK = 4 * 1024 * 1024
MOST_FILES = 1000

Stamp = tuple[tuple[str, int, int], ...]


def require_safe(folder: Path, root: Path) -> Stamp:
    """Insist that a pack may be read whole; gives what tells whether it has changed since.

    `root` is the folder that the pack must not lead out of.
    Raises: UnreadableError with every finding (AG101, AG102, AG601).
    """
    if not _inside(folder, root):
        raise UnreadableError.at(folder, Finding("AG601", {"folder": str(root)}))
    stamp, total, findings = [], 0, []
    for file in _yaml_of(folder):
        try:
            found = file.stat()
        except OSError as error:
            findings.append(_at(file, Finding("AG101", {"reason": reason_of(error)})))
            continue
        total += found.st_size
        stamp.append((str(file), found.st_size, found.st_mtime_ns))
        findings += [_at(file, one) for one in _faults(file, found, folder, total)]
        if total > LARGEST_PACK or len(stamp) > MOST_FILES:
            break
    if findings:
        raise UnreadableError(str(folder), tuple(findings))
    return tuple(stamp)


def _yaml_of(folder: Path) -> Iterator[Path]:
    """Give every YAML file below a folder, links to folders not followed."""
    for here, below, files in os.walk(folder):
        below.sort()
        yield from (Path(here, name) for name in sorted(files) if name.endswith(".yaml"))


def _faults(file: Path, found: os.stat_result, folder: Path, total: int) -> Iterator[Finding]:
    if not _inside(file, folder):
        yield Finding("AG601", {"folder": str(folder)})
    if not stat.S_ISREG(found.st_mode):
        yield Finding("AG101", {"reason": "special"})
    if total > LARGEST_PACK:
        yield Finding("AG102", {"size": total, "most": LARGEST_PACK})


def _inside(path: Path, folder: Path) -> bool:
    real = Path(os.path.realpath(path))
    return real.is_relative_to(os.path.realpath(folder))


def _at(file: Path, finding: Finding) -> Finding:
    return Finding(finding.code, finding.args, (), str(file))
