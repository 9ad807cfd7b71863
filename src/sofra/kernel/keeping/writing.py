"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PIECE = 1024 * 1024


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file under another name, wait for the disk, then give it its name. Raises OSError; then nothing is left."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync(path.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sha256_of(path: Path) -> str:
    """The digest of a file, read in pieces, as hexadecimal text."""
    digest = hashlib.sha256()
    for piece in pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def pieces(path: Path) -> Iterator[bytes]:
    """A file's content, a mebibyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def seal(content: dict[str, Any]) -> bytes:
    """JSON of a mapping with a digest of itself under "digest", so that a damaged or edited file is noticed."""
    return json.dumps({**content, "digest": _digest(content)}, indent=1, sort_keys=True).encode() + b"\n"


def unseal(text: bytes) -> dict[str, Any] | None:
    """What `seal` was given; None where the text is not JSON of that shape or its digest is not that of its content."""
    try:
        content = json.loads(text)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    digest = content.pop("digest", None)
    return content if digest == _digest(content) else None


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
