"""The register of incoming and outgoing notes: what was exchanged, and, apart from it, the number the house gave it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.invitations import Invitation
from sofra.meetings.models.meeting import Meeting


class Note(Held):
    """A note or a letter that came in or went out, as it was put into the register.

    The secretariat's row; the party that sent or received it reads it too, never its number: that would tell how many
    notes others exchanged. `reference` is the other side's own, `mark` the one the party may quote: drawn, not counted.
    `office` says from whom it came or to whom it went where that is no party, or which office of it.
    """

    class Direction(models.TextChoices):
        INCOMING = "in", _("incoming")
        OUTGOING = "out", _("outgoing")

    direction = models.CharField(max_length=3, choices=Direction.choices)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="notes")
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, blank=True, related_name="notes")
    party = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=20, unique=True)
    subject = models.CharField(max_length=300)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(owner_party__isnull=True), name="a_note_is_in_the_secretariats_register"
            ),
            models.CheckConstraint(condition=Q(format__isnull=False), name="a_note_is_of_a_format"),
            models.CheckConstraint(
                condition=Q(party__isnull=False) | ~Q(office=""), name="a_note_is_of_a_party_or_an_office"
            ),
        ]


class NoteNumber(Held):
    """A note's number in the register of its format, year and direction, without gaps. The secretariat alone reads it."""

    note = models.OneToOneField(Note, models.PROTECT, related_name="numbered")
    direction = models.CharField(max_length=3, choices=Note.Direction.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-year", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["format", "year", "direction", "number"], name="a_number_is_given_once"),
            models.CheckConstraint(condition=Q(audience="secretariat"), name="a_number_is_the_secretariats_alone"),
        ]


class NoteDocument(Held):
    """A file that belongs to a note: as it came, or as it went out (`language` is then the letter's)."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="documents")
    file = models.ForeignKey("kernel.File", models.PROTECT, related_name="+")
    language = models.CharField(max_length=12, blank=True)


class NoteAct(Held):
    """That an act was entered for a delegation from an incoming note. It belongs to that delegation, as the entry does."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="acts")
    act = models.ForeignKey("kernel.Entry", models.PROTECT, related_name="+")
