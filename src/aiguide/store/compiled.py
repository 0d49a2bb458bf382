"""What the build compiles from YAML, and a cache by digest of what it did not compile."""

import contextlib
import functools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.store import resources
from aiguide.store.files import write_atomically


def load(name: str, source: Path, compile_source: Callable[[Path], Any]) -> Any:
    """Load compiled data: from the wheel, else from the cache, else by compiling `source`.

    Raises: UnreadableError where the source is at fault.
    """
    if resources.PACKAGED:
        return _read(resources.COMPILED / f"{name}.json")
    return load_own(name, source, compile_source)


def load_own(name: str, source: Path, compile_source: Callable[[Path], Any]) -> Any:
    """Load what is in no wheel: from the cache, else by compiling `source`. Raises: as `load`."""
    cached = resources.CACHE / f"{name}.{_digest(source)}.json"
    with contextlib.suppress(OSError, ValueError):  # not there, or damaged
        return _read(cached)
    data = compile_source(source)
    _keep(cached, name, data)
    return data


def dump(data: Any) -> bytes:
    """Write compiled data as the build and the cache keep it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _read(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return json.load(file)


def _digest(source: Path) -> str:
    """Digest the source's YAML, the schemas that judged it and the code that compiled it."""
    files = [source] if source.is_file() else sorted(source.rglob("*.yaml"))
    return _digest_of(_judges(), files).hex()[:20]


@functools.cache
def _judges() -> bytes:
    """Digest what all sources share: the schemas and the code."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    return _digest_of(b"", (*sorted(resources.SCHEMAS.glob("*.json")), *code))


def _digest_of(start: bytes, files: Iterable[Path]) -> bytes:
    import hashlib

    digest = hashlib.sha256(start)
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.digest()


def _keep(cached: Path, name: str, data: Any) -> None:
    """Keep compiled data for next time; a checkout that cannot be written to goes without."""
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(cached, dump(data))
    except (AiguideError, OSError):
        return
    for old in cached.parent.glob(f"{name}.*.json"):
        if old != cached:
            old.unlink(missing_ok=True)
