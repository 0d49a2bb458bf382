"""Every template in every format and language: complete, harmless, the same bytes each time."""

import html.parser
import io
import json
import re
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from aiguide.usecases.reports import REPORT_FORMATS, REPORT_TEMPLATES
from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits

FLAGSHIP = ROOT / "examples" / "valid" / "flood-gate-forecast" / "project.json"
READY = ROOT / "examples" / "valid" / "guideline-chatbot" / "project.json"
SCHEMAS = {
    "compliance": "report",
    "summary": "report",
    "procurement": "procurement",
    "transparency": "transparency",
}
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</style><script>alert(2)</script>",
    "{{ 7*7 }}{% raw %}",
    "=HYPERLINK(1)|@SUM(1)",
    "\u202egnp.exe\x07\x1b[31m\ufffe\uffff",
    "]]> <?xml?> &amp; & < >",
)


Make = Callable[..., bytes]


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Make:
    """Make a report of the flagship, or of another project."""

    def make(template: str, format: str, lang: str = "ja", project: Path = FLAGSHIP) -> bytes:
        out = tmp_path / f"out.{format}"
        ran = run(
            *("report", project, "-o", out, "--template", template),
            *("--lang", lang, "--today", TODAY),
        )
        assert ran.code == 0, ran.err
        return out.read_bytes()

    return make


def text_of(content: bytes, format: str) -> str:
    if format == "docx":
        return docx_text(content)
    return content.decode()


def docx_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "".join(parts))


def word_links(content: bytes) -> list[str]:
    """Give where the links of a Word document lead."""
    document = pytest.importorskip("docx").Document(io.BytesIO(content))
    return [one.target_ref for one in document.part.rels.values() if one.is_external]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("format", [one for one in REPORT_FORMATS if one != "pdf"])
@pytest.mark.parametrize("template", REPORT_TEMPLATES)
def test_each_names_the_project_its_date_and_that_it_is_made_up(
    made: Make, template: str, format: str, lang: str
) -> None:
    told = text_of(made(template, format, lang), format)
    for said in ("水門等の操作支援", TODAY, "架空の記入例" if lang == "ja" else "Made-up example"):
        assert said in told


@pytest.mark.parametrize("template", REPORT_TEMPLATES)
@pytest.mark.parametrize("format", REPORT_FORMATS)
def test_the_same_day_gives_the_same_bytes(made: Make, template: str, format: str) -> None:
    once, again = (sha256(made(template, format)).hexdigest() for _ in range(2))
    assert once == again


@pytest.mark.parametrize("template", REPORT_TEMPLATES)
def test_the_data_keeps_its_contract(made: Make, template: str) -> None:
    for lang in ("ja", "en"):
        fits(SCHEMAS[template], json.loads(made(template, "json", lang)))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_cell_has_its_card_in_every_format(run: Run, tmp_path: Path, lang: str) -> None:
    for format in REPORT_FORMATS:
        out = tmp_path / f"card.{format}"
        ran = run("show", "citizen.action", "-o", out, "--lang", lang, "--today", TODAY)
        assert ran.code == 0, ran.err
    fits("card", json.loads((tmp_path / "card.json").read_text(encoding="utf-8")))
    told = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert ("行動支援" if lang == "ja" else "Action support") in told
    assert "planning.purpose" in told


def test_options_that_would_do_nothing_are_refused(run: Run, project: Path) -> None:
    out = project.with_name("x.md")
    assert run("report", project, "-o", out, "--pdf-variant", "pdf/a-3a").code == 2
    assert run("show", "citizen.action", "-o", out, "--format", "json").code == 2
    assert not out.exists()


def test_only_a_cell_has_a_card(run: Run, tmp_path: Path) -> None:
    ran = run("show", "planning.purpose", "-o", tmp_path / "card.md")
    assert ran.code == 2
    assert "区分 planning.purpose はありません" in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("cell", ["citizen.information", "related.autonomous"])
def test_the_texts_for_procurement_follow_the_conditions(
    run: Run, made: Make, tmp_path: Path, cell: str
) -> None:
    project = tmp_path / "project.json"
    run("init", project, "--name", "x", "--cell", cell, "--condition", "external_vendor=no")
    own = json.loads(made("procurement", "json", project=project))
    run("set", project, "--condition", "external_vendor=yes")
    bought = json.loads(made("procurement", "json", project=project))
    assert not any(one["item"].startswith("procurement.") for one in own["contract"])
    assert any(one["item"].startswith("procurement.") for one in bought["contract"])
    assert all(one["sources"] for one in bought["contract"])


def test_the_public_record_publishes_no_note_or_evidence(
    run: Run, made: Make, project: Path
) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "内部のメモ", "--by", "内部の人")
    run("set", project, "--owner", "内部の担当者")
    for format in ("md", "html", "json"):
        told = made("transparency", format, project=project).decode()
        assert "内部の" not in told
        assert "公表の前に書く" in told or format == "json"


