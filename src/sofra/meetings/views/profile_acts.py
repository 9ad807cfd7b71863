"""What is done to a designation profile: put forward, stopped, ended, objected to. Each shows its sentence first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.asking import Asking
from sofra.kernel.clock import exact
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.models import Format
from sofra.kernel.pages import language, open_to, sent
from sofra.lexicon.commands.objections import object_to_profile, sentence_of, strike_objection, withdraw_objection
from sofra.lexicon.commands.profiles import cite_practice, cited, end_profile, propose_profile, stop_silence
from sofra.lexicon.models import Designation, Profile
from sofra.lexicon.naming import order_parties
from sofra.lexicon.queries import objections_to
from sofra.lexicon.sentences import PROFILE, said
from sofra.meetings.models import Meeting
from sofra.meetings.profile_forms import ObjectionForm, PracticeForm, SilenceForm, targets_of
from sofra.meetings.views.profiles import address_of, place
from sofra.parties.entering import Entering
from sofra.parties.formfields import OFFERED
from sofra.sources.models import Source

SPEAKERS = DELEGATES | SECRETARIAT


def _name(one: Profile) -> str:
    return _("Designation profile %(number)s") % {"number": one.number}


def _asking(
    request: HttpRequest, format: Format, one: Profile, title: str, what: str, action: str, **more: Any
) -> Asking:
    back = address_of("profile", format, profile=one.pk)
    return Asking(request, title=title, what=what, back=back, action=action, about=_name(one), obj=one, **more)


def _zone(format: Format) -> str:
    """The zone in which a format's deadlines are usually said: that of its latest meeting."""
    found = Meeting.objects.filter(format=format).order_by("-day").values_list("zone", flat=True).first()
    return found or "UTC"


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def profile_propose(request: HttpRequest, format: str, profile: UUID) -> HttpResponse:
    """Put a draft under silence."""
    row, one = place(request, format, profile)
    open_to(request, "profiles.keep", row)
    initial = {"version": one.version, "zone": _zone(row)}
    form = SilenceForm(sent(request), initial=initial)
    asking = _asking(
        request, row, one, _("Put the profile under silence"),
        _("All members read it from now on. It comes into force at the instant you state unless one of them objects before."),
        _("Open the silence procedure"), form=form,
    )  # fmt: skip

    def sentence() -> str:
        until = exact(form.cleaned_data["instant"], form.cleaned_data["zone"])
        return said(PROFILE["propose"], number=one.number, deadline=until)

    def run() -> None:
        found = form.cleaned_data
        propose_profile(one, deadline=found["instant"], zone=found["zone"], seen_version=found["version"])

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def profile_cite(request: HttpRequest, format: str, profile: UUID) -> HttpResponse:
    """Let a draft stand as cited host practice."""
    row, one = place(request, format, profile)
    open_to(request, "profiles.keep", row)
    rows = list(Source.objects.filter(kind=Source.Kind.DOCUMENT).order_by("key"))
    wordings.attach(rows, language())
    sources = [(each.key, f"{each.key}: {each.worded.get('title', '')}") for each in rows]  # type: ignore[attr-defined]
    form = PracticeForm(sent(request), initial={"version": one.version}, sources=sources)
    asking = _asking(
        request, row, one, _("Cite host practice"),
        _("It is in force at once and is always said not to be approved by the members. Each of them can object to it."),
        _("Let it stand as cited practice"), form=form,
    )  # fmt: skip

    def sentence() -> str:
        found = form.cleaned_data
        return said(PROFILE["cite"], number=one.number, source=cited(found["sources"], found["citation"].strip()))

    def run() -> None:
        found = form.cleaned_data
        cite_practice(one, sources=found["sources"], citation=found["citation"], seen_version=found["version"])

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def profile_stop(request: HttpRequest, format: str, profile: UUID) -> HttpResponse:
    """Stop the silence on a profile."""
    row, one = place(request, format, profile)
    open_to(request, "profiles.keep", row)
    asking = _asking(
        request, row, one, _("Stop the silence procedure"), _("The profile does not come into force."), _("Stop it"),
        grave=True,
    )  # fmt: skip

    def run() -> None:
        stop_silence(one)

    return asking.answer(run, lambda: said(PROFILE["stop"], number=one.number))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def profile_end(request: HttpRequest, format: str, profile: UUID) -> HttpResponse:
    """Take a profile out of force."""
    row, one = place(request, format, profile)
    open_to(request, "profiles.keep", row)
    asking = _asking(
        request, row, one, _("Take the profile out of force"),
        _("What was issued under it stays. Without another profile in force nothing more that names parties is issued."),
        _("Take it out of force"), grave=True,
    )  # fmt: skip

    def run() -> None:
        end_profile(one)

    return asking.answer(run, lambda: said(PROFILE["end"], number=one.number))


@door(GET=SPEAKERS, POST=SPEAKERS)
def profile_object(request: HttpRequest, format: str, profile: UUID) -> HttpResponse:
    """Object to a profile, and say to what."""
    row, one = place(request, format, profile)
    open_to(request, "profiles.object", one)
    rows = list(Designation.objects.filter(profile=one))
    ordered = order_parties({each.party_id for each in rows}, language())
    form = ObjectionForm(
        sent(request),
        languages=list(OFFERED),
        targets=targets_of(one, rows, language(), ordered),
    )
    entering = Entering(request, row, zone=one.zone)
    running = one.state == Profile.State.PROPOSED
    asking = _asking(
        request, row, one, _("Object to the profile"),
        _("Before the end of the silence an objection breaks it: the profile does not come into force.")
        if running
        else _("The profile is in force; the objection stands beside it for all members to read, and undoes nothing."),
        _("Object"), form=form, entering=entering, grave=True,
    )  # fmt: skip

    def sentence() -> str:
        what = form.what()
        pattern, words = sentence_of(what["target"], what["party"], what["language"], one.number)
        return said(pattern, party=asking.party, **words)

    def run() -> None:
        party, entry = entering.owner()
        object_to_profile(
            profile=one, **form.what(), reason=form.texts("reason"),
            reason_audience=form.cleaned_data["reason_audience"], party_id=party, entry=entry,
        )  # fmt: skip

    return asking.answer(run, sentence)


@door(GET=SPEAKERS, POST=SPEAKERS)
def profile_take_back(request: HttpRequest, format: str, profile: UUID, objection: UUID, how: str) -> HttpResponse:
    """Withdraw an objection, or strike one that was entered in error."""
    row, one = place(request, format, profile)
    found = next((each for each in objections_to(one) if each.pk == objection), None)
    if found is None or how not in ("withdraw", "strike"):
        raise Http404
    open_to(request, "profiles.take_back" if how == "withdraw" else "profiles.strike", found)
    withdrawing = how == "withdraw"
    party = found.owner_party
    assert party is not None
    entering = Entering(request, row, zone=one.zone, party=party) if withdrawing else None
    title = _("Withdraw the objection") if withdrawing else _("Strike the objection")
    asking = _asking(
        request, row, one, title, _("A silence that the objection broke stays broken."), title, entering=entering,
    )  # fmt: skip

    def run() -> None:
        if entering is None:
            strike_objection(objection=found)
        else:
            by, entry = entering.owner()
            withdraw_objection(objection=found, party_id=by, entry=entry)

    return asking.answer(run, lambda: said(PROFILE[how], party=party.pk, number=one.number))
