"""After a meeting: what is issued stays word for word, what is recorded quotes it, everybody confirms their own part."""

from __future__ import annotations

from io import BytesIO

import pytest

from sofra.kernel import policy, wordings
from sofra.kernel.models import Change, Wording
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import attendance, circulation, issuing, outcomes, releasing
from sofra.meetings.commands.issuing import Paper, Quotation
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import Document, Issue, Meeting, Outcome, OwnAttendance, Passage, Session
from sofra.meetings.queries.after import held as was_held
from sofra.meetings.queries.after import next_meeting, to_confirm
from sofra.meetings.queries.issuing import changed_since, get_issue, quoted_by, recorded_from, said_now
from sofra.meetings.queries.outcomes import fingerprint, get_outcome, texts_of
from tests.meetings.after_world import BODY, MAP, decided, held, issued, summary
from tests.meetings.agenda_world import entry_for, make_meeting, soon
from tests.support.papers import smallest_pdf
from tests.support.world import CODES, World, make_world

pytestmark = pytest.mark.usefixtures("house")
EVERYBODY = ("visitor", "facilitator", "observer", "secretariat", *CODES)


def readers_of(world: World, model: type) -> set[str]:
    found = set()
    for who in EVERYBODY:
        with world.act(who):
            if model._default_manager.exists():
                found.add(who)
    return found


# -- Issued and circulated -------------------------------------------------------------------------------------------------


def test_a_summary_is_issued_and_circulated_in_one_act_and_released_with_it() -> None:
    world = make_world()
    one = summary(world, held(world), tr=Text("Özet", "Başkan teşekkür eder."))
    issue = issued(world, one, languages=["en", "tr"])
    for who in EVERYBODY:
        with world.act(who):
            texts = wordings.of([issue.document]).get(issue.document_id, {})
            members = who in CODES or who == "secretariat"
            assert texts == (
                {"title": {"en": "Summary", "tr": "Özet"}, "text": {"en": BODY, "tr": "Başkan teşekkür eder."}}
                if members
                else {}
            )
            assert (Issue.objects.count(), Outcome.objects.count()) == ((1, 1) if members else (0, 0))
    with world.act("RS"):
        document = Document.objects.get()
        outcome = Outcome.objects.get()
        assert (document.kind, outcome.released_at) == ("outcome", document.released_at)
        assert Change.objects.filter(kind="document.released").count() == 1


def test_what_was_issued_stays_as_it_was_and_a_later_edit_is_the_next_version_of_the_same_document() -> None:
    world = make_world()
    meeting = held(world)
    one = summary(world, meeting)
    first = issued(world, one)
    with world.act("secretariat"):
        outcomes.edit_outcome(outcome=one, seen_version=None, texts={"en": Text("Summary", "Corrected.")})
        again = get_outcome(meeting, one.pk, "en")
        assert again is not None
        found = get_issue(again, first.pk, "en")
        assert found is not None and (said_now(found), changed_since(again, found)) == ({"en": BODY}, True)
    second = issued(world, one)
    with world.act("RS"):
        assert [(row.number, row.document.line) for row in Issue.objects.select_related("document")] == [
            (1, first.document.line), (2, first.document.line),
        ]  # fmt: skip
        texts = wordings.of([first.document_id, second.document_id])
        assert texts[first.document_id]["text"] == {"en": BODY}
        assert texts[second.document_id]["text"] == {"en": "Corrected."}
    with world.act("secretariat"):
        again = get_outcome(meeting, one.pk, "en")
        assert again is not None
        found = get_issue(again, second.pk, "en")
        assert found is not None and not changed_since(again, found)


def test_named_parties_read_the_text_and_nobody_else_learns_of_it() -> None:
    world = make_world()
    one = summary(world, held(world))
    issued(world, one, "parties", ("AL", "RS"))
    assert readers_of(world, Document) == readers_of(world, Issue) == {"secretariat", "AL", "RS"}
    assert readers_of(world, Outcome) == {"secretariat"}


