"""Who took part in a meeting."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SEATED, SECRETARIAT, door
from sofra.kernel.pages import actor_of, language, open_to, sent
from sofra.lexicon.naming import party_names
from sofra.meetings import sentences
from sofra.meetings.commands import attendance as commands
from sofra.meetings.delegation_forms import AttendanceForm, session_title
from sofra.meetings.models import Meeting, Session
from sofra.meetings.queries.after import own_attendances
from sofra.meetings.queries.delegations import attendance_of, presence, sessions_of, teams_of
from sofra.meetings.views.places import address, meeting_or_404


@door(GET=SEATED)
def attendance(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """What was announced beside what happened, for the meeting and each session."""
    row = meeting_or_404(request, format, meeting)
    teams = teams_of(row, language())
    sessions = sessions_of(row, language())
    parts = presence(row, teams, sessions)
    actor = actor_of(request)
    own = own_attendances(row)
    mine = actor.party_id if actor.party_id is not None and policy.decide(actor, "attendance.own", row) else None
    context = {
        "meeting": row,
        "own": own,
        "own_url": address("attendance_own", row, party=mine) if mine else "",
        "own_said": mine in own,
        "serves": actor.serves(row.format_id),
        "parts": parts,
        "sessions": sessions,
        "may_note": bool(policy.decide(actor, "attendance.keep", row)),
        "unconfirmed": any(line.said and line.said.confirmed_at is None for part in parts for line in part.lines),
    }
    return render(request, "meetings/delegations/attendance.html", context)


def _noting(request: HttpRequest, row: Meeting, session: Session | None) -> HttpResponse:
    open_to(request, "attendance.keep", row)
    teams = teams_of(row, language())
    form = AttendanceForm(
        sent(request),
        teams=teams,
        stand=attendance_of(row, session),
        names=party_names([team.party.pk for team in teams], language()),
        own=own_attendances(row) if session is None else {},
    )
    title = session_title(session) if session else _("The whole meeting")
    asking = Asking(
        request,
        title=_("Write down who took part"),
        what=_("The secretariat reads it until it is confirmed; then all members do."),
        back=address("attendance", row),
        about=title,
        action=_("Write down"),
        form=form,
    )

    def run() -> str:
        commands.note_attendance(meeting=row, session=session, said=form.said())
        return address("attendance", row)

    return asking.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def attendance_note(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Write down who took part in the meeting."""
    return _noting(request, meeting_or_404(request, format, meeting), None)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def attendance_session(request: HttpRequest, format: str, meeting: str, session: UUID) -> HttpResponse:
    """Write down who took part in one session."""
    row = meeting_or_404(request, format, meeting)
    found = next((each for each in sessions_of(row, language()) if each.pk == session), None)
    if found is None:
        raise Http404
    return _noting(request, row, found)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def attendance_confirm(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Confirm who took part, for all members to read."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "attendance.keep", row)
    asking = Asking(
        request,
        title=_("Confirm the attendance"),
        what=_("All members read it from then on; a correction is still possible and recorded."),
        back=address("attendance", row),
        about=_("Attendance"),
        action=_("Confirm"),
    )

    def run() -> str:
        commands.confirm_attendance(meeting=row)
        return address("attendance", row)

    return asking.answer(run, lambda: sentences.sentence("attendance.confirm"))
