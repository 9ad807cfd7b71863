"""The secretariat's pages of a schedule: the grid, what a hand does in it, who is told what, planning anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.bilaterals.commands import drafting
from sofra.bilaterals.models import Placement, Request, Schedule
from sofra.kernel.models import Change, JobProgress
from sofra.meetings.commands import delegations, hospitality
from tests.bilaterals.support import accepted, at, meeting_of, published, solved, table, url
from tests.support.clients import client_of, confirm
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")


def text(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(str(answer.content.decode()).split())


def only(world: World, schedule: Schedule, request: Request | None = None) -> Placement:
    with world.act("secretariat"):
        rows = schedule.placements.filter(**({"request": request} if request else {}))
        return rows.get()


def rooms(world: World) -> list[str]:
    from sofra.bilaterals.queries.grid import places_of

    with world.act("secretariat"):
        return [str(place.room.pk) for place in places_of(meeting_of(world), "en")]


def test_a_grid_is_read_by_room_and_by_principal() -> None:
    world = table()
    accepted(world, "TR", "AL")
    draft = solved(world)
    client = client_of(world, "secretariat")
    here = url("bilateral_schedule", schedule=draft.pk)
    by_room = text(client, here)
    assert "Room 0" in by_room and "Türkiye – Albania" in by_room and "09:00–09:20" in by_room
    assert ">new</span>" in by_room and "Proven: no schedule that keeps the rules costs less." in by_room
    by_principal = text(client, f"{here}?by=principal")
    assert (by_principal.count(">Türkiye</a>"), by_principal.count(">Albania</a>")) == (1, 1)
    assert '<th scope="col">Serbia</th>' in by_principal


@pytest.mark.parametrize("who", ["TR", "AL", "RS", "observer", "facilitator", "visitor"])
def test_nobody_but_the_secretariat_reads_a_schedule_or_changes_it(who: str) -> None:
    world = table()
    accepted(world, "TR", "AL")
    draft = solved(world)
    row = only(world, draft)
    client = client_of(world, who)
    for name, more in (
        ("bilateral_schedules", {}), ("bilateral_solve", {}), ("bilateral_replan", {}),
        ("bilateral_schedule", {"schedule": draft.pk}), ("bilateral_progress", {"schedule": draft.pk}),
        ("bilateral_publish", {"schedule": draft.pk}), ("bilateral_move", {"schedule": draft.pk, "placement": row.pk}),
        ("bilateral_put_in", {"schedule": draft.pk, "key": row.request_id}),
    ):  # fmt: skip
        assert client.get(url(name, **more)).status_code in (302, 403, 404), name
    for name in ("bilateral_lock", "bilateral_take_out", "bilateral_move"):
        address = url(name, schedule=draft.pk, placement=row.pk)
        assert client.post(address, {"move": "1"}).status_code in (302, 403, 404), name
    assert client.post(url("bilateral_publish", schedule=draft.pk)).status_code in (302, 403, 404)
    stands = only(world, draft)
    assert (stands.locked, stands.cancelled, stands.version) == (False, False, row.version)


@pytest.mark.parametrize("number", [1, 3])
def test_a_grid_asks_the_database_no_more_often_for_more_meetings(number: int) -> None:
    world = table()
    for other in ("AL", "BA", "RS")[:number]:
        accepted(world, "TR", other)
    draft = solved(world)
    client = client_of(world, "secretariat")
    for name in ("bilateral_schedule", "bilateral_publish"):
        client.get(url(name, schedule=draft.pk))
    asked = []
    for name in ("bilateral_schedule", "bilateral_publish"):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url(name, schedule=draft.pk)).status_code == 200
        asked.append(len(caught))
    assert asked == [28, 22]


def test_a_move_is_priced_before_it_is_done_and_locks_the_meeting() -> None:
    world = table()
    one, other = accepted(world, "TR", "AL"), accepted(world, "TR", "BA")
    draft = solved(world)
    for number, request in enumerate((other, one)):
        with world.act("secretariat"):
            row = draft.placements.select_related("meeting", "schedule", "room").get(request=request)
            drafting.move(placement=row, begins_at=at(number), ends_at=at(number + 1), room=row.room)  # type: ignore[arg-type]
    row = only(world, draft, one)
    client = client_of(world, "secretariat")
    here = url("bilateral_move", schedule=draft.pk, placement=row.pk)
    taken = only(world, draft, other)
    slot = str(round((taken.begins_at - at(0)).total_seconds() / 1200))
    told = text(client, f"{here}?slot={slot}&room={rooms(world)[1]}")
    assert "Türkiye has another meeting then: Türkiye, Bosnia." in told
    told = text(client, f"{here}?slot=8&room={rooms(world)[0]}")
    assert "No rule is broken." in told and "It costs" in told and "Gaps in a principal&#x27;s day" in told
    assert only(world, draft, one).version == row.version
    sent = client.post(here, {"move": "1", "slot": "8", "room": rooms(world)[0], "version": str(row.version)})
    assert sent.status_code == 303 and sent["Location"].endswith(f"#m-{row.pk}")
    moved = only(world, draft, one)
    assert (moved.begins_at, moved.locked) == (at(8), True)
    again = client.post(here, {"move": "1", "slot": "7", "room": rooms(world)[0], "version": str(row.version)})
    assert again.status_code == 422 and "Somebody else changed it meanwhile." in again.content.decode()
    part = client.get(f"{here}?slot=7&room={rooms(world)[0]}", headers={"X-Part": "1"})
    assert 'id="move-title"' in part.content.decode() and "<html" not in part.content.decode()


def test_a_meeting_is_locked_unlocked_taken_out_and_put_in_by_hand() -> None:
    world = table()
    one = accepted(world, "TR", "AL")
    draft = solved(world)
    row = only(world, draft)
    client = client_of(world, "secretariat")
    lock = url("bilateral_lock", schedule=draft.pk, placement=row.pk)
    assert client.post(lock, {"version": str(row.version)}).status_code == 303
    assert only(world, draft).locked
    # Pressed on a page that is behind: nothing is done, and the grid says so.
    stale = client.post(lock, {"version": str(row.version)}, follow=True)
    assert stale.status_code == 200 and only(world, draft).locked
    assert "Somebody else changed this while you were writing." in stale.content.decode()
    assert ">locked</span>" in text(client, url("bilateral_schedule", schedule=draft.pk))
    assert client.post(lock, {"version": str(only(world, draft).version)}).status_code == 303
    assert not only(world, draft).locked
    out = url("bilateral_take_out", schedule=draft.pk, placement=row.pk)
    assert client.post(out, {"version": str(only(world, draft).version)}).status_code == 303
    page = text(client, url("bilateral_schedule", schedule=draft.pk))
    assert "It was taken out by hand, or accepted since." in page
    put = url("bilateral_put_in", schedule=draft.pk, key=one.pk)
    assert put in page
    assert client.post(put, {"move": "1", "slot": "", "room": rooms(world)[1]}).status_code == 422
    assert client.post(put, {"move": "1", "slot": "4", "room": rooms(world)[1]}).status_code == 303
    back = only(world, draft)
    assert (back.begins_at, back.locked, back.cancelled, str(back.room_id)) == (at(4), True, False, rooms(world)[1])
    assert client.post(put, {"move": "1", "slot": "5", "room": rooms(world)[1]}).status_code == 422


def test_publishing_says_first_who_is_told_what_and_then_tells_them_alone() -> None:
    world = table()
    accepted(world, "TR", "AL")
    draft = solved(world)
    client = client_of(world, "secretariat")
    here = url("bilateral_publish", schedule=draft.pk)
    page = text(client, here)
    assert '<th scope="row">Albania</th><td>with Türkiye</td>' in page and '<th scope="row">Serbia</th>' not in page
    assert "Schedule 1 of bilaterals is published: 1 new, 0 moved, 0 no longer held, 0 unchanged." in page
    with world.act("TR"):
        assert not Change.objects.filter(kind="bilaterals.placed").exists()
    assert confirm(client, here, version=str(draft.version)).status_code == 303
    with world.act("TR"):
        assert Change.objects.filter(kind="bilaterals.placed").count() == 1
    with world.act("RS"):
        assert not Change.objects.filter(kind="bilaterals.placed").exists()
    assert client.get(here).status_code == 404


def test_planning_anew_shows_what_cannot_stand_and_why_before_anything_is_told() -> None:
    world = table()
    one = accepted(world, "TR", "AL", windows=((at(0), at(9)),))
    first = solved(world)
    with world.act("secretariat"):
        row = first.placements.select_related("meeting", "schedule", "room").get()
        drafting.move(placement=row, begins_at=at(0), ends_at=at(1), room=row.room)  # type: ignore[arg-type]
    published(world, first)
    client = client_of(world, "secretariat")
    assert "Every published meeting can stand where it is." in text(client, url("bilateral_replan"))
    with world.act("TR"):
        team = delegations.register_delegation(meeting=meeting_of(world), level="minister", languages=["tr"])
        hospitality.add_journey(delegation=team, direction="arrival", at=at(5), where="Airport")
    page = text(client, url("bilateral_replan"))
    assert "Türkiye – Albania" in page and "Türkiye arrives at 10:40." in page
    answer = client.post(url("bilateral_replan"), {"seconds": "5"})
    assert answer.status_code == 303
    with world.act("secretariat"):
        JobProgress.objects.update(state="done")
    draft = solved(world)
    page = text(client, url("bilateral_publish", schedule=draft.pk))
    told = "Moved from 09:00 to %s. Türkiye arrives at 10:40."
    begins = only(world, draft, one).begins_at
    assert begins >= at(5) and told % f"{begins + timedelta(hours=3):%H:%M}" in page
    # Türkiye's arrival is its own: Albania is told that it is not available, and no more.
    assert page.count("Türkiye arrives at 10:40.") == 1 and "Türkiye is not available then." in page
    with world.act("AL"):
        assert not Change.objects.filter(kind="bilaterals.moved").exists()


def test_a_delegation_looks_over_its_own_day_in_a_shared_draft_and_asks_for_a_change() -> None:
    world = table()
    one = accepted(world, "TR", "AL")
    accepted(world, "BA", "RS")
    draft = solved(world)
    row = only(world, draft, one)
    albania, secretariat = client_of(world, "AL"), client_of(world, "secretariat")
    assert "Your meetings will stand here once" in text(albania, url("bilateral_review"))
    change = url("bilateral_swap", placement=row.pk)
    assert albania.get(change).status_code == 404
    assert confirm(secretariat, url("bilateral_share", schedule=draft.pk)).status_code == 303
    page = text(albania, url("bilateral_review"))
    assert "Türkiye" in page and "Serbia" not in page.split("<main")[1].split("</main")[0]
    assert client_of(world, "RS").get(change).status_code == 404
    assert albania.post(change, {"note": "Later"}).status_code == 303
    assert "You asked: Later" in text(albania, url("bilateral_review")).replace("</p>", "")
    assert "Later" not in text(client_of(world, "TR"), url("bilateral_review"))
    shown = text(secretariat, url("bilateral_schedule", schedule=draft.pk))
    assert "Changes that delegations asked for" in shown and "Later" in shown


def test_a_search_tells_how_far_it_is_and_stops_when_asked() -> None:
    world = table()
    accepted(world, "TR", "AL")
    client = client_of(world, "secretariat")
    asked = client.post(url("bilateral_solve"), {"seconds": "5"})
    assert asked.status_code == 303
    page = text(client, asked["Location"])
    assert "It waits for a worker." in page and "Stop, and keep the best so far" in page
    with world.act("secretariat"):
        draft = Schedule.objects.get()
        JobProgress.objects.update(state="running", percent=40, sentence="Best cost so far: 6.")
    told = client.get(url("bilateral_progress", schedule=draft.pk))
    assert "Best cost so far: 6." in told.content.decode() and told["ETag"]
    assert client.post(url("bilateral_stop", schedule=draft.pk)).status_code == 303
    with world.act("secretariat"):
        assert JobProgress.objects.get().cancel_asked
        JobProgress.objects.update(state="cancelled", sentence="It was stopped as asked. Nothing was written.")
    page = text(client, asked["Location"])
    assert "It was stopped as asked." in page and "Put it away" in page


def test_what_is_not_placed_says_why() -> None:
    world = table(rooms=1)
    for other in ("AL", "BA"):
        accepted(world, "TR", other, windows=((at(0), at(1)),))
    draft = solved(world)
    page = text(client_of(world, "secretariat"), url("bilateral_schedule", schedule=draft.pk))
    assert "Not placed, and why" in page and "Türkiye has other meetings at or too near to 09:00–09:20." in page


def test_setting_up_teaches_what_is_missing() -> None:
    from sofra.bilaterals.models import Frame, RoomTerms

    world = table()
    client = client_of(world, "secretariat")
    page = text(client, url("bilaterals_setting"))
    assert "9 of 20 minutes" in page and "What counts how much" in page
    with world.act("secretariat"):
        Frame.objects.update(hours=[])
        RoomTerms.objects.update(used=False)
    page = text(client, url("bilateral_schedules"))
    assert "First set the hours and the rooms." in page
    assert "No room takes bilaterals yet." in text(client, url("bilaterals_setting"))
