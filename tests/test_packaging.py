"""The wheel carries its data, and works outside the checkout without parsing YAML."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_holds_data_schemas_and_what_was_compiled(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "aiguide/_compiled/tokyo-ai@1.json",
        "aiguide/_compiled/words.json",
        "aiguide/_data/tokyo-ai/1/guideline.yaml",
        "aiguide/_schemas/project.schema.json",
        "aiguide/render/templates/report.html.j2",
    ):
        assert name in names
    assert not [name for name in names if name.endswith((".ttf", ".otf", ".woff2"))]


def test_an_installed_wheel_runs_outside_the_checkout_and_reads_no_yaml(
    wheel: Path, tmp_path: Path
) -> None:
    # The dependencies come from this environment, aiguide itself only from the wheel.
    venv.create(tmp_path / "env", symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    site = next((tmp_path / "env" / "lib").glob("python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    dependencies = [path for path in sys.path if path.endswith("site-packages")]
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "yaml.py").write_text("raise ImportError('YAML at run time')\n")
    hidden = tmp_path / "dependencies"
    hidden.mkdir()
    for path in dependencies:
        for one in Path(path).iterdir():
            target = hidden / one.name
            if not one.name.startswith(("aiguide", "_aiguide", "_editable", "__editable")) and (
                one.suffix != ".pth" and not target.exists()
            ):
                target.symlink_to(one)

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(python), "-m", "aiguide", *args],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": f"{blocked}{os.pathsep}{hidden}",
                "AIGUIDE_BY": "x",
                "AIGUIDE_LANG": "ja",
                "PYTHONIOENCODING": "utf-8",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    where = run_python(python, hidden, "import aiguide; print(aiguide.__file__)", tmp_path)
    assert str(site) in where
    assert run("--version").stdout.startswith("aiguide ")
    assert (
        "citizen.information"
        in run("classify", "住民からのごみ分別の問い合わせにAIが答える").stdout
    )
    started = run("init", "--name", "x", "--cell", "citizen.information")
    assert started.returncode == 0, started.stderr
    assert run("validate", ".").returncode == 0
    assert run("report", "project.json", "-o", "r.md").returncode == 0
    assert "適切な目的の設定" in (tmp_path / "r.md").read_text(encoding="utf-8")
    assert run("schema", "project").returncode == 0


def run_python(python: Path, dependencies: Path, code: str, cwd: Path) -> str:
    ran = subprocess.run(
        [str(python), "-c", code],
        cwd=cwd,
        env={"PYTHONPATH": str(dependencies), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout
