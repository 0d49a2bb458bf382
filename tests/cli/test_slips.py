"""`doctor PROJECT` on a manifest that somebody mistyped: what stands there is not called lost."""

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ANSWERED, Run


def doctored(run: Run, project: Path, text: str) -> tuple[str, Any]:
    """Give what `doctor` says of a text, unbroken, and what it recovered of it."""
    project.write_text(text, encoding="utf-8")
    new = project.with_name("project.recovered.json")
    new.unlink(missing_ok=True)
    out = "".join(run("doctor", project).out.split(" ")).replace("\n", "")
    assert project.read_text(encoding="utf-8") == text
    return out, json.loads(new.read_text(encoding="utf-8")) if new.exists() else None


# What a slip does to what it is found in: pattern and replacement.
SLIPS = {
    "a comma dropped": (r",(?=\n)", ""),
    "a comma too many": (r"(?<=[\"\d\]}])(?=\n)", ","),
    "a comma doubled": (r",(?=\n)", ",,"),
    "a comma in full width": (r",(?=\n)", "，"),
    "a colon in full width": (r"(?<=\"):", "："),
    "a colon dropped": (r"(?<=\"):", ""),
    "a curly quote": (r'"', "”"),
    "a quote in full width": (r'"', "＂"),
    "a quote dropped": (r'"', ""),
    "both quotes dropped": (r'"(done|メモ|2027-03-31)"', r"\1"),
    "a quote within": (r'(?<="note": ")(?=メモ)', '"は"'),
    "a brace dropped": (r"[{}](?=,?\n.)", ""),
    "a bracket dropped": (r"[\[\]](?=,?\n)", ""),
    "a line with a bracket dropped": (r"(?m)^ +[}\]],?\n", ""),
    "a line with a bracket doubled": (r"(?m)^( +[}\]],?\n)", r"\1\1"),
    "a value in full width": (r'"(done|メモ|2027-03-31)",', r"”\1”，"),
    "a line in full width": (r'"(note|due)": "(.*?)",', r"“\1”：”\2”，"),
    "a stray character": (r"(?=\n.)", "x"),
    "a blank in full width": (r"(?<=: )(?=\")", "　"),
}


def mistyped(text: str, slip: tuple[str, str], pick: Callable[[list[Any]], Any]) -> str:
    """Give a text with one slip at one of the places where it can be."""
    found: re.Match[str] = pick([*re.finditer(slip[0], text)])
    return text[: found.start()] + found.expand(slip[1]) + text[found.end() :]


def spread(count: int) -> Iterator[Callable[[list[Any]], Any]]:
    yield from (random.Random(seed).choice for seed in range(count))


@pytest.mark.parametrize("slip", SLIPS)
def test_what_somebody_mistyped_once_is_recovered_whole(run: Run, lived: Path, slip: str) -> None:
    text = lived.read_text(encoding="utf-8")
    whole = json.loads(text)
    for pick in spread(6):
        broken = mistyped(text, SLIPS[slip], pick)
        out, saved = doctored(run, lived, broken)
        if slip == "a quote within":  # it stands in a note, and a history may say that it did not
            assert [*saved["answers"]] == [*whole["answers"]]
            assert re.search("履歴と違うか、|履歴の.件目は、", out)
            continue
        assert saved == whole
        assert re.search("次の[136]か所を直せば、元のファイルを終わりまで読めます", out)
        assert "履歴6件のつながりと、回答や案件の情報が履歴のとおりであることを" in out
        assert out.index("か所を直せば") < out.index("mv")
        assert "失われ" not in out


