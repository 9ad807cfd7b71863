"""Announcing a meeting, publishing its agenda, withdrawing either; the chair's answer to a late entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import open_to, sent
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.commands import late_entries, publicity
from sofra.meetings.models import LateEntry, Meeting, SubjectKind
from sofra.meetings.publicity_forms import AgendaTellForm, LateAnswerForm, TellForm
from sofra.meetings.queries.procedure import adopted, versions_of
from sofra.meetings.queries.publicity import get_announcement, get_publication
from sofra.meetings.views.places import address, meeting_or_404


def _from(at: datetime | None, zone: str) -> str:
    return sentences.exact(at, zone) if at else _("the instant this is recorded")


def _title(row: Meeting) -> str:
    return str(row.worded.get("title", ""))  # type: ignore[attr-defined]


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def announce(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Announce a meeting to the observers or to everyone."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "meetings.announce", row)
    form = TellForm(sent(request), zone=row.zone)
    asking = Asking(
        request,
        title=_("Announce the meeting"),
        what=_(
            "Its date, place, level, format and status are told, as they stand from then on. Nothing else of it is."
        ),
        back=address("meeting", row),
        about=_title(row),
        action=_("Announce it"),
        form=form,
        obj=row,
    )

    def sentence() -> str:
        key = f"meeting.announce_{form.cleaned_data['to']}"
        return sentences.sentence(key, title=_title(row), instant=_from(form.cleaned_data["instant"], row.zone))

    def run() -> str:
        publicity.announce_meeting(meeting=row, to=form.cleaned_data["to"], at=form.cleaned_data["instant"])
        return address("meeting", row)

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def announcement_withdraw(request: HttpRequest, format: str, meeting: str, announcement: UUID) -> HttpResponse:
    """Withdraw an announcement."""
    row = meeting_or_404(request, format, meeting)
    one = get_announcement(row, announcement)
    if one is None:
        raise Http404
    open_to(request, "meetings.announce", row)
    asking = Asking(
        request,
        title=_("Withdraw the announcement"),
        what=_("The meeting is then not there any more for those it was announced to."),
        back=address("meeting", row),
        about=_title(row),
        action=_("Withdraw it"),
        grave=True,
        obj=one,
    )

    def run() -> str:
        publicity.withdraw_announcement(announcement=one)
        return address("meeting", row)

    return asking.answer(run, lambda: sentences.sentence(f"meeting.unannounce_{one.to}", title=_title(row)))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def agenda_publish(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Publish the adopted agenda to the observers or to everyone."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "agenda.publish", row)
    version = adopted(versions_of([row.pk]))
    lines: list[dict[str, Any]] = version.content["lines"] if version is not None else []
    initial = {"number": version.number if version is not None else None}
    form = AgendaTellForm(sent(request), initial=initial, zone=row.zone)
    asking = Asking(
        request,
        title=_("Publish the agenda"),
        what=_(
            "The titles of the adopted version, in the languages they exist in: no notes, no objections, no positions."
        ),
        back=address("agenda", row),
        about=_("Agenda"),
        action=_("Publish it"),
        form=form,
        obj=version,
    )

    def sentence() -> str:
        return sentences.sentence(
            f"agenda.publish_{form.cleaned_data['to']}", number=form.cleaned_data["number"] or 0, count=len(lines),
            languages=publicity.named_languages(lines), instant=_from(form.cleaned_data["instant"], row.zone),
        )  # fmt: skip

    def run() -> str:
        given = form.cleaned_data
        publicity.publish_agenda(meeting=row, to=given["to"], number=given["number"] or 0, at=given["instant"])
        return address("agenda", row)

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def agenda_withdraw(request: HttpRequest, format: str, meeting: str, publication: UUID) -> HttpResponse:
    """Withdraw a published agenda from those it was published to."""
    row = meeting_or_404(request, format, meeting)
    one = get_publication(row, publication)
    if one is None:
        raise Http404
    open_to(request, "agenda.publish", row)
    asking = Asking(
        request,
        title=_("Withdraw the agenda"),
        what=_("Earlier versions published to them are withdrawn with it. The members' agenda stays as it is."),
        back=address("agenda", row),
        about=_("Agenda"),
        action=_("Withdraw it"),
        grave=True,
        obj=one,
    )

    def run() -> str:
        publicity.withdraw_agenda(publication=one)
        return address("agenda", row)

    return asking.answer(run, lambda: sentences.sentence(f"agenda.unpublish_{one.to}"))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def late_answer(request: HttpRequest, format: str, meeting: str, late: UUID) -> HttpResponse:
    """Answer an objection that was received in time and entered late."""
    row = meeting_or_404(request, format, meeting)
    one = LateEntry.objects.select_related("procedure__meeting", "act").filter(pk=late, procedure__meeting=row).first()
    if one is None or one.answer:
        raise Http404
    open_to(request, *late_entries.rule_of(one))
    lines = one.procedure.subject_kind == SubjectKind.LINES
    form = LateAnswerForm(sent(request), languages=languages_of(row), lines=lines)
    subject = late_entries.subject_of_late(one)
    kind, about = one.procedure.subject_kind, one.procedure.subject_id
    places = {"outcome": ("outcome", {"outcome": about}), "lines": ("press_piece", {"piece": about})}
    name, where = places.get(kind, ("agenda", {}))
    back = address(name, row, **where)
    asking = Asking(
        request,
        title=_("Answer an objection entered late"),
        what=_(
            "It was received before the silence ended. The objection stands either way; the answer is read by all who took part."
        ),
        back=back,
        about=_title(row),
        action=_("Record the answer"),
        form=form,
        grave=True,
        obj=one,
    )

    def sentence() -> str:
        key = late_entries.sentence_key(one, form.cleaned_data["answer"])
        return sentences.sentence(key, party=one.act.owner_party_id, **subject.words)

    def run() -> str:
        late_entries.answer_late_entry(late=one, answer=form.cleaned_data["answer"], reason=form.texts("reason"))
        return back

    return asking.answer(run, sentence)
