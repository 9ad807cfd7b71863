"""What the secretariat needs to receive a delegation: how to reach its people, what they need, when they travel, who helps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands.delegations import columns_of, hold_delegation, named
from sofra.meetings.models import Delegate, Delegation, Journey, Liaison, Particulars

PARTICULARS = ("phone", "email", "access", "diet")


def _behind(delegate: Delegate | None) -> str:
    """How far what belongs to a person reaches: to the secretariat once it has the name; never to another delegation."""
    hidden = delegate is not None and delegate.audience == Audience.DELEGATION
    return Audience.DELEGATION if hidden else Audience.SECRETARIAT


@command
def keep_particulars(
    *,
    delegate: Delegate,
    seen_version: int | None = None,
    phone: str = "",
    email: str = "",
    access: str = "",
    diet: str = "",
    entry: Entry | None = None,
) -> Particulars:
    """Keep how to reach a delegate and what they need. The audit says which fields changed and never what stood in them."""
    meeting = hold_delegation(delegate.delegation, entry)
    assert delegate.owner_party_id is not None
    row = Particulars.objects.filter(delegate=delegate).first()
    said = {"phone": phone.strip(), "email": email.strip(), "access": access.strip(), "diet": diet.strip()}
    if row is None:
        row = Particulars(
            delegate=delegate, **said, **columns_of(meeting, delegate.owner_party_id, entry, _behind(delegate))
        )
        row.save(force_insert=True)
        changed = [name for name in PARTICULARS if said[name]]
    else:
        check_version(row, seen_version)
        row.refresh_from_db()
        changed = [name for name in PARTICULARS if said[name] != getattr(row, name)]
        for name, value in said.items():
            setattr(row, name, value)
        row.entry = entry
        save_next(row, [*PARTICULARS, "entry"])
    recording.record("delegate.particulars", row, {"fields": changed}, meeting_id=meeting.pk)
    return row


def _journey(direction: str, where: str) -> None:
    if direction not in Journey.Direction.values:
        raise Refusal(_("Say whether it is an arrival or a departure."), "direction")
    if not where.strip():
        raise Refusal(_("Say where: an airport, a border crossing, a station."), "where")


@command
def add_journey(
    *,
    delegation: Delegation,
    direction: str,
    at: datetime,
    where: str,
    by: str = "",
    delegate: Delegate | None = None,
    entry: Entry | None = None,
) -> Journey:
    """Say when the delegation, or one of its people, arrives or departs. Raises NotAllowed, Refusal."""
    meeting = hold_delegation(delegation, entry)
    assert delegation.owner_party_id is not None
    _journey(direction, where)
    if delegate is not None and delegate.delegation_id != delegation.pk:
        raise Refusal(_("Choose a person of this delegation."), "delegate")
    row = Journey(
        delegation=delegation, delegate=delegate, direction=direction, at=at, where=where.strip(), by=by.strip(),
        **columns_of(meeting, delegation.owner_party_id, entry, _behind(delegate)),
    )  # fmt: skip
    row.save(force_insert=True)
    recording.record("journey.added", row, {"direction": direction, "at": at, "where": where}, meeting_id=meeting.pk)
    return row


@command
def change_journey(
    *,
    journey: Journey,
    seen_version: int | None,
    direction: str,
    at: datetime,
    where: str,
    by: str = "",
    entry: Entry | None = None,
) -> Journey:
    """Change an arrival or a departure. Raises NotAllowed, Refusal, Conflict."""
    meeting = hold_delegation(journey.delegation, entry)
    check_version(journey, seen_version)
    journey.refresh_from_db()
    _journey(direction, where)
    before = {"direction": journey.direction, "at": journey.at, "where": journey.where}
    journey.direction, journey.at, journey.where, journey.by = direction, at, where.strip(), by.strip()
    journey.entry = entry
    save_next(journey, ["direction", "at", "where", "by", "entry"])
    recording.record(
        "journey.changed",
        journey,
        {"direction": direction, "at": at, "where": where, "before": before},
        meeting_id=meeting.pk,
    )
    return journey


@command
def withdraw_journey(*, journey: Journey, entry: Entry | None = None) -> Journey:
    """Say that a journey does not take place."""
    meeting = hold_delegation(journey.delegation, entry)
    check_version(journey, None)
    journey.refresh_from_db()
    if journey.withdrawn_at is not None:
        raise Refusal(_("The journey was called off already."))
    journey.withdrawn_at, journey.entry = database_now(), entry
    save_next(journey, ["withdrawn_at", "entry"])
    recording.record("journey.withdrawn", journey, {}, meeting_id=meeting.pk)
    return journey


@command
def name_liaison(
    *,
    delegation: Delegation,
    name: str,
    seen_version: int | None = None,
    phone: str = "",
    email: str = "",
    languages: Sequence[str] = (),
) -> Liaison:
    """Name the liaison officer at a delegation's side; that delegation reads it. Raises NotAllowed, Refusal, Conflict."""
    policy.require(acting.current(), "delegations.liaison", delegation.meeting)
    row = Liaison.objects.filter(delegation=delegation).first()
    if row is None:
        row = Liaison(
            delegation=delegation,
            audience=Audience.PARTIES,
            format_id=delegation.format_id,
            readers=[delegation.owner_party_id],
        )
        row.version = 0
    else:
        check_version(row, seen_version)
        row.refresh_from_db()
    row.name, row.phone, row.email, row.languages = named(name), phone.strip(), email.strip(), list(languages)
    row.version += 1
    row.save()
    recording.record("delegation.liaison", row, {"name": row.name}, meeting_id=delegation.meeting_id)
    return row
