"""The platform's record, loaded once per test into a world of seats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sofra

RECORD = Path(sofra.__file__).parent / "sources" / "data" / "balkan-peace-platform.json"


@pytest.fixture(scope="session")
def document() -> Any:
    from sofra.sources.engine.reading import read_record

    return read_record(RECORD)


@pytest.fixture(scope="module")
def loaded(django_db_blocker: Any, document: Any) -> Iterator[Any]:
    """The house with its record and a seat per role, for all tests of a module; undone after the last."""
    from django.db import transaction

    from tests.sources.worlds import record_world

    with django_db_blocker.unblock(), transaction.atomic():
        yield record_world(document)
        transaction.set_rollback(True)


@pytest.fixture
def world(loaded: Any, django_db_blocker: Any) -> Iterator[Any]:
    """The loaded house; what a test writes is undone after it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield loaded
        transaction.set_rollback(True)
