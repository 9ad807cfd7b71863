"""Putting forward a commitment that stands in an issued text."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.cooperation import commands, sentences
from sofra.cooperation.forms import FromTextForm
from sofra.cooperation.views.making import address_of, spoken
from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.models import Party
from sofra.kernel.pages import actor_of, language, sent
from sofra.meetings.after_forms import quotation_of
from sofra.meetings.queries.delegations import sessions_of
from sofra.meetings.views.issuing import issued_place, marked_in
from sofra.meetings.views.places import address
from sofra.parties.formfields import wording_texts


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def commitment_page(request: HttpRequest, format: str, meeting: str, outcome: UUID, issue: UUID) -> HttpResponse:
    """The secretariat puts forward what passages of an issued text ask of a party."""
    row, one, found = issued_place(request, format, meeting, outcome, issue)
    assert row.format is not None
    policy.require(actor_of(request), "cooperation.propose", row.format)
    code, quotes = marked_in(request, found)
    sessions = sessions_of(row, language())
    form = FromTextForm(
        sent(request), place=row.format, language=code, quotes=quotes, sessions=sessions, initial={"zone": row.zone}
    )
    asking = Asking(
        request,
        title=_("Record a commitment"),
        what=_(
            "What the text asks of a party, with the words it is taken from. It counts once that party accepts the date."
        ),
        form=form,
        back=address("issued_text", row, outcome=one.pk, issue=found.pk),
        about=found.document.worded.get("title"),  # type: ignore[attr-defined]
        action=_("Put it forward"),
    )

    def sentence() -> str:
        given = form.cleaned_data
        return sentences.proposing(UUID(given["owner"]), spoken(form), given["due"], given["zone"])

    def act() -> str:
        given = form.cleaned_data
        made = commands.propose_from_text(
            issue=found,
            quotation=quotation_of(form, code, sessions),
            owner=Party.objects.get(pk=given["owner"]),
            title=wording_texts(form, "title"),
            indicator=wording_texts(form, "indicator"),
            ministry=wording_texts(form, "ministry"),
            due=given["due"],
            zone=given["zone"],
            theme=given["theme"],
        )
        return address_of(made, row.format)  # type: ignore[arg-type]

    return asking.answer(act, sentence)
