"""`doctor`: what is there on this machine, what may be added, and whether the file is sound."""

import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from aiguide.usecases.extras import EXTRAS
from tests.conftest import ROOT, Run
from tests.contracts import fits


def checks(data: Any) -> dict[str, Any]:
    fits("doctor", data)
    return {one["id"]: one for one in data["checks"]}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_extra_of_the_package_is_looked_for(run: Run, here: Path) -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = checks(run("doctor", "--format", "json").json)
    assert {id for id, one in found.items() if one["optional"]} == set(EXTRAS)
    assert set(EXTRAS) == set(package["project"]["optional-dependencies"])
    for extra, libraries in EXTRAS.items():
        assert len(libraries) == len(package["project"]["optional-dependencies"][extra])
        assert found[extra]["ok"]  # the tests run with all of them
        assert not found[extra]["remedy"]


@pytest.mark.parametrize(
    ("extra", "library"), [(extra, one) for extra, all in EXTRAS.items() for one in all]
)
def test_an_extra_that_is_missing_is_named_with_its_remedy_and_is_no_fault(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, extra: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    ran = run("doctor")
    assert ran.code == 0
    assert f'pip install ".[{extra}]"' in " ".join(ran.out.split())
    assert "未導入" in ran.out
    found = checks(run("doctor", "--format", "json").json)
    assert not found[extra]["ok"]
    assert {id for id, one in found.items() if not one["ok"]} == {extra}
    assert ("pango" in found) == (extra != "pdf")  # what only PDF needs is not asked for then


def test_the_project_here_is_looked_at(run: Run, project: Path, here: Path) -> None:
    assert project.parent == here
    assert "project.json に指摘はありません" in run("doctor").out
    project.write_text(project.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    data = run("doctor", "--format", "json").json
    fits("doctor", data)
    assert [one["code"] for one in data["findings"]] == ["AG119"]
    assert data["recovered"] == "project.recovered.json"


def test_where_there_is_none_nothing_is_said_of_files(run: Run, here: Path) -> None:
    (here / "project.json").mkdir()
    ran = run("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert "project.json" not in ran.out


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_manifest_is_put_away_before_a_new_one_is_begun(
    run: Run, here: Path, content: bytes
) -> None:
    file = here / "project.json"
    file.write_bytes(content)
    for command in (("check",), ("set", "--name", "x"), ("init",), ("init", "--name", "x")):
        ran = run(*command)
        assert ran.code == 2
        assert "AG105" in ran.err
        assert "ほかの名前に変え" in ran.err
    lines = [line.strip() for line in run("doctor").out.splitlines()]
    moving, beginning = [one for one in lines if one.startswith(("mv ", "aiguide init"))]
    assert subprocess.run(shlex.split(moving), check=False).returncode == 0
    assert run(*shlex.split(beginning)[1:], "--name", "x").code == 0
    assert (here / "project.empty.json").read_bytes() == content


FOREIGN = {
    "a README": b"# Hello\n\n{}\n",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40),
    "an object": b"{}",
    "a list": b"[1,2]",
    "a number": b"12",
    "a package": b'{"name": "x", "version": "1.0.0", "dependencies": {"a": "^1"}}',
    "a beginning": b'{"form',
    "zeros": bytes(5000),
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_project_is_an_error_and_nothing_is_written(
    run: Run, here: Path, content: bytes
) -> None:
    file = here / "other.json"
    file.write_bytes(content)
    ran = run("doctor", file)
    assert ran.code == 2
    said = "".join(ran.err.split())
    assert "other.jsonはaiguideの案件の記録ではありません" in said
    assert "aiguideinit" in said
    assert "AG1" not in ran.out
    data = run("doctor", file, "--format", "json")
    assert data.code == 2
    fits("doctor", data.json)
    assert data.json["findings"]
    assert [*here.iterdir()] == [file]
    assert file.read_bytes() == content


def test_what_aiguide_itself_wrote_about_a_project_is_none(run: Run, project: Path) -> None:
    for name, args in {
        "report.json": ("report", project, "-o", "-", "--format", "json"),
        "status.json": ("status", project, "--format", "json"),
        "log.json": ("log", project, "--format", "json"),
        "schema.json": ("schema", "project"),
    }.items():
        file = project.with_name(name)
        file.write_text(run(*args).out, encoding="utf-8")
        ran = run("doctor", file)
        assert (ran.code, "案件の記録ではありません" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "AG101"),
        (b"", "AG105"),
        (b'{"format": 1, "project": {"name": "x"}}', "AG110"),
        (b'{"format": 1, "guideline": {"id": "tok', "AG119"),
        (b'{"format": 1, "format": 1, "project": {"name": "x"}}', "AG106"),
    ],
)
def test_a_project_of_which_nothing_can_be_saved_is_told_and_is_an_error(
    run: Run, here: Path, content: bytes | None, said: str
) -> None:
    file = here / "project.json"
    if content is not None:
        file.write_bytes(content)
    ran = run("doctor", file)
    assert ran.code == 2
    assert said in ran.out
    assert "案件の記録ではありません" not in ran.err
    assert {one.name for one in here.iterdir()} <= {"project.json"}
