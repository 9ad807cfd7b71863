"""Files in the database: kept in chunks under the walls of their row."""

from __future__ import annotations

import hashlib
from typing import IO
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel.commands import command
from sofra.kernel.models import File, FileChunk
from sofra.kernel.recording import record
from sofra.kernel.refusals import Refusal

CHUNK = 256 * 1024
MOST = 20 * 1024 * 1024

#: What a document may be, by its first bytes: the name is never believed.
KINDS: dict[bytes, tuple[str, str]] = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"PK\x03\x04": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
}


@command
def keep_file(stream: IO[bytes], name: str, placement: dict[str, object]) -> File:
    """Keep a PDF or DOCX with the placement of the row it belongs to.

    Raises Refusal for an empty or too large file, and for one that is by its content neither PDF nor DOCX.
    """
    data = stream.read(MOST + 1)
    if not data:
        raise Refusal(_("The file is empty. Nothing was kept."), "document")
    if len(data) > MOST:
        raise Refusal(_("The file is larger than 20 MB. Nothing was kept."), "document")
    kind = next((kind for magic, kind in KINDS.items() if data.startswith(magic)), None)
    if kind is None:
        raise Refusal(_("The file is neither PDF nor DOCX by its content. Nothing was kept."), "document")
    file = File.objects.create(
        name=name.rpartition("/")[2][:255] or _("document") + kind[1],
        media_type=kind[0],
        size=len(data),
        sha256=hashlib.sha256(data).digest(),
        **placement,
    )
    FileChunk.objects.bulk_create(
        FileChunk(file=file, number=number, data=data[start : start + CHUNK])
        for number, start in enumerate(range(0, len(data), CHUNK))
    )
    record("file.kept", file, {"name": file.name, "size": file.size, "sha256": file.sha256.hex()}, visible=False)
    return file


def read_file(file_id: UUID) -> tuple[File, bytes] | None:
    """A file the actor may read, with its content; None where there is none or it is not theirs to read."""
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        return None
    return file, b"".join(bytes(chunk.data) for chunk in file.chunks.order_by("number"))
