"""What observers and everyone are told of a meeting: that it takes place, and its adopted agenda. Nothing else, and at once."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from sofra.kernel.models import Change, Wording
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.kernel.search import find
from sofra.meetings.commands import agenda, chairing, outcomes, publicity
from sofra.meetings.commands.convening import Details, When, cancel, change_meeting, convene
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import AgendaItem, AgendaPublication, Announcement, Meeting, Task
from sofra.meetings.queries.convening import all_meetings, get_meeting
from sofra.meetings.queries.publicity import ahead, latest_outcomes, published_agenda
from tests.meetings.agenda_world import soon
from tests.support.world import CODES, World, make_world

pytestmark = pytest.mark.usefixtures("house")
OUTSIDE = ("visitor", "facilitator", "observer")


def a_meeting(world: World) -> Meeting:
    with world.act("secretariat"):
        return convene(
            world.format,
            When(datetime.now(UTC) + timedelta(days=40), "Europe/Istanbul"),
            Details(
                titles={"en": "Third meeting", "tr": "Üçüncü toplantı"},
                cities={"en": "Istanbul"},
                notes={"en": "Bring the drafts"},
            ),
        )


def announced(world: World, to: str = "public", at: datetime | None = None) -> tuple[Meeting, Announcement]:
    meeting = a_meeting(world)
    with world.act("secretariat"):
        return meeting, publicity.announce_meeting(meeting=meeting, to=to, at=at)


def wait_for(instant: datetime) -> None:
    time.sleep(max(0.0, (instant - datetime.now(UTC)).total_seconds()) + 0.02)


def knows(world: World, who: str) -> bool:
    """Whether somebody knows of the meeting, by every way there is to know of it."""
    with world.act(who):
        ways = {
            Meeting.objects.exists(),
            bool(all_meetings("en")),
            get_meeting(world.format.slug, "1", "en") is not None,
            bool(ahead("en")),
            bool(find("third", "en")),
            Meeting.objects.count() == 1,
        }
        assert len(ways) == 1, ways
        return ways.pop()


def test_a_convened_meeting_is_not_there_for_anybody_but_the_members_until_it_is_announced() -> None:
    world = make_world()
    a_meeting(world)
    assert [who for who in (*OUTSIDE, *CODES) if knows(world, who)] == list(CODES)


@pytest.mark.parametrize(("to", "told"), [("observers", {"observer"}), ("public", set(OUTSIDE))])
def test_who_is_told_reads_date_place_and_level_and_neither_note_nor_tasks_nor_items(to: str, told: set[str]) -> None:
    world = make_world()
    meeting, _row = announced(world, to)
    with world.act("AL"):
        agenda.submit_item(item=agenda.propose(meeting=meeting, title={"en": "Youth"}, note={"en": "Ask"}))
    assert {who for who in OUTSIDE if knows(world, who)} == told
    for who in told:
        with world.act(who):
            seen = get_meeting(world.format.slug, "1", "tr")
            assert seen is not None
            assert {name: str(text) for name, text in seen.worded.items()} == {  # type: ignore[attr-defined]
                "title": "Üçüncü toplantı",
                "city": "Istanbul",
            }
            assert (seen.day, seen.level) == (meeting.day, meeting.level)
            assert (Task.objects.count(), AgendaItem.objects.count()) == (0, 0)
            assert not Wording.objects.filter(text__contains="Bring the drafts").exists()
            assert find("drafts", "en") == []
    with world.act("AL"):
        assert len(find("third", "en")) == 1


def test_an_announcement_is_read_by_all_at_one_instant() -> None:
    world = make_world()
    meeting = a_meeting(world)
    with world.act("secretariat"):
        with pytest.raises(Refusal) as refused:
            publicity.announce_meeting(meeting=meeting, to="public", at=soon(-60))
        assert refused.value.field == "at"
        row = publicity.announce_meeting(meeting=meeting, to="public", at=soon(4))
    assert not any(knows(world, who) for who in OUTSIDE)
    with world.act("observer"):
        assert not Change.objects.filter(kind="meeting.announced").exists()
    wait_for(row.readable_from)
    assert all(knows(world, who) for who in OUTSIDE)
    with world.act("observer"):
        assert Change.objects.filter(kind="meeting.announced").count() == 1


def test_withdrawn_it_is_not_there_any_more_and_leaves_no_trace() -> None:
    world = make_world()
    _meeting, row = announced(world)
    with world.act("secretariat"):
        publicity.withdraw_announcement(announcement=row)
        with pytest.raises(Refusal, match="withdrawn already"):
            publicity.withdraw_announcement(announcement=row)
    assert not any(knows(world, who) for who in OUTSIDE)
    for who in OUTSIDE:
        with world.act(who):
            assert not Change.objects.exists()
            assert not Wording.objects.exclude(field__in=("name", "purpose")).filter(text__contains="hird").exists()
    with world.act("AL"):
        assert knows(world, "AL")
        assert Change.objects.filter(kind="meeting.unannounced").count() == 1


def test_what_is_announced_follows_the_meeting() -> None:
    world = make_world()
    meeting, _row = announced(world)
    with world.act("secretariat"):
        meeting.refresh_from_db()
        change_meeting(
            meeting, Details(titles={"en": "Meeting of Istanbul", "tr": ""}, cities={"en": ""}),
            seen_version=meeting.version,
        )  # fmt: skip
    with world.act("visitor"):
        seen = get_meeting(world.format.slug, "1", "tr")
        assert {name: str(text) for name, text in seen.worded.items()} == {"title": "Meeting of Istanbul"}  # type: ignore[union-attr]
        assert (find("üçüncü", "tr"), len(find("istanbul", "en"))) == ([], 1)
    with world.act("secretariat"):
        meeting.refresh_from_db()
        cancel(meeting, reason="Snow", sentences={}, seen_version=meeting.version)
    with world.act("visitor"):
        assert Meeting.objects.get().status == "cancelled"
        assert not any("Snow" in str(row.details) for row in Change.objects.all())


def test_only_the_secretariat_announces_and_only_what_can_be_announced() -> None:
    world = make_world()
    meeting = a_meeting(world)
    for who in (*OUTSIDE, *CODES):
        with world.act(who), pytest.raises(NotAllowed):
            publicity.announce_meeting(meeting=meeting, to="public")
    with world.act("secretariat"):
        with pytest.raises(Refusal) as refused:
            publicity.announce_meeting(meeting=meeting, to="press")
        assert refused.value.field == "to"
        publicity.announce_meeting(meeting=meeting, to="public")
        for to in ("public", "observers"):
            with pytest.raises(Refusal):
                publicity.announce_meeting(meeting=meeting, to=to)
        proposed = Meeting.objects.create(
            format=world.format, slug="x", day=meeting.day, zone="Europe/Istanbul", audience="format"
        )
        with pytest.raises(Refusal, match="Convene it first"):
            publicity.announce_meeting(meeting=proposed, to="public")
        world.format.audience = "format"
        world.format.save()
        other = a_meeting(world)
        with pytest.raises(Refusal, match="know of the format"):
            publicity.announce_meeting(meeting=other, to="public")


def test_a_meeting_known_by_a_published_outcome_is_not_hidden_again() -> None:
    world = make_world()
    meeting, row = announced(world)
    with world.act("secretariat"):
        made = outcomes.draft_outcome(meeting=meeting, kind="press_statement", texts={"en": Text("Statement")})
        assert latest_outcomes("en") == []
        outcomes.release_outcome(outcome=made)
        outcomes.publish_outcome(outcome=made)
        with pytest.raises(Refusal, match="everyone knows of the meeting"):
            publicity.withdraw_announcement(announcement=row)
    with world.act("visitor"):
        assert [(str(one.worded["title"]), str(one.meeting.worded["title"])) for one in latest_outcomes("en")] == [  # type: ignore[attr-defined]
            ("Statement", "Third meeting")
        ]
        assert len(find("third", "en")) == 1


def with_agenda(world: World, meeting: Meeting) -> int:
    with world.act("AL"):
        item = agenda.submit_item(
            item=agenda.propose(meeting=meeting, title={"en": "Youth", "tr": "Gençlik"}, note={"en": "Private note"})
        )
    with world.act("RS"):
        agenda.object_to_item(item=item, reason={"en": "Private reason"})
        agenda.take_back(kind="lift", subject=agenda.subject_of_item(item))
    with world.act("BA"):
        agenda.submit_item(item=agenda.propose(meeting=meeting, title={"tr": "Ulaştırma"}))
    with world.act("secretariat"):
        return chairing.adopt_by_consensus(meeting=meeting).number


def test_an_adopted_agenda_is_published_as_its_titles_and_nothing_else() -> None:
    world = make_world()
    meeting, _row = announced(world, "observers")
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Only an adopted agenda"):
            publicity.publish_agenda(meeting=meeting, to="observers", number=1)
    number = with_agenda(world, meeting)
    for who in (*OUTSIDE, *CODES):
        with world.act(who), pytest.raises(NotAllowed):
            publicity.publish_agenda(meeting=meeting, to="observers", number=number)
    with world.act("secretariat"):
        with pytest.raises(Conflict):
            publicity.publish_agenda(meeting=meeting, to="observers", number=number + 1)
        with pytest.raises(Refusal, match="Announce it to them first"):
            publicity.publish_agenda(meeting=meeting, to="public", number=number)
        publicity.publish_agenda(meeting=meeting, to="observers", number=number)
        with pytest.raises(Refusal, match="published to them already"):
            publicity.publish_agenda(meeting=meeting, to="observers", number=number)
    with world.act("visitor"):
        assert AgendaPublication.objects.count() == 0
    with world.act("observer"):
        row, titles = published_agenda(meeting, "tr")  # type: ignore[misc]
        assert [(str(each), each.language) for each in titles] == [("Gençlik", "tr"), ("Ulaştırma", "tr")]
        assert row.content == {"lines": [{"title": {"en": "Youth", "tr": "Gençlik"}}, {"title": {"tr": "Ulaştırma"}}]}
        assert [found.url.endswith("/agenda/") for found in find("gençlik", "tr")] == [True]
        assert find("private", "en") == []


def test_the_agenda_is_withdrawn_before_the_meeting_is() -> None:
    world = make_world()
    meeting, told = announced(world)
    number = with_agenda(world, meeting)
    with world.act("secretariat"):
        row = publicity.publish_agenda(meeting=meeting, to="public", number=number)
        with pytest.raises(Refusal, match="Withdraw the agenda first"):
            publicity.withdraw_announcement(announcement=told)
        publicity.withdraw_agenda(publication=row)
        with pytest.raises(Refusal):
            publicity.withdraw_agenda(publication=row)
        publicity.withdraw_announcement(announcement=told)
    with world.act("visitor"):
        assert (AgendaPublication.objects.count(), find("youth", "en"), Meeting.objects.count()) == (0, [], 0)


def test_an_agenda_can_be_set_for_an_instant_not_before_the_meeting_is_known() -> None:
    world = make_world()
    meeting = a_meeting(world)
    number = with_agenda(world, meeting)
    with world.act("secretariat"):
        told = publicity.announce_meeting(meeting=meeting, to="public", at=soon(3))
        with pytest.raises(Refusal, match="Announce it to them first"):
            publicity.publish_agenda(meeting=meeting, to="public", number=number)
        publicity.publish_agenda(meeting=meeting, to="public", number=number, at=told.readable_from)
    with world.act("visitor"):
        assert AgendaPublication.objects.count() == 0
    wait_for(told.readable_from)
    with world.act("visitor"):
        assert published_agenda(meeting, "en") is not None
