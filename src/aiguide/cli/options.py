"""Arguments and options that several commands share."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.usecases import guidelines

BLANK = "..."  # stands in a command where something is to be filled in

Lang = Annotated[str, typer.Option("--lang", metavar="ja|en", help="option.lang")]
Today = Annotated[str, typer.Option("--today", metavar="YYYY-MM-DD", help="option.today")]
Format = Annotated[str, typer.Option("--format", metavar="text|json", help="option.format")]
GuidelineName = Annotated[
    str, typer.Option("--guideline", metavar="NAME@N", help="option.guideline")
]


def refuse_blanks(given: Mapping[str, object]) -> None:
    """Refuse what a command that was pasted leaves to be filled in; `given` maps options to texts.

    Raises: AiguideError `blank-left`.
    """
    for name, said in given.items():
        if said == BLANK:
            raise AiguideError("blank-left", option=f"--{name.replace('_', '-')} {BLANK}")


def path(given: str | Path) -> Path:
    """Read a path; an empty one is no way to say `here`. Raises: AiguideError `empty-path`."""
    if not str(given):
        raise AiguideError("empty-path")
    return Path(given)


def _name(given: str) -> str:
    """Read who somebody is. Raises: AiguideError `blank-left`."""
    refuse_blanks({"by": given})
    return given


By = Annotated[str, typer.Option("--by", metavar="NAME", help="option.by", parser=_name)]
PackName = Annotated[str, typer.Argument(metavar="NAME", help="argument.pack-name")]

ProjectFile = Annotated[
    Path,
    typer.Argument(
        metavar="[PROJECT]",
        help="argument.project",
        show_default=False,
        parser=path,
    ),
]
NamedProject = Annotated[
    Path,
    typer.Argument(
        metavar="PROJECT",
        help="argument.project",
        parser=path,
    ),
]

USUAL = Path("project.json")


def project_path(given: Path) -> Path:
    """Give the manifest that a path stands for; a folder stands for its `project.json`."""
    return given / USUAL if given.is_dir() else given


def alone(option: str, others: Mapping[str, object]) -> None:
    """Insist that an option stands without others. Raises: AiguideError `conflicting`."""
    for other, given in others.items():
        if given:
            raise AiguideError("conflicting", one=option, other=other)


def about(name: str, guideline: Guideline, *rest: str) -> str:
    """Write a command about a guideline; the one taken where none is named goes without saying."""
    named = [] if guidelines.is_default(guideline) else [f"--guideline {guideline.name}"]
    return " ".join(["aiguide", name, *rest, *named])


def command(name: str, project: Path, *rest: str) -> str:
    """Write a command line that can be pasted; the usual file goes without saying."""
    shown = [] if project == USUAL else [shlex.quote(str(project))]
    return " ".join(["aiguide", name, *shown, *rest])
