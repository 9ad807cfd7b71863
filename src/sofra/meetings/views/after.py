"""The page of what is done and left after a meeting, the record page of a meeting, and a party's word on its own part."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel import rooms
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.models import Party
from sofra.kernel.pages import actor_of, language, open_to, sent
from sofra.lexicon.naming import party_name
from sofra.meetings import sentences
from sofra.meetings.after_forms import OwnAttendanceForm, own_initial
from sofra.meetings.commands.attendance import confirm_own, own_words
from sofra.meetings.models import OwnAttendance
from sofra.meetings.queries.after import held
from sofra.meetings.queries.after_texts import record_facts, record_of
from sofra.meetings.queries.delegations import team_of
from sofra.meetings.views.places import address, entering_at, meeting_or_404


@door(GET=SECRETARIAT)
def after(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """What is done and what is left after a meeting."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "after.keep", row)
    actor = actor_of(request)
    parts = [
        {"key": part.key, "title": part.title, "lines": list(part.read(row, actor, language()))}
        for part in rooms.after_parts()
    ]
    return render(request, "meetings/after/after.html", {"meeting": row, "parts": parts, "held": held(row)})


@door(GET=SECRETARIAT)
def record(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """What the house holds of a meeting beside what the public record says of it, fact by fact."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "after.keep", row)
    found = record_of(row, language())
    context = {"meeting": row, "record": found, "facts": record_facts(row, language(), found)}
    return render(request, "meetings/after/record.html", context)


@door(GET=DELEGATES | SECRETARIAT, POST=DELEGATES | SECRETARIAT)
def own(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """Let a party confirm its own part in a meeting, or enter it for it."""
    row = meeting_or_404(request, format, meeting)
    actor = actor_of(request)
    open_to(request, "attendance.own", row)
    team = team_of(row, party, language())
    if team is None or (actor.party_id is not None and actor.party_id != party):
        raise Http404
    stands = OwnAttendance.objects.filter(meeting=row, owner_party_id=party).first()
    announced = team.delegation.level if team.delegation is not None else row.level
    form = OwnAttendanceForm(sent(request), initial=own_initial(stands, announced))
    whose: Party = team.party
    entering = entering_at(request, row, whose)
    asking = Asking(
        request,
        title=_("Confirm the delegation's part"),
        what=_("What the party says itself of its part in the meeting. The party and the secretariat read it."),
        back=address("attendance", row) if actor.party_id is not None else address("after_meeting", row),
        about=party_name(whose, language()).text,
        action=_("Confirm"),
        form=form,
        entering=entering,
        obj=stands,
    )

    def sentence() -> str:
        key, words = own_words(row, party, **form.said)
        return sentences.sentence(key, **words)  # type: ignore[arg-type]

    def run() -> None:
        party_id, entry = entering.owner()
        confirm_own(
            meeting=row, party_id=party_id, entry=entry, seen_version=form.cleaned_data["version"] or 0, **form.said
        )

    return asking.answer(run, sentence, stands=lambda theirs: own_initial(theirs, announced))
