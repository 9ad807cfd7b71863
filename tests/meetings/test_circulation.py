"""Documents of a meeting: everyone has them at one instant, nobody learns of what was not released to them."""

from __future__ import annotations

import time
from io import BytesIO

import pytest

from sofra.kernel import queries as kernel_queries
from sofra.kernel import search
from sofra.kernel.files import read_file
from sofra.kernel.models import AuditPayload, Change, File, Wording
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import circulation, receipts, releasing
from sofra.meetings.commands.circulation import Content
from sofra.meetings.models import Document, Opened, Opening, ReceiptRule
from sofra.meetings.queries.circulation import get_document, line_of, openings_of, waiting_documents
from tests.meetings.agenda_world import make_meeting, soon
from tests.meetings.circulation_world import EVERYBODY, drafted, paper, readable, released
from tests.support.papers import pdf_with, smallest_pdf
from tests.support.world import CODES, make_world

pytestmark = pytest.mark.usefixtures("house")


def test_a_draft_is_the_secretariats_alone() -> None:
    world = make_world()
    meeting = make_meeting(world)
    drafted(world, meeting)
    for who in EVERYBODY:
        assert readable(world, who, meeting) == []
        with world.act(who), pytest.raises(NotAllowed):
            circulation.draft_document(meeting=meeting, kind="other", contents=paper(), party_id=world.parties["TR"].pk
                                       if who != "TR" else world.parties["AL"].pk)  # fmt: skip
    assert readable(world, "secretariat", meeting) == ["Note"]


@pytest.mark.parametrize(
    ("audience", "codes", "who"),
    [("format", (), set(CODES)), ("observers", (), {*CODES, "observer"}), ("parties", ("AL", "RS"), {"AL", "RS"})],
)
def test_a_release_reaches_its_readers_at_its_instant_with_no_worker_running(audience, codes, who) -> None:
    world = make_world()
    meeting = make_meeting(world)
    document = drafted(world, meeting)
    with world.act("secretariat"):
        readers = [world.parties[code].pk for code in codes]
        instant = soon(1.5)
        releasing.release_document(document=document, audience=audience, readers=readers, at=instant)
    for each in EVERYBODY:
        assert readable(world, each, meeting) == []
        with world.act(each) as actor:
            assert Change.objects.filter(kind__startswith="document").count() == 0
            assert kernel_queries.changes_since(actor, None) == []
    time.sleep(1.6)
    for each in EVERYBODY:
        assert readable(world, each, meeting) == (["Note"] if each in who else [])
        with world.act(each) as actor:
            told = [
                (change.kind, change.at) for change in kernel_queries.changes_since(actor, instant.replace(year=2020))
            ]
            assert told == ([("document.released", instant)] if each in who else [])
            assert AuditPayload.objects.filter(action__startswith="document").count() == 0


def test_a_scheduled_release_can_be_moved_and_called_off_and_nobody_ever_learns_of_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    moved, called_off = drafted(world, meeting, "Moved"), drafted(world, meeting, "Called off")
    with world.act("secretariat"):
        for document in (moved, called_off):
            releasing.release_document(document=document, audience="format", at=soon(2))
        releasing.move_release(document=moved, at=soon(4000))
        releasing.cancel_release(document=called_off)
        assert (called_off.released_at, called_off.audience) == (None, "secretariat")
        with pytest.raises(Refusal, match="No release is set"):
            releasing.cancel_release(document=called_off)
    time.sleep(2.1)
    for who in EVERYBODY:
        assert readable(world, who, meeting) == []
        with world.act(who):
            assert Change.objects.filter(kind__startswith="document").count() == 0
            assert AuditPayload.objects.filter(action__startswith="document").count() == 0
    with world.act("secretariat"):
        releasing.move_release(document=moved, at=None)
        with pytest.raises(Refusal, match="The document is released"):
            releasing.cancel_release(document=moved)
        with pytest.raises(Refusal, match="The document is released"):
            releasing.move_release(document=moved, at=soon())
        kinds = sorted(Change.objects.filter(subject_id=moved.pk).values_list("kind", flat=True))
        told = ["drafted", "moved", "moved", "released", "scheduled"]
        assert kinds == [f"document.{kind}" for kind in told]
    assert readable(world, "AL", meeting) == ["Moved"]


