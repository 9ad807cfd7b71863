"""The meeting pack: what was written, as each may read it, under the meeting's profile, the same bytes each time."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel import rooms
from sofra.kernel.typesetting import pages_of, set_paper
from sofra.lexicon.commands.profiles import Rules
from sofra.meetings.commands import circulation, delegations, publishing, receipts, releasing
from sofra.meetings.commands.circulation import Content, draft_document
from sofra.meetings.commands.releasing import release_document
from sofra.meetings.models import Document, Meeting, Opened, Opening
from sofra.meetings.views.pack import packs_of
from tests.lexicon.profile_world import cells, cited
from tests.meetings.agenda_world import drafted, make_meeting, submitted
from tests.meetings.convening_world import past_meetings
from tests.meetings.programme_world import add
from tests.support.clients import client_of
from tests.support.papers import docx, words_of
from tests.support.world import World, make_world

CONTENT: dict[str, Any] = {
    "heading": "Meeting pack", "marking": "Exercise: positions invented", "format": {"text": "Platform", "language": "en"},
    "title": {"text": "Third meeting", "language": "en"}, "when": "Friday 23 January 2026", "where": "İstanbul",
    "level": "foreign ministers", "contents": "Contents", "nothing": "Nothing.", "footnotes": ["* A footnote."],
    "basis": "Names follow a profile.",
    "sections": [
        {
            "key": "agenda", "title": "Agenda", "said": ["As it stands; not adopted."],
            "blocks": [
                {
                    "kind": "points",
                    "points": [
                        {
                            "label": "1", "title": {"text": "Sınır #panic()", "language": "tr"}, "about": ["Proposed by: A"],
                            "body": [{"kind": "paragraph", "language": "tr", "lines": [[{"text": "x", "emphasis": True}]]}],
                        }
                    ],
                }
            ],
        }
    ],
}  # fmt: skip


def test_a_pack_is_set_the_same_each_time() -> None:
    def made() -> bytes:
        content = json.loads(json.dumps(CONTENT))
        return set_paper(
            "pack", content, language="en", title="Meeting pack", made=datetime(2026, 1, 23, tzinfo=UTC),
            marking=content["marking"], running="Third meeting",
        )  # fmt: skip

    assert made() == made()
    assert len(re.findall(rb"/Type ?/Page\b", made())) == 2


@pytest.mark.parametrize("sections", [[], CONTENT["sections"]])
def test_a_pack_of_nothing_says_so(sections: list[Any]) -> None:
    content = {**CONTENT, "sections": sections}
    made = set_paper("pack", content, language="tr", title="x", made=datetime(2026, 1, 23, tzinfo=UTC))
    assert made.startswith(b"%PDF-")


def of_pages(count: int) -> bytes:
    """A PDF of exactly so many pages."""
    sections = [{**CONTENT["sections"][0], "blocks": []}] * (count - 1)
    return set_paper(
        "pack", {**CONTENT, "sections": sections}, language="en", title="x", made=datetime(2026, 1, 1, tzinfo=UTC)
    )


PACK, PAPER = "/en/meetings/platform/3/pack/", "/en/meetings/platform/3/pack/paper/"


@pytest.mark.usefixtures("house")
def test_without_a_profile_a_pack_is_refused_with_the_reason() -> None:
    world = make_world()
    make_meeting(world)
    for url in (PACK, PAPER):
        answer = client_of(world, "RS").get(url)
        assert answer.status_code == 422
        assert "No designation profile is in force for this meeting" in answer.content.decode()


@pytest.mark.usefixtures("house")
def test_a_pack_holds_what_its_reader_may_read_with_names_by_the_profile() -> None:
    world = make_world()
    meeting = make_meeting(world, exercise=True)
    submitted(world, meeting, "RS", "A bridge")
    drafted(world, meeting, "AL", "A secret")
    cited(world, rows=cells(world, "en", "tr"))
    page = client_of(world, "RS").get(PACK).content.decode()
    assert "A bridge" in page and "Proposed by: Sierra" in page and "As it stands; not adopted." in page
    assert "A secret" not in page
    assert "A secret" not in client_of(world, "AL").get(PACK).content.decode(), "a draft is in nobody's pack"
    assert "Exercise: positions invented" in page
    assert re.findall(r'<h2 id="(\w+)">', page) == ["agenda", "participants"]
    assert page.index("Alfa") < page.index("Bravo") < page.index("Tango")
    assert "Names of parties follow designation profile 1." in page
    turkish = client_of(world, "RS").get(PACK.replace("/en/", "/tr/")).content.decode()
    assert "Öneren: Sierra-tr" in turkish and "Katılımcılar" in turkish


@pytest.mark.usefixtures("house")
def test_the_same_pack_has_the_same_bytes_and_a_name_that_says_nothing_of_anybody() -> None:
    world = make_world()
    submitted(world, make_meeting(world), "RS", "A bridge")
    cited(world)
    first, second = (client_of(world, "RS").get(PAPER) for _turn in range(2))
    assert first.content == second.content
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"] == 'attachment; filename="platform-3-en.pdf"'


@pytest.mark.usefixtures("house")
def test_a_document_that_is_a_pdf_is_set_page_by_page_and_in_print_named() -> None:
    world = make_world()
    meeting = make_meeting(world)
    cited(world)
    before = pages_of(client_of(world, "RS").get(PAPER).content)
    for title, data in (("For decision", of_pages(3)), ("As Word", docx())):
        contents = {"en": Content(title, file=BytesIO(data), name=title)}
        with world.act("secretariat"):
            document = circulation.draft_document(meeting=meeting, kind="decision", contents=contents)
            releasing.release_document(document=document, audience="format", readers=[])
    page = client_of(world, "RS").get(PACK).content.decode()
    assert page.count("The text is in a file of its own") == 2 and "For decision.pdf" in page and "As Word.docx" in page
    first, second = (client_of(world, "RS").get(PAPER).content for _turn in range(2))
    assert first == second
    assert pages_of(first) == before + 3 + 1, "three pages of the document, and one where the Word file is named"


@pytest.mark.usefixtures("house")
def test_a_language_the_profile_lacks_is_refused() -> None:
    world = make_world()
    make_meeting(world)
    cited(world)
    answer = client_of(world, "RS").get(PAPER.replace("/en/", "/tr/"))
    assert answer.status_code == 422


@pytest.mark.usefixtures("house")
def test_the_meetings_page_offers_the_pack_in_each_language_to_those_who_take_part() -> None:
    world = make_world()
    make_meeting(world)
    for who, offered in (
        ("RS", True),
        ("secretariat", True),
        ("observer", True),
        ("facilitator", False),
        ("visitor", False),
    ):
        page = client_of(world, who).get("/en/meetings/platform/3/").content.decode()
        assert [url in page for url in (PAPER, PAPER.replace("/en/", "/tr/"))] == [offered] * 2, who


@pytest.mark.usefixtures("house")
def test_a_past_meeting_without_a_profile_offers_no_pack() -> None:
    world = make_world()
    past_meetings(world)
    page = client_of(world, "RS").get("/en/meetings/platform/2/").content.decode()
    assert "/pack/" not in page
    with world.act("secretariat"):
        assert packs_of(Meeting.objects.get(slug="2")) == []


@pytest.mark.usefixtures("house")
def test_observers_are_told_truly_why_there_is_no_pack_for_them_and_not_whether_the_members_have_a_profile() -> None:
    world = make_world()
    make_meeting(world)

    def said() -> str:
        answer = client_of(world, "observer").get(PAPER)
        assert answer.status_code == 422
        return re.sub(r'value="[^"]+"', "", answer.content.decode())

    before = said()
    assert "No designation profile of this meeting is open to you" in before
    cited(world)
    assert "Alfa" not in said() and "No designation profile of this meeting is open to you" in said()


@pytest.mark.usefixtures("house")
def test_who_reads_a_session_reads_the_names_it_was_published_under_and_has_a_pack_of_it() -> None:
    world = make_world()
    cited(world, rows=cells(world, "en", "tr"))
    meeting = make_meeting(world, status="convened")
    parties = (world.parties["AL"].pk, world.parties["RS"].pk)
    add(world, meeting, 0, "Between members", room="", takes_part="parties", parties=parties, shown_to="format")
    with world.act("secretariat"):
        publishing.publish_programme(meeting, seen=None)
    url = f"/en/meetings/platform/{meeting.slug}/pack/"
    assert client_of(world, "observer").get(url).status_code == 422
    add(world, meeting, 2, "For observers", room="", takes_part="parties", parties=parties, shown_to="observers")
    with world.act("secretariat"):
        publishing.publish_programme(meeting, seen=None)
    page = client_of(world, "observer").get(url)
    text = page.content.decode()
    assert page.status_code == 200
    assert "For observers" in text and "Between members" not in text and "Alfa, Sierra" in text
    assert "For members, observers and the secretariat" in text
    assert client_of(world, "visitor").get(url).status_code == 302


def released(world: World, meeting: Meeting, kind: str, title: str, text: str) -> Document:
    with world.act("secretariat"):
        row = draft_document(meeting=meeting, kind=kind, contents={"en": Content(title, text)})
        return release_document(document=row, audience="format")


def filled(world: World, times: int) -> Meeting:
    """A meeting with so many items, documents, sessions and delegations."""
    with world.act("secretariat"):
        found = Meeting.objects.filter(slug="3").first()
    meeting = found or make_meeting(world, status="convened")
    for number in range(times):
        submitted(world, meeting, "RS", f"Item {number}")
        released(world, meeting, "annotated_agenda", f"Notes {number}", "Read it.")
        released(world, meeting, "decision", f"Decision {number}", "Decide it.")
        add(world, meeting, number * 2 + times, f"Session {number}", room="")
    with world.act("secretariat"):
        publishing.publish_programme(meeting, seen=None)
    return meeting


@pytest.mark.usefixtures("house")
def test_a_pack_asks_the_database_as_often_for_three_of_everything_as_for_one() -> None:
    world = make_world()
    cited(world)
    counts = []
    for times in (1, 2):
        meeting = filled(world, times)
        client = client_of(world, "ME")
        url = f"/en/meetings/platform/{meeting.slug}/pack/"
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts == [52, 52]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("path", ["pack/", "pack/paper/"])
def test_who_opens_a_pack_opens_the_documents_whose_words_stand_in_it(path: str) -> None:
    world = make_world()
    cited(world)
    meeting = make_meeting(world)
    with world.act("secretariat"):
        receipts.agree_receipts(format=world.format, told=True, basis={"en": "Agreed"})
    notes = released(world, meeting, "annotated_agenda", "Notes", "Read it.")
    decision = released(world, meeting, "decision", "Decision", "Decide it.")
    released(world, meeting, "background", "Background", "It stands in no pack.")
    url = f"/en/meetings/platform/3/{path}"
    client = client_of(world, "AL")
    assert client.head(url).status_code == 200
    with world.act("AL"):
        assert Opening.objects.count() == 0
    for _turn in range(2):
        assert client.get(url).status_code == 200
    assert client_of(world, "secretariat").get(url).status_code == 200
    with world.act("AL"):
        assert {row.document_id for row in Opening.objects.all()} == {notes.pk, decision.pk}
        assert Opening.objects.count() == 2
    for who in ("RS", "secretariat"):
        with world.act(who):
            assert Opening.objects.count() == 0
    with world.act("secretariat"):
        opened = {(row.document_id, row.owner_party_id) for row in Opened.objects.all()}
        assert opened == {(row.pk, world.parties["AL"].pk) for row in (notes, decision)}


@pytest.mark.usefixtures("house")
def test_a_part_with_nothing_in_it_is_left_out() -> None:
    world = make_world()
    cited(world, Rules(kind="persons"), [])
    meeting = make_meeting(world)
    with world.act("RS"):
        found = {part.key: part.read(meeting, "en") for room in rooms.all_rooms() for part in room.pack}
    assert found == dict.fromkeys(
        ("agenda", "annotated_agenda", "programme", "participants", "last_outcome", "commitments", "for_decision")
    )
    page = client_of(world, "RS").get(PACK).content.decode()
    assert "Nothing was released for this pack yet." in page
    assert 'class="pack-section"' not in page


@pytest.mark.usefixtures("house")
def test_under_persons_names_a_pack_and_every_page_name_the_released_heads_instead_of_parties() -> None:
    world = make_world()
    cited(world, Rules(kind="persons"), [])
    meeting = make_meeting(world, status="convened")
    submitted(world, meeting, "RS", "A bridge")
    for code, name, to in (("RS", "Ana Zeta", "format"), ("AL", "Bora Eta", "format"), ("ME", "Ceca Iota", "")):
        with world.act(code):
            team = delegations.register_delegation(meeting=meeting, level="minister")
            delegations.announce_delegation(delegation=team)
            head = delegations.add_delegate(delegation=team, name=name, place="head", function={"en": "Minister"})
            if to:
                delegations.release_names(delegation=team, delegates=[head.pk], to=to)
    page = client_of(world, "TR").get(PACK).content.decode()
    assert "Proposed by: the delegation of Ana Zeta" in page
    participants = page[page.index('id="participants"') :]
    assert participants.index("Ana Zeta") < participants.index("Bora Eta")
    assert "Ceca Iota" not in page
    shown = client_of(world, "TR").get("/en/meetings/platform/3/delegations/").content.decode()
    assert "the delegation of Ana Zeta" in shown and "a delegation" in shown and "Ceca Iota" not in shown
    for word in ("Serbia", "Sierra"):
        assert word not in page and word not in shown


@pytest.mark.usefixtures("house")
def test_the_papers_own_words_are_those_of_the_page_with_the_marking_on_each_of_its_pages() -> None:
    world = make_world()
    meeting = make_meeting(world, exercise=True)
    submitted(world, meeting, "RS", "A bridge")
    drafted(world, meeting, "AL", "A secret")
    cited(world)
    words = words_of(client_of(world, "RS").get(PAPER).content)
    assert "A bridge" in words and "Proposed by: Sierra" in words and "A secret" not in words
    pages = words.split("\f")
    assert len(pages) == 3 and all("Exercise: positions invented" in page for page in pages)
