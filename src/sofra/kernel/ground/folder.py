"""The data folder: closed to others, and used by one start at a time."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sofra.kernel.ground.processes import started
from sofra.kernel.ground.troubles import Trouble

LOCK = "serve.lock"
#: Any of these says that a folder is Sofra's; another folder with something in it is left alone.
MARKS = {LOCK, "secrets.json", "server", "heads"}
CLOSING_SECONDS = 45.0


def open_data_folder(data: Path) -> None:
    """Make the data folder, or make sure that it is ours. Raises Trouble where it cannot be used.

    It is closed to others; where root starts the house, the database's user may pass through and list nothing.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if data.stat().st_uid != os.geteuid():
            raise Trouble(f"The data folder {data} belongs to another user; start as that user or set SOFRA_DATA.")
        names = {entry.name for entry in data.iterdir()}
        if names and not names & MARKS:
            raise Trouble(
                f"The folder {data} holds other things than Sofra's data; set SOFRA_DATA to an empty or new one."
            )
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (data / LOCK).touch(mode=0o600)
    except OSError as error:
        raise Trouble(
            f"The data folder {data} cannot be written ({error.strerror}); give it to this user or set SOFRA_DATA."
        ) from None


def keep_secrets(data: Path, secrets: Mapping[str, str]) -> None:
    """Write secrets.json, whole or not at all, readable by its owner alone."""
    part = data / f".secrets.{os.getpid()}"
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_text(json.dumps(dict(secrets), indent=1), encoding="utf-8")
    part.rename(data / "secrets.json")


@contextlib.contextmanager
def only_start(data: Path, stopped: Callable[[], bool]) -> Iterator[int]:
    """Hold the folder for one start; gives the lock, which children may inherit so that it lasts until they have ended.

    A start that is closing, or has died and whose children are closing, is waited for; one that serves is not: Trouble.
    """
    with (data / LOCK).open("r+") as file:
        until = time.monotonic() + CLOSING_SECONDS
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                pid = _serving(data / LOCK)
                if pid or time.monotonic() > until or stopped():
                    raise Trouble(
                        f"Another sofra serve{f' (process {pid})' if pid else ''} uses the data folder {data}; "
                        "stop it, or set SOFRA_DATA to another folder."
                    ) from None
                time.sleep(0.1)
        _say(data / LOCK, {"pid": os.getpid(), "started": started(os.getpid())})
        try:
            yield file.fileno()
        finally:
            closing(data)


def closing(data: Path) -> None:
    """From now on another start waits for this one instead of being refused."""
    _say(data / LOCK, {})


def _say(lock: Path, what: dict[str, object]) -> None:
    lock.write_text(json.dumps(what), encoding="ascii")


def _serving(lock: Path) -> int:
    """The process that serves from the folder and is not closing; 0 if there is none."""
    try:
        holder = json.loads(lock.read_text(encoding="ascii"))
        pid = int(holder["pid"])
    except (OSError, ValueError, KeyError):
        return 0
    return pid if started(pid) == holder["started"] else 0
