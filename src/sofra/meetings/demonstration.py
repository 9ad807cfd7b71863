"""The rehearsal: a third meeting of the platform in which no real person acts. Everything comes about through commands."""

from __future__ import annotations

from datetime import datetime, time

from sofra.kernel import acting
from sofra.kernel.models import Format
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands.convening import Details, When, convene
from sofra.meetings.engine.cycle import numbered_title
from sofra.meetings.models import Meeting
from sofra.meetings.queries.convening import propose_next
from sofra.parties.commands.holidays import fill_holidays
from sofra.parties.engine.local_time import instant_of
from sofra.parties.models import Holiday
from sofra.parties.queries.formats import members_on

PLATFORM = "balkan-peace-platform"


def make_rehearsal(slug: str = PLATFORM) -> Meeting | None:
    """Convene the rehearsal of the platform's next meeting, once; a second call answers the same meeting.

    None where the platform is not there or has no date to propose. Acts as the house.
    """
    with acting.acting_as_house():
        format = Format.objects.filter(slug=slug).first()
        if format is None:
            return None
        found = Meeting.objects.filter(format=format, exercise=True, kind=Meeting.Kind.ORDINARY).first()
        if found is not None:
            return found
        proposal = propose_next(format)
        if proposal.day is None:
            return None
        for party in members_on(format):
            if not Holiday.objects.filter(party=party).exists():
                try:
                    fill_holidays(party, [proposal.day.year - 1, proposal.day.year, proposal.day.year + 1])
                except Refusal:
                    continue
        titles = numbered_title(proposal.ordinal)
        begins = instant_of(datetime.combine(proposal.day, time(10)), proposal.zone)
        ends = instant_of(datetime.combine(proposal.day, time(17)), proposal.zone)
        return convene(
            format,
            When(begins, proposal.zone, ends),
            Details(
                titles={"en": f"{titles['en']} (rehearsal)", "tr": f"{titles['tr']} (prova)"},
                cities={"en": "Istanbul", "tr": "İstanbul"},
                venues={"en": "Rehearsal room", "tr": "Prova salonu"},
                notes={
                    "en": "This meeting is invented for practice. No position in it is anybody's.",
                    "tr": "Bu toplantı tatbikat için kurgulanmıştır. İçindeki hiçbir tutum gerçek bir tarafa ait değildir.",
                },
                level=proposal.level,
                working_languages=("en", "tr"),
            ),
            exercise=True,
        )
