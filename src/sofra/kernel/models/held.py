"""What every table that can hold a party's material is made of."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may read a row, besides its owner. The rule itself stands in sql/may_read.sql and policy.may_read."""

    PUBLIC = "public", _("everyone")
    OBSERVERS = "observers", _("all members and observers")
    FORMAT = "format", _("all members")
    PARTIES = "parties", _("named parties")
    PERSONS = "persons", _("named persons")
    SECRETARIAT = "secretariat", _("the secretariat")
    DELEGATION = "delegation", _("one delegation")


class Held(models.Model):
    """A row behind the walls: it says itself who owns it and who may read it from when.

    A row is owned by a party, or, where `owner_party` is empty, by the secretariat of its format (by the house where the
    format is empty too).
    `readers` holds ids of parties (audience "parties"; there the format's own id names its secretariat) or of seats ("persons").
    `readable_from` binds everyone but the owner and is compared with the database's own clock.
    `entry` says that the secretariat entered the row for its owner, from a note, an e-mail or a call.
    `version` grows with each change, so that a second writer notices the first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    format = models.ForeignKey("kernel.Format", models.PROTECT, null=True, blank=True, related_name="+")
    owner_party = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    readers = ArrayField(models.UUIDField(), default=list, blank=True)
    readable_from = models.DateTimeField(db_default=Now())
    entry = models.ForeignKey("kernel.Entry", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def placement(self) -> dict[str, Any]:
        """The columns that decide who may read, to give to a row that belongs with this one."""
        return {
            "audience": self.audience,
            "format_id": self.format_id,
            "owner_party_id": self.owner_party_id,
            "readers": list(self.readers),
            "readable_from": self.readable_from,
            "entry_id": self.entry_id,
        }
