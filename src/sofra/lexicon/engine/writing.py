"""Writing lexicon.json so that people can read it and git can merge it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def dump(data: Mapping[str, Any]) -> str:
    """A lexicon file's text from its parsed form: one designation, source or objection per line, so that changes to
    different ones meet without conflict."""

    def line(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    def block(rows: list[str], indent: str) -> str:
        return ("\n" + ",\n".join(indent + row for row in rows) + "\n" + indent[:-1]) if rows else ""

    entities = []
    for entity in data.get("entities", []):
        head = [f"{line(key)}: {line(value)}" for key, value in entity.items() if key not in ("guards", "designations")]
        for key in ("guards", "designations"):
            if entity.get(key):
                head.append(f"{line(key)}: [{block([line(row) for row in entity[key]], '   ')}]")
        entities.append("{" + ", ".join(head) + "}")
    parts = [f'"format": {line(data["format"])}']
    for key in ("sources", "lists"):
        if data.get(key):
            rows = [f"{line(name)}: {line(value)}" for name, value in data[key].items()]
            parts.append(f'"{key}": {{{block(rows, "  ")}}}')
    parts.append(f'"entities": [{block(entities, "  ")}]')
    for key in ("objections", "conventions"):
        if data.get(key):
            parts.append(f'"{key}": [{block([line(row) for row in data[key]], "  ")}]')
    return "{\n " + ",\n ".join(parts) + "\n}\n"
