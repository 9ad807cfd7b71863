"""How far a job is, for the seat that asked for it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.wall import Wall


class JobProgress(models.Model):
    """A job somebody asked for: how far it is, what it says, whether it shall stop. Readable by the seat that asked alone.

    The house itself, on no seat, keeps the row too: it closes the row of a seat that was revoked meanwhile.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey("kernel.Seat", models.PROTECT, null=True, blank=True, related_name="+")
    job = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    sentence = models.TextField(blank=True)
    #: How often it was begun; more than once where its worker was ended.
    run = models.PositiveSmallIntegerField(default=0)
    #: The address in the house where the result is; empty where the work itself is the result.
    result = models.CharField(max_length=300, blank=True)
    cancel_asked = models.BooleanField(default=False)
    asked_at = models.DateTimeField(db_default=Now())
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    _MINE = "seat_id = sofra_id('seat') OR (sofra_setting('house') = 'on' AND sofra_id('seat') IS NULL)"
    wall: ClassVar[Wall] = Wall(read=_MINE, write=_MINE)

    @property
    def open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def told(self) -> tuple[object, ...]:
        """How far it is, as its readers are told: where this is the same, so is what they see."""
        return self.pk, self.state, self.percent, self.sentence, self.cancel_asked, self.result

    @property
    def title(self) -> Any:
        """What was asked for, in the reader's language."""
        from sofra.kernel import jobs

        found = jobs.kind(self.job)
        return found.title if found else self.job

    class Meta:
        indexes: ClassVar = [models.Index(fields=["seat", "-asked_at"])]
