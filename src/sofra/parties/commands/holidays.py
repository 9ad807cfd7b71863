"""The days on which offices in a capital are closed: filled from a library once, then data of the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version

import holidays as library
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.models import Audience, Party
from sofra.kernel.refusals import Refusal
from sofra.parties.engine.local_time import known_zone
from sofra.parties.models import Holiday, WeeklyRest

#: Languages of ours by what the library calls them.
_LANGUAGES = {"en": "en_US", "tr": "tr", "sq": "sq", "bs": "bs", "sr": "sr", "mk": "mk", "cnr": "cnr"}


#: Zones of capitals, for the calendar their holidays stand in. Where the database of zones knows a capital's clocks only by
#: another party's city, the zone is the one of the same hours that no city gave its name to.
_ZONES = {
    "TR": "Europe/Istanbul", "AL": "Europe/Tirane", "BA": "Europe/Sarajevo", "XK": "CET", "ME": "Europe/Podgorica",
    "MK": "Europe/Skopje", "RS": "Europe/Belgrade", "HR": "Europe/Zagreb",
}  # fmt: skip


@command
def fill_holidays(party: Party, years: Iterable[int]) -> int:
    """Fill a party's holidays of some years from the library, by the party's code; what is known of a day is left alone.

    Answers how many days are new. Raises Refusal where the library does not know the party.
    """
    policy.require(acting.current(), "holidays.keep")
    wanted = sorted(set(years))
    if party.code not in library.list_supported_countries():
        raise Refusal(_("The library has no holidays for this party. Enter them by hand."), "years")
    known = set(Holiday.objects.filter(party=party, day__year__in=wanted).values_list("day", flat=True))
    calendar = library.country_holidays(party.code, years=wanted)
    spoken = set(calendar.supported_languages)
    texts: dict[date, dict[str, str]] = {}
    for ours, theirs in _LANGUAGES.items():
        if theirs in spoken:
            for day, name in library.country_holidays(party.code, years=wanted, language=theirs).items():
                texts.setdefault(day, {})[ours] = name
    made = 0
    for day in sorted(texts):
        if day in known:
            continue
        row = Holiday.objects.create(
            party=party, day=day, source=f"holidays {version('holidays')}", audience=Audience.PUBLIC
        )
        row.refresh_from_db()
        wordings.put(row, "name", texts[day])
        made += 1
    if not WeeklyRest.objects.filter(party=party).exists():
        WeeklyRest.objects.create(party=party, weekdays=sorted(calendar.weekend), audience=Audience.PUBLIC)
    if not party.capital_zone and known_zone(_ZONES.get(party.code, "")):
        party.capital_zone = _ZONES[party.code]
        party.save(update_fields=["capital_zone"])
    recording.record_house("holidays.filled", party.pk, {"years": wanted, "days": made})
    return made


@command
def keep_holiday(
    *,
    party: Party,
    day: date,
    names: dict[str, str],
    source: str = "",
    holiday: Holiday | None = None,
    seen_version: int | None = None,
) -> Holiday:
    """Enter a holiday or change one. Raises Conflict for a second writer."""
    policy.require(acting.current(), "holidays.keep")
    if not any(text.strip() for text in names.values()):
        raise Refusal(_("Name the holiday in at least one language."), "name_en")
    if holiday is None:
        holiday = Holiday.objects.create(party=party, day=day, source=source.strip(), audience=Audience.PUBLIC)
        holiday.refresh_from_db()
    else:
        check_version(holiday, seen_version)
        holiday.refresh_from_db()
        holiday.day, holiday.source, holiday.withdrawn = day, source.strip(), False
        save_next(holiday, ["day", "source", "withdrawn"])
    wordings.put(holiday, "name", names)
    recording.record("holiday.kept", holiday, {"party": str(party.pk), "day": day, "names": names}, visible=False)
    return holiday


@command
def withdraw_holiday(holiday: Holiday, *, seen_version: int) -> Holiday:
    """Say that a day is no holiday after all. The row stays and warns no longer."""
    policy.require(acting.current(), "holidays.keep")
    check_version(holiday, seen_version)
    holiday.refresh_from_db()
    holiday.withdrawn = True
    save_next(holiday, ["withdrawn"])
    recording.record("holiday.withdrawn", holiday, {"day": holiday.day}, visible=False)
    return holiday


@command
def set_weekly_rest(party: Party, weekdays: Iterable[int]) -> WeeklyRest:
    """Say on which weekdays a party's offices are closed, Monday 0 to Sunday 6."""
    policy.require(acting.current(), "holidays.keep")
    days = sorted(set(weekdays))
    if any(day not in range(7) for day in days) or len(days) == 7:
        raise Refusal(_("Choose the weekdays on which offices are closed, not all seven."), "weekdays")
    rest, made = WeeklyRest.objects.get_or_create(party=party, defaults={"weekdays": days, "audience": Audience.PUBLIC})
    if not made:
        rest.weekdays = days
        save_next(rest, ["weekdays"])
    recording.record("holidays.weekly_rest", rest, {"weekdays": days}, visible=False)
    return rest