def test_the_public_record_tells_conditions_in_sentences_and_leaves_open_ones_to_be_written(
    run: Run, made: Make, project: Path
) -> None:
    run("set", project, "--condition", "generative_ai=yes", "--condition", "personal_data=no")
    told = made("transparency", "md", project=project).decode()
    assert "- 文章や画像などを新しく作るAI（生成AI）を使います。" in told
    assert "- 個人が分かる情報（個人情報）は扱いません。" in told
    assert "当てはまるかを決めて書く: 人の判断なしに結果を使う部分がある" in told


@pytest.mark.parametrize("template", ["procurement", "transparency"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_must_not_leave_the_house_says_so_first(made: Make, template: str, lang: str) -> None:
    red = ROOT / "examples" / "valid" / "application-auto-approval" / "project.json"
    told = made(template, "md", lang, red).decode()
    warned = "公表や公告に使わないでください" if lang == "ja" else "Do not publish this document"
    assert warned in told.split("## ")[0]


@pytest.mark.parametrize("template", ["compliance", "summary"])
def test_it_is_signed_only_where_the_project_may_go_on(made: Make, template: str) -> None:
    assert "職・氏名" in made(template, "md", project=READY).decode()
    told = made(template, "md").decode()
    assert "職・氏名" not in told
    assert "この判定では、承認欄を設けていません" in told


def test_who_signs_does_so_beside_the_answers_and_not_behind_the_sources(made: Make) -> None:
    told = made("compliance", "md", project=READY).decode()
    assert told.index("\n## 調達") < told.index("\n## 確認と承認") < told.index("\n## 出典の文書")


STANCES = {
    "citizen.information": "go",
    "citizen.personalized": "care",
    "citizen.autonomous": "hold",
}


@pytest.mark.parametrize(("cell", "policy"), STANCES.items())
def test_a_stance_has_its_colour(
    run: Run, made: Make, tmp_path: Path, cell: str, policy: str
) -> None:
    project = tmp_path / "project.json"
    run("init", project, "--name", "x", "--cell", cell)
    mark = f'<span class="stance {policy}">● '
    for template in ("compliance", "summary", "transparency"):
        assert mark in made(template, "html", project=project).decode()
    card = tmp_path / "card.html"
    assert run("show", cell, "-o", card).code == 0
    assert mark in card.read_text(encoding="utf-8")


def test_a_stance_has_its_colour_in_word_too(run: Run, made: Make, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    project, colours = tmp_path / "project.json", set()
    for cell in STANCES:
        run(*("set" if project.exists() else "init", project, "--name", "x", "--cell", cell))
        document = docx.Document(io.BytesIO(made("compliance", "docx", project=project)))
        (box, *_) = document.tables
        runs = [run for one in box.rows[0].cells[0].paragraphs for run in one.runs]
        (colour,) = {str(run.font.color.rgb) for run in runs if run.text.startswith("●")}
        colours.add(colour)
    assert len(colours) == len(STANCES)


def test_what_was_ruled_out_is_not_offered_for_a_contract(made: Make) -> None:
    told = json.loads(made("procurement", "json"))
    offered = {one["item"] for one in told["specification"]}
    assert "偏りの検査" in told["left_out"]
    assert "design.bias-test" not in offered
    remarks = [one["remark"] for one in told["specification"] if one["remark"]]
    assert len(remarks) == 1
    assert "2027-03-31 まで例外承認中" in remarks[0]


def test_a_project_without_a_vendor_gets_no_texts(made: Make) -> None:
    own = ROOT / "examples" / "valid" / "guideline-chatbot" / "project.json"
    told = json.loads(made("procurement", "json", project=own))
    assert told["in_house"]
    assert told["specification"] == told["contract"] == []


def test_a_cell_that_nobody_confirmed_is_not_published(made: Make) -> None:
    guessed = ROOT / "examples" / "valid" / "traffic-signal-control" / "project.json"
    told = json.loads(made("transparency", "json", project=guessed))
    assert told["cells"] == []


class Page(html.parser.HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(name="attacked")
def project_of_attacks(run: Run, project: Path) -> Path:
    data = json.loads(project.read_text(encoding="utf-8"))
    said = " ".join(ATTACKS)
    facts = data["project"]
    facts |= {"name": said, "organization": said, "owner": said, "description": said}
    facts["ai"] = [{"product": said, "model": said, "vendor": said}]
    data["classification"] |= {"confirmed_by": said, "reason": said}
    data["answers"] = {
        "planning.purpose": {
            "status": "done",
            "note": said,
            "evidence": [
                {"kind": "link", "target": "https://x/</style><script>alert(3)</script>"},
                {"kind": "note", "target": said},
            ],
            "assignee": said,
            "by": said,
        },
        "planning.risk-assessment": {
            "status": "exception",
            "reason": said,
            "approver": said,
            "until": "2030-01-01",
        },
    }
    project.write_text(json.dumps(data), encoding="utf-8")
    return project


@pytest.mark.parametrize("template", REPORT_TEMPLATES)
def test_hostile_texts_do_nothing_in_a_browser(made: Make, attacked: Path, template: str) -> None:
    told = made(template, "html", project=attacked).decode()
    page = Page()
    page.feed(told)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "iframe", "link", "object"})
    for tag, attrs in page.tags:
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        for name in ("href", "src"):
            assert (attrs.get(name) or "#").startswith(("#", "https://", "http://"))
    assert told.count("</style>") == 1
    assert "\x1b" not in told
    assert "\u202e" not in told


@pytest.mark.parametrize("template", REPORT_TEMPLATES)
@pytest.mark.parametrize("format", ["pdf", "docx", "md", "json"])
def test_hostile_texts_stop_no_format(
    made: Make, attacked: Path, template: str, format: str
) -> None:
    content = made(template, format, project=attacked)
    if format == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert not any("vbaProject" in name for name in packed.namelist())
        assert all(re.fullmatch(r"https?://[^<>\" ]+", one) for one in word_links(content))
    elif format == "md":
        assert not re.search(r"^<script|[^\\]<script", content.decode(), re.M)
    elif format == "json":
        json.loads(content)


TARGETS = {
    "https://example.jp/別紙（一）.pdf?a=1&b=2#3": (
        "https://example.jp/%E5%88%A5%E7%B4%99%EF%BC%88%E4%B8%80%EF%BC%89.pdf?a=1&b=2#3"
    ),
    "http://example.jp/%20": "http://example.jp/%20",
    "javascript:alert(1)": "",
    "https://example.jp/a b": "",
    "https://[::bad/": "",
}
DOCUMENT = "https://laws.e-gov.go.jp/law/415AC0000000057"  # one that a source of every pack names


@pytest.fixture
def proved(run: Run, project: Path) -> Path:
    """Give a project whose answer has links as evidence, some of which lead nowhere."""
    data = json.loads(project.read_text(encoding="utf-8"))
    evidence = [{"kind": "link", "target": target} for target in TARGETS]
    data["answers"] = {"planning.purpose": {"status": "done", "evidence": evidence}}
    project.write_text(json.dumps(data), encoding="utf-8")
    run("set", project, "--condition", "personal_data=yes")
    return project


def test_links_lead_to_the_web_and_nowhere_else(made: Make, proved: Path) -> None:
    page = Page()
    page.feed(made("compliance", "html", project=proved).decode())
    html = [str(attrs["href"]) for tag, attrs in page.tags if tag == "a"]
    assert html.count(DOCUMENT) == 1
    assert [one for one in html if one in TARGETS] == [one for one, to in TARGETS.items() if to]
    word = word_links(made("compliance", "docx", project=proved))
    assert DOCUMENT in word
    assert {one for one in word if "example.jp" in one} == set(filter(None, TARGETS.values()))
    assert all(re.match("https?://", one) for one in (*word, *html) if not one.startswith("#"))


@pytest.mark.parametrize("format", ["html", "md", "json", "docx"])
def test_nothing_of_this_machine_leaks(made: Make, project: Path, format: str) -> None:
    told = text_of(made("compliance", format, project=project), format)
    assert str(project.parent) not in told
    assert str(ROOT) not in told


def test_html_stands_alone(made: Make) -> None:
    told = made("compliance", "html").decode()
    page = Page()
    page.feed(told)
    assert not re.search(r"url\(|@import", told)
    anchors = {attrs["id"] for _, attrs in page.tags if attrs.get("id")}
    links = [(str(attrs["href"]), attrs.get("rel")) for tag, attrs in page.tags if tag == "a"]
    wanted = {href[1:] for href, _ in links if href.startswith("#")}
    assert wanted <= anchors
    assert len(wanted) > 5
    outer = [(href, rel) for href, rel in links if not href.startswith("#")]
    assert outer
    assert all(re.match("https?://", href) and rel == "noreferrer" for href, rel in outer)


def test_html_is_made_for_keyboards_and_screen_readers(made: Make) -> None:
    page = Page()
    page.feed(made("compliance", "html", "en").decode())
    by_tag: dict[str, list[dict[str, Any]]] = {}
    for tag, attrs in page.tags:
        by_tag.setdefault(tag, []).append(attrs)
    assert by_tag["html"] == [{"lang": "en"}]
    assert len(by_tag["h1"]) == len(by_tag["main"]) == 1
    assert all(attrs.get("scope") for attrs in by_tag["th"])
    assert all(attrs.get("role") == "img" and attrs.get("aria-label") for attrs in by_tag["svg"])
    regions = [attrs for attrs in by_tag["div"] if attrs.get("role") == "region"]
    assert all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in regions)


def test_a_word_document_has_headings_and_repeating_heads(made: Make) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(made("compliance", "docx")))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Heading 1") > 8
    assert styles.count("Heading 2") > 40
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables[1:])
    assert document.core_properties.language == "ja-JP"
    assert document.core_properties.author == "aiguide"


