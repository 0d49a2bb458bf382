"""Whose answers somebody else has changed or taken back since they last recorded anything."""

from aiguide.core.attestation import mapping
from aiguide.core.history import made_at_once
from aiguide.core.project import Entry, EntryKind, Project

TELLING = (EntryKind.ANSWERED, EntryKind.CHANGED)  # the steps with which people are told
CHANGING = (EntryKind.ANSWERED, EntryKind.UNDONE)


def superseded(project: Project, who: str) -> tuple[Entry, ...]:
    """Give the steps of others that took the place of somebody's answers, which stand no more.

    In the order of the history, the last for each item, and none of those `known_to` them, or on
    which they had the last word. What a merge chose against them is `overruled`.
    """
    known, found = known_to(project, who), dict[str, Entry]()
    for entry in project.history:
        if entry.kind in CHANGING and entry.hash not in known:
            if entry.by == who or mapping(entry.after).get("by") == who:
                found.pop(entry.subject, None)  # it is theirs again, or by their own undo not
            elif mapping(entry.before).get("by") == who:
                found[entry.subject] = entry
    stand = project.answers
    return tuple(one for id, one in found.items() if id not in stand or stand[id].by != who)


def known_to(project: Project, who: str) -> set[str]:
    """Give the hashes of what was there when somebody last answered or changed something.

    They are told then. Not so who had a file of many taken in.
    """
    known = set[str]()
    for entry in reversed(project.history):
        is_told = entry.by == who and entry.kind in TELLING and not made_at_once(entry)
        if is_told or entry.hash in known:
            known.update((entry.hash, *entry.parents))
    return known
