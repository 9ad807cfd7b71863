"""A house lived in: the record and the rehearsal, decisions in every state, and people with factors of their own.

What walks the pages with eyes needs pages that show something; the canaries alone leave many of them empty or shut.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from sofra.cooperation.commands.sheets import hand_in_sheet
from sofra.cooperation.demonstration import add_commitments
from sofra.cooperation.engine import sheet
from sofra.cooperation.models import Commitment
from sofra.kernel import acting, wordings
from sofra.kernel.accounts import commands as accounts
from sofra.kernel.commands import database_now, enter_for
from sofra.kernel.models import Audience, Role
from sofra.meetings.commands import agenda, chairing, outcomes
from sofra.meetings.demonstration import make_rehearsal
from sofra.meetings.demonstration_agenda import add_agenda
from sofra.meetings.demonstration_documents import add_note
from sofra.meetings.demonstration_press import add_press
from sofra.meetings.demonstration_profile import give_profile
from sofra.meetings.demonstration_programme import add_programme
from sofra.meetings.models import Act, AgendaItem, LateEntry, Meeting
from sofra.sources.cli import PACKAGED_RECORD, carry_over
from sofra.sources.engine.reading import read_record
from sofra.sources.models import Claim, Comment
from tests.house import lived_in_desk
from tests.meetings.agenda_world import wait_until
from tests.support import people
from tests.support.people import client_as
from tests.support.world import World

RECORD = "balkan-peace-platform"
OTHER = "extraordinary"
MARKED = "marked"


def move_in(world: World) -> None:
    """Fill a world of canaries with the record, the rehearsal, and a meeting that has decided and decides again."""
    carry_over(read_record(PACKAGED_RECORD))
    rehearsal = make_rehearsal()
    assert rehearsal is not None
    world.found["rehearsal"] = rehearsal
    give_profile(rehearsal)
    add_agenda(rehearsal)
    add_programme(rehearsal)
    add_note(rehearsal)
    add_press(rehearsal)
    with world.act("secretariat"):
        add_commitments(rehearsal)
    _dispute(world, rehearsal)
    _decide(world, rehearsal)
    _conclude(world, rehearsal)
    _mark(world, rehearsal)
    lived_in_desk.move_in(world, rehearsal)
    data = _filled_in(client_as(world, "secretariat"), reverse("follow_up_sheet", kwargs=_place(world)))
    with world.act("secretariat"):
        world.found["draft"] = hand_in_sheet(meeting=rehearsal, data=data, name="follow-up.xlsx")


def _dispute(world: World, meeting: Meeting) -> None:
    """One item that one party objects to and another would word otherwise; an act the secretariat entered."""
    with world.act("secretariat"):
        first = AgendaItem.objects.filter(meeting=meeting).order_by("submitted_at").first()
        assert first is not None
        party = world.parties["MK"]
        entry = enter_for(
            party.pk, meeting.format_id, channel="note", received_at=datetime.now(UTC) - timedelta(hours=2), reference="N 1"
        )  # fmt: skip
        agenda.cosponsor(item=first, party_id=party.pk, entry=entry)
        world.found["entered"] = Act.objects.filter(entry=entry).get()
    with world.act("ME"):
        agenda.object_to_item(item=first, reason={"en": "It is dealt with in another format."})
    with world.act("TR"):
        made = agenda.suggest_wording(item=first, field="title", language="en", text="Connectivity of the region")
        world.found["suggestion"] = made
    owner = next(code for code, party in world.parties.items() if party.pk == first.owner_party_id)
    world.found["proposer"] = owner
    with world.act("AL"):
        agenda.propose(meeting=meeting, title={"en": "A draft of one delegation"}, note={"en": "Not submitted yet."})


def _decide(world: World, rehearsal: Meeting) -> None:
    """A meeting whose agenda is adopted, with a late item, and under silence again."""
    with world.act("secretariat"):
        other = Meeting.objects.create(
            format=rehearsal.format, slug=OTHER, day=date(2027, 2, 12), zone=rehearsal.zone, kind="extraordinary",
            begins_at=datetime(2027, 2, 12, 9, tzinfo=UTC), audience=Audience.PUBLIC, exercise=True,
        )  # fmt: skip
        wordings.put(other, "title", {"en": "Extraordinary meeting (rehearsal)"})
    for code, title in (("AL", "Seasonal peaks of electricity demand"), ("RS", "Waiting times at crossings")):
        with world.act(code):
            item = agenda.propose(meeting=other, title={"en": title}, note={"en": "Exercise: positions invented."})
            agenda.submit_item(item=item)
    with world.act("secretariat"):
        chairing.adopt_by_consensus(meeting=other)
    with world.act("BA"):
        agenda.submit_item(item=agenda.propose(meeting=other, title={"en": "An item that came late"}, note={}))
    with world.act("secretariat"):
        chairing.move_item(meeting=other, item_id=item.pk, steps=-1)
        chairing.open_silence(meeting=other, deadline=database_now() + timedelta(days=2))
    world.found["decided"] = other


def _mark(world: World, rehearsal: Meeting) -> None:
    """A meeting whose agenda a silence adopted, marked by an objection received in time and entered late."""
    with world.act("secretariat"):
        marked = Meeting.objects.create(
            format=rehearsal.format, slug=MARKED, day=date(2027, 3, 12), zone=rehearsal.zone, kind="extraordinary",
            audience=Audience.PUBLIC, exercise=True,
        )  # fmt: skip
        wordings.put(marked, "title", {"en": "Marked meeting (rehearsal)"})
    with world.act("AL"):
        agenda.submit_item(item=agenda.propose(meeting=marked, title={"en": "Waiting times"}, note={}))
    with world.act("secretariat"):
        silence = chairing.open_silence(meeting=marked, deadline=database_now() + timedelta(seconds=3)).procedure
        assert silence.deadline is not None
    wait_until(silence.deadline)
    with world.act("secretariat"):
        entry = enter_for(
            world.parties["RS"].pk, marked.format_id, channel="note", received_at=silence.opened_at, reference="N 2"
        )  # fmt: skip
        agenda.object_to_agenda(meeting=marked, reason={"en": "It is not ready."}, entry=entry)
        world.found["late"] = LateEntry.objects.get(procedure=silence)


def _conclude(world: World, meeting: Meeting) -> None:
    """Outcomes of every kind: a draft, one released, one under silence, one objected to, one adopted and published."""
    made = {}
    with world.act("secretariat"):
        for kind in ("decision", "adopted_text", "chair_summary", "press_statement"):
            words = outcomes.Text(f"Exercise: {kind.replace('_', ' ')}", "One paragraph.\n\nAnother paragraph.")
            made[kind] = outcomes.draft_outcome(meeting=meeting, kind=kind, texts={"en": words})
            if kind != "chair_summary":
                outcomes.release_outcome(outcome=made[kind])
        outcomes.adopt_outcome(outcome=made["decision"])
        outcomes.publish_outcome(outcome=made["decision"])
        outcomes.open_outcome_silence(outcome=made["adopted_text"], deadline=database_now() + timedelta(days=1))
        outcomes.withdraw_outcome(
            outcome=outcomes.draft_outcome(
                meeting=meeting, kind="decision", texts={"en": outcomes.Text("Dropped", "It.")}
            )
        )
    world.found["outcome"] = made["adopted_text"]


def _filled_in(client: Client, address: str) -> bytes:
    """The follow-up's sheet with the words of one commitment mended and a due date that is none."""
    book = load_workbook(BytesIO(client.get(address).content))
    rows = book[sheet.SHEET]
    places = {str(cell.value).removeprefix(f"{sheet.MARK} "): cell.column for cell in rows[sheet.KEY_ROW]}
    first = next(
        row[0].row for row in rows.iter_rows(min_row=sheet.FIRST_ROW) if row[places["title:en"] - 1].value is not None
    )
    rows.cell(first, places["title:en"]).value = "Hold two workshops"
    rows.cell(first + 1, places["due"]).value = "soon"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _place(world: World) -> dict[str, Any]:
    return {"format": RECORD, "meeting": world.found["rehearsal"].slug}


