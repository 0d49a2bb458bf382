"""Pages beside the usual way, for axe-core: what was refused, is gone or is not there.

Each is reached as people reach it, over a copy of the examples, and has to have its status.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from accessibility import faults
from playwright.sync_api import Browser, Locator, Page

NAME = "Lookout"  # of the project that is looked at, and damaged in the end
ADDRESSES = {
    "projects": 200,
    "projects?bureau=nobody": 200,
    "projects?sort=nothing": 422,
    "projects?cell=nothing": 422,
    "guideline": 200,
    "guideline?q=nothing-of-the-kind": 200,
    "guideline/items/planning.purpose": 200,
    "guideline/items/nothing": 404,
    "glossary": 200,
    "nothing": 404,
    "projects/000000000000": 404,
    "portfolio.nothing": 404,
}
OF_A_PROJECT = {
    "": 200,
    "/import": 200,
    "/evidence": 200,
    "/history?since=nothing": 422,
    "/items/nothing": 404,
    "/items/planning.red-gate": 422,
    "/phases/planning?stale=1": 200,
    "/phases/operation": 200,
}


def looks(browser: Browser, address: str, folder: Path, lang: str, width: int) -> list[str]:
    """Look at all of them in one language, as wide as one screen; gives what falls short."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    fallen: list[str] = []

    def look(page: Page, status: int, wanted: int) -> None:
        found = [*faults(page), *([f"is {status}, not {wanted}"] if status != wanted else [])]
        fallen.extend(f"{lang}, {width} px, {page.url}: {fault}" for fault in found)

    page, base = context.new_page(), f"{address}{lang}"
    page.goto(f"{base}/projects")
    project = page.get_by_role("link", name=NAME).evaluate("one => one.href")
    places = {f"{base}/{path}": status for path, status in ADDRESSES.items()}
    places |= {f"{project}{path}": status for path, status in OF_A_PROJECT.items()}
    for place, wanted in places.items():
        look(page, opened(page, place), wanted)
    for situation, wanted in SITUATIONS.items():
        look(page, situation(page, base, project), wanted)
    with damaged(folder):
        look(page, opened(page, project), 409)
        look(page, opened(page, f"{base}/projects"), 200)
    context.close()
    print(f"beside the usual way, {lang}, {width} px: {len(places) + len(SITUATIONS) + 2} pages")
    return fallen


def lay_out(examples: Path, folder: Path) -> None:
    """Copy the examples, and name the project that is looked at."""
    shutil.copytree(examples, folder)
    file = manifest(folder)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["project"]["name"] = NAME
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def manifest(folder: Path) -> Path:
    """Give the manifest of the project that is looked at."""
    return folder / "guideline-chatbot" / "project.json"


@contextmanager
def damaged(folder: Path) -> Iterator[None]:
    """Let the manifest be unreadable for a while."""
    file = manifest(folder)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    yield
    file.write_bytes(whole)


def opened(page: Page, address: str) -> int:
    """Open a page; gives its status."""
    answer = page.goto(address)
    return answer.status if answer else 0


def sent(page: Page, button: Locator) -> int:
    """Send a form as it is, though the browser would ask for more; gives the status."""
    page.evaluate("document.querySelectorAll('form').forEach(one => one.noValidate = true)")
    with page.expect_navigation() as coming:
        button.click()
    return coming.value.status if coming.value else 0


def unnamed(page: Page, base: str, project: str) -> int:
    """Start a project without a name."""
    opened(page, f"{base}/projects/new")
    return sent(page, page.locator('main button[type="submit"]'))


def outdated(page: Page, base: str, project: str) -> int:
    """Send a form that another run of aiguide gave out."""
    opened(page, f"{base}/")
    page.locator("#text").fill("Sorting waste")
    page.locator('[name="secret"]').first.evaluate("one => one.value = 'of another run'")
    return sent(page, page.locator("form.ask button"))


def no_workbook(page: Page, base: str, project: str) -> int:
    """Give something else as the checklist that was filled in."""
    opened(page, f"{project}/import")
    text = {"name": "a.xlsx", "mimeType": "text/plain", "buffer": b"no workbook"}
    page.locator("#file").set_input_files(text)
    return sent(page, page.locator('main button[type="submit"]'))


def lacking(page: Page, base: str, project: str) -> int:
    """Say that an item does not apply, and not why."""
    opened(page, f"{project}/items/planning.purpose")
    page.locator("#status-not-applicable").check()
    page.locator("#reason").fill("")
    return sent(page, page.locator('button[value="list"]'))


def overtaken(page: Page, base: str, project: str) -> int:
    """Answer an item that somebody else has answered meanwhile."""
    item = f"{project}/items/planning.purpose"
    opened(page, item)
    other = page.context.new_page()
    opened(other, item)
    for one, note in ((other, f"theirs, {base}, {page.viewport_size}"), (page, "mine")):
        one.locator("#status-in-progress").check()
        one.locator("#note").fill(note)
    sent(other, other.locator('button[value="list"]'))
    other.close()
    return sent(page, page.locator('button[value="list"]'))


SITUATIONS: dict[Callable[[Page, str, str], int], int] = {
    unnamed: 422,
    outdated: 403,
    no_workbook: 422,
    lacking: 422,
    overtaken: 409,
}
