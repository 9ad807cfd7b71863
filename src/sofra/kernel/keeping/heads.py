"""Heads of the audit chains, taken out of the house, so that a cut tail can be seen later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from sofra.kernel import acting
from sofra.kernel.keeping.writing import seal, unseal, write_whole
from sofra.kernel.refusals import Refusal

KIND = "sofra audit heads"


@dataclass(frozen=True)
class Head:
    """The last link of a chain: its number and its hash."""

    chain: str
    number: int
    hash: bytes


@dataclass(frozen=True)
class Heads:
    """All heads at an instant."""

    at: datetime
    heads: tuple[Head, ...]


def dumps(heads: Heads) -> bytes:
    """The heads as a file's content, sealed with its own digest."""
    rows = [{"chain": head.chain, "number": head.number, "hash": head.hash.hex()} for head in heads.heads]
    return seal({"kind": KIND, "at": heads.at.astimezone(UTC).isoformat(), "heads": rows})


def loads(content: bytes) -> Heads:
    """Read what `dumps` wrote. Raises Refusal where the content is something else, damaged or edited."""
    found = unseal(content)
    if found is None or found.get("kind") != KIND:
        raise Refusal(
            _("This is no file of exported heads, or it was changed since its export: its digest does not fit.")
        )
    try:
        heads = tuple(Head(str(row["chain"]), int(row["number"]), bytes.fromhex(row["hash"])) for row in found["heads"])
        return Heads(datetime.fromisoformat(found["at"]), heads)
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(_("This file of exported heads lacks a part: {part}.").format(part=error)) from error


def of_rows(rows: Iterable[tuple[Any, ...]], at: datetime | None = None) -> Heads:
    """Heads from rows of chain, number and hash."""
    heads = tuple(Head(str(chain), int(number), bytes(link)) for chain, number, link in rows)
    return Heads(at or datetime.now(UTC), tuple(sorted(heads, key=lambda head: head.chain)))


def of_house() -> Heads:
    """The heads, asked by the application role acting as the house, which may know how long each chain is and no more."""
    with acting.acting_as_house(), connection.cursor() as cursor:
        cursor.execute("SELECT chain, seq, hash, clock_timestamp() FROM sofra_audit_heads()")
        rows = cursor.fetchall()
    return of_rows((row[:3] for row in rows), rows[0][3] if rows else None)


def export_daily(folder: Path) -> Path:
    """Write today's heads to `folder`/YYYY-MM-DD.json (UTC) and answer the file. The first export of a day stays as it is.

    Raises OSError where the folder cannot be written.
    """
    heads = of_house()
    file = folder / f"{heads.at.astimezone(UTC).date().isoformat()}.json"
    if not file.exists():
        write_whole(file, dumps(heads))
    return file
