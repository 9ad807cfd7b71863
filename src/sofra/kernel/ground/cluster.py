"""The embedded database server: made, started, stopped and upgraded by us, with the programs of the wheel.

It listens on a Unix socket in a folder only its user can enter, and lets in nobody without a password (SCRAM). As root, it
runs as an unprivileged user.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import secrets as random_secrets
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from sofra.kernel.environment import read_secrets
from sofra.kernel.ground.binaries import ELSEWHERE, Binaries, can_enter, within_reach
from sofra.kernel.ground.folder import keep_secrets, open_data_folder
from sofra.kernel.ground.processes import command_of, started
from sofra.kernel.ground.troubles import Trouble

ADMIN, OWNER, APP, NAME = "sofra_admin", "sofra_owner", "sofra_app", "sofra"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
#: The shortest limit of a system on a socket's path, less the file's own name.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
    # A statement, or the values of a key, would carry a party's words past the walls into the log.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
#: Starting includes recovery after a crash.
START_SECONDS = 300.0
LOG_BYTES = 10_000_000


@dataclass
class Cluster:
    """One server in one data folder. `durable=False` is for tests: it does not wait for disks."""

    data: Path
    binaries: Binaries
    durable: bool = True
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.user = _unprivileged() if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        open_data_folder(self.data)
        self.base = self._base()
        self.folder = self.base / "postgres"
        self.log = self.base / "postgres.log"

    def made(self) -> bool:
        """Whether the folder holds a server already."""
        return (self.folder / "PG_VERSION").exists()

    # -- life ------------------------------------------------------------------------------------------------------------

    def start(self, leash: list[str] | None = None, *, keep: tuple[int, ...] = (), anew: bool = False) -> None:
        """Make the server if there is none, and start it; one that still runs or closes is waited for first.

        `leash` is a command that runs the server and stops it when the caller dies; it keeps the files `keep` open until
        then. `anew`: a server is made although this folder had one. Raises Trouble if it cannot start.
        """
        self._check_version()
        self.binaries = within_reach(self.binaries, self.user.pw_uid)
        if not (self.folder / "PG_VERSION").exists():
            if self.secrets().get("made") and not anew:
                raise Trouble(
                    f"The database in {self.folder} is missing although it was made once; put it back from your backup, "
                    f"or remove {self.data / 'secrets.json'} to begin with an empty one."
                )
            self._make()
        self.stop_orphan()
        options = {**SETTINGS, **({} if self.durable else HASTY), "unix_socket_directories": str(self.socket_folder())}
        command = [self.binaries.program("postgres"), "-D", str(self.folder)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.rename(self.log.with_suffix(".log.1"))
        until = time.monotonic() + START_SECONDS
        while not self._attempt([*leash, *command] if leash else command, keep if leash else None, until):
            time.sleep(0.2)

    def _attempt(self, command: list[str], keep: tuple[int, ...] | None, until: float) -> bool:
        """Start once and wait until ready; False where sessions of a killed server still end and it is to be tried again."""
        with self.log.open("ab") as log:
            begin = log.tell()
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL if keep is None else subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                pass_fds=keep or (),
                **(self._as_user() if keep is None else {}),
            )
        while self.process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(psycopg.OperationalError), self.connect():
                return True
            time.sleep(0.03)
        told = self.log.read_bytes()[begin:].decode(errors="replace")
        self.stop()
        if "pre-existing shared memory block" in told and time.monotonic() < until:
            return False
        lines = [line for line in told.splitlines() if line.strip()]
        last = ([line for line in lines if "FATAL" in line] or lines or ["it said nothing"])[-1]
        raise Trouble(f"The database server did not start ({last}); its log is {self.log}.")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server and wait until it has closed; does nothing where none runs."""
        if self.running():
            self._control("stop", "-m", mode, "-w", "-t", "60")
        if self.process is not None:
            if self.process.stdin:
                self.process.stdin.close()
            self.process.wait(timeout=60)
            self.process = None

    def stop_orphan(self) -> None:
        """Stop a server that an earlier crash left behind, and wait for one that is still closing."""
        pid = self._pid()
        if self.running():
            self._control("stop", "-m", "fast", "-w", "-t", "60")
        elif pid and started(pid):
            # The number is another program's since; the server would take that for one of its own and refuse to start.
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def running(self) -> bool:
        """Whether a server runs (or still closes) in this folder. Another program that got its number is none."""
        pid = self._pid()
        return bool(pid and started(pid) and str(self.folder) in command_of(pid))

    def _pid(self) -> int | None:
        try:
            return int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None

    # -- databases -------------------------------------------------------------------------------------------------------

    def provision(self) -> None:
        """Give the server its roles and its database. Doing it again changes nothing."""
        self.make_roles()
        with self.connect() as admin:
            found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if found is None:
            self.create_database(NAME)

    def make_roles(self) -> None:
        """The owner role and the application role: neither is a superuser, neither is a member of the other."""
        secrets = self.secrets()
        with self.connect() as admin:
            for role, password in ((OWNER, secrets["owner"]), (APP, secrets["app"])):
                verb = (
                    "ALTER"
                    if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
                    else "CREATE"
                )
                admin.execute(
                    sql.SQL(
                        verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOBYPASSRLS NOREPLICATION "
                        "PASSWORD {}"
                    ).format(sql.Identifier(role), sql.Literal(password))
                )

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database the owner role owns, empty with the extensions, or as a copy of a template."""
        target = sql.Identifier(name)
        with self.connect() as admin:
            if template:
                admin.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy").format(
                        target, sql.Identifier(template), sql.Identifier(OWNER)
                    )
                )
            else:
                admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(target, sql.Identifier(OWNER)))
            admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(target))
            admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(target, sql.Identifier(APP)))
        if template is None:
            with self.connect(name) as admin:
                for extension in EXTENSIONS:
                    admin.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
                admin.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
                admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
                admin.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(APP)))

    def drop_database(self, name: str) -> None:
        """Drop a database and end whoever is connected to it."""
        with self.connect() as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def connect(self, name: str = "postgres", user: str = ADMIN) -> psycopg.Connection[tuple[object, ...]]:
        """A connection in autocommit, as the administrator unless said otherwise."""
        keys = {ADMIN: "admin", OWNER: "owner", APP: "app"}
        return psycopg.connect(
            host=str(self.socket_folder()), dbname=name, user=user, password=self.secrets()[keys[user]], autocommit=True
        )

    def url(self, user: str, name: str = NAME) -> str:
        """The connection URL of a role."""
        password = self.secrets()[{ADMIN: "admin", OWNER: "owner", APP: "app"}[user]]
        return f"postgresql://{user}:{password}@/{name}?host={self.socket_folder()}"

    # -- places ----------------------------------------------------------------------------------------------------------

    def secrets(self) -> dict[str, str]:
        """The generated secrets; made on first use, readable by their owner alone."""
        found = read_secrets(self.data)
        socket = str(self.socket_folder())
        if found.get("socket") == socket:
            return found
        for name in ("admin", "owner", "app"):
            found.setdefault(name, random_secrets.token_urlsafe(32))
        found.setdefault("secret_key", random_secrets.token_urlsafe(64))
        found["socket"] = socket
        keep_secrets(self.data, found)
        return found

    def socket_folder(self) -> Path:
        """The folder of the socket: beside the server, or, where that path is too long, a short one of its own."""
        folder = self.base / "socket"
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER or "," in str(folder):  # a comma separates folders
            digest = hashlib.sha256(str(self.base).encode()).hexdigest()[:12]
            short = min((tempfile.gettempdir(), "/tmp"), key=len)  # noqa: S108 - the folder made inside is private, or refused
            folder = Path(short) / f"sofra-{self.user.pw_uid}-{digest}"
        self._private(folder)
        return folder

    def _base(self) -> Path:
        if os.geteuid() != 0 or can_enter(self.data, self.user.pw_uid):
            base = self.data / "server"
        else:
            ELSEWHERE.mkdir(mode=0o711, parents=True, exist_ok=True)
            base = ELSEWHERE / hashlib.sha256(str(self.data).encode()).hexdigest()[:16]
        self._private(base)
        return base

    def _private(self, folder: Path) -> None:
        """Make a folder that only the server's user can enter. Raises Trouble if somebody else made it before."""
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        status = folder.lstat()
        if folder.is_symlink() or not folder.is_dir() or status.st_uid != self.user.pw_uid or status.st_mode & 0o077:
            raise Trouble(f"The folder {folder} is not the private folder of the user {self.user.pw_name}; remove it.")

    # -- making ----------------------------------------------------------------------------------------------------------

    def _check_version(self) -> None:
        file = self.folder / "PG_VERSION"
        major = self.binaries.major
        if file.exists() and int(file.read_text().strip()) != major:
            stands = file.read_text().strip()
            raise Trouble(
                f"The data folder {self.data} was made by PostgreSQL {stands}, and the programs here are version {major}; "
                f"run sofra upgrade-database --old-bindir DIR with the bin folder of PostgreSQL {stands}."
            )

    def _make(self) -> None:
        draft = self.base / "postgres.new"  # made whole or not at all: initdb can be interrupted
        shutil.rmtree(draft, ignore_errors=True)
        password = self.base / ".password"
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        try:
            password.write_text(self.secrets()["admin"])
            os.chown(password, self.user.pw_uid, self.user.pw_gid)
            builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.binaries.major >= 17 else []
            options = [
                "-D", str(draft), "-U", ADMIN, "--auth=scram-sha-256", f"--pwfile={password}",
                "--encoding=UTF8", *builtin, "--data-checksums", "--no-instructions",
                *([] if self.durable else ["--no-sync"]),
            ]  # fmt: skip
            try:
                # Letters beyond ASCII are letters: trigrams of Џак, lower case of Ş.
                self._run("initdb", *options, "--locale=C.UTF-8")
            except Trouble:  # a system without that locale
                self._run("initdb", *options, "--locale=C")
        except Trouble:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        finally:
            password.unlink(missing_ok=True)
        (draft / "pg_hba.conf").write_text(
            "# Written by Sofra: the socket only, a password always.\nlocal all all scram-sha-256\n"
        )
        draft.rename(self.folder)
        keep_secrets(self.data, {**self.secrets(), "made": "yes"})

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder), *arguments)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [self.binaries.program(program), *arguments],
            capture_output=True, text=True, check=False, cwd="/", env={**os.environ, "LC_ALL": "C"}, **self._as_user(),
        )  # fmt: skip
        if check and done.returncode != 0:
            told = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
            raise Trouble(f"{program} failed: {told}")
        return done

    def _as_user(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def _unprivileged() -> pwd.struct_passwd:
    """The user the server runs as where we are root: "sofra", made on first use. Raises Trouble where that cannot be.

    No user that other services share: what such a user may read, they may read.
    """
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("sofra")
    wanted = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "sofra"]
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd:
        subprocess.run([useradd, *wanted[1:]], capture_output=True, check=False)
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("sofra")
    raise Trouble(
        "Started by root, the database runs as the system user sofra, which could not be made; "
        f"run {' '.join(wanted)}, or start as another user."
    )
