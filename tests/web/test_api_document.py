"""The description of the API: valid, whole, and the same as what answers."""

import argparse
import json
import shlex
from typing import Any

import pytest
from httpx2 import Response
from jsonschema import Draft202012Validator
from starlette.routing import Route
from starlette.testclient import TestClient

from aiguide.web.api.routes import OPERATIONS, build
from aiguide.web.site import Site
from tests.conftest import ROOT
from tests.contracts import openapi_schema


@pytest.fixture
def document(client: TestClient) -> Any:
    return client.get("/api/openapi.json").json()


def test_it_is_a_valid_openapi_document(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    errors = Draft202012Validator(openapi_schema()).iter_errors(document)
    assert [error.message for error in errors] == []


def test_it_names_the_paths_and_methods_that_are_answered_and_no_others(
    document: Any, site: Site
) -> None:
    answered = {
        (route.path, method)
        for route in build(site).routes
        if isinstance(route, Route) and route.path != "/openapi.json"
        for method in (route.methods or set()) - {"HEAD"}
    }
    described = {
        (path, method.upper()) for path, of_path in document["paths"].items() for method in of_path
    }
    assert described == answered
    assert len(described) == len(OPERATIONS)


def test_every_schema_that_it_refers_to_is_in_it_and_is_one(document: Any) -> None:
    schemas = document["components"]["schemas"]
    for found in references(document):
        place = document
        for step in found.removeprefix("#/").split("/"):
            place = place[int(step) if isinstance(place, list) else step]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def references(data: Any) -> list[str]:
    """Give all that some data refers to."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    own = [data["$ref"]] if isinstance(data, dict) and isinstance(data.get("$ref"), str) else []
    return own + [one for part in inner for one in references(part)]


def test_every_operation_has_a_name_of_its_own_a_summary_and_its_problems(document: Any) -> None:
    operations = [one for of_path in document["paths"].values() for one in of_path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    for one in operations:
        assert one["summary"]
        assert one["responses"]["default"] == {"$ref": "#/components/responses/Problem"}


def test_it_is_said_in_both_languages(client: TestClient, document: Any) -> None:
    english = client.get("/api/openapi.json", params={"lang": "en"}).json()
    assert english["info"]["description"].isascii()
    assert english["info"]["description"] != document["info"]["description"]
    assert shape(english) == shape(document)


def shape(data: Any) -> str:
    """Give a document without what is said in it."""
    if isinstance(data, dict):
        said = ("summary", "description", "title")
        return str([(key, shape(one)) for key, one in data.items() if key not in said])
    return str([shape(one) for one in data]) if isinstance(data, list) else json.dumps(data)


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_calls_that_a_readme_shows_do_what_they_say(client: TestClient, readme: str) -> None:
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    shown = [line for line in lines if line.startswith("curl ")]
    assert len(shown) == 8
    key = ""
    for line in shown:
        answer = curled(client, line.replace("$API", "/api").replace("KEY", key))
        assert answer.is_success, (line, answer.text)
        key = answer.headers.get("location", key).rpartition("/")[2]
    assert key


def curled(client: TestClient, line: str) -> Response:
    """Do what a line with curl does; of a file, the beginning of a PDF stands for it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-H", action="append", default=[])
    for option in ("-X", "-d", "-o", "--data-binary"):
        parser.add_argument(option)
    for option in ("-s", "-si"):
        parser.add_argument(option, action="store_true")
    parser.add_argument("address")
    given = parser.parse_args(shlex.split(line, comments=True)[1:])
    body = b"%PDF-1.7" if given.data_binary else (given.d or "").encode()
    headers = dict(one.split(": ") for one in given.H)
    method = given.X or ("POST" if body else "GET")
    return client.request(method, given.address, content=body, headers=headers)