def _commitment(world: World, code: str) -> Any:
    with world.act("secretariat"):
        return Commitment.objects.filter(owner=world.parties[code]).order_by("-made_at")[0]


def _of(world: World, who: str, rows: Any) -> Any:
    with world.act(who):
        return rows.get().pk


#: Whose page it is and where it lies, for routes whose sample is shut or empty in the world of the canaries.
PLACES: dict[str, lived_in_desk.Place] = {
    **lived_in_desk.PLACES,
    "agenda_answer": lambda world: (
        world.found["proposer"], {**_place(world), "suggestion": world.found["suggestion"].pk, "how": "accept"},
    ),
    "agenda_strike": lambda world: ("MK", {**_place(world), "act": world.found["entered"].pk}),
    "agenda_version": lambda world: ("AL", {"format": RECORD, "meeting": OTHER, "number": 1}),
    # A paper wants a profile, and the meeting of the canaries has none.
    "bilateral_day_print": lambda world: ("AL", {**_place(world), "party": world.parties["AL"].pk, "level": "minister"}),
    "agenda_stop": lambda world: ("secretariat", {"format": RECORD, "meeting": OTHER}),
    "commitment_edit": lambda world: ("RS", {"format": world.format.slug, "commitment": _commitment(world, "RS").pk}),
    "follow_up_draft": lambda world: ("secretariat", {**_place(world), "draft": world.found["draft"].pk}),
    "late_answer": lambda world: (
        "secretariat", {"format": RECORD, "meeting": MARKED, "late": world.found["late"].pk},
    ),
    "lexicon_take_back": lambda world: ("AL", {"objection": world.found["lexicon.red_line.AL"].pk}),
    "record_comment_correct": lambda world: ("AL", {"comment_id": _of(world, "AL", Comment.objects)}),
    "record_release": lambda world: (
        "AL", {"claim_id": _of(world, "AL", Claim.objects.filter(record_id="canaries.asked"))},
    ),
    "mfa_remove_webauthn": lambda _world: ("enrolled", {"pk": passkey_of_enrolled()}),
}  # fmt: skip

