"""`report FOLDER -o FOLDER`: a report for each project; a bad one stops no other."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY, Run
from tests.terminal import PATIENCE, running

EXAMPLES = ROOT / "examples" / "valid"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder of an office: two projects by folder, one by name, one that is broken."""
    folder = tmp_path / "office"
    for story in ("tax-chatbot", "guideline-chatbot"):
        (folder / story).mkdir(parents=True)
        shutil.copy(EXAMPLES / story / "project.json", folder / story)
    shutil.copy(EXAMPLES / "tax-chatbot" / "project.json", folder / "tax.project.json")
    (folder / "broken").mkdir()
    (folder / "broken" / "project.json").write_text('{"format": 1,', encoding="utf-8")
    return folder


@pytest.mark.parametrize("format", ["md", "pdf"])
def test_each_project_gets_its_report_and_a_bad_one_is_named(
    run: Run, office: Path, tmp_path: Path, format: str
) -> None:
    out = tmp_path / "out" / "reports"
    args = ("--format", format, "--template", "summary", "--today", TODAY)
    ran = run("report", office, "-o", out, *args)
    assert ran.code == 1
    assert "broken/project.json:1:14 AG119" in ran.err.replace("\n", "")
    assert "3 件を作成しました（作れなかったもの 1 件）" in ran.err
    names = ["guideline-chatbot", "tax-chatbot", "tax"]
    assert {path.name for path in out.iterdir()} == {f"{name}.{format}" for name in names}
    alone = tmp_path / f"alone.{format}"
    run("report", office / "tax-chatbot", "-o", alone, *args[2:])
    assert (out / f"tax-chatbot.{format}").read_bytes() == alone.read_bytes()


def test_a_manifest_is_never_written_over(run: Run, office: Path) -> None:
    shutil.rmtree(office / "broken")
    (office / "project").mkdir()
    shutil.copy(EXAMPLES / "tax-chatbot" / "project.json", office / "project.json")
    shutil.copy(EXAMPLES / "tax-chatbot" / "project.json", office / "project" / "project.json")
    before = (office / "project.json").read_bytes()
    ran = run("report", office, "-o", office, "--format", "json")
    assert ran.code == 1
    assert (office / "project.json").read_bytes() == before


def test_the_same_again_makes_the_same_again(run: Run, tmp_path: Path) -> None:
    office = tmp_path / "office"
    (office / "project").mkdir(parents=True)
    shutil.copy(EXAMPLES / "tax-chatbot" / "project.json", office / "project")
    for _ in range(2):
        assert run("report", office, "-o", office / "out", "--format", "json").code == 0
    assert [one.name for one in (office / "out").iterdir()] == ["project.json"]


def test_a_folder_may_have_a_dot_in_its_name(run: Run, office: Path, tmp_path: Path) -> None:
    out = tmp_path / "reports.2026"
    assert run("report", office, "-o", f"{out}/", "--format", "md").code == 1
    assert len(list(out.iterdir())) == 3


def test_two_projects_of_one_name_get_two_reports(run: Run, tmp_path: Path) -> None:
    office = tmp_path / "office"
    for folder in ("a/b", "a-b"):
        (office / folder).mkdir(parents=True)
        shutil.copy(EXAMPLES / "tax-chatbot" / "project.json", office / folder)
    assert run("report", office, "-o", tmp_path / "out", "--format", "json").code == 0
    assert {one.name for one in (tmp_path / "out").iterdir()} == {"a-b.json", "a-b-2.json"}


def test_a_folder_without_projects_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("report", tmp_path / "empty", "-o", tmp_path / "out").code == 2
    assert not (tmp_path / "out").exists()


