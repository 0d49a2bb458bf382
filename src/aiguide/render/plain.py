"""Keeping out of a report what would not show but would act: control characters."""

import re

# Control characters but tab and line end, those that turn the writing direction, and those that
# XML has no place for.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def without_controls(text: str) -> str:
    """Replace each by the mark for a character that cannot be shown."""
    return _CONTROLS.sub("\ufffd", text)
