"""`tools/accessibility.py` finds what shuts people out; it is tried where its tools are there."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

PYTHON = ROOT / ".venv-accessibility" / "bin" / "python"
CHROMIUM = shutil.which("chromium")

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and PYTHON.with_name("playwright").exists()),
    reason="make accessibility has not been run here",
)

BAD = """<!DOCTYPE html><html><head><title>x</title><style>
p { color: #ccc; background: #fff; width: 900px; }
@media (prefers-color-scheme: dark) { p { color: #000; } }
</style></head><body><main><h1>x</h1><p>pale and wide</p></main></body></html>"""


def checked(file: Path) -> subprocess.CompletedProcess[str]:
    args = (PYTHON, ROOT / "tools" / "accessibility.py", str(CHROMIUM), file)
    return subprocess.run(args, capture_output=True, text=True, timeout=120)


def test_a_report_has_no_violation(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    story = ROOT / "examples" / "valid" / "flood-gate-forecast"
    assert run("report", story, "-o", file, "--template", "summary").code == 0
    ran = checked(file)
    assert (ran.returncode, ran.stdout) == (0, "1 pages in 4 views: 0 with violations\n")


def test_what_is_pale_wide_or_without_a_language_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    file.write_text(BAD, encoding="utf-8")
    ran = checked(file)
    assert ran.returncode == 1, ran.stderr
    phone, _, rest = ran.stdout.partition("x.html, 390 px, dark:")
    for said in ("wider than the screen", "color-contrast", "html-has-lang"):
        assert said in phone
    assert "color-contrast" not in rest.partition("x.html, 1280 px, light:")[0]
    assert "4 views: 4 with violations" in ran.stdout
