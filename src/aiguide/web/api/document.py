"""The description of the API, as OpenAPI 3.1: made of the table of operations and the schemas."""

import json
import re
from collections.abc import Iterable
from typing import Any

from aiguide import __version__
from aiguide.core.words import Words
from aiguide.usecases.schemas import schema_text
from aiguide.web.api.bodies import BYTES, JSON
from aiguide.web.api.operations import FILE, Operation, Parameter
from aiguide.web.api.problems import MEDIA_TYPE, PREFIX
from aiguide.web.downloads import TYPES

Data = dict[str, Any]
PROBLEM = "problem"
HERE = "#/components/schemas/"

_PARTS = re.compile(r"\{(\w+)\}")
_REFERENCE = re.compile(r"(?:([a-z]+)\.schema\.json)?(?:#(.*))?")
_PLACE = ("$schema", "$id")  # of a schema in its own file


def document(words: Words, operations: Iterable[Operation], examples: Data) -> Data:
    """Describe operations; `examples` maps a part of a path to a value that it may have."""
    table = tuple(operations)
    paths: dict[str, Data] = {}
    for one in table:
        described = _operation(words, one, examples)
        paths.setdefault(one.path, {})[one.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words.say("api.title"),
            "version": __version__,
            "description": words.say("api.about"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": PREFIX}],
        "paths": paths,
        "components": {
            "schemas": _schemas(table),
            "responses": {"Problem": _problem(words)},
        },
    }


def _operation(words: Words, one: Operation, examples: Data) -> Data:
    parts = [_part(words, name, examples) for name in _PARTS.findall(one.path)]
    asked = [_parameter(words, parameter) for parameter in one.parameters]
    if one.marks and one.takes:
        asked.append(_header(words))
    problem = {"$ref": "#/components/responses/Problem"}
    described: Data = {
        "operationId": one.name,
        "summary": words.say(f"api.{one.name}"),
        "parameters": parts + asked,
        "responses": {str(one.status): _answer(words, one), "default": problem},
    }
    if one.marks and one.takes:
        described["responses"] |= {"412": problem, "428": problem}
    if one.takes:
        described["requestBody"] = {"required": True, "content": _body(one)}
    return described


def _body(one: Operation) -> Data:
    return {BYTES: {}} if one.takes == FILE else {JSON: {"schema": _reference(one.takes)}}


def _answer(words: Words, one: Operation) -> Data:
    """Describe what an operation gives when it does what was asked."""
    schemas = [_reference(name) for name in one.gives]
    content: Data = {JSON: {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}}
    content |= {TYPES[format].partition(";")[0]: {} for format in one.formats if format != "json"}
    answer: Data = {"description": words.say("api.done"), "content": content}
    if one.marks:
        answer["headers"] = {"ETag": {"schema": {"type": "string"}, "required": True}}
    if one.status == 201 and one.takes != FILE:
        answer["headers"] = {"Location": {"schema": {"type": "string"}, "required": True}}
    return answer


def _problem(words: Words) -> Data:
    content = {MEDIA_TYPE: {"schema": _reference(PROBLEM)}}
    return {"description": words.say("api.problem"), "content": content}


def _part(words: Words, name: str, examples: Data) -> Data:
    described: Data = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    if name in examples:
        described["example"] = examples[name]
    return described | {"description": words.say(f"api.part.{name}")}


def _parameter(words: Words, one: Parameter) -> Data:
    schema: Data = {"type": "string"}
    if one.known:
        schema["enum"] = list(one.known)
    if one.usual:
        schema["default"] = one.usual
    if one.needed:
        schema["minLength"] = 1
    said = words.say(f"api.asked.{one.name}")
    described = {"name": one.name, "in": "query", "description": said, "schema": schema}
    return described | ({"required": True} if one.needed else {})


def _header(words: Words) -> Data:
    said = words.say("api.if-match")
    return {"name": "If-Match", "in": "header", "description": said, "schema": {"type": "string"}}


def _reference(name: str) -> Data:
    """Refer to a schema, or to a part of one, such as `show#/oneOf/1`."""
    return {"$ref": HERE + name.replace("#", "")}


def _schemas(operations: Iterable[Operation]) -> Data:
    """Give the schemas that operations name, and all that those refer to."""
    named = [one.takes for one in operations if one.takes not in ("", FILE)]
    named += [name.partition("#")[0] for one in operations for name in one.gives]
    waiting, found = [PROBLEM, *named], {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            text = schema_text(name)
            found[name] = _placed(json.loads(text), name)
            waiting += re.findall(r'"([a-z]+)\.schema\.json[#"]', text)
    return dict(sorted(found.items()))


def _placed(data: Any, name: str) -> Any:
    """Give a schema as it stands in the document: it refers to others by their places there."""
    if isinstance(data, list):
        return [_placed(one, name) for one in data]
    if not isinstance(data, dict):
        return data
    placed = {key: _placed(one, name) for key, one in data.items() if key not in _PLACE}
    if isinstance(data.get("$ref"), str):
        match = _REFERENCE.fullmatch(data["$ref"])
        assert match
        placed["$ref"] = f"{HERE}{match[1] or name}{match[2] or ''}"
    return placed
