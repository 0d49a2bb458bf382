"""What was being typed at a question of `init` when it was cut off: kept, told, offered again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aiguide.cli import layout
from aiguide.cli.as_commands import fact_options, set_command, signed
from aiguide.cli.interview import OPTIONS, REASON, TEXTS, Interview
from aiguide.cli.last_time import keep_untold, tell_untold
from aiguide.cli.options import command
from aiguide.cli.pausing import Pausing
from aiguide.cli.session import settings_folder, stamp
from aiguide.core.attestation import CLASSIFICATION, FACTS
from aiguide.core.project import Project
from aiguide.core.words import Words
from aiguide.usecases.untold import Told, Untold

# Where the history has what a question asks for: the subject of the step, and its field there.
AT = {**{question: (FACTS, question) for question in TEXTS}, REASON: (CLASSIFICATION, "reason")}


@dataclass(slots=True)
class HalfAnswered:
    """Looks after what was cut off of a project in `path` that `by` answers the questions of.

    `starting` are the options of the command that begins the project, where there is none yet,
    but for who does.
    """

    path: Path
    by: str
    starting: Sequence[str] = ()

    def is_told(self, words: Words) -> bool:
        """Say what was cut off last time; False where the person leaves."""
        return tell_untold(words, None, self._untold(), Pausing(words))

    def offer(self, interview: Interview) -> None:
        """Let it be there in [ ] at its question."""
        kept: dict[str, dict[str, str]] = {}
        for one in self._untold().kept():
            kept.setdefault(one.item, {}).update({} if one.key else one.typed)
        for question, (subject, name) in AT.items():
            if text := kept.get(subject, {}).get(name):
                interview.offered[question] = text

    def settle(self, interview: Interview) -> None:
        """Take it as told where its question was asked again and what was said is saved."""
        for subject, name in (AT[one] for one in interview.asked if one in AT):
            self._untold().settle(subject, "", (name,))

    def forget_recorded(self, project: Project) -> None:
        """Take it as told where somebody has answered that question since."""
        self._untold().forget_recorded(project)

    def keep(self, interview: Interview, unsaved: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Keep what is cut off now, and the facts that are `unsaved`, to be told next time.

        The commands say who it is, as those of `Unsaved.keep`.
        """
        who, told = stamp(self.by), list[Told]()
        named = replace(self, path=self.path.absolute(), by=who.by)
        if unsaved:
            said = layout.indented(interview.words.say("init.not-saved.rest"), 2, layout.columns())
            given = set_command(named.path, fact_options(unsaved), named.by)
            told.append(Told((said, f"    {given}")))
        for question, text in interview.half.items():
            subject, name = AT[question]
            lines = (*named.lines(interview),)
            told.append(Told(lines, item=subject, typed={name: text} if text else {}))
        keep_untold(self._untold(), told, who.at)

    def lines(self, interview: Interview) -> Iterator[str]:
        """Say that it is not saved; with the command, where there is a text."""
        for question, text in interview.half.items():
            field = interview.words.say(f"init.{OPTIONS[question]}")
            said = interview.words.say("init.half" if text else "init.half-lost", field=field)
            yield layout.indented(said, 2, layout.columns())
            if text:
                yield f"    {self._recording(interview)}"

    def _recording(self, interview: Interview) -> str:
        if self.starting:
            return command("init", self.path, *self.starting, *signed(self.by))
        return set_command(self.path, fact_options(interview.kept()), self.by)

    def _untold(self) -> Untold:
        return Untold(settings_folder(), self.path, stamp(self.by).by)
