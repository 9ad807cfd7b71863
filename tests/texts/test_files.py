"""Files of a text: PDF, columns and comparisons, with what is attached; the same twice; nothing that only some read."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from sofra.kernel.models import Audience
from sofra.lexicon import naming
from sofra.meetings.models import Meeting
from sofra.meetings.queries.profile import require_profile
from sofra.texts.commands import adopting, beginning, deciding
from sofra.texts.commands.positions import take_position
from sofra.texts.commands.reshaping import reshape, settle
from sofra.texts.engine.akn import validate
from sofra.texts.engine.brackets import parse
from sofra.texts.engine.docx import proposals, read_rolling
from sofra.texts.engine.docx import read as read_docx
from sofra.texts.engine.projecting import project
from sofra.texts.engine.redline import accepted, rejected
from sofra.texts.engine.versions import compare_versions
from sofra.texts.models import Stance, Text
from sofra.texts.queries.reshaping import waiting_on
from sofra.texts.queries.text import paragraphs_now
from tests.meetings.letters_world import meeting_under_profile
from tests.meetings.test_agenda_pages import read
from tests.support.clients import client_of
from tests.support.papers import words_of
from tests.support.world import World
from tests.texts.engine.schemas import conforms
from tests.texts.texts_world import make_text, paragraph_of, proposed, url

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def statement(world: World) -> Text:
    """In two languages, with a bracket, a reservation, and a proposal that only some read."""
    meeting = meeting_under_profile(world)
    with world.act("secretariat"):
        text = beginning.begin(
            meeting=meeting, title={"en": "Joint #statement"}, languages=["en", "tr"],
            notation={"en": "Joint statement\n\n1. We build roads.\n\n2. We meet *often*.",
                      "tr": "Ortak bildiri\n\n1. Yollar yapıyoruz.\n\n2. Sık sık buluşuyoruz."},
        )  # fmt: skip
        deciding.circulate(text=text, note={"en": "First"})
    row = paragraph_of(world, text, 1)
    proposed(world, "AL", row, "We build safe roads.")
    proposed(world, "RS", row, "We build hidden roads.", audience=Audience.DELEGATION)
    with world.act("ME"):
        adopting.attach(text=text, kind="reservation", words={"en": "We reserve #1."})
    return text


def name_of(world: World, who: str) -> str:
    """How the files call a party."""
    members = list(world.parties.values())
    with world.act("TR"), naming.under(require_profile(Meeting.objects.get(), ["en"], members)):
        return naming.party_name(world.parties[who].pk, "en").text


def fetched(world: World, text: Text, kind: str, form: str, who: str = "RS", **asked: str) -> bytes:
    answer = client_of(world, who).get(url("text_paper", text=text.pk, kind=kind, form=form), asked)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert "attachment" in answer["Content-Disposition"]
    return bytes(answer.content)


KINDS = [("text", "pdf"), ("clean", "docx"), ("columns", "docx"), ("columns", "pdf"), ("comparison", "docx"),
         ("comparison", "pdf")]  # fmt: skip


@pytest.mark.parametrize(("kind", "form"), KINDS)
def test_a_file_is_the_same_twice_and_whoever_asks(world: World, statement: Text, kind: str, form: str) -> None:
    first = fetched(world, statement, kind, form, first="1")
    assert (
        first
        == fetched(world, statement, kind, form, first="1")
        == fetched(world, statement, kind, form, "TR", first="1")
    )
    words = words_of(first)
    assert "hidden" not in words
    for said in ("safe", "We reserve #1.", "*often*"):
        assert said in " ".join(words.split()), said


def test_columns_hold_a_row_for_each_paragraph_and_say_their_language(world: World, statement: Text) -> None:
    (table,) = Document(BytesIO(fetched(world, statement, "columns", "docx"))).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["English", "Turkish"] or rows[0][0] == "English"
    assert rows[3] == ["2. We meet *often*.", "2. Sık sık buluşuyoruz."]
    assert "w:lang" in table._tbl.xml


def test_a_comparison_rejected_is_the_first_version_and_accepted_the_second(world: World, statement: Text) -> None:
    with world.act("secretariat"):
        deciding.circulate(text=statement, note={"en": "Second"})
    told = read_docx(fetched(world, statement, "comparison", "docx", first="1", second="2"))
    assert told.rejected()[:3] == ["Joint statement", "1. We build roads.", "2. We meet *often*."]
    assert "safe" in told.accepted()[1]
    assert "We reserve #1." in told.accepted()[3]
    assert "We reserve #1." not in " ".join(told.rejected())


@pytest.mark.parametrize("asked", [{"first": "7"}, {"first": "x"}, {"second": "9" * 40}])
def test_a_version_that_is_none_is_not_there(world: World, statement: Text, asked: dict[str, str]) -> None:
    client = client_of(world, "RS")
    assert client.get(url("text_paper", text=statement.pk, kind="comparison", form="docx"), asked).status_code == 404
    assert client.get(url("text_paper", text=statement.pk, kind="clean", form="pdf")).status_code == 404


def test_the_paper_holds_positions_told_to_all_behind_the_text_and_no_others(world: World, statement: Text) -> None:
    first = paragraph_of(world, statement, 1)
    with world.act("RS"):
        choice = paragraphs_now(statement, [first.pk])[0].points("en")[0].choices[0].key
        take_position(paragraph=first, language="en", choice=choice, stance=Stance.OBJECTS)
    with world.act("BA"):
        take_position(
            paragraph=first, language="en", choice=choice, stance=Stance.CAN_LIVE_WITH, audience=Audience.SECRETARIAT
        )
    with world.act("ME"):
        take_position(
            paragraph=first, language="en", choice=choice, stance=Stance.RESERVES, audience=Audience.DELEGATION
        )
    for who in ("RS", "ME", "secretariat"):
        words = " ".join(words_of(fetched(world, statement, "text", "pdf", who)).split())
        assert f"Positions told to all 1. {name_of(world, 'RS')} · objects: safe" in words
        assert "can live with" not in words
        assert "reserves its position" not in words


@pytest.fixture
def shaped(world: World, statement: Text) -> Text:
    """AL would move 2. to the top, ME would split 1. and RS take in 2.; BA would move 1. for the chair alone."""
    first, second = paragraph_of(world, statement, 1), paragraph_of(world, statement, 2)
    with world.act("AL"):
        reshape(paragraph=second, kind="move", target=paragraph_of(world, statement, 0))
    with world.act("ME"):
        reshape(
            paragraph=first, kind="split", cuts={"en": ("We build", "roads."), "tr": ("Yollar", "yapıyoruz.")}
        )  # fmt: skip
    with world.act("BA"):
        reshape(paragraph=first, kind="move", target=second, audience=Audience.SECRETARIAT)
    return statement


def file_of(world: World, text: Text, form: str, who: str = "RS", tongue: str = "en") -> bytes:
    answer = client_of(world, who).get(url("text_file", text=text.pk, form=form), {"in": tongue})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return bytes(answer.content)


def test_word_holds_what_waits_as_moved_inserted_and_deleted_paragraphs(world: World, shaped: Text) -> None:
    data = file_of(world, shaped, "docx")
    told = read_docx(data)
    assert told.rejected()[:3] == ["Joint statement", "1. We build roads.", "2. We meet *often*."]
    al, me, rs = (name_of(world, who) for who in ("AL", "ME", "RS"))
    rolling = read_rolling(data)
    assert rolling.wording(al)[:3] == ["Joint statement", "2. We meet *often*.", "1. We build safe roads."]
    assert rolling.wording(me)[:4] == ["Joint statement", "1. We build", "roads.", "2. We meet *often*."]
    assert rolling.wording(rs)[:3] == rolling.wording(None)[:3] == told.rejected()[:3]
    assert {each.kind for each in proposals(told) if each.author == al} >= {"move"}
    comments = {(each.author, each.words) for each in told.comments}
    assert (al, f"{al} proposes that paragraph 2. moves behind paragraph “Joint statement…”.") in comments
    assert (me, f"{me} proposes that paragraph 1. is split: We build | roads.") in comments
    assert len([each for each in told.comments if "proposes" in each.words]) == 2


def test_every_other_form_holds_what_waits_in_brackets_and_in_a_sentence(world: World, shaped: Text) -> None:
    al, me = name_of(world, "AL"), name_of(world, "ME")
    txt = parse(file_of(world, shaped, "txt").decode())
    assert project(txt, al)[:3] == ["Joint statement", "2. We meet *often*.", "1. We build safe roads."]
    assert project(txt, me)[:4] == ["Joint statement", "1. We build", "roads.", "2. We meet *often*."]
    sentence = f"{al} proposes that paragraph 2. moves behind paragraph “Joint statement…”."
    assert sentence in project(txt, None)
    data = json.loads(file_of(world, shaped, "json"))
    assert conforms(data, "text") == []
    assert data["proposed"] == [
        {"kind": "move", "by": al, "paragraph": 4, "behind": 0},
        {"kind": "split", "by": me, "paragraph": 2, "parts": ["We build", "roads."]},
    ]
    assert [number for number, each in enumerate(data["paragraphs"]) if "often" in str(each["content"])] == [1, 4]
    akn = etree.fromstring(file_of(world, shaped, "xml"))
    validate(akn)
    assert sentence in " ".join("".join(akn.itertext()).split())
    for kind, form in KINDS[:4]:
        words = " ".join(words_of(fetched(world, shaped, kind, form)).split())
        assert sentence in words, (kind, form)
        assert words.count("*often*.") == 2
    assert "BA" not in str(data["proposed"])


def test_the_screen_draws_what_waits_and_says_that_it_is_not_decided(world: World, shaped: Text) -> None:
    page, live = url("text_screen", text=shaped.pk), url("text_screen_live", text=shaped.pk)
    al, client = name_of(world, "AL"), client_of(world, "ME")
    shown = read(world, "ME", page)
    assert f"{al} proposes that paragraph 2. moves behind paragraph “Joint statement…”." in shown
    assert shown.count("text-placed") == 2
    assert shown.count("Not decided yet.") == 3
    assert f"{name_of(world, 'BA')} proposes" not in read(world, "secretariat", page)
    tag = client.get(live)["ETag"]
    assert client.get(live, headers={"If-None-Match": tag}).status_code == 304
    with world.act("secretariat"):
        row = next(each for each in waiting_on(shaped) if each.kind == "move" and each.audience == shaped.audience)
        settle(proposal=row, accepted=False, reason={"en": "Later"})
    answer = client.get(live, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.json()["html"].count("text-placed") == 1


def test_the_page_leads_to_every_file_there_is(world: World, statement: Text) -> None:
    page = read(world, "RS", url("text_files", text=statement.pk))
    for kind, form in KINDS:
        assert f"files/{kind}.{form}" in page
    assert url("text_files", text=statement.pk) in read(world, "RS", url("text", text=statement.pk))


def test_an_exercise_says_so_in_every_file(world: World) -> None:
    text = make_text(world, meeting_under_profile(world, exercise=True))
    with world.act("secretariat"):
        deciding.circulate(text=text, note={"en": "First"})
        assert paragraphs_now(text)
    for kind, form in KINDS:
        words = words_of(fetched(world, text, kind, form))
        assert "Exercise: positions invented" in words, (kind, form)


def test_paragraphs_that_changed_places_are_told_as_moved() -> None:
    first = [("a", "One."), ("b", "Two."), ("c", "Three."), ("d", "Four.")]
    second = [("c", "Three now."), ("a", "One."), ("e", "New."), ("d", "Four!")]
    found = compare_versions(first, second)
    assert accepted(found) == [words for _key, words in second]
    assert rejected(found) == [words for _key, words in first]
    assert [(each.kind, each.move) for each in found] == [
        ("new", 1), ("same", None), ("gone", None), ("gone", 1), ("new", None), ("changed", None),
    ]  # fmt: skip
