"""Claims, their evidence, and what parties say to them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.sources.models.sources import Source, Subject


class Claim(Held):
    """A statement that sources make. Its sentence is the wording `text`, a remark on it the wording `note`.

    `record_id` names the fact; a changed fact is a new row, and the old one says by which it was superseded. `as_of` is a
    year, a month or a day, and `as_of_basis` says how one knows it. A claim with a `sensitivity` is the source's words
    only: kept to the secretariat, put before the members when it asks for their release, public when all have released it.
    """

    class Modality(models.TextChoices):
        EXPECTED = "expected", _("expected")
        REPORTED = "reported", _("reported")
        CONFIRMED = "confirmed", _("confirmed")
        OPINION = "opinion", _("opinion")
        CITED = "cited", _("only cited")

    class Basis(models.TextChoices):
        STATED = "stated", _("stated by the source")
        PUBLISHED = "published", _("the source's own date")
        LATER = "later", _("dated by a later report")
        NOT_STATED = "not_stated", _("not stated")

    class Sensitivity(models.TextChoices):
        STATUS = "status", _("speaks of status")
        ETHNIC = "ethnic_generalisation", _("generalises about peoples")

    record_id = models.CharField(max_length=80)
    current = models.BooleanField(default=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="claims")
    about = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    predicate = models.CharField(max_length=24)
    modality = models.CharField(max_length=10, choices=Modality.choices)
    data = models.JSONField(default=dict, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    as_of_basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.NOT_STATED)
    as_of_unstated = models.BooleanField(default=False)
    sensitivity = models.CharField(max_length=24, choices=Sensitivity.choices, blank=True)
    flags = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    part_of = models.CharField(max_length=80, blank=True)
    touches = models.JSONField(default=list, blank=True)
    later = models.BooleanField(default=False)
    order = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(db_default=Now())
    release_asked_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "record_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_id"], condition=models.Q(current=True), name="one_current_claim_per_fact"
            ),
        ]
        indexes: ClassVar = [GinIndex(fields=["about"]), GinIndex(fields=["touches"])]

    def __str__(self) -> str:
        return self.record_id


class Evidence(Held):
    """That a source carries a claim, words it differently, or is silent on it. The quote stays empty until it may be given."""

    class Bearing(models.TextChoices):
        CARRIES = "carries", _("says so")
        DIFFERS = "differs", _("says it in other words")
        SILENT = "silent", _("does not say it")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence")
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence")
    bearing = models.CharField(max_length=8, choices=Bearing.choices, default=Bearing.CARRIES)
    language = models.CharField(max_length=12, blank=True)
    locator = models.CharField(max_length=200, blank=True)
    quote = models.TextField(blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["order"]


class Comment(Held):
    """What a party says beside a claim. It is the party's own until the party releases it to the public."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="comments")
    language = models.CharField(max_length=12)
    text = models.TextField()
    written_at = models.DateTimeField(db_default=Now())
    released_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["written_at"]


class Release(Held):
    """That a member released a sensitive claim. When all members have, the claim is public."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="releases")
    agreed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "owner_party"], name="a_member_releases_once"),
        ]
