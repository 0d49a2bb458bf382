"""What `guideline new` writes teaches by examples, and each of them is true."""

import itertools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiguide.core.text import LANGS
from aiguide.store import packs
from aiguide.usecases.catalogue import load_words
from tests.cli.guidelines.conftest import edit
from tests.conftest import ROOT, TODAY, Run

SCAFFOLD = ROOT / "data" / "scaffold"
# An example's first line has a letter or "-" right after its "#"; the lines below it are indented.
FIRST, MORE = re.compile(r" *#(?:- )?([a-z_]+:(?: [a-z]+$)?)"), re.compile(r" *# {2,}\S")


def examples(file: Path) -> Iterator[tuple[str, list[int]]]:
    """Give the examples of a file: the key that each begins with, and the numbers of its lines."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        first = FIRST.match(line)
        if first:
            more = itertools.takewhile(
                lambda n: MORE.match(lines[n]), range(number + 1, len(lines))
            )
            yield first[1].removesuffix(":"), [number, *more]


def use(file: Path, numbers: list[int]) -> None:
    """Use an example as the notes say: delete one `#` from each of its lines."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for number in numbers:
        lines[number] = lines[number].replace("#", "", 1)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


EXAMPLES = {
    f"{file.relative_to(SCAFFOLD).as_posix()}: {key}": (file.relative_to(SCAFFOLD), numbers)
    for file in sorted(SCAFFOLD.rglob("*.yaml"))
    for key, numbers in examples(file)
}


CROSSING = "guideline.yaml: id: buying"


def test_all_that_may_be_left_out_has_an_example() -> None:
    keys = {one.partition(": ")[2] for one in EXAMPLES}
    assert CROSSING in EXAMPLES
    assert {"drafting", "note", "aliases", "record", "public", "words", "implied_by"} <= keys


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_that_is_used_lints(run: Run, pack: Path, example: str) -> None:
    name, numbers = EXAMPLES[example]
    before = json.loads(run("guideline", "lint", pack, "--format", "json").out)
    use(pack / name, numbers)
    after = json.loads(run("guideline", "lint", pack, "--format", "json").out)
    codes = [one["code"] for one in after["findings"]]
    if example.endswith(": record"):
        codes.remove("AG644")  # it wants what is told of the conditions, another example
    if example == CROSSING:
        codes.remove("AG613")  # its note says that it needs a file of its own
    assert codes == [one["code"] for one in before["findings"]]
    assert set(codes) == {"AG615"}
    assert run("matrix", "--guideline", "our-city").code == 0


def test_the_example_of_a_crossing_phase_counts_as_its_note_says(run: Run, pack: Path) -> None:
    name, numbers = EXAMPLES[CROSSING]
    use(pack / name, numbers)
    buy(pack)
    found = run("guideline", "lint", pack, "--format", "json").json["findings"]
    assert {one["code"] for one in found} <= {"AG610", "AG615"}, found
    assert "個人情報を扱う" in run("show", "buying", "--guideline", "our-city").out


def buy(pack: Path) -> None:
    """Write the file that the crossing phase needs."""
    item = (pack / "items" / "end.yaml").read_text(encoding="utf-8")
    item = item.replace("phase: end", "phase: buying").replace("end.data", "buying.terms")
    (pack / "items" / "buying.yaml").write_text(item, encoding="utf-8")


@pytest.fixture
def whole(pack: Path) -> Path:
    """The pack with every example used."""
    for name, numbers in EXAMPLES.values():
        use(pack / name, numbers)
    buy(pack)
    return pack


def test_all_examples_that_are_used_lint_together(run: Run, whole: Path) -> None:
    found = run("guideline", "lint", whole, "--format", "json").json["findings"]
    assert {one["code"] for one in found} <= {"AG610", "AG615"}, found


