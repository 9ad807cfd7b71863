"""`sofra serve`: one process that owns the database, the web server and the worker, and takes them along when it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg

from sofra.kernel.environment import Environment, read_environment, read_secrets
from sofra.kernel.ground import binaries
from sofra.kernel.ground.cluster import Cluster
from sofra.kernel.ground.folder import closing, keep_secrets, only_start, open_data_folder
from sofra.kernel.ground.troubles import Trouble

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: The exit code by which a command of the house answers that it found something.
FINDINGS = 1
PYTHON = [sys.executable, "-m", "sofra"]


#: How long the web server and the worker may take to end what they are at.
STOP_SECONDS = 8


def leash(gentle: str, firm: str = "SIGKILL", seconds: int = STOP_SECONDS, user: str = "-") -> list[str]:
    """The command prefix under which a program stops when we die."""
    script = Path(__file__).resolve().with_name("leash.py")
    return [sys.executable, "-I", str(script), gentle, firm, str(seconds), user, "--"]


class Supervisor:
    """Starts everything in order, serves until told to stop, stops everything in reverse order."""

    def __init__(self, port: int, say: Callable[[str], None], *, with_record: bool = False) -> None:
        self.port = port
        self.say = say
        self.with_record = with_record
        self.environment = read_environment()
        self.cluster: Cluster | None = None
        self.children: list[tuple[str, subprocess.Popen[bytes]]] = []
        self.told_to_stop = False
        self.lock = -1

    def serve(self) -> None:
        """Serve in the foreground until SIGINT or SIGTERM. Raises Trouble with a sentence where that cannot be."""
        for number in STOPS:
            signal.signal(number, self._on_signal)
        data = self.environment.data
        open_data_folder(data)
        with only_start(data, lambda: self.told_to_stop) as self.lock:
            try:
                self._require_free_port()
                self._start_database()
                self._open_house()
                self._start("web server", "SIGTERM", *self._web())
                self._start("worker", "SIGTERM", *PYTHON, "worker")
                self._wait_until_it_answers()
                if not self.told_to_stop:
                    self.say(f"Sofra is ready at http://localhost:{self.port}")
                self._watch()
            finally:
                self._stop()

    # -- starting --------------------------------------------------------------------------------------------------------

    def _require_free_port(self) -> None:
        if not 0 < self.port < 65536:
            raise Trouble(f"{self.port} is no port; choose one from 1 to 65535, e.g. PORT=8000.")
        with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except PermissionError:
                raise Trouble(
                    f"This user may not serve at port {self.port}; choose one above 1023, e.g. PORT=8000."
                ) from None
            except OSError:
                raise Trouble(
                    f"Port {self.port} is taken; stop what uses it, or choose another, e.g. PORT=8001."
                ) from None

    def _start_database(self) -> None:
        if self.environment.external:
            self.say("Reaching the database")
            check_external(self.environment)
            kept = read_secrets(self.environment.data)
            keep_secrets(self.environment.data, {"secret_key": self.environment.secret_key, **kept})
            return
        cluster = Cluster(self.environment.data, binaries.find(self.environment.bindir))
        self.cluster = cluster
        self.say("Starting the database" if cluster.made() else "Making the database")
        cluster.start(leash("SIGINT", "SIGQUIT", 20, cluster.user.pw_name), keep=(self.lock,))
        cluster.provision()

    def _open_house(self) -> None:
        """Make the house ready; where the tables are another version's, bring them up to date first."""
        step = ["open-house", *(["--record"] if self.with_record else [])]
        checking = "Checking the walls and loading the record" if self.with_record else "Checking the walls"
        self.say(checking)
        if self._run(*step, findings=True) == FINDINGS:
            self.say("Bringing the tables up to date")
            self._run("migrate", SOFRA_PROCESS="owner")
            self.say(checking)
            self._run(*step)
        self.say("Starting the web server and the worker")

    def _run(self, *command: str, findings: bool = False, **environ: str) -> int:
        """Run a step of the house as a process of its own; its last line is the sentence if it fails. Answers its exit code.

        `findings` says that exit code 1 is an answer and no failure.
        """
        if self.told_to_stop:
            return 0
        with tempfile.TemporaryFile("w+") as output:
            step = subprocess.Popen(
                [*leash("SIGTERM"), *PYTHON, *command],
                env={**os.environ, **environ}, stdin=subprocess.PIPE, stdout=output, stderr=output,
                start_new_session=True, pass_fds=(self.lock,),
            )  # fmt: skip
            while step.poll() is None:
                if self._stopping():
                    step.terminate()
                time.sleep(0.03)
            output.seek(0)
            told = output.read().strip().splitlines() or ["it said nothing"]
        if step.returncode not in (0, FINDINGS if findings else 0) and not self._stopping():
            raise Trouble(told[-1].removeprefix("sofra: "))
        return step.returncode or 0

    def _web(self) -> list[str]:
        binds = [f"127.0.0.1:{self.port}"]
        if _speaks_ipv6(self.port):
            binds.append(f"[::1]:{self.port}")
        command = [sys.executable, "-m", "gunicorn", "sofra.conf.wsgi:application", "--worker-class", "gthread"]
        command += [
            "--workers",
            str(self.environment.workers),
            "--threads",
            "4",
            "--timeout",
            "60",
            "--graceful-timeout",
            "5",
        ]
        command += ["--preload", "--log-level", "warning", "--no-control-socket"]
        for bind in binds:
            command += ["--bind", bind]
        return command

    def _start(self, name: str, signal_name: str, *command: str) -> None:
        if not self.told_to_stop:
            child = subprocess.Popen(
                [*leash(signal_name), *command], stdin=subprocess.PIPE, start_new_session=True, pass_fds=(self.lock,)
            )
            self.children.append((name, child))

    def _wait_until_it_answers(self, seconds: float = 180) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.told_to_stop:
            with contextlib.suppress(urllib.error.URLError, OSError):
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            self._require_living_children()
            time.sleep(0.05)
        if not self.told_to_stop:
            raise Trouble("The web server did not answer within three minutes; look at what it wrote above.")

    # -- serving and stopping --------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self.told_to_stop:
            self._require_living_children()
            time.sleep(0.2)

    def _require_living_children(self) -> None:
        database = self.cluster.process if self.cluster else None
        for name, child in (*self.children, *([("database server", database)] if database else [])):
            if child.poll() is not None and not self.told_to_stop:
                raise Trouble(
                    f"The {name} ended on its own (code {child.returncode}); everything was stopped. Start again."
                )

    def _stopping(self) -> bool:
        return self.told_to_stop

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop = True

    def _stop(self) -> None:
        closing(self.environment.data)
        for _, child in self.children:
            with contextlib.suppress(OSError):
                child.terminate()
        for _, child in reversed(self.children):
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=STOP_SECONDS + 2)
            with contextlib.suppress(OSError):
                os.killpg(child.pid, signal.SIGKILL)  # whatever is left of it
        if self.cluster is not None:
            self.cluster.stop()


