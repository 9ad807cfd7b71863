"""`sofra serve` owns all it starts: it is ready when it says so, and takes everything along however it ends."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from sofra.kernel.environment import read_environment
from sofra.kernel.ground import binaries
from sofra.kernel.ground.supervisor import check_external
from sofra.kernel.ground.troubles import Trouble
from tests.support.server import Server

pytestmark = [pytest.mark.cluster, pytest.mark.enable_socket]
READY_SECONDS = 300


@dataclass
class Served:
    """A running supervisor, and everything it started."""

    process: subprocess.Popen[str]
    port: int
    said: Path

    def all(self) -> list[psutil.Process]:
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def end(self, number: int, seconds: float = 30) -> int:
        """Send a signal and wait until nothing is left of what runs now. Answers the exit code."""
        started = self.all()
        self.process.send_signal(number)
        code = self.process.wait(seconds)
        _, alive = psutil.wait_procs(started, timeout=seconds)
        assert alive == []
        return code


Serve = Callable[..., Served]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sofra-serving-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def serve(data: Path, plain_environ: dict[str, str]) -> Iterator[Serve]:
    """Starts `sofra serve` on the data folder of this file's tests and waits until it says that it is ready."""
    made: list[Served] = []

    def start(port: int | None = None) -> Served:
        port = port or free_port()
        said = data.parent / f"said-{port}-{len(made)}"
        with said.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "sofra", "serve", "--port", str(port)],
                env={**plain_environ, "SOFRA_DATA": str(data)}, stdout=output, stderr=output,
                stdin=subprocess.DEVNULL, text=True, start_new_session=True,
            )  # fmt: skip
        served = Served(process, port, said)
        made.append(served)
        until = time.monotonic() + READY_SECONDS
        while "is ready" not in said.read_text():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        return served

    yield start
    for served in made:
        if served.process.poll() is None:
            with contextlib.suppress(psutil.Error):
                served.end(signal.SIGTERM)


