"""The text room's page: processor time of the web process and what is sent, for a statement and for a text of 250 pages.

A statement of 60 paragraphs with seven delegations, half of its paragraphs in brackets with positions; and 2,500 paragraphs,
of which a page sends the first part. Both are asked as a delegate reads them, through the whole of the house's middleware.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.house import House
from benchmarks.measure import open_here, table

STATEMENT, LARGE, WORDS = 60, 2_500, 45
_VOCABULARY = 400
_STANCES = ("objects", "reserves", "can live with", "supports")


def run(house: House) -> None:
    """Lay both texts out, ask for each page many times, and tell the least processor time of a request."""
    open_here()

    from benchmarks.pages import _client, _count
    from benchmarks.programme import _processor_ms

    statement, large, empty = _lay_out()
    rows = []
    for title, path, role in (
        (f"statement of {STATEMENT} paragraphs", statement, "delegate"),
        ("the same, for the secretariat", statement, "secretariat"),
        ("the same, without any proposal", f"{statement}?read=base", "delegate"),
        ("the list of texts, beside it", empty, "delegate"),
        (f"text of {LARGE:,} paragraphs, the first part", large, "delegate"),
        ("the same, a part in the middle", f"{large}?from=1201", "delegate"),
        ("the same, a word found in it", f"{large}?find=corridor", "delegate"),
    ):
        client = _client(role)
        spent, size = _processor_ms(client, path)
        queries, _before = _count(client, path)
        rows.append([title, str(queries), f"{size / 1024:.0f} kB", f"{spent:.1f} ms"])
    table("The text room's page, processor time", ["what", "queries", "size", "least"], rows)


def _lay_out() -> tuple[str, str, str]:
    """The addresses of the statement, of the large text, and of the list of texts."""
    from django.urls import reverse

    from benchmarks.programme import _profile
    from sofra.kernel import acting
    from sofra.kernel.models import Format
    from sofra.meetings.commands.convening import Details, When, convene
    from sofra.parties.queries.formats import members_on

    chance = random.Random(1)
    words = ["corridor", *(f"word{number}" for number in range(_VOCABULARY))]
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
        keys = [_text(meeting, parties, chance, words, size, every) for size, every in ((STATEMENT, 2), (LARGE, 2))]
    place = {"format": format.slug, "meeting": meeting.slug}
    pages = [reverse("text", kwargs={**place, "text": key}) for key in keys]
    return pages[0], pages[1], reverse("texts", kwargs=place)


def _text(meeting: Any, parties: list[Any], chance: random.Random, words: list[str], size: int, every: int) -> Any:
    """A text with a bracket of two delegations in every so many paragraphs, and positions of all on its first wording."""
    from sofra.kernel import acting
    from sofra.meetings.demonstration_agenda import demonstration_seats
    from sofra.texts.commands.beginning import begin
    from sofra.texts.labels import label_of
    from sofra.texts.models import Position
    from sofra.texts.queries.room import lines_of

    def paragraph(number: int) -> str:
        said = [chance.choice(words) for _ in range(WORDS)]
        if number % every == 0:
            one, two = chance.sample(parties, 2)
            said[10] = f"[{said[10]} often - {label_of(one.pk)} / {said[11]} seldom - {label_of(two.pk)}]"
            said[30] = f"[, {said[30]} - {label_of(two.pk)}]"
        return f"{number}. {' '.join(said)}."

    seats = demonstration_seats(meeting)
    notation = "\n\n".join(paragraph(number) for number in range(1, size + 1))
    text = begin(meeting=meeting, title={"en": "Bench"}, languages=["en"], notation={"en": notation})
    open_lines = [line for line in lines_of(text, "en") if line.points]
    for place, (party, seat) in enumerate(zip(sorted(parties, key=lambda each: each.code), seats, strict=True)):
        with acting.acting_for(*seat):
            Position.objects.bulk_create(
                Position(
                    audience=text.audience, format_id=text.format_id, paragraph_id=line.key, owner_party=party,
                    language="en", choice=line.points[0].choices[0].key, words="", stance=_STANCES[place % 4], at=text.at,
                )
                for line in open_lines
            )  # fmt: skip
    return text.pk
