"""The templates of reports: each gathers a project's data (`view`), and lays it out (`paper`)."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from aiguide.core.checklist import Checklist
from aiguide.core.paper import Paper
from aiguide.core.verdict import Judgement
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class Template:
    """What a reader gets: `view` gathers the data (its JSON), `paper` lays it out."""

    view: Callable[[Checklist, Judgement, Words, str], Any]
    paper: Callable[[Any, Words], Paper]


def template(name: str) -> Template:
    """Load a template, a module of this folder by its name; the others are not imported."""
    module = import_module(f"aiguide.core.papers.{name}")
    return Template(module.view, module.paper)