def test_the_examples_show_where_their_notes_say(run: Run, whole: Path) -> None:
    cell = ("--cell", "public.answer", "--condition", "personal_data=yes")
    assert run("init", "--name", "案件", "--guideline", "our-city", *cell).code == 0

    def made(template: str) -> str:
        args = ("--template", template, "--format", "md", "--today", TODAY)
        return run("report", "project.json", "-o", "-", *args).out

    clauses = made("procurement")
    assert "個人情報を消去し" in clauses
    assert "この文書に 1 か所" in clauses
    record = made("transparency")
    assert "誰のどの困りごとを良くするのか" in record
    assert "個人が分かる情報を扱います。" in record
    assert "担当する所属" in record
    assert "担当する所属が、次の使い方に" in record
    assert "データを作った人によるもの" in record, "whoever that is: maybe the publisher"
    assert "原文ではありません" not in record
    assert "扱いは、データを作った人の判断です。" in record, "decided, where nothing states it"
    assert "推定" not in record + run("matrix", "--guideline", "our-city").out
    assert "企画書に同じ文があれば" in made("compliance")
    shown = run("show", "plan.goal", "--guideline", "our-city").out
    assert "目標の設定" in shown
    assert "第1版" in run("guideline", "show", "our-city").out
    assert "データ第1版" not in run("guideline", "show", "our-city").out


def test_what_an_organization_is_called_is_said_in_one_place(run: Run, whole: Path) -> None:
    assert run("guideline", "show", "our-city").code == 0
    pack, _ = packs.load("our-city", Path())
    ja, en = (load_words(lang).of_pack(pack.words) for lang in LANGS)
    keys = ("init.organization", "record.organisation", "portfolio.by-bureau")
    assert [ja.say(key) for key in keys] == ["所属", "担当する所属", "所属"]
    assert [en.say(key) for key in keys] == ["Department", "Department in charge", "By department"]
    assert "department with" in en.say("portfolio.asked.bureau", name="x")
    assert "the department in charge" in en.say("verdict.whose")
    for key in ("init.explain.organization", "verdict.whose", "record.before.intro"):
        assert "所属" in ja.say(key), key
        assert not re.search("組織が|局|担当の", ja.say(key)), key
    assert run("init", "--name", "案件", "--guideline", "our-city").code == 0
    assert "所属: " in run("set", "project.json", "--organization", "情報課").out


def changes_of_the_readme() -> str:
    readme = (SCAFFOLD / "README.md").read_text(encoding="utf-8")
    block = readme.partition("```yaml\n")[2].partition("```")[0]
    return "\n".join(line.removeprefix("   ") for line in block.splitlines()) + "\n"


def test_the_readme_declares_changes_of_every_kind(run: Run, pack: Path) -> None:
    """Its list, used whole, declares all that differs between two versions and nothing else."""
    second = Path(shutil.copytree(pack, pack.parent / "2"))
    edit(second / "guideline.yaml", "version: 1 ", "version: 2 ")
    edit(second / "items" / "plan.yaml", "{ja: 目的を決める, en: Set", "{ja: 目的を書く, en: Write")
    (second / "items" / "end.yaml").unlink()
    (second / "changes.yaml").write_text(changes_of_the_readme(), encoding="utf-8")
    head, errors = (pack / "items" / "run.yaml").read_text("utf-8").split("  - id: run.errors\n")

    def write(folder: Path, *ids: str) -> None:
        blocks = (f"  - id: {id}\n{errors}" for id in ids)
        (folder / "items" / "run.yaml").write_text(head + "".join(blocks), encoding="utf-8")

    write(pack, "run.errors", "old.id", "one.item", "other.item")
    write(second, "run.count", "run.mend", "new.id", "both.items", "run.log")
    ran = run("guideline", "diff", "our-city@1", "our-city@2", "--format", "json")
    assert ran.code == 0, ran.err
    (step,) = ran.json["steps"]
    kinds = {kind for one in step["changes"] for kind in one["kinds"]}
    assert {"reworded", "renamed", "split", "merged", "added", "removed"} <= kinds
    found = run("guideline", "lint", second, "--format", "json").json["findings"]
    assert [one for one in found if one["code"].startswith("AG2")] == []
