"""Media advisories: nobody but the secretariat knows of one before its instant; after it nothing is silently taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sofra.kernel import acting
from sofra.kernel.commands import database_now
from sofra.kernel.models import AuditPayload, Change, SearchDocument, Wording
from sofra.kernel.policy import decide
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.kernel.search import find
from sofra.lexicon.models import PartyWording
from sofra.meetings.commands import press, press_issuing, publicity
from sofra.meetings.models import Meeting, PressIssue, PressPiece
from sofra.meetings.press_letters import standing, write
from sofra.meetings.queries.press import get_piece, told_of
from tests.lexicon.profile_world import cited
from tests.meetings.agenda_world import make_meeting, soon, wait_until
from tests.meetings.press_world import BODY, TITLE, piece, press_meeting, seen
from tests.meetings.test_publicity import a_meeting
from tests.support.world import CODES, World, make_world

pytestmark = pytest.mark.usefixtures("house")
OUTSIDE = ("visitor", "facilitator", "observer", *CODES)


def knows(world: World, who: str, meeting: Meeting) -> bool:
    """Whether somebody knows of press material, by every way there is to know of it."""
    with world.act(who):
        ways = {
            PressIssue.objects.exists(),
            bool(told_of(meeting, "en")),
            Change.objects.filter(kind__startswith="press").exists(),
            bool(find("briefing", "en")),
            SearchDocument.objects.filter(kind="press").exists(),
        }
        assert len(ways) == 1, (who, ways)
        return ways.pop()


def test_until_its_instant_nobody_but_the_secretariat_can_know_of_it_and_then_everybody_does() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = piece(world, meeting)
    assert not any(knows(world, who, meeting) for who in OUTSIDE)
    with world.act("secretariat"):
        issue = press_issuing.issue_piece(piece=row, to="public", at=soon(3))
        assert told_of(meeting, "en") == []
    assert not any(knows(world, who, meeting) for who in OUTSIDE)
    wait_until(issue.readable_from)
    assert all(knows(world, who, meeting) for who in OUTSIDE)
    with world.act("visitor"):
        (told,) = told_of(meeting, "tr")
        assert told.contents == [
            ("tr", {"title": TITLE["tr"], "body": BODY["tr"]}),
            ("en", {"title": TITLE["en"], "body": BODY["en"]}),
        ]
        assert not PressPiece.objects.exists()
        assert not Wording.objects.filter(subject_id=row.pk).exists()


def test_an_embargo_is_moved_or_called_off_before_it_has_passed_and_nobody_learns_of_it() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = piece(world, meeting)
    with world.act("secretariat"):
        issue = press_issuing.issue_piece(piece=row, to="public", at=soon(600))
        press_issuing.move_issue(issue=issue, at=soon(1200))
        assert issue.readable_from > database_now() + timedelta(seconds=1000)
        press_issuing.call_off_issue(issue=issue)
        with pytest.raises(Refusal, match="called off or withdrawn already"):
            press_issuing.call_off_issue(issue=issue)
        again = get_piece(meeting, row.pk, "en")
        assert again is not None and again.state == "draft"  # type: ignore[attr-defined]
        kinds = list(Change.objects.filter(kind__startswith="press").values_list("kind", flat=True))
        assert sorted(kinds) == ["press.called_off", "press.drafted", "press.moved", "press.scheduled"]
    assert not any(knows(world, who, meeting) for who in OUTSIDE)
    for who in OUTSIDE:
        with world.act(who):
            assert not AuditPayload.objects.filter(body__contains="press.").exists()


def test_what_is_public_is_corrected_by_a_next_version_or_withdrawn_and_never_goes_silently() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = piece(world, meeting)
    with world.act("secretariat"):
        issue = press_issuing.issue_piece(piece=row, to="public")
        for act in (press_issuing.call_off_issue, lambda issue: press_issuing.move_issue(issue=issue, at=soon(9))):
            with pytest.raises(Refusal, match="It is issued"):
                act(issue=issue)
        with pytest.raises(Refusal, match="no draft any more"):
            press.edit_piece(piece=row, seen_version=None, title={"en": "Other"}, body={"en": "Other"})
        second = press.draft_piece(
            meeting=meeting, kind="advisory", after=row, title={"en": "Later"}, body={"en": "At five."}
        )
        with pytest.raises(Refusal, match="being written already"):
            press.draft_piece(meeting=meeting, kind="advisory", after=row, title={"en": "X"}, body={"en": "X"})
        newer = press_issuing.issue_piece(piece=second, to="public")
    with world.act("visitor"):
        (told,) = told_of(meeting, "en")
        assert (told.issue.pk, [each.pk for each in told.earlier]) == (newer.pk, [issue.pk])
        assert (told.missing, told_of(meeting, "tr")[0].missing) == (False, True)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Say why"):
            press_issuing.withdraw_issue(issue=newer, reason={"en": " "})
        gone = press_issuing.withdraw_issue(issue=newer, reason={"en": "The hour is not known yet"})
        assert {each.pk for each in gone} == {issue.pk, newer.pk}
    with world.act("visitor"):
        (told,) = told_of(meeting, "en")
        assert told.withdrawn and str(told.issue.worded["reason"]) == "The hour is not known yet"  # type: ignore[attr-defined]
        assert told.contents == [("en", {"title": "Later"})]
        assert find("briefing", "en") == find("five", "en") == []
        assert "half past four" not in str(list(PressIssue.objects.values_list("content", flat=True)))
    with world.act("secretariat"):
        assert seen(world, "secretariat", meeting, row).worded["body"].text == BODY["en"]


def test_an_advisory_waits_until_everybody_knows_of_the_meeting_and_keeps_the_announcement() -> None:
    world = make_world()
    meeting = a_meeting(world)
    row = piece(world, meeting)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Not everyone knows of the meeting by then") as refused:
            press_issuing.issue_piece(piece=row, to="public", at=soon(600))
        assert refused.value.field == "at"
        told = publicity.announce_meeting(meeting=meeting, to="public", at=soon(300))
        issue = press_issuing.issue_piece(piece=row, to="public", at=soon(600))
        with pytest.raises(Refusal, match="Not everyone knows"):
            press_issuing.move_issue(issue=issue, at=None)
        with pytest.raises(Refusal, match="Something for the press is public or set to be"):
            publicity.withdraw_announcement(announcement=told)
        press_issuing.call_off_issue(issue=issue)
        publicity.withdraw_announcement(announcement=told)


def test_what_names_a_party_needs_a_profile_and_one_that_names_parties() -> None:
    world = make_world()
    meeting = press_meeting(world, profile=False)
    with acting.acting_as_house():
        PartyWording.objects.create(
            party=world.parties["AL"], language="en", form="Alfaland", use="record", order=1, sources=["x"]
        )
    row = piece(world, meeting, body={"en": "The minister of Alfaland speaks."}, title={"en": "Briefing"})
    with world.act("secretariat"), pytest.raises(Refusal, match="No designation profile is in force"):
        press_issuing.issue_piece(piece=row, to="public")
    cited(world)
    with world.act("secretariat"):
        assert press_issuing.issue_piece(piece=row, to="public").pk


@pytest.mark.parametrize(
    ("said", "sentence", "field"),
    [
        ({"title": {"en": ""}, "body": {}}, "Write a title in at least one language.", "title"),
        ({"title": {"en": "A"}, "body": {"en": ""}}, "Write the text in this language too.", "body_en"),
        (
            {"title": {"en": "A", "tr": ""}, "body": {"en": "B", "tr": "C"}},
            "Write a title in this language too.",
            "title_tr",
        ),
        ({"title": {"en": "A" * 301}, "body": {"en": "B"}}, "The text is too long", "body_en"),
    ],
)
def test_a_draft_with_bad_words_is_refused_beside_its_field(
    said: dict[str, dict[str, str]], sentence: str, field: str
) -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"), pytest.raises(Refusal, match=sentence) as refused:
        press.draft_piece(meeting=meeting, kind="advisory", **said)
    assert refused.value.field == field


def test_a_second_writer_sees_the_first_and_an_instant_past_is_refused() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = piece(world, meeting)
    with world.act("secretariat"):
        old = row.version
        press.edit_piece(piece=row, seen_version=old, title={"en": "One"}, body={"en": "One"})
        with pytest.raises(Conflict):
            press.edit_piece(piece=row, seen_version=old, title={"en": "Two"}, body={"en": "Two"})
        with pytest.raises(Refusal, match="lies in the past"):
            press_issuing.issue_piece(piece=row, to="public", at=soon(-1))
        with pytest.raises(Refusal, match="Choose to whom"):
            press_issuing.issue_piece(piece=row, to="format")
        press.drop_piece(piece=row)
        with pytest.raises(Refusal, match="given up"):
            press_issuing.issue_piece(piece=row, to="public")


def test_the_letter_has_the_embargo_on_top_by_both_clocks_and_bears_the_mark_of_an_exercise() -> None:
    world = make_world()
    meeting = press_meeting(world, exercise=True)
    row = piece(world, meeting)
    with world.act("secretariat"):
        assert standing(get_piece(meeting, row.pk, "en")) is None
        issue = press_issuing.issue_piece(piece=row, to="public", at=soon(600))
        mail = write(issue, "en", "eml").decode()
        assert write(issue, "tr", "pdf").startswith(b"%PDF")
        assert write(issue, "en", "docx").startswith(b"PK")
    body = mail.split("\n\n", 1)[1]
    assert body.startswith("Exercise: positions invented\n\nEmbargo until: ")
    assert "UTC)" in body.split("\n\n")[1]
    assert BODY["en"] in body


@pytest.mark.parametrize("action", ["press.write", "press.media"])
def test_only_the_secretariat_keeps_the_press_desk(action: str) -> None:
    world = make_world()
    meeting = make_meeting(world)
    may = []
    for who in ("secretariat", *OUTSIDE):
        with world.act(who) as actor:
            if decide(actor, action, meeting):
                may.append(who)
    assert may == ["secretariat"]
    with world.act("AL"), pytest.raises(NotAllowed):
        press.draft_piece(meeting=meeting, kind="advisory", title=TITLE, body=BODY)
