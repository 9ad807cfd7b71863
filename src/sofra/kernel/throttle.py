"""Throttles that hold across workers and hosts: counted in the database, committed apart from the request."""

from __future__ import annotations

import hashlib

from django.db import connections

APART = "apart"


def hits(key: str, seconds: int) -> int:
    """Count one more hit under a key and answer how many fell in its window of so many seconds."""
    with connections[APART].cursor() as cursor:
        cursor.execute("SELECT sofra_throttle(%s, %s)", [_digest(key), seconds])
        return int(cursor.fetchone()[0])


def wait(key: str, seconds: int) -> int:
    """How many seconds are left of a key's window; 0 where none is open."""
    with connections[APART].cursor() as cursor:
        cursor.execute("SELECT sofra_throttle_wait(%s, %s)", [_digest(key), seconds])
        return int(cursor.fetchone()[0])


def forget(key: str) -> None:
    """Start the window of a key anew, as after a successful sign-in."""
    with connections[APART].cursor() as cursor:
        cursor.execute("SELECT sofra_throttle_forget(%s)", [_digest(key)])


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
