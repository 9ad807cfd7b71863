"""Packages are searched in what the reader may know, by a worker, and what is found is the asking seat's alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel import acting, jobs
from sofra.kernel.models import Audience, JobProgress
from sofra.kernel.refusals import Refusal
from sofra.texts.commands.packages import ask_packages
from sofra.texts.commands.positions import take_position
from sofra.texts.jobs import packages
from sofra.texts.labels import label_of
from sofra.texts.models import PackageSearch, Paragraph, Text
from sofra.texts.queries.packages import matrix_of, search_of
from sofra.texts.queries.text import paragraphs_now
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import read
from tests.support.clients import client_of
from tests.support.world import World
from tests.texts.texts_world import make_text, paragraph_of, proposed, url

pytestmark = pytest.mark.usefixtures("house")


def searched(world: World, who: str, text: Text) -> PackageSearch:
    """A search of a seat, worked off at once as the worker would."""
    with world.act(who):
        row = ask_packages(text=text, language="en", open_brackets=1)
        told = jobs.Progress(row.progress_id, row.seat_id, None)  # type: ignore[arg-type]
        told.say = lambda *_args: None  # type: ignore[method-assign, assignment]
        result = packages.function(told, search=row.pk)
        JobProgress.objects.filter(pk=row.progress_id).update(state="done", result=result)
        row.refresh_from_db()
    return row


def stand_on(world: World, who: str, row: Paragraph, at: int, stance: str, audience: str = "") -> None:
    with world.act(who):
        choice = paragraphs_now(row.text, [row.pk])[0].points("en")[0].choices[at]
        take_position(paragraph=row, language="en", choice=choice.key, stance=stance, audience=audience)


@pytest.fixture
def bracket(world: World, statement: Text) -> Paragraph:
    """A paragraph with two wordings, of which RS objects to the first before all."""
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads and rails.")
    stand_on(world, "AL", row, 0, "supports")
    return row


def test_the_page_shows_what_each_delegation_gets_and_lives_with(
    world: World, statement: Text, bracket: Paragraph
) -> None:
    stand_on(world, "RS", bracket, 0, "can live with")
    stand_on(world, "ME", bracket, 0, "reserves")
    page = url("text_packages", text=statement.pk)
    assert "Search for packages" in read(world, "TR", page)
    searched(world, "TR", statement)
    told = read(world, "TR", page)
    assert "Package 1" in told
    assert "1 position of support is met" in told
    assert "1 time a delegation lives with a wording" in told
    assert "safe" in told
    assert "changed since" not in told


def test_where_every_wording_is_objected_to_the_objections_are_named(
    world: World, statement: Text, bracket: Paragraph
) -> None:
    stand_on(world, "RS", bracket, 0, "objects")
    stand_on(world, "ME", bracket, 1, "objects")
    searched(world, "TR", statement)
    told = read(world, "TR", url("text_packages", text=statement.pk))
    assert "There is no package" in told
    blocking = client_of(world, "TR").get(url("text_packages", text=statement.pk)).context["answer"]["blocking"]
    assert {party for party, _place, _choice in blocking} == {world.parties["RS"].pk, world.parties["ME"].pk}


def test_what_one_delegation_keeps_to_itself_counts_for_it_alone(
    world: World, statement: Text, bracket: Paragraph
) -> None:
    stand_on(world, "RS", bracket, 0, "objects", Audience.DELEGATION)
    stand_on(world, "RS", bracket, 1, "objects", Audience.SECRETARIAT)
    answers = {who: searched(world, who, statement).answer for who in ("RS", "secretariat", "AL")}
    assert [len(answers[who]["packages"]) for who in ("RS", "secretariat", "AL")] == [0, 1, 2]  # type: ignore[index]
    for who, others in (("AL", ("RS", "secretariat")), ("secretariat", ("RS", "AL")), ("RS", ("AL",))):
        with world.act(who):
            seats = set(PackageSearch.objects.values_list("seat_id", flat=True))
            assert seats == {acting.current().seat_id}
            assert all(str(search_of(statement, "en").answer) != str(answers[other]) for other in others)  # type: ignore[union-attr]
    assert "There is no package" not in read(world, "AL", url("text_packages", text=statement.pk))


def test_a_position_taken_since_says_that_the_packages_are_older(
    world: World, statement: Text, bracket: Paragraph
) -> None:
    searched(world, "TR", statement)
    stand_on(world, "ME", bracket, 0, "objects")
    assert "positions changed since" in read(world, "TR", url("text_packages", text=statement.pk))


def test_who_proposed_a_wording_is_not_taken_to_support_it(world: World, statement: Text) -> None:
    proposed(world, "AL", paragraph_of(world, statement, 1), "We build safe roads and rails.")
    with world.act("TR"):
        matrix = matrix_of(statement, "en", list(world.parties.values()))
    assert matrix.positions == ()
    assert len(matrix.brackets) == 1


def test_a_bracket_in_an_alternative_is_searched_within_it(world: World) -> None:
    rs, al, me = (label_of(world.parties[code].pk) for code in ("RS", "AL", "ME"))
    text = make_text(world, make_meeting(world), f"We meet [often [and early - {rs}] - {al} / now - {me}].")
    with world.act("TR"):
        matrix = matrix_of(text, "en", list(world.parties.values()))
    outer, inner = matrix.brackets
    assert list(matrix.within) == [inner]
    assert matrix.within[inner] == (outer, next(iter(matrix.brackets[outer])))


def test_a_second_search_waits_until_the_first_is_stopped(world: World, statement: Text, bracket: Paragraph) -> None:
    with world.act("TR"):
        ask_packages(text=statement, language="en", open_brackets=1)
        with pytest.raises(Refusal, match="under way already"):
            ask_packages(text=statement, language="en", open_brackets=1)
    client, page = client_of(world, "TR"), url("text_packages", text=statement.pk)
    assert client.post(page).status_code == 422
    assert "Stop it" in client.get(url("text_packages_standing", text=statement.pk)).content.decode()
    with world.act("TR"):
        jobs.cancel(search_of(statement, "en").progress_id)  # type: ignore[union-attr, arg-type]


def test_nothing_open_leaves_nothing_to_search(world: World, statement: Text) -> None:
    client, page = client_of(world, "TR"), url("text_packages", text=statement.pk)
    assert "Nothing is open in this text." in client.get(page).content.decode()
    assert client.post(page).status_code == 422


def test_asking_goes_back_to_the_page_and_answers_the_same_tag_until_something_changes(
    world: World, statement: Text, bracket: Paragraph
) -> None:
    client, page = client_of(world, "TR"), url("text_packages", text=statement.pk)
    assert client.post(page).status_code == 303
    part = url("text_packages_standing", text=statement.pk)
    tag = client.get(part)["ETag"]
    assert client.get(part, headers={"If-None-Match": tag}).status_code == 304


def test_a_poll_asks_for_nothing_of_the_matrix_while_nothing_changed(
    world: World, statement: Text, bracket: Paragraph
) -> None:
    searched(world, "TR", statement)
    client, part = client_of(world, "TR"), url("text_packages_standing", text=statement.pk)
    tag = client.get(part)["ETag"]

    def asked(tables: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            status = client.get(part, headers={"If-None-Match": tag}).status_code
        rows = [
            each["sql"] for each in queries.captured_queries if tables in each["sql"] and "COUNT(*)" not in each["sql"]
        ]
        return status, len(rows)

    # What a matrix is made of: how paragraphs stand, and positions.
    assert asked("texts_stand") == (304, 0)
    assert asked("texts_position") == (304, 0)
    stand_on(world, "ME", bracket, 0, "objects")
    assert asked("texts_position")[0] == 200
