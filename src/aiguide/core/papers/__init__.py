"""The templates of reports: each makes a view of a project, and lays it out as a paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiguide.core import report
from aiguide.core.checklist import Checklist
from aiguide.core.paper import Paper
from aiguide.core.papers import compliance, procurement, summary, transparency
from aiguide.core.verdict import Judgement
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class Template:
    """What a reader gets: `view` gathers the data (its JSON), `paper` lays it out."""

    view: Callable[[Checklist, Judgement, Words, str], Any]
    paper: Callable[[Any, Words], Paper]


TEMPLATES = {
    "compliance": Template(report.build, compliance.paper),
    "summary": Template(report.build, summary.paper),
    "procurement": Template(procurement.view, procurement.paper),
    "transparency": Template(transparency.view, transparency.paper),
}
