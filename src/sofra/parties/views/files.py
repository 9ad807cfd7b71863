"""The documents that came with entries."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from sofra.kernel import files
from sofra.kernel.doors import SEATED, door


@door(GET=SEATED)
def kept_file(request: HttpRequest, file: UUID) -> HttpResponse:
    """A file the actor may read, to save; not there for anybody else."""
    found = files.read_file(file)
    if found is None:
        raise Http404
    return files.as_download(*found)
