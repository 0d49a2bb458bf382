"""`doctor PROJECT` on a damaged manifest: what can be saved goes to a new file."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.contracts import fits

PURPOSE, RISK = "planning.purpose", "planning.risk-assessment"


@pytest.fixture
def lived(run: Run, project: Path) -> Path:
    for item, note in ((PURPOSE, "企画書"), (RISK, "所見")):
        assert run("answer", project, item, "done", "--note", note).code == 0
    return project


def damaged(run: Run, project: Path, content: str | bytes) -> Any:
    """Damage a manifest, and give the new file's content; the damaged one stays as it is."""
    raw = content.encode() if isinstance(content, str) else content
    project.write_bytes(raw)
    ran = run("doctor", project, "--format", "json")
    fits("doctor", ran.json)
    assert project.read_bytes() == raw
    assert ran.json["recovered"], ran.out
    file = Path(ran.json["recovered"])
    assert run("validate", file).code == 0
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_file_cut_anywhere_keeps_what_came_before(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8")
    whole = json.loads(text)
    new = lived.with_name("project.recovered.json")
    saved = []
    for cut in range(text.index('"answers"'), len(text) - 3, 97):
        data = damaged(run, lived, text[:cut])
        new.unlink()
        assert data["project"] == whole["project"]
        for id, answer in data.get("answers", {}).items():
            assert answer == whole["answers"][id]
        assert data.get("history", []) == whole["history"][: len(data.get("history", []))]
        saved.append((len(data.get("answers", {})), len(data.get("history", []))))
    assert saved == sorted(saved)
    assert saved[-1][0] == 2


def test_it_says_where_what_and_what_next(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8")
    lived.write_text(text[: text.index(RISK) + 40], encoding="utf-8")
    ran = run("doctor", lived)
    assert "project.recovered.json" in ran.out.replace("\n", "").replace(" ", "")
    assert "回答 1 件" in ran.out
    assert "途中で切れている" in ran.out
    again = run("doctor", lived)
    assert again.code == 2
    assert "前に取り出した" in again.err


def test_both_sides_of_a_conflict_are_merged(run: Run, project: Path) -> None:
    base = project.read_text(encoding="utf-8")
    run("answer", project, PURPOSE, "done", "--note", "企画書")
    ours = project.read_text(encoding="utf-8")
    project.write_text(base, encoding="utf-8")
    run("answer", project, RISK, "done", "--note", "所見")
    theirs = project.read_text(encoding="utf-8")
    conflict = f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n"
    data = damaged(run, project, conflict)
    assert set(data["answers"]) == {PURPOSE, RISK}
    assert data["history"][-1]["kind"] == "merged"


def test_what_both_sides_of_a_conflict_changed_is_told(run: Run, project: Path) -> None:
    base = project.read_text(encoding="utf-8")
    run("answer", project, PURPOSE, "done", "--note", "企画書")
    ours = project.read_text(encoding="utf-8")
    project.write_text(base, encoding="utf-8")
    run("answer", project, PURPOSE, "not-applicable", "--reason", "対象外")
    theirs = project.read_text(encoding="utf-8")
    project.write_text(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n", encoding="utf-8")
    out = run("doctor", project).out
    assert "両側で変更されていたもの 1 件" in out
    assert "実施済" in out
    assert "非該当" in out
    assert "適切な目的の設定" in out


def test_what_does_not_fit_is_left_out_and_named(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    data["answers"][RISK]["status"] = "finished"
    data["project"]["ownr"] = "x"
    data["surprise"] = 1
    text = json.dumps(data)
    saved = damaged(run, lived, text)
    assert set(saved["answers"]) == {PURPOSE}
    lived.with_name("project.recovered.json").unlink()
    out = run("doctor", lived).out
    for part in (f"/answers/{RISK}", "/project/ownr", "/surprise"):
        assert f"除いたもの: {part}" in out


def test_cp932_is_read_as_such(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8")
    assert damaged(run, lived, text.encode("cp932")) == json.loads(text)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2", b"hello", b"\xff\xfe\x00", b"[" * 100_000]
)
def test_where_nothing_holds_nothing_is_written(run: Run, lived: Path, content: bytes) -> None:
    lived.write_bytes(content)
    ran = run("doctor", lived, "--format", "json")
    assert ran.json["recovered"] is None
    assert ran.json["findings"]
    assert not lived.with_name("project.recovered.json").exists()


def test_a_newer_format_is_no_damage(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_text(encoding="utf-8"))
    lived.write_text(json.dumps({**data, "format": 99}), encoding="utf-8")
    assert run("doctor", lived, "--format", "json").json["recovered"] is None


def test_a_whole_manifest_needs_no_recovery(run: Run, lived: Path) -> None:
    assert run("doctor", lived, "--format", "json").json["recovered"] is None