def test_in_word_who_signs_is_on_one_page_and_page_numbers_are_at_the_right(made: Make) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(made("compliance", "docx", project=READY)))
    signed = document.tables[-1]
    cells = [cell for row in signed.rows for cell in row.cells]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in cells)
    assert all("w:cantSplit" in row._tr.xml for row in signed.rows[1:])
    foot = document.sections[0].footer.paragraphs[0]
    assert [str(stop.alignment) for stop in foot.paragraph_format.tab_stops] == ["RIGHT (2)"]
    assert foot.text.count("\t") == 1


def test_a_phase_without_items_says_so(made: Make) -> None:
    own = ROOT / "examples" / "valid" / "guideline-chatbot" / "project.json"
    told = made("compliance", "md", project=own).decode()
    assert "## 調達\n\nこの案件では、対象の点検項目がありません。" in told


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_summary_is_one_page_however_much_there_is_to_say(
    run: Run, made: Make, tmp_path: Path, lang: str
) -> None:
    import pikepdf

    project = tmp_path / "project.json"
    long = "住民からの問い合わせに関する長い説明が続く。" * 8
    run("init", project, "--name", long[:80], "--cell", "citizen.personalized")
    run("set", project, "--description", long, "--organization", long[:60], "--owner", long[:60])
    run("answer", project, "planning.purpose", "in-progress", "--assignee", long)
    cells = ("citizen.information", "citizen.action", "citizen.prediction", "related.judgment")
    run("set", project, *(arg for cell in cells for arg in ("--cell", cell)))
    excepted = {"requirements": "2026-11-01", "design": "2027-11-01"}  # expired, in force
    for phase, until in excepted.items():
        for item in run("check", project, "--phase", phase, "--format", "json").json["items"]:
            told = ("--reason", long, "--approver", long, "--until", until)
            run("answer", project, item["id"], "exception", *told)
    for item in run("check", project, "--phase", "operation", "--format", "json").json["items"]:
        run("answer", project, item["id"], "in-progress", "--note", long, "--due", "2026-11-01")
    late = tmp_path / "late.project.json"
    late.write_bytes(project.read_bytes())
    run("set", late, "--phase", "operation")
    for one in (FLAGSHIP, project, late):
        with pikepdf.open(io.BytesIO(made("summary", "pdf", lang, one))) as opened:
            assert len(opened.pages) == 1


