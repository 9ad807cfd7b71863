"""The repository's files, as git knows them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository: committed, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(ROOT / name for name in told.split("\0") if name and (ROOT / name).is_file())


def papers() -> list[Path]:
    """Every document."""
    return [path for path in tracked() if path.suffix == ".md"]


def text_of(name: str) -> str:
    """A document's text, by its path in the repository."""
    return (ROOT / name).read_text(encoding="utf-8")
