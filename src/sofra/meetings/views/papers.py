"""A delegation's paper: it asks for circulation, the secretariat circulates it without change or declines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.models import Audience
from sofra.kernel.pages import open_to
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.circulation_forms import AtForm, ToWhomForm, WhyForm
from sofra.meetings.commands import releasing
from sofra.meetings.models import Meeting
from sofra.meetings.views.circulating import WRITERS, asking, place, posted, titled
from sofra.meetings.views.places import address, entering_at
from sofra.parties.entering import Entering, entry_of


def entering_of(request: HttpRequest, row: Meeting, one: Any) -> Entering | None:
    """The part by which the secretariat enters the act of the delegation whose paper it is; None for its own documents."""
    if one.owner_party_id is None:
        return None
    return entering_at(request, row, one.owner_party)


@door(GET=WRITERS, POST=WRITERS)
def ask(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Ask the secretariat to circulate a paper of one's delegation."""
    row, one = place(request, format, meeting, document)
    if one.owner_party_id is None:
        raise Http404
    open_to(request, "documents.edit", one)
    form = ToWhomForm(posted(request)[0], meeting=row)
    entering = entering_of(request, row, one)
    page = asking(
        request, row, one, _("Ask for circulation"),
        _("The secretariat reads the paper, and circulates it without change or declines with a reason."),
        _("Ask for circulation"), form=form, entering=entering,
    )  # fmt: skip

    def sentence() -> str:
        whom = releasing.whom(form.cleaned_data["audience"], form.named)
        return sentences.sentence("document.ask", party=one.owner_party_id, title=titled(one), whom=whom)

    def run() -> str:
        releasing.ask_circulation(
            document=one, audience=form.cleaned_data["audience"], readers=form.named, entry=entry_of(entering)
        )
        return address("document", row, document=one.line)

    return page.answer(run, sentence)


@door(GET=WRITERS, POST=WRITERS)
def take_back(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Take back the request to circulate a paper."""
    row, one = place(request, format, meeting, document)
    if one.owner_party_id is None:
        raise Http404
    open_to(request, "documents.own", one)
    entering = entering_of(request, row, one)
    page = asking(
        request, row, one, _("Take back the request"), _("The paper is your delegation's alone again."),
        _("Take back the request"), entering=entering,
    )  # fmt: skip

    def run() -> str:
        releasing.take_back(document=one, entry=entry_of(entering))
        return address("document", row, document=one.line)

    return page.answer(
        run, lambda: sentences.sentence("document.take_back", party=one.owner_party_id, title=titled(one))
    )


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def circulate(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Circulate a delegation's paper as it asked."""
    row, one = place(request, format, meeting, document)
    open_to(request, "documents.answer", one)
    form = AtForm(posted(request)[0], meeting=row)
    whom = releasing.whom(one.wanted_audience or Audience.FORMAT, list(one.wanted_readers))
    page = asking(
        request, row, one, _("Circulate the paper"),
        _("It goes out without change, as the delegation asked, to: %(whom)s.") % {"whom": whom},
        _("Circulate it"), form=form,
    )  # fmt: skip

    def sentence() -> str:
        instant = releasing.told(form.cleaned_data["instant"], row)
        return sentences.sentence("document.circulate", party=one.owner_party_id, title=titled(one), instant=instant)

    def run() -> str:
        releasing.circulate(document=one, at=form.cleaned_data["instant"])
        return address("document", row, document=one.line)

    return page.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def decline(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Decline to circulate a delegation's paper."""
    row, one = place(request, format, meeting, document)
    open_to(request, "documents.answer", one)
    form = WhyForm(
        posted(request)[0], languages=languages_of(row), label=_("Reason"),
        sentence=_("Say why it is not circulated, in at least one language; the delegation reads that."),
        who=_("The delegation alone reads it."),
    )  # fmt: skip
    page = asking(
        request, row, one, _("Decline to circulate"), _("The delegation alone learns of it."), _("Decline"),
        form=form, grave=True,
    )  # fmt: skip

    def run() -> str:
        releasing.decline(document=one, reason=form.texts("reason"))
        return address("document", row, document=one.line)

    return page.answer(run, lambda: sentences.sentence("document.decline", party=one.owner_party_id, title=titled(one)))
