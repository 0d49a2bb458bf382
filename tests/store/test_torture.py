"""A short torture: nothing acknowledged is lost, whatever stops a save or crosses it."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_saves_survive_kills_other_writers_and_a_full_disk() -> None:
    size = ("--kills", "60", "--writers", "4", "--answers", "15")
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "torture.py"), *size],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "FAILED" not in ran.stdout
