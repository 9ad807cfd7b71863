"""Changes, wordings, search documents: what pages, the desk and notices are told by."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models.held import Held
from sofra.kernel.wall import Wall


class Change(Held):
    """One visible effect of a command. It feeds the desk, ETags and notices."""

    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    meeting_id = models.UUIDField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)
    seat = models.ForeignKey("kernel.Seat", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at"]), models.Index(fields=["subject_id"])]


class Visit(models.Model):
    """When a seat last looked at its desk, for "since you were last here". Known to that seat alone."""

    seat = models.OneToOneField("kernel.Seat", models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()

    wall: ClassVar[Wall] = Wall(read="seat_id = sofra_id('seat')", write="seat_id = sofra_id('seat')")


class Wording(Held):
    """A text in one language for one field of one row. There is never a silent fallback to another language."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        FINAL = "final", _("final")

    subject_id = models.UUIDField()
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    text = models.TextField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.FINAL)
    translator = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_id", "field", "language"], name="one_wording_per_language")
        ]


class SearchDocument(Held):
    """What search finds, one row per subject and language. Matching is done by sofra_search alone."""

    subject_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    words = SearchVectorField(null=True, editable=False)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["words"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_id", "language"], name="one_search_document_per_language")
        ]


class Throttle(models.Model):
    """A window of attempts under a digest of its key; holds across workers and hosts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.BinaryField(max_length=32, unique=True)
    began_at = models.DateTimeField()
    hits = models.PositiveIntegerField()
