"""Who writes at once, and who writes in vain: every chain grows without a gap, each format on its own."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest
from django.db import connection as django_connection
from django.db import connections

from sofra.kernel import acting, recording
from sofra.kernel.keeping import audit
from sofra.kernel.models import Audience, Change
from tests.keeping.chain import Verify, append
from tests.support.world import make_world

Superuser = psycopg.Connection[Any]


@pytest.mark.usefixtures("own_database")
def test_eight_writers_make_one_unbroken_chain(verify: Verify, owner: psycopg.Connection[Any]) -> None:
    failed: list[BaseException] = []

    def write() -> None:
        try:
            append(25)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert verify() == []
    assert [(head.chain, head.number) for head in audit.read_heads(owner).heads] == [("house", 200)]


class Regret(Exception):  # noqa: N818 (not an error)
    """Raised to roll back."""


@pytest.mark.usefixtures("own_database")
def test_what_is_rolled_back_leaves_no_gap(verify: Verify, owner: psycopg.Connection[Any]) -> None:
    append(2)
    with pytest.raises(Regret), acting.acting_as_house():
        recording.record_house("test.regretted", None)
        raise Regret
    with pytest.raises(Regret), acting.acting_as_house():
        with django_connection.cursor() as cursor:
            cursor.execute(
                "SELECT sofra_audit_append('house', 'x', NULL, NULL, NULL, '{}', 'secretariat', NULL, NULL, '{}', NULL, NULL)"
            )
        raise Regret
    append(1)
    assert verify() == []
    assert [head.number for head in audit.read_heads(owner).heads] == [3]


@pytest.mark.usefixtures("own_database")
def test_every_format_has_a_chain_of_its_own(
    verify: Verify, owner: psycopg.Connection[Any], superuser: Superuser
) -> None:
    world = make_world()
    for who in ("AL", "RS"):
        with world.act(who):
            change = Change.objects.create(
                kind="test", subject_type="test", subject_id=world.format.pk, audience=Audience.DELEGATION,
                format=world.format, owner_party=world.parties[who],
            )  # fmt: skip
            recording.record("test.done", change, {"word": "quiet"}, visible=False)
    append(1)
    report = audit.verify(owner)
    assert (report.chains, report.entries, report.findings) == (2, 3, [])
    superuser.execute("UPDATE kernel_auditpayload SET body = '{}' WHERE chain <> 'house' AND seq = 2")
    assert verify() == [
        f"The payload of entry 2 of chain {world.format.pk} was changed: its digest is not the entry's."
    ]
