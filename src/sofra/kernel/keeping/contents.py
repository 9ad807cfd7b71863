"""What is in a house, counted: rows per table, the content of every file. A backup writes it down, a restore compares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql

#: Pieces of a file fetched at a time (each is at most a quarter of a mebibyte).
FETCH = 16

_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind = 'r'
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
 ORDER BY c.relname
"""


@dataclass(frozen=True)
class KeptFile:
    """A file as its pieces are, with what its row says of it."""

    id: str
    sha256: str
    size: int
    recorded_sha256: str
    recorded_size: int

    @property
    def whole(self) -> bool:
        """Whether the pieces are what the row says."""
        return (self.sha256, self.size) == (self.recorded_sha256, self.recorded_size)


def tables(connection: psycopg.Connection[Any]) -> list[str]:
    """The house's tables, by name."""
    return [row[0] for row in connection.execute(_TABLES).fetchall()]


def count_rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows per table, as the connection's role sees them."""
    counts = {}
    for table in tables(connection):
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        assert row is not None
        counts[table] = int(row[0])
    return counts


def read_files(connection: psycopg.Connection[Any]) -> Iterator[KeptFile]:
    """Every file, hashed from its pieces, in the order of ids. Call it inside a transaction; memory stays small."""
    with connection.cursor(name="sofra_files") as files:
        files.execute("SELECT id, sha256, size FROM kernel_file ORDER BY id")
        for key, recorded, size in files:
            digest, length = sha256(), 0
            with connection.cursor(name="sofra_pieces") as pieces:
                pieces.itersize = FETCH
                pieces.execute("SELECT data FROM kernel_filechunk WHERE file_id = %s ORDER BY number", [key])
                for (data,) in pieces:
                    digest.update(data)
                    length += len(data)
            yield KeptFile(str(key), digest.hexdigest(), length, recorded.hex(), int(size))


def differences(expected: dict[str, int], found: dict[str, int]) -> Iterator[str]:
    """A sentence for each table whose count of rows is not the expected one."""
    for table in sorted(expected.keys() | found.keys()):
        if expected.get(table) != found.get(table):
            yield _("The table {table} holds {found} rows where {expected} were expected.").format(
                table=table, found=found.get(table, _("no")), expected=expected.get(table, _("no"))
            )
