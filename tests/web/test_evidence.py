"""The evidence of a project: its state, and files given out only where an answer names them."""

import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from aiguide.web.site import Site
from tests.web.reading import seen

ITEM = "planning.purpose"
Add = Callable[..., None]


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "tax-chatbot" / "project.json"


@pytest.fixture
def here(site: Site, file: Path) -> str:
    return f"/ja/projects/{site.folder.key(file)}"


@pytest.fixture
def names(file: Path) -> Add:
    """Let the answer to one item name evidence, as a hand-written file may."""

    def name(*evidence: dict[str, Any]) -> None:
        data = json.loads(file.read_text())
        data["answers"][ITEM]["evidence"] = list(evidence)
        file.write_text(json.dumps(data))

    return name


def test_each_piece_is_there_with_its_state(
    client: TestClient, here: str, file: Path, names: Add
) -> None:
    (file.parent / "目標.pdf").write_bytes(b"%PDF-1")
    digest = hashlib.sha256(b"%PDF-1").hexdigest()
    names(
        {"kind": "file", "target": "目標.pdf", "sha256": digest},
        {"kind": "file", "target": "gone.pdf", "sha256": "0" * 64},
        {"kind": "link", "target": "https://example.jp/a"},
        {"kind": "note", "target": "口頭で確認"},
    )
    page = seen(client, f"{here}/evidence")
    assert "そのまま 証拠ファイル: 目標.pdf" in page.text
    assert "なし 証拠ファイル: gone.pdf" in page.text
    assert "照合なし 証拠メモ: 口頭で確認" in page.text
    assert "https://example.jp/a" in page.links
    assert f"{here}/items/{ITEM}" in page.links
    (file.parent / "目標.pdf").write_bytes(b"%PDF-2, written anew")
    assert "変更あり 証拠ファイル: 目標.pdf" in seen(client, f"{here}/evidence").text


def test_a_file_is_given_to_save_and_never_shown(
    client: TestClient, here: str, file: Path, names: Add
) -> None:
    content = b"<script>alert(1)</script>"
    (file.parent / "目標.html").write_bytes(content)
    names({"kind": "file", "target": "目標.html"})
    address = f"{here}/evidence/{ITEM}/1"
    assert address in seen(client, f"{here}/evidence").links
    given = client.get(address)
    assert given.content == content
    assert given.headers["content-disposition"].startswith("attachment;")
    assert given.headers["content-type"] == "application/octet-stream"
    assert given.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "target", ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "..\\secret.txt", "link.txt"]
)
def test_nothing_outside_the_folder_is_given_out(
    client: TestClient, here: str, file: Path, folder: Path, names: Add, target: str
) -> None:
    (folder / "secret.txt").write_text("secret")
    (file.parent / "link.txt").symlink_to(folder / "secret.txt")
    names({"kind": "file", "target": target})
    given = client.get(f"{here}/evidence/{ITEM}/1")
    assert given.status_code in (404, 409)  # 409: the manifest itself is not read
    assert "secret" not in given.text.replace("secret.txt", "")


@pytest.mark.parametrize(
    "place", ["other.item/1", f"{ITEM}/2", f"{ITEM}/0", f"{ITEM}/-1", f"{ITEM}/x", f"{ITEM}/²"]
)
def test_a_file_that_no_answer_names_is_not_given_out(
    client: TestClient, here: str, file: Path, names: Add, place: str
) -> None:
    (file.parent / "a.txt").write_text("a")
    (file.parent / "private.txt").write_text("private")
    names({"kind": "file", "target": "a.txt"})
    assert client.get(f"{here}/evidence/{place}").status_code == 404


def test_what_is_no_web_address_is_no_link(client: TestClient, here: str, names: Add) -> None:
    names({"kind": "link", "target": "javascript:alert(1)"})
    page = seen(client, f"{here}/evidence")
    assert "javascript:alert(1)" in page.text
    assert "javascript:alert(1)" not in page.links


def test_a_project_without_evidence_says_where_it_is_added(
    client: TestClient, here: str, file: Path
) -> None:
    data = json.loads(file.read_text())
    del data["answers"]
    file.write_text(json.dumps(data))
    assert "証拠はまだありません" in seen(client, f"{here}/evidence").text


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch, file: Path) -> list[str]:
    """Note each walk through the files of the project, as it is made for one that is gone."""
    made: list[str] = []
    walk = os.walk

    def noted(top: Any, *args: Any, **more: Any) -> Any:
        if Path(top) == file.parent:
            made.append(str(top))
        return walk(top, *args, **more)

    monkeypatch.setattr(os, "walk", noted)
    return made


def test_what_is_gone_is_flagged_wherever_its_item_is_shown(
    client: TestClient, here: str, names: Add
) -> None:
    names({"kind": "file", "target": "gone.pdf", "sha256": "0" * 64})
    for place in ("", "/phases/planning", f"/items/{ITEM}"):
        assert "証拠" in " ".join(flags(client, here + place)), place
    assert not flags(client, f"{here}/items/planning.tool-selection")


def flags(client: TestClient, path: str) -> list[str]:
    return re.findall(r'<p class="notice">([^<]*証拠[^<]*)</p>', client.get(path).text)


def test_the_folder_is_walked_once_however_many_files_are_gone(
    client: TestClient, here: str, file: Path, names: Add, walks: list[str]
) -> None:
    moved = [(f"旧/{number}.txt", f"記録{number}".encode()) for number in range(5)]
    for place, content in moved:
        (file.parent / Path(place).name).write_bytes(content)
    names(
        *(
            {"kind": "file", "target": place, "sha256": hashlib.sha256(content).hexdigest()}
            for place, content in moved[::-1]
        ),
        {"kind": "file", "target": "gone.pdf", "sha256": "0" * 64},
    )
    page = seen(client, f"{here}/evidence")
    for number in range(5):
        assert f"旧/{number}.txt → {number}.txt にあります" in page.text
    assert len(walks) == 1


@pytest.mark.parametrize("place", ["facts", "history", "reports", "items/planning.tool-selection"])
def test_pages_without_the_evidence_of_an_item_do_not_look_for_its_files(
    client: TestClient, here: str, names: Add, walks: list[str], place: str
) -> None:
    names({"kind": "file", "target": "gone.pdf", "sha256": "0" * 64})
    client.get(f"{here}/{place}")
    assert not walks
