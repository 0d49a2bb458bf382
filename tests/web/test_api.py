"""The API by which a script does what the pages do; every answer fits the API's description."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.conftest import Run
from tests.web.calling import Api

BYTES = {"content-type": "application/octet-stream"}


@pytest.fixture
def api(client: TestClient) -> Api:
    return Api(client)


@pytest.fixture
def chatbot(api: Api) -> str:
    """The address of a project that is under way."""
    return f"/projects/{api.projects['guideline-chatbot']}"


@pytest.fixture
def new(api: Api) -> str:
    """The address of a project that was just started."""
    given = {"name": "ごみ分別案内", "cells": ["citizen.information"]}
    started = api.call("POST", "/projects", json=given)
    assert started.status_code == 201
    return str(started.headers["location"]).removeprefix("/api")


def saved(folder: Path, name: str) -> Any:
    return json.loads((folder / name / "project.json").read_text(encoding="utf-8"))


# what the guideline says


def test_the_fifteen_cells_and_one_of_them_with_what_to_check(api: Api) -> None:
    cells = api.call("GET", "/cells").json()["cells"]
    assert len(cells) == 15
    card = api.call("GET", "/cells/citizen.information").json()
    assert card["id"] == "citizen.information"
    assert [phase["items"] for phase in card["phases"]]


def test_the_guidance_of_a_cell_is_a_file_too(api: Api) -> None:
    answer = api.call("GET", "/cells/citizen.information?format=md&lang=en")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert "citizen.information.en.md" in answer.headers["content-disposition"]


def test_all_items_one_item_and_the_packs(api: Api) -> None:
    items = api.call("GET", "/items").json()["items"]
    assert api.call("GET", f"/items/{items[0]['id']}").json() == items[0]
    names = [one["name"] for one in api.call("GET", "/packs").json()["guidelines"]]
    assert "tokyo-ai@1" in names


@pytest.mark.parametrize(
    ("query", "accepted", "spoken"),
    [
        *(("", "ja", "ja"), ("", "en-US,en;q=0.9,ja;q=0.5", "en"), ("", "fr", "ja")),
        *(("?lang=en", "ja", "en"), ("?lang=ja", "en", "ja")),
    ],
)
def test_the_language_is_the_one_asked_for(
    api: Api, query: str, accepted: str, spoken: str
) -> None:
    answer = api.call("GET", f"/cells{query}", headers={"accept-language": accepted})
    assert answer.headers["content-language"] == spoken
    titles = {"ja": "情報提供・検索", "en": "Information and search"}
    assert (answer.json()["cells"][0]["title"] == titles["ja"]) == (spoken == "ja")


def test_a_description_finds_its_cell_and_a_vague_one_its_questions(api: Api) -> None:
    text = "住民のごみの分別の質問に、市のサイトのチャットボットが答える"
    judged = api.call("POST", "/classify", json={"text": text}).json()
    assert judged["cell"] == "citizen.information"
    vague = api.call("POST", "/classify", json={"text": "AIを使う"}).json()
    assert vague["abstained"]
    answers = {"user": "staff", "purpose": "internal", "reach": "writing"}
    settled = api.call("POST", "/classify", json={"answers": answers}).json()
    assert settled["cell"] == "internal.writing"


# a project


def test_the_projects_of_the_folder_and_the_files_that_cannot_be_read(
    api: Api, folder: Path
) -> None:
    (folder / "guideline-chatbot" / "project.json").write_text('{"format": 1,', encoding="utf-8")
    listed = api.call("GET", "/projects").json()
    assert len(listed["projects"]) == len(list(folder.iterdir())) - 1
    (bad,) = listed["unreadable"]
    assert bad["file"] == "guideline-chatbot/project.json"
    assert (bad["line"], bad["code"]) == (1, "AG119")
    problem = api.refused(409, "GET", f"/projects/{bad['key']}")
    assert problem["findings"][0]["code"] == "AG119"


def test_a_folder_whose_name_is_no_text_is_listed_and_read(api: Api, folder: Path) -> None:
    shutil.copytree(folder / "tax-chatbot", folder / os.fsdecode(b"\xff"))
    listed = api.call("GET", "/projects").json()["projects"]
    (found,) = [one for one in listed if one["file"].startswith("\udcff")]
    assert api.call("GET", f"/projects/{found['key']}").json()["id"] == "tax-chatbot"
    assert api.call("GET", "/portfolio").status_code == 200


def test_a_project_is_started_where_location_says(api: Api, new: str, folder: Path) -> None:
    assert api.call("GET", new).json()["cells"] == ["citizen.information"]
    manifest = saved(folder, "ごみ分別案内")
    assert manifest["project"]["name"] == "ごみ分別案内"
    assert manifest["history"][0]["by"] == "試験担当"


def test_a_change_of_facts_leaves_the_others(api: Api, new: str) -> None:
    api.call(
        "PATCH", f"{new}/facts", json={"owner": "資源循環課", "conditions": {"personal_data": True}}
    )
    change = {"phase": "requirements", "conditions": {"generative_ai": True}}
    changed = api.call("PATCH", f"{new}/facts", json=change).json()
    assert changed["owner"] == "資源循環課"
    assert changed["phase"] == "requirements"
    assert changed["conditions"] == {"personal_data": True, "generative_ai": True}
    assert api.call("GET", f"{new}/facts").json() == changed


def test_null_sets_a_condition_back_to_not_known(api: Api, new: str) -> None:
    for held in ({"personal_data": False, "generative_ai": True}, {"personal_data": None}):
        changed = api.call("PATCH", f"{new}/facts", json={"conditions": held}).json()
    assert changed["conditions"] == {"generative_ai": True}
    assert api.call("GET", f"{new}/verification").json()["intact"] is True


def test_facts_that_were_not_seen_are_not_replaced(api: Api, new: str) -> None:
    tag = api.call("GET", f"{new}/facts").headers["etag"]
    first = api.call("PATCH", f"{new}/facts", json={"owner": "一人"}, headers={"if-match": tag})
    assert first.headers["etag"] != tag
    late, weak = {"if-match": tag}, {"if-match": f"W/{first.headers['etag']}"}
    for headers in (late, weak):
        args = {"json": {"owner": "別の人"}, "headers": headers}
        problem = api.refused(412, "PATCH", f"{new}/facts", **args)
        assert problem["type"] == "aiguide:facts-overtaken"
        assert "If-Match" in problem["fix"]
    assert api.call("GET", f"{new}/facts").json()["owner"] == "一人"


def test_the_checklist_of_all_phases_and_of_one(api: Api, chatbot: str) -> None:
    all = api.call("GET", f"{chatbot}/checklist").json()["items"]
    planning = api.call("GET", f"{chatbot}/checklist?phase=planning").json()["items"]
    assert planning == [one for one in all if one["phase"] == "planning"]
    assert len(all) > len(planning) > 0


def test_a_report_in_every_template_as_data_and_as_a_page(api: Api, chatbot: str) -> None:
    for template in ("compliance", "summary", "procurement", "transparency"):
        assert api.call("GET", f"{chatbot}/report?template={template}").status_code == 200
        page = api.call("GET", f"{chatbot}/report?template={template}&format=html&lang=en")
        assert b'<html lang="en"' in page.content
    assert api.call("GET", f"{chatbot}/report?format=pdf").content.startswith(b"%PDF")


def test_the_portfolio_of_all(api: Api) -> None:
    portfolio = api.call("GET", "/portfolio?sort=name").json()
    assert [one["name"] for one in portfolio["projects"]] == sorted(
        one["name"] for one in portfolio["projects"]
    )
    assert api.call("GET", "/portfolio?format=csv").headers["content-type"].startswith("text/csv")


def test_the_history_and_whether_it_holds(api: Api, chatbot: str) -> None:
    log = api.call("GET", f"{chatbot}/log").json()
    found = api.call("GET", f"{chatbot}/verification").json()
    assert found["intact"]
    assert found["head"] == log["head"] == log["entries"][-1]["hash"]


# answers

ITEM = "items/planning.purpose"
DONE = {"status": "done", "note": "企画書に書いた"}


def test_the_first_answer_needs_no_mark_and_gives_one(api: Api, new: str, folder: Path) -> None:
    blank = api.call("GET", f"{new}/{ITEM}")
    assert blank.json()["answer"] is None
    answered = api.call("PUT", f"{new}/{ITEM}", json=DONE)
    assert answered.json()["status"] == "done"
    assert answered.headers["etag"] != blank.headers["etag"]
    assert api.call("GET", f"{new}/{ITEM}").headers["etag"] == answered.headers["etag"]
    assert saved(folder, "ごみ分別案内")["answers"]["planning.purpose"]["note"] == "企画書に書いた"


def test_an_answer_is_replaced_whole_by_who_has_seen_it(api: Api, new: str) -> None:
    seen = api.call("PUT", f"{new}/{ITEM}", json={**DONE, "assignee": "山田"}).headers["etag"]
    open_again = {"status": "in-progress", "due": "2027-03-31"}
    replaced = api.call("PUT", f"{new}/{ITEM}", json=open_again, headers={"if-match": seen})
    answer = replaced.json()["answer"]
    assert (answer["status"], answer["due"]) == ("in-progress", "2027-03-31")
    assert "note" not in answer
    assert "assignee" not in answer


@pytest.mark.parametrize("named", ["", "*", 'W/"{seen}"', "{bare}"])
def test_without_the_mark_of_what_stands_nothing_is_replaced(
    api: Api, new: str, named: str
) -> None:
    seen = api.call("PUT", f"{new}/{ITEM}", json=DONE).headers["etag"]
    named = named.format(seen=seen.strip('"'), bare=seen.strip('"'))
    headers = {"if-match": named} if named else {}
    problem = api.refused(428, "PUT", f"{new}/{ITEM}", json={"status": "open"}, headers=headers)
    assert problem["type"] == "aiguide:if-match-needed"
    assert "GET" in problem["fix"]
    assert api.call("GET", f"{new}/{ITEM}").headers["etag"] == seen


def test_of_two_who_saw_the_same_answer_the_second_is_refused(api: Api, new: str) -> None:
    seen = {"if-match": api.call("GET", f"{new}/{ITEM}").headers["etag"]}
    first = api.call("PUT", f"{new}/{ITEM}", json=DONE, headers=seen)
    problem = api.refused(412, "PUT", f"{new}/{ITEM}", json={"status": "in-progress"}, headers=seen)
    assert problem["type"] == "aiguide:answer-overtaken"
    assert api.call("GET", f"{new}/{ITEM}").json() == first.json()


def test_an_answer_that_lacks_what_its_status_needs_is_not_recorded(api: Api, new: str) -> None:
    problem = api.refused(422, "PUT", f"{new}/{ITEM}", json={"status": "not-applicable"})
    assert problem["type"] == "aiguide:answer-lacks-not-applicable"
    assert api.call("GET", f"{new}/{ITEM}").json()["answer"] is None


def test_a_file_is_sent_and_named_by_an_answer(api: Api, new: str, folder: Path) -> None:
    content = b"%PDF-1.7 made up"
    sent = api.call("POST", f"{new}/evidence?name=目標.pdf", content=content, headers=BYTES)
    proof = sent.json()
    assert proof["sha256"] == hashlib.sha256(content).hexdigest()
    assert (folder / "ごみ分別案内" / proof["target"]).read_bytes() == content
    named = {"status": "done", "evidence": [proof["target"], "https://example.jp/goal"]}
    answer = api.call("PUT", f"{new}/{ITEM}", json=named).json()["answer"]
    assert answer["evidence"][0] == proof
    states = api.call("GET", f"{new}/evidence").json()["evidence"]
    assert [one["state"] for one in states] == ["intact", "unchecked"]


def test_evidence_that_stands_keeps_its_digest_when_an_answer_is_replaced(
    api: Api, new: str, folder: Path
) -> None:
    sent = api.call("POST", f"{new}/evidence?name=a.txt", content=b"before", headers=BYTES).json()
    named = {"status": "done", "evidence": [sent["target"]]}
    seen = api.call("PUT", f"{new}/{ITEM}", json=named).headers["etag"]
    (folder / "ごみ分別案内" / sent["target"]).write_bytes(b"after")
    again = {**named, "note": "x"}
    answer = api.call("PUT", f"{new}/{ITEM}", json=again, headers={"if-match": seen}).json()
    assert answer["answer"]["evidence"] == [sent]
    (state,) = api.call("GET", f"{new}/evidence").json()["evidence"]
    assert state["state"] == "changed"


# taking back


def test_the_step_that_was_named_is_taken_back_once(api: Api, new: str) -> None:
    api.call("PUT", f"{new}/{ITEM}", json=DONE)
    (last,) = api.call("GET", f"{new}/undo").json()["entries"]
    assert last["subject"] == "planning.purpose"
    meant = {"hash": last["hash"]}
    (undone,) = api.call("POST", f"{new}/undo", json=meant).json()["entries"]
    assert undone["kind"] == "undone"
    assert api.call("GET", f"{new}/{ITEM}").json()["answer"] is None
    assert api.refused(409, "POST", f"{new}/undo", json=meant)
    assert api.call("GET", f"{new}/undo").json()["entries"] == []


def test_what_was_recorded_at_once_is_taken_back_at_once(
    api: Api, new: str, folder: Path, run: Run
) -> None:
    file = folder / "answers.json"
    rows = [
        {"item": one, "status": "in-progress"}
        for one in ("planning.purpose", "planning.risk-assessment")
    ]
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert run("check", folder / "ごみ分別案内", "--from", file).code == 0
    steps = api.call("GET", f"{new}/undo").json()["entries"]
    assert len(steps) == 2
    undone = api.call("POST", f"{new}/undo", json={"hash": steps[-1]["hash"]}).json()["entries"]
    assert {one["subject"] for one in undone} == {one["subject"] for one in steps}
    assert "answers" not in saved(folder, "ごみ分別案内")


def test_a_step_that_somebody_elses_followed_is_not_taken_back(api: Api, new: str) -> None:
    api.call("PUT", f"{new}/{ITEM}", json=DONE)
    (last,) = api.call("GET", f"{new}/undo").json()["entries"]
    api.call("PATCH", f"{new}/facts", json={"owner": "別の人"})
    problem = api.refused(409, "POST", f"{new}/undo", json={"hash": last["hash"]})
    assert problem["type"] == "aiguide:undo-overtaken"
    assert "hash" in problem["fix"]
    assert api.call("GET", f"{new}/{ITEM}").json()["status"] == "done"
