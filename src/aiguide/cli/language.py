"""Which language to speak, before anything is said."""

import os
import sys
from collections.abc import Sequence

from aiguide.cli.console import can_show
from aiguide.core.errors import AiguideError
from aiguide.core.text import LANGS, Lang

OPTION = "--lang"
VARIABLE = "AIGUIDE_LANG"


def asked_language(argv: Sequence[str]) -> str:
    """Give what `--lang` says, so that the parser already speaks it; nothing else is parsed.

    Without it, what AIGUIDE_LANG says.
    """
    return _option(argv) or os.environ.get(VARIABLE, "")


def _option(argv: Sequence[str]) -> str:
    for index, word in enumerate(argv):
        if word == "--":
            break
        if word.startswith(OPTION + "="):
            return word.removeprefix(OPTION + "=")
        if word == OPTION and index + 1 < len(argv):
            return argv[index + 1]
    return ""


def language(asked: str) -> Lang:
    """Choose the language: what was asked, else by the locale and what stdout can print.

    Raises: AiguideError `bad-language`.
    """
    if asked:
        for lang in LANGS:
            if asked == lang:
                return lang
        raise AiguideError("bad-language", value=asked)
    return "en" if _english_locale() or not can_show("あ漢") else "ja"


def _english_locale() -> bool:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable].startswith("en")
    if sys.platform == "win32":
        import locale

        return (locale.getlocale()[0] or "").startswith(("en", "English"))
    return False