def test_a_release_ahead_moves_and_is_called_off_together_with_the_outcome() -> None:
    world = make_world()
    meeting = held(world)
    one = summary(world, meeting)
    with world.act("secretariat"):
        issue = issuing.issue_outcome(outcome=one, languages=["en"], audience="format", at=soon())
        moved = soon(7200)
        releasing.move_release(document=issue.document, at=moved)
        one.refresh_from_db()
        assert (one.released_at, one.readable_from, one.audience) == (moved, moved, "format")
        with pytest.raises(Refusal, match="is set to be released"):
            issuing.issue_outcome(outcome=one, languages=["en"], audience="format")
    assert readers_of(world, Outcome) == readers_of(world, Issue) == {"secretariat"}
    with world.act("secretariat"):
        document = Document.objects.select_related("meeting__format").get()
        releasing.cancel_release(document=document)
        one.refresh_from_db()
        assert (one.released_at, one.audience) == (None, "secretariat")
        with pytest.raises(NotAllowed, match="word for word"):
            circulation.edit_document(document=document, seen_version=None, kind="other", contents={})
        circulation.withdraw_document(document=document)
    with world.act("RS"):
        assert Change.objects.filter(meeting_id=meeting.pk).exclude(kind="meeting.opened").count() == 0


def test_recall_takes_the_text_and_every_quotation_of_it_from_those_who_had_it() -> None:
    world = make_world()
    one = summary(world, held(world))
    issue = issued(world, one)
    decision = decided(world, issue)
    with world.act("secretariat"):
        outcomes.release_outcome(outcome=decision)
        document = Document.objects.select_related("meeting__format").get()
    assert readers_of(world, Passage) == {"secretariat", *CODES}
    with world.act("secretariat"):
        releasing.recall_document(document=document, reason={"en": "An error"})
        with pytest.raises(Refusal, match="called off or recalled"):
            issuing.record_decision(
                issue=issue, texts={"en": Text("Another")}, quotation=Quotation("en", ("The chair thanks all.",))
            )
    assert readers_of(world, Passage) == {"secretariat"}
    with world.act("RS"):
        assert quoted_by([decision.pk], "en") == {}
        assert Outcome.objects.filter(pk=decision.pk).exists()


def test_only_a_text_that_is_ready_is_issued_and_a_refusal_writes_nothing() -> None:
    world = make_world()
    meeting = held(world)
    adoptable = summary(world, meeting, kind="adopted_text")
    decision = summary(world, meeting, kind="decision")
    bare = summary(world, meeting, body="")
    draft = summary(world, meeting, tr=Text("Özet", "Metin", Wording.Status.DRAFT))
    refused = [
        (adoptable, {}, "have not adopted", None),
        (decision, {}, "A chair's summary", None),
        (bare, {}, "a title and no text", "languages"),
        (draft, {"languages": ["en", "tr"]}, "is a draft", "languages"),
        (draft, {"languages": ["sq"]}, "no text yet", "languages"),
        (draft, {"languages": []}, "at least one language", "languages"),
        (draft, {"audience": "public"}, "to whom", "audience"),
        (draft, {"at": soon(-60)}, "in the past", "at"),
        (draft, {"papers": {"tr": Paper(BytesIO(b"x"), "x.pdf")}}, "nothing is issued", "file_tr"),
        (draft, {"papers": {"en": Paper(BytesIO(b"x"), "x.pdf")}}, "PDF", "file_en"),
    ]
    for outcome, more, said, field in refused:
        with pytest.raises(Refusal, match=said) as met:
            issued(world, outcome, **more)
        assert met.value.field == field
    with pytest.raises(Conflict, match="changed while you were reading"):
        issued(world, draft, seen=fingerprint({}))
    with world.act("secretariat"):
        assert (Issue.objects.count(), Document.objects.count()) == (0, 0)
        texts = texts_of([draft])[draft.pk]
    issued(world, draft, seen=fingerprint(texts))


def test_an_adopted_text_is_issued_and_a_file_stands_for_the_words_of_its_language() -> None:
    world = make_world()
    one = summary(world, held(world), kind="adopted_text", tr=Text("Metin", "Türkçesi"))
    with world.act("secretariat"):
        outcomes.release_outcome(outcome=one)
        outcomes.adopt_outcome(outcome=one)
    paper = Paper(BytesIO(smallest_pdf("signed")), "Signed.pdf")
    issue = issued(world, one, languages=["en", "tr"], papers={"tr": paper})
    with world.act("AL"):
        assert wordings.of([issue.document])[issue.document_id]["text"] == {"en": BODY}
        assert [row.language for row in issue.document.files.all()] == ["tr"]
    with world.act("secretariat"), pytest.raises(Refusal, match="or a file") as met:
        issuing.record_decision(issue=issue, texts={"en": Text("T")}, quotation=Quotation("tr", ("Türkçesi",)))
    assert met.value.field == "quote_1"


