"""The follow-up as XLSX: taken out, handed in, looked through, written."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.cooperation import sheets
from sofra.cooperation.commands.sheets import Step, hand_in_sheet, rehearse, write_sheet
from sofra.cooperation.engine.sheet import MOST_BYTES, write
from sofra.cooperation.forms import SheetForm
from sofra.cooperation.models import SheetDraft
from sofra.cooperation.queries import follow_up, is_outside, public_follow_up
from sofra.kernel import anyway, policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import ANYONE, DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import UNPROCESSABLE, actor_of, download, language, sent
from sofra.kernel.refusals import Refusal
from sofra.meetings.queries.profile import require_profile
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.entering import Entering, entry_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOTH = SECRETARIAT | DELEGATES


@door(GET=ANYONE)
def sheet_page(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The follow-up of a meeting as a sheet, in the reader's language, with what the reader may read.

    For a meeting that is not over it is refused, with the reason, where no designation profile lets its parties be named.
    """
    row = meeting_or_404(request, format, meeting)
    place = row.format
    assert place is not None
    if row.open:
        try:
            require_profile(row, [language()])
        except Refusal as refusal:
            back = reverse("follow_up", kwargs={"format": place.slug, "meeting": row.slug})
            context = {"title": _("Follow-up"), "refused": refusal.sentence, "back": back}
            return render(request, "meetings/refused.html", context, status=UNPROCESSABLE)
    outside = is_outside(actor_of(request), place)
    found = public_follow_up(row, language()) if outside else follow_up(row, language())
    may_hand_in = bool(policy.decide(actor_of(request), "cooperation.import", place))
    data = write(
        sheets.about(found, place, language(), public=outside),
        sheets.columns(place, language()),
        sheets.rows_of(found.lines, language(), prepared=place if may_hand_in else None),
    )
    return download(data, XLSX, sheets.file_name(found))


@door(GET=BOTH, POST=BOTH)
def hand_in_page(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Hand a sheet in. It is read and shown; nothing is written before it is confirmed."""
    row = meeting_or_404(request, format, meeting)
    place = row.format
    assert place is not None
    policy.require(actor_of(request), "cooperation.import", place)
    form = SheetForm(sent(request), request.FILES or None)
    entering = Entering(request, place, zone=row.zone, needed=False)
    asking = Asking(
        request,
        title=_("Hand a sheet in"),
        what=_(
            "Each row is shown with what it will do before anything is written. If one row is refused, none is written."
        ),
        form=form,
        back=reverse("follow_up", kwargs={"format": place.slug, "meeting": row.slug}),
        action=_("Look it through"),
        entering=entering,
    )

    def act() -> str:
        upload = form.cleaned_data["sheet"]
        entry = entry_of(entering) if entering.shown else None
        draft = hand_in_sheet(meeting=row, data=upload.read(MOST_BYTES + 1), name=upload.name or "", entry=entry)
        return reverse("follow_up_draft", kwargs={"format": place.slug, "meeting": row.slug, "draft": draft.pk})

    return asking.answer(act)


@door(GET=BOTH, POST=BOTH)
def draft_page(request: HttpRequest, format: str, meeting: str, draft: UUID) -> HttpResponse:
    """What a sheet will do, row by row; then it is written, all of it or nothing."""
    row = meeting_or_404(request, format, meeting)
    kept = SheetDraft.objects.select_related("format", "meeting", "entry").filter(pk=draft, meeting=row).first()
    if kept is None:
        raise Http404
    policy.require(actor_of(request), "cooperation.import", row.format)
    back = reverse("follow_up", kwargs={"format": format, "meeting": row.slug})
    refused, held = "", {}
    if request.method == "POST":
        try:
            with anyway.asked(request):
                write_sheet(kept, language=language())
            return HttpResponseRedirect(back, status=303)
        except Refusal as refusal:
            refused, held = str(refusal.sentence), anyway.shown(refusal)
            # What was undone in the database stands in the row still.
            kept.refresh_from_db()
    steps: list[Step] = [] if kept.written_at else rehearse(kept, language())
    context = {
        "draft": kept,
        "steps": [step for step in steps if step.outcome != "same"],
        "same": sum(step.outcome == "same" for step in steps),
        "wrong": sum(step.outcome == "refused" for step in steps),
        "refused": refused,
        **held,
        "meeting": row,
        "back_url": back,
    }
    return render(request, "cooperation/draft.html", context, status=422 if refused else 200)
