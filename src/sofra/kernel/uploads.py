"""How an upload reaches memory: bounded per file and per request, whatever its announced length."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from sofra.kernel.engine.refused import MOST

#: What all files of one request may hold together.
MOST_TOGETHER = 3 * MOST


class Bounded(FileUploadHandler):
    """Keeps files in memory up to the limits and lets the rest pass by. A file that was cut says a size above MOST, so that
    the gate refuses it with its own sentence; the other fields of the form are there to be shown again."""

    chunk_size = 256 * 1024

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.together = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.cut = BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.cut = self.cut or start + len(raw_data) > MOST or self.together + len(raw_data) > MOST_TOGETHER
        if not self.cut:
            self.together += len(raw_data)
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=max(file_size, MOST + 1) if self.cut else file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
