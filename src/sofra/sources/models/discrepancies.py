"""Places where sources differ, or seem to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.sources.models.sources import Subject


class Discrepancy(Held):
    """Sides that stand next to each other. What it is about, its explanation and its resolution are wordings.

    `apparent` marks what only looks like a contradiction; then the explanation says why it is none.
    """

    class Kind(models.TextChoices):
        CONFLICT = "conflict", _("the sources contradict each other")
        GRANULARITY = "granularity", _("one source is less detailed, one speaks before the event")
        INTERNAL = "internal_inconsistency", _("one source says it in two ways")
        WORDING = "wording_ambiguity", _("the wording can be read in two ways")
        TWO_TERMS = "two_terms", _("two terms, each with its own date")
        COUNT = "count_with_and_without_host", _("a count with and without the host")
        PRECISION = "precision", _("one source is more precise")
        DESIGNATION = "designation", _("different names")
        TRANSLATION = "translation_gap", _("the languages differ")
        IMPOSSIBLE_DATE = "impossible_date", _("a date that cannot be")
        GAP = "gap", _("something is left out")
        CONSISTENT = "consistent", _("the sources agree")

    record_id = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    apparent = models.BooleanField(default=False)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    later_reports = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    sensitivity = models.CharField(max_length=24, blank=True)
    order = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["order", "record_id"]

    def __str__(self) -> str:
        return self.record_id


class Side(Held):
    """One side of a discrepancy: which sources, which claims. What it says is the wording `text`."""

    discrepancy = models.ForeignKey(Discrepancy, models.CASCADE, related_name="sides")
    label = models.CharField(max_length=4)
    sources = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    claims = ArrayField(models.CharField(max_length=80), default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["label"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["discrepancy", "label"], name="one_side_per_label")]
