"""Takes a backup of one instant while writing goes on, and proves that nothing is missing before it calls it one.

One transaction sees one snapshot; it counts rows, hashes files and reads heads, while pg_dump dumps the same snapshot. The
dump runs as the owner role with row security on: its policies let it see every row, which is checked first, and the rows in
the archive are counted again afterwards.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from django.utils.translation import gettext as _

from sofra import __version__
from sofra.kernel.environment import Database
from sofra.kernel.keeping import binaries, contents, heads
from sofra.kernel.keeping.audit import read_heads, require_sight
from sofra.kernel.keeping.connecting import connect
from sofra.kernel.keeping.writing import PIECE, seal, sync, unseal
from sofra.kernel.refusals import Refusal

KIND, SHAPE = "sofra backup", 1
MANIFEST, DUMP, FILES, HEADS, SECRET = "manifest.json", "database.dump", "files.jsonl", "heads.json", "secret_key"

#: Told what is being done, how far it is and of how much (0 where that is not known).
Tell = Callable[[str, int, int], None]


@dataclass
class Taken:
    """A finished backup: what it holds, and what was found wrong in the house it was taken of."""

    tables: int
    rows: int
    files: int
    bytes: int
    findings: list[str]


def take(target: Path, owner: Database, secret_key: str, tell: Tell = lambda what, done, of: None) -> Taken:
    """Back the database up to `target`, which must not exist or be an empty folder.

    Raises Refusal with a sentence where the place or the database does not allow it; then nothing is left behind, as
    after KeyboardInterrupt. Answers what was taken; findings (a file whose pieces are not what its row says) do not stop it.
    """
    target = target.absolute()
    _require_place(target)
    part = target.with_name(f".{target.name}.unfinished-{secrets.token_hex(4)}")
    try:
        part.mkdir(mode=0o700)
        taken = _fill(part, owner, secret_key, tell)
        for file in part.iterdir():
            sync(file)
        sync(part)
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        raise Refusal(
            _(
                "{folder} cannot be written: {reason}. Nothing was left behind. Choose another folder or make room."
            ).format(folder=target, reason=error.strerror or error)
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return taken


def _require_place(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Refusal(_("{folder} is no folder. Nothing was written. Name a new folder.").format(folder=target))
    try:
        if target.exists() and any(target.iterdir()):
            raise Refusal(_("{folder} is not empty. Nothing was written. Name a new folder.").format(folder=target))
    except OSError as error:
        raise Refusal(
            _("{folder} cannot be read: {reason}. Nothing was written.").format(folder=target, reason=error.strerror)
        ) from error
    if target.is_mount():
        raise Refusal(
            _("{folder} is a mounted disk itself. Nothing was written. Name a new folder on it.").format(folder=target)
        )


def _fill(part: Path, owner: Database, secret_key: str, tell: Tell) -> Taken:
    found: list[str] = []
    with connect(owner) as connection:
        require_sight(connection)
        major = connection.info.server_version // 10000
        programs = binaries.folder_for(major)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            snapshot, at, migrations, extensions = _opening(connection)
            _write(part / HEADS, heads.dumps(heads.Heads(at, read_heads(connection).heads)))
            _dump(programs, owner, snapshot, part / DUMP, tell)
            counts = contents.count_rows(connection)
            files, size = _list_files(connection, part / FILES, counts["kernel_file"], found, tell)
    in_archive = count_archive(programs, part / DUMP, tell)
    missing = list(contents.differences(counts, {table: in_archive.get(table, 0) for table in counts}))
    if missing:
        raise Refusal(_("The dump is not whole. Nothing was left behind.") + " " + " ".join(missing))
    _write(part / SECRET, secret_key.encode())
    manifest = {
        "kind": KIND,
        "shape": SHAPE,
        "sofra": __version__,
        "postgresql": major,
        "at": at.astimezone(UTC).isoformat(),
        "migrations": migrations,
        "extensions": extensions,
        "counts": counts,
        "files": {"count": files, "bytes": size},
        "artefacts": {name: _artefact(part / name) for name in (DUMP, FILES, HEADS, SECRET)},
    }
    _write(part / MANIFEST, seal(manifest))
    return Taken(len(counts), sum(counts.values()), files, sum(f.stat().st_size for f in part.iterdir()), found)


def _opening(connection: psycopg.Connection[Any]) -> tuple[str, datetime, list[list[str]], list[str]]:
    row = connection.execute("SELECT pg_export_snapshot(), clock_timestamp()").fetchone()
    assert row is not None
    migrations = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    extensions = connection.execute("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1").fetchall()
    return row[0], row[1], [list(pair) for pair in migrations], [name for (name,) in extensions]


def _dump(programs: Path, owner: Database, snapshot: str, file: Path, tell: Tell) -> None:
    command: list[str | Path] = [
        programs / "pg_dump", "--format=custom", "--schema=public", "--snapshot", snapshot, "--enable-row-security",
        "--no-owner", "--no-privileges", "--no-comments", "--no-publications", "--no-subscriptions", "--lock-wait-timeout=30s",
        "--no-password",
    ]  # fmt: skip
    with _create(file) as out, binaries.running(command, binaries.environment(owner)) as dumped:
        while piece := dumped.read(PIECE):
            out.write(piece)
            tell(_("Mebibytes of the database written:"), out.tell() // PIECE, 0)


def _list_files(
    connection: psycopg.Connection[Any], file: Path, of: int, found: list[str], tell: Tell
) -> tuple[int, int]:
    count = size = 0
    with _create(file) as out:
        for kept in contents.read_files(connection):
            out.write(json.dumps({"id": kept.id, "sha256": kept.sha256, "size": kept.size}).encode() + b"\n")
            count, size = count + 1, size + kept.size
            if not kept.whole:
                found.append(_("The file {id} is not what its row says: its content was changed.").format(id=kept.id))
            tell(_("Files hashed:"), count, of)
    return count, size


def count_archive(programs: Path, file: Path, tell: Tell) -> dict[str, int]:
    """Rows per table in a dump, counted by reading it through."""
    counts: dict[str, int] = {}
    table = None
    rows = 0
    command: list[str | Path] = [programs / "pg_restore", "--data-only", "--file=-", file]
    with binaries.running(command, {**os.environ, "LC_ALL": "C"}) as lines:
        for line in lines:
            if table is None:
                if line.startswith(b"COPY public.") and line.endswith(b" FROM stdin;\n"):
                    table = line.split()[1].decode().removeprefix("public.").strip('"')
                    counts[table] = 0
            elif line == b"\\.\n":
                table = None
            else:
                counts[table] += 1
                rows += 1
                tell(_("Rows of the dump counted:"), rows, 0)
    return counts


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a backup whose artefacts all have their checksums. Raises Refusal where anything is amiss."""
    try:
        manifest = unseal((source / MANIFEST).read_bytes())
    except OSError as error:
        raise Refusal(
            _("{folder} holds no backup: its manifest cannot be read ({reason}). Nothing was restored.").format(
                folder=source, reason=error.strerror
            )
        ) from error
    if manifest is None or manifest.get("kind") != KIND:
        raise Refusal(_("The manifest in {folder} is damaged. Nothing was restored.").format(folder=source))
    if manifest["shape"] != SHAPE:
        raise Refusal(
            _(
                "The backup in {folder} was made by a newer Sofra ({version}). Nothing was restored. Use that one."
            ).format(folder=source, version=manifest["sofra"])
        )
    for name, expected in manifest["artefacts"].items():
        try:
            damaged = _artefact(source / name) != expected
        except OSError:
            damaged = True
        if damaged:
            raise Refusal(
                _("{name} in {folder} is damaged or missing: its checksum does not fit. Nothing was restored.").format(
                    name=name, folder=source
                )
            )
    return manifest


def _artefact(file: Path) -> dict[str, Any]:
    digest, size = sha256(), 0
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return {"sha256": digest.hexdigest(), "size": size}


def _create(file: Path) -> Any:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(file: Path, content: bytes) -> None:
    with _create(file) as out:
        out.write(content)
