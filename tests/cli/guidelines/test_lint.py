"""`guideline lint` finds every fault of a pack broken on purpose, each at its place."""

# ruff: noqa: E501 (a fault on a line reads better than one over five)
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from aiguide.store import strict_yaml
from aiguide.usecases.catalogue import load_words
from tests.cli.guidelines.conftest import edit
from tests.conftest import ROOT, Run
from tests.contracts import fits

HEAD, CELLS, DOCUMENTS = "guideline.yaml", "cells.yaml", "documents.yaml"
PLAN, RUN = "items/plan.yaml", "items/run.yaml"
CLAUSE = """    #drafting:
    #  place: contract
    #  title: {ja: 個人情報の消去, en: Deletion of personal data}
    #  text:
    #    ja: 受注者は、契約の終了後［　］日以内に個人情報を消去し、その証明書を提出すること。
    #    en: The vendor shall delete personal data within [ ] days of the end of the contract and submit proof.
"""
CLAUSE_IN_USE = CLAUSE.replace("#", "")
RECORD = """#record:
#  - id: purpose
#    title: {ja: 使う目的, en: Why it is used}
#    prompt: {ja: 誰のどの困りごとを良くするのか, en: "whose difficulty it is to ease, and which"}
#    items: [plan.goal]
"""
WORDS = """#words:
#  facts.organization: {ja: 所属, en: Department}
#  pack.line: {ja: "{title} 第{version}版", en: "{title}, version {version}"}
"""
RECORD_LINES = RECORD.replace("#", "").removeprefix("record:\n")
SOURCE = "sources: [{document: project, locator: {ja: 点検, en: Check}, basis: project}]"


def item(id: str, title: str = "題名", check: str = "別のことを確かめる。", **more: str) -> str:
    """Write a check item; `title` and `check` are Japanese, the English is made to differ."""
    fields = {"level_basis": "{basis: project}", "applies_to": "all", **more}
    lines = [f"{key}: {value}" for key, value in fields.items()]
    return "\n    ".join(
        (
            f"  - id: {id}",
            f"title: {{ja: {title}, en: Title of {id}}}",
            "level: required",
            "considerations: []",
            f"check: {{ja: {check}, en: Look at {id} once more and say so}}",
            "evidence: [{ja: 記録, en: Record}]",
            SOURCE,
            *lines,
        )
    )


def found(run: Run, given: Path | str) -> list[dict[str, Any]]:
    """Lint; gives what was found but for what is left to be written and to be frozen."""
    ran = run("guideline", "lint", given, "--format", "json")
    fits("validation", ran.json)
    findings: list[dict[str, Any]] = ran.json["findings"]
    placeless = {one["code"] for one in findings if not one["line"]}
    assert placeless <= {"AG101", "AG102"}, "what is there to be read has lines"
    return [one for one in findings if one["code"] not in ("AG615", "AG631")]


def test_what_new_makes_is_clean_but_for_what_it_says_is_to_be_written(
    run: Run, pack: Path
) -> None:
    assert found(run, pack) == []
    ran = run("guideline", "lint", "our-city")
    assert ran.code == 0
    assert "AG615" in ran.out
    assert run("guideline", "lint", "our-city", "--strict").code == 1


@pytest.mark.parametrize("name", ["tokyo-ai/1", "tokyo-ai/2", "ai-business/1"])
def test_the_shipped_packs_are_clean(run: Run, name: str) -> None:
    ran = run("guideline", "lint", ROOT / "data" / name, "--strict")
    assert (ran.code, "AG" in ran.out) == (0, False), ran.out