@pytest.mark.parametrize("format", REPORT_FORMATS)
def test_a_name_of_the_greatest_length_is_set(
    run: Run, made: Make, project: Path, format: str
) -> None:
    assert run("set", project, "--name", "長" * 500).code == 0
    assert made("compliance", format, project=project)


def test_the_lines_of_a_note_stay_lines_and_keep_their_blanks(
    run: Run, made: Make, project: Path
) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "一行目\n    二行目")
    told = made("compliance", "html", project=project).decode()
    assert "一行目\n    二行目" in told
    assert ".said p { margin: 0; white-space: pre-wrap; }" in told


def test_evidence_that_was_moved_is_named_with_its_new_place(
    run: Run, made: Make, project: Path
) -> None:
    file = project.with_name("見積書.txt")
    file.write_text("見積", encoding="utf-8")
    run("answer", project, "planning.purpose", "done", "--evidence", file.name)
    project.with_name("資料").mkdir()
    file.rename(project.with_name("資料") / file.name)
    told = made("compliance", "md", project=project).decode()
    assert "移動: 見積書.txt → 資料/見積書.txt にあります" in told


def test_without_the_word_library_the_remedy_is_named(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "docx", None)
    ran = run("report", project, "-o", project.with_name("r.docx"))
    assert ran.code == 2
    assert "aiguide[docx]" in ran.err.replace("\n", "")


# But for the one that every example has: its `report.md` is held with theirs.
GOLDEN = [
    (template, lang)
    for template in REPORT_TEMPLATES
    for lang in ("ja", "en")
    if (template, lang) != ("compliance", "ja")
]


@pytest.mark.parametrize(("template", "lang"), GOLDEN)
def test_the_flagship_has_its_golden_reports(
    made: Make, template: str, lang: str, request: pytest.FixtureRequest
) -> None:
    told = made(template, "md", lang).decode()
    golden = FLAGSHIP.parent / "reports" / f"{template}.{lang}.md"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")
