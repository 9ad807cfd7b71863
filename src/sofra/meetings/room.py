"""What meetings bring to the house. Each capability says its part in a file of its own and is joined here."""

from sofra.kernel.rooms import Room
from sofra.meetings.contributions import (
    after,
    agenda,
    circulation,
    convening,
    delegations,
    letters,
    outcomes,
    pack,
    press,
    profiles,
    programme,
    publicity,
    saying,
)
from sofra.meetings.contributions.joining import Contribution, joined

PARTS: list[Contribution] = [
    convening.PART,
    agenda.PART,
    circulation.PART,
    outcomes.PART,
    profiles.PART,
    programme.PART,
    publicity.PART,
    delegations.PART,
    letters.PART,
    pack.PART,
    after.PART,
    press.PART,
    saying.PART,
]

ROOM = Room(name="meetings", title=convening.TITLE, order=40, api="sofra.meetings.api.router", **joined(PARTS))
