"""A backup is restored by the command line into an external database, of the version it was made on or a newer one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from sofra.kernel import walls
from sofra.kernel.ground.binaries import Binaries
from sofra.kernel.models import Change, File
from tests.keeping.servers import Drill, installations, reached
from tests.keeping.test_backup import furnish

pytestmark = pytest.mark.cluster
NEW = "sofra_restored"


def sofra(server: Drill, name: str, folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command as an operator of an external database does."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SOFRA_")}
    return subprocess.run(
        [sys.executable, "-m", "sofra", *arguments],
        capture_output=True,
        text=True,
        env={
            **kept,
            "PYTHONPATH": "src",
            "SOFRA_DATA": str(folder / "data"),
            "SOFRA_DATABASE_URL": server.url("sofra_app", name),
            "SOFRA_OWNER_DATABASE_URL": server.url("sofra_owner", name),
        },
    )


@pytest.fixture(params=sorted(installations()))
def elsewhere(request: pytest.FixtureRequest) -> Iterator[Drill]:
    """Another server, of each PostgreSQL at hand, with an empty database."""
    server = Drill(installations()[request.param])
    try:
        server.create(NEW)
        yield server
    finally:
        server.stop()


def test_a_backup_goes_into_an_external_database_of_its_own_version_or_a_newer_one_and_no_older(
    drill: Drill, drill_database: str, elsewhere: Drill, tmp_path: Path
) -> None:
    world = furnish()
    kept = tmp_path / "kept"
    taken = sofra(drill, drill_database, tmp_path, "backup", kept)
    assert taken.returncode == 0, taken.stderr
    made, found = major(drill), major(elsewhere)

    restored = sofra(elsewhere, NEW, tmp_path, "restore", kept)
    if found < made:
        assert (restored.returncode, restored.stdout) == (2, "")
        assert restored.stderr == (
            f"sofra: The backup was made on PostgreSQL {made}, and this database is PostgreSQL {found}. "
            f"Nothing was restored. Restore on PostgreSQL {made} or newer.\n"
        )
        with elsewhere.cluster.connect(NEW) as admin:
            assert admin.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
        return

    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.splitlines()[1:] == [
        "Every table holds as many rows as in the backup.",
        "The content of 2 files is that of the backup.",
        "Every link of 1 chains with 4 entries holds, up to the heads in the backup.",
        "The walls stand.",
    ]
    held = sofra(elsewhere, NEW, tmp_path, "audit", "verify", "--head", kept / "heads.json")
    assert held.returncode == 0, held.stdout
    assert sofra(elsewhere, NEW, tmp_path, "walls").stdout == "Every wall stands.\n"
    with reached(elsewhere, NEW):
        assert walls.findings() == []
        assert connection.cursor().connection.info.server_version // 10000 == found
        for who, other in (("AL", "RS"), ("RS", "AL")):
            with world.act(who):
                assert [file.name for file in File.objects.all()] == [f"{who}.pdf"]
                assert {change.owner_party_id for change in Change.objects.filter(kind="test")} == {
                    world.parties[who].pk
                }
                assert not Change.objects.filter(owner_party=world.parties[other]).exists()

    again = sofra(elsewhere, NEW, tmp_path, "restore", kept)
    assert again.returncode == 2
    assert again.stderr.startswith(f"sofra: The database {NEW} is not empty: it holds ")
    assert again.stderr.endswith("Nothing was restored. Name an empty one.\n")


def major(server: Drill) -> int:
    return Binaries(server.cluster.binaries.folder).major
