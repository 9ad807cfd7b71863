"""An objection that falls with another wording: made on the page, read and counted as the position is, and how it falls."""

from __future__ import annotations

import pytest
from lxml import html

from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.texts.commands import deciding
from sofra.texts.commands.positions import take_position
from sofra.texts.models import Paragraph, Position, Stance, Text
from sofra.texts.queries.packages import matrix_of
from sofra.texts.queries.text import paragraphs_now
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import confirm, read
from tests.support.world import World
from tests.texts.texts_world import make_text, paragraph_of, proposed, url

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def statement(world: World) -> Text:
    """1. and 2. have each a wording of AL's beside what stood there."""
    text = make_text(world, make_meeting(world))
    proposed(world, "AL", paragraph_of(world, text, 1), "We build safe roads and rails.")
    proposed(world, "AL", paragraph_of(world, text, 2), "We meet young people often.")
    return text


def choices(world: World, paragraph: Paragraph) -> list[str]:
    """The keys of a paragraph's first bracket."""
    with world.act("TR"):
        return [one.key for one in paragraphs_now(paragraph.text, [paragraph.pk])[0].points("en")[0].choices]


def object_on(world: World, statement: Text, audience: str = Audience.FORMAT) -> tuple[str, str]:
    """RS objects on the page to "safe" unless "often" is taken; the address of the form and what it said."""
    first, second = paragraph_of(world, statement, 1), paragraph_of(world, statement, 2)
    address = url("text_position", text=statement.pk, paragraph=first.pk, choice=choices(world, first)[0])
    said = {"stance": Stance.OBJECTS, "audience": audience, "unless": [f"{second.pk}:{choices(world, second)[0]}"]}
    done, sentence = confirm(world, "RS", address, said)
    assert done.status_code == 303
    return address, sentence


def matrix_positions(world: World, who: str, statement: Text) -> list[tuple[str, int]]:
    with world.act(who):
        matrix = matrix_of(statement, "en", list(world.parties.values()))
    return [(each.stance, len(each.unless)) for each in matrix.positions]


def test_an_objection_is_made_on_the_page_with_the_wording_it_falls_with(world: World, statement: Text) -> None:
    _address, sentence = object_on(world, statement)
    assert "objects: “safe”, unless this is taken: “often”." in sentence
    page = read(world, "ME", url("text_paragraph", text=statement.pk, paragraph=paragraph_of(world, statement, 1).pk))
    assert "unless this is taken:" in page
    assert '<q lang="en">often</q>' in page
    assert matrix_positions(world, "ME", statement) == [("objects", 1)]


def standing(world: World, statement: Text) -> tuple[bool, str, str]:
    """As ME reads the one objection: whether the room counts it as blocking, its margin's words, the matrix's sign."""
    room, matrix = (read(world, "ME", url(name, text=statement.pk)) for name in ("text", "text_matrix"))
    margin = html.fromstring(room).xpath("//*[@class='text-margin']/b/text()")
    (sign,) = html.fromstring(matrix).xpath("//td/span[@aria-hidden]/text()")
    return "blocked by an objection" in room, margin[0], sign


@pytest.mark.parametrize(
    ("audience", "readers"), [(Audience.SECRETARIAT, {"RS", "secretariat"}), (Audience.DELEGATION, {"RS"})]
)
def test_what_it_falls_with_is_read_by_those_who_read_the_position(
    world: World, statement: Text, audience: str, readers: set[str]
) -> None:
    object_on(world, statement, audience)
    address = url("text_paragraph", text=statement.pk, paragraph=paragraph_of(world, statement, 1).pk)
    who = ("RS", "secretariat", "AL", "ME")
    assert {each for each in who if "unless this is taken" in read(world, each, address)} == readers
    assert {each for each in who if matrix_positions(world, each, statement)} == readers


def test_the_objection_falls_once_what_it_named_is_taken_and_stands_where_that_goes(
    world: World, statement: Text
) -> None:
    first, second = paragraph_of(world, statement, 1), paragraph_of(world, statement, 2)
    object_on(world, statement)
    safe, often = choices(world, first), choices(world, second)

    def close(paragraph: Paragraph, choice: str) -> None:
        with world.act("secretariat"):
            point = paragraphs_now(statement, [paragraph.pk])[0].points("en")[0].key
            deciding.close(
                paragraph=paragraph, language="en", how="accepted", point=point, choice=choice, reason={"en": "So"}
            )

    with pytest.raises(Refusal, match="objects to this wording"):
        close(first, safe[0])
    assert standing(world, statement) == (True, "Objecting, unless other wordings are taken", "×*")
    close(second, often[0])
    assert standing(world, statement) == (False, "Objected, until other wordings were taken", "(×)")
    assert matrix_positions(world, "ME", statement) == [("can live with", 0)]
    close(first, safe[0])


def test_where_the_wording_it_named_is_not_taken_the_objection_stands(world: World, statement: Text) -> None:
    first, second = paragraph_of(world, statement, 1), paragraph_of(world, statement, 2)
    object_on(world, statement)
    often = choices(world, second)
    with world.act("secretariat"):
        point = paragraphs_now(statement, [second.pk])[0].points("en")[0].key
        deciding.close(
            paragraph=second, language="en", how="accepted", point=point, choice=often[1], reason={"en": "So"}
        )
    assert matrix_positions(world, "ME", statement) == [("objects", 0)]
    assert standing(world, statement) == (True, "Objecting, unless other wordings are taken", "×*")
    assert choices(world, first)


def test_only_an_objection_falls_and_only_with_another_bracket_that_all_read(world: World, statement: Text) -> None:
    first, second = paragraph_of(world, statement, 1), paragraph_of(world, statement, 2)
    safe, often = choices(world, first), choices(world, second)
    said = {"paragraph": first, "language": "en", "choice": safe[0]}
    with world.act("RS"):
        with pytest.raises(Refusal, match="Only an objection"):
            take_position(**said, stance=Stance.SUPPORTS, unless=[(second.pk, often[0])])
        for place in ((first.pk, safe[1]), (second.pk, "0" * 16), (first.pk, often[0])):
            with pytest.raises(Refusal, match="does not stand in another bracket"):
                take_position(**said, stance=Stance.OBJECTS, unless=[place])
        assert not Position.objects.exists()
