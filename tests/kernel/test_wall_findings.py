"""A test of the tests: what somebody opened by hand is caught, and the server refuses to start."""

from __future__ import annotations

import uuid

import psycopg
import pytest

from sofra.kernel import walls
from tests.support.server import Server

OPENED = {
    "ALTER POLICY may_read ON kernel_wording USING (true)": [
        "A policy of the table kernel_wording is not as the house defines it; run sofra migrate."
    ],
    "DROP POLICY may_change ON kernel_wording": [
        "A policy of the table kernel_wording is not as the house defines it; run sofra migrate."
    ],
    "CREATE POLICY another ON kernel_change FOR SELECT USING (audience <> '')": [
        "A policy of the table kernel_change is not as the house defines it; run sofra migrate."
    ],
    "ALTER TABLE kernel_file NO FORCE ROW LEVEL SECURITY": [
        "The table kernel_file has no forced row security; run sofra migrate."
    ],
    "CREATE TABLE forgotten (id int); GRANT SELECT ON forgotten TO sofra_app": [
        "The table forgotten has no wall and is not listed as open; wall it or list it with a reason."
    ],
    "GRANT DELETE ON kernel_wording TO sofra_app": [
        "The application role holds rights on the table kernel_wording that the house did not give; run sofra migrate."
    ],
}


@pytest.mark.parametrize("statement", OPENED)
def test_an_opened_wall_is_caught(server: Server, own_database: str, statement: str) -> None:
    assert walls.findings() == []
    with psycopg.connect(server.url("sofra_owner", own_database), autocommit=True) as owner:
        owner.execute(statement)
    assert walls.findings() == OPENED[statement]


def test_an_unsafe_role_is_caught(server: Server, own_database: str) -> None:
    # Roles are the whole server's: an owner of this test's own, or the tests of other workers would stand without walls.
    name = f"an_owner_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server.url("sofra_admin", own_database), autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {name}; GRANT {name} TO sofra_app")
        admin.execute(f"CREATE TABLE its_own (); ALTER TABLE its_own OWNER TO {name}")
        try:
            assert walls.findings() == [
                "The application role sofra_app owns tables or is a member of their owner; use a role of its own."
            ]
        finally:
            admin.execute(f"DROP TABLE its_own; DROP ROLE {name}")
    assert walls.findings() == []


def test_tables_of_another_version_are_told_from_opened_walls(server: Server, own_database: str) -> None:
    assert walls.up_to_date()
    with psycopg.connect(server.url("sofra_owner", own_database), autocommit=True) as owner:
        owner.execute("COMMENT ON SCHEMA public IS 'another version'")
    assert not walls.up_to_date()
    assert walls.findings() == []
