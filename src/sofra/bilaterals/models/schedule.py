"""The schedule: drafts, what was published, and the history of both."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.bilaterals.models.places import Booking
from sofra.bilaterals.models.requests import Request
from sofra.kernel.models import Held
from sofra.meetings.models import Meeting, Resource


class Schedule(Held):
    """One schedule of a meeting. The secretariat reads it; its placements reach their sides when it is shared or published.

    `cost` is what the engine said of it by parts, `bound` what none can cost less than, `ended` what ended the search (as in
    results; "stop": it was stopped, and this is the best it had); `unplaced` are the requests it leaves
    out, each with the facts in their way: [{"request", "booking", "facts": […]}]. `job` is the work that makes it.
    """

    class State(models.TextChoices):
        SOLVING = "solving", _("being worked out")
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        REPLACED = "replaced", _("replaced")
        DROPPED = "dropped", _("dropped")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="bilateral_schedules")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SOLVING)
    begun_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    seconds = models.PositiveSmallIntegerField(default=10)
    cost = models.JSONField(default=dict)
    bound = models.IntegerField(null=True, blank=True)
    found = models.CharField(max_length=12, blank=True)
    ended = models.CharField(max_length=8, blank=True)
    reason = models.TextField(blank=True)
    unplaced = models.JSONField(default=list)
    shares = models.JSONField(default=list)
    job = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_schedule_per_number"),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(state="published"), name="one_published_schedule"
            ),
        ]


class Placement(Held):
    """A request, or a booking, at a time in a room with a team. In a draft the secretariat's; shared or published its sides'.

    `why` is what moved it, in codes and ids that each reader's page looks up under its own eyes; `before` where it stood.
    `current`: it is in the published schedule. `sequence` counts the changes, for calendars.
    """

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="placements")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, null=True, blank=True, related_name="placements")
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, blank=True, related_name="placements")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="+")
    room_words = models.JSONField(default=dict)
    team = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="+")
    locked = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    why = models.JSONField(default=list)
    sequence = models.PositiveIntegerField(default=0)
    current = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["begins_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("begins_at")), name="a_placement_lasts"),
            models.CheckConstraint(
                condition=models.Q(request__isnull=False, booking__isnull=True)
                | models.Q(request__isnull=True, booking__isnull=False),
                name="a_placement_is_of_one",
            ),
        ]


class Share(Held):
    """What one delegation got in a schedule that is shown to it or published. It reads its own row, the secretariat all.

    `requests` and `held` count its possible requests, `gaps` idle stretches in its principals' days; `burden` is what both come
    to in per cent of the worst day possible. `current`: of the published schedule.
    """

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="delegations")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="+")
    requests = models.PositiveSmallIntegerField()
    held = models.PositiveSmallIntegerField()
    gaps = models.PositiveSmallIntegerField()
    burden = models.PositiveSmallIntegerField()
    current = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "party"], name="one_share_per_schedule_and_party"),
        ]


class Swap(Held):
    """What a delegation asks to have changed in its own day. The secretariat reads it and answers by the next draft."""

    about = models.ForeignKey(Placement, models.PROTECT, related_name="swaps")
    note = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
