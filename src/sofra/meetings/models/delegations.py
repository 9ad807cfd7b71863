"""Who comes to a meeting: delegations, their people, what each needs, how they travel, who is at their side.

Each thing with an audience of its own is a row of its own. A name reaches others once its delegation releases it; contact
and needs never reach other delegations. What was announced and what happened are different facts in different tables.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting, Session


class Delegation(Held):
    """A party's team at one meeting; `owner_party` is that party.

    Between registering and announcing, the secretariat reads it; from `announced_at` on all members do. `level` is the level
    announced, which need not be the level of the meeting. `languages` are those the delegation speaks and follows in.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="delegations")
    level = models.CharField(max_length=20, choices=Meeting.Level.choices)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "owner_party"], name="one_delegation_per_party"),
            models.CheckConstraint(condition=Q(owner_party__isnull=False), name="delegation_is_of_a_party"),
        ]


class Delegate(Held):
    """A person in a delegation, by name. Wordings: function.

    Its audience is how far the name was released: the delegation, the secretariat, all members. It only ever widens.
    """

    class Place(models.TextChoices):
        HEAD = "head", _("head of delegation")
        DEPUTY = "deputy", _("deputy head of delegation")
        MEMBER = "member", _("delegate")
        INTERPRETER = "interpreter", _("interpreter")
        SUPPORT = "support", _("support staff")

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="delegates")
    place = models.CharField(max_length=12, choices=Place.choices, default=Place.MEMBER)
    name = models.CharField(max_length=200)
    native = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # One head at a time is the command's rule, not the table's: an error of uniqueness would tell the secretariat that a
        # name exists which the delegation has not released to it.
        ordering: ClassVar = ["order"]


class Particulars(Held):
    """How to reach a delegate and what they need. The delegation reads it, and the secretariat once it has the name."""

    delegate = models.OneToOneField(Delegate, models.PROTECT, related_name="particulars")
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    access = models.TextField(blank=True)
    diet = models.TextField(blank=True)


class Journey(Held):
    """An arrival or a departure of a delegation, or of one delegate of it. The delegation and the secretariat read it."""

    class Direction(models.TextChoices):
        ARRIVAL = "arrival", _("arrival")
        DEPARTURE = "departure", _("departure")

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="journeys")
    delegate = models.ForeignKey(Delegate, models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    at = models.DateTimeField()
    where = models.CharField(max_length=200)
    by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at"]


class Liaison(Held):
    """The liaison officer whom the secretariat puts at a delegation's side; that delegation reads it."""

    delegation = models.OneToOneField(Delegation, models.PROTECT, related_name="liaison")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)


class Deputising(Held):
    """That one delegate acts for another of the same delegation, at one session or from one instant to another."""

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="deputisings")
    principal = models.ForeignKey(Delegate, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Delegate, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="nobody_deputises_for_themselves"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="deputising_ends_after_it_began"
            ),
        ]


class Attendance(Held):
    """That a party took part, at which level: in the meeting or, where `session` is named, in that part of it.

    The secretariat writes it down; from its confirmation on all members read it. `delegate` names one person of it: that
    row reaches other delegations only where the name does.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    delegate = models.ForeignKey(Delegate, models.PROTECT, null=True, blank=True, related_name="+")
    present = models.BooleanField(default=True)
    level = models.CharField(max_length=20, choices=Meeting.Level.choices, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "party", "session", "delegate"], nulls_distinct=False, name="attendance_is_said_once"
            ),
        ]