def test_the_clock_may_be_set_from_outside(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = project.with_name("r.json")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    assert run("report", project, "-o", out).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["date"] == "2026-11-18"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    ran = run("report", project, "-o", out)
    assert ran.code == 2
    assert "SOURCE_DATE_EPOCH" in ran.err


@pytest.mark.parametrize("variant", ["pdf/ua-1", "pdf/a-3a"])
def test_the_kind_of_pdf_is_declared(run: Run, project: Path, variant: str) -> None:
    import pikepdf

    out = project.with_name("r.pdf")
    assert run("report", project, "-o", out, "--pdf-variant", variant).code == 0
    with pikepdf.open(out) as opened, opened.open_metadata() as metadata:
        assert metadata.get("pdfuaid:part" if "ua" in variant else "pdfaid:part")
    assert run("report", project, "-o", out, "--pdf-variant", "pdf/x").code == 2


@pytest.mark.skipif(os.name != "posix", reason="interrupts a group of processes")
def test_an_interrupt_ends_it_soon_and_keeps_what_was_made(tmp_path: Path) -> None:
    count, office, out = 40, tmp_path / "office", tmp_path / "out"
    for number in range(count):
        (office / str(number)).mkdir(parents=True)
        shutil.copy(EXAMPLES / "tax-chatbot" / "project.json", office / str(number))
    args = ("report", office, "-o", out, "--template", "summary", "--today", TODAY)
    with subprocess.Popen(
        [sys.executable, "-m", "aiguide", *map(str, args)],
        env=os.environ | {"AIGUIDE_LANG": "ja"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # a group of its own, as a terminal's Ctrl-C meets it
    ) as process:
        while process.poll() is None and not list(out.glob("*.pdf")):
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        begun = time.monotonic()
        said, told = process.communicate(timeout=60)
    assert time.monotonic() - begun < 15
    assert process.returncode == 130
    made = sorted(out.iterdir())
    assert 1 <= len(made) < count / 2
    assert all(one.suffix == ".pdf" and one.read_bytes().endswith(b"%%EOF\n") for one in made)
    left = (
        f"{len(made)} 件を作成済みです（作れなかったもの 0 件、まだのもの {count - len(made)} 件）"
    )
    assert told.decode().splitlines()[-1].endswith(left)
    assert "Traceback" not in told.decode()
    assert len(said.decode().splitlines()) == len(made)


@pytest.mark.parametrize("name", ["報告書.csv", "report.txt", "2026.11"])
def test_a_name_that_ends_like_a_file_is_no_folder(
    run: Run, office: Path, tmp_path: Path, name: str
) -> None:
    folder = office / "tax-chatbot"
    for project in (office, folder, folder / "project.json"):
        ran = run("report", project, "-o", tmp_path / name)
        assert ran.code == 2
        assert f"拡張子 {Path(name).suffix} からは形式が決まりません" in ran.err
        assert ("最後に / を付けて" in ran.err) == project.is_dir()
    assert not (tmp_path / name).exists()


def test_a_folder_is_written_with_a_slash_exists_or_has_no_extension(
    run: Run, office: Path, tmp_path: Path
) -> None:
    folder = office / "tax-chatbot"
    (tmp_path / "v1.2").mkdir()
    for name in ("2026.11/", "v1.2", "reports"):
        ran = run("report", folder, "-o", f"{tmp_path}/{name}", "--format", "md")
        assert ran.code == 0, ran.err
        assert len([*(tmp_path / name).iterdir()]) == 1
    ran = run("report", folder, "-o", tmp_path / "one.md")  # a file: of its project.json
    assert (ran.code, (tmp_path / "one.md").is_file()) == (0, True)


def test_a_pdf_that_is_being_made_is_told_to_whoever_watches(run: Run, project: Path) -> None:
    for ending, told in (("pdf", True), ("md", False)):
        out = project.with_name(f"report.{ending}")
        with running("report", project, "-o", out) as (terminal, process):
            assert ("PDF を作っています" in terminal.until("報告書を作成しました")) is told
            assert process.wait(PATIENCE) == 0
    assert "作っています" not in run("report", project, "-o", project.with_name("r.pdf")).err
