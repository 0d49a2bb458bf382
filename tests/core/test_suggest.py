"""What somebody probably meant: near names only, for a far one leads astray."""

import pytest

from aiguide.core.suggest import near

ITEMS = (
    "planning.purpose",
    "planning.bpr",
    "planning.tool-selection",
    "requirements.security",
    "operation.logs",
    "design.logs",
    "リスクの評価",
)
WORDS = ("open", "done", "in-progress", "not-applicable", "classify", "check", "--format", "--from")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("planning.purpos", "planning.purpose"),
        ("Planing.Purpose", "planning.purpose"),
        ("purpose", "planning.purpose"),
        ("purpsoe", "planning.purpose"),
        ("planningpurpose", "planning.purpose"),
        ("planning.tool", "planning.tool-selection"),
        ("リスク評価", "リスクの評価"),
        ("リスク", "リスクの評価"),
        ("tool", "planning.tool-selection"),
        ("planning.brp", "planning.bpr"),
        ("design.lgos", "design.logs"),
        ("brp", "planning.bpr"),
    ],
)
def test_a_near_item_is_offered(given: str, meant: str) -> None:
    assert near(given, ITEMS) == meant


def test_an_item_is_nearer_to_an_item_than_to_its_phase() -> None:
    known = ("planning", "operation", *ITEMS)
    assert near("planning.brp", known) == "planning.bpr"
    assert near("planning.nosuch", known) is None
    assert near("planing", known) == "planning"


@pytest.mark.parametrize(
    "given",
    ["planning", "planing", "planning.foo", "planning.", "budget", "運用", "p", "", "."],
)
def test_an_item_that_only_shares_its_phase_is_not(given: str) -> None:
    assert near(given, ITEMS) is None


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("oepn", "open"),
        ("chekc", "check"),
        ("not", "not-applicable"),
        ("--formt", "--format"),
        ("finished", None),
        ("delete", None),
        ("n", None),
        ("--file", None),
    ],
)
def test_so_it_is_with_words_and_options(given: str, meant: str | None) -> None:
    assert near(given, WORDS) == meant
