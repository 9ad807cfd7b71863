"""The agenda: themes, items the parties propose, the chair's order, suggested wordings."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting


class Theme(Held):
    """A subject that items and commitments are filed under. Data, kept by the house. Wordings: title.

    A retired theme is offered no longer and stays where it was used.
    """

    slug = models.SlugField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["order", "slug"]


class AgendaItem(Held):
    """An item a party proposes for a meeting's agenda. Wordings: title, note.

    It is a draft of its delegation alone until `submitted_at`; then all members read it. Whether its party has withdrawn it
    says its latest act; withdrawn from view, it is its delegation's alone again.
    """

    class Urgency(models.TextChoices):
        ROUTINE = "routine", _("may wait for a later meeting")
        THIS_MEETING = "this_meeting", _("for this meeting")
        URGENT = "urgent", _("urgent")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda_items")
    urgency = models.CharField(max_length=12, choices=Urgency.choices, default=Urgency.THIS_MEETING)
    themes = ArrayField(models.UUIDField(), default=list, blank=True)
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["submitted_at", "made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="an_item_is_a_partys"),
        ]


class AgendaOrder(Held):
    """The chair's order of one meeting's items. Items it does not name follow as they were submitted."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="agenda_order")
    items = ArrayField(models.UUIDField(), default=list, blank=True)


class HandedUp(Held):
    """An item of a preparatory meeting, handed up to the meeting it prepares; it stays its proposer's."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="handings")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="handed_items")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "meeting"], name="handed_up_once")]


class Suggestion(Held):
    """Another wording that a party suggests for an item's title or note, in one language. Wordings: text.

    The proposer accepts or declines it by an act of its own.
    """

    class Field(models.TextChoices):
        TITLE = "title", _("title")
        NOTE = "note", _("note")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="suggestions")
    field = models.CharField(max_length=8, choices=Field.choices)
    language = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="a_suggestion_is_a_partys"),
        ]
