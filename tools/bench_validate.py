"""How fast `validate` is: against bare JSON reading, jsonschema-rs alone and check-jsonschema.

Whole processes, side by side in one run; their time is that of a core, for all use only one, and
others may use the machine meanwhile. Usage: bench_validate.py [CHECK_JSONSCHEMA]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from aiguide.core import recording
from aiguide.core.guideline import Guideline
from aiguide.core.manifest import project_data
from aiguide.core.project import Answer, Classification, Evidence, EvidenceKind, Project, Status
from aiguide.store import packs

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "schemas" / "project.schema.json"
SIZE = 10_000
MANY, VERY_MANY, FEW = 10_000, 100_000, 1_000
BAD_EVERY = 50
RUNS = 5
TODAY = "2026-11-24"

_WALK = """
import json, os, sys
def files():
    for folder, _, names in os.walk(sys.argv[1]):
        for name in names:
            yield folder + "/" + name
"""
BARE = (
    _WALK
    + """
for file in files():
    with open(file, encoding="utf-8") as opened:
        try:
            json.load(opened)
        except ValueError:
            pass
"""
)
ALONE = (
    _WALK
    + f"""
import jsonschema_rs
with open({str(SCHEMA)!r}, encoding="utf-8") as schema:
    validator = jsonschema_rs.Draft202012Validator(json.load(schema), validate_formats=True)
bad = 0
for file in files():
    with open(file, encoding="utf-8") as opened:
        try:
            bad += not validator.is_valid(json.load(opened))
        except ValueError:
            bad += 1
"""
)
# The reader and the schema check of aiguide without its findings' places and its rules.
OURS = (
    _WALK
    + """
from pathlib import Path
from aiguide.core.errors import UnreadableError
from aiguide.store import schemas, strict_json
bad = 0
for file in files():
    try:
        bad += not schemas.fits("project", strict_json.read(Path(file))[0])
    except UnreadableError:
        bad += 1
"""
)


@dataclass(frozen=True)
class Took:
    """What a process took: seconds of a core, and its peak of memory in MiB."""

    seconds: float
    mib: float


def main() -> None:
    """Print medians, and the ratios that the goals are about."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # bytecode is there, as after installing
    checker = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        texts = list(_texts(packs.load("tokyo-ai@1")[0]))
        size = statistics.mean(len(text.encode()) for text in texts)
        print(f"manifests of {size / 1000:.1f} KB, {100 / BAD_EVERY:.0f} % of them bad")
        many = _fill(folder / "many", texts, MANY)
        jobs: dict[str, Callable[[], Took]] = {
            "json.load": lambda: _python("-c", BARE, str(many)),
            "json.load + jsonschema-rs": lambda: _python("-c", ALONE, str(many)),
            "the schema part": lambda: _python("-c", OURS, str(many)),
            "validate": lambda: _validate(many),
        }
        rounds = [{name: job() for name, job in jobs.items()} for _ in range(RUNS)]
        for name in jobs:
            _line(f"{MANY:,}: {name}", statistics.median(one[name].seconds for one in rounds), "s")
        _ratio(rounds, "the schema part", "json.load + jsonschema-rs", 1.3)
        _ratio(rounds, "validate", "json.load", 5)
        if checker:
            _against(checker, many, statistics.median(one["validate"].seconds for one in rounds))
        _grows(folder, texts)
        _single(folder, texts)


def _against(checker: str, many: Path, ours: float) -> None:
    """Compare with check-jsonschema, which is slow: once."""
    files = sorted(str(file) for file in many.rglob("*.json"))
    took = _run([checker, "--schemafile", str(SCHEMA), *files])
    _line(f"{MANY:,}: check-jsonschema", took.seconds, "s")
    _line("check-jsonschema, of validate", took.seconds / ours, "x    (goal 8)")


