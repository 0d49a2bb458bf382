"""Validating plain data against our JSON Schemas: every error, as a finding with its pointer."""

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from aiguide.core.findings import Finding, Named, Pointer
from aiguide.core.suggest import near
from aiguide.store.resources import SCHEMAS

SUFFIX = ".schema.json"
SUGGESTED_AT_MOST = 20
SHOWN_AT_MOST = 4

_REFERENCE = re.compile(r'"\$ref": *"([a-z]+)\.schema\.json')


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
    return () if fits(name, data) else find(name, data)


def fits(name: str, data: Any) -> bool:
    """Tell fast whether data fits the schema `name`; what cannot be told so is left to `find`."""
    try:
        return bool(_fast_validator(name).is_valid(data))
    except (ImportError, ValueError, TypeError, OverflowError, RecursionError):
        return False


def find(name: str, data: Any) -> tuple[Finding, ...]:
    """Find all that does not fit, with its place; slow, and the reference for `check`."""
    found: dict[tuple[str, Pointer, str], Finding] = {}
    for error in _validator(name).iter_errors(data):
        for finding in _findings(error):
            # A value that is wrong in two ways is one thing to mend.
            key = (finding.code, finding.pointer, str(finding.args.get("name", "")))
            found.setdefault(key, finding)
    return tuple(sorted(found.values(), key=lambda one: [str(part) for part in one.pointer]))


def is_id(given: str) -> bool:
    """Tell whether a text has the form of an id, of a pack or of anything in one."""
    return re.fullmatch(json.loads(text("items"))["$defs"]["id"]["pattern"], given) is not None


@functools.cache
def _validator(name: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in _with_referred(name)
    )
    return Draft202012Validator(
        json.loads(text(name)), registry=registry, format_checker=_calendar()
    )


@functools.cache
def _fast_validator(name: str) -> Any:
    from jsonschema_rs import Draft202012Validator, Registry

    return Draft202012Validator(
        json.loads(text(name)),
        registry=Registry([(schema["$id"], schema) for schema in _with_referred(name)]),
        validate_formats=True,
        offline=True,
    )


def _with_referred(name: str) -> Iterator[dict[str, Any]]:
    """Give a schema and all that it refers to, directly or not: reading every schema takes long."""
    waiting, given = [name], {name}
    while waiting:
        content = text(waiting.pop())
        yield json.loads(content)
        new = set(_REFERENCE.findall(content)) - given
        given |= new
        waiting += new


def _calendar() -> Any:
    """Make a checker for dates and times that a calendar has."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, check in _FORMATS.items():
        checker.checks(name, raises=ValueError)(
            lambda value, check=check: not isinstance(value, str) or bool(check(value))
        )
    return checker


# Of each format that the schemas name, what raises ValueError for a text that is none. The fast
# validator has its own; where they differ (year 0, leap seconds) the schemas' patterns decide.
_FORMATS: dict[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "date-time": lambda value: datetime.fromisoformat(value.replace("Z", "+00:00")),
}


def _findings(error: Any) -> Iterator[Finding]:
    """Turn one error into findings; of alternatives, the one that went furthest speaks."""
    if error.validator in ("oneOf", "anyOf") and error.context:
        furthest = max(error.context, key=lambda one: (len(one.absolute_path), _has_fields(one)))
        if len(furthest.absolute_path) > len(error.absolute_path) or _has_fields(furthest):
            yield from _findings(furthest)
            return
    make = _BY_KEYWORD.get(error.validator, _malformed)
    yield from make(error, tuple(error.absolute_path))


def _has_fields(error: Any) -> bool:
    """Tell whether what does not fit is an object as it should be, but for its fields."""
    return error.validator in ("required", "additionalProperties")


def _missing(error: Any, pointer: Pointer) -> Iterator[Finding]:
    for name in error.validator_value:
        if name not in error.instance and f"'{name}'" in error.message:
            yield Finding("AG110", {"name": name}, pointer)


def _unknown(error: Any, pointer: Pointer) -> Iterator[Finding]:
    known = list(error.schema.get("properties", ()))
    unknown = [name for name in error.instance if name not in known]
    for index, name in enumerate(unknown):
        # Looking for the near name is dear, and nobody reads the hundredth.
        close = near(name, known) if index < SUGGESTED_AT_MOST else None
        args = {"name": name, "near": close, "allowed": known}
        yield Finding("AG111", args, (*pointer, name))


def _choice(error: Any, pointer: Pointer) -> Iterator[Finding]:
    options = error.schema.get("enum", [error.schema.get("const")])
    given = error.instance
    ids = [str(one) for one in options]
    close = near(given, ids) if isinstance(given, str) else None
    kind = error.schema.get("x-names")
    known = [Named(kind, id) for id in ids] if kind else ids
    args = {"value": _quoted(given), "options": known, "near": close}
    yield Finding("AG112", args, pointer)


def _type(error: Any, pointer: Pointer) -> Iterator[Finding]:
    expected = error.validator_value
    listed = expected if isinstance(expected, list) else [expected]
    given = error.instance
    args = {
        "value": _quoted(given),
        "given": _TYPES[type(given)],
        "expected": listed,
        "how": listed[0],
        "form": _form(error.schema, listed[0]),
    }
    yield Finding("AG113", args, pointer)


def _form(schema: Mapping[str, Any], kind: str) -> str:
    """Show how a value of some type is written, in what JSON and YAML have in common."""
    if kind != "object":
        return _FORMS[kind]
    names = schema.get("required") or list(schema.get("properties", ()))
    more = ", …" if len(names) > SHOWN_AT_MOST else ""
    shown = ", ".join(f'"{name}": …' for name in names[:SHOWN_AT_MOST])
    return f"{{{shown}{more}}}" if shown else '{"…": …}'


def _malformed(error: Any, pointer: Pointer) -> Iterator[Finding]:
    rule = error.schema.get("x-rule", error.validator.lower())
    yield Finding("AG114", {"value": _quoted(error.instance), "rule": rule}, pointer)


def _again(error: Any, pointer: Pointer) -> Iterator[Finding]:
    """Point to what a list holds twice: one of the two is to go."""
    listed = error.instance
    for index, one in enumerate(listed):
        if one in listed[:index]:
            args = {"value": _quoted(one), "rule": error.validator.lower()}
            yield Finding("AG114", args, (*pointer, index))


def _quoted(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    return json.dumps(value, ensure_ascii=False)


_TYPES = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
    type(None): "null",
}
_FORMS = {
    "string": '"…"',
    "boolean": "true",
    "integer": "1",
    "number": "0.5",
    "array": "[…, …]",
    "null": "null",
}

_BY_KEYWORD = {
    "required": _missing,
    "additionalProperties": _unknown,
    "enum": _choice,
    "const": _choice,
    "type": _type,
    "uniqueItems": _again,
}
