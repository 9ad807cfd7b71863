"""PostgreSQL's own programs, of the right major version for a server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from sofra.kernel.environment import Database
from sofra.kernel.ground.binaries import embedded
from sofra.kernel.ground.troubles import Trouble
from sofra.kernel.refusals import Refusal


def folder_for(major: int) -> Path:
    """The folder that holds pg_dump and pg_restore of a major version. Raises Refusal where there is none."""
    for folder in _folders(major):
        if (folder / "pg_restore").exists() and _major(folder / "pg_dump") == major:
            return folder
    raise Refusal(
        _(
            "The database server is PostgreSQL {major}, and there are no pg_dump and pg_restore of that version here. "
            "Install its client programs and set SOFRA_PG_BINDIR to their folder."
        ).format(major=major)
    )


def _folders(major: int) -> Iterator[Path]:
    if chosen := os.environ.get("SOFRA_PG_BINDIR"):
        yield Path(chosen)
    with suppress(Trouble):
        yield embedded().folder
    for pattern in ("/usr/lib/postgresql/{}/bin", "/usr/pgsql-{}/bin"):
        yield Path(pattern.format(major))
    if found := shutil.which("pg_dump"):
        yield Path(found).resolve().parent


def _major(program: Path) -> int | None:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    word = next((word for word in said.split() if word[:1].isdigit()), "")
    return int(word.partition(".")[0]) if word else None


def environment(database: Database) -> dict[str, str]:
    """What a program needs to reach a database, kept off its command line, where other users could read it."""
    reach = {
        "PGDATABASE": database.name,
        "PGUSER": database.user,
        "PGPASSWORD": database.password,
        "PGHOST": database.host,
        "PGPORT": database.port,
        **{f"PG{option.upper()}": value for option, value in database.options},
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return {
        **kept,
        **{key: value for key, value in reach.items() if value},
        "LC_ALL": "C",
        "PGAPPNAME": "sofra keeping",
    }


@contextmanager
def running(command: Sequence[str | Path], environment: dict[str, str]) -> Iterator[IO[bytes]]:
    """Run a program and give its output to read; at the end it must have ended well.

    Raises Refusal with the program's first words where it failed. Whatever else ends the block ends the program too: it does
    not hear the terminal's Ctrl-C itself, so that what it began is undone in order.
    """
    with (
        tempfile.TemporaryFile() as words,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,
            env=environment,
            start_new_session=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            yield process.stdout
            process.wait()
        finally:
            if process.poll() is None:
                _end(process)
        if process.returncode:
            words.seek(0)
            said = sorted(words.read(4000).decode(errors="replace").splitlines(), key=lambda line: "error:" not in line)
            raise Refusal(
                _("{program} failed: {words} Nothing was left behind.").format(
                    program=Path(command[0]).name,
                    words=said[0] if said else _("it ended with {code}.").format(code=process.returncode),
                )
            )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
