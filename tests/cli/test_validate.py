"""`validate`: what it says in each format, what is left out or accepted; no pass for nothing."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from junitparser import Failure, JUnitXml, Skipped

from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits, fits_sarif

VALID = ROOT / "examples" / "valid"
INVALID = ROOT / "examples" / "invalid"
DAY = ("--today", TODAY)

# Two projects: one with an error and warnings, one with nothing to find.
UNPROVEN = {"planning.purpose": {"status": "done"}}


def manifest(**changes: Any) -> dict[str, Any]:
    classification = {"cells": ["citizen.information"], "confirmed_by": "x"}
    whole = {
        "format": 1,
        "guideline": {"id": "tokyo-ai", "version": 1},
        "project": {"name": "ごみ分別案内"},
        "classification": classification,
    }
    return whole | changes


def saved(folder: Path, *place: str, name: str = "project.json", **changes: Any) -> Path:
    home = folder.joinpath(*place)
    home.mkdir(parents=True, exist_ok=True)
    file = home / name
    file.write_text(json.dumps(manifest(**changes), ensure_ascii=False, indent=2), encoding="utf-8")
    return file


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in, with a clean project and one that has an error and a warning."""
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, "clean")
    saved(tmp_path, "lacking", answers=UNPROVEN)
    return tmp_path


def codes(ran: Any) -> list[str]:
    return [one["code"] for one in ran.json["findings"]]


# What a run says


def test_a_clean_run_is_one_line_that_says_what_was_checked(run: Run, office: Path) -> None:
    ran = run("validate", "clean")
    assert ran.code == 0
    assert re.fullmatch(r"1 ファイル、[1-9]\d+ 項目を調べました。指摘はありません\n", ran.out)


def test_what_was_accepted_or_left_out_is_not_called_clean(run: Run, office: Path) -> None:
    run("validate", ".", "--write-baseline", "baseline.json")
    for options in (("--baseline", "baseline.json"), ("--ignore", "AG3")):
        ran = run("validate", ".", *options)
        assert ran.code == 0
        assert "指摘はありません" not in ran.out


def test_findings_are_grouped_by_file_in_order(run: Run, office: Path) -> None:
    saved(office, "a-b", answers=UNPROVEN)
    saved(office, "a", answers=UNPROVEN)
    saved(office, "a", name="b.project.json", answers=UNPROVEN)
    ran = run("validate", "lacking", ".", "a")
    assert [line for line in ran.out.splitlines() if "json" in line] == [
        "lacking/project.json",
        "a-b/project.json",
        "a/b.project.json",
        "a/project.json",
    ]
    assert ran.out == run("validate", "lacking", ".", "a").out


def test_an_empty_folder_is_no_pass(run: Run, tmp_path: Path) -> None:
    for format in ("text", "json", "sarif", "junit", "github", "md"):
        ran = run("validate", tmp_path, "--format", format)
        assert (ran.code, ran.out) == (2, "")


def test_rules_look_at_what_is_known_though_an_id_is_not(run: Run, office: Path) -> None:
    saved(office, "both", answers={**UNPROVEN, "planning.purpos": {"status": "open"}})
    assert codes(run("validate", "both", "--format", "json")) == ["AG301", "AG307", "AG203"]


# What is asked for


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), ["AG301", "AG307"]),
        (("--select", "AG301"), ["AG301"]),
        (("--select", "AG3", "--ignore", "AG301"), ["AG307"]),
        (("--select", "AG301,AG307"), ["AG301", "AG307"]),
        (("--ignore", "AG30"), []),
        (("--select", "AG4"), []),
    ],
)
def test_codes_are_selected_and_ignored_by_how_they_begin(
    run: Run, office: Path, options: tuple[str, ...], found: list[str]
) -> None:
    ran = run("validate", ".", "--format", "json", *options)
    assert codes(ran) == found
    assert ran.code == ("AG301" in found)
    assert sum(ran.json["left_out"].values()) == 2 - len(found)


