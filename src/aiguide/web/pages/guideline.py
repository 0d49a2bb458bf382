"""The guideline itself: its check items with a search, each in full, and its terms."""

from starlette.responses import Response

from aiguide.core import glossary, item_search, item_view, wording
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline, Item, Level
from aiguide.core.item_search import Sought
from aiguide.core.suggest import near
from aiguide.core.words import Words
from aiguide.usecases import guidelines, versions
from aiguide.web.visit import Visit


def browser(visit: Visit) -> Response:
    """List the check items that the address asks for, by phase."""
    pack, known = _pack(visit)
    words = visit.words_of(pack)
    sought = Sought(visit.asked("q").strip(), visit.asked("phase"), visit.asked("level"))
    found = item_search.find(pack, sought)
    phases = [
        (phase, [_row(words, pack, item) for item in found if item.phase == phase.id])
        for phase in pack.phases
    ]
    return visit.page(
        "guideline",
        words=words,
        pack=pack,
        packs=known,
        pack_line=wording.pack_line(words, pack),
        sought=sought,
        count=len(found),
        phases=[(phase, rows) for phase, rows in phases if rows],
        levels=[(one.value, words.say(f"level.{one.value}")) for one in Level],
    )


def _row(words: Words, pack: Guideline, item: Item) -> dict[str, str]:
    return {
        "id": item.id,
        "title": words.pick(item.title),
        "level": wording.plain_level(words, item.level, item.level_basis.basis),
        "considerations": wording.considerations(words, pack, item.considerations),
        "check": words.pick(item.check),
    }


def item(visit: Visit) -> Response:
    """Show one check item in full."""
    pack, _ = _pack(visit)
    words = visit.words_of(pack)
    found = guidelines.find_item(pack, visit.part("item"))
    return visit.page(
        "guideline_item",
        words=words,
        pack=pack,
        pack_line=wording.pack_line(words, pack),
        item=item_view.build(words, pack, found),
    )


def terms(visit: Visit) -> Response:
    """Show all terms with what they mean."""
    pack, known = _pack(visit)
    words = visit.words_of(pack)
    return visit.page(
        "glossary",
        words=words,
        pack=pack,
        packs=known,
        pack_line=wording.pack_line(words, pack),
        pack_status=words.pick(pack.status),
        sections=tuple(glossary.sections(words, pack)),
        documents=glossary.documents(words, pack),
    )


def _pack(visit: Visit) -> tuple[Guideline, list[tuple[str, str, str]]]:
    """Give the pack that the address asks for, else the site's; and all there are.

    Each of them by name, its line, and its standing. Only what is listed is ever loaded.
    Raises: AiguideError `unknown-pack`.
    """
    folder = visit.site.folder.folder
    packs = {one.name: one for one in versions.all_packs(folder)}
    asked = visit.asked("pack") or visit.site.pack.name
    if asked not in packs:
        close = near(asked, packs)
        raise AiguideError("unknown-pack", name=asked, known=list(packs), near=close)
    known = [
        (
            one.name,
            wording.pack_line(visit.words_of(one), one),
            wording.pack_standing(visit.words_of(one), one, versions.is_newest(one, folder)),
        )
        for one in packs.values()
    ]
    return packs[asked], known
