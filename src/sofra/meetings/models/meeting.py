"""Meetings of a format and the sessions they consist of."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.kernel.wall import Wall

#: The other way to know of a meeting: an announcement one may read (the inner table has a wall of its own).
TOLD = "EXISTS (SELECT 1 FROM meetings_announcement told WHERE told.meeting_id = meetings_meeting.id)"


class Meeting(Held):
    """One convening of a format. Wordings: title, city, venue, note.

    `slug` stands in its address: the ordinal ("1", "2", "3") for ordinary meetings. `day` is the first day in the meeting's
    own zone; `begins_at` and `ends_at` are instants and stay empty where nobody knows the hour (the record knows days).
    `prepares` names the meeting to which a preparatory one hands its items up. `exercise` marks a rehearsal: every page of
    it says so. `record_slug` names the subject of the public record that tells of this meeting, where there is one.
    """

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary meeting")
        PREPARATORY = "preparatory", _("preparatory meeting")
        EXTRAORDINARY = "extraordinary", _("extraordinary meeting")

    class Level(models.TextChoices):
        HEADS = "head_of_state", _("heads of state or government")
        FOREIGN_MINISTERS = "foreign_minister", _("foreign ministers")
        MINISTERS = "minister", _("ministers")
        DEPUTY_MINISTERS = "deputy_minister", _("deputy ministers")
        SENIOR_OFFICIALS = "senior_officials", _("senior officials")
        EXPERTS = "experts", _("experts")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONVENED = "convened", _("convened")
        UNDER_WAY = "under_way", _("under way")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    slug = models.SlugField(max_length=60)
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.ORDINARY)
    level = models.CharField(max_length=20, choices=Level.choices, default=Level.FOREIGN_MINISTERS)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    day = models.DateField()
    begins_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64)
    working_languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    host = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    prepares = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="preparations")
    exercise = models.BooleanField(default=False)
    record_slug = models.CharField(max_length=120, blank=True)

    # An announcement is a row of its own with its own audience and instant; who reads it reads the meeting too.
    wall: ClassVar[Wall] = Wall(read=f"{Wall().may_read()} OR {TOLD}")

    class Meta:
        ordering: ClassVar = ["-day", "-begins_at", "slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["format", "slug"], name="one_meeting_per_slug"),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(begins_at__isnull=False, ends_at__gt=models.F("begins_at")),
                name="meeting_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(prepares__isnull=True) | models.Q(kind="preparatory"),
                name="only_a_preparatory_meeting_prepares",
            ),
        ]

    @property
    def open(self) -> bool:
        """Whether work on the meeting goes on: neither closed nor cancelled."""
        return self.status not in (self.Status.CLOSED, self.Status.CANCELLED)


class Session(Held):
    """A part of a meeting. Wordings: title."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("plenary")
        WORKING_LUNCH = "working_lunch", _("working lunch")
        BILATERALS = "bilaterals", _("bilateral block")
        PRESS = "press", _("press")
        RECEPTION = "reception", _("reception")
        OTHER = "other", _("other")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.PLENARY)
    order = models.PositiveSmallIntegerField(default=0)
    begins_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["begins_at", "order"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(begins_at__isnull=False, ends_at__gt=models.F("begins_at")),
                name="session_ends_after_it_began",
            ),
        ]
