"""The pages of invitations, the register and letters: what they show, to whom, and what they do with bad input."""

from __future__ import annotations

import email
from email import policy as mail_policy
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from sofra.meetings.commands import invitations
from sofra.meetings.contributions.letters import desk
from sofra.meetings.models import Invitation, Letter, LetterTemplate, Note, NoteAct, Reply
from tests.meetings.letters_world import TEXT, invited, meeting_under_profile, note, template
from tests.meetings.test_agenda_pages import confirm, read, text, url
from tests.meetings.test_delegation_pages import queries
from tests.support.clients import client_of
from tests.support.papers import smallest_pdf
from tests.support.world import make_world

pytestmark = pytest.mark.usefixtures("house")


def of_format(name: str, **more: Any) -> str:
    with override("en"):
        return reverse(name, kwargs={"format": "platform", **more})


def test_the_lists_ask_the_database_as_often_for_three_as_for_one() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    counts = []
    for codes in (("AL",), ("RS", "ME")):
        for row, code in zip(invited(world, meeting, *codes), codes, strict=True):
            note(world, code, meeting=meeting)
            with world.act(code):
                invitations.answer_invitation(invitation=row, answer="regrets")
        counts.append(
            [
                queries(world, "secretariat", address)
                for address in (url("invitations"), url("correspondence"), of_format("register"))
            ]
        )
    assert counts == [[16, 20, 20], [16, 20, 20]]


def test_from_draft_to_answer_through_the_pages() -> None:
    world = make_world()
    meeting_under_profile(world)
    al = str(world.parties["AL"].pk)
    client = client_of(world, "secretariat")
    answer = client.post(
        url("invitations_draft"), {"parties": [al], "level": "minister", "reply_by": "2027-01-10T12:00"}
    )
    assert answer.status_code == 303, text(answer)
    with world.act("secretariat"):
        row = Invitation.objects.get()
    assert client_of(world, "AL").get(url("meeting_invitation", invitation=row.pk)).status_code == 404
    answer, sentence = confirm(world, "secretariat", url("invitations_issue"), {"invitations": [str(row.pk)]})
    assert (answer.status_code, sentence) == (303, "These parties are invited, all at the same instant: Alfa.")
    with world.act("AL") as actor:
        assert [str(item.kind) for item in desk(actor)] == ["An invitation awaits your answer"]
    with world.act("secretariat") as actor:
        assert [(str(item.kind), str(item.note)) for item in desk(actor)] == [
            ("Answers to invitations are awaited", "0 of 1 answered")
        ]
    assert "Answer the invitation" in read(world, "AL", url("invitations"))
    data = {"answer": "accepted", "level": "deputy_minister", "remark_en": "Quiet words"}
    answer, sentence = confirm(world, "AL", url("invitation_answer", invitation=row.pk), data)
    assert (answer.status_code, sentence) == (303, "Alfa accepts the invitation, at the level of deputy ministers.")
    assert "Quiet words" in read(world, "secretariat", url("meeting_invitation", invitation=row.pk))
    assert "Register the delegation" in read(world, "AL", url("meeting_invitation", invitation=row.pk))
    shown = read(world, "AL", url("delegation_register", party=al))
    assert '<option value="deputy_minister" selected>' in shown
    for who in ("RS", "observer"):
        assert "Alfa" not in read(world, who, url("invitations"))
        assert client_of(world, who).get(url("meeting_invitation", invitation=row.pk)).status_code == 404
    assert client_of(world, "facilitator").get(url("invitations")).status_code in (403, 404)


def test_without_a_profile_the_page_says_why_nothing_is_issued() -> None:
    world = make_world()
    meeting = meeting_under_profile(world, profile=False)
    (row,) = invited(world, meeting, "AL", issue=False)
    shown = read(world, "secretariat", url("invitations_issue"))
    assert "No designation profile is in force for this meeting" in shown
    answer = client_of(world, "secretariat").post(url("invitations_issue"), {"invitations": [str(row.pk)]})
    assert answer.status_code == 422
    with world.act("secretariat"):
        assert Invitation.objects.get().issued_at is None
    assert client_of(world, "secretariat").get(of_format("register_sheet")).status_code == 422


