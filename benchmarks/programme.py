"""A programme of 5 days, 10 blocks, 200 entries and 40 people, and its calendar: processor time of the web process.

The baselines are what this house set out from: the widest used open system needs 392 ms for the same page and 65 ms for the
calendar of 200 entries. They were taken on another machine; the ratio says how far apart the two are, not more.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.house import House
from benchmarks.measure import open_here, ratio, table

PAGE_BASELINE, CALENDAR_BASELINE = 392.0, 65.0
DAYS, BLOCKS, ENTRIES, PEOPLE = 5, 10, 200, 40
TIMES = 20


def run(house: House) -> None:
    """Lay the programme out, ask for each page many times, and tell the least processor time of a request."""
    open_here()

    from django.test import Client

    from benchmarks.pages import _client, _count

    page, empty, calendar = _lay_out()
    rows = []
    for title, path, client, baseline in (
        ("programme, as published", page, _client("delegate"), PAGE_BASELINE),
        ("programme, being arranged", page, _client("secretariat"), PAGE_BASELINE),
        ("the same without a session", empty, _client("delegate"), PAGE_BASELINE),
        ("programme, for print", f"{page}print/", _client("delegate"), PAGE_BASELINE),
        ("calendar of 210 events", calendar, Client(), CALENDAR_BASELINE),
    ):
        spent, size = _processor_ms(client, path)
        queries, _before = _count(client, path)
        rows.append(
            [
                title,
                str(queries),
                f"{size / 1024:.0f} kB",
                f"{spent:.1f} ms",
                f"{baseline:.0f} ms",
                ratio(baseline, spent),
            ]
        )
    table(
        f"Processor time: {DAYS} days, {BLOCKS} blocks, {ENTRIES} entries, {PEOPLE} people",
        ["what", "queries", "size", "least", "baseline", "ratio"],
        rows,
    )


def _processor_ms(client: Any, path: str) -> tuple[float, int]:
    least, size = float("inf"), 0
    for turn in range(TIMES + 1):
        began = time.process_time()
        answer = client.get(path)
        spent = (time.process_time() - began) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}; the time means nothing.")
        least, size = min(least, spent) if turn else least, len(answer.content)
    return least, size


def _lay_out() -> tuple[str, str, str]:
    """The addresses of the page, of one of a meeting without sessions, and of a calendar that shows the entries."""
    from django.urls import reverse

    from benchmarks.pages import _client
    from sofra.kernel import acting
    from sofra.kernel.middleware import SEAT
    from sofra.kernel.models import Format, Seat
    from sofra.meetings.commands import calendar, programme, publishing, resources
    from sofra.meetings.commands.convening import Details, When, convene
    from sofra.parties.queries.formats import members_on

    first = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=60)
    with acting.acting_as_house():
        format = Format.objects.get(slug="balkan-peace-platform")
        parties = members_on(format)
        _profile(format, parties)
        meeting = convene(
            format,
            When(first, "Europe/Istanbul"),
            Details({"en": "Bench"}, working_languages=("en",)),
            kind="extraordinary",
        )
        rooms = [resources.add_resource(format, "room", resources.About({"en": f"Hall {n}"}, 90)) for n in (1, 2)]
        people = _people(parties)
        for number in range(BLOCKS):
            begins = first + timedelta(days=number // 2, hours=5 * (number % 2))
            slot = programme.Slot(begins, begins + timedelta(hours=4), rooms[number % 2])
            plan = programme.Plan({"en": f"Block {number + 1} of the programme"}, languages=("en", "tr"))
            _entries(programme.add_session(meeting, plan, slot), number, people)
        publishing.publish_programme(meeting, seen=None)
        page = reverse("programme", kwargs={"format": format.slug, "meeting": meeting.slug})
        other = convene(
            format, When(first + timedelta(days=90), "Europe/Istanbul"), Details({"en": "Bench"}), kind="extraordinary"
        )
        empty = reverse("programme", kwargs={"format": format.slug, "meeting": other.slug})
        seat_id = _client("delegate").session[SEAT]
        seat = Seat.objects.get(pk=seat_id)
    with acting.acting_for(seat.pk, seat.account_id):
        _key, secret = calendar.make_key(detail="entries")
    return page, empty, reverse("calendar_feed", kwargs={"secret": secret})


def _profile(format: Any, parties: list[Any]) -> None:
    from sofra.kernel.commands import database_now
    from sofra.lexicon.models import Designation, Profile

    row = Profile.objects.create(audience="format", format=format, number=99, basis="practice", citation="A benchmark")
    for number, party in enumerate(parties):
        Designation.objects.create(profile=row, party=party, language="en", text=f"Delegation {number}")
    row.state, row.in_force_from = Profile.State.STANDING, database_now()
    row.save()


def _people(parties: list[Any]) -> list[Any]:
    """People with a post each, held so that everyone may read of them: what is measured is a page with all of them."""
    from sofra.kernel import wordings
    from sofra.parties.models import Person, Post

    found = []
    for number in range(PEOPLE):
        post = Post.objects.create(
            audience="public", party=parties[number % len(parties)], rank="expert", record_id=f"b{number}"
        )
        person = Person.objects.create(audience="public", party=post.party, name=f"Person {number} of the benchmark")
        post.refresh_from_db()
        wordings.put(post, "title", {"en": f"Director of department {number}"})
        found.append((post, person))
    return found


def _entries(session: Any, block: int, people: list[Any]) -> None:
    from sofra.kernel.models import Wording
    from sofra.meetings.models import ProgrammeEntry, ProgrammePart

    held = {"audience": "secretariat", "format_id": session.format_id}
    each = ENTRIES // BLOCKS
    rows = [
        ProgrammeEntry(
            **held, session=session, order=number, begins_at=session.begins_at + timedelta(minutes=12 * number),
            ends_at=session.begins_at + timedelta(minutes=12 * number + 12),
        )
        for number in range(each)
    ]  # fmt: skip
    ProgrammeEntry.objects.bulk_create(rows)
    Wording.objects.bulk_create(
        Wording(
            **held,
            subject_id=row.pk,
            field="title",
            language=language,
            text=f"{word} {block}.{row.order}: corridors and youth",
        )
        for row in rows
        for language, word in (("en", "Entry"), ("tr", "Madde"))
    )
    ProgrammePart.objects.bulk_create(
        ProgrammePart(**held, session=session, point=row, party=post.party, post=post, person=person)
        for row in rows
        for post, person in [people[(block * each + row.order) % len(people)]]
    )
