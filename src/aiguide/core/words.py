"""The catalogue of every sentence that aiguide says, and how a sentence is filled in."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import category

from aiguide.core.findings import Finding, FindingKind, Named, Phrase, Severity, Titled
from aiguide.core.pack_entries import Entry
from aiguide.core.text import Lang, Text

QUOTED_AT_MOST = 80
PATH_AT_MOST = 400

# Arguments that name a place: cut short they would be of no use.
PLACES = ("file", "folder", "paths", "command")

# Arguments whose values are codes, and what their sentences' keys begin with.
CODED = {
    "inside": "entry",
    "reason": "reason",
    "rule": "rule",
    "expected": "type",
    "given": "type",
    "how": "how",
    "slip": "slip",
    "why": "unread",
    "fields": "answer",
    "part": "part",
    "subject": "entry",
    "changed": "change",
    "only": "lang",
    "weekday": "weekday",
    "was": "level",
    "now": "level",
}


class Worded(str):
    """A sentence of ours: filled into another, it is not capped as a quoted value would be."""


class _Count(int):
    """A number that picks its noun: `{n:item|items}`."""

    def __format__(self, spec: str) -> str:
        if "|" not in spec:
            return int.__format__(self, spec)
        singular, plural = spec.split("|", 1)
        return singular if self == 1 else plural


class _Label(str):
    """The label of a fact, which inside of a sentence begins as its words do: `{it:inside}`."""

    def __format__(self, spec: str) -> str:
        begins = spec == "inside" and self[1:2].islower()
        return self[0].lower() + self[1:] if begins else str(self)


class _Filled(dict[str, Any]):
    """What blanks are filled in with; one of nobody's is the label of a fact, as a pack has it."""

    def __init__(self, given: Mapping[str, Any], words: "Words") -> None:
        super().__init__(given)
        self._words = words

    def __missing__(self, name: str) -> _Label:
        return _Label(self._words.pick(self._words.texts[f"facts.{name}"]))


