"""What a meeting ends with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting


class Outcome(Held):
    """A decision, an adopted text, a chair's summary, a press statement, or the record that there is none.

    Wordings: title, body; each language has a status and a translator. A draft is the secretariat's; released, members read
    it from `readable_from` on; published, everyone does. A chair's summary stands on the chair's responsibility and is not
    adopted. Decisions are numbered within their meeting.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", _("decision")
        ADOPTED_TEXT = "adopted_text", _("adopted text")
        CHAIR_SUMMARY = "chair_summary", _("chair's summary")
        PRESS_STATEMENT = "press_statement", _("press statement")
        NONE = "none", _("no outcome document")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "number", "made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_decision_per_number"),
            models.CheckConstraint(
                condition=models.Q(kind="decision", number__isnull=False)
                | (~models.Q(kind="decision") & models.Q(number__isnull=True)),
                name="decisions_alone_are_numbered",
            ),
        ]

    @property
    def adoptable(self) -> bool:
        """Whether the members adopt it: decisions and texts; a summary or a press statement is somebody's own word."""
        return self.kind in (self.Kind.DECISION, self.Kind.ADOPTED_TEXT)

    @property
    def issuable(self) -> bool:
        """Whether it is issued as a paper: a text somebody stands by. A decision is read as it is adopted."""
        return self.kind in (self.Kind.ADOPTED_TEXT, self.Kind.CHAIR_SUMMARY, self.Kind.PRESS_STATEMENT)
