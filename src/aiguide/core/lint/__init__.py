"""Judging a guideline pack as it is written: every rule, on the parts that fit their schema."""

from collections.abc import Callable, Iterator

from aiguide.core.lint import cells, clauses, items, names, texts, use
from aiguide.core.lint.draft import Draft, Found, LintPolicy

RULES: tuple[Callable[[Draft, LintPolicy], Iterator[Found]], ...] = (
    names.misplaced,
    names.of_another_phase,
    names.of_two_things,
    names.in_one_place,
    names.of_another_place,
    names.in_use_in_vain,
    names.out_of_order,
    names.without_a_stage,
    names.idle_needs,
    names.same_reading,
    texts.untranslated,
    texts.unwritten,
    texts.half_quoted,
    texts.too_long,
    texts.miswritten_blanks,
    cells.stated_of_others,
    items.groundless,
    items.own_word_as_stated,
    items.alike,
    clauses.never_holding,
    clauses.not_read,
    clauses.always_holding,
    clauses.adding_nothing,
    use.unused,
    use.empty_phases,
    use.idle_cells,
    use.locked_cells,
    use.locking_items,
    use.untold,
)


def check(draft: Draft, policy: LintPolicy) -> Iterator[Found]:
    """Find all that is wrong with a pack beyond its schema and its references (AG6xx)."""
    for rule in RULES:
        yield from rule(draft, policy)


__all__ = ["Draft", "Found", "LintPolicy", "check"]
