"""Publish a schedule: to all at one instant, all or nothing; those concerned are told what moved, and nobody else anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sofra.bilaterals.commands.common import principal
from sofra.bilaterals.commands.drafting import readers_of, stood
from sofra.bilaterals.commands.shares import tell_shares
from sofra.bilaterals.engine.slots import Span
from sofra.bilaterals.engine.workflow import Code
from sofra.bilaterals.explaining import overlaps
from sofra.bilaterals.facts import taken_of
from sofra.bilaterals.models import Placement, Schedule
from sofra.bilaterals.queries.lines import Line, lines_of
from sofra.kernel import acting, occupancy, policy, recording
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next
from sofra.kernel.refusals import Refusal
from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import party_name
from sofra.meetings.models import Meeting

S = Schedule.State


@dataclass
class Changes:
    """What publishing a draft changes. `same` says how many placements stay as they are."""

    placed: list[Placement] = field(default_factory=list)
    moved: list[Placement] = field(default_factory=list)
    dropped: list[Placement] = field(default_factory=list)
    same: int = 0

    @property
    def number(self) -> int:
        """How many meetings change."""
        return len(self.placed) + len(self.moved) + len(self.dropped)


def changes_of(schedule: Schedule) -> Changes:
    """What a draft changes in what is published. Two queries."""
    found = Changes()
    standing = _standing(schedule.meeting)
    for row in schedule.placements.filter(cancelled=False).select_related("request", "booking"):
        before = standing.pop(_key(row), None)
        if before is None:
            found.placed.append(row)
        elif (before.begins_at, before.ends_at, before.room_id) == (row.begins_at, row.ends_at, row.room_id):
            found.same += 1
        else:
            found.moved.append(row)
    found.dropped = list(standing.values())
    return found


def _key(row: Placement) -> UUID:
    key = row.request_id or row.booking_id
    assert key is not None
    return key


def _standing(meeting: Meeting) -> dict[UUID, Placement]:
    rows = Placement.objects.filter(meeting=meeting, current=True, cancelled=False).select_related("request", "booking")
    return {_key(row): row for row in rows}


@command
def publish(*, schedule: Schedule, seen_version: int | None = None) -> Changes:
    """Publish a draft in place of what is published, at one instant for all.

    Raises Refusal where requests changed since it was made, somebody is not there, or the draft is none any more; Taken where
    a principal, a room or a team is held for something else. Then nothing is published, and what was published stands.
    """
    meeting = schedule.meeting
    policy.require(acting.current(), "bilaterals.arrange", meeting)
    lock_subject(meeting.pk)
    check_version(schedule, seen_version)
    schedule.refresh_from_db()
    if schedule.state != S.DRAFT:
        raise Refusal(_("This schedule is no draft any more."))
    lines = {line.row.pk: line for line in lines_of(meeting)}
    rows = list(schedule.placements.filter(cancelled=False).select_related("request", "booking"))
    _require_current(rows, lines)
    standing = _standing(meeting)
    holds = {_key(row): _wanted(row, lines) for row in rows}
    _require_there(meeting, rows, holds, lines, [*holds, *standing])
    holdings = [
        occupancy.Holding(_key(row), holds[_key(row)], {**schedule.placement(), **readers_of(row)}) for row in rows
    ]
    holdings += [occupancy.Holding(key, {}, before.placement()) for key, before in standing.items() if key not in holds]
    occupancy.publish_together(holdings)
    return _write(schedule, rows, standing)


def _require_current(rows: list[Placement], lines: dict[UUID, Line]) -> None:
    """A request that was called off, agreed at another time or changed since is not published by a draft from before."""
    stale = 0
    for row in rows:
        line = lines.get(row.request_id) if row.request_id else None
        if row.request_id and (line is None or line.code != Code.ACCEPTED or line.agreed is not None):
            stale += 1
        if row.booking is not None and row.booking.withdrawn_at is not None:
            stale += 1
    if stale:
        raise Refusal(
            ngettext(
                "One meeting of this draft was called off or agreed elsewhere since. Nothing was published. Solve again.",
                "%(n)d meetings of this draft were called off or agreed elsewhere since. Nothing was published. Solve again.",
                stale,
            )
            % {"n": stale}
        )


def _wanted(row: Placement, lines: dict[UUID, Line]) -> dict[UUID, Span]:
    """What a placement holds: its principals, its room, its team. A booking's counterpart is nobody's to hold."""
    held = [each for each in (row.room_id, row.team_id) if each is not None]
    if row.request_id is not None and row.format_id is not None:
        line = lines[row.request_id]
        held += [principal(row.format_id, party, line.level) for party in line.parties]
    return dict.fromkeys(held, (row.begins_at, row.ends_at))


def _require_there(
    meeting: Meeting,
    rows: list[Placement],
    holds: dict[UUID, dict[UUID, Span]],
    lines: dict[UUID, Line],
    own: list[UUID],
) -> None:
    """Refuse what collides with what the secretariat may not read: a time a delegation keeps to itself."""
    if not rows:
        return
    since, until = min(row.begins_at for row in rows), max(row.ends_at for row in rows)
    taken = taken_of(meeting, since, until, own, [])
    for row in rows:
        if row.request_id is None or row.format_id is None:
            continue
        line = lines[row.request_id]
        for party in line.parties:
            resource = principal(row.format_id, party, line.level)
            span = holds[row.request_id][resource]
            if overlaps(taken.get(resource, []), span):
                raise Refusal(
                    _("%(party)s is not available on %(when)s. Nothing was published. Solve again.")
                    % {"party": party_name(party, get_language() or "en").text, "when": _when(row, meeting)}
                )


def _when(row: Placement, meeting: Meeting) -> str:
    local = localtime(row.begins_at, ZoneInfo(meeting.zone))
    return f"{date_format(local, 'DATETIME_FORMAT')} ({zone_name(meeting.zone)})"


def _write(schedule: Schedule, rows: list[Placement], standing: dict[UUID, Placement]) -> Changes:
    now, meeting = database_now(), schedule.meeting
    found = Changes()
    before = Schedule.objects.filter(meeting=meeting, state=S.PUBLISHED).first()
    if before is not None:
        before.state = S.REPLACED
        save_next(before, ["state"])
    cancelled = {_key(row): row for row in Placement.objects.filter(meeting=meeting, current=True, cancelled=True)}
    for row in rows:
        old = standing.pop(_key(row), None)
        off = cancelled.get(_key(row))
        same = old is not None and (old.begins_at, old.ends_at, old.room_id) == (
            row.begins_at,
            row.ends_at,
            row.room_id,
        )
        earlier = old or off
        row.sequence = earlier.sequence + (0 if same else 1) if earlier is not None else 0
        row.before = {} if same or old is None else stood(old)
        row.current, row.published_at = True, old.published_at if same and old is not None else now
        for name, value in readers_of(row).items():
            setattr(row, name, value)
        if earlier is not None:
            earlier.current = False
            save_next(earlier, ["current"])
        save_next(row, ["sequence", "before", "current", "published_at", "audience", "readers"])
        if same:
            found.same += 1
            continue
        (found.placed if old is None else found.moved).append(row)
        details: dict[str, Any] = {
            "begins_at": row.begins_at,
            "room": row.room_id,
            "why": row.why,
            "before": row.before,
        }
        kind = "bilaterals.placed" if old is None else "bilaterals.moved"
        recording.record(kind, row, details, meeting_id=meeting.pk)
    for old in standing.values():
        old.cancelled, old.sequence = True, old.sequence + 1
        save_next(old, ["cancelled", "sequence"])
        found.dropped.append(old)
        recording.record("bilaterals.unplaced", old, {"begins_at": old.begins_at}, meeting_id=meeting.pk)
    tell_shares(schedule, current=True)
    schedule.state, schedule.published_at = S.PUBLISHED, now
    save_next(schedule, ["state", "published_at"])
    recording.record(
        "bilaterals.published", schedule,
        {"number": schedule.number, "placed": len(found.placed), "moved": len(found.moved), "dropped": len(found.dropped)},
        visible=False,
    )  # fmt: skip
    return found
