"""Packs by others are read within bounds, and what they hide is named."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.guidelines.conftest import edit
from tests.conftest import Ran, Run

INIT = ("init", "x.project.json", "--name", "x", "--guideline", "our-city")


def refused(run: Run, pack: Path, code: str, file: str) -> Ran:
    """Lint and use a pack; both name the finding and its file, neither takes long."""
    began = time.monotonic()
    linted = run("guideline", "lint", pack)
    used = run(*INIT)
    assert time.monotonic() - began < 20
    assert (linted.code, used.code) == (1, 2), (linted.err, used.err)
    assert code in linted.out
    assert file in linted.out
    assert code in used.err
    assert "Traceback" not in linted.err + used.err
    assert not Path("x.project.json").exists()
    return linted


def test_a_yaml_bomb_does_not_go_off(run: Run, pack: Path) -> None:
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (pack / "cells.yaml").write_text("\n".join(bomb), encoding="utf-8")
    refused(run, pack, "AG115", "cells.yaml")


def test_nesting_without_end_is_refused(run: Run, pack: Path) -> None:
    (pack / "cells.yaml").write_text("cells: " + "[" * 100_000, encoding="utf-8")
    refused(run, pack, "AG122", "cells.yaml")


def test_nesting_deeper_than_anybody_needs_is_refused(run: Run, pack: Path) -> None:
    (pack / "cells.yaml").write_text("cells: " + "[" * 300 + "]" * 300, encoding="utf-8")
    refused(run, pack, "AG108", "cells.yaml")


def test_a_tag_that_would_run_code_is_refused(run: Run, pack: Path) -> None:
    (pack / "cells.yaml").write_text("cells: !!python/object/apply:os.getcwd []\n", "utf-8")
    refused(run, pack, "AG117", "cells.yaml")


@pytest.mark.parametrize("link", ["cells.yaml", "items/run.yaml", "items"])
def test_a_link_out_of_the_folder_is_not_followed(run: Run, pack: Path, link: str) -> None:
    outside = pack.parent.parent.parent / "outside"
    outside.mkdir()
    (pack / link).rename(outside / Path(link).name)
    (pack / link).symlink_to(outside / Path(link).name)
    refused(run, pack, "AG601", link)


def test_a_version_that_is_a_link_out_of_the_packs_is_not_followed(run: Run, pack: Path) -> None:
    outside = pack.parent.parent.parent / "outside"
    pack.rename(outside)
    pack.symlink_to(outside)
    refused(run, pack, "AG601", "our-city")


def test_a_link_to_where_bytes_never_end_is_refused(run: Run, pack: Path) -> None:
    (pack / "cells.yaml").unlink()
    (pack / "cells.yaml").symlink_to("/dev/zero")
    refused(run, pack, "AG601", "cells.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_a_pipe_is_not_waited_for(run: Run, pack: Path) -> None:
    os.mkfifo(pack / "items" / "zzz.yaml")
    refused(run, pack, "AG101", "zzz.yaml")


def test_a_huge_file_is_refused_before_it_is_parsed(run: Run, pack: Path) -> None:
    with (pack / "items" / "zzz.yaml").open("wb") as file:
        file.truncate(5 * 1024 * 1024)
    refused(run, pack, "AG102", "zzz.yaml")


def test_many_files_are_refused(run: Run, pack: Path) -> None:
    for number in range(1500):
        (pack / "items" / f"z{number}.yaml").write_text("x: " + "y" * 3000, encoding="utf-8")
    refused(run, pack, "AG623", "1")


@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
def test_another_encoding_is_named(run: Run, pack: Path, encoding: str) -> None:
    text = (pack / "cells.yaml").read_text(encoding="utf-8")
    (pack / "cells.yaml").write_bytes(text.encode(encoding))
    refused(run, pack, "AG103", "cells.yaml")


def test_an_empty_file_is_named(run: Run, pack: Path) -> None:
    (pack / "cells.yaml").write_bytes(b"")
    refused(run, pack, "AG105", "cells.yaml")


@pytest.mark.parametrize("id", ["../our-city", "our-city/1/..", "/etc", "our-city@1/../1", "..@1"])
def test_a_name_is_never_a_path(run: Run, pack: Path, id: str) -> None:
    ran = run("init", "x.project.json", "--name", "x", "--guideline", id)
    assert ran.code == 2
    assert not Path("x.project.json").exists()
    assert run("guideline", "new", id).code == 2


def test_what_a_pack_says_does_not_steer_the_terminal(run: Run, pack: Path) -> None:
    edit(pack / "guideline.yaml", "TODO: the full name", 'TODO \\u001b[2J\\u202e"x')
    ran = run("guideline", "lint", pack)
    assert "\x1b[2J" not in ran.out
    assert "\u202e" not in ran.out


def test_broken_settings_are_named_with_their_place(run: Run, pack: Path) -> None:
    Path("aiguide.toml").write_text("[guideline]\npacks = 1\n", encoding="utf-8")
    ran = run(*INIT)
    assert ran.code == 2
    assert "aiguide.toml:2" in ran.err


def test_settings_that_name_no_folder_are_refused_with_the_remedy(run: Run, pack: Path) -> None:
    Path("aiguide.toml").write_text('[guideline]\npacks = "gone"\n', encoding="utf-8")
    ran = run(*INIT)
    assert ran.code == 2
    assert "gone" in ran.err
    assert "[guideline]" in ran.err


def test_a_pack_is_compiled_once_and_again_when_it_changes(pack: Path, tmp_path: Path) -> None:
    """In processes of their own, for one keeps what it has loaded; their cache is nobody else's."""
    watch = (
        "import sys; from pathlib import Path; from aiguide.store import resources; "
        "from aiguide.cli.main import main; resources.CACHE = Path(sys.argv[1]); "
        "code = main(sys.argv[2:]); print('yaml' in sys.modules); sys.exit(code)"
    )
    cache = str(tmp_path / "cache")

    def matrix() -> str:
        command = [sys.executable, "-c", watch, cache, "matrix", "--guideline", "our-city"]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
        return ran.stdout

    assert matrix().endswith("True\n")
    assert matrix().endswith("False\n")
    edit(pack / "cells.yaml", "質問に答える", "問いに答える")
    again = matrix()
    assert again.endswith("True\n")
    assert "問いに答える" in again
