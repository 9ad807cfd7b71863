"""The forms of parties' names that the record knows."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held


class PartyWording(Held):
    """A form of a party's name in one language, and the sources in which it was seen.

    In each language one form is the record's own use: cited practice of the host, approved by no member. `sources` holds
    keys of the record's sources; it is empty where no source has the form.
    """

    class Use(models.TextChoices):
        RECORD = "record", _("used by the record")
        SEEN = "seen", _("seen in a source")
        METONYM = "metonym", _("a capital that stands for its government")

    record_id = models.CharField(max_length=80, unique=True)
    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="wordings")
    language = models.CharField(max_length=12)
    form = models.CharField(max_length=200)
    use = models.CharField(max_length=8, choices=Use.choices)
    sources = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "language"], condition=models.Q(use="record"), name="one_name_in_use_per_language"
            ),
        ]
