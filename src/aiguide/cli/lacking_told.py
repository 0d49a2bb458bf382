"""What a person recorded and a file lacks, for an older one may be in its place: kept, and told."""

from typing import TYPE_CHECKING

from aiguide.cli import console
from aiguide.cli.as_commands import signed
from aiguide.cli.options import command
from aiguide.cli.session import settings_folder, stamp
from aiguide.core.words import Worded, Words

if TYPE_CHECKING:
    from aiguide.core.lost import Lost
    from aiguide.usecases.projects import Opened


def warn_of_lacking(words: Words, opened: "Opened", by: str) -> None:
    """Say on stderr how many answers of theirs are lacking to whoever is there, and what to do."""
    project, name = opened.project, stamp(by).by
    lost = lacking(opened, name)
    words_lost = lost.latest().values()
    anew = [word for word in words_lost if lost.is_anew(project, word, name)]
    again = Worded(command("check", opened.path, *signed(by)))
    for key, count in (("lacking", len(words_lost) - len(anew)), ("lacking.anew", len(anew))):
        if count:
            console.talk(console.laid_out(words.say(key, count=count, command=again), 0))


def lacking(opened: "Opened", name: str) -> "Lost":
    """Give what somebody recorded and a file lacks."""
    from aiguide.usecases.remembered import Remembered

    return Remembered(settings_folder(), opened.path, name).lacking(opened.project)


def remember(opened: "Opened", by: str) -> None:
    """Keep what whoever is there just recorded, to give it back if an older file lacks it."""
    from aiguide.usecases.remembered import Remembered

    Remembered(settings_folder(), opened.path, stamp(by).by).keep(opened.project)
