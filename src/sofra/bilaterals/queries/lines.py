"""Requests as a reader finds them: each with its sides, how it stands, and where it is placed. Eight queries at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sofra.bilaterals.engine.slots import Span, spans
from sofra.bilaterals.engine.workflow import Code, Standing, Step, standing
from sofra.bilaterals.models import (
    Act,
    Arrangement,
    Level,
    Note,
    Outcome,
    Placement,
    Purpose,
    Readout,
    ReadoutAgreement,
    Request,
    Side,
    Wish,
)
from sofra.kernel.commands import database_now
from sofra.meetings.models import Meeting


@dataclass
class Line:
    """A request as it stands. `parties`: its sides, the asker first; `placement`: where the published schedule has it."""

    row: Request
    parties: list[UUID]
    standing: Standing
    acts: list[Act] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    arrangement: Arrangement | None = None
    outcome: Outcome | None = None
    placement: Placement | None = None

    @property
    def code(self) -> Code:
        """The state of the request."""
        return self.standing.code

    @property
    def others(self) -> list[UUID]:
        """The sides that were asked."""
        return self.parties[1:]

    @property
    def terms(self) -> Act | None:
        """The proposal in force; None: the request as it was asked."""
        return next((act for act in self.acts if act.pk == self.standing.terms), None)

    @property
    def level(self) -> str:
        """The level of the terms in force."""
        terms = self.terms
        return terms.level if terms is not None else self.row.level

    @property
    def level_words(self) -> str:
        """The level in words."""
        return str(Level(self.level).label)

    @property
    def windows(self) -> list[Span]:
        """The windows of the terms in force; none: any time."""
        terms = self.terms
        return spans(terms.windows if terms is not None else self.row.windows)

    @property
    def timed(self) -> Act | None:
        """The time agreed elsewhere that was put forward last, where it still can stand."""
        return next((act for act in self.acts if act.pk == self.standing.timed), None)

    @property
    def agreed(self) -> Act | None:
        """The time agreed elsewhere that all sides confirmed."""
        return next((act for act in self.acts if act.pk == self.standing.agreed), None)

    @property
    def span(self) -> Span | None:
        """When it is held: by the published schedule, or as its sides confirmed; None: not known."""
        if self.code != Code.ACCEPTED:
            return None
        if self.placement is not None:
            return self.placement.begins_at, self.placement.ends_at
        agreed = self.agreed
        if agreed is not None and agreed.begins_at and agreed.ends_at:
            return agreed.begins_at, agreed.ends_at
        return None

    @property
    def priority(self) -> int:
        """The most urgent of the priorities the reader may know, each side's last; 2 where none is known."""
        last = {wish.owner_party_id: wish.priority for wish in self.wishes}
        return min(last.values(), default=2)


def lines_of(meeting: Meeting, now: datetime | None = None) -> list[Line]:
    """The requests of a meeting that the reader may read, in the order they were made."""
    return lines(Request.objects.filter(meeting=meeting), now)


def lines(rows: QuerySet[Request], now: datetime | None = None) -> list[Line]:
    """Requests as they stand at an instant (by the database's clock, where none is given)."""
    found = list(rows.order_by("asked_at", "id"))
    if not found:
        return []
    now = now or database_now()
    ids = [row.pk for row in found]
    parties: dict[UUID, list[UUID]] = defaultdict(list)
    for key, party in Side.objects.filter(request__in=ids).order_by("order").values_list("request_id", "party_id"):
        parties[key].append(party)
    acts = _by_request(Act.objects.filter(request__in=ids))
    wishes = _by_request(Wish.objects.filter(request__in=ids))
    arranged = _by_request(Arrangement.objects.filter(request__in=ids))
    outcomes = _by_request(Outcome.objects.filter(request__in=ids))
    placed = {row.request_id: row for row in Placement.objects.filter(request__in=ids, current=True, cancelled=False)}
    made = []
    for row in found:
        steps = [Step(a.pk, a.kind, a.owner_party_id, a.at, a.answers_id) for a in acts[row.pk]]
        stands = standing(row.owner_party_id, parties[row.pk], steps, row.answer_by, now)
        made.append(
            Line(
                row,
                parties[row.pk],
                stands,
                acts[row.pk],
                wishes[row.pk],
                _last(arranged[row.pk]),
                _last(outcomes[row.pk]),
                placed.get(row.pk),
            )
        )
    return made


def get_line(meeting: Meeting, key: UUID) -> Line | None:
    """One request of a meeting; None where there is none to read."""
    found = lines(Request.objects.filter(meeting=meeting, pk=key))
    for line in found:
        line.row.meeting = meeting
    return found[0] if found else None


@dataclass
class Private:
    """What stands beside a request for the reader: the purpose, own notes, the line put forward last and who agreed."""

    purpose: Purpose | None
    notes: list[Note]
    readout: Readout | None
    agreed: list[ReadoutAgreement]


def private_of(line: Line) -> Private:
    """The rows of a request that have readers of their own. Four queries."""
    row = line.row
    readout = Readout.objects.filter(request=row).order_by("-at", "-id").first()
    return Private(
        Purpose.objects.filter(request=row).first(),
        list(Note.objects.filter(request=row)),
        readout,
        list(ReadoutAgreement.objects.filter(readout=readout)) if readout is not None else [],
    )


def readouts_of(meeting: Meeting) -> list[ReadoutAgreement]:
    """Lines that all their sides agreed to and the reader may read."""
    return list(ReadoutAgreement.objects.filter(meeting=meeting, complete=True))


def _by_request(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.request_id].append(row)
    return found


def _last(rows: list[Any]) -> Any:
    return rows[-1] if rows else None
