"""A text of 250 pages in the database: 2,500 paragraphs, 1,500 of them open, 60 delegations, 15,000 proposals, 300 versions.

The rows are laid out as the house would have written them, in bulk; then the pages that people stand on are asked for, as a
delegate reads them, through the whole of the house's middleware. `least` is processor time of the web process, `waited` the
least time from the request to the answer, with the database's work in it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from benchmarks.house import House
from benchmarks.measure import open_here, table

PARAGRAPHS, OPEN, PROPOSALS, DELEGATIONS, VERSIONS, POSITIONS = 2_500, 1_500, 15_000, 60, 300, 30_000
LANGUAGES = ("en", "tr", "sq", "bs", "sr", "sr-latn", "mk", "cnr")
WORDS, TIMES = 45, 8


def run(house: House) -> None:
    """Lay the text out and ask for each page several times."""
    open_here()

    from benchmarks.pages import _client, _count

    began = time.perf_counter()
    place, paragraph = _Laying(house).out()
    laid = time.perf_counter() - began
    with house.owner() as owner:
        # As autovacuum would have done by the time such a text has been negotiated.
        owner.autocommit = True
        owner.execute("VACUUM ANALYZE")
    client, rows = _client("delegate"), []
    for title, path in (
        ("the room, its first part", place),
        ("a part in the middle", f"{place}?from=1201"),
        ("what is open", f"{place}?show=open"),
        ("a word found in it", f"{place}?find=corridor"),
        ("the matrix, its first part", f"{place}matrix/"),
        ("the paragraph with most proposals", f"{place}paragraphs/{paragraph}/"),
        ("a version", f"{place}versions/{VERSIONS}/"),
        ("the history, its first part", f"{place}history/"),
        ("how it goes", f"{place}burn-down/"),
        ("our text", f"{place}ours/"),
        ("the screen, asked again", f"{place}screen/now"),
    ):
        spent, waited, size = _least(client, path)
        queries, _before = _count(client, path)
        rows.append([title, str(queries), f"{size / 1024:.0f} kB", f"{spent:.0f} ms", f"{waited:.0f} ms"])
    table(
        f"A text of {PARAGRAPHS:,} paragraphs, {DELEGATIONS} delegations, {PROPOSALS:,} proposals, {VERSIONS} versions "
        f"(laid out in {laid:.0f} s)",
        ["page", "queries", "size", "least", "waited"],
        rows,
    )


def _least(client: Any, path: str) -> tuple[float, float, int]:
    spent = waited = float("inf")
    size = 0
    for turn in range(TIMES + 1):
        began, before = time.process_time(), time.perf_counter()
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}; the time means nothing.")
        if turn:
            spent = min(spent, (time.process_time() - began) * 1000)
            waited = min(waited, (time.perf_counter() - before) * 1000)
        size = len(answer.content)
    return spent, waited, size


def _plain(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value


class _Laying:
    """Lays the text out. Everything follows from one seed."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.chance = random.Random(1)
        self.words = ["corridor", *(f"word{number}" for number in range(400))]
        self.at = datetime.now(UTC) - timedelta(days=200)
        self.step = timedelta(days=190) / (PROPOSALS + PARAGRAPHS)

    def out(self) -> tuple[str, UUID]:
        """The address of the text, and the paragraph with most proposals."""
        from django.urls import reverse

        from sofra.kernel import acting

        with acting.acting_as_house():
            self._table()
        self._paragraphs()
        self._proposals()
        self._positions()
        with acting.acting_as_house():
            self._versions()
        kwargs = {"format": self.format.slug, "meeting": self.meeting.slug, "text": self.text.pk}
        return str(reverse("text", kwargs=kwargs)), self.keys[0]

    def _table(self) -> None:
        """The delegations, a profile that names them, the meeting and the text."""
        from benchmarks.programme import _profile
        from sofra.kernel import wordings
        from sofra.kernel.models import Format, Membership, Party
        from sofra.meetings.commands.convening import Details, When, convene
        from sofra.parties.queries.formats import members_on
        from sofra.texts.models import LanguageVersion, Text

        self.format = Format.objects.get(slug="balkan-peace-platform")
        standing = members_on(self.format)
        more = [Party(code=f"BENCH-{number:02}") for number in range(DELEGATIONS - len(standing))]
        Party.objects.bulk_create(more)
        Membership.objects.bulk_create(Membership(format=self.format, party=each, audience="public") for each in more)
        self.parties = [*standing, *more]
        _profile(self.format, self.parties)
        first = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=60)
        self.meeting = convene(
            self.format, When(first, "Europe/Istanbul"), Details({"en": "Bench"}, working_languages=("en",)),
            kind="extraordinary",
        )  # fmt: skip
        self.rows = {"audience": "format", "format_id": self.format.pk, "readable_from": self.at}
        self.text = Text.objects.create(meeting=self.meeting, languages=list(LANGUAGES), at=self.at, **self.rows)
        self.text.refresh_from_db()
        wordings.put(self.text, "title", {"en": "A text of 250 pages"})
        assert LanguageVersion.objects.filter(text=self.text).count() == 0

    def _write(self, made: Iterable[Any]) -> None:
        """Write rows as the owner role, before whom no wall stands: those of delegations too."""
        from django.db.models.expressions import DatabaseDefault

        rows = list(made)
        fields = [
            field for field in rows[0]._meta.concrete_fields
            if not isinstance(getattr(rows[0], field.attname), DatabaseDefault)
        ]  # fmt: skip
        columns, places = (", ".join(each) for each in ([field.column for field in fields], ["%s"] * len(fields)))
        statement = f"INSERT INTO {rows[0]._meta.db_table} ({columns}) VALUES ({places})"
        with self.house.owner() as owner, owner.transaction(), owner.cursor() as cursor:
            cursor.executemany(
                statement.encode(), [[_plain(getattr(row, field.attname)) for field in fields] for row in rows]
            )

    def _said(self) -> str:
        return " ".join(self.chance.choices(self.words, k=WORDS))

    def _bracketed(self, depth: int) -> str:
        """A bracket of two delegations, with others inside it to a depth."""
        from sofra.texts.labels import label_of

        one, two = (label_of(party.pk) for party in self.chance.sample(self.parties, 2))
        inner = f" {self._bracketed(depth - 1)}" if depth > 1 else ""
        first, second = self.chance.sample(self.words, 2)
        return f"[{first} often{inner} - {one} / {second} seldom - {two}]"

    def _paragraphs(self) -> None:
        from sofra.texts.models import Paragraph, Placing, Stand

        self.keys = [uuid4() for _ in range(PARAGRAPHS)]
        self._write(Paragraph(pk=key, text=self.text, at=self.at, **self.rows) for key in self.keys)
        self._write(
            (Placing(paragraph_id=key, sequence=1, kind="operative", number=f"{number}.", place=float(number), at=self.at,
                     **self.rows) for number, key in enumerate(self.keys, 1)),
        )  # fmt: skip
        self._write(
            (Stand(paragraph_id=key, language=language, sequence=1, content=self._said(), at=self.at, **self.rows)
             for key in self.keys for language in LANGUAGES),
        )  # fmt: skip

    def _proposals(self) -> None:
        """Each proposal made a new stand; every tenth is kept to its delegation, every third is explained."""
        from sofra.kernel.models import Wording
        from sofra.texts.models import Explanation, Proposal, Stand

        stands, rows, said, wordings = [], [], [], []
        self.latest: dict[UUID, str] = {}
        sequence = dict.fromkeys(self.keys, 1)
        for number in range(PROPOSALS):
            # The first paragraphs are argued over most.
            key = self.keys[min(int(self.chance.expovariate(4 / OPEN)), OPEN - 1) if number >= OPEN else number]
            party, at = self.chance.choice(self.parties).pk, self.at + self.step * (number + 1)
            kept = number % 10 == 9
            place = {**self.rows, "audience": "delegation" if kept else "format", "owner_party_id": party, "at": at}
            stand = None
            if not kept:
                sequence[key] += 1
                depth = 1 + number % 5 if number % 7 == 0 else 1
                self.latest[key] = f"{self._said()} {self._bracketed(depth)} {self._bracketed(1)}"
                stand = Stand(
                    paragraph_id=key,
                    language="en",
                    sequence=sequence[key],
                    content=self.latest[key],
                    **self.rows,
                    at=at,
                )
                stands.append(stand)
            rows.append(
                Proposal(
                    text=self.text, paragraph_id=key, kind="reword", language="en", wording=self._said(), result=stand,
                    **place,
                )
            )  # fmt: skip
            if number % 3 == 0:
                told = {name: value for name, value in place.items() if name != "at"}
                said.append(Explanation(proposal=rows[-1], **told))
                wordings.append(
                    Wording(subject_id=said[-1].pk, field="reason", language="en", text="As we said before.", **told)
                )
        for made in (stands, rows, said, wordings):
            self._write(made)

    def _positions(self) -> None:
        from sofra.texts.models import Position
        from sofra.texts.queries.text import points_in

        stances = ("objects", "reserves", "can live with", "supports")
        choices = [(key, points_in(said)[0].choices[0].key) for key, said in self.latest.items()]
        self._write(
            (
                Position(
                    paragraph_id=key, language="en", choice=choice, stance=stances[number % 4], words="",
                    owner_party_id=self.parties[number // len(choices) % DELEGATIONS].pk, at=self.at, **self.rows,
                )
                for number, (key, choice) in ((n, choices[n % len(choices)]) for n in range(POSITIONS))
            ),
        )  # fmt: skip

    def _versions(self) -> None:
        """Each version is kept with its first paragraphs in all languages, the last one whole: 300 whole ones are 3 GB of
        the same words."""
        from sofra.texts.models import Stand, Version

        contents: dict[str, dict[str, str]] = {}
        rows = Stand.objects.filter(paragraph__text=self.text).order_by("sequence")
        for key, language, said in rows.values_list("paragraph_id", "language", "content"):
            contents.setdefault(str(key), {})[language] = said
        paragraphs = [
            {"paragraph": str(key), "kind": "operative", "level": 0, "number": f"{number}.", "status": "open",
             "content": contents[str(key)]} for number, key in enumerate(self.keys, 1)
        ]  # fmt: skip
        for number in range(1, VERSIONS + 1):
            Version.objects.create(
                text=self.text, number=number, content={"paragraphs": paragraphs if number == VERSIONS else paragraphs[:60]},
                digests=dict.fromkeys(LANGUAGES, "0" * 64), at=self.at + timedelta(hours=15 * number), **self.rows,
            )  # fmt: skip
