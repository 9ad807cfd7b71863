"""Holds JSON against the part of JSON Schema that the description of the REST interface uses, and nothing is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "integer": (int,), "null": (type(None),),
}  # fmt: skip
_FORMATS = {"uuid": UUID, "date": date.fromisoformat, "date-time": datetime.fromisoformat}
_SAY_NOTHING = {"title", "description", "default"}
_KNOWN = {
    "$ref",
    "anyOf",
    "allOf",
    "type",
    "enum",
    "const",
    "format",
    "properties",
    "required",
    "items",
    "additionalProperties",
}


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "$") -> list[str]:
    """All that is wrong; a property that the schema does not name is wrong too. Raises ValueError for an unknown keyword."""
    return list(_check(value, schema, root, place))


def _check(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str) -> Iterator[str]:
    if unknown := set(schema) - _KNOWN - _SAY_NOTHING:
        raise ValueError(f"{place}: the schema says {sorted(unknown)}, which this check does not know")
    if "$ref" in schema:
        found: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        yield from _check(value, found, root, place)
    if "anyOf" in schema:
        tried = [problems(value, each, root, place) for each in schema["anyOf"]]
        if all(tried):
            yield min(tried, key=len)[0]
    for each in schema.get("allOf", ()):
        yield from _check(value, each, root, place)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{place}: is no {kinds}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{place}: is not {schema['const']!r}"
    if "format" in schema and isinstance(value, str):
        try:
            _FORMATS[schema["format"]](value)
        except ValueError:
            yield f"{place}: is no {schema['format']}"
    if isinstance(value, dict):
        yield from _object(value, schema, root, place)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _check(each, schema.get("items", {}), root, f"{place}[{number}]")


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], place: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place}.{name}: is missing"
    named, rest = schema.get("properties", {}), schema.get("additionalProperties")
    if not named and rest is None:
        return
    for name, each in value.items():
        if name in named:
            yield from _check(each, named[name], root, f"{place}.{name}")
        elif isinstance(rest, dict):
            yield from _check(each, rest, root, f"{place}.{name}")
        elif rest is not True:
            yield f"{place}.{name}: is not described"
