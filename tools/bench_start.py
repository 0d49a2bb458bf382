"""How long commands take to start, in multiples of `python -c pass`, taken in turn."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
PYTHON = sys.executable
AIGUIDE = [str(Path(PYTHON).with_name("aiguide"))]
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    'python -c "import typer"': ["-c", "import typer"],
    "aiguide --version": [*AIGUIDE, "--version"],
    "aiguide classify TEXT": [
        "-m",
        "aiguide",
        "classify",
        "住民からのごみ分別の問合せにAIが答える",
    ],
    "aiguide --help": [*AIGUIDE, "--help"],
    "aiguide status": [*AIGUIDE, "status", "examples/valid/flood-gate-forecast"],
    "aiguide validate FILE": [*AIGUIDE, "validate", "examples/valid/flood-gate-forecast"],
}


def once(arguments: list[str]) -> float:
    """Time one whole process, in seconds; bytecode is there, as after an installation."""
    environment = {
        key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"
    }
    start = time.perf_counter()
    subprocess.run([PYTHON, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print each command's median and its median ratio to the bare interpreter by round."""
    for arguments in COMMANDS.values():
        once(arguments)
    rounds = [{name: once(arguments) for name, arguments in COMMANDS.items()} for _ in range(RUNS)]
    bare = next(iter(COMMANDS))
    for name in COMMANDS:
        median = statistics.median(one[name] for one in rounds)
        ratio = statistics.median(one[name] / one[bare] for one in rounds)
        print(f"{name:28} {median * 1000:7.0f} ms {ratio:6.1f} x")


if __name__ == "__main__":
    main()
