"""Texts of a pack that are not in their language, not yet written, or too long."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from aiguide.core.findings import Finding, Pointer
from aiguide.core.lint.draft import DOCUMENTS, Draft, Found, LintPolicy
from aiguide.core.text import LANGS

_JAPANESE = re.compile(r"[ぁ-ヺ一-龠々]")
# What English has narrow signs for; full-width blanks to be filled in are another matter.
_WIDE = re.compile(r"[、。「」『』！-Ｚ＾-～]")

# Whatever somebody may mean by a blank; and what reports count, and readers know, as one.
_BLANK = re.compile(r"[\[［]\s*[\]］]")
BLANKS = {"ja": "［　］", "en": "[ ]"}

# Where a mere name may stand, such as that of a standard, which is the same in both languages.
_NAMES_ANYWHERE = ("locator", "publisher", "mark")
_NAMES_OF_DOCUMENTS = ("title", "short_title")


def untranslated(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find Japanese under `en` (AG603), and texts under `ja` that have none (AG604)."""
    for file, pointer, text in _texts(draft):
        if _JAPANESE.search(text["en"]) or _WIDE.search(text["en"]):
            yield file, Finding("AG603", {"seen": text["en"]}, (*pointer, "en"))
        if not _JAPANESE.search(text["ja"]) and not _may_be_a_name(file, pointer):
            yield file, Finding("AG604", {"seen": text["ja"]}, (*pointer, "ja"))


def unwritten(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find texts that are still to be written (AG615)."""
    for file, pointer, text in _texts(draft):
        for lang in LANGS:
            if any(mark in text[lang] for mark in policy.unwritten):
                yield file, Finding("AG615", {"seen": text[lang]}, (*pointer, lang))


def too_long(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find titles, check texts, questions and marks that are too long to be read (AG611)."""
    for kind, parts in draft.parts.items():
        for part in parts if kind != "documents" else ():
            for key in policy.longest.keys() & part.data.keys():
                for lang, limit in policy.longest[key].items():
                    length = len(part.data[key][lang])
                    if length > limit:
                        args = {"part": key, "length": length, "most": limit}
                        yield part.found("AG611", key, lang, **args)


def half_quoted(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find texts with a quotation mark that no other belongs to (AG649)."""
    for file, pointer, text in _texts(draft):
        for lang in LANGS:
            if text[lang].count('"') % 2:
                yield file, Finding("AG649", {"seen": text[lang]}, (*pointer, lang))


def miswritten_blanks(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find blanks of clauses that reports do not count (AG643), or not as often in both (AG642)."""
    for item in draft.parts["items"]:
        text = (
            item.data["drafting"]["text"] if "drafting" in item.data else dict.fromkeys(LANGS, "")
        )
        seen = {lang: _BLANK.findall(text[lang]) for lang in LANGS}
        odd = [(lang, one) for lang in LANGS for one in seen[lang] if one != BLANKS[lang]]
        for lang, one in odd:
            args = {"seen": one, "blank": BLANKS[lang]}
            yield item.found("AG643", "drafting", "text", lang, **args)
        counts = {lang: len(seen[lang]) for lang in LANGS}
        if not odd and len(set(counts.values())) > 1:
            yield item.found("AG642", "drafting", "text", **counts)


def _may_be_a_name(file: str, pointer: Pointer) -> bool:
    keys = _NAMES_ANYWHERE + (_NAMES_OF_DOCUMENTS if file == DOCUMENTS else ())
    return pointer[-1] in keys


def _texts(draft: Draft) -> Iterator[tuple[str, Pointer, Mapping[str, str]]]:
    for file, data in draft.files.items():
        for pointer, text in _texts_in(data, ()):
            yield file, pointer, text


def _texts_in(data: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Mapping[str, str]]]:
    """Give every text in both languages, wherever it stands."""
    if isinstance(data, dict):
        if set(data) == set(LANGS) and all(isinstance(one, str) for one in data.values()):
            yield pointer, data
        for key, value in data.items():
            yield from _texts_in(value, (*pointer, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts_in(value, (*pointer, index))
