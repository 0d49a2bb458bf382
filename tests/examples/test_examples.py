"""Every folder of examples/ is a test: a golden report, or the findings that it must give."""

import json
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY, Run

VALID = sorted((ROOT / "examples" / "valid").glob("*/project.json"))
INVALID = sorted((ROOT / "examples" / "invalid").glob("*/project.json"))

VERDICTS = {
    "application-auto-approval": "do-not-deploy",
    "business-support-recommendation": "proceed-with-care",
    "coastal-drone-inspection": "proceed-with-care",
    "flood-gate-forecast": "not-ready",
    "guideline-chatbot": "proceed",
    "tax-chatbot": "not-ready",
    "traffic-signal-control": "needs-human-review",
}


def named(path: Path) -> str:
    return path.parent.name


@pytest.mark.parametrize("project", VALID, ids=named)
def test_the_report_is_the_golden_one(
    run: Run, project: Path, request: pytest.FixtureRequest
) -> None:
    ran = run("report", project, "-o", "-", "--format", "md", "--today", TODAY)
    assert ran.code == 0, ran.err
    golden = project.with_name("report.md")
    if request.config.getoption("--update-golden"):
        golden.write_text(ran.out, encoding="utf-8")
    assert ran.out == golden.read_text(encoding="utf-8")


def test_the_stories_show_every_verdict(run: Run) -> None:
    found = {
        named(path): run("status", path, "--format", "json", "--today", TODAY).json["verdict"]
        for path in VALID
    }
    assert found == VERDICTS


@pytest.mark.parametrize("project", VALID, ids=named)
def test_an_example_says_what_is_made_up_and_where_its_name_is_from(project: Path) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    assert data["project"]["example"] is True
    readme = project.with_name("README.md").read_text(encoding="utf-8")
    for said in ("Source", "Made up", "出典", "架空"):
        assert said in readme


def test_one_story_stayed_on_version_1() -> None:
    versions = {
        named(path): json.loads(path.read_text(encoding="utf-8"))["guideline"]["version"]
        for path in VALID
    }
    assert {story for story, version in versions.items() if version == 1} == {"tax-chatbot"}
    assert set(versions.values()) == {1, 2}


def test_all_valid_examples_are_valid_and_recorded(run: Run) -> None:
    ran = run("validate", ROOT / "examples" / "valid", "--format", "json", "--today", TODAY)
    assert ran.code == 0
    assert ran.json["files"] == len(VALID) >= 6
    assert {one["code"] for one in ran.json["findings"]} <= {"AG304", "AG311"}


@pytest.mark.parametrize("project", INVALID, ids=named)
def test_a_broken_manifest_gives_its_findings(run: Run, project: Path) -> None:
    extra = project.with_name("args")
    args = shlex.split(extra.read_text(encoding="utf-8")) if extra.exists() else []
    ran = run("validate", project, "--format", "json", "--today", TODAY, *args)
    found = [
        f"{one['line']}:{one['column']} {one['code']} {one['pointer']}".rstrip()
        for one in ran.json["findings"]
    ]
    expected = project.with_name("expected.txt").read_text(encoding="utf-8").splitlines()
    assert found == expected


def test_a_broken_folder_says_no_in_one_run(run: Run) -> None:
    ran = run("validate", ROOT / "examples" / "invalid")
    assert ran.code == 1
    for project in INVALID:
        if not project.with_name("args").exists():
            assert f"{project.parent.name}/" in ran.out
