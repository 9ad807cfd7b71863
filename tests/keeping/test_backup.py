"""A backup is one instant of the house, taken while writing goes on; restored, it is the same house behind the same walls."""

from __future__ import annotations

import io
import json
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from sofra.kernel import acting, files, recording, walls
from sofra.kernel.engine.samples import smallest_pdf
from sofra.kernel.keeping import audit, backup, contents, restore
from sofra.kernel.models import Audience, Change
from sofra.kernel.refusals import Refusal
from tests.keeping.servers import Drill, reached
from tests.support.world import World, make_world

pytestmark = pytest.mark.cluster

SECRET = "a key that signs"


def furnish() -> World:
    """A house with members, a delegation's own rows, documents of several pieces, and chains of two formats."""
    world = make_world()
    for who in ("AL", "RS"):
        with world.act(who):
            placement = {
                "audience": Audience.DELEGATION, "format": world.format, "owner_party": world.parties[who],
            }  # fmt: skip
            files.keep_file(io.BytesIO(smallest_pdf(who * 400_000)), f"{who}.pdf", placement)
            change = Change.objects.create(kind="test", subject_type="test", subject_id=world.format.pk, **placement)
            recording.record("test.done", change, {"word": f"quiet-{who}\\N\n\\."}, visible=False)
    return world


@contextmanager
def writing(world: World) -> Iterator[list[int]]:
    """Delegations go on writing for the length of a block. Answers how much each has written so far."""
    done, stop, written, failed = [], threading.Event(), [0, 0, 0], []

    def write(place: int, who: str) -> None:
        try:
            while not stop.is_set():
                with world.act(who):
                    placement = {
                        "audience": Audience.DELEGATION, "format": world.format, "owner_party": world.parties[who],
                    }  # fmt: skip
                    files.keep_file(io.BytesIO(smallest_pdf("x" * 300_000)), "x.pdf", placement)
                written[place] += 1
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    for place, who in enumerate(("TR", "BA", "ME")):
        done.append(threading.Thread(target=write, args=(place, who)))
        done[-1].start()
    try:
        yield written
    finally:
        stop.set()
        for thread in done:
            thread.join()
    assert failed == []


@pytest.fixture
def taken(drill: Drill, drill_database: str, tmp_path: Path) -> Path:
    """A backup of a furnished house."""
    furnish()
    backup.take(tmp_path / "kept", drill.database(drill_database), SECRET)
    return tmp_path / "kept"


def test_the_drill_back_up_while_writing_goes_on_and_restore(
    drill: Drill, drill_database: str, empty_database: str, tmp_path: Path
) -> None:
    world = furnish()
    target = tmp_path / "kept"
    with writing(world) as written:
        while sum(written) < 3:
            threading.Event().wait(0.01)
        before = sum(written)
        taken = backup.take(target, drill.database(drill_database), SECRET)
        after = sum(written)
    assert after > before
    assert taken.findings == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept"]
    assert target.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in target.iterdir()} == dict.fromkeys(
        ("database.dump", "files.jsonl", "heads.json", "manifest.json", "secret_key"), 0o600
    )
    manifest = json.loads((target / "manifest.json").read_text())
    assert manifest["counts"]["kernel_file"] == manifest["files"]["count"] == taken.files
    assert 2 + before <= taken.files <= 2 + after + 3

    said: list[str] = []
    found = restore.into_database(target, drill.database(empty_database), lambda what, done, of: said.append(what))
    assert found.differences == []
    assert (found.files, found.rows) == (taken.files, sum(manifest["counts"].values()))
    assert {"Files hashed:", "Restoring the database"} <= set(said)
    assert restore.secret_key(target) == SECRET

    with psycopg.connect(drill.url("sofra_app", empty_database)) as early:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            early.execute("SELECT 1 FROM public.kernel_file")
    drill.migrate(empty_database)
    with reached(drill, empty_database):
        assert_walls_hold(world)
        with world.act("AL"):
            file = files.File.objects.get(name="AL.pdf")
            content = files.read_file(file.pk)
            assert content is not None and content[1] == smallest_pdf("AL" * 400_000)
            files.keep_file(io.BytesIO(smallest_pdf("new")), "new.pdf", file.placement())
    with psycopg.connect(drill.url("sofra_owner", empty_database), autocommit=True) as connection:
        assert audit.verify(connection).findings == []


def assert_walls_hold(world: World) -> None:
    with acting.acting_as_visitor():
        assert walls.findings() == []
        assert list(Change.objects.all()) == []
    for who in ("visitor", "secretariat", "observer", "facilitator", "MK"):
        with world.act(who):
            assert list(files.File.objects.all()) == []
            assert list(files.FileChunk.objects.all()) == []
    with world.act("RS"):
        assert [file.name for file in files.File.objects.all()] == ["RS.pdf"]


def test_a_superuser_counts_no_row_more_than_the_backup_holds(drill: Drill, drill_database: str, taken: Path) -> None:
    counts = json.loads((taken / "manifest.json").read_text())["counts"]
    with psycopg.connect(drill.url("sofra_admin", drill_database)) as connection:
        assert contents.count_rows(connection) == counts
    assert counts["kernel_auditpayload"] == 4 and counts["kernel_filechunk"] == 8


