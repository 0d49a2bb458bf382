"""What git knows of a file: sides and marks of a conflict, and its versions in commits."""

import contextlib
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

PATIENCE = 5  # seconds; nobody waits longer for what may not concern them
MOST = "--max-count=50"  # commits, the newest of those that changed the file
USUAL_MARKS = 7
MESSAGES = ("MERGE_MSG", "SQUASH_MSG")
DRIVEN, DRIVER = "merge", "aiguide"  # as .gitattributes and `git config` have them
BY_ITSELF = "autostash"  # so git begins what it put aside; what a person did has `On` or `WIP on`


def is_unmerged(path: Path) -> bool:
    """Tell whether git keeps several sides of a file; not where there is no git or repository."""
    return bool(_said(path.parent, "ls-files", "--unmerged", "--", path.name))


def unmerged_below(folder: Path) -> set[Path]:
    """Give the files in and below a folder of which git keeps several sides."""
    listed = _said(folder, "ls-files", "--unmerged", "-z").split(b"\0")
    names = (os.fsdecode(one.partition(b"\t")[2]) for one in listed if one)
    return {folder / name for name in names}


def unmerged_around(folder: Path) -> set[Path]:
    """Give the files of which git keeps several sides, in all the repository of a folder."""
    top = _said(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")
    return unmerged_below(Path(os.fsdecode(top))) if top else set()


def unmerged(path: Path) -> int:
    """Count the files of which git keeps several sides, in the repository of a file."""
    return _said(path.parent, "diff", "--name-only", "--diff-filter=U", "-z").count(b"\0")


def has_versions(path: Path) -> bool:
    """Tell whether git has earlier versions of a file."""
    return bool(_said(path.parent, "log", "-1", "--format=%H", "--", path.name))


def committed(path: Path) -> bytes:
    """Give what the last commit has of a file; nothing where it has none."""
    return _said(path.parent, "cat-file", "blob", f"HEAD:./{path.name}")


def holder(path: Path) -> str:
    """Give the newest commit that has a file, as git names it; nothing where none has."""
    if _names(path.parent, f"HEAD:./{path.name}"):
        return "HEAD"
    last = ("log", "-1", "--full-history", "--diff-filter=AM", "--format=%h")
    return _said(path.parent, *last, "--", path.name).decode().strip()


def side(path: Path, number: int) -> bytes:
    """Give a side of a file that git is merging, as git numbers it; nothing where there is none."""
    return _said(path.parent, "cat-file", "blob", f":{number}:./{path.name}")


def versions(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give each version that commits have of a file, the newest first, each with its commit.

    Those are the commits that led to where git is, and to what it is merging; those that led to
    where this branch was before the last merge, rebase or reset, and that none has any more; and
    what is `put_aside`.
    """
    picked = ("log", "--full-history", "--ignore-missing", MOST, "--format=%H")
    walks = [["HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD"]]
    left = _said(path.parent, "rev-parse", "--verify", "--quiet", "ORIG_HEAD")
    if left and left in _said(path.parent, "log", "--walk-reflogs", "--format=%H", "@{0}"):
        walks.append(["ORIG_HEAD", "--not", "HEAD", "--branches"])
    commits = [
        commit
        for heads in walks
        for commit in _said(path.parent, *picked, *heads, "--", path.name).decode().split()
    ]
    commits += put_aside(path).values()
    yield from _held(path, commits)


def tips(path: Path) -> Iterator[bytes]:
    """Give each version that a branch, a tag or what is put aside has of a file."""
    refs = _said(path.parent, "for-each-ref", "--format=%(objectname)").decode().split()
    yield from (content for _, content in _held(path, refs))


def _held(path: Path, commits: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Give each version that commits have of a file, with the first commit that has it."""
    commits = [*commits]
    wanted = "".join(f"{commit}:./{path.name}\n" for commit in commits).encode()
    said, seen = BytesIO(_said(path.parent, "cat-file", "--batch", given=wanted)), set[bytes]()
    for commit in commits:
        id, _, size = said.readline().rstrip(b"\n").partition(b" blob ")
        if not size.isdigit():  # the commit took the file away
            continue
        content = said.read(int(size))
        said.read(1)  # the end of line behind it
        if id not in seen:
            seen.add(id)
            yield commit, content


def put_aside(path: Path, *, by_anybody: bool = False) -> dict[str, str]:
    """Give what git itself put aside of changes to a file, the newest first: its name → commit.

    It does so before `pull --autostash`, and keeps it where it does not fit what came in.
    `by_anybody`: what a person put aside, too.
    """
    walk = ("log", "--walk-reflogs", "--first-parent", MOST, "--format=%gd %H %gs", "refs/stash")
    said = _said(path.parent, *walk, "--", path.name).decode(errors="replace")
    listed = (line.split(" ", 2) for line in said.splitlines())
    return {name: commit for name, commit, why in listed if by_anybody or why.startswith(BY_ITSELF)}


def stashed(path: Path, commit: str) -> tuple[bytes, int]:
    """Give what a commit of `put_aside` has of a file, and how many files are in it in all.

    What was staged, and what git did not know of, are parents of it.
    """
    content = _said(path.parent, "cat-file", "blob", f"{commit}:./{path.name}")
    changed = ("diff-tree", "-r", "--name-only", "-z", f"{commit}^1")
    listed = (
        _said(path.parent, *changed, commit),
        _said(path.parent, *changed, f"{commit}^2"),
        _said(path.parent, "ls-tree", "-r", "--full-tree", "--name-only", "-z", f"{commit}^3"),
    )
    return content, len({name for one in listed for name in one.split(b"\0") if name})


def under_way(path: Path) -> str:
    """Give the command of git that is to be continued where a file is, such as `rebase`, if any."""
    if _is_rebasing(path.parent):
        return "rebase"
    waiting = {"CHERRY_PICK_HEAD": "cherry-pick", "REVERT_HEAD": "revert"}
    return next((name for head, name in waiting.items() if _names(path.parent, head)), "")


def has_message(path: Path) -> bool:
    """Tell whether git has a message ready for the next commit, as it does in a merge."""
    said = (_said(path.parent, "rev-parse", "--git-path", one) for one in MESSAGES)
    places = [one.decode(errors="replace").strip() for one in said]
    return any(place and (path.parent / place).is_file() for place in places)


def _is_rebasing(folder: Path) -> bool:
    """Tell whether a rebase waits; its head may stay when it has ended, but not its folder."""
    named = ("rebase-merge", "rebase-apply")
    places = [_said(folder, "rev-parse", "--git-path", one).decode().strip() for one in named]
    return any(place and (folder / place).is_dir() for place in places)


def _names(folder: Path, head: str) -> bool:
    """Tell whether something goes by a name in git."""
    return bool(_said(folder, "rev-parse", "--verify", "--quiet", head))


def marks_of(path: Path) -> int:
    """Give how long the marks are that git writes into a file with a conflict."""
    attributes = _said(Path(), "check-attr", "conflict-marker-size", "--", str(path))
    size = attributes.decode(errors="replace").rpartition(":")[2].strip()
    return int(size) if size.isdecimal() else USUAL_MARKS


def lacks_driver(path: Path) -> bool:
    """Tell whether git is asked to merge a file by `aiguide`, and does not find how to call it.

    It asks a shell, which can find more than can be told here: only a place is looked at.
    """
    asked = _said(path.parent, "check-attr", "-z", DRIVEN, "--", path.name).split(b"\0")
    if asked[2:3] != [DRIVER.encode()]:
        return False
    line = _said(path.parent, "config", "--get", f"{DRIVEN}.{DRIVER}.driver").decode(
        errors="replace"
    )
    with contextlib.suppress(ValueError):
        words = shlex.split(line.replace("%%", "%"))
        return not words or (Path(words[0]).is_absolute() and not Path(words[0]).exists())
    return False


def _said(folder: Path, *args: str, given: bytes = b"") -> bytes:
    """Give what git answers in a folder to what it is given; nothing where it cannot say."""
    git = shutil.which("git")
    if git is None:
        return b""
    # nothing that a repository configures is to run: git would start a monitor of its files
    asked = [git, "-c", "core.fsmonitor=false", "--literal-pathspecs", *args]
    try:
        done = subprocess.run(
            asked,
            cwd=folder,
            capture_output=True,
            input=given,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
