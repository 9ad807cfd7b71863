"""Typed SOFRA_* settings: read once, at the start; an unknown or wrong one stops it with a sentence."""

from __future__ import annotations

import json
import os
import re
import secrets as random_secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from sofra.kernel.ground.troubles import Trouble


class BadEnvironment(Trouble):
    """A setting is unknown or wrong; the message says which and what to do."""


@dataclass(frozen=True)
class Database:
    """Where a database is and as whom one reaches it. `host` may be the folder of a Unix socket.

    `options` are further words for libpq, such as sslmode.
    """

    name: str
    user: str
    password: str
    host: str
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Environment:
    """What the operator decided."""

    data: Path
    external: bool
    database: Database
    owner_database: Database
    bindir: Path | None
    hosts: tuple[str, ...]
    secret_key: str
    demonstration: bool
    tls: bool
    mail_relay: str
    mail_from: str
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    oidc_name: str
    idle_minutes: int
    session_hours: int
    workers: int
    log: str
    source_url: str


#: Every setting, and what it decides. docs/operating.md lists the same; a test compares them.
SETTINGS: dict[str, str] = {
    "SOFRA_DATA": "the data folder",
    "SOFRA_DATABASE_URL": "an external PostgreSQL, as the application role",
    "SOFRA_OWNER_DATABASE_URL": "the same database, as the owner role, for migrations, backup and restore",
    "SOFRA_PG_BINDIR": "binaries of an installed PostgreSQL to use instead of the embedded ones",
    "SOFRA_HOSTS": "host names the house answers to, separated by commas",
    "SOFRA_SECRET_KEY": "the key that signs sessions; made and kept in the data folder where it is not set",
    "SOFRA_DEMONSTRATION": "1 opens the demonstration seats",
    "SOFRA_TLS": "1 says that a proxy in front serves TLS",
    "SOFRA_MAIL_RELAY": "a mail relay, smtp://user:password@host:port",
    "SOFRA_MAIL_FROM": "the sender of what goes through the relay",
    "SOFRA_OIDC_ISSUER": "an OpenID Connect issuer for sign-in",
    "SOFRA_OIDC_CLIENT_ID": "the client's id there",
    "SOFRA_OIDC_CLIENT_SECRET": "the client's secret there",
    "SOFRA_OIDC_NAME": "what the sign-in page calls that issuer",
    "SOFRA_IDLE_MINUTES": "minutes without a request after which a session ends",
    "SOFRA_SESSION_HOURS": "hours after which a session ends in any case",
    "SOFRA_WORKERS": "web processes",
    "SOFRA_LOG": "the level of the log: DEBUG, INFO, WARNING or ERROR",
    "SOFRA_SOURCE_URL": "where the source of the running version is offered; where it is not set, the house serves its own files",
    "SOFRA_CACHE": "where the command line keeps what it made of the lexicon; empty keeps nothing",
    "SOFRA_CHROMIUM": "the browser the tests use",
    "SOFRA_PROCESS": "internal: owner, for processes that act as the owner role",
    "SOFRA_TEST_SERVER": "internal: the server a test run shares",
}

#: What a database's address may say after the question mark, besides the host.
OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey"}
NO_SECRETS = Database("sofra", "sofra_app", "", "/nonexistent")


