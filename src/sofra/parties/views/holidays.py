"""Public holidays and weekly rest in the parties' capitals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import ANYONE, SECRETARIAT, door
from sofra.kernel.models import Party
from sofra.kernel.pages import UNPROCESSABLE, actor_of, language, seen_version, sent
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.lexicon.naming import party_name
from sofra.parties.commands.holidays import fill_holidays, keep_holiday, set_weekly_rest, withdraw_holiday
from sofra.parties.formfields import add_refusal, wording_initial, wording_texts
from sofra.parties.forms import FillForm, HolidayForm, RestForm
from sofra.parties.models import Holiday
from sofra.parties.queries.parties import get_holiday, holidays_of, weekly_rest
from sofra.parties.views.parties import party_or_404


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else timezone.now().year


def _page(request: HttpRequest, row: Party, fill: FillForm, rest: RestForm, status: int = 200) -> HttpResponse:
    year = _year(request)
    context = {
        "party": row,
        "year": year,
        "earlier": year - 1,
        "later": year + 1,
        "holidays": holidays_of(row, language(), year),
        "rest": weekly_rest(row),
        "fill": fill,
        "rest_form": rest,
        "may_keep": actor_of(request).house,
    }
    return render(request, "parties/holidays.html", context, status=status)


@door(GET=ANYONE)
def holidays(request: HttpRequest, party: UUID) -> HttpResponse:
    """A year's public holidays in a party's capital, and its weekly rest."""
    row = party_or_404(party)
    fill, rest = FillForm(initial={"year": _year(request)}), RestForm(initial={"weekdays": weekly_rest(row)})
    return _page(request, row, fill, rest)


@door(POST=SECRETARIAT)
def holidays_fill(request: HttpRequest, party: UUID) -> HttpResponse:
    """Fill a year from the library."""
    row = party_or_404(party)
    form = FillForm(request.POST)
    if form.is_valid():
        year = form.cleaned_data["year"]
        try:
            made = fill_holidays(row, [year])
            messages.info(request, _("%(count)d days were filled in.") % {"count": made})
            return redirect(f"{reverse('holidays', kwargs={'party': row.pk})}?year={year}")
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error("year", str(refusal.sentence))
    return _page(request, row, form, RestForm(initial={"weekdays": weekly_rest(row)}), UNPROCESSABLE)


@door(POST=SECRETARIAT)
def weekly_rest_set(request: HttpRequest, party: UUID) -> HttpResponse:
    """Say on which weekdays offices are closed."""
    row = party_or_404(party)
    form = RestForm(request.POST)
    if form.is_valid():
        try:
            set_weekly_rest(row, form.cleaned_data["weekdays"])
            return redirect("holidays", party=row.pk)
        except NotAllowed:
            raise
        except Refusal as refusal:
            add_refusal(refusal, form)
    return _page(request, row, FillForm(initial={"year": _year(request)}), form, UNPROCESSABLE)


def _holiday_page(request: HttpRequest, row: Party, holiday: Holiday | None) -> HttpResponse:
    form = HolidayForm(sent(request), initial=_initial(holiday) if holiday else {})
    back = reverse("holidays", kwargs={"party": row.pk})
    asking = Asking(
        request,
        title=_("Change a holiday") if holiday else _("Add a holiday"),
        what=_("A deadline that falls on it is warned of, with the party and the holiday named."),
        form=form,
        action=_("Save"),
        back=back,
        obj=holiday,
        about=party_name(row, language()).text,
    )

    def act() -> str:
        cleaned = form.cleaned_data
        kept = keep_holiday(
            party=row,
            day=cleaned["day"],
            names=wording_texts(form, "name"),
            source=cleaned["source"],
            holiday=holiday,
            seen_version=cleaned["version"] or 0,
        )
        return f"{back}?year={kept.day.year}"

    return asking.answer(act, stands=_initial)


def _initial(holiday: Holiday) -> dict[str, object]:
    texts = wordings.of([holiday]).get(holiday.pk, {})
    return {
        "version": holiday.version,
        "day": holiday.day,
        "source": holiday.source,
        **wording_initial(texts.get("name", {}), "name"),
    }


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def holiday_add(request: HttpRequest, party: UUID) -> HttpResponse:
    """Enter a holiday."""
    return _holiday_page(request, party_or_404(party), None)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def holiday_edit(request: HttpRequest, holiday: UUID) -> HttpResponse:
    """Change a holiday."""
    found = get_holiday(holiday)
    if found is None:
        raise Http404
    return _holiday_page(request, found.party, found)


@door(POST=SECRETARIAT)
def holiday_withdraw(request: HttpRequest, holiday: UUID) -> HttpResponse:
    """Say that a day is no holiday after all."""
    found = get_holiday(holiday)
    if found is None:
        raise Http404
    try:
        withdraw_holiday(found, seen_version=seen_version(request.POST.get("version")))
    except Conflict:
        messages.warning(request, _("Somebody else changed this holiday meanwhile. It stands as they left it."))
    return redirect(f"{reverse('holidays', kwargs={'party': found.party_id})}?year={found.day.year}")