def test_what_was_left_out_is_said_in_every_format(run: Run, office: Path) -> None:
    for format in ("text", "json", "sarif", "junit", "github", "md"):
        ran = run("validate", ".", "--ignore", "AG3", "--format", format)
        assert ran.code == 0
        assert "AG301 ×1、AG307 ×1" in ran.out + ran.err


@pytest.mark.parametrize("code", ["AG999", "ag301", "AG3012", "", "purpose"])
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_code_that_is_none_is_refused(run: Run, office: Path, option: str, code: str) -> None:
    ran = run("validate", ".", option, code)
    assert ran.code == 2
    assert "指摘コード" in ran.err
    if code == "ag301":
        assert "AG301" in ran.err


@pytest.mark.parametrize(
    "broken", ['{"format": 1,,}', '{"format": 1}', '{"format": 2}', "", '{"a": NaN}']
)
def test_what_keeps_a_file_from_being_checked_is_never_left_out(
    run: Run, office: Path, broken: str
) -> None:
    Path("clean/project.json").write_text(broken, encoding="utf-8")
    for options in (("--ignore", "AG1"), ("--select", "AG5"), ("--ignore", "AG")):
        ran = run("validate", "clean", "--format", "json", *options)
        assert ran.code == 1
        assert codes(ran)


def test_of_a_file_with_an_unknown_id_the_rest_can_be_left_out(run: Run, office: Path) -> None:
    saved(office, "clean", answers={**UNPROVEN, "planning.purpos": {"status": "open"}})
    ran = run("validate", "clean", "--ignore", "AG2,AG3", "--format", "json")
    assert (ran.code, codes(ran)) == (1, ["AG203"])


def test_strict_counts_warnings(run: Run, office: Path) -> None:
    assert run("validate", ".", "--ignore", "AG301").code == 0
    assert run("validate", ".", "--ignore", "AG301", "--strict").code == 1
    assert run("validate", "clean", "--strict").code == 0


# What was accepted


def test_a_baseline_accepts_what_is_there_and_shows_what_is_new(run: Run, office: Path) -> None:
    assert run("validate", ".", "--write-baseline", "baseline.json").code == 0
    fits("baseline", json.loads(Path("baseline.json").read_text(encoding="utf-8")))
    ran = run("validate", ".", "--baseline", "baseline.json", "--format", "json")
    assert (ran.code, codes(ran), ran.json["accepted"]) == (0, [], 2)
    saved(office, "lacking", answers={**UNPROVEN, "planning.bpr": {"status": "not-applicable"}})
    ran = run("validate", ".", "--baseline", "baseline.json", "--format", "json")
    assert (ran.code, codes(ran)) == (1, ["AG302", "AG307"])


