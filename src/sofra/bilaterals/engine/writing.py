"""Results as JSON's values and as files; a file is there whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from sofra.bilaterals.engine.problem import Fact, Result


def result_value(result: Result) -> dict[str, Any]:
    """A result as JSON's values (docs/bilaterals.md)."""
    value: dict[str, Any] = {
        "status": result.status,
        "placed": [{"request": each.request, "slot": each.slot, "room": each.room} for each in result.placed],
        "unplaced": [
            {"request": each.request, "reason": each.reason, "facts": [_fact(fact) for fact in each.facts]}
            for each in result.unplaced
        ],
        "cost": {
            "total": result.cost.total,
            "missed": result.cost.missed,
            "gap": result.cost.gap,
            "moved": result.cost.moved,
            "dropped": result.cost.dropped,
            "unfair": result.cost.unfair,
        },
        "bound": result.bound,
        "ended": result.ended,
        "shares": [
            {
                "delegation": each.delegation,
                "requests": each.requests,
                "held": each.held,
                "gaps": each.gaps,
                "burden": each.burden,
            }
            for each in result.shares
        ],
    }
    if result.reason:
        value["reason"] = result.reason
    return value


def _fact(fact: Fact) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": fact.kind, "lasting": fact.lasting}
    for key in ("principal", "slots", "requests", "detail"):
        if value := getattr(fact, key):
            told[key] = list(value) if isinstance(value, tuple) else value
    return told


def as_text(result: Result) -> str:
    """A result as the text of a file."""
    return json.dumps(result_value(result), ensure_ascii=False, indent=1) + "\n"


def write_result(result: Result, path: Path) -> None:
    """Write a result file beside its place and move it there. Raises OSError; what stood there before then still does."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(as_text(result))
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
