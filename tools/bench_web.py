"""How fast the pages are for 50 people at once, and whether anything that was acknowledged is lost.

Everything happens on loopback in a temporary folder of made-up projects, in under two minutes.
Prints figures; ends with 1 where an answer was lost, a file broken, or litter left behind.
"""

import argparse
import asyncio
import contextlib
import html
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import httpx2

from aiguide.core import history
from aiguide.core.checklist import build
from aiguide.usecases import projects
from aiguide.usecases.project_folder import ProjectFolder

TOOLS = Path(__file__).parent
MANIFESTS = 20
TODAY = "2026-11-24"
PAUSE = 5.0  # seconds between two actions of a person
STARTS = 5
HAMMERING = 20  # people who do not pause, before each kill
WAIT = 30.0


@dataclass
class Seen:
    """What all people saw: milliseconds by kind, and the notes of the answers acknowledged."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: dict[Path, list[str]] = field(default_factory=lambda: defaultdict(list))
    refused: list[str] = field(default_factory=list)

    def told(self, kind: str, since: float) -> None:
        """Note how long something took."""
        self.spent[kind].append(1000 * (time.perf_counter() - since))


@dataclass(frozen=True)
class Place:
    """An item of a project that one person alone answers."""

    manifest: Path
    project: str
    item: str
    phase: str
    cell: str


def main() -> int:
    """Measure; the exit code is 1 where anything acknowledged is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=50)
    parser.add_argument("--kills", type=int, default=6)
    given = parser.parse_args()
    random.seed(1)
    with tempfile.TemporaryDirectory(prefix="aiguide-bench-") as made:
        folder = Path(made)
        subprocess.run(
            [sys.executable, TOOLS / "make_projects.py", str(MANIFESTS), folder], check=True
        )
        starts(folder)
        wrong = asyncio.run(crowd(folder, given.users, given.seconds))
        wrong += asyncio.run(killed(folder, given.kills))
    print(*wrong or ["nothing acknowledged was lost"], sep="\n")
    return 1 if wrong else 0


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a folder; gives the process and the address."""
    command = [sys.executable, "-m", "aiguide", "serve", str(folder), "--no-open", "--port", "0"]
    more = ["--by", "bench", "--lang", "en"]
    with subprocess.Popen([*command, *more], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = process.stderr.readline()
        try:
            yield process, next(word for word in said.split() if word.startswith("http"))
        finally:
            process.kill()


def starts(folder: Path) -> None:
    """Print how long it is from the command to the first page, and how big that is."""
    spent = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        with serving(folder) as (_, address):
            httpx2.get(f"{address}ja/").raise_for_status()
            spent.append(time.perf_counter() - begun)
            size = weight(f"{address}ja/")
    print(f"first page after start {statistics.median(spent):.2f} s, goal 1")
    print(f"first page with all it loads {size / 1024:.0f} KB, goal 150")


def weight(address: str) -> int:
    """Give the bytes of a page and of all that it loads."""
    page = httpx2.get(address)
    loaded = re.findall(r'<(?:link|img|script)[^>]* (?:href|src)="([^"]+)"', page.text)
    return len(page.content) + sum(
        len(httpx2.get(urljoin(address, one)).raise_for_status().content) for one in loaded
    )


def places(folder: Path, count: int) -> list[Place]:
    """Give each person an item of their own, in all projects alike."""
    keys = ProjectFolder(folder).listed()
    found = []
    for key, path in keys.items():
        opened = projects.open_project(path)
        asked = [
            one.item
            for one in build(opened.guideline, opened.project, TODAY).questions
            if not one.item.exception_only
        ]
        cell = opened.project.cells[0]
        found.append([Place(path, key, one.id, one.phase, cell) for one in asked])
    return [found[number % len(found)][number // len(found)] for number in range(count)]


async def crowd(folder: Path, users: int, seconds: int) -> list[str]:
    """Let people read and answer at their pace; gives what was lost."""
    seen = Seen()
    with serving(folder) as (_, address):
        until = time.perf_counter() + seconds
        async with browser() as client:
            everybody = places(folder, users)
            await asyncio.gather(*(person(client, address, one, seen, until) for one in everybody))
    print(f"{users} people, an action every {PAUSE:.0f} s, {MANIFESTS} projects, {seconds} s:")
    for kind, spent in sorted(seen.spent.items()):
        p50, p95 = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
        print(
            f"  {kind:12} {len(spent):5}  p50 {p50:4.0f}  p95 {p95:4.0f}  max {max(spent):4.0f} ms"
        )
    every = [one for kind, spent in seen.spent.items() if kind != "answer saved" for one in spent]
    print(f"  pages in all: p95 {statistics.quantiles(every, n=20)[-1]:.0f} ms, goal 100")
    answers = seen.spent["answer saved"]
    print(f"  answers: p95 {statistics.quantiles(answers, n=20)[-1]:.0f} ms, goal 200")
    return [*seen.refused, *lost(seen)]


def browser() -> httpx2.AsyncClient:
    """Give a client for all, which connects anew each time, as after a pause."""
    endless = httpx2.Limits(max_connections=None)
    return httpx2.AsyncClient(timeout=WAIT, limits=endless, headers={"connection": "close"})


async def person(
    client: httpx2.AsyncClient, address: str, place: Place, seen: Seen, until: float
) -> None:
    """Read four pages and answer, again and again, until the time is up."""
    await asyncio.sleep(random.uniform(0, PAUSE))
    number = 0
    while True:
        form: dict[str, str] = {}
        for kind, path in (*random.sample(readings(place), 3), ("item", item_of(place))):
            page = await read(client, address + path, kind, seen)
            form = form_of(page) if kind == "item" else {}
            await asyncio.sleep(PAUSE * random.uniform(0.8, 1.2))
            if time.perf_counter() > until:
                return
        number += 1
        await answer(client, address, place, form, number, seen)
        await asyncio.sleep(PAUSE * random.uniform(0.8, 1.2))


def readings(place: Place) -> list[tuple[str, str]]:
    """Give the pages that people read: kind and path."""
    return [
        ("first", "ja/"),
        ("matrix", "ja/cells"),
        ("cell", f"ja/cells/{place.cell}"),
        ("state", f"ja/projects/{place.project}"),
        ("facts", f"ja/projects/{place.project}/facts"),
        ("history", f"ja/projects/{place.project}/history"),
        ("projects", "ja/projects"),
        ("guideline", "ja/guideline"),
        ("checklist", f"ja/projects/{place.project}/phases/{place.phase}"),
    ]


def item_of(place: Place) -> str:
    """Give the path of an item."""
    return f"ja/projects/{place.project}/items/{place.item}"


def form_of(page: str) -> dict[str, str]:
    """Read what a form has to bring back."""
    found = (re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("secret", "seen"))
    secret, mark = (html.unescape(one.group(1)) if one else "" for one in found)
    return {"secret": secret, "seen": mark, "status": "in-progress"}


async def read(client: httpx2.AsyncClient, address: str, kind: str, seen: Seen) -> str:
    """Read a page and note how long it took."""
    begun = time.perf_counter()
    page = await client.get(address)
    page.raise_for_status()
    seen.told(kind, begun)
    return page.text


async def answer(
    client: httpx2.AsyncClient,
    address: str,
    place: Place,
    form: dict[str, str],
    number: int,
    seen: Seen,
    *,
    sent: bool = False,
) -> None:
    """Answer, and note it where it was acknowledged; `sent` brings a file as evidence."""
    note = f"{place.item} {number} {random.random()}"
    files = {"file": ("proof.txt", note.encode())} if sent else {"nothing": ("", b"")}
    begun = time.perf_counter()
    said = await client.post(address + item_of(place), data={**form, "note": note}, files=files)
    if said.status_code != 303:
        seen.refused.append(f"{place.item}: {said.status_code}")
        return
    seen.acknowledged[place.manifest].append(note)
    seen.told("answer saved", begun)


def lost(seen: Seen) -> list[str]:
    """Give what is wrong with the manifests: answers that are not there, broken chains."""
    wrong = []
    count = 0
    for path, notes in seen.acknowledged.items():
        project = projects.open_project(path).project
        said = [one.after.get("note") for one in project.history if isinstance(one.after, dict)]
        if history.first_broken(project.history) is not None:
            wrong.append(f"{path}: the chain is broken")
        wrong += [f"{path}: lost {note}" for note in notes if said.count(note) != 1]
        count += len(notes)
    print(f"  {count} answers acknowledged, {len(wrong)} not as they should be")
    return wrong


async def killed(folder: Path, kills: int) -> list[str]:
    """Kill the server under load again and again; gives what was lost, broken or left behind."""
    seen = Seen()
    for _ in range(kills):
        with serving(folder) as (process, address):
            everybody = places(folder, HAMMERING)
            async with browser() as client:
                people = [
                    asyncio.create_task(hammering(client, address, one, seen)) for one in everybody
                ]
                await asyncio.sleep(random.uniform(1, 3))
                process.send_signal(signal.SIGKILL)
                await asyncio.gather(*people)
    print(f"killed {kills} times under load:")
    wrong = [*seen.refused, *lost(seen)]
    with serving(folder) as (_, address):
        async with browser() as client:
            for place in places(folder, MANIFESTS):
                form = form_of((await client.get(address + item_of(place))).text)
                await answer(client, address, place, form, 0, seen, sent=True)
    left = sorted(litter(folder))
    print(f"  after the next run: {len(left)} files left behind")
    return wrong + left


async def hammering(client: httpx2.AsyncClient, address: str, place: Place, seen: Seen) -> None:
    """Answer without a pause until the server is gone."""
    number = 0
    with contextlib.suppress(httpx2.TransportError):
        while True:
            number += 1
            form = form_of((await client.get(address + item_of(place))).text)
            await answer(client, address, place, form, number, seen, sent=number % 3 == 0)


def litter(folder: Path) -> Iterator[str]:
    """Give each file that is neither a manifest nor evidence of an answer that was ever given."""
    for path in ProjectFolder(folder).listed().values():
        steps = projects.open_project(path).project.history
        given = {
            evidence.get("target")
            for step in steps
            if isinstance(step.after, dict)
            for evidence in step.after.get("evidence", ())
        }
        for file in path.parent.rglob("*"):
            if file.is_file() and file != path:
                name = file.relative_to(path.parent).as_posix()
                if name not in given:
                    yield f"{file}: left behind"


if __name__ == "__main__":
    sys.exit(main())
