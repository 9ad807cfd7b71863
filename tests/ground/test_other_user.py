"""`sofra serve` needs no root: everything runs as the unprivileged user who started it, in a data folder of that user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from sofra.kernel.ground.binaries import can_enter
from tests.ground.test_serving import READY_SECONDS, fetch, free_port
from tests.papers.support import ROOT

pytestmark = [pytest.mark.cluster, pytest.mark.enable_socket]
PACKAGES = Path(sysconfig.get_paths()["purelib"])


class Other:
    """A user without rights: "nobody" where root runs the tests, else whoever runs them."""

    def __init__(self, place: Path) -> None:
        root = os.geteuid() == 0
        self.user = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        self.data = place / "home" / "data"
        self.data.parent.mkdir(mode=0o700)
        os.chown(self.data.parent, self.user.pw_uid, self.user.pw_gid)
        self.command = [*(self._become() if root else []), self._python()]
        self.environ = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self.data.parent), "SOFRA_DATA": str(self.data),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(PACKAGES)]),
        }  # fmt: skip

    def _reaches(self, *places: Path) -> bool:
        return all(can_enter(place.resolve(), self.user.pw_uid) for place in places)

    def _python(self) -> str:
        """This Python; where its folder is closed to others, the system's own of the same version."""
        system = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
        if not self._reaches(Path(sys.executable).resolve().parent) and system.exists():
            return str(system)
        return sys.executable

    def _become(self) -> list[str]:
        """Leave root behind for good. Where the programs themselves are closed to others, reading them is all that is kept."""
        who = [f"--reuid={self.user.pw_uid}", f"--regid={self.user.pw_gid}", "--clear-groups"]
        kept = (
            "-all" if self._reaches(PACKAGES, ROOT, Path(self._python()).resolve().parent) else "-all,+dac_read_search"
        )
        return ["setpriv", *who, f"--bounding-set={kept}", f"--inh-caps={kept}", f"--ambient-caps={kept}"]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the house as that user."""
        return subprocess.run(
            [*self.command, "-m", "sofra", *arguments],
            env=self.environ, cwd=self.data.parent, capture_output=True, text=True, timeout=READY_SECONDS,
        )  # fmt: skip


@pytest.fixture
def other(place: Path) -> Iterator[Other]:
    found = Other(place)
    yield found
    shutil.rmtree(found.data.parent, ignore_errors=True)


def test_an_unprivileged_user_serves_works_and_backs_up_and_owns_all_of_it(other: Other, place: Path) -> None:
    port = free_port()
    said = place / "said"
    with said.open("w") as output:
        process = subprocess.Popen(
            [*other.command, "-m", "sofra", "serve", "--port", str(port)],
            env=other.environ, cwd=other.data.parent, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    try:
        until = time.monotonic() + READY_SECONDS
        while "is ready" not in said.read_text():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < until, said.read_text()
            time.sleep(0.1)
        assert fetch(f"http://127.0.0.1:{port}/en/") == 200
        running = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        assert len(running) > 8
        assert {number for each in running for number in each.uids()} == {other.user.pw_uid}
        assert other.user.pw_uid != 0
        taken = other.run("backup", str(other.data.parent / "kept"))
        assert taken.returncode == 0, taken.stderr
        assert other.run("walls").stdout == "Every wall stands.\n"
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(60)
    assert code == 0, said.read_text()
    _, alive = psutil.wait_procs(running, timeout=30)
    assert alive == []
    lines = said.read_text().splitlines()
    assert lines[0] == "Making the database"
    assert lines[-1] == f"Sofra is ready at http://localhost:{port}"
    owners = {path.lstat().st_uid for path in (other.data, *other.data.rglob("*"))}
    assert owners == {other.user.pw_uid}
    assert other.data.stat().st_mode & 0o777 == 0o700
    assert (
        other.data / "server" / "postgres"
    ).is_dir()  # in the data folder itself, not among what root keeps elsewhere


def test_a_data_folder_of_somebody_else_is_refused(other: Other, place: Path) -> None:
    if os.geteuid() == 0:
        theirs = place / "theirs"
        theirs.mkdir(mode=0o755)
        sentence = f"sofra: The data folder {theirs} belongs to another user; start as that user or set SOFRA_DATA.\n"
    else:
        theirs = Path("/")
        sentence = "sofra: The data folder / belongs to another user; start as that user or set SOFRA_DATA.\n"
    other.environ["SOFRA_DATA"] = str(theirs)
    refused = other.run("serve", "--port", str(free_port()))
    assert (refused.returncode, refused.stderr) == (2, sentence)
