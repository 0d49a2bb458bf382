"""Files put back in any order: a word of mine is there, or told as lacking, or was replaced."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from aiguide.cli.session import stamp
from aiguide.cli.vanished import Vanished
from aiguide.core import recording
from aiguide.core.lost import in_order
from aiguide.core.manifest import read_answer
from aiguide.core.project import Answer, Entry, Project, Status
from aiguide.core.stamp import Stamp
from aiguide.usecases import project_facts, projects
from aiguide.usecases.catalogue import load_words
from aiguide.usecases.projects import Opened
from aiguide.usecases.remembered import Remembered

ITEMS = st.sampled_from(["planning.purpose", "planning.tool-selection"])
COLLEAGUE = "佐々木"


def word_of(step: Entry) -> str:
    return str(step.after["note"])


@dataclass
class Mine:
    """A word of mine; it `stands` where I saw it last, or is `replaced` by a later one of mine.

    Where it was recorded `again`, it may be in a file that a colleague has changed before that.
    """

    item: str
    stands: bool = True
    replaced: bool = False
    again: bool = False


@dataclass
class Window:
    """Where I work: what is in the file by now, all that ever was, and what each word became."""

    opened: Opened
    files: list[Project] = field(default_factory=list)
    mine: dict[str, Mine] = field(default_factory=dict)

    @property
    def history(self) -> Sequence[Entry]:
        return self.opened.project.history

    def put(self, project: Project) -> None:
        self.opened = replace(self.opened, project=project)

    def save(self, project: Project) -> tuple[Entry, ...]:
        """Put a file with one more step in place, and give that."""
        step = project.history[-1]
        if step.by != COLLEAGUE:
            self.mine.setdefault(word_of(step), Mine(step.subject))
        self.put(project)
        self.files.append(project)
        return (step,)

    def words(self, item: str) -> list[tuple[str, str]]:
        """Give what the file says of an item, step by step, and who said it."""
        return [(word_of(one), one.by) for one in self.history if one.subject == item]

    def look(self) -> None:
        """See the file: what stands there, and what was said after it."""
        for word, mine in self.mine.items():
            steps = self.words(mine.item)
            last = max((at for at, (one, _) in enumerate(steps) if one == word), default=None)
            if last is not None:
                after = [by for _, by in steps[last + 1 :]]
                mine.stands = not after
                mine.replaced |= any(by != COLLEAGUE for by in after)

    def lacking(self) -> set[str]:
        """Give the words that are not in the file, and stood where I saw them last."""
        return {
            word
            for word, mine in self.mine.items()
            if mine.stands and not mine.replaced and word not in dict(self.words(mine.item))
        }


class BackAndForth(RuleBasedStateMachine):
    """I answer, by commands and in walks, a colleague does, and files are put back.

    Each answer says a word that no other says. A walk may be killed, or be left.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name, "project.json")
        began = Stamp(stamp("").by, "2026-11-23T00:00:00Z")
        project_facts.start(path, "tokyo-ai@2", {"id": "x", "name": "x"}, began)
        self.me, self.said = began.by, 0
        self.window = Window(projects.open_project(path))
        self.window.files.append(self.window.opened.project)
        self.remembered = Remembered(path.parent / "own", path, self.me)
        self.walk: Vanished | None = None

    def teardown(self) -> None:
        self.folder.cleanup()

    def answered(self, by: str, item: str, word: str) -> tuple[Entry, ...]:
        self.said += 1
        at = f"2026-11-24T00:{self.said // 60:02}:{self.said % 60:02}Z"
        given = Answer(Status.DONE, note=word or f"語{self.said:03}")
        project = self.window.opened.project
        return self.window.save(recording.answer(project, item, given, by=by, at=at))

    @precondition(lambda self: not self.walk)
    @rule(item=ITEMS)
    def i_answer(self, item: str) -> None:
        self.answered(self.me, item, "")
        self.window.look()
        self.remembered.keep(self.window.opened.project)

    @rule(item=ITEMS)
    def a_colleague_answers(self, item: str) -> None:
        self.answered(COLLEAGUE, item, "")

    @rule(which=st.integers(0, 20))
    def a_file_is_put_back(self, which: int) -> None:
        self.window.put(self.window.files[which % len(self.window.files)])

    @precondition(lambda self: not self.walk)
    @rule()
    def a_walk_begins(self) -> None:
        self.window.look()
        project = self.window.opened.project
        seen = (one.hash for one in project.history)
        order = in_order(self.remembered.order(project), seen)
        self.walk = Vanished(load_words("ja"), [], project.history, "", order)
        self.walk.lacking(self.window.opened, self.remembered.lost(project))
        self.keep(self.walk)

    def keep(self, walk: Vanished) -> None:
        """Keep what stands, and what is lacking: just that which is not there any more."""
        project = self.window.opened.project
        self.remembered.keep(project, walk.left(self.window.opened, self.remembered.lost(project)))
        told = {word_of(one.step) for one in self.remembered.lacking(project).words}
        lacking, mine = self.window.lacking(), self.window.mine
        assert lacking <= told
        assert {word for word in told if not mine[word].again} <= lacking

    @precondition(lambda self: self.walk)
    @rule()
    def the_walk_catches_up(self) -> None:
        assert self.walk
        self.walk.noticed(self.window.opened)
        self.window.look()
        self.keep(self.walk)

    @precondition(lambda self: self.walk)
    @rule(item=ITEMS)
    def i_answer_in_the_walk(self, item: str) -> None:
        assert self.walk
        self.walk.made += self.answered(self.me, item, "")
        self.the_walk_catches_up()

    @precondition(lambda self: self.walk)
    @rule()
    def i_record_again_what_is_lost(self) -> None:
        assert self.walk
        self.the_walk_catches_up()
        gone = self.walk.gone(self.window.opened)
        for part, step in gone.free().items():
            word = read_answer(step.after).note
            self.walk.made += self.answered(self.me, part[-1], word)
            self.walk.settle([gone.latest[part]])
            self.window.mine[word].again = True
        self.the_walk_catches_up()

    @precondition(lambda self: self.walk)
    @rule(is_killed=st.booleans())
    def the_walk_ends(self, is_killed: bool) -> None:
        if not is_killed:
            self.the_walk_catches_up()
        self.walk = None


TestBackAndForth = BackAndForth.TestCase
TestBackAndForth.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
