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
            at = _at(found["day"], found["name"])
            if at is not None:
                return found["date"], at
    return written, None


def _at(day: str | None, name: str | None) -> int | None:
    if day:
        return _JAPANESE.index(day)
    return next((at for at, one in enumerate(_ENGLISH) if name and one.startswith(name)), None)
