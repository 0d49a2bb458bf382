"""How fast reports are: a full PDF against automatic tables and a CJK font, the rest, many at once.

Everything is timed as a whole process, side by side in one run.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
STORY = ROOT / "examples" / "valid" / "flood-gate-forecast" / "project.json"
RUNS = 5
MANY = 40
CJK = "Noto Sans CJK JP"
# The same document with tables laid out by their content, and a font of all of CJK.
AUTOMATIC = """
import sys
from aiguide.render import templating
render = templating.render_template
def automatic(*args, **values):
    return render(*args, **values).replace("table-layout: fixed", "table-layout: auto")
from aiguide.render import report_html
report_html.render_template = automatic
from aiguide.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def main() -> None:
    """Print medians, and the ratios that the goals are about."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # bytecode is there, as after installing
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        project = _everything_applies(out / "project.json")
        jobs = dict(_jobs(project, out))
        rounds = [{name: _timed(job) for name, job in jobs.items()} for _ in range(RUNS)]
        medians = {name: statistics.median(one[name] for one in rounds) for name in jobs}
        for name, median in medians.items():
            print(f"{name:44} {median * 1000:9.0f} ms")
        _print_ratios(rounds)
        size = (out / "r.pdf").stat().st_size
        print(f"{'the PDF':44} {size / 1000:9.0f} KB")
        _many(project, out)


def _everything_applies(path: Path) -> Path:
    """Write a project to which all items apply, since no condition is answered."""
    data = json.loads(STORY.read_text(encoding="utf-8"))
    del data["project"]["conditions"]
    data["classification"]["cells"] = ["citizen.personalized", "related.prediction"]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def _jobs(project: Path, out: Path) -> list[tuple[str, Callable[[], None]]]:
    def report(ending: str) -> Callable[[], None]:
        args = ("-m", "aiguide", "report", str(project), "-o", str(out / f"r.{ending}"))
        return lambda: _python(*args)

    font = _cjk_font()
    print(f"automatic tables are set in {font or 'our own font: no full CJK font is installed'}")

    def automatic() -> None:
        args = ("report", str(project), "-o", str(out / "auto.pdf"))
        _python("-c", AUTOMATIC, *args, **({"AIGUIDE_FONT": font} if font else {}))

    return [
        ('python -c "import typer"', lambda: _python("-c", "import typer")),
        ("report.pdf", report("pdf")),
        ("the same, automatic tables, a CJK font", automatic),
        *((f"report.{ending}", report(ending)) for ending in ("md", "html", "json", "docx")),
    ]


def _cjk_font() -> str:
    """Give the full CJK font, where this machine has it."""
    found = subprocess.run(
        ["fc-list", CJK, "family"], capture_output=True, text=True, check=True
    ).stdout
    return CJK if found.strip() else ""


def _print_ratios(rounds: list[dict[str, float]]) -> None:
    def ratio(one: str, other: str) -> float:
        return statistics.median(times[one] / times[other] for times in rounds)

    automatic = ratio("report.pdf", "the same, automatic tables, a CJK font")
    print(f"{'report.pdf, of automatic':44} {automatic:9.2f}    (goal 0.5)")
    for ending in ("md", "html", "json"):
        typer = ratio(f"report.{ending}", 'python -c "import typer"')
        print(f"{f'report.{ending}, of import typer':44} {typer:9.2f}    (goal 3)")


def _many(project: Path, out: Path) -> None:
    """Make many PDFs with one process and with two, in turn."""
    office = out / "office"
    for number in range(MANY):
        folder = office / f"{number:02}"
        folder.mkdir(parents=True)
        (folder / "project.json").write_bytes(project.read_bytes())
    one, two = (
        _timed(lambda count=count: _python("-c", _MANY, str(office), str(out / "many"), count))
        for count in ("1", "2")
    )
    print(f"{f'{MANY} PDFs, one process':44} {one * 1000:9.0f} ms")
    print(f"{f'{MANY} PDFs, two':44} {two * 1000:9.0f} ms")
    print(f"{'one process, of two':44} {one / two:9.2f}    (goal 1.6, {os.cpu_count()} cores)")


_MANY = """
import sys
from pathlib import Path
from aiguide.usecases import catalogue, report_batch
from aiguide.usecases.reports import Order
if __name__ == "__main__":
    folder, out, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    jobs = report_batch.jobs(folder, out, "pdf")
    done = report_batch.make(jobs, catalogue.load_words("ja"), Order("2026-11-24"), processes)
    assert not any(one.error for one in done)
"""


def _python(*arguments: str, **environment: str) -> None:
    """Run Python; what it says on the way would hide the figures, and is told where it fails."""
    env = os.environ | environment
    ran = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=env)
    if ran.returncode:
        sys.exit(ran.stderr)


def _timed(job: Callable[[], None]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
