"""A text, its paragraphs, and how they stand."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held, Party
from sofra.meetings.models import Meeting


class Text(Held):
    """A document under negotiation at a meeting. Wordings: title.

    `languages` holds the authoritative one first; `equally_authentic` says that the others are no translations.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="texts")
    languages = ArrayField(models.CharField(max_length=12))
    equally_authentic = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]

    @property
    def authoritative(self) -> str:
        """The language that decides where versions differ."""
        return str(self.languages[0])


class Paragraph(Held):
    """A unit of a text. It is nothing but its identity, which outlives every wording, number and place."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="paragraphs")
    at = models.DateTimeField()


class Placing(Held):
    """What a paragraph is and where it stands, from an instant on; the latest holds. The same in all languages.

    `place` orders paragraphs; one put between two others has a place between theirs. `level` counts from 0. A paragraph that
    fell is `gone`: nobody's words are lost, it stands in the history.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", _("heading")
        PREAMBULAR = "preambular", _("preambular paragraph")
        OPERATIVE = "operative", _("operative paragraph")

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="placings")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OPERATIVE)
    level = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=30, blank=True)
    place = models.FloatField()
    alternative_to = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="+")
    gone = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paragraph", "sequence"], name="one_placing_at_a_time"),
        ]


class Stand(Held):
    """A paragraph's content in one language, from an instant on; the latest holds.

    `content` is the engine's notation, in which parties are named by identity (labels.py), so that a name is asked of the
    lexicon when it is shown.
    """

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="stands")
    language = models.CharField(max_length=12)
    sequence = models.PositiveIntegerField()
    content = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paragraph", "language", "sequence"], name="one_stand_at_a_time"),
        ]


class Status(models.TextChoices):
    """How far a paragraph is."""

    OPEN = "open", _("open")
    WORKING_GROUP = "working_group", _("agreed in working group")
    AD_REFERENDUM = "ad_referendum", _("agreed ad referendum")
    AGREED = "agreed", _("agreed")


class Ruling(Held):
    """A paragraph's status from an instant on; the latest holds. Wordings: reason (always, where it is reopened)."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="rulings")
    sequence = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=Status.choices)
    asked_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paragraph", "sequence"], name="one_ruling_at_a_time"),
        ]


class PenHolding(Held):
    """Who holds the pen of a text from an instant on; the latest holds. No holder: the chair."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="pen_holdings")
    sequence = models.PositiveIntegerField()
    holder = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "sequence"], name="one_pen_at_a_time"),
        ]
