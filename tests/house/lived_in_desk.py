"""What a meeting's desk looks like in use: papers in every state, a profile under silence, a meeting that was opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sofra.kernel import wordings
from sofra.kernel.commands import database_now
from sofra.kernel.models import Audience
from sofra.lexicon.commands.profiles import Rules, draft_profile, propose_profile, write_profile
from sofra.meetings.commands import circulation, releasing
from sofra.meetings.commands.attendance import Present, note_attendance
from sofra.meetings.commands.circulation import Content
from sofra.meetings.commands.press_lines import send_lines
from sofra.meetings.commands.programme import Plan, Slot, add_session
from sofra.meetings.commands.publishing import publish_programme
from sofra.meetings.models import Meeting, PressKind, PressPiece
from tests.lexicon.profile_world import cells
from tests.support.world import World

OPENED = "opened"


def move_in(world: World, rehearsal: Meeting) -> None:
    """Papers, a profile, lines and attendance, in the states that the canaries' own rows are not in."""
    _papers(world, rehearsal)
    with world.act("secretariat"):
        row = write_profile(draft_profile(rehearsal.format), Rules(), cells(world, "en"), seen_version=None)
        world.found["profile"] = propose_profile(
            row, deadline=database_now() + timedelta(days=3), zone=rehearsal.zone, seen_version=None
        )
        lines = PressPiece.objects.get(meeting=rehearsal, kind=PressKind.LINES)
        send_lines(
            piece=lines,
            readers=[party.pk for party in world.parties.values()],
            deadline=database_now() + timedelta(days=1),
        )
        world.found["lines"] = lines
    _opened(world, rehearsal)


def _papers(world: World, meeting: Meeting) -> None:
    def written(title: str) -> dict[str, Content]:
        return {"en": Content(title, "Exercise: positions invented.\n\n- One point.\n- Another point.")}

    with world.act("secretariat"):
        drafts = [
            circulation.draft_document(meeting=meeting, kind="background", contents=written(f"Exercise: {words}"))
            for words in ("a paper that was released", "a paper that waits for its instant")
        ]
        world.found["paper.released"] = releasing.release_document(document=drafts[0], audience=Audience.FORMAT)
        world.found["paper.ahead"] = releasing.release_document(
            document=drafts[1], audience=Audience.FORMAT, at=database_now() + timedelta(days=1)
        )
    with world.act("AL"):
        own = [
            circulation.draft_document(
                meeting=meeting, kind="other", contents=written(f"Exercise: {words}"), party_id=world.parties["AL"].pk
            )
            for words in ("a paper of one delegation", "a paper it asks to be circulated")
        ]
        world.found["paper.own"] = own[0]
        world.found["paper.asked"] = releasing.ask_circulation(document=own[1], audience=Audience.FORMAT)


def _opened(world: World, rehearsal: Meeting) -> None:
    begins = datetime(2027, 4, 9, 9, tzinfo=UTC)
    with world.act("secretariat"):
        meeting = Meeting.objects.create(
            format=rehearsal.format, slug=OPENED, day=date(2027, 4, 9), zone=rehearsal.zone, begins_at=begins,
            status=Meeting.Status.UNDER_WAY, audience=Audience.PUBLIC, exercise=True, profile=rehearsal.profile,
        )  # fmt: skip
        wordings.put(meeting, "title", {"en": "Opened meeting (rehearsal)"})
        session = add_session(meeting, Plan({"en": "Plenary"}), Slot(begins, begins + timedelta(hours=2)))
        publish_programme(meeting, seen=None)
        said = [Present(party.pk, True, Meeting.Level.MINISTERS) for party in world.parties.values()]
        note_attendance(meeting=meeting, said=said)
    world.found["opened"], world.found["opened.session"] = meeting, session


Place = Callable[[World], tuple[str, dict[str, Any]]]


def _of(world: World, found: str) -> dict[str, Any]:
    meeting: Meeting = world.found[found]
    assert meeting.format is not None
    return {"format": meeting.format.slug, "meeting": meeting.slug}


def _paper(who: str, key: str) -> Place:
    return lambda world: (who, {**_of(world, "rehearsal"), "document": world.found[f"paper.{key}"].pk})


#: Whose page it is and where it lies, for routes whose sample is shut in the world of the canaries.
PLACES: dict[str, Place] = {
    "document_ask": _paper("AL", "own"),
    "document_take_back": _paper("AL", "asked"),
    "document_circulate": _paper("secretariat", "asked"),
    "document_decline": _paper("secretariat", "asked"),
    "document_cancel": _paper("secretariat", "ahead"),
    "document_move": _paper("secretariat", "ahead"),
    "document_recall": _paper("secretariat", "released"),
    "pack": lambda world: ("secretariat", _of(world, "rehearsal")),
    "press_next": lambda world: ("secretariat", {**_of(world, "rehearsal"), "piece": world.found["lines"].pk}),
    "profile_object": lambda world: (
        "AL", {"format": world.found["rehearsal"].format.slug, "profile": world.found["profile"].pk},
    ),
    "attendance_note": lambda world: ("secretariat", _of(world, "opened")),
    "attendance_confirm": lambda world: ("secretariat", _of(world, "opened")),
    "attendance_own": lambda world: ("AL", {**_of(world, "opened"), "party": world.parties["AL"].pk}),
    "attendance_session": lambda world: (
        "secretariat", {**_of(world, "opened"), "session": world.found["opened.session"].pk},
    ),
}  # fmt: skip
