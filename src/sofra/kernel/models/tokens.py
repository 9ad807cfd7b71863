"""Access tokens: how a program that cannot sign in acts as a seat."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from sofra.kernel.models.identity import Seat
from sofra.kernel.wall import Wall


class AccessToken(models.Model):
    """A secret with which a program reads the REST interface as a seat. Only a digest is kept; its holder gave it a `name`.

    Asked before an actor exists, through `sofra_access_token` alone; otherwise known to its seat and nobody else. It ends
    with its own revocation, on `expires_at`, with the seat's and with the account's. `used_on` is the last day it served, in
    UTC, and never the hour.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    wall: ClassVar[Wall] = Wall(read="seat_id = sofra_id('seat')", write="seat_id = sofra_id('seat')")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="an_access_token_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="an_access_token_ends_after_it_began"
            ),
        ]
