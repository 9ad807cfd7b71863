"""What the secretariat does to an agenda on the chair's behalf: order it, hand items up, put it to adoption."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command, save_next
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Conflict, Refusal
from sofra.meetings import sentences
from sofra.meetings.commands import procedure as deciding
from sofra.meetings.commands.agenda import subject_of_agenda, subject_of_item
from sofra.meetings.commands.procedure import hold
from sofra.meetings.engine.ordering import moved
from sofra.meetings.models import AgendaItem, AgendaOrder, FrozenVersion, HandedUp, Meeting, Procedure
from sofra.meetings.queries.agenda import ADOPTED, SUBMITTED, Agenda, agenda_of, item_of


@command
def move_item(*, meeting: Meeting, item_id: UUID, steps: int, seen_version: int | None = None) -> AgendaOrder:
    """Move an item up (negative) or down the chair's order. Raises Conflict if the order changed since `seen_version`."""
    policy.require(acting.current(), "agenda.chair", meeting)
    hold(meeting.pk)
    agenda = agenda_of(meeting, get_language() or "en")
    order = AgendaOrder.objects.filter(meeting=meeting).first()
    if seen_version is not None and (order.version if order else 0) != seen_version:
        raise Conflict(_("Somebody else changed the order meanwhile. It stands below; move the item again."), order)
    keys = [item.pk for item in agenda.items]
    if item_id not in keys:
        raise Refusal(_("The item does not stand on this agenda."))
    wanted = moved(keys, item_id, steps)
    if order is None:
        order = AgendaOrder(meeting=meeting, items=wanted, audience=Audience.FORMAT, format_id=meeting.format_id)
        order.save(force_insert=True)
    else:
        order.items = wanted
        save_next(order, ["items"])
    recording.record("agenda.ordered", order, {"items": wanted}, meeting_id=meeting.pk)
    return order


@command
def hand_up(*, item: AgendaItem) -> HandedUp:
    """Put an item of a preparatory meeting on the agenda of the meeting it prepares; the item stays its proposer's."""
    meeting = item.meeting
    policy.require(acting.current(), "agenda.chair", meeting)
    if meeting.prepares is None:
        raise Refusal(_("This meeting prepares no other meeting."))
    policy.require(acting.current(), "agenda.chair", meeting.prepares)
    hold(meeting.pk)
    now = hold(meeting.prepares.pk)
    stands = item_of(agenda_of(meeting, get_language() or "en"), item.pk)
    if stands is None or stands.state not in (SUBMITTED, ADOPTED):  # type: ignore[attr-defined]
        raise Refusal(_("Only an item that stands on the agenda can be handed up."))
    if HandedUp.objects.filter(item=item, meeting=meeting.prepares).exists():
        raise Refusal(_("The item was handed up already."))
    row = HandedUp(
        item=item,
        meeting=meeting.prepares,
        at=now,
        audience=Audience.FORMAT,
        format_id=meeting.prepares.format_id,
        readable_from=now,
    )
    row.save(force_insert=True)
    title = sentences.kept("item.submit", party=item.owner_party_id, **subject_of_item(item).words)
    recording.record(
        "agenda.handed_up", row, {"item": item.pk, "from": meeting.pk, "item_sentence": title},
        meeting_id=meeting.prepares_id, shown={},
    )  # fmt: skip
    return row


def _ready(meeting: Meeting, seen: str | None) -> Agenda:
    agenda = agenda_of(meeting, get_language() or "en")
    if seen is not None and seen != agenda.fingerprint:
        raise Conflict(
            _("The agenda changed while you were reading. It stands below as it is now; read it again."), agenda
        )
    if agenda.running is not None:
        raise Refusal(_("A silence procedure is open on this agenda. Stop it first, or let it end."))
    if not agenda.items:
        raise Refusal(_("No item stands on the agenda yet."))
    if agenda.adopted is not None and not agenda.difference:
        raise Refusal(_("The agenda is adopted and nothing has changed since."))
    deciding.refuse_while_objected([meeting.pk, *(item.pk for item in agenda.items)])
    return agenda


@command
def adopt_by_consensus(*, meeting: Meeting, seen: str | None = None) -> FrozenVersion:
    """Record that the agenda is adopted by consensus, as a new frozen version.

    `seen` is the fingerprint of what the chair read. Raises NotAllowed, Conflict, or Refusal while an objection stands.
    """
    policy.require(acting.current(), "agenda.chair", meeting)
    now = hold(meeting.pk)
    agenda = _ready(meeting, seen)
    subject = subject_of_agenda(meeting, count=len(agenda.items))
    return deciding.put_forward(subject, Procedure.Method.CONSENSUS, now, {"lines": agenda.lines})


@command
def open_silence(*, meeting: Meeting, deadline: datetime, seen: str | None = None) -> FrozenVersion:
    """Put the agenda as it stands under silence until an instant. Raises as `adopt_by_consensus`, and Refusal for the past."""
    policy.require(acting.current(), "agenda.chair", meeting)
    now = hold(meeting.pk)
    agenda = _ready(meeting, seen)
    subject = subject_of_agenda(
        meeting, count=len(agenda.items), deadline=lambda: sentences.exact(deadline, meeting.zone)
    )
    return deciding.put_forward(subject, Procedure.Method.SILENCE, now, {"lines": agenda.lines}, deadline)


@command
def stop_silence(*, meeting: Meeting) -> Procedure:
    """Stop the silence procedure on the agenda; nothing is adopted by it. Too late once it has run out."""
    policy.require(acting.current(), "agenda.chair", meeting)
    now = hold(meeting.pk)
    return deciding.stop(subject_of_agenda(meeting), now)
