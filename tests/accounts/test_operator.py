"""The operator's commands, and forms of pages that send no referrer."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from sofra.kernel import acting
from sofra.kernel.accounts import cli, queries
from sofra.kernel.ground.troubles import Trouble
from sofra.kernel.models import Account, AuditPayload
from tests.support.people import PASSWORD, enrol
from tests.support.world import make_world


@pytest.mark.usefixtures("house")
def test_a_fresh_house_is_entered_by_the_operators_first_link() -> None:
    ran = CliRunner().invoke(cli.invite, ["--at", "https://sofra.example.org/"])
    link = ran.stdout.strip()
    assert link.startswith("https://sofra.example.org/en/invitation/")
    client = Client()
    path = link.removeprefix("https://sofra.example.org")
    answer = client.post(path, {"name": "First", "email": "first@example.org", "password": PASSWORD})
    assert answer.status_code == 303
    enrol(client)
    assert client.get(reverse("accounts_invite")).status_code == 200
    account = Account.objects.get(email="first@example.org")
    assert [(place.role, place.format_id) for place in queries.seats_of(account.pk)] == [("secretariat", None)]
    with acting.acting_as_house():
        assert AuditPayload.objects.filter(action="invitation.made", seat_id=None).count() == 1


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--role", "delegate"], "A delegate sits for a party: choose it."),
        (["--role", "delegate", "--party", "QQ"], "--party QQ is not known here; check its spelling."),
        (["--days", "0"], "An invitation holds for 1 to 60 days."),
        (["--email", "nobody"], "This is not an e-mail address. Write it as name@example.org."),
    ],
)
def test_a_wrong_word_of_the_operator_is_answered_in_a_sentence_and_makes_nothing(
    arguments: list[str], sentence: str
) -> None:
    ran = CliRunner().invoke(cli.invite, arguments)
    assert isinstance(ran.exception, Trouble)
    assert str(ran.exception) == sentence
    with acting.acting_as_house():
        assert queries.invitations() == []


@pytest.mark.usefixtures("house")
def test_the_operator_opens_and_ends_the_seats_of_the_demonstration() -> None:
    make_world()
    assert CliRunner().invoke(cli.demonstration, ["--seats", "on"]).stdout == "Demonstration seats open: 10.\n"
    assert CliRunner().invoke(cli.demonstration, ["--seats", "off"]).stdout == "Demonstration seats open: 0.\n"
    assert queries.demonstration_seats() == []


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("secure", "headers", "accepted"),
    [
        (True, {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        (True, {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        (True, {"HTTP_ORIGIN": "null"}, False),
        (True, {"HTTP_ORIGIN": "https://elsewhere.example"}, False),
        (False, {"HTTP_ORIGIN": "null"}, True),
        (False, {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"}, False),
    ],
)
def test_a_form_is_taken_from_this_site_alone(secure: bool, headers: dict[str, str], accepted: bool) -> None:
    make_world()
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("account_login"), secure=secure)
    token = str(page.context["csrf_token"])
    data = {"login": "nobody@example.org", "password": "x", "csrfmiddlewaretoken": token}
    answer = client.post(reverse("account_login"), data, secure=secure, **headers)
    assert (answer.status_code == 422) is accepted  # read, and refused for what it says
    without = client.post(reverse("account_login"), {**data, "csrfmiddlewaretoken": ""}, secure=secure, **headers)
    assert without.status_code == 403
