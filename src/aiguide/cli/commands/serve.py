"""`aiguide serve`: the same in a browser, on this computer alone."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, passed_over
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import By, GuidelineName, Lang, Today, path
from aiguide.cli.session import session_of, settings_folder, stamp, today_or
from aiguide.core.errors import AiguideError
from aiguide.core.text import LANGS
from aiguide.usecases import extras, guidelines
from aiguide.usecases.project_folder import ProjectFolder

app = new_app()
USUAL_PORT = 8765
HIGHEST_PORT = 65535


@app.command(cls=Command)
def serve(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="argument.serve-folder", parser=path)
    ] = Path(),
    port: Annotated[int, typer.Option("--port", metavar="N", help="option.port")] = USUAL_PORT,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="option.host")] = "127.0.0.1",
    no_open: Annotated[bool, typer.Option("--no-open", help="option.no-open")] = False,
    log: Annotated[bool, typer.Option("--log", help="option.log")] = False,
    guideline: GuidelineName = "",
    today: Today = "",
    by: By = "",
    lang: Lang = "",
) -> None:
    if not extras.is_installed("web"):
        raise AiguideError("no-web")
    from aiguide.web import server
    from aiguide.web.log import to_stderr
    from aiguide.web.site import Site

    words = session_of(ctx).words
    if not folder.is_dir():
        raise AiguideError("not-a-folder", folder=str(folder))
    if not 0 <= port <= HIGHEST_PORT:
        raise AiguideError("bad-port", value=port, most=HIGHEST_PORT)
    today_or(today)  # a wrong date is said now, not to the first reader
    signed = stamp(by).by
    pack, policy = guidelines.load_pack(guideline, folder)
    passed_over.warn(words, pack, guideline, folder)
    site = Site(
        folder=ProjectFolder(folder),
        words={one: words.spoken(one) for one in LANGS},
        lang=words.lang,
        pack=pack,
        policy=policy,
        stamp=lambda: stamp(signed),
        today=lambda: today_or(today),
        own=settings_folder(),
    )
    listening = server.listen(host, port)
    address = server.address(listening)
    console.talk(words.say("web.serving", folder=str(folder), address=address, name=signed))
    server.run(site, listening, to_stderr(_now) if log else None, opened=not no_open)
    console.talk(words.say("web.stopped"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
