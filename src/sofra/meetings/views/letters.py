"""Letters: their templates, and issuing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import remarks
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.models import Format
from sofra.kernel.pages import UNPROCESSABLE, language, open_to, sent
from sofra.kernel.refusals import Refusal
from sofra.lexicon.naming import party_name
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.commands import letters as commands
from sofra.meetings.letter_forms import LetterForm, TemplateForm, template_initial
from sofra.meetings.models import Invitation, LetterTemplate, Meeting
from sofra.meetings.queries.delegations import sitting_parties
from sofra.meetings.queries.letters import Filled, fill_letter, templates_of
from sofra.meetings.views.invitations import invitation_or_404
from sofra.meetings.views.places import address, meeting_or_404
from sofra.parties.formfields import OFFERED
from sofra.parties.views.formats import format_or_404

#: What stands where a letter's reference will be drawn.
NOT_DRAWN = "····-····"


@door(GET=SECRETARIAT)
def templates(request: HttpRequest, format: str) -> HttpResponse:
    """The templates of a format."""
    row = format_or_404(format, request)
    open_to(request, "register.keep", row.pk)
    context = {"format": row, "templates": templates_of(row.pk), "retired": templates_of(row.pk, retired=True)}
    return render(request, "meetings/letters/templates.html", context)


def _template(request: HttpRequest, format: str, template: UUID) -> tuple[Format, LetterTemplate]:
    row = format_or_404(format, request)
    open_to(request, "register.keep", row.pk)
    found = next((each for each in templates_of(row.pk) if each.pk == template), None)
    if found is None:
        raise Http404
    return row, found


def _asking(request: HttpRequest, format: Format, **more: Any) -> Asking:
    back = reverse("letter_templates", kwargs={"format": format.slug})
    about = format.worded.get("title") or format.worded.get("name")  # type: ignore[attr-defined]
    return Asking(request, back=back, about=about, **more)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def template_add(request: HttpRequest, format: str) -> HttpResponse:
    """Write a template."""
    row = format_or_404(format, request)
    open_to(request, "register.keep", row.pk)
    form = TemplateForm(sent(request), languages=list(OFFERED))
    asking = _asking(
        request,
        row,
        title=_("Write a template of a letter"),
        what=_("Plain paragraphs with named places. What stands in them is text, never markup."),
        action=_("Save"),
        form=form,
    )

    def run() -> None:
        commands.write_template(format=row, **form.values())

    return asking.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def template_edit(request: HttpRequest, format: str, template: UUID) -> HttpResponse:
    """Change a template."""
    row, found = _template(request, format, template)
    form = TemplateForm(sent(request), initial=template_initial(found), languages=list(OFFERED))
    asking = _asking(
        request,
        row,
        title=_("Change a template of a letter"),
        what=_("Letters that were issued from it stay as they are."),
        action=_("Save"),
        form=form,
        obj=found,
    )

    def run() -> None:
        seen = form.cleaned_data["version"] or 0
        commands.edit_template(template=found, seen_version=seen, **form.values())

    def stands(theirs: LetterTemplate) -> dict[str, Any]:
        return template_initial(next(each for each in templates_of(row.pk) if each.pk == theirs.pk))

    return asking.answer(run, stands=stands)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def template_retire(request: HttpRequest, format: str, template: UUID) -> HttpResponse:
    """Offer a template no more."""
    row, found = _template(request, format, template)
    asking = _asking(
        request,
        row,
        title=_("Retire a template of a letter"),
        what=_("It is offered no more; letters that were issued from it stay as they are."),
        action=_("Retire"),
        obj=found,
        grave=True,
    )

    def run() -> None:
        commands.retire_template(template=found)

    return asking.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def write(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """A letter of a meeting to a party."""
    row = meeting_or_404(request, format, meeting)
    return _write(request, row, None)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def write_for_invitation(request: HttpRequest, format: str, meeting: str, invitation: UUID) -> HttpResponse:
    """The letter of an invitation."""
    row, found = invitation_or_404(request, format, meeting, invitation)
    if found.issued_at is None or found.withdrawn_at is not None:
        raise Http404
    return _write(request, row, found)


def _write(request: HttpRequest, row: Meeting, invitation: Invitation | None) -> HttpResponse:
    open_to(request, "register.keep", row.format_id)
    assert row.format is not None
    offered = templates_of(row.format.pk)
    parties = [] if invitation is not None else [party for party, _capacity in sitting_parties(row)]
    form = LetterForm(
        sent(request), templates=offered, parties=parties, languages=languages_of(row), language=language()
    )
    more: dict[str, Any] = {"no_templates": not offered, "meeting": row}
    back = (
        address("meeting_invitation", row, invitation=invitation.pk) if invitation else address("correspondence", row)
    )
    asking = Asking(
        request,
        title=_("Issue a letter"),
        what=_("The letter is shown before it is issued. Issued, it is kept as it is and entered in the register."),
        back=back,
        action=_("Issue"),
        form=form,
        about=party_name(invitation.party_id, language()).text if invitation else row.worded.get("title"),  # type: ignore[attr-defined]
        template="meetings/letters/write.html",
        more=more,
    )

    def whom() -> UUID:
        return invitation.party_id if invitation is not None else UUID(form.cleaned_data["party"])

    def fill() -> Filled:
        return fill_letter(meeting=row, party_id=whom(), mark=NOT_DRAWN, invitation=invitation, **form.values())

    if request.method == "POST" and form.is_valid():
        # Before the sentence: what cannot be filled is said beside its field, and nothing is shown that cannot be issued.
        try:
            letter = fill()
            words = {
                name: (language, text)
                for name, by in {"subject": {letter.language: letter.subject}, **commands.words_of(letter)}.items()
                for language, text in by.items()
            }
            asking.context |= {
                "letter": letter, "on_letter": remarks.on(request, words), "template": form.values()["template"].pk,
            }  # fmt: skip
        except Refusal as refusal:
            asking.context["first"] = True
            asking.refuse(refusal)
            return asking.page(UNPROCESSABLE)

    def run() -> str:
        issued = commands.issue_letter(meeting=row, party_id=whom(), invitation=invitation, **form.values())
        assert row.format is not None
        return reverse("note", kwargs={"format": row.format.slug, "note": issued.note_id})

    return asking.answer(run, lambda: commands.issue_sentence(fill(), sentences.sentence))
