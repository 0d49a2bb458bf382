"""A guideline of one's own in the browser: a project that follows it, pages about it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aiguide.core.answers import Said
from aiguide.core.project import Status
from aiguide.core.stamp import Stamp
from aiguide.usecases import guidelines, own_packs, project_facts, projects, upgrading
from aiguide.web.app import build
from aiguide.web.site import Site
from tests.cli.guidelines.conftest import edit
from tests.conftest import ROOT, TODAY
from tests.web.conftest import HERE
from tests.web.reading import Page, seen

HARBOR = ROOT / "tests" / "own_packs" / "harbor"
NAME = "港町市 AI利用の手引"
TOKYO = "東京都"


@pytest.fixture
def ferry(folder: Path, site: Site) -> str:
    """The key of a project that follows the pack, beside those that follow Tokyo's."""
    shutil.copytree(HARBOR, folder / "packs" / "harbor")
    (folder / "aiguide.toml").write_text('[guideline]\npacks = "packs"\n', encoding="utf-8")
    own_packs.look_anew()
    facts = {"name": "渡し船", "cells": ("quay.steer",)}
    started = project_facts.start_in(
        site.folder, "harbor@1", facts, Stamp("試験担当", "2026-11-24T00:00:00Z")
    )
    return site.folder.key(started)


def test_an_item_to_be_answered_again_shows_what_was_answered(
    client: TestClient, folder: Path, site: Site, ferry: str
) -> None:
    stamp = Stamp("試験担当", "2026-11-24T00:00:00Z")
    path = site.folder.find(ferry)
    opened = projects.open_project(path)
    item = opened.guideline.item("idea.reason")
    projects.record_answer(opened, item, Said(Status.DONE, note="企画書"), stamp)
    address = f"/ja/projects/{ferry}/items/idea.reason"
    assert "前の文" not in seen(client, address).text
    made = Path(shutil.copytree(HARBOR / "1", folder / "packs" / "harbor" / "2"))
    edit(made / "guideline.yaml", "version: 1", "version: 2")
    edit(made / "items" / "idea.yaml", "ja: 使うわけを書く", "ja: 使う理由を書く")
    entry = "{from: [idea.reason], to: [idea.reason], reason: {ja: 改めた, en: Reworded}}"
    (made / "changes.yaml").write_text(f"since: 1\nchanges: [{entry}]\n", encoding="utf-8")
    upgrading.upgrade(path, 2, TODAY, stamp)
    page = seen(client, address)
    assert "使う理由を書く" in page.text
    assert "前の文: 使うわけを書く（idea.reason・必須）" in page.text


def linked(page: Page, part: str) -> str:
    return next(one for one in page.links if part in one)


def test_a_project_of_another_guideline_leads_to_its_own_cell(
    client: TestClient, ferry: str
) -> None:
    cell = linked(seen(client, f"/ja/projects/{ferry}"), "/cells/quay.steer")
    page = seen(client, cell)
    assert page.status == 200
    assert "船の操縦" in page.text
    assert not [one for one in page.links if "/projects/new" in one], "it would follow Tokyo's"
    assert client.get(linked(page, "card.md")).status_code == 200
    assert seen(client, linked(page, "/guideline/items/")).status == 200
    assert seen(client, linked(page, "/ja/cells?pack=")).status == 200


@pytest.mark.parametrize("page", ["", "/facts", "/phases/idea", "/history", "/reports"])
def test_head_and_foot_name_the_guideline_that_the_page_is_about(
    client: TestClient, ferry: str, page: str
) -> None:
    text = seen(client, f"/ja/projects/{ferry}{page}").text
    assert text.count(NAME) >= 2
    assert TOKYO not in text
    assert TOKYO in seen(client, "/ja/").text


@pytest.mark.parametrize("pack", ["nothing@1", "../../x", "tokyo-ai@99"])
@pytest.mark.parametrize("page", ["cells", "cells/citizen.information"])
def test_a_cell_of_a_guideline_that_is_not_there_is_said(
    client: TestClient, page: str, pack: str
) -> None:
    assert seen(client, f"/ja/{page}?pack={pack}").status == 404


def test_where_a_guideline_cannot_classify_people_are_told_to_choose(
    ferry: str, folder: Path, site: Site
) -> None:
    pack, policy = guidelines.load_pack("harbor", folder)
    page = seen(TestClient(build(replace(site, pack=pack, policy=policy)), HERE), "/ja/")
    assert "区分は、下の表や例から選んでください" in page.text
    assert "AIで何をしたいかを書くと" not in page.text
    assert NAME in page.text
    assert TOKYO not in page.text
