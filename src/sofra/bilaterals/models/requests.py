"""A request for a bilateral and everything its sides say of it. Who is not a side reads none of it.

Every row is owned by the side that wrote it. The other sides are its named readers and, unless the request is kept from it,
the secretariat (named by the format's id). A decline is read by the sides alone.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.kernel.wall import Wall
from sofra.meetings.models import Meeting

#: A side reads the asker's purpose from its own acceptance on. Nobody else does: the secretariat has no party.
ACCEPTED = (
    "EXISTS (SELECT 1 FROM bilaterals_act said WHERE said.request_id = bilaterals_purpose.request_id"
    " AND said.kind = 'accepted' AND said.owner_party_id = sofra_id('party'))"
)


class Level(models.TextChoices):
    """At which level a bilateral is held. At the first the heads of delegation meet."""

    MINISTER = "minister", _("ministers")
    DEPUTY = "deputy", _("deputy ministers")
    OFFICIALS = "officials", _("officials")


class Size(models.TextChoices):
    """How large a room must be."""

    SMALL = "S", _("small")
    LARGE = "L", _("large")


class Request(Held):
    """That one delegation wishes to meet another, or two others. `owner_party` is the one that asks.

    `slots` is its length in slots of the meeting's frame; `languages` none or the two to interpret between; `windows` are
    pairs of instants (ISO), empty for any time. Unanswered by `answer_by` it lapses by the clock. `discreet`: the secretariat
    does not read it either. `uid` names it in calendars and nowhere else.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="bilaterals")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.MINISTER)
    slots = models.PositiveSmallIntegerField(default=1)
    size = models.CharField(max_length=1, choices=Size.choices, default=Size.SMALL)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    windows = models.JSONField(default=list)
    answer_by = models.DateTimeField(null=True, blank=True)
    discreet = models.BooleanField(default=False)
    pull_aside = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="a_delegation_asks"),
            models.CheckConstraint(condition=models.Q(slots__gte=1), name="a_bilateral_lasts"),
        ]


class Side(Held):
    """That a party is a side of a request: the one that asks, or one of those asked."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="sides")
    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="+")
    asks = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "party"], name="a_side_is_named_once"),
        ]


class Purpose(Held):
    """What the asker wants to speak of: its own until a side accepts, or the sides' from the start. Never the secretariat's."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="purpose")
    text = models.TextField()
    language = models.CharField(max_length=12)

    wall: ClassVar[Wall] = Wall(read=f"{Wall().may_read()} OR {ACCEPTED}")


class Wish(Held):
    """What a side wishes that the other sides do not read: how much it matters, and which room. The secretariat reads it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="wishes")
    priority = models.PositiveSmallIntegerField(default=2)
    room = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(priority__range=(1, 3)), name="priority_is_one_to_three"),
        ]


class Act(Held):
    """One thing a side did about a request. None is ever changed; what stands follows from all of them.

    `level` and `windows` are what a proposal names. `begins_at`, `ends_at` and `place` are a time agreed elsewhere; the act
    that confirms it `answers` it. `note` is the reason, where one is given.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        PROPOSED = "proposed", _("other terms proposed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        TIMED = "timed", _("time put forward")
        CONFIRMED = "confirmed", _("time confirmed")

    request = models.ForeignKey(Request, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    windows = models.JSONField(default=list)
    begins_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class Arrangement(Held):
    """How a bilateral is to be held, as a side said it last: who receives and where, 1+n, interpreter, press at the start."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="arrangements")
    receives = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    suite = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    company = models.PositiveSmallIntegerField(null=True, blank=True)
    own_interpreter = models.BooleanField(default=False)
    press = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class Outcome(Held):
    """What became of a bilateral on the day, by one side or the secretariat: held, not held, moved; who came."""

    class State(models.TextChoices):
        HELD = "held", _("held")
        NOT_HELD = "not_held", _("not held")
        MOVED = "moved", _("moved")

    request = models.ForeignKey(Request, models.PROTECT, related_name="outcomes")
    state = models.CharField(max_length=10, choices=State.choices)
    came = models.CharField(max_length=500, blank=True)
    begins_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class Note(Held):
    """What a side notes of a bilateral for itself alone."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class Readout(Held):
    """One line on what was spoken of, put forward by a side. `for_all`: once agreed, all members read it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="readouts")
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=12)
    for_all = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class ReadoutAgreement(Held):
    """That a side agrees to a readout, word for word. The one that makes it agreed by all carries it to its readers.

    `parties` names the sides in that one; a row that is read by members says so itself, because the request is not theirs.
    """

    readout = models.ForeignKey(Readout, models.PROTECT, related_name="agreements")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    language = models.CharField(max_length=12)
    complete = models.BooleanField(default=False)
    parties = ArrayField(models.UUIDField(), default=list, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
