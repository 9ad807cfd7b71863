"""The authorisation matrix: every route × every role × every method answers as its door says."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch

from sofra.kernel.doors import ROLES
from tests.house.crawling import WHO, knocking, role_of, routes
from tests.support.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
)


def test_every_route_declares_its_door() -> None:
    assert [route.name for route in routes() if route.door is None] == []


def test_every_door_names_known_roles_and_a_method() -> None:
    for route in routes():
        assert route.door is not None
        assert route.door.methods, route.name
        for roles in route.door.methods.values():
            assert roles <= set(ROLES), route.name


def test_every_route_with_arguments_has_a_sample(canaries: World) -> None:
    missing = []
    for route in routes():
        try:
            route.url(canaries)
        except (LookupError, NoReverseMatch) as error:
            missing.append(str(error))
    assert missing == []


def closed_to_demonstration(name: str) -> bool:
    """Passwords and factors: the accounts of this world are demonstration's, and such an account has none to keep."""
    return name in ("account_change_password", "account_reauthenticate") or (
        name.startswith("mfa_") and name not in ("mfa_authenticate", "mfa_login_webauthn")
    )


def knock(client: Client, method: str, url: str) -> HttpResponse:
    """One request, undone afterwards: what it does to seats and sessions is not to change what the next one may."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.generic(method, url)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return response


@pytest.mark.parametrize("who", WHO)
def test_every_route_answers_each_role_and_method_as_its_door_says(canaries: World, who: str) -> None:
    wrong = []
    client = knocking(canaries, who)
    for route in routes():
        assert route.door is not None
        url = route.url(canaries)
        acts = route.door.roles("POST") is not None
        for method in METHODS:
            response = knock(client, method, url)
            roles = route.door.roles(method)
            status = response.status_code
            # A guest holds no seat, so nothing but a session says who that is; the REST interface reads none.
            role = "visitor" if route.rest and who == "guest" else role_of(who)
            if who != "visitor" and closed_to_demonstration(route.name):
                right = status == 403
            elif roles is None:
                right = status == 405
            elif role in roles:
                # Behind the door, a policy may still say no to an act, and to the form of an act; the REST interface has
                # no form that could say why, and answers that no profile is in force.
                right = status < 400 or status in (404, 422, 429) or (acts and status in (400, 403, 409))
                right = right or (route.rest and status == 409)
            elif role == "visitor" and route.rest:
                right = status == 401 and response["WWW-Authenticate"].startswith("Bearer")
            elif role == "visitor" and method in ("GET", "HEAD"):
                right = status == 302 and response["Location"].startswith("/en/account/sign-in/?next=")
            else:
                right = status == 403
            if not right:
                wrong.append(f"{method} {route.name}: {status}")
            if "unsafe" in response["Content-Security-Policy"] or not response["Content-Security-Policy"].startswith(
                POLICY
            ):
                wrong.append(f"{method} {route.name}: Content-Security-Policy")
            expected = {
                "Referrer-Policy": "no-referrer",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "DENY",
            }
            wrong += [f"{method} {route.name}: {name}" for name, value in expected.items() if response[name] != value]
            if (role != "visitor" or not route.door.public) and response.get("Cache-Control") != "no-store":
                wrong.append(f"{method} {route.name}: Cache-Control")
    assert wrong == [], "\n".join(wrong)
