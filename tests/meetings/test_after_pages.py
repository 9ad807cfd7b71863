"""The pages of what is done after a meeting: what they show, to whom, and what they do with bad input."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sofra.kernel import acting
from sofra.meetings.commands import attendance, outcomes
from sofra.meetings.commands.attendance import Present
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.contributions.after import desk
from sofra.meetings.models import Document, Issue, Meeting, Outcome, OwnAttendance, Passage
from sofra.sources import commands as sources
from sofra.sources.engine.reading import read_record
from tests.meetings.after_world import BODY, MAP, decided, held, issued, summary
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import confirm, read, text, url
from tests.meetings.test_delegation_pages import entering
from tests.sources.conftest import RECORD
from tests.support.clients import client_of
from tests.support.papers import smallest_pdf
from tests.support.world import CODES, World, make_world

pytestmark = pytest.mark.usefixtures("house")


def queries(world: World, who: str, address: str) -> int:
    client = client_of(world, who)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_summary_goes_from_draft_to_decision_through_the_pages() -> None:
    world = make_world()
    meeting = held(world)
    one = summary(world, meeting)
    page = read(world, "secretariat", url("after_meeting"))
    assert "Not issued." in page and "No decision is recorded" not in page
    issue = url("outcome_issue", outcome=one.pk)
    assert issue in page
    answer, sentence = confirm(world, "secretariat", issue, {"languages": ["en"], "audience": "format", "at": ""})
    assert answer.status_code == 303, text(answer)
    assert sentence == (
        "“Summary” is issued as version 1 at the instant this is recorded, in English, to: all members."
    )
    with world.act("secretariat"):
        row = Issue.objects.get()
    marking = url("issued_text", outcome=one.pk, issue=row.pk)
    assert answer["Location"] == marking
    shown = read(world, "secretariat", marking)
    assert shown.count('name="paragraph"') == 4
    recording = url("issued_decision", outcome=one.pk, issue=row.pk) + "?language=en&paragraph=2"
    assert MAP in read(world, "secretariat", recording)
    typed = {"quote_1": MAP, "session": "", "title_en": "A map", "body_en": MAP}
    answer, sentence = confirm(world, "secretariat", recording, typed)
    assert (answer.status_code, sentence) == (
        303, "From “Summary”, version 1, the decision “A map” is written down as a draft.",
    )  # fmt: skip
    with world.act("secretariat"):
        decision = Outcome.objects.get(kind="decision")
    there = url("outcome", outcome=decision.pk)
    assert answer["Location"] == there
    assert "Recorded from" in read(world, "secretariat", there)
    assert "A map" in read(world, "secretariat", marking)
    page = read(world, "secretariat", url("after_meeting"))
    assert "Version 1: released" in page and "Recorded from “Summary”, version 1." in page
    with world.act("secretariat"):
        outcomes.release_outcome(outcome=decision)
    assert "Recorded from" in read(world, "RS", there)


def test_a_file_has_to_be_chosen_again_before_the_sentence_that_names_it_is_recorded() -> None:
    world = make_world()
    one = summary(world, held(world))
    address, client = url("outcome_issue", outcome=one.pk), client_of(world, "secretariat")

    def sent(**more: Any) -> Any:
        return client.post(address, {"languages": ["en"], "audience": "observers", "at": "", **more})

    def paper() -> SimpleUploadedFile:
        return SimpleUploadedFile("Signed.pdf", smallest_pdf("signed"))

    shown = sent(file_en=paper())
    assert shown.status_code == 200
    sentence = str(shown.context["sentence"])
    assert "in English (Signed.pdf), to: all members and observers." in sentence
    # Without the file the sentence is another one, and is shown before anything is recorded.
    again = sent(sentence=sentence)
    assert (again.status_code, "in English, to:" in str(again.context["sentence"])) == (200, True)
    assert sent(sentence=sentence, file_en=paper()).status_code == 303
    with world.act("observer"):
        assert [row.file.name for row in Document.objects.get().files.select_related("file")] == ["Signed.pdf"]


def test_bad_input_keeps_what_was_typed_and_writes_nothing() -> None:
    world = make_world()
    meeting = held(world)
    one = summary(world, meeting)
    client = client_of(world, "secretariat")
    answer = client.post(url("outcome_issue", outcome=one.pk), {"audience": "parties", "at": "2049-01-05T09:30:15"})
    assert (answer.status_code, "Choose at least one language" in text(answer)) == (422, True)
    assert "2049-01-05T09:30:15" in text(answer)
    answer = client.post(url("outcome_issue", outcome=one.pk), {"languages": ["en"], "audience": "parties"})
    assert (answer.status_code, "Name at least one party" in text(answer)) == (422, True)
    past = {"languages": ["en"], "audience": "format", "at": "2020-01-05T09:30"}
    sentence = str(client.post(url("outcome_issue", outcome=one.pk), past).context["sentence"])
    answer = client.post(url("outcome_issue", outcome=one.pk), {**past, "sentence": sentence})
    assert (answer.status_code, "lies in the past" in text(answer)) == (422, True)
    issue = issued(world, one)
    address = url("issued_decision", outcome=one.pk, issue=issue.pk)
    typed = {"quote_1": "The ministers agreed on two maps.", "title_en": "Two maps", "body_en": "Kept words"}
    sentence = str(client.post(address, typed).context["sentence"])
    answer = client.post(address, {**typed, "sentence": sentence})
    assert answer.status_code == 422
    for kept in ("letter by letter", "two maps", "Kept words", "Two maps"):
        assert kept in text(answer), kept
    with world.act("secretariat"):
        assert (Issue.objects.count(), Passage.objects.count()) == (1, 0)
    late = url("outcome_issue", outcome=one.pk)
    data = {"languages": ["en"], "audience": "format", "at": "", "seen": "of another day"}
    sentence = str(client.post(late, data).context["sentence"])
    answer = client.post(late, {**data, "sentence": sentence})
    assert (answer.status_code, "changed while you were reading" in text(answer)) == (422, True)
    assert "of another day" not in text(answer)


def test_a_text_the_members_have_not_adopted_says_so_and_a_decision_is_not_issued() -> None:
    world = make_world()
    meeting = held(world)
    one, other = summary(world, meeting, kind="adopted_text"), summary(world, meeting, kind="decision")
    assert "have not adopted this text yet" in read(world, "secretariat", url("outcome_issue", outcome=one.pk))
    assert client_of(world, "secretariat").get(url("outcome_issue", outcome=other.pk)).status_code == 404


def test_the_page_is_the_secretariats_and_stands_in_the_navigation_once_the_day_has_come() -> None:
    world = make_world()
    meeting = make_meeting(world, status="convened")
    assert "After the meeting" not in read(world, "secretariat", url("meeting"))
    with world.act("secretariat"):
        Meeting.objects.filter(pk=meeting.pk).update(day=timezone.now().date())
    assert "After the meeting" in read(world, "secretariat", url("meeting"))
    one = summary(world, meeting)
    issue = issued(world, one, "parties", ("AL",))
    for who in (*CODES, "observer", "facilitator", "visitor"):
        assert "After the meeting" not in read(world, who, url("meeting"))
        for address in (
            url("after_meeting"), url("after_record"), url("outcome_issue", outcome=one.pk),
            url("issued_text", outcome=one.pk, issue=issue.pk), url("issued_decision", outcome=one.pk, issue=issue.pk),
        ):  # fmt: skip
            assert client_of(world, who).get(address).status_code in (302, 403, 404)
            assert client_of(world, who).post(address).status_code in (302, 403, 404, 405)


def test_a_delegation_confirms_its_part_and_the_page_says_who_has_not() -> None:
    world = make_world()
    meeting = held(world)
    with world.act("secretariat"):
        Meeting.objects.filter(pk=meeting.pk).update(begins_at=timezone.now())
    own = {code: url("attendance_own", party=world.parties[code].pk) for code in ("AL", "RS")}
    assert read(world, "secretariat", url("after_meeting")).count("Not confirmed by the delegation.") == 7
    with world.act("AL") as actor:
        assert [str(item.kind) for item in desk(actor)] == ["Your delegation's part is to be confirmed"]
    # What waits since an instant stands beside what waits since none.
    make_meeting(world, "4", status="convened")
    assert "part is to be confirmed" in read(world, "AL", "/en/desk/")
    assert own["AL"] in read(world, "AL", url("attendance"))
    answer = client_of(world, "AL").post(own["AL"], {"present": "yes", "level": ""})
    assert (answer.status_code, "at which level" in text(answer)) == (422, True)
    answer, sentence = confirm(world, "AL", own["AL"], {"present": "yes", "level": "minister"})
    assert (answer.status_code, "took part, at the level of ministers" in sentence) == (303, True)
    assert client_of(world, "AL").get(own["RS"]).status_code == 404
    answer, _sentence = confirm(
        world, "secretariat", own["RS"],
        {"present": "no", "level": "", **entering(**{"entering-for_party": str(world.parties["RS"].pk)})},
    )  # fmt: skip
    assert answer.status_code == 303, text(answer)
    assert "Entered by the secretariat from: note verbale" in read(world, "RS", url("attendance"))
    assert "Entered by the secretariat" not in read(world, "AL", url("attendance"))
    page = read(world, "secretariat", url("after_meeting"))
    assert page.count("Not confirmed by the delegation.") == 5
    assert page.count("Confirmed by the delegation:") == 2
    with world.act("secretariat"):
        attendance.note_attendance(meeting=meeting, said=[Present(world.parties["AL"].pk, True, "experts")])
    assert "The delegation says otherwise: took part: ministers" in read(world, "secretariat", url("after_meeting"))
    with world.act("RS"):
        assert OwnAttendance.objects.get().present is False


def test_the_second_of_two_who_confirm_sees_both() -> None:
    world = make_world()
    held(world)
    address, client = url("attendance_own", party=world.parties["AL"].pk), client_of(world, "AL")
    assert confirm(world, "AL", address, {"present": "yes", "level": "minister"})[0].status_code == 303
    data = {"present": "no", "level": ""}
    sentence = str(client.post(address, data).context["sentence"])
    answer = client.post(address, {**data, "sentence": sentence})
    assert (answer.status_code, "both versions stand here" in text(answer)) == (422, True)
    with world.act("AL"):
        assert OwnAttendance.objects.get().present is True


def test_the_record_page_shows_what_is_missing_as_missing() -> None:
    world = make_world()
    meeting = held(world)
    page = read(world, "secretariat", url("after_record"))
    assert "The public record holds nothing of this meeting yet." in page
    assert page.count("No source stands for it.") == 6
    assert page.count('<span class="missing">missing</span>') == 5
    with world.act("secretariat"):
        attendance.note_attendance(meeting=meeting, said=[Present(world.parties["AL"].pk, True, "minister")])
        attendance.confirm_attendance(meeting=meeting)
    assert read(world, "secretariat", url("after_record")).count('<span class="missing">missing</span>') == 3
    assert "Without a source: Date, City and venue" in read(world, "secretariat", url("after_meeting"))


def test_the_record_page_of_a_past_meeting_names_the_sources_of_each_fact() -> None:
    world = make_world()
    with acting.acting_as_house():
        sources.load_record(read_record(RECORD))
        meeting = Meeting.objects.exclude(record_slug="").select_related("format").order_by("-day")[0]
        slugs = {"format": meeting.format.slug, "meeting": meeting.slug}  # type: ignore[union-attr]
    page = read(world, "secretariat", f"/en/meetings/{slugs['format']}/{slugs['meeting']}/after/record/")
    assert "/en/record/claims/" in page and "/en/record/sources/" in page
    assert read(world, "secretariat", f"/tr/meetings/{slugs['format']}/{slugs['meeting']}/after/")


def test_the_next_meeting_is_proposed_with_its_reasons_and_never_convened_by_itself() -> None:
    world = make_world()
    held(world, ordinal=3)
    page = read(world, "secretariat", url("after_meeting"))
    assert "The last ordinary meeting: 23 January 2027." in page
    assert "The cadence: every 6 months." in page
    assert "Proposed day: Friday 23 July 2027." in page
    assert "/en/formats/platform/convene/" in page
    with world.act("secretariat"):
        assert Meeting.objects.count() == 1


def test_the_pages_ask_the_database_as_often_for_three_texts_as_for_one() -> None:
    world = make_world()
    meeting = held(world)
    counts = []
    first = issued(world, summary(world, meeting))
    one = url("issued_text", outcome=first.outcome_id, issue=first.pk)
    for many in (1, 2):
        for n in range(many):
            issue = first if many == 1 else issued(world, summary(world, meeting))
            decision = decided(world, issue, title=f"Map {n}")
            with world.act("secretariat"):
                outcomes.release_outcome(outcome=decision)
            if many == 2:
                decided(world, first, "The chair thanks all.", title="Thanks")
        with world.act(CODES[many]):
            attendance.confirm_own(meeting=meeting, present=True, level="minister")
        there = url("outcome", outcome=decision.pk)
        counts.append([queries(world, "secretariat", each) for each in (url("after_meeting"), one)] + [
            queries(world, "RS", there)
        ])  # fmt: skip
    assert counts == [[44, 22, 19], [44, 22, 19]]


def test_the_outcome_page_leads_to_issuing_and_to_what_was_issued() -> None:
    world = make_world()
    meeting = held(world)
    one = summary(world, meeting)
    page = url("outcome", outcome=one.pk)
    assert url("outcome_issue", outcome=one.pk) in read(world, "secretariat", page)
    issue = issued(world, one)
    marking = url("issued_text", outcome=one.pk, issue=issue.pk)
    assert marking in read(world, "secretariat", page)
    assert marking not in read(world, "RS", page)
    document = url("document", document=issue.document.line)
    assert marking in read(world, "secretariat", document)
    assert "The ministers agreed on a map." in read(world, "RS", document)
    with world.act("secretariat"):
        outcomes.edit_outcome(outcome=one, seen_version=None, texts={"en": Text("Summary", f"{BODY} More.")})
    assert "Its words changed since" in read(world, "secretariat", url("after_meeting"))
    assert "The outcome was changed since." in read(world, "secretariat", marking)
