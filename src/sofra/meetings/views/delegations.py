"""Delegations of a meeting: who comes, at which level, by name where the name was released."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, OBSERVERS, SEATED, SECRETARIAT, door
from sofra.kernel.models import Audience, Party
from sofra.kernel.pages import actor_of, language, open_to, sent
from sofra.lexicon.naming import party_name
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.commands import delegations as commands
from sofra.meetings.delegation_forms import (
    DelegateForm,
    DelegationForm,
    DeputiseForm,
    ReleaseNamesForm,
    delegate_initial,
    delegation_initial,
)
from sofra.meetings.models import Delegate, Delegation, Deputising, Meeting
from sofra.meetings.queries.delegations import (
    Team,
    delegate_at,
    deputisings_of,
    journeys_of,
    liaison_of,
    sessions_of,
    team_of,
    teams_of,
)
from sofra.meetings.queries.invitations import accepted_level
from sofra.meetings.views.places import address, entering_at, meeting_or_404
from sofra.parties.entering import Entering, entry_of

WRITERS = DELEGATES | OBSERVERS | SECRETARIAT


def team_or_404(request: HttpRequest, format: str, meeting: str, party: UUID) -> tuple[Meeting, Team]:
    """The meeting and one party's team at it."""
    row = meeting_or_404(request, format, meeting)
    team = team_of(row, party, language())
    if team is None:
        raise Http404
    return row, team


def keeping(request: HttpRequest, format: str, meeting: str, party: UUID) -> tuple[Meeting, Team, Delegation]:
    """A registered delegation which the actor may speak for; to others the page is not there."""
    row, team = team_or_404(request, format, meeting, party)
    open_to(request, "delegations.keep", (row, party))
    if team.delegation is None:
        raise Http404
    return row, team, team.delegation


def person_or_404(meeting: Meeting, party: UUID, delegate: UUID) -> Delegate:
    """A person of that party's delegation, not taken out of it."""
    found = delegate_at(meeting, delegate, language())
    if found is None or found.owner_party_id != party or found.withdrawn_at is not None:
        raise Http404
    return found


def ask(request: HttpRequest, meeting: Meeting, party: Party, **more: Any) -> Asking:
    """A form about one delegation; the secretariat says how it received what it enters."""
    return Asking(
        request,
        back=address("delegation", meeting, party=party.pk),
        about=party_name(party, language()).text,
        entering=entering_at(request, meeting, party),
        **more,
    )


