"""From an idea to a saved PDF in a real browser, as different people go there.

    python tools/browser_test.py CHROMIUM AIGUIDE

In Japanese and English, on a phone's screen and on a desk's: by mouse with axe-core on every page,
by keyboard alone with a focus that is always seen, and with scripts off; then axe-core on the pages
of `browser_looks.py`. Ends with 1 where a page falls short. `make browser-test` runs it.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from accessibility import faults
from browser_looks import lay_out, looks
from playwright.sync_api import Browser, Download, Locator, Page, sync_playwright

EXAMPLES = Path(__file__).parent.parent / "examples" / "valid"
WIDTHS = (390, 1280)  # CSS pixels: a phone, a desk
IDEAS = {
    "ja": "都民からのごみの分け方の質問に、生成AIのチャットボットが自動で答える",
    "en": "A chatbot answers questions of residents about how to sort their waste",
}
NAMES = {"ja": "ごみ分別案内", "en": "Waste sorting guide"}
NOTES = {"ja": "目的を課の会議で決めた。", "en": "The purpose was agreed on in the section."}
TABS = 400  # presses after which a thing counts as out of reach
SHOWS_FOCUS = """() => {
  const here = document.activeElement
  const style = getComputedStyle(here), box = here.getBoundingClientRect()
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
  const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0
  return here === document.body || (ring && seen) ? "" : here.outerHTML.slice(0, 120)
}"""
IS_FOCUSED = "one => one === document.activeElement"


@dataclass
class Person:
    """Somebody with a mouse: does things on a page and notes where it falls short."""

    page: Page
    fallen: list[str] = field(default_factory=list)
    visited: int = 0

    def listen(self) -> None:
        """Note what the browser complains of, such as something that the policy forbids."""
        self.page.on("console", lambda said: self.note(f"console: {said.text}"))

    def arrived(self) -> None:
        """Look at the page that has come."""
        self.visited += 1
        self.look()

    def look(self) -> None:
        """Ask axe-core, and whether the page fits its screen."""
        for fault in faults(self.page):
            self.note(fault)

    def note(self, fault: str) -> None:
        """Note where the page falls short."""
        self.fallen.append(f"{self.page.url}: {fault}")

    def write(self, box: Locator, text: str) -> None:
        """Fill a field in."""
        box.fill(text)

    def press(self, thing: Locator) -> None:
        """Press a link, a button, a heading that opens."""
        thing.click()

    def choose(self, option: Locator) -> None:
        """Choose one of several."""
        option.check()

    def go(self, thing: Locator) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.press(thing)
        self.arrived()

    def save(self, link: Locator) -> bytes:
        """Save a file."""
        with self.page.expect_download() as coming:
            self.press(link)
        download: Download = coming.value
        return Path(download.path()).read_bytes()


class WithoutScripts(Person):
    """Somebody whose browser runs no scripts; axe-core is one, so that it is not asked."""

    def look(self) -> None:
        """See that there is a page at all."""
        if not self.page.locator("main h1").count():
            self.note("no heading")


class AtTheKeyboard(Person):
    """Somebody without a mouse, who has to see where the focus is."""

    def look(self) -> None:
        """See that the page begins with a way past its head."""
        self.page.keyboard.press("Tab")
        if "skip" not in (self.page.locator(":focus").get_attribute("class") or ""):
            self.note("the first thing is not the link past the head")
        self.see()

    def see(self) -> None:
        """Note where the focus is not seen."""
        lost = self.page.evaluate(SHOWS_FOCUS)
        if lost:
            self.note(f"focus is not seen on {lost}")

    def reach(self, thing: Locator) -> None:
        """Go on with Tab until something has the focus."""
        for _ in range(TABS):
            if thing.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
            self.see()
        raise SystemExit(f"{self.page.url}: {thing} is out of reach")

    def write(self, box: Locator, text: str) -> None:
        """Type into a field."""
        self.reach(box)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, thing: Locator) -> None:
        """Press with Enter, which links, buttons and headings that open all take."""
        self.reach(thing)
        self.page.keyboard.press("Enter")

    def choose(self, option: Locator) -> None:
        """Choose with Space, or with arrows among options of which one has the focus already."""
        name = option.get_attribute("name")
        group = self.page.locator(f'input[name="{name}"]')
        entry = group.and_(self.page.locator(":checked"))
        self.reach(entry.first if entry.count() else group.first)
        for _ in range(group.count()):
            if option.evaluate(IS_FOCUSED):
                break
            self.page.keyboard.press("ArrowDown")
            self.see()
        self.page.keyboard.press("Space")
        if not option.is_checked():
            self.note(f"{name} cannot be chosen")


def walk(person: Person, address: str, lang: str, name: str, proof: Path) -> None:
    """Go from an idea to a project with an answer, and save the PDFs."""
    page = person.page
    page.goto(f"{address}{lang}/")
    person.arrived()
    person.write(page.locator("#text"), IDEAS[lang])
    person.go(page.locator("form.ask button"))
    while page.locator("form.questions").count():
        for question in page.locator("form.questions fieldset").all():
            person.choose(question.locator("input").first)
        person.go(page.locator("form.questions button"))
    cell = page.locator(".go-on a.button:not(.main)")
    person.go(cell)
    expect_pdf(person, page.locator('a[href$="card.pdf"]'))
    person.go(page.locator(".go-on a.button.main"))
    person.write(page.locator("#name"), name)
    person.choose(page.locator('input[type="radio"][value="yes"]').first)
    person.go(page.locator('main form button[type="submit"]'))
    answer(person, lang, proof)
    for place in ("facts", "history", "evidence", "reports"):
        person.go(page.locator(f'nav.tabs a[href$="/{place}"]'))
    expect_pdf(person, page.locator('main a[href$="/compliance.pdf"]'))
    for place in ("cells", "projects", "guideline", "glossary"):
        person.go(page.locator(f'nav.places a[href="/{lang}/{place}"]'))


def answer(person: Person, lang: str, proof: Path) -> None:
    """Answer the first item of the checklist, with a file as evidence."""
    page = person.page
    person.go(page.locator('nav.tabs a[href$="/checklist"]'))
    person.go(page.locator("ol.items a").first)
    person.choose(page.locator("#status-done"))
    person.write(page.locator("#note"), NOTES[lang])
    page.locator("#file").set_input_files(proof)  # the system's own window chooses it
    person.go(page.locator('button[value="list"]'))
    if not page.locator('p.done[role="status"]').count():
        person.note("it does not say that it saved")


def expect_pdf(person: Person, link: Locator) -> None:
    """Save a PDF and look at its first bytes and its size."""
    content = person.save(link)
    if not content.startswith(b"%PDF-") or len(content) < 10_000:
        person.note(f"{len(content)} bytes that are no PDF")


def run(browser: Browser, kind: type[Person], address: str, folder: Path, width: int) -> list[str]:
    """Let one person go there in both languages; gives where it fell short."""
    fallen, proof = [], folder.parent / "proof.txt"
    proof.write_text("proof", encoding="utf-8")
    for lang in IDEAS:
        begun = time.perf_counter()
        name = f"{NAMES[lang]} {kind.__name__} {width}"
        scripts = kind is not WithoutScripts
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        person = kind(context.new_page())
        person.listen()
        walk(person, address, lang, name, proof)
        context.close()
        if not is_recorded(folder / name, NOTES[lang]):
            person.note("the answer is not in the manifest")
        spent = time.perf_counter() - begun
        print(f"{kind.__name__}, {lang}, {width} px: {person.visited} pages, {spent:.0f} s")
        fallen += [f"{kind.__name__}, {lang}, {width} px: {fault}" for fault in person.fallen]
    return fallen


def is_recorded(project: Path, note: str) -> bool:
    """Tell whether an answer and its evidence are in a manifest."""
    answers = json.loads((project / "project.json").read_text(encoding="utf-8"))["answers"]
    found = [one for one in answers.values() if one.get("note") == note]
    return len(found) == 1 and (project / found[0]["evidence"][0]["target"]).is_file()


@contextmanager
def serving(aiguide: str, folder: Path) -> Iterator[str]:
    """Serve a folder; gives the address."""
    command = [aiguide, "serve", str(folder), "--no-open", "--port", "0", "--lang", "en"]
    with subprocess.Popen([*command, "--by", "browser"], stderr=subprocess.PIPE, text=True) as one:
        assert one.stderr
        said = one.stderr.readline()
        try:
            yield next(word for word in said.split() if word.startswith("http"))
        finally:
            one.terminate()


def main(chromium: str, aiguide: str) -> int:
    """Let everybody go there; gives the exit code."""
    fallen: list[str] = []
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made, "projects")
        folder.mkdir()
        # Chromium has no sandbox for root, as in a container; the pages are our own
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with serving(aiguide, folder) as address:
            for kind in (Person, AtTheKeyboard, WithoutScripts):
                for width in WIDTHS:
                    fallen += run(browser, kind, address, folder, width)
        examples = Path(made, "examples")
        lay_out(EXAMPLES, examples)
        with serving(aiguide, examples) as address:
            for lang in IDEAS:
                for width in WIDTHS:
                    fallen += looks(browser, address, examples, lang, width)
        browser.close()
    print(*fallen or ["no page fell short"], sep="\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
