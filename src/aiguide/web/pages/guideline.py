"""The guideline itself: its check items with a search, each in full, and its terms."""

from pathlib import Path

from starlette.responses import Response

from aiguide.core import glossary, item_search, item_view, wording
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline, Item, Level
from aiguide.core.item_search import Sought
from aiguide.core.suggest import near
from aiguide.core.words import Words
from aiguide.usecases import guidelines, versions
from aiguide.usecases.versions import Unusable
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
        pack=pack,
        packs=known,
        sought=sought,
        count=len(found),
        phases=[(phase, rows) for phase, rows in phases if rows],
        all_phases=[(one.id, words.pick(one.title)) for one in pack.phases],
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
        pack=pack,
        item=item_view.build(words, pack, found),
    )


def terms(visit: Visit) -> Response:
    """Show all terms with what they mean."""
    pack, known = _pack(visit)
    words = visit.words_of(pack)
    return visit.page(
        "glossary",
        pack=pack,
        packs=known,
        pack_status=words.pick(pack.status),
        sections=tuple(glossary.sections(words, pack)),
        documents=glossary.documents(words, pack),
    )


def _pack(visit: Visit) -> tuple[Guideline, list[tuple[str, str, str]]]:
    """Give the pack that the address asks for, else the site's; and all there are.

    Each of them by name, its line, and its standing: of one that cannot be used, what is wrong
    with it first. Only what is listed is ever loaded. Raises: AiguideError `unknown-pack`.
    """
    folder = visit.site.folder.folder
    listed = {one.name: one for one in versions.all_packs(visit.words, folder)}
    asked = visit.asked("pack") or visit.site.pack.name
    found = listed.get(asked)
    if not isinstance(found, Guideline):
        known = [name for name, one in listed.items() if isinstance(one, Guideline)]
        raise AiguideError("unknown-pack", name=asked, known=known, near=near(asked, known))
    return found, [_standing(visit, one, folder) for one in listed.values()]


def _standing(visit: Visit, pack: Guideline | Unusable, folder: Path) -> tuple[str, str, str]:
    if isinstance(pack, Unusable):
        said = visit.words.say("list.unusable", name=pack.name, folder=pack.folder)
        return "", said, f"{pack.first.code} {pack.first.message}"
    words, newest = visit.words_of(pack), versions.is_newest(pack, folder)
    standing = wording.pack_standing(words, pack, newest)
    return pack.name, wording.pack_title(words, pack), standing
