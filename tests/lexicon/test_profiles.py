"""What is issued follows the profile, and what it does not say is refused."""

from __future__ import annotations

import pytest

from sofra.kernel.commands import database_now
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.lexicon import naming
from sofra.lexicon.models import Designation, Profile
from sofra.lexicon.profiles import profile_in_force, read
from tests.support.world import World, make_world

CODES = ("AL", "BA", "XK", "ME", "MK", "RS", "TR")
NAMES = dict(zip(CODES, ("Alfa", "Bravo", "Kilo", "Mike", "November", "Sierra", "Tango"), strict=True))


@pytest.fixture
def world(house) -> World:
    return make_world()


def standing(world: World, **more: object) -> Profile:
    with world.act("secretariat"):
        row = Profile.objects.create(
            audience=Audience.FORMAT, format=world.format, number=1, basis="practice", citation="A note", **more
        )
        for code, text in NAMES.items():
            Designation.objects.create(
                profile=row, party=world.parties[code], language="en", text=text, footnoted=code == "XK"
            )
        row.state, row.in_force_from = Profile.State.STANDING, database_now()
        row.save()
    return row


def test_names_follow_the_profile_with_their_mark(world):
    row = standing(world, footnote={"en": "A footnote."})
    with world.act("RS"):
        assert profile_in_force(world.format.pk) == row
        found = read(row)
        assert str(found.name(world.parties["XK"], "en")) == "Kilo*"
        assert found.name(world.parties["XK"], "en").bare == "Kilo"
        assert [note.text for note in found.footnotes_for(world.parties.values(), "en")] == ["A footnote."]
        assert found.footnotes_for([world.parties["RS"]], "en") == ()
        with naming.under(found):
            assert str(naming.party_name(world.parties["RS"], "en")) == "Sierra"
            assert naming.names_basis("en") == (
                "Names of parties follow designation profile 1. It is the host's practice as cited from “A note”; the "
                "members have not approved it."
            )


def test_a_missing_designation_is_refused_never_replaced(world):
    row = standing(world)
    with world.act("secretariat"):
        found = read(row)
        with pytest.raises(Refusal, match="The profile has no designation in Türkçe for"):
            found.name(world.parties["RS"], "tr")
        assert found.languages(world.parties.values()) == ["en"]
