"""A few exercise items on the rehearsal's agenda, proposed and co-sponsored by the demonstration's seats through commands.

Positions are invented and say so; items are titles of the house's own themes and touch no status dispute.
"""

from __future__ import annotations

from uuid import UUID

from sofra.kernel import acting, wordings
from sofra.kernel.models import Role, Seat
from sofra.meetings.commands import agenda
from sofra.meetings.models import AgendaItem, Meeting, Theme
from sofra.parties.queries.formats import members_on

#: Theme, urgency, and which of the seats (in the order of the parties' codes) proposes and co-sponsors it.
ITEMS: tuple[tuple[str, str, int, tuple[int, ...]], ...] = (
    ("connectivity", AgendaItem.Urgency.THIS_MEETING, 0, (1, 4)),
    ("energy-security", AgendaItem.Urgency.THIS_MEETING, 2, (5,)),
    ("youth", AgendaItem.Urgency.ROUTINE, 4, (0, 2, 6)),
    ("digitalisation", AgendaItem.Urgency.ROUTINE, 6, ()),
)
MARK = {"en": "Exercise", "tr": "Tatbikat"}
NOTE = {
    "en": "Exercise: positions invented. The item stands here to show how an agenda is made.",
    "tr": "Tatbikat: tutumlar kurgusaldır. Madde, bir gündemin nasıl yapıldığını göstermek için burada durur.",
}


def add_agenda(meeting: Meeting) -> int:
    """Fill a rehearsal's agenda, once; answers how many items were proposed.

    Does nothing for a meeting that is no exercise, that has items already, or where themes or seats are missing.
    """
    with acting.acting_as_house():
        themes = {theme.slug: theme for theme in Theme.objects.filter(slug__in=[row[0] for row in ITEMS])}
        titles = wordings.of(themes.values())
        seats = demonstration_seats(meeting)
        # Drafts of delegations are not the house's to read: submitted items are what tells whether it was done before.
        done = AgendaItem.objects.filter(meeting=meeting).exists()
    if not meeting.exercise or done or not seats:
        return 0
    made = 0
    for slug, urgency, proposer, cosponsors in ITEMS:
        if slug not in themes or proposer >= len(seats):
            continue
        item = _propose(meeting, seats[proposer], themes[slug], titles[themes[slug].pk]["title"], urgency)
        for place in cosponsors:
            if place < len(seats) and place != proposer:
                with acting.acting_for(*seats[place]):
                    agenda.cosponsor(item=item)
        made += 1
    return made


def _propose(
    meeting: Meeting, seat: tuple[UUID, UUID], theme: Theme, title: dict[str, str], urgency: str
) -> AgendaItem:
    with acting.acting_for(*seat):
        item = agenda.propose(
            meeting=meeting,
            title={language: f"{MARK[language]}: {title[language]}" for language in MARK if language in title},
            note=NOTE,
            themes=[theme.pk],
            urgency=urgency,
        )
        return agenda.submit_item(item=item)


def demonstration_seats(meeting: Meeting) -> list[tuple[UUID, UUID]]:
    """The demonstration's seat of each member, by party code: (seat, account)."""
    assert meeting.format is not None
    codes = {party.pk: party.code for party in members_on(meeting.format)}
    rows = Seat.objects.filter(role=Role.DELEGATE, demonstration=True, revoked_at=None, party__in=codes)
    by_party = {row.party_id: (row.pk, row.account_id) for row in rows}
    return [by_party[key] for key in sorted(codes, key=lambda key: codes[key]) if key in by_party]
