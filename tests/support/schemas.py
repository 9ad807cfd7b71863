"""Whether JSON is as a schema says: by jsonschema, with formats looked at and nothing passed over."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator


def problems(value: Any, schema: Any, root: Any = None) -> list[str]:
    """All that is wrong. `root` is the document whose `components` the schema names. A property that no schema names is wrong."""
    whole = {**_closed(schema), "components": _closed(root["components"])} if root else _closed(schema)
    Draft202012Validator.check_schema(whole)
    checker = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(value)]


def _closed(schema: Any) -> Any:
    """A schema whose objects hold only the properties they name."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(each) for key, each in schema.items()}
    if isinstance(schema.get("properties"), dict):
        closed.setdefault("additionalProperties", False)
    return closed
