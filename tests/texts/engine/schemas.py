"""Whether data conforms to a shipped schema: as much of JSON Schema as those schemas use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sofra.texts

FOLDER = Path(sofra.texts.__file__).parent / "data"
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
KNOWN = {
    "$schema", "$ref", "$defs", "title", "description", "type", "required", "properties", "additionalProperties", "items",
    "enum", "const", "oneOf", "minItems", "maxItems",
}  # fmt: skip


def schema(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))


def conforms(data: Any, name: str) -> list[str]:
    """What in the data is not as the schema says."""
    top = schema(name)
    return list(_wrong(data, top, top, "$"))


def _wrong(data: Any, rule: Any, top: Any, place: str) -> Iterator[str]:
    assert set(rule) <= KNOWN, set(rule) - KNOWN
    if "$ref" in rule:
        rule = top["$defs"][rule["$ref"].removeprefix("#/$defs/")]
    named = rule.get("type", [])
    types = [named] if isinstance(named, str) else named
    if types and not any(isinstance(data, TYPES[each]) and not isinstance(data, bool) for each in types):
        yield f"{place} is no {named}"
        return
    if "const" in rule and data != rule["const"]:
        yield f"{place} is not {rule['const']}"
    if "enum" in rule and data not in rule["enum"]:
        yield f"{place} is none of {rule['enum']}"
    if "oneOf" in rule and sum(not list(_wrong(data, each, top, place)) for each in rule["oneOf"]) != 1:
        yield f"{place} fits none, or more than one"
    if isinstance(data, dict):
        yield from (f"{place} lacks {key}" for key in rule.get("required", []) if key not in data)
        for key, value in data.items():
            other = rule.get("properties", {}).get(key, rule.get("additionalProperties", {}))
            if other is False:
                yield f"{place}.{key} is not known"
            else:
                yield from _wrong(value, other, top, f"{place}.{key}")
    if isinstance(data, list):
        if not rule.get("minItems", 0) <= len(data) <= rule.get("maxItems", len(data)):
            yield f"{place} has {len(data)} items"
        for number, each in enumerate(data):
            yield from _wrong(each, rule.get("items", {}), top, f"{place}[{number}]")
