"""Files in the database: kept in chunks under the walls of their row."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import IO
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.commands import command
from sofra.kernel.engine.papers import inspect
from sofra.kernel.engine.refused import MOST, SENTENCES, Refused
from sofra.kernel.models import File, FileChunk
from sofra.kernel.pages import download
from sofra.kernel.recording import record
from sofra.kernel.refusals import Refusal

CHUNK = 256 * 1024


@command
def keep_file(stream: IO[bytes], name: str, placement: dict[str, object], field: str = "document") -> File:
    """Keep a PDF or DOCX with the placement of the row it belongs to. Every upload of a paper comes through here.

    Raises Refusal, for the form field, with the reason a file is not kept (engine/papers.py). The file's `remarks` say what
    a reader will find in it besides its text.
    """
    try:
        if (getattr(stream, "size", None) or 0) > MOST:
            raise Refused("large")
        data = stream.read(MOST + 1)
        paper = inspect(data)
    except Refused as refused:
        raise Refusal(_(SENTENCES[refused.code]), field) from refused
    file = File.objects.create(
        name=_safe_name(name, paper.extension),
        media_type=paper.media_type,
        size=len(data),
        sha256=hashlib.sha256(data).digest(),
        **placement,
    )
    FileChunk.objects.bulk_create(
        FileChunk(file=file, number=number, data=data[start : start + CHUNK])
        for number, start in enumerate(range(0, len(data), CHUNK))
    )
    file.remarks = paper.remarks
    record("file.kept", file, {"name": file.name, "size": file.size, "sha256": file.sha256.hex()}, visible=False)
    return file


def _safe_name(name: str, extension: str) -> str:
    """The name somebody gave, without folders and signs that turn text around, with the ending its content asks for."""
    said = re.split(r"[/\\\\]", name)[-1]
    said = "".join(sign for sign in said if sign.isprintable() and unicodedata.category(sign) != "Cf").strip(". ")
    stem = said[: -len(extension)] if said.lower().endswith(extension) else said
    return (stem[: 250 - len(extension)] or _("document")) + extension


def read_file(file_id: UUID) -> tuple[File, bytes] | None:
    """A file the actor may read, with its content; None where there is none or it is not theirs to read."""
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        return None
    return file, b"".join(bytes(chunk.data) for chunk in file.chunks.order_by("number"))


def as_download(file: File, data: bytes) -> HttpResponse:
    """A file to save."""
    return download(data, file.media_type, file.name)