def test_an_issued_outcome_is_not_withdrawn() -> None:
    world = make_world()
    one = summary(world, held(world))
    issued(world, one, "parties", ("AL",))
    with world.act("secretariat"), pytest.raises(Refusal, match="What was issued stays"):
        outcomes.withdraw_outcome(outcome=one)


@pytest.mark.parametrize("who", [*CODES, "observer", "facilitator", "visitor"])
def test_only_the_secretariat_issues_and_records(who: str) -> None:
    world = make_world()
    meeting = held(world)
    one = summary(world, meeting)
    issue = issued(world, one)
    with world.act(who) as actor:
        for action in ("after.keep", "outcomes.issue"):
            assert not policy.decide(actor, action, meeting)
        with pytest.raises(NotAllowed):
            issuing.issue_outcome(outcome=one, languages=["en"], audience="format")
        with pytest.raises(NotAllowed):
            issuing.record_decision(issue=issue, texts={"en": Text("T")}, quotation=Quotation("en", (MAP,)))


# -- Recorded from it ------------------------------------------------------------------------------------------------------


def test_a_decision_keeps_text_version_words_and_session_and_they_are_read_with_the_text_alone() -> None:
    world = make_world()
    meeting = held(world)
    with world.act("secretariat"):
        session = Session.objects.create(
            meeting=meeting, kind="plenary", audience="secretariat", format_id=meeting.format_id
        )
        wordings.put(session, "title", {"en": "Plenary"})
    everybody, few = issued(world, summary(world, meeting)), issued(world, summary(world, meeting), "parties", ("AL",))
    shared, narrow = decided(world, everybody, session=session), decided(world, few, title="Other")
    assert readers_of(world, Passage) == {"secretariat"}
    with world.act("secretariat"):
        said = quoted_by([shared.pk], "en")[shared.pk]
        assert [(each.quote, str(each.title), each.number, str(each.session)) for each in said] == [
            (MAP, "Summary", 1, "Plenary")
        ]
        for decision in (shared, narrow):
            outcomes.release_outcome(outcome=decision)
        assert [str(each.card.title) for each in recorded_from([few], "en")[few.pk]] == ["Other"]
    with world.act("AL"):
        assert set(quoted_by([shared.pk, narrow.pk], "en")) == {shared.pk, narrow.pk}
    with world.act("RS"):
        found = quoted_by([shared.pk, narrow.pk], "en")
        # The session was not published, so nobody else learns of it.
        assert [(key, each.session) for key, quotes in found.items() for each in quotes] == [(shared.pk, None)]
        assert Outcome.objects.filter(kind="decision").count() == 2


def test_a_quotation_that_is_not_in_the_text_is_refused_and_nothing_is_written() -> None:
    world = make_world()
    meeting = held(world)
    issue = issued(world, summary(world, meeting))
    with world.act("secretariat"):
        foreign = Session.objects.create(
            meeting=make_meeting(world, "4"), kind="plenary", audience="secretariat", format_id=meeting.format_id
        )
        for quotes, session, said, field in (
            ((MAP, "The ministers agreed on two maps."), None, "letter by letter", "quote_2"),
            (("", " "), None, "Mark the passage", "quote_1"),
            (("x" * 4001,), None, "4,000 letters", "quote_1"),
            ((MAP,), foreign, "a session of this meeting", "session"),
        ):
            with pytest.raises(Refusal, match=said) as met:
                issuing.record_decision(
                    issue=issue, texts={"en": Text("T")}, quotation=Quotation("en", quotes, session)
                )
            assert met.value.field == field
        assert (Outcome.objects.filter(kind="decision").count(), Passage.objects.count()) == (0, 0)
        # The same words marked twice are one passage.
        issuing.record_decision(issue=issue, texts={"en": Text("T")}, quotation=Quotation("en", (MAP, f" {MAP}\r\n")))
        assert list(Passage.objects.values_list("start", "quote")) == [(BODY.index(MAP), MAP)]


# -- Attendance ------------------------------------------------------------------------------------------------------------