def test_a_baseline_holds_when_lines_and_indices_move(run: Run, office: Path) -> None:
    evidence = [{"kind": "link", "target": "plan.pdf"}]
    file = saved(
        office, "lacking", answers={"planning.bpr": {"status": "done", "evidence": evidence}}
    )
    run("validate", ".", "--write-baseline", "baseline.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["answers"]["planning.bpr"]["evidence"].insert(0, {"kind": "note", "target": "議事録"})
    file.write_text("\n\n" + json.dumps(data, indent=8), encoding="utf-8")
    assert run("validate", ".", "--baseline", "baseline.json").code == 0


def test_a_baseline_does_not_depend_on_where_the_command_runs(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("validate", ".", "--write-baseline", "baseline.json")
    monkeypatch.chdir("lacking")
    for path in (office, ".", "project.json"):
        assert run("validate", path, "--baseline", "../baseline.json").code == 0


def test_a_finding_is_accepted_as_often_as_it_was(run: Run, office: Path) -> None:
    twice = [{"kind": "link", "target": "x"}] * 2
    saved(office, "lacking", answers={"planning.bpr": {"status": "done", "evidence": twice[:1]}})
    run("validate", ".", "--write-baseline", "baseline.json")
    saved(office, "lacking", answers={"planning.bpr": {"status": "done", "evidence": twice}})
    ran = run("validate", ".", "--baseline", "baseline.json", "--format", "json")
    assert codes(ran) == ["AG313"]


def test_entries_that_no_longer_occur_are_said(run: Run, office: Path) -> None:
    run("validate", ".", "--write-baseline", "baseline.json")
    saved(office, "lacking", answers={"planning.purpose": {"status": "done", "note": "x"}})
    ran = run("validate", ".", "--baseline", "baseline.json")
    assert "もう見つからないもの: lacking/project.json AG301 /answers/planning.purpose" in ran.out
    ran = run("validate", ".", "--baseline", "baseline.json", "--format", "json")
    assert [one["code"] for one in ran.json["gone"]] == ["AG301"]
    assert (
        run("validate", "clean", "--baseline", "baseline.json", "--format", "json").json["gone"]
        == []
    )


def test_a_file_that_cannot_be_checked_is_not_accepted(run: Run, office: Path) -> None:
    Path("clean/project.json").write_text("{", encoding="utf-8")
    ran = run("validate", ".", "--write-baseline", "baseline.json")
    assert ran.code == 1
    assert "AG119" in ran.out
    assert run("validate", ".", "--baseline", "baseline.json").code == 1


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", '{"format": 2, "findings": []}', '{"format": 1}', b"\xff"]
)
def test_a_baseline_that_cannot_be_read_is_no_pass(
    run: Run, office: Path, content: str | bytes | None
) -> None:
    if content is not None:
        raw = content.encode() if isinstance(content, str) else content
        Path("baseline.json").write_bytes(raw)
    ran = run("validate", "clean", "--baseline", "baseline.json")
    assert ran.code == 2
    assert "baseline.json" in ran.err


# What is set


@pytest.mark.parametrize(
    ("name", "table"), [("aiguide.toml", "validate"), ("pyproject.toml", "tool.aiguide.validate")]
)
def test_settings_fill_what_the_options_leave_open(
    run: Run, office: Path, name: str, table: str
) -> None:
    Path(name).write_text(f'[{table}]\nignore = ["AG301"]\nstrict = true\n', encoding="utf-8")
    ran = run("validate", ".", "--format", "json")
    assert (ran.code, codes(ran), ran.json["left_out"]) == (1, ["AG307"], {"AG301": 1})
    assert codes(run("validate", ".", "--format", "json", "--ignore", "AG307")) == ["AG301"]


def test_a_gate_and_a_baseline_can_be_set(run: Run, office: Path) -> None:
    Path("aiguide.toml").write_text('[validate]\ngate = "planning"\n', encoding="utf-8")
    assert "AG308" in codes(run("validate", "clean", "--format", "json"))
    run("validate", ".", "--write-baseline", "lacking/accepted.json")
    settings = '[validate]\ngate = "planning"\nbaseline = "lacking/accepted.json"\n'
    Path("aiguide.toml").write_text(settings, encoding="utf-8")
    assert run("validate", ".").code == 0


def test_a_pyproject_of_others_is_passed_over(run: Run, office: Path) -> None:
    Path("pyproject.toml").write_text('[tool.ruff]\nselect = ["E"]\n', encoding="utf-8")
    assert run("validate", "clean").code == 0


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("[tool.aiguide.validate]\nselct = []\n", "AG111", 2),
        ("\n[tool.aiguide]\nvalidate = 1\n", "AG113", 3),
        ('[tool.aiguide.validate]\nignore = ["X"]\n', "AG114", 2),
        ("[tool.aiguide.validate\n", "AG104", 1),
    ],
)
def test_settings_that_are_wrong_are_named_with_their_line(
    run: Run, office: Path, content: str, code: str, line: int
) -> None:
    Path("pyproject.toml").write_text(content, encoding="utf-8")
    ran = run("validate", "clean")
    assert ran.code == 2
    assert f"pyproject.toml:{line}:" in ran.err
    assert code in ran.err


# Formats


def test_json_keeps_its_contract(run: Run, office: Path) -> None:
    for path in (".", "clean", VALID):
        fits("validation", run("validate", path, "--format", "json", *DAY).json)


def everything(run: Run, format: str) -> Any:
    return run("validate", INVALID, "--format", format, "--gate", "all", *DAY)


