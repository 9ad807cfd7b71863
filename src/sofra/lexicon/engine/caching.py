"""Keeps the tables that matchers search with, so that `sofra lint` starts at once.

In SOFRA_CACHE, or `sofra` in the user's own cache folder. A file holds bytes and the digest of them, never code or pickles;
its name is the digest of everything it was made from, so that a stale one is never read. It can be deleted at any time. A
folder that others can write to is not used, and what cannot be kept is simply made again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

#: Increase when the shape of what is kept changes.
_SHAPE = "1"
_MOST = 64 * 1024 * 1024
_HEAD = len(hashlib.sha256().hexdigest()) + 1


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """What was kept under a key, or what `make` makes, which is then kept."""
    folder = _folder()
    if folder is None:
        return make()
    path = folder / f"{hashlib.sha256(f'{_SHAPE}:{key}'.encode()).hexdigest()}.table"
    found = _read(path)
    if found is None:
        found = make()
        _write(path, found)
    return found


def digest_of_sources(*modules: str) -> str:
    """One digest of the source files of modules: what is made by other code is not read again."""
    found = hashlib.sha256(sys.version.encode())
    for module in modules:
        origin = Path(str(sys.modules[module].__file__))
        for file in sorted(origin.parent.glob("*.py")) if origin.name == "__init__.py" else [origin]:
            found.update(file.read_bytes())
    return found.hexdigest()


def _folder() -> Path | None:
    said = os.environ.get("SOFRA_CACHE")
    if said == "":
        return None
    try:
        base = Path(said) if said else _usual()
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        about = base.stat()
    except (OSError, RuntimeError):
        return None
    owner = getattr(os, "getuid", lambda: about.st_uid)()
    if about.st_uid != owner or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return None
    return base


def _usual() -> Path:
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "sofra" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "sofra"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sofra"


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except OSError:
        return None
    head, content = data[:_HEAD], data[_HEAD:]
    if len(data) > _MOST or head != hashlib.sha256(content).hexdigest().encode() + b"\n":
        return None
    return content


def _write(path: Path, content: bytes) -> None:
    """At once or not at all: another process sees the old file, the new one or none."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
