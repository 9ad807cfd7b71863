"""Receiving a delegation: contact and needs, arrivals and departures, the liaison officer."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import language, open_to, sent
from sofra.lexicon.naming import party_name
from sofra.meetings.commands import hospitality as commands
from sofra.meetings.delegation_forms import (
    JourneyForm,
    LiaisonForm,
    ParticularsForm,
    journey_initial,
    liaison_initial,
    particulars_initial,
)
from sofra.meetings.models import Journey, Particulars
from sofra.meetings.queries.delegations import journeys_of, liaison_of
from sofra.meetings.views.delegations import WRITERS, ask, keeping, person_or_404, team_or_404
from sofra.meetings.views.places import address
from sofra.parties.entering import entry_of


@door(GET=WRITERS, POST=WRITERS)
def particulars(request: HttpRequest, format: str, meeting: str, party: UUID, delegate: UUID) -> HttpResponse:
    """How to reach a delegate and what they need."""
    row, team, _known = keeping(request, format, meeting, party)
    person = person_or_404(row, party, delegate)
    kept = Particulars.objects.filter(delegate=person).first()
    form = ParticularsForm(sent(request), initial=particulars_initial(kept))
    asking = ask(
        request,
        row,
        team.party,
        title=_("Contact and needs"),
        what=_("The delegation reads this, and the secretariat once it has the name. No other delegation ever does."),
        action=_("Save"),
        form=form,
        obj=kept,
    )

    def run() -> str:
        entry = entry_of(asking.entering)
        said = dict(form.cleaned_data)
        seen = said.pop("version") or 0
        commands.keep_particulars(delegate=person, seen_version=seen if kept else None, entry=entry, **said)
        return address("delegation", row, party=party)

    return asking.answer(run, stands=lambda theirs: particulars_initial(theirs))


def _journey(request: HttpRequest, format: str, meeting: str, party: UUID, journey: UUID | None) -> HttpResponse:
    row, team, known = keeping(request, format, meeting, party)
    found: Journey | None = None
    if journey is not None:
        found = next((each for each in journeys_of(known, language()) if each.pk == journey), None)
        if found is None:
            raise Http404
    form = JourneyForm(
        sent(request),
        initial=journey_initial(found, row.zone) if found else None,
        zone=row.zone,
        people=team.people,
    )
    if found is not None:
        del form.fields["delegate"]
    asking = ask(
        request,
        row,
        team.party,
        title=_("Change a journey") if found else _("Add a journey"),
        what=_("An arrival or a departure. The delegation and the secretariat read it."),
        action=_("Save"),
        form=form,
        obj=found,
    )

    def run() -> str:
        entry = entry_of(asking.entering)
        read = form.cleaned_data
        said = {"direction": read["direction"], "at": read["instant"], "where": read["where"], "by": read["by"]}
        if found is None:
            chosen = next((each for each in team.people if each.pk == form.delegate_id), None)
            commands.add_journey(delegation=known, delegate=chosen, entry=entry, **said)
        else:
            commands.change_journey(journey=found, seen_version=read["version"] or 0, entry=entry, **said)
        return address("delegation", row, party=party)

    return asking.answer(run, stands=lambda theirs: journey_initial(theirs, row.zone))


@door(GET=WRITERS, POST=WRITERS)
def journey_add(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """Say when a delegation arrives or departs."""
    return _journey(request, format, meeting, party, None)


@door(GET=WRITERS, POST=WRITERS)
def journey_edit(request: HttpRequest, format: str, meeting: str, party: UUID, journey: UUID) -> HttpResponse:
    """Change an arrival or a departure."""
    return _journey(request, format, meeting, party, journey)


@door(GET=WRITERS, POST=WRITERS)
def journey_withdraw(request: HttpRequest, format: str, meeting: str, party: UUID, journey: UUID) -> HttpResponse:
    """Call a journey off."""
    row, team, known = keeping(request, format, meeting, party)
    found = next((each for each in journeys_of(known, language()) if each.pk == journey), None)
    if found is None:
        raise Http404
    asking = ask(
        request,
        row,
        team.party,
        title=_("Call a journey off"),
        what=_("It is no longer listed; that it was is kept in the record of changes."),
        action=_("Call it off"),
        grave=True,
        obj=found,
    )

    def run() -> str:
        entry = entry_of(asking.entering)
        commands.withdraw_journey(journey=found, entry=entry)
        return address("delegation", row, party=party)

    return asking.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def liaison(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """Name the liaison officer at a delegation's side."""
    row, team = team_or_404(request, format, meeting, party)
    open_to(request, "delegations.liaison", row)
    known = team.delegation
    if known is None:
        raise Http404
    stands = liaison_of(known)
    form = LiaisonForm(sent(request), initial=liaison_initial(stands))
    asking = Asking(
        request,
        title=_("Liaison officer"),
        what=_("The delegation reads who is at its side. Other delegations do not."),
        back=address("delegation", row, party=party),
        about=party_name(party, language()).text,
        action=_("Save"),
        form=form,
        obj=stands,
    )

    def run() -> str:
        said = dict(form.cleaned_data)
        seen = said.pop("version") or 0
        commands.name_liaison(delegation=known, seen_version=seen if stands else None, **said)
        return address("delegation", row, party=party)

    return asking.answer(run, stands=lambda theirs: liaison_initial(theirs))