def refused(environ: dict[str, str], *arguments: str) -> str:
    """The one sentence with which a start is refused."""
    done = subprocess.run(
        [sys.executable, "-m", "sofra", "serve", *arguments], env=environ, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 2, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("sofra: ")
    return lines[0]


def fetch(address: str) -> int:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return int(answer.status)


def test_it_says_it_is_ready_answers_and_ends_with_sigterm(serve: Serve) -> None:
    served = serve()
    assert f"Sofra is ready at http://localhost:{served.port}" in served.said.read_text().splitlines()
    for host in ("localhost", "127.0.0.1"):
        assert fetch(f"http://{host}:{served.port}/en/") == 200
        assert fetch(f"http://{host}:{served.port}/healthz") == 200
    assert served.end(signal.SIGTERM) == 0


STEPS = [
    "Starting the database",
    "Checking the walls",
    "Starting the web server and the worker",
]


def test_a_second_start_says_its_steps_and_that_it_is_ready_and_is_quick(serve: Serve) -> None:
    serve().end(signal.SIGTERM)
    again = serve()
    processors = sum(sum(process.cpu_times()[:4]) for process in again.all())
    time.sleep(2)  # the worker begins; it announces nothing
    assert fetch(f"http://127.0.0.1:{again.port}/en/") == 200
    assert again.end(signal.SIGTERM) == 0
    assert again.said.read_text().splitlines() == [*STEPS, f"Sofra is ready at http://localhost:{again.port}"]
    # Seconds of one processor, whatever else the machine does; on two, web server and worker start beside each other.
    assert processors < 15


def test_its_death_leaves_nothing_and_the_next_start_waits_for_what_closes(serve: Serve, data: Path) -> None:
    served = serve()
    started = served.all()
    assert len(started) > 8  # supervisor, leashes, web processes, worker, database
    served.process.kill()
    again = serve(served.port)
    _, alive = psutil.wait_procs(started, timeout=5)
    assert alive == []
    assert fetch(f"http://127.0.0.1:{again.port}/healthz") == 200
    assert again.end(signal.SIGTERM) == 0


def test_a_second_start_on_the_same_folder_or_port_is_refused_and_ctrl_c_ends_the_first(
    serve: Serve, data: Path, plain_environ: dict[str, str]
) -> None:
    served = serve()
    told = refused({**plain_environ, "SOFRA_DATA": str(data)}, "--port", str(free_port()))
    assert f"Another sofra serve (process {served.process.pid}) uses the data folder {data}" in told
    told = refused({**plain_environ, "SOFRA_DATA": str(data.parent / "other")}, "--port", str(served.port))
    assert f"Port {served.port} is taken; stop what uses it, or choose another" in told
    assert fetch(f"http://127.0.0.1:{served.port}/healthz") == 200
    assert served.end(signal.SIGINT) == 0
    assert "Traceback" not in served.said.read_text()


@pytest.mark.parametrize("part", ["gunicorn", "sofra worker", "bin/postgres"])
def test_the_end_of_a_part_ends_all_and_says_which(serve: Serve, part: str) -> None:
    served = serve()
    started = served.all()
    leashes = [process for process in started if "leash.py" in " ".join(process.cmdline())]
    (leash,) = [process for process in leashes if part in " ".join(process.cmdline())]
    leash.children()[0].kill()
    assert served.process.wait(30) == 2
    _, alive = psutil.wait_procs(started, timeout=30)
    assert alive == []
    name = {"gunicorn": "web server", "sofra worker": "worker", "bin/postgres": "database server"}[part]
    assert f"sofra: The {name} ended on its own" in served.said.read_text()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SOFRA_COLOUR": "red"}, "The setting SOFRA_COLOUR is not known"),
        ({"SOFRA_WORKERS": "none"}, "SOFRA_WORKERS is 'none'; set it to a whole number from 1 to 64."),
        ({"SOFRA_DATABASE_URL": "db"}, "Set SOFRA_DATABASE_URL and SOFRA_OWNER_DATABASE_URL together"),
        ({"SOFRA_PG_BINDIR": "/nonexistent"}, "set SOFRA_PG_BINDIR to the bin folder of PostgreSQL 15 or later."),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(
    settings: dict[str, str], sentence: str, place: Path, plain_environ: dict[str, str]
) -> None:
    told = refused({**plain_environ, "SOFRA_DATA": str(place / "data"), **settings}, "--port", str(free_port()))
    assert sentence in told


def test_a_folder_that_cannot_be_made_stops_the_start(place: Path, plain_environ: dict[str, str]) -> None:
    (place / "file").touch()
    told = refused({**plain_environ, "SOFRA_DATA": str(place / "file" / "data")}, "--port", str(free_port()))
    assert f"The data folder {place / 'file' / 'data'} cannot be written" in told
    assert told.endswith("or set SOFRA_DATA.")


def test_a_database_that_does_not_answer_stops_the_start(place: Path, plain_environ: dict[str, str]) -> None:
    url = f"postgresql://a:secret-word@127.0.0.1:{free_port()}/none"
    environ = {**plain_environ, "SOFRA_DATA": str(place / "data")}
    told = refused({**environ, "SOFRA_DATABASE_URL": url, "SOFRA_OWNER_DATABASE_URL": url}, "--port", str(free_port()))
    assert "SOFRA_DATABASE_URL does not lead to a database" in told
    assert "secret-word" not in told


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("sofra_admin", "is a superuser or may bypass row security; give it neither."),
        ("sofra_owner", "is the owner role or a member of it; use a role of its own."),
    ],
)
def test_an_application_role_that_may_too_much_stops_the_start(
    role: str, sentence: str, server: Server, own_database: str, place: Path, plain_environ: dict[str, str]
) -> None:
    environ = {**plain_environ, "SOFRA_DATA": str(place / "data")}
    environ["SOFRA_DATABASE_URL"] = server.url(role, own_database)
    environ["SOFRA_OWNER_DATABASE_URL"] = server.url("sofra_owner", own_database)
    told = refused(environ, "--port", str(free_port()))
    assert f"The application role {role} {sentence}" in told


def test_an_external_database_that_is_too_old_stops_the_start(server: Server, own_database: str, place: Path) -> None:
    """No server older than 15 is at hand: a real one is held to a version that is not out yet, by the same function."""
    environment = read_environment({
        "SOFRA_DATA": str(place / "data"),
        "SOFRA_DATABASE_URL": server.url("sofra_app", own_database),
        "SOFRA_OWNER_DATABASE_URL": server.url("sofra_owner", own_database),
    })  # fmt: skip
    check_external(environment)
    with pytest.raises(Trouble) as told:
        check_external(environment, least=server.cluster.binaries.major + 1)
    major = server.cluster.binaries.major
    assert str(told.value) == (
        f"The database behind SOFRA_DATABASE_URL is PostgreSQL {major}; Sofra needs {major + 1} or later. "
        "Name a newer server, or leave the setting out for the embedded one."
    )
    assert binaries.LEAST_MAJOR == 15
