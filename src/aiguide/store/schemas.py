"""Validating plain data against our JSON Schemas: every error, as a finding with its pointer."""

import functools
import json
from collections.abc import Iterator
from typing import Any

from aiguide.core.findings import Finding, Pointer
from aiguide.core.suggest import near
from aiguide.store.resources import SCHEMAS

SUFFIX = ".schema.json"


def names() -> tuple[str, ...]:
    """Give the names of all schemas, sorted."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in SCHEMAS.glob("*" + SUFFIX)))


def text(name: str) -> str:
    """Give a schema's JSON text. Raises: KeyError."""
    if name not in names():
        raise KeyError(name)
    return (SCHEMAS / (name + SUFFIX)).read_text(encoding="utf-8")


def check(name: str, data: Any) -> tuple[Finding, ...]:
    """Find all that does not fit the schema `name` (AG110-AG114), in the order of the pointers."""
    found = [finding for error in _validator(name).iter_errors(data) for finding in _findings(error)]
    return tuple(sorted(found, key=lambda finding: [str(part) for part in finding.pointer]))


@functools.cache
def _validator(name: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    schemas = [json.loads(text(one)) for one in names()]
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas
    )
    return Draft202012Validator(json.loads(text(name)), registry=registry)


def _findings(error: Any) -> Iterator[Finding]:
    """Turn one error into findings; of alternatives, the one that went furthest speaks."""
    if error.validator in ("oneOf", "anyOf") and error.context:
        deepest = max(error.context, key=lambda one: len(one.absolute_path))
        if len(deepest.absolute_path) > len(error.absolute_path):
            yield from _findings(deepest)
            return
    make = _BY_KEYWORD.get(error.validator, _malformed)
    yield from make(error, tuple(error.absolute_path))


def _missing(error: Any, pointer: Pointer) -> Iterator[Finding]:
    for name in error.validator_value:
        if name not in error.instance and f"'{name}'" in error.message:
            yield Finding("AG110", {"name": name}, pointer)


def _unknown(error: Any, pointer: Pointer) -> Iterator[Finding]:
    known = list(error.schema.get("properties", ()))
    for name in error.instance:
        if name not in known:
            yield Finding("AG111", {"name": name, "near": near(name, known)}, (*pointer, name))


def _choice(error: Any, pointer: Pointer) -> Iterator[Finding]:
    options = error.schema.get("enum", [error.schema.get("const")])
    given = error.instance
    close = near(given, [str(one) for one in options]) if isinstance(given, str) else None
    args = {"value": _quoted(given), "options": [str(one) for one in options], "near": close}
    yield Finding("AG112", args, pointer)


def _type(error: Any, pointer: Pointer) -> Iterator[Finding]:
    expected = error.validator_value
    listed = expected if isinstance(expected, list) else [expected]
    yield Finding("AG113", {"value": _quoted(error.instance), "expected": listed}, pointer)


def _malformed(error: Any, pointer: Pointer) -> Iterator[Finding]:
    yield Finding("AG114", {"value": _quoted(error.instance), "rule": _rule(error)}, pointer)


def _rule(error: Any) -> str:
    value = error.validator_value
    shown = value if isinstance(value, (str, int, float)) else ""
    return f"{error.validator} {shown}".strip()


def _quoted(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    return json.dumps(value, ensure_ascii=False)


_BY_KEYWORD = {
    "required": _missing,
    "additionalProperties": _unknown,
    "enum": _choice,
    "const": _choice,
    "type": _type,
}
