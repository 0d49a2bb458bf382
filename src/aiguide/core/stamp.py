"""Who does something, and when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does something and when: `at` is ISO 8601 UTC."""

    by: str
    at: str
