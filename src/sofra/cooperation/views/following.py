"""Forms by which dates are answered and moved, reports made and corrected, commitments ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.cooperation import commands, sentences
from sofra.cooperation.forms import DateForm, ReasonForm, ReportForm, meeting_words
from sofra.cooperation.models import DateAnswer, DueDate, Report
from sofra.cooperation.queries import Line, meetings_of
from sofra.cooperation.views.common import Asking, actor_of, language, line_of, page_of
from sofra.kernel import policy, wordings
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.parties.entering import Entering
from sofra.parties.formfields import wording_initial, wording_texts

BOTH = SECRETARIAT | DELEGATES


def entering_of(request: HttpRequest, line: Line, *, wanted: bool = True) -> Entering | None:
    """The part by which the secretariat enters the owner's act; None where it acts for itself."""
    place = line.row.format
    assert place is not None
    zone = line.newest.row.zone if line.newest else ""
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
    asking = Asking(
        request,
        title=_("Accept a date") if accepted else _("Decline a date"),
        what=_("The answer is on the record for all members."),
        form=None,
        back_url=page_of(line),
        action=_("Accept the date") if accepted else _("Decline the date"),
        entering=entering,
        grave=not accepted,
        obj=line.row,
    )
    asking.context["version"] = dated.answer.version if dated.answer else ""

    def sentence() -> str:
        return sentences.answering(
            line.row.owner_id,
            str(line.title),
            dated.row.due,
            dated.row.zone,
            by_owner=dated.row.by_owner,
            accepted=accepted,
        )

    def act() -> str:
        entry = entering.owner()[1] if entering else None
        seen = request.POST.get("version") or ""
        commands.answer_date(
            dated.row, accepted=accepted, seen=int(seen) if seen.isdigit() and len(seen) < 9 else None, entry=entry
        )
        return page_of(line)

    def theirs(row: DateAnswer) -> list[tuple[Any, Any]]:
        return [(date_format(dated.row.due), _("accepted") if row.accepted else _("declined"))]

    if request.method == "GET":
        asking.context["sentence"] = sentence()
    return asking.answer(act, sentence, theirs)


@door(GET=BOTH, POST=BOTH)
def date_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Put another date forward."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.set_date", line.row)
    newest, by_owner = line.newest, for_owner(request, line)
    initial = {"zone": newest.row.zone if newest else "UTC", "seen_date": newest.row.pk if newest else None}
    form = DateForm(request.POST or None, initial=initial)
    entering = entering_of(request, line, wanted=by_owner)
    asking = Asking(
        request,
        title=_("Put another date forward"),
        what=_(
            "The date that counts goes on counting until the other side accepts the new one. Both stay on the record."
        ),
        form=form,
        back_url=page_of(line),
        action=_("Put the date forward"),
        entering=entering,
        obj=line.row,
    )

    def sentence() -> str:
        given = form.cleaned_data
        return sentences.dating(line.row.owner_id, str(line.title), given["due"], given["zone"], by_owner=by_owner)

    def act() -> str:
        given = form.cleaned_data
        commands.set_date(
            line.row, due=given["due"], zone=given["zone"], reason=wording_texts(form, "reason"),
            seen_date=given["seen_date"], entry=entering.owner()[1] if entering else None,
        )  # fmt: skip
        return page_of(line)

    def theirs(row: DueDate) -> list[tuple[Any, Any]]:
        form.data = {**form.data.dict(), "seen_date": str(row.pk)}  # type: ignore[attr-defined]
        return [(form.fields["due"].label, sentences.until(row.due, row.zone))]

    return asking.answer(act, sentence, theirs)


