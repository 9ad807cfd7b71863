"""The cycle: templates of what has to be done around a meeting, and the tasks planned back from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting


class TaskOwner(models.TextChoices):
    """Who has to do a task."""

    SECRETARIAT = "secretariat", _("secretariat")
    EACH_PARTY = "each_party", _("each delegation")


class CycleTask(Held):
    """A step of the cycle as a format plans it for meetings of one kind. Wordings: title, remedy.

    Its moment is counted from the meeting: `days` calendar days (negative: before) at the local time `at` in the meeting's
    zone, or exactly `hours` hours from its beginning. `remedy` says what to do where that instant has passed already.
    A retired step stays, for the meetings that were planned with it.
    """

    kind = models.CharField(max_length=14, choices=Meeting.Kind.choices)
    owner = models.CharField(max_length=12, choices=TaskOwner.choices)
    days = models.SmallIntegerField(null=True, blank=True)
    at = models.TimeField(null=True, blank=True)
    hours = models.SmallIntegerField(null=True, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(days__isnull=False, at__isnull=False, hours__isnull=True)
                | models.Q(days__isnull=True, at__isnull=True, hours__isnull=False),
                name="task_counts_in_days_or_in_hours",
            ),
        ]

    @property
    def before(self) -> int:
        """How many days (or hours) the step lies from its meeting, without the sign."""
        return abs(self.hours if self.hours is not None else self.days or 0)


class Task(Held):
    """A step of one meeting's cycle, due at an instant. Wordings: title, remedy.

    `step` is the step of the template it came from; `moved` says that somebody set its instant by hand, so that a new date
    of the meeting leaves it where it is. The task is the secretariat's; whether a delegation did it is that delegation's own
    TaskMark.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks")
    step = models.ForeignKey(CycleTask, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.CharField(max_length=12, choices=TaskOwner.choices)
    due_at = models.DateTimeField()
    moved = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["due_at", "id"]


class TaskMark(Held):
    """That the secretariat (no owner party) or a delegation did its part of a task, or took that back."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="marks")
    done = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "owner_party"], name="one_mark_per_owner", nulls_distinct=False),
        ]
