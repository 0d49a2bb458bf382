"""A report as a tagged PDF, by WeasyPrint."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.core.paper import Paper
from aiguide.core.words import Words
from aiguide.render.rendered import Rendered
from aiguide.render.report_html import page

# In order of preference: Debian and Windows, macOS, other systems with a Japanese font.
FAMILIES = (
    "BIZ UDPGothic",
    "BIZ UDPゴシック",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
)
FONT_VARIABLE = "AIGUIDE_FONT"
OWN_FAMILY = "aiguide own font"
FONT_DATE = "SOURCE_DATE_EPOCH"  # as fontTools names it


def render(paper: Paper, words: Words, variant: str) -> Rendered:
    """Render a report to PDF of some kind, such as `pdf/ua-1`.

    `missing` of the result names characters that no font could show.

    Raises: AiguideError `no-pango` (a system library is missing), `no-font` (no Japanese font).
    """
    families, font_file = _wanted_fonts()
    html = page(paper, words, "paper", families=families, font_file=font_file)
    return set_html(html, variant)


def set_html(html: str, variant: str) -> Rendered:
    """Set a page of HTML that names our font families; nothing is fetched but that font."""
    weasyprint = _weasyprint()
    families, font_file = _wanted_fonts()
    document = weasyprint.HTML(string=html, url_fetcher=_only(weasyprint, font_file)).render()
    target = BytesIO()
    with _undated_fonts():
        document.write_pdf(target, finisher=_scope_heads, pdf_variant=variant, pdf_tags=True)
    fonts = list(document.fonts.values())
    _require_japanese(fonts, families)
    missing = sorted({chr(code) for font in fonts for code in font.missing})
    return Rendered(target.getvalue(), tuple(missing))


@contextmanager
def _undated_fonts() -> Iterator[None]:
    """Let the same report have the same bytes, whatever cuts its fonts.

    Where the system has no HarfBuzz-Subset, fontTools does, and puts the time of day into them.
    """
    told = os.environ.get(FONT_DATE)
    os.environ[FONT_DATE] = "0"
    try:
        yield
    finally:
        if told is None:
            del os.environ[FONT_DATE]
        else:
            os.environ[FONT_DATE] = told


def our_fonts() -> str:
    """Give the style that sets our font families, for a page that names none."""
    families, font_file = _wanted_fonts()
    listed = ", ".join(f'"{family}"' for family in families)
    face = f'@font-face{{font-family:"{OWN_FAMILY}";src:url("{font_file}")}}' if font_file else ""
    return f"<style>{face}html{{font-family:{listed}}}</style>"


def _scope_heads(document: Any, pdf: Any) -> None:
    """Say of each head of a table whether it heads its column or its row, which HTML's scope does.

    WeasyPrint leaves it out; without it some screen readers guess.
    """
    by_reference = {one.reference: one for one in pdf.objects}
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("S") == "/TH":
            group = by_reference[by_reference[one["P"]]["P"]]
            one["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def require_pango() -> None:
    """Insist on the system library that lays text out. Raises: AiguideError `no-pango`."""
    _weasyprint()


def require_font() -> None:
    """Insist on a Japanese font, by setting a word in it.

    Raises: AiguideError `no-weasyprint`, `no-pango`, `no-font`.
    """
    weasyprint = _weasyprint()
    families, font_file = _wanted_fonts()
    html = our_fonts() + "<p>東京都"
    document = weasyprint.HTML(string=html, url_fetcher=_only(weasyprint, font_file)).render()
    document.write_pdf(BytesIO())
    _require_japanese(list(document.fonts.values()), families)


def _require_japanese(fonts: list[Any], families: tuple[str, ...]) -> None:
    """Insist that one of our families was used, and that no kana is missing from the fonts."""
    used = {font.family for font in fonts}
    boxes = any("ぁ" <= chr(code) <= "ヺ" or chr(code) == "東" for f in fonts for code in f.missing)
    if boxes or not used & set(families):
        raise AiguideError("no-font", families=[FAMILIES[0], *FAMILIES[2:]])


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError:
        raise AiguideError("no-weasyprint") from None
    except OSError:
        raise AiguideError("no-pango") from None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    _require_any_font()
    return weasyprint


def _require_any_font() -> None:
    """Insist that the system has any font at all: Pango crashes without one."""
    from weasyprint.text.ffi import fontconfig

    config = fontconfig.FcInitLoadConfigAndFonts()
    fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    if not fonts or not fonts.nfont:
        raise AiguideError("no-font", families=[FAMILIES[0], *FAMILIES[2:]])


def _wanted_fonts() -> tuple[tuple[str, ...], str]:
    """Give the font families to ask for and, where `AIGUIDE_FONT` names a file, its URL."""
    named = os.environ.get(FONT_VARIABLE, "")
    if not named:
        return FAMILIES, ""
    file = Path(named)
    if file.is_file():
        return (OWN_FAMILY,), file.resolve().as_uri()
    return (named,), ""


def _only(weasyprint: Any, font_file: str) -> Any:
    """Make a fetcher that opens the given font file and nothing else."""

    class OnlyFont(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not font_file or url != font_file:
                raise ValueError(url)
            return super().fetch(url, headers)

    return OnlyFont()
