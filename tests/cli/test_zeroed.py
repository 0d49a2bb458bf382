"""`doctor PROJECT` on a manifest of which zeros took a part, as a power failure leaves it."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Run

SIZES = (1, 2, 3, 5, 17, 100, 512, 1024, 4096)


def doctored(run: Run, project: Path, raw: bytes) -> tuple[str, Any]:
    """Give what `doctor` says of a file, unbroken, and what it recovered of it."""
    project.write_bytes(raw)
    new = project.with_name("project.recovered.json")
    new.unlink(missing_ok=True)
    out = "".join(run("doctor", project).out.split(" ")).replace("\n", "")
    assert project.read_bytes() == raw
    return out, json.loads(new.read_text(encoding="utf-8")) if new.exists() else None


def zeroed(raw: bytes, start: int, end: int) -> bytes:
    return raw[:start] + bytes(end - start) + raw[end:]


def around(raw: bytes, begins: bytes, ends: bytes) -> tuple[int, int]:
    """Give from where to where a file is that begins and ends so."""
    start = raw.index(begins)
    return start, raw.index(ends, start) + len(ends)


def answers(raw: bytes) -> Iterator[tuple[str, int, int]]:
    """Give from where to where in a file each answer is."""
    text = raw.decode()
    at = text.index('"answers"')
    for id in json.loads(text)["answers"]:
        at = text.index(f'"{id}": {{', at)
        start = len(text[:at].encode())
        _, at = json.JSONDecoder().raw_decode(text, text.index("{", at))
        yield id, start, len(text[:at].encode())


@pytest.mark.parametrize("layout", ["as it is saved", "on one line"])
def test_whatever_zeros_take_every_answer_outside_comes_back(
    run: Run, lived: Path, layout: str
) -> None:
    raw = lived.read_bytes()
    whole = json.loads(raw)
    if layout == "on one line":
        raw = json.dumps(whole, ensure_ascii=False).encode()
    spans = [*answers(raw)]
    for seed in range(60):
        pick = random.Random(seed)
        size = pick.choice(SIZES)
        start = pick.randrange(len(raw) - size)
        out, saved = doctored(run, lived, zeroed(raw, start, start + size))
        outside = {id for id, begin, end in spans if end <= start or start + size <= begin}
        if saved is None:
            assert not outside
            continue
        found = saved.get("answers", {})
        assert found.keys() >= outside
        assert all(whole["answers"][id] == one for id, one in found.items())
        history = saved.get("history", [])  # which zeros may take whole
        kept = [one for one in history if one["kind"] != "merged"]
        assert kept == [one for one in whole["history"] if one in kept]
        if history == whole["history"]:
            assert saved == whole
        assert "0のバイトで上書きされた所が1か所あります" in out


def test_several_runs_of_zeros_in_a_long_file_leave_all_that_they_do_not_touch(
    run: Run, project: Path
) -> None:
    raw = (ROOT / "examples" / "valid" / "tax-chatbot" / "project.json").read_bytes()
    spans = [*answers(raw)]
    for seed in range(3):
        pick, damaged, untouched = random.Random(seed), raw, {id for id, *_ in spans}
        for start in pick.sample(range(4096, len(raw) - 4096, 512), 8):
            damaged = zeroed(damaged, start, start + 512)
            untouched -= {id for id, a, b in spans if a < start + 512 and start < b}
        _, saved = doctored(run, project, damaged)
        assert saved["answers"].keys() >= untouched


def test_what_zeros_took_comes_back_from_the_history_and_is_named(run: Run, lived: Path) -> None:
    raw = lived.read_bytes()
    whole = json.loads(raw)
    damaged = zeroed(raw, *around(raw, b'"planning.bpr"', b'"due"'))
    line = damaged[: damaged.index(b"\0")].count(b"\n") + 1
    out, saved = doctored(run, lived, damaged)
    assert saved == whole
    assert f"project.json:{line}:5から。" in out
    assert "失われたもののうち1件は、履歴に最後に記録された内容に戻しました:" in out
    assert "履歴6件のつながりと、回答や案件の情報が履歴のとおりであることを" in out
    assert "分かりません" not in out
    assert "mv" in out


def test_of_the_history_what_is_left_goes_on_and_the_gap_is_told(run: Run, lived: Path) -> None:
    raw = lived.read_bytes()
    whole = json.loads(raw)
    start = raw.index(b'"subject": "planning.tool-selection"')
    out, saved = doctored(run, lived, zeroed(raw, start, start + 30))
    assert saved["answers"] == whole["answers"]
    (settled,) = saved["history"][5:]
    assert saved["history"][:5] == whole["history"][:2] + whole["history"][3:]
    assert (settled["kind"], settled["subject"]) == ("merged", "planning.tool-selection")
    assert "履歴も上書きされているので" in out
    assert "残った5件のうち、失われた所のすぐ後の3件目は" in out
    verified = run("log", lived.with_name("project.recovered.json"), "--verify")
    assert verified.code == 1
    assert "履歴の 3 件目が合いません" in verified.out


def test_an_answer_that_stands_before_lost_steps_need_not_be_the_last_and_stays_lost(
    run: Run, lived: Path
) -> None:
    run("answer", lived, "planning.bpr", "in-progress", "--yes")
    raw = lived.read_bytes()
    damaged = zeroed(raw, *around(raw, b'"planning.bpr"', b'"due"'))
    last = raw.rindex(b'"subject": "planning.bpr"')
    _, saved = doctored(run, lived, zeroed(damaged, last, last + 20))
    assert "planning.bpr" not in saved["answers"]


def test_what_no_history_knows_is_named_as_far_as_it_can_be_seen(run: Run, lived: Path) -> None:
    data = json.loads(lived.read_bytes())
    del data["history"]
    raw = json.dumps(data, ensure_ascii=False, indent=2).encode()
    start = raw.index(b'"planning.bpr"') + 40
    out, saved = doctored(run, lived, zeroed(raw, start, start + 9))
    assert saved["answers"] == {
        id: one for id, one in data["answers"].items() if id != "planning.bpr"
    }
    assert "入っていない回答1件:planning.bpr" in out


def test_the_beginning_is_known_from_the_history(run: Run, lived: Path) -> None:
    raw = lived.read_bytes()
    whole = json.loads(raw)
    out, saved = doctored(run, lived, zeroed(raw, 0, raw.index(b'"planning.purpose"') + 3))
    assert saved == whole
    assert "名前、" in out


def test_zeros_in_place_of_the_rest_are_an_end(run: Run, lived: Path) -> None:
    raw = lived.read_bytes()
    start = raw.index(b'"planning.bpr"') + 40
    out, saved = doctored(run, lived, zeroed(raw, start, len(raw)))
    assert [*saved["answers"]] == ["planning.purpose", "planning.tool-selection"]
    assert "途中で切れています" in out