#: Pages of the record and the rehearsal, which show more than the canaries': name, whose, where.
MORE: tuple[tuple[str, str, Callable[[World], dict[str, Any]]], ...] = (
    ("meeting", "secretariat", _place),
    ("meeting", "AL", _place),
    ("agenda", "secretariat", _place),
    ("agenda", "RS", _place),
    ("agenda", "AL", lambda _world: {"format": RECORD, "meeting": OTHER}),
    ("agenda", "secretariat", lambda _world: {"format": RECORD, "meeting": MARKED}),
    ("agenda_item", "AL", lambda world: {**_place(world), "item": world.found["suggestion"].item_id}),
    ("outcomes", "secretariat", _place),
    ("outcomes", "visitor", _place),
    ("outcome", "AL", lambda world: {**_place(world), "outcome": world.found["outcome"].pk}),
    ("follow_up", "secretariat", _place),
    ("follow_up", "AL", _place),
    ("programme", "secretariat", _place),
    ("programme", "AL", _place),
    ("documents", "AL", _place),
    ("delegations", "AL", _place),
    ("invitations", "secretariat", _place),
    ("pack", "secretariat", _place),
    ("press", "secretariat", _place),
    ("after_meeting", "secretariat", _place),
    ("profiles", "AL", lambda _world: {"format": RECORD}),
    ("commitments", "AL", lambda _world: {"format": RECORD}),
    ("format", "secretariat", lambda _world: {"format": RECORD}),
    ("record_meeting", "visitor", lambda _world: {"slug": "second"}),
)


def newcomer(world: World) -> Client:
    """Somebody who has accepted an invitation and holds no second factor yet."""
    return _person(world, "newcomer@example.org")


def enrolled(world: World) -> Client:
    """Somebody with a password, an authenticator app and recovery codes; a passkey takes a browser."""
    client = _person(world, "enrolled@example.org")
    people.enrol(client)
    return client


def passkey_of_enrolled() -> int:
    """The passkey the enrolled person added."""
    with acting.acting_as_house():
        return Authenticator.objects.get(user__email="enrolled@example.org", type="webauthn").pk


def halfway(world: World) -> Client:
    """The enrolled person on another device, asked for the second factor. Call it after `enrolled`."""
    client, answer = people.password_sign_in("enrolled@example.org")
    assert answer.status_code == 302, answer.content.decode()
    return client


def _person(world: World, email: str) -> Client:
    with world.act("secretariat"):
        _, secret = accounts.invite(role=Role.DELEGATE, party_id=world.parties["RS"].pk)
    return people.accept(secret, email=email)
