"""What a search for packages found, for the seat that asked alone."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from sofra.kernel.models import JobProgress
from sofra.kernel.wall import Wall
from sofra.texts.models.text import Text


class PackageSearch(models.Model):
    """A search for combinations of wordings nobody objects to, over the positions that one seat may read.

    It is no record of the text: the seat's next search on it takes its place. `answer` is as engine/consensus.py tells it,
    with the brackets' wordings; None until it is found. `stood` is the digest of what was searched. No other seat reads it,
    because it follows from what its own may read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey("kernel.Seat", models.PROTECT, related_name="+")
    text = models.ForeignKey(Text, models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    progress = models.ForeignKey(JobProgress, models.PROTECT, null=True, related_name="+")
    answer = models.JSONField(null=True)
    stood = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(db_default=Now())

    _MINE = "seat_id = sofra_id('seat')"
    wall: ClassVar[Wall] = Wall(read=_MINE, write=_MINE, delete=_MINE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "text", "language"], name="one_search_of_a_seat_at_a_time"),
        ]
