"""How fast and how big classification is: 1,000 descriptions, loading the model, its size."""

import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from aiguide.store import models

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "data" / "tokyo-ai" / "1" / models.NAME
RUNS = 5
MANY = 1000


def main() -> None:
    """Print medians, and how many bare starts of Python they take, measured in turn."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "many.jsonl"
        file.write_text("\n".join(_requests()), encoding="utf-8")
        jobs: dict[str, Callable[[], None]] = {
            "python -c pass": lambda: _python("-c", "pass"),
            f"classify {MANY} descriptions": lambda: _python(
                *("-m", "aiguide", "classify", "--input", str(file), "--format", "jsonl")
            ),
            "load the model": _load,
        }
        rounds = [{name: _timed(job) for name, job in jobs.items()} for _ in range(RUNS)]
    bare = next(iter(jobs))
    for name in jobs:
        median = statistics.median(one[name] for one in rounds)
        ratio = statistics.median(one[name] / one[bare] for one in rounds)
        print(f"{name:28} {median * 1000:9.1f} ms {ratio:7.2f} x")
    raw = MODEL.read_bytes()
    print(f"{'the model':28} {len(raw) / 1e6:9.1f} MB, {len(zlib.compress(raw)) / 1e6:.1f} zipped")


def _requests() -> list[str]:
    """Give descriptions of the development cases, over and over, no two lines the same."""
    cases = (ROOT / "tests" / "eval" / "cases-dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = itertools.cycle(json.loads(case)["text"] for case in cases)
    return [
        json.dumps({"id": f"{number}", "text": f"{text} {number}"}, ensure_ascii=False)
        for number, text in zip(range(MANY), texts, strict=False)
    ]


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)


def _load() -> None:
    models.load(MODEL)


def _timed(job: Callable[[], None]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
