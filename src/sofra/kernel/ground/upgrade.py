"""Bringing a data folder to another major version of PostgreSQL: dump with the old programs, restore with the new."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from sofra.kernel.environment import read_environment
from sofra.kernel.ground import binaries
from sofra.kernel.ground.binaries import Binaries
from sofra.kernel.ground.cluster import ADMIN, NAME, Cluster
from sofra.kernel.ground.troubles import Trouble


def upgrade(old_bindir: Path | None, say: Callable[[str], None]) -> None:
    """Upgrade the data folder of the environment. Raises Trouble, with the old data untouched, where that cannot be."""
    environment = read_environment()
    if environment.external:
        raise Trouble("The database is external; upgrade that server by its own means.")
    new = binaries.find(environment.bindir)
    cluster = Cluster(environment.data, new)
    version = cluster.folder / "PG_VERSION"
    if not version.exists():
        raise Trouble(f"There is no database in {environment.data}; nothing to upgrade.")
    major = int(version.read_text().strip())
    if major == new.major:
        say(f"The data folder is at PostgreSQL {major} already; nothing was done.")
        return
    old = Cluster(environment.data, Binaries(old_bindir or Path(f"/usr/lib/postgresql/{major}/bin")))
    if old.binaries.major != major:
        raise Trouble(
            f"--old-bindir holds PostgreSQL {old.binaries.major}, and the data was made by {major}; name that one."
        )
    dump = cluster.base / "upgrade.sql"
    kept = cluster.base / f"postgres-{major}"
    if kept.exists():
        raise Trouble(f"{kept} is in the way: it was kept by an earlier upgrade; move it elsewhere and start again.")
    say(f"1 of 3: dumping from PostgreSQL {major}")
    old.start()
    try:
        _dump(old, new, dump)
    finally:
        old.stop()
    say(f"2 of 3: making a server of PostgreSQL {new.major}")
    cluster.folder.rename(kept)
    try:
        cluster.start(anew=True)
        cluster.make_roles()
        say("3 of 3: restoring")
        cluster.create_database(NAME)
        _restore(cluster, dump)
    except BaseException:
        cluster.stop()
        if cluster.folder.exists():
            cluster.folder.rename(cluster.base / f"postgres-{new.major}-failed-{os.getpid()}")
        kept.rename(cluster.folder)
        raise
    finally:
        dump.unlink(missing_ok=True)
    cluster.stop()
    say(f"Done. The files of PostgreSQL {major} are kept in {kept}; remove them when all is well.")


def _dump(old: Cluster, new: Binaries, target: Path) -> None:
    target.touch(mode=0o600)
    with target.open("wb") as file:
        # The newer pg_dump reads older servers, not the other way round.
        _run(old, [new.program("pg_dump"), "--format=plain", "--no-comments", NAME], stdout=file)


def _restore(cluster: Cluster, source: Path) -> None:
    with source.open("rb") as file:
        _run(cluster, [cluster.binaries.program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", NAME], stdin=file)


def _run(cluster: Cluster, command: list[str], **files: object) -> None:
    environ = {
        **os.environ,
        "PGHOST": str(cluster.socket_folder()),
        "PGUSER": ADMIN,
        "PGPASSWORD": cluster.secrets()["admin"],
    }
    done = subprocess.run(command, env=environ, stderr=subprocess.PIPE, check=False, **files)  # type: ignore[call-overload]
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        raise Trouble(f"{Path(command[0]).name} failed: {told[-1]}. The old data is untouched.")