def test_an_owner_who_is_blind_in_one_table_takes_no_backup(drill: Drill, drill_database: str, tmp_path: Path) -> None:
    with psycopg.connect(drill.url("sofra_admin", drill_database), autocommit=True) as connection:
        connection.execute("DROP POLICY the_owner_role ON kernel_file")
    with pytest.raises(Refusal, match=r"sofra_owner does not see every row of kernel_file. Nothing was done"):
        backup.take(tmp_path / "kept", drill.database(drill_database), SECRET)
    with psycopg.connect(drill.url("sofra_admin", drill_database), autocommit=True) as connection:
        connection.execute("CREATE POLICY the_owner_role ON kernel_file TO sofra_owner USING (true)")
        connection.execute("CREATE POLICY narrow ON kernel_file AS RESTRICTIVE TO sofra_owner USING (size < 5)")
    with pytest.raises(Refusal, match=r"sofra_owner does not see every row of kernel_file. Nothing was done"):
        backup.take(tmp_path / "kept", drill.database(drill_database), SECRET)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_backup_restores_nothing(drill: Drill, empty_database: str, taken: Path) -> None:
    for name in ("database.dump", "files.jsonl", "heads.json", "secret_key"):
        content = (taken / name).read_bytes()
        (taken / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        with pytest.raises(Refusal, match=rf"^{name} in .* is damaged or missing: its checksum does not fit."):
            restore.into_database(taken, drill.database(empty_database))
        (taken / name).unlink()
        with pytest.raises(Refusal, match=rf"^{name} in .* is damaged or missing: its checksum does not fit."):
            restore.into_database(taken, drill.database(empty_database))
        (taken / name).write_bytes(content)
    manifest = (taken / "manifest.json").read_text()
    (taken / "manifest.json").write_text(manifest.replace('"kernel_file": 2', '"kernel_file": 1'))
    with pytest.raises(Refusal, match=r"^The manifest in .* is damaged. Nothing was restored."):
        restore.into_database(taken, drill.database(empty_database))
    (taken / "manifest.json").unlink()
    with pytest.raises(Refusal, match=r"holds no backup: its manifest cannot be read"):
        restore.into_database(taken, drill.database(empty_database))


def test_what_is_not_empty_is_not_restored_into(drill: Drill, drill_database: str, taken: Path) -> None:
    with pytest.raises(Refusal, match=rf"^The database {drill_database} is not empty: it holds public."):
        restore.into_database(taken, drill.database(drill_database))
    with pytest.raises(Refusal, match=r"kept is not empty. Nothing was written. Name a new folder."):
        backup.take(taken, drill.database(drill_database), SECRET)
    (taken.parent / "file").write_text("x")
    with pytest.raises(Refusal, match=r"file is no folder. Nothing was written."):
        backup.take(taken.parent / "file", drill.database(drill_database), SECRET)
    with pytest.raises(Refusal, match=r"^.*/file/kept cannot be written: Not a directory. Nothing was left behind."):
        backup.take(taken.parent / "file" / "kept", drill.database(drill_database), SECRET)


def test_a_full_disk_leaves_no_half_backup(drill: Drill, drill_database: str, tmp_path: Path) -> None:
    furnish()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(Refusal, match=r"/kept cannot be written: File too large. Nothing was left behind."):
            backup.take(tmp_path / "kept", drill.database(drill_database), SECRET)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_backup_and_a_stopped_restore_leave_nothing(
    drill: Drill, drill_database: str, empty_database: str, taken: Path
) -> None:
    def stop_at(word: str) -> Any:
        def tell(what: str, done: int, of: int) -> None:
            if what.startswith(word):
                raise KeyboardInterrupt

        return tell

    for word in ("Mebibytes", "Files hashed", "Rows of the dump"):
        with pytest.raises(KeyboardInterrupt):
            backup.take(taken.parent / "second", drill.database(drill_database), SECRET, stop_at(word))
        assert [path.name for path in taken.parent.iterdir()] == ["kept"]
    for word in ("Restoring", "Files hashed"):
        with pytest.raises(KeyboardInterrupt):
            restore.into_database(taken, drill.database(empty_database), stop_at(word))
    assert restore.into_database(taken, drill.database(empty_database)).differences == []


def test_every_difference_is_told(drill: Drill, empty_database: str, taken: Path) -> None:
    restore.into_database(taken, drill.database(empty_database))
    with psycopg.connect(drill.url("sofra_admin", empty_database), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE kernel_filechunk SET data = 'x' WHERE number = 1")
        connection.execute("DELETE FROM kernel_membership WHERE id = (SELECT id FROM kernel_membership LIMIT 1)")
        connection.execute("DELETE FROM kernel_auditentry WHERE seq = 2")
        rows = connection.execute("SELECT id FROM kernel_file ORDER BY id").fetchall()
        chain = connection.execute("SELECT chain FROM kernel_auditchain").fetchone()
    assert chain is not None
    with psycopg.connect(drill.url("sofra_owner", empty_database), autocommit=True) as connection:
        found = restore.verify(taken, backup.read_manifest(taken), connection, lambda what, done, of: None)
    assert found.differences == [
        "The table kernel_auditentry holds 3 rows where 4 were expected.",
        "The table kernel_membership holds 9 rows where 10 were expected.",
        *(f"The file {key} has another content than in the backup." for (key,) in rows),
        f"Entry 2 of chain {chain[0]} was removed.",
    ]
