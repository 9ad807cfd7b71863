"""Whether data conforms to a schema that ships with the room."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sofra.texts
from tests.support.schemas import problems

FOLDER = Path(sofra.texts.__file__).parent / "data"


def conforms(data: Any, name: str) -> list[str]:
    """What in the data is not as the schema says."""
    return problems(data, json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")))
