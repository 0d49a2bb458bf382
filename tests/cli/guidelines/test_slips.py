"""What an author slips in: one or two findings, where it is, naming the entry and what is right."""

# ruff: noqa: E501 (a slip on a line reads better than one over five)
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aiguide.store import schemas
from aiguide.usecases.catalogue import load_words
from tests.cli.guidelines.conftest import edit
from tests.cli.guidelines.test_lint import CELLS, DOCUMENTS, HEAD, PLAN, RUN, found
from tests.conftest import Run

TITLE = "title: {ja: 質問に答える, en: Answering questions}"
PHASE = "phase: plan "
CLAUSE = "applies_to: [{cells: [public.decide]}]"
STANCE = "stance: {value: green, sources: [{document: project, locator: {ja: 区分の表, en: Table of cells}, basis: project}]}"

# The file, what stands there, what is put there, the code, how many lines below the beginning of
# the change it shows, and what is said.
# fmt: off
SLIPS: dict[str, tuple[str, str, str, str, int, tuple[str, ...]]] = {
    "a stance that is misspelt": (CELLS, "value: green", "value: grean", "AG206", 0, ("「public.answer」の stance > value", "もしかして: green")),
    "a stance by its title": (CELLS, "value: green", "value: 緑", "AG206", 0, ("「public.answer」の stance > value", "もしかして: green")),
    "a stance that is a number": (CELLS, "value: green", "value: 1", "AG113", 0, ("「public.answer」の stance > value", "stances にある id", "value: green")),
    "a stance that is a list": (CELLS, "value: green", "value: [green]", "AG113", 0, ("stances にある id",)),
    "a stance without its value": (CELLS, "{value: green, ", "{", "AG110", 0, ("「public.answer」の stance", "stances にある id")),
    "a stance alone": (CELLS, STANCE, "stance: green", "AG113", 0, ("stance: {value: green",)),
    "a domain by its title": (CELLS, "domain: public", "domain: 住民が使うもの", "AG206", 0, ("もしかして: public",)),
    "a domain that is misspelt": (CELLS, "domain: public", "domain: pubilc", "AG206", 0, ("もしかして: public",)),
    "a consideration by its title": (CELLS, "ids: [fairness]", "ids: [公平性]", "AG206", 0, ("もしかして: fairness",)),
    "ids without their brackets": (CELLS, "ids: [fairness]", "ids: fairness", "AG113", 0, ("ids: [privacy]",)),
    "a list that is to be empty": (PLAN, "considerations: [privacy]", "considerations: なし", "AG113", 0, ("「plan.privacy」", "なければ []")),
    "ids with a Japanese comma": (PLAN, "considerations: [privacy]", "considerations: [privacy、fairness]", "AG122", 0, ("半角の「, 」",)),
    "ids with a blank between them": (PLAN, "considerations: [privacy]", "considerations: [privacy fairness]", "AG122", 0, ("半角の「, 」",)),
    "an id given twice in a list": (PLAN, "considerations: [privacy]", "considerations: [privacy, privacy]", "AG114", 0, ("considerations 2", '"privacy"', "一度だけ")),
    "an id with a blank": (CELLS, "id: public.answer", "id: public answer", "AG114", 0, ("domain と reach", "id: public.answer")),
    "an id of a definition in capitals": (HEAD, "- id: fairness", "- id: Fairness", "AG114", 0, ("留意事項「Fairness」", "半角の小文字")),
    "a number as a fraction": (CELLS, "number: 1", "number: 1.0", "AG113", 0, ("1.0", "整数", "number: 1）")),
    "a version as a fraction": (HEAD, "version: 1 ", "version: 1.0 ", "AG113", 0, ("整数",)),
    "a version with a letter": (HEAD, "version: 1 ", "version: v1 ", "AG113", 0, ("フォルダーと同じ整数",)),
    "a version that is all": (HEAD, "version: 1 ", "version: all ", "AG113", 0, ("フォルダーと同じ整数",)),
    "a pack's id with a blank": (HEAD, "id: our-city ", "id: Our City ", "AG114", 0, ("フォルダーと同じつづり",)),
    "days with their unit": (HEAD, "expiring_days: 30", "expiring_days: 30日", "AG113", 0, ("expiring_days: 30）",)),
    "days below zero": (HEAD, "expiring_days: 30", "expiring_days: -30", "AG114", 0, ("0 から 3650",)),
    "a name with a hyphen": (HEAD, "expiring_days: 30", "expiring-days: 30", "AG111", 0, ("もしかして: expiring_days",)),
    "a list under a name that is misspelt": (HEAD, "conditions:\n", "condition:\n", "AG111", 0, ("もしかして: conditions",)),
    "a name that nothing is like": (PLAN, "level: required", "level: required\n    priority: high", "AG111", 1, ("「plan.goal」", "ここに書けるもの: id、title、level")),
    "the name of a file's list": (CELLS, "cells:\n", "Cells:\n", "AG111", 0, ("もしかして: cells",)),
    "a policy of one's own": (HEAD, "policy: hold\n", "policy: 停止\n", "AG112", 0, ("扱い「stop」の policy", "hold は例外承認があるまで止める")),
    "a level in Japanese": (PLAN, "level: required", "level: 必須", "AG112", 0, ("「plan.goal」の level", "必須なら required")),
    "a basis in Japanese": (PLAN, "basis: project}]", "basis: 独自}]", "AG112", 0, ("自分たちで決めたなら project",)),
    "an item without its phase's word": (PLAN, "level_basis: {basis: project}", "level_basis: project", "AG113", 0, ("level_basis: {basis: project}",)),
    "a text in one language": (CELLS, TITLE, "title: 質問に答える", "AG113", 0, ("区分「public.answer」の title", "title: {ja: 計画, en: Planning}")),
    "a text without the other language": (CELLS, TITLE, "title: {ja: 質問に答える}", "AG110", 0, ("en がありません", "title: {ja: 計画, en: Planning}")),
    "an empty text": (CELLS, TITLE, 'title: {ja: 質問に答える, en: ""}', "AG114", 0, ("title > en", "空にはできません")),
    "a text of blanks": (CELLS, TITLE, 'title: {ja: 質問に答える, en: "  "}', "AG114", 0, ("空にはできません",)),
    "a language outside its text": (CELLS, TITLE, "title:\n      ja: 質問に答える\n    en: Answering questions", "AG122", 2, ("字下げ",)),
    "evidence that is no list": (PLAN, "evidence: [{ja: 企画書, en: Project plan}]", "evidence: {ja: 企画書, en: Project plan}", "AG113", 0, ("evidence: [{ja: 企画書",)),
    "a cell in place of clauses": (PLAN, CLAUSE, "applies_to: public.decide", "AG114", 0, ("[{cells: [public.answer]}]",)),
    "cells in place of clauses": (PLAN, CLAUSE, "applies_to: [public.decide]", "AG113", 0, ("[{cells: [public.answer]}]",)),
    "a cell that is misspelt": (PLAN, CLAUSE, "applies_to: [{cells: [public.deside]}]", "AG206", 0, ("もしかして: public.decide",)),
    "a cell under domains": (PLAN, CLAUSE, "applies_to: [{domains: [public.decide]}]", "AG206", 0, ("もしかして: cells: [public.decide]",)),
    "a condition by its title": (PLAN, "[{conditions: [personal_data]}]", "[{conditions: [個人情報を扱う]}]", "AG206", 0, ("もしかして: personal_data",)),
    "a condition with its answer": (PLAN, "[{conditions: [personal_data]}]", "[{conditions: {personal_data: true}}]", "AG113", 0, ("conditions: [personal_data]",)),
    "an address that is none": (DOCUMENTS, "url: null", "url: なし", "AG114", 0, ("文書「guideline」の url", "url: null")),
    "a phase that is misspelt": (PLAN, PHASE, "phase: plann ", "AG206", 0, ("もしかして: plan",)),
    "a phase by its title": (PLAN, PHASE, "phase: 計画 ", "AG206", 0, ("もしかして: plan",)),
    "a phase that is nothing like": (PLAN, PHASE, "phase: first ", "AG206", 0, ("もしかして: plan",)),
    "a phase that is a list": (PLAN, PHASE, "phase: [plan] ", "AG113", 0, ("phase: plan",)),
    "a phase of another file": (PLAN, PHASE, "phase: run ", "AG602", 0, ("items/plan.yaml",)),
    "a tab on a line of its own": (RUN, "  - id: run.errors", "\t\n  - id: run.errors", "AG122", 0, ("字下げにタブ",)),
    "a tab below the last line": (RUN, "    sources: [{document: project, locator: {ja: 点検項目, en: Check item}, basis: project}]\n", "    sources: [{document: project, locator: {ja: 点検項目, en: Check item}, basis: project}]\n\t\n", "AG122", 1, ("字下げにタブ",)),
    "a yes that is no text": (HEAD, "    in_use: true\n", "    in_use: yes\n", "AG116", 0, ("true か false",)),
    "a text that begins with a quoted word": (RUN, "      ja: 誤った答えの件数", '      ja: "誤った答え"の件数', "AG122", 0, ("引用符がここで閉じ", "'...' で囲みます")),
    "the same in brackets": (RUN, "{ja: 誤りを数えて直す,", '{ja: "誤り" を数えて直す,', "AG122", 0, ("引用符がここで閉じ",)),
    "an example of which only the first line is used": (HEAD, "#public:", "public:", "AG122", 1, ("例の行の # を、どれも一つずつ消します",)),
    "an example of a list of which only the first line is used": (HEAD, "#record:", "record:", "AG122", 1, ("例の行の #",)),
    "a name without a value above a note": (PLAN, "    #note: {ja: 企画書に同じ文があれば、それでよい。, en: The same sentence in the project plan is enough.}", "    note:", "AG121", 0, ("値を書いてください",)),
    "full-width brackets around a blank": (HEAD, "#words:\n#  facts.organization: {ja: 所属, en: Department}", "words:\n  facts.organization: {ja: ｛title｝の所属, en: Department}", "AG122", 1, ("facts.organization > ja", "括弧が全角")),
    "full-width brackets in the line of a pack": (HEAD, '#words:\n#  facts.organization: {ja: 所属, en: Department}\n#  pack.line: {ja: "{title} 第{version}版"', 'words:\n  pack.line: {ja: "{title} 第｛version｝版"', "AG122", 1, ("括弧が全角",)),
    "a name without its colon": (CELLS, "domain: public", "domain = public", "AG122", 0, ("名前と値を分ける「: 」",)),
    "a colon that is lost": (PLAN, "    check:\n", "    check\n", "AG122", 0, ("名前と値を分ける「: 」",)),
    "a bracket left open above a list": (HEAD, "domains:\n", "domains: [\n", "AG122", 0, ("ここで始まる括弧が閉じていません",)),
    "a quotation mark left open": (HEAD, '  ja: "TODO: ガイドラインの正式な名前"', '  ja: "港市の指針', "AG122", 0, ("ここで始まる引用符が閉じていません",)),
    "marks of a conflict": (HEAD, "phases:\n", "<<<<<<< HEAD\nphases:\n=======\nphases:\n>>>>>>> x\n", "AG122", 0, ("git の競合の印",)),
    "an entry whose first line is gone": (PLAN, "  - id: plan.privacy\n    title: {ja: 個人情報の扱いを決める, en: Settle how personal data is handled}\n", "", "AG122", 0, ("「- id: …」の行が消えていないか",)),
}
# fmt: on


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_one_finding_that_says_what_is_right(run: Run, pack: Path, slip: str) -> None:
    file, old, new, code, below, said = SLIPS[slip]
    line = edit(pack / file, old, new)
    (one,) = found(run, pack)
    assert (one["code"], Path(one["file"]).name, one["line"]) == (
        code,
        Path(file).name,
        line + below,
    )
    for part in said:
        assert part in one["message"] + one["fix"], (one["message"], one["fix"])


