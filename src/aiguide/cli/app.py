"""The commands as Typer knows them, each imported only when it is used, speaking our catalogue."""

from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from aiguide import __version__
from aiguide.cli import console, layout
from aiguide.cli.session import session_of
from aiguide.core.errors import AiguideError
from aiguide.core.suggest import near
from aiguide.core.words import Worded, Words

# In the order of a project's life, as the help lists them.
COMMANDS = (
    "classify",
    "matrix",
    "show",
    "init",
    "set",
    "check",
    "answer",
    "status",
    "log",
    "undo",
    "evidence",
    "merge-driver",
    "report",
    "export",
    "import",
    "portfolio",
    "upgrade",
    "validate",
    "guideline",
    "serve",
    "evaluate",
    "schema",
    "completion",
    "doctor",
)

# Options that people type as commands, for other tools have them so.
ASKED_FOR = ("help", "version")


class Command(TyperCommand):
    """A command whose help is worded by the catalogue: `help.<name>` and its example."""

    allow_extra_args = True

    def get_help(self, ctx: Any) -> str:
        """Give the whole help in the session's language."""
        words = session_of(ctx).words
        name = _key(ctx)
        parts = [
            _usage(words, ctx),
            layout.indented(words.say(f"help.{name}"), 2, layout.columns()),
        ]
        arguments = [one for one in self.get_params(ctx) if one.param_type_name == "argument"]
        options = [one for one in self.get_params(ctx) if one.param_type_name == "option"]
        if arguments:
            parts.append(_described(words, "help.arguments", arguments, ctx))
        parts.append(_described(words, "help.options", options, ctx))
        parts.append(_example(words, f"help.{name}.example"))
        return "\n\n".join(parts)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse, and refuse what is left over in our own words."""
        rest: list[str] = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise AiguideError("too-many-arguments", given=rest)
        return rest


class Group(TyperGroup):
    """Commands; one is imported when it is named, all when the help lists them.

    `names` are in the order of the help; `package` holds a module for each.
    """

    names: tuple[str, ...] = COMMANDS
    package = "aiguide.cli.commands"

    def list_commands(self, ctx: Any) -> list[str]:
        """Give the commands in the order of the help."""
        return list(self.names)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command, or give None where there is none of that name."""
        if cmd_name not in self.names:
            return None
        module = import_module(f"{self.package}.{_module_name(cmd_name)}")
        command = get_command(module.app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command named, or say which was probably meant."""
        if args[0] not in self.names:
            self._refuse(ctx, args)
        return super().resolve_command(ctx, args)

    def _refuse(self, ctx: Any, args: list[str]) -> NoReturn:
        """Say of what is no command which one was meant, or which option. Raises: AiguideError."""
        name, options = args[0], [one for param in self.get_params(ctx) for one in param.opts]
        if name in ASKED_FOR and f"--{name}" in options:
            about = self._begun(ctx, args[1:]) if name == "help" else []
            meant = " ".join((ctx.command_path, *about, f"--{name}"))
            raise AiguideError("option-no-command", id=name, command=meant)
        close = near(name, self.names)
        raise AiguideError("unknown-command", id=name, near=close, known=self.names)

    def _begun(self, ctx: Any, args: list[str]) -> list[str]:
        """Give the commands that arguments begin with, one below the other."""
        if not args or args[0] not in self.names:
            return []
        command = self.get_command(ctx, args[0])
        below = command._begun(ctx, args[1:]) if isinstance(command, Group) else []
        return [args[0], *below]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Give the commands and options that a shell may complete, each with what it does."""
        words, found = session_of(ctx).words, super().shell_complete(ctx, incomplete)
        for one in found:
            known = one.value in self.names
            one.help = words.say(f"help.{_key(ctx, one.value)}.short") if known else None
        return found

    def get_help(self, ctx: Any) -> str:
        """Give the whole help in the session's language."""
        words = session_of(ctx).words
        listed = [(name, words.say(f"help.{_key(ctx, name)}.short")) for name in self.names]
        about = _key(ctx) or "aiguide"
        options = [one for one in self.get_params(ctx) if one.param_type_name == "option"]
        return "\n\n".join(
            (
                _usage(words, ctx),
                layout.indented(words.say(f"help.{about}"), 2, layout.columns()),
                _definitions(words.say("help.commands"), listed),
                _described(words, "help.options", options, ctx),
                _example(words, f"help.{about}.example"),
            )
        )


app = typer.Typer(
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
def aiguide(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="option.version")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="option.debug")] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="ja|en", help="option.lang")] = "",
) -> None:
    """Take what concerns every command."""
    session_of(ctx).debug = debug
    if version:
        console.say(f"aiguide {__version__}")
    elif ctx.invoked_subcommand is None:
        console.say(ctx.get_help())


def command() -> Any:
    """Give the root command."""
    return get_command(app)


def new_app() -> typer.Typer:
    """Give the Typer of one command's module."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def _key(ctx: Any, *rest: str) -> str:
    """Name a command, or one below it, as the catalogue does: `guideline-list`; root has none."""
    names: list[str] = []
    while ctx.parent is not None:
        names.insert(0, ctx.info_name)
        ctx = ctx.parent
    return "-".join((*names, *rest))


def _module_name(command: str) -> str:
    """Name a command's module; a word that Python keeps for itself has a stroke behind it."""
    name = command.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


# Typer's own words in a usage line; it puts what is required in braces.
_USAGE_MARKS = {"[OPTIONS]": "help.usage.options", "COMMAND [ARGS]...": "help.usage.command"}
_NO_BRACES = str.maketrans("", "", "{}")


def _usage(words: Words, ctx: Any) -> str:
    usage = " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])
    for mark, key in _USAGE_MARKS.items():
        usage = usage.replace(mark, words.say(key))
    return words.say("help.usage", usage=Worded(usage.translate(_NO_BRACES)))


def _described(words: Words, heading: str, params: list[Any], ctx: Any) -> str:
    rows = [(_names(param, ctx), _help(words, param)) for param in params]
    return _definitions(words.say(heading), rows)


def _names(param: Any, ctx: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.make_metavar(ctx=ctx)).strip("[].")
    takes = "" if getattr(param, "is_flag", False) else f" {param.make_metavar(ctx=ctx)}"
    # the parser gives the names of --help in any order, another one at each run
    return ", ".join(sorted(param.opts, key=lambda name: not name.startswith("--"))) + takes


def _help(words: Words, param: Any) -> str:
    key = "option.help" if param.name == "help" else param.help
    return words.say(key)


def _definitions(heading: str, rows: Sequence[tuple[str, str]]) -> str:
    columns = layout.columns()
    label = min(30, max(layout.width(name) for name, _ in rows) + 2)
    lines = []
    for name, text in rows:
        if layout.width(name) + 2 > label:
            lines += [f"  {name}", layout.indented(text, 2 + label, columns)]
        else:
            lines.append(layout.hanging(name, text, 2, label, columns))
    return "\n".join([heading, *lines])


def _example(words: Words, key: str) -> str:
    lines = words.say(key).splitlines()
    return "\n".join([words.say("help.example"), *("  " + line for line in lines)])
