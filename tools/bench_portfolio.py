"""How long a portfolio takes and how much memory, by format: whole processes, made-up projects."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOOLS = Path(__file__).parent
COUNTS = (1_000, 10_000)
FORMATS = ("table", "json", "csv", "xlsx", "html")


def main() -> None:
    """Print seconds and MiB for each number of projects and format."""
    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            office = Path(folder, str(count))
            _run([str(TOOLS / "make_projects.py"), str(count), str(office)])
            for format in FORMATS:
                args = ["-m", "aiguide", "portfolio", str(office), "--format", format]
                output = [] if format == "table" else ["-o", f"{folder}/out.{format}"]
                seconds, mib = _run([*args, *output, "--today", "2026-11-24"])
                print(f"{count:>6} {format:6} {seconds:6.1f} s {mib:6.0f} MiB")


def _run(arguments: list[str]) -> tuple[float, float]:
    """Run Python and give its seconds and the most memory that it had."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{arguments} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
