"""Versions of a text: what was circulated, word for word."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sofra.kernel.models import Held
from sofra.kernel.wall import Wall
from sofra.texts.models.text import Text


class Version(Held):
    """A text as it was circulated to all members at once, under a number of its own. Wordings: note (why it was made).

    `content` holds `paragraphs`: identity, kind, level, number, status, and the notation by language. `digests` holds by
    language the SHA-256 of that language's paragraphs as `engine.adopted.told` writes them.
    """

    text = models.ForeignKey(Text, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digests = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="one_version_per_number"),
        ]


class VersionOpening(Held):
    """When a seat of a delegation first opened a circulated version. Known to that delegation alone; neither audited nor
    counted."""

    version_opened = models.ForeignKey(Version, models.PROTECT, related_name="+")
    seat = models.ForeignKey("kernel.Seat", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version_opened", "seat"], name="one_version_opening_per_seat"),
        ]


class VersionOpened(Held):
    """That a delegation opened a version, without when: what a format may agree to tell its secretariat (as of documents).

    Written only while the format's rule says so, and read by the secretariat only while it does. `readable_from` is the
    instant of the circulation, so that the row tells nothing of the hour.
    """

    version_opened = models.ForeignKey(Version, models.PROTECT, related_name="+")

    wall: ClassVar[Wall] = Wall(
        read=(
            "coalesce(owner_party_id = sofra_id('party'), false) OR (sofra_serves(format_id) AND EXISTS ("
            "SELECT 1 FROM meetings_receiptrule r WHERE r.format_id = texts_versionopened.format_id AND r.openings_told))"
        )
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version_opened", "owner_party"], name="version_opened_once_per_party"),
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="a_party_opened_the_version"),
        ]
