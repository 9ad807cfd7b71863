"""What the press is told of a meeting: what is being written, what was issued and from when, captions, accreditation."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Audience, Held
from sofra.meetings.models.delegations import Delegate
from sofra.meetings.models.meeting import Meeting, Session


class PressKind(models.TextChoices):
    """What a piece is."""

    ADVISORY = "advisory", _("media advisory")
    LINES = "lines", _("agreed lines")
    CAPTION = "caption", _("photo caption")


class PressPiece(Held):
    """One version of something for the press, as it is written. Wordings: title, body.

    `line` is what all versions of one piece share. The secretariat alone reads it; agreed lines are also read by the parties
    that were asked to clear them, from the instant they were asked on. What anybody else reads is an issue of it. A caption
    has no body: `rows` says how many stand in each row, from the front, and its places say who; `session` is where the photo
    is taken.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="press_pieces")
    line = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    kind = models.CharField(max_length=8, choices=PressKind.choices)
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    rows = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(owner_party__isnull=True), name="the_press_desk_is_the_secretariats"),
            models.CheckConstraint(
                condition=Q(kind="caption") | Q(session__isnull=True, rows=[]), name="only_a_caption_has_places"
            ),
        ]


class PressIssue(Held):
    """A piece as it is told to the members or to everyone from `readable_from` on, word for word. Wordings: reason.

    `content` holds `texts` by language: title, body, foot. Called off before its instant, it is the secretariat's again.
    Withdrawn after it, its words are gone and its titles, the instant and the reason stay.
    """

    class To(models.TextChoices):
        MEMBERS = "format", _("all members")
        EVERYONE = "public", _("everyone")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="press_issues")
    piece = models.ForeignKey(PressPiece, models.PROTECT, related_name="issues")
    line = models.UUIDField(editable=False, db_index=True)
    kind = models.CharField(max_length=8, choices=PressKind.choices)
    to = models.CharField(max_length=12, choices=To.choices)
    content = models.JSONField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["readable_from", "at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["piece", "to"], condition=Q(withdrawn_at__isnull=True), name="issued_once_to_each_audience"
            ),
            models.CheckConstraint(
                condition=Q(audience=F("to")) | Q(audience=Audience.SECRETARIAT, withdrawn_at__lt=F("readable_from")),
                name="an_issue_is_read_by_those_it_is_for",
            ),
            models.CheckConstraint(
                condition=Q(kind="lines") | Q(to="public"), name="only_lines_are_issued_to_members_alone"
            ),
        ]

    @property
    def called_off(self) -> bool:
        """Whether it was taken back before anybody could read it."""
        return self.withdrawn_at is not None and self.withdrawn_at < self.readable_from


class CaptionPlace(Held):
    """Who stands in a place of a photo: row 1 is the front one, place 1 the leftmost. Nobody, where `delegate` is empty.

    `printed` is how the person was called when the caption was last issued (name, function by language).
    """

    piece = models.ForeignKey(PressPiece, models.PROTECT, related_name="places")
    row = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    delegate = models.ForeignKey(Delegate, models.PROTECT, null=True, blank=True, related_name="+")
    printed = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["row", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["piece", "row", "place"], name="one_person_in_a_place"),
            models.UniqueConstraint(fields=["piece", "delegate"], name="nobody_stands_twice_in_a_photo"),
            models.CheckConstraint(condition=Q(row__gte=1, place__gte=1), name="places_are_counted_from_one"),
        ]


class MediaApplication(Held):
    """An application for accreditation. Personal data: no more than is needed at the door, for the secretariat alone.

    `removed_at`: what was said of the person was taken out; that there was an application, and what became of it, stays.
    """

    class Work(models.TextChoices):
        PHOTO = "photo", _("photo")
        WRITING = "writing", _("writing")
        TV = "tv", _("television")
        RADIO = "radio", _("radio")

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        ACCREDITED = "accredited", _("accredited")
        REFUSED = "refused", _("refused")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="media_applications")
    name = models.CharField(max_length=200, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    work = models.CharField(max_length=8, choices=Work.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(audience=Audience.SECRETARIAT, owner_party__isnull=True),
                name="accreditation_is_the_secretariats_alone",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason="") | Q(removed_at__isnull=False), name="a_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(name="", outlet="", document="", contact="", reason=""),
                name="what_was_removed_is_gone",
            ),
        ]
