"""Nameplates for the table: the delegations' by the profile, or their people's as far as names were released."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.engine.papers import PDF_TYPE
from sofra.kernel.pages import UNPROCESSABLE, download, language, open_to
from sofra.kernel.refusals import Refusal
from sofra.kernel.typesetting import CannotSet, set_paper
from sofra.lexicon.profiles import ProfileInForce
from sofra.meetings.models import Delegate, Meeting
from sofra.meetings.queries.delegations import Team, teams_of
from sofra.meetings.queries.profile import require_profile
from sofra.meetings.views.places import address, meeting_or_404

#: Whose plates there are.
PARTIES, PEOPLE = "delegations", "people"
#: Who sits at the table with a name in front of them.
SEATED_THERE = (Delegate.Place.HEAD, Delegate.Place.DEPUTY, Delegate.Place.MEMBER)


@door(GET=SECRETARIAT)
def plates(request: HttpRequest, format: str, meeting: str, of: str) -> HttpResponse:
    """The plates as PDF, a sheet to be folded for each, in the profile's order. Refused, with the reason, without one."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "plates.make", row)
    title = _("Nameplates")
    try:
        sheets = _plates(row, of)
        if not sheets:
            raise Refusal(_("No name was released to the secretariat yet."))
        paper = set_paper(
            "plates", {"plates": sheets}, language=language(), title=title,
            made=row.begins_at or datetime.combine(row.day, time(), UTC),
            marking=_("Exercise: positions invented") if row.exercise else "",
        )  # fmt: skip
    except (Refusal, CannotSet) as fault:
        refused = fault.sentence if isinstance(fault, Refusal) else _("The plates could not be set: %s") % fault
        context = {"title": title, "refused": refused, "back": address("delegations", row)}
        return render(request, "meetings/refused.html", context, status=UNPROCESSABLE)
    return download(paper, PDF_TYPE, f"{of}-{format}-{meeting}-{language()}.pdf")


def _plates(meeting: Meeting, of: str) -> list[dict[str, Any]]:
    here = language()
    teams = teams_of(meeting, here)
    profile = require_profile(meeting, [here], [team.party for team in teams])
    if of == PARTIES:
        return [_plate(profile, team) for team in teams]
    return [
        _plate(profile, team, person)
        for team in teams
        for person in sorted(team.people, key=lambda each: (Delegate.Place.values.index(each.place), each.order))
        if person.place in SEATED_THERE
    ]


def _plate(profile: ProfileInForce, team: Team, person: Delegate | None = None) -> dict[str, Any]:
    """One plate. Under a profile that names persons only, a person's plate bears no party."""
    here = language()
    party = None if person is not None and profile.persons_only else profile.name(team.party, here)
    said = {"text": party.text, "language": party.language} if party is not None else None
    notes = [f"{note.mark} {note.text}" for note in profile.footnotes_for([team.party], here)]
    if person is None:
        return {"name": said, "about": None, "notes": notes}
    return {"name": person.name, "about": said, "notes": notes}
