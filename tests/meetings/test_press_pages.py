"""The pages of the press desk: what they show, to whom, and what they do with bad input."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.meetings.commands import press_issuing, press_lines
from sofra.meetings.models import Meeting, PressIssue, PressPiece
from tests.meetings.agenda_world import soon, wait_until
from tests.meetings.press_world import BODY, TITLE, person, photo, piece, press_meeting, sent
from tests.meetings.test_agenda_pages import confirm, read, text, url
from tests.support.clients import client_of
from tests.support.world import CODES, World, make_world

pytestmark = pytest.mark.usefixtures("house")
FORM = {"title_en": TITLE["en"], "body_en": BODY["en"], "title_tr": "", "body_tr": ""}


def add(world: World, kind: str, data: dict[str, Any]) -> PressPiece:
    answer = client_of(world, "secretariat").post(url("press_add", kind=kind), data)
    assert answer.status_code == 303, text(answer)
    with world.act("secretariat"):
        return PressPiece.objects.order_by("-made_at")[0]


def test_an_advisory_goes_from_draft_to_the_public_page_through_the_pages() -> None:
    world = make_world()
    press_meeting(world)
    row = add(world, "advisory", FORM)
    at = soon(6).astimezone(ZoneInfo("Europe/Istanbul")).strftime("%Y-%m-%dT%H:%M:%S")
    answer, sentence = confirm(world, "secretariat", url("press_issue", piece=row.pk), {"at": at})
    assert (answer.status_code, sentence.startswith("The advisory “When the press may come” becomes public at ")) == (
        303,
        True,
    )
    assert "(Istanbul; " in sentence and " UTC)" in sentence
    with world.act("secretariat"):
        issue = PressIssue.objects.get()
    page = url("meeting")
    before = {who: read(world, who, page) for who in ("visitor", "observer", "RS")}
    assert not any("For the press" in shown or "press/" in shown for shown in before.values())
    wait_until(issue.readable_from)
    for who in before:
        shown = read(world, who, page)
        assert "For the press" in shown and BODY["en"] in shown
    turkish = client_of(world, "visitor").get(page.replace("/en/", "/tr/")).content.decode()
    assert "Bu dilde ifade yok" in turkish and 'press-text" lang="en">' in turkish
    answer, _sentence = confirm(
        world, "secretariat", url("press_withdraw", issue=issue.pk), {"reason_en": "The hour changed"}
    )
    assert answer.status_code == 303
    shown = read(world, "visitor", page)
    assert ("The hour changed" in shown, BODY["en"] in shown, TITLE["en"] in shown) == (True, False, True)


def test_bad_input_is_refused_beside_its_field_and_typed_words_are_kept() -> None:
    world = make_world()
    meeting = press_meeting(world)
    client = client_of(world, "secretariat")
    refused = client.post(url("press_add", kind="advisory"), {"title_en": "", "body_en": "Typed words"})
    assert refused.status_code == 422 and "Typed words" in refused.content.decode()
    refused = client.post(url("press_add", kind="caption"), {"title_en": "Photo", "rows": "seven"})
    assert refused.status_code == 422 and "Write numbers with commas" in refused.content.decode()
    assert client.get(url("press_add", kind="rumour")).status_code == 404
    row = piece(world, meeting)
    refused = client.post(url("press_issue", piece=row.pk), {"at": "2027-03-28T25:00:00"})
    assert refused.status_code == 422
    stale = {**FORM, "title_en": "Second writer", "version": 1}
    assert client.post(url("press_edit", piece=row.pk), {**stale, "title_en": "First writer"}).status_code == 303
    both = client.post(url("press_edit", piece=row.pk), stale)
    assert both.status_code == 422
    assert "First writer" in both.content.decode() and "Second writer" in both.content.decode()
    lines = piece(world, meeting, "lines")
    address = url("press_issue", piece=lines.pk)
    shown = client.post(address, {"to": "format", "at": ""})
    assert shown.status_code == 200
    answer, _sentence = confirm(world, "secretariat", address, {"to": "format", "at": ""})
    assert answer.status_code == 422 and "they were not sent for clearance" in text(answer)


def test_no_page_of_the_press_desk_is_there_for_others_than_the_secretariat() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = piece(world, meeting)
    with world.act("secretariat"):
        issue = press_issuing.issue_piece(piece=row, to="public", at=soon(600))
    there = {url(name, piece=row.pk) for name in ("press_piece", "press_edit", "press_issue", "press_consent")}
    there |= {
        url("press_move", issue=issue.pk),
        url("press"),
        url("press_letter", piece=row.pk, language="en", kind="pdf"),
    }
    nobody = "00000000-0000-0000-0000-000000000000"
    for who in ("visitor", "facilitator", "observer", *CODES):
        for address in there:
            answer = client_of(world, who).get(address)
            assert answer.status_code in (302, 403, 404), (who, address)
            other = client_of(world, who).get(address.replace(str(row.pk), nobody).replace(str(issue.pk), nobody))
            assert other.status_code == answer.status_code, (who, address)


def test_a_party_clears_or_objects_through_the_pages_and_reaches_them_from_the_meeting() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = sent(world, meeting, ("AL", "RS"), soon(3600))
    address = url("press_piece", piece=row.pk)
    for who in ("AL", "RS"):
        assert address in read(world, who, url("meeting")) and BODY["en"] in read(world, who, address)
    assert address not in read(world, "MK", url("meeting"))
    assert client_of(world, "MK").get(address).status_code == 404
    answer, sentence = confirm(
        world, "AL", url("press_consent", piece=row.pk), {"comment_en": "", "comment_audience": "parties"}
    )
    assert (answer.status_code, sentence) == (303, f"Alfa has no objection to the lines “{TITLE['en']}”.")
    refused = client_of(world, "RS").post(
        url("press_object", piece=row.pk), {"reason_en": "Kept", "reason_audience": "parties"}
    )
    assert (
        refused.status_code == 422
        and "Say to what your delegation objects" in text(refused)
        and "Kept" in text(refused)
    )
    answer, sentence = confirm(
        world, "RS", url("press_object", piece=row.pk),
        {"what_en": "line two", "reason_en": "Too early", "reason_audience": "parties"},
    )  # fmt: skip
    assert (answer.status_code, sentence) == (303, f"Sierra objects to the lines “{TITLE['en']}”.")
    shown = read(world, "AL", address)
    assert "Too early" in shown and "line two" in shown and "Not cleared: a party objects" in shown
    answer = client_of(world, "secretariat").get(url("press_issue", piece=row.pk))
    assert answer.status_code == 200


def test_a_caption_is_filled_by_place_and_letters_come_as_files() -> None:
    world = make_world()
    meeting = press_meeting(world)
    one, two = person(world, meeting, "AL", "Invented One"), person(world, meeting, "RS", "Invented Two")
    hidden = person(world, meeting, "MK", "Invented Hidden", to="")
    row = add(world, "caption", {"title_en": "Family photo", "rows": "2"})
    address = url("press_places", piece=row.pk)
    assert "Invented Hidden" not in read(world, "secretariat", address)
    client = client_of(world, "secretariat")
    for wrong in ({"place_1_1": one.pk, "place_1_2": one.pk}, {"place_1_1": hidden.pk}):
        refused = client.post(address, {**wrong, "version": row.version})
        assert refused.status_code == 422
    answer = client.post(address, {"place_1_1": two.pk, "place_1_2": one.pk, "version": row.version})
    assert answer.status_code == 303, text(answer)
    said = "From left: Invented Two (Sierra); Invented One (Alfa)."
    assert said in read(world, "secretariat", url("press_piece", piece=row.pk))
    answer, _sentence = confirm(world, "secretariat", url("press_issue", piece=row.pk), {"at": ""})
    assert answer.status_code == 303, text(answer)
    assert said in read(world, "visitor", url("meeting"))
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("eml", b"From:")):
        letter = client.get(url("press_letter", piece=row.pk, language="en", kind=kind))
        assert letter.status_code == 200 and letter.content.startswith(begins)
        assert letter["Content-Disposition"] == f'attachment; filename="platform-3-caption-en.{kind}"'
    assert client.get(url("press_letter", piece=row.pk, language="tr", kind="pdf")).status_code == 404


def filled(world: World, meeting: Meeting, number: int) -> PressPiece:
    people = [person(world, meeting, code, f"Invented {code} {number}") for code in ("AL", "RS")]
    with world.act("secretariat"):
        press_issuing.issue_piece(piece=piece(world, meeting), to="public")
    row = sent(world, meeting, ("AL", "RS"), soon(3600))
    with world.act("AL"):
        press_lines.no_objection(piece=row, comment={"en": "Good"})
    with world.act("RS"):
        press_lines.object_to_lines(piece=row, what={"en": "it"}, reason={"en": "No"})
    caption = photo(world, meeting, {(1, 1): people[0].pk, (1, 2): people[1].pk}, [2])
    with world.act("secretariat"):
        press_issuing.issue_piece(piece=caption, to="public")
    return row


def test_pages_ask_the_database_as_often_for_three_pieces_as_for_one() -> None:
    world = make_world()
    meeting = press_meeting(world)
    counts: dict[str, list[int]] = {}
    for number in (1, 2, 3):
        row = filled(world, meeting, number)
        if number == 2:
            continue
        for who, name in (("secretariat", "press"), ("AL", "press_piece"), ("visitor", "meeting"), ("AL", "meeting")):
            client = client_of(world, who)
            address = url(name, piece=row.pk) if name == "press_piece" else url(name)
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.setdefault(f"{who} {name}", []).append(len(asked))
    assert counts == {
        "secretariat press": [27, 27],
        "AL press_piece": [31, 31],
        "visitor meeting": [9, 9],
        "AL meeting": [22, 22],
    }
