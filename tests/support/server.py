"""The database server tests run on: one per test run, shared by its workers."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from sofra.kernel.environment import read_environment
from sofra.kernel.ground import binaries
from sofra.kernel.ground.cluster import Cluster


@dataclass
class Server:
    """A running server with its roles, and databases made from templates. `folder` is its data folder."""

    folder: Path

    def __post_init__(self) -> None:
        self.cluster = Cluster(self.folder, binaries.find(read_environment({**_bindir()}).bindir), durable=False)

    def url(self, user: str, name: str) -> str:
        """The connection URL of sofra_admin, sofra_owner or sofra_app."""
        return self.cluster.url(user, name)

    def administer(self, *statements: sql.Composable) -> None:
        """Run statements as the administrator."""
        with self.cluster.connect() as connection:
            for statement in statements:
                connection.execute(statement)

    def create(self, name: str, template: str | None = None) -> None:
        """Make a database, empty or as a copy of a template."""
        self.cluster.create_database(name, template)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected."""
        self.cluster.drop_database(name)

    def stop(self) -> None:
        """Stop the server and remove everything it kept."""
        self.cluster.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """Start a throw-away server that does not wait for disks."""
    folder = Path(tempfile.mkdtemp(prefix="sofra-test-"))
    folder.chmod(0o755)
    server = Server(folder)
    server.cluster.start()
    server.cluster.make_roles()
    return server


def _bindir() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key == "SOFRA_PG_BINDIR"}
