"""The source of the running version, offered to everyone who reaches it over the network (AGPL-3.0, section 13)."""

from __future__ import annotations

import gzip
import io
import tarfile
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

import sofra
from sofra.kernel.doors import ANYONE, door

PACKAGE = Path(sofra.__file__).resolve().parent
#: What builds the package besides itself. A wheel carries it in `building/`; in a checkout it stands beside `src/`.
BESIDE = ("pyproject.toml", "hatch_build.py", "tools", "LICENSE", "README.md", "CHANGELOG.md", "requirements.txt")
#: What is made from the rest when the package is built or runs.
_MADE = {".pyc", ".mo", ".woff2", ".ttf"}


@door(GET=ANYONE)
def code(request: HttpRequest) -> HttpResponse:
    """Where the operator says the source is; else the files of this very installation, as an archive."""
    if settings.SOFRA.source_url:
        return HttpResponseRedirect(settings.SOFRA.source_url)
    name = f"sofra-{sofra.__version__}.tar.gz"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(archive(), content_type="application/gzip", headers=headers)


@cache
def archive() -> bytes:
    """The package and what builds it, as a .tar.gz that is the same each time it is made. Built once per process."""
    top = f"sofra-{sofra.__version__}"
    building = PACKAGE / "building"
    beside = building if building.is_dir() else PACKAGE.parent.parent
    files = {f"{top}/src/sofra/{path.relative_to(PACKAGE).as_posix()}": path for path in _files(PACKAGE, building)}
    if (beside / "pyproject.toml").is_file():
        for name in BESIDE:
            place = beside / name
            inside = [place] if place.is_file() else _files(place, None)
            files |= {f"{top}/{path.relative_to(beside).as_posix()}": path for path in inside}
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        for name, path in sorted(files.items()):
            content = path.read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o644
            tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def _files(folder: Path, but: Path | None) -> list[Path]:
    """What a person wrote in a folder: nothing that was made, nothing hidden."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix not in _MADE
        and not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts)
        and not (but is not None and path.is_relative_to(but))
    ]
