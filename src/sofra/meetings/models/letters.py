"""Letters: the templates the secretariat writes itself, and what was issued from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting
from sofra.meetings.models.register import Note


class LetterTemplate(Held):
    """A letter with named places, of a format. Wordings: subject, text. The secretariat alone reads it."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        OTHER = "other", _("other letter")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INVITATION)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]


class Letter(Held):
    """A letter as it was issued to a party in one language: its words, which never change, and its entry in the register.

    Wordings: text. Read by the secretariat and the party it went to.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="letters")
    note = models.OneToOneField(Note, models.PROTECT, related_name="letter")
    template = models.UUIDField()
    template_version = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    addressee = models.CharField(max_length=300)
    issued_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["issued_at", "id"]
