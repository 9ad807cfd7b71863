"""What tests of the keeper share: a house with a chain, and hands that reach past its walls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

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
