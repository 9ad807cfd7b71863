"""A delegation's own paper: circulated as it is, declined with a reason, taken back, or entered for it."""

from __future__ import annotations

from io import BytesIO

import pytest

from sofra.kernel.files import read_file
from sofra.kernel.models import Entry, File
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.commands import circulation, releasing
from sofra.meetings.commands.circulation import Content
from sofra.meetings.models import Document, DocumentAnswer
from sofra.meetings.queries.circulation import get_document
from tests.meetings.agenda_world import entry_for, make_meeting
from tests.meetings.circulation_world import EVERYBODY, paper, readable
from tests.support.papers import docx
from tests.support.world import make_world

pytestmark = pytest.mark.usefixtures("house")


def test_a_delegations_paper_is_circulated_without_change_or_declined_with_a_reason() -> None:
    world = make_world()
    meeting = make_meeting(world)
    rs = world.parties["RS"].pk
    with world.act("AL"):
        contents = {
            "en": Content("Roads", "# Why\n\nRoads."),
            "tr": Content("Yollar", file=BytesIO(docx()), name="y.docx"),
        }
        one = circulation.draft_document(meeting=meeting, kind="background", contents=contents)
        other = circulation.draft_document(meeting=meeting, kind="other", contents=paper("Rails"))
    for who in (*(each for each in EVERYBODY if each != "AL"), "secretariat"):
        assert readable(world, who, meeting) == []
    with world.act("AL"):
        for document in (one, other):
            releasing.ask_circulation(document=document, audience="parties", readers=[rs])
        with pytest.raises(NotAllowed):
            circulation.edit_document(document=one, seen_version=one.version, kind="other", contents=paper())
    assert readable(world, "secretariat", meeting) == ["Rails", "Roads"]
    assert readable(world, "RS", meeting) == []
    with world.act("secretariat"):
        with pytest.raises(NotAllowed):
            releasing.release_document(document=one, audience="format")
        copy = releasing.circulate(document=one)
        with pytest.raises(Refusal, match="answered already"):
            releasing.circulate(document=one)
        with pytest.raises(Refusal, match="Say why"):
            releasing.decline(document=other, reason={})
        releasing.decline(document=other, reason={"en": "Not of this meeting"})
        with pytest.raises(NotAllowed):
            circulation.edit_document(document=copy, seen_version=copy.version, kind="other", contents=paper())
    with world.act("RS"):
        seen = get_document(meeting, copy.pk, "en")
        assert (seen.author_id, seen.texts["text"]["en"]) == (world.parties["AL"].pk, "# Why\n\nRoads.")
        assert read_file(seen.file_rows["tr"].file_id)[1].startswith(b"PK")
        assert DocumentAnswer.objects.count() == 0
    with world.act("MK"):
        assert get_document(meeting, copy.pk, "en") is None
    with world.act("AL"):
        assert str(get_document(meeting, other.pk, "en").reply.worded["reason"]) == "Not of this meeting"
        ours = File.objects.get(pk=get_document(meeting, one.pk, "en").file_rows["tr"].file_id)
        theirs = File.objects.get(pk=get_document(meeting, copy.pk, "en").file_rows["tr"].file_id)
        assert (ours.pk != theirs.pk, bytes(ours.sha256) == bytes(theirs.sha256)) == (True, True)
        with pytest.raises(Refusal, match="no request to take back"):
            releasing.take_back(document=one)


def test_a_request_can_be_taken_back_until_it_is_answered() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("AL"):
        one = circulation.draft_document(meeting=meeting, kind="other", contents=paper())
        releasing.ask_circulation(document=one, audience="format")
        releasing.take_back(document=one)
    assert readable(world, "secretariat", meeting) == []
    with world.act("secretariat"), pytest.raises(Document.DoesNotExist):
        releasing.circulate(document=one)


def test_a_delegation_that_signs_in_nowhere_has_its_paper_entered_and_circulated() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        one = circulation.draft_document(meeting=meeting, kind="other", contents=paper(), entry=entry_for(world, "MK"))
        releasing.ask_circulation(document=one, audience="format", entry=entry_for(world, "MK"))
        copy = releasing.circulate(document=one)
        assert (copy.author_id, Entry.objects.count()) == (world.parties["MK"].pk, 2)
    assert readable(world, "RS", meeting) == ["Note"]
    with world.act("MK"):
        assert {row.entry_id is None for row in Document.objects.all()} == {True, False}


def test_a_delegation_takes_over_what_was_entered_for_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        one = circulation.draft_document(meeting=meeting, kind="other", contents=paper(), entry=entry_for(world, "MK"))
    with world.act("MK"):
        circulation.edit_document(
            document=one, seen_version=1, kind="other", contents={"en": Content("Ours", "Words", drop=True)}
        )
    assert readable(world, "secretariat", meeting) == []
    assert readable(world, "MK", meeting) == ["Ours"]
