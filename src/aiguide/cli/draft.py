"""An answer as far as it was typed: the options that record it, and what is left to be saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aiguide.cli.as_commands import pasteable
from aiguide.cli.prompts import CLEAR
from aiguide.core.answers import OF_ONE_STATUS, SETTLING, Said, answered
from aiguide.core.evidence import EvidenceState
from aiguide.core.project import Answer, Evidence, EvidenceKind, Status
from aiguide.core.words import Words

EVIDENCE = "evidence"
BESIDE = " / "  # between a text and what was typed beside it


@dataclass(slots=True)
class Draft:
    """What was typed of an answer over an `earlier` one, which a `status` is given, or none.

    `bad` is the earlier evidence that no longer shows what was recorded. `typed` maps fields to
    their texts, an empty one clearing what stood; `removed` are the targets of evidence to go.
    `accepted` maps the fields that were left as they were shown to what was shown. `half` are the
    fields whose text was cut off and that nobody has confirmed since: it is offered, and not said.
    """

    earlier: Answer
    status: Status | None
    bad: Sequence[EvidenceState] = ()
    typed: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    accepted: dict[str, str] = field(default_factory=dict)
    half: frozenset[str] = frozenset()

    @property
    def given(self) -> dict[str, str]:
        """Map fields to what was typed of them in full."""
        return {name: text for name, text in self.typed.items() if name not in self.half}

    def options(self) -> list[str]:
        """Write what was said so far as options of `aiguide answer`; "" takes away what stood."""
        texts = self._texts()
        said = [name for name, text in texts.items() if text or getattr(self.earlier, name)]
        evidence = ["", *(one.target for one in self.staying())] if self.removed else []
        evidence += filter(None, [self.given.get(EVIDENCE)])
        options = [(name, texts[name]) for name in said] + [(EVIDENCE, one) for one in evidence]
        return [f"--{name} {pasteable(text)}" for name, text in options]

    def told(self, words: Words) -> list[str]:
        """Say what was said so far, field by field, as it is typed."""
        texts = {name: text or CLEAR for name, text in self._texts().items()}
        evidence = [f"{CLEAR} {one}" for one in self.removed]
        evidence += filter(None, [self.given.get(EVIDENCE)])
        said = [*texts.items(), *((EVIDENCE, one) for one in evidence)]
        return [f"{words.say(f'answer.{name}')}: {text}" for name, text in said]

    @property
    def is_exact(self) -> bool:
        """Tell whether its options say it exactly: evidence named anew is looked at anew."""
        bad = [one.evidence for one in self.bad]
        stays = self.staying() if self.removed else ()
        return not any(one in bad or one.kind is EvidenceKind.NOTE for one in stays)

    @property
    def replaces(self) -> bool:
        """Tell whether it takes the place of what a settled answer says."""
        was = self.earlier
        texts = ((getattr(was, name), text) for name, text in self._texts().items())
        is_rewritten = any(old and old not in text for old, text in texts)
        is_other = self.status not in (None, was.status)
        return was.status in SETTLING and (is_other or is_rewritten)

    def news(self) -> "Draft":
        """Give what was typed of it and does not stand, but for what was cleared or taken off."""
        typed = {n: t for n, t in self.typed.items() if t and t != getattr(self.earlier, n)}
        return replace(self, typed=typed, removed=())

    def over(self, stands: Answer) -> "Draft":
        """Give it as said over what stands by now: what was accepted and is gone is said, too."""
        gone = {n: text for n, text in self.accepted.items() if text != getattr(stands, n)}
        return replace(self, earlier=stands, typed={**gone, **self.typed})

    def would_be(self) -> Answer:
        """Give the answer that what was typed so far would make."""
        return answered(self.earlier, Said(self.status, **self._texts()), "")

    def for_status(self, status: Status | None) -> dict[str, str]:
        """Give what was typed so far and can go with that status, too; None leaves it."""
        bound = () if status in (None, self.status) else OF_ONE_STATUS
        return {name: text for name, text in self.typed.items() if name not in bound}

    def beside(self, later: "Draft") -> "Draft":
        """Give what is to be saved of this answer and of a later one to the same item."""
        if later.status is not None:
            return later
        return replace(later, status=self.status, removed=later.removed or self.removed)

    def left_after(self, saved: Said, names: Sequence[str], stands: Answer) -> "Draft | None":
        """Give what is still to be saved of it once other fields, or another status, are."""
        status = self.status if saved.status is None else None
        typed = {n: text for n, text in self.for_status(saved.status).items() if n not in names}
        removed = () if EVIDENCE in names else self.removed
        left = replace(self, earlier=stands, status=status, typed=typed, removed=removed)
        return left if status or left.options() else None

    def staying(self) -> tuple[Evidence, ...]:
        """Give the earlier evidence that is not to go."""
        return tuple(one for one in self.earlier.evidence if one.target not in self.removed)

    def _texts(self) -> dict[str, Any]:
        return {name: text for name, text in self.given.items() if name != EVIDENCE}