# One fault each: the file, what stands there, what is put there, the code, and how many lines
# below the beginning of the change it shows.
# fmt: off
FAULTS: dict[str, tuple[str, str, str, str, int]] = {
    "a key that does not exist": (PLAN, "level: required", "levle: required", "AG111", 0),
    "a level that does not exist": (PLAN, "level: required", "level: must", "AG112", 0),
    "no sources": (RUN, "    sources: [{document: project, locator: {ja: 点検項目, en: Check item}, basis: project}]\n", "", "AG110", -10),
    "no ground for a level": (PLAN, "    level_basis: {basis: stated}\n", "", "AG110", -5),
    "no Japanese at all": (RUN, "{ja: 誤りを数えて直す, en:", "{en:", "AG110", 0),
    "an id in capitals": (RUN, "id: run.errors", "id: Run.Errors", "AG114", 0),
    "an id in Japanese": (RUN, "id: run.errors", "id: 誤り", "AG114", 0),
    "a document that is not there": (RUN, "document: project", "document: porject", "AG206", 0),
    "a condition that is not there": (PLAN, "[{conditions: [personal_data]}]", "[{conditions: [person]}]", "AG206", 0),
    "a cell that is not there": (PLAN, "[{cells: [public.decide]}]", "[{cells: [public.deicde]}]", "AG206", 0),
    "an id used twice": (PLAN, "id: plan.privacy", "id: plan.goal", "AG207", 0),
    "a key given twice": (RUN, "level: required", "level: required\n    level: required", "AG106", 1),
    "an alias": (RUN, "considerations: [fairness]", "considerations: &a [fairness]\n    aliases: *a", "AG115", 1),
    "a date without quotes": (RUN, "en: Record of errors", "en: 2026-01-01", "AG116", 0),
    "a comma that cuts a text": (RUN, "en: Record of errors", "en: Record, kept", "AG121", 0),
    "an indent that slips": (RUN, "    level: required", "   level: required", "AG122", 0),
    "Japanese in English": (RUN, "en: Count and mend errors", "en: 誤りを数えて直す", "AG603", 0),
    "English in Japanese": (RUN, "ja: 誤りの記録", "ja: Record of errors", "AG604", 0),
    "a text cut short at a hash": (RUN, "ja: 誤った答えの件数を月ごとに", "ja: 誤った答えの件数を 様式 #3 に", "AG647", 0),
    "a text in brackets cut short": (RUN, "evidence: [{ja: 誤りの記録, en: Record of errors}]", "evidence:\n      - {ja: 誤りの記録, en: Record #3\n        }", "AG647", 1),
    "a blank that one language lacks": (PLAN, CLAUSE, CLAUSE_IN_USE.replace("［　］", "30"), "AG642", 4),
    "a blank of the wrong width": (PLAN, CLAUSE, CLAUSE_IN_USE.replace("［　］", "[ ]"), "AG643", 4),
    "a blank without its space": (PLAN, CLAUSE, CLAUSE_IN_USE.replace("［　］", "［］"), "AG643", 4),
    "a level without a source": (RUN, "level_basis: {basis: project}", "level_basis: {basis: stated}", "AG605", 0),
    "one's own word as stated": (RUN, "basis: project}]", "basis: stated}]", "AG624", 0),
    "domains and cells apart": (PLAN, "{cells: [public.decide]}", "{cells: [public.decide]}\n      , {domains: [office], cells: [public.answer]}", "AG606", 1),
    "a clause inside another": (PLAN, "{conditions: [personal_data]}", "{conditions: [personal_data]}\n      , {domains: [office], conditions: [personal_data]}", "AG609", 1),
    "a condition that cells imply": (HEAD, "    question: {ja: AIは個", "    implied_by: [{domains: [public]}, {domains: [office]}]\n    question: {ja: AIは個", "AG607", 0),
    "a condition inside implied_by": (HEAD, "    question: {ja: AIは個", "    implied_by: [{cells: [public.decide], conditions: [personal_data]}]\n    question: {ja: AIは個", "AG608", 0),
    "a title that runs on": (RUN, "ja: 誤りを数えて直す", f"ja: {'誤りを数えて直す' * 5}", "AG611", 0),
    "a check that runs on": (RUN, "ja: 誤った答え", f"ja: {'誤った答えを数える。' * 30}", "AG611", 0),
    "a document nobody cites": (DOCUMENTS, "  - id: project", "  - {id: other, title: {ja: 覚え書き, en: Memo}, short_title: {ja: 覚え書き, en: Memo}, publisher: {ja: 市, en: City}, url: null, seen: {ja: 読んだ。, en: Read.}}\n  - id: project", "AG612", 0),
    "needs of a phase in line": (HEAD, "kind: sequential", "kind: sequential\n    needs: [personal_data]", "AG618", 1),
    "cells with one number": (CELLS, "number: 2", "number: 1", "AG616", 0),
    "cells of one class": (CELLS, "reach: decide", "reach: answer", "AG616", 0),
    "another reading that is the same": (CELLS, "{value: amber,", "{value: amber, other_reading: amber,", "AG620", 0),
    "a version in the wrong folder": (HEAD, "version: 1 ", "version: 2 ", "AG602", 0),
    "an id in the wrong folder": (HEAD, "id: our-city ", "id: your-city ", "AG602", 0),
    "a phase in the wrong file": (RUN, "phase: run", "phase: plan", "AG602", 0),
    "a cell that is not its place": (CELLS, "reach: draft", "reach: write", "AG626", -2),
    "a second phase that is in use": (HEAD, "    kind: closing", "    kind: closing\n    in_use: true", "AG627", 1),
    "a stance after a more cautious one": (HEAD, "policy: hold\n", "policy: go\n", "AG628", 0),
    "an exception for everybody": (PLAN, "applies_to: [{cells: [public.decide]}]", "applies_to: all", "AG629", 3),
    "a condition that the public record leaves out": (HEAD, RECORD, RECORD.replace("#", ""), "AG644", -17),
    "a field of the public record given twice": (HEAD, RECORD, f"record:\n{RECORD_LINES}{RECORD_LINES}", "AG207", 5),
    "a blank that nothing fills in": (HEAD, WORDS, WORDS.replace("#", "").replace("所属", '"{name}"', 1), "AG645", 1),
    "a line of the pack without its version": (HEAD, WORDS, WORDS.replace("#", "").replace("{version}版", "二版"), "AG645", 2),
    "an item named after another phase": (PLAN, "id: plan.privacy", "id: run.privacy", "AG648", 0),
    "what a source states of another cell": (CELLS, "stance: {value: green, sources: [{document: project, locator: {ja: 区分の表, en: Table of cells}, basis: project}]}", "stance: {value: green, sources: [{document: guideline, locator: {ja: 区分の表, en: Table of cells}, basis: stated, cells: [office.draft]}]}", "AG650", 0),
    "a Japanese text on two lines": ("items/end.yaml", "ja: 残すものと消すもの", "ja: 残すものと\n        消すもの", "AG651", 1),
    "a Japanese text that is folded": ("items/end.yaml", "ja: 残すものと消すもの", "ja: >-\n        残すものと\n        消すもの", "AG651", 2),
    "half a pair of quotation marks": (RUN, "ja: 誤りを数えて直す", 'ja: 誤りを数えて直す"', "AG649", 0),
    "full-width signs in English": (RUN, "en: Count and mend errors", "en: Count and mend errors！", "AG603", 0),
    "a question that runs on": (HEAD, "ja: AIは個人情報を扱いますか", f"ja: {'AIは個人情報を扱いますか' * 9}", "AG611", 0),
    "a stop without a way out": (PLAN, "    cleared_by: exception\n", "", "AG622", 0),
}
# fmt: on


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_at_its_place(run: Run, pack: Path, fault: str) -> None:
    file, old, new, code, below = FAULTS[fault]
    line = edit(pack / file, old, new)
    places = {(one["code"], Path(one["file"]).name): one for one in found(run, pack)}
    home = {"AG607": PLAN, "AG622": CELLS}.get(code, file)
    assert (code, Path(home).name) in places, list(places)
    if home == file:
        assert places[code, Path(home).name]["line"] == line + below
    else:
        assert places[code, Path(home).name]["line"] > 1


