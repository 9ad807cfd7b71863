"""Dates are put forward and answered. Every date ever put forward stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.cooperation.commands.common import day, one_at_a_time, owners_place, side, texts, titles
from sofra.cooperation.commands.common import zone as known_zone
from sofra.cooperation.commands.publishing import keep_standing
from sofra.cooperation.engine.state import Code
from sofra.cooperation.models import Commitment, DateAnswer, DueDate
from sofra.cooperation.standing import state_of
from sofra.kernel import acting, policy, wordings
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.models import Entry
from sofra.kernel.recording import record
from sofra.kernel.refusals import Conflict, Refusal

ENDED = (Code.DONE, Code.LAPSED, Code.WITHDRAWN)


@command
def set_date(
    commitment: Commitment,
    *,
    due: date | None,
    zone: str,
    reason: Mapping[str, str],
    seen_date: UUID | None,
    entry: Entry | None = None,
) -> DueDate:
    """Put another date forward: the owner's counter-date or extension, or the secretariat's suggestion.

    The date that counted goes on counting until the other side accepts this one. An owner's counter-date declines the
    date it answers. `seen_date` is the newest date seen; Conflict where there is a newer one. Raises Refusal on an ended
    commitment, a day that is the same, or no reason.
    """
    actor = acting.current()
    policy.require(actor, "cooperation.set_date", commitment)
    one_at_a_time(commitment.pk)
    now = database_now()
    _require_open(commitment, now)
    newest = commitment.dates.order_by("-at", "-id").select_related("answer").first()
    if newest is not None and newest.pk != seen_date:
        raise Conflict(_("Somebody put another date forward while you were writing. Both stand below."), newest)
    wanted, by_owner_and_place = day(due, "due"), side(actor, commitment, entry)
    by_owner, place = by_owner_and_place
    if newest is not None and (newest.due, newest.zone) == (wanted, zone):
        raise Refusal(_("This is the date that was put forward last. Give another day."), "due")
    why = texts("reason", reason)
    if newest is not None and by_owner and not newest.by_owner and not hasattr(newest, "answer"):
        DateAnswer.objects.create(date=newest, accepted=False, at=now, **place)
    made = DueDate.objects.create(
        commitment=commitment, due=wanted, zone=known_zone(zone), by_owner=by_owner, at=database_now(), **place
    )
    wordings.put(made, "reason", why)
    record(
        "cooperation.date_set", made, {"due": wanted, "zone": zone, "by_owner": by_owner, "reason": why},
        meeting_id=commitment.meeting_id, shown={**titles(commitment), "due": wanted.isoformat()},
    )  # fmt: skip
    return made


@command
def answer_date(
    due_date: DueDate, *, accepted: bool, seen: int | None = None, entry: Entry | None = None
) -> DateAnswer:
    """Accept or decline a date the other side put forward; or correct what the secretariat entered as one's own answer.

    `seen` is the version of an answer being corrected. Raises Conflict where the date was answered meanwhile, Refusal where
    a newer date stands or the commitment has ended.
    """
    actor = acting.current()
    policy.require(actor, "cooperation.answer", due_date)
    commitment = due_date.commitment
    one_at_a_time(commitment.pk)
    now = database_now()
    _require_open(commitment, now)
    if due_date.at_once:
        raise Refusal(_("The owner announced this date itself; it counts without an answer."))
    place = _answers_place(due_date, entry)
    stands = DateAnswer.objects.filter(date=due_date).first()
    if stands is not None:
        answer = _correct(stands, accepted, seen, now)
    else:
        if commitment.dates.filter(at__gt=due_date.at).exists():
            raise Refusal(_("A newer date was put forward. Answer that one."))
        answer = DateAnswer.objects.create(date=due_date, accepted=accepted, at=now, **place)
    record(
        "cooperation.date_accepted" if accepted else "cooperation.date_declined",
        answer, {"due": due_date.due, "zone": due_date.zone, "accepted": accepted},
        meeting_id=commitment.meeting_id, shown={**titles(commitment), "due": due_date.due.isoformat()},
    )  # fmt: skip
    keep_standing(commitment)
    return answer


def _answers_place(due_date: DueDate, entry: Entry | None) -> dict[str, Any]:
    actor, commitment = acting.current(), due_date.commitment
    if not due_date.by_owner:
        return owners_place(actor, commitment, entry)
    by_owner, place = side(actor, commitment, None)
    if by_owner:
        raise Refusal(_("Your delegation put this date forward; the secretariat records the answer."))
    return place


def _correct(stands: DateAnswer, accepted: bool, seen: int | None, now: Any) -> DateAnswer:
    own = stands.owner_party_id is not None and stands.owner_party_id == acting.current().party_id
    if not (own and stands.entry_id is not None) or seen is None:
        raise Conflict(_("This date was answered meanwhile. The answer stands below."), stands)
    check_version(stands, seen)
    if stands.accepted != accepted:
        stands.accepted, stands.at = accepted, now
    stands.entry = None
    save_next(stands, ["accepted", "at", "entry"])
    return stands


def _require_open(commitment: Commitment, now: Any) -> None:
    code = state_of(commitment, now).code
    if code in ENDED:
        raise Refusal(_("This commitment has ended; its dates stay as they are."), "due")
