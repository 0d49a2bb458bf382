"""What all tests share: a pinned language, clock and name, and a way to run a command."""

import json
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from aiguide.cli.main import main
from aiguide.store import pack_places, packs

# Where tests start in the background Ctrl-C may be ignored, which what they start would inherit.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

TODAY = "2026-11-24"
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(scope="session", autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what aiguide puts into a person's own folder out of that of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("own")))
        yield


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run aiguide in this process, in Japanese unless told otherwise."""
    monkeypatch.setenv("AIGUIDE_LANG", "ja")
    monkeypatch.setenv("AIGUIDE_BY", "試験担当")
    monkeypatch.setenv("COLUMNS", "80")

    def run_it(*args: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_it


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Path:
    """A small project on disk: a waste-sorting chatbot in its planning phase."""
    path = tmp_path / "project.json"
    ran = run(
        *("init", path, "--name", "ごみ分別案内", "--cell", "citizen.information"),
        *("--condition", "generative_ai=yes", "--condition", "external_vendor=no"),
    )
    assert ran.code == 0, ran.err
    return path


# The items that the project with a history answers, of the phase of planning.
ANSWERED = ("purpose", "tool-selection", "bpr", "ownership")


@pytest.fixture
def lived(run: Run, project: Path) -> Path:
    """The small project when four items are answered and its owner is named."""
    (project.parent / "plan.txt").write_text("企画", encoding="utf-8")
    more = ("--evidence", "plan.txt", "--assignee", "佐藤", "--due", "2027-03-31")
    for name in ANSWERED:
        assert run("answer", project, f"planning.{name}", "done", "--note", "メモ", *more).code == 0
    assert run("set", project, "--owner", "資源循環課").code == 0
    return project


# The conditions that the small project leaves open, as options that answer them.
UNSAID_ARE_NO = tuple(
    arg
    for id in (
        *("personal_data", "confidential_data", "automated_decision", "evaluates_persons"),
        *("training_or_tuning", "custom_tool"),
    )
    for arg in ("--condition", f"{id}=no")
)


def settle(run: Run, project: Path) -> Path:
    """Answer every condition of the small project, so that a walk asks for none."""
    assert run("set", project, *UNSAID_ARE_NO).code == 0
    return project


@pytest.fixture
def small_packs(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let aiguide know the made-up packs of `tests/packs` too: `mini@1` and `mini@2`."""
    root = ROOT / "tests" / "packs"
    known = {**packs.folders(), **pack_places.found_in(root)}
    monkeypatch.setattr(packs, "folders", lambda: known)
    return root


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
