"""The designation profiles of a format: their list, one of them, drafting, and the one a meeting is held under."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel import acting, policy, wordings
from sofra.kernel.asking import Asking
from sofra.kernel.commands import database_now
from sofra.kernel.doors import SEATED, SECRETARIAT, door
from sofra.kernel.members import members_on
from sofra.kernel.models import Format, Party
from sofra.kernel.pages import actor_of, language, open_to, sent
from sofra.kernel.refusals import Refusal
from sofra.lexicon.checking import Checker
from sofra.lexicon.commands.profiles import draft_profile, write_profile
from sofra.lexicon.models import Designation, Profile
from sofra.lexicon.naming import order_parties
from sofra.lexicon.profiles import ProfileInForce, read
from sofra.lexicon.queries import cited_forms, get_profile, holding_at, objections_to, profiles_of
from sofra.meetings.commands.profile import choose_profile
from sofra.meetings.profile_forms import ChosenForm, ProfileForm, profile_initial
from sofra.meetings.queries.profile import choices_for, profile_of, usable
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.entering import attach_entries
from sofra.parties.formfields import OFFERED, language_names
from sofra.parties.views.formats import format_or_404


def address_of(name: str, format: Format, **more: Any) -> str:
    """The address of a page of a format's profiles."""
    return reverse(name, kwargs={"format": format.slug, **more})


def place(request: HttpRequest, format: str, profile: UUID) -> tuple[Format, Profile]:
    """The format and the profile of an address; 404 where the reader knows of none such."""
    row = format_or_404(format, request)
    one = get_profile(row.pk, profile)
    if one is None:
        raise Http404
    request.exercise = one.exercise  # type: ignore[attr-defined]
    return row, one


@door(GET=SEATED, POST=SECRETARIAT)
def profiles(request: HttpRequest, format: str) -> HttpResponse:
    """Every version of a format's profile; the secretariat begins the next one here."""
    row = format_or_404(format, request)
    found = profiles_of(row.pk)
    holding = holding_at([each for each in found if not each.exercise], database_now()) if found else None
    if request.method == "POST":
        based_on = next((each for each in found if str(each.pk) == request.POST.get("based_on")), None)
        draft = draft_profile(row, based_on=based_on, exercise=based_on.exercise if based_on else False)
        return HttpResponseRedirect(address_of("profile_edit", row, profile=draft.pk), status=303)
    context = {
        "format": row,
        "profiles": found,
        "holding": holding,
        "may_keep": bool(policy.decide(actor_of(request), "profiles.keep", row)),
    }
    return render(request, "meetings/profiles/profiles.html", context)


@door(GET=SEATED)
def profile(request: HttpRequest, format: str, profile: UUID) -> HttpResponse:
    """One version: what it says, what it rests on, who objects, and what it looks like."""
    row, one = place(request, format, profile)
    whole = read(one)
    members = members_on(row)
    objections = objections_to(one)
    attach_entries(objections)
    wordings.attach(objections, language())
    actor = actor_of(request)
    languages = sorted({tongue for _party, tongue in whole.designations}, key=lambda code: (code not in OFFERED, code))
    context = {
        "format": row,
        "profile": one,
        "whole": whole,
        "languages": languages,
        "rows": _rows(whole, languages, members),
        "stated": list(one.order_list),
        "footnotes": [(code, text) for code, text in sorted(one.footnote.items())],
        "objections": objections,
        "previews": previews(whole, members),
        "seen": as_each_sees_it(whole, members) if "as" in request.GET else None,
        "basis": whole.basis_sentence(language()) if one.basis and one.state == Profile.State.STANDING else "",
        "ways": ways(actor, row, one),
        "mine": [
            each for each in objections
            if each.stands and policy.decide(actor, "profiles.take_back", each)  # type: ignore[attr-defined]
        ],
        "actor": actor,
    }  # fmt: skip
    return render(request, "meetings/profiles/profile.html", context)


def _rows(whole: ProfileInForce, languages: list[str], members: list[Party]) -> list[tuple[UUID, list[Any]]]:
    named = {party for party, _language in whole.designations} | {party.pk for party in members}
    return [
        (party, [whole.designations.get((party, code)) for code in languages])
        for party in order_parties(named, language())
    ]


def ways(actor: Any, format: Format, one: Profile) -> list[tuple[str, Any, bool]]:
    """What the actor can do with a profile now: (route, the button's words, whether it is grave)."""
    found: list[tuple[str, Any, bool]] = []
    if policy.decide(actor, "profiles.keep", format):
        if one.state == Profile.State.DRAFT:
            found += [
                ("profile_edit", _("Write the draft"), False),
                ("profile_propose", _("Put it under silence"), False),
                ("profile_cite", _("Cite host practice"), False),
            ]
        elif one.state == Profile.State.PROPOSED:
            found.append(("profile_stop", _("Stop the silence procedure"), True))
        elif one.state == Profile.State.STANDING and one.ended_at is None:
            found.append(("profile_end", _("Take it out of force"), True))
    if policy.decide(actor, "profiles.object", one):
        found.append(("profile_object", _("Object"), True))
    return found


