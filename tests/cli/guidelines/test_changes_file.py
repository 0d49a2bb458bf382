"""A `changes.yaml` that is malformed, empty, huge or hostile is told field by field."""

# ruff: noqa: E501 (a bad file on a line reads better than one over five)
import shutil
import time
from pathlib import Path

import pytest

from tests.cli.guidelines.conftest import edit
from tests.cli.guidelines.test_lint import HEAD, found
from tests.conftest import Run

WHY = "reason: {ja: 名前が合わない, en: The name no longer fits}"
TERMS = ("cells", "conditions", "phases")


@pytest.fixture
def second(pack: Path) -> Path:
    """Give the folder of a version 2 that is as version 1 was."""
    folder = Path(shutil.copytree(pack, pack.parent / "2"))
    edit(folder / HEAD, "version: 1 ", "version: 2 ")
    return folder


# What follows `since: 1`, the codes, the line of the first, and what is said of it.
# fmt: off
BAD: dict[str, tuple[str, list[str], int, str]] = {
    "changes is a text": ("changes: なし", ["AG113"], 2, "changes"),
    "changes is nothing": ("changes:", ["AG121"], 2, "changes"),
    "changes is null": ("changes: null", ["AG113"], 2, "changes"),
    "changes is one change": (f"changes: {{from: [plan.goal], to: [plan.goal], {WHY}}}", ["AG113"], 2, "changes"),
    "changes of ids alone": ("changes: [plan.goal]", ["AG113"], 2, "from: [plan.goal]"),
    "a change without a reason": ("changes: [{from: [plan.goal], to: [plan.goal]}]", ["AG110"], 2, "変更「plan.goal → plan.goal」: reason"),
    "a change without its ends": (f"changes: [{{{WHY}}}]", ["AG110"], 2, "1 番目の変更: from、to"),
    "a change of nothing": (f"changes: [{{from: [], to: [], {WHY}}}]", ["AG114"], 2, "from と to の少なくとも一方"),
    "a change whose end is no list": (f"changes: [{{from: plan.goal, to: [plan.goal], {WHY}}}]", ["AG113"], 2, "from: [plan.goal]"),
    "a change of numbers": (f"changes: [{{from: [1], to: [plan.goal], {WHY}}}]", ["AG113"], 2, "from"),
    "a change of what is no id": (f"changes: [{{from: [Plan.Goal], to: [plan.goal], {WHY}}}]", ["AG114"], 2, "変更「Plan.Goal → plan.goal」の from"),
    "a change of ids told apart by a Japanese comma": (f"changes: [{{from: [plan.goal、plan.hold], to: [plan.goal], {WHY}}}]", ["AG122"], 2, "半角の「, 」"),
    "a change of an id twice": (f"changes: [{{from: [plan.goal, plan.goal], to: [plan.goal], {WHY}}}]", ["AG114"], 2, "一度だけ"),
    "a change of what is not there": (f"changes: [{{from: [plan.gaol], to: [plan.goal], {WHY}}}]", ["AG228"], 2, "もしかして: plan.goal"),
    "a change with a reason in one language": ("changes: [{from: [plan.goal], to: [plan.goal], reason: 分かりにくい}]", ["AG113"], 2, "reason: {ja: "),
    "a change with a reason that is empty": ('changes: [{from: [plan.goal], to: [plan.goal], reason: {ja: "", en: ""}}]', ["AG114", "AG114"], 2, "空にはできません"),
    "a change with a kind": (f"changes: [{{kind: renamed, from: [plan.goal], to: [plan.goal], {WHY}}}]", ["AG111"], 2, "ここに書けるもの: from、to"),
    "a change under a name that is misspelt": (f"changes: [{{form: [plan.goal], to: [plan.goal], {WHY}}}]", ["AG111"], 2, "もしかして: from"),
    "a list under a name that is misspelt": (f"change:\n  - {{from: [plan.goal], to: [plan.goal], {WHY}}}", ["AG111"], 2, "もしかして: changes"),
    "an entry beside an empty list": (f"changes: []\n  - {{from: [plan.goal], to: [plan.goal], {WHY}}}", ["AG122"], 3, "字下げ"),
    "rules is a text": ("rules: stop", ["AG113"], 2, "rules"),
    "rules of ids alone": ("rules: [stop]", ["AG113"], 2, "rules"),
    "rules by id": ("rules: {stop: {ja: 軽くした, en: Made lighter}}", ["AG113"], 2, "- {of: stop"),
    "a rule without a reason": ("rules: [{of: stop}]", ["AG110"], 2, "変更「stop」: reason"),
    "a rule of nothing": (f"rules: [{{{WHY}}}]", ["AG110"], 2, "of がありません"),
    "a rule of several": (f"rules: [{{of: [stop, amber], {WHY}}}]", ["AG113"], 2, "of: stop"),
    "a rule of what is no id": (f"rules: [{{of: 停止, {WHY}}}]", ["AG114"], 2, "変更「停止」の of"),
    "a rule of what is not there": (f"rules: [{{of: halt, {WHY}}}]", ["AG223"], 2, "halt"),
    "a rule with an end": (f"rules: [{{of: stop, to: [stop], {WHY}}}]", ["AG111"], 2, "ここに書けるもの: of、reason"),
    "an alias": (f"changes: [{{from: &a [plan.goal], to: *a, {WHY}}}]", ["AG115"], 2, "a"),
    "a tag": ("changes: !!python/object/apply:os.getcwd []", ["AG117"], 2, "python"),
    "a merge that was left": (f"changes:\n<<<<<<< HEAD\n  - {{from: [plan.goal], to: [plan.goal], {WHY}}}\n=======\n>>>>>>> x", ["AG122"], 3, "競合"),
    "nested without end": ("changes: " + "[" * 300 + "]" * 300, ["AG108"], 2, "入れ子"),
    "an id that steers the terminal": (f'rules: [{{of: "\\u001b[2Jstop", {WHY}}}]', ["AG114"], 2, "of"),
    "an id without end": (f"rules: [{{of: {'a' * 100_000}, {WHY}}}]", ["AG223"], 2, "aaa"),
}
BAD |= {
    f"{kind}: {name}": (text.replace("KIND", kind), codes, line, said)
    for kind in TERMS
    for name, (text, codes, line, said) in {
        "a text": ("KIND: plan", ["AG113"], 2, "KIND"),
        "ids by id": ("KIND: {old: new}", ["AG113"], 2, "KIND"),
        "without ends": (f"KIND: [{{{WHY}}}]", ["AG110"], 2, "from、to がありません"),
        "without a reason": ("KIND: [{from: [plan], to: [start]}]", ["AG110"], 2, "変更「plan → start」: reason"),
        "from nothing": (f"KIND: [{{from: [], to: [start], {WHY}}}]", ["AG114"], 2, "一つだけ"),
        "from two": (f"KIND: [{{from: [plan, run], to: [start], {WHY}}}]", ["AG114"], 2, "一つだけ"),
        "to two": (f"KIND: [{{from: [plan], to: [start, go], {WHY}}}]", ["AG114"], 2, "一つだけ"),
        "to a text": (f"KIND: [{{from: [plan], to: start, {WHY}}}]", ["AG113"], 2, "to: ["),
        "to null": (f"KIND: [{{from: [plan], to: null, {WHY}}}]", ["AG113"], 2, "to: []"),
        "of what is not there": (f"KIND: [{{from: [gone], to: [], {WHY}}}]", ["AG228"], 2, "gone"),
    }.items()
}
# fmt: on


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_told_at_its_place(run: Run, second: Path, name: str) -> None:
    text, codes, line, said = BAD[name]
    (second / "changes.yaml").write_text(f"since: 1\n{text}\n", encoding="utf-8")
    told = found(run, second)
    assert [one["code"] for one in told] == codes, told
    assert {Path(one["file"]).name for one in told} == {"changes.yaml"}
    kind = name.partition(":")[0] if name.partition(":")[0] in TERMS else ""
    assert told[0]["line"] == line
    assert said.replace("KIND", kind) in told[0]["message"] + told[0]["fix"]
    assert "\x1b" not in told[0]["message"] + told[0]["fix"]
    assert len(told[0]["message"]) < 500


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "AG105"),
        (b"# nothing\n", "AG105"),
        (b"- since: 1\n", "AG113"),
        (b"since: 1\n---\nsince: 1\n", "AG118"),
        (b'since: "1"\n', "AG113"),
        (b"since: 1.0\n", "AG113"),
        (b"since: 0\n", "AG114"),
        (b"since: -1\n", "AG114"),
        (b"since: 2026-04-01\n", "AG116"),
        (b"changes: []\n", "AG110"),
        (f"since: 1\nchanges: [{{from: [], to: [x], {WHY}}}]\n".encode("cp932"), "AG103"),
        (f"since: 1\nrules: [{{of: stop, {WHY}}}]\n".encode("utf-16"), "AG103"),
        (b"\xef\xbb\xbfsince: 1\n", "AG103"),
        (b"since: 1\nrules: [\x00]\n", "AG104"),
        (b"since: 1\nrules: [{of: stop, rea", "AG122"),
    ],
)
def test_a_file_that_is_no_list_of_changes_is_told(
    run: Run, second: Path, content: bytes, code: str
) -> None:
    (second / "changes.yaml").write_bytes(content)
    (one,) = found(run, second)
    assert (one["code"], Path(one["file"]).name, one["line"] > 0) == (code, "changes.yaml", True)


def test_changes_without_end_are_refused_in_time(run: Run, second: Path) -> None:
    lines = "".join(f"  - {{from: [x.a{n}], to: [], {WHY}}}\n" for n in range(5_000))
    (second / "changes.yaml").write_text(f"since: 1\nchanges:\n{lines}", encoding="utf-8")
    began = time.monotonic()
    told = found(run, second)
    assert {one["code"] for one in told} == {"AG228"}
    assert time.monotonic() - began < 20
    with (second / "changes.yaml").open("wb") as file:
        file.truncate(5 * 1024 * 1024)
    assert [one["code"] for one in found(run, second)] == ["AG102"]
