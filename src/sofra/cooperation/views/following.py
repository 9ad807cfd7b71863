"""Forms by which dates are answered and moved, reports made and corrected, commitments ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.cooperation import commands, sentences
from sofra.cooperation.forms import AnswerForm, DateForm, ReasonForm, ReportForm, meeting_words
from sofra.cooperation.models import DateAnswer, DueDate, Report
from sofra.cooperation.queries import Line, meetings_of
from sofra.cooperation.views.common import line_of, page_of
from sofra.kernel import policy, wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, language, sent
from sofra.meetings.queries.convening import zone_of
from sofra.parties.entering import Entering, entry_of
from sofra.parties.formfields import wording_initial, wording_texts

BOTH = SECRETARIAT | DELEGATES


def entering_of(request: HttpRequest, line: Line, *, wanted: bool = True) -> Entering | None:
    """The part by which the secretariat enters the owner's act; None where it acts for itself."""
    place = line.row.format
    assert place is not None
    zone = line.newest.row.zone if line.newest else zone_of(place)
    return Entering(request, place, zone=zone, party=line.row.owner) if wanted else None


def for_owner(request: HttpRequest, line: Line) -> bool:
    """Whether the act on this page is the owner's: it acts itself, or the secretariat said so in the address."""
    return actor_of(request).party_id == line.row.owner_id or request.GET.get("for") == "owner"


@door(GET=BOTH, POST=BOTH)
def answer_page(request: HttpRequest, format: str, commitment: UUID, date: UUID) -> HttpResponse:
    """Accept or decline a date; correct an answer the secretariat entered."""
    line = line_of(request, format, commitment)
    dated = next((each for each in line.dates if each.row.pk == date), None)
    if dated is None:
        raise Http404
    dated.row.commitment = line.row
    policy.require(actor_of(request), "cooperation.answer", dated.row)
    accepted = request.GET.get("with") != "decline"
    entering = entering_of(request, line, wanted=not dated.row.by_owner)
    form = AnswerForm(sent(request), initial={"version": dated.answer.version if dated.answer else None})
    asking = Asking(
        request,
        title=_("Accept a date") if accepted else _("Decline a date"),
        what=_("The answer is on the record for all members."),
        back=page_of(line),
        action=_("Accept the date") if accepted else _("Decline the date"),
        form=form,
        entering=entering,
        grave=not accepted,
        obj=line.row,
    )

    def sentence() -> str:
        return sentences.answering(
            line.row.owner_id,
            str(line.title),
            dated.row.due,
            dated.row.zone,
            by_owner=dated.row.by_owner,
            accepted=accepted,
        )

    def act() -> None:
        entry = entry_of(entering)
        commands.answer_date(dated.row, accepted=accepted, seen=form.cleaned_data["version"], entry=entry)

    def stands(row: DateAnswer) -> dict[str, Any]:
        return {"version": row.version, date_format(dated.row.due): _("accepted") if row.accepted else _("declined")}

    return asking.answer(act, sentence, stands=stands, known=True)


@door(GET=BOTH, POST=BOTH)
def date_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Put another date forward."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.set_date", line.row)
    newest, by_owner = line.newest, for_owner(request, line)
    assert line.row.format is not None
    zone = newest.row.zone if newest else zone_of(line.row.format)
    initial = {"zone": zone, "seen_date": newest.row.pk if newest else None}
    form = DateForm(sent(request), initial=initial)
    entering = entering_of(request, line, wanted=by_owner)
    asking = Asking(
        request,
        title=_("Put another date forward"),
        what=_(
            "The date that counts goes on counting until the other side accepts the new one. Both stay on the record."
        ),
        form=form,
        back=page_of(line),
        action=_("Put the date forward"),
        entering=entering,
        obj=line.row,
    )

    def sentence() -> str:
        given = form.cleaned_data
        return sentences.dating(line.row.owner_id, str(line.title), given["due"], given["zone"], by_owner=by_owner)

    def act() -> None:
        given = form.cleaned_data
        commands.set_date(
            line.row, due=given["due"], zone=given["zone"], reason=wording_texts(form, "reason"),
            seen_date=given["seen_date"], entry=entry_of(entering),
        )  # fmt: skip

    def stands(row: DueDate) -> dict[str, Any]:
        reason = wordings.of([row]).get(row.pk, {}).get("reason", {})
        return {"seen_date": row.pk, "due": row.due, "zone": row.zone, **wording_initial(reason, "reason")}

    return asking.answer(act, sentence, stands=stands)


