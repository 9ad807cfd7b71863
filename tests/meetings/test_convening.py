"""Convening, moving, calling off; tasks and who may say that they are done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel.engine.samples import smallest_pdf
from sofra.kernel.models import Change, Entry, SearchDocument
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import convening, cycle
from sofra.meetings.commands.convening import Details, When
from sofra.meetings.models import CycleTask, Meeting, Task, TaskMark, TaskOwner
from sofra.meetings.queries.convening import cycle_standing, get_meeting, tasks_of, waiting_tasks
from sofra.parties.commands.holidays import keep_holiday
from tests.meetings.convening_world import ZONE, convened, past_meetings
from tests.support.clients import client_of
from tests.support.world import World, make_world

SENTENCES = {"en": "The secretariat moves it.", "tr": "Sekretarya erteler."}


@pytest.fixture
def world(house: None) -> World:
    world = make_world()
    past_meetings(world)
    return world


def _first(world: World, meeting: Meeting, owner: str) -> Task:
    with world.act("secretariat"):
        return Task.objects.filter(meeting=meeting, owner=owner).order_by("due_at")[0]


def test_a_meeting_takes_the_next_number_and_the_steps_of_its_kind(world: World) -> None:
    meeting = convened(world, datetime(2031, 5, 20, 7, 0, tzinfo=UTC))
    assert (meeting.slug, meeting.ordinal, meeting.day) == ("3", 3, date(2031, 5, 20))
    with world.act("RS"):
        tasks = tasks_of(get_meeting("platform", "3", "en"), world_actor(world, "RS"), "en")
        first = tasks[0]
        assert str(first.worded["title"]) == "Circulate the convocation"
        assert first.due_at == datetime(2031, 3, 21, 9, 0, tzinfo=UTC)
        assert [task.mine for task in tasks] == [task.owner == TaskOwner.EACH_PARTY for task in tasks]
        assert SearchDocument.objects.filter(subject_id=meeting.pk).count() == 2


def world_actor(world: World, who: str):  # type: ignore[no-untyped-def]
    with world.act(who) as actor:
        return actor


def test_a_preparatory_meeting_hands_up_to_an_open_meeting_only(world: World) -> None:
    parent = convened(world)
    child = convened(world, kind="preparatory", prepares=parent)
    assert (child.slug, child.prepares_id) == ("3-preparatory", parent.pk)
    with pytest.raises(Refusal, match="Choose the meeting it prepares"):
        convened(world, kind="preparatory")
    with pytest.raises(Refusal, match="Only a preparatory meeting"):
        convened(world, prepares=parent)
    with world.act("secretariat"):
        past = Meeting.objects.get(slug="2")
    with pytest.raises(Refusal, match="That meeting is over"):
        convened(world, kind="preparatory", prepares=past)


def test_at_short_notice_passed_tasks_say_so_and_what_to_do(world: World) -> None:
    meeting = convened(world, datetime.now(UTC) + timedelta(hours=30), kind="extraordinary")
    with world.act("secretariat") as actor:
        tasks = tasks_of(get_meeting("platform", meeting.slug, "en"), actor, "en")
        assert [task.passed for task in tasks] == [True, True, True, False, False]
        assert str(tasks[0].worded["remedy"]) == "Circulate it now and call each delegation."
    page = client_of(world, "secretariat").get(f"/en/meetings/platform/{meeting.slug}/").content.decode()
    assert "Circulate it now and call each delegation." in page
    assert "Time has passed" in page


def test_a_holiday_in_a_capital_is_warned_of_with_party_and_name(world: World) -> None:
    with world.act("secretariat"):
        holiday = keep_holiday(party=world.parties["RS"], day=date(2031, 3, 21), names={"en": "Day of the test"})
    meeting = convened(world, datetime(2031, 5, 20, 7, 0, tzinfo=UTC))
    with world.act("secretariat") as actor:
        tasks = tasks_of(get_meeting("platform", meeting.slug, "en"), actor, "en")
        found = tasks[0].shut.holidays
        assert [(str(name), parties) for name, parties in found] == [("Day of the test", [world.parties["RS"]])]
        assert not any(task.shut for task in tasks[1:])
        from sofra.parties.commands.holidays import withdraw_holiday

        withdraw_holiday(holiday, seen_version=1)
        assert not any(task.shut for task in tasks_of(meeting, actor, "en"))


def test_the_second_writer_sees_both_versions_and_loses_nothing(world: World) -> None:
    meeting = convened(world)
    client = client_of(world, "secretariat")
    url = f"/en/meetings/platform/{meeting.slug}/change/"
    form = {"version": "1", "title_en": "Mine", "level": "minister", "working_languages": ["en"]}
    with world.act("secretariat"):
        convening.change_meeting(meeting, Details(titles={"en": "Theirs"}), seen_version=1)
    page = client.post(url, form)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Theirs" in text
    assert "Mine" in text
    assert 'name="version" value="2"' in text
    again = client.post(url, {**form, "version": "2"})
    assert again.status_code == 303
    with world.act("secretariat"):
        assert str(get_meeting("platform", meeting.slug, "en").worded["title"]) == "Mine"


def test_a_new_date_takes_the_open_tasks_along_and_leaves_those_set_by_hand_or_done(world: World) -> None:
    meeting = convened(world, datetime(2031, 5, 20, 7, 0, tzinfo=UTC))
    with world.act("secretariat"):
        tasks = list(Task.objects.filter(meeting=meeting).order_by("due_at"))
        cycle.mark_task(tasks[0], done=True)
        by_hand = datetime(2031, 4, 1, 9, 0, tzinfo=UTC)
        cycle.keep_task(
            meeting, due_at=by_hand, owner="each_party", titles={"en": "By hand"}, remedies={}, task=tasks[1], seen_version=1
        )  # fmt: skip
        before = tasks[2].due_at
        moved = When(datetime(2031, 5, 27, 7, 0, tzinfo=UTC), ZONE)
        convening.postpone(meeting, moved, reason="", sentences=SENTENCES, seen_version=1)
        after = {task.pk: task.due_at for task in Task.objects.filter(meeting=meeting)}
        assert after[tasks[0].pk] == tasks[0].due_at
        assert after[tasks[1].pk] == by_hand
        assert after[tasks[2].pk] - before == timedelta(days=7)
        change = Change.objects.get(kind="meeting.postponed")
        assert change.details["sentence"] == SENTENCES
        with pytest.raises(Conflict):
            convening.postpone(meeting, moved, reason="", sentences=SENTENCES, seen_version=1)


def test_calling_off_shows_its_sentence_first_and_records_it(world: World) -> None:
    meeting = convened(world, datetime(2031, 5, 20, 7, 0, tzinfo=UTC))
    client = client_of(world, "secretariat")
    url = f"/en/meetings/platform/{meeting.slug}/cancel/"
    bare = client.post(url, {"version": "1", "reason": ""})
    assert bare.status_code == 422
    assert "Say why; the members read it." in bare.content.decode()
    shown = client.post(url, {"version": "1", "reason": "The host withdrew."})
    assert "The secretariat calls off “Third meeting”, planned for 20 May 2031." in shown.content.decode()
    with world.act("secretariat"):
        assert Meeting.objects.get(pk=meeting.pk).status == "convened"
    sent = client.post(url, {"version": "1", "reason": "The host withdrew.", "sentence": shown.context["sentence"]})
    assert sent.status_code == 303
    with world.act("RS"):
        assert Meeting.objects.get(pk=meeting.pk).status == "cancelled"
        said = Change.objects.get(kind="meeting.cancelled").details["sentence"]["en"]
        assert said == (
            "The secretariat calls off “Third meeting”, planned for 20 May 2031. Reason given: The host withdrew."
        )
    with world.act("secretariat"), pytest.raises(Refusal, match="The meeting is over"):
        convening.cancel(meeting, reason="x", sentences={}, seen_version=2)


def test_the_secretariats_task_is_marked_by_the_secretariat_alone(world: World) -> None:
    meeting = convened(world)
    task = _first(world, meeting, TaskOwner.SECRETARIAT)
    for who in ("RS", "observer", "facilitator"):
        with world.act(who), pytest.raises(NotAllowed):
            cycle.mark_task(task, done=True, party_id=world.parties["RS"].pk)
    with world.act("secretariat"):
        cycle.mark_task(task, done=True)
        cycle.mark_task(task, done=False)
        assert [mark.done for mark in TaskMark.objects.filter(task=task)] == [False]


def test_a_delegation_marks_its_own_part_and_no_other_delegation_sees_it(world: World) -> None:
    meeting = convened(world)
    task = _first(world, meeting, TaskOwner.EACH_PARTY)
    with world.act("RS"):
        cycle.mark_task(task, done=True, party_id=world.parties["RS"].pk)
        with pytest.raises(NotAllowed):
            cycle.mark_task(task, done=True, party_id=world.parties["AL"].pk)
    for who, seen in (("RS", 1), ("secretariat", 1), ("AL", 0), ("observer", 0), ("visitor", 0)):
        with world.act(who):
            assert TaskMark.objects.filter(task=task).count() == seen, who


def test_the_secretariat_enters_a_delegations_part_from_a_note_and_the_delegation_corrects_it(world: World) -> None:
    meeting = convened(world)
    task = _first(world, meeting, TaskOwner.EACH_PARTY)
    url = f"/en/meetings/platform/{meeting.slug}/tasks/{task.pk}/done/"
    client = client_of(world, "secretariat")
    party = world.parties["AL"]
    form = {
        "done": "yes",
        "entering-for_party": str(party.pk),
        "entering-channel": "note",
        "entering-received_at": "2026-01-05T09:30",
        "entering-reference": "NV 14/2026",
    }
    for wrong, sentence in (
        ({"entering-received_at": ""}, "Say when it was received."),
        ({"entering-received_at": "2049-01-05T09:30"}, "The instant of receipt lies in the future."),
        ({"entering-for_party": ""}, "Say for which delegation this is entered."),
        ({"entering-document": SimpleUploadedFile("note.pdf", b"GIF89a")}, "The file is neither PDF nor DOCX"),
    ):
        page = client.post(url, {**form, **wrong})
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert "NV 14/2026" in page.content.decode()
    with world.act("secretariat"):
        assert Entry.objects.count() == 0
    sent = client.post(url, {**form, "entering-document": SimpleUploadedFile("note.pdf", smallest_pdf("x"))})
    assert sent.status_code == 303, sent.content.decode()
    with world.act("AL"):
        mark = TaskMark.objects.get(task=task)
        assert (mark.done, mark.entry.reference, mark.owner_party_id) == (True, "NV 14/2026", party.pk)
        assert mark.entry.received_at == datetime(2026, 1, 5, 6, 30, tzinfo=UTC)
        assert mark.entry.document.name == "note.pdf"
        document = mark.entry.document_id
        cycle.mark_task(task, done=False, party_id=party.pk)
        assert TaskMark.objects.get(task=task).entry_id is None
    assert client_of(world, "AL").get(f"/en/files/{document}/").content == smallest_pdf("x")
    assert client_of(world, "RS").get(f"/en/files/{document}/").status_code == 404


def test_a_template_step_changes_meetings_to_come_and_no_meeting_before(world: World) -> None:
    meeting = convened(world)
    with world.act("secretariat"):
        step = CycleTask.objects.filter(format=world.format, kind="ordinary").order_by("days")[0]
        cycle.keep_step(
            world.format, kind="ordinary", owner="secretariat", titles={"en": "Sooner"}, remedies={}, days=-90,
            at=step.at, step=step, seen_version=1,
        )  # fmt: skip
        with pytest.raises(Conflict):
            cycle.retire_step(step, seen_version=1)
        with pytest.raises(Refusal, match="Give days with a clock time, or hours"):
            cycle.keep_step(world.format, kind="ordinary", owner="secretariat", titles={"en": "x"}, remedies={}, days=1)
        assert (
            Task.objects.get(meeting=meeting, step=step).due_at.date() > (datetime.now(UTC) + timedelta(days=30)).date()
        )
    fourth = convened(world, datetime(2031, 5, 20, 7, 0, tzinfo=UTC))
    with world.act("secretariat"):
        assert Task.objects.get(meeting=fourth, step=step).due_at == datetime(2031, 2, 19, 9, 0, tzinfo=UTC)
    with world.act("RS"), pytest.raises(NotAllowed):
        cycle.keep_step(world.format, kind="ordinary", owner="secretariat", titles={"en": "x"}, remedies={}, hours=1)


def test_what_is_due_stands_on_the_desk_of_its_owner(world: World) -> None:
    meeting = convened(world, datetime.now(UTC) + timedelta(days=50))
    with world.act("RS") as actor:
        assert [str(task.worded["title"]) for task in waiting_tasks(actor, "en")] == [
            "Propose agenda items",
            "Name the delegation",
        ]
        task = waiting_tasks(actor, "en")[0]
        cycle.mark_task(task, done=True, party_id=actor.party_id)
        assert [str(task.worded["title"]) for task in waiting_tasks(actor, "en")] == ["Name the delegation"]
    with world.act("secretariat") as actor:
        standing = cycle_standing(actor, "en")
        assert [(each.meeting.pk, each.done, each.late, each.ahead) for each in standing] == [(meeting.pk, 0, 1, 9)]


@pytest.mark.parametrize("url", ["/en/meetings/", "/en/meetings/platform/", "/en/formats/platform/"])
def test_lists_ask_the_database_the_same_number_of_questions_for_one_meeting_and_for_three(
    world: World, url: str
) -> None:
    client = client_of(world, "RS")
    counts = []
    convened(world)
    client.get(url)
    for more in (0, 2):
        for _ in range(more):
            convened(world)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] == QUERIES[url]


QUERIES = {"/en/meetings/": 11, "/en/meetings/platform/": 13, "/en/formats/platform/": 17}


def test_the_rehearsal_is_convened_once_and_says_that_it_is_one(world: World) -> None:
    from sofra.meetings.demonstration import make_rehearsal

    first = make_rehearsal("platform")
    second = make_rehearsal("platform")
    assert first is not None
    assert second is not None
    assert first.pk == second.pk
    assert (first.exercise, first.ordinal, first.day.weekday() < 5) == (True, 3, True)
    page = client_of(world, "RS").get("/en/meetings/platform/3/").content.decode()
    assert "Exercise: positions invented" in page
