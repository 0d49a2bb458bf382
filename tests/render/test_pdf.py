"""The PDF: tagged, in its language, with our font only, the same bytes for the same day."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest

from aiguide.core.errors import AiguideError
from aiguide.core.paper import Block, Entry, Heading, Paper, Paragraph, Table, Tone
from aiguide.render import report_pdf
from aiguide.usecases import catalogue
from tests.conftest import ROOT, TODAY, Run

FLAGSHIP = ROOT / "examples" / "valid" / "flood-gate-forecast" / "project.json"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@pytest.fixture
def pdf(run: Run, folder: Path) -> Iterator[pikepdf.Pdf]:
    path = folder / "report.pdf"
    if not path.exists():
        ran = run("report", FLAGSHIP, "-o", path, "--today", TODAY)
        assert ran.code == 0, ran.err
    with pikepdf.open(path) as opened:
        yield opened


def tags(element: Any) -> Iterator[tuple[str, Any]]:
    """Walk the structure tree in reading order."""
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from tags(one)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S), element
        if "/K" in element:
            yield from tags(element.K)


def test_it_is_tagged_titled_and_in_japanese(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "ja"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert "水門" in metadata["dc:title"]


def test_headings_and_tables_are_tagged_in_reading_order(pdf: pikepdf.Pdf) -> None:
    found = [tag for tag, _ in tags(pdf.Root.StructTreeRoot.K)]
    assert found.index("/H1") < found.index("/H2") < found.index("/Table") < found.index("/H3")
    assert found.count("/H1") == 1
    assert found.count("/TH") > 20


def test_heads_say_what_they_head_and_bars_what_they_show(pdf: pikepdf.Pdf) -> None:
    found = list(tags(pdf.Root.StructTreeRoot.K))
    scopes = [str(tag.A.Scope) for name, tag in found if name == "/TH"]
    assert set(scopes) == {"/Column", "/Row"}
    figures = [str(tag.Alt) for name, tag in found if name == "/Figure"]
    assert "100 %" in figures
    assert all(re.fullmatch(r"\d+ %", alt) for alt in figures)


def test_links_are_tagged_and_say_where_they_lead(pdf: pikepdf.Pdf) -> None:
    """As PDF/UA asks: each is in the structure, and has a text of its own."""
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    outer = [str(note.A.URI) for note in notes if "/A" in note]
    assert "https://laws.e-gov.go.jp/law/415AC0000000057" in outer
    assert any(one.startswith("https://example.jp/") for one in outer)  # evidence
    assert all(re.match("https?://", one) for one in outer)
    assert all(str(note.Contents) for note in notes)
    linked = [tag for name, tag in tags(pdf.Root.StructTreeRoot.K) if name == "/Link"]
    parts = [one for tag in linked for one in tag.K if isinstance(one, pikepdf.Dictionary)]
    tagged = [one.Obj.objgen for one in parts if "/Obj" in one]
    assert sorted(tagged) == sorted(note.objgen for note in notes)


def test_it_has_bookmarks_for_every_phase(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        (top,) = outline.root
        titles = [child.title for child in top.children]
    for phase in ("企画", "要件定義", "設計開発", "運用", "廃止", "調達"):
        assert phase in titles


def test_every_page_is_a4_and_has_text_in_our_font_only(pdf: pikepdf.Pdf) -> None:
    names = set()
    for page in pdf.pages:
        width, height = (float(side) for side in page.mediabox[2:])
        assert (round(width), round(height)) == (595, 842)
        names |= {str(font.BaseFont).split("+")[1] for font in page.Resources.Font.values()}
    assert names <= {"BIZ-UDPGothic", "BIZ-UDPGothic-Bold"}


def test_fonts_are_embedded_as_subsets_and_the_file_stays_small(
    pdf: pikepdf.Pdf, folder: Path
) -> None:
    assert (folder / "report.pdf").stat().st_size < 600_000
    assert len(pdf.pages) > 10


def pages_of_headings(*blocks: Block) -> list[int]:
    """Give the page of each heading and entry, as the bookmarks lead there."""
    paper = Paper("ja", "題", "種類", "", TODAY, "", "", blocks)
    made = report_pdf.render(paper, catalogue.load_words("ja"), "pdf/ua-1")
    with pikepdf.open(BytesIO(made.content)) as opened, opened.open_outline() as outline:
        places: list[Any] = [one.objgen for one in opened.pages]
        (top,) = outline.root
        leads: list[Any] = [one.destination for one in top.children]
        return [places.index(one[0].objgen) for one in leads]


@pytest.mark.parametrize("lines", [30, 33])
def test_a_table_that_fits_is_not_pushed_to_the_next_page_by_what_follows(lines: int) -> None:
    def table(rows: int) -> Table:
        return Table("表", ("項目", "値"), (50, 50), (("a", "b"),) * rows)

    filler = (Paragraph("行", Tone.SMALL),) * lines
    after = (Heading(2, "後"), Paragraph("注"), table(9))
    longer = pages_of_headings(*filler, Heading(2, "表"), table(2), *after)
    assert longer == [0, 1], "so much is there, and what follows goes on the next page"
    assert pages_of_headings(*filler, Heading(2, "表"), table(1), *after)[0] == 0


def test_a_long_answer_goes_on_over_the_page_and_a_short_one_stays_together() -> None:
    def answered(lines: int) -> list[int]:
        filler = (Paragraph("行", Tone.SMALL),) * 30
        note = "\n".join(["確かめた"] * lines)
        return pages_of_headings(
            *filler, Entry("項目", "a", "確かめる", said=(note,)), Heading(2, "後")
        )

    assert answered(40) == [0, 1], "it begins on the first page"
    assert answered(15) == [1, 1], "it does not fit on the first page, and is not cut"


@pytest.mark.parametrize("cutter", ["the system's", "fontTools"])
def test_the_same_day_gives_the_same_bytes(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, cutter: str
) -> None:
    if cutter == "fontTools":
        monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    again = folder / "again.pdf"
    small = ROOT / "examples" / "valid" / "guideline-chatbot" / "project.json"
    contents = []
    for seconds in (1, 2):
        clock = SimpleNamespace(time=lambda now=seconds: now)
        monkeypatch.setattr("fontTools.misc.timeTools.time", clock)
        assert run("report", small, "-o", again, "--today", TODAY).code == 0
        contents.append(again.read_bytes())
    assert contents[0] == contents[1]


def test_without_a_japanese_font_it_is_an_error_not_a_page_of_boxes(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_pdf, "FAMILIES", ("No Such Font",))
    ran = run("report", FLAGSHIP, "-o", folder / "boxes.pdf")
    assert ran.code == 2
    assert "日本語のフォントが見つかりません" in ran.err
    assert "fonts-morisawa-bizud-gothic" in ran.err
    assert not (folder / "boxes.pdf").exists()


@pytest.mark.parametrize("error", [OSError("cannot load library"), ImportError("weasyprint")])
def test_without_pango_or_weasyprint_the_remedy_is_named(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    import builtins

    real = builtins.__import__

    def fail(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise error
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", fail)
    ran = run("report", FLAGSHIP, "-o", folder / "none.pdf")
    assert ran.code == 2
    assert ("apt-get" if isinstance(error, OSError) else "aiguide[pdf]") in ran.err
    assert run("doctor").code == 2


def test_a_character_that_no_font_has_is_named(run: Run, project: Path) -> None:
    run("set", project, "--owner", "担当\U000e0041\U0001e900")
    ran = run("report", project, "-o", project.with_name("r.pdf"), "--today", TODAY)
    assert ran.code == 0
    assert "フォントにない文字" in ran.err


def test_a_font_can_be_named_by_its_file(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = list(Path("/usr/share/fonts").rglob("BIZUDGothic-Regular.ttf"))
    if not files:
        pytest.skip("the fixed-width face of the Debian package is not here")
    monkeypatch.setenv(report_pdf.FONT_VARIABLE, str(files[0]))
    out = project.with_name("r.pdf")
    assert run("report", project, "-o", out, "--today", TODAY).code == 0
    with pikepdf.open(out) as opened:
        fonts = {
            str(f.BaseFont).split("+")[1] for p in opened.pages for f in p.Resources.Font.values()
        }
    assert {font.removesuffix("-Bold") for font in fonts} == {"aiguide-own-font"}


def test_the_error_names_what_was_looked_for() -> None:
    with pytest.raises(AiguideError) as caught:
        report_pdf._require_japanese([], ("X",))
    assert "BIZ UDPGothic" in caught.value.args_said["families"]
