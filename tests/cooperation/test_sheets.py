"""The sheet goes out as the reader may read it and comes back wholly or not at all, once."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from sofra.cooperation import commands
from sofra.cooperation.engine import sheet
from sofra.cooperation.models import Commitment, DueDate, Report, SheetDraft
from sofra.kernel import wordings
from sofra.lexicon.commands.profiles import Rules
from sofra.meetings.models import Meeting
from tests.cooperation.support import NOW, TODAY, ZONE, a_day, accept, agreed, announce, propose, table, text, url
from tests.lexicon.profile_world import cells, cited
from tests.support.clients import client_of
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")


def taken(world: World, who: str) -> Any:
    response = client_of(world, who).get(url("follow_up_sheet", meeting="2"))
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def keys(book: Any) -> dict[str, int]:
    cells = book[sheet.SHEET][sheet.KEY_ROW]
    return {str(cell.value).removeprefix(f"{sheet.MARK} "): cell.column for cell in cells}


def fill(book: Any, number: int, **values: Any) -> None:
    places = keys(book)
    for key, value in values.items():
        book[sheet.SHEET].cell(number, places[key.replace("__", ":")]).value = value


def row_of(book: Any, title: str) -> int:
    place = keys(book)["title:en"]
    return next(row[0].row for row in book[sheet.SHEET].iter_rows() if row[place - 1].value == title)


def empty_row(book: Any) -> int:
    place = keys(book)["title:en"]
    found = book[sheet.SHEET].iter_rows(min_row=sheet.FIRST_ROW)
    return next(row[0].row for row in found if row[place - 1].value is None and str(row[0].value).startswith("new:"))


def hand_in(world: World, who: str, book: Any, **more: Any) -> Any:
    kept = io.BytesIO()
    book.save(kept)
    upload = SimpleUploadedFile("sheet.xlsx", kept.getvalue())
    return client_of(world, who).post(url("follow_up_hand_in", meeting="2"), {"sheet": upload, **more})


def write(world: World, who: str, address: str) -> Any:
    return client_of(world, who).post(address)


def new_row(book: Any, **more: Any) -> int:
    number = empty_row(book)
    values = {
        "title__en": "Share a calendar", "owner": "Serbia", "origin": "decision", "due": a_day(60), "zone": ZONE,
        "indicator__en": "It is circulated", "theme": "Energy security", **more,
    }  # fmt: skip
    fill(book, number, **values)
    return number


def test_the_sheet_says_what_it_is_and_that_it_is_an_exercise() -> None:
    world = agreed(table())
    announce(world, "AL")
    book = taken(world, "RS")
    lines = [str(book[sheet.SHEET].cell(number, 2).value) for number in range(1, 5)]
    assert lines[0].startswith("Exercise: positions invented · Follow-up:")
    assert (lines[1].startswith("As of 20"), lines[2]) == (True, "Visible to: all members, and the secretariat")
    assert book[sheet.SHEET].row_dimensions[sheet.KEY_ROW].hidden
    assert book[sheet.SHEET].column_dimensions["A"].hidden


def test_without_a_profile_no_sheet_of_a_coming_meeting_goes_out_and_of_one_that_is_over_it_does() -> None:
    world = table()
    announce(world, "AL")
    for who in ("RS", "secretariat"):
        refused = client_of(world, who).get(url("follow_up_sheet", meeting="2"))
        assert (refused.status_code, refused["Content-Type"]) == (422, "text/html; charset=utf-8")
        assert "No designation profile is in force for this meeting" in text(refused)
    with world.act("secretariat"):
        Meeting.objects.filter(slug="1").update(status=Meeting.Status.CLOSED)
    assert client_of(world, "RS").get(url("follow_up_sheet", meeting="1")).status_code == 200


def test_a_language_the_profile_lacks_is_refused_and_a_footnote_stands_in_the_sheets_head() -> None:
    world = table()
    announce(world, "AL")
    cited(world, Rules(footnote={"en": "As agreed."}), cells(world, footnoted=("AL",)))
    lines = [str(taken(world, "RS")[sheet.SHEET].cell(number, 2).value) for number in range(1, 6)]
    assert lines[3].endswith("* As agreed.")
    assert lines[4].startswith("Change what stands in a row")
    refused = client_of(world, "RS").get(url("follow_up_sheet", meeting="2").replace("/en/", "/tr/"))
    assert refused.status_code == 422


def test_a_sheet_names_owners_as_the_profile_does_and_is_read_by_either_name() -> None:
    world = table()
    cited(world)
    book = taken(world, "secretariat")
    for owner in ("Sierra", "Serbia"):
        new_row(book, owner=owner, title__en=f"Ask {owner}")
    response = hand_in(world, "secretariat", book)
    assert write(world, "secretariat", response.headers["location"]).status_code == 303
    with world.act("RS"):
        assert {row.owner_id for row in Commitment.objects.all()} == {world.parties["RS"].pk}


def test_the_sheet_holds_the_right_types_and_nothing_that_works_itself_out() -> None:
    world = agreed(table())
    announce(world, "AL", title='=HYPERLINK("https://example.org")', days=40)
    book = taken(world, "RS")
    number, places = row_of(book, '=HYPERLINK("https://example.org")'), keys(book)
    title = book[sheet.SHEET].cell(number, places["title:en"])
    due = book[sheet.SHEET].cell(number, places["due"])
    assert (title.data_type, due.is_date, due.value.date()) == ("s", True, a_day(40))
    assert book[sheet.SHEET].cell(number, places["owner"]).value == "Albania"


def test_the_sheet_holds_only_what_its_reader_may_read_and_never_a_contact() -> None:
    world = agreed(table())
    asked = propose(world, "RS")
    with world.act("RS"):
        commands.name_contact(asked, name="TOKEN-99", office="TOKEN-99", reach="TOKEN-99", for_secretariat=True)
    for who in ("observer", "facilitator"):
        assert client_of(world, who).get(url("follow_up_sheet", meeting="2")).status_code == 404
    for who in ("secretariat", "RS", "AL"):
        book = taken(world, who)
        cells = [str(cell.value) for each in book for row in each.iter_rows() for cell in row if cell.value is not None]
        assert not any("TOKEN-99" in cell for cell in cells)
        assert "Hold an expert workshop" in cells


def test_handed_in_as_taken_it_changes_nothing() -> None:
    world = agreed(table())
    accept(world, propose(world, "RS"), "RS")
    announce(world, "AL")
    response = hand_in(world, "secretariat", taken(world, "secretariat"))
    assert response.status_code == 303
    page = text(client_of(world, "secretariat").get(response.headers["location"]))
    assert "12 rows stay as they are." in page and "Write all of it" not in page


def test_the_secretariat_makes_and_changes_by_sheet_after_seeing_each_row() -> None:
    world = agreed(table())
    asked = propose(world, "RS")
    book = taken(world, "secretariat")
    fill(book, row_of(book, "Hold an expert workshop"), title__en="Hold two workshops")
    new_row(book)
    response = hand_in(world, "secretariat", book)
    page = text(client_of(world, "secretariat").get(response.headers["location"]))
    assert "A commitment is made." in page and "The words are mended." in page
    with world.act("secretariat"):
        assert Commitment.objects.count() == 1
    assert write(world, "secretariat", response.headers["location"]).status_code == 303
    with world.act("RS"):
        titles = sorted(each["title"]["en"] for each in wordings.of(Commitment.objects.all()).values())
        assert titles == ["Hold two workshops", "Share a calendar"]
        made = Commitment.objects.exclude(pk=asked.pk).get()
        assert (made.theme, made.origin_kind, made.owner_id) == ("energy-security", "decision", world.parties["RS"].pk)


def test_the_same_sheet_handed_in_twice_is_written_once() -> None:
    world = agreed(table())
    announce(world, "AL")
    book = taken(world, "AL")
    new_row(book, owner="Albania", origin=None)
    fill(
        book, row_of(book, "Open a contact point"), report_on=TODAY, report_claim="done", report_text__en="It is open",
        source_title="Notice", source_link="https://example.org/n",
    )  # fmt: skip
    for _time in range(2):
        response = hand_in(world, "AL", book)
        write(world, "AL", response.headers["location"])
        with world.act("AL"):
            assert (Commitment.objects.count(), Report.objects.count(), DueDate.objects.count()) == (2, 1, 2)
    page = text(client_of(world, "AL").get(response.headers["location"]))
    assert "12 rows stay as they are." in page or "was written" in page


def test_another_date_by_sheet_needs_its_reason_and_keeps_the_old_one() -> None:
    world = agreed(table())
    announce(world, "AL", days=40)
    book = taken(world, "AL")
    number = row_of(book, "Open a contact point")
    fill(book, number, due=a_day(80))
    page = text(client_of(world, "AL").get(hand_in(world, "AL", book).headers["location"]))
    assert f"Row {number}, column “Reason for another date”: Write it in at least one language." in page
    fill(book, number, reason__en="The building")
    write(world, "AL", hand_in(world, "AL", book).headers["location"])
    again = hand_in(world, "AL", book)
    assert "rows stay as they are." in text(client_of(world, "AL").get(again.headers["location"]))
    with world.act("RS"):
        assert [each.due for each in DueDate.objects.all()] == [a_day(40), a_day(80)]


@pytest.mark.parametrize(
    ("values", "column", "sentence"),
    [
        ({"owner": "Atlantis"}, "Owner", "No member has this name."),
        ({"owner": None}, "Owner", "Say which party is asked."),
        ({"due": "soon"}, "By when", "“soon” is no day. Write it like 2026-07-24."),
        ({"due": None}, "By when", "Give the day."),
        ({"due": "1875-01-01"}, "By when", "The day lies outside the years 2000 to 2099. Check the year."),
        ({"zone": "Mars/Base"}, "Time zone", "“Mars/Base” is not a time zone the house knows."),
        ({"theme": "Weather"}, "Theme", "This is not one of the themes."),
        ({"origin": "rumour"}, "Arises from", "Say which outcome it arose from."),
        ({"title__en": "=1+1"}, "What will be done (English)", "The cell holds a formula. Write its value."),
        ({"title__en": "x" * 300}, "What will be done (English)", "The text has 300 characters; 200 are the most."),
        ({"indicator__en": None}, "How it will be seen to be done (English)", "Write it in at least one language."),
        ({"report_text__en": "Done"}, "New report: as of", "Give the day."),
    ],
)
def test_a_refused_row_is_named_with_its_column_and_nothing_is_written(
    values: dict[str, Any], column: str, sentence: str
) -> None:
    world = agreed(table())
    book = taken(world, "secretariat")
    new_row(book)
    number = new_row(book, **values)
    response = hand_in(world, "secretariat", book)
    page = text(client_of(world, "secretariat").get(response.headers["location"]))
    assert f"Row {number}, column “{column}”: {sentence}" in page
    assert "Write all of it" not in page
    refused = write(world, "secretariat", response.headers["location"])
    assert (refused.status_code, "nothing was written" in text(refused)) == (422, True)
    with world.act("secretariat"):
        assert Commitment.objects.count() == 0


def test_a_row_without_a_mark_of_the_house_or_with_anothers_is_refused() -> None:
    world = agreed(table())
    book = taken(world, "secretariat")
    first = new_row(book)
    fill(book, first, id="new:11111111-1111-4111-8111-111111111111|forged")
    second = new_row(book)
    third = new_row(book)
    fill(book, third, id=book[sheet.SHEET].cell(second, 1).value)
    response = hand_in(world, "secretariat", book)
    page = text(client_of(world, "secretariat").get(response.headers["location"]))
    assert f"Row {first}: The row has no mark of the house." in page
    assert f"Row {third}: The row repeats the mark of row {second}." in page


def test_a_delegation_changes_its_own_by_sheet_and_nobody_elses() -> None:
    world = agreed(table())
    announce(world, "AL")
    book = taken(world, "RS")
    fill(book, row_of(book, "Open a contact point"), title__en="Open none")
    number = new_row(book, owner="Albania")
    page = text(client_of(world, "RS").get(hand_in(world, "RS", book).headers["location"]))
    assert "Another delegation announced it." in page
    assert f"Row {number}, column “Owner”: A party announces its own commitments only." in page


def test_a_ministrys_sheet_is_entered_by_the_secretariat_with_the_mail_it_came_by() -> None:
    world = agreed(table())
    announce(world, "AL")
    book = taken(world, "secretariat")
    fill(
        book,
        row_of(book, "Open a contact point"),
        report_on=TODAY,
        report_claim="in progress",
        report_text__en="Under way",
    )
    bare = hand_in(world, "secretariat", book)
    assert "This is the owner" in text(client_of(world, "secretariat").get(bare.headers["location"]))
    entry = {
        "entering-for_party": str(world.parties["AL"].pk), "entering-channel": "email",
        "entering-received_at": (NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    response = hand_in(world, "secretariat", book, **entry)
    assert write(world, "secretariat", response.headers["location"]).status_code == 303
    with world.act("RS"):
        report = Report.objects.get()
        assert (report.owner_party_id, report.entry_id is not None) == (world.parties["AL"].pk, True)


def test_a_draft_is_there_for_whoever_handed_it_in_alone() -> None:
    world = agreed(table())
    announce(world, "AL")
    response = hand_in(world, "AL", taken(world, "AL"))
    for who in ("RS", "secretariat"):
        assert client_of(world, who).get(response.headers["location"]).status_code == 404
    for who in ("observer", "facilitator"):
        assert client_of(world, who).get(response.headers["location"]).status_code in (403, 404)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"name,due\n", "The file is no XLSX workbook."),
        (b"PK\x03\x04 broken", "The file is damaged"),
        (b"P" * (sheet.MOST_BYTES + 1), "The file is larger than 2 MB."),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_beside_its_field(data: bytes, sentence: str) -> None:
    world = agreed(table())
    given = {"sheet": SimpleUploadedFile("x.xlsx", data)}
    refused = client_of(world, "secretariat").post(url("follow_up_hand_in", meeting="2"), given)
    assert (refused.status_code, sentence in text(refused)) == (422, True)
    with world.act("secretariat"):
        assert SheetDraft.objects.count() == 0
