"""The portfolio of the valid examples, as golden files: the screen in both languages, the JSON."""

import pytest

from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits

HERE = ROOT / "tests" / "examples"


@pytest.mark.parametrize(
    ("golden", "args"),
    [
        ("portfolio.ja.txt", ("--lang", "ja")),
        ("portfolio.en.txt", ("--lang", "en")),
        ("portfolio.json", ("--format", "json")),
    ],
)
def test_the_portfolio_is_the_golden_one(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    golden: str,
    args: tuple[str, ...],
) -> None:
    monkeypatch.chdir(ROOT)
    ran = run("portfolio", "examples/valid", "--today", TODAY, *args)
    assert ran.code == 0, ran.err
    file = HERE / golden
    if request.config.getoption("--update-golden"):
        file.write_text(ran.out, encoding="utf-8")
    assert ran.out == file.read_text(encoding="utf-8")
    if golden.endswith(".json"):
        fits("portfolio", ran.json)
