"""Numbers written in kanji before 年, 月, 週 and 日, as figures."""

import re

COUNTER = "[かカヵヶケ箇]"  # of months: 3か月

_DIGITS = "〇一二三四五六七八九"
_ONE = f"[{_DIGITS[1:]}]"
_FIGURES = {ord(digit): str(value) for value, digit in enumerate(_DIGITS)}
_NUMBER = re.compile(
    rf"(?:(?P<tens>{_ONE})?十(?P<ones>{_ONE})?|[{_DIGITS}]+)(?=[年月週日]|{COUNTER}月)"
)


def in_figures(text: str) -> str:
    """Write such numbers in figures: `令和九年三月三十一日` is `令和9年3月31日`."""
    return _NUMBER.sub(_figures, text)


def _figures(found: re.Match[str]) -> str:
    tens = f"{found['tens'] or '一'}{found['ones'] or '〇'}"
    return (tens if "十" in found[0] else found[0]).translate(_FIGURES)
