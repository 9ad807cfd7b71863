"""Versions of a text: what was circulated, word for word."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sofra.kernel.models import Held
from sofra.texts.models.text import Text


class Version(Held):
    """A text as it was circulated to all members at once, under a number of its own. Wordings: note (why it was made).

    `content` holds `paragraphs`: identity, kind, level, number, status, and the notation by language. `digests` holds by
    language the SHA-256 of that language's paragraphs as `Version.told` writes them.
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
