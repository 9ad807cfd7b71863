"""Calendar addresses of one's seat, and the calendars they answer."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import acting
from sofra.kernel.accounts import limits
from sofra.kernel.doors import ANYONE, SEATED, door
from sofra.kernel.pages import UNPROCESSABLE, actor_of, language, press, sent
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.commands import calendar as commands
from sofra.meetings.engine.calendar import write_calendar
from sofra.meetings.programme_forms import KeyForm
from sofra.meetings.queries import calendar as queries
from sofra.parties.formfields import add_refusal

#: How often one address may be asked, and how often somebody may ask for addresses that are none.
READS = limits.Limit("calendar:key", 60, 900)
MISSES = limits.Limit("calendar:address", 30, 900)


@door(GET=SEATED, POST=SEATED)
def calendar(request: HttpRequest) -> HttpResponse:
    """The addresses of one's seat; a new one is shown this once."""
    form = KeyForm(sent(request))
    made, status = "", 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                _key, secret = commands.make_key(label=form.cleaned_data["label"], detail=form.cleaned_data["detail"])
                made = request.build_absolute_uri(reverse("calendar_feed", kwargs={"secret": secret}))
                form, status = KeyForm(), 200
            except NotAllowed:
                raise
            except Refusal as refusal:
                add_refusal(refusal, form)
    keys = queries.keys_of(actor_of(request))
    context = {
        "form": form,
        "made": made,
        "keys": [key for key in keys if key.revoked_at is None],
        "revoked": [key for key in keys if key.revoked_at is not None],
    }
    return render(request, "meetings/programme/calendar.html", context, status=status)


@door(POST=SEATED)
def calendar_revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """Revoke an address of one's own."""
    row = queries.get_key(key)
    if row is None:
        raise Http404
    done = _("The address is revoked. It answers nothing any more.")
    return press(request, lambda: commands.revoke_key(row), reverse("calendar"), done=done)


@door(GET=ANYONE)
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar at a secret address, as its seat may read it. Unknown, revoked and ended all look the same."""
    reader = queries.reader_of(secret)
    try:
        if reader is None:
            limits.count(MISSES, limits.address_of(request))
            raise Http404
        limits.count(READS, reader.key_id)
    except limits.TooMany as no:
        return render(request, "429.html", {"sentence": no.sentence}, status=429)
    with acting.acting_for(reader.seat_id, reader.account_id) as actor:
        if not actor.seated:
            raise Http404
        body = write_calendar(_("Sofra: programme"), queries.events(language(), reader.detail), language())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = 'inline; filename="programme.ics"'
    return response
