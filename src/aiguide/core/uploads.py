"""Which files may be sent as evidence."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UploadPolicy:
    """`largest` is in bytes; `types` maps the ending of a name to what such files begin with.

    What they begin with is as Latin-1 characters, empty where anything may stand there.
    """

    largest: int
    types: Mapping[str, str]

    def takes(self, ending: str, begins: bytes) -> bool:
        """Tell whether a file may be sent, by its ending (without the dot) and its first bytes."""
        wanted = self.types.get(ending.lower())
        return wanted is not None and begins.startswith(wanted.encode("latin-1"))