@door(GET=BOTH, POST=BOTH)
def report_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """The owner reports."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.report", line.row)
    form = ReportForm(sent(request), request.FILES or None, initial={"claim": Report.Claim.IN_PROGRESS})
    entering = entering_of(request, line)
    asking = Asking(
        request,
        title=_("Report"),
        what=_("How it stands, with what carries that. A report of completion with a source closes the commitment."),
        form=form,
        back=page_of(line),
        action=_("Record the report"),
        entering=entering,
        obj=line.row,
    )

    return asking.answer(lambda: commands.report(line.row, **_given(form), entry=entry_of(entering)))


@door(GET=BOTH, POST=BOTH)
def correct_page(request: HttpRequest, format: str, commitment: UUID, report: UUID) -> HttpResponse:
    """Correct a report, or make one's own what was entered."""
    line = line_of(request, format, commitment)
    written = next((each for each in line.reports if each.pk == report), None)
    if written is None:
        raise Http404
    written.commitment = line.row
    policy.require(actor_of(request), "cooperation.report", line.row)
    form = ReportForm(sent(request), request.FILES or None, initial=_stands(written))
    asking = Asking(
        request,
        title=_("Correct a report"),
        what=_("What it said before stays in the audit. A source given here is added to those it has."),
        form=form,
        back=page_of(line),
        action=_("Save the report"),
        obj=written,
    )

    return asking.answer(
        lambda: commands.correct_report(written, seen=form.cleaned_data["seen"] or 0, **_given(form)), stands=_stands
    )


def _stands(report: Report) -> dict[str, Any]:
    texts = wordings.of([report]).get(report.pk, {}).get("text", {})
    return {
        "on": report.on, "claim": report.claim, "modality": report.modality, "seen": report.version,
        **wording_initial(texts, "text"),
    }  # fmt: skip


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def lapse_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Record that a meeting let it lapse."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.lapse", line.row)
    meetings = meetings_of(line.row.format_id)
    wordings.attach(meetings, language())
    form = ReasonForm(sent(request), meetings=meetings, label=_("The decision in words"))
    asking = Asking(
        request,
        title=_("Record a lapse"),
        what=_("A commitment lapses by a meeting's recorded decision. It stays on the record."),
        form=form,
        back=page_of(line),
        action=_("Record the lapse"),
        grave=True,
        obj=line.row,
    )

    def chosen() -> Any:
        return next(each for each in meetings if str(each.pk) == form.cleaned_data["meeting"])

    return asking.answer(
        lambda: commands.lapse(line.row, meeting=chosen(), reason=wording_texts(form, "reason")),
        lambda: sentences.lapsing(line.row.owner_id, str(line.title), meeting_words(chosen())),
    )


@door(GET=BOTH, POST=BOTH)
def withdraw_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Withdraw a commitment. It is recorded, never deleted."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.withdraw", line.row)
    # What a party announced or accepted, only that party withdraws: the secretariat then enters its act.
    by_owner = for_owner(request, line) or line.row.owner_party_id is not None or line.counting
    form = ReasonForm(sent(request))
    entering = entering_of(request, line, wanted=by_owner)
    asking = Asking(
        request,
        title=_("Withdraw a commitment"),
        what=_("It no longer counts from then on. That it stood, and why it was withdrawn, stays on the record."),
        form=form,
        back=page_of(line),
        action=_("Withdraw it"),
        entering=entering,
        grave=True,
        obj=line.row,
    )

    def act() -> None:
        entry = entry_of(entering)
        commands.withdraw(line.row, reason=wording_texts(form, "reason"), entry=entry)

    return asking.answer(act, lambda: sentences.withdrawing(line.row.owner_id, str(line.title), by_owner=by_owner))


def _given(form: ReportForm) -> dict[str, Any]:
    given = form.cleaned_data
    document = given.get("source_document")
    sources = []
    if given["source_title"] or given["source_link"] or given["source_date"] or document is not None:
        sources = [
            commands.NewSource(
                given["source_title"],
                given["source_date"],
                given["source_link"],
                document,
                getattr(document, "name", ""),
            )
        ]
    return {
        "on": given["on"], "claim": given["claim"], "modality": given["modality"], "text": wording_texts(form, "text"),
        "sources": sources,
    }  # fmt: skip
