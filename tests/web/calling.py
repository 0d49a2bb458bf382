"""Calling the API, and holding every answer to what its description promises."""

import functools
import json
import re
from typing import Any

from httpx2 import Response
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from starlette.testclient import TestClient

JSON = "application/json"
PROBLEM = "application/problem+json"


class Api:
    """The API over the folder of a test, in Japanese unless told otherwise."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    @functools.cached_property
    def document(self) -> Any:
        """Give the API's own description."""
        return self.client.get("/api/openapi.json").json()

    @functools.cached_property
    def projects(self) -> dict[str, str]:
        """Map the file of each project to its key."""
        listed = self.call("GET", "/projects").json()["projects"]
        return {one["file"].partition("/")[0]: one["key"] for one in listed}

    def call(self, method: str, path: str, **more: Any) -> Response:
        """Call the API; the answer is one that the description promises."""
        answer = self.client.request(method, f"/api{path}", **more)
        self._hold(method.lower(), path.partition("?")[0], answer)
        return answer

    def refused(self, status: int, method: str, path: str, **more: Any) -> Any:
        """Call the API, which has to refuse, and give the problem."""
        answer = self.call(method, path, **more)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == PROBLEM
        problem = answer.json()
        assert problem["status"] == status
        return problem

    def _hold(self, method: str, path: str, answer: Response) -> None:
        responses = self._operation(method, path).get("responses", {})
        promised = responses.get(
            str(answer.status_code), {"$ref": "#/components/responses/Problem"}
        )
        if "$ref" in promised:
            promised = self.document["components"]["responses"]["Problem"]
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in promised["content"], (answer.status_code, answer.text)
        schema = promised["content"][kind].get("schema")
        if schema:
            errors = self._validator(schema).iter_errors(answer.json())
            assert [error.message for error in errors] == []

    def _operation(self, method: str, path: str) -> Any:
        """Find what the description says of a path; what it does not name is a problem."""
        for pattern, operations in self.document["paths"].items():
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path):
                return operations.get(method, {})
        return {}

    def _validator(self, schema: Any) -> Draft202012Validator:
        whole = DRAFT202012.create_resource(self.document)
        registry: Registry[Any] = Registry().with_resource("urn:api", whole)
        placed = json.loads(json.dumps(schema).replace("#/", "urn:api#/"))
        return Draft202012Validator(placed, registry=registry)