def test_what_comes_within_a_second_counts_as_released() -> None:
    world = make_world()
    meeting = make_meeting(world)
    document = drafted(world, meeting)
    with world.act("secretariat"):
        releasing.release_document(document=document, audience="format", at=soon(0.9))
        with pytest.raises(Refusal, match="The document is released"):
            releasing.cancel_release(document=document)


def test_recalled_its_words_and_files_are_gone_and_that_it_was_recalled_stays() -> None:
    world = make_world()
    meeting = make_meeting(world)
    written = released(world, meeting, "Written", text="Zucchini for all")
    filed = released(world, meeting, "Filed", audience="parties", codes=("AL",))
    with world.act("AL"):
        assert search.find("zucchini", "en") != []
        file = File.objects.get()
    with world.act("RS"):
        with pytest.raises(NotAllowed):
            releasing.recall_document(document=written, reason={"en": "No"})
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Say why"):
            releasing.recall_document(document=written, reason={"en": " "})
        for document in (written, filed):
            releasing.recall_document(document=document, reason={"en": "Wrong table"})
        with pytest.raises(Refusal, match="recalled already"):
            releasing.recall_document(document=written, reason={"en": "Twice"})
    with world.act("AL"):
        assert read_file(file.pk) is None
        assert search.find("zucchini", "en") == []
        assert not Wording.objects.filter(field="text").exists()
        seen = get_document(meeting, filed.pk, "en")
        assert (seen.state, str(seen.worded["reason"]), seen.contents) == ("recalled", "Wrong table", [])
    with world.act("RS"):
        assert get_document(meeting, filed.pk, "en") is None
        assert str(get_document(meeting, written.pk, "en").worded["reason"]) == "Wrong table"


def test_a_later_version_supersedes_for_those_who_have_it_and_is_unknown_to_others() -> None:
    world = make_world()
    meeting = make_meeting(world)
    first = released(world, meeting, "First")
    second = released(world, meeting, "Second", audience="parties", codes=("AL",), after=first)
    assert second.line == first.line
    with world.act("AL"):
        line = line_of(meeting, first.line, "en")
        assert [(str(row.worded["title"]), row.state) for row in line.versions] == [
            ("Second", "current"), ("First", "superseded"),
        ]  # fmt: skip
    with world.act("RS"):
        line = line_of(meeting, first.line, "en")
        assert [(str(row.worded["title"]), row.state) for row in line.versions] == [("First", "current")]
    with world.act("secretariat"):
        releasing.recall_document(document=second, reason={"en": "Too early"})
    with world.act("AL"):
        assert str(line_of(meeting, first.line, "en").current.worded["title"]) == "First"


def test_openings_are_the_delegations_own_and_no_count_tells_of_them() -> None:
    world = make_world()
    meeting = make_meeting(world)
    document = released(world, meeting, audience="observers")
    payloads = {}
    with world.act("secretariat"):
        payloads["before"] = (AuditPayload.objects.count(), Change.objects.count())
    with world.act("AL"):
        receipts.note_opening(document)
        receipts.note_opening(document)
        assert [each.document_id for each in openings_of([document])] == [document.pk]
    for who in (*(each for each in EVERYBODY if each != "AL"), "secretariat"):
        with world.act(who):
            assert (Opening.objects.count(), Opened.objects.count()) == (0, 0)
    with world.act("secretariat"):
        receipts.note_opening(document)
        assert (AuditPayload.objects.count(), Change.objects.count()) == payloads["before"]