def test_the_secretariat_answers_for_a_party_from_a_note_in_the_register() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (row,) = invited(world, meeting, "AL")
    came, other = note(world), note(world, "RS")
    address = url("invitation_answer", invitation=row.pk)
    shown = read(world, "secretariat", address)
    assert str(came.pk) in shown and str(other.pk) not in shown
    data = {"answer": "regrets", "entering-source": str(came.pk), "entering-for_party": str(row.party_id)}
    answer, _sentence = confirm(world, "secretariat", address, data)
    assert answer.status_code == 303, text(answer)
    with world.act("AL"):
        assert Reply.objects.get().entry_id == NoteAct.objects.get().act_id
    assert "AL 7" in read(world, "AL", url("meeting_invitation", invitation=row.pk))
    assert client_of(world, "secretariat").post(address, {"answer": "regrets"}).status_code == 422


def test_a_note_is_registered_filtered_and_bad_input_keeps_what_was_typed() -> None:
    world = make_world()
    meeting_under_profile(world)
    client, al = client_of(world, "secretariat"), str(world.parties["AL"].pk)
    said = {
        "direction": "in",
        "party": al,
        "at": "2026-01-05T09:00",
        "reference": "N 12/26",
        "subject": "Typed subject",
    }
    for wrong in ({"at": "soon"}, {"at": "2031-01-05T09:00"}, {"party": "", "office": ""}, {"direction": "up"}):
        answer = client.post(of_format("note_add"), {**said, **wrong})
        assert (answer.status_code, "Typed subject" in text(answer)) == (422, True)
    file = SimpleUploadedFile("x.pdf", b"no paper")
    assert client.post(of_format("note_add"), {**said, "document": file}).status_code == 422
    with world.act("secretariat"):
        assert Note.objects.count() == 0
    file = SimpleUploadedFile("x.pdf", smallest_pdf("x"))
    assert client.post(of_format("note_add"), {**said, "document": file}).status_code == 303
    with world.act("secretariat"):
        row = Note.objects.get()
    assert "1/2026" in read(world, "secretariat", of_format("register"))
    shown = read(world, "AL", of_format("register"))
    assert "N 12/26" in shown and row.mark in shown and "1/2026" not in shown
    assert "N 12/26" not in read(world, "RS", of_format("register"))
    assert client_of(world, "RS").get(of_format("note", note=row.pk)).status_code == 404
    assert "1/2026" not in read(world, "AL", of_format("note", note=row.pk))
    for asked, there in (("direction=out", False), ("direction=in&since=2026-01-05&until=2026-01-05", True),
                         (f"party={al}", True), ("until=2026-01-04", False), ("since=soon", True)):  # fmt: skip
        assert ("N 12/26" in read(world, "secretariat", of_format("register") + "?" + asked)) is there
    answer = client.get(of_format("register_sheet"))
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in list(sheet.rows)[-1][:2]] == ["1/2026", "incoming"]
    answer, sentence = confirm(world, "secretariat", of_format("note_withdraw", note=row.pk), {"reason": "Twice"})
    assert (answer.status_code, sentence.endswith("marked as withdrawn: Twice")) == (303, True)
    assert "Twice" in read(world, "AL", of_format("note", note=row.pk))
    assert client_of(world, "AL").post(of_format("note_withdraw", note=row.pk), {"reason": "X"}).status_code in (
        403,
        404,
    )