@door(GET=SEATED)
def delegations(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Every party that sits, and what the reader may know of its delegation."""
    row = meeting_or_404(request, format, meeting)
    actor = actor_of(request)
    teams = teams_of(row, language())
    own = next((team for team in teams if team.party.pk == actor.party_id), None)
    context = {
        "meeting": row,
        "teams": teams,
        "own": own,
        "may_register": own is not None
        and own.delegation is None
        and bool(policy.decide(actor, "delegations.keep", (row, own.party.pk))),
        "may_plate": bool(policy.decide(actor, "plates.make", row)),
        "may_note": bool(policy.decide(actor, "attendance.keep", row)),
        "noted": any(team.attendance for team in teams),
    }
    return render(request, "meetings/delegations/delegations.html", context)


@door(GET=SEATED)
def delegation(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """One delegation: its level, its people, its journeys, who acts for whom."""
    row, team = team_or_404(request, format, meeting, party)
    here = language()
    keeps = bool(policy.decide(actor_of(request), "delegations.keep", (row, party)))
    known = team.delegation
    context = {
        "meeting": row,
        "team": team,
        "keeps": keeps,
        "names_liaison": known is not None and bool(policy.decide(actor_of(request), "delegations.liaison", row)),
        "journeys": journeys_of(known, here) if known else [],
        "liaison": liaison_of(known) if known else None,
        "deputisings": deputisings_of(known, here) if known else [],
        "narrow": [each for each in team.people if each.audience != Audience.FORMAT],
    }
    return render(request, "meetings/delegations/delegation.html", context)


@door(GET=WRITERS, POST=WRITERS)
def register(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """Register a delegation, or change its level and languages."""
    row, team = team_or_404(request, format, meeting, party)
    open_to(request, "delegations.keep", (row, party))
    initial = delegation_initial(team.delegation, row)
    if team.delegation is None:
        initial["level"] = accepted_level(row, party) or initial["level"]
    form = DelegationForm(sent(request), initial=initial)
    asking = ask(
        request,
        row,
        team.party,
        title=_("Change the delegation") if team.delegation else _("Register the delegation"),
        what=_("The secretariat reads it; other parties not before the delegation is announced."),
        action=_("Save"),
        form=form,
        obj=team.delegation,
    )

    def run() -> str:
        assert isinstance(asking.entering, Entering)
        owner, entry = asking.entering.owner()
        said = {"level": form.cleaned_data["level"], "languages": form.cleaned_data["languages"]}
        if team.delegation is None:
            commands.register_delegation(meeting=row, party_id=owner, entry=entry, **said)
        else:
            seen = form.cleaned_data["version"] or 0
            commands.change_delegation(delegation=team.delegation, seen_version=seen, entry=entry, **said)
        return address("delegation", row, party=party)

    return asking.answer(run, stands=lambda theirs: delegation_initial(theirs, row))


@door(GET=WRITERS, POST=WRITERS)
def announce(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """Tell all members that a delegation comes, and at which level."""
    row, team, known = keeping(request, format, meeting, party)
    asking = ask(
        request,
        row,
        team.party,
        title=_("Announce the delegation"),
        what=_("All members then read that the delegation comes and at which level. Names are released apart from it."),
        action=_("Announce"),
    )

    def run() -> str:
        entry = entry_of(asking.entering)
        commands.announce_delegation(delegation=known, entry=entry)
        return address("delegation", row, party=party)

    level = commands.level_in_words(known.level)
    return asking.answer(run, lambda: sentences.sentence("delegation.announce", party=party, level=level))


@door(GET=WRITERS, POST=WRITERS)
def delegate_add(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """Name a person of the delegation."""
    row, team, known = keeping(request, format, meeting, party)
    first = {"place": Delegate.Place.MEMBER if team.head else Delegate.Place.HEAD}
    form = DelegateForm(sent(request), initial=first, languages=languages_of(row))
    asking = ask(
        request,
        row,
        team.party,
        title=_("Name a person"),
        what=_("The name stays with the delegation until it releases it: to the secretariat, to all members."),
        action=_("Name"),
        form=form,
    )

    def run() -> str:
        entry = entry_of(asking.entering)
        commands.add_delegate(delegation=known, entry=entry, **form.values())
        return address("delegation", row, party=party)

    return asking.answer(run)


@door(GET=WRITERS, POST=WRITERS)
def delegate_edit(request: HttpRequest, format: str, meeting: str, party: UUID, delegate: UUID) -> HttpResponse:
    """Change what is said of a person."""
    row, team, _known = keeping(request, format, meeting, party)
    person = person_or_404(row, party, delegate)
    form = DelegateForm(
        sent(request),
        initial=delegate_initial(person),
        languages=languages_of(row),
    )
    asking = ask(
        request,
        row,
        team.party,
        title=_("Change what is said of a person"),
        what=_("Whoever reads the name reads the change at once."),
        action=_("Save"),
        form=form,
        obj=person,
    )

    def run() -> str:
        entry = entry_of(asking.entering)
        seen = form.cleaned_data["version"] or 0
        commands.change_delegate(delegate=person, seen_version=seen, entry=entry, **form.values())
        return address("delegation", row, party=party)

    def stands(theirs: Delegate) -> dict[str, Any]:
        found = delegate_at(row, theirs.pk, language())
        assert found is not None
        return delegate_initial(found)

    return asking.answer(run, stands=stands)


@door(GET=WRITERS, POST=WRITERS)
def delegate_withdraw(request: HttpRequest, format: str, meeting: str, party: UUID, delegate: UUID) -> HttpResponse:
    """Take a person out of the delegation."""
    row, team, _known = keeping(request, format, meeting, party)
    person = person_or_404(row, party, delegate)
    asking = ask(
        request,
        row,
        team.party,
        title=_("Take a person out of the delegation"),
        what=_("Whoever reads the name reads that the person was taken out."),
        action=_("Take out"),
        grave=True,
        obj=person,
    )

    def run() -> str:
        entry = entry_of(asking.entering)
        commands.withdraw_delegate(delegate=person, entry=entry)
        return address("delegation", row, party=party)

    return asking.answer(run, lambda: sentences.sentence("delegation.withdraw", party=party, name=person.name))


@door(GET=WRITERS, POST=WRITERS)
def release(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """Release names to the secretariat or to all members."""
    row, team, known = keeping(request, format, meeting, party)
    people = [each for each in team.people if each.audience != Audience.FORMAT]
    if not people:
        raise Http404
    form = ReleaseNamesForm(sent(request), people=people)
    asking = ask(
        request,
        row,
        team.party,
        title=_("Release names"),
        what=_("Nothing is recorded before you have read the sentence."),
        action=_("Release"),
        form=form,
    )

    def sentence() -> str:
        audience = dict(form.fields["to"].choices)[form.cleaned_data["to"]]  # type: ignore[attr-defined]
        named = ", ".join(each.name for each in form.chosen())
        return sentences.sentence("delegation.release", party=party, audience=audience, names=named)

    def run() -> str:
        entry = entry_of(asking.entering)
        chosen = [each.pk for each in form.chosen()]
        commands.release_names(delegation=known, delegates=chosen, to=form.cleaned_data["to"], entry=entry)
        return address("delegation", row, party=party)

    return asking.answer(run, sentence)


@door(GET=WRITERS, POST=WRITERS)
def deputise(request: HttpRequest, format: str, meeting: str, party: UUID) -> HttpResponse:
    """Record that one delegate acts for another."""
    row, team, known = keeping(request, format, meeting, party)
    sessions = sessions_of(row, language())
    form = DeputiseForm(sent(request), zone=row.zone, people=team.people, sessions=sessions)
    asking = ask(
        request,
        row,
        team.party,
        title=_("Record who acts for whom"),
        what=_("Others read it as far as they read both names."),
        action=_("Record this"),
        form=form,
    )

    def sentence() -> str:
        said = form.values()
        return sentences.sentence("delegation.deputise", deputy=said["deputy"].name, principal=said["principal"].name)

    def run() -> str:
        entry = entry_of(asking.entering)
        commands.deputise(delegation=known, entry=entry, **form.values())
        return address("delegation", row, party=party)

    return asking.answer(run, sentence)


@door(GET=WRITERS, POST=WRITERS)
def deputise_end(request: HttpRequest, format: str, meeting: str, party: UUID, deputising: UUID) -> HttpResponse:
    """Record that a deputy no longer acts for another."""
    row, team, known = keeping(request, format, meeting, party)
    found: Deputising | None = next((each for each in deputisings_of(known, language()) if each.pk == deputising), None)
    if found is None:
        raise Http404
    asking = ask(
        request,
        row,
        team.party,
        title=_("End the deputising"),
        what=_("It ends at the instant this is recorded."),
        action=_("End it"),
        obj=found,
    )

    def run() -> str:
        entry = entry_of(asking.entering)
        commands.end_deputising(deputising=found, entry=entry)
        return address("delegation", row, party=party)

    return asking.answer(run)
