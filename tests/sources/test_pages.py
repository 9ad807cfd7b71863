"""The public pages: reachable by links, no codes of parties in addresses, a literal number of questions."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sofra.kernel import acting
from sofra.sources import queries
from sofra.sources.models import Claim, Discrepancy, Source, Subject


@pytest.fixture
def visitor(world) -> Client:
    return Client(headers={"host": "localhost"})


def links(html: str) -> set[str]:
    return set(re.findall(r'href="(/en/record/[^"#?]*)"', html))


def test_every_page_of_the_record_is_reached_from_the_home_page(visitor):
    seen: set[str] = set()
    todo = {"/en/"}
    claims = 0
    while todo:
        url = todo.pop()
        seen.add(url)
        answer = visitor.get(url)
        assert (url, answer.status_code) == (url, 200)
        html = answer.content.decode()
        assert re.findall(r"\{[A-Z]{2}(?::\w+)?\}", html) == []
        found = links(html)
        # Pages of claims are alike; a few stand for all.
        claims = sum("/claims/" in each for each in seen | todo)
        todo |= {each for each in found - seen if "/claims/" not in each or claims < 6}
    places = {each.removeprefix("/en/record/") for each in seen}
    wanted = {"", "meetings/first/", "meetings/second/", "differences/", "later-reports/", "sources/"}
    assert wanted | {f"{section}/" for section in queries.SECTIONS} <= places
    with acting.acting_as_visitor():
        assert {f"sources/{key}/" for key in Source.objects.values_list("key", flat=True)} <= places


def test_no_address_holds_the_code_of_a_party(visitor):
    codes = re.compile(r"/(xk|tr|al|ba|me|mk|rs|hr)(?=[/-])", re.IGNORECASE)
    with acting.acting_as_visitor():
        slugs = [f"/{slug}/" for slug in Subject.objects.values_list("slug", flat=True)]
    assert [slug for slug in slugs if codes.search(slug)] == []
    html = visitor.get("/en/record/meetings/second/").content.decode()
    assert [url for url in links(html) if codes.search(url)] == []


def test_a_preview_is_said_to_be_one(visitor):
    html = visitor.get("/en/record/meetings/second/").content.decode()
    attendance = html[html.index('id="attendance"') : html.index('id="agenda"')]
    assert attendance.count("modality-expected") == 6
    assert attendance.count('class="level expected"') == 6


def test_the_reception_and_the_meeting_differ_on_who_came(visitor):
    with acting.acting_as_visitor():
        record = queries.meeting_record("second", "en")
    assert record is not None
    assert record.columns == ["session_expected", "session_later", "reception_told", "reception_later"]
    row = next(each for each in record.attendance if each.party == "RS")
    shown = [[(seen.level, str(seen.person or "")) for seen in cell] for cell in row.cells]
    assert shown == [
        [("foreign_minister", "")],
        [("foreign_minister", "Marko Đurić"), ("foreign_minister", "Marko Đurić")],
        [("foreign_minister", "Marko Đurić")],
        [("deputy_minister", "Nevena Jovanović")],
    ]
    assert row.cells[2][0].spelling == "Marko Djuric"


def test_what_is_not_there_and_what_is_not_yours_answer_alike(visitor, world):
    with world.act("secretariat"):
        secret = Claim.objects.get(record_id="C8", current=True).pk
    other = f"/en/record/claims/{str(secret)[:-4]}0000/"
    answers = [visitor.get(f"/en/record/claims/{secret}/"), visitor.get(other)]
    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = [
        answer.content.decode().replace(str(secret), "").replace(str(secret)[:-4] + "0000", "") for answer in answers
    ]
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("path", ["kept-back/"])
def test_what_is_kept_back_asks_for_a_seat(visitor, path):
    assert visitor.get(f"/en/record/{path}").status_code == 302


def questions(ask) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


@pytest.mark.parametrize(
    ("ask", "number"),
    [
        (lambda ids: queries.facts_of(Claim.objects.filter(record_id__in=ids), "en"), 5),
        (lambda ids: queries.sources_list("en"), 2),
        (lambda ids: queries.past_meetings("en"), 7),
        (lambda ids: queries.counts(), 4),
    ],
)
def test_lists_ask_the_same_number_of_questions_for_one_and_for_three(world, ask, number):
    with world.act("visitor"):
        assert questions(lambda: ask(["C1"])) == number
        assert questions(lambda: ask(["C1", "C2", "C3"])) == number


def test_a_section_asks_the_same_for_one_and_for_three_subjects(world, monkeypatch):
    with world.act("visitor"):
        counted = {
            section: questions(lambda s=section: queries.section_record(s, "en")) for section in queries.SECTIONS
        }
    assert set(counted.values()) == {8, 9}


def test_differences_ask_for_one_as_for_all(world):
    with world.act("visitor"):
        assert Discrepancy.objects.count() == 14
        assert questions(lambda: queries.differences("en", ["SEECP"])) <= 4
        assert questions(lambda: queries.differences("en")) == 4
