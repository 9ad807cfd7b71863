"""Style, types and import floors at the same time: `make check`. Says what each found; exit 1 where any found something.

    python tools/check.py

Each is a process of its own, so that what takes longest decides how long it takes. What failed is printed whole and last.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS: dict[str, list[str]] = {
    "style": ["ruff", "check", "--quiet", "."],
    "layout": ["ruff", "format", "--quiet", "--check", "."],
    "types": ["mypy"],
    "floors": ["lint-imports", "--no-cache"],
}


def check(checks: dict[str, list[str]], places: Path) -> int:
    """Run programs of a folder beside each other; answer 0 where all ended well, else 1. What went well says nothing."""
    began = time.monotonic()
    running = {
        name: subprocess.Popen(
            [places / command[0], *command[1:]], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for name, command in checks.items()
    }
    told = {name: process.communicate()[0] for name, process in running.items()}
    failed = [name for name, process in running.items() if process.returncode]
    for name in failed:
        print(f"--- {name} ({' '.join(checks[name])})\n{told[name].rstrip()}")
    seconds = time.monotonic() - began
    print(f"{', '.join(failed)} failed" if failed else f"{', '.join(checks)}: nothing found", f"({seconds:.0f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(check(CHECKS, Path(sys.executable).parent))
