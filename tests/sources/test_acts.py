"""Writing on the record's pages: comment, correct, release, withdraw; entered by the secretariat from a note."""

from __future__ import annotations

import pytest
from django.test import Client

from sofra.sources import commands
from sofra.sources.models import Claim, Comment


def seated(world, who: str) -> Client:
    client = Client(headers={"host": "localhost"})
    seat = world.seats[who]
    client.force_login(seat.account)
    session = client.session
    session["seat"] = str(seat.pk)
    session.save()
    return client


def claim_id(world, record_id: str = "C6"):
    with world.act("secretariat"):
        return Claim.objects.get(record_id=record_id, current=True).pk


@pytest.fixture
def page(world) -> str:
    return f"/en/record/claims/{claim_id(world)}/"


def test_a_delegate_writes_releases_and_withdraws_a_comment(world, page):
    client = seated(world, "TR")
    assert "Comment for your party" in client.get(page).content.decode()
    form = client.get(f"{page}comment/")
    assert (form.status_code, form.content.decode().count("<textarea")) == (200, 1)
    answer = client.post(f"{page}comment/", {"text": "We see it otherwise.", "language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    visitor = Client(headers={"host": "localhost"})
    assert "We see it otherwise." not in visitor.get(page).content.decode()
    assert "comment, not released" in client.get(page).content.decode()
    with world.act("TR"):
        comment = Comment.objects.get().pk
    assert client.post(f"/en/record/comments/{comment}/release/").status_code == 302
    assert "We see it otherwise." in visitor.get(page).content.decode()
    assert client.post(f"/en/record/comments/{comment}/withdraw/").status_code == 302
    assert "We see it otherwise." not in visitor.get(page).content.decode()


def test_an_empty_comment_keeps_what_was_typed_and_writes_nothing(world, page):
    client = seated(world, "TR")
    answer = client.post(f"{page}comment/", {"text": "x" * 4001, "language": "en"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "x" * 4001 in html
    assert "4000" in html
    with world.act("TR"):
        assert Comment.objects.count() == 0


def test_another_partys_comment_answers_as_if_it_were_not_there(world, page):
    with world.act("TR"):
        comment = commands.write_comment(Claim.objects.get(record_id="C6"), "en", "Ours.", released=True)
    client = seated(world, "RS")
    assert "Correct the comment" not in client.get(page).content.decode()
    for act in ("", "release/", "withdraw/"):
        assert client.post(f"/en/record/comments/{comment.pk}/{act}", {"text": "Theirs.", "seen": 1}).status_code == 404
    with world.act("TR"):
        assert Comment.objects.get().text == "Ours."


def test_a_second_writer_gets_both_versions_and_saves_again(world):
    with world.act("TR"):
        comment = commands.write_comment(Claim.objects.get(record_id="C6"), "en", "One.")
        commands.correct_comment(comment, "Two.")
    client = seated(world, "TR")
    url = f"/en/record/comments/{comment.pk}/"
    answer = client.post(url, {"text": "Three.", "seen": 1})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Two." in html
    assert "Three." in html
    assert 'name="seen" value="2"' in html
    assert client.post(url, {"text": "Three.", "seen": 2}).status_code == 302


def test_the_secretariat_enters_a_comment_from_a_note(world, page):
    client = seated(world, "secretariat")
    form = client.get(f"{page}comment/").content.decode()
    assert [name for name in ("Serbia", "Kosovo", "Montenegro") if f">{name}</option>" not in form] == []
    data = {
        "party": str(world.parties["ME"].pk),
        "channel": "note",
        "received_at": "2026-03-02T09:00",
        "reference": "NV 17",
        "text": "As in our note.",
        "language": "en",
        "released": "on",
    }
    future = client.post(f"{page}comment/", data | {"received_at": "2999-01-01T00:00"})
    assert future.status_code == 422
    assert "The instant of receipt lies in the future." in future.content.decode()
    assert client.post(f"{page}comment/", data).status_code == 302
    html = Client(headers={"host": "localhost"}).get(page).content.decode()
    assert "As in our note." in html
    assert "entered by the secretariat for the delegation" in html


def test_a_sensitive_claim_is_put_before_the_members_and_released(world):
    page = f"/en/record/claims/{claim_id(world, 'C9')}/"
    secretariat = seated(world, "secretariat")
    assert "Kept back" in secretariat.get("/en/record/kept-back/").content.decode()
    delegate = seated(world, "RS")
    assert delegate.get(page).status_code == 404
    assert secretariat.post(f"{page}ask-release/").status_code == 302
    assert "Release it for your party" in delegate.get(page).content.decode()
    assert delegate.get(f"{page}release/").status_code == 200
    assert delegate.post(f"{page}release/").status_code == 302
    assert "Release it for your party" not in delegate.get(page).content.decode()
    assert Client(headers={"host": "localhost"}).get(page).status_code == 404


@pytest.mark.parametrize("who", ["observer", "facilitator"])
def test_others_find_no_door(world, page, who):
    client = seated(world, who)
    assert client.get(f"{page}comment/").status_code == 403
    assert client.get("/en/record/kept-back/").status_code == 403


def desk(world, who: str) -> str:
    return seated(world, who).get("/en/desk/").content.decode()


ASKED_OF_US = "Your delegation is asked to release a claim of the record"
ASKED_OF_MEMBERS = "Members are asked to release a claim of the record"


def test_a_release_that_is_asked_waits_on_the_desks_of_those_who_must_act_and_of_nobody_else(world):
    assert ASKED_OF_MEMBERS not in desk(world, "secretariat")
    with world.act("secretariat"):
        commands.ask_release(Claim.objects.get(record_id="F9"))
    for who in ("TR", "AL", "BA", "XK", "ME", "MK", "RS"):
        page = desk(world, who)
        assert (ASKED_OF_US in page, "More than 100 have recognised Kosovo." in page) == (True, True)
    for who in ("HR", "observer", "facilitator"):
        assert "release a claim" not in desk(world, who)
        assert "More than 100" not in desk(world, who)
    page = desk(world, "secretariat")
    assert ASKED_OF_MEMBERS in page
    assert "released by 0 of 7 members" in page


def test_what_a_delegation_has_released_waits_for_it_no_longer(world):
    with world.act("secretariat"):
        claim = commands.ask_release(Claim.objects.get(record_id="F9"))
    with world.act("RS"):
        commands.release_claim(claim)
    assert ASKED_OF_US not in desk(world, "RS")
    assert ASKED_OF_US in desk(world, "TR")
    assert "released by 1 of 7 members" in desk(world, "secretariat")
    for who in ("TR", "AL", "BA", "XK", "ME", "MK"):
        with world.act(who):
            commands.release_claim(claim)
    assert ASKED_OF_MEMBERS not in desk(world, "secretariat")


def test_the_page_of_what_is_kept_puts_first_what_waits_for_the_delegation(world):
    with world.act("secretariat"):
        claim = commands.ask_release(Claim.objects.get(record_id="F9"))
    page = seated(world, "RS").get("/en/record/kept-back/").content.decode()
    assert "Your delegation is asked to release these" in page
    with world.act("RS"):
        commands.release_claim(claim)
    page = seated(world, "RS").get("/en/record/kept-back/").content.decode()
    assert "Your delegation is asked to release these" not in page
    assert "More than 100 have recognised" in page


def test_the_desk_tells_what_happened_to_the_record_by_its_sentence(world):
    desk(world, "RS")
    with world.act("secretariat"):
        commands.ask_release(Claim.objects.get(record_id="F9"))
    page = desk(world, "RS")
    assert "The members were asked to release a claim of the record" in page
    assert page.count("More than 100 have recognised Kosovo.") == 2


def test_the_way_to_what_is_kept_back_is_shown_to_those_it_is_open_to(world):
    for who, shown in (("secretariat", True), ("RS", True), ("observer", False), ("facilitator", False)):
        client = seated(world, who)
        assert ("/en/record/kept-back/" in client.get("/en/record/").content.decode()) is shown
        assert (client.get("/en/record/kept-back/").status_code == 200) is shown
