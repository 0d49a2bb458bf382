"""What stands where a damaged project and whole versions of it say otherwise."""

from dataclasses import replace
from typing import Any

from aiguide.core.attestation import ANSWERED, ANSWERS, Part, Record, compared
from aiguide.core.history import first_broken, moment
from aiguide.core.merge_parts import apart, together
from aiguide.core.project import Project


def giving_way(project: Project, whole: Project) -> tuple[Project, dict[Part, Any]]:
    """Let what no step attests of a damaged project give way to what whole versions say.

    Lines of two branches, mixed, look like an answer that nobody gave, or like a step that nobody
    made. When such an answer says it was given does not count where the versions' history attests
    theirs; where that says nothing of it, a newer one stays. Gives also what had said something
    else.
    """
    known = {entry.hash: entry for entry in whole.history}
    history = tuple(known.get(entry.hash, entry) for entry in project.history)
    by_hand = unattested(project := replace(project, history=history))
    attested = Record(whole.history).words.keys() - set(unattested(whole))
    own, theirs = apart(project), apart(whole)
    older = {
        part: theirs.get(part)
        for part in {**own, **theirs}
        if any(one[: len(part)] == part for one in by_hand)
        and (part[0] not in ANSWERS or part in attested or not _is_newer(project, whole, part[1]))
    }
    said = {part: own[part] for part, value in older.items() if own.get(part) not in (None, value)}
    return together(project, {**own, **older}), said


def laid_over(
    whole: Project, rest: Project, *, facts: bool, complete: bool
) -> tuple[Project, list[Part]]:
    """Lay what is left of a project with a shortened history over whole versions of it.

    That is the steps that they lack, newer answers, and its `facts` where those are no mixture.
    What a step took away since is gone; so is what is not there, where all but the history could be
    read (`complete`). Gives also the parts of which no step that is left says how they stand.
    """
    known = {entry.hash for entry in whole.history}
    since = tuple(entry for entry in rest.history if entry.hash not in known)
    over = {
        part: value
        for part, value in apart(rest).items()
        if value is not None
        and (complete or (_is_newer(rest, whole, part[1]) if part[0] in ANSWERS else facts))
    }
    there, left = apart(whole), apart(rest)
    taken = {part for part, word in Record(since).words.items() if word.value is None}
    gone = {part: None for part in there if part not in left and (complete or part in taken)}
    laid = together(replace(whole, history=whole.history + since), {**there, **over, **gone})
    before = unattested(whole)
    return laid, [part for part in unattested(laid) if part not in before]


def is_in(part: Project, whole: Project) -> bool:
    """Tell whether a project says nothing that another one does not say, too."""
    known = {entry.hash for entry in whole.history}
    said = apart(part).items() <= apart(whole).items()
    return said and known.issuperset(entry.hash for entry in part.history)


def is_attested(project: Project) -> bool:
    """Tell whether a project is as its history recorded it, and that fits together."""
    return first_broken(project.history) is None and not unattested(project)


def unattested(project: Project) -> list[Part]:
    """Give the parts that no step says to stand as they do."""
    found = compared(project)
    return [*(one.part for one in found.mismatches), *((ANSWERED, id) for id in found.unrecorded)]


def _is_newer(project: Project, whole: Project, id: str) -> bool:
    """Tell whether a project's answer was given later than that of another, if that has one."""
    answer, other = project.answers.get(id), whole.answers.get(id)
    return answer is not None and (other is None or moment(answer.at) > moment(other.at))
