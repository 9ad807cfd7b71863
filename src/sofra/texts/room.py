"""What the room brings to the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sofra.kernel.doors import SEATED
from sofra.kernel.rooms import Nav, Room
from sofra.texts.contributions import canaries, cards, samples
from sofra.texts.desk import desk

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
    "texts.settled": _("A proposal to move, split or merge paragraphs was decided"),
    "texts.pen_passed": _("The pen was passed"),
    "texts.language": _("A text has a version in another language"),
    "texts.rendered": _("A paragraph was entered in another language"),
    "texts.circulated": _("A version was circulated"),
    "texts.silence_opened": _("A text was put under silence"),
    "texts.silence_objection": _("A delegation objected in writing"),
    "texts.silence_broken": _("The silence on a text was broken"),
    "texts.silence_withdrawn": _("The silence on a text was withdrawn"),
    "texts.silence_reopened": _("After a silence: the text is negotiated further"),
    "texts.silence_extended": _("A silence on a text was extended"),
    "texts.silence_renewed": _("A new silence on a text was opened"),
    "texts.silence_given_up": _("A silence procedure was given up"),
    "texts.silence_late": _("An objection to a text, received in time, was entered after the silence"),
    "texts.silence_stands": _("The adoption of a text stands"),
    "texts.adopted": _("A text was adopted"),
    "texts.reopened_whole": _("An adopted text was reopened"),
    "texts.attached": _("A delegation attached a statement"),
    "texts.detached": _("A delegation took back a statement"),
}

ROOM = Room(
    name="texts",
    title=_("Texts"),
    order=50,
    nav=(Nav(_("Texts"), "texts", place="meeting", order=60, key="e", roles=SEATED),),
    desk=desk,
    cards=cards(),
    changes=CHANGES,
    found={"text": _("Text")},
    samples=samples(),
    canaries=canaries,
)
