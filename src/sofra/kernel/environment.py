"""Typed SOFRA_* settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Database:
    """Where a database is and as whom one reaches it."""

    name: str
    user: str
    password: str
    host: str
    port: str = ""


@dataclass(frozen=True)
class Environment:
    """What the operator decided."""

    data: Path
    database: Database
    owner_database: Database
    hosts: tuple[str, ...]
    secret_key: str
    demonstration: bool
    tls: bool
    log: str
    session_hours: int
    idle_minutes: int


def read_environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings."""
    app = _database(environ.get("SOFRA_DATABASE_URL", "postgresql://sofra_app:x@/sofra?host=/tmp/sofra-none"))
    owner = environ.get("SOFRA_OWNER_DATABASE_URL")
    return Environment(
        data=Path(environ.get("SOFRA_DATA", ".sofra")).resolve(),
        database=app,
        owner_database=_database(owner) if owner else app,
        hosts=tuple(environ.get("SOFRA_HOSTS", "localhost,127.0.0.1").split(",")),
        secret_key=environ.get("SOFRA_SECRET_KEY", "not-secret-" * 5),
        demonstration=environ.get("SOFRA_DEMONSTRATION", "") == "1",
        tls=environ.get("SOFRA_TLS", "") == "1",
        log=environ.get("SOFRA_LOG", "WARNING"),
        session_hours=12,
        idle_minutes=30,
    )


def _database(url: str) -> Database:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return Database(
        name=parts.path.lstrip("/"),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=(query.get("host") or [parts.hostname or ""])[0],
        port=str(parts.port or ""),
    )
