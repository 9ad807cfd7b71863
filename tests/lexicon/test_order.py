"""Every order of the issue, exact, and the command that prints one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sofra.cli import sofra
from sofra.lexicon.engine import lots
from sofra.lexicon.engine.explaining import explain
from sofra.lexicon.engine.ordering import Asked, CannotOrder, order

SEVEN = ("TR", "AL", "BA", "XK", "ME", "MK", "RS")
LATIN = {
    "TR": "Turska",
    "AL": "Albanija",
    "BA": "Bosna i Hercegovina",
    "XK": "Kosovo",
    "ME": "Crna Gora",
    "MK": "Severna Makedonija",
    "RS": "Srbija",
}
CYRILLIC = {
    "TR": "Турска",
    "AL": "Албанија",
    "BA": "Босна и Херцеговина",
    "XK": "Косово",
    "ME": "Црна Гора",
    "MK": "Северна Македонија",
    "RS": "Србија",
}
TURKISH = {
    "TR": "Türkiye",
    "AL": "Arnavutluk",
    "BA": "Bosna-Hersek",
    "XK": "Kosova",
    "ME": "Karadağ",
    "MK": "Kuzey Makedonya",
    "RS": "Sırbistan",
}
BY = {"basis": "alphabetical", "language": "sr-latn", "texts": LATIN}
OFFICES = {
    "TR": (1, date(2023, 6, 3)),
    "AL": (2, date(2021, 9, 1)),
    "BA": (1, date(2023, 1, 25)),
    "XK": (1, date(2021, 3, 22)),
    "ME": (1, date(2024, 7, 23)),
    "MK": (1, date(2023, 6, 3)),
    "RS": (2, date(2020, 9, 1)),
}


def ids(**asked) -> str:
    return " ".join(order(SEVEN, Asked(**{**BY, **asked})).ids)


def test_serbian_latin_puts_crna_gora_third_and_cyrillic_puts_it_last():
    assert ids() == "AL BA ME XK MK RS TR"
    assert ids(language="sr", texts=CYRILLIC) == "AL BA XK MK RS TR ME"
    assert ids(language="cnr") == "AL BA ME XK MK RS TR"


def test_the_alphabet_is_the_readers_and_not_that_of_a_computer():
    towns = {"A1": "Zagora", "B1": "Çorlu", "C1": "Cetinje", "D1": "Izmir", "E1": "İzmir", "F1": "Iğdır"}
    assert order(towns, Asked("alphabetical", "tr", towns)).ids == ("C1", "B1", "F1", "D1", "E1", "A1")
    albanian = {"A1": "Shkup", "B1": "Stamboll", "C1": "Sarajeva", "D1": "Çorovoda", "E1": "Dibra"}
    assert order(albanian, Asked("alphabetical", "sq", albanian)).ids == ("D1", "E1", "C1", "B1", "A1")


def test_the_host_stands_first_only_where_it_is_asked_for():
    assert ids(host="TR") == "AL BA ME XK MK RS TR"
    assert ids(host="TR", host_first=True) == "TR AL BA ME XK MK RS"


def test_rank_goes_before_the_day_of_taking_office_and_equals_go_by_the_alphabet():
    assert ids(basis="rank", offices=OFFICES) == "XK BA MK TR ME RS AL"
    assert ids(by_bands=True, offices=OFFICES) == "BA ME XK MK TR AL RS"
    assert ids(by_bands=True, offices=OFFICES, host="RS", host_first=True) == "RS BA ME XK MK TR AL"


def test_a_rotation_goes_through_the_alphabet_from_who_begins():
    assert ids(basis="rotation", first="XK") == "XK MK RS TR AL BA ME"


def test_the_protocols_alphabet_is_the_hosts():
    assert ids(basis="protocol", language="tr", texts=TURKISH, host="TR") == "AL BA ME XK MK RS TR"


def test_a_stated_order_and_persons_names():
    assert ids(basis="list", listed=("RS", "TR", "AL", "BA", "XK", "ME", "MK")) == "RS TR AL BA XK ME MK"
    persons = dict(zip(SEVEN, ("Žarić", "Đurić", "Zorić", "Džajić", "Čolić", "Ćosić", "Šabić"), strict=True))
    assert ids(basis="persons", persons=persons) == "ME MK XK AL RS BA TR"


def test_a_lot_follows_from_its_seed_and_can_be_drawn_again():
    drawn = order(SEVEN, Asked(**{**BY, "basis": "lot", "seed": "linden"})).draw
    assert drawn is not None
    assert drawn == lots.draw(reversed(SEVEN), "linden")
    assert drawn.order == ("AL", "TR", "MK", "BA", "XK", "ME", "RS")
    lots.verify(drawn)
    with pytest.raises(lots.BadLot, match="not what its seed gives"):
        lots.verify(replace(drawn, order=tuple(sorted(drawn.order))))
    with pytest.raises(lots.BadLot, match="no other version"):
        lots.verify(replace(drawn, method="no other version"))


def test_a_word_that_was_not_committed_to_makes_no_seed():
    words = {"AL": "lis", "TR": "çınar"}
    bound = {party: lots.commitment(word) for party, word in words.items()}
    assert lots.seed_of(words, bound) == lots.seed_of(dict(reversed(words.items())), bound)
    for wrong, said in (
        ({**words, "AL": "ah"}, "The word of AL is not the one it committed to."),
        ({"AL": "lis"}, "TR has not revealed its word."),
        ({**words, "BA": "bor"}, "BA revealed a word it had not committed to."),
    ):
        with pytest.raises(lots.BadLot, match=said):
            lots.seed_of(wrong, bound)


@given(st.permutations(SEVEN), st.sampled_from(["alphabetical", "rank", "rotation", "lot", "list"]), st.booleans())
def test_the_order_does_not_depend_on_how_parties_are_given(given_ids, basis, bands):
    asked = Asked(
        basis, "sr-latn", LATIN, "BA", True, bands, OFFICES, tuple(sorted(SEVEN)), first="ME", seed="a", persons={}
    )
    ordered = order(given_ids, asked)
    assert ordered == order(SEVEN, asked)
    assert sorted(ordered.ids) == sorted(SEVEN)
    assert ordered.ids[0] == "BA"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"texts": {"TR": "Turska"}}, "There is no designation in sr-latn for AL, BA, ME, MK, RS, XK."),
        ({"host": "HR", "host_first": True}, "The host, HR, is not among the parties to be ordered."),
        ({"basis": "rotation"}, "A rotation begins with somebody; say with whom."),
        ({"basis": "rank"}, "It is not said since when the office is held for AL, BA, ME, MK, RS, TR, XK."),
        ({"basis": "list", "listed": SEVEN[:5]}, "The stated order has no place for MK, RS."),
    ],
)
def test_what_cannot_be_ordered_says_what_is_missing(asked, said):
    with pytest.raises(CannotOrder) as caught:
        ids(**asked)
    assert str(caught.value) == said


def test_every_order_explains_itself_in_one_sentence_in_every_language():
    ordered = order(SEVEN, Asked(**{**BY, "language": "tr", "texts": TURKISH, "host": "TR", "host_first": True}))
    assert explain(ordered, "en", {}) == (
        "In the alphabetical order of the designations (alphabet: Turkish), the host first."
    )
    assert explain(ordered, "tr", {}) == "Adların alfabe sırasına göre (alfabe: Türkçe), ev sahibi başta."
    asked = Asked("", "mk", LATIN, "BA", True, True, OFFICES, SEVEN, first="ME", seed="a", persons=LATIN)
    for basis in ("alphabetical", "rank", "protocol", "rotation", "lot", "list", "persons"):
        for reader in ("en", "tr", "sq", "bs", "sr", "sr-latn", "mk", "cnr"):
            sentence = explain(order(SEVEN, replace(asked, basis=basis)), reader, LATIN)
            assert sentence.endswith(".")
            assert sentence.count(".") == 1
            assert "{" not in sentence


def run(*words: str, code: int = 0):
    done = CliRunner().invoke(sofra, ["order", *words])
    assert done.exit_code == code, done.output
    return done


def test_the_command_prints_a_line_for_each_and_says_that_no_profile_approves_the_names():
    done = run("--lang", "sr-latn", *SEVEN)
    assert done.stdout == "".join(f"{each}\t{LATIN[each]}\n" for each in ("AL", "BA", "ME", "XK", "MK", "RS", "TR"))
    assert done.stderr.startswith("No profile was given")
    assert done.stderr.endswith("Abecednim redom naziva (jezik: srpski (latinica)).\n")
    assert run("--lang", "sr", *SEVEN).stdout.endswith("\nME\tЦрна Гора\n")
    assert run("--lang", "en", "--host", "TR", *SEVEN).stdout.startswith("TR\tTürkiye\nAL\tAlbania\n")


def test_the_command_orders_by_the_profiles_own_designations(tmp_path):
    path = tmp_path / "profile.json"
    path.write_text(
        json.dumps(
            {
                "format": "sofra.profile/1",
                "basis": {"kind": "practice", "source": "the host's list of May"},
                "designations": {
                    "XK": {"en": {"text": "Kosovo", "footnote": True}},
                    "AL": {"en": {"text": "Republic of Albania"}},
                },
                "footnote": {"en": "Without prejudice to positions on status."},
            }
        ),
        "utf-8",
    )
    done = run("--lang", "en", "--profile", str(path), "AL", "XK")
    assert done.stdout == "XK\tKosovo*\nAL\tRepublic of Albania\n"
    assert done.stderr == (
        "In the alphabetical order of the designations (alphabet: English).\n* Without prejudice to positions on status.\n"
    )
    assert "no designation in en for TR" in run("--lang", "en", "--profile", str(path), "TR", "XK", code=1).output


def test_a_lot_by_command_is_recorded_and_bound_to_its_commitment(tmp_path):
    path = tmp_path / "lot.json"
    bound = lots.commitment("linden")
    words = ["--lang", "en", "--basis", "lot", "--seed", "linden", "--record", str(path), *SEVEN]
    done = run("--commitment", bound, *words)
    assert [line[:2] for line in done.stdout.splitlines()] == ["AL", "TR", "MK", "BA", "XK", "ME", "RS"]
    held = json.loads(path.read_text("utf-8"))
    assert (held["seed"], held["commitment"], held["method"]) == ("linden", bound, "sofra.lot/1")
    run("--commitment", lots.commitment("oak"), *words, code=1)
