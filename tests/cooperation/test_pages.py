"""The pages of follow-up: what they show, to whom, and what they do with bad input."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from sofra.cooperation import commands
from sofra.cooperation.models import Commitment, Contact, DateAnswer, DueDate, Ending, Report
from sofra.kernel import wordings
from tests.cooperation.support import (
    NOW,
    TODAY,
    ZONE,
    a_day,
    accept,
    announce,
    done,
    entry_for,
    meeting,
    of,
    propose,
    read,
    table,
    text,
    url,
)
from tests.support.clients import client_of

pytestmark = pytest.mark.usefixtures("house")
EVERYBODY_ELSE = ("visitor", "observer", "facilitator", "secretariat", "AL", "TR", "BA", "XK", "ME", "MK")


FOLLOW_UP = ("follow_up", {"meeting": "2"})


def test_the_follow_up_says_what_stands_and_what_was_said_since_the_meeting_before() -> None:
    world = table()
    asked, own, open_ = propose(world, "RS"), announce(world, "AL"), propose(world, "BA", title="Share a list")
    accept(world, asked, "RS")
    done(world, own, "AL")
    page = read(world, "TR", url("follow_up", meeting="2"))
    assert page.index("Hold an expert workshop") < page.index("Open a contact point") < page.index("Share a list")
    for words in ("On time", "Done", "The workshop was held", "Waits for its owner", "Serbia", "Albania", "Bosnia"):
        assert words in page
    assert "Dates that wait for an answer" in page
    assert open_.pk is not None


def test_a_past_meeting_speaks_of_its_own_day_and_a_report_is_said_once() -> None:
    world = table()
    propose(world, "RS")
    page = read(world, "TR", url("follow_up", meeting="1"))
    assert "Hold an expert workshop" not in page


def test_groups_are_months_or_themes_and_never_parties() -> None:
    world = table()
    accept(world, propose(world, "RS"), "RS")
    announce(world, "AL")
    page = read(world, "TR", url("follow_up", meeting="2") + "?by=theme")
    assert "<h2>Energy security</h2>" in page and "<h2>No theme</h2>" in page
    assert page.index("<h2>Energy security</h2>") < page.index("<h2>No theme</h2>")
    for name in ("Serbia", "Albania"):
        assert f"<h2>{name}</h2>" not in page


def test_the_picture_has_a_title_a_description_and_the_same_data_as_a_table() -> None:
    world = table()
    accept(world, propose(world, "RS"), "RS")
    page = read(world, "TR", url("follow_up", meeting="2"))
    assert '<title id="plate-title">Commitments over meetings</title>' in page
    assert '<desc id="plate-about">' in page and "The same as a table" in page


def test_a_private_contact_is_on_no_page_of_anybody_else() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("RS"):
        commands.name_contact(asked, name="TOKEN-7261", office="TOKEN-7261", reach="TOKEN-7261")
    pages = [
        of("commitment", asked),
        url("commitments"),
        url("follow_up", meeting="2"),
        of("commitment_contact", asked),
    ]
    for who in EVERYBODY_ELSE:
        for page in pages:
            assert "TOKEN-7261" not in text(client_of(world, who).get(page)), (who, page)
    assert "TOKEN-7261" in read(world, "RS", of("commitment", asked))


def test_a_commitment_is_not_there_for_those_who_may_not_read_it() -> None:
    world = table()
    asked = propose(world, "RS")
    for who in ("observer", "facilitator"):
        assert client_of(world, who).get(of("commitment", asked)).status_code == 404
        assert "Hold an expert" not in read(world, who, url("commitments"))
    assert client_of(world, "visitor").get(of("commitment", asked)).status_code == 404


@pytest.mark.parametrize("who", ["AL", "TR", "observer", "facilitator"])
def test_who_may_not_act_is_refused_and_nothing_is_written(who: str) -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("secretariat"):
        date = asked.dates.get().pk
    for name, more in (
        ("commitment_answer", {"date": date}), ("commitment_report", {}), ("commitment_contact", {}),
        ("commitment_withdraw", {}), ("commitment_date", {}), ("commitment_edit", {}), ("commitment_lapse", {}),
    ):  # fmt: skip
        for method in ("get", "post"):
            status = getattr(client_of(world, who), method)(of(name, asked, **more)).status_code
            assert status in (403, 404), (name, method, status)
    with world.act("secretariat"):
        assert (DateAnswer.objects.count(), Report.objects.count(), DueDate.objects.count()) == (0, 0, 1)


PROPOSAL = {
    "origin_kind": "decision", "title_en": "Exchange contact lists", "indicator_en": "The list is circulated", "zone": ZONE,
    "due": (TODAY + timedelta(days=30)).isoformat(), "meeting": "", "theme": "",
}  # fmt: skip


def test_what_is_put_forward_is_shown_as_a_sentence_before_it_is_recorded() -> None:
    world = table()
    seat = client_of(world, "secretariat")
    given = {**PROPOSAL, "owner": str(world.parties["RS"].pk)}
    first = seat.post(url("commitment_propose"), given)
    assert (first.status_code, "Serbia is asked: Exchange contact lists." in text(first)) == (200, True)
    with world.act("secretariat"):
        assert Commitment.objects.count() == 0
    sentence = first.context["sentence"]
    last = seat.post(url("commitment_propose"), {**given, "sentence": sentence})
    with world.act("secretariat"):
        made = Commitment.objects.get()
    assert (last.status_code, last.headers["location"]) == (303, of("commitment", made))


def test_a_sentence_that_no_longer_fits_what_is_typed_is_shown_anew() -> None:
    world = table()
    seat = client_of(world, "secretariat")
    given = {**PROPOSAL, "owner": str(world.parties["RS"].pk)}
    sentence = seat.post(url("commitment_propose"), given).context["sentence"]
    again = seat.post(url("commitment_propose"), {**given, "title_en": "Something else", "sentence": sentence})
    assert (again.status_code, "Serbia is asked: Something else." in text(again)) == (200, True)
    with world.act("secretariat"):
        assert Commitment.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title_en": ""}, "Write it in at least one language."),
        ({"due": "2026-13-45"}, "Write a day, for example 2026-07-24."),
        ({"due": ""}, "Give the day."),
        ({"due": "1890-01-01"}, "The day lies outside the years 2000 to 2099."),
        ({"owner": ""}, "Say which party is asked."),
        ({"indicator_en": " "}, "Write it in at least one language."),
    ],
)
def test_bad_input_is_answered_next_to_its_field_kept_and_not_written(change: dict[str, str], sentence: str) -> None:
    world = table()
    given = {**PROPOSAL, "owner": str(world.parties["RS"].pk), **change}
    seat = client_of(world, "secretariat")
    response = seat.post(url("commitment_propose"), given)
    if response.status_code == 200:
        response = seat.post(url("commitment_propose"), {**given, "sentence": response.context["sentence"]})
    assert (response.status_code, sentence in text(response)) == (422, True)
    kept = change.get("indicator_en") is None and "The list is circulated" in text(response)
    assert kept or "Exchange contact lists" in text(response)
    with world.act("secretariat"):
        assert Commitment.objects.count() == 0


def test_an_owner_accepts_after_seeing_the_sentence() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("RS"):
        address = of("commitment_answer", asked, date=asked.dates.get().pk)
    seat = client_of(world, "RS")
    shown = seat.get(address)
    assert "Serbia accepts, for “Hold an expert workshop”" in text(shown)
    assert seat.post(address, {"sentence": shown.context["sentence"]}).status_code == 303
    with world.act("RS"):
        assert DateAnswer.objects.get().accepted
    second = seat.post(address, {"sentence": shown.context["sentence"]})
    assert (second.status_code, "This date was answered meanwhile" in text(second) or "Theirs" in text(second)) == (
        422,
        True,
    )


def test_the_secretariat_enters_an_acceptance_from_a_note_and_the_page_says_so() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("RS"):
        address = of("commitment_answer", asked, date=asked.dates.get().pk)
    seat = client_of(world, "secretariat")
    sentence = seat.get(address).context["sentence"]
    bare = seat.post(address, {"sentence": sentence})
    assert (bare.status_code, "Say how it was received" in text(bare)) == (422, True)
    entry = {
        "entering-for_party": str(world.parties["RS"].pk), "entering-channel": "note",
        "entering-received_at": (NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"), "entering-reference": "N 44",
    }  # fmt: skip
    assert seat.post(address, {"sentence": sentence, **entry}).status_code == 303
    page = read(world, "RS", of("commitment", asked))
    assert "Entered by the secretariat" in page and "Confirm this acceptance" in page
    own = client_of(world, "RS")
    shown = own.get(address + "?with=decline")
    answer = own.post(
        address + "?with=decline",
        {"sentence": shown.context["sentence"], "version": str(shown.context["form"]["version"].value())},
    )
    assert answer.status_code == 303
    with world.act("RS"):
        assert (DateAnswer.objects.get().accepted, DateAnswer.objects.get().entry_id) == (False, None)


def test_a_report_of_completion_needs_a_source_and_keeps_what_was_typed() -> None:
    world = table()
    own = announce(world, "AL")
    seat = client_of(world, "AL")
    given = {"claim": "done", "on": TODAY.isoformat(), "modality": "reported", "text_en": "We opened it"}
    refused = seat.post(of("commitment_report", own), given)
    assert (refused.status_code, "Completion needs a source" in text(refused)) == (422, True)
    assert "We opened it" in text(refused)
    given |= {"source_title": "The notice", "source_link": "https://example.org/notice"}
    assert seat.post(of("commitment_report", own), given).status_code == 303
    page = read(world, "RS", of("commitment", own))
    assert "We opened it" in page and 'href="https://example.org/notice"' in page and "Done" in page


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x"])
def test_a_source_links_only_to_the_web(link: str) -> None:
    world = table()
    own = announce(world, "AL")
    given = {
        "claim": "done", "on": TODAY.isoformat(), "modality": "reported", "text_en": "x", "source_title": "y",
        "source_link": link,
    }  # fmt: skip
    refused = client_of(world, "AL").post(of("commitment_report", own), given)
    assert (refused.status_code, "A link starts with https://" in text(refused)) == (422, True)


def test_two_who_mend_the_words_see_both_versions() -> None:
    world = table()
    own = announce(world, "AL")
    with world.act("AL"):
        commands.edit(own, seen=1, title={"en": "Open two contact points"}, indicator={"en": "Both are published"})
    given = {"title_en": "Open three", "indicator_en": "All are published", "theme": "", "version": "1"}
    met = client_of(world, "AL").post(of("commitment_edit", own), given)
    page = text(met)
    assert met.status_code == 422
    assert "Open two contact points" in page and "Open three" in page and 'name="version" value="2"' in page
    assert client_of(world, "AL").post(of("commitment_edit", own), {**given, "version": "2"}).status_code == 303


def test_a_lapse_is_recorded_after_its_sentence_was_seen() -> None:
    world = table()
    asked = propose(world, "RS")
    accept(world, asked, "RS")
    seat = client_of(world, "secretariat")
    with world.act("secretariat"):
        given = {"meeting": str(meeting("2").pk), "reason_en": "Decision 4"}
    shown = seat.post(of("commitment_lapse", asked), given)
    assert "lapses, as decided by:" in shown.context["sentence"]
    assert seat.post(of("commitment_lapse", asked), {**given, "sentence": shown.context["sentence"]}).status_code == 303
    with world.act("RS"):
        assert Ending.objects.get().kind == "lapsed"
    assert "Decision 4" in read(world, "RS", of("commitment", asked))


def test_a_withdrawal_and_another_date_go_through_their_pages() -> None:
    world = table()
    own, asked = announce(world, "AL"), propose(world, "RS")
    seat = client_of(world, "RS")
    with world.act("RS"):
        given = {
            "due": a_day(70).isoformat(),
            "zone": ZONE,
            "reason_en": "After the summer",
            "seen_date": str(asked.dates.get().pk),
        }
    shown = seat.post(of("commitment_date", asked), given)
    assert seat.post(of("commitment_date", asked), {**given, "sentence": shown.context["sentence"]}).status_code == 303
    met = seat.post(of("commitment_date", asked), {**given, "due": a_day(71).isoformat()})
    met = seat.post(
        of("commitment_date", asked), {**given, "due": a_day(71).isoformat(), "sentence": met.context["sentence"]}
    )
    assert (met.status_code, "Theirs" in text(met)) == (422, True)
    assert "Another date asked" in read(world, "BA", url("commitments"))
    seat = client_of(world, "AL")
    shown = seat.post(of("commitment_withdraw", own), {"reason_en": "Elsewhere"})
    given = {"reason_en": "Elsewhere", "sentence": shown.context["sentence"]}
    assert seat.post(of("commitment_withdraw", own), given).status_code == 303
    assert "Withdrawn" in read(world, "BA", of("commitment", own))


@pytest.mark.parametrize(
    ("count", "address"), [(1, "follow_up"), (3, "follow_up"), (1, "commitments"), (3, "commitments")]
)
def test_lists_ask_the_same_number_of_questions_at_one_and_three(
    count: int, address: str, django_assert_num_queries: Any
) -> None:
    world = table()
    for number in range(count):
        own = announce(world, "AL", days=30 + number, title=f"Promise {number}")
        with world.act("secretariat"):
            commands.report(own, on=TODAY, claim="in_progress", text={"en": "x"}, entry=entry_for(world, "AL"))
    seat = client_of(world, "TR")
    target = url("follow_up", meeting="2") if address == "follow_up" else url("commitments")
    with django_assert_num_queries({"follow_up": 21, "commitments": 19}[address]):
        assert seat.get(target).status_code == 200


def test_words_in_a_language_that_is_missing_are_marked_and_not_passed_off() -> None:
    world = table()
    own = announce(world, "AL")
    with override("tr"):
        page = text(
            client_of(world, "AL").get(reverse("commitment", kwargs={"format": "platform", "commitment": own.pk}))
        )
    assert '<span lang="en">Open a contact point</span> <span class="small quiet">(English)</span>' in page
    with world.act("AL"):
        assert wordings.of([own])[own.pk]["title"] == {"en": "Open a contact point"}
        assert Contact.objects.count() == 0


def test_receipt_is_asked_by_the_clocks_the_format_meets_by() -> None:
    world = table()
    own = announce(world, "AL")
    for address in (
        url("commitment_announce"),
        of("commitment_contact", own),
        of("commitment_report", own) + "?for=owner",
    ):
        page = read(world, "secretariat", address)
        assert "By the clocks of Istanbul." in page, address
        assert "By the clocks of UTC" not in page
    commands_page = client_of(world, "secretariat").get(url("commitment_announce"))
    assert commands_page.context["form"].initial["zone"] == ZONE
