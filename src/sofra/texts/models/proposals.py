"""What is proposed for a text, and how what was open was closed."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models import Meeting
from sofra.texts.models.text import Paragraph, Stand, Text


class Proposal(Held):
    """The wording somebody would like a paragraph to have, made against an exact stand of it.

    It is owned by the party that makes it; the chair's has no owner. `wording` is plain; empty, it wants the paragraph gone
    or, of kind "withdraw", takes back what its party proposed. Addressed to all, it changes the paragraph at once into
    `result`; addressed to fewer, it changes nothing and is read by those alone. `answers` is the proposal it builds on.
    `outdated` says that it could not be moved to what stood there when it arrived: it is its author's draft.
    """

    class Kind(models.TextChoices):
        REWORD = "reword", _("another wording")
        DELETE = "delete", _("the paragraph goes")
        NEW = "new", _("a new paragraph")
        ALTERNATIVE = "alternative", _("an alternative paragraph")
        WITHDRAW = "withdraw", _("withdrawal of what was proposed")

    text = models.ForeignKey(Text, models.PROTECT, related_name="proposals")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    language = models.CharField(max_length=12)
    wording = models.TextField(blank=True)
    against = models.ForeignKey(Stand, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.ForeignKey(Stand, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    outdated = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]

    @property
    def meeting(self) -> Meeting:
        """The meeting whose profile its words are held against."""
        return self.text.meeting

    @property
    def meeting_id(self) -> UUID:
        """Its key."""
        return self.text.meeting_id


class Explanation(Held):
    """Why a proposal is made: a row of its own, because its audience is its author's choice. Wordings: reason."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")


class Closing(Held):
    """A bracket that was closed, and why. Wordings: reason.

    `before` and `after` are the stands between which it was closed, `words` what it was closed with.
    """

    class How(models.TextChoices):
        ACCEPTED = "accepted", _("a wording was accepted")
        COMPROMISE = "compromise", _("the chair's compromise")
        MERGED = "merged", _("merged with another wording")
        MOVED = "moved", _("moved to another place")
        WITHDRAWN = "withdrawn", _("withdrawn by those who proposed it")

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="closings")
    before = models.ForeignKey(Stand, models.PROTECT, related_name="+")
    after = models.ForeignKey(Stand, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]

    @property
    def meeting(self) -> Meeting:
        """The meeting whose profile its words are held against."""
        return self.paragraph.text.meeting

    @property
    def meeting_id(self) -> UUID:
        """Its key."""
        return self.paragraph.text.meeting_id
