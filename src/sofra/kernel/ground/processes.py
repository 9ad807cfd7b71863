"""What the system says of a process."""

from __future__ import annotations

import subprocess
from pathlib import Path

PROC = Path("/proc/self/stat").exists()


def started(pid: int) -> str | None:
    """A mark of the instant a process started, which tells it from a later one of the same number. None: it has ended."""
    if not PROC:
        said = _ps(pid, "stat=,lstart=")
        return None if not said or said.startswith("Z") else said.partition(" ")[2].strip()
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def command_of(pid: int) -> str:
    """The command line of a process; empty if it has ended."""
    if not PROC:
        return _ps(pid, "command=")
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def _ps(pid: int, what: str) -> str:
    return subprocess.run(["ps", "-o", what, "-p", str(pid)], capture_output=True, text=True).stdout.strip()  # noqa: S607
