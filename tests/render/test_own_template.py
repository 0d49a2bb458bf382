"""Templates of one's own: a folder that aiguide.toml names, over the report's documented data."""

from pathlib import Path

import pytest

from tests.conftest import Run

MARKDOWN = (
    "# {{ name | md }}\n{% for one in gaps %}- {{ one.title | md }} {{ one.id }}\n{% endfor %}"
)


@pytest.fixture(name="folder")
def templates(project: Path) -> Path:
    folder = project.parent / "our templates"
    folder.mkdir()
    settings = '[report]\ntemplates = "our templates"\n'
    (project.parent / "aiguide.toml").write_text(settings, encoding="utf-8")
    return folder


def make(run: Run, project: Path, ending: str = "md", name: str = "note") -> tuple[int, str, str]:
    out = project.with_name(f"out.{ending}")
    ran = run("report", project, "-o", out, "--template", name)
    text = out.read_bytes().decode("utf-8", "replace") if out.exists() else ""
    return ran.code, text, ran.err.replace("\n  ", "")


def test_it_is_filled_in_with_the_report_s_data(run: Run, project: Path, folder: Path) -> None:
    (folder / "note.md.j2").write_text(MARKDOWN, encoding="utf-8")
    code, text, err = make(run, project)
    assert code == 0, err
    assert text.startswith("# ごみ分別案内")
    assert "- 適切な目的の設定 planning.purpose" in text


def test_html_is_escaped_and_makes_a_pdf(run: Run, project: Path, folder: Path) -> None:
    run("set", project, "--name", "<b>太字</b>")
    (folder / "note.html.j2").write_text(
        "<!DOCTYPE html><html lang=ja><title>{{ name }}</title><h1>{{ name }}</h1>"
        '<img src="https://example.jp/x.png" alt="x">',
        encoding="utf-8",
    )
    code, text, err = make(run, project, "html")
    assert code == 0, err
    assert "<h1>&lt;b&gt;太字&lt;/b&gt;</h1>" in text
    code, text, err = make(run, project, "pdf")
    assert code == 0, err
    assert text.startswith("%PDF")


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("one\n{% for %}", 2, "expression"),
        ("one\ntwo {{ nothing }}", 2, "nothing"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ name.format(1) + 1 }}", 1, ""),
        ("{% for n in range(9999999) %}{% endfor %}", 1, ""),
        ("{% include '/etc/passwd' %}", 1, ""),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(
    run: Run, project: Path, folder: Path, source: str, line: int, said: str
) -> None:
    (folder / "note.md.j2").write_text(source, encoding="utf-8")
    code, text, err = make(run, project)
    assert (code, text) == (2, "")
    assert f"note.md.j2 の {line} 行目" in err
    assert said in err


def test_what_there_is_is_listed(run: Run, project: Path, folder: Path) -> None:
    (folder / "note.md.j2").write_text(MARKDOWN, encoding="utf-8")
    code, _, err = make(run, project, name="notes")
    assert code == 2
    assert "transparency、note" in err
    assert "もしかして: note" in err
    for ending in ("docx", "html", "pdf"):
        code, _, err = make(run, project, ending)
        assert code == 2
        assert f"note からは {ending} を作れません（作れるもの: md）" in err


@pytest.mark.parametrize("ending", ["docx", "html", "md", "json"])
def test_a_template_that_is_none_is_told_first_whatever_it_is_to_make(
    run: Run, project: Path, ending: str
) -> None:
    code, _, err = make(run, project, ending, name="調達")
    assert code == 2
    assert "テンプレート 調達 はありません（使えるもの: compliance、" in err


def test_a_name_is_no_path(run: Run, project: Path, folder: Path) -> None:
    (project.parent / "secret.md.j2").write_text("x", encoding="utf-8")
    assert make(run, project, name="../secret")[0] == 2