def previews(whole: ProfileInForce, members: list[Party]) -> list[dict[str, Any]]:
    """A list of participants and name plates as the profile sets them, in each language in which it can."""
    if whole.persons_only:
        return []
    found = []
    for code in whole.languages(members):
        try:
            with override(code):
                ordered = whole.order(members, code)
                names = [whole.name(party, code) for party in ordered]
                notes = whole.footnotes_for(ordered, code)
        except Refusal as refusal:
            found.append({"language": code, "refused": refusal.sentence})
            continue
        found.append({"language": code, "names": names, "notes": notes})
    return found


def as_each_sees_it(whole: ProfileInForce, members: list[Party]) -> list[dict[str, Any]]:
    """What the parties will see, each with the languages in which all are named: its own plate, the list, a page with the
    footnote, and what it objects to in that, as far as the reader may know."""
    sheets = {each["language"]: each for each in previews(whole, members) if "names" in each}
    mine = acting.current().party_id
    everybody = Checker(language(), profile=whole, format_id=whole.profile.format_id)
    found = []
    for party in order_parties(members, language()):
        checker, shown = everybody.of([party.code]), []
        for code, sheet in sheets.items():
            text = "\n".join(str(each) for each in [*sheet["names"], *(note.text for note in sheet["notes"])])
            objected = checker.check(text, code)
            if party.pk != mine:
                # One's own red lines are always among the findings; they are not the other party's.
                objected = [each for each in objected if not all(voice.own for voice in each.voices)]
            shown.append({**sheet, "own": whole.name(party, code), "objected": objected})
        found.append({"party": party, "sheets": shown})
    return found


def _parties(format: Format, profile: Profile) -> list[Party]:
    """Who stands in the table of a draft: members, observers, and whoever it names already."""
    named = set(Designation.objects.filter(profile=profile).values_list("party_id", flat=True))
    sitting = {party.pk: party for party in [*members_on(format), *members_on(format, capacity="observer")]}
    others = {party.pk: party for party in Party.objects.filter(pk__in=named - set(sitting))} if named else {}
    return order_parties([*sitting.values(), *others.values()], language())


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def profile_edit(request: HttpRequest, format: str, profile: UUID) -> HttpResponse:
    """Write a draft: a table of designations per language, the order, the footnote."""
    row, one = place(request, format, profile)
    open_to(request, "profiles.keep", row)
    if one.state != Profile.State.DRAFT:
        return HttpResponseRedirect(address_of("profile", row, profile=one.pk), status=303)
    parties = _parties(row, one)
    rows = list(Designation.objects.filter(profile=one))
    asked = [code for code in request.GET.getlist("language") if code in language_names()]
    languages = list(dict.fromkeys([*OFFERED, *(each.language for each in rows), *one.footnote, *asked]))
    form = ProfileForm(
        sent(request),
        initial=profile_initial(one, rows),
        parties=parties,
        languages=languages,
        here=language(),
        cited=cited_forms([party.pk for party in parties]),
    )
    asking = Asking(
        request,
        title=_("Draft of designation profile %(number)s") % {"number": one.number},
        what=_(
            "Designations per party and language: a form the record cites, or one you type, with its source. Nothing is "
            "filled in for you."
        ),
        back=address_of("profile", row, profile=one.pk),
        action=_("Save the draft"),
        form=form,
        obj=one,
        template="meetings/profiles/edit.html",
        more={
            "format": row,
            "profile": one,
            "more": [(code, name) for code, name in language_names().items() if code not in languages],
        },
    )
    return asking.answer(
        lambda: write_profile(one, form.rules(), form.cells(), seen_version=form.cleaned_data["version"]),
        stands=lambda theirs: profile_initial(theirs, Designation.objects.filter(profile=one)),
    )


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def meeting_profile(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Choose the profile a meeting is held under."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "meetings.convene", row.format)
    found = choices_for(row)
    choices: list[tuple[str, Any]] = [("", _("the one in force for the format"))]
    choices += [(str(each.pk), f"{each.number}: {each.get_basis_display()}") for each in found]
    form = ChosenForm(
        sent(request), initial={"version": row.version, "profile": str(row.profile_id or "")}, choices=choices
    )
    asking = Asking(
        request,
        title=_("Names at this meeting"),
        what=usable(row),
        form=form,
        action=_("Hold the meeting under it"),
        back=row.url,  # type: ignore[attr-defined]
        obj=row,
        about=row.worded.get("title", ""),  # type: ignore[attr-defined]
    )

    def run() -> None:
        chosen = next((each for each in found if str(each.pk) == form.cleaned_data["profile"]), None)
        choose_profile(row, chosen, seen_version=form.cleaned_data["version"])

    return asking.answer(
        run, stands=lambda theirs: {"version": theirs.version, "profile": str(theirs.profile_id or "")}
    )


def about_profile(request: HttpRequest, meeting: Any) -> dict[str, Any]:
    """What the overview of a meeting says of its names: nothing to a visitor where none are agreed."""
    found = profile_of(meeting) if meeting.may_have_profile else None
    if found is None and not (actor_of(request).seated and meeting.open):
        return {}
    actor = actor_of(request)
    return {
        "profile": found,
        "names": usable(meeting),
        "may_read_profiles": actor.seated,
        "may_choose_profile": meeting.open and bool(policy.decide(actor, "meetings.convene", meeting.format)),
    }
