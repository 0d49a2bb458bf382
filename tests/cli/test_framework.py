"""`report --framework`: one set of answers through another framework's eyes, gaps and all."""

from pathlib import Path
from typing import Any

import pytest

from aiguide.store import crosswalks
from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits

CHATBOT = ROOT / "examples" / "valid" / "guideline-chatbot" / "project.json"
FRAMEWORKS = ("ai-business", "nist-ai-rmf")


def view(run: Run, project: Path, framework: str = "nist-ai-rmf") -> Any:
    args = ("--framework", framework, "--format", "json", "--today", TODAY)
    ran = run("report", project, "-o", "-", *args)
    assert ran.code == 0, ran.err
    return ran.json


def state(found: Any, element: str) -> str:
    (one,) = (one for group in found["groups"] for one in group["elements"] if one["id"] == element)
    return str(one["state"])


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_its_json_fits_its_schema_and_its_counts_add_up(run: Run, framework: str) -> None:
    found = view(run, CHATBOT, framework)
    fits("framework", found)
    elements = [one for group in found["groups"] for one in group["elements"]]
    assert sum(found["counts"].values()) == len(elements)
    for name, count in found["counts"].items():
        assert count == sum(group["counts"][name] for group in found["groups"])
        assert count == sum(one["state"] == name for one in elements)


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("format", ["pdf", "html", "docx", "md"])
def test_it_is_made_in_every_format_and_language(
    run: Run, tmp_path: Path, framework: str, lang: str, format: str
) -> None:
    file = tmp_path / f"report.{format}"
    ran = run("report", CHATBOT, "-o", file, "--framework", framework, "--lang", lang)
    assert ran.code == 0, ran.err
    assert file.stat().st_size > 5000


def test_it_says_whose_mapping_it_is(run: Run) -> None:
    for lang, said in (("ja", "aiguide プロジェクトの判断"), ("en", "own judgement")):
        ran = run(
            "report", CHATBOT, "-o", "-", "--format", "md", "--framework", "nist-ai-rmf",
            *("--lang", lang),
        )  # fmt: skip
        assert said in ran.out


def test_an_element_is_done_only_by_an_item_that_asks_for_all_of_it(
    run: Run, project: Path
) -> None:
    assert state(view(run, project), "MEASURE 2.4") == "open"
    assert run("answer", project, "operation.monitoring", "done", "--note", "月次").code == 0
    found = view(run, project)
    assert state(found, "MEASURE 2.4") == "covered"
    assert state(found, "MANAGE 4.1") == "partly"


def test_what_does_not_apply_or_is_excepted_is_no_proof(run: Run, project: Path) -> None:
    item = "operation.monitoring"
    run("answer", project, item, "not-applicable", "--reason", "使わない")
    assert state(view(run, project), "MEASURE 2.4") == "open"
    given = ("--reason", "後で", "--approver", "部長", "--until", "2027-03-31")
    run("answer", project, item, "exception", *given)
    assert state(view(run, project), "MEASURE 2.4") == "open"


def test_elements_without_a_counterpart_and_answers_without_one_are_told(
    run: Run, project: Path
) -> None:
    run("answer", project, "planning.dsb-consultation", "done", "--note", "相談済み")
    found = view(run, project)
    assert state(found, "MEASURE 2.12") == "unmapped"
    assert state(found, "GOVERN 6.2") == "not-asked"
    assert [one["id"] for one in found["unmapped_answers"]] == ["planning.dsb-consultation"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--framework", "nist-ai-rfm"), "nist-ai-rmf"),
        (("--framework", "nist-ai-rmf", "--template", "summary"), "--template summary"),
        (("--framework", "都" * 500), "ai-business"),
    ],
)
def test_what_cannot_be_made_is_refused(run: Run, args: tuple[str, ...], said: str) -> None:
    ran = run("report", CHATBOT, "-o", "-", "--format", "md", *args)
    assert ran.code == 2
    assert said in ran.err
    assert not ran.out


def test_a_pack_without_a_crosswalk_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    run("init", path, "--guideline", "ai-business@1", "--name", "x", "--cell", "user")
    ran = run("report", path, "-o", "-", "--format", "md", "--framework", "nist-ai-rmf")
    assert ran.code == 2
    assert "ai-business@1" in ran.err


def test_it_is_made_for_every_project_of_a_folder(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    args = ("--framework", "ai-business", "--format", "md", "--today", TODAY)
    assert run("report", ROOT / "examples" / "valid", "-o", out, *args).code == 0
    assert len(list(out.glob("*.md"))) >= 6


def second(run: Run, path: Path) -> Any:
    """Begin a project on version 1, carry it to version 2, and look at it."""
    run("init", path, "--name", "x", "--cell", "citizen.information", "--guideline", "tokyo-ai@1")
    assert view(run, path)["carried_from"] is None
    assert run("upgrade", path, "--to", "2").code == 0
    found = view(run, path)
    fits("framework", found)
    return found


def test_a_later_version_has_a_mapping_of_its_own(run: Run, tmp_path: Path) -> None:
    assert second(run, tmp_path / "project.json")["carried_from"] is None


def test_without_one_of_its_own_the_mapping_goes_along_and_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tuple(one for one in crosswalks.load() if one.source == "tokyo-ai@1")
    monkeypatch.setattr(crosswalks, "load", lambda: first)
    path = tmp_path / "project.json"
    assert second(run, path)["carried_from"] == "tokyo-ai@1"
    shown = run("report", path, "-o", "-", "--format", "md", "--framework", "nist-ai-rmf")
    assert "tokyo-ai@1 の点検項目について作られた" in shown.out
