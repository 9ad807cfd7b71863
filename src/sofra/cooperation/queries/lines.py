"""Commitments as pages show them: each with its state, its dates, what was said of it, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import icu
from django.db.models import QuerySet

from sofra.cooperation.engine.state import COUNTING, Code, State
from sofra.cooperation.models import Commitment, Contact, DateAnswer, DueDate, Ending, Report
from sofra.cooperation.standing import HISTORY, state_of
from sofra.cooperation.themes import title_of
from sofra.kernel import wordings
from sofra.kernel.wordings import Worded
from sofra.meetings.models import Theme
from sofra.parties.entering import attach_entries

_COLLATION = {"cnr": "sr_Latn_ME", "sr": "sr_Cyrl", "sr-latn": "sr_Latn"}


@dataclass
class Dated:
    """A date once put forward, with its answer; `counts` marks the one that holds now."""

    row: DueDate
    answer: DateAnswer | None
    reason: Worded | None
    counts: bool = False

    @property
    def waiting(self) -> bool:
        """Whether nobody answered it."""
        return self.answer is None and not self.row.at_once


@dataclass
class Line:
    """One commitment at an instant."""

    row: Commitment
    state: State
    words: dict[str, Worded]
    dates: list[Dated]
    reports: list[Report]
    endings: list[Ending]
    theme: str = ""
    said: list[Report] = field(default_factory=list)

    @property
    def worded_by(self) -> Commitment:
        """The row whose wordings these are."""
        return self.row

    @property
    def title(self) -> Worded:
        """The title as found for the reader."""
        return self.words.get("title", Worded("", "", ""))

    @property
    def due(self) -> date | None:
        """The date that counts; where none does, the newest that was put forward."""
        return self.state.due or (self.dates[-1].row.due if self.dates else None)

    @property
    def counting(self) -> bool:
        """Whether a date counts or counted."""
        return self.state.code in COUNTING

    @property
    def newest(self) -> Dated | None:
        """The date put forward last."""
        return self.dates[-1] if self.dates else None

    @property
    def waiting(self) -> Dated | None:
        """The newest date where it waits for an answer and the commitment has not ended."""
        newest = self.newest
        return newest if newest is not None and newest.waiting and self.state.open else None

    @property
    def ended(self) -> bool:
        """Whether it is done, lapsed or withdrawn."""
        return self.state.code in (Code.DONE, Code.LAPSED, Code.WITHDRAWN)

    def words_of(self, name: str) -> Worded | None:
        """One wording, None where there is none."""
        return self.words.get(name)


def rows() -> QuerySet[Commitment]:
    """Commitments with all their states are worked out from."""
    return Commitment.objects.select_related("owner", "format", "meeting").prefetch_related(*HISTORY)


def lines_of(found: Iterable[Commitment], at: datetime, language: str) -> list[Line]:
    """Lines in order of due date, then title; never by how anybody did. Wordings and entries cost a query each."""
    commitments = list(found)
    held: list[Any] = []
    for each in commitments:
        held += [each, *each.dates.all(), *each.reports.all(), *each.endings.all()]
        held += [answer for date in each.dates.all() if (answer := getattr(date, "answer", None)) is not None]
    themes = list(Theme.objects.all()) if any(each.theme for each in commitments) else []
    wordings.attach([*held, *themes], language)
    attach_entries(held)
    titles = {each.slug: title_of(each) for each in themes}
    lines = [_line(each, at, titles.get(each.theme, each.theme)) for each in commitments]
    return in_order(lines, language)


def in_order(lines: list[Any], language: str) -> list[Any]:
    """By due date, then by title as the reader's language orders it."""
    collator = icu.Collator.createInstance(icu.Locale(_COLLATION.get(language, language)))
    return sorted(
        lines, key=lambda line: (line.due or date.max, collator.getSortKey(str(line.title)), str(line.row.pk))
    )


def get_line(format_slug: str, key: UUID, at: datetime, language: str) -> Line | None:
    """One commitment of a format; None where there is none, or none the actor may read."""
    row = rows().filter(format__slug=format_slug, pk=key).first()
    return lines_of([row], at, language)[0] if row is not None else None


def contact_of(commitment: Commitment) -> Contact | None:
    """The contact the owner named, for those it named it for."""
    return Contact.objects.filter(commitment=commitment).first()


def now() -> datetime:
    """The instant pages speak of. Deadlines are decided by the database's clock, in commands."""
    return datetime.now(UTC)


def _line(row: Commitment, at: datetime, theme: str) -> Line:
    state = state_of(row, at)
    dates = [
        Dated(each, getattr(each, "answer", None), each.worded.get("reason"))  # type: ignore[attr-defined]
        for each in row.dates.all()
    ]
    agreed = [each for each in dates if each.row.at_once or (each.answer is not None and each.answer.accepted)]
    if agreed and state.due is not None:
        max(agreed, key=lambda each: each.answer.at if each.answer else each.row.at).counts = True
    return Line(row, state, row.worded, dates, list(row.reports.all()), list(row.endings.all()), theme)  # type: ignore[attr-defined]
