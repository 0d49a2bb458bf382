"""The small project's checklist, for all tests of spreadsheets."""

from pathlib import Path

import pytest

from tests.cli.spreadsheets.files import exported
from tests.conftest import Run


@pytest.fixture
def sheet(run: Run, project: Path) -> Path:
    """The small project's checklist, as it was written."""
    return exported(run, project)
