"""One transaction per request, with its actor: rendered inside, rolled back on refusal, closed to streamed bodies."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from sofra.conf import urls
from sofra.kernel import acting
from sofra.kernel.doors import ANYONE, SEATED, door
from sofra.kernel.middleware import SEAT
from sofra.kernel.models import AuditPayload, Change, Wording
from sofra.kernel.recording import record
from sofra.kernel.refusals import NotAllowed
from tests.support.world import World, make_world

SECRET = "token-of-albania"


def _write(world_format: uuid.UUID) -> Change:
    actor = acting.current()
    change = Change.objects.create(
        kind="x", subject_type="x", subject_id=uuid.uuid4(), audience="format", format_id=world_format,
        owner_party_id=actor.party_id,
    )  # fmt: skip
    record("test.written", change, visible=False)
    return change


@door(GET=ANYONE)
def lazily(request: HttpRequest) -> HttpResponse:
    """Answers a response whose template asks the database when it is rendered."""
    template = engines["django"].from_string("{% for w in wordings %}{{ w.text }}{% endfor %}")
    return SimpleTemplateResponse(template, {"wordings": Wording.objects.all()})


@door(GET=ANYONE)
def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def body() -> Iterator[bytes]:
        yield from (w.text.encode() for w in Wording.objects.all())

    return StreamingHttpResponse(body())


@door(GET=ANYONE)
def streamed_before(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([w.text.encode() for w in Wording.objects.all()]))


@door(GET=SEATED, POST=SEATED)
def writes(request: HttpRequest, status: int) -> HttpResponse:
    _write(next(iter(request.actor.member_of)))  # type: ignore[attr-defined]
    if status == 404:
        raise Http404
    if status == 403:
        raise NotAllowed("Not for you.")
    return HttpResponse(status=status)


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nobody should read this")


class Routes:
    urlpatterns = [
        path("lazily", lazily),
        path("streamed", streamed),
        path("streamed-before", streamed_before),
        path("writes/<int:status>", writes),
        path("undeclared", undeclared),
        *urls.urlpatterns,
    ]
    handler404 = "tests.kernel.test_middleware.not_found"
    handler500 = "tests.kernel.test_middleware.broken"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("not found", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse("broken", status=500)


@pytest.fixture
def world(own_database: str) -> Iterator[World]:
    world = make_world()
    with world.act("AL"):
        Wording.objects.create(
            subject_id=uuid.uuid4(), field="title", language="en", text=SECRET, audience="delegation",
            format=world.format, owner_party=world.parties["AL"],
        )  # fmt: skip
    with override_settings(ROOT_URLCONF=Routes):
        yield world


def client_of(world: World, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who != "visitor":
        seat = world.seats[who]
        client.force_login(seat.account, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.session
        session[SEAT] = str(seat.pk)
        session.save()
    return client


def test_a_lazily_rendered_page_is_rendered_behind_the_walls(world: World) -> None:
    assert client_of(world, "AL").get("/lazily").content == SECRET.encode()
    for who in ("visitor", "RS", "secretariat"):
        assert client_of(world, who).get("/lazily").content == b""


def test_a_streamed_body_cannot_ask_the_database(world: World) -> None:
    for who in ("visitor", "AL", "RS"):
        response = client_of(world, who).get("/streamed")
        with pytest.raises(RuntimeError, match="asks the database for nothing"):
            b"".join(response.streaming_content)
    assert b"".join(client_of(world, "AL").get("/streamed-before").streaming_content) == SECRET.encode()
    assert b"".join(client_of(world, "RS").get("/streamed-before").streaming_content) == b""


def test_a_pooled_connection_carries_no_actor_to_the_next_request(world: World) -> None:
    client_of(world, "AL").get("/lazily")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_setting('sofra.party', true)")
        pid, party = cursor.fetchone()
    assert party in (None, "")
    assert Wording.objects.count() == 0
    client_of(world, "visitor").get("/lazily")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == (pid,)


@pytest.mark.parametrize(("status", "written"), [(200, 1), (302, 1), (400, 0), (403, 0), (404, 0), (422, 0), (500, 0)])
def test_a_refused_request_writes_nothing(world: World, status: int, written: int) -> None:
    response = client_of(world, "RS").post(f"/writes/{status}")
    assert response.status_code == status
    with world.act("RS"):
        assert Change.objects.count() == written
        assert AuditPayload.objects.filter(action="test.written").count() == written


def test_a_route_without_a_door_answers_nobody(world: World) -> None:
    for who in ("visitor", "secretariat"):
        response = client_of(world, who).get("/undeclared")
        assert (response.status_code, response.content) == (500, b"broken")


def test_a_visitor_is_shown_to_the_sign_in_and_other_methods_are_refused(world: World) -> None:
    response = client_of(world, "visitor").get("/writes/200")
    assert (response.status_code, response["Location"]) == (302, "/en/account/sign-in/?next=%2Fwrites%2F200")
    assert client_of(world, "visitor").post("/writes/200").status_code == 403
    assert client_of(world, "RS").delete("/writes/200").status_code == 405


def test_a_revoked_seat_is_nobody_at_the_next_request(world: World) -> None:
    client = client_of(world, "RS")
    assert client.get("/writes/200").status_code == 200
    with world.act("secretariat"):
        type(world.seats["RS"]).objects.filter(pk=world.seats["RS"].pk).update(revoked_at=timezone.now())
    assert client.get("/writes/200").status_code == 403


def test_every_answer_carries_the_headers(world: World) -> None:
    for who, url in [("visitor", "/lazily"), ("RS", "/lazily"), ("RS", "/writes/404"), ("visitor", "/nowhere")]:
        headers = client_of(world, who).get(url).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers.get("Cache-Control", "") == ("" if (who, url) == ("visitor", "/lazily") else "no-store")
