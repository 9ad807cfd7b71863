"""What the room brings to the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sofra.kernel.doors import SEATED
from sofra.kernel.rooms import Nav, Room
from sofra.texts.contributions import canaries, cards, samples

CHANGES = {
    "texts.begun": _("A text was put on the table"),
    "texts.proposed": _("A wording was proposed"),
    "texts.outdated": _("A proposal is kept as a draft: the words changed meanwhile"),
    "texts.withdrawn": _("A proposal was taken back"),
    "texts.position": _("A delegation said where it stands"),
    "texts.position_confirmed": _("A delegation confirmed where it stands"),
    "texts.closed": _("A bracket was closed"),
    "texts.ruled": _("A paragraph was agreed"),
    "texts.reopened": _("A paragraph was opened again"),
    "texts.pen_passed": _("The pen was passed"),
    "texts.circulated": _("A version was circulated"),
}

ROOM = Room(
    name="texts",
    title=_("Texts"),
    order=50,
    nav=(Nav(_("Texts"), "texts", place="meeting", order=60, key="e", roles=SEATED),),
    cards=cards(),
    changes=CHANGES,
    found={"text": _("Text")},
    samples=samples(),
    canaries=canaries,
)
