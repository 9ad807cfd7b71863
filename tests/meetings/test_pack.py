"""The meeting pack: what was written, as each may read it, under the meeting's profile, the same bytes each time."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from sofra.kernel.typesetting import pages_of, set_paper
from sofra.meetings.commands import circulation, releasing
from sofra.meetings.commands.circulation import Content
from sofra.meetings.models import Meeting
from sofra.meetings.views.pack import packs_of
from tests.lexicon.profile_world import cells, cited
from tests.meetings.agenda_world import drafted, make_meeting, submitted
from tests.meetings.convening_world import past_meetings
from tests.support.clients import client_of
from tests.support.papers import docx
from tests.support.world import make_world

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
