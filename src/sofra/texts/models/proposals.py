"""What is proposed for a text, and how what was open was closed."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.kernel.wall import Wall
from sofra.meetings.models import Meeting
from sofra.texts.models.text import Paragraph, Stand, Text


class Proposal(Held):
    """The wording somebody would like a paragraph to have, made against an exact stand of it.

    It is owned by the party that makes it; the chair's has no owner. `wording` is plain; empty, it wants the paragraph gone
    or, of kind "withdraw", takes back what its party proposed. Addressed to all, it changes the paragraph at once into
    `result`; addressed to fewer, it changes nothing and is read by those alone. `answers` is the proposal it builds on.
    `outdated` says that it could not be moved to what stood there when it arrived: it is its author's draft. `target` is the
    paragraph behind which it moves (none: to the top) or the one it takes in; `cuts` are the two parts of a split by language.
    """

    class Kind(models.TextChoices):
        REWORD = "reword", _("another wording")
        DELETE = "delete", _("the paragraph goes")
        NEW = "new", _("a new paragraph")
        ALTERNATIVE = "alternative", _("an alternative paragraph")
        WITHDRAW = "withdraw", _("withdrawal of what was proposed")
        MOVE = "move", _("the paragraph moves")
        SPLIT = "split", _("the paragraph is split in two")
        MERGE = "merge", _("the paragraph takes in another")

    #: What is proposed of a paragraph's place or bounds: it waits beside the text until whoever holds the pen decides.
    SHAPES: ClassVar = (Kind.MOVE, Kind.SPLIT, Kind.MERGE)

    text = models.ForeignKey(Text, models.PROTECT, related_name="proposals")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    language = models.CharField(max_length=12)
    wording = models.TextField(blank=True)
    against = models.ForeignKey(Stand, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.ForeignKey(Stand, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    outdated = models.BooleanField(default=False)
    target = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="+")
    cuts = models.JSONField(default=dict, blank=True)
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


class Settlement(Held):
    """What became of a proposal to move, split or merge. Wordings: reason."""

    class How(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        SET_ASIDE = "set_aside", _("set aside")

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="settlement")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="settlements")
    how = models.CharField(max_length=10, choices=How.choices)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]


class Informal(Held):
    """A wording put forward with nobody's name on it. Nobody owns the row; whose it is stands in `InformalOwn` alone.

    All read it from a full step of the clock on (`at`), so that its instant tells nobody's hour, and what comes in the same
    step stands in no order. Taken from view, nobody reads it any more.
    """

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="informals")
    language = models.CharField(max_length=12)
    wording = models.TextField()
    at = models.DateTimeField()

    #: The house alone, with nobody seated, reads it before its instant and afterwards; nobody's row is not the secretariat's.
    wall: ClassVar[Wall] = Wall(
        read=(
            "(sofra_setting('house') = 'on' AND sofra_id('seat') IS NULL) OR sofra_may_read(audience, format_id, "
            "'00000000-0000-0000-0000-000000000000'::uuid, readers, readable_from, NULL)"
        ),
        write="coalesce(sofra_setting('house') = 'on', false) AND sofra_id('seat') IS NULL",
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(owner_party__isnull=True, entry__isnull=True), name="an_informal_wording_is_nobodys"
            ),
        ]


class InformalOwn(Held):
    """Whose an informal wording is, and its words: known to its delegation alone."""

    informal = models.OneToOneField(Informal, models.PROTECT, related_name="+")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    wording = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(owner_party__isnull=False, audience="delegation"), name="whose_it_is_is_its_own"
            ),
        ]


class InformalTaken(Held):
    """That a delegation took its informal wording from view. Known to it alone."""

    own = models.OneToOneField(InformalOwn, models.PROTECT, related_name="taken")
    at = models.DateTimeField()
