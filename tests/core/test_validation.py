"""A run goes file by file: what is told of one does not wait for the next."""

from collections.abc import Iterator

import pytest

from aiguide import render
from aiguide.core.findings import Finding
from aiguide.core.validation import Choice, Examined, Run
from aiguide.usecases.catalogue import load_words
from aiguide.usecases.validating import FINDINGS_FORMATS


@pytest.mark.parametrize("format", [one for one in FINDINGS_FORMATS if one not in ("text", "md")])
def test_a_finding_is_written_before_the_next_file_is_examined(format: str) -> None:
    looked_at: list[str] = []

    def examined() -> Iterator[Examined]:
        for name in ("first", "second"):
            looked_at.append(name)
            finding = Finding("AG501", {"command": "x"}, ("project",), name, 1, 1)
            yield Examined(name, (finding,), items=1)

    run = Run(load_words("en"), examined(), Choice())
    pieces = render.findings(format)(run)
    assert any("first" in piece for piece in iter(lambda: next(pieces), None) if "AG501" in piece)
    assert looked_at == ["first"]


def test_totals_count_what_was_told_and_what_was_not() -> None:
    found = tuple(Finding(code, {}, (), "f", 1, 1) for code in ("AG105", "AG501", "AG501"))
    examined = [Examined("f", found, 3), Examined("g", (), 4)]
    run = Run(load_words("en"), examined, Choice(ignore=("AG5",)))
    assert [len(view.findings) for view in run] == [1, 0]
    totals = run.totals
    assert (totals.files, totals.items, totals.errors, totals.warnings) == (2, 7, 1, 0)
    assert totals.left_out == {"AG501": 2}
    assert run.failed
