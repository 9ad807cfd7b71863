"""Files kept in the database, under the same walls as everything else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from sofra.kernel.models.held import Held
from sofra.kernel.wall import Wall


class File(Held):
    """A document somebody gave to the house. Equal files of two owners are two files."""

    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    kept_at = models.DateTimeField(db_default=Now())

    #: What the gate remarked, on a file that was just kept.
    remarks: tuple[str, ...] = ()


class FileChunk(models.Model):
    """A piece of a file. Who may read the file may read its pieces."""

    pk = models.CompositePrimaryKey("file_id", "number")
    file = models.ForeignKey(File, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    wall: ClassVar[Wall] = Wall(
        read="EXISTS (SELECT 1 FROM kernel_file f WHERE f.id = file_id)",
        write=(
            "EXISTS (SELECT 1 FROM kernel_file f WHERE f.id = file_id "
            "AND sofra_may_write(f.format_id, f.owner_party_id, f.entry_id))"
        ),
        touch="false",
    )
