"""A portfolio as JSON: ids and counts, for scripts."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from aiguide.core import portfolio as portfolios
from aiguide.core.json_text import json_text
from aiguide.core.portfolio import Portfolio, Standing, Sums


def render(portfolio: Portfolio) -> bytes:
    """Render a portfolio to JSON in UTF-8 (schema `portfolio`)."""
    standings = portfolio.standings
    data = {
        "date": portfolio.date,
        "expiring_within": portfolio.within,
        "sort": portfolio.sort,
        "files": portfolio.files,
        "read": portfolio.read,
        "totals": asdict(portfolios.sums(standings)),
        "by_verdict": _groups("id", portfolios.by_verdict(standings)),
        "by_stance": _groups("id", portfolios.by_stance(portfolio)),
        "by_phase": _groups("id", portfolios.by_phase(portfolio)),
        "by_cell": _groups("id", portfolios.by_cell(portfolio)),
        "by_bureau": _groups("name", portfolios.by_bureau(standings)),
        "projects": [_project(one) for one in standings],
        "copies": [list(files) for files in portfolios.copies(standings)],
        "unreadable": [asdict(one) for one in portfolio.unreadable],
    }
    return (json_text(data, 2) + "\n").encode()


def _groups(key: str, groups: Mapping[str, Sums]) -> list[dict[str, Any]]:
    return [{key: of, **asdict(counted)} for of, counted in groups.items()]


def _project(one: Standing) -> dict[str, Any]:
    data = asdict(one)
    del data["began"]
    required = {"total": data.pop("required"), "clear": data.pop("clear")}
    return data | {"required": required, "left": one.left}
