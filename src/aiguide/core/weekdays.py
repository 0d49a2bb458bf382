"""The day of the week that stands beside a date."""

import re

_JAPANESE = "月火水木金土日"
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_KANJI, _WORD = rf"[{_JAPANESE}]", r"[a-z]{3,9}"
_FORMS = (
    re.compile(rf"(?P<date>.+?) ?\( ?(?:(?P<day>{_KANJI})(?:曜日?)?|(?P<name>{_WORD})\.?) ?\)"),
    re.compile(rf"(?P<date>.+?) ?(?P<day>{_KANJI})曜日?(?P<name>)"),
    re.compile(rf"(?P<name>{_WORD})\.?,? (?P<date>.+)(?P<day>)"),
)


def taken_off(written: str) -> tuple[str, int | None]:
    """Take the day of the week off a date in small letters; gives it from Monday, 0.

    What has none is given as it is.
    """
    for form in _FORMS:
        if found := form.fullmatch(written):
            at = named(found["day"] or found["name"])
            if at is not None:
                return found["date"], at
    return written, None


def named(name: str | None) -> int | None:
    """Give the day of the week, from Monday, 0, of its kanji or English name; None for none."""
    if not name:
        return None
    names = _JAPANESE if name in _JAPANESE else _ENGLISH
    return next((at for at, one in enumerate(names) if one.startswith(name)), None)
