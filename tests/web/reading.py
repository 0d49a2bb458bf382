"""What a person sees of a page, and does with it: its text, its links, its forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from httpx2 import Response
from starlette.testclient import TestClient


@dataclass
class Form:
    """A form as it stands on a page, with what is filled in."""

    method: str = "get"
    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """A page as it was answered."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.status = response.status_code
        self.html = response.text
        self.links: list[str] = []
        self.ids: list[str] = []
        self.forms: list[Form] = []
        self._texts: list[str] = []
        self._area = self._select = ""
        self.feed(response.text)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._texts).split())

    def form(self, action: str, method: str = "post") -> Form:
        found = [one for one in self.forms if (one.action, one.method) == (action, method)]
        assert found, f"no form to {action} among {[one.action for one in self.forms]}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.append(said["id"])
        if tag == "a":
            self.links.append(said.get("href", ""))
        elif tag == "form":
            self.forms.append(Form(said.get("method", "get"), said.get("action", "")))
        elif self.forms and tag in ("input", "textarea", "select", "option"):
            self._filled(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].values[self._area] = [data.strip()]
        self._texts.append(data)

    def _filled(self, tag: str, said: dict[str, str]) -> None:
        values, name = self.forms[-1].values, said.get("name", "")
        if tag == "textarea":
            self._area, values[name] = name, [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in said:
            values[self._select] = [said["value"]]
        elif tag == "input" and (
            said.get("type") not in ("radio", "checkbox", "file") or "checked" in said
        ):
            values.setdefault(name, []).append(said.get("value", ""))


def seen(client: TestClient, address: str) -> Page:
    return Page(client.get(address))


def sent(client: TestClient, form: Form, action: str = "", **changes: str) -> Response:
    """Send a form as it stands on its page, but for what is changed in it."""
    values = {**form.values, **{name: [value] for name, value in changes.items()}}
    return client.post(action or form.action, data=values)
