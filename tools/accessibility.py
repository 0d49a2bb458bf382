"""Whether HTML pages can be used by everybody: axe-core in Chromium, on a phone too, and dark.

    python tools/accessibility.py CHROMIUM FILE...

Prints what axe-core finds, and every page that is wider than its screen; ends with 1 where there
is anything. `make accessibility` renders the reports and runs it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

WIDTHS = (390, 1280)  # CSS pixels: a phone, a desk
SCHEMES = ("light", "dark")
SHOWN = 3  # elements of each violation


def faults(page: Page) -> Iterator[str]:
    """Give what is wrong with a page as it is shown."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        yield f"wider than the screen by {wide} px"
    for found in Axe().run(page).response["violations"]:
        nodes = found["nodes"]
        yield f"{found['id']} ({found['impact']}): {found['help']}, {len(nodes)} times"
        yield from (f"  {' '.join(map(str, node['target']))}" for node in nodes[:SHOWN])


def check(page: Page, file: Path) -> int:
    """Look at a file at every width and in every colour scheme; gives how often it fell short."""
    page.goto(file.resolve().as_uri())
    bad = 0
    for width in WIDTHS:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found = list(faults(page))
            if found:
                bad += 1
                print(f"{file.name}, {width} px, {scheme}:", *found, sep="\n  ")
    return bad


def main(chromium: str, *files: str) -> int:
    """Check all pages; gives the exit code."""
    with sync_playwright() as playwright:
        # Chromium has no sandbox for root, as in a container; the pages are our own
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        bad = sum(check(page, Path(file)) for file in files)
        browser.close()
    views = len(files) * len(WIDTHS) * len(SCHEMES)
    print(f"{len(files)} pages in {views} views: {bad} with violations")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
