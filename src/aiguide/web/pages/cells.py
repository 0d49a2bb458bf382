"""The matrix of the guideline, and the guidance of each cell by phase."""

from starlette.responses import Response

from aiguide.core import wording
from aiguide.core.errors import AiguideError
from aiguide.core.papers import card as cards
from aiguide.core.views import cell_policy
from aiguide.usecases import guidelines
from aiguide.usecases.reports import REPORT_FORMATS
from aiguide.web.pages.reports import given
from aiguide.web.visit import Visit


def matrix(visit: Visit) -> Response:
    """Show the table of domains and classes, and the uses that are known of each cell."""
    pack = visit.pack_asked()
    words = visit.words_of(pack)
    domains = [
        {
            "title": words.pick(domain.title),
            "description": words.pick(domain.description),
            "cells": [
                {
                    "id": cell.id,
                    "title": words.pick(cell.title),
                    "stance": wording.cell_stance(words, pack, cell),
                    "policy": cell_policy(pack, cell),
                    "inferred": cell.inferred,
                    "summary": words.pick(cell.summary.text),
                    "scenes": [words.pick(scene.text) for scene in cell.scenes],
                }
                for cell in pack.cells_of(domain.id)
            ],
        }
        for domain in pack.domains
    ]
    return visit.page("matrix", pack=pack, domains=domains)


def cell(visit: Visit) -> Response:
    """Show what a use in a cell has to check, by phase."""
    pack = visit.pack_asked()
    found = pack.cell(guidelines.cell_meant(pack, visit.part("cell")))
    view = cards.view(pack, found, visit.words_of(pack), visit.site.today())
    return visit.page("cell", pack=pack, cell=view, formats=REPORT_FORMATS)


def card(visit: Visit) -> Response:
    """Give the guidance of a cell as a file."""
    pack, format = visit.pack_asked(), visit.part("format")
    if format not in REPORT_FORMATS:
        raise AiguideError("unknown-format", ending=format, known=REPORT_FORMATS)
    found = pack.cell(guidelines.cell_meant(pack, visit.part("cell")))
    made = visit.site.press.card(pack, found, visit.words_of(pack), visit.site.today(), format)
    return given(visit, made, format, f"{found.id}.{visit.lang}.{format}")
