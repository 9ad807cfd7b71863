"""How many queries a page asks, on the record and the demonstration as `make run` lays them out. Counts, not times."""

from __future__ import annotations

from typing import Any

from benchmarks.house import House
from benchmarks.measure import open_here, table

PAGES = (
    ("home", "/en/", "visitor"),
    ("record", "/en/record/", "visitor"),
    ("record: sources", "/en/record/sources/", "visitor"),
    ("record: a past meeting", "", "visitor"),
    ("search", "/en/search?q=corridor", "visitor"),
    ("desk", "/en/desk/", "secretariat"),
    ("desk", "/en/desk/", "delegate"),
    ("meetings", "/en/meetings/", "delegate"),
    ("formats", "/en/formats/", "delegate"),
    ("parties", "/en/parties/", "delegate"),
)


def run(house: House) -> None:
    """Open the house in this process and ask for each page twice; the second time is counted."""
    open_here()
    rows = []
    for title, path, role in PAGES:
        client = _client(role)
        path = path or _past_meeting()
        client.get(path)
        total, setting_up = _count(client, path)
        rows.append([title, role, str(total), str(setting_up)])
    table(
        "Queries per page",
        ["page", "as", "queries", "of them session, account, seat"],
        rows,
    )


#: Tables and functions a request asks before its view runs.
BEFORE_THE_VIEW = ("django_session", "kernel_account", "sofra_enter", "mfa_authenticator", "house_cache")


def _count(client: Any, path: str) -> tuple[int, int]:
    from contextlib import ExitStack

    from django.db import connections

    asked: list[str] = []

    def note(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(statement)
        return execute(statement, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(note))
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}; the count means nothing.")
    return len(asked), sum(1 for statement in asked if any(name in statement for name in BEFORE_THE_VIEW))


def _client(role: str) -> Any:
    from django.conf import settings
    from django.test import Client

    from sofra.kernel import acting
    from sofra.kernel.middleware import SEAT
    from sofra.kernel.models import Seat

    client = Client()
    if role != "visitor":
        with acting.acting_as_house():
            seat = Seat.objects.filter(role=role, demonstration=True).select_related("account").order_by("id").first()
        if seat is None:
            raise RuntimeError(f"The demonstration has no seat of the role {role}.")
        client.force_login(seat.account, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.session
        session[SEAT] = str(seat.pk)
        session.save()
    return client


def _past_meeting() -> str:
    from django.urls import reverse

    from sofra.kernel import acting
    from sofra.meetings.models import Meeting

    with acting.acting_as_visitor():
        slug = Meeting.objects.exclude(record_slug="").order_by("day").values_list("record_slug", flat=True).first()
    return str(reverse("record_meeting", kwargs={"slug": slug}))
