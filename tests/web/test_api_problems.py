"""What the API does not take: a problem says what, where and what to do; never a 5xx."""

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from aiguide.web.app import build
from aiguide.web.log import Log
from aiguide.web.site import Site
from tests.web.calling import JSON, Api

HUGE = b"x" * (1024 * 1024 + 1)


@pytest.fixture
def api(client: TestClient) -> Api:
    return Api(client)


def post(api: Api, status: int, content: bytes, type: str = JSON) -> Any:
    headers = {"content-type": type}
    return api.refused(status, "POST", "/projects", content=content, headers=headers)


# bodies


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b'{\n  "name": "x",,\n}', "AG104", 2, 15),
        (b'{"name": "x"', "AG119", 1, 13),
        (b'{"name": "x", "name": "y"}', "AG106", 1, 15),
        (b'{"name": NaN}', "AG107", 1, 10),
        (b'{"name": ' + b"[" * 5000 + b"]" * 5000 + b"}", "AG108", 1, 109),
        (b'{"name": "\\ud800"}', "AG114", 1, 2),
        ('{"name": "ごみ"}'.encode("cp932"), "AG103", 1, 11),
        ('{"name": "ごみ"}'.encode("utf-16"), "AG103", 1, 1),
    ],
)
def test_a_body_that_is_no_json_is_told_line_and_column(
    api: Api, content: bytes, code: str, line: int, column: int
) -> None:
    problem = post(api, 400, content)
    assert problem["type"] == "aiguide:bad-body"
    (found,) = problem["findings"]
    assert (found["code"], found["line"], found["column"]) == (code, line, column)
    assert found["file"] == "body"
    assert problem["fix"]
    assert "git" not in found["fix"]  # as it would be of a file


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_a_body_that_is_not_there_is_asked_for(api: Api, content: bytes) -> None:
    assert post(api, 400, content)["type"] == "aiguide:no-body"


@pytest.mark.parametrize(
    ("data", "code", "pointer"),
    [
        ({}, "AG110", ""),
        ([], "AG113", ""),
        ({"name": 1}, "AG113", "/name"),
        ({"name": " "}, "AG114", "/name"),
        ({"name": "x", "nam": "y"}, "AG111", "/nam"),
        ({"name": "x", "cells": "citizen.information"}, "AG113", "/cells"),
        ({"name": "x", "conditions": {"a/b": "yes"}}, "AG113", "/conditions/a~1b"),
    ],
)
def test_a_body_of_another_form_is_told_each_place(
    api: Api, folder: Path, data: Any, code: str, pointer: str
) -> None:
    before = sorted(folder.iterdir())
    problem = post(api, 422, json.dumps(data).encode())
    assert problem["type"] == "aiguide:body-misfit"
    assert (code, pointer) in [(one["code"], one["pointer"]) for one in problem["findings"]]
    assert sorted(folder.iterdir()) == before


def test_a_huge_body_is_not_read_to_its_end(api: Api) -> None:
    assert post(api, 413, b'{"name": "' + HUGE + b'"}')["type"] == "aiguide:body-large"
    assert post(api, 413, HUGE * 26)["type"] == "aiguide:http-413"


def test_ids_that_a_body_names_and_that_are_not_there_are_told_with_the_near_one(
    api: Api, folder: Path
) -> None:
    before = sorted(folder.iterdir())
    problem = post(api, 422, b'{"name": "x", "cells": ["citizen.informatio"]}')
    assert problem["type"] == "aiguide:unknown-cell"
    assert "citizen.information" in problem["near"]
    assert sorted(folder.iterdir()) == before


# addresses


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/nothing", "/cells/", "/cells/nothing", "/items/nothing", "/projects/nothing"),
        *("/projects/..%2f..%2fetc/facts", "/projects/%0A", "/cells/%00", "/cells/" + "x" * 5000),
    ],
)
def test_what_is_not_there_is_a_problem_too(api: Api, path: str) -> None:
    api.refused(404, "GET", path)


def test_an_item_that_does_not_apply_to_a_project_is_not_there(api: Api) -> None:
    project = f"/projects/{api.projects['guideline-chatbot']}"
    asked = {one["id"] for one in api.call("GET", f"{project}/checklist").json()["items"]}
    other = next(
        one["id"] for one in api.call("GET", "/items").json()["items"] if one["id"] not in asked
    )
    assert api.refused(404, "GET", f"{project}/items/{other}")["type"] == "aiguide:not-asked"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/cells?lang=fr", "bad-choice"),
        ("/cells?langu=ja", "unknown-parameter"),
        ("/cells?lang=ja&lang=en", "parameter-twice"),
        ("/portfolio?sort=nothing", "bad-choice"),
        ("/cells/citizen.information?format=exe", "bad-choice"),
    ],
)
def test_a_query_that_cannot_be_meant_is_not_guessed(api: Api, path: str, code: str) -> None:
    assert api.refused(422, "GET", path)["type"] == f"aiguide:{code}"


def test_a_template_of_nobodys_is_not_there_to_be_used(api: Api) -> None:
    path = f"/projects/{api.projects['guideline-chatbot']}/report"
    problem = api.refused(422, "GET", f"{path}?template=../../secret&format=md")
    assert problem["type"] == "aiguide:unknown-template"
    assert api.refused(422, "GET", f"{path}?phase=planning")["type"] == "aiguide:unknown-parameter"