def test_a_slip_is_told_in_english_too(run: Run, pack: Path) -> None:
    edit(pack / CELLS, "value: green", "value: 1")
    told = run("guideline", "lint", pack, "--format", "json", "--lang", "en").json["findings"]
    (one,) = (one for one in told if one["code"] == "AG113")
    assert one["message"].startswith("cell “public.answer”, stance > value: ")
    assert "an id of stances in guideline.yaml" in one["fix"]


def test_an_entry_without_an_id_goes_by_its_title_or_its_place(run: Run, pack: Path) -> None:
    edit(pack / RUN, "  - id: run.errors\n    title", "  - title")
    assert "点検項目「誤りを数えて直す」: id がありません" in found(run, pack)[0]["message"]
    edit(pack / RUN, "title: {ja: 誤りを数えて直す, en: Count and mend errors}\n    ", "")
    assert "1 番目の点検項目: id、title がありません" in found(run, pack)[0]["message"]


def test_a_block_that_is_cut_off_is_told_once(run: Run, pack: Path) -> None:
    text = (pack / PLAN).read_text("utf-8")
    (pack / PLAN).write_text(text[: text.index("    applies_to: all")], "utf-8")
    (one,) = found(run, pack)
    assert (
        "点検項目「plan.goal」: applies_to、check、evidence、sources がありません" in one["message"]
    )


