"""What the chair and whoever holds the pen do on pages."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import language, open_to, sent
from sofra.meetings.views.places import address, meeting_or_404
from sofra.parties.formfields import OFFERED
from sofra.parties.queries.formats import members_on
from sofra.texts import sentences
from sofra.texts.commands import beginning, deciding
from sofra.texts.commands.bringing import notation_of
from sofra.texts.engine.points import closed
from sofra.texts.forms import BeginForm, CloseForm, CompromiseForm, NoteForm, PenForm, StatusForm, languages_of
from sofra.texts.models import Closing, Status
from sofra.texts.views.places import called, place_of

PENS = DELEGATES | SECRETARIAT


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def begin(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Put a text on the table."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "texts.begin", row)
    languages = languages_of(row)
    form = BeginForm(
        sent(request), request.FILES or None, languages=languages, offered=list(dict.fromkeys([*languages, *OFFERED]))
    )
    asking = Asking(
        request,
        title=_("Put a text on the table"),
        what=_("All members read it at once and propose on equal terms."),
        action=_("Put it on the table"),
        back=address("texts", row),
        form=form,
        obj=row,
    )

    def act() -> str:
        tongue, given = form.cleaned_data["authoritative"], form.cleaned_data["file"]
        notation = notation_of(given.read(), given.name) if given else form.cleaned_data["notation"]
        found = beginning.begin(meeting=row, title=form.texts("title"), languages=[tongue], notation={tongue: notation})
        return address("text", row, text=found.pk)

    return asking.answer(act)


@door(GET=PENS, POST=PENS)
def close(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID, point: str) -> HttpResponse:
    """Close a bracket, with a reason."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.pen", place.text)
    now = place.now(paragraph)
    found = next((each for each in now.points(place.tongue) if each.key == point), None)
    if found is None:
        raise Http404
    choices = [(one.key, one.words or _("leave the words out")) for one in found.choices]
    initial = {"seen": now.stands[place.tongue].pk}
    form = CloseForm(sent(request), languages=languages_of(place.meeting), choices=choices, initial=initial)
    asking = place.asking(
        now,
        title=_("Close the bracket"),
        what=_("The reason is read by all members. A wording a delegation objects to cannot be chosen."),
        action=_("Close the bracket"),
        form=form,
    )

    def act() -> None:
        cleaned = form.cleaned_data
        deciding.close(
            paragraph=now.row, language=place.tongue, how=cleaned["how"], reason=form.texts("reason"), point=point,
            choice=cleaned["choice"], seen=cleaned["seen"] or now.stands[place.tongue].pk,
        )  # fmt: skip

    def sentence() -> str:
        return sentences.closing(called(now), closed(now.content(place.tongue), point, form.cleaned_data["choice"]))

    return asking.answer(act, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def compromise(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Close all brackets of a paragraph with the chair's compromise."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.chair", place.text)
    open_to(request, "texts.pen", place.text)
    now = place.now(paragraph)
    if place.tongue not in now.stands:
        raise Http404
    stand = now.stands[place.tongue]
    form = CompromiseForm(sent(request), languages=languages_of(place.meeting), initial={"seen": stand.pk})
    form.fields["wording"].widget.attrs["lang"] = place.tongue
    asking = place.asking(
        now,
        title=_("The chair's compromise"),
        what=_("It closes every bracket of the paragraph and stands in the history as the chair's."),
        action=_("Record the compromise"),
        form=form,
    )

    def act() -> None:
        deciding.close(
            paragraph=now.row, language=place.tongue, how=Closing.How.COMPROMISE, reason=form.texts("reason"),
            wording=form.cleaned_data["wording"], seen=form.cleaned_data["seen"] or stand.pk,
        )  # fmt: skip

    def sentence() -> str:
        said = {"number": called(now), "wording": " ".join(form.cleaned_data["wording"].split())}
        return (
            _("All brackets of paragraph %(number)s are closed. It then reads, as the chair's compromise: %(wording)s")
            % said
        )

    return asking.answer(act, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def status(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Record how far a paragraph is."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.chair", place.text)
    now = place.now(paragraph)
    assert place.meeting.format is not None
    form = StatusForm(
        sent(request),
        languages=languages_of(place.meeting),
        members=members_on(place.meeting.format),
        language=language(),
        initial={"status": now.status},
    )
    asking = place.asking(
        now,
        title=_("Status of the paragraph"),
        what=_("Agreed in the working group, ad referendum, or agreed. Opened again, it says who asked and why."),
        action=_("Record the status"),
        form=form,
    )

    def act() -> None:
        asked = form.cleaned_data["asked_by"]
        deciding.rule_on(
            paragraph=now.row, status=form.cleaned_data["status"], reason=form.texts("reason"),
            asked_by=UUID(asked) if asked else None,
        )  # fmt: skip

    def sentence() -> str:
        said = {"number": called(now), "status": Status(form.cleaned_data["status"]).label}
        return _("Paragraph %(number)s: %(status)s.") % said

    return asking.answer(act, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def pen(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Pass the pen."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.chair", place.text)
    assert place.meeting.format is not None
    form = PenForm(
        sent(request),
        languages=languages_of(place.meeting),
        members=members_on(place.meeting.format),
        language=language(),
        initial={"holder": str(place.text.pen or "")},  # type: ignore[attr-defined]
    )
    asking = place.asking(
        title=_("Pass the pen"),
        what=_("Whoever holds it closes brackets and circulates versions. Everybody reads who does."),
        action=_("Pass the pen"),
        form=form,
    )

    def holder() -> UUID | None:
        return UUID(form.cleaned_data["holder"]) if form.cleaned_data["holder"] else None

    def act() -> None:
        deciding.pass_pen(text=place.text, holder=holder(), reason=form.texts("reason"))

    return asking.answer(act, lambda: sentences.passing(holder()))


@door(GET=PENS, POST=PENS)
def circulate(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Circulate the text as it stands."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.pen", place.text)
    form = NoteForm(sent(request), languages=languages_of(place.meeting))
    asking = place.asking(
        title=_("Circulate a version"),
        what=_("The text is frozen as it stands; all members read it from the same instant."),
        action=_("Circulate"),
        form=form,
    )

    def act() -> str:
        row = deciding.circulate(text=place.text, note=form.texts("note"))
        return place.url("text_version", number=row.number)

    return asking.answer(
        act, lambda: _("The text as it stands now is circulated to all members under the next number.")
    )
