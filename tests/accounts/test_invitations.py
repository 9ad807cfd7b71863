"""Accounts come by invitation alone: single use, expiring, withdrawable; only a digest of the secret is kept."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sofra.kernel import acting
from sofra.kernel.accounts import commands, queries
from sofra.kernel.models import Account, AuditPayload, Invitation, Role, Seat
from sofra.kernel.refusals import NotAllowed, Refusal
from tests.support.people import PASSWORD, accept, client_as, enrol
from tests.support.world import World, make_world


def _invite(world: World, **more: Any) -> tuple[Invitation, str]:
    with world.act("secretariat"):
        return commands.invite(**({"role": Role.DELEGATE, "party_id": world.parties["AL"].pk} | more))


@pytest.mark.usefixtures("house")
def test_only_a_digest_of_the_secret_is_kept() -> None:
    made, secret = _invite(make_world())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL sofra.house = 'on'")
        cursor.execute("SELECT to_jsonb(i)::text FROM kernel_invitation i")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert len(secret) == 43
    assert secret not in kept
    assert bytes(made.digest) == commands.digest_of(secret)
    assert made.expires_at - made.made_at == timedelta(days=7)


@pytest.mark.usefixtures("house")
def test_an_invitation_makes_one_account_with_one_seat_and_opens_nothing_before_a_second_factor() -> None:
    world = make_world()
    _, secret = _invite(world, function="desk officer")
    client = accept(secret)
    account = Account.objects.get(email="person@example.org")
    assert [(place.role, place.party_id, place.function) for place in queries.seats_of(account.pk)] == [
        ("delegate", world.parties["AL"].pk, "desk officer")
    ]
    assert client.get(reverse("seats")).status_code == 302
    assert client.get(reverse("seats"))["Location"] == reverse("mfa_index")
    assert client.post(reverse("seats"), {}).status_code == 403
    again = Client().get(reverse("invitation", kwargs={"secret": secret}))
    assert again.status_code == 404
    with world.act("secretariat"):
        actions = list(AuditPayload.objects.filter(chain="house").order_by("seq").values_list("action", flat=True))
    assert actions == ["invitation.made", "invitation.accepted", "account.signed_in"]


@pytest.mark.usefixtures("house")
def test_a_used_withdrawn_or_expired_invitation_opens_nothing_and_says_the_same() -> None:
    world = make_world()
    withdrawn, first = _invite(world)
    expired, second = _invite(world)
    with world.act("secretariat"):
        commands.withdraw(invitation=withdrawn)
        Invitation.objects.filter(pk=expired.pk).update(expires_at=expired.made_at)
        with pytest.raises(Refusal):
            commands.withdraw(invitation=withdrawn)
    pages = [Client().get(reverse("invitation", kwargs={"secret": each})) for each in (first, second, "never-was")]
    assert {page.status_code for page in pages} == {404}
    assert all("This invitation is not open" in page.content.decode() for page in pages)
    with acting.acting_as_visitor(), pytest.raises(Refusal, match="not open"):
        commands.accept(secret=first, name="A", email="a@example.org", password=PASSWORD)
    assert not Account.objects.filter(email="a@example.org").exists()


def test_of_two_who_accept_at_once_one_wins(own_database: str) -> None:
    _, secret = _invite(make_world())
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def run(number: int) -> None:
        try:
            with acting.acting_as_visitor():
                barrier.wait()
                commands.accept(secret=secret, name="A", email=f"a{number}@example.org", password=PASSWORD)
            outcomes.append("in")
        except Refusal:
            outcomes.append("out")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "out"]
    assert Account.objects.filter(email__in=["a1@example.org", "a2@example.org"]).count() == 1


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"password": "short"}, "password", "at least 12 characters"),
        ({"name": " "}, "name", "This field is required."),
        ({"email": "not an address"}, "email", "Enter a valid email address."),
        ({"email": "rs@example.org"}, "email", "No new account can be made with this address."),
    ],
)
def test_a_form_filled_in_wrongly_says_so_keeps_what_was_typed_and_leaves_the_invitation_open(
    typed: dict[str, str], field: str, sentence: str
) -> None:
    _, secret = _invite(make_world())
    url = reverse("invitation", kwargs={"secret": secret})
    answer = Client().post(url, {"name": "Ana Kept", "email": "ana@example.org", "password": PASSWORD} | typed)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert field == "name" or "Ana Kept" in answer.content.decode()
    assert queries.offer(commands.digest_of(secret)) is not None


@pytest.mark.usefixtures("house")
def test_an_invitation_for_one_address_is_for_that_address_alone() -> None:
    world = make_world()
    _, secret = _invite(world, email="Ana@Example.org")
    stranger = client_as(world, "RS")
    assert stranger.post(reverse("invitation", kwargs={"secret": secret}), {}).status_code == 422
    accept(secret, email="other@example.org")
    assert Account.objects.filter(email="ana@example.org").exists()
    assert not Account.objects.filter(email="other@example.org").exists()


@pytest.mark.usefixtures("house")
def test_a_seat_is_added_to_the_account_signed_in() -> None:
    world = make_world()
    _, first = _invite(world)
    client = accept(first)
    enrol(client)
    _, second = _invite(world, role=Role.FACILITATOR, party_id=None)
    answer = client.post(reverse("invitation", kwargs={"secret": second}), {})
    assert answer.status_code == 303
    account = Account.objects.get(email="person@example.org")
    assert [place.role for place in queries.seats_of(account.pk)] == ["delegate", "facilitator"]


@pytest.mark.usefixtures("house")
def test_who_may_invite() -> None:
    world = make_world()
    for who in ("visitor", "AL", "observer", "facilitator"):
        with world.act(who), pytest.raises(NotAllowed):
            commands.invite(role=Role.OBSERVER, format_id=world.format.pk)
        assert client_as(world, who).get(reverse("accounts_invite")).status_code in (302, 403)
    with acting.acting_as_house():
        account = Account.objects.create(email="desk@example.org", name="Desk", demonstration=True)
        desk = Seat.objects.create(
            account=account, role=Role.SECRETARIAT, format=world.other_format, demonstration=True
        )
    with acting.acting_for(desk.pk, account.pk):
        commands.invite(role=Role.OBSERVER, format_id=world.other_format.pk)
        for place in (
            {"role": Role.OBSERVER, "format_id": world.format.pk},
            {"role": Role.DELEGATE, "party_id": world.parties["AL"].pk, "format_id": world.other_format.pk},
            {"role": Role.SECRETARIAT},
        ):
            with pytest.raises(NotAllowed):
                commands.invite(**place)


@pytest.mark.usefixtures("house")
def test_the_wall_itself_keeps_a_formats_secretariat_from_seating_delegates() -> None:
    from django.db.utils import ProgrammingError

    world = make_world()
    with acting.acting_as_house():
        account = Account.objects.create(email="desk@example.org", name="Desk", demonstration=True)
        desk = Seat.objects.create(
            account=account, role=Role.SECRETARIAT, format=world.other_format, demonstration=True
        )
    with acting.acting_for(desk.pk, account.pk), pytest.raises(ProgrammingError, match="row-level security"):
        Seat.objects.create(account=account, role=Role.DELEGATE, party=world.parties["AL"], format=world.other_format)


@pytest.mark.usefixtures("house")
def test_the_link_is_shown_once_and_can_be_kept_as_a_letter() -> None:
    world = make_world()
    client = client_as(world, "secretariat")
    page = client.post(
        reverse("accounts_invite"),
        {"role": "delegate", "party": str(world.parties["RS"].pk), "days": "3", "email": "ana@example.org"},
    )
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    secret = page.context["secret"]
    assert f"http://testserver/en/invitation/{secret}/" in page.content.decode()
    letter = client.post(reverse("accounts_letter"), {"secret": secret, "by": "file"})
    assert letter["Content-Type"] == "message/rfc822"
    assert f"/en/invitation/{secret}/".encode() in letter.content.replace(b"=\n", b"")
    assert b"To: ana@example.org" in letter.content
    assert secret not in client.get(reverse("accounts_seats")).content.decode()
    assert client_as(world, "RS").post(reverse("accounts_letter"), {"secret": secret}).status_code == 403


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "socialaccount_signup", "account_email"])
def test_there_is_no_sign_up_and_no_reset_by_mail(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
