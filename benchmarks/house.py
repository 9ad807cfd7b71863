"""A house for measuring: a database server of its own that does not wait for disks, gone when the run ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from sofra.kernel.environment import read_environment
from sofra.kernel.ground import binaries
from sofra.kernel.ground.cluster import APP, NAME, OWNER, Cluster
from sofra.kernel.ground.supervisor import leash

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass
class House:
    """A running house. It has no rows but those a benchmark lays out."""

    cluster: Cluster

    @cached_property
    def format(self) -> uuid.UUID:
        """A format to lay rows out in; made when it is first asked for, so that pages are counted without it."""
        made = uuid.uuid4()
        with self.owner() as owner:
            owner.execute(
                "INSERT INTO kernel_format (id, slug, kind, audience, readers, version)"
                " VALUES (%s, 'bench', 'platform', 'public', '{}', 1)",
                [made],
            )
        return made

    @cached_property
    def parties(self) -> tuple[uuid.UUID, ...]:
        """Seven parties, made when they are first asked for."""
        made = tuple(uuid.uuid4() for _ in range(7))
        with self.owner() as owner:
            for number, party in enumerate(made):
                owner.execute(
                    "INSERT INTO kernel_party (id, code, kind, capital_zone) VALUES (%s, %s, 'state', '')",
                    [party, f"BENCH-{number}"],
                )
        return made

    def owner(self) -> Connection:
        """A connection as the owner role, before whom no wall stands."""
        return self.cluster.connect(NAME, OWNER)

    def application(self) -> Connection:
        """A connection as the application role; an actor is set per transaction with `become`."""
        return self.cluster.connect(NAME, APP)

    def delegate(self, connection: Connection, party: int = 0, *, sat: str = "today") -> None:
        """Act, in this transaction, as a delegate of a party that is a member today, was one (`before`), or neither (`never`)."""
        actor: dict[str, Any] = {"role": "delegate", "party": str(self.parties[party])}
        if sat == "today":
            actor["member_of"] = [str(self.format)]
        if sat in ("today", "before"):
            until = '"2100-01-01 00:00:00+00"' if sat == "today" else '"2026-01-01 00:00:00+00"'
            actor["member_terms"] = {str(self.format): '{["2025-01-01 00:00:00+00",' + until + ")}"}
        connection.execute("SELECT sofra_become(%s)", [Jsonb(actor)])

    def serve(self, connection: Connection) -> None:
        """Act, in this transaction, as the house's secretariat."""
        connection.execute("SELECT sofra_become(%s)", [Jsonb({"role": "secretariat", "house": "on"})])


@contextmanager
def throw_away_house() -> Iterator[House]:
    """Start a server with an empty, walled house; point SOFRA_ settings at it; remove everything afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="sofra-bench-"))
    folder.chmod(0o755)
    bindir = {key: value for key, value in os.environ.items() if key == "SOFRA_PG_BINDIR"}
    cluster = Cluster(folder, binaries.find(read_environment(bindir).bindir), durable=False)
    try:
        cluster.start(leash("SIGQUIT", user=cluster.user.pw_name))  # it ends with us, however we end
        cluster.provision()
        os.environ.update(
            SOFRA_DATA=str(folder),
            SOFRA_DATABASE_URL=cluster.url(APP),
            SOFRA_OWNER_DATABASE_URL=cluster.url(OWNER),
            SOFRA_DEMONSTRATION="1",
            DJANGO_SETTINGS_MODULE="sofra.conf.settings",
        )
        subprocess.run(
            [sys.executable, "-m", "sofra", "migrate"], check=True, env={**os.environ, "SOFRA_PROCESS": "owner"}
        )
        yield House(cluster)
    finally:
        cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(cluster.base, ignore_errors=True)
