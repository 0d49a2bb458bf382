"""What all requests share: the folder of projects, who is here, the languages, the clock."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.stamp import Stamp
from aiguide.core.text import Lang
from aiguide.core.words import Words
from aiguide.usecases.portfolio import Kept
from aiguide.usecases.press import Press
from aiguide.usecases.project_folder import ProjectFolder


@dataclass(frozen=True, slots=True)
class Site:
    """One run of `aiguide serve`.

    `folder` finds the projects, `kept` is how they stood; `press` makes PDFs beside the pages.
    `words` maps each language to the catalogue spoken in it, `lang` is the one of whoever asks for
    none. `pack` and `policy` are of new projects and of the pages about the guideline. `stamp`
    gives who is here, and when; `today` the date in Tokyo. `own` is the folder of a person's own
    settings. `secret` is in every form of ours, and in no other: pages of other sites cannot read
    it.
    """

    folder: ProjectFolder
    words: Mapping[Lang, Words]
    lang: Lang
    pack: Guideline
    policy: ClassificationPolicy | None
    stamp: Callable[[], Stamp]
    today: Callable[[], str]
    own: Path
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    kept: Kept = field(default_factory=Kept)
    press: Press = field(default_factory=Press)
