"""The project that an address names, with all that its pages show of it."""

from dataclasses import dataclass
from functools import cached_property

from aiguide.core import checklist as checklists
from aiguide.core.checklist import Checklist
from aiguide.core.errors import AiguideError
from aiguide.core.findings import Titled
from aiguide.core.guideline import Guideline
from aiguide.core.project import Project
from aiguide.core.text import Lang
from aiguide.core.verdict import Judgement
from aiguide.core.words import Words
from aiguide.usecases import project_evidence, projects
from aiguide.usecases.projects import Opened
from aiguide.web.site import Site
from aiguide.web.visit import Visit


@dataclass(frozen=True)
class Case:
    """A project as of `today`; `words` are said of its pack, `key` stands for it in addresses.

    What asks for more than reading the manifest is made when it is asked for.
    """

    key: str
    opened: Opened
    words: Words
    today: str

    @cached_property
    def checklist(self) -> Checklist:
        """Build the checklist, without a look at the files that are its evidence."""
        return self.opened.checklist(self.today)

    @cached_property
    def inspected(self) -> Checklist:
        """Build the checklist, and look at all of them."""
        return checklists.inspected(self.checklist, project_evidence.states(self.opened))

    @cached_property
    def judgement(self) -> Judgement:
        """Judge the project."""
        return self.opened.judge(self.checklist)

    @property
    def project(self) -> Project:
        """Give the project."""
        return self.opened.project

    @property
    def guideline(self) -> Guideline:
        """Give the guideline that it is checked against."""
        return self.opened.guideline


def opened(visit: Visit) -> Case:
    """Open the project of an address. Raises: as `open_case` does."""
    return open_case(visit.site, visit.lang, visit.part("project"))


def open_case(site: Site, lang: Lang, key: str) -> Case:
    """Open the project of a key.

    Raises: AiguideError `no-project`; UnreadableError with all that is wrong with it.
    """
    found = projects.open_project(site.folder.find(key))
    words = site.words[lang].of_pack(found.guideline.words)
    return Case(key, found, words, site.today())


def known_phase(case: Case, given: str) -> str:
    """Give the id of a phase. Raises: AiguideError `unknown-phase`."""
    phases = case.guideline.phases
    if given not in [phase.id for phase in phases]:
        known = [Titled(phase.id, phase.title) for phase in phases]
        raise AiguideError("unknown-phase", id=given, near=None, known=known)
    return given