def test_a_method_that_is_not_taken_is_told_which_are(api: Api) -> None:
    answer = api.call("DELETE", "/projects")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


# pages of other sites


@pytest.mark.parametrize(
    "type",
    [
        *("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"),
        *("", "application/jsonp", "text/json"),
    ],
)
def test_what_a_form_can_send_is_not_taken(api: Api, folder: Path, type: str) -> None:
    before = sorted(folder.iterdir())
    assert post(api, 415, b'{"name": "x"}', type)["type"] == "aiguide:not-json"
    assert sorted(folder.iterdir()) == before


def test_json_that_says_to_be_in_another_charset_is_not_taken(api: Api) -> None:
    post(api, 415, '{"name": "ごみ"}'.encode("cp932"), "application/json; charset=shift_jis")


def test_json_in_utf_8_may_say_so(api: Api) -> None:
    headers = {"content-type": "application/json; charset=UTF-8"}
    assert api.call("POST", "/projects", content=b'{"name": "x"}', headers=headers).is_success


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"host": "evil.example"}, 421),
    ],
)
def test_a_foreign_page_is_told_so_as_a_problem(
    api: Api, folder: Path, headers: dict[str, str], status: int
) -> None:
    before = sorted(folder.iterdir())
    api.refused(status, "POST", "/projects", json={"name": "x"}, headers=headers)
    assert sorted(folder.iterdir()) == before


def test_nothing_is_shared_with_other_origins(api: Api) -> None:
    headers = {"origin": "https://evil.example", "access-control-request-method": "PUT"}
    answer = api.call("OPTIONS", "/projects", headers=headers)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


# files


@pytest.mark.parametrize(
    ("name", "content", "type", "status"),
    [
        ("a.pdf", b"%PDF-1.7", "application/pdf", 415),
        ("a.pdf", b"%PDF-1.7", "multipart/form-data; boundary=x", 415),
        ("a.exe", b"MZ", "application/octet-stream", 415),
        ("a.pdf", b"MZ", "application/octet-stream", 415),
        ("a.pdf", b"", "application/octet-stream", 422),
        ("", b"%PDF-1.7", "application/octet-stream", 422),
        ("a.pdf", b"%PDF-" + HUGE * 20, "application/octet-stream", 413),
    ],
)
def test_a_file_that_is_not_taken_is_not_kept(
    api: Api, folder: Path, name: str, content: bytes, type: str, status: int
) -> None:
    path = f"/projects/{api.projects['guideline-chatbot']}/evidence"
    before = sorted(folder.rglob("*"))
    headers = {"content-type": type}
    api.refused(status, "POST", f"{path}?name={name}", content=content, headers=headers)
    assert [one for one in sorted(folder.rglob("*")) if one.is_file()] == [
        one for one in before if one.is_file()
    ]


@pytest.mark.parametrize("name", ["../../a.txt", "/etc/a.txt", "..\\a.txt", "\x00a.txt", "a\n.txt"])
def test_a_file_stays_in_the_folder_of_evidence_whatever_it_is_called(
    api: Api, folder: Path, name: str
) -> None:
    project = folder / "guideline-chatbot"
    path = f"/api/projects/{api.projects['guideline-chatbot']}/evidence"
    headers = {"content-type": "application/octet-stream"}
    sent = api.client.post(path, params={"name": name}, content=b"x", headers=headers)
    assert sent.status_code == 201
    kept = project / sent.json()["target"]
    assert kept.parent == project / "evidence"
    assert kept.read_bytes() == b"x"


# bodies that break off


def test_a_caller_who_goes_away_leaves_nothing_and_is_no_fault(site: Site, folder: Path) -> None:
    out = io.StringIO()
    app = build(site, Log(out, lambda: "now"))
    before = sorted(folder.iterdir())
    body = iter([{"type": "http.request", "body": b'{"name":', "more_body": True}])
    gone = {"type": "http.disconnect"}

    async def receive() -> Any:
        return next(body, gone)

    async def send(message: Any) -> None:
        pass

    headers = {"host": "127.0.0.1:8765", "content-type": JSON}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/api/projects", "headers": raw}

    async def called() -> None:
        await app({**scope, "query_string": b"", "root_path": ""}, receive, send)

    asyncio.run(called())
    assert '"bug"' not in out.getvalue()
    assert sorted(folder.iterdir()) == before


# faults of ours


def test_a_fault_is_a_problem_without_what_was_inside(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = api.projects["guideline-chatbot"]

    def broken(*args: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("aiguide.usecases.projects.open_project", broken)
    problem = api.refused(500, "GET", f"/projects/{key}?lang=en")
    assert problem["type"] == "aiguide:bug"
    assert "secret" not in json.dumps(problem)


def test_a_problem_is_in_the_language_asked_for(api: Api) -> None:
    japanese = api.refused(404, "GET", "/cells/nothing", headers={"accept-language": "ja"})
    english = api.refused(404, "GET", "/cells/nothing?lang=en")
    assert japanese["type"] == english["type"] == "aiguide:unknown-cell"
    assert japanese["detail"] != english["detail"]
    assert english["detail"].isascii()
