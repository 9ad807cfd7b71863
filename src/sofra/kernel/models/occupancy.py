"""The occupancy table: rooms, principals and interpreter teams are held here and nowhere else."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models.held import Held


class Occupancy(Held):
    """A resource is held for a time. What is pencilled may overlap; what is published may not.

    A released hold holds nothing any more; its row stays, as rows do, and may be used again by its holder.
    """

    class State(models.TextChoices):
        PENCILLED = "pencilled", _("pencilled")
        PUBLISHED = "published", _("published")
        RELEASED = "released", _("released")

    resource = models.UUIDField()
    during = DateTimeRangeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENCILLED)
    holder = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["holder"]), models.Index(fields=["resource"])]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="nothing_published_twice",
                expressions=[("resource", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(state="published"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=models.Q(during__isempty=False), name="occupancy_lasts"),
        ]