def check_external(environment: Environment, least: int = binaries.LEAST_MAJOR) -> None:
    """Make sure both roles reach an external database of the least major version or later. Raises Trouble otherwise."""
    for setting, database in (
        ("SOFRA_DATABASE_URL", environment.database),
        ("SOFRA_OWNER_DATABASE_URL", environment.owner_database),
    ):
        try:
            with psycopg.connect(
                host=database.host, port=database.port or None, dbname=database.name, user=database.user,
                password=database.password, connect_timeout=10, **dict(database.options),  # type: ignore[arg-type]
            ) as connection:  # fmt: skip
                version = connection.info.server_version
                unsafe = _unsafe(connection, environment) if setting == "SOFRA_DATABASE_URL" else None
        except psycopg.Error as error:
            told = (str(error).strip() or "no reason given").splitlines()[0]
            raise Trouble(f"{setting} does not lead to a database ({told}); correct it or start that server.") from None
        if version < least * 10000:
            raise Trouble(
                f"The database behind {setting} is PostgreSQL {version // 10000}; Sofra needs {least} or later. "
                "Name a newer server, or leave the setting out for the embedded one."
            )
        if unsafe:
            raise Trouble(unsafe)


def _unsafe(connection: psycopg.Connection[tuple[Any, ...]], environment: Environment) -> str | None:
    """What the application role may that it must not, before anything is done with it; the walls are checked later."""
    row = connection.execute(
        """SELECT app.rolsuper OR app.rolbypassrls, coalesce(pg_has_role(app.oid, owner.oid, 'MEMBER'), false)
             FROM pg_roles app LEFT JOIN pg_roles owner ON owner.rolname = %s WHERE app.rolname = current_user""",
        [environment.owner_database.user],
    ).fetchone()
    role = environment.database.user
    if row and row[0]:
        return f"The application role {role} is a superuser or may bypass row security; give it neither."
    if row and row[1]:
        return f"The application role {role} is the owner role or a member of it; use a role of its own."
    return None


def _speaks_ipv6(port: int) -> bool:
    with contextlib.suppress(OSError), contextlib.closing(socket.socket(socket.AF_INET6, socket.SOCK_STREAM)) as probe:
        probe.bind(("::1", port))
        return True
    return False