def test_several_slips_are_each_told_at_their_place(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8")
    whole = json.loads(text)
    lines = text.split("\n")
    first, second, third = [at for at, line in enumerate(lines) if '"status": "done",' in line][:3]
    lines[first] = lines[first].removesuffix(",")
    lines[second] = lines[second].replace('"', "”")
    lines[third] += "x"
    out, saved = doctored(run, lived, "\n".join(lines))
    assert saved == whole
    assert f"project.json:{first + 1}:23「,」が抜けています" in out
    for column in (7, 14, 17, 22):
        assert f'project.json:{second + 1}:{column}「”」ではなく「"」です' in out
    assert f"project.json:{third + 1}:24「x」が余分です" in out


def test_slips_are_told_at_their_lines_in_a_file_with_a_git_conflict(run: Run, lived: Path) -> None:
    text = lived.read_text(encoding="utf-8").replace('"status": "done",', '"status": "done"', 1)
    line = text[: text.index('"status"')].count("\n") + 1
    count = text.count("\n")
    out, saved = doctored(run, lived, f"<<<<<<< a\n{text}=======\n{text}>>>>>>> b\n")
    assert len(saved["answers"]) == len(ANSWERED)
    for at in (line + 1, line + count + 2):
        assert f"project.json:{at}:23「,」が抜けています" in out


def ruined(text: str, name: str) -> str:
    """Break a text in an answer in a way that nobody can tell how it was."""
    return text.replace(f'"planning.{name}": {{', f'"planning.{name}": {{ ??? ! [ 5 :', 1)


@pytest.mark.parametrize("place", range(len(ANSWERED)))
def test_of_what_nobody_can_tell_it_says_what_is_not_read_and_offers_no_swap(
    run: Run, lived: Path, place: int
) -> None:
    text = ruined(lived.read_text(encoding="utf-8"), ANSWERED[place])
    line = text[: text.index("???")].count("\n") + 1
    out, saved = doctored(run, lived, text)
    left_out = [f"planning.{name}" for name in ANSWERED[place:]]
    assert [*saved.get("answers", {})] == [f"planning.{name}" for name in ANSWERED[:place]]
    assert f"入っていない回答{len(left_out)}件:{'、'.join(left_out)}" in out
    assert "入っていない履歴6件" in out
    assert re.search(rf"project.json:{line}:\d+のあたりを手で直してください", out)
    assert "mv" not in out
    assert "失われ" not in out


def test_what_does_not_fit_once_it_was_mended_is_named_and_not_swapped_in(
    run: Run, lived: Path
) -> None:
    text = lived.read_text(encoding="utf-8").replace('"status": "done",', '"status": "done"', 1)
    out, saved = doctored(run, lived, text.replace('"note": "メモ",', '"note": ["メモ"],', 1))
    assert len(saved["answers"]) == len(ANSWERED)
    assert "元のファイルにあるもののすべてではありません" in out
    assert '「適切な目的の設定」:メモ["メモ"]は読み取れないので外し' in out
    assert "mv" not in out


def test_two_slips_anywhere_are_recovered_whole_or_it_says_what_is_not(
    run: Run, lived: Path
) -> None:
    text = lived.read_text(encoding="utf-8")
    whole = json.loads(text)
    slips = [slip for name, slip in SLIPS.items() if name != "a quote within"]
    same = 0
    for seed in range(40):
        pick: Any = random.Random(seed).choice
        out, saved = doctored(
            run, lived, mistyped(mistyped(text, pick(slips), pick), pick(slips), pick)
        )
        same += saved == whole
        if saved != whole:
            assert "mv" not in out or "途中で切れています" in out
        if saved not in (whole, None):
            assert re.search(
                "手で直してください|途中で切れ|除いたもの|読み取れない|履歴と違う|件目は", out
            )
    assert same >= 36


def test_whoever_stumbles_over_a_slip_is_told_of_doctor_and_only_in_a_manifest(
    run: Run, lived: Path
) -> None:
    text = lived.read_text(encoding="utf-8")
    lived.write_text(text.replace(",\n", "\n", 1), encoding="utf-8")
    item = f"planning.{ANSWERED[0]}"
    for command in ("status", "check", "log", "validate"):
        ran = run(command, lived)
        assert "aiguide doctor が場所を" in ran.err + ran.out, command
    assert "aiguide doctor が場所を" in run("answer", lived, item, "done").err
    lived.write_text(text, encoding="utf-8")
    answers, baseline = (lived.with_name(name) for name in ("answers.json", "accepted.json"))
    for other in (answers, baseline):
        other.write_text('{"a": 1 "b": 2}', encoding="utf-8")
    for args in (("check", lived, "--from", answers), ("validate", lived, "--baseline", baseline)):
        ran = run(*args)
        assert "AG104" in ran.err
        assert "doctor" not in ran.err