def test_every_format_tells_the_same_findings(run: Run) -> None:
    told = everything(run, "json").json["findings"]
    assert len(told) > 150
    places = [(one["file"], one["code"], one["line"]) for one in told]
    assert sarif_places(everything(run, "sarif").json) == places
    assert [(file, code) for file, code, _ in places] == junit_places(everything(run, "junit").out)
    annotations = everything(run, "github").out.splitlines()
    assert [re.match(r".*,title=(AG\d+) ", one)[1] for one in annotations] == [  # type: ignore[index]
        code for _, code, _ in places
    ]
    rows = [
        line for line in everything(run, "md").out.splitlines() if re.match(r"\| \S+ \| AG", line)
    ]
    assert len(rows) == min(500, len(places))


def sarif_places(log: Any) -> list[tuple[str, str, int]]:
    return [
        (
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].removeprefix(
                "file://"
            ),
            one["ruleId"],
            one["locations"][0]["physicalLocation"].get("region", {}).get("startLine", 0),
        )
        for one in log["runs"][0]["results"]
    ]


def junit_places(text: str) -> list[tuple[str, str]]:
    suites = JUnitXml.fromstring(text.encode())
    return [
        (case.classname, case.name.split()[0]) for suite in suites for case in suite if case.result
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_sarif_fits_the_official_schema(run: Run, lang: str) -> None:
    log = run("validate", INVALID, "--format", "sarif", "--lang", lang, *DAY).json
    fits_sarif(log)
    [found] = log["runs"]
    rules = found["tool"]["driver"]["rules"]
    for result in found["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"]
        assert rule["help"]["text"]
        assert "{" not in rule["help"]["text"].split("\n")[1]
    assert found["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


def test_sarif_without_findings_fits_as_well(run: Run, office: Path) -> None:
    log = run("validate", "clean", "--format", "sarif").json
    fits_sarif(log)
    assert log["runs"][0]["results"] == []


def test_a_sarif_fingerprint_stays_when_lines_move(run: Run, office: Path) -> None:
    def prints() -> set[str]:
        results = run("validate", "lacking", "--format", "sarif").json["runs"][0]["results"]
        return {one["partialFingerprints"]["aiguide/v1"] for one in results}

    before = prints()
    file = Path("lacking/project.json")
    file.write_text("\n\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert prints() == before
    assert len(before) == 2


def test_a_sarif_location_is_a_uri(run: Run, office: Path) -> None:
    saved(office, "都 民#1%", answers=UNPROVEN)
    log = run("validate", "都 民#1%", "--format", "sarif").json
    fits_sarif(log)
    assert sarif_places(log)[0][0] == "%E9%83%BD%20%E6%B0%91%231%25/project.json"


def test_junit_has_a_suite_for_each_file(run: Run, office: Path) -> None:
    suites = list(JUnitXml.fromstring(run("validate", ".", "--format", "junit").out.encode()))
    assert [(one.name, one.tests, one.failures, one.skipped) for one in suites] == [
        ("clean/project.json", 1, 0, 0),
        ("lacking/project.json", 2, 1, 1),
    ]
    [passed], [failed, skipped] = suites
    assert passed.is_passed
    assert isinstance(failed.result[0], Failure)
    assert failed.name == "AG301 /answers/planning.purpose"
    assert "lacking/project.json:17:" in failed.system_out
    assert isinstance(skipped.result[0], Skipped)


def test_junit_counts_warnings_as_failures_when_strict(run: Run, office: Path) -> None:
    ran = run("validate", ".", "--format", "junit", "--strict")
    assert [one.failures for one in JUnitXml.fromstring(ran.out.encode())] == [0, 2]


def test_a_github_annotation_is_escaped(run: Run, office: Path) -> None:
    saved(office, "a,b%:c", answers=UNPROVEN)
    first = run("validate", "a,b%:c", "--format", "github").out.splitlines()[0]
    assert first.startswith("::error file=a%2Cb%25%3Ac/project.json,line=17,col=5,title=AG301 ")
    assert "%0A" in first


def test_a_value_cannot_start_a_workflow_command(run: Run, office: Path) -> None:
    saved(office, "evil", answers={"x\n::set-output name=a::b": {"status": "open"}})
    ran = run("validate", "evil", "--format", "github")
    assert all(line.startswith("::error file=evil/project.json,") for line in ran.out.splitlines())


def test_markdown_shows_values_as_they_are(run: Run, office: Path) -> None:
    saved(office, "evil", answers={"<img src=x>|`*": {"status": "open"}})
    ran = run("validate", "evil", "--format", "md")
    assert r"\<img src=x\>\|\`\*" in ran.out


def test_the_output_goes_to_a_file_and_the_summary_is_said(run: Run, office: Path) -> None:
    ran = run("validate", ".", "--format", "sarif", "-o", "found.sarif")
    assert (ran.code, ran.out) == (1, "")
    assert "エラー 1 件" in ran.err
    fits_sarif(json.loads(Path("found.sarif").read_text(encoding="utf-8")))


@pytest.mark.parametrize("target", ["clean/project.json", "new.project.json"])
@pytest.mark.parametrize("option", [("--write-baseline",), ("--format", "json", "-o")])
def test_no_output_is_written_over_a_manifest(
    run: Run, office: Path, option: tuple[str, ...], target: str
) -> None:
    before = Path("clean/project.json").read_bytes()
    assert run("validate", ".", *option, target).code == 2
    assert Path("clean/project.json").read_bytes() == before
    assert not Path("new.project.json").exists()


def test_no_output_is_written_through_a_link_to_a_manifest(run: Run, office: Path) -> None:
    before = Path("clean/project.json").read_bytes()
    Path("found.json").symlink_to("clean/project.json")
    assert run("validate", ".", "--format", "json", "-o", "found.json").code == 2
    assert Path("clean/project.json").read_bytes() == before


def test_a_named_manifest_is_not_written_over(run: Run, office: Path) -> None:
    file = saved(office, "odd", name="other.json")
    before = file.read_bytes()
    assert run("validate", file, "--format", "json", "-o", file).code == 2
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "xml"),
        ("-o", "x.txt"),
        ("--write-baseline", "b.json", "--baseline", "b.json"),
        ("--write-baseline", "b.json", "--format", "json"),
        ("--write-baseline", "none/b.json"),
        ("--format", "json", "-o", "none/x.json"),
        ("--gate", "planing"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    run: Run, office: Path, options: tuple[str, ...]
) -> None:
    ran = run("validate", ".", *options)
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("name", ["\udcff bytes", "line\nend", "\x1b[31mred"], ids=ascii)
@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "github", "md"])
def test_a_file_may_be_called_anything(run: Run, tmp_path: Path, format: str, name: str) -> None:
    try:
        os.mkdir(tmp_path / name)  # noqa: PTH102
    except OSError:
        pytest.skip("not a name here")
    saved(tmp_path, name, answers=UNPROVEN)
    out = tmp_path / "out"
    options = () if format == "text" else ("--format", format, "-o", out)
    ran = run("validate", tmp_path, *options)
    assert ran.code == 1
    content = out.read_bytes() if out.exists() else ran.out.encode()
    assert b"\x1b" not in content
    if format in ("json", "sarif"):
        assert json.loads(content)
    if format == "junit":
        assert JUnitXml.fromstring(content)
    if format == "github":
        assert len(content.splitlines()) == 2


# The codes, explained


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_code_is_explained_with_an_example_and_the_remedy(run: Run, lang: str) -> None:
    ran = run("show", "AG301", "--format", "json", "--lang", lang)
    fits("show", ran.json)
    assert ran.json["example"] and "PROJECT ID done" in ran.json["remedy"]
    text = run("show", "AG301", "--lang", lang).out
    assert '{"answers": {"planning.purpose": {"status": "done"}}}' in text


def test_an_unmet_gate_says_of_which_phase_each_item_is(run: Run, project: Path) -> None:
    run("set", project, "--condition", "external_vendor=yes")
    found = run("validate", project, "--gate", "planning", "--format", "json").json["findings"]
    told = [one["message"] for one in found if one["code"] == "AG308"]
    assert {one.rpartition("（")[2] for one in told} == {"企画）", "調達）"}