def test_a_delegation_confirms_its_own_part_and_the_secretariat_alone_reads_it() -> None:
    world = make_world()
    meeting = held(world)
    with world.act("AL"):
        row = attendance.confirm_own(meeting=meeting, present=True, level="minister")
        with pytest.raises(Conflict):
            attendance.confirm_own(meeting=meeting, present=False, seen_version=0)
        attendance.confirm_own(meeting=meeting, present=True, level="deputy_minister", seen_version=row.version)
        with pytest.raises(Refusal, match="at which level") as met:
            attendance.confirm_own(meeting=meeting, present=True)
        assert met.value.field == "level"
        with pytest.raises(NotAllowed):
            attendance.confirm_own(meeting=meeting, present=True, level="minister", party_id=world.parties["RS"].pk)
    assert readers_of(world, OwnAttendance) == {"secretariat", "AL"}
    with world.act("secretariat"):
        assert OwnAttendance.objects.get().level == "deputy_minister"
        with pytest.raises(NotAllowed):
            attendance.confirm_own(meeting=meeting, present=True, level="minister")
        with pytest.raises(Refusal, match="Only it can say it anew"):
            attendance.confirm_own(meeting=meeting, present=False, entry=entry_for(world, "AL"))


def test_the_secretariat_enters_a_confirmation_and_the_delegation_makes_it_its_own() -> None:
    world = make_world()
    meeting = held(world)
    with world.act("secretariat"):
        row = attendance.confirm_own(meeting=meeting, present=True, level="minister", entry=entry_for(world, "RS"))
        assert (row.owner_party_id, row.entry_id is not None) == (world.parties["RS"].pk, True)
        attendance.confirm_own(meeting=meeting, present=False, seen_version=1, entry=entry_for(world, "RS"))
    with world.act("RS"):
        row = attendance.confirm_own(meeting=meeting, present=True, level="experts", seen_version=2)
        assert (row.entry_id, row.level, row.version) == (None, "experts", 3)


@pytest.mark.parametrize("who", ["observer", "facilitator", "visitor"])
def test_who_does_not_sit_confirms_nothing(who: str) -> None:
    world = make_world()
    meeting = held(world)
    with world.act(who), pytest.raises(NotAllowed):
        attendance.confirm_own(meeting=meeting, present=True, level="minister")


def test_nothing_is_confirmed_before_the_meeting_was_opened() -> None:
    world = make_world()
    meeting = make_meeting(world, status="convened")
    with world.act("AL") as actor:
        with pytest.raises(NotAllowed, match="was not opened yet"):
            attendance.confirm_own(meeting=meeting, present=True, level="minister")
        assert to_confirm(actor, "en") == []
    with world.act("secretariat"):
        Meeting.objects.filter(pk=meeting.pk).update(status="under_way", begins_at=soon(-60))
        meeting.refresh_from_db()
    with world.act("AL") as actor:
        assert [row.slug for row in to_confirm(actor, "en")] == ["3"]
        attendance.confirm_own(meeting=meeting, present=False)
        assert to_confirm(actor, "en") == []


# -- What is left ----------------------------------------------------------------------------------------------------------


def test_a_meeting_was_held_once_it_was_opened_or_its_day_came_and_never_where_it_was_called_off() -> None:
    for status, days, answer in (
        ("convened", -1, True), ("convened", 0, True), ("convened", 2, False), ("proposed", 2, False),
        ("under_way", 2, True), ("closed", 2, True), ("cancelled", -1, False),
    ):  # fmt: skip
        from datetime import timedelta

        from django.utils import timezone

        now = timezone.now()
        day = (now + timedelta(days=days)).date()
        assert was_held(Meeting(status=status, day=day, zone="UTC"), now) is answer, (status, days)


def test_the_next_meeting_is_the_convened_one_else_what_the_cadence_proposes() -> None:
    world = make_world()
    meeting = held(world, ordinal=3)
    with world.act("secretariat"):
        found = next_meeting(meeting, "en")
        assert found.convened is None and found.proposal is not None and found.last is not None
        assert (str(found.proposal.day), found.months, found.last.slug) == ("2027-07-23", 6, "3")
        later = make_meeting(world, "4")
        Meeting.objects.filter(pk=later.pk).update(day="2027-07-20")
        found = next_meeting(meeting, "en")
        assert found.convened is not None and (found.convened.slug, found.proposal) == ("4", None)
        Meeting.objects.filter(pk=later.pk).update(status="cancelled")
        assert next_meeting(meeting, "en").convened is None
