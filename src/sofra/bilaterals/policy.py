"""Who may do what about bilaterals, and why. A third party is told nothing: for it a request is not there."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sofra.bilaterals.models import Request, Side
from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule
from sofra.meetings.models import Meeting


def sides_of(request: Request) -> list[UUID]:
    """The parties of a request, the one that asks first."""
    return list(Side.objects.filter(request=request).order_by("order").values_list("party_id", flat=True))


@rule("bilaterals.ask")
def may_ask(actor: Actor, meeting: Meeting) -> Decision:
    """Ask for a bilateral: every member, until the meeting is over; the secretariat for a member, with an entry."""
    if not meeting.open:
        return deny(_("The meeting is over; nothing is asked for any more."))
    if actor.party_id is not None and actor.sits_in(meeting.format_id):
        return allow(_("A member asks for its own bilaterals."))
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat enters what a delegation asked for by note, e-mail or call."))
    return deny(_("Only members of the format ask for bilaterals."))


@rule("bilaterals.take_part")
def may_take_part(actor: Actor, request: Request) -> Decision:
    """Answer, propose, withdraw, say how it is held: the sides; the secretariat for one of them, with an entry."""
    if actor.party_id is not None and actor.sits_in(request.format_id):
        if actor.party_id in sides_of(request):
            return allow(_("Your delegation is a side of it."))
        return deny(_("Your delegation is no side of it."))
    if actor.serves(request.format_id) and not request.discreet:
        return allow(_("The secretariat enters what a side said by note, e-mail or call."))
    return deny(_("Only its sides act on it."))


@rule("bilaterals.note")
def may_note(actor: Actor, request: Request) -> Decision:
    """Note something for one's own delegation alone: the sides. The secretariat notes nothing for anybody."""
    if actor.party_id is not None and actor.sits_in(request.format_id) and actor.party_id in sides_of(request):
        return allow(_("Your delegation alone reads its notes."))
    return deny(_("A note is a side's own."))


@rule("bilaterals.keep_own")
def may_keep_own(actor: Actor, meeting: Meeting) -> Decision:
    """Block a time of one's own, or book a room: as asking."""
    return may_ask(actor, meeting)


@rule("bilaterals.arrange")
def may_arrange(actor: Actor, meeting: Meeting) -> Decision:
    """Set hours, rooms and whom to keep apart; make, share and publish schedules: the secretariat."""
    if not meeting.open:
        return deny(_("The meeting is over; its schedule does not change any more."))
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat arranges rooms and the schedule."))
    return deny(_("Only the secretariat arranges rooms and the schedule."))


@rule("bilaterals.day")
def may_say_of_the_day(actor: Actor, request: Request) -> Decision:
    """Say what became of it on the day: its sides, and the secretariat for itself."""
    if actor.serves(request.format_id) and not request.discreet:
        return allow(_("The secretariat writes down what was held."))
    return may_take_part(actor, request)
