"""Who is invited to a meeting, and what each party answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting


class Invitation(Held):
    """That a party is invited to a meeting, at which level, and by when an answer is asked.

    The secretariat's row: a draft is read by nobody else, issued it is read by the party invited and by no other. That a
    party was called off stays known to both.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=Meeting.Level.choices)
    reply_by = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "party"], condition=Q(withdrawn_at__isnull=True), name="a_party_is_invited_once"
            ),
            models.CheckConstraint(condition=Q(owner_party__isnull=True), name="an_invitation_is_the_secretariats"),
        ]


class Reply(Held):
    """What a party answered to an invitation, each time it did; the latest stands. Wordings: remark.

    The party's own row, read by it and the secretariat. All members learn who comes, at which level, from the delegation
    once it is announced, not from here.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REGRETS = "regrets", _("regrets")

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    level = models.CharField(max_length=20, choices=Meeting.Level.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(owner_party__isnull=False), name="a_reply_is_of_a_party"),
            models.CheckConstraint(
                condition=Q(answer="accepted") & ~Q(level="") | Q(answer="regrets", level=""),
                name="who_accepts_says_at_which_level",
            ),
        ]
