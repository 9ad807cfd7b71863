"""When and where bilaterals can be held at a meeting, who cannot, and rooms taken without saying for whom."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sofra.bilaterals.models.requests import Level, Size
from sofra.kernel.models import Held
from sofra.meetings.models import Meeting, Resource


class Frame(Held):
    """The hours of a meeting's bilaterals and the rules of their schedule. All members read it.

    `hours` are pairs of instants (ISO), cut into slots of `slot_minutes`; `buffer_slots` stay free between two meetings of
    one principal, `walking_slots` more between two zones. `answer_by` is when requests lapse, where they say nothing else.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="bilateral_frame")
    slot_minutes = models.PositiveSmallIntegerField(default=20)
    hours = models.JSONField(default=list)
    buffer_slots = models.PositiveSmallIntegerField(default=0)
    walking_slots = models.PositiveSmallIntegerField(default=0)
    answer_by = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(slot_minutes__range=(5, 240)), name="a_slot_lasts"),
        ]


class RoomTerms(Held):
    """That a room of the format takes bilaterals at a meeting: its zone, its size, when it is closed (pairs of instants)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    room = models.ForeignKey(Resource, models.PROTECT, related_name="+")
    zone = models.CharField(max_length=40, blank=True)
    size = models.CharField(max_length=1, choices=Size.choices, default=Size.SMALL)
    closed = models.JSONField(default=list)
    used = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "room"], name="one_terms_per_room_and_meeting"),
        ]


class Apart(Held):
    """Two parties whose people are never in one zone at one time. The secretariat alone knows."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    one = models.ForeignKey("kernel.Party", models.PROTECT, related_name="+")
    other = models.ForeignKey("kernel.Party", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="nobody_is_apart_from_itself"),
        ]


class Block(Held):
    """A time in which a delegation's principal meets nobody. Its delegation alone reads it, and says no reason to anybody.

    The schedule keeps clear of it (sofra_bilateral_taken), as of everything else a principal is held for.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.MINISTER)
    resource = models.UUIDField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["begins_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="a_block_lasts"),
        ]


class Booking(Held):
    """A room a delegation asks for at a time, without saying whom it meets there. The secretariat finds the room."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    size = models.CharField(max_length=1, choices=Size.choices, default=Size.SMALL)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["begins_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="a_booking_lasts"),
        ]
