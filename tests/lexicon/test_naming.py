"""A party's name reaches a page through one function, marked with its language and its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

import sofra
from sofra.kernel.models import Party
from sofra.lexicon import naming

PACKAGE = Path(sofra.__file__).parent
MEMBERS = ["AL", "BA", "ME", "MK", "RS", "TR", "XK"]


def rendered(source: str, language: str, **context: object) -> str:
    with override(language):
        return Template("{% load lexicon %}" + source).render(Context(context))


def test_a_name_says_its_language_and_its_source(world):
    with world.act("visitor"):
        assert naming.party_name("TR", "en") == naming.Name("Türkiye", "en", "s000")
        assert naming.party_name(world.parties["BA"], "tr") == naming.Name("Bosna-Hersek", "tr", "s002")
        assert naming.party_name(world.parties["HR"].pk, "en") == naming.Name("Croatia", "en", "s001")


def test_a_language_without_a_name_gets_the_english_one_marked(world):
    with world.act("visitor"):
        assert naming.party_name("MK", "mk") == naming.Name("North Macedonia", "en", "s000")
        assert rendered("{% party_name 'MK' %}", "mk") == '<span lang="en">North Macedonia</span>'
        assert rendered("{% party_name 'MK' %}", "tr") == "Kuzey Makedonya"


def test_a_party_without_any_name_is_never_called_by_its_code(world):
    with world.act("secretariat"):
        assert naming.party_name("ZZ", "en").text == "a party without a name in the record"


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["AL", "BA", "XK", "ME", "MK", "RS", "TR"]),
        ("tr", ["AL", "BA", "ME", "XK", "MK", "RS", "TR"]),
    ],
)
def test_parties_stand_in_the_alphabetical_order_of_the_language(world, language, order):
    with world.act("visitor"):
        assert naming.order_parties(MEMBERS, language) == order


def test_all_names_of_a_page_cost_one_question(world):
    with world.act("visitor"), CaptureQueriesContext(connection) as asked:
        for code in MEMBERS:
            naming.party_name(code, "en")
            naming.party_name(code, "tr")
    assert len(asked) == 1


def test_a_wording_gets_its_names_with_their_cases(world):
    with world.act("visitor"):
        assert naming.with_names("{TR:gen} {XK} ile", "tr") == "Türkiye'nin Kosova ile"
        assert naming.with_names("{TR} and {XK}", "en") == "Türkiye and Kosovo"
        assert rendered("{{ text|named:'tr' }}", "en", text="{TR:abl} <b>") == "Türkiye&#x27;den &lt;b&gt;"


def test_a_party_has_no_name_of_its_own():
    assert not hasattr(Party, "name")
    assert {field.name for field in Party._meta.get_fields()} & {"name", "title", "label"} == set()


def test_no_template_prints_a_party_but_through_the_lexicon():
    """{{ party }} or {{ x.party.code }} would print what is for engineers; only the lexicon's tags and filters may."""
    printed = re.compile(r"\{\{[^}]*\bparty(?:\.code|\.name)?\s*(\|[^}]*)?\}\}")
    allowed = re.compile(r"\|\s*(plain_name|in_order)\b|\bparty\.pk\b|\bparty_id\b")
    found = []
    for path in PACKAGE.rglob("*.html"):
        for match in printed.finditer(path.read_text(encoding="utf-8")):
            if not allowed.search(match[0]):
                found.append(f"{path.relative_to(PACKAGE)}: {match[0]}")
    assert found == []


def test_no_source_file_but_the_lexicons_knows_the_form_of_a_name():
    """Nothing but the record's data and the lexicon spells a party's name; code that did would print it on its own."""
    forms = r"Türkiye|Turkey|Albania|Arnavutluk|Herzegovina|Bosna-Hersek|Kosovo|Kosova|Montenegro|Karadağ|Macedonia|Makedonya"
    name = re.compile(rf"\b({forms}|Serbia|Sırbistan|Croatia|Hırvatistan)\b")
    found = []
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]:
        inside = path.relative_to(PACKAGE)
        if inside.parts[0] == "lexicon":
            continue
        found += [f"{inside}: {match[0]}" for match in name.finditer(path.read_text(encoding="utf-8"))]
    assert found == []


def test_names_are_asked_for_in_the_lexicon_alone():
    """The table of names is read by no other room, but for the form in which a party's name is changed."""
    allowed = {"parties/queries/parties.py"}
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] != "lexicon" and "PartyWording" in path.read_text(encoding="utf-8")
    }
    assert found - allowed == set()
