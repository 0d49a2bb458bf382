"""`aiguide set`: what a change sets off and leaves behind is said, and what is next."""

from pathlib import Path

import pytest

from tests.conftest import Run


def test_moving_on_says_what_is_left_and_where(run: Run, project: Path) -> None:
    phases = run("status", project, "--format", "json").json["phases"]
    left = {one["id"]: one["required"]["total"] for one in phases}
    ran = run("set", project, "--phase", "requirements")
    assert ran.code == 0
    assert f"企画の必須 {left['planning']} 件" in ran.out
    assert "--phase planning" in ran.out
    assert "要件定義の必須" not in ran.out
    assert "調達の必須" not in ran.out
    assert f"次にすること: aiguide check {project}" in ran.out


def test_procurement_is_told_where_it_counts(run: Run, project: Path) -> None:
    run("set", project, "--condition", "external_vendor=yes")
    assert "調達の必須" in run("set", project, "--phase", "requirements").out


def test_nothing_is_said_of_what_is_left_where_the_phase_stays(run: Run, project: Path) -> None:
    assert "の必須" not in run("set", project, "--phase", "planning").out
    assert "の必須" not in run("set", project, "--owner", "課").out


@pytest.mark.parametrize("command", ["check", "set"])
def test_a_phase_that_is_none_is_answered_by_ids_and_names(
    run: Run, project: Path, command: str
) -> None:
    refused = run(command, project, "--phase", "きかく")
    assert refused.code == 2
    assert "planning（企画）、requirements（要件定義）" in refused.err


def test_who_leaves_the_first_phase_is_not_told_whose_choice_it_was(
    run: Run, project: Path
) -> None:
    ran = run("set", project, "--phase", "requirements", "--by", "佐藤")
    assert "企画 → 要件定義" in ran.out
    assert "変える前の値" not in ran.out
    later = run("set", project, "--phase", "design", "--by", "鈴木").out
    assert "変える前の値（いまのフェーズ）は、佐藤が" in "".join(later.split())


def test_a_phase_that_a_colleague_chose_at_the_start_is_said_to_be_theirs(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "project.json"
    assert run("init", path, "--name", "x", "--phase", "design", "--by", "佐藤").code == 0
    ran = run("set", path, "--phase", "operation", "--by", "鈴木")
    assert "変える前の値（いまのフェーズ）は、佐藤が" in "".join(ran.out.split())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_condition_says_which_items_it_brings_in_or_drops_and_what_is_next(
    run: Run, project: Path, lang: str
) -> None:
    came, went, one, left = {
        "ja": (
            "新しく対象になった項目: ",
            "対象から外れた項目: ",
            "調達 {} 件（うち必須 {}）",
            "調達の必須",
        ),
        "en": (
            "New items: ",
            "Items that drop out: ",
            "Procurement {} ({} required)",
            "Procurement: ",
        ),
    }[lang]

    def said(holds: str) -> str:
        ran = run("set", project, "--condition", f"external_vendor={holds}", "--lang", lang)
        assert ran.code == 0, ran.err
        return " ".join(ran.out.split())

    brought = said("yes")
    listed = run("check", project, "--phase", "procurement", "--format", "json").json["items"]
    required = sum(each["level"] == "required" for each in listed)
    told = one.format(len(listed), required)
    assert told in brought.partition(came)[2]
    assert went not in brought
    assert f"aiguide check {project} --phase procurement" in brought
    assert left in brought
    assert told in said("no").partition(went)[2]
    assert told in said("unknown").partition(came)[2]
    unchanged = said("yes")  # what is not known counts as yes
    assert came not in unchanged
    assert "aiguide check" not in unchanged


def test_cells_say_so_too_and_what_is_answered_is_kept_but_not_counted(
    run: Run, project: Path
) -> None:
    assert run("set", project, "--cell", "related.judgment").code == 0
    asked = set(ids(run, project))
    run("set", project, "--cell", "citizen.information")
    (dropped, *_) = sorted(asked - set(ids(run, project)))
    run("set", project, "--cell", "related.judgment")
    run("answer", project, dropped, "done", "--note", "x")
    said = "".join(run("set", project, "--cell", "citizen.information").out.split())
    assert "対象から外れた項目:" in said
    assert "回答は残りますが、数えません" in said
    assert "次にすること:aiguidecheck" in said


def ids(run: Run, project: Path) -> list[str]:
    phases = [one["id"] for one in run("status", project, "--format", "json").json["phases"]]
    return [
        item["id"]
        for phase in phases
        for item in run("check", project, "--phase", phase, "--format", "json").json["items"]
    ]


def test_without_a_cell_the_next_step_is_to_settle_on_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    for ran in (run("init", path, "--name", "x"), run("set", path, "--phase", "design")):
        assert f"aiguide set {path} --cell ..." in ran.out
        assert f"aiguide check {path} --phase planning\n" not in ran.out
    ran = run("set", path, "--cell", "citizen.information")
    assert f"次にすること: aiguide check {path}" in ran.out
