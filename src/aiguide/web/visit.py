"""One request, as the pages see it: the site, the language, what a form said; and the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from aiguide.core import wording
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.text import LANGS, Lang
from aiguide.core.words import Words
from aiguide.usecases import guidelines
from aiguide.web import templating
from aiguide.web.site import Site

SECRET = "secret"  # of this run: what a form of ours has with it
LANGUAGE = "language"  # of a form that is sent to be read in another one
FACE = "web"  # where errors are said: nobody here has a terminal
PLACES = ("cells", "projects", "guideline", "glossary")
PROJECT_PLACES = ("checklist", "facts", "evidence", "history", "reports")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request; `words` speak its language, `form` is what was sent with a POST."""

    site: Site
    request: Request
    lang: Lang
    form: FormData

    @property
    def words(self) -> Words:
        """Give the catalogue, spoken in the language of the page and said of the site's pack."""
        return self.words_of(self.site.pack)

    def words_of(self, pack: Guideline) -> Words:
        """Give the catalogue as it is said of a pack."""
        return self.site.words[self.lang].of_pack(pack.words)

    def pack_asked(self) -> Guideline:
        """Give the pack that the address asks for, else the site's.

        Raises: AiguideError `unknown-guideline`, and as `guidelines.load_pack` does.
        """
        asked = self.asked("pack")
        if not asked:
            return self.site.pack
        return guidelines.load_pack(asked, self.site.folder.folder)[0]

    def part(self, name: str) -> str:
        """Give a part of the path, such as `cell`."""
        return str(self.request.path_params[name])

    def asked(self, name: str) -> str:
        """Give what the address asks for after its `?`; empty where it does not."""
        return self.request.query_params.get(name, "")

    def all_asked(self, name: str) -> tuple[str, ...]:
        """Give all that the address asks for under one name, but for what is empty."""
        return tuple(filter(None, self.request.query_params.getlist(name)))

    def said(self, name: str) -> str:
        """Give a text of the form, its line ends as files have them; empty where there is none."""
        return next(iter(self.all_said(name)), "").strip()

    def all_said(self, name: str) -> tuple[str, ...]:
        """Give all texts of the form under one name, but for what is empty."""
        given = (one for one in self.form.getlist(name) if isinstance(one, str) and one)
        return tuple(one.replace("\r\n", "\n") for one in given)

    def texts(self) -> list[tuple[str, str]]:
        """Give all texts of the form, as they were sent, but for what says how to take it."""
        return [
            (name, text)
            for name, text in self.form.multi_items()
            if isinstance(text, str) and name not in (LANGUAGE, SECRET)
        ]

    def require_meant(self) -> None:
        """Insist that a form was sent to be recorded, not to be read in another language.

        Raises: AiguideError `language-changed`.
        """
        if self.said(LANGUAGE):
            raise AiguideError("language-changed")

    def upload(self, name: str) -> UploadFile | None:
        """Give a file of the form; None where none was chosen."""
        given = self.form.get(name)
        return given if isinstance(given, UploadFile) and given.filename else None

    def path(self, *parts: str, **query: Any) -> str:
        """Give the address of a page in this language; `parts` are quoted."""
        path = "/".join((f"/{self.lang}", *(quote(part, safe="") for part in parts)))
        wanted = {name: value for name, value in query.items() if value not in ("", None)}
        return f"{path}?{urlencode(wanted, doseq=True)}" if wanted else path

    def again(self, **changes: Any) -> str:
        """Give the address of this page with something asked for otherwise; empty: not at all."""
        asked = self.request.query_params.multi_items()
        wanted = [(name, one) for name, one in asked if name not in changes and one]
        wanted += [(name, str(one)) for name, one in changes.items() if one not in ("", None)]
        path = quote(self.request.url.path)
        return f"{path}?{urlencode(wanted)}" if wanted else path

    def other_languages(self) -> Iterable[tuple[Lang, str]]:
        """Give each other language with the address of this page in it."""
        rest = self.request.url.path.removeprefix(f"/{self.lang}")
        query = self.request.url.query if self.request.method == "GET" else ""
        for lang in LANGS:
            if lang != self.lang:
                yield lang, quote(f"/{lang}{rest}") + (f"?{query}" if query else "")

    def places(self) -> Iterable[tuple[str, str]]:
        """Give the main pages: name and address."""
        yield "ask", f"/{self.lang}/"
        for name in PLACES:
            yield name, self.path(name)

    def is_in(self, address: str) -> bool:
        """Tell whether this page is the one of an address, or one below it."""
        here = self.request.url.path
        return here == address or (not address.endswith("/") and here.startswith(f"{address}/"))

    def project_places(self, key: str) -> Iterable[tuple[str, str]]:
        """Give the pages of a project: name and address."""
        yield "state", self.path("projects", key)
        for name in PROJECT_PLACES:
            yield name, self.path("projects", key, name)

    def page(
        self,
        name: str,
        *,
        status: int = 200,
        pack: Guideline | None = None,
        words: Words | None = None,
        **values: Any,
    ) -> Response:
        """Answer with a page about a `pack`, the site's if none is given, and in its words.

        `words` where it is about several, which say some things otherwise.
        """
        about = pack or self.site.pack
        spoken = words or self.words_of(about)
        given: Mapping[str, Any] = {
            "visit": self,
            "pack": about,
            "pack_line": wording.pack_line(self.words_of(about), about),
            "url": self.path,
            "say": spoken.say,
            "words": spoken,
            "secret": self.site.secret,
            "saved": "",
            "dropped": 0,
            **values,
        }
        # a half character, which only a file's name can hold, is shown as its escape
        content = templating.render(name, **given).encode(errors="backslashreplace")
        return HTMLResponse(content, status)

    def go(self, path: str) -> Response:
        """Answer with another page to go to, after something was done."""
        return RedirectResponse(path, 303)
