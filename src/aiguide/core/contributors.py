"""Who else's words stand in an answer, which carries the name of who gave it last."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiguide.core.answers import OF_ANY_STATUS, OF_ONE_STATUS
from aiguide.core.attestation import mapping
from aiguide.core.manifest import answer_data
from aiguide.core.project import Answer, Entry, EntryKind

EVIDENCE = "evidence"


def contributors(history: Sequence[Entry], id: str, answer: Answer) -> dict[str, list[str]]:
    """Map people to the fields of an item's answer that say what they said, and not who gave it.

    In the order of the fields. What was undone or merged is theirs who had said it before; what the
    history does not have is taken as said by who gave the answer.
    """
    sayers: dict[tuple[str, str], str] = {}
    for entry in history:
        if entry.subject == id:
            stood = {*_said(mapping(entry.before))}
            new = [one for one in _said(mapping(entry.after)) if one not in stood]
            is_theirs = entry.kind is EntryKind.ANSWERED
            sayers |= {one: entry.by for one in new if is_theirs or one not in sayers}
    found: dict[str, dict[str, None]] = {}
    for one in _said(answer_data(answer)):
        if (who := sayers.get(one, answer.by)) != answer.by:
            found.setdefault(who, {})[one[0]] = None  # several pieces of evidence are one field
    return {who: [*names] for who, names in found.items()}


def _said(answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the fields of an answer with their texts, each piece of evidence by its target."""
    for name in (*OF_ONE_STATUS, *OF_ANY_STATUS):
        if text := answer.get(name):
            yield name, str(text)
    for one in answer.get(EVIDENCE) or ():
        yield EVIDENCE, str(mapping(one).get("target"))
