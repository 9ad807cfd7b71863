"""Checks parsed JSON against the schemas that the lexicon ships: the part of JSON Schema (2020-12) that they use, and
what is wrong said in words with the place in the file. The schemas stay the one description of the files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

#: What a person calls JSON's types.
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
}
_SPOKEN = {
    "object": "an object {…}",
    "array": "a list […]",
    "string": "a text in quotes",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
}
#: Words that say nothing of their own about a value, or that `problems` follows.
_KNOWN = frozenset({
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "patternProperties",
    "additionalProperties", "required", "items", "enum", "const", "pattern", "minLength", "minItems", "minProperties",
    "minimum", "uniqueItems",
})  # fmt: skip


@cache
def shipped(name: str) -> Mapping[str, Any]:
    """A schema shipped with the package, by the name of its file in `lexicon/data`."""
    found: dict[str, Any] = json.loads(files("sofra.lexicon").joinpath("data", name).read_text("utf-8"))
    return found


def problems(value: Any, schema: Mapping[str, Any]) -> list[str]:
    """All that is wrong with a value, each as `place: sentence`, in the order of the file; empty where it keeps the schema.

    Raises ValueError for a schema that uses a word this check does not know: nothing is passed over in silence.
    """
    return list(_check(value, schema, schema, ""))


def place(path: str, step: str | int) -> str:
    """The place one step further in: `designations.XK.en`, `objections[2].reason`."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    return f"{path}.{step}" if path else step


def _check(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], path: str) -> Iterator[str]:
    if unknown := set(schema) - _KNOWN:
        raise ValueError(f"the schema uses {min(unknown)}, which this check does not know")
    if "$ref" in schema:
        found: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        yield from _check(value, found, root, path)
    where = path or "the file"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{where}: must be {' or '.join(_SPOKEN[kind] for kind in kinds)}."
        return
    if "const" in schema and value != schema["const"]:
        yield f"{where}: must be {json.dumps(schema['const'], ensure_ascii=False)}."
    if "enum" in schema and value not in schema["enum"]:
        said = ", ".join("null" if each is None else str(each) for each in schema["enum"])
        yield f"{where}: must be one of {said}."
    if isinstance(value, dict):
        yield from _object(value, schema, root, path)
    elif isinstance(value, list):
        yield from _array(value, schema, root, path)
    elif isinstance(value, str):
        if not value.strip() and schema.get("minLength"):
            yield f"{where}: is empty; fill it in, or take the entry out."
        elif "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{where}: “{value}” is not written as {schema.get('description', schema['pattern'])}."
    elif _is(value, "integer") and value < schema.get("minimum", value):
        yield f"{where}: must be {schema['minimum']} or more."


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and not (kind == "integer" and isinstance(value, bool))


def _object(value: Mapping[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], path: str) -> Iterator[str]:
    where = path or "the file"
    for name in schema.get("required", []):
        if name not in value:
            yield f"{place(path, name)}: is missing."
    if len(value) < schema.get("minProperties", 0):
        yield f"{where}: is empty; fill it in, or take the entry out."
    named = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    for name, each in value.items():
        inner = place(path, name)
        if name in named:
            yield from _check(each, named[name], root, inner)
            continue
        matching = [rule for pattern, rule in patterns.items() if re.search(pattern, name)]
        for rule in matching:
            yield from _check(each, rule, root, inner)
        rest = schema.get("additionalProperties", True)
        if not matching and rest is False:
            known = ", ".join(key for key in named if not key.startswith("_"))
            yield f"{inner}: is not known here" + (f"; there are {known}." if known else ".")
        elif not matching and isinstance(rest, dict):
            yield from _check(each, rest, root, inner)


def _array(value: list[Any], schema: Mapping[str, Any], root: Mapping[str, Any], path: str) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{path or 'the file'}: is empty; fill it in, or take the entry out."
    if schema.get("uniqueItems") and len({json.dumps(each, sort_keys=True) for each in value}) < len(value):
        yield f"{path or 'the file'}: holds one entry twice."
    if "items" in schema:
        for number, each in enumerate(value):
            yield from _check(each, schema["items"], root, place(path, number))