class _Named(dict[str, str]):
    """Blanks that are filled in by their own name."""

    def __missing__(self, name: str) -> str:
        return name.upper()


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue, spoken in one language.

    `texts` maps message key to its template; `kinds` maps finding code to its row of the table.
    """

    lang: Lang
    texts: Mapping[str, Text]
    kinds: Mapping[str, FindingKind]

    def say(self, key: str, /, **args: Any) -> Worded:
        """Give the sentence `key`, filled in. Raises: KeyError for a key that is not there."""
        return self._fill(self.texts[key], args)

    def spoken(self, lang: Lang) -> "Words":
        """Give the same catalogue, spoken in `lang`."""
        return replace(self, lang=lang)

    def of_pack(self, own: Mapping[str, Text]) -> "Words":
        """Give the catalogue as it is said of one guideline: with that one's own sentences."""
        return replace(self, texts={**self.texts, **own}) if own else self

    def has(self, key: str) -> bool:
        """Tell whether the catalogue has a sentence `key`."""
        return key in self.texts

    def pick(self, text: Text) -> str:
        """Give `text` in the spoken language."""
        return text.in_(self.lang)

    def listing(self, parts: list[str]) -> Worded:
        """Join words into a list as the language does."""
        return Worded(("、" if self.lang == "ja" else ", ").join(parts))

    def apart(self, parts: Iterable[str]) -> Worded:
        """Put facts on one line, told apart as the language does."""
        return Worded(("　" if self.lang == "ja" else "; ").join(parts))

    def running(self, sentences: Iterable[str]) -> Worded:
        """Put sentences on one line as the language does, in Japanese without full stops."""
        return Worded(("　" if self.lang == "ja" else " ").join(sentences))

    def severity(self, finding: Finding) -> Severity:
        """Look up how grave a finding is."""
        return self.kinds[finding.code].severity

    def is_recoverable(self, code: str) -> bool:
        """Tell whether something of a file can be saved in spite of a finding of that code."""
        return self.kinds[code].recoverable

    def message(self, finding: Finding) -> str:
        """Word what a finding says, and of which entry where it is of a pack."""
        said = self._fill(self.kinds[finding.code].message, finding.args)
        place = self._place(finding.args.get("entry"))
        return self.say("entry.said", place=place, message=said) if place else said

    def _place(self, entry: Entry | None) -> str:
        """Name the entry of a pack's file that something is in, and where in it."""
        if entry is None or not entry.kind:
            return shortened(entry.steps) if entry else ""
        if isinstance(entry.name, int):
            named = self.say("entry.counted", inside=entry.kind, nth=entry.name)
        else:
            named = self.say("entry.named", inside=entry.kind, name=entry.name)
        return self.say("entry.part", entry=named, steps=entry.steps) if entry.steps else named

    def fix(self, finding: Finding) -> str:
        """Word what to do about a finding, with the near id where there is one."""
        entry, near = finding.args.get("entry"), finding.args.get("near")
        file = Worded(shlex.quote(printable(finding.file)))
        fix = self._fill(self.kinds[finding.code].fix, {"file": file, **finding.args})
        if entry:
            fix = self._fix_in_pack(finding, entry, fix)
        if near:
            fix = self.say("near.then", near=near, fix=fix)
        for more in ("rest", "held", "doctor"):
            if finding.args.get(more):
                return self.say(f"finding.{more}", fix=fix)
        return fix

    def _fix_in_pack(self, finding: Finding, entry: Entry, fix: Worded) -> Worded:
        """Word what to do in a pack's file: what belongs there, and what it looks like."""
        code = finding.code.lower()
        own = f"pack.fix.{code}"
        if self.has(own):
            fix = self.say(own, **finding.args)
        *_, above, name = "", "", *(one.replace("_", "-") for one in entry.field)
        for key in (f"field.{above}.{name}", f"field.{name}"):
            if self.has(key):
                return self.say("field.then", fix=fix, hint=self.say(key))
        return fix

    def remedy(self, kind: FindingKind) -> str:
        """Word what to do about a code as such: its blanks are named, in capitals."""
        return self.pick(kind.fix).format_map(_Named())

    def _fill(self, text: Text, args: Mapping[str, Any]) -> Worded:
        shown = {name: self._shown(name, value) for name, value in args.items()}
        return Worded(self.pick(text).format_map(_Filled(shown, self)))

    def _shown(self, name: str, value: Any) -> Any:
        """Make an argument ready to print: a code of ours is worded, a quoted value is capped."""
        if isinstance(value, Text):
            return self.pick(value)
        if isinstance(value, Phrase):
            return self.say(value.key, **value.args)
        if isinstance(value, (list, tuple)):
            return self.listing([str(self._shown(name, one)) for one in value])
        if isinstance(value, Named):
            return self.say("named", id=value.id, name=self.say(f"{value.kind}.{value.id}"))
        if isinstance(value, Titled):
            return self.say("named", id=value.id, name=value.title)
        if isinstance(value, int) and not isinstance(value, bool):
            return _Count(value)
        if isinstance(value, Worded):
            return value
        key = f"{CODED.get(name, '')}.{value}"
        if key in self.texts:
            return self.pick(self.texts[key])
        if value == "":
            return '""'
        return shortened(str(value), PATH_AT_MOST if name in PLACES else QUOTED_AT_MOST)


def printable(text: str) -> str:
    """Put a blank for each character that would steer a terminal or break a line.

    A space of another width stays: it is part of a name.
    """
    return "".join(char if char.isprintable() or category(char) == "Zs" else " " for char in text)


def shortened(text: str, most: int = QUOTED_AT_MOST) -> str:
    """Make a quoted value fit to print: one line, no control characters, `most` characters."""
    plain = printable(text[: most + 1])  # the rest may be long
    return plain if len(plain) <= most else plain[: most - 1] + "…"
