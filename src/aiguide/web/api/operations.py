"""What an operation of the API is, and what one call of it brings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.json_text import json_text
from aiguide.core.suggest import near, one_of
from aiguide.core.text import LANGS
from aiguide.core.words import Words
from aiguide.web.opening import Case, open_case
from aiguide.web.site import Site


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of the address after its `?`; `known` are its values, where not any will do."""

    name: str
    known: tuple[str, ...] = ()
    usual: str = ""
    needed: bool = False


Found = TypeVar("Found")
_TAG = re.compile(r'(?<!W/)"([^"]*)"')
LANG = Parameter("lang", LANGS)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `data` is the JSON and `sent` the file that came; `words` speak its language.

    They are said of the site's pack, as those of a `case` are of the project's.
    """

    site: Site
    request: Request
    words: Words
    asked: dict[str, str]
    data: Any = None
    sent: BinaryIO | None = None

    @property
    def pack(self) -> Guideline:
        """Give the guideline that calls without a project are about."""
        return self.site.pack

    def part(self, name: str) -> str:
        """Give a part of the path, such as `cell`."""
        return str(self.request.path_params[name])

    def case(self) -> Case:
        """Open the project of the path. Raises: as `open_case` does."""
        return open_case(self.site, self.words.lang, self.part("project"))


@dataclass(frozen=True, slots=True)
class Operation:
    """What answers a method of a path.

    `takes` names the schema of its body, or is `FILE`; `gives` the schemas of its answer, a part of
    one after `#`; `formats` are what it gives besides JSON. `marks`: it gives and heeds ETags.
    """

    method: str
    path: str
    name: str
    run: Callable[[Call], Response]
    gives: tuple[str, ...]
    takes: str = ""
    asks: tuple[Parameter, ...] = ()
    formats: tuple[str, ...] = ()
    status: int = 200
    marks: bool = False

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Give all that may stand after the `?` of its address."""
        return (LANG, *self.asks)


FILE = "file"


class NotThere(AiguideError):
    """What the path itself names is not there; the same error of a body or a query is another."""


def at_path(find: Callable[[Guideline, str], Found], pack: Guideline, given: str) -> Found:
    """Find what a path names. Raises: NotThere."""
    try:
        return find(pack, given)
    except AiguideError as error:
        raise NotThere(error.code, **error.args_said) from None


def asked_of(operation: Operation, request: Request) -> dict[str, str]:
    """Read what stands after the `?`. Raises: AiguideError where it cannot be meant."""
    known = {one.name: one for one in operation.parameters}
    given = {one.name: one.usual for one in operation.parameters}
    query = request.query_params
    for name in query:
        if name not in known:
            close = near(name, known)
            raise AiguideError("unknown-parameter", id=name, near=close, known=list(known))
        if len(query.getlist(name)) > 1:
            raise AiguideError("parameter-twice", option=name)
        values = known[name].known
        given[name] = one_of(name, query[name], values) if values else query[name]
    for one in operation.asks:
        if one.needed and not given[one.name].strip():
            raise AiguideError("parameter-needed", option=one.name)
    return given


def tags(named: str) -> list[str]:
    """Give the ETags that a header names; a weak one is no proof."""
    return _TAG.findall(named)


def reply(data: Any, status: int = 200, type: str = "application/json", **headers: str) -> Response:
    """Answer with JSON. A half character, which only a file's name can hold, is its escape."""
    content = json_text(data).encode()
    return Response(content, status, headers, type)
