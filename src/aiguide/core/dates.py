"""Calendar dates as people write them."""

from datetime import date

from aiguide.core.errors import AiguideError


def checked_date(given: str) -> str:
    """Insist on a calendar date `YYYY-MM-DD`. Raises: AiguideError `bad-date`."""
    try:
        if date.fromisoformat(given).isoformat() == given:
            return given
    except ValueError:
        pass
    raise AiguideError("bad-date", value=given)