def test_the_secretariat_learns_whether_and_never_when_once_the_members_agreed_and_only_from_then_on() -> None:
    world = make_world()
    meeting = make_meeting(world)
    before, after = released(world, meeting, "Before"), released(world, meeting, "After")
    with world.act("AL"):
        receipts.note_opening(before)
        with pytest.raises(NotAllowed):
            receipts.agree_receipts(format=world.format, told=True, basis={"en": "x"})
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="on what basis"):
            receipts.agree_receipts(format=world.format, told=True, basis={})
        receipts.agree_receipts(format=world.format, told=True, basis={"en": "Agreed at the second meeting"})
        with pytest.raises(Refusal, match="stands already"):
            receipts.agree_receipts(format=world.format, told=True, basis={"en": "Again"})
    with world.act("AL"):
        receipts.note_opening(after)
        assert ReceiptRule.objects.get().openings_told
    with world.act("secretariat"):
        row = Opened.objects.get()
        assert (row.document_id, row.owner_party_id) == (after.pk, world.parties["AL"].pk)
        assert row.readable_from == after.released_at
        assert Opening.objects.count() == 0
    with world.act("RS"):
        assert Opened.objects.count() == 0
    with world.act("secretariat"):
        receipts.agree_receipts(format=world.format, told=False, basis={})
        assert Opened.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "kind", "contents", "said"),
    [
        ("kind", "treaty", {"en": Content("x", "y")}, "what kind"),
        ("title", "other", {"en": Content(" ", " ")}, "a title in at least one language"),
        ("text", "other", {"en": Content("x")}, "in at least one language"),
        ("title_tr", "other", {"en": Content("x", "y"), "tr": Content("", "y")}, "its own language"),
        ("text_en", "other", {"en": Content("x", "y", BytesIO(smallest_pdf("x")))}, "not both"),
        ("text_en", "other", {"en": Content("x" * 301, "y")}, "too long"),
        ("file_en", "other", {"en": Content("x", file=BytesIO(b"GIF89a"), name="a.pdf")}, "neither PDF nor DOCX"),
        (
            "file_en",
            "other",
            {"en": Content("x", file=BytesIO(pdf_with(b"<</S/Launch>>")), name="a.pdf")},
            "start a program",
        ),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_written(field, kind, contents, said) -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match=said) as refused:
            circulation.draft_document(meeting=meeting, kind=kind, contents=contents)
        assert refused.value.field == field
        assert (Document.objects.count(), File.objects.count()) == (0, 0)


def test_releases_ask_for_readers_and_an_instant_to_come() -> None:
    world = make_world()
    meeting = make_meeting(world)
    document = drafted(world, meeting)
    with world.act("secretariat"):
        for more, field in (
            ({"audience": "public"}, "audience"),
            ({"audience": "parties"}, "readers"),
            ({"audience": "parties", "readers": [meeting.pk]}, "readers"),
            ({"audience": "format", "at": soon(-60)}, "at"),
        ):
            with pytest.raises(Refusal) as refused:
                releasing.release_document(document=document, **more)
            assert refused.value.field == field
        with pytest.raises(Conflict):
            circulation.edit_document(document=document, seen_version=7, kind="other", contents=paper())


def test_a_text_that_names_parties_waits_for_the_meetings_profile() -> None:
    from sofra.lexicon.models import PartyWording

    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        PartyWording.objects.create(
            record_id="x",
            party=world.parties["AL"],
            language="en",
            form="Albania",
            use="record",
            order=1,
            audience="public",
        )
        PartyWording.objects.create(
            record_id="y", party=world.parties["TR"], language="en", form="US", use="seen", order=2, audience="public"
        )
    for text in ("Roads to albania's coast", "Albania", "A paper of the US."):
        document = drafted(world, meeting, text=text)
        with world.act("secretariat"), pytest.raises(Refusal, match="No designation profile"):
            releasing.release_document(document=document, audience="format")
    for text in ("Roads", "Thus all of us discuss it"):
        document = drafted(world, meeting, text=text)
        with world.act("secretariat"):
            releasing.release_document(document=document, audience="format")


def test_the_desk_says_what_comes_what_is_asked_and_what_was_not_opened() -> None:
    world = make_world()
    meeting = make_meeting(world)
    coming = drafted(world, meeting, "Coming")
    document = released(world, meeting, "Released")
    with world.act("AL"):
        one = circulation.draft_document(meeting=meeting, kind="other", contents=paper("Asked"))
        releasing.ask_circulation(document=one, audience="format")
    with world.act("secretariat") as actor:
        releasing.release_document(document=coming, audience="format", at=soon())
        found = [[str(row.worded["title"]) for row in rows] for rows in waiting_documents(actor, "en")]
        assert found == [["Coming"], ["Asked"], []]
    with world.act("RS") as actor:
        assert [str(row.worded["title"]) for row in waiting_documents(actor, "en")[2]] == ["Released"]
        receipts.note_opening(document)
        assert waiting_documents(actor, "en") == ([], [], [])
