"""What a format's observers, or everyone, are told of a meeting: that it takes place, and its adopted agenda."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting
from sofra.meetings.models.procedure import FrozenVersion


class Told(models.TextChoices):
    """Whom something is told besides the members. The values are audiences."""

    OBSERVERS = "observers", _("the observers of the format")
    PUBLIC = "public", _("everyone")


class Announcement(Held):
    """That a meeting takes place, told to observers or to everyone from `readable_from` on. Wordings: title, city, venue.

    Who reads an announcement reads the meeting's row, as its wall says: date, level, format, status as they stand. Tasks,
    notes and agenda are rows of their own and stay with those who have them. Withdrawn, it is the members' again.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="announcements")
    to = models.CharField(max_length=12, choices=Told.choices)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["readable_from", "at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "to"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="announced_once_to_each_audience",
            )
        ]


class AgendaPublication(Held):
    """An adopted version of an agenda as it is told outside: `content` holds `lines`, each a title by language, no more.

    Of several that a reader may read, the one that became readable last holds. Withdrawn, it is the members' again.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda_publications")
    version_of = models.ForeignKey(FrozenVersion, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=12, choices=Told.choices)
    content = models.JSONField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["readable_from", "at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version_of", "to"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="a_version_published_once_to_each_audience",
            )
        ]
