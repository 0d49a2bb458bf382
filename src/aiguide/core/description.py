"""The description of a use of AI that is to be classified: what can be read as one."""

from unicodedata import category

from aiguide.core.errors import AiguideError

LONGEST = 20_000
SHORTEST = 3  # with fewer letters, nothing is said of any work


def checked(text: str) -> str:
    """Insist on a description that can be read.

    Raises: AiguideError `no-text`, `text-too-long`, `text-not-utf8`.
    """
    if not text.strip():
        raise AiguideError("no-text")
    if len(text) > LONGEST:
        raise AiguideError("text-too-long", most=LONGEST)
    if not is_whole(text):
        raise AiguideError("text-not-utf8")
    return text


def telling(text: str) -> str:
    """Insist on a description that is more than a letter or two.

    Raises: AiguideError `text-too-short`, and as `checked`.
    """
    if letters(text) < SHORTEST:
        raise AiguideError("text-too-short", value=text)
    return checked(text)


def is_whole(text: str) -> bool:
    """Tell whether a text has no bytes that are not UTF-8 and no half characters."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def control_in(text: str) -> str:
    """Give the first control character of a text, if any; tabs and line ends are none."""
    return next((one for one in text if category(one) == "Cc" and one not in "\t\n\r"), "")


def letters(text: str) -> int:
    """Count what may say something: letters and signs of a script."""
    return sum(char.isalpha() for char in text)
