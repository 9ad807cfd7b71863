"""What the room brings to the house."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sofra.cooperation.after import commitment_lines
from sofra.cooperation.pack import commitments, words
from sofra.cooperation.presenting import canaries, cards, desk, samples
from sofra.kernel.rooms import AfterPart, FromText, Nav, PackSection, Room

CHANGES = {
    "cooperation.proposed": _("Commitment put forward"),
    "cooperation.announced": _("Commitment announced"),
    "cooperation.edited": _("Words of a commitment mended"),
    "cooperation.contact_named": _("Contact named"),
    "cooperation.date_set": _("Another date put forward"),
    "cooperation.date_accepted": _("Date accepted"),
    "cooperation.date_declined": _("Date declined"),
    "cooperation.reported": _("Report made"),
    "cooperation.completed": _("Reported as done"),
    "cooperation.report_corrected": _("Report corrected"),
    "cooperation.lapsed": _("Commitment lapsed"),
    "cooperation.withdrawn": _("Commitment withdrawn"),
    "cooperation.made_public": _("Commitment made public"),
    "cooperation.made_private": _("Commitment taken back from the public"),
    "cooperation.report_released": _("Report made public"),
    "cooperation.sheet_handed_in": _("Sheet handed in"),
    "cooperation.sheet_written": _("Sheet written"),
}


def _at(name: str, commitment: Any, **more: Any) -> str:
    return reverse(name, kwargs={"format": commitment.format.slug, "commitment": commitment.pk, **more})


ROOM = Room(
    name="cooperation",
    title=_("Cooperation"),
    order=60,
    nav=(Nav(_("Follow-up"), "follow_up", place="meeting", order=80, key="u"),),
    desk=desk,
    cards=cards(),
    changes=CHANGES,
    samples=samples(),
    canaries=canaries,
    pack=(PackSection("commitments", 60, commitments, words),),
    after=(AfterPart("commitments", _("Commitments recorded from it"), 40, commitment_lines),),
    words_at={
        "cooperation.commitment": lambda row: _at("commitment_edit", row),
        "cooperation.report": lambda row: _at("commitment_report_correct", row.commitment, report=row.pk),
    },
    from_text=(FromText(_("Record a commitment"), "issued_commitment", 20),),
)
