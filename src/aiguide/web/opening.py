"""The project that an address names, with all that its pages show of it."""

from dataclasses import dataclass

from aiguide.core.checklist import Checklist
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.project import Project
from aiguide.core.verdict import Judgement
from aiguide.core.words import Words
from aiguide.usecases import projects
from aiguide.usecases.projects import Opened
from aiguide.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Case:
    """A project as of today; `words` are said of its pack, `key` stands for it in addresses."""

    key: str
    opened: Opened
    checklist: Checklist
    judgement: Judgement
    words: Words

    @property
    def project(self) -> Project:
        """Give the project."""
        return self.opened.project

    @property
    def guideline(self) -> Guideline:
        """Give the guideline that it is checked against."""
        return self.opened.guideline


def opened(visit: Visit) -> Case:
    """Open the project of an address.

    Raises: AiguideError `no-project`; UnreadableError with all that is wrong with it.
    """
    key = visit.part("project")
    found = projects.open_project(visit.site.folder.find(key))
    checklist = found.inspected(visit.site.today())
    words = visit.words_of(found.guideline)
    return Case(key, found, checklist, found.judge(checklist), words)


def known_phase(case: Case, given: str) -> str:
    """Give the id of a phase. Raises: AiguideError `unknown-phase`."""
    known = [phase.id for phase in case.guideline.phases]
    if given not in known:
        raise AiguideError("unknown-phase", id=given, near=None, known=known)
    return given
