"""Restores a backup into an empty place and says, thing by thing, whether everything is there again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql

from sofra.kernel.environment import Database
from sofra.kernel.keeping import audit, binaries, contents, heads, places
from sofra.kernel.keeping.backup import DUMP, FILES, HEADS, SECRET, Tell, read_manifest
from sofra.kernel.keeping.connecting import connect
from sofra.kernel.refusals import Refusal

#: What a dump lists and the walls raise anew: policies name roles, and the roles of the new place may have other names.
_WALLS = ("ACL", "DEFAULT ACL", "POLICY", "ROW SECURITY", "SCHEMA", "COMMENT", "EXTENSION")

#: Tables first: they are what somebody knows a database by, and what the rest hangs on.
_OWN = """
SELECT kind, name FROM (
SELECT 'TABLE', format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'ROUTINE', p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'TYPE', t.oid::regtype::text FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
 WHERE n.nspname = 'public' AND (t.typtype IN ('e', 'd') OR t.typtype = 'c' AND t.typrelid IN
       (SELECT oid FROM pg_class WHERE relkind = 'c'))
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
UNION ALL
SELECT 'SEQUENCE', format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind = 'S'
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'a', 'i'))
) AS own (kind, name) ORDER BY kind <> 'TABLE', kind, name
"""


@dataclass
class Restored:
    """What was restored and verified, and every difference from the backup, a sentence each."""

    tables: int = 0
    rows: int = 0
    files: int = 0
    chains: int = 0
    entries: int = 0
    of_rows: list[str] = field(default_factory=list)
    of_files: list[str] = field(default_factory=list)
    of_chains: list[str] = field(default_factory=list)

    @property
    def differences(self) -> list[str]:
        """All of them."""
        return [*self.of_rows, *self.of_files, *self.of_chains]


def secret_key(source: Path) -> str:
    """The secret key a backup carries."""
    return (source / SECRET).read_text(encoding="utf-8")


def into_database(source: Path, owner: Database, tell: Tell = lambda what, done, of: None) -> Restored:
    """Restore a backup into an empty database and verify it: rows per table, content of files, chains against their heads.

    The walls are not raised yet: no role but the owner reaches the tables until `sofra migrate` ran. Raises Refusal where
    the backup is damaged or newer, or the database is not empty or not fit; then, as after KeyboardInterrupt, the database
    is as empty as before.
    """
    tell(_("Checksums verified:"), 0, 0)
    manifest = read_manifest(source)
    _require_known(manifest)
    with connect(owner) as connection:
        _require_empty(connection, owner)
        server = connection.info.server_version // 10000
        if server < manifest["postgresql"]:
            raise Refusal(
                _(
                    "The backup was made on PostgreSQL {made}, and this database is PostgreSQL {found}. Nothing was "
                    "restored. Restore on PostgreSQL {made} or newer."
                ).format(made=manifest["postgresql"], found=server)
            )
        programs = binaries.folder_for(server)
        try:
            _extend(connection, manifest["extensions"])
            _fill(programs, source, owner, tell)
            return verify(source, manifest, connection, tell)
        except BaseException:
            clear(connection)
            raise


def with_walls(source: Path, owner: Database, tell: Tell) -> Restored:
    """As `into_database`, and then bring the tables up to date, raise the walls and check them as the application role."""
    restored = into_database(source, owner, tell)
    try:
        tell(_("Raising the walls"), 0, 0)
        places.run("migrate", SOFRA_PROCESS="owner")
        places.run("walls")
    except BaseException:
        with connect(owner) as connection:
            clear(connection)
        raise
    return restored


def verify(source: Path, manifest: dict[str, Any], connection: psycopg.Connection[Any], tell: Tell) -> Restored:
    """Compare a restored database with the backup it came from."""
    restored = Restored()
    counts = contents.count_rows(connection)
    restored.tables, restored.rows = len(counts), sum(counts.values())
    restored.of_rows += contents.differences(manifest["counts"], counts)
    with connection.transaction():
        restored.of_files += _compare_files(source / FILES, manifest["files"]["count"], connection, restored, tell)
    exported = heads.loads((source / HEADS).read_bytes())
    report = audit.verify(connection, exported, lambda done, of: tell(_("Entries verified:"), done, of))
    restored.chains, restored.entries = report.chains, report.entries
    restored.of_chains += [finding.sentence for finding in report.findings]
    now = {head.chain: head.number for head in audit.read_heads(connection).heads}
    for head in exported.heads:
        if now.get(head.chain, 0) > head.number:
            restored.of_chains.append(_("Chain {chain} is longer than in the backup.").format(chain=head.chain))
    return restored


def clear(connection: psycopg.Connection[Any]) -> None:
    """Drop what a restore put into a database that was empty before it."""
    with connection.transaction():
        for kind, name in connection.execute(_OWN).fetchall():
            connection.execute(sql.SQL("DROP {} IF EXISTS {} CASCADE").format(sql.SQL(kind), sql.SQL(name)))


def _require_known(manifest: dict[str, Any]) -> None:
    """A backup with migrations this Sofra does not have was made by a newer one."""
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    strange = [f"{app}.{name}" for app, name in manifest["migrations"] if (app, name) not in known]
    if strange:
        raise Refusal(
            _(
                "The backup was made by another Sofra ({version}): this one does not know {migrations}. Nothing was "
                "restored. Use that version or a newer one."
            ).format(version=manifest["sofra"], migrations=", ".join(strange[:3]))
        )


def _require_empty(connection: psycopg.Connection[Any], owner: Database) -> None:
    found = connection.execute(_OWN).fetchall()
    if found:
        raise Refusal(
            _("The database {name} is not empty: it holds {things}. Nothing was restored. Name an empty one.").format(
                name=owner.name, things=", ".join(name for _kind, name in found[:3])
            )
        )


def _extend(connection: psycopg.Connection[Any], extensions: list[str]) -> None:
    for extension in extensions:
        try:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        except psycopg.Error as error:
            raise Refusal(
                _(
                    "The extension {extension} is not in the database and this role may not add it. Nothing was restored. "
                    "Have a superuser run CREATE EXTENSION {extension} there."
                ).format(extension=extension)
            ) from error


def _fill(programs: Path, source: Path, owner: Database, tell: Tell) -> None:
    listed = binaries.running([programs / "pg_restore", "--list", source / DUMP], binaries.environment(owner))
    with tempfile.NamedTemporaryFile("wb", prefix="sofra-restore-") as contents_list:
        with listed as lines:
            contents_list.writelines(line for line in lines if not _is_wall(line.decode()))
        contents_list.flush()
        command: list[str | Path] = [
            programs / "pg_restore", "--single-transaction", "--no-owner", "--no-privileges", "--no-password",
            "--dbname", owner.name, "--use-list", Path(contents_list.name), source / DUMP,
        ]  # fmt: skip
        tell(_("Restoring the database"), 0, 0)
        with binaries.running(command, binaries.environment(owner)) as said:
            said.read()


def _is_wall(line: str) -> bool:
    """Whether a line of a dump's list ("213; 1259 16400 POLICY public kernel_file may_read") is one the walls bring."""
    if line.startswith(";"):
        return False
    kind = " ".join(line.split()[3:])
    return any(kind.startswith(f"{wall} ") for wall in _WALLS)


def _compare_files(
    listed: Path, of: int, connection: psycopg.Connection[Any], restored: Restored, tell: Tell
) -> Iterator[str]:
    """Both lists are in the order of ids, so they are walked side by side."""
    with listed.open("rb") as lines:
        expected = (json.loads(line) for line in lines)
        wanted = next(expected, None)
        for kept in contents.read_files(connection):
            restored.files += 1
            tell(_("Files hashed:"), restored.files, of)
            while wanted is not None and wanted["id"] < kept.id:
                yield _("The file {id} is missing.").format(id=wanted["id"])
                wanted = next(expected, None)
            if wanted is None or wanted["id"] != kept.id:
                yield _("The file {id} is not in the backup.").format(id=kept.id)
                continue
            if (kept.sha256, kept.size) != (wanted["sha256"], wanted["size"]):
                yield _("The file {id} has another content than in the backup.").format(id=kept.id)
            elif not kept.whole:
                yield _("The file {id} is not what its row says: its content was changed.").format(id=kept.id)
            wanted = next(expected, None)
        while wanted is not None:
            yield _("The file {id} is missing.").format(id=wanted["id"])
            wanted = next(expected, None)
