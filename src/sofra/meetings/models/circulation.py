"""Circulation: documents of a meeting, who has them from when, and the receipts of having opened them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Audience, Held
from sofra.kernel.wall import Wall
from sofra.meetings.models.meeting import Meeting


class Document(Held):
    """One version of a document of a meeting. Wordings: title, text (written in place), reason (of a recall).

    `line` is what all versions of one document share. Each version has readers and an instant of its own, so that nobody
    learns of a version that was not released to them: there is no row above the versions, and no number counts them.

    A draft is its author's alone. Released, its readers have it from `readable_from` on, which is `released_at`; while that
    instant lies ahead the release can still be moved or called off. Recalled, the row stays with its readers and its words
    and files do not. A paper of a delegation (`owner_party`) is never released itself: asked to, the secretariat circulates
    a copy without change (`author` is the delegation, `original` its row), or declines.

    A text of the meeting is an outcome as it was issued (models/after.py), word for word; nobody edits it.
    """

    class Kind(models.TextChoices):
        AGENDA = "agenda", _("agenda")
        ANNOTATED_AGENDA = "annotated_agenda", _("annotated agenda")
        BACKGROUND = "background", _("background note")
        DECISION = "decision", _("document for decision")
        OUTCOME = "outcome", _("text of the meeting")
        OTHER = "other", _("other document")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="documents")
    line = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    kind = models.CharField(max_length=18, choices=Kind.choices)
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    original = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    wanted_audience = models.CharField(max_length=12, choices=Audience.choices, blank=True)
    wanted_readers = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(recalled_at__isnull=True) | models.Q(released_at__isnull=False),
                name="only_what_was_released_is_recalled",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True)
                | models.Q(owner_party__isnull=True, released_at=models.F("readable_from")),
                name="a_release_is_the_secretariats_and_at_one_instant",
            ),
        ]

    @property
    def draft(self) -> bool:
        """Whether it was neither released nor given up."""
        return self.released_at is None and self.withdrawn_at is None


class DocumentFile(Held):
    """The file of a version in one language. `remarks` are what the check of the file found worth saying about it.

    A draft's file can be taken out again; the row then names none.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    language = models.CharField(max_length=12)
    file = models.ForeignKey("kernel.File", models.PROTECT, null=True, blank=True, related_name="+")
    remarks = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "language"], name="one_file_per_language"),
        ]


class DocumentAnswer(Held):
    """What the secretariat answered a delegation that asked to circulate a paper. Wordings: reason (where it declined)."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="answer")
    circulated = models.BooleanField()
    at = models.DateTimeField()


class Opening(Held):
    """When a seat of a delegation first opened a version. Known to that delegation alone; neither audited nor counted."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    seat = models.ForeignKey("kernel.Seat", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "seat"], name="one_opening_per_seat"),
        ]


class Opened(Held):
    """That a delegation opened a version, without when: what a format may agree to tell its secretariat.

    Written only while the format's rule says so, and read by the secretariat only while it does. `readable_from` is the
    instant of the release, so that the row tells nothing of the hour.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    wall: ClassVar[Wall] = Wall(
        read=(
            "coalesce(owner_party_id = sofra_id('party'), false) OR (sofra_serves(format_id) AND EXISTS ("
            "SELECT 1 FROM meetings_receiptrule r WHERE r.format_id = meetings_opened.format_id AND r.openings_told))"
        )
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "owner_party"], name="opened_once_per_party"),
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="a_party_opened"),
        ]


class ReceiptRule(Held):
    """Whether the members of a format agreed that the secretariat learns who opened a document. Wordings: basis.

    A format without a row agreed to nothing.
    """

    openings_told = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["format"], name="one_receipt_rule_per_format"),
            models.CheckConstraint(condition=models.Q(format__isnull=False), name="a_receipt_rule_is_a_formats"),
        ]
