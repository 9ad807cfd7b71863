"""The platform's record, loaded once per test into a world of seats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sofra

RECORD = Path(sofra.__file__).parent / "sources" / "data" / "balkan-peace-platform.json"


@pytest.fixture(scope="session")
def document() -> Any:
    from sofra.sources.engine.reading import read_record

    return read_record(RECORD)


@pytest.fixture
def world(house: None, document: Any) -> Any:
    """The house with its record and a seat per role, on the platform of the record."""
    from tests.sources.worlds import record_world

    return record_world(document)
