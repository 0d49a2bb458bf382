"""Where two texts part: the stretch that differs, with a little of what is around it."""

from difflib import SequenceMatcher

from aiguide.core.text import Text

AROUND = 10
LONGEST = 40


def apart(was: Text, now: Text) -> tuple[Text, Text]:
    """Give of two texts what differs; where it does in one language only, that stands for both."""
    ja = stretch(was.ja, now.ja) if was.ja != now.ja else stretch(was.en, now.en)
    en = stretch(was.en, now.en) if was.en != now.en else ja
    return Text(ja[0], en[0]), Text(ja[1], en[1])


def stretch(was: str, now: str) -> tuple[str, str]:
    """Give the stretch from the first to the last difference in both."""
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    changed = [block for block in blocks if block[0] != "equal"]
    _, first, _, begin, _ = changed[0]
    _, _, last, _, end = changed[-1]
    return _excerpt(was, first, last), _excerpt(now, begin, end)


def _excerpt(text: str, first: int, last: int) -> str:
    start, stop = max(0, first - AROUND), min(len(text), last + AROUND)
    cut = text[start:stop]
    if len(cut) > LONGEST:
        cut, stop = cut[:LONGEST], start + LONGEST
    return ("…" if start else "") + cut + ("…" if stop < len(text) else "")
