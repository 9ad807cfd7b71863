"""A commitment ends otherwise than by completion. It is recorded, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.cooperation.commands.common import one_at_a_time, owners_place, side, texts, titles
from sofra.cooperation.commands.dates import ENDED
from sofra.cooperation.commands.publishing import keep_standing
from sofra.cooperation.engine.state import COUNTING
from sofra.cooperation.models import Commitment, Ending
from sofra.cooperation.standing import state_of
from sofra.kernel import acting, policy, wordings
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import Entry
from sofra.kernel.recording import record
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Meeting


@command
def lapse(
    commitment: Commitment, *, meeting: Meeting | None, reason: Mapping[str, str], decision_id: UUID | None = None
) -> Ending:
    """Record that a meeting decided to let a commitment lapse. `reason` is the decision in words."""
    policy.require(acting.current(), "cooperation.lapse", commitment)
    if meeting is None or meeting.format_id != commitment.format_id:
        raise Refusal(_("Name the meeting that decided it."), "meeting")
    _name, place = side(acting.current(), commitment, None)
    return _end(commitment, Ending.Kind.LAPSED, reason, place, meeting=meeting, decision_id=decision_id)


@command
def withdraw(commitment: Commitment, *, reason: Mapping[str, str], entry: Entry | None = None) -> Ending:
    """Withdraw a commitment: the owner its own; the secretariat what it put forward while no date was accepted."""
    actor = acting.current()
    policy.require(actor, "cooperation.withdraw", commitment)
    by_owner, place = side(actor, commitment, entry)
    if not by_owner and (
        commitment.owner_party_id is not None or state_of(commitment, database_now()).code in COUNTING
    ):
        place = owners_place(actor, commitment, entry)
    return _end(commitment, Ending.Kind.WITHDRAWN, reason, place)


def _end(
    commitment: Commitment,
    kind: str,
    reason: Mapping[str, str],
    place: dict[str, object],
    *,
    meeting: Meeting | None = None,
    decision_id: UUID | None = None,
) -> Ending:
    one_at_a_time(commitment.pk)
    now = database_now()
    if state_of(commitment, now).code in ENDED:
        raise Refusal(_("This commitment has ended already."))
    why = texts("reason", reason)
    ending = Ending.objects.create(
        commitment=commitment, kind=kind, meeting=meeting, decision_id=decision_id, at=now, **place
    )
    wordings.put(ending, "reason", why)
    record(
        f"cooperation.{kind}", ending, {"reason": why, "decision": decision_id},
        meeting_id=meeting.pk if meeting else commitment.meeting_id, shown=titles(commitment),
    )  # fmt: skip
    keep_standing(commitment)
    return ending