def read_environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read and check every setting. Raises BadEnvironment with one sentence for the first that is wrong."""
    for name in sorted(environ):
        if name.startswith("SOFRA_") and name not in SETTINGS:
            raise BadEnvironment(
                f"The setting {name} is not known; remove it or correct its name (see docs/operating.md)."
            )
    data = Path(environ.get("SOFRA_DATA") or "~/.local/share/sofra").expanduser().absolute()
    url, owner_url = environ.get("SOFRA_DATABASE_URL", ""), environ.get("SOFRA_OWNER_DATABASE_URL", "")
    if bool(url) != bool(owner_url):
        raise BadEnvironment("Set SOFRA_DATABASE_URL and SOFRA_OWNER_DATABASE_URL together: two roles of one database.")
    secrets = read_secrets(data)
    app, owner = (
        (_database("SOFRA_DATABASE_URL", url), _database("SOFRA_OWNER_DATABASE_URL", owner_url))
        if url
        else embedded_databases(secrets)
    )
    return Environment(
        data=data,
        external=bool(url),
        database=app,
        owner_database=owner,
        bindir=Path(environ["SOFRA_PG_BINDIR"]) if environ.get("SOFRA_PG_BINDIR") else None,
        hosts=_hosts(environ.get("SOFRA_HOSTS") or "localhost,127.0.0.1"),
        # Before the first start there is none to keep: one for this process alone, never one that others could know.
        secret_key=environ.get("SOFRA_SECRET_KEY") or secrets.get("secret_key") or random_secrets.token_urlsafe(64),
        demonstration=_flag(environ, "SOFRA_DEMONSTRATION"),
        tls=_flag(environ, "SOFRA_TLS"),
        mail_relay=_relay(environ.get("SOFRA_MAIL_RELAY", "")),
        mail_from=environ.get("SOFRA_MAIL_FROM", ""),
        oidc_issuer=_issuer(environ.get("SOFRA_OIDC_ISSUER", "")),
        oidc_client_id=environ.get("SOFRA_OIDC_CLIENT_ID", ""),
        oidc_client_secret=environ.get("SOFRA_OIDC_CLIENT_SECRET", ""),
        oidc_name=environ.get("SOFRA_OIDC_NAME", "") or "OpenID Connect",
        idle_minutes=_number(environ, "SOFRA_IDLE_MINUTES", 30, 1, 24 * 60),
        session_hours=_number(environ, "SOFRA_SESSION_HOURS", 12, 1, 24 * 14),
        workers=_number(environ, "SOFRA_WORKERS", 2, 1, 64),
        log=_choice(environ, "SOFRA_LOG", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR")),
        source_url=_web_address(environ, "SOFRA_SOURCE_URL"),
    )


def read_secrets(data: Path) -> dict[str, str]:
    """The generated secrets of a data folder; empty before its first start. Raises BadEnvironment if unreadable."""
    file = data / "secrets.json"
    try:
        secrets: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise BadEnvironment(f"The file {file} cannot be read ({error}); restore it from your backup.") from None
    return secrets


def embedded_databases(secrets: Mapping[str, str]) -> tuple[Database, Database]:
    """The embedded database as the application role and as the owner role."""
    if "socket" not in secrets:
        return NO_SECRETS, NO_SECRETS
    return (
        Database("sofra", "sofra_app", secrets["app"], secrets["socket"]),
        Database("sofra", "sofra_owner", secrets["owner"], secrets["socket"]),
    )


def _database(setting: str, url: str) -> Database:
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:
        parts, port = urlsplit(""), "wrong"
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name or not parts.username or not host or port == "wrong":
        raise BadEnvironment(f"{setting} is not of the form postgresql://role:password@host:port/database; correct it.")
    # An option that is not passed on would be broken in silence: sslmode=require must not become a plain connection.
    for option in sorted(query.keys() - OPTIONS):
        raise BadEnvironment(f"{setting} has the option {option!r}; leave it out, or use {', '.join(sorted(OPTIONS))}.")
    return Database(
        name, unquote(parts.username), unquote(parts.password or ""), host, port, tuple(sorted(query.items()))
    )


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "")
    if value not in ("", "0", "1"):
        raise BadEnvironment(f"{name} is {value!r}; set it to 1 or 0.")
    return value == "1"


def _number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = environ.get(name, "")
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise BadEnvironment(f"{name} is {value!r}; set it to a whole number from {least} to {most}.")
    return int(value)


def _choice(environ: Mapping[str, str], name: str, default: str, choices: tuple[str, ...]) -> str:
    value = environ.get(name) or default
    if value not in choices:
        raise BadEnvironment(f"{name} is {value!r}; set it to one of {', '.join(choices)}.")
    return value


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    for host in hosts:
        if not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", host):
            raise BadEnvironment(f"SOFRA_HOSTS holds {host!r}, which is no host name; separate plain names by commas.")
    return hosts


def _web_address(environ: Mapping[str, str], name: str) -> str:
    url = environ.get(name, "")
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if (url and not right) or re.search(r"\s", url):
        raise BadEnvironment(f"{name} is not of the form https://host/path; correct it.")
    return url


def _relay(url: str) -> str:
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if url and not right:
        raise BadEnvironment("SOFRA_MAIL_RELAY is not of the form smtp://user:password@host:port; correct it.")
    return url


def _issuer(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    # Secrets and identities go over this connection: only one that never leaves this machine may be in the clear.
    right = bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in ("localhost", "127.0.0.1")))
    if url and not right:
        raise BadEnvironment("SOFRA_OIDC_ISSUER is not of the form https://provider.example.org; correct it.")
    return url
