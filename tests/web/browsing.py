"""What a person does with the pages: open a project's item, fill its form in, send it."""

import re
from html import unescape
from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from aiguide.store import projects
from aiguide.web.site import Site

CHATBOT = "guideline-chatbot"
PURPOSE = "planning.purpose"


def key(site: Site, name: str = CHATBOT) -> str:
    """Give the key of the project in the folder `name`."""
    return next(key for key, path in site.folder.listed().items() if path.parent.name == name)


def item(site: Site, id: str = PURPOSE, lang: str = "ja") -> str:
    """Give the address of an item of the chatbot's."""
    return f"/{lang}/projects/{key(site)}/items/{id}"


def field(page: str, name: str) -> str:
    """Give what stands in a field of a page's main part, as a browser would send it."""
    page = page.partition("<main")[2]
    box = re.search(rf'<textarea[^>]* name="{re.escape(name)}"[^>]*>\n(.*?)</textarea>', page, re.S)
    line = re.search(rf'<input[^>]* name="{re.escape(name)}"[^>]* value="([^"]*)"', page)
    found = box or line
    assert found, f"no field {name}"
    return unescape(found.group(1))


def send(client: TestClient, site: Site, path: str, **said: Any) -> Response:
    """Send a form of ours."""
    return client.post(path, data={"secret": site.secret, **said})


def answer(client: TestClient, site: Site, *, files: Any = None, **said: Any) -> Response:
    """Answer the chatbot's first item after opening it; `said` is over what its form says."""
    path = item(site)
    seen = field(client.get(path).text, "seen")
    filled = {"secret": site.secret, "seen": seen, "status": "in-progress", "note": "書きかけ"}
    return client.post(path, data=filled | said, files=files)


def notes(folder: Path, name: str = CHATBOT, id: str = PURPOSE) -> list[str]:
    """Give all notes that were ever recorded of an item, in order."""
    history = projects.read(folder / name / "project.json").project.history
    return [
        entry.after.get("note", "")
        for entry in history
        if entry.subject == id and isinstance(entry.after, dict)
    ]
