"""Two languages everywhere, and a console that cannot stop the tool."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aiguide.cli.app import COMMANDS, command
from aiguide.usecases.catalogue import load_words
from tests.conftest import ROOT, Run

EXAMPLE = ROOT / "examples" / "valid" / "flood-gate-forecast"
JAPANESE = tuple(chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB)))


def spawn(*args: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "aiguide", *map(str, args)],
        env={**clean, "AIGUIDE_BY": "x", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_speaks_one_language_at_a_time(run: Run, name: str) -> None:
    args = [name] if name else []
    japanese = run(*args, "--help", "--lang", "ja")
    assert japanese.code == 0
    assert "使い方: aiguide" in japanese.out
    for english in (
        "Usage",
        "Options:",
        "Arguments:",
        "Show this message",
        "[default",
        "[required",
    ):
        assert english not in japanese.out
    english_help = run(*args, "--lang", "en", "--help")
    assert english_help.code == 0
    assert not any(char in english_help.out for char in JAPANESE)
    assert "Example" in english_help.out


@pytest.mark.parametrize(
    ("args", "japanese", "english"),
    [
        (("show",), "ID が足りません", "ID is missing"),
        (("status", "--nope"), "オプション --nope はありません", "There is no option --nope"),
        (("status", "a", "b"), "余分な引数", "Too many arguments"),
        (("chek",), "もしかして: check", "Did you mean: check"),
        (("report", "x.json"), "--output が足りません", "--output is missing"),
        (("status", "--today"), "--today の使い方", "--today is used wrongly"),
        (("schema", "projct"), "もしかして: project", "Did you mean: project"),
        (("show", "AG999"), "AG999", "AG999"),
    ],
)
def test_the_parsers_own_complaints_are_in_the_language(
    run: Run, args: tuple[str, ...], japanese: str, english: str
) -> None:
    for lang, said in (("ja", japanese), ("en", english)):
        ran = run(f"--lang={lang}", *args)
        assert ran.code == 2
        assert said in ran.err


@pytest.mark.parametrize(
    ("args", "ready"),
    [
        (("report", "x y.json"), "aiguide report 'x y.json' -o report.pdf"),
        (("report",), "aiguide report project.json -o report.pdf"),
        (("export", "x.json"), "aiguide export x.json -o project.xlsx"),
        (("import", "x.xlsx"), "aiguide import x.xlsx --into project.json"),
    ],
)
def test_an_option_that_is_missing_is_shown_in_the_command_as_it_was_typed(
    run: Run, args: tuple[str, ...], ready: str
) -> None:
    assert ready in run(*args).err


def test_every_option_that_can_be_missing_is_shown_so() -> None:
    group, words = command(), load_words("ja")
    needed = {
        name
        for name in COMMANDS
        for param in group.get_command(None, name).params
        if param.required and param.param_type_name == "option"
    }
    assert needed == {"report", "export", "import"}
    assert all(words.has(f"usage.ready.{name}") for name in needed)


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_help_names_an_option_the_same_at_each_run(seed: str) -> None:
    ran = spawn("--help", PYTHONHASHSEED=seed, AIGUIDE_LANG="ja", PYTHONIOENCODING="utf-8")
    assert "  --help, -h " in ran.stdout.decode()


def test_an_unknown_language_is_refused(run: Run) -> None:
    ran = run("matrix", "--lang", "fr")
    assert ran.code == 2
    assert "fr" in ran.err


@pytest.mark.parametrize(
    ("environment", "japanese"),
    [
        ({"LANG": "ja_JP.UTF-8", "PYTHONIOENCODING": "utf-8"}, True),
        ({"LANG": "en_US.UTF-8", "PYTHONIOENCODING": "utf-8"}, False),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "ja_JP.UTF-8", "PYTHONIOENCODING": "utf-8"}, False),
        ({"LANG": "C.UTF-8"}, True),
        ({"PYTHONIOENCODING": "cp932"}, True),
        ({"PYTHONIOENCODING": "ascii"}, False),
        ({"PYTHONIOENCODING": "ascii", "AIGUIDE_LANG": "ja"}, True),
        ({"AIGUIDE_LANG": "en", "LANG": "ja_JP.UTF-8"}, False),
    ],
)
def test_the_language_follows_what_was_asked_then_the_locale_then_the_console(
    environment: dict[str, str], japanese: bool
) -> None:
    ran = spawn("--help", **environment)
    assert ran.returncode == 0
    assert (b"Usage:" not in ran.stdout) is japanese


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "utf-8", "latin-1"])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "args",
    [
        ("status", EXAMPLE),
        ("check", EXAMPLE, "--phase", "design"),
        ("matrix",),
        ("show", "related.prediction"),
        ("classify", "問い合わせにAIで答える"),
        ("validate", ROOT / "examples"),
        ("portfolio", ROOT / "examples"),
        ("status", "none.json"),
    ],
    ids=lambda args: str(args[0]),
)
def test_no_console_stops_a_command(args: tuple[str | Path, ...], lang: str, encoding: str) -> None:
    ran = spawn(*args, "--lang", lang, PYTHONIOENCODING=encoding, NO_COLOR="1")
    assert ran.returncode in (0, 1, 2, 3)
    assert b"Traceback" not in ran.stderr
    (ran.stdout + ran.stderr).decode(encoding)


def test_json_is_utf8_whatever_the_console_speaks() -> None:
    ran = spawn("matrix", "--format", "json", "--lang", "ja", PYTHONIOENCODING="cp932")
    assert "情報提供・検索" in ran.stdout.decode("utf-8")


def test_nothing_is_coloured_in_a_pipe() -> None:
    assert b"\x1b" not in spawn("status", EXAMPLE, LANG="C.UTF-8").stdout


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    command = f"{sys.executable} -m aiguide show related.prediction | head -1"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("version",), "aiguide --version"),
        (("help",), "aiguide --help"),
        (("help", "check"), "aiguide check --help"),
        (("help", "guideline", "list"), "aiguide guideline list --help"),
        (("help", "nonsense"), "aiguide --help"),
        (("guideline", "help"), "aiguide guideline --help"),
        (("guideline", "help", "lint", "x"), "aiguide guideline lint --help"),
    ],
)
def test_an_option_typed_as_a_command_is_shown_as_it_is_to_be_typed(
    run: Run, typed: tuple[str, ...], meant: str
) -> None:
    ran = run(*typed)
    assert (ran.code, ran.out) == (2, "")
    assert f"  {meant} と入力してください。\n" in ran.err
    assert "使えるもの" not in ran.err
    assert run(*meant.split()[1:]).code == 0


@pytest.mark.parametrize("typed", [("versoin",), ("guideline", "version")])
def test_what_is_neither_command_nor_option_is_answered_with_what_there_is(
    run: Run, typed: tuple[str, ...]
) -> None:
    ran = run(*typed)
    assert ran.code == 2
    assert "使えるもの" in ran.err


@pytest.mark.parametrize("template", ["compliance", "summary", "procurement", "transparency"])
def test_a_report_in_english_has_no_full_width_spaces(run: Run, template: str) -> None:
    ran = run(
        "report", EXAMPLE, "--template", template, "-o", "-", "--format", "md", "--lang", "en"
    )
    assert (ran.code, "\u3000" in ran.out) == (0, False)
