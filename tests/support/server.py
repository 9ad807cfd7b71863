"""The database server tests run on: one per test run, shared by its workers."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

BINARIES = Path(os.environ.get("SOFRA_PG_BINDIR", "/usr/lib/postgresql/15/bin"))


@dataclass
class Server:
    """A running server with the two roles, and databases made from templates."""

    folder: Path

    def url(self, user: str, name: str) -> str:
        return f"postgresql://{user}:x@/{name}?host={self.folder}"

    def administer(self, *statements: sql.Composable) -> None:
        with psycopg.connect(self.url("sofra_admin", "postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def create(self, name: str, template: str | None = None) -> None:
        if template:
            self.administer(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER sofra_owner").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
            return
        self.administer(sql.SQL("CREATE DATABASE {} OWNER sofra_owner").format(sql.Identifier(name)))
        with psycopg.connect(self.url("sofra_admin", name), autocommit=True) as connection:
            for extension in ("btree_gist", "pg_trgm", "unaccent"):
                connection.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)))
            connection.execute("ALTER SCHEMA public OWNER TO sofra_owner")

    def drop(self, name: str) -> None:
        self.administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        _run("pg_ctl", "-D", str(self.folder / "d"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """Start a throw-away server that does not wait for disks."""
    folder = Path(tempfile.mkdtemp(prefix="sofra-test-"))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    _run("initdb", "-D", str(folder / "d"), "-U", "sofra_admin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    _run("pg_ctl", "-D", str(folder / "d"), "-o", options, "-l", str(folder / "log"), "-w", "start")
    server = Server(folder)
    server.administer(sql.SQL("CREATE ROLE sofra_owner LOGIN"), sql.SQL("CREATE ROLE sofra_app LOGIN"))
    return server


def _run(program: str, *arguments: str) -> None:
    user = "nobody" if os.geteuid() == 0 else None
    subprocess.run([BINARIES / program, *arguments], check=True, stdout=subprocess.DEVNULL, user=user, cwd="/")