def test_a_letter_is_shown_before_it_is_issued_and_stands_as_it_was() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (row,) = invited(world, meeting, "AL")
    client = client_of(world, "secretariat")
    typed = {"name": "Invitation", "kind": "invitation", "subject_en": "To {meeting}", "text_en": "Dear {minister}"}
    answer = client.post(of_format("letter_template_add"), typed)
    assert (answer.status_code, "Dear {minister}" in text(answer), "is no place a letter has" in text(answer)) == (
        422,
        True,
        True,
    )
    assert client.post(of_format("letter_template_add"), {**typed, "text_en": TEXT}).status_code == 303
    assert "Invitation" in read(world, "secretariat", of_format("letter_templates"))
    with world.act("secretariat"):
        made = LetterTemplate.objects.get()
    data = {"template": str(made.pk), "language": "en", "addressee": "The Minister\n<b>Ministry</b>"}
    address = url("invitation_letter", invitation=row.pk)
    answer = client.post(address, {**data, "language": "tr"})
    assert (answer.status_code, "Another language does not stand in" in text(answer)) == (422, True)
    shown = text(client.post(address, data))
    assert "Alfa is invited to Third meeting" in shown and "&lt;b&gt;Ministry" in shown
    answer, sentence = confirm(world, "secretariat", address, data)
    assert answer.status_code == 303, text(answer)
    assert sentence.startswith("The letter “To Third meeting” is issued in English")
    with world.act("AL"):
        letter = Letter.objects.select_related("note").get()
    assert "Alfa is invited to Third meeting" in read(world, "AL", of_format("note", note=letter.note_id))
    assert letter.note.mark in read(world, "AL", url("meeting_invitation", invitation=row.pk))
    assert client.get(of_format("note_document", note=letter.note_id)).status_code == 200
    file = SimpleUploadedFile("x.pdf", smallest_pdf("x"))
    answer = client.post(of_format("note_document", note=letter.note_id), {"document": file})
    assert (answer.status_code, "stays as it is" in text(answer)) == (422, True)


def test_a_notice_says_that_something_waits_and_nothing_of_what() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (row,) = invited(world, meeting, "AL")
    client, address = client_of(world, "secretariat"), url("notice", invitation=row.pk)
    answer = client.post(address, {"by": "file", "to": "office@example.org", "language": "tr"})
    assert answer["Content-Disposition"] == 'attachment; filename="notice.eml"'
    message = email.message_from_bytes(answer.content, policy=mail_policy.default)
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert (message["To"], message["Message-ID"].endswith("@sofra.invalid>")) == ("office@example.org", True)
    paper = text(client.post(address, {"by": "print", "language": "en"}))
    for printed in (answer.content.decode(), paper[paper.index("<main") : paper.index("</main>")]):
        for word in ("Alfa", "Third meeting", "invitation", "platform", str(row.pk)):
            assert word not in printed
    assert "/tr/desk/" in message.get_content()
    for bad in ({"by": "relay", "to": "office@example.org"}, {"by": "file", "to": "nobody"}, {"by": ""}):
        assert client.post(address, {"language": "en", **bad}).status_code == 422
    for who in ("AL", "RS", "observer"):
        assert client_of(world, who).get(address).status_code in (403, 404)


def test_every_page_opens_and_stands_in_turkish() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (row,) = invited(world, meeting, "AL")
    (other,) = invited(world, meeting, "RS", issue=False)
    came, written = note(world, meeting=meeting), template(world)
    pages = [
        *(url(name) for name in ("invitations", "invitations_draft", "invitations_issue", "correspondence", "letter_write")),
        *(url(name, invitation=row.pk) for name in ("meeting_invitation", "invitation_change", "invitation_withdraw",
          "invitation_answer", "invitation_letter", "notice")),
        url("invitation_change", invitation=other.pk),
        *(of_format(name) for name in ("register", "note_add", "letter_templates", "letter_template_add")),
        *(of_format(name, note=came.pk) for name in ("note", "note_document", "note_withdraw")),
        *(of_format(name, template=written.pk) for name in ("letter_template_edit", "letter_template_retire")),
    ]  # fmt: skip
    client = client_of(world, "secretariat")
    for page in pages:
        for address in (page, page.replace("/en/", "/tr/")):
            assert client.get(address).status_code == 200, address
