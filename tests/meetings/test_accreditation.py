"""The accreditation list: the secretariat's alone, in the order of names, and removed without a trace of the persons."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from sofra.kernel.models import AuditPayload, Change
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import accreditation
from sofra.meetings.models import MediaApplication, Meeting
from sofra.meetings.queries.press import media_of, meetings_keeping_media, removed_media
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import confirm, read, url
from tests.support.clients import client_of
from tests.support.world import CODES, World, make_world

pytestmark = pytest.mark.usefixtures("house")
ASKED = {"outlet": "Invented Gazette", "work": "photo", "document": "Card 7", "contact": "desk@example.org"}


def asked(world: World, meeting: Meeting, name: str, **more: Any) -> MediaApplication:
    with world.act("secretariat"):
        return accreditation.ask_accreditation(meeting=meeting, name=name, **{**ASKED, **more})


def test_the_list_stands_in_the_order_of_the_alphabet_for_the_secretariat_alone() -> None:
    world = make_world()
    meeting = make_meeting(world)
    for name in ("Zeta Invented", "Çınar Invented", "Cem Invented", "Dana Invented"):
        asked(world, meeting, name)
    with world.act("secretariat"):
        assert [row.name.split()[0] for row in media_of(meeting, "tr")] == ["Cem", "Çınar", "Dana", "Zeta"]
    for who in ("visitor", "facilitator", "observer", *CODES):
        with world.act(who):
            assert (
                not MediaApplication.objects.exists() and not Change.objects.filter(kind__startswith="media").exists()
            )
        assert client_of(world, who).get(url("media")).status_code in (302, 403, 404)
    with world.act("AL"), pytest.raises(NotAllowed):
        accreditation.ask_accreditation(meeting=meeting, name="X", **ASKED)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"outlet": ""}, "outlet"),
        ({"work": "other"}, "work"),
        ({"document": "9" * 61}, "document"),
    ],
)
def test_an_application_with_bad_input_is_refused_beside_its_field(said: dict[str, str], field: str) -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"), pytest.raises(Refusal) as refused:
        accreditation.ask_accreditation(meeting=meeting, **{"name": "N", **ASKED, **said})
    assert refused.value.field == field


def test_it_is_decided_with_a_reason_of_a_refusal_and_a_second_writer_sees_the_first() -> None:
    world = make_world()
    meeting = make_meeting(world)
    row = asked(world, meeting, "Invented One")
    with world.act("secretariat"):
        with pytest.raises(Refusal) as refused:
            accreditation.decide_application(application=row, state="refused")
        assert refused.value.field == "reason"
        accreditation.decide_application(application=row, state="refused", reason="The room is full", seen_version=1)
        with pytest.raises(Conflict):
            accreditation.decide_application(application=row, state="accredited", seen_version=1)
        accreditation.decide_application(application=row, state="accredited", reason="x", seen_version=2)
        assert (row.state, row.reason) == ("accredited", "")


def test_what_is_said_of_persons_is_removed_and_the_record_never_held_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    one, _two = asked(world, meeting, "Invented One"), asked(world, meeting, "Invented Two")
    with world.act("secretariat"):
        accreditation.decide_application(application=one, state="refused", reason="Known to the door")
        accreditation.remove_application(application=one)
        with pytest.raises(Refusal, match="was removed"):
            accreditation.change_application(application=one, seen_version=None, name="Back", **ASKED)
        with pytest.raises(Refusal, match="once the meeting is over"):
            accreditation.clear_media(meeting=meeting)
        meeting.status = "closed"
        meeting.save()
        assert [each.pk for each in meetings_keeping_media()] == [meeting.pk]
        assert accreditation.clear_media(meeting=meeting) == 1
        assert (media_of(meeting, "en"), removed_media(meeting), meetings_keeping_media()) == ([], 2, [])
        with pytest.raises(Refusal, match="Nothing is kept"):
            accreditation.clear_media(meeting=meeting)
        one.refresh_from_db()
        assert (one.name, one.contact, one.reason, one.state) == ("", "", "", "refused")
    with world.act("secretariat"):
        held = str(list(AuditPayload.objects.values_list("body", flat=True))) + str(list(Change.objects.values()))
        assert "media.removed" in held
        for word in ("Invented", "Card 7", "desk@example.org", "Known to the door"):
            assert word not in held


def test_the_sheet_and_the_print_hold_the_list_and_texts_stay_texts() -> None:
    world = make_world()
    meeting = make_meeting(world, exercise=True)
    asked(world, meeting, "Zeta Invented", outlet="=1+1")
    asked(world, meeting, "Alpha Invented")
    answer = client_of(world, "secretariat").get(url("media_sheet"))
    assert answer["Content-Disposition"] == 'attachment; filename="media-3.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert rows[0][0].startswith("Exercise: positions invented")
    assert rows[4][:3] == ["Name", "Outlet", "Kind of work"]
    assert [line[0] for line in rows[5:]] == ["Alpha Invented", "Zeta Invented"]
    assert (rows[6][1], sheet.cell(7, 2).data_type) == ("=1+1", "s")
    printed = read(world, "secretariat", url("media_print"))
    assert printed.index("Alpha Invented") < printed.index("Zeta Invented")
    assert "Exercise" in printed


def test_through_the_pages_an_application_is_entered_decided_and_removed() -> None:
    world = make_world()
    meeting = make_meeting(world)
    client = client_of(world, "secretariat")
    refused = client.post(url("media_add"), {"name": "", "outlet": "Kept Gazette", "work": "tv"})
    assert refused.status_code == 422
    assert "Write the person&#x27;s name." in refused.content.decode() and "Kept Gazette" in refused.content.decode()
    assert client.post(url("media_add"), {"name": "Invented One", **ASKED}).status_code == 303
    with world.act("secretariat"):
        row = MediaApplication.objects.get()
    at = url("media_decide", application=row.pk)
    assert client.post(at, {"state": "refused", "reason": "", "version": 1}).status_code == 422
    assert client.post(at, {"state": "accredited", "reason": "", "version": 1}).status_code == 303
    stale = client.post(url("media_edit", application=row.pk), {"name": "Invented Two", **ASKED, "version": 1})
    assert (
        stale.status_code == 422
        and "Invented One" in stale.content.decode()
        and "Invented Two" in stale.content.decode()
    )
    assert client.post(url("media_remove", application=row.pk)).status_code == 303
    with world.act("secretariat"):
        meeting.status = "closed"
        meeting.save()
    assert "Nobody has asked" in read(world, "secretariat", url("press"))
    asked(world, meeting, "Invented Three")
    answer, sentence = confirm(world, "secretariat", url("media_clear"))
    assert answer.status_code == 303 and sentence.startswith(
        "What is said of the persons on the accreditation list, 1 "
    )
