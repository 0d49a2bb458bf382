"""What a renderer gives back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file; `missing` are characters that no font on this machine could show."""

    content: bytes
    missing: tuple[str, ...] = ()
