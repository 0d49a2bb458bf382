"""Names of a pack that do not fit their place, or that stand for two things."""

from collections.abc import Iterator
from itertools import pairwise

from aiguide.core.findings import Finding
from aiguide.core.guideline import PhaseKind, StancePolicy
from aiguide.core.lint.draft import HEAD, ITEMS, Draft, Found, LintPolicy, Part

# What `show` finds by its id alone.
_SHOWN = ("cells", "phases", "items", "considerations", "conditions")


def misplaced(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find what says another name than that of its folder or file (AG602)."""
    head = draft.files.get(HEAD)
    for key, name in zip(("id", "version"), draft.place, strict=True):
        said = head.get(key) if isinstance(head, dict) else None
        if isinstance(said, (str, int)) and str(said) != name:
            yield HEAD, Finding("AG602", {"name": str(said), "folder": name}, (key,))
    for file, data in draft.files.items():
        phase = data.get("phase") if isinstance(data, dict) else None
        if file.startswith(ITEMS) and isinstance(phase, str) and file != f"{ITEMS}{phase}.yaml":
            yield file, Finding("AG602", {"name": phase, "folder": file}, ("phase",))


def of_another_phase(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find items whose id begins with another phase than that of their file (AG648).

    An item that has moved since the version before keeps its id.
    """
    phases = {phase.id for phase in draft.parts["phases"]}
    for item in draft.parts["items"]:
        begins, dot, rest = item.id.partition(".")
        phase = item.file.removeprefix(ITEMS).removesuffix(".yaml")
        at_home = phase in phases and draft.files[item.file].get("phase") == phase
        if dot and at_home and begins in phases - {phase} and item.id not in draft.kept:
            args = {"id": item.id, "other": begins, "phase": phase}
            yield item.found("AG648", "id", **args, due=f"{phase}.{rest}")


def of_two_things(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find ids that stand for things of two kinds (AG619)."""
    seen: dict[str, tuple[str, Part]] = {}
    for kind in _SHOWN:
        for part in draft.parts[kind]:
            first, other = seen.setdefault(part.id, (kind, part))
            if first != kind:
                place = (other.file, (*other.pointer, "id"))
                yield part.found("AG619", "id", id=part.id, part=first, first=place)


def in_one_place(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find cells of one domain with the same number or class (AG616)."""
    for key in ("number", "reach"):
        seen: dict[tuple[str, str], str] = {}
        for cell in draft.parts["cells"]:
            place = (cell.data["domain"], str(cell.data[key]))
            if seen.get(place, cell.id) != cell.id:
                yield cell.found("AG616", key, other=seen[place], part=key)
            seen.setdefault(place, cell.id)


def of_another_place(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find cells whose id is not that of their domain and class (AG626)."""
    if not draft.covers("domains"):
        return
    alone = len(draft.parts["domains"]) == 1
    for cell in draft.parts["cells"]:
        due = f"{cell.data['domain']}.{cell.data['reach']}"
        if cell.id != due and not (alone and cell.id == cell.data["reach"]):
            yield cell.found("AG626", "id", id=cell.id, due=due)


def in_use_in_vain(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find phases that say that the AI is in use where another said so, or none can be (AG627)."""
    first = ""
    for phase in draft.parts["phases"]:
        if "in_use" not in phase.data:
            continue
        if first or phase.data["kind"] != PhaseKind.SEQUENTIAL:
            yield phase.found("AG627", "in_use", id=phase.id)
        else:
            first = phase.id


def out_of_order(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find stances that stand after a more cautious one (AG628)."""
    order = list(StancePolicy)
    for before, stance in pairwise(draft.parts["stances"]):
        was, now = (order.index(StancePolicy(one.data["policy"])) for one in (before, stance))
        if now < was:
            args = {"id": stance.id, "policy": order[now].value, "other": before.id}
            yield stance.found("AG628", "policy", **args, before=order[was].value)


def without_a_stage(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find that there is no phase in which a project can begin (AG617)."""
    kinds = [phase.data["kind"] for phase in draft.parts["phases"]]
    if draft.covers("phases") and PhaseKind.SEQUENTIAL not in kinds:
        yield HEAD, Finding("AG617", {}, ("phases",))


def idle_needs(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find `needs` of phases that always count (AG618)."""
    for phase in draft.parts["phases"]:
        if "needs" in phase.data and phase.data["kind"] != PhaseKind.CROSSING:
            yield phase.found("AG618", "needs")


def same_reading(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find another reading that is the one taken (AG620)."""
    for cell in draft.parts["cells"]:
        stance = cell.data.get("stance", {})  # a guideline need not take any
        if stance and stance.get("other_reading") == stance["value"]:
            yield cell.found("AG620", "stance", "other_reading", id=stance["value"])
