"""The hook, the action and the job for other repositories, run as their runners run them."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

REPOSITORY = ROOT / "examples" / "ci"


def parsed(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a repository as a runner checks it out, with an `aiguide` to run beside it."""
    shutil.copytree(REPOSITORY, tmp_path / "repository")
    aiguide = tmp_path / "bin" / "aiguide"
    aiguide.parent.mkdir()
    aiguide.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m aiguide "$@"\n', encoding="utf-8")
    aiguide.chmod(0o755)
    return tmp_path / "repository"


def running(checkout: Path, shell: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"AIGUIDE_LANG": "ja", **variables}
    env["PATH"] = f"{checkout.parent / 'bin'}{os.pathsep}{env['PATH']}"
    return subprocess.run(shell, cwd=checkout, env=env, capture_output=True, text=True, check=False)


def spoil(checkout: Path) -> None:
    """Name a cell that is none."""
    project = checkout / "guideline-chatbot" / "project.json"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('"internal.search-routine"', '"internal.search"', 1), "utf-8")


def act(checkout: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run the action's script; gives what it did and the job's summary."""
    action = parsed(ROOT / "action.yml")
    (step,) = (one for one in action["runs"]["steps"] if one.get("name") == "Validate")
    given = {name: one.get("default", "") for name, one in action["inputs"].items()} | inputs
    asked = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: given[found[1]], text)
        for name, text in step["env"].items()
    }
    summary = checkout.parent / "summary.md"
    summary.touch()
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    ran = running(checkout, shell, GITHUB_STEP_SUMMARY=str(summary), **asked)
    return ran, summary.read_text(encoding="utf-8")


def test_the_action_passes_a_repository_in_order(checkout: Path) -> None:
    ran, summary = act(checkout, gate="planning", options="--today\n2026-11-24")
    assert ran.returncode == 0, ran.stderr
    assert "::error" not in ran.stdout
    assert "1" in summary


def test_the_action_annotates_the_line_and_fails(checkout: Path) -> None:
    spoil(checkout)
    ran, summary = act(checkout, gate="planning")
    assert ran.returncode == 1
    assert re.search(r"::error file=guideline-chatbot/project\.json,line=\d+", ran.stdout)
    assert "AG201" in ran.stdout
    assert "AG201" in summary


def test_the_action_reads_its_paths_line_by_line(checkout: Path) -> None:
    (checkout / "a b").mkdir()
    shutil.copy(checkout / "guideline-chatbot" / "project.json", checkout / "a b")
    ran, _ = act(checkout, paths="guideline-chatbot\na b\n", options="--today\n2026-11-24")
    assert ran.returncode == 0
    assert "2" in ran.stdout + ran.stderr


def test_what_is_given_to_the_action_is_never_run(checkout: Path) -> None:
    for given in ("$(touch stolen)", "`touch stolen`", "; touch stolen", "--gate=$(touch stolen)"):
        ran, _ = act(checkout, paths=given, gate=given)
        assert ran.returncode == 2
    assert not (checkout / "stolen").exists()


def job(checkout: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the job's script as GitLab does."""
    template = parsed(ROOT / "integrations" / "gitlab.yml")
    script = "\n".join(["set -e", *template["aiguide"]["script"]])
    return running(checkout, ["sh", "-c", script], **(template["variables"] | variables))


def test_the_job_leaves_a_report_and_fails_where_something_is_found(checkout: Path) -> None:
    assert job(checkout, AIGUIDE_OPTIONS="--gate planning --today 2026-11-24").returncode == 0
    assert ET.parse(checkout / "aiguide.xml").getroot().find(".//failure") is None
    spoil(checkout)
    ran = job(checkout, AIGUIDE_OPTIONS="--gate planning")
    assert ran.returncode == 1
    assert "AG201" in ran.stdout
    assert ET.parse(checkout / "aiguide.xml").getroot().find(".//failure") is not None


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("project.json", True),
        ("a/b/project.json", True),
        ("a/chat.project.json", True),
        ("myproject.json", False),
        ("project.json.bak", False),
        ("projects/x.json", False),
    ],
)
def test_the_hook_takes_the_manifests_that_folders_are_searched_for(path: str, taken: bool) -> None:
    (hook,) = parsed(ROOT / ".pre-commit-hooks.yaml")
    assert bool(re.search(hook["files"], path)) is taken


def test_the_hook_runs_on_the_files_of_a_commit(checkout: Path) -> None:
    (hook,) = parsed(ROOT / ".pre-commit-hooks.yaml")
    (asked,) = parsed(REPOSITORY / ".pre-commit-config.yaml")["repos"]
    assert [one["id"] for one in asked["hooks"]] == [hook["id"]]
    command = [*hook["entry"].split(), "guideline-chatbot/project.json"]
    assert running(checkout, command).returncode == 0
    spoil(checkout)
    assert running(checkout, command).returncode == 1


def test_the_workflow_gives_the_action_only_what_it_takes() -> None:
    workflow = parsed(REPOSITORY / ".github" / "workflows" / "aiguide.yml")
    used = workflow["jobs"]["validate"]["steps"][-1]["with"]
    assert set(used) <= set(parsed(ROOT / "action.yml")["inputs"])


def test_the_repository_shows_an_example_that_is_in_order() -> None:
    copy = REPOSITORY / "guideline-chatbot" / "project.json"
    original = ROOT / "examples" / "valid" / "guideline-chatbot" / "project.json"
    assert copy.read_bytes() == original.read_bytes()
