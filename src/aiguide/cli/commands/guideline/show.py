"""`aiguide guideline show`: what one pack rests on, how much it holds, phases and conditions."""

import typer

from aiguide.cli import console, layout, passed_over
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Format, Lang, PackName
from aiguide.cli.session import HERE, session_of
from aiguide.core import wording
from aiguide.core.guideline import Guideline, Level, Phase
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import guidelines, results, versions

app = new_app()


@app.command(cls=Command)
def show(ctx: typer.Context, name: PackName, format: Format = "text", lang: Lang = "") -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    pack, _ = guidelines.load_pack(name, HERE)
    passed_over.warn(words, pack, name, HERE)
    if format == "json":
        console.put_json(results.pack(words, pack, versions.is_newest(pack, HERE)))
    else:
        _show(words, pack)


def _show(words: Words, pack: Guideline) -> None:
    columns = layout.columns()
    mark = wording.pack_standing(words, pack, versions.is_newest(pack, HERE))
    console.say("\n" + layout.ends("  " + layout.paint(pack.name, "bold"), mark, columns))
    console.say(layout.indented(wording.pack_title(words, pack), 2, columns))
    console.say(layout.indented(words.pick(pack.publisher), 2, columns))
    console.say(layout.indented(wording.pack_size(words, pack), 2, columns))
    console.say("\n" + layout.indented(words.pick(pack.status), 2, columns) + "\n")
    console.say("\n".join(layout.table([_phase(words, pack, one) for one in pack.phases])))
    if pack.conditions:
        console.say("\n  " + layout.paint(words.say("glossary.condition"), "bold"))
        conditions = [(one.id, words.pick(one.title)) for one in pack.conditions]
        console.say("\n".join(layout.table(conditions)))
    if pack.since is not None:
        console.say(f"\n  aiguide guideline diff {pack.id}@{pack.since} {pack.name}")


def _phase(words: Words, pack: Guideline, phase: Phase) -> tuple[str, ...]:
    counts = {level: sum(one.level is level for one in pack.items_of(phase.id)) for level in Level}
    levels = (f"{words.say(f'level.{level.value}')} {counts[level]}" for level in Level)
    return words.pick(phase.title), *levels
