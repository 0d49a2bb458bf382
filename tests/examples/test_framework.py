"""One example through the eyes of each framework, as golden reports."""

import pytest

from tests.conftest import ROOT, TODAY, Run

CHATBOT = ROOT / "examples" / "valid" / "guideline-chatbot" / "project.json"
FRAMEWORKS = ("ai-business", "nist-ai-rmf")


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_report_is_the_golden_one(
    run: Run, framework: str, request: pytest.FixtureRequest
) -> None:
    args = ("--framework", framework, "--format", "md", "--today", TODAY)
    ran = run("report", CHATBOT, "-o", "-", *args)
    golden = CHATBOT.with_name(f"{framework}.md")
    if request.config.getoption("--update-golden"):
        golden.write_text(ran.out, encoding="utf-8")
    assert ran.out == golden.read_text(encoding="utf-8")
