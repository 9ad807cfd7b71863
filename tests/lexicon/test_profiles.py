"""What is issued follows the profile, and what it does not say is refused."""

from __future__ import annotations

import pytest

from sofra.kernel.refusals import Refusal
from sofra.lexicon import naming
from sofra.lexicon.commands.profiles import Rules
from sofra.lexicon.profiles import Footnote, profile_in_force, read
from tests.lexicon.profile_world import cells, cited
from tests.support.world import CODES, World, make_world


@pytest.fixture
def world(house) -> World:
    return make_world()


def codes(world: World, ordered: list) -> list[str]:
    return [party.code for party in ordered]


def test_names_follow_the_profile_with_their_mark(world):
    row = cited(world, Rules(footnote={"en": "A footnote."}), cells(world, footnoted=("XK",)))
    with world.act("RS"):
        assert profile_in_force(world.format.pk) == row
        found = read(row)
        assert found.name(world.parties["XK"], "en") == naming.Name("Kilo*", "en", "Invented", "*")
        assert found.name(world.parties["XK"], "en").bare == "Kilo"
        assert found.footnotes_for([world.parties[code] for code in CODES], "en") == (
            Footnote("*", "A footnote.", (world.parties["XK"].pk,)),
        )
        assert found.footnotes_for([world.parties["RS"]], "en") == ()


def test_pages_under_a_profile_show_its_names_its_order_and_its_basis(world):
    stated = tuple(world.parties[code].pk for code in ("RS", "XK", "AL", "ME", "TR", "BA", "MK"))
    row = cited(world, Rules(order_rule="list", order_list=stated))
    with world.act("RS"):
        found = read(row)
        with naming.under(found):
            assert str(naming.party_name(world.parties["RS"], "en")) == "Sierra"
            assert codes(world, naming.order_parties(world.parties.values(), "en")) == [
                "RS", "XK", "AL", "ME", "TR", "BA", "MK"
            ]  # fmt: skip
            assert naming.names_basis("en") == (
                "Names of parties follow designation profile 1. It is the host's practice as cited from “A note of 2025”; "
                "the members have not approved it."
            )
        assert naming.in_use() is None


def test_a_missing_designation_is_refused_never_replaced(world):
    row = cited(world)
    with world.act("secretariat"):
        found = read(row)
        with pytest.raises(Refusal, match="The profile has no designation in Türkçe for") as refused:
            found.name(world.parties["RS"], "tr")
        assert "Another language does not stand in." in str(refused.value)
        assert found.languages(world.parties.values()) == ["en"]
        with naming.under(found):
            assert str(naming.party_name(world.parties["RS"], "tr")) == "(bu dilde adlandırma yok: Türkçe)"


@pytest.mark.parametrize(
    ("rules", "language", "order"),
    [
        (Rules(), "en", ["AL", "BA", "XK", "ME", "MK", "RS", "TR"]),
        (Rules(), "tr", ["XK", "AL", "BA", "ME", "MK", "RS", "TR"]),
        (Rules(order_rule="language", order_language="tr"), "en", ["XK", "AL", "BA", "ME", "MK", "RS", "TR"]),
        (Rules(order_rule="language", order_language="en"), "tr", ["AL", "BA", "XK", "ME", "MK", "RS", "TR"]),
    ],
)
def test_parties_stand_in_the_profiles_order(world, rules, language, order):
    turkish = [
        cell.__class__(cell.party_id, "tr", "Açe" if cell.party_id == world.parties["XK"].pk else cell.text)
        for cell in cells(world, "en")
    ]
    row = cited(world, rules, [*cells(world), *turkish])
    with world.act("AL"):
        assert codes(world, read(row).order(world.parties.values(), language)) == order


def test_an_order_by_persons_needs_a_person_for_each(world):
    row = cited(world, Rules(order_rule="persons"))
    names = ("Çelik", "Berisha", "Zorić", "Đurić", "Ceka", "Adem", "Şahin")
    persons = {world.parties[code].pk: name for code, name in zip(CODES, names, strict=True)}
    with world.act("AL"):
        found = read(row)
        with pytest.raises(Refusal, match="not every one of them has a person yet"):
            found.order(world.parties.values(), "tr")
        ordered = found.order(world.parties.values(), "tr", persons)
    assert [persons[party.pk] for party in ordered] == ["Adem", "Berisha", "Ceka", "Çelik", "Đurić", "Şahin", "Zorić"]


def test_persons_names_only_names_no_party_anywhere(world):
    row = cited(world, Rules(kind="persons"), [])
    with world.act("AL"):
        found = read(row, {world.parties["RS"].pk: "Ana Anić"})
        with pytest.raises(Refusal, match="names persons only"):
            found.name(world.parties["RS"], "en")
        assert found.footnote("en") == ""
        assert found.basis_sentence("en").startswith("Designation profile 1: only persons are named, no party.")
        with naming.under(found):
            assert str(naming.party_name(world.parties["RS"], "en")) == "the delegation of Ana Anić"
            assert str(naming.party_name(world.parties["AL"], "en")) == "a delegation"


def test_a_footnote_without_a_text_in_the_language_is_refused(world):
    rows = [*cells(world, "en", footnoted=("XK",)), *cells(world, "tr")]
    row = cited(world, Rules(footnote={"en": "A footnote."}), rows)
    with world.act("AL"):
        found = read(row)
        assert found.footnotes_for(world.parties.values(), "tr") == ()
        with pytest.raises(Refusal, match="The profile's footnote has no text in Türkçe"):
            found.footnote("tr")


def test_the_basis_names_the_deadline_by_two_clocks(world):
    from tests.lexicon.profile_world import in_, proposed

    row = proposed(world, seconds=3600)
    row.deadline = in_(0).replace(year=2026, month=12, day=1, hour=9, minute=0, second=0, microsecond=0)
    with world.act("AL"):
        assert read(row).basis_sentence("en") == (
            "Names of parties follow designation profile 1. No member objected to it by 1 December 2026, 12:00:00 "
            "(Istanbul; 09:00:00 UTC)."
        )
