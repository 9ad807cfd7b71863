"""What the room brings to the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sofra.bilaterals.presenting import cards, desk
from sofra.bilaterals.queries.days import events
from sofra.bilaterals.samples import canaries, samples
from sofra.kernel.doors import DELEGATES, SECRETARIAT
from sofra.kernel.rooms import Nav, Room

CHANGES = {
    "bilaterals.asked": _("A bilateral was asked for"),
    "bilaterals.accepted": _("A bilateral was accepted"),
    "bilaterals.declined": _("A bilateral was declined"),
    "bilaterals.proposed": _("Other terms were proposed for a bilateral"),
    "bilaterals.withdrawn": _("A bilateral was called off"),
    "bilaterals.timed": _("A time was put forward for a bilateral"),
    "bilaterals.confirmed": _("The time of a bilateral was confirmed"),
    "bilaterals.arranged": _("How a bilateral is held was said"),
    "bilaterals.held": _("What became of a bilateral was written down"),
    "bilaterals.readout": _("A line on a bilateral was put forward"),
    "bilaterals.readout_agreed": _("A line on a bilateral was agreed to"),
    "bilaterals.framed": _("The hours of bilaterals were set"),
    "bilaterals.booked": _("A room was booked without naming the counterpart"),
    "bilaterals.unbooked": _("A booking of a room was taken back"),
    "bilaterals.drafted": _("A schedule of bilaterals was drafted"),
    "bilaterals.shared": _("A bilateral stands in a draft to look over"),
    "bilaterals.swap_asked": _("A change of the schedule was asked for"),
    "bilaterals.placed": _("A bilateral was scheduled"),
    "bilaterals.moved": _("A bilateral was moved"),
    "bilaterals.unplaced": _("A bilateral was taken out of the schedule"),
}

ROOM = Room(
    name="bilaterals",
    title=_("Bilaterals"),
    order=50,
    nav=(Nav(_("Bilaterals"), "bilaterals", place="meeting", order=50, key="b", roles=SECRETARIAT | DELEGATES),),
    desk=desk,
    cards=cards(),
    changes=CHANGES,
    samples=samples(),
    canaries=canaries,
    calendar=events,
)
