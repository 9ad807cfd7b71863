"""Meetings of a format and the sessions they consist of."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Audience, Held
from sofra.kernel.wall import Wall

#: The other way to know of a meeting: an announcement one may read (the inner table has a wall of its own).
TOLD = "EXISTS (SELECT 1 FROM meetings_announcement told WHERE told.meeting_id = meetings_meeting.id)"


class Meeting(Held):
    """One convening of a format. Wordings: title, city, venue, note.

    `slug` stands in its address: the ordinal ("1", "2", "3") for ordinary meetings. `day` is the first day in the meeting's
    own zone; `begins_at` and `ends_at` are instants and stay empty where nobody knows the hour (the record knows days).
    `prepares` names the meeting to which a preparatory one hands its items up. `exercise` marks a rehearsal: every page of
    it says so. `record_slug` names the subject of the public record that tells of this meeting, where there is one.
    `profile` is the designation profile chosen for it; empty, it is held under the one in force for its format.
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
    profile = models.ForeignKey("lexicon.Profile", models.PROTECT, null=True, blank=True, related_name="+")

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
    """A part of a meeting, as the secretariat is arranging it. Wordings: title, note.

    The row is the working one: members read what was published of it (PublishedSession), not the row itself. `takes_part`
    and `parties` say who is invited; `shown_to` who may read it once it is published. With `principals`, the heads of those
    delegations are held for its time, as the room and the interpreter `teams` are. A side event runs beside the meeting.
    `uid` names it in calendars and nowhere else.
    """

    class Kind(models.TextChoices):
        ARRIVAL = "arrival", _("arrival")
        FAMILY_PHOTO = "family_photo", _("family photo")
        PLENARY = "plenary", _("plenary")
        WORKING_LUNCH = "working_lunch", _("working lunch")
        BILATERALS = "bilaterals", _("bilateral block")
        PRESS = "press", _("press")
        RECEPTION = "reception", _("reception")
        OTHER = "other", _("other")

    class TakesPart(models.TextChoices):
        MEMBERS = "members", _("all members")
        OBSERVERS = "observers", _("all members and observers")
        PARTIES = "parties", _("named parties")
        PRESS = "press", _("the press")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.PLENARY)
    order = models.PositiveSmallIntegerField(default=0)
    begins_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    room = models.ForeignKey("meetings.Resource", models.PROTECT, null=True, blank=True, related_name="+")
    teams = ArrayField(models.UUIDField(), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    takes_part = models.CharField(max_length=10, choices=TakesPart.choices, default=TakesPart.MEMBERS)
    parties = ArrayField(models.UUIDField(), default=list, blank=True)
    principals = models.BooleanField(default=False)
    shown_to = models.CharField(max_length=12, choices=Audience.choices, default=Audience.FORMAT)
    side_event = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering: ClassVar = ["begins_at", "order"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(begins_at__isnull=False, ends_at__gt=models.F("begins_at")),
                name="session_ends_after_it_began",
            ),
        ]
