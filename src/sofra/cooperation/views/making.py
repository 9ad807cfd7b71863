"""Forms by which commitments come to be and their words are mended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.cooperation import commands, sentences
from sofra.cooperation.forms import ContactForm, FromBilateralForm, ProposeForm, WordsForm
from sofra.cooperation.models import Commitment
from sofra.cooperation.queries import meetings_of
from sofra.cooperation.queries.lines import contact_of
from sofra.cooperation.queries.origins import bilateral_of, outcome_words, outcomes_on_offer
from sofra.cooperation.views.common import line_of, page_of
from sofra.kernel import policy, wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.models import Format, Party
from sofra.kernel.pages import actor_of, language, sent
from sofra.meetings.models import Meeting
from sofra.meetings.queries.convening import zone_of
from sofra.parties.entering import Entering, entry_of
from sofra.parties.formfields import wording_initial, wording_texts
from sofra.parties.views.formats import format_or_404

WORDS = ("title", "indicator", "ministry")


def spoken(form: Any, name: str = "title") -> str:
    """The text of a field as the reader would see it."""
    return str(wordings.choose(wording_texts(form, name), language()))


def address_of(commitment: Commitment, place: Format) -> str:
    """The page of a commitment just made."""
    return reverse("commitment", kwargs={"format": place.slug, "commitment": commitment.pk})


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def propose_page(request: HttpRequest, format: str) -> HttpResponse:
    """The secretariat puts forward what an outcome asks of a party."""
    place = format_or_404(format, request)
    policy.require(actor_of(request), "cooperation.propose", place)
    meetings = meetings_of(place)
    wordings.attach(meetings, language())
    chosen = next((each for each in meetings if each.slug == request.GET.get("meeting")), None)
    initial = {"zone": chosen.zone if chosen else "", "meeting": str(chosen.pk) if chosen else ""}
    outcomes = outcomes_on_offer(place, language())
    wanted = request.GET.get("outcome", "")
    if any(str(each.pk) == wanted for each in outcomes):
        initial["outcome"] = wanted
    choices = [(str(each.pk), outcome_words(each)) for each in outcomes]
    form = ProposeForm(sent(request), place=place, meetings=meetings, outcomes=choices, initial=initial)
    asking = Asking(
        request,
        title=_("Put a commitment forward"),
        what=_("What an outcome asks of a party. The date counts once that party accepts it."),
        form=form,
        back=reverse("commitments", kwargs={"format": place.slug}),
        action=_("Put it forward"),
    )

    def sentence() -> str:
        given = form.cleaned_data
        return sentences.proposing(UUID(given["owner"]), spoken(form), given["due"], given["zone"])

    def act() -> str:
        given = form.cleaned_data
        made = commands.propose(
            format=place,
            owner=Party.objects.get(pk=given["owner"]),
            title=wording_texts(form, "title"),
            indicator=wording_texts(form, "indicator"),
            ministry=wording_texts(form, "ministry"),
            origin=wording_texts(form, "origin"),
            due=given["due"],
            zone=given["zone"],
            origin_kind=given["origin_kind"],
            origin_id=UUID(given["outcome"]) if given["outcome"] else None,
            meeting=Meeting.objects.filter(pk=given["meeting"]).first() if given["meeting"] else None,
            theme=given["theme"],
        )
        return address_of(made, place)

    return asking.answer(act, sentence)


@door(GET=SECRETARIAT | DELEGATES, POST=SECRETARIAT | DELEGATES)
def announce_page(request: HttpRequest, format: str) -> HttpResponse:
    """A party announces a promise of its own, or the secretariat enters it for that party."""
    place = format_or_404(format, request)
    policy.require(actor_of(request), "cooperation.announce", place)
    zone = zone_of(place)
    bilateral = bilateral_of(place.pk, (sent(request) or request.GET).get("bilateral", ""))
    initial = {"zone": bilateral.meeting.zone if bilateral else zone, "bilateral": bilateral.pk if bilateral else ""}
    form = FromBilateralForm(sent(request), initial=initial)
    entering = Entering(request, place, zone=zone)
    asking = Asking(
        request,
        title=_("Announce a commitment"),
        what=_("A promise a party makes on its own. Its date counts at once; all members read it.")
        + (" " + _("That it came out of your bilateral, its sides alone are told.") if bilateral else ""),
        form=form,
        back=reverse("commitments", kwargs={"format": place.slug}),
        action=_("Announce it"),
        entering=entering,
    )

    def sentence() -> str:
        return sentences.announcing(asking.party, spoken(form), form.cleaned_data["due"], form.cleaned_data["zone"])

    def act() -> str:
        entry = entry_of(entering)
        given = form.cleaned_data
        made = commands.announce(
            format=place,
            title=wording_texts(form, "title"),
            indicator=wording_texts(form, "indicator"),
            ministry=wording_texts(form, "ministry"),
            due=given["due"],
            zone=given["zone"],
            theme=given["theme"],
            bilateral=bilateral,
            entry=entry,
        )
        return address_of(made, place)

    return asking.answer(act, sentence)


@door(GET=SECRETARIAT | DELEGATES, POST=SECRETARIAT | DELEGATES)
def edit_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Mend the words of a commitment."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.edit", line.row)
    form = WordsForm(sent(request), initial=_stands(line.row))
    asking = Asking(
        request,
        title=_("Mend the words"),
        what=_("The words of a commitment. Its dates, answers and reports stay as they are."),
        form=form,
        back=page_of(line),
        action=_("Save the words"),
        obj=line.row,
    )

    def act() -> None:
        given = form.cleaned_data
        commands.edit(
            line.row,
            seen=given["version"] or 0,
            title=wording_texts(form, "title"),
            indicator=wording_texts(form, "indicator"),
            ministry=wording_texts(form, "ministry"),
            theme=given["theme"],
        )

    return asking.answer(act, stands=_stands)


def _stands(row: Commitment) -> dict[str, Any]:
    texts = wordings.of([row]).get(row.pk, {})
    words = [wording_initial(texts.get(name, {}), name) for name in WORDS]
    return {"version": row.version, "theme": row.theme, **{key: text for each in words for key, text in each.items()}}


@door(GET=SECRETARIAT | DELEGATES, POST=SECRETARIAT | DELEGATES)
def contact_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Name the contact: for the owner alone, or for the secretariat too."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.name_contact", line.row)
    stands = contact_of(line.row)
    initial = (
        {"name": stands.name, "office": stands.office, "reach": stands.reach,
         "for_secretariat": stands.audience == "secretariat"}
        if stands else {}
    )  # fmt: skip
    assert line.row.format is not None
    entering = Entering(request, line.row.format, zone=zone_of(line.row.format), party=line.row.owner)
    form = ContactForm(sent(request), initial=initial)
    if entering.shown:
        del form.fields["for_secretariat"]
    asking = Asking(
        request,
        title=_("Name the contact"),
        what=_("Whom to ask about this commitment. Other delegations never read it."),
        form=form,
        back=page_of(line),
        action=_("Save the contact"),
        entering=entering,
    )

    def act() -> None:
        entry = entry_of(entering)
        given = form.cleaned_data
        commands.name_contact(
            line.row, name=given["name"], office=given["office"], reach=given["reach"],
            for_secretariat=given.get("for_secretariat", False), entry=entry,
        )  # fmt: skip

    return asking.answer(act)