def _grows(folder: Path, texts: list[str]) -> None:
    """See whether time is linear, and memory flat."""
    few, very_many = (_fill(folder / str(n), texts, n) for n in (FEW, VERY_MANY))
    small, large = _validate(few), _validate(very_many)
    one = _fill(folder / "one", texts[:1], 1)
    start = min(_validate(one).seconds for _ in range(3))
    _line(f"{FEW:,}: validate, peak", small.mib, "MiB")
    _line(f"{VERY_MANY:,}: validate, peak", large.mib, "MiB")
    _line("more", large.mib - small.mib, "MiB  (goal 50)")
    each = (large.seconds - start) / VERY_MANY / ((small.seconds - start) / FEW)
    _line(f"a file of {VERY_MANY:,}, of one of {FEW:,}", each, "x")


def _single(folder: Path, texts: list[str]) -> None:
    one = _fill(folder / "single", texts[:1], 1)
    rounds = [
        {"validate FILE": _validate(one), "import typer": _python("-c", "import typer")}
        for _ in range(15)
    ]
    for name in rounds[0]:
        seconds = statistics.median(took[name].seconds for took in rounds)
        _line(name, seconds * 1000, "ms")
    _ratio(rounds, "validate FILE", "import typer", 2)


def _texts(guideline: Guideline) -> Iterator[str]:
    """Write manifests as aiguide does: first the good, then one for each way to be bad."""
    good = [_project(guideline, number) for number in range(BAD_EVERY - 1)]
    yield from map(_text, good)
    text = _text(good[0])
    yield text.replace('"phase": "planning"', '"phase": "planing"', 1)
    yield text.replace('"status": "done"', '"status": "dnoe"', 1)
    yield text.replace('"answers": {', '"answers": {,', 1)
    first = next(iter(good[0].answers))
    blank = replace(good[0].answers[first], note="", evidence=())
    yield _text(replace(good[0], answers={**good[0].answers, first: blank}))


def _project(guideline: Guideline, number: int) -> Project:
    """Make a project that has answered as many items as fill the size."""
    by, at = "担当", "2026-10-01T00:00:00Z"
    project = Project(
        guideline.id,
        guideline.version,
        f"案件 {number:03} ごみ分別案内チャットボット",
        organization="環境局",
        owner="資源循環課",
        description="住民からのごみ分別の問合せにAIが答える。",
        phase="planning",
        conditions={"generative_ai": True, "external_vendor": False, "personal_data": False},
    )
    cells = Classification(("citizen.information",), "person", confirmed_by=by)
    project = recording.classify(recording.start(project, by=by, at=at), cells, by=by, at=at)
    for index, item in enumerate(guideline.items):
        evidence = (Evidence(EvidenceKind.LINK, f"https://example.jp/plan/{index}"),)
        note = "企画書 2 章で確かめました。担当課と情報システム課が合意しています。"
        answer = Answer(Status.DONE, note=note, evidence=evidence, item_digest=item.digest)
        project = recording.answer(project, item.id, answer, by=by, at=at)
        if len(_text(project).encode()) >= SIZE:
            break
    return project


def _text(project: Project) -> str:
    return json.dumps(project_data(project), ensure_ascii=False, indent=2) + "\n"


def _fill(folder: Path, texts: list[str], count: int) -> Path:
    """Write many manifests into a folder; every fiftieth is one of the bad ones in turn."""
    good, bad = texts[: BAD_EVERY - 1], texts[BAD_EVERY - 1 :]
    for number in range(count):
        turn, place = divmod(number, BAD_EVERY)
        text = good[place] if place < len(good) else bad[turn % len(bad)]
        home = folder / f"{number // 100:04}" / f"{number:06}"
        home.mkdir(parents=True)
        (home / "project.json").write_text(text, encoding="utf-8")
    return folder


def _validate(folder: Path) -> Took:
    return _python("-m", "aiguide", "validate", str(folder), "--today", TODAY)


def _python(*arguments: str) -> Took:
    return _run([sys.executable, *arguments])


def _run(command: list[str]) -> Took:
    """Run a process that may find something; anything but 0 and 1 is a failure of the bench."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), command[:4]
    return Took(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _ratio(rounds: list[dict[str, Took]], one: str, other: str, goal: float) -> None:
    ratio = statistics.median(took[one].seconds / took[other].seconds for took in rounds)
    _line(f"{one}, of {other}", ratio, f"x    (goal {goal})")


def _line(what: str, value: float, unit: str) -> None:
    print(f"{what:52} {value:9.2f} {unit}", flush=True)


if __name__ == "__main__":
    main()
