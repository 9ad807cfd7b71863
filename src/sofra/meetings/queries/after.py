"""What is done and what is left after a meeting: worked out from the rows each time, never kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sofra.kernel.acting import Actor
from sofra.kernel.rooms import AfterLine
from sofra.lexicon.naming import party_name, party_names
from sofra.meetings import sentences
from sofra.meetings.models import Attendance, Meeting, OwnAttendance
from sofra.meetings.queries.convening import Proposal, Shut, propose_next, shut_at, worded
from sofra.meetings.queries.delegations import Team, teams_of
from sofra.meetings.queries.waiting import page
from sofra.parties.engine.local_time import instant_on
from sofra.parties.entering import attach_entries
from sofra.parties.queries.formats import members_on


def held(meeting: Meeting, now: datetime | None = None) -> bool:
    """Whether a meeting was held or is being held, or its day came; never where it was called off. Asks the row alone."""
    if meeting.status == Meeting.Status.CANCELLED:
        return False
    if meeting.status in (Meeting.Status.UNDER_WAY, Meeting.Status.CLOSED):
        return True
    return meeting.day <= (now or timezone.now()).astimezone(ZoneInfo(meeting.zone)).date()


# -- Attendance ------------------------------------------------------------------------------------------------------------


def own_attendances(meeting: Meeting) -> dict[UUID, OwnAttendance]:
    """What parties say of their own part, by party, as far as the reader may read it; with the marks of entered ones."""
    rows = list(OwnAttendance.objects.filter(meeting=meeting))
    if rows:
        attach_entries(rows)
    return {row.owner_party_id: row for row in rows if row.owner_party_id is not None}


def agree(said: Attendance | None, own: OwnAttendance) -> bool:
    """Whether what was written down and what the party says are the same; no level written down contradicts none."""
    return said is None or (said.present == own.present and (not said.level or said.level == own.level))


def part_words(row: Attendance | OwnAttendance) -> str:
    """Whether and at which level somebody took part, in words."""
    if not row.present:
        return str(_("did not take part"))
    return str(_("took part: %(level)s") % {"level": row.get_level_display()}) if row.level else str(_("took part"))


def attendance_lines(meeting: Meeting, actor: Actor, language: str) -> list[AfterLine]:
    """A line per delegation in the order of names, then one for what all members read."""
    teams, own = teams_of(meeting, language), own_attendances(meeting)
    names = party_names([team.party.pk for team in teams], language)
    opened = meeting.status in (Meeting.Status.UNDER_WAY, Meeting.Status.CLOSED)
    found = [_part_of(meeting, team, own.get(team.party.pk), names[team.party.pk], opened) for team in teams]
    noted = [team.attendance for team in teams if team.attendance is not None]
    waiting = [row for row in noted if row.confirmed_at is None]
    confirmed = max((row.confirmed_at for row in noted if row.confirmed_at is not None), default=None)
    said = (
        [_("All members read it since %(at)s.") % {"at": sentences.exact(confirmed, meeting.zone)}] if confirmed else []
    )
    if waiting or not noted:
        said.append(_("Written down and not confirmed for all members.") if waiting else _("Nothing is written down."))
    if not opened:
        said.append(_("The meeting was not opened in the house; attendance is written down from then on."))
    act: tuple[Any, str] | None = None
    if not opened:
        act = (_("To the overview"), page("meeting", meeting))
    elif waiting:
        act = (_("Confirm the attendance"), page("attendance_confirm", meeting))
    elif len(noted) < len(teams):
        act = (_("Write down who took part"), page("attendance_note", meeting))
    found.append(AfterLine(_("For all members to read"), bool(noted) and not waiting, tuple(said), act=act))
    return found


def _part_of(meeting: Meeting, team: Team, own: OwnAttendance | None, name: str, opened: bool) -> AfterLine:
    said = []
    if team.delegation is not None and team.delegation.announced_at is not None:
        said.append(_("Announced: %(level)s.") % {"level": team.delegation.get_level_display()})
    if team.attendance is not None:
        said.append(_("Written down: %(part)s.") % {"part": part_words(team.attendance)})
    if own is None:
        said.append(_("Not confirmed by the delegation."))
    else:
        words = {"part": part_words(own), "at": sentences.exact(own.at, meeting.zone)}
        if agree(team.attendance, own):
            said.append(_("Confirmed by the delegation: %(part)s, %(at)s.") % words)
        else:
            said.append(_("The delegation says otherwise: %(part)s, %(at)s.") % words)
    url = page("attendance_own", meeting, party=team.party.pk)
    act = (_("Enter its confirmation"), url) if opened and (own is None or own.entry_id is not None) else None
    return AfterLine(name, own is not None and agree(team.attendance, own), tuple(said), act=act)


def to_confirm(actor: Actor, language: str) -> list[Meeting]:
    """Meetings held in which the actor's party has not confirmed its own part yet, worded."""
    if actor.party_id is None:
        return []
    rows = Meeting.objects.select_related("format").filter(
        status__in=(Meeting.Status.UNDER_WAY, Meeting.Status.CLOSED),
        format_id__in=actor.member_of | actor.observer_of,
        # What the record tells of meetings before the house is not asked of anybody.
        begins_at__isnull=False,
    )
    said = OwnAttendance.objects.filter(owner_party_id=actor.party_id).values("meeting_id")
    found = list(rows.exclude(pk__in=said))
    return worded(found, language) if found else []