def test_every_file_is_read_once(run: Run, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version before, too, and where a pack is put together in the end."""
    second = Path(shutil.copytree(pack, pack.parent / "2"))
    edit(second / HEAD, "version: 1 ", "version: 2 ")
    (second / "changes.yaml").write_text("since: 1\nchanges: []\n", encoding="utf-8")
    opened: Counter[Path] = Counter()
    read = strict_yaml.read

    def counted(file: Path) -> strict_yaml.Document:
        opened[file.absolute()] += 1
        return read(file)

    monkeypatch.setattr(strict_yaml, "read", counted)
    assert found(run, second) == []
    files = {one for version in (pack, second) for one in version.rglob("*.yaml")}
    assert opened == Counter(dict.fromkeys(files, 1))


def test_where_else_an_id_is_used_is_told(run: Run, pack: Path) -> None:
    edit(pack / RUN, "id: run.errors", "id: plan.goal")
    (twice,) = (one for one in found(run, pack) if one["code"] == "AG207")
    line = edit(pack / PLAN, "id: plan.goal", "id: plan.goal")
    assert f"{PLAN}:{line}" in twice["message"]


@pytest.mark.parametrize("name", ["run~.yaml", "run copy.yaml"])
def test_a_copy_left_beside_the_items_is_told_as_a_copy(run: Run, pack: Path, name: str) -> None:
    shutil.copy(pack / RUN, pack / "items" / name)
    two = [one for one in found(run, pack) if one["code"] in ("AG207", "AG646")]
    assert [(one["code"], Path(one["file"]).name) for one in two] == [("AG646", name)]
    assert RUN in two[0]["message"]


def test_items_much_alike_are_found(run: Run, pack: Path) -> None:
    text = (pack / RUN).read_text(encoding="utf-8")
    title = "誤りを数えて直した"
    check = "誤った答えの件数を月ごとに数え、直した内容と日付を記録しているかを確かめる。"
    twin = item("run.mistakes", title, check).replace(
        "Title of run.mistakes", "Count and mend the errors"
    )
    twin = twin.replace(
        "Look at run.mistakes once more and say so",
        '"Check that wrong answers are counted each month, and each correction recorded with its date."',
    )
    (pack / RUN).write_text(f"{text}\n{twin}\n", encoding="utf-8")
    alike = [one for one in found(run, pack) if one["code"] == "AG610"]
    assert [one["pointer"] for one in alike] == ["/items/1/title", "/items/1/check"]
    assert "run.errors" in alike[0]["message"]


def test_a_phase_without_items_and_cells_without_any_are_found(run: Run, pack: Path) -> None:
    (pack / "items" / "end.yaml").unlink()
    assert [(one["code"], Path(one["file"]).name) for one in found(run, pack)] == [("AG613", HEAD)]
    for name in ("plan", "run"):
        file = pack / "items" / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("applies_to: all", "applies_to: [{domains: [office]}]"), "utf-8"
        )
    codes = [(one["code"], one["pointer"]) for one in found(run, pack)]
    assert ("AG614", "/cells/0/id") in codes
    assert ("AG614", "/cells/2/id") not in codes


def test_a_file_that_is_not_there_hides_no_other_fault_and_accuses_nobody(
    run: Run, pack: Path
) -> None:
    (pack / CELLS).unlink()
    line = edit(pack / RUN, "level: required", "level: must")
    faults = {(one["code"], Path(one["file"]).name, one["line"]) for one in found(run, pack)}
    assert faults == {("AG101", CELLS, 0), ("AG112", "run.yaml", line)}


def test_a_phase_that_nobody_can_be_in_is_found(run: Run, pack: Path) -> None:
    file = pack / HEAD
    file.write_text(file.read_text("utf-8").replace("kind: sequential", "kind: crossing"), "utf-8")
    assert "AG617" in {one["code"] for one in found(run, pack)}


def test_an_id_of_two_things_is_found(run: Run, pack: Path) -> None:
    for file in pack.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("fairness", "plan"), "utf-8")
    assert "AG619" in {one["code"] for one in found(run, pack)}


def test_the_id_of_a_shipped_pack_is_refused_with_the_way_out(run: Run, pack: Path) -> None:
    copy = pack.parent.parent / "tokyo-ai" / "9"
    shutil.copytree(pack, copy)
    edit(copy / HEAD, "id: our-city ", "id: tokyo-ai ")
    edit(copy / HEAD, "version: 1 ", "version: 9 ")
    assert [one["code"] for one in found(run, copy)] == ["AG621"]
    ran = run("init", "--name", "x", "--guideline", "our-city")
    assert ran.code == 2
    assert "tokyo-ai@9" in ran.err
    assert "our-city" in ran.err.splitlines()[1]


def test_a_second_version_declares_what_it_changes(run: Run, pack: Path) -> None:
    second = Path(shutil.copytree(pack, pack.parent / "2"))
    edit(second / HEAD, "version: 1 ", "version: 2 ")
    assert [one["code"] for one in found(run, second)] == ["AG625"]
    changes = second / "changes.yaml"
    reason = "reason: {ja: 分かりにくかった, en: It was hard to follow}"
    changes.write_text("since: 1\nchanges: []\n", encoding="utf-8")
    assert found(run, second) == []
    edit(second / RUN, "ja: 誤りを数えて直す", "ja: 誤りを月ごとに数える")
    edit(second / RUN, "en: Count and mend errors", "en: Count errors each month")
    assert [one["code"] for one in found(run, second)] == ["AG221"]
    declared = f"  - {{from: [run.errors], to: [run.errors], {reason}}}\n"
    changes.write_text(f"since: 1\nchanges:\n{declared}", encoding="utf-8")
    assert found(run, second) == []
    changes.write_text(f"since: 7\nchanges:\n{declared}", encoding="utf-8")
    assert [(one["code"], one["line"]) for one in found(run, second)] == [("AG227", 1)]


@pytest.mark.parametrize("since", [1, 3, 9])
def test_a_version_starts_from_the_one_just_before_it(run: Run, pack: Path, since: int) -> None:
    """What was copied along with version 2 would leave its projects no way to version 3."""
    third = second_version(pack, "[]").rename(pack.parent / "3")
    second_version(pack, "[]")
    edit(third / HEAD, "version: 2 ", "version: 3 ")
    edit(third / RUN, "ja: 誤りを数えて直す", "ja: 誤りを月ごとに数える")
    edit(third / "changes.yaml", "since: 1", f"since: {since}")
    (told,) = found(run, third)
    assert (told["code"], told["line"]) == ("AG227", 1)
    assert "第3版のすぐ前の版は 2 です" in told["message"]
    frozen = run("guideline", "freeze", third, "--allow-warnings", "--yes")
    assert (frozen.code, "AG227" in frozen.err) == (2, True)
    assert not (third / "released.yaml").exists()


def test_a_version_that_passes_one_over_declares_changes_since_the_last(
    run: Run, pack: Path
) -> None:
    third = Path(shutil.copytree(pack, pack.parent / "3"))
    edit(third / HEAD, "version: 1 ", "version: 3 ")
    (told,) = found(run, third)
    assert (told["code"], "since: 1" in told["fix"]) == ("AG625", True)
    (third / "changes.yaml").write_text("since: 1\n", encoding="utf-8")
    assert found(run, third) == [], "the line that the remedy asks for is enough"


def test_an_earlier_version_is_frozen_only_once_nothing_else_is_wrong(run: Run, pack: Path) -> None:
    second = second_version(pack, "[]")
    edit(second / RUN, "ja: 誤りを数えて直す", "ja: 誤りを月ごとに数える")
    told = run("guideline", "lint", second, "--format", "json").json["findings"]
    assert {one["code"] for one in told} == {"AG615", "AG221"}


def test_what_is_written_under_changes_is_an_item_of_the_version_before(
    run: Run, pack: Path
) -> None:
    reason = "reason: {ja: 名前, en: Name}"
    ends = ("[run.erors], to: [run.errors]", "[public.answer], to: [public.answer]")
    second = second_version(pack, f"[{', '.join(f'{{from: {one}, {reason}}}' for one in ends)}]")
    told = {one["code"]: one for one in found(run, second) if one["pointer"].endswith("from/0")}
    assert "もしかして: run.errors" in told["AG228"]["fix"]
    assert "書き足" not in told["AG228"]["fix"], "nothing is added to a version that is handed out"
    assert "cells: の下に" in told["AG229"]["fix"]


def test_what_a_source_states_of_another_cell_is_shown_as_inferred(run: Run, pack: Path) -> None:
    own = "sources: [{document: project, locator: {ja: 区分の表, en: Table of cells}, basis: project}]"
    stated = own.replace("document: project", "document: guideline").replace(
        "basis: project", "basis: stated, cells: [CELL]"
    )
    for cell, inferred in (("public.answer", False), ("office.draft", True)):
        edit(pack / CELLS, f"value: green, {own}", f"value: green, {stated.replace('CELL', cell)}")
        cells = run("matrix", "--guideline", "our-city", "--format", "json").json["cells"]
        (one,) = (one for one in cells if one["id"] == "public.answer")
        assert one["stance_inferred"] is inferred
        assert ("緑?" in run("matrix", "--guideline", "our-city").out) is inferred
        edit(pack / CELLS, stated.replace("CELL", cell), own)


@pytest.mark.parametrize(
    "written",
    [
        "ja: |-\n        残すものと\n        消すもの",  # whose lines are lines
        "ja: 残すもの\n        AIが消すもの",  # beside Latin letters a blank is usual
    ],
)
def test_a_line_that_ends_where_a_blank_does_no_harm_is_no_finding(
    run: Run, pack: Path, written: str
) -> None:
    edit(pack / "items" / "end.yaml", "ja: 残すものと消すもの", written)
    assert "AG651" not in {one["code"] for one in found(run, pack)}


def test_that_an_error_keeps_others_from_being_found_is_said_with_the_last_one(
    run: Run, pack: Path
) -> None:
    second = second_version(pack, "[]")
    edit(second / RUN, "level: required", "level: recommended")
    edit(second / PLAN, "considerations: [privacy]", "considerations: [privcy]")
    edit(second / PLAN, "considerations: [fairness]", "considerations: [fairnes]")
    told = found(run, second)
    assert [one["code"] for one in told] == ["AG206", "AG206"]
    assert ["直すまで調べられないこと" in one["fix"] for one in told] == [False, True]
    edit(second / PLAN, "[privcy]", "[privacy]")
    edit(second / PLAN, "[fairnes]", "[fairness]")
    assert not any("直すまで" in one["fix"] for one in found(run, second))
    assert [one["code"] for one in found(run, second)] == ["AG221"]


def test_of_many_ids_those_most_like_a_wrong_one_are_named(run: Run, pack: Path) -> None:
    more = "\n".join(
        item(f"end.other-{n}", f"題名{n}", f"{n * 7}番の棚を見る。") for n in range(12)
    )
    with (pack / "items" / "end.yaml").open("a", encoding="utf-8") as file:
        file.write(more + "\n")
    edit(pack / HEAD, RECORD, RECORD.replace("#", "").replace("plan.goal", "run.mistakes"))
    (told,) = (one for one in found(run, pack) if one["code"] == "AG206")
    assert told["message"].index("run.errors") < told["message"].index("end.")


def test_all_packs_below_a_folder_are_judged(run: Run, pack: Path) -> None:
    run("guideline", "new", "other-city")
    files = run("guideline", "lint", pack.parent.parent, "--format", "json").json["files"]
    assert files == 2 * run("guideline", "lint", pack, "--format", "json").json["files"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("no-such-city", "no-such-city"),
        ("no/such/folder", "no/such/folder"),
        ("empty", "guideline.yaml"),
        ("aiguide.toml", "フォルダーではありません"),
    ],
)
def test_what_is_no_pack_is_refused_with_the_remedy(
    run: Run, pack: Path, given: str, said: str
) -> None:
    Path("empty").mkdir()
    ran = run("guideline", "lint", given)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_every_code_of_packs_is_found_by_some_test_here(run: Run) -> None:
    tried = Path(__file__).read_text(encoding="utf-8")
    for name in ("test_hostile.py", "test_freeze.py"):
        tried += (Path(__file__).parent / name).read_text(encoding="utf-8")
    codes = [code for code in load_words("ja").kinds if code.startswith("AG6")]
    assert [code for code in codes if code not in tried] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ja: 誤りを数えて直す, en:", "ja： 誤りを数えて直す, en:", ("「：」が全角", "「: 」")),
        (
            "{ja: 誤りを数えて直す, en: Count and mend errors}",
            "[誤り]",
            ("並び", "title: {ja: 計画, en: Planning}"),
        ),
        ("applies_to: all", "applies_to: {conditions: [personal_data]}", ("[ ] に並べた",)),
        ("considerations: [fairness]", "considerations: fairness", ("「- 」で始まる行",)),
        ("considerations: [fairness]", "considerations:\n      -\u3000fairness", ("空白が全角",)),
        ("considerations: [fairness]", "considerations: ［fairness］", ("括弧が全角",)),
        ("applies_to: all", "applies_to: [all]", ("all か、",)),
        ("considerations: [fairness]", "considerations:\n      － fairness", ("「-」が全角",)),
        (
            "considerations: [fairness]",
            "considerations: [fairness、privacy]",
            ("半角の「, 」", "点検項目「run.errors」"),
        ),
        ("applies_to: all", "applies_to: [{cells: [public.anser]}]", ("public.answer",)),
        ("document: project", "document: memo", ("guideline、project", "documents.yaml")),
    ],
)
def test_what_is_said_of_a_fault_says_what_to_write(
    run: Run, pack: Path, old: str, new: str, said: tuple[str, ...]
) -> None:
    edit(pack / RUN, old, new)
    (one,) = found(run, pack)
    for part in said:
        assert part in one["message"] + one["fix"]


def test_names_and_values_that_run_together_over_lines_are_told(run: Run, pack: Path) -> None:
    title = "{ja: 誤りを数えて直す, en: Count and mend errors}"
    line = edit(pack / RUN, title, "\n      ja： 誤り\n      en： Errors")
    (one,) = found(run, pack)
    assert (one["code"], one["line"], one["column"]) == ("AG122", line + 1, 9)
    assert "全角" in one["message"]


def second_version(pack: Path, changes: str) -> Path:
    """Make a version 2 of a pack that declares some changes."""
    second = Path(shutil.copytree(pack, pack.parent / "2"))
    edit(second / HEAD, "version: 1 ", "version: 2 ")
    (second / "changes.yaml").write_text(f"since: 1\nchanges: {changes}\n", encoding="utf-8")
    return second


@pytest.mark.parametrize(
    ("file", "old", "new", "below", "said"),
    [
        (
            RUN,
            "ja: 誤った答えの件数を月",
            "ja: 誤った答えの件数を週",
            0,
            ("件数を月ごと", "件数を週ごと"),
        ),
        ("items/end.yaml", "level: recommended", "level: required", 0, ("推奨 → 必須",)),
        (PLAN, "[{conditions: [personal_data]}]", "all", 0, ("[personal_data]}] → all",)),
    ],
)
def test_a_change_not_declared_is_told_where_it_is_and_how_to_declare_it(
    run: Run, pack: Path, file: str, old: str, new: str, below: int, said: tuple[str, ...]
) -> None:
    second = second_version(pack, "[]")
    line = edit(second / file, old, new)
    here = [one for one in found(run, second) if Path(one["file"]).name == Path(file).name]
    assert [(one["code"], one["line"]) for one in here] == [("AG221", line + below)]
    assert here[0]["column"] > 1
    for part in said:
        assert part in here[0]["message"] + here[0]["fix"]


def test_an_item_that_is_new_is_told_where_it_is(run: Run, pack: Path) -> None:
    second = second_version(pack, "[]")
    text = (second / RUN).read_text(encoding="utf-8")
    (second / RUN).write_text(f"{text}\n{item('run.log')}\n", encoding="utf-8")
    (told,) = found(run, second)
    assert (told["code"], "追加" in told["message"]) == ("AG221", True)
    assert "- {from: [], to: [run.log], reason: …}" in told["fix"]


HOLD = "from: [plan.hold], to: [plan.hold]"


@pytest.mark.parametrize(
    ("kept", "kind", "line"),
    [
        (("plan.stop",), "IDの変更", "from: [plan.hold], to: [plan.stop]"),
        (("plan.stop", "plan.halt"), "分割", "from: [plan.hold], to: [plan.stop, plan.halt]"),
    ],
)
def test_what_looks_like_another_name_is_told_as_one_change(
    run: Run, pack: Path, kept: tuple[str, ...], kind: str, line: str
) -> None:
    """Who writes the line word for word keeps the answers."""
    second = second_version(pack, "[]")
    text = (second / PLAN).read_text(encoding="utf-8")
    begin = text.index("  - id: plan.hold")
    blocks = [text[begin:].replace("plan.hold", id).rstrip() for id in kept]
    (second / PLAN).write_text(text[:begin] + "\n\n".join(blocks) + "\n", encoding="utf-8")
    told = [one for one in found(run, second) if one["code"] in ("AG221", "AG640")]
    assert [one["code"] for one in told] == ["AG640"]
    assert kind in told[0]["message"]
    assert f"- {{{line}, reason: …}}" in told[0]["fix"]
    assert "- {from: [plan.hold], to: [], reason: …}" in told[0]["fix"], "the other reading too"
    reason = "reason: {ja: 名前, en: Name}"
    changes = f"since: 1\nchanges: [{{{line}, {reason}}}]\n"
    (second / "changes.yaml").write_text(changes, encoding="utf-8")
    assert {one["code"] for one in found(run, second)} <= {"AG610"}
    given = ("--guideline", "our-city@1", "--cell", "public.decide")
    assert run("init", "x.project.json", "--name", "x", *given).code == 0
    assert run("answer", "x.project.json", "plan.hold", "in-progress").code == 0
    assert run("upgrade", "x.project.json", "--to", "2").code == 0
    answers = json.loads(Path("x.project.json").read_text("utf-8"))["answers"]
    assert set(answers) == set(kept)


def test_items_that_seem_to_be_merged_are_told_as_one_change(run: Run, pack: Path) -> None:
    text = (pack / RUN).read_text(encoding="utf-8")
    check = "記録の件数を週ごとに数え、足りない日を書き足したかを確かめる。"
    one, two, both = (item(f"run.{id}", "記録を数える", check) for id in ("log", "logs", "records"))
    (pack / RUN).write_text(f"{text}\n{one}\n{two}\n", encoding="utf-8")
    second = second_version(pack, "[]")
    (second / RUN).write_text(f"{text}\n{both}\n", encoding="utf-8")
    (told,) = found(run, second)
    assert (told["code"], "統合" in told["message"]) == ("AG640", True)
    assert "- {from: [run.log, run.logs], to: [run.records], reason: …}" in told["fix"]


def test_a_cell_or_condition_that_is_gone_without_a_word_is_found(run: Run, pack: Path) -> None:
    second = second_version(pack, "[]")
    for file in second.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("personal_data", "person_data"), "utf-8")
    first = found(run, second)[0]
    assert (first["code"], Path(first["file"]).name) == ("AG225", "changes.yaml")
    assert "personal_data" in first["message"]
    assert "もしかして: person_data" in first["fix"]
    reason = "reason: {ja: 言葉を変えた, en: Another word}"
    renamed = f"conditions: [{{from: [personal_data], to: [person_data], {reason}}}]"
    (second / "changes.yaml").write_text(f"since: 1\nchanges: []\n{renamed}\n", encoding="utf-8")
    assert found(run, second) == []


def test_a_version_before_that_cannot_be_read_is_told_with_its_own_faults(
    run: Run, pack: Path
) -> None:
    second = second_version(pack, "[]")
    edit(pack / RUN, "level: required", "level: must")
    assert [(one["code"], Path(one["file"]).parent.parent.name) for one in found(run, second)] == [
        ("AG112", "1")
    ]


def test_a_renamed_cell_goes_all_the_way(run: Run, pack: Path) -> None:
    """It is told by `diff` with its reason, carried by `upgrade`, and brought back by `undo`."""
    given = ("--guideline", "our-city@1", "--cell", "public.answer")
    assert run("init", "x.project.json", "--name", "x", *given).code == 0
    second = second_version(pack, "[]")
    edit(second / CELLS, "public.answer", "public.reply")
    edit(second / CELLS, "reach: answer", "reach: reply")
    reason = "reason: {ja: 呼び名を変えた, en: Another name}"
    ends = f"cells: [{{from: [public.answer], to: [public.reply], {reason}}}]"
    (second / "changes.yaml").write_text(f"since: 1\nchanges: []\n{ends}\n", encoding="utf-8")
    (told,) = run("guideline", "diff", "our-city@1", "our-city@2", "--format", "json").json["steps"]
    assert [(one["part"], one["reason"]) for one in told["terms"]] == [
        ("区分 public.answer → public.reply", "呼び名を変えた")
    ]
    shown = run("upgrade", "x.project.json").out
    assert "新しい ID" in shown
    assert "public.answer → public.reply" in shown
    assert run("status", "x.project.json", "--format", "json").json["cells"] == ["public.reply"]
    assert run("undo", "x.project.json").code == 0
    assert run("status", "x.project.json", "--format", "json").json["cells"] == ["public.answer"]


# What alters verdicts though nobody answered anything: the file, what stands there, what is put
# there, whose rule it is, and how the change is told.
# fmt: off
RULES: dict[str, tuple[str, str, str, str, str]] = {
    "a policy": (HEAD, "policy: hold", "policy: care", "stop", "policy（hold → care）"),
    "what implies": (HEAD, "    question: {ja: AIは個", "    implied_by: [{domains: [public]}]\n    question: {ja: AIは個", "personal_data", "implied_by（[] → [{domains: [public]}]）"),
    "the kind of a phase": (HEAD, "kind: closing", "kind: sequential", "end", "kind（closing → sequential）"),
    "the stance of a cell": (CELLS, "stance: {value: stop", "stance: {value: amber", "public.decide", "stance（stop → amber）"),
    "what clears": (PLAN, "    cleared_by: exception\n", "", "plan.hold", "cleared_by（exception → -）"),
}
# fmt: on


@pytest.mark.parametrize("rule", RULES)
def test_what_alters_verdicts_is_declared_with_a_reason(run: Run, pack: Path, rule: str) -> None:
    file, old, new, id, said = RULES[rule]
    second = second_version(pack, "[]")
    edit(second / file, old, new)
    (told,) = (one for one in found(run, second) if one["code"] == "AG220")
    assert id in told["message"]
    assert said.partition("（")[0] in told["message"]
    assert said.partition("（")[2] in told["message"]
    declared = f"rules: [{{of: {id}, reason: {{ja: 軽くした, en: Made lighter}}}}]"
    (second / "changes.yaml").write_text(f"since: 1\n{declared}\n", encoding="utf-8")
    assert not {"AG220", "AG223"} & {one["code"] for one in found(run, second)}
    (step,) = run("guideline", "diff", "our-city@1", "our-city@2", "--format", "json").json["steps"]
    assert [one["reason"] for one in step["terms"] if id in one["part"]] == ["軽くした"]


def test_a_reason_for_a_rule_that_is_the_same_is_found(run: Run, pack: Path) -> None:
    second = second_version(pack, "[]")
    declared = "rules: [{of: stop, reason: {ja: 軽くした, en: Made lighter}}]"
    (second / "changes.yaml").write_text(f"since: 1\n{declared}\n", encoding="utf-8")
    assert [(one["code"], one["line"]) for one in found(run, second)] == [("AG223", 2)]


@pytest.mark.parametrize(
    ("file", "old", "new", "part"),
    [
        (RUN, "ja: 誤りの記録", "ja: 誤りの一覧", "点検項目 run.errors の証拠の例"),
        (RUN, "considerations: [fairness]", "considerations: []", "点検項目 run.errors の留意事項"),
        (RUN, "{ja: 点検項目, en", "{ja: 点検の項目, en", "点検項目 run.errors の出典"),
        (PLAN, "    #note: ", "    note: ", "点検項目 plan.goal の補足"),
        (
            PLAN,
            "level_basis: {basis: stated}",
            "level_basis: {basis: project}",
            "点検項目 plan.goal のレベルの根拠",
        ),
        (HEAD, "    in_use: true\n", "", "フェーズ run の使い始め（in_use）"),
        (CELLS, "ja: 決まった情報を", "ja: 定まった情報を", "区分 public.answer の概要"),
        (CELLS, "{ja: 質問に答える", "{ja: 問いに答える", "区分 public.answer"),
    ],
)
def test_what_needs_no_declaration_is_told_by_diff_all_the_same(
    run: Run, pack: Path, file: str, old: str, new: str, part: str
) -> None:
    second = second_version(pack, "[]")
    edit(second / file, old, new)
    assert found(run, second) == []
    (step,) = run("guideline", "diff", "our-city@1", "our-city@2", "--format", "json").json["steps"]
    assert [one["part"] for one in step["terms"]] == [part]
    assert part in run("guideline", "diff", "our-city@1", "our-city@2").out


def test_an_item_that_named_a_removed_cell_may_be_declared(run: Run, pack: Path) -> None:
    edit(
        pack / RUN,
        "applies_to: all",
        "applies_to: [{cells: [public.answer]}, {cells: [office.draft]}]",
    )
    second = second_version(pack, "[]")
    edit(second / RUN, "{cells: [public.answer]}, ", "")
    edit(second / CELLS, "public.answer", "public.reply")
    edit(second / CELLS, "reach: answer", "reach: reply")
    reason = "reason: {ja: やめた, en: Given up}"
    ends = f"cells: [{{from: [public.answer], to: [], {reason}}}]"
    held = f"changes: [{{from: [run.errors], to: [run.errors], {reason}}}]"
    (second / "changes.yaml").write_text(f"since: 1\n{held}\n{ends}\n", encoding="utf-8")
    assert "AG223" not in {one["code"] for one in found(run, second)}


def test_a_removed_cell_is_told_with_a_gap_after_the_label(run: Run, pack: Path) -> None:
    given = ("--guideline", "our-city@1", "--cell", "public.answer")
    assert run("init", "x.project.json", "--name", "x", *given).code == 0
    second = second_version(pack, "[]")
    edit(second / CELLS, "public.answer", "public.reply")
    edit(second / CELLS, "reach: answer", "reach: reply")
    ends = "cells: [{from: [public.answer], to: [], reason: {ja: やめた, en: Given up}}]"
    (second / "changes.yaml").write_text(f"since: 1\nchanges: []\n{ends}\n", encoding="utf-8")
    assert re.search(r"引き継がれない +\S.*（public.answer）", run("upgrade", "x.project.json").out)


def test_a_cell_that_is_gone_leaves_the_rest_to_be_confirmed_by_a_person(
    run: Run, pack: Path
) -> None:
    """What was not to be deployed is not ready because its cell went away."""
    cells = ("--cell", "public.decide", "--cell", "office.draft")
    given = ("--guideline", "our-city@1", *cells)
    assert run("init", "x.project.json", "--name", "x", *given).code == 0
    second = second_version(pack, "[]")
    (title,) = re.findall(
        r"id: public.decide.*?ja: (.+?)[,\n]", (pack / CELLS).read_text("utf-8"), re.S
    )
    edit(second / CELLS, "public.decide", "public.rule")
    edit(second / CELLS, "reach: decide", "reach: rule")
    edit(second / PLAN, "public.decide", "public.rule")
    reason = "reason: {ja: やめた, en: Given up}"
    ends = f"cells: [{{from: [public.decide], to: [], {reason}}}]"
    held = f"changes: [{{from: [plan.hold], to: [plan.hold], {reason}}}]"
    (second / "changes.yaml").write_text(f"since: 1\n{held}\n{ends}\n", encoding="utf-8")
    assert run("status", "x.project.json", "--format", "json").json["verdict"] == "do-not-deploy"
    ran = run("upgrade", "x.project.json", "--to", "2")
    assert (ran.code, title in ran.out) == (0, True), ran.err
    assert "人が確かめて" in ran.out
    assert "aiguide set x.project.json --cell" in ran.out
    stood = run("status", "x.project.json", "--format", "json").json
    assert (stood["cells"], stood["verdict"]) == (["office.draft"], "needs-human-review")
    assert "AG311" in run("validate", "x.project.json").out
    assert run("set", "x.project.json", "--cell", "office.draft").code == 0
    stood = run("status", "x.project.json", "--format", "json").json
    assert stood["verdict"] == "not-ready"
    assert [run("undo", "x.project.json").code for _ in range(2)] == [0, 0]
    stood = run("status", "x.project.json", "--format", "json").json
    assert (stood["cells"][0], stood["verdict"]) == ("public.decide", "do-not-deploy")


def test_a_file_that_nothing_reads_is_found(run: Run, pack: Path) -> None:
    (pack / RUN).rename(pack / "items" / "run.yml")
    shutil.copy(pack / PLAN, pack / "plan.yaml")
    faults = {(one["code"], Path(one["file"]).name) for one in found(run, pack)}
    assert faults == {("AG630", "run.yml"), ("AG630", "plan.yaml"), ("AG613", HEAD)}


def test_a_head_with_another_ending_is_found(run: Run, pack: Path) -> None:
    (pack / HEAD).rename(pack / "guideline.yml")
    faults = {(one["code"], Path(one["file"]).name) for one in found(run, pack.parent)}
    assert {("AG630", "guideline.yml"), ("AG101", HEAD)} <= faults


def test_a_version_that_others_build_on_is_to_be_frozen_and_then_held(run: Run, pack: Path) -> None:
    second = second_version(pack, "[]")
    told = run("guideline", "lint", second, "--format", "json").json["findings"]
    (hint,) = (one for one in told if one["code"] == "AG631")
    assert "aiguide guideline freeze our-packs/our-city/1" in hint["fix"]
    frozen = run("guideline", "freeze", "our-packs/our-city/1", "--allow-warnings", "--yes")
    assert frozen.code == 0, frozen.err
    told = run("guideline", "lint", second, "--format", "json").json["findings"]
    assert {one["code"] for one in told} == {"AG615"}
    edit(pack / RUN, "en: Record of errors", "en: List of errors")
    assert [one["code"] for one in found(run, second)] == ["AG224"]


def test_lint_of_one_version_says_which_ones_it_did_not_look_at(run: Run, pack: Path) -> None:
    assert "ほかの版" not in run("guideline", "lint", pack).err
    second_version(pack, "[]")
    said = run("guideline", "lint", pack).err
    assert "ほかの版（2）" in said
    assert str(Path("our-packs/our-city")) in said


def test_a_slip_that_was_mended_asks_nobody_again(run: Run, pack: Path) -> None:
    given = ("--name", "x", "--guideline", "our-city@1", "--cell", "public.answer")
    assert run("init", "x.project.json", *given).code == 0
    assert run("answer", "x.project.json", "run.errors", "done", "--note", "数えた").code == 0
    before = json.loads(Path("x.project.json").read_text("utf-8"))
    change = "{from: [run.errors], to: [run.errors], reason: {ja: 誤字, en: A slip}}"
    second = second_version(pack, f"[{change}]")
    edit(second / RUN, "en: Count and mend errors", "en: Count and correct errors")
    (told,) = found(run, second)
    assert (told["code"], "英語の文だけ" in told["message"]) == ("AG231", True)
    edit(second / "changes.yaml", "reason", "editorial: true, reason")
    assert found(run, second) == []
    (step,) = run("guideline", "diff", "our-city", "--format", "json").json["steps"]
    assert [(one["kinds"], one["effects"]) for one in step["changes"]] == [
        (["editorial"], ["carried"])
    ]
    shown = run("upgrade", "x.project.json", "--format", "json").json
    fits("upgrade", shown)
    assert (shown["again"], shown["carried"], shown["corrected"]) == ([], 1, ["run.errors"])
    assert "文言の訂正" in run("log", "x.project.json").out
    assert run("log", "x.project.json", "--verify", "--format", "json").json["unattested"] == []
    assert "AG305" not in run("validate", "x.project.json").out
    assert run("undo", "x.project.json").code == 0
    after = json.loads(Path("x.project.json").read_text("utf-8"))
    assert {**after, "history": []} == {**before, "history": []}


def test_a_slip_mended_in_a_question_keeps_what_was_answered_and_says_why(
    run: Run, pack: Path
) -> None:
    said = ("--cell", "public.answer", "--condition", "personal_data=yes")
    assert (
        run("init", "x.project.json", "--name", "x", "--guideline", "our-city@1", *said).code == 0
    )
    second = second_version(pack, "[]")
    line = edit(
        second / HEAD, "en: Does the AI handle personal", "en: Does the AI deal with personal"
    )
    (told,) = found(run, second)
    assert (told["code"], Path(told["file"]).name, told["line"]) == ("AG231", HEAD, line)
    assert "英語の文だけ" in told["message"]
    assert "conditions: の下" in told["fix"]
    assert run("upgrade", "x.project.json", "--dry-run", "--format", "json").json["asked_anew"]

    (way,) = re.findall(r"- (\{from.*\})", told["fix"])
    assert "editorial: true" in way
    way = way.replace("…", "{ja: 誤字を直した, en: A slip}")
    (second / "changes.yaml").write_text(f"since: 1\nconditions:\n  - {way}\n", encoding="utf-8")
    assert found(run, second) == []
    shown = run("upgrade", "x.project.json", "--dry-run", "--format", "json").json
    assert shown["asked_anew"] == []
    (step,) = run("guideline", "diff", "our-city", "--format", "json").json["steps"]
    (term,) = step["terms"]
    assert "文言の訂正" in term["part"]
    assert term["reason"] == "誤字を直した"

    edit(second / HEAD, "ja: AIは個人情報を扱いますか", "ja: AIは個人の情報を扱いますか")
    edit(second / "changes.yaml", "editorial: true, ", "")
    assert found(run, second) == []
    assert "答え直す" in run("guideline", "diff", "our-city").out
    assert "誤字を直した" in run("guideline", "diff", "our-city").out
    (second / "changes.yaml").write_text("since: 1\n", encoding="utf-8")
    (told,) = found(run, second)
    assert (told["code"], Path(told["file"]).name) == ("AG232", HEAD)
    assert "- {from: [personal_data], to: [personal_data], reason: …}" in told["fix"]


def test_what_a_version_changed_is_counted_with_its_cells_conditions_and_rules(
    run: Run, pack: Path
) -> None:
    second = second_version(pack, "[]")
    edit(second / CELLS, "public.answer", "public.reply")
    edit(second / CELLS, "reach: answer", "reach: reply")
    edit(second / HEAD, "policy: hold", "policy: care")
    why = "reason: {ja: やめた, en: Given up}"
    ends = f"cells: [{{from: [public.answer], to: [], {why}}}]\nrules: [{{of: stop, {why}}}]"
    (second / "changes.yaml").write_text(f"since: 1\n{ends}\n", encoding="utf-8")
    assert "第1版から 2 件の変更" in run("guideline", "show", "our-city@2").out
    assert run("guideline", "show", "our-city@2", "--format", "json").json["changes"] == 2


def test_two_versions_are_compared_before_their_changes_are_written(run: Run, pack: Path) -> None:
    ran = run("guideline", "diff", "our-city")
    assert (ran.code, "比べる前の版がありません" in ran.err) == (2, True)
    second = second_version(pack, "[]")
    edit(second / RUN, "level: required", "level: recommended")
    (second / "changes.yaml").unlink()
    ran = run("guideline", "diff", "our-city")
    assert (ran.code, "推奨に引き下げ" in ran.out) == (0, True), ran.err


def test_conditions_that_become_one_are_asked_again(run: Run, pack: Path) -> None:
    """The one that is left goes by the id and the question of one of them."""
    first = "  - id: personal_data\n"
    head, block = (pack / HEAD).read_text("utf-8").split(first)
    block = block.partition("\n# record:")[0]
    other = f"{first}{block}".replace("personal_data", "health_data").replace("個人情報", "病歴")
    (pack / HEAD).write_text(
        f"{head}{other.replace('personal data', 'health data')}{first}{block}\n"
    )
    said = ("--condition", "personal_data=no", "--condition", "health_data=yes")
    given = ("--guideline", "our-city@1", "--cell", "public.answer", *said)
    assert run("init", "x.project.json", "--name", "x", *given).code == 0
    second = second_version(pack, "[]")
    (second / HEAD).write_text(f"{head}{first}{block}\n".replace("version: 1 ", "version: 2 "))
    reason = "reason: {ja: 一つでよい, en: One will do}"
    ends = f"conditions: [{{from: [health_data], to: [personal_data], {reason}}}]"
    (second / "changes.yaml").write_text(f"since: 1\n{ends}\n", encoding="utf-8")
    assert found(run, second) == []
    (step,) = run("guideline", "diff", "our-city", "--format", "json").json["steps"]
    assert ["統合" in one["part"] for one in step["terms"]] == [True]
    shown = run("upgrade", "x.project.json").out
    assert "aiguide set x.project.json --condition personal_data=..." in shown
    assert (
        json.loads(Path("x.project.json").read_text("utf-8"))["project"].get("conditions") is None
    )
