"""A report by somebody's own template: Markdown or HTML as it comes out, or the HTML as PDF."""

import dataclasses
from typing import Any

from aiguide.render.rendered import Rendered
from aiguide.render.templating import render_own

# What a template must be written in for each format that it can make.
WRITTEN_IN = {"md": "md", "html": "html", "pdf": "html"}


def render(view: Any, source: str, file: str, format: str, pdf_variant: str) -> Rendered:
    """Render a view's data by a template's text. Raises: AiguideError `bad-template`."""
    data = dataclasses.asdict(view)
    text = render_own(source, file, WRITTEN_IN[format], data)
    if format == "pdf":
        from aiguide.render.report_pdf import our_fonts, set_html

        return set_html(our_fonts() + text, pdf_variant)
    return Rendered(text.encode())
