"""The pages over a copy of the examples, in this process; the clock and the name are pinned."""

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aiguide.core.stamp import Stamp
from aiguide.core.text import LANGS
from aiguide.usecases import catalogue, guidelines
from aiguide.usecases.project_folder import ProjectFolder
from aiguide.web.app import build
from aiguide.web.site import Site
from tests.conftest import ROOT, TODAY

HERE = "http://127.0.0.1:8765"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of every example."""
    copied = tmp_path / "案件"
    shutil.copytree(ROOT / "examples" / "valid", copied)
    return copied


@pytest.fixture
def site(folder: Path) -> Site:
    """A run of `aiguide serve` on the folder."""
    pack, policy = guidelines.load_pack("tokyo-ai@1", folder)
    words = catalogue.load_words("ja")
    return Site(
        folder=ProjectFolder(folder),
        words={lang: words.spoken(lang).of_pack(pack.words) for lang in LANGS},
        lang="ja",
        pack=pack,
        policy=policy,
        stamp=lambda: Stamp("試験担当", "2026-11-24T00:00:00Z"),
        today=lambda: TODAY,
        own=folder.parent / "own",
    )


@pytest.fixture
def client(site: Site) -> TestClient:
    """A browser that shows what goes wrong as a page, as it is served, and follows nothing."""
    app = build(site)
    return TestClient(app, HERE, follow_redirects=False, raise_server_exceptions=False)