@pytest.mark.parametrize("break_it", ["\tlevel: required", "    level required"])
def test_that_the_rest_of_a_file_was_not_checked_is_said(
    run: Run, pack: Path, break_it: str
) -> None:
    edit(pack / RUN, "    applies_to: all", "    applies_to: everywhere")
    (told,) = found(run, pack)
    assert "まだ調べていません" not in told["fix"]
    edit(pack / RUN, "    level: required", break_it)
    (told,) = found(run, pack)
    assert told["code"] == "AG122"
    assert "このファイルのほかの所はまだ調べていません。直してから、もう一度 lint" in told["fix"]


def test_an_item_moved_since_the_version_before_keeps_its_id(run: Run, pack: Path) -> None:
    """An id is for good: only a new item is to be named after the phase it is in."""
    second = Path(shutil.copytree(pack, pack.parent / "2"))
    edit(second / HEAD, "version: 1 ", "version: 2 ")
    plan, moved, rest = re.split(
        r"(  - id: plan\.privacy\n.*?\n\n)", (second / PLAN).read_text("utf-8"), flags=re.DOTALL
    )
    (second / PLAN).write_text(plan + rest, "utf-8")
    run_items = (second / RUN).read_text("utf-8")
    (second / RUN).write_text(f"{run_items}\n{moved.rstrip()}\n", "utf-8")
    reason = "reason: {ja: 使いながら見直す, en: It is looked at in use}"
    change = f"{{from: [plan.privacy], to: [plan.privacy], {reason}}}"
    (second / "changes.yaml").write_text(f"since: 1\nchanges: [{change}]\n", "utf-8")
    assert found(run, second) == []
    edit(second / RUN, "id: run.errors", "id: plan.errors")
    assert "AG648" in {one["code"] for one in found(run, second)}


def test_a_file_that_is_missing_is_told_with_what_makes_it(run: Run, pack: Path) -> None:
    (pack / CELLS).unlink()
    (told,) = found(run, pack)
    assert "aiguide guideline new" in told["fix"]
    assert "aiguide init" not in told["fix"], "that is for projects"


def test_hostile_names_do_not_steer_the_terminal(run: Run, pack: Path) -> None:
    edit(pack / RUN, "level: required", 'level: required\n    "\\u001b[2J\\u202e": 1')
    edit(pack / PLAN, "id: plan.goal", 'id: "\\u001b[2Jplan\\u202e"')
    ran = run("guideline", "lint", pack)
    assert ran.out.count("AG111") == 1
    assert "\x1b[2J" not in ran.out
    assert "\u202e" not in ran.out


PACK_SCHEMAS = ("guideline", "cells", "documents", "items", "changes", "released")


def fields(schema: Any) -> Iterator[str]:
    """Give every name that a schema knows, but for the languages and for sentences of ours."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties":
                yield from value.keys() - {"ja", "en"}
                for name, below in value.items():
                    yield from () if name == "words" else fields(below)
            else:
                yield from fields(value)
    elif isinstance(schema, list):
        for one in schema:
            yield from fields(one)


@pytest.mark.parametrize("name", PACK_SCHEMAS)
def test_of_every_field_it_is_known_what_it_is_for(name: str) -> None:
    texts = load_words("ja").texts
    for field in sorted(set(fields(json.loads(schemas.text(name))))):
        key = field.replace("_", "-")
        said = [one for one in texts if one == f"field.{key}" or one.endswith(f".{key}")]
        assert any(one.startswith("field.") for one in said), field
