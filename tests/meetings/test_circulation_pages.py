"""The pages of circulation: what they show, to whom, and what they do with bad input and large files."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel.engine.refused import MOST
from sofra.kernel.models import File
from sofra.meetings.commands import circulation, releasing
from sofra.meetings.commands.circulation import Content
from sofra.meetings.demonstration_documents import add_note
from sofra.meetings.models import Document, Opening
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import confirm, read, text, url
from tests.support.clients import client_of
from tests.support.papers import docx, pdf_with, smallest_pdf
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")
FORM = {"kind": "background", "title_en": "Roads", "text_en": "# Why\n\nTo *meet* <b>halfway</b>.\n\n- one\n- two"}


def upload(data: bytes, name: str = "Roads.pdf") -> dict[str, Any]:
    return {"kind": "agenda", "title_en": "Filed", "file_en": SimpleUploadedFile(name, data)}


def drafted(world: World, who: str = "secretariat", form: dict[str, Any] | None = None) -> Document:
    answer = client_of(world, who).post(url("document_add"), form or FORM)
    assert answer.status_code == 303, text(answer)
    with world.act(who):
        return Document.objects.order_by("-made_at")[0]


def test_a_document_goes_from_draft_to_release_to_recall_through_the_pages() -> None:
    world = make_world()
    make_meeting(world)
    one = drafted(world)
    page = url("document", document=one.line)
    for who in ("RS", "observer", "facilitator"):
        assert client_of(world, who).get(page).status_code == 404
        assert "Roads" not in read(world, who, url("documents"))
        assert client_of(world, who).get(url("document_release", document=one.pk)).status_code in (403, 404)
    answer, sentence = confirm(
        world, "secretariat", url("document_release", document=one.pk), {"audience": "format", "at": ""}
    )
    assert (answer.status_code, sentence) == (
        303, "“Roads” is released at the instant this is recorded to: all members.",
    )  # fmt: skip
    shown = read(world, "RS", page)
    assert "<h3>Why</h3>" in shown
    assert "<p>To <em>meet</em> &lt;b&gt;halfway&lt;/b&gt;.</p><ul><li>one</li><li>two</li></ul>" in shown
    assert "Opened by your delegation" in read(world, "RS", page)
    assert "Opened by" not in read(world, "secretariat", page)
    assert client_of(world, "observer").get(page).status_code == 404
    answer, _sentence = confirm(
        world, "secretariat", url("document_recall", document=one.pk), {"reason_en": "Wrong roads"}
    )
    assert answer.status_code == 303
    shown = read(world, "RS", page)
    assert ("Wrong roads" in shown, "To <em>meet" in shown, "can no longer be read" in shown) == (True, False, True)


def test_a_file_is_saved_and_never_shown_and_its_opening_is_noted_for_the_delegation_alone() -> None:
    world = make_world()
    make_meeting(world)
    one = drafted(world, form=upload(docx(), "../evil\u202excod.docx"))
    with world.act("secretariat"):
        releasing.release_document(document=one, audience="parties", readers=[world.parties["AL"].pk])
    address = url("document_file", document=one.pk, language="en")
    answer = client_of(world, "AL").get(address)
    assert (answer.status_code, answer.content) == (200, answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="evilxcod.docx"'
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    for who in ("RS", "observer", "visitor"):
        assert client_of(world, who).get(address).status_code in (302, 404)
    with world.act("AL"):
        assert Opening.objects.count() == 1
    assert read(world, "AL", "/en/desk/").count("not opened yet") == 0


def test_a_scheduled_release_is_moved_and_called_off_through_the_pages() -> None:
    world = make_world()
    make_meeting(world)
    one = drafted(world)
    ahead = {"audience": "parties", "readers": [str(world.parties["AL"].pk)], "at": "2049-01-05T09:30:15"}
    answer, sentence = confirm(world, "secretariat", url("document_release", document=one.pk), ahead)
    assert (answer.status_code, "5 January 2049, 09:30:15" in sentence) == (303, True)
    assert "To be released" in read(world, "secretariat", "/en/desk/")
    answer, sentence = confirm(world, "secretariat", url("document_move", document=one.pk), {"at": "2049-01-06T09:30"})
    assert (answer.status_code, "is moved from 5 January" in sentence) == (303, True)
    assert confirm(world, "secretariat", url("document_cancel", document=one.pk))[0].status_code == 303
    assert "Roads" not in read(world, "AL", url("documents"))


def test_a_delegation_asks_for_circulation_and_the_secretariat_answers() -> None:
    world = make_world()
    make_meeting(world)
    one, other = drafted(world, "AL"), drafted(world, "AL", {**FORM, "title_en": "Rails"})
    for document in (one, other):
        answer, _sentence = confirm(world, "AL", url("document_ask", document=document.pk), {"audience": "observers"})
        assert answer.status_code == 303
    assert "Circulation asked for" in read(world, "secretariat", "/en/desk/")
    assert "Roads" not in read(world, "RS", url("documents"))
    assert confirm(world, "secretariat", url("document_circulate", document=one.pk), {"at": ""})[0].status_code == 303
    answer, _sentence = confirm(
        world, "secretariat", url("document_decline", document=other.pk), {"reason_en": "Later"}
    )
    assert answer.status_code == 303
    assert "circulated without change" in read(world, "observer", url("document", document=one.line))
    assert "Later" in read(world, "AL", url("document", document=other.line))
    assert client_of(world, "RS").get(url("document", document=other.line)).status_code == 404


def test_the_secretariat_enters_a_paper_for_a_delegation() -> None:
    world = make_world()
    make_meeting(world)
    entered = {
        "entering-for_party": str(world.parties["MK"].pk), "entering-channel": "note",
        "entering-received_at": "2026-01-05T09:30", "entering-reference": "NV 1",
    }  # fmt: skip
    one = drafted(world, form={**FORM, **entered})
    assert one.owner_party_id == world.parties["MK"].pk
    answer, sentence = confirm(
        world, "secretariat", url("document_ask", document=one.pk), {"audience": "format", **entered}
    )
    assert (answer.status_code, "asks the secretariat to circulate" in sentence) == (303, True)
    assert "Entered by the secretariat" in read(world, "MK", url("document", document=one.line))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"GIF89a", "neither PDF nor DOCX"),
        (pdf_with(b"<</S/JavaScript>>"), "contains a script"),
        (smallest_pdf("x") + b" " * MOST, "larger than 20 MB"),
        (b"%PDF-" + b"x" * (3 * MOST), "larger than 20 MB"),
    ],
)
def test_a_refused_file_says_why_keeps_what_was_typed_and_writes_nothing(data: bytes, said: str) -> None:
    world = make_world()
    make_meeting(world)
    form = {**upload(data), "title_tr": "Yollar", "text_tr": "Uzun bir metin"}
    answer = client_of(world, "secretariat").post(url("document_add"), form)
    shown = text(answer)
    assert (answer.status_code, said in shown, "Uzun bir metin" in shown) == (422, True, True)
    assert "Choose the file once more" in shown
    field = re.search(r'<input[^>]*name="file_en"[^>]*>', shown)
    assert field and "aria-invalid" in field[0]
    with world.act("secretariat"):
        assert (Document.objects.count(), File.objects.count()) == (0, 0)


def test_a_second_writer_sees_both_versions() -> None:
    world = make_world()
    make_meeting(world)
    one = drafted(world)
    client, address = client_of(world, "secretariat"), url("document_edit", document=one.pk)
    assert client.post(address, {**FORM, "title_en": "Theirs", "version": one.version}).status_code == 303
    answer = client.post(address, {**FORM, "title_en": "Mine", "version": one.version})
    assert (answer.status_code, "Theirs" in text(answer), "Mine" in text(answer)) == (422, True, True)


def test_the_next_version_leaves_the_last_one_readable_and_marked() -> None:
    world = make_world()
    make_meeting(world)
    one = drafted(world)
    with world.act("secretariat"):
        releasing.release_document(document=one, audience="format")
    next_one = url("document_next", document=one.line)
    assert client_of(world, "secretariat").get(next_one).status_code == 200
    assert client_of(world, "secretariat").post(next_one, {**FORM, "title_en": "Wider roads"}).status_code == 303
    assert client_of(world, "secretariat").get(next_one).status_code == 404
    assert "Wider" not in read(world, "RS", url("document", document=one.line))
    with world.act("secretariat"):
        later = Document.objects.get(released_at=None)
        releasing.release_document(document=later, audience="format")
    shown = read(world, "RS", url("document", document=one.line))
    assert ("Wider roads" in shown, "Superseded by a later version" in shown) == (True, True)


def test_lists_and_pages_ask_the_database_as_often_for_three_documents_as_for_one() -> None:
    world = make_world()
    meeting = make_meeting(world)
    counts: dict[str, list[int]] = {"documents": [], "document": [], "desk": []}
    first: Any = None
    for many in (1, 2):
        with world.act("secretariat"):
            for _n in range(many):
                contents = {"en": Content("Roads", "Text"), "tr": Content("Yollar", "Metin")}
                made = circulation.draft_document(meeting=meeting, kind="other", contents=contents, after=first)
                first = first or made
                releasing.release_document(document=made, audience="format")
                lone = circulation.draft_document(meeting=meeting, kind="other", contents=contents)
                releasing.release_document(document=lone, audience="format")
        client = client_of(world, "ME")
        for name, address in (
            ("documents", url("documents")), ("document", url("document", document=first.line)), ("desk", "/en/desk/"),
        ):  # fmt: skip
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts[name].append(len(asked))
    assert counts == {"documents": [17, 17], "document": [20, 20], "desk": [37, 37]}


def test_receipts_are_agreed_with_the_sentence_shown() -> None:
    world = make_world()
    make_meeting(world)
    one = drafted(world)
    with world.act("secretariat"):
        releasing.release_document(document=one, audience="format")
    answer, sentence = confirm(
        world, "secretariat", url("document_receipts"), {"reason_en": "Agreed at the second meeting"}
    )
    assert (answer.status_code, "and never when" in sentence) == (303, True)
    assert "Agreed at the second meeting" in read(world, "RS", url("documents"))
    read(world, "RS", url("document", document=one.line))
    assert "Opened by" in read(world, "secretariat", url("document", document=one.line))
    assert confirm(world, "secretariat", url("document_receipts"))[0].status_code == 303
    assert "Opened by" not in read(world, "secretariat", url("document", document=one.line))


def test_the_rehearsal_gets_its_note_once() -> None:
    world = make_world()
    meeting = make_meeting(world, exercise=True)
    assert (add_note(meeting), add_note(meeting), add_note(make_meeting(world, "4"))) == (True, False, False)
    assert "part of an exercise" in read(world, "observer", url("documents").replace("documents/", "documents/")
                                         + _line_of(world, meeting))  # fmt: skip


def _line_of(world: World, meeting: Any) -> str:
    with world.act("AL"):
        return f"{Document.objects.get(meeting=meeting).line}/"
