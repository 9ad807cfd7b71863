"""What tests of the keeper share: a house with a chain, and hands that reach past its walls."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.keeping.servers import TEMPLATE, Drill, installations, reached
from tests.support import server as servers


@pytest.fixture
def superuser(own_database: str, server: servers.Server) -> Iterator[psycopg.Connection[Any]]:
    """A superuser with triggers disabled: the strongest hand that can reach into the house."""
    with psycopg.connect(server.url("sofra_admin", own_database), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def owner(own_database: str, server: servers.Server) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(server.url("sofra_owner", own_database), autocommit=True) as connection:
        yield connection


@pytest.fixture
def verify(owner: psycopg.Connection[Any]) -> Callable[..., list[str]]:
    """Verify all chains and answer the sentences of what was found."""

    from sofra.kernel.keeping import audit

    def sentences(exported: Any = None) -> list[str]:
        return [finding.sentence for finding in audit.verify(owner, exported).findings]

    return sentences


@pytest.fixture(scope="session", params=sorted(installations()))
def drill(request: pytest.FixtureRequest) -> Iterator[Drill]:
    """A server of each PostgreSQL at hand, with a migrated template."""
    server = Drill(installations()[request.param])
    try:
        server.create(TEMPLATE)
        server.migrate(TEMPLATE)
        yield server
    finally:
        server.stop()


@pytest.fixture
def drill_database(drill: Drill, django_db_blocker: Any) -> Iterator[str]:
    """A fresh database on a drill's server, reached by Django as the application role. Answers its name."""
    name = f"sofra_drill_{uuid.uuid4().hex[:8]}"
    drill.create(name, TEMPLATE)
    with django_db_blocker.unblock(), reached(drill, name):
        yield name
    drill.drop(name)


@pytest.fixture
def empty_database(drill: Drill) -> Iterator[str]:
    """An empty database beside it, to restore into. Answers its name."""
    name = f"sofra_empty_{uuid.uuid4().hex[:8]}"
    drill.create(name)
    yield name
    drill.drop(name)
