"""The programme: what can be held, the entries of a session and the people in them, and what was published of it all."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting, Session


class Resource(Held):
    """A room, a principal or a team of interpreters of one format: what the occupancy table holds. Wordings: name.

    A principal has no name here: it is the head of its party's delegation, whoever that is. A retired one is offered no
    longer and stays where it was used.
    """

    class Kind(models.TextChoices):
        ROOM = "room", _("room")
        PRINCIPAL = "principal", _("head of delegation")
        INTERPRETERS = "interpreters", _("interpreter team")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    party = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["kind", "order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["format", "party"], name="one_principal_per_party_and_format"),
            models.CheckConstraint(
                condition=models.Q(kind="principal", party__isnull=False)
                | (~models.Q(kind="principal") & models.Q(party__isnull=True)),
                name="a_principal_is_a_partys",
            ),
        ]


class ProgrammeEntry(Held):
    """A point within a session. Wordings: title, note. Its own time is optional; a dropped one is shown no longer."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="entries")
    order = models.PositiveSmallIntegerField(default=0)
    begins_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    dropped = models.BooleanField(default=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering: ClassVar = ["session", "order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(begins_at__isnull=False, ends_at__gt=models.F("begins_at")),
                name="entry_ends_after_it_began",
            ),
        ]


class ProgrammePart(Held):
    """Somebody's part in a session, or in one of its entries: a party, a post of it, a person, or a slot still open.

    `point` is the entry. Wordings: label, for a slot that names none of the three. What a reader may not know of a person or
    a post stays away, because it is looked up under the reader's own eyes.
    """

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        SPEAKER = "speaker", _("speaker")
        MODERATOR = "moderator", _("moderator")
        HOST = "host", _("host")

    session = models.ForeignKey(Session, models.PROTECT, related_name="parts")
    point = models.ForeignKey(ProgrammeEntry, models.PROTECT, null=True, blank=True, related_name="parts")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.SPEAKER)
    order = models.PositiveSmallIntegerField(default=0)
    party = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey("parties.Post", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("parties.Person", models.PROTECT, null=True, blank=True, related_name="+")
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["session", "order", "id"]


class ProgrammeVersion(Held):
    """That a meeting's programme was published, as its version of this number, by the sentence shown before."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="programme_versions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    sentences = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_programme_version_per_number")
        ]


class PublishedSession(Held):
    """What one version of the programme says of a session, word for word; read by those the session is shown to.

    A version writes a row for each session that changed; the newest of a session is `current`. `content` holds the texts per
    language, the room, who takes part, the entries and the parts in them: names of people only as references, looked up when
    it is read. `sequence` counts the changes, for calendars.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="published_sessions")
    session = models.ForeignKey(Session, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField(default=0)
    current = models.BooleanField(default=True)
    cancelled = models.BooleanField(default=False)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    published_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = ["begins_at", "ends_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["meeting", "begins_at"], condition=models.Q(current=True), name="programme_current")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(current=True), name="one_current_edition_per_session"
            )
        ]
