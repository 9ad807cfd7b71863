"""Files of a text: PDF, columns and comparisons, with what is attached; the same twice; nothing that only some read."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from sofra.kernel.models import Audience
from sofra.texts.commands import adopting, beginning, deciding
from sofra.texts.engine.docx import read as read_docx
from sofra.texts.engine.redline import accepted, rejected
from sofra.texts.engine.versions import compare_versions
from sofra.texts.models import Text
from sofra.texts.queries.text import paragraphs_now
from tests.meetings.letters_world import meeting_under_profile
from tests.meetings.test_agenda_pages import read
from tests.support.clients import client_of
from tests.support.papers import words_of
from tests.support.world import World, make_world
from tests.texts.test_text_pages import url
from tests.texts.texts_world import make_text, paragraph_of, proposed

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def world() -> World:
    return make_world()


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
