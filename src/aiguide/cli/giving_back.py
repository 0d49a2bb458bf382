"""Giving back, in a walk, what a person recorded and is gone from the file, or letting it go."""

from dataclasses import dataclass

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.prompts import Cancelled, sure
from aiguide.cli.session import stamp
from aiguide.cli.vanished import Vanished
from aiguide.core.errors import AiguideError
from aiguide.core.words import Words
from aiguide.usecases.giving_back import give_back
from aiguide.usecases.projects import Opened


@dataclass(frozen=True, slots=True)
class GivingBack:
    """Records again what has `vanished`, signed as `by` says where an option does."""

    words: Words
    by: str
    vanished: Vanished

    def give_back(self, opened: Opened) -> tuple[Opened, str]:
        """Record again what is gone and nobody has said anew; gives the project then, and says so.

        What could not be recorded is still gone, and the end of the walk tells it.
        """
        gone = self.vanished.gone(opened)
        try:
            fresh, made = give_back(opened, gone.free(), stamp(self.by))
        except AiguideError as error:
            show_at_prompt(self.words, error)
            return opened, ""
        self.vanished.made += made.values()
        self.vanished.settle([gone.latest[part] for part in made])
        left = self.vanished.gone(fresh)
        if not (made or left.parts()):
            return fresh, self.words.say("check.given-back.none")
        free, still, told = gone.free(), left.parts(), list[str]()
        back = {part: step for part, step in free.items() if part not in {**made, **still}}
        for key, parts in (("check.given-back", made), ("check.given-back.there", back)):
            if parts:
                told.append(self.words.say(key, count=len(parts), items=left.named(parts)))
        if not still.keys() <= gone.parts().keys():  # another file has come meanwhile
            told.append(left.counted("check.lacking", anew=True))
        return fresh, "\n".join(filter(None, (*told, left.how_to_record())))

    def dismissed(self, opened: Opened) -> bool:
        """Let what is gone be gone, each as the person sees it and says so. False leaves."""
        gone = self.vanished.gone(opened)
        for part, step in gone.parts().items():
            named = self.words.say("check.vanished.one", item=gone.named({part: step}))
            console.say(layout.indented(named, 2, layout.columns()))
            if command := gone.command(part):
                console.say(f"    {command}")
            try:
                if sure(self.words, "prompt.forget"):
                    self.vanished.let_go(part)
            except Cancelled:
                return False
        return True
