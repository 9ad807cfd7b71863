"""Silence and adoption on pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel.asking import Asking
from sofra.kernel.clock import exact
from sofra.kernel.doors import DELEGATES, SEATED, SECRETARIAT, door
from sofra.kernel.pages import language, open_to, sent
from sofra.meetings.views.places import entering_at
from sofra.parties.entering import attach_entries
from sofra.parties.queries.formats import members_on
from sofra.texts import sentences
from sofra.texts.adoption_forms import (
    AdoptForm,
    AnswerForm,
    BreakForm,
    LateForm,
    ReasonForm,
    ReopenForm,
    SilenceForm,
    StatementForm,
)
from sofra.texts.commands import adopting, silence
from sofra.texts.forms import languages_of
from sofra.texts.models import SilenceEvent, Statement
from sofra.texts.queries.adopted import adopting_of
from sofra.texts.queries.silence import Procedure, adoption_of, procedures_of
from sofra.texts.queries.text import paragraphs_now
from sofra.texts.queries.versions import differences_between
from sofra.texts.views.places import Place, may_have_files, place_of

SPEAKERS = DELEGATES | SECRETARIAT


@door(GET=SEATED)
def silences(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """The silence procedures of a text, with what broke them, and its adoption."""
    place = place_of(request, format, meeting, text)
    found = procedures_of(place.text, language())
    attach_entries([each for one in found for each in one.breaks])
    for one in found:
        for each in one.breaks:
            each.place = place.shown.place(each.owner_party_id)  # type: ignore[attr-defined]
    running = next((each for each in found if each.state == "running"), None)
    last = found[-1] if found else None
    return render(
        request,
        "texts/silences.html",
        {
            "meeting": place.meeting,
            "text": place.text,
            "procedures": list(reversed(found)),
            "running": running,
            "adopting": adopting_of(place.text),
            "adopted": adoption_of(place.text),
            "lapsed": last is not None and last.state == "adopted",
            "may_words": may_have_files(request),
            "may_speak": place.can("texts.speak"),
            "may_chair": place.can("texts.chair"),
            "back": place.url("text"),
        },
    )


def _back(place: Place) -> str:
    return place.url("text_silences")


def _asking(place: Place, **more: Any) -> Asking:
    asking = place.asking(**more)
    asking.context["back"] = _back(place)
    return asking


def _procedure(place: Place, key: UUID) -> Procedure:
    found = next((each for each in procedures_of(place.text) if each.row.pk == key), None)
    if found is None:
        raise Http404
    found.row.text = place.text
    return found


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def open_one(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Put the text under silence."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.chair", place.text)
    shared = [each for each in paragraphs_now(place.text) if each.shared and not each.placing.gone]
    differing = differences_between(shared, place.text.languages)
    form = SilenceForm(
        sent(request), languages=languages_of(place.meeting), zone=place.meeting.zone, differing=bool(differing)
    )
    asking = _asking(
        place,
        title=_("Put the text under silence"),
        what=_("The text is frozen. It is adopted at the instant unless a member objects in writing before it."),
        action=_("Open the silence procedure"),
        form=form,
        grave=True,
    )

    def act() -> None:
        cleaned = form.cleaned_data
        assert form.deadline is not None
        silence.open_silence(
            text=place.text, deadline=form.deadline, question=form.texts("question"),
            names_breaker=cleaned["names_breaker"], ad_referendum=cleaned["ad_referendum"],
            override=form.texts("override") if differing else None,
        )  # fmt: skip

    def sentence() -> str:
        assert form.deadline is not None
        said = {"instant": exact(form.deadline, place.meeting.zone)}
        return _("The text as it stands now is adopted at %(instant)s unless a member objects before it.") % said

    return asking.answer(act, sentence)


@door(GET=SPEAKERS, POST=SPEAKERS)
def break_one(request: HttpRequest, format: str, meeting: str, text: UUID, silence_id: UUID) -> HttpResponse:
    """Object in writing, or ask to amend, before the instant."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    one = _procedure(place, silence_id)
    form = BreakForm(sent(request), languages=languages_of(place.meeting))
    entering = entering_at(request, place.meeting)
    asking = _asking(
        place,
        title=_("Break the silence"),
        what=_("All members are told at once that the silence is broken.")
        if one.row.names_breaker
        else _("All members are told at once that the silence is broken, and not by whom; the secretariat reads this."),
        action=_("Break the silence"),
        form=form,
        entering=entering,
        grave=True,
    )

    def act() -> None:
        party, entry = entering.owner()
        silence.break_silence(silence=one.row, words=form.texts("words"), party_id=party, entry=entry)

    def sentence() -> str:
        said = {"party": sentences.author(asking.party), "instant": exact(one.row.deadline, one.row.zone)}
        return _("%(party)s objects in writing to the adoption under silence that ends at %(instant)s.") % said

    return asking.answer(act, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def withdraw_one(request: HttpRequest, format: str, meeting: str, text: UUID, silence_id: UUID) -> HttpResponse:
    """Withdraw a silence that runs."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.chair", place.text)
    one = _procedure(place, silence_id)
    form = ReasonForm(sent(request), languages=languages_of(place.meeting))
    asking = _asking(
        place,
        title=_("Withdraw the silence procedure"),
        what=_("Nothing is adopted by it; the text can be negotiated again."),
        action=_("Withdraw it"),
        form=form,
        grave=True,
    )

    def act() -> None:
        silence.withdraw_silence(silence=one.row, reason=form.texts("reason"))

    return asking.answer(act, lambda: _("The chair withdraws the silence procedure."))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def answer(request: HttpRequest, format: str, meeting: str, text: UUID, silence_id: UUID) -> HttpResponse:
    """Decide what becomes of a broken silence, or answer an objection that was entered late."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.chair", place.text)
    one = _procedure(place, silence_id)
    words = languages_of(place.meeting)
    late = one.late
    form: Any = (
        LateForm(sent(request), languages=words)
        if late
        else AnswerForm(sent(request), languages=words, zone=place.meeting.zone)
    )
    asking = _asking(
        place,
        title=_("Answer the objection"),
        what=_("It was received before the silence ended and entered after it. All members read the answer.")
        if late
        else _("The silence was broken. All members read what becomes of it, and why."),
        action=_("Record the answer"),
        form=form,
    )

    def act() -> None:
        if late:
            stands = form.cleaned_data["stands"] == "yes"
            silence.answer_late(silence=one.row, stands=stands, reason=form.texts("reason"))
        else:
            silence.answer_silence(
                silence=one.row, how=form.cleaned_data["how"], reason=form.texts("reason"), deadline=form.deadline
            )

    def sentence() -> str:
        if late:
            key = SilenceEvent.Kind.STANDS if form.cleaned_data["stands"] == "yes" else SilenceEvent.Kind.REOPENED
        else:
            key = SilenceEvent.Kind(form.cleaned_data["how"])
        return _("The chair records: %(what)s.") % {"what": key.label}

    return asking.answer(act, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def adopt(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Record that a session adopted the text."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.chair", place.text)
    form = AdoptForm(sent(request), languages=languages_of(place.meeting))
    asking = _asking(
        place,
        title=_("Record the adoption by consensus"),
        what=_("The question the chair put is kept with the text, word for word."),
        action=_("Record the adoption"),
        form=form,
    )

    def act() -> None:
        adopting.adopt(
            text=place.text, question=form.texts("question"), ad_referendum=form.cleaned_data["ad_referendum"]
        )

    return asking.answer(act, lambda: _("The session adopts the text as it stands now, by consensus."))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def reopen(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Reopen an adopted text."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.chair", place.text)
    assert place.meeting.format is not None
    form = ReopenForm(
        sent(request),
        languages=languages_of(place.meeting),
        members=members_on(place.meeting.format),
        language=language(),
    )
    asking = _asking(
        place,
        title=_("Reopen the text"),
        what=_("Who asked and why is read by all members. The adoption stays in the history."),
        action=_("Reopen the text"),
        form=form,
        grave=True,
    )

    def act() -> None:
        asked = form.cleaned_data["asked_by"]
        adopting.reopen(text=place.text, reason=form.texts("reason"), asked_by=UUID(asked) if asked else None)

    return asking.answer(act, lambda: _("The adopted text is negotiated again."))


@door(GET=SPEAKERS, POST=SPEAKERS)
def attach(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Attach a reservation, an interpretative statement or a footnote."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    form = StatementForm(sent(request), languages=languages_of(place.meeting))
    entering = entering_at(request, place.meeting)
    asking = place.asking(
        title=_("Attach a statement"),
        what=_("It is kept with the text wherever it goes."),
        action=_("Attach it"),
        form=form,
        entering=entering,
    )

    def act() -> None:
        party, entry = entering.owner()
        adopting.attach(
            text=place.text, kind=form.cleaned_data["kind"], words=form.texts("words"), party_id=party, entry=entry
        )

    def sentence() -> str:
        words = next((said.strip() for said in form.texts("words").values() if said.strip()), "")
        said = {"party": sentences.author(asking.party), "kind": Statement.Kind(form.cleaned_data["kind"]).label}
        return _("%(party)s attaches a %(kind)s: “%(words)s”") % {**said, "words": words}

    return asking.answer(act, sentence)


@door(GET=DELEGATES, POST=DELEGATES)
def detach(request: HttpRequest, format: str, meeting: str, text: UUID, statement: UUID) -> HttpResponse:
    """Take back what one's delegation attached."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    row = Statement.objects.filter(text=place.text, pk=statement).first()
    if row is None:
        raise Http404
    row.text = place.text
    asking = place.asking(
        title=_("Take back the statement"),
        what=_("What was said stays in the history; nothing is lost."),
        action=_("Take it back"),
        grave=True,
    )

    def act() -> None:
        adopting.detach(statement=row)

    said = {"party": sentences.author(row.owner_party_id), "kind": Statement.Kind(row.kind).label}
    return asking.answer(act, lambda: _("%(party)s takes back its %(kind)s.") % said)
