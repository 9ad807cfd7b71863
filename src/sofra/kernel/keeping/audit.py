"""Verifies every audit chain, streaming, in one snapshot, as a role that sees every row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import psycopg
from django.utils.translation import gettext as _

from sofra.kernel.keeping.chains import Entry, Finding, Payload, Walk
from sofra.kernel.keeping.heads import Head, Heads, of_rows
from sofra.kernel.keeping.sight import hidden_tables
from sofra.kernel.refusals import Refusal

#: Rows fetched at a time, and entries between two reports of progress.
FETCH = 2000
TABLES = ("kernel_auditchain", "kernel_auditentry", "kernel_auditpayload")

#: What a payload's body says of where it stands, since version 2 of the digest.
PLACEMENT = ("audience", "format", "owner", "readers", "readable_from", "entry")

_CHAINS = "SELECT DISTINCT chain FROM kernel_auditentry UNION SELECT DISTINCT chain FROM kernel_auditpayload"

Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What a verification found. `chains` and `entries` say how much was walked, `against` which export it was held to."""

    chains: int = 0
    entries: int = 0
    against: datetime | None = None
    findings: list[Finding] = field(default_factory=list)


def read_heads(connection: psycopg.Connection[Any]) -> Heads:
    """The heads as they are stored, read by the owner role."""
    require_sight(connection, TABLES)
    rows = connection.execute("SELECT chain, seq, hash FROM kernel_auditchain ORDER BY chain").fetchall()
    return of_rows(rows)


def require_sight(connection: psycopg.Connection[Any], tables: tuple[str, ...] = ()) -> None:
    """Raise Refusal where the connection's role would not see every row of these tables (of all, where none is named)."""
    hidden = [table for table in hidden_tables(connection) if not tables or table in tables]
    if hidden:
        raise Refusal(
            _(
                "The role {role} does not see every row of {tables}. Nothing was done. "
                "Set SOFRA_OWNER_DATABASE_URL to the role that owns the tables, and run sofra migrate."
            ).format(role=connection.info.user, tables=", ".join(hidden))
        )


def verify(
    connection: psycopg.Connection[Any], exported: Heads | None = None, progress: Progress = lambda done, of: None
) -> Report:
    """Walk every chain; hold it to exported heads where some are given. Memory does not grow with the chains.

    `connection` must not be in a transaction. `progress` is told how many entries were walked, of how many.
    Raises Refusal where the role is blind, psycopg.Error where the database does not answer.
    """
    report = Report(against=exported.at if exported else None)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    try:
        with connection.transaction():
            stored = {head.chain: head for head in read_heads(connection).heads}
            sent = {head.chain: head for head in exported.heads} if exported else {}
            names = {row[0] for row in connection.execute(_CHAINS)}
            total = sum(head.number for head in stored.values())
            for chain in sorted(names | stored.keys() | sent.keys()):
                if chain not in names and chain not in stored:
                    report.findings.append(_missing(sent[chain]))
                    continue
                _walk(connection, Walk(chain, stored.get(chain), sent.get(chain), _Stored(connection, chain)), report,
                      lambda done: progress(done, total))  # fmt: skip
    finally:
        connection.isolation_level = None
    return report


def _walk(connection: psycopg.Connection[Any], walk: Walk, report: Report, progress: Callable[[int], None]) -> None:
    before = report.entries
    for done in walk.along(_entries(connection, walk.chain), _payloads(connection, walk.chain)):
        if done % FETCH == 0:
            progress(before + done)
    report.chains += 1
    report.entries += walk.entries
    report.findings += walk.findings()


def _missing(head: Head) -> Finding:
    sentence = _("Chain {chain} is missing as a whole: its exported head is entry {number}.")
    return Finding("missing", head.chain, 0, sentence.format(chain=head.chain, number=head.number))


def _entries(connection: psycopg.Connection[Any], chain: str) -> Iterator[Entry]:
    with connection.cursor(name="sofra_entries") as cursor:
        cursor.itersize = FETCH
        cursor.execute(
            "SELECT seq, extract(epoch FROM at), digest, previous, hash FROM kernel_auditentry WHERE chain = %s ORDER BY seq",
            [chain],
        )
        for seq, at, digest, previous, link in cursor:
            yield Entry(seq, _microseconds(at), digest, previous, link)


def _payloads(connection: psycopg.Connection[Any], chain: str) -> Iterator[Payload]:
    with connection.cursor(name="sofra_payloads") as cursor:
        cursor.itersize = FETCH
        cursor.execute(
            "SELECT seq, extract(epoch FROM at), action, subject::text, seat_id::text, salt, body, audience,"
            " format_id::text, owner_party_id::text, readers::text[], extract(epoch FROM readable_from)::text, entry_id::text"
            " FROM kernel_auditpayload WHERE chain = %s ORDER BY seq",
            [chain],
        )
        for seq, at, action, subject, seat, salt, body, *placement in cursor:
            said = {"action": action, "subject": subject, "seat": seat}
            content = _content(body)
            agrees = all(content.get(key) == value for key, value in said.items())
            moved = _moved(content, dict(zip(PLACEMENT, placement, strict=True)))
            yield Payload(seq, _microseconds(at), sha256(salt + body.encode()).digest(), agrees, moved)


@dataclass(frozen=True)
class _Stored:
    """One chain's shelf in the database."""

    connection: psycopg.Connection[Any]
    chain: str

    def hash(self, number: int) -> bytes | None:
        row = self.connection.execute(
            "SELECT hash FROM kernel_auditentry WHERE chain = %s AND seq = %s", [self.chain, number]
        ).fetchone()
        return row[0] if row else None

    def digest(self, number: int) -> bytes | None:
        row = self.connection.execute(
            "SELECT salt, body FROM kernel_auditpayload WHERE chain = %s AND seq = %s", [self.chain, number]
        ).fetchone()
        return sha256(row[0] + row[1].encode()).digest() if row else None


def _microseconds(seconds: Decimal) -> int | None:
    return int(seconds * 1_000_000) if seconds.is_finite() else None


def _content(body: str) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _moved(content: dict[str, Any], stands: dict[str, Any]) -> tuple[str, ...]:
    """The parts of a payload's placement that are not as its body says. Bodies of digest version 1 do not say."""
    if "digest" not in content:
        return ()
    said = content.get("placement")
    return tuple(part for part in PLACEMENT if not isinstance(said, dict) or said.get(part) != stands[part])
