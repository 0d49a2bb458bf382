"""There and back: whatever is written comes back, whatever is edited changes."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiguide.core.spreadsheet import EDITABLE
from tests.cli.spreadsheets.files import (
    PURPOSE,
    RISK,
    TOOLS,
    exported,
    manifest,
    manifest_items,
    place_of,
)
from tests.conftest import Run

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40
) | st.sampled_from(["=1+1", "_x0041_", "_x005F_x0041_", "a\r\nb", "\tx", "00", "é\u0301", "&<>"])
DAYS = st.dates(date(1901, 1, 1), date(9999, 12, 31)).map(date.isoformat)
ANSWERS = st.fixed_dictionaries(
    {"status": st.sampled_from(["open", "in-progress", "done"])},
    optional={
        "note": TEXTS,
        "assignee": TEXTS,
        "due": DAYS | st.dates(date(1, 1, 1)).map(date.isoformat),
        "reason": TEXTS,
        "evidence": st.lists(
            st.builds(lambda target: {"kind": "note", "target": target}, TEXTS.filter(bool)),
            max_size=3,
        ),
    },
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ANSWERS, max_size=6))
def test_whatever_was_answered_comes_back_as_it_was(
    run: Run, project: Path, answers: list[dict[str, Any]]
) -> None:
    data = manifest(project)
    data["answers"] = dict(zip(manifest_items(run, project), answers, strict=False))
    project.write_text(json.dumps(data), encoding="utf-8")
    before = project.read_bytes()
    file = exported(run, project)
    ran = run("import", file, "--into", project, "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert project.read_bytes() == before


WRITTEN = st.text("あ漢aZ1 =+-@/\n", max_size=12)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["", "open", "In progress", "対応中"]),
        "note": WRITTEN,
        "assignee": WRITTEN,
        "due": st.just("") | DAYS,
        "evidence": st.lists(
            st.integers(0, 5).map(lambda number: f"https://example.jp/{number}"), max_size=4
        ).map("\n".join),
    },
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(EDITS, min_size=3, max_size=3), st.lists(EDITS, min_size=3, max_size=3))
def test_whatever_is_edited_changes_and_nothing_else(
    run: Run, project: Path, first: list[dict[str, str]], second: list[dict[str, str]]
) -> None:
    items = (PURPOSE, RISK, TOOLS)
    for edits in (first, second):
        file = exported(run, project)
        before = manifest(project).get("answers", {})
        book = openpyxl.load_workbook(file)
        for item, edit in zip(items, edits, strict=True):
            for column, text in edit.items():
                planning, place = place_of(book, item, column)
                planning[place].value = text
                planning[place].data_type = "s"
        book.save(file)
        ran = run("import", file, "--into", project, "--yes", "--format", "json")
        assert ran.code == 0, ran.err
        after = manifest(project).get("answers", {})
        assert {id: fields(answer) for id, answer in after.items()} == {
            id: now
            for id, now in expected(before, dict(zip(items, edits, strict=True))).items()
            if id in after or now != fields({})
        }
        assert len(ran.json["changes"]) == sum(
            fields(before.get(item, {}))[name] != fields(after.get(item, {}))[name]
            for item in items
            for name in EDITABLE
        )


STATUSES = {"": "open", "In progress": "in-progress", "対応中": "in-progress"}


def fields(answer: Mapping[str, Any]) -> dict[str, str]:
    """Give an answer as the cells of its row stand for it."""
    targets = "\n".join(one["target"] for one in answer.get("evidence", ()))
    plain = {name: answer.get(name) or "" for name in EDITABLE}
    return plain | {"status": answer.get("status", "open"), "evidence": targets}


def expected(
    before: Mapping[str, Any], edits: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    then = {id: fields(before.get(id, {})) for id in {**before, **edits}}
    for id, edit in edits.items():
        for name, text in edit.items():
            if name == "status":
                then[id][name] = STATUSES.get(text, text)
            elif name == "evidence":
                then[id][name] = "\n".join(dict.fromkeys(text.split()))
            else:
                then[id][name] = text.strip()
        earlier = before.get(id, {})
        is_open = fields(earlier)["status"] == "open"
        if is_open and not edit.get("status") and shows_work(fields(earlier), then[id]):
            then[id]["status"] = "in-progress"
    return then


def shows_work(before: Mapping[str, str], then: Mapping[str, str]) -> bool:
    """Tell whether a note is new or another, or a piece of evidence is new."""
    new = {*then["evidence"].split()} - {*before["evidence"].split()}
    return bool(new) or then["note"] not in ("", before["note"])
