"""What the kernel itself brings to the house: seats."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sofra.kernel.accounts import policy as accounts_policy
from sofra.kernel.accounts import signals
from sofra.kernel.accounts.samples import SAMPLES, canaries
from sofra.kernel.doors import DELEGATES, SEATED, SECRETARIAT
from sofra.kernel.rooms import Nav, Room

RULES = (accounts_policy,)
signals.connect()

ROOM = Room(
    name="kernel",
    title=_("House"),
    order=90,  # last, so that the parties of a record just loaded have their seats
    samples=SAMPLES,
    canaries=canaries,
    nav=(
        Nav(_("Long work"), "jobs", place="house", order=85, roles=SEATED),
        Nav(_("Seats"), "accounts_seats", place="house", order=90, roles=SECRETARIAT | DELEGATES),
    ),
)
