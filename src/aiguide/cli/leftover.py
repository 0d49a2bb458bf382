"""What was typed for items in a walk and is not recorded: kept to be offered again, or told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from aiguide.cli.draft import BESIDE, EVIDENCE, Draft
from aiguide.cli.form import KEYS, NOTE
from aiguide.core.answers import Said
from aiguide.core.attestation import mapping
from aiguide.core.project import Answer, Entry, Project, Status

KEY_FOR = {NOTE: "m", EVIDENCE: "e"}  # the key that asks for a field alone
At = tuple[str, str]  # an item and a key


@dataclass(slots=True)
class Leftover:
    """Keeps what was typed, by item or by item and key.

    `unsaved` are the answers that could not be saved, `put_by` those that the person went back
    from, or did not want in place of somebody else's, `taken_back` those that were recorded and
    undone, to mend a slip; `noted` are notes that were typed where keys are, `named` likewise
    evidence.
    """

    unsaved: dict[str, Draft] = field(default_factory=dict)
    put_by: dict[At, Draft] = field(default_factory=dict)
    taken_back: dict[At, Draft] = field(default_factory=dict)
    noted: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def offers(self, id: str, key: str) -> bool:
        """Tell whether something is kept that a key at an item offers again."""
        return (id, key) in self.put_by or id in self.unsaved

    def keep_note(self, id: str, text: str) -> None:
        """Keep a text that was typed where none is asked for: a key for a note has it in [ ]."""
        self.noted[id] = joined(self.noted.get(id, ""), text)

    def take_back(self, project: Project, step: Entry) -> bool:
        """Let what an answer said that was undone be there in [ ] after a key that asks for it.

        Of evidence that is one piece: a field takes no more. Tells whether there is any of it.
        """
        id, was = step.subject, mapping(step.after)
        stands = project.answers.get(id) or Answer(Status.OPEN)
        texts = {name: text for name, text in was.items() if isinstance(text, str)}
        said = {name: text for name, text in texts.items() if text != getattr(stands, name, "")}
        there = [one.target for one in stands.evidence]
        new = [one["target"] for one in was.get(EVIDENCE, ()) if one["target"] not in there]
        said |= {EVIDENCE: new[0]} if len(new) == 1 else {}
        for key, (status, names) in KEYS.items():
            typed = {name: said[name] for name in names if name in said}
            if typed and status in (None, texts.get("status")):
                self.taken_back[id, key] = Draft(stands, status, typed=typed)
        return any(at[0] == id for at in self.taken_back)

    def kept_by(self, project: Project) -> dict[At, Draft]:
        """Map items and keys to what was put by, and to what was typed where keys are.

        That is beside what was put by last for a key that asks for it, as the key offers it.
        """
        kept = dict(self.put_by)
        for id, text in self.named.items():
            at, draft = _beside(project, kept, id, EVIDENCE)
            kept[at] = replace(draft, typed={**draft.typed, EVIDENCE: text})
        for id, text in self.noted.items():
            at, draft = _beside(project, kept, id, NOTE)
            note = joined(draft.typed.get(NOTE, draft.earlier.note), text)
            kept[at] = replace(draft, typed={**draft.typed, NOTE: note})
        return kept

    def beside_unsaved(self, id: str, draft: Draft) -> Draft:
        """Give what is to be saved for an item with an answer that has not been saved yet."""
        kept = self.unsaved.get(id)
        return kept.beside(draft) if kept else draft

    def taken_up(self, id: str, key: str, standing: Answer) -> Draft:
        """Give what was typed for an item before and is to be offered again after a key.

        It is over the answer that stood then, which is the one `standing` where nothing is kept.
        """
        status, names = KEYS[key]
        again = self.taken_back.pop((id, key), None)
        kept = self.put_by.pop((id, key), None) or self.unsaved.get(id) or again
        typed = kept.for_status(status) if kept else {}
        if EVIDENCE in names and (named := self.named.pop(id, "")):
            typed = {**typed, EVIDENCE: named}
        if NOTE in names and (noted := self.noted.pop(id, "")):
            typed = {**typed, NOTE: joined(typed.get(NOTE, standing.note), noted)}
        earlier, half = (kept.earlier, kept.half) if kept else (standing, frozenset[str]())
        return Draft(earlier, status, typed=typed, half=half & typed.keys())

    def forget_saved(self, id: str, said: Said, names: tuple[str, ...], stands: Answer) -> None:
        """Keep of what could not be saved what has not been saved now, either.

        What was typed for a status is kept until one is given; what was undone and is said now,
        be it of another item, was a slip that is mended.
        """
        if said.status is not None:
            self.put_by = {at: one for at, one in self.put_by.items() if at[0] != id}
        texts = (said.note, said.reason, said.approver, said.assignee)
        there = {*texts, said.due, said.until, *(one.target for one in said.evidence)}
        self.taken_back = {
            at: one
            for at, one in self.taken_back.items()
            if at[0] != id and not there.issuperset(one.typed.values())
        }
        if any(self.noted.get(id, "") in text for text in texts if text):
            self.noted.pop(id, None)
        kept = self.unsaved.pop(id, None)
        if kept and (left := kept.left_after(said, names, stands)):
            self.unsaved[id] = left


def joined(note: str, more: str) -> str:
    """Give a note with what was typed beside it; once is enough."""
    return note if more in note else BESIDE.join(filter(None, (note, more)))


def _beside(project: Project, kept: Mapping[At, Draft], id: str, name: str) -> tuple[At, Draft]:
    """Give the item and key for which a field is kept, and what is kept for them so far."""
    stands = project.answers.get(id) or Answer(Status.OPEN)
    last = [
        (at, one)
        for at, one in kept.items()
        if at[0] == id and name in KEYS[at[1]][1]
        if name == NOTE or name not in one.typed  # of evidence a field takes one piece
    ]
    return last[-1] if last else ((id, KEY_FOR[name]), Draft(stands, None))
