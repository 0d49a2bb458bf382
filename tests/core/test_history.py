"""The history attests answers, and its chain shows where it was tampered with."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from aiguide.core import recording
from aiguide.core.attestation import attested
from aiguide.core.history import entry_hash, first_broken, next_entry
from aiguide.core.manifest import answer_data, project_data, read_project
from aiguide.core.project import Answer, EntryKind, Project, Status
from tests import make

AT = "2026-11-24T01:30:00Z"
ANSWERS = st.builds(
    Answer,
    status=st.sampled_from(Status),
    note=st.text(max_size=20),
    reason=st.text(max_size=10),
    due=st.sampled_from([None, "2027-01-31"]),
)
STEPS = st.lists(st.tuples(st.sampled_from(["a.one", "a.two", "b.three"]), ANSWERS), max_size=12)


def after(steps: list[tuple[str, Answer]]) -> Project:
    project = recording.start(make.project(), by="x", at=AT)
    for id, answer in steps:
        project = recording.answer(project, id, answer, by="x", at=AT)
    return project


@given(STEPS)
def test_whatever_is_recorded_is_attested_and_the_chain_holds(
    steps: list[tuple[str, Answer]],
) -> None:
    project = after(steps)
    assert first_broken(project.history) is None
    assert attested(project) == {id for id, _ in steps}
    assert len(project.history) == 1 + len(steps)


@given(STEPS)
def test_a_manifest_read_back_is_the_same_project(steps: list[tuple[str, Answer]]) -> None:
    project = after(steps)
    assert read_project(project_data(project)) == project


@given(STEPS.filter(bool), st.data())
def test_changing_dropping_or_swapping_an_entry_shows(
    steps: list[tuple[str, Answer]], data: st.DataObject
) -> None:
    history = after(steps).history
    index = data.draw(st.integers(0, len(history) - 1))
    changed = replace(history[index], by="somebody else")
    assert first_broken((*history[:index], changed, *history[index + 1 :])) == index
    rehashed = replace(changed, hash=entry_hash(changed))
    broken = first_broken((*history[:index], rehashed, *history[index + 1 :]))
    assert broken == (index + 1 if index + 1 < len(history) else None)
    if index + 1 < len(history):
        assert first_broken((*history[:index], *history[index + 1 :])) == index


def test_an_answer_changed_by_hand_is_unattested() -> None:
    project = after([("a.one", make.answer(Status.DONE))])
    forged = replace(project.answers["a.one"], note="something else")
    assert attested(replace(project, answers={"a.one": forged})) == frozenset()


def test_a_change_of_nothing_is_no_step() -> None:
    project = after([])
    assert recording.change(project, {"name": project.name}, by="x", at=AT) is project


def test_a_change_records_what_it_changed() -> None:
    project = recording.change(after([]), {"name": "New", "phase": "design"}, by="x", at=AT)
    entry = project.history[-1]
    assert entry.before == {"name": "A project", "phase": "planning"}
    assert entry.after == {"name": "New", "phase": "design"}


def test_what_undo_and_merge_recorded_attests_an_answer_too() -> None:
    project = after([("a.one", make.answer(Status.DONE))])
    for kind in (EntryKind.UNDONE, EntryKind.MERGED):
        given = make.answer(Status.IN_PROGRESS, note=kind.value)
        data = answer_data(given)
        entry = next_entry(project, kind, "a.one", None, data, by="x", at=AT)
        changed = replace(project, answers={"a.one": given}, history=(*project.history, entry))
        assert attested(changed) == {"a.one"}
