"""Manifests: read strictly, written atomically, never half."""

import json
from pathlib import Path

import pytest

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.project import Project, Status
from aiguide.store import projects
from aiguide.store.files import write_atomically
from tests import make

MINIMAL = '{"format": 1, "guideline": {"id": "tokyo-ai", "version": 1}, "project": {"name": "x"}}'


def codes(folder: Path, content: bytes) -> list[str]:
    path = folder / "project.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        projects.read(path)
    return [finding.code for finding in caught.value.findings]


def test_a_hand_written_manifest_needs_little(tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    path.write_text(MINIMAL, encoding="utf-8")
    assert projects.read(path).project == Project("tokyo-ai", 1, "x")


def test_what_is_saved_is_read_back_with_japanese_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    project = make.project(answers={"a.b": make.answer(Status.DONE, note="髙﨑 😀")})
    projects.save(path, project)
    assert projects.read(path).project == project
    assert "髙﨑 😀" in path.read_text(encoding="utf-8")


def test_characters_that_another_program_escaped_are_read(tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    projects.save(
        path, make.project(answers={"a": make.answer(Status.DONE, note="了解\U0001f44d")})
    )
    saved = projects.read(path).project
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    assert "\\ud83d" in path.read_text(encoding="utf-8")
    assert projects.read(path).project == saved


def test_one_change_is_a_small_difference(tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    answers = {f"a.{n}": make.answer(Status.DONE) for n in range(20)}
    projects.save(path, make.project(answers=answers))
    before = path.read_text(encoding="utf-8").splitlines()
    answers["a.7"] = make.answer(Status.DONE, note="changed")
    projects.save(path, make.project(answers=answers))
    after = path.read_text(encoding="utf-8").splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "AG105"),
        (b"\xef\xbb\xbf" + MINIMAL.encode(), "AG103"),
        (MINIMAL.encode("utf-16"), "AG103"),
        ('{"format": 1, "名前": "情報"}'.encode("cp932"), "AG103"),
        (MINIMAL.encode()[:-10], "AG119"),
        (b'{"format": 1,, "a": 2}', "AG104"),
        (b'{"format": 1, "format": 1}', "AG106"),
        (b'{"format": NaN}', "AG107"),
        (b"[" * 200_000, "AG108"),
        (b'{"a":' * 200_000, "AG108"),
        (b"<<<<<<< HEAD\n{}\n=======\n", "AG109"),
        (MINIMAL.replace("1,", "2,", 1).encode(), "AG120"),
        (b"[]", "AG113"),
        (b"\x00\x01\x02\xff\xfe", "AG103"),
    ],
)
def test_a_damaged_manifest_is_explained(tmp_path: Path, content: bytes, code: str) -> None:
    assert codes(tmp_path, content) == [code]


def test_a_file_too_large_is_refused_by_its_size(tmp_path: Path) -> None:
    assert codes(tmp_path, b" " * (60 * 1024 * 1024)) == ["AG102"]


def test_a_folder_named_like_a_manifest_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "project.json").mkdir()
    with pytest.raises(UnreadableError) as caught:
        projects.read(tmp_path / "project.json")
    assert caught.value.findings[0].args["reason"] == "not-a-file"


def test_every_schema_error_is_found_at_its_place(tmp_path: Path) -> None:
    data = json.loads(MINIMAL)
    data["project"]["nmae"] = "y"
    data["answers"] = {"a.b": {"status": "don", "due": "2026-2-3"}}
    path = tmp_path / "project.json"
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        projects.read(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    for finding in caught.value.findings:
        assert str(finding.pointer[-1]) in lines[finding.line - 1]
    assert [one.code for one in caught.value.findings] == ["AG111", "AG112", "AG114"]


def test_saving_keeps_permissions_and_follows_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "project.json"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("fails_at", ["fsync", "replace"])
def test_a_save_that_fails_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    path = tmp_path / "project.json"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr({"fsync": "os.fsync", "replace": "pathlib.Path.replace"}[fails_at], fail)
    with pytest.raises(AiguideError) as caught:
        write_atomically(path, b"new")
    assert caught.value.code == "cannot-write"
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["project.json"]


def test_folders_are_searched_for_manifests_only(tmp_path: Path) -> None:
    for name in ("project.json", "a/b.project.json", "a/other.json", ".git/project.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    found = [path.relative_to(tmp_path).as_posix() for path in projects.found_in(tmp_path)]
    assert found == ["a/b.project.json", "project.json"]
