"""Where parties stand on the alternatives of open brackets. Only what a delegation said, never what follows from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.texts.models.text import Paragraph


class Stance(models.TextChoices):
    """A party's stance on one alternative. Consensus is the absence of objection: "can live with" never blocks."""

    SUPPORTS = "supports", _("supports")
    CAN_LIVE_WITH = "can live with", _("can live with")
    OBJECTS = "objects", _("objects")
    RESERVES = "reserves", _("reserves its position")
    SILENT = "silent", _("says nothing")


class Position(Held):
    """What a party said of one alternative at an instant; its latest holds, for each reader among those that may be read.

    `choice` is the alternative's key (engine/points.py) and `words` its wording, so that it stays readable when the bracket is
    gone. Its audience is all members, the secretariat (the chair alone), or its own delegation. `heard` was noted by the chair,
    until the delegation says itself where it stands. An objection falls where every wording of `unless` is taken: each is an
    object of paragraph (its key), choice and words, and stood in other brackets that all read when it was made.
    """

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="positions")
    language = models.CharField(max_length=12)
    choice = models.CharField(max_length=16)
    words = models.TextField(blank=True)
    stance = models.CharField(max_length=14, choices=Stance.choices)
    heard = models.BooleanField(default=False)
    unless = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        indexes: ClassVar = [
            models.Index(fields=["paragraph", "choice"]),
            # What a party said of a wording after something else it had said of it.
            models.Index(fields=["paragraph", "choice", "owner_party", "at"], name="texts_positions_that_follow"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="a_position_is_a_partys"),
        ]


class PositionReason(Held):
    """Why; as its position is read. Wordings: reason."""

    position = models.OneToOneField(Position, models.PROTECT, related_name="+")