@door(GET=BOTH, POST=BOTH)
def report_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """The owner reports."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.report", line.row)
    form = ReportForm(request.POST or None, request.FILES or None, initial={"claim": Report.Claim.IN_PROGRESS})
    entering = entering_of(request, line)
    asking = Asking(
        request,
        title=_("Report"),
        what=_("How it stands, with what carries that. A report of completion with a source closes the commitment."),
        form=form,
        back_url=page_of(line),
        action=_("Record the report"),
        entering=entering,
        obj=line.row,
    )
    asking.context["files"] = True

    def act() -> str:
        commands.report(line.row, **_given(form), entry=entering.owner()[1] if entering else None)
        return page_of(line)

    return asking.answer(act)


@door(GET=BOTH, POST=BOTH)
def correct_page(request: HttpRequest, format: str, commitment: UUID, report: UUID) -> HttpResponse:
    """Correct a report, or make one's own what was entered."""
    line = line_of(request, format, commitment)
    written = next((each for each in line.reports if each.pk == report), None)
    if written is None:
        raise Http404
    written.commitment = line.row
    policy.require(actor_of(request), "cooperation.report", line.row)
    stands = wordings.of([written]).get(written.pk, {}).get("text", {})
    initial = {
        "on": written.on, "claim": written.claim, "modality": written.modality, "seen": written.version,
        **wording_initial(stands, "text"),
    }  # fmt: skip
    form = ReportForm(request.POST or None, request.FILES or None, initial=initial)
    asking = Asking(
        request,
        title=_("Correct a report"),
        what=_("What it said before stays in the audit. A source given here is added to those it has."),
        form=form,
        back_url=page_of(line),
        action=_("Save the report"),
        obj=written,
    )
    asking.context["files"] = True

    def act() -> str:
        commands.correct_report(written, seen=form.cleaned_data["seen"] or 0, **_given(form))
        return page_of(line)

    def theirs(row: Report) -> list[tuple[Any, Any]]:
        form.data = {**form.data.dict(), "seen": str(row.version)}  # type: ignore[attr-defined]
        texts = wordings.of([row]).get(row.pk, {}).get("text", {})
        return [
            (form.fields["claim"].label, row.get_claim_display()),
            (form.fields["on"].label, date_format(row.on)),
            *(
                (form.fields[f"text_{code}"].label, text)
                for code, text in texts.items()
                if f"text_{code}" in form.fields
            ),
        ]

    return asking.answer(act, theirs=theirs)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def lapse_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Record that a meeting let it lapse."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.lapse", line.row)
    meetings = meetings_of(line.row.format_id)
    wordings.attach(meetings, language())
    form = ReasonForm(request.POST or None, meetings=meetings, label=_("The decision in words"))
    asking = Asking(
        request,
        title=_("Record a lapse"),
        what=_("A commitment lapses by a meeting's recorded decision. It stays on the record."),
        form=form,
        back_url=page_of(line),
        action=_("Record the lapse"),
        grave=True,
        obj=line.row,
    )

    def chosen() -> Any:
        return next(each for each in meetings if str(each.pk) == form.cleaned_data["meeting"])

    def act() -> str:
        commands.lapse(line.row, meeting=chosen(), reason=wording_texts(form, "reason"))
        return page_of(line)

    return asking.answer(act, lambda: sentences.lapsing(line.row.owner_id, str(line.title), meeting_words(chosen())))


@door(GET=BOTH, POST=BOTH)
def withdraw_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Withdraw a commitment. It is recorded, never deleted."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.withdraw", line.row)
    # What a party announced or accepted, only that party withdraws: the secretariat then enters its act.
    by_owner = for_owner(request, line) or line.row.owner_party_id is not None or line.counting
    form = ReasonForm(request.POST or None)
    entering = entering_of(request, line, wanted=by_owner)
    asking = Asking(
        request,
        title=_("Withdraw a commitment"),
        what=_("It no longer counts from then on. That it stood, and why it was withdrawn, stays on the record."),
        form=form,
        back_url=page_of(line),
        action=_("Withdraw it"),
        entering=entering,
        grave=True,
        obj=line.row,
    )

    def act() -> str:
        entry = entering.owner()[1] if entering else None
        commands.withdraw(line.row, reason=wording_texts(form, "reason"), entry=entry)
        return page_of(line)

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
