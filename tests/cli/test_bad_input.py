"""Bad input of every kind gives a precise finding, in a process of its own; none hangs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli import bad_input
from tests.conftest import TODAY
from tests.contracts import fits

EXPECTED = Path(__file__).with_name("bad_input.json")
# Far more than any of them takes: what is still running then hangs.
PATIENCE = 60  # seconds
SHOWN = 80


def validated(path: Path, format: str = "json") -> subprocess.CompletedProcess[bytes]:
    ran = subprocess.run(
        [sys.executable, "-m", "aiguide", "validate", path, "--format", format, "--today", TODAY],
        env={**os.environ, "AIGUIDE_LANG": "en"},
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert b"Traceback" not in ran.stderr
    return ran


def found_in(path: Path) -> list[dict[str, Any]]:
    ran = validated(path)
    assert ran.returncode == 1, ran.stderr.decode()
    data = json.loads(ran.stdout)
    fits("validation", data)
    found: list[dict[str, Any]] = data["findings"]
    for one in found:
        assert len(one["message"]) < 500  # quoted values are capped
        assert "\x1b" not in one["message"] + one["fix"]
    return found


def shown(found: list[dict[str, Any]]) -> list[str]:
    lines = (f"{one['line']}:{one['column']} {one['code']} {one['pointer']}" for one in found)
    return [line.rstrip()[:SHOWN].encode(errors="backslashreplace").decode() for line in lines]


@pytest.fixture(scope="module")
def expected(request: pytest.FixtureRequest) -> Any:
    data = json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.exists() else {}
    yield data
    if request.config.getoption("--update-golden"):
        EXPECTED.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", bad_input.PLACES)
def test_what_is_no_file_says_what_it_is(
    tmp_path: Path, name: str, expected: Any, request: pytest.FixtureRequest
) -> None:
    file = tmp_path / "project.json"
    bad_input.PLACES[name](file)
    [finding] = found_in(tmp_path if file.is_dir() or os.path.lexists(file) else file)
    said = f"{finding['code']} {finding['message']}"
    if request.config.getoption("--update-golden"):
        expected[name] = said
    assert said == expected[name]


@pytest.mark.parametrize("name", bad_input.CONTENTS)
def test_what_a_file_holds_is_found_at_its_place(
    tmp_path: Path, name: str, expected: Any, request: pytest.FixtureRequest
) -> None:
    file = tmp_path / "project.json"
    content = bad_input.CONTENTS[name]
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = shown(found_in(file))
    if request.config.getoption("--update-golden"):
        expected[name] = found[:4]
    assert found[:4] == expected[name]


@pytest.mark.parametrize("name", bad_input.MANY)
def test_every_one_of_many_is_found(tmp_path: Path, name: str) -> None:
    content, first, count = bad_input.MANY[name]
    file = tmp_path / "project.json"
    file.write_text(content, encoding="utf-8")
    found = found_in(file)
    assert (shown(found[:1]), len(found)) == ([first], count)


@pytest.mark.parametrize("format", ["text", "sarif", "junit", "github", "md"])
def test_the_worst_of_a_folder_is_told_in_every_format(tmp_path: Path, format: str) -> None:
    for number, content in enumerate(bad_input.CONTENTS.values()):
        raw = content if isinstance(content, bytes) else content.encode()
        if len(raw) < 10_000:
            (tmp_path / f"{number:03}.project.json").write_bytes(raw)
    ran = validated(tmp_path, format)
    assert ran.returncode == 1
    assert ran.stdout.count(b"project.json") > 100
    assert not set(ran.stdout) & ({*range(32)} - {9, 10, 13})


def test_the_corpus_has_a_hundred_kinds_and_more(expected: Any) -> None:
    kinds = {*bad_input.PLACES, *bad_input.CONTENTS, *bad_input.MANY}
    assert len(kinds) >= 150
    assert set(expected) == {*bad_input.PLACES, *bad_input.CONTENTS}


def test_a_loop_of_folders_ends(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "again").symlink_to(tmp_path)
    (tmp_path / "inner" / "project.json").write_text("{", encoding="utf-8")
    assert shown(found_in(tmp_path)) == ["1:2 AG119"]


def test_a_path_through_a_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "project.json").write_text("{}", encoding="utf-8")
    [finding] = found_in(tmp_path / "project.json" / "project.json")
    assert finding["code"] == "AG101"


def test_a_name_that_is_too_long_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / ("n" * 300), tmp_path / ("n" * 300) / "project.json"):
        [finding] = found_in(path)
        assert finding["code"] == "AG101"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    file = tmp_path / "project.json"
    file.write_text("{}", encoding="utf-8")
    file.chmod(0)
    [finding] = found_in(file)
    assert finding["code"] == "AG101"