# -- The next meeting ------------------------------------------------------------------------------------------------------


@dataclass
class Next:
    """The next ordinary meeting: the one that is convened, or the day the cadence proposes, with what it rests on."""

    convened: Meeting | None = None
    last: Meeting | None = None
    months: int | None = None
    proposal: Proposal | None = None
    shut: Shut = field(default_factory=Shut)


def next_meeting(meeting: Meeting, language: str, today: date | None = None) -> Next:
    """What follows a meeting. A proposal is a proposal: convening stays an act of the secretariat."""
    format = meeting.format
    assert format is not None
    ordinary = Meeting.objects.select_related("format").filter(format=format, kind=Meeting.Kind.ORDINARY)
    rows = sorted(ordinary.exclude(status=Meeting.Status.CANCELLED), key=lambda row: row.day)
    later = [row for row in rows if row.day > meeting.day and row.pk != meeting.pk]
    if later:
        return Next(convened=worded(later[:1], language)[0])
    last = rows[-1] if rows else None
    proposal = propose_next(format, today)
    found = Next(last=worded([last], language)[0] if last else None, months=format.cadence_months, proposal=proposal)
    if proposal.day is not None:
        noon = instant_on(proposal.day, time(12), proposal.zone)
        found.shut = shut_at([noon], members_on(format, proposal.day), proposal.zone, language)[noon]
    return found


def next_lines(meeting: Meeting, actor: Actor, language: str) -> list[AfterLine]:
    """The line of the next meeting."""
    found = next_meeting(meeting, language)
    if found.convened is not None:
        row: Any = found.convened
        when = _("%(day)s; %(status)s.") % {"day": date_format(row.day), "status": row.get_status_display()}
        return [AfterLine(_("Next meeting"), True, (when,), rows=((row.worded.get("title", row.slug), row.url),))]
    assert meeting.format is not None and found.proposal is not None
    said: list[Any] = []
    if found.last is not None:
        said.append(_("The last ordinary meeting: %(day)s.") % {"day": date_format(found.last.day)})
    if found.months:
        said.append(
            ngettext("The cadence: every month.", "The cadence: every %(months)d months.", found.months)
            % {"months": found.months}
        )
    else:
        said.append(_("The format has no cadence; no day is proposed."))
    if found.proposal.day is not None:
        said.append(_("Proposed day: %(day)s.") % {"day": date_format(found.proposal.day, "l j F Y")})
        said += shut_words(found.shut, language)
    url = page_of_format("convene", meeting)
    return [AfterLine(_("Next meeting"), False, tuple(said), act=(_("Convene, beginning from this proposal"), url))]


def shut_words(shut: Shut, language: str) -> list[str]:
    """Why offices are closed on a day, a sentence per holiday."""
    found = [
        _("Public holiday (%(name)s): %(parties)s.")
        % {"name": str(name), "parties": ", ".join(party_name(party, language).text for party in parties)}
        for name, parties in shut.holidays
    ]
    if shut.resting and not shut.everywhere:
        resting = ", ".join(party_name(party, language).text for party in shut.resting)
        found.append(_("Weekly rest: %(parties)s.") % {"parties": resting})
    elif shut.everywhere:
        found.append(_("Weekly rest in every capital."))
    return found


def page_of_format(name: str, meeting: Meeting) -> str:
    """A page of the meeting's format."""
    assert meeting.format is not None
    return reverse(name, kwargs={"format": meeting.format.slug})


# -- Closing ---------------------------------------------------------------------------------------------------------------


def closing_lines(meeting: Meeting, actor: Actor, language: str) -> list[AfterLine]:
    """The line of the closing."""
    if meeting.status == Meeting.Status.CLOSED:
        return [AfterLine(_("The meeting is closed"), True)]
    said = (_("Stands: %(status)s.") % {"status": meeting.get_status_display()},)
    return [
        AfterLine(_("The meeting is closed"), False, said, act=(_("Close the meeting"), page("meeting_close", meeting)))
    ]
