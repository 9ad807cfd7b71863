"""What follow-up puts on a desk, and how it names its changes there."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from sofra.cooperation import commands
from sofra.kernel import acting, rooms
from sofra.kernel.models import Change
from tests.cooperation.support import TODAY, accept, announce, done, of, propose, table
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")


def desk(world: World, who: str) -> list[str]:
    with world.act(who), override("en"):
        room = next(room for room in rooms.all_rooms() if room.name == "cooperation")
        assert room.desk is not None
        return [str(item.title) for item in room.desk(acting.current())]


def test_the_desk_says_what_waits_for_whom() -> None:
    world = table()
    asked, own = propose(world, "RS", days=5), announce(world, "AL", days=3)
    assert desk(world, "RS") == ["Accept the date, decline it or put another forward: Hold an expert workshop"]
    assert desk(world, "AL") == ["Due soon: Open a contact point"]
    assert desk(world, "secretariat") == desk(world, "observer") == desk(world, "visitor") == []
    accept(world, asked, "RS")
    with world.act("AL"):
        commands.report(own, on=TODAY, claim="in_progress", text={"en": "Under way"})
    assert desk(world, "RS") == ["Due soon: Hold an expert workshop"]
    assert desk(world, "secretariat") == ["New report: Open a contact point"]


def test_a_change_is_shown_by_the_title_of_its_commitment() -> None:
    world = table()
    own = announce(world, "AL")
    with world.act("RS"), override("en"):
        date = own.dates.get()
        found = rooms.cards("cooperation.duedate", [date.pk], "en")
        assert (str(found[date.pk].title), found[date.pk].url) == ("Open a contact point", of("commitment", own))


def test_every_kind_of_change_has_its_sentence() -> None:
    world = table()
    asked = propose(world, "RS")
    accept(world, asked, "RS")
    done(world, asked, "RS")
    with world.act("RS"):
        kinds = set(Change.objects.filter(kind__startswith="cooperation.").values_list("kind", flat=True))
    assert kinds == {"cooperation.proposed", "cooperation.date_accepted", "cooperation.completed"}
    assert all(str(rooms.change_sentence(kind)) != kind for kind in kinds)
