"""What an author did where a pack's file does not fit its schema: one finding for one slip."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from string import Formatter
from typing import Any

from aiguide.core.findings import Finding, Pointer
from aiguide.store import words, yaml_slips

_ID = r"[a-z][a-z0-9_.-]*"
# Several ids in place of one: nothing but "," tells them apart.
_IDS = re.compile(rf"{_ID}(?:\s*[、，､;；]\s*|\s+){_ID}.*")

_WIDE_BLANK = re.compile("[{｛][a-z_]+｝|｛[a-z_]+[}｝]")


def found(data: Any, findings: Iterable[Finding]) -> list[Finding]:
    """Give what is to be told of data that does not fit, without its consequences."""
    wide = [*_wide_blanks(data)]
    told = {one.pointer for one in wide}
    listed = [*(one for one in findings if one.pointer not in told), *wide, *_fractions(data, ())]
    listed = [_slip(data, one) or _misfilled(one) or one for one in listed]
    return [*_joined(_moved(listed))]


def _wide_blanks(data: Any) -> Iterator[Finding]:
    """Find full-width brackets around a name in a sentence that a pack says otherwise (AG122)."""
    own = data.get("words") if isinstance(data, dict) else None
    for key, text in own.items() if isinstance(own, dict) else ():
        for lang, said in text.items() if isinstance(text, dict) else ():
            if isinstance(said, str) and _WIDE_BLANK.search(said):
                args = {"slip": "wide-bracket", "seen": said}
                yield Finding("AG122", args, ("words", key, lang))


def _fractions(data: Any, pointer: Pointer) -> Iterator[Finding]:
    """Find whole numbers written as fractions, which a schema takes for the same (AG113)."""
    if isinstance(data, float) and data.is_integer():
        args = {"value": str(data), "given": "number", "expected": ["integer"], "how": "integer"}
        yield Finding("AG113", {**args, "form": str(int(data))}, pointer)
    elif isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _fractions(value, (*pointer, key))


def _slip(data: Any, finding: Finding) -> Finding | None:
    """Give what is behind a text where something else is wanted, if it is a slip."""
    if finding.code not in ("AG113", "AG114"):
        return None
    value = data
    for step in finding.pointer:
        value = value[step]
    if finding.code == "AG114":
        listed = finding.args["rule"] == "id" and isinstance(finding.pointer[-1], int)
        many = listed and isinstance(value, str) and _IDS.fullmatch(value)
        return _as_slip(finding, "no-comma", value, 0) if many else None
    if value == "all" and finding.pointer[-2:-1] == ("applies_to",):
        return replace(finding, code="AG114", args={"value": "[all]", "rule": "applies-to"})
    expected, slip = finding.args["expected"], None
    if isinstance(value, str) and "object" in expected:
        slip = yaml_slips.in_text(value)
    if isinstance(value, str) and "array" in expected:
        slip = slip or yaml_slips.in_entry(value)
    return _as_slip(finding, slip[0], value, slip[1]) if slip else None


def _as_slip(finding: Finding, kind: str, seen: str, offset: int) -> Finding:
    args = {"slip": kind, "seen": seen, "offset": offset}
    return replace(finding, code="AG122", args=args)


def _misfilled(finding: Finding) -> Finding | None:
    """Tell of a sentence that a pack says otherwise which blanks it may have (AG645)."""
    top, key, *_ = *finding.pointer, "", ""
    rule = finding.args.get("rule") if finding.code == "AG114" and top == "words" else None
    texts = words.load("en").texts if rule == "pattern" else {}
    if key not in texts:
        return None
    names = (name for _, name, _, _ in Formatter().parse(texts[str(key)].en) if name)
    blanks = [f"{{{name}}}" for name in dict.fromkeys(names)] or "-"
    return replace(finding, code="AG645", args={"value": finding.args["value"], "blanks": blanks})


def _moved(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out what is missing because it is there under a wrong name, or in a wrong place."""
    missing = {(one.pointer, one.args["name"]) for one in findings if one.code == "AG110"}
    settled: set[tuple[Pointer, str]] = set()
    told = []
    for one in findings:
        at, name = one.pointer[:-1], one.args.get("name", "")
        if one.code == "AG111" and (at, one.args["near"]) in missing:
            settled.add((at, one.args["near"]))
        elif one.code == "AG111":
            away = {(place, key) for place, key in missing if key == name and _next(place, at)}
            settled |= away
            one = _as_slip(one, "indent", f"{name}:", 0) if away else one
        told.append(one)
    return (
        one for one in told if one.code != "AG110" or (one.pointer, one.args["name"]) not in settled
    )


def _next(one: Pointer, other: Pointer) -> bool:
    """Tell whether one place is just inside the other, as a wrong indent makes it."""
    return one == other[:-1] or one[:-1] == other


def _joined(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Tell all that is missing in one place as one finding."""
    missing: dict[Pointer, list[str]] = {}
    listed = list(findings)
    for one in listed:
        if one.code == "AG110":
            missing.setdefault(one.pointer, []).append(one.args["name"])
    for one in listed:
        if one.code != "AG110":
            yield one
        elif names := missing.pop(one.pointer, []):
            yield replace(one, args={"name": names if len(names) > 1 else names[0]})
